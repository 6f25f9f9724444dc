"""The dialog that searches all chats: a field, ways to go on typing, and the places found meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat import SearchHit
from chatdesk.domain.chat_query import ChatNames, ChatQuery
from chatdesk.domain.words import tr, trn
from chatdesk.tasks.chat_query import Suggestion, completed, suggestions
from chatdesk.ui import sheets
from chatdesk.ui.chat.search_rows import HitDelegate, HitModel
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

MOST = 50  # places that are shown
_PAGE_STEP = 8
_CHIP_WIDTH = 300  # pixels of text, at most
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE_STEP,
    Qt.Key.Key_PageUp: -_PAGE_STEP,
}


class SearchDialog(QDialog):
    """Says what is typed and shows what is found. `chosen` gives chat and message ("" for a title)."""

    asked = Signal(str)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search-dialog")
        self.setWindowTitle(tr("Search all chats"))
        self.setModal(True)
        self._names = ChatNames()
        self._shown = ""  # what was typed for the places that are shown
        self._opens_first = False  # Enter came before the places did
        self._build()
        self._arrange()
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.hits.clicked.connect(lambda _: self._choose())
        self.hits.activated.connect(lambda _: self._choose())
        follow(self, self._restyle)
        self._typed("")

    def show_names(self, names: ChatNames) -> None:
        """Offer these behind folder:, tag: and model:."""
        self._names = names
        self._suggest()

    def show_found(self, typed: str, query: ChatQuery, found: Sequence[SearchHit]) -> None:
        """Show the places for what was typed; for something older they are dropped."""
        if typed != self.field.text():
            return
        self._shown = typed
        self.model.show(found)
        self.hits.setCurrentIndex(self.model.index(0))
        self.hits.scrollToTop()
        self.pages.setCurrentWidget(self.hits if found else self.nothing)
        self.nothing.setText(_advice(query))
        if len(found) >= MOST:
            self.note.setText(tr("The first {count} places. More words find fewer.").format(count=len(found)))
        else:
            self.note.setText(trn("{count} place", "{count} places", len(found)) if found else "")
        if self._opens_first:
            self._choose()

    def show_error(self, error: Exception) -> None:
        self.model.show(())
        self.pages.setCurrentWidget(self.nothing)
        self.nothing.setText(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The field keeps the focus, so that one can go on typing while the arrows walk through the places.
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if step := _STEPS.get(Qt.Key(event.key()), 0):
                self._go(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._opens_first = self._shown != self.field.text()
                if not self._opens_first:
                    self._choose()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, typed: str) -> None:
        self._opens_first = False
        self._suggest()
        if typed.strip():
            self.asked.emit(typed)
            return
        self._shown = typed
        self.model.show(())
        self.note.setText("")
        self.pages.setCurrentWidget(self.beginning)

    def _go(self, step: int) -> None:
        if count := self.model.rowCount():
            row = min(max(0, self.hits.currentIndex().row() + step), count - 1)
            self.hits.setCurrentIndex(self.model.index(row))
        elif step > 0:
            self.focusNextChild()

    def _choose(self) -> None:
        self._opens_first = False
        hit = self.model.hit_at(self.hits.currentIndex())
        if hit is not None:
            self.chosen.emit(hit.conversation, hit.message or "")
            self.accept()

    def _suggest(self) -> None:
        """Offer how the last word can go on; all prefixes only while nothing is typed."""
        for button in self.chips.parts:
            button.deleteLater()
        self.chips.clear()
        typed = self.field.text()
        offered = suggestions(typed, self._names) if typed.strip() and not typed.endswith(" ") else []
        for number, suggestion in enumerate(offered):
            button = push_button(f"suggestion-{number}", suggestion.text)
            shown = button.fontMetrics().elidedText(
                suggestion.text, Qt.TextElideMode.ElideMiddle, _CHIP_WIDTH
            )
            button.setText(shown.replace("&", "&&"))
            button.setToolTip(suggestion.meaning)
            button.setAccessibleDescription(suggestion.meaning)
            button.setAutoDefault(False)
            button.setProperty("chip", True)
            button.clicked.connect(lambda _, chosen=suggestion: self._complete(chosen))
            self.chips.add(button)
            # Else they would stand behind the places in the order of the Tab key.
            QWidget.setTabOrder(self.chips.parts[-2] if number else self.field, button)
        self.chips.setVisible(bool(offered))

    def _complete(self, suggestion: Suggestion) -> None:
        self.field.setText(completed(self.field.text(), suggestion))
        self.field.setFocus()

    def _build(self) -> None:
        self.field = QLineEdit(self)
        self.field.setObjectName("search-words")
        self.field.setPlaceholderText(tr("Words in chats and their titles"))
        self.field.setAccessibleName(tr("Search all chats"))
        self.field.setClearButtonEnabled(True)
        self._sign = self.field.addAction(icon("search", "#808080"), QLineEdit.ActionPosition.LeadingPosition)
        self.chips = WrappingRow(self)
        self.model = HitModel(self)
        self.hits = QListView(self)
        self.hits.setObjectName("search-hits")
        self.hits.setAccessibleName(tr("Places found"))
        self.hits.setModel(self.model)
        self.rows = HitDelegate(self.hits)
        self.hits.setItemDelegate(self.rows)
        self.hits.setResizeMode(QListView.ResizeMode.Adjust)
        self.hits.setFrameShape(QFrame.Shape.NoFrame)
        self.hits.setMouseTracking(True)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.nothing = Label(tone="muted").wrap()
        self.nothing.setObjectName("search-nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.note = Label(points=9, tone="muted")
        self.note.setObjectName("search-note")
        self.beginning = self._beginning()
        self.pages = QStackedWidget(self)
        for page in (self.beginning, self.hits, self.nothing):
            self.pages.addWidget(page)

    def _beginning(self) -> QWidget:
        """Return what stands there while nothing is typed: each prefix with what it does."""
        page = QWidget(self)
        page.setObjectName("search-beginning")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        said = tr("Words can be narrowed down. A minus before a word leaves it out.")
        grid.addWidget(Label(said, tone="muted").wrap(), 0, 0, 1, 2)
        for number, hint in enumerate(suggestions("", ChatNames())):
            button = push_button(f"search-hint-{number}", hint.text, "flat")
            button.setAutoDefault(False)
            button.setAccessibleDescription(hint.meaning)
            button.clicked.connect(lambda _, chosen=hint: self._complete(chosen))
            grid.addWidget(button, number + 1, 0)
            grid.addWidget(Label(hint.meaning, tone="muted").wrap(), number + 1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.chips)
        column.addWidget(self.pages, 1)
        column.addWidget(self.note)
        self.resize(680, 520)

    def _restyle(self, now: Colours) -> None:
        self.rows.colours = now
        self._sign.setIcon(icon("search", now.muted))
        self.setStyleSheet(
            sheets.page(now)
            + """
#search-hits { background: transparent; border: none; outline: none; }
QPushButton[chip="true"] { padding: 3px 10px; border-radius: 12px; }
QPushButton[chip="true"]:focus { padding: 2px 9px; }
#search-beginning { background: transparent; }
#search-beginning QPushButton { padding: 3px 6px; min-width: 84px; text-align: left; }
#search-beginning QPushButton:focus { padding: 2px 5px; }
"""
        )
        self.hits.viewport().update()


def _advice(query: ChatQuery) -> str:
    """Return what to try where nothing was found."""
    if query.narrowed and query.words:
        return tr("Nothing found. Take away a condition such as folder: or before:, or one of the words.")
    if query.narrowed:
        return tr("No chat is like that. Check the names and days, or take away one of the conditions.")
    if len(query.words) > 1:
        return tr("No title or message has all of these words. Try fewer of them.")
    if not query.words:
        return tr("Type a word that must be there too.")
    return tr("Nothing found. Try the beginning of the word, or another one. Deleted chats are not searched.")
