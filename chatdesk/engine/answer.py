"""Turn the bytes of an answer into events while they arrive: characters, stop strings, thinking."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from functools import lru_cache

from chatdesk.domain.generation import TextDelta, ThinkingDelta
from chatdesk.engine.thinking import ThinkingSplitter, begins_no_marker

Deltas = Sequence[ThinkingDelta | TextDelta]


class AnswerText:
    """Takes the pieces of tokens in order.

    Bytes that are no UTF-8 become U+FFFD. Stop strings count in the answer only, not in its thinking; what
    may still become one is held back. Without a `splitter` everything is answer.
    """

    def __init__(self, stops: Sequence[str], splitter: ThinkingSplitter | None) -> None:
        self.stopped = False  # whether a stop string has been written
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cut = False  # whether the last piece ended within a character
        self._splitter = splitter
        self._stops = [stop for stop in stops if stop]
        self._held = ""
        self._flows = False  # whether a plain piece can pass unchanged

    def add(self, piece: bytes) -> Deltas:
        """Return what is certain now."""
        if self._flows and (plain := _plain(piece)) is not None:
            return plain
        deltas = self._look_at(piece)
        whole = not (self._cut or self._stops)
        self._flows = whole and (self._splitter is None or self._splitter.passes)
        return deltas

    def _look_at(self, piece: bytes) -> Deltas:
        text = piece.decode() if piece.isascii() and not self._cut else self._decoded(piece)
        pieces = self._splitter.feed(text) if self._splitter else [(False, text)]
        if self._stops:
            return self._before_stop(pieces)
        return [ThinkingDelta(part) if thinking else TextDelta(part) for thinking, part in pieces if part]

    def _decoded(self, piece: bytes) -> str:
        text = self._decoder.decode(piece)
        self._cut = bool(self._decoder.getstate()[0])
        return text

    def finish(self) -> Deltas:
        """Return what was held back; nothing follows."""
        rest = self._decoder.decode(b"", final=True)
        pieces = [(False, rest)]
        if self._splitter:
            pieces = self._splitter.feed(rest) + self._splitter.finish()
        deltas = self._before_stop(pieces)
        return [*deltas, TextDelta(self._held)] if self._held else deltas

    def _before_stop(self, pieces: list[tuple[bool, str]]) -> Deltas:
        deltas: list[ThinkingDelta | TextDelta] = []
        for thinking, part in pieces:
            if self.stopped:
                break
            text = part if thinking else self._certain(part)
            if text:
                deltas.append(ThinkingDelta(text) if thinking else TextDelta(text))
        return deltas

    def _certain(self, text: str) -> str:
        """Return what of the answer stands before a stop string and can belong to none."""
        text = self._held + text
        found = [place for place in map(text.find, self._stops) if place >= 0]
        if found:
            self.stopped = True
            self._held = ""
            return text[: min(found)]
        certain = len(text) - max((_beginning_at_end(text, stop) for stop in self._stops), default=0)
        self._held = text[certain:]
        return text[:certain]


@lru_cache(maxsize=16_384)
def _plain(piece: bytes) -> Deltas | None:
    """Return what a piece of whole characters adds where no marker begins in it; None for any other.

    Nearly every token of an answer is one of these, and most come again and again.
    """
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    return (TextDelta(text),) if text and begins_no_marker(text) else None


def _beginning_at_end(text: str, stop: str) -> int:
    """Return how many characters at the end of `text` are the beginning of `stop`."""
    longest = min(len(stop) - 1, len(text))
    return next((size for size in range(longest, 0, -1) if text.endswith(stop[:size])), 0)
