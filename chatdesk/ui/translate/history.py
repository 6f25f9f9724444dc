"""What stands left of the page: the translations made before, searched, opened, deleted with undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translation_ports import Translations
from chatdesk.domain.translations import Translation, TranslationEntry, TranslationId
from chatdesk.domain.words import tr
from chatdesk.ui.translate.history_list import HistoryList
from chatdesk.ui.translate.history_rows import HistoryRow, is_worth_listing, row_of, row_of_hit
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.history_sidebar import HistorySidebar

SOON_MS = 400
LISTED, FOUND = 1000, 200  # at most, the newest; what is older is found by its words


class TranslationsSidebar(HistorySidebar):
    """The list, a field to search it, and the way to a new text and to the documents."""

    new_requested = Signal()
    documents_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        new = push_button("new-translation", tr("New text"), "primary", "plus")
        documents = push_button("show-documents", tr("Documents"), "", "files")
        super().__init__("translations", tr("Search all translations"), (new, documents), parent)
        self.new, self.documents = new, documents
        self.list = HistoryList()
        self.add_list(self.list)
        self.new.clicked.connect(self.new_requested)
        self.documents.clicked.connect(self.documents_requested)

    def show_rows(self, rows: Sequence[HistoryRow], current: str, note: str) -> None:
        """List translations; `note` is said below them."""
        self.list.show_rows(rows, current)
        nothing_found = tr("No translation has these words.")
        self.show_whether_empty(not rows, nothing_found, tr("Your translations will be listed here."))
        if rows and note:
            self.say_below(note)


class HistoryControl(QObject):
    """Keeps the sidebar as the store is."""

    about_to_delete = Signal(str)  # its id; what is not stored of it yet should be now
    deleted = Signal(object)  # Translation
    restored = Signal(str)  # its id
    refused = Signal()  # it is not deleted while it is being translated
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self, sidebar: TranslationsSidebar, translations: Translations, in_use: Callable[[str], bool]
    ) -> None:
        super().__init__(sidebar)
        self._in_use = in_use
        self._sidebar = sidebar
        self._translations = translations
        self._current = ""
        self._deleted: list[Translation] = []
        self._closed = False
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        sidebar.searched.connect(lambda _: self.refresh())
        sidebar.list.delete_requested.connect(self.delete)

    def refresh(self, current: str | None = None) -> None:
        """Show the list as it is now; `current` is the id of the translation that is shown, "" for none."""
        if current is not None:
            self._current = current
        self._soon.stop()
        if self._closed:
            return
        words = self._sidebar.search.text().strip()
        try:
            hits = self._translations.search(words, FOUND) if words else []
            entries = self._entries([hit.translation for hit in hits] if words else None)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if words:
            known = {entry.id: entry for entry in entries}
            rows = [row_of_hit(hit, known.get(hit.translation)) for hit in hits]
            note = tr("Only the newest are listed. More words find fewer.") if len(hits) == FOUND else ""
        else:
            note = tr("Older ones are found by their words.") if len(entries) >= LISTED else ""
            entries.sort(key=lambda entry: entry.id != self._current)
            rows = [row_of(entry) for entry in entries if is_worth_listing(entry)]
        self._sidebar.show_rows(rows, self._current, note)

    def _entries(self, among: Sequence[TranslationId] | None) -> list[TranslationEntry]:
        """Return those `among` some; or the newest, and the current one however old it is."""
        if among is not None:
            return self._translations.translations(among=among)
        entries = self._translations.translations(LISTED)
        if self._current and all(entry.id != self._current for entry in entries):
            entries += self._translations.translations(among=[TranslationId(self._current)])
        return entries

    def refresh_soon(self) -> None:
        """Show the list a moment later, once for all that happens until then."""
        if not self._soon.isActive():
            self._soon.start()

    def close(self) -> None:
        """Ask the store nothing any more; it is about to close."""
        self._closed = True
        self._soon.stop()

    def delete(self, translation: str) -> None:
        """Delete a translation; `undo` brings it back."""
        if self._in_use(translation):
            self.refused.emit()
            return
        self.about_to_delete.emit(translation)
        try:
            stored = self._translations.translation(TranslationId(translation))
            if stored is None:
                return
            self._translations.delete([stored.id])
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._deleted.append(stored)
        self.deleted.emit(stored)
        self.refresh()

    def undo(self) -> None:
        """Bring the translation back that was deleted last."""
        if not self._deleted:
            return
        try:
            self._translations.save(self._deleted[-1])
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        restored = self._deleted.pop()
        self.refresh()
        self.restored.emit(restored.id)
