"""Files made to do harm, and files of all formats, through the process that the application uses."""

import zipfile

import psutil
import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.markup import Rewritten
from tests.documents import made
from tests.documents.rewrite.files import members

LIMITS = Limits(seconds=40, memory=1_000_000_000)


def read(path):
    *_, file = FileRewriter(LIMITS).read(path, CancelToken())
    return file


def bomb(path, member):
    inside = members(path)
    inside[member] = b"<a>" + b"A" * (80 << 20)
    return made.zipped(path, inside)


def docx_bomb(path):
    return bomb(made.report(path), "word/document.xml")


def media_bomb(path):
    return bomb(made.report(path), "word/media/picture.png")


def xlsx_bomb(path):
    return bomb(made.xlsx(path, {"S": made.sheet(("text",))}), "xl/sharedStrings.xml")


def epub_bomb(path):
    return bomb(made.epub(path, {"a.xhtml": made.page("<p>text</p>")}), "OEBPS/a.xhtml")


def entities(path):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">{bomb}]>'
    space = f'xmlns:w="{made.W}"'
    text = "<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>"
    xml = f'{head}<w:document {space}><w:body w="&e9;">{text}</w:body></w:document>'
    return made.zipped(path, {"word/document.xml": xml})


def outer_file(path):
    head = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = "<w:p><w:r><w:t>Good &x; day</w:t></w:r></w:p>"
    xml = f'{head}<w:document xmlns:w="{made.W}"><w:body>{text}</w:body></w:document>'
    return made.zipped(path, {"word/document.xml": xml})


def deep_tables(path):
    return made.docx(path, "<w:tbl><w:tr><w:tc>" * 1_000 + made.p("x") + "</w:tc></w:tr></w:tbl>" * 1_000)


def many_members(path):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_100):
            archive.writestr(f"{number}.xml", b"")
        archive.writestr("word/document.xml", b"<a/>")
    return path


def encrypted(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0\0")
    return path


def deep_marks(path):
    path.write_text("<p>" + "<b>" * 50_000 + "text" + "</b>" * 50_000)
    return path


def of_another_kind(path):
    path.write_text("{\\rtf1 text}")
    return path


@pytest.mark.parametrize(
    ("make", "name", "error"),
    [
        (docx_bomb, "a.docx", errors.DocumentTooLarge),
        (xlsx_bomb, "a.xlsx", errors.DocumentTooLarge),
        (epub_bomb, "a.epub", errors.DocumentTooLarge),
        (many_members, "a.docx", errors.DocumentTooLarge),
        (entities, "a.docx", errors.DocumentDamaged),
        (deep_tables, "a.docx", errors.DocumentDamaged),
        (deep_marks, "a.html", errors.DocumentDamaged),
        (encrypted, "a.docx", errors.DocumentLocked),
        (of_another_kind, "a.odt", errors.DocumentDamaged),
    ],
)
def test_a_hostile_file_is_refused(tmp_path, make, name, error):
    path = make(tmp_path / name)
    before = psutil.Process().memory_info().rss
    with pytest.raises(error):
        read(path)
    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_a_bomb_among_the_pictures_is_not_unpacked(tmp_path):
    path = media_bomb(tmp_path / "a.docx")
    texts = [one.text.upper() for one in read(path).texts]
    target = tmp_path / "b.docx"
    with pytest.raises(errors.DocumentTooLarge):
        list(FileRewriter(LIMITS).write(path, texts, target, "de", CancelToken()))
    assert not target.exists()


def test_no_other_file_is_read(tmp_path):
    path = outer_file(tmp_path / "a.docx")
    assert not any("root" in one.text for one in read(path).texts)


MAKERS = {
    "a.docx": made.report,
    "a.pptx": lambda path: made.pptx(path, [made.shape("Our year", kind="title")]),
    "a.xlsx": lambda path: made.xlsx(path, {"Prices": made.sheet(("Words", 7))}),
    "a.odt": lambda path: made.opendocument(path, "text", "<text:p>Good day</text:p>"),
    "a.epub": lambda path: made.epub(path, {"a.xhtml": made.page("<p>Good day</p>")}),
    "a.HTML": lambda path: path.write_text("<p>Good <b>day</b></p>"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_each_format_goes_through_the_process(tmp_path, name):
    path = tmp_path / name
    MAKERS[name](path)
    rewriter = FileRewriter(LIMITS)
    assert rewriter.takes(path)
    sources = [one.text for one in read(path).texts]
    target = tmp_path / f"new-{name}"
    *_, end = rewriter.write(
        path, [text.upper() for text in sources], target, "de", CancelToken(), sources=sources
    )
    assert end == Rewritten()
    assert [one.text for one in read(target).texts] == [text.upper() for text in sources]
