"""Find in the chat: joins the find bar with the transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.ui.chat.page import ChatPage

if TYPE_CHECKING:
    from chatdesk.ui.transcript.find import Hit


class Finding(QObject):
    """Walks through the places where the words stand, from the newest back to the oldest and round again."""

    def __init__(self, page: ChatPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._bar = bar = page.find_bar
        self._hits: list[Hit] = []
        self._place = -1
        bar.words_changed.connect(self.look)
        bar.next_requested.connect(lambda: self.step(1))
        bar.previous_requested.connect(lambda: self.step(-1))
        bar.closed.connect(self._close)

    def look(self, words: str) -> None:
        """Mark all places of `words` and show the last one."""
        self._page.transcript.clear_find()
        self._hits = list(self._page.transcript.find(words)) if words.strip() else []
        self._place = len(self._hits) - 1
        self._show()

    def step(self, by: int) -> None:
        """Show the next place, or the one before."""
        if self._hits:
            self._place = (self._place + by) % len(self._hits)
            self._show()

    def _show(self) -> None:
        if self._hits:
            self._page.transcript.show_hit(self._hits[self._place])
        self._bar.show_place(self._place + 1, len(self._hits))

    def _close(self) -> None:
        self._hits = []
        if self._page.shows_messages:
            self._page.transcript.clear_find()
            self._page.transcript.setFocus()
