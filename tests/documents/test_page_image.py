"""Pages of a PDF as pictures, drawn by a process of their own."""

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from chatdesk.documents.page_image import PdfPages, checked
from chatdesk.documents.page_marks import Letters, spans
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Mark
from chatdesk.domain.errors import DocumentError
from tests.documents import pdf_files


@pytest.fixture
def pdf(tmp_path, qapp):
    """Two square pages, the second of them black."""
    path = tmp_path / "two.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(100, 100), QPageSize.Unit.Point))
    painter = QPainter(writer)
    painter.drawText(500, 500, "one")
    writer.newPage()
    painter.fillRect(-5000, -5000, 20_000, 20_000, "black")
    painter.end()
    return path


def draw(path, number, width=50, password="", cancel=None, passages=()):
    return list(PdfPages().draw(path, number, width, password, cancel or CancelToken(), passages))


def test_a_page_is_drawn_as_wide_as_asked(pdf):
    (image,) = draw(pdf, 2)
    assert (image.number, image.width, image.height) == (2, 50, 50)
    assert len(image.pixels) == 50 * 50 * 4
    middle = (25 * 50 + 25) * 4
    assert image.pixels[middle : middle + 3] == b"\0\0\0"
    (first,) = draw(pdf, 1)
    assert first.pixels[:3] == b"\xff\xff\xff"


def test_only_files_that_are_pdf_and_there_are_drawn(pdf, tmp_path):
    assert PdfPages().draws(pdf)
    assert not PdfPages().draws(tmp_path / "gone.pdf")
    assert not PdfPages().draws(tmp_path / "text.txt")


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b""])
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError):
        draw(path, 1)


def test_a_page_that_is_not_there_is_refused(pdf):
    with pytest.raises(DocumentError):
        draw(pdf, 9)


def test_cancelled_it_draws_nothing(pdf):
    cancel = CancelToken()
    cancel.cancel()
    assert draw(pdf, 1, cancel=cancel) == []


LINES = ["The Harbour opened in nine-", "teen thirty-two. It moved grain", "with 14 cranes.", "", "It sank."]


@pytest.fixture
def lines(tmp_path):
    """A page of A4, which is drawn at one pixel per point: lines at 780, 768, 756 and 732 from below."""
    path = tmp_path / "lines.pdf"
    path.write_bytes(pdf_files.document([pdf_files.column(LINES)]))
    return path


def marks(path, *passages, width=pdf_files.WIDTH):
    (image,) = draw(path, 1, width, passages=passages)
    return image.marks


def rows(found):
    """Return how far below the top of the page the marks end: the lines that they stand on."""
    return [round((842 - mark.y - mark.height) / 12) * 12 for mark in found]


def test_a_passage_is_marked_where_it_stands(lines):
    (mark,) = marks(lines, "It sank.")
    assert 54 <= mark.x <= 58
    assert 26 <= mark.width <= 36
    assert rows([mark]) == [732]
    (larger,) = marks(lines, "It sank.", width=2 * pdf_files.WIDTH)
    assert larger.width == pytest.approx(2 * mark.width, abs=3)


def test_a_passage_over_several_lines_is_found_whatever_its_gaps_hyphens_and_case(lines):
    found = marks(lines, "the harbour  OPENED in nineteen\nthirty-two. It moved")
    assert rows(found) == [780, 768]


def test_of_a_passage_that_is_not_there_as_a_whole_its_long_pieces_are_marked(lines):
    found = marks(lines, "It moved grain [picture of a ship] with 14 cranes.")
    assert rows(found) == [768, 756]


@pytest.mark.parametrize("passage", ["ank", "It moved grain to every town along the coast.", "", "?!"])
def test_where_nothing_is_found_nothing_is_marked(lines, passage):
    assert marks(lines, passage) == ()
    assert marks(lines) == ()


def test_the_marks_come_in_the_order_of_the_passages(lines):
    assert rows(marks(lines, "It sank.", "with 14 cranes.")) == [732, 756]


def test_at_most_200_marks_are_sent(tmp_path):
    path = tmp_path / "many.pdf"
    words = [f"{number:03}" for number in range(300)]
    path.write_bytes(
        pdf_files.document(
            [b"\n".join(pdf_files.line(20 + n % 10 * 55, 820 - n // 10 * 27, w) for n, w in enumerate(words))]
        )
    )
    assert len(marks(path, " ".join(words))) == 200


def test_a_picture_of_a_page_has_no_marks(pdf):
    (image,) = draw(pdf, 2, passages=("one",))
    assert image.marks == ()


def test_pages_of_an_encrypted_file_are_marked_too(tmp_path):
    path = tmp_path / "secret.pdf"
    path.write_bytes(pdf_files.document([pdf_files.column(LINES)], password="open"))
    (image,) = draw(path, 1, 600, password="open", passages=("It sank.",))
    assert len(image.marks) == 1


@pytest.mark.parametrize(
    ("page", "passage", "found"),
    [
        ("ein Café und mehr", "cafe\u0301", "Café"),
        ("the ﬁrst one", "FIRST ONE", "ﬁrst one"),
        ("東京は首都です。", "首都です", "首都です"),
        ("party art", "art", "art"),
    ],
)
def test_what_differs_between_a_page_and_its_text_does_not_matter(page, passage, found):
    ((first, last),) = spans(Letters(page), Letters(passage))
    assert page[first : last + 1] == found


def test_a_long_passage_on_a_crowded_page_is_looked_for_at_once():
    page = Letters("a b " * 50_000)
    assert spans(page, Letters("a b " * 499 + "c c")) != []
    assert spans(page, Letters("b a c " * 300)) == []


@pytest.mark.parametrize("forged", [(-1, 0, 5, 5), (0, 0, 0, 5), (95, 0, 6, 5), (0, 0, 5, 10**9), (1, 2, 3)])
def test_marks_that_do_not_lie_on_the_page_are_left_out(forged):
    assert checked((0, 90, 100, 10, *forged), 100, 100) == (Mark(0, 90, 100, 10),)


@pytest.mark.parametrize("turn", [b"/Rotate 90", b"/Rotate 180", b"/CropBox[40 700 300 800]"])
def test_a_page_that_is_turned_or_cut_is_marked_where_the_words_are_seen(tmp_path, turn):
    path = tmp_path / "turned.pdf"
    whole = pdf_files.document([pdf_files.column(["It sank."])])
    path.write_bytes(whole.replace(b"/Type/Page/Parent", b"/Type/Page" + turn + b"/Parent"))
    (image,) = draw(path, 1, 600, passages=("It sank",))
    (mark,) = image.marks
    dark = [place // 4 for place in range(0, len(image.pixels), 4) if image.pixels[place] < 128]
    inside = [
        mark.x - 1 <= place % image.width <= mark.x + mark.width
        and mark.y - 1 <= place // image.width <= mark.y + mark.height
        for place in dark
    ]
    assert sum(inside) > 0.9 * len(dark) > 10
