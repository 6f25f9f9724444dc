"""Lays HTML out on pages: as PDF, as OpenDocument, and on paper."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPdfWriter, QTextDocument, QTextDocumentWriter

from chatdesk.domain.words import tr

PDF_DPI = 300
POINTS = 11


class _Document(QTextDocument):
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        # Nothing is ever fetched; what stands in the text itself is no fetching.
        if isinstance(name, QUrl) and name.scheme() == "data":
            return super().loadResource(kind, name)
        return None


def document_of(html: str) -> QTextDocument:
    """Return the document; safe from any thread, for the thread that asks."""
    document = _Document()
    font = document.defaultFont()
    font.setPointSize(POINTS)
    document.setDefaultFont(font)
    document.setHtml(html)
    return document


def pdf_of(html: str, title: str) -> bytes:
    """Return pages of A4 with their numbers."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())  # the text has its own, of 2 cm
    writer.setTitle(title)
    writer.setCreator("ChatDesk")
    print_on(writer, html)
    return _content(buffer)


def odt_of(html: str) -> bytes:
    """Return a text in OpenDocument. Raises OSError."""
    buffer = _buffer()
    if not QTextDocumentWriter(buffer, b"odf").write(document_of(html)):
        raise OSError(tr("it could not be put into OpenDocument"))
    return _content(buffer)


def print_on(device: QPagedPaintDevice, html: str) -> None:
    """Print on a printer, or into a file that is one."""
    document_of(html).print_(device)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _content(buffer: QBuffer) -> bytes:
    buffer.close()
    return bytes(buffer.data().data())
