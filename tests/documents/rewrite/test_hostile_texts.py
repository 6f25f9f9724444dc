"""Text files made to harm whoever reads them: each is written again or refused with a reason."""

import random

import psutil
import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from tests.documents.pdf_files import column, document

GROWTH = 150_000_000  # bytes that the asking process may gain over one file
HUGE = (64 << 20) + 1  # bytes
REFUSED = {
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, errors.DocumentTooLarge),
    "cut.json": (b'{"a": "Good day", "b": ', errors.DocumentDamaged),
    "picture.json": (b"\x89PNG\r\n\x1a\n" + bytes(2_000), errors.DocumentUnsupported),
    "no_times.srt": (b"1\nGood day\n", errors.DocumentDamaged),
    "letter.po": (b"Dear Sir,\n", errors.DocumentDamaged),
    "noise.txt": (random.Random(5).randbytes(100_000), errors.DocumentUnsupported),
    "nul.md": (b"# a\0b\n" * 300, errors.DocumentUnsupported),
    "zip.md": (b"PK\x03\x04" + bytes(500), errors.DocumentDamaged),
    "empty.pdf": (b"", errors.DocumentDamaged),
    "cut.pdf": (document([column(["Good day"])])[:200], errors.DocumentDamaged),
}
READ = {
    "empty.txt": (b"", 0),
    "encodings.txt": ("Größe und Öl\n".encode() * 20 + "Größe\n".encode("cp1252") + b"Gr\x81\n", 22),
    "half.txt": ("\ufeffGood day\nand more".encode("utf-16-le")[:-1], 2),
    "line.txt": (b"word " * 200_000, 1),
    "cut.po": (b'msgid "Good day"\nmsgstr ""\n\nmsgid "Good night"\nmsgst', 1),
    "times.srt": (b"1\n00:xx --> \nGood day\n\n2\n00:00:01,000 -> 00:00:02\nGood night\n", 2),
    "tags.srt": (b"00:01 --> 00:02\n" + b"<i>" * 20_000 + b"Good day" + b"{\\" * 20_000, 1),
    "nested.json": (b"[" * 900 + b'"Good day"' + b"]" * 900, 1),
    "quotes.md": (b">" * 3_000 + b" Good day\n", 0),
    "lists.md": (b"".join(b"  " * level + b"- Good day\n" for level in range(25)), 25),
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def file(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


def read(path):
    *_, found = FileRewriter(Limits(seconds=50, memory=900_000_000)).read(path, CancelToken())
    return [one.text for one in found.texts]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(file, name):
    content, error = REFUSED[name]
    before = psutil.Process().memory_info().rss
    with pytest.raises(error):
        read(file(name, content))
    assert psutil.Process().memory_info().rss - before < GROWTH


@pytest.mark.parametrize("suffix", ["txt", "md", "json", "srt", "po"])
def test_a_file_of_a_hundred_megabytes_is_too_large(file, suffix):
    path = file(f"huge.{suffix}", b'"')
    with path.open("r+b") as huge:
        huge.truncate(HUGE)
    with pytest.raises(errors.DocumentTooLarge):
        read(path)


@pytest.mark.parametrize("name", READ)
def test_what_is_torn_is_read_and_written_as_it_is(file, name, tmp_path):
    content, count = READ[name]
    path = file(name, content)
    texts = read(path)
    assert len(texts) == count
    target = tmp_path / f"new{path.suffix}"
    list(FileRewriter().write(path, [None] * count, target, "de", CancelToken(), sources=texts))
    assert target.read_bytes() == content
