"""Text files in all encodings, and files that are none."""

import codecs
import os

import pytest

from chatdesk.documents.text_files import LARGEST, TextFiles, decoded
from chatdesk.domain.errors import (
    DocumentEmpty,
    DocumentError,
    DocumentMissing,
    DocumentTooLarge,
    DocumentUnreadable,
    DocumentUnsupported,
)

TEXT = "Größe: 5 €\nÉté à Genève\n"


@pytest.fixture
def write(tmp_path):
    def write(content, name="notes.md"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le"])
def test_a_text_is_read_in_any_usual_encoding(write, encoding):
    content = TEXT if encoding != "utf-16-le" else "Grosse Dinge\n"
    document = TextFiles().read(write(content.encode(encoding)))
    assert (document.name, document.text) == ("notes.md", content)


def test_big_endian_files_are_known_by_their_mark():
    assert decoded(codecs.BOM_UTF16_BE + "Größe".encode("utf-16-be")) == "Größe"


def test_line_ends_become_one_kind(write):
    assert TextFiles().read(write(b"one\r\ntwo\rthree\n")).text == "one\ntwo\nthree\n"


def test_an_asian_text_is_read(write):
    assert TextFiles().read(write("会議は月曜日です。".encode())).text == "会議は月曜日です。"


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n%\x80\x81\x00\x01", b"PK\x03\x04\x14\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x00b\x00\x00"],
)
def test_other_kinds_of_file_are_refused(write, content):
    with pytest.raises(DocumentUnsupported):
        TextFiles().read(write(content))


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", codecs.BOM_UTF8])
def test_a_file_without_text_is_refused(write, content):
    with pytest.raises(DocumentEmpty):
        TextFiles().read(write(content))


def test_a_large_file_is_refused_with_both_sizes(write):
    with pytest.raises(DocumentTooLarge, match=r"5\.2 MB, at most 5 MB"):
        TextFiles().read(write(b"a" * (LARGEST + 200_000)))


def test_a_folder_and_a_missing_file_are_no_documents(tmp_path):
    for path in (tmp_path, tmp_path / "gone.txt"):
        with pytest.raises(DocumentMissing):
            TextFiles().read(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(write):
    path = write(b"secret")
    path.chmod(0)
    with pytest.raises(DocumentUnreadable):
        TextFiles().read(path)


def test_a_name_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(DocumentError):
        TextFiles().read(tmp_path / ("x" * 300))
