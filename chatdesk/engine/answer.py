"""Turn the bytes of an answer into events while they arrive: characters, stop strings, thinking."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from chatdesk.domain.generation import TextDelta, ThinkingDelta
from chatdesk.engine.thinking import ThinkingSplitter

Deltas = list[ThinkingDelta | TextDelta]


class AnswerText:
    """Takes the pieces of tokens in order.

    Bytes that are no UTF-8 become U+FFFD. Stop strings count in the answer only, not in its thinking; what
    may still become one is held back. Without a `splitter` everything is answer.
    """

    def __init__(self, stops: Sequence[str], splitter: ThinkingSplitter | None) -> None:
        self.stopped = False  # whether a stop string has been written
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._splitter = splitter
        self._stops = [stop for stop in stops if stop]
        self._held = ""

    def add(self, piece: bytes) -> Deltas:
        """Return what is certain now."""
        text = self._decode(piece)
        if not text or self.stopped:
            return []
        return self._deltas(self._splitter.feed(text) if self._splitter else [(False, text)])

    def finish(self) -> Deltas:
        """Return what was held back; nothing follows."""
        if self.stopped:
            return []
        rest = self._decode(b"", final=True)
        pieces = [(False, rest)] if rest else []
        if self._splitter:
            pieces = self._splitter.feed(rest) + self._splitter.finish()
        deltas = self._deltas(pieces)
        if self._held and not self.stopped:
            deltas.append(TextDelta(self._held))
            self._held = ""
        return deltas

    def _deltas(self, pieces: list[tuple[bool, str]]) -> Deltas:
        deltas: Deltas = []
        for thinking, part in pieces:
            text = part if thinking or not self._stops else self._before_stop(part)
            if text:
                deltas.append(ThinkingDelta(text) if thinking else TextDelta(text))
            if self.stopped:
                break
        return deltas

    def _before_stop(self, text: str) -> str:
        text = self._held + text
        found = [place for place in map(text.find, self._stops) if place >= 0]
        if found:
            self.stopped = True
            self._held = ""
            return text[: min(found)]
        certain = len(text) - max(_beginning_at_end(text, stop) for stop in self._stops)
        self._held = text[certain:]
        return text[:certain]


def _beginning_at_end(text: str, stop: str) -> int:
    """Return how many characters at the end of `text` are the beginning of `stop`."""
    longest = min(len(stop) - 1, len(text))
    return next((size for size in range(longest, 0, -1) if text.endswith(stop[:size])), 0)
