"""What the list of translations says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.markup import marks
from chatdesk.domain.translations import TranslationEntry, TranslationHit, TranslationState
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.translate.language_pair import pair_words

_LONGEST = 120  # characters of a line


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A translation as the list shows it."""

    id: str
    title: str  # the document's name, or the first words
    detail: str  # its languages and its day, or where the searched words stand
    document: bool = False
    marks: tuple[tuple[int, int], ...] = ()  # of `detail`


def row_of(entry: TranslationEntry) -> HistoryRow:
    """Return how a translation stands in the list."""
    pair = pair_words(entry.language or entry.wishes.source, entry.wishes.target)
    state = ""
    if entry.state is not TranslationState.done and entry.segments:
        state = tr("{done} of {total}").format(done=entry.done, total=entry.segments)
    detail = " · ".join(part for part in (pair, state, date_words(entry.created)) if part)
    title = entry.name or _line(entry.source_start) or tr("Empty text")
    return HistoryRow(entry.id, title, detail, bool(entry.path))


def row_of_hit(hit: TranslationHit, entry: TranslationEntry | None) -> HistoryRow:
    """Return how a translation that was searched for stands in the list."""
    title = entry.name or _line(entry.source_start) if entry is not None else ""
    snippet, places = _plain(hit.snippet, hit.marks)
    document = entry is not None and bool(entry.path)
    return HistoryRow(hit.translation, title or date_words(hit.when), snippet, document, places)


def is_worth_listing(entry: TranslationEntry) -> bool:
    """Whether there is something to see: a document that only waits in its list is not."""
    return not (entry.path and not entry.done and entry.state is TranslationState.waiting)


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _plain(snippet: str, places: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a snippet as one line without marks of formatting, and where its places are then."""
    gone = [(mark.start, mark.end) for mark in marks(snippet)]

    def moved(place: int) -> int:
        return place - sum(min(end, place) - start for start, end in gone if start < place)

    kept = "".join(
        " " if sign.isspace() else sign
        for at, sign in enumerate(snippet)
        if not any(start <= at < end for start, end in gone)
    )
    return kept, tuple((moved(start), moved(end)) for start, end in places)
