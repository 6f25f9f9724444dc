"""The list of summaries as the store has it: searched, and deleted with undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import Summary, SummaryId
from chatdesk.domain.summary_ports import Summaries
from chatdesk.ui.summarize.history import SummariesSidebar
from chatdesk.ui.summarize.history_rows import row_of, row_of_hit

SOON_MS = 400


class HistoryControl(QObject):
    """Keeps the sidebar as the store is."""

    deleted = Signal(object)  # Summary
    restored = Signal(str)  # its id
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self, sidebar: SummariesSidebar, summaries: Summaries, busy: Callable[[SummaryId], bool]
    ) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._summaries = summaries
        self._busy = busy
        self._current = ""
        self._deleted: list[Summary] = []
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        sidebar.searched.connect(lambda _: self.refresh())
        sidebar.list.delete_requested.connect(self.delete)

    def refresh(self, current: str | None = None) -> None:
        """Show the list as it is now; `current` is the id of the summary that is shown, "" for none."""
        if current is not None:
            self._current = current
        words = self._sidebar.search.text().strip()
        try:
            if words:
                rows = [row_of_hit(hit) for hit in self._summaries.search(words)]
            else:
                known = self._summaries.summaries()
                rows = [row_of(summary, busy=self._busy(summary.id)) for summary in known]
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._sidebar.show_rows(rows, self._current)

    def refresh_soon(self) -> None:
        """Show the list a moment later, once for all that happens until then."""
        if not self._soon.isActive():
            self._soon.start()

    def close(self) -> None:
        """Ask the store nothing any more; it is about to close."""
        self._soon.stop()

    def delete(self, summary: str) -> None:
        """Delete a summary; `undo` brings it back."""
        try:
            stored = self._summaries.summary(SummaryId(summary))
            if stored is None:
                return
            self._summaries.delete(stored.id)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._deleted.append(stored)
        self.deleted.emit(stored)
        self.refresh()

    def undo(self) -> None:
        """Bring the summary back that was deleted last."""
        if not self._deleted:
            return
        try:
            self._summaries.save(self._deleted[-1])
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        restored = self._deleted.pop()
        self.refresh()
        self.restored.emit(restored.id)
