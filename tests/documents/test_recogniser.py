"""Recognising pages: a real child process with a stand-in for the libraries, and once with them."""

import struct
from difflib import SequenceMatcher

import pytest

from chatdesk.documents.page_image import PdfPages
from chatdesk.documents.reader import DocumentReader, scan_survey
from chatdesk.documents.recogniser import OcrRecognition, RecognitionLimits, extra_installed
from chatdesk.documents.scan_marks import ScannedPages
from chatdesk.documents.sheet_text import text_of
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, NoteKind, ReadingNote
from chatdesk.domain.recognition import TextLine
from tests.documents.pdf_files import PICTURE, column, document
from tests.documents.scan_files import scan
from tests.fakes.pictures import png

GOOD, BAD = "tests.fakes.recognisers", "tests.fakes.bad_recognisers"


@pytest.fixture
def scanned(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(document([PICTURE, column(["Text"]), PICTURE]))
    return path


@pytest.fixture
def picture(tmp_path):
    def write(name="page.png", content=b""):
        path = tmp_path / name
        path.write_bytes(content or png())
        return path

    return write


def recognised(path, numbers, recogniser=GOOD, limits=None, password=""):
    return list(OcrRecognition(limits, recogniser).pages(path, numbers, password, CancelToken()))


def surveyed(path):
    (*_, found) = scan_survey().read(path, "", CancelToken())
    assert isinstance(found, Document)
    return found


def tiff(pages, order="<"):
    """The directories of a TIFF file, without pictures."""
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    for number in range(pages):
        next_one = len(out) + 6 if number + 1 < pages else 0
        out += struct.pack(order + "HI", 0, next_one)
    return out


def test_the_pages_that_are_wanted_are_recognised_with_the_places_of_their_lines(scanned):
    pages = recognised(scanned, [1, 3])
    assert [page.number for page in pages] == [1, 3]
    assert pages[0].text.startswith("# A harbour in the year 1932\n\nIt had 14 cranes and a long quay. The")
    assert "Pixels: 1414 x 2000" in pages[0].text
    assert pages[0].lines[0] == TextLine("A harbour in the year 1932", 0.1, 0.1, 0.8, 0.05)


def test_a_cancelled_one_ends_at_once_and_yields_what_was_done(scanned):
    cancel = CancelToken()
    pages = OcrRecognition(recogniser=GOOD).pages(scanned, [1, 3], "", cancel)
    assert next(pages).number == 1
    cancel.cancel()
    assert list(pages) == []


def test_a_password_opens_the_pages(tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(document([PICTURE], password="geheim"))
    assert recognised(path, [1], password="geheim")
    with pytest.raises(errors.DocumentEncrypted):
        recognised(path, [1])


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("hang", errors.DocumentTimedOut),
        ("crash", errors.DocumentReaderFailed),
        ("raise", errors.DocumentDamaged),
        ("greedy", errors.DocumentTooLarge),
        ("beside", errors.DocumentReaderFailed),
    ],
)
def test_what_goes_wrong_is_told_and_the_pages_before_it_stay(picture, how, error):
    limits = RecognitionLimits(page_seconds=2.0 if how == "hang" else 50.0, memory=300_000_000)
    pages = OcrRecognition(limits, BAD).pages(picture(f"{how}.png"), [1, 2], "", CancelToken())
    assert next(pages).text == "Good so far"
    with pytest.raises(error):
        next(pages)


def test_a_file_that_went_away_is_told(tmp_path):
    with pytest.raises(errors.DocumentUnreadable):
        recognised(tmp_path / "gone.pdf", [1])


def test_a_survey_tells_which_pages_are_pictures(scanned):
    found = surveyed(scanned)
    assert found.text == "Text"
    assert [unit.number for unit in found.units] == [1, 2, 3]
    assert found.notes == (ReadingNote(NoteKind.picture, 1), ReadingNote(NoteKind.picture, 3))


@pytest.mark.parametrize(
    ("content", "pages"), [(png(), 1), (b"\xff\xd8\xff\xe0", 1), (tiff(3), 3), (tiff(2, ">"), 2)]
)
def test_a_picture_is_a_document_whose_pages_have_no_text(picture, content, pages):
    path = picture("page", content)
    assert len(surveyed(path).notes) == pages
    with pytest.raises(errors.DocumentHasNoText):
        list(DocumentReader().read(path, "", CancelToken()))


@pytest.mark.parametrize("content", [tiff(3)[:20], b"II*\0" + b"\xff" * 4, b"II*\0"])
def test_a_picture_that_is_cut_off_is_damaged(picture, content):
    with pytest.raises(errors.DocumentDamaged):
        surveyed(picture("page.tif", content))


def test_a_picture_whose_directories_go_round_in_a_circle_ends(picture):
    content = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 8)
    assert len(surveyed(picture("page.tif", content)).notes) == 1


def test_other_documents_are_not_surveyed(picture):
    with pytest.raises(errors.DocumentUnsupported):
        surveyed(picture("a.txt", b"text"))


def test_columns_are_read_one_after_the_other_and_halves_of_words_joined():
    left = [
        TextLine(f"left line num-{n}" if n else "The left begin-", 0.1, 0.1 + n / 40, 0.35, 0.02)
        for n in range(8)
    ]
    right = [TextLine(f"ning goes right {n}", 0.55, 0.1 + n / 40, 0.35, 0.02) for n in range(8)]
    mixed = [line for pair in zip(right, left, strict=True) for line in pair]
    text = text_of(mixed, 1.4)
    assert text.index("left line num-7") < text.index("right 0")
    assert "begin" in text
    assert text_of([], 1.4) == ""


def test_passages_are_marked_on_a_page_without_text_where_their_lines_were_recognised(scanned):
    (page,) = recognised(scanned, [1])
    asked = []

    def lines(path, number):
        asked.append(number)
        return page.lines

    pages = ScannedPages(PdfPages(), lines)
    assert pages.draws(scanned)
    passage = "It had 14 cranes and a long quay. The sheet is 1 wide."
    (image,) = pages.draw(scanned, 1, 1000, "", CancelToken(), [passage, "It sank in a storm at sea."])
    assert [(mark.x, mark.width) for mark in image.marks] == [(100, 800), (100, 769)]
    assert [round(mark.y / image.height, 2) for mark in image.marks] == [0.3, 0.32]
    list(pages.draw(scanned, 3, 1000, "", CancelToken()))
    (text,) = pages.draw(scanned, 2, 1000, "", CancelToken(), ["Text"])
    assert text.marks
    assert asked == [1]


@pytest.mark.timeout(400)
@pytest.mark.skipif(not extra_installed(), reason="the extra “ocr” is not installed")
def test_the_libraries_of_the_extra_read_a_page(tmp_path):
    lines = ["The harbour opened in 1932 with 14 cranes.", "It moved 40,000 tons of grain in its first year."]
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan([column(lines, size=14, spacing=20)]))
    with pytest.raises(errors.DocumentHasNoText):
        list(DocumentReader().read(path, "", CancelToken()))
    (page,) = OcrRecognition().pages(path, [1], "", CancelToken())
    assert SequenceMatcher(None, page.text.replace("\n", " "), " ".join(lines)).ratio() > 0.97
    assert len(page.lines) == 2
    (photo,) = OcrRecognition().pages(_as_png(path), [1], "", CancelToken())
    assert "14 cranes" in photo.text


def _as_png(path):
    import pypdfium2

    image = pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil()
    image.save(path.with_suffix(".png"))
    return path.with_suffix(".png")
