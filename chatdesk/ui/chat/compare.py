"""Two versions of a message side by side, with what only one of them has underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import Message, MessageId, Role
from chatdesk.domain.words import tr
from chatdesk.tasks.word_differences import Places, differing_words
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.transcript.facts import author_words, short_facts
from chatdesk.ui.transcript.formats import Formats, fitting
from chatdesk.ui.transcript.markdown import Block, definitions, parse
from chatdesk.ui.transcript.rows import Prose
from chatdesk.ui.transcript.text_rows import ProseRow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.elided import ElidedLabel
from chatdesk.ui.widgets.label import Label

_SIDE_BY_SIDE = 640  # pixels; in a narrower window one stands below the other
_PAD = 12  # pixels around a text
_OUTSIDE_PLANE = 0xFFFF  # Qt counts a character beyond this as two


class VersionText(QScrollArea):
    """One version as it looks in the chat; the arrow keys scroll it, and what is selected can be copied."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self._message: Message | None = None
        self._places: Places = ()
        self._room = QWidget()
        self.setWidget(self._room)
        self._row = ProseRow(Formats(), self._room)

    @property
    def text(self) -> str:
        """The text as it is shown, without the signs of Markdown."""
        assert self._row.text is not None
        return self._row.text.document().toPlainText()

    def show_message(self, message: Message) -> None:
        """Show a message; nothing is marked yet."""
        self._message = message
        self._places = ()
        self.restyle()

    def mark(self, places: Places) -> None:
        """Underline these stretches of `text`."""
        self._places = places
        assert self._row.text is not None
        ends = _qt_places(self.text)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(QColor(colours().accent))
        look.setBackground(QColor(colours().info_background))
        marks = []
        for start, end in places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self._row.text.document())
            mark.cursor.setPosition(ends[start])
            mark.cursor.setPosition(ends[end], QTextCursor.MoveMode.KeepAnchor)
            mark.format = look
            marks.append(mark)
        self._row.text.setExtraSelections(marks)

    def restyle(self) -> None:
        """Draw everything again in the colours and the size of now."""
        places = self._places
        self._row.hide()
        self._row.deleteLater()
        self._row = ProseRow(Formats(fitting(colours()), round(scaled(100))), self._room)
        if self._message is not None:
            text = self._message.text
            plain = self._message.role is Role.user
            blocks = (Block((), text),) if plain else tuple(parse(text, definitions(text)))
            self._row.display(Prose(blocks))
            assert self._row.text is not None
            self._row.text.setAccessibleName(tr("Text of this version"))
        self._row.show()
        self._fit()
        self.mark(places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self._row.text is not None:
            self._row.text.copy()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        width = max(40, self.viewport().width() - 2 * _PAD)
        height = self._row.height_at(width)
        self._row.setGeometry(_PAD, _PAD, width, height)
        self._room.resize(self.viewport().width(), height + 2 * _PAD)


class VersionPane(QFrame):
    """A list of the versions, how the chosen one came about, its text, and the button that uses it."""

    picked = Signal()
    used = Signal(str)  # message id

    def __init__(self, side: str, title: str, versions: Sequence[Message], shown: int) -> None:
        super().__init__()
        self._versions = versions
        self.setProperty("card", True)
        self.choice = Choice()
        self.choice.setObjectName(f"compare-{side}")
        self.choice.setAccessibleName(title)
        for place, message in enumerate(versions, start=1):
            words = tr("Version {number} of {count}").format(number=place, count=len(versions))
            author = author_words(message)
            self.choice.addItem(f"{words} · {author}" if author else words)
        self.choice.setCurrentIndex(shown)
        self.facts = ElidedLabel(9, tone="muted")
        self.text = VersionText(f"compare-{side}-text")
        self.text.setAccessibleName(title)
        self.use = push_button(f"compare-{side}-use", tr("Use this one"))
        self.use.clicked.connect(lambda: self.used.emit(self.message.id))
        self.choice.currentIndexChanged.connect(lambda _: self.picked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.choice, 1)
        head.addWidget(self.use)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.text, 1)

    @property
    def message(self) -> Message:
        return self._versions[self.choice.currentIndex()]

    def show_chosen(self) -> None:
        """Show the version that is chosen."""
        message = self.message
        self.facts.tell(" · ".join(short_facts(message)))
        self.text.show_message(message)
        number = self.choice.currentIndex() + 1
        self.use.setAccessibleName(tr("Use version {number}").format(number=number))


class CompareDialog(QDialog):
    """Any two of the versions of a message. Call `open`; `chosen` comes with the one to be used."""

    chosen = Signal(str)  # message id

    def __init__(self, versions: Sequence[Message], shown: MessageId, parent: QWidget | None = None) -> None:
        """`versions` are two or more; the one with the id `shown` stands at the right."""
        super().__init__(parent)
        self.setObjectName("compare-versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare versions"))
        right = next((i for i, each in enumerate(versions) if each.id == shown), len(versions) - 1)
        left = right - 1 if right else 1
        self.left = VersionPane("left", tr("First version"), versions, left)
        self.right = VersionPane("right", tr("Second version"), versions, right)
        self.note = Label(tone="muted").wrap()
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panes.setSpacing(12)
        for pane in (self.left, self.right):
            self._panes.addWidget(pane, 1)
            pane.picked.connect(self._show)
            pane.used.connect(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addLayout(self._panes, 1)
        self._show()
        room = parent.size() if parent is not None else self.size()
        self.resize(min(980, max(420, room.width() - 60)), min(720, max(380, room.height() - 60)))
        follow(self, self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._panes.setDirection(direction)

    def _show(self) -> None:
        self.left.show_chosen()
        self.right.show_chosen()
        told = bool(self.left.facts.whole or self.right.facts.whole)
        for pane in (self.left, self.right):  # both or none: the texts begin side by side
            pane.facts.setVisible(told)
        here, there = differing_words(self.left.text.text, self.right.text.text)
        self.left.text.mark(here)
        self.right.text.mark(there)
        self.note.setText(
            tr("Underlined words stand in one of the two versions only.")
            if here or there
            else tr("Both texts are the same, word for word.")
        )

    def _use(self, message: str) -> None:
        self.accept()
        self.chosen.emit(message)

    def _restyle(self, c: Colours) -> None:
        # Without the look of fields: the texts are no fields, though Qt makes them of the same widget.
        self.setStyleSheet(
            f'QFrame[card="true"] {{ background: {c.raised}; border: 1px solid {c.border};'
            " border-radius: 12px; }"
            f"QScrollArea {{ background: {c.raised}; border: 2px solid transparent; border-radius: 6px; }}"
            f"QScrollArea:focus {{ border-color: {c.accent}; }}"
            f"QScrollArea > QWidget > QWidget {{ background: {c.raised}; }}"
            + sheets.buttons(c)
            + sheets.scroll_bars(c)
        )
        self.left.text.restyle()
        self.right.text.restyle()


def _qt_places(text: str) -> list[int]:
    """Return where each character of `text`, and its end, stands as Qt counts."""
    places, place = [], 0
    for character in text:
        places.append(place)
        place += 2 if ord(character) > _OUTSIDE_PLANE else 1
    places.append(place)
    return places
