"""Which extractor a file gets: by its content first, by its name where texts look alike."""

import zipfile

import pytest

from chatdesk.documents import formats
from chatdesk.documents.formats import FORMATS, format_of
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain.documents import SUFFIXES
from tests.documents.pdf_files import column, document

PDF = document([column(["text"])])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name):
    return OLE + name.encode("utf-16-le") + b"\0\0" + b"\0" * 100


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            with zipfile.ZipFile(path, "w") as archive:
                for member, text in content.items():
                    archive.writestr(member, text)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, "PDF"),
        ("a.txt", PDF, "PDF"),
        ("a.docx", PDF, "PDF"),
        ("junk before.bin", b"\r\njunk" + PDF, "PDF"),
        ("a.docx", {"word/document.xml": "x"}, "DOCX"),
        ("a.zip", {"word/document.xml": "x"}, "DOCX"),
        ("no suffix", {"ppt/presentation.xml": "x"}, "PPTX"),
        ("a.xlsx", {"xl/workbook.xml": "x"}, "SHEETS"),
        ("a.xlsb", {"xl/workbook.bin": "x"}, "SHEETS"),
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}, "OPEN_TEXT"),
        ("a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "SHEETS"),
        ("a.epub", {"mimetype": "application/epub+zip\n"}, "EPUB"),
        ("a.epub", {"META-INF/container.xml": "x"}, "EPUB"),
        ("a.xls", stream("Workbook"), "OLD_SHEETS"),
        ("a.dat", stream("Book"), "OLD_SHEETS"),
        ("a.xls", stream("Workbook") + stream("WordDocument"), "OLD_SHEETS"),
        ("a.xls", b"<html><table>", "HTML"),
        ("a.xls", b"a\tb\n1\t2\n", "CSV"),
        ("a.doc", b"{\\rtf1 text}", "RTF"),
        ("a.rtf", b"only text", "TEXT"),
        ("a.html", b"<p>text", "HTML"),
        ("page", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "HTML"),
        ("a.md", b"<html>in a text about the web", "MARKDOWN"),
        ("A.MD", b"# One", "MARKDOWN"),
        ("a.srt", b"1", "SUBTITLES"),
        ("a.vtt", b"WEBVTT", "SUBTITLES"),
        ("a.csv", b"a,b", "CSV"),
        ("a.eml", b"From: a", "MAIL"),
        ("a.py", b"import os", "TEXT"),
        ("README", b"text", "TEXT"),
    ],
)
def test_the_content_decides_before_the_name(write, name, content, expected):
    assert format_of(write(name, content)) is getattr(formats, expected)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.docx", b"this is not a zip file", Refusal.damaged),
        ("a.pdf", b"this is no pdf", Refusal.damaged),
        ("a.pdf", b"", Refusal.damaged),
        ("a.docx", b"", Refusal.damaged),
        ("a.docx", b"PK\x03\x04 and then nothing", Refusal.damaged),
        ("a.docx", {"hello.txt": "hi"}, Refusal.damaged),
        ("a.zip", {"hello.txt": "hi"}, Refusal.unsupported),
        ("a.doc", stream("WordDocument"), Refusal.unsupported),
        ("a.doc", stream("Workbook") + stream("WordDocument"), Refusal.unsupported),
        ("a.xlsx", stream("EncryptedPackage"), Refusal.locked),
        ("a.msi", OLE, Refusal.unsupported),
    ],
)
def test_what_cannot_be_read_says_why(write, name, content, refusal):
    with pytest.raises(Refused) as caught:
        format_of(write(name, content))
    assert caught.value.code is refusal


def test_every_format_has_its_extractor():
    assert all(callable(one.load()) for one in FORMATS)


def test_no_suffix_belongs_to_two_formats():
    suffixes = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert {*suffixes, ".txt"} == set(SUFFIXES)
