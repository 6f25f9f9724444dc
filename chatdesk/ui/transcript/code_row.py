"""A row of code: its language, a copy button, and lines that scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.highlight import Highlighter
from chatdesk.ui.transcript.row_widget import RowText, RowWidget
from chatdesk.ui.transcript.rows import Code, Content

_PAD = 12
_BELOW = 10
_SCROLL_BAR = 12
_COPIED_MS = 1500


class CodeRow(RowWidget):
    """A piece of a code block; the first piece has the language and the button."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self._code = Code("", "")
        self._shown = ""
        self._language = QLabel(self)
        self._language.setFont(formats.font(formats.small_points, self.font()))
        self.tint(self._language, formats.colours.muted)
        self._copy = self.make_button("copy-code", tr("Copy code"), "copy")
        self._text = self.make_text(wrap=False)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._text.setFont(formats.code_font())
        self._highlighter = Highlighter(self._text.document(), formats)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._show_copy)

    @property
    def text(self) -> RowText:
        return self._text

    def display(self, content: Content) -> None:
        assert isinstance(content, Code)
        text = content.text.removesuffix("\n")
        document = self._text.document()
        cursor = QTextCursor(document)
        if self._shown and content.language == self._code.language and text.startswith(self._shown):
            first = document.blockCount() - 1
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._shown) :], self.formats.code)
            self._highlighter.grown(first)
        else:
            document.clear()
            cursor.insertText(text, self.formats.code)
            self._text.show_beginning()
            self._highlighter.start(content.language)
        self._shown = text
        self._code = content
        self._language.setText(content.language or tr("text"))
        for part in (self._language, self._copy):
            part.setVisible(not content.continues)
        named = tr("{language} code").format(language=content.language) if content.language else tr("Code")
        self._text.setAccessibleName(named)

    def confirm_copied(self) -> None:
        """Say for a moment that the code is on the clipboard."""
        self._copy.setIcon(self.icon("check", self.formats.colours.accent))
        self._copy.setToolTip(tr("Copied"))
        self._copied.start()

    def height_at(self, width: int) -> int:
        inner = width - 2 * _PAD
        height = self._text.height_at(inner)
        wider = self._text.document().idealWidth() > inner
        return self._top + height + _BELOW + (_SCROLL_BAR if wider else 0)

    def clear(self) -> None:
        self._highlighter.stop()
        self._shown = ""
        self._code = Code("", "")
        self._text.document().clear()
        self._text.setExtraSelections([])
        self._text.horizontalScrollBar().setValue(0)

    def stops(self) -> list[QWidget]:
        return [self._text] if self._code.continues else [self._copy, self._text]

    @property
    def _top(self) -> int:
        return 6 if self._code.continues else self.formats.scaled(34)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        head = self.formats.scaled(30)
        self._language.setGeometry(_PAD, 2, self.width() - 100, head)
        self._copy.setGeometry(self.width() - 6 - head, 3, head, head - 2)
        self._text.setGeometry(_PAD, self._top, self.width() - 2 * _PAD, self.height() - self._top - 3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the frame is one shape
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.formats.colours.border))
        painter.setBrush(QColor(self.formats.colours.code_background))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _show_copy(self) -> None:
        self._copy.setIcon(self.icon("copy"))
        self._copy.setToolTip(tr("Copy code"))
