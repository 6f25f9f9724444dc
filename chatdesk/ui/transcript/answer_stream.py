"""Collect what arrives of one answer: its text, what the model thought, and for how long."""

from __future__ import annotations

import time

from chatdesk.ui.transcript.rows import Content
from chatdesk.ui.transcript.stream import RowSplitter


class AnswerStream:
    """What has arrived of an answer that is being written."""

    def __init__(self, text: str, thinking: str) -> None:
        self.text = text
        self.thinking = thinking
        self.splitter = RowSplitter()
        self._waiting = [text]
        self.is_thinking = False
        self.thinking_seconds: float | None = None
        self._since = 0.0

    def feed_text(self, text: str) -> None:
        self._stop_thinking()
        self.text += text
        self._waiting.append(text)

    def feed_thinking(self, text: str) -> None:
        if not self.is_thinking:
            self.is_thinking = True
            self._since = time.monotonic()
        self.thinking += text

    def body(self) -> list[Content]:
        """Return the rows of what has arrived; the text is only looked at here, not for each token."""
        if self._waiting:
            self.splitter.feed("".join(self._waiting))
            self._waiting.clear()
        return self.splitter.contents

    def finish(self) -> list[Content]:
        """Take what has arrived as the whole answer and return its rows."""
        self._stop_thinking()
        self.body()
        self.splitter.finish()
        return self.splitter.contents

    def _stop_thinking(self) -> None:
        if self.is_thinking:
            self.is_thinking = False
            self.thinking_seconds = (self.thinking_seconds or 0.0) + time.monotonic() - self._since
