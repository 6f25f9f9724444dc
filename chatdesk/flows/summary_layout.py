"""Lays out how a document is read: at once where it fits into the model's context, else in parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Chunk, Form, SummaryWishes
from chatdesk.domain.words import tr
from chatdesk.tasks.chunks import Measure, Sizes, chunks_of
from chatdesk.tasks.pieces import chapters_of

LONGEST_ANSWER = 1024  # tokens, as the task files say; a quarter of the context where that is less
INSTRUCTIONS = 200  # tokens around the text, with the marks of the chat template
_LONGEST_PART, _SHORTEST_PART = 1600, 800  # tokens
_CHARACTERS_PER_TOKEN = 24  # a text with more does not fit; counting it exactly would be in vain


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a document; `room` is how many tokens of text fit into one request."""

    chunks: tuple[Chunk, ...]
    tokens: int
    room: int
    at_once: bool  # the only part is the whole document
    chapters: tuple[tuple[str, int], ...] = ()  # (title, how many parts), where it is written by chapters


def room_for(context_tokens: int, wishes: SummaryWishes) -> int:
    """Return how many tokens of text fit into one request beside instructions and answer."""
    answer = min(LONGEST_ANSWER, context_tokens // 4)
    own_words = len(wishes.audience) + len(wishes.instruction) + len(wishes.focus)
    # Pieces are counted one by one, and their sum is a little off.
    return max(64, context_tokens - answer - INSTRUCTIONS - own_words // 2 - context_tokens // 32)


def part_sizes(room: int) -> Sizes:
    """Return how large a part is where so many tokens of text fit into one request."""
    most = min(_LONGEST_PART, room)
    return Sizes(min(_SHORTEST_PART, most // 2), most)


def lay_out(
    document: Document,
    wishes: SummaryWishes,
    context_tokens: int,
    measure: Measure,
    earlier: Sequence[str] = (),
) -> Layout | None:
    """Return how a document is read, None when measuring was cancelled.

    `earlier` are the texts of the parts of an earlier version: what is still there is not cut in another way.
    """
    room = room_for(context_tokens, wishes)
    counted = measure([document.text])
    if not counted:
        return None
    tokens = counted[0]
    chapters = chapters_of(document) if wishes.form is Form.chapters else []
    if tokens <= room and len(document.text) <= room * _CHARACTERS_PER_TOKEN and not chapters:
        return Layout((Chunk(1, 0, len(document.text)),), tokens, room, at_once=True)
    sizes = part_sizes(room)
    chunks = chunks_of(document, measure, sizes, [start for start, _ in chapters], earlier)
    if not chunks:
        return None
    found = _by_chapter(document, chapters, chunks) if wishes.form is Form.chapters else ()
    return Layout(chunks, tokens, room, at_once=False, chapters=found)


def _by_chapter(
    document: Document, chapters: Sequence[tuple[int, str]], chunks: Sequence[Chunk]
) -> tuple[tuple[str, int], ...]:
    """Return the chapters that have a text, each with the number of its parts, in order."""
    if not chapters:
        return tuple((_pages(document, chunk), 1) for chunk in chunks)
    starts = [start for start, _ in chapters]
    found: list[tuple[int, int]] = []
    for chunk in chunks:
        chapter = bisect_right(starts, chunk.start) - 1
        if found and found[-1][0] == chapter:
            found[-1] = chapter, found[-1][1] + 1
        else:
            found.append((chapter, 1))
    return tuple((_title(chapters, chapter), parts) for chapter, parts in found)


def _title(chapters: Sequence[tuple[int, str]], chapter: int) -> str:
    if chapter < 0:
        return tr("Beginning")
    return chapters[chapter][1].strip() or tr("Chapter {number}").format(number=chapter + 1)


def _pages(document: Document, chunk: Chunk) -> str:
    """Return what a part is called in a document without chapters: by its pages, else by its number."""
    first, last = document.unit_at(chunk.start), document.unit_at(chunk.end - 1)
    if first is None or last is None:
        return tr("Part {number}").format(number=chunk.number)
    if first == last:
        return tr("Page {page}").format(page=first.label or first.number)
    return tr("Pages {first} to {last}").format(
        first=first.label or first.number, last=last.label or last.number
    )
