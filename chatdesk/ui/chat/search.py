"""Search over all chats: a field, and the places found while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chatdesk.domain.chat import SearchHit
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, colours, follow

PAUSE_MS = 90  # typing pauses this long before the search starts


class SearchDialog(QDialog):
    """Finds chats by their titles and texts. `chosen` gives conversation and message ("" for a title)."""

    chosen = Signal(str, str)

    def __init__(self, search: Callable[[str], Sequence[SearchHit]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self.setObjectName("search-dialog")
        self.setWindowTitle(tr("Search all chats"))
        self.setModal(True)
        self.field = QLineEdit(self)
        self.field.setObjectName("search-words")
        self.field.setPlaceholderText(tr("Search all chats"))
        self.field.setAccessibleName(tr("Search all chats"))
        self.field.setClearButtonEnabled(True)
        self.hits = QListWidget(self)
        self.hits.setObjectName("search-hits")
        self.hits.setAccessibleName(tr("Places found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = QLabel(self)
        self.note.setObjectName("search-note")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.hits, 1)
        column.addWidget(self.note)
        self.resize(620, 460)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.installEventFilter(self)
        self.hits.itemClicked.connect(self._choose)
        follow(self, self._restyle)
        self._look()

    def _restyle(self, now: Colours) -> None:
        self.setStyleSheet(
            sheets.page(now)
            + f"""
#search-hits {{ background: transparent; border: none; outline: none; }}
#search-hits::item {{ border-radius: 8px; }}
#search-hits::item:hover {{ background: {now.hover}; }}
#search-hits::item:selected {{ background: {now.bubble}; }}
#search-note {{ color: {now.muted}; }}
"""
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The field keeps the focus, so that one can go on typing while the arrows walk through the places.
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }.get(Qt.Key(event.key()), 0)
            if step and self.hits.count():
                row = min(max(0, self.hits.currentRow() + step), self.hits.count() - 1)
                self.hits.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pause.stop()
                self._look(keep_row=True)
                if (item := self.hits.currentItem()) is not None:
                    self._choose(item)
                return True
        return super().eventFilter(watched, event)

    def _look(self, keep_row: bool = False) -> None:
        row = self.hits.currentRow() if keep_row else 0
        words = self.field.text().strip()
        self.hits.clear()
        if not words:
            self.note.setText(tr("Type words that stand in a chat or in its title."))
            return
        try:
            found = self._search(words)
        except ChatDeskError as error:
            self.note.setText(str(error))
            return
        for hit in found:
            self._add(hit)
        self.hits.setCurrentRow(min(max(row, 0), self.hits.count() - 1))
        self.note.setText(
            trn("{count} place", "{count} places", len(found)) if found else tr("Nothing found.")
        )

    def _add(self, hit: SearchHit) -> None:
        item = QListWidgetItem(self.hits)
        item.setData(Qt.ItemDataRole.UserRole, hit)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}. {hit.snippet}")
        label = QLabel(_rich(hit), self.hits)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setContentsMargins(10, 7, 10, 7)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        width = max(200, self.width() - 70)
        item.setSizeHint(QSize(width, label.heightForWidth(width) + 2))
        self.hits.setItemWidget(item, label)

    def _choose(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        assert isinstance(hit, SearchHit)
        self.chosen.emit(hit.conversation, hit.message or "")
        self.accept()


def _rich(hit: SearchHit) -> str:
    """Return title, day and marked snippet as Qt's rich text; all of the user's text is escaped."""
    now = colours()
    parts: list[str] = []
    at = 0
    for start, end in hit.marks:
        parts.append(escape(hit.snippet[at:start]))
        found = escape(hit.snippet[start:end])
        parts.append(f'<span style="background:{now.mark};color:{now.text_on_mark}">{found}</span>')
        at = end
    parts.append(escape(hit.snippet[at:]))
    day = hit.when.astimezone().strftime("%x")
    head = f'<b>{escape(hit.title)}</b> <span style="color:{now.muted}">{escape(day)}</span>'
    return head if hit.message is None else f"{head}<br>{''.join(parts)}"
