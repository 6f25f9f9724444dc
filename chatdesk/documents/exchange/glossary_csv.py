"""Glossaries as tables of text: a term, its translation and a note in each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from chatdesk.documents.csv_tables import rows, separator_of, table_text
from chatdesk.documents.exchange.codes import best, code_of, tag_of
from chatdesk.documents.exchange.entries import Flaw, Found, Languages, Problem, TermSieve, one_line

# What stands above columns of terms where no languages do, in some languages.
_NOTES = frozenset((
    "note", "notes", "comment", "comments", "definition", "remark", "remarks", "context", "description",
    "notiz", "anmerkung", "bemerkung", "kommentar", "definición", "nota", "commentaire", "remarque",
))  # fmt: skip
_HEADS = _NOTES | frozenset((
    "source", "target", "term", "terms", "translation", "source term", "target term", "original",
    "quelle", "ziel", "begriff", "übersetzung", "quellbegriff", "zielbegriff", "ausgangstext",
    "terme", "traduction", "término", "traducción", "termine", "traduzione", "termo", "tradução",
))  # fmt: skip
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the terms stand; None: there is no such column."""

    source: int | None = 0
    target: int | None = 1
    note: int | None = 2
    languages: Languages | None = None
    are_named: bool = False


def read(stream: BinaryIO, source: str, target: str) -> Iterator[Found]:
    """Yield the terms of a table in any encoding and with any usual separator. Raises Refused, OSError."""
    text = table_text(stream)
    separator = separator_of(text)
    if not separator:
        yield Problem(Flaw.one_column, 1)
        return
    if "\ufffd" in text:
        yield Problem(Flaw.letters, text[: text.index("\ufffd")].count("\n") + 1)
    sieve = TermSieve()
    columns: _Columns | None = None
    for line, cells in rows(text, separator):
        if not any(map(str.strip, cells)):
            continue
        if columns is None:
            columns = _columns(cells, source, target)
            if columns.languages:
                yield columns.languages
            if columns.source is None or columns.target is None:
                yield Problem(Flaw.no_column, line, source if columns.source is None else target)
                return
            if columns.are_named:
                continue
        row = (_cell(cells, column) for column in (columns.source, columns.target, columns.note))
        yield from sieve.sifted(line, *row)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _columns(first: Sequence[str], source: str, target: str) -> _Columns:
    """Tell from the first row what stands where; it is a row of terms where it names neither."""
    heads = [one_line(cell).casefold() for cell in first]
    codes = ["" if head in _HEADS else _code(head, source, target) for head in heads]
    named = [place for place, code in enumerate(codes) if code]
    from_place = best(source, codes, of_source=True) if source else None
    others = ["" if place == from_place else code for place, code in enumerate(codes)]
    to_place = best(target, others) if target else None
    # "it" and "no" are languages and words: a row counts where it has one of those that are asked for.
    is_asked_for = from_place is not None or to_place is not None or not (source or target)
    if len(named) >= _TWO and is_asked_for:
        if not source:
            from_place = next(place for place in named if place != to_place)
        if not target:
            to_place = next(place for place in named if place != from_place)
        found = Languages(*("" if place is None else codes[place] for place in (from_place, to_place)))
        return _Columns(from_place, to_place, _note(heads, codes), found, are_named=True)
    if len(heads) >= _TWO and all(head in _HEADS for head in heads[:_TWO]):
        return _Columns(note=_note(heads, ["-", "-", *codes[_TWO:]]), are_named=True)
    return _Columns()


def _code(head: str, *asked: str) -> str:
    return next((each for each in asked if each and head == tag_of(each).casefold()), code_of(head))


def _note(heads: Sequence[str], codes: Sequence[str]) -> int | None:
    """Return the column of notes: the one that says so, else the first that is no language."""
    said = (place for place, head in enumerate(heads) if head in _NOTES)
    return next(said, next((place for place, code in enumerate(codes) if not code), None))
