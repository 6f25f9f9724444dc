"""Lays HTML out on pages: as PDF, as OpenDocument, and on paper."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPdfWriter, QTextDocument, QTextDocumentWriter

from chatdesk.domain.whole_file import whole_file
from chatdesk.domain.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF_DPI = 300
POINTS = 11


class _Document(QTextDocument):
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        # Nothing is ever fetched; what stands in the text itself is no fetching.
        if isinstance(name, QUrl) and name.scheme() == "data":
            return super().loadResource(kind, name)
        return None


def laid_out(html: str, kind: str, title: str) -> bytes:
    """Return a file that is "pdf" or "odt". Raises OSError.

    As all here for a process's main thread alone: `typesetter.py` is for the others.
    """
    return pdf_of(html, title) if kind == "pdf" else odt_of(html)


def document_of(html: str) -> QTextDocument:
    """Return the document."""
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
    """Print on a printer or anything else with pages."""
    document_of(html).print_(device)


def print_into(path: Path, printer: QPrinter, html: str) -> None:
    """Print into a PDF, which is there as a whole or as it was before. Raises DocumentError."""
    with whole_file(path) as file, TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        printer.setOutputFileName(str(printed))
        print_on(printer, html)
        data = printed.read_bytes()
        if not data.endswith(b"%%EOF\n"):  # Qt does not say so
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        file.write(data)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _content(buffer: QBuffer) -> bytes:
    buffer.close()
    return bytes(buffer.data().data())
