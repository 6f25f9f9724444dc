"""The marks ⟦1⟧…⟦/1⟧ and ⟦1/⟧ for formatting: found, compared with those of the source, and mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chatdesk.domain.markup import Mark, MarkKind, marks, with_marks, written_mark

# What models make of them: other brackets, the same twice, white space, a slash that leans the other way.
_OPEN = "⟦〚【〖[［<＜⟨〈{｛"
_CLOSE = "⟧〛】〗]］>＞⟩〉}｝"
_SLASH = r"[/／\\]?"
_SLIP = re.compile(
    rf"[{re.escape(_OPEN)}]{{1,2}}\s{{0,3}}({_SLASH})\s{{0,3}}(\d{{1,6}})\s{{0,3}}({_SLASH})\s{{0,3}}"
    rf"[{re.escape(_CLOSE)}]{{1,2}}"
)


_Sign = tuple[int, MarkKind]


def same_marks(source: str, translation: str) -> bool:
    """Whether a translation has the marks of its source, each once, and its pairs lie within one another.

    Their order may be another, since that of words is.
    """
    theirs = marks(translation)
    return Counter(map(_sign, marks(source))) == Counter(map(_sign, theirs)) and _nested(theirs)


def repaired(source: str, translation: str) -> str | None:
    """Return a translation with the marks of its source, None where it cannot be told where they belong.

    Mended are brackets of another kind, a slash that is missing, marks that the source does not have, and
    marks that are lost where the source begins or ends with them.
    """
    if same_marks(source, translation):
        return translation
    wanted = marks(source)
    mended = _with_kinds(wanted, _with_brackets(wanted, translation))
    mended = _with_edges(source, mended)
    return mended if same_marks(source, mended) else None


def simplified(source: str, translation: str) -> str:
    """Return a translation without formatting, in which nothing is lost that stands alone in its source.

    What the translation has of these stays where it is; what it lacks is set before it where the source
    begins with it, else behind it.
    """
    wanted = marks(source)
    mended = _with_kinds(wanted, _with_brackets(wanted, translation))
    alone = [mark for mark in wanted if mark.kind is MarkKind.alone]
    numbers = {mark.number for mark in alone}
    kept: set[int] = set()

    def without(mark: Mark) -> str:
        stays = mark.kind is MarkKind.alone and mark.number in numbers and mark.number not in kept
        kept.add(mark.number)
        return _written(_sign(mark)) if stays else ""

    text = with_marks(mended, without)
    present = {mark.number for mark in marks(text)}
    leading = {mark.number for mark in _leading(source)}
    lost = [mark for mark in alone if mark.number not in present]
    before = "".join(_written(_sign(mark)) for mark in lost if mark.number in leading)
    behind = "".join(_written(_sign(mark)) for mark in lost if mark.number not in leading)
    return before + text + behind


def _sign(mark: Mark) -> _Sign:
    return mark.number, mark.kind


def _written(sign: _Sign) -> str:
    return written_mark(*sign)


def _is_mark(text: str) -> bool:
    """Whether it is one mark and nothing else."""
    found = marks(text)
    return len(found) == 1 and found[0].end - found[0].start == len(text)


def _nested(found: Sequence[Mark]) -> bool:
    opened: list[int] = []
    for mark in found:
        if mark.kind is MarkKind.open:
            opened.append(mark.number)
        elif mark.kind is MarkKind.close and (not opened or opened.pop() != mark.number):
            return False
    return not opened


def _with_brackets(wanted: Sequence[Mark], translation: str) -> str:
    """Write what resembles a mark of the source as one, as long as that is lacking; remove others."""
    numbers = {mark.number for mark in wanted}
    exact = Counter(mark.number for mark in marks(translation))
    lacking = Counter(mark.number for mark in wanted) - exact
    slips = [found for found in _SLIP.finditer(translation) if not _is_mark(found[0])]
    counts = Counter(int(found[2]) for found in slips)

    def mended(found: re.Match[str]) -> str:
        number = int(found[2])
        if _is_mark(found[0]):
            return found[0] if number in numbers else ""
        if not lacking[number] or counts[number] > lacking[number]:
            return found[0]  # such as [1] for a note, which the source has too
        before, behind = bool(found[1]), bool(found[3])
        kind = MarkKind.open if before == behind else MarkKind.close if before else MarkKind.alone
        return _written((number, kind))

    return _SLIP.sub(mended, translation)


def _with_kinds(wanted: Sequence[Mark], translation: str) -> str:
    """Write the marks of each number as the source has them, where they are as many."""
    kinds: dict[int, list[MarkKind]] = {}
    for mark in wanted:
        kinds.setdefault(mark.number, []).append(mark.kind)
    counts = Counter(mark.number for mark in marks(translation))
    seen: Counter[int] = Counter()

    def mended(mark: Mark) -> str:
        number = mark.number
        place, seen[number] = seen[number], seen[number] + 1
        expected = kinds.get(number, [])
        if counts[number] == len(expected):
            return _written((number, expected[place]))
        if expected == [MarkKind.alone] and counts[number] == 2 and _empty_pair(translation, number):
            return "" if place else _written((number, MarkKind.alone))
        return _written(_sign(mark))

    return with_marks(translation, mended)


def _empty_pair(text: str, number: int) -> bool:
    """Whether ⟦1⟧⟦/1⟧ stands in a text, with nothing in it."""
    return f"⟦{number}⟧⟦/{number}⟧" in text


def _with_edges(source: str, translation: str) -> str:
    """Set marks that are lost before or behind the translation where the source begins or ends with them."""
    present = {_sign(mark) for mark in marks(translation)}
    first = _edge(
        [_sign(mark) for mark in _leading(source)], [_sign(m) for m in _leading(translation)], present
    )
    last = _edge(
        [_sign(mark) for mark in _trailing(source)], [_sign(m) for m in _trailing(translation)], present
    )
    if first is None and last is None:
        return translation
    head, tail = _leading(translation), _trailing(translation)
    begin = head[-1].end if first is not None and head else 0
    end = tail[0].start if last is not None and tail else len(translation)
    if end < begin:
        return translation
    before = "".join(map(_written, first or ()))
    return before + translation[begin:end] + "".join(map(_written, last or ()))


def _edge(wanted: list[_Sign], there: list[_Sign], present: set[_Sign]) -> list[_Sign] | None:
    """Return the marks that belong at an edge, None where none is lost there or others stand there."""
    if all(sign in present for sign in wanted) or not set(there) <= set(wanted):
        return None
    return [sign for sign in wanted if sign in there or sign not in present]


def _leading(text: str) -> list[Mark]:
    """Return the marks before the first character of a text."""
    found: list[Mark] = []
    for mark in marks(text):
        if text[found[-1].end if found else 0 : mark.start].strip():
            break
        found.append(mark)
    return found


def _trailing(text: str) -> list[Mark]:
    """Return the marks behind the last character of a text."""
    found: list[Mark] = []
    for mark in reversed(marks(text)):
        if text[mark.end : found[-1].start if found else len(text)].strip():
            break
        found.append(mark)
    return found[::-1]
