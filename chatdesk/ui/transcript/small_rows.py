"""Rows of a line or a short notice: the model's name, thinking, progress, problems, where the view starts."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from chatdesk.domain.words import tr, trn
from chatdesk.ui.icons import icon
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import Content, Header, Notice, Problem, Progress, Thinking

_PAD = 14


class LabelRow(RowWidget):
    """A muted sentence."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setFont(formats.font(formats.small_points, self.font()))
        self.tint(self.label, formats.colours.muted)

    def display(self, content: Content) -> None:
        assert isinstance(content, Header | Progress | Notice | Problem)
        sentence = content.model if isinstance(content, Header) else content.sentence
        self.label.setText(sentence)
        self.label.setAccessibleName(sentence)

    def height_at(self, width: int) -> int:
        return self.label.heightForWidth(width) + 4

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self.label.setGeometry(self.rect())


class NoticeRow(LabelRow):
    """A sentence in the middle of a thin line."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def height_at(self, width: int) -> int:
        return self.label.heightForWidth(self._inner(width)) + 16

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        inner = self._inner(self.width())
        self.label.setGeometry((self.width() - inner) // 2, 0, inner, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  two short lines
        painter = QPainter(self)
        side = (self.width() - self._inner(self.width())) // 2
        for left in (0, self.width() - side):
            painter.fillRect(left, self.height() // 2, side, 1, QColor(self.formats.colours.border))

    def _inner(self, width: int) -> int:
        words = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 24
        return min(words, width - 40)


class ProblemRow(LabelRow):
    """Why an answer failed, in a frame."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        self.label.setFont(formats.font(formats.points, self.font()))
        self.tint(self.label, formats.colours.text)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._sign = QLabel(self)
        self._sign.setPixmap(icon("triangle-alert", formats.danger).pixmap(QSize(18, 18)))

    def height_at(self, width: int) -> int:
        return self.label.heightForWidth(width - 2 * _PAD - 28) + 2 * _PAD - 4

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self._sign.setGeometry(_PAD, _PAD - 4, 20, 22)
        self.label.setGeometry(_PAD + 28, 0, self.width() - 2 * _PAD - 28, self.height())

    def stops(self) -> list[QWidget]:
        return [self.label]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the frame is one shape
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.formats.danger))
        tint = QColor(self.formats.danger)
        tint.setAlpha(20)
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class ThinkingRow(RowWidget):
    """The line that opens and closes what the model thought."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(formats, parent)
        button = QToolButton(self)
        button.setObjectName("thinking")
        button.setAutoRaise(True)
        button.setIconSize(QSize(formats.scaled(16), formats.scaled(16)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFont(formats.font(formats.small_points, self.font()))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tint(button, formats.colours.muted)
        button.clicked.connect(lambda: self.acted.emit(self, "thinking"))
        self.button = button

    def display(self, content: Content) -> None:
        assert isinstance(content, Thinking)
        words = thinking_words(content)
        self.button.setText(" " + words)
        self.button.setIcon(self.icon("chevron-down" if content.open else "brain"))
        hint = tr("Hide what the model thought") if content.open else tr("Show what the model thought")
        self.button.setToolTip(hint)
        self.button.setAccessibleName(words)
        self.button.setAccessibleDescription(hint)

    def height_at(self, width: int) -> int:  # noqa: ARG002  one line
        return self.button.sizeHint().height() + 2

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  the size is asked for
        self.button.setGeometry(0, 0, min(self.width(), self.button.sizeHint().width() + 6), self.height())

    def stops(self) -> list[QWidget]:
        return [self.button]


def thinking_words(content: Thinking) -> str:
    """Return what stands on the line above what the model thought."""
    if content.seconds is None:
        return tr("Thoughts")
    if content.seconds < 0:
        return tr("Thinking…")
    seconds = math.ceil(content.seconds)
    if seconds < 60:
        return trn("Thought for {count} s", "Thought for {count} s", seconds)
    return tr("Thought for {minutes} min {seconds} s").format(minutes=seconds // 60, seconds=seconds % 60)
