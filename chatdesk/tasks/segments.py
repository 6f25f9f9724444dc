"""Cuts a text into the paragraphs that are translated one by one, and finds those that an edit has left."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chatdesk.domain.translations import Segment, SegmentState
from chatdesk.tasks.pieces import sentences_of

_LONGEST = 1500  # characters of a paragraph that is not cut
_LEAST = 600  # characters of a part of a longer one, but for the last
_CUT_ONE_IN = 4  # sentences, of those where a part could end
_HARD = 4000  # characters without the end of a sentence that are cut all the same
_NARROWEST, _WIDEST = (
    50,
    100,
)  # characters of the longest line of a text that was broken into lines by a program

_SPACE = re.compile(r"[\s\ufeff]+")
_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LIST_LINE = re.compile(r"(?:[-*+•–—|>#]|\d{1,3}[.)])")
_ENDS_SENTENCE = ".!?…:;。！？；"
_ADDRESS = re.compile(
    r"(?:(?<!\w)\w{2,20}://|www\.)\S+|(?<!\S)\S{1,64}@\S+\.\w+"
    r"|(?<!\S)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?(?!\S)"
)
_MARK = re.compile("⟦[^⟦⟧]*⟧")
_CODE = re.compile(r"(?<![^\W_])(?=[A-Z\d_-]{0,40}\d)[A-Z\d_-]+(?![^\W_])")  # "AB-12", "A4"
_WORD = re.compile(r"[^\W\d_]+")
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Segments:
    """The paragraphs of a text, and exactly what stands around them."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]  # before the first, between them, after the last: one more than `texts`


def cut(text: str) -> Segments:
    """Return the paragraphs of a text; gaps and texts joined are the text, character for character.

    Each line is a paragraph, but lines into which a program broke a running text stay together. A long
    paragraph is cut where sentences end, at places that an edit elsewhere in it mostly does not move.
    """
    texts: list[str] = []
    gaps: list[str] = []
    end = 0
    for first, last in _joined_lines(text, list(_lines(text))):
        for start, stop in _parts(text, first, last):
            gaps.append(text[end:start])
            texts.append(text[start:stop])
            end = stop
    return Segments(tuple(texts), (*gaps, text[end:]))


def align(old: Sequence[Segment], new: Sequence[str]) -> tuple[Segment | None, ...]:
    """Return the old segment that each new text takes over, None for those that are new.

    Its source is the same. Of several, those at the same distance from the beginning or the end come first,
    then those in the order of the text; one whose copies are more than before is taken over several times.
    """
    taken: list[Segment | None] = [None] * len(new)
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at].source != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at].source != new[-1 - at]), most - head)
    taken[:head] = old[:head]
    if tail:
        taken[-tail:] = old[-tail:]
    left: dict[str, deque[Segment]] = defaultdict(deque)
    for segment in old[head : len(old) - tail]:
        left[segment.source].append(segment)
    best: dict[str, Segment] = {}
    for segment in old:
        if segment.source not in best or best[segment.source].state is SegmentState.waiting:
            best[segment.source] = segment
    for at in range(head, len(new) - tail):
        waiting = left.get(new[at])
        taken[at] = waiting.popleft() if waiting else best.get(new[at])
    return tuple(taken)


def taken_over(old: Sequence[Segment], new: Sequence[str]) -> tuple[Segment, ...]:
    """Return the segments of new texts, numbered from 0: what `align` finds, and waiting ones."""
    return tuple(
        Segment(number, text) if segment is None else replace(segment, number=number)
        for number, (segment, text) in enumerate(zip(align(old, new), new, strict=True))
    )


def is_translatable(text: str) -> bool:
    """Whether a text has words; numbers, signs, addresses and codes ("AB-12") are copied as they are."""
    bare = _CODE.sub(" ", _ADDRESS.sub(" ", _MARK.sub(" ", text)))
    return any(len(found[0]) > 1 or found[0] > _LAST_LATIN for found in _WORD.finditer(bare))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines with something on them begin and end, without white space around."""
    start = 0
    for space in _SPACE.finditer(text):
        at_edge = space.start() == 0 or space.end() == len(text)
        if at_edge or _BREAK.search(text, *space.span()):
            if space.start() > start:
                yield start, space.start()
            start = space.end()
    if start < len(text):
        yield start, len(text)


def _joined_lines(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield lines, and those that a program has broken as one."""
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _goes_on(text, lines[end - 1], lines[end]):
            end += 1
        if _is_wrapped(text, lines[at:end]):
            yield lines[at][0], lines[end - 1][1]
        else:
            yield from lines[at:end]
        at = end


def _goes_on(text: str, line: tuple[int, int], behind: tuple[int, int]) -> bool:
    """Whether the line behind follows directly, and is no point of a list."""
    between = text[line[1] : behind[0]]
    return (
        max(line[1] - line[0], behind[1] - behind[0]) <= _WIDEST
        and len(_BREAK.findall(between)) == 1
        and not _LIST_LINE.match(text, behind[0])
    )


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether a line was broken each time because the next word had no place, once within a sentence."""
    width = max(end - start for start, end in lines)
    if len(lines) < 2 or width < _NARROWEST:
        return False
    within = False
    for (start, end), (next_start, next_end) in pairwise(lines):
        word = text[next_start:next_end].split(maxsplit=1)[0]
        if end - start + 1 + len(word) <= width:
            return False
        within = within or (text[end - 1] not in _ENDS_SENTENCE and word[0].islower())
    return within


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a paragraph, or the parts of a long one."""
    if end - start <= _LONGEST:
        yield start, end
        return
    first = last = start
    for begin, stop in _sentences(text, start, end):
        if last > first and stop - first > _LONGEST:
            yield first, last
            first = begin
        last = stop
        # Told by the sentence alone, so that the same places are found again after an edit.
        chosen = zlib.crc32(text[begin:stop].encode("utf-8", "replace")) % _CUT_ONE_IN == 0
        if last - first >= _LEAST and chosen:
            yield first, last
            first = last = _behind_space(text, last, end)
    if last > first:
        yield first, last


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for begin, stop in sentences_of(text, start, end):
        while stop - begin > _HARD:
            space = text.rfind(" ", begin + _HARD // 2, begin + _HARD)
            last = space if space > 0 else begin + _HARD
            yield begin, last
            begin = _behind_space(text, last, stop)  # noqa: PLW2901 (what is left of the sentence)
        yield begin, stop


def _behind_space(text: str, place: int, end: int) -> int:
    space = _SPACE.match(text, place, end)
    return space.end() if space else place
