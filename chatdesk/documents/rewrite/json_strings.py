"""Finds the strings in the source of a JSON file, without building what they are part of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from chatdesk.documents.parts import Refusal, Refused

_DEEPEST = 1_000  # lists and objects within one another
_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:("(?:[^"\\]|\\.)*+")|([{}\[\]:,])|'
    r"(true|false|null|-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?)(?![\w.])|\Z)",
    re.S,
)
_LONGEST_PATH = 200  # characters


@dataclass(frozen=True, slots=True)
class JsonString:
    """A value: from `start` to `end` of the source, with its quotation marks."""

    start: int
    end: int
    value: str
    path: str  # the keys and places that lead to it, as "menu.items.2"


class _Next(Enum):
    value = auto()
    value_or_end = auto()
    key = auto()
    key_or_end = auto()
    colon = auto()
    comma_or_end = auto()
    nothing = auto()


@dataclass(slots=True)
class _Walk:
    """Where we are in the grammar."""

    expected: _Next = _Next.value
    closings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of the place in each list or object
    counts: list[int] = field(default_factory=list)

    def fits(self, sign: str) -> bool:
        """Take the next sign, return whether it may stand here. Raises Refused where it is too deep."""
        wants = self.expected
        if sign in "{[":
            return wants in (_Next.value, _Next.value_or_end) and self._open(sign)
        if sign in "}]":
            ends = wants is _Next.comma_or_end or wants is (
                _Next.key_or_end if sign == "}" else _Next.value_or_end
            )
            return ends and self._close(sign)
        if sign == ":":
            self.expected = _Next.value
            return wants is _Next.colon
        if wants is not _Next.comma_or_end:
            return False
        self.counts[-1] += 1
        self.names[-1] = str(self.counts[-1])
        self.expected = _Next.key if self.closings[-1] == "}" else _Next.value
        return True

    def takes_value(self) -> bool:
        fits = self.expected in (_Next.value, _Next.value_or_end)
        self.expected = _Next.comma_or_end if self.closings else _Next.nothing
        return fits

    def takes_key(self, name: str) -> bool:
        """Take a string if it is a key, return whether it is."""
        if self.expected not in (_Next.key, _Next.key_or_end):
            return False
        self.names[-1] = name
        self.expected = _Next.colon
        return True

    def _open(self, sign: str) -> bool:
        if len(self.closings) == _DEEPEST:
            raise Refused(Refusal.too_big, f"nested deeper than {_DEEPEST}")
        self.closings.append("}" if sign == "{" else "]")
        self.names.append("0")
        self.counts.append(0)
        self.expected = _Next.key_or_end if sign == "{" else _Next.value_or_end
        return True

    def _close(self, sign: str) -> bool:
        if not self.closings or self.closings.pop() != sign:
            return False
        self.names.pop()
        self.counts.pop()
        self.expected = _Next.comma_or_end if self.closings else _Next.nothing
        return True


def strings(text: str) -> Iterator[JsonString]:
    """Yield the strings that are values, none below a key with "@", which describes others.

    Raises Refused where the text is no JSON or too deep.
    """
    walk = _Walk()
    place = 0
    while found := _TOKEN.match(text, place):
        place = found.end()
        string, sign, _ = found.groups()
        if string:
            value = _value(string)
            if walk.takes_key(value):
                continue
            fits = walk.takes_value()
            if fits and not any(name.startswith("@") for name in walk.names):
                path = ".".join(walk.names)[:_LONGEST_PATH]
                yield JsonString(*found.span(1), value, path)
        elif sign:
            fits = walk.fits(sign)
        elif found[3]:
            fits = walk.takes_value()
        else:
            if walk.expected is not _Next.nothing:
                raise Refused(Refusal.damaged, "ends too early")
            return
        if not fits:
            raise Refused(Refusal.damaged, f"unexpected at {found.start()}")
    raise Refused(Refusal.damaged, f"no JSON at {place}")


def _value(string: str) -> str:
    try:
        return str(json.loads(string, strict=False))
    except ValueError as error:
        raise Refused(Refusal.damaged, str(error)) from error
