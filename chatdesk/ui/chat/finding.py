"""Find in the chat: joins the find bar with the transcript."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chatdesk.ui.chat.find_bar import FindBar
from chatdesk.ui.transcript.find import Hit
from chatdesk.ui.transcript.view import TranscriptView


class Finding(QObject):
    """Walks through the places where the words stand, from the newest back to the oldest and round again."""

    def __init__(self, bar: FindBar, transcript: TranscriptView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._transcript = transcript
        self._hits: list[Hit] = []
        self._place = -1
        bar.words_changed.connect(self.look)
        bar.next_requested.connect(lambda: self.step(1))
        bar.previous_requested.connect(lambda: self.step(-1))
        bar.closed.connect(self._close)

    def look(self, words: str) -> None:
        """Mark all places of `words` and show the last one."""
        self._transcript.clear_find()
        self._hits = list(self._transcript.find(words)) if words.strip() else []
        self._place = len(self._hits) - 1
        self._show()

    def step(self, by: int) -> None:
        """Show the next place, or the one before."""
        if self._hits:
            self._place = (self._place + by) % len(self._hits)
            self._show()

    def _show(self) -> None:
        if self._hits:
            self._transcript.show_hit(self._hits[self._place])
        self._bar.show_place(self._place + 1, len(self._hits))

    def _close(self) -> None:
        self._hits = []
        self._transcript.clear_find()
        self._transcript.setFocus()
