"""What every row of the transcript has in common, and the read-only text that most of them show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QToolButton, QWidget

from chatdesk.ui.icons import icon
from chatdesk.ui.transcript.decorations import paint_decorations
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.rows import Content
from chatdesk.ui.transcript.scrolling import ThinBar

_SCROLL_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


class RowText(QTextBrowser):
    """Text that can be selected and never scrolls by itself, except sideways where lines do not wrap."""

    def __init__(self, formats: Formats, parent: QWidget, *, wrap: bool = True) -> None:
        super().__init__(parent)
        self._formats = formats
        self.decorated = False  # whether bullets, bars and boxes have to be looked for
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBar(ThinBar(Qt.Orientation.Horizontal, self))
        self.setHorizontalScrollBarPolicy(off)
        self.viewport().setAutoFillBackground(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        document = self.document()
        document.setDocumentMargin(0)
        document.setIndentWidth(formats.indent)
        if not wrap:
            self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
            left_to_right = QTextOption()
            left_to_right.setTextDirection(Qt.LayoutDirection.LeftToRight)
            left_to_right.setWrapMode(QTextOption.WrapMode.NoWrap)
            document.setDefaultTextOption(left_to_right)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002  nothing is ever fetched
        return None

    def height_at(self, width: int) -> int:
        """Return the height of the text in a column `width` pixels wide; leaves this widget as wide."""
        self.resize(width, self.height())
        document = self.document()
        if self.lineWrapMode() != QTextEdit.LineWrapMode.NoWrap:
            # A hidden text edit gets its new size when it is shown.
            document.setTextWidth(width)
        return int(document.size().height()) + 1

    def show_beginning(self) -> None:
        """Put the cursor, which moved along with what was written, where reading begins."""
        cursor = self.textCursor()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.horizontalScrollBar().setValue(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = abs(event.angleDelta().x()) > abs(event.angleDelta().y())
        if sideways and self.horizontalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        chord = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if (plain and event.key() in _SCROLL_KEYS) or (chord and event.key() != Qt.Key.Key_Insert):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.decorated:
            painter = QPainter(self.viewport())
            paint_decorations(painter, self.document(), QRectF(event.rect()), self._formats)
            painter.end()
        super().paintEvent(event)


class RowWidget(QWidget):
    """Shows one row; it is used again for other rows of the same kind."""

    resized = Signal(object)  # this widget: its height has to be asked for again
    entered = Signal(object)  # this widget: the pointer came in
    acted = Signal(object, str)  # this widget, the name of what the user asked for
    link_activated = Signal(str)

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent)
        self.formats = formats

    @property
    def text(self) -> RowText | None:
        """The selectable text of the row, None where there is none."""
        return None

    def display(self, content: Content) -> None:
        """Show `content`; what was there before and is part of it stays untouched."""
        raise NotImplementedError

    def height_at(self, width: int) -> int:
        """Return the height that the row needs in a column `width` pixels wide."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forget the content before this widget waits for its next row."""

    def reveal(self, *, near: bool) -> None:
        """Show what is shown only while the pointer is near."""

    def stops(self) -> list[QWidget]:
        """Return what Tab goes to, in order."""
        return [self.text] if self.text is not None else []

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit(self)
        super().enterEvent(event)

    def tint(self, widget: QWidget, colour: str) -> None:
        """Let a label or button write in `colour`, on whichever background it stands."""
        palette = widget.palette()
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(role, QColor(colour))
        widget.setPalette(palette)

    def icon(self, name: str, colour: str = "") -> QIcon:
        """Return an icon in `colour`, muted by default, as large as the text asks for."""
        return icon(name, colour or self.formats.colours.muted, self.formats.scaled(16))

    def make_text(self, *, wrap: bool = True) -> RowText:
        text = RowText(self.formats, self, wrap=wrap)
        text.anchorClicked.connect(self._follow_link)
        return text

    def make_button(self, action: str, name: str, icon_name: str) -> QToolButton:
        """Return a flat button with an icon; a click is reported as `action`."""
        button = QToolButton(self)
        button.setObjectName(action)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        side = self.formats.scaled(16)
        button.setIconSize(QSize(side, side))
        button.setIcon(self.icon(icon_name))
        button.clicked.connect(lambda: self.acted.emit(self, action))
        return button

    def _follow_link(self, url: QUrl) -> None:
        self.link_activated.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
