"""Reads the items of a JSON list one by one: of a file of any size, only the largest item is in memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from chatdesk.documents.parts import Refusal, Refused

_CHUNK = 1 << 20  # bytes
LARGEST_ITEM = 400_000_000  # characters
_SPACE = re.compile(r"[ \t\r\n]*")
_MARGIN = 16  # an error so near to the end of what has come may vanish with what comes next


class JsonText:
    """The text of a JSON file, as far as it has been read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._parser = json.JSONDecoder(strict=False)
        self._text = ""
        self._place = 0
        self._ended = False

    def next_sign(self) -> str:
        """Return the next character that is no white space, "" at the end; it stays the next one."""
        while True:
            match = _SPACE.match(self._text, self._place)
            assert match is not None
            self._place = match.end()
            if self._place < len(self._text) or self._ended:
                return self._text[self._place : self._place + 1]
            self._read(_CHUNK)

    def skip(self, sign: str) -> bool:
        """Go over `sign` when it is the next character."""
        if self.next_sign() != sign:
            return False
        self._place += 1
        return True

    def value(self) -> object:
        """Return the next value. Raises Refused for what is no JSON."""
        size = _CHUNK
        while True:
            self.next_sign()
            try:
                value, end = self._parser.raw_decode(self._text, self._place)
                # A number may go on in what comes next.
                if end < len(self._text) or self._ended:
                    self._place = end
                    return value
            except json.JSONDecodeError as error:
                begun = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _MARGIN
                if self._ended or not begun:
                    raise Refused(Refusal.damaged, error.msg) from error
            except (RecursionError, ValueError) as error:
                raise Refused(Refusal.damaged, type(error).__name__) from error
            if len(self._text) - self._place > LARGEST_ITEM:
                raise Refused(Refusal.memory)
            self._read(size)
            size *= 2  # what is long is parsed anew a few times and not a hundred times

    def items(self) -> Iterator[object]:
        """Yield the items of the list that begins here. Raises Refused; the items before are whole."""
        if not self.skip("["):
            raise Refused(Refusal.damaged, "no list")
        if self.skip("]"):
            return
        while True:
            yield self.value()
            if self.skip("]"):
                return
            if not self.skip(","):
                raise Refused(Refusal.damaged, "no end of the list")

    def _read(self, size: int) -> None:
        data = self._stream.read(size)
        self._ended = len(data) < size
        self._text = self._text[self._place :] + self._decoder.decode(data, final=self._ended)
        self._place = 0
