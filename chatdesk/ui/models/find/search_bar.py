"""The field for searching the Hub, and the order of what is found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from chatdesk.domain.hub import HubAddress, HubQuery, HubSort
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.choice import Choice

PAUSE_MS = 450  # of typing, after which the search begins by itself
AddressOf = Callable[[str], HubAddress | None]


class SearchField(QLineEdit):
    """Esc empties it, Down leaves it for the list."""

    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hub-search")
        self.setAccessibleName(tr("Search Hugging Face"))
        self.setPlaceholderText(tr("Search Hugging Face, or paste the address of a model"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(300)
        self._sign = self.addAction(icon("search", "#808080"), QLineEdit.ActionPosition.LeadingPosition)
        follow(self, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self, c: Colours) -> None:
        self._sign.setIcon(icon("search", c.muted))


class SearchBar(QWidget):
    """`searched` comes for words, `named` for the address or the name of a repository.

    `address_of` recognises those.
    """

    searched = Signal(object)  # HubQuery
    named = Signal(object)  # HubAddress
    emptied = Signal()

    def __init__(self, address_of: AddressOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address_of = address_of
        self.field = SearchField()
        self.sort = Choice()
        self.sort.setObjectName("hub-sort")
        self.sort.setAccessibleName(tr("Order of the models found"))
        for sort, title in sort_titles().items():
            self.sort.addItem(title, sort.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.sort)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textEdited.connect(self._typed)
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self._enter)
        self.sort.currentIndexChanged.connect(self._reorder)

    @property
    def query(self) -> HubQuery:
        return HubQuery(" ".join(self.field.text().split()), HubSort(self.sort.currentData()))

    def name(self, repository: str) -> None:
        """Stand for a repository that is shown without a search."""
        self._pause.stop()
        self.field.setText(repository)

    def stop(self) -> None:
        """Begin no search by itself for what has been typed so far."""
        self._pause.stop()

    def _typed(self, text: str) -> None:
        if text.strip() and self._address_of(text) is None:
            self._pause.start()
        elif _is_pasted(text):
            self._enter()
        else:
            # What looks like owner/name may be typed on; Enter tells that it is complete.
            self._pause.stop()

    def _changed(self, text: str) -> None:
        if not text.strip():
            self._pause.stop()
            self.emptied.emit()

    def _enter(self) -> None:
        self._pause.stop()
        if (address := self._address_of(self.field.text())) is not None:
            self.named.emit(address)
        else:
            self._search()

    def _search(self) -> None:
        if self.query.words:
            self.searched.emit(self.query)

    def _reorder(self) -> None:
        self._pause.stop()
        self.searched.emit(self.query)


def _is_pasted(text: str) -> bool:
    clipboard = QGuiApplication.clipboard().text().strip()
    return bool(clipboard) and text.strip() == clipboard


def sort_titles() -> dict[HubSort, str]:
    """Return how each order is called."""
    return {
        HubSort.downloads: tr("Most downloaded"),
        HubSort.likes: tr("Most liked"),
        HubSort.trending: tr("Trending"),
        HubSort.recent: tr("Newest"),
    }
