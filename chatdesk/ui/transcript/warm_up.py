"""Load what the first answer needs - parser, code colours, fonts - while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPainter, QTextCursor, QTextDocument

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.highlight import lex_line, line_lexer
from chatdesk.ui.transcript.markdown import parse
from chatdesk.ui.transcript.render import BlockWriter

_LANGUAGES = ("python", "javascript", "bash", "html", "cpp", "sql")
_SAMPLE = (
    "# a\n**b** *i* ~~s~~ `c`\n\n- [ ] x\n\n> q\n\n| a |\n|---|\n| b |\n\n"
    "\U0001f642 \u0645 \u05e9 \u4f60 \u3042 \u2713\n"
)


def steps(formats: Formats) -> Iterator[None]:
    """Do the work in pieces of a few milliseconds, as far as Python's imports allow it."""
    blocks = parse(_SAMPLE, {})
    yield
    document = QTextDocument()
    cursor = QTextCursor(document)
    writer = BlockWriter(formats, cursor, empty=True)
    for block in blocks:
        writer.write(block)
        yield
    image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    yield
    for language in _LANGUAGES:
        lexer = line_lexer(language)
        yield
        if lexer is not None:
            lex_line(lexer, "a = 1\n", ("root",))
        yield


class WarmUp(QObject):
    """Takes one step each time the event loop has nothing to do, once."""

    def __init__(self, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps(formats)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start(0)

    def _step(self) -> None:
        if next(self._steps, self) is self:
            self._timer.stop()
