"""Pages of a PDF as pictures, drawn by a process of their own."""

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from chatdesk.documents.page_image import PdfPages
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import DocumentError


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


def draw(path, number, width=50, password="", cancel=None):
    return list(PdfPages().draw(path, number, width, password, cancel or CancelToken()))


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
