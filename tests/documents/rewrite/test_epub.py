"""Electronic books with other texts: everything but the texts stays as it is."""

import zipfile

import pytest

from chatdesk.documents.parts import Refusal, Refused
from tests.documents import made
from tests.documents.rewrite.files import canonical, members, read_again, rewritten, texts_of, upper

POINT = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/></navPoint>'


def book(path):
    pages = {
        "one.xhtml": made.page(
            '<h1>The lake</h1><p>It was <em>very</em> quiet.<br/><a id="x"/>So they said &#8212; all.</p>',
            "The lake",
        ),
        "two.xhtml": made.page("<p>Then <code>x = 1</code> came.</p>", "The end"),
    }
    contents = made.link("one.xhtml", "The lake") + made.link("two.xhtml", "The end")
    ncx = POINT.format("The lake", "one.xhtml") + POINT.format("The end", "two.xhtml")
    made.epub(path, pages, contents, ncx, **{"OEBPS/cover.png": b"png"})
    inside = members(path)
    inside["OEBPS/book.opf"] = inside["OEBPS/book.opf"].replace(
        b"<manifest>",
        b'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A quiet book</dc:title>'
        b"<dc:creator>Ada Lake</dc:creator><dc:language>en</dc:language></metadata><manifest>",
    )
    return made.zipped(path, inside)


TEXTS = [
    "A quiet book",
    "The lake",
    "The lake",
    "It was ⟦1⟧very⟦/1⟧ quiet.⟦2/⟧So they said — all.",
    "The end",
    "Then ⟦1/⟧ came.",
    "The lake",
    "The end",
    "The lake",
    "The end",
]


def test_texts_of_pages_contents_and_metadata(tmp_path):
    assert texts_of(book(tmp_path / "a.epub")) == TEXTS


def test_the_same_texts_give_the_same_file(tmp_path):
    path = book(tmp_path / "a.epub")
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert canonical(target) == canonical(path)


def test_other_texts_leave_everything_else_as_it_is(tmp_path):
    path = book(tmp_path / "a.epub")
    target, simplified = rewritten(path, upper)
    assert not simplified
    assert texts_of(target) == [text.upper() for text in TEXTS]
    before, after = members(path), members(target)
    assert list(after) == list(before)
    assert b"<dc:creator>Ada Lake</dc:creator><dc:language>de</dc:language>" in after["OEBPS/book.opf"]
    assert '<html lang="de" xml:lang="de" xmlns=' in after["OEBPS/one.xhtml"].decode()
    assert 'QUIET.<br/><a id="x"/>SO THEY SAID — ALL.</p>' in after["OEBPS/one.xhtml"].decode()
    assert after["OEBPS/cover.png"] == b"png"
    assert "IT WAS VERY QUIET." in read_again(target)


def test_the_kind_of_file_stands_first_and_unpacked(tmp_path):
    path = book(tmp_path / "a.epub")
    inside = members(path)
    made.zipped(path, {name: inside[name] for name in sorted(inside)})  # last, and packed
    target, _ = rewritten(path, upper)
    with zipfile.ZipFile(target) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert target.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_a_protected_book_is_refused(tmp_path):
    path = book(tmp_path / "a.epub")
    method = '<a><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></a>'
    made.zipped(path, {**members(path), "META-INF/encryption.xml": method})
    with pytest.raises(Refused) as caught:
        texts_of(path)
    assert caught.value.code is Refusal.locked
