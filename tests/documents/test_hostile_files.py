"""Files made to do harm, read as the application reads them: in a process, within its limits."""

import zipfile

import psutil
import pytest

from chatdesk.documents.reader import DocumentReader, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from tests.documents import made

LIMITS = Limits(silence=25, seconds=30, memory=1_000_000_000)


def outcome(path):
    """Return the text of a document, or the kind of its refusal."""
    try:
        *_, document = DocumentReader(LIMITS).read(path, "", CancelToken())
    except errors.DocumentError as error:
        return type(error)
    return document.text


def zip_bomb(path):
    made.docx(path, "")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = b"<w:t>" + b"A" * (80 << 20)
    return made.zipped(path, members)


def many_members(path):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_100):
            archive.writestr(f"{number}.xml", b"")
        archive.writestr("word/document.xml", b"<a/>")
    return path


def deep_tables(path):
    return made.docx(path, "<w:tbl><w:tr><w:tc>" * 1_000 + made.p("x") + "</w:tc></w:tr></w:tbl>" * 1_000)


def far_cell(path):
    row = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    return made.xlsx(path, {"S": made.sheet(("near",)).replace("</sheetData>", row)})


def endless_strings(path):
    rows = [[f'<c t="s"><v>{number % 9}</v></c>'] * 30 for number in range(40_000)]
    return made.xlsx(path, {"S": made.sheet(*rows)}, [f"<t>{'x' * 2_000}</t>"] * 9)


def repeated_cells(path):
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    body = f'<table:table table:name="T">{row * 100}</table:table>'
    return made.opendocument(path, "spreadsheet", body)


def entity_bomb(path):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">{bomb}]><w a="&e9;">&e9;</w>'
    return made.zipped(path, {"word/document.xml": xml})


def foreign_file(path):
    """Write a Word file that asks for a file of the computer."""
    secret = path.parent / "secret.txt"
    secret.write_text("secret")
    xml = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{made.W}"><w:body>'
        f"{made.p('before')}<w:p><w:r><w:t>[&x;]</w:t></w:r></w:p></w:body></w:document>"
    )
    return made.zipped(path, {"word/document.xml": xml})


def no_zip(path):
    path.write_bytes(b"this is not a zip")
    return path


def cut_zip(path):
    made.report(path)
    path.write_bytes(path.read_bytes()[:900])
    return path


def other_zip(path):
    return made.zipped(path, {"hello.txt": "hi"})


def deep_page(path):
    path.write_text("<div>" * 100_000 + "seen" + "</div>" * 100_000)
    return path


def far_book(path):
    return made.epub(path, {"../../../../etc/passwd": made.page("<p>inside</p>")})


def deep_rtf(path):
    path.write_bytes(b"{\\rtf1" + b"{" * 1_000_000)
    return path


def deep_mail(path):
    head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    path.write_bytes(b"From: a\n" + b"".join(head % (n, n) for n in range(1_200)))
    return path


@pytest.mark.parametrize(
    ("make", "name", "expected"),
    [
        (zip_bomb, "a.docx", errors.DocumentTooLarge),
        (many_members, "a.docx", errors.DocumentTooLarge),
        (deep_tables, "a.docx", errors.DocumentDamaged),
        (entity_bomb, "a.docx", errors.DocumentDamaged),
        (foreign_file, "a.docx", "before\n\n["),
        (no_zip, "a.docx", errors.DocumentDamaged),
        (cut_zip, "a.docx", errors.DocumentDamaged),
        (other_zip, "a.docx", errors.DocumentDamaged),
        (far_cell, "a.xlsx", "# S\n\n| near |\n|  | 7 |"),
        (deep_page, "a.html", "seen"),
        (far_book, "a.epub", errors.DocumentDamaged),
        (deep_rtf, "a.rtf", errors.DocumentDamaged),
    ],
)
def test_a_hostile_file_is_read_or_refused(tmp_path, make, name, expected):
    assert outcome(make(tmp_path / name)) == expected


@pytest.mark.parametrize(
    ("make", "name"), [(endless_strings, "a.xlsx"), (repeated_cells, "a.ods"), (deep_mail, "a.eml")]
)
def test_what_would_become_huge_is_cut_or_refused_in_time(tmp_path, make, name):
    path = make(tmp_path / name)
    before = psutil.Process().memory_info().rss
    found = outcome(path)
    assert found is errors.DocumentDamaged or (isinstance(found, str) and len(found) <= LIMITS.characters)
    assert psutil.Process().memory_info().rss - before < 300_000_000
