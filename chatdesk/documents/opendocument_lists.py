"""Counts the items of lists and the headings of an OpenDocument text."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.documents.list_marks import BULLET, MOST, numeral
from chatdesk.documents.xml import Element, attribute, descendants, local, number

_LEVELS = 10
_LONGEST = 20  # characters before and behind a number
_OUTLINE = ""  # the style of the headings; no other has an empty name


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = BULLET  # or "" for no mark at all
    before: str = ""
    behind: str = ""
    start: int = 1
    shown: int = 1  # levels, with those above
    doubled: bool = False


ListStyles = dict[str, dict[int, _Level]]


@dataclass(slots=True)
class _List:
    style: str
    begins: bool = False  # an item, whose first paragraph has not come
    start: int | None = None  # what that item says of its number


class Lists:
    """The lists around the place that is being read."""

    def __init__(self, styles: ListStyles) -> None:
        self._styles = styles
        self._counts: dict[str, list[int | None]] = {}
        self._lists: list[_List] = []

    @property
    def depth(self) -> int:
        return len(self._lists)

    def begin(self, element: Element) -> None:
        outer = self._lists[-1].style if self._lists else _OUTLINE
        style = attribute(element, "style-name") or outer
        counts = self._counts.setdefault(style, [None] * _LEVELS)
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
        if not goes_on:
            counts[self.depth :] = [None] * len(counts[self.depth :])
        self._lists.append(_List(style))

    def end(self) -> None:
        self._lists.pop()

    def begin_item(self, element: Element) -> None:
        """An item begins, or what stands above the first one."""
        if self._lists:
            self._lists[-1].begins = local(element) == "list-item"
            start = attribute(element, "start-value")
            self._lists[-1].start = None if start is None else _start(element)

    def mark(self) -> str:
        """Return what stands before the next paragraph: BULLET, a number, or "" where no item begins."""
        if not self._lists or not self._lists[-1].begins:
            return ""
        found = self._lists[-1]
        found.begins = False
        return self._counted(found.style, self.depth - 1, found.start)

    def heading_mark(self, element: Element) -> str:
        """Return the number of a heading, "" where it has none."""
        if self._lists:
            mark = self.mark()
        elif _OUTLINE in self._styles and attribute(element, "is-list-header") != "true":
            again = attribute(element, "restart-numbering") == "true"
            mark = self._counted(
                _OUTLINE, number(element, "outline-level", 1) - 1, _start(element) if again else None
            )
        else:
            mark = ""
        return "" if mark == BULLET else mark

    def _counted(self, style: str, depth: int, start: int | None) -> str:
        depth = min(max(depth, 0), _LEVELS - 1)
        levels = self._styles.get(style, {})
        level = levels.get(depth, _Level())
        counts = self._counts.setdefault(style, [None] * _LEVELS)
        before = counts[depth]
        usual = level.start if before is None else before + 1
        counts[depth] = usual if start is None else start
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.kind in ("", BULLET):
            return level.kind
        numbers = []
        for place in range(max(depth + 1 - level.shown, 0), depth + 1):
            one, value = levels.get(place, _Level()), counts[place]
            if one.kind not in ("", BULLET):
                numbers.append(numeral(one.start if value is None else value, one.kind, one.doubled))
        return f"{level.before}{'.'.join(numbers)}{level.behind}".strip()


def list_styles(root: Element) -> ListStyles:
    """Return the styles of lists, and that of headings, that a part of the file describes."""
    styles = {}
    for kind in ("list-style", "outline-style"):
        for style in descendants(root, kind):
            name = attribute(style, "name") or "" if kind == "list-style" else _OUTLINE
            styles[name] = {number(one, "level", 1) - 1: _level(one) for one in style}
    return styles


def _level(element: Element) -> _Level:
    if local(element) not in ("list-level-style-number", "outline-level-style"):
        return _Level()
    return _Level(
        attribute(element, "num-format") or "",
        (attribute(element, "num-prefix") or "")[:_LONGEST],
        (attribute(element, "num-suffix") or "")[:_LONGEST],
        _start(element),
        min(max(number(element, "display-levels", 1), 1), _LEVELS),
        attribute(element, "num-letter-sync") == "true",
    )


def _start(element: Element) -> int:
    return min(max(number(element, "start-value", 1), 0), MOST)
