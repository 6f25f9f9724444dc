"""Shows the document's text with the passages marked that a sentence rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.summaries import Passage
from chatdesk.domain.unit_names import unit_name
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.summarize.page_view import PageView
from chatdesk.ui.summarize.places import Places
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.elided import ElidedLabel
from chatdesk.ui.widgets.label import Label

BOTH = 680  # pixels: in a narrower view the picture of a page stands in place of the text


class SourceView(QWidget):
    """The buttons go from one passage of the sentence to the next; pages are pictures where there are any."""

    closed = Signal()
    page_wanted = Signal(int, object)  # number of the page to show as a picture; passages to mark on it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source")
        self._document = Document("", "")
        self._loaded = True  # whether the text stands in the view: a long one takes its time
        self._places = Places("")
        self._passages: Sequence[Passage] = ()
        self._current = 0
        self.where = ElidedLabel(10, bold=True)
        self.where.setObjectName("source-unit")
        self.count = Label("", 9, tone="muted")
        self.earlier = tool_button("previous-passage", tr("Previous passage"))
        self.later = tool_button("next-passage", tr("Next passage"))
        self.looks = tool_button("show-page", tr("Show the page as it looks"))
        self.looks.setCheckable(True)
        self.page = PageView()
        self.page.hide()
        self._trouble = Label("", 9, tone="muted").wrap()
        self._trouble.setObjectName("page-trouble")
        self._trouble.hide()
        self._unit: Unit | None = None
        self._drawn: tuple[int, tuple[str, ...]] | None = None  # the page and the passages asked for
        self._close = tool_button("close-source", tr("Close the text"))
        hint_on(self._close, tr("Close the text"), "stop")
        self.text = QPlainTextEdit()
        self.text.setObjectName("source-text")
        self.text.setAccessibleName(tr("Text of the document"))
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        self.looks.toggled.connect(lambda _: self._show_look())
        self._close.clicked.connect(self.closed)
        self.looks.hide()
        self._arrange()
        follow(self, self._restyle)

    @property
    def document(self) -> Document:
        return self._document

    def show_document(self, document: Document) -> None:
        """Show another document from its beginning."""
        self._document = document
        self._loaded = False
        self.text.clear()
        self.text.setAccessibleName(tr("Text of {name}").format(name=document.name))
        self.show_passages(())

    def show_passages(self, passages: Sequence[Passage], current: int = 0) -> None:
        """Mark `passages` and go to one of them."""
        self._passages = passages
        self._current = current
        if passages:
            self._load()
        self._mark()
        several = len(passages) > 1
        for part in (self.earlier, self.later, self.count):
            part.setVisible(several)
        if passages:
            self.count.setText(
                tr("passage {number} of {count}").format(number=current + 1, count=len(passages))
            )
            self.earlier.setEnabled(current > 0)
            self.later.setEnabled(current < len(passages) - 1)
            self.go_to(passages[current].start)
        else:
            self._name(0)

    def go_to(self, place: int) -> None:
        """Bring the character at `place` into the middle, and name the unit it stands in."""
        self._load()
        cursor = self.text.textCursor()
        cursor.setPosition(min(self._places.to_qt(place), self.text.document().characterCount() - 1))
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self._name(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        # Lines break elsewhere now; the text has its new size after this event.
        QTimer.singleShot(0, self.text, self.text.centerCursor)

    @property
    def marked(self) -> list[str]:
        """The marked texts, for those who cannot see the marks."""
        return [selection.cursor.selectedText() for selection in self.text.extraSelections()]

    def _load(self) -> None:
        if not self._loaded:
            self._loaded = True
            self._places = Places(self._document.text)
            self.text.setPlainText(self._document.text)

    def offer_pages(self, offered: bool) -> None:
        """Show the pages of this document as they look, or its text alone."""
        self._drawn = None
        self._trouble.hide()
        self.page.tell("")
        self.looks.setVisible(offered)
        blocked = self.looks.blockSignals(True)  # nothing is drawn before something is looked at
        self.looks.setChecked(offered)
        self.looks.blockSignals(blocked)
        self._share_room()

    def tell_trouble(self, sentence: str) -> None:
        """Say why a page cannot be shown; the text, which is kept, takes its place."""
        self._drawn = None
        self.looks.setChecked(False)
        self._trouble.setText(sentence)
        self._trouble.show()

    def _show_look(self) -> None:
        """Show the page, as the button says, and ask for its picture where it is not there."""
        self._share_room()
        unit = self._unit
        if unit is None or self.page.isHidden() or self.isHidden():
            return
        self._trouble.hide()
        wanted = (unit.number, self._on(unit))
        if wanted != self._drawn:
            self._drawn = wanted
            self.page_wanted.emit(*wanted)

    def _share_room(self) -> None:
        pictured = self.looks.isChecked() and self._unit is not None
        self.page.setVisible(pictured)
        self.text.setVisible(not pictured or self.width() >= BOTH)

    def _on(self, unit: Unit) -> tuple[str, ...]:
        """Return the passages of a unit as it has them, from the current one on."""
        ordered = (*self._passages[self._current :], *self._passages[: self._current])
        spans = ((max(each.start, unit.start), min(each.end, unit.end)) for each in ordered)
        return tuple(self._document.text[start:end] for start, end in spans if start < end)

    def _name(self, place: int) -> None:
        unit = self._unit = self._document.unit_at(place)
        if unit is None or unit.kind is UnitKind.whole:
            self.where.tell(self._document.name)
        else:
            name = unit_name(unit)
            self.where.tell(name[:1].upper() + name[1:])
        self._show_look()

    def _step(self, step: int) -> None:
        place = min(max(self._current + step, 0), len(self._passages) - 1)
        self.show_passages(self._passages, place)

    def _mark(self) -> None:
        c = colours()
        form = QTextCharFormat()
        form.setBackground(QColor(c.mark))
        form.setForeground(QColor(c.text_on_mark))
        selections = []
        for passage in self._passages:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(self._places.to_qt(passage.start))
            cursor.setPosition(self._places.to_qt(passage.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = form
            selections.append(selection)
        self.text.setExtraSelections(selections)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.where, 1)
        top.addWidget(self.count)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        top.addWidget(self.looks)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._trouble)
        both = QHBoxLayout()
        both.setSpacing(10)
        both.addWidget(self.text, 1)
        both.addWidget(self.page, 1)
        column.addLayout(both, 1)

    def _restyle(self, c: Colours) -> None:
        self.earlier.setIcon(icon("chevron-up", c.muted))
        self.later.setIcon(icon("chevron-down", c.muted))
        self.looks.setIcon(icon("file-text", c.muted))
        self._close.setIcon(icon("x", c.muted))
        self._mark()
