"""The files by which templates are shared."""

import errno

import pytest

from chatdesk.domain.document_errors import DocumentDiskFull, DocumentNotSaved
from chatdesk.domain.template_errors import TemplateFileTooLarge, TemplateFileUnreadable, TemplateInvalid
from chatdesk.storage.template_files import MOST_MEGABYTES, TomlFiles

FILES = TomlFiles()


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "Ünï 名前.toml"
    FILES.write(path, "text 𝄞\r\n")
    FILES.write(path, "other 𝄞\n")
    assert FILES.read(path) == "other 𝄞\n"
    assert list(tmp_path.iterdir()) == [path]


def test_the_mark_that_some_editors_put_first_is_no_text(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbftitle")
    assert FILES.read(path) == "title"


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.toml"
    path.write_text("before")
    monkeypatch.setattr("chatdesk.domain.whole_file.os.fsync", full)
    with pytest.raises(DocumentDiskFull) as caught:
        FILES.write(path, "after")
    assert str(caught.value) == "The disk is full, so “a.toml” cannot be saved."
    with pytest.raises(DocumentDiskFull):
        FILES.write(tmp_path / "new.toml", "after")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DocumentNotSaved) as caught:
        FILES.write(tmp_path / "none" / "a.toml", "x")
    assert "No such file or directory" in str(caught.value)


def test_what_cannot_be_read_is_told_by_its_name(tmp_path):
    with pytest.raises(TemplateFileUnreadable, match=r"none\.toml"):
        FILES.read(tmp_path / "none.toml")
    with pytest.raises(TemplateFileUnreadable, match="it is a folder"):
        FILES.read(tmp_path)


def test_what_is_no_text_or_too_large_is_refused(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(TemplateInvalid, match="no text in UTF-8"):
        FILES.read(path)
    path.write_bytes(b"#" * ((MOST_MEGABYTES << 20) + 1))
    with pytest.raises(TemplateFileTooLarge, match="more than 4 MB"):
        FILES.read(path)
