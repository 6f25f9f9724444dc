"""Files made to harm whoever reads them: each is read or refused, and nothing happens to who asked."""

import random
import zlib

import psutil
import pytest

from chatdesk.documents.reader import DocumentReader, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, NoteKind
from tests.documents.pdf_files import column, document, with_objects

LIMITS = Limits(silence=40, seconds=50, memory=600_000_000)
GROWTH = 150_000_000  # bytes that the asking process may gain over one document
REPORT = document([column(["Annual report", "Sales grew by 12 percent in Geneva."])])
_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R%s>>"
_FONT = b"/Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def flate_bomb():
    """Return a page whose content unpacks into a gibibyte of spaces."""
    pack = zlib.compressobj(9)
    data = b"".join(pack.compress(b" " * (1 << 20)) for _ in range(1024)) + pack.flush()
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(data), data)
    return with_objects([_CATALOG, _PAGES, _PAGE % b"", stream])


def form_bomb():
    """Return a page that draws a form ten times, which draws another ten times, and so on."""
    page = _PAGE % (b"/Resources<</XObject<</F 5 0 R>>" + _FONT + b">>")
    objects = [_CATALOG, _PAGES, page, b"<</Length 5>>stream\n/F Do\nendstream"]
    for level in range(9):
        last = level == 8
        content = b"BT /H 9 Tf (x) Tj ET" if last else b"/F Do " * 10
        used = _FONT if last else b"/XObject<</F %d 0 R>>" % (6 + level)
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>/Length %d>>" % (
            used,
            len(content),
        )
        objects.append(b"%sstream\n%s\nendstream" % (head, content))
    return with_objects(objects)


def dense():
    """Return a page with 200,000 words at places of their own."""
    words = (b"1 0 0 1 %d %d Tm (w%d) Tj " % (i % 550, (i * 7) % 800, i) for i in range(200_000))
    return document([b"BT /H 6 Tf " + b"".join(words) + b"ET"], compress=True)


def flipped():
    content = bytearray(REPORT)
    chance = random.Random(3)
    for _ in range(60):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


REFUSED = {
    "empty.pdf": (lambda: b"", errors.DocumentDamaged),
    "truncated.pdf": (lambda: REPORT[: len(REPORT) // 2], errors.DocumentDamaged),
    "garbage.pdf": (lambda: random.Random(1).randbytes(200_000), errors.DocumentDamaged),
    "header.pdf": (lambda: b"%PDF-1.7\n%%EOF\n", errors.DocumentDamaged),
    # Only in a process of its own: PDFium reports the error of the file before.
    "no_pages.pdf": (
        lambda: with_objects([_CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]),
        errors.DocumentDamaged,
    ),
    "loop.pdf": (
        lambda: with_objects([_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"]),
        errors.DocumentDamaged,
    ),
    "flipped.pdf": (flipped, (errors.DocumentDamaged, errors.DocumentEmpty)),
    "flate.pdf": (flate_bomb, (errors.DocumentReaderFailed, errors.DocumentTooLarge)),
    "forms.pdf": (form_bomb, (errors.DocumentReaderFailed, errors.DocumentTooLarge, errors.DocumentTimedOut)),
    "binary.txt": (lambda: random.Random(2).randbytes(1_000_000), errors.DocumentUnsupported),
    "nul.txt": (lambda: b"a\0b\0c" * 1000, errors.DocumentUnsupported),
    "blank.txt": (lambda: b" \n" * 5_000_000, errors.DocumentEmpty),
}
READ = {
    "dense.pdf": dense,
    "no_table.pdf": lambda: REPORT[: REPORT.rfind(b"xref\n")],
    "a_pdf.txt": lambda: REPORT,
    "one_line.txt": lambda: b"x" * 15_000_000,
    "marks.md": lambda: b"# " + b" #" * 2_000_000 + b" end",
    "headings.md": lambda: b"# a\n" * 1_000_000,
    "tags.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<v " * 500_000,
}


@pytest.fixture
def read(tmp_path):
    def read(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        before = psutil.Process().memory_info().rss
        *_, document = DocumentReader(LIMITS).read(path, "", CancelToken())
        assert psutil.Process().memory_info().rss - before < GROWTH
        return document

    return read


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(read, name):
    make, error = REFUSED[name]
    with pytest.raises(error):
        read(name, make())


@pytest.mark.parametrize("name", READ)
def test_it_is_read(read, name):
    assert isinstance(read(name, READ[name]()), Document)


def test_half_a_gigabyte_of_text_is_cut(read, tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
        file.write("The quick brown fox, café 中文.\n".encode() * 3_000_000)
    *_, document = DocumentReader().read(path, "", CancelToken())
    assert 19_000_000 < len(document.text) <= 20_000_000
    assert [note.kind for note in document.notes] == [NoteKind.cut]
