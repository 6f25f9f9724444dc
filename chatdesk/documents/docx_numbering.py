"""Counts the numbered paragraphs of a Word file, as Word does when it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chatdesk.documents.list_marks import BULLET, MOST, numeral
from chatdesk.documents.xml import Element, attribute, child, local, number

_LEVELS = 9
_LONGEST = 40  # characters of what stands around the numbers of a level
_PLACE = re.compile(r"%([1-9])")
_KINDS = {
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = "decimal"  # "bullet" and "none" have no number
    text: str = ""  # with "%1" to "%9" for the numbers of the levels
    start: int = 1
    restart: int | None = None  # behind which level, from 1, it begins again; 0 never, None behind any above
    in_digits: bool = False  # whatever the kinds of the levels above


class Numbering:
    """The lists of one file; `root` is that of its numbering, None where it has none."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, int] = {}  # of the styles of paragraphs that belong to a level
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}  # lists of one kind count on
        self._begun: set[str] = set()
        parts = [] if root is None else list(root)
        links: dict[str, str] = {}
        for one in parts:
            if local(one) == "abstractNum":
                identifier = attribute(one, "abstractNumId") or ""
                self._kinds[identifier] = self._levels_of(one)
                if link := attribute(child(one, "styleLink"), "val"):
                    links[link] = identifier
        linked = {
            attribute(one, "abstractNumId") or "": links.get(
                attribute(child(one, "numStyleLink"), "val") or ""
            )
            for one in parts
            if local(one) == "abstractNum"
        }
        for one in parts:
            if local(one) == "num":
                kind = attribute(child(one, "abstractNumId"), "val") or ""
                self._add(one, linked.get(kind) or kind)

    def _levels_of(self, parent: Element) -> dict[int, _Level]:
        levels = {}
        for one in parent:
            if local(one) == "lvl":
                place = number(one, "ilvl", 0)
                levels[place] = _level(one)
                if style := attribute(child(one, "pStyle"), "val"):
                    self.levels.setdefault(style, place)
        return levels

    def _add(self, one: Element, kind: str) -> None:
        levels = dict(self._kinds.get(kind, {}))
        starts: dict[int, int] = {}
        for change in one:
            if local(change) != "lvlOverride":
                continue
            place = number(change, "ilvl", 0)
            levels |= self._levels_of(change)
            if (start := child(change, "startOverride")) is not None:
                starts[place] = _start(start)
                levels[place] = replace(levels.get(place, _Level()), start=starts[place])
        self._lists[attribute(one, "numId") or ""] = (kind, levels, starts)

    def mark(self, identifier: str, depth: int) -> str:
        """Return what stands before the next paragraph of a list: BULLET, a number such as "2.1)", or ""."""
        if identifier not in self._lists:
            return BULLET
        kind, levels, starts = self._lists[identifier]
        depth = min(max(depth, 0), _LEVELS - 1)
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        if identifier not in self._begun:
            self._begun.add(identifier)
            for place in starts:
                counts[place] = None
        _count(counts, levels, depth)
        level = levels.get(depth, _Level("bullet"))
        if level.kind == "bullet":
            return BULLET
        return _PLACE.sub(lambda found: _shown(counts, levels, int(found[1]) - 1, level), level.text).strip()


def _count(counts: list[int | None], levels: dict[int, _Level], depth: int) -> None:
    for place in range(depth):
        if counts[place] is None:
            counts[place] = levels.get(place, _Level()).start
    before = counts[depth]
    counts[depth] = levels.get(depth, _Level()).start if before is None else before + 1
    for place in range(depth + 1, _LEVELS):
        restart = levels.get(place, _Level()).restart
        if restart is None or depth < restart:
            counts[place] = None


def _shown(counts: list[int | None], levels: dict[int, _Level], place: int, level: _Level) -> str:
    kind = levels.get(place, _Level()).kind
    value = counts[place]
    if kind in ("none", "bullet") or value is None:
        return ""
    return numeral(value, "1" if level.in_digits else _KINDS.get(kind, "1"), doubled=True)


def _start(element: Element | None) -> int:
    return min(max(number(element, "val", 1), 0), MOST)


def _level(element: Element) -> _Level:
    legal = child(element, "isLgl")
    restart = child(element, "lvlRestart")
    return _Level(
        attribute(child(element, "numFmt"), "val") or "decimal",
        (attribute(child(element, "lvlText"), "val") or "")[:_LONGEST],
        _start(child(element, "start")),
        None if restart is None else number(restart, "val", 0),
        legal is not None and attribute(legal, "val") not in _OFF,
    )
