"""Glossaries as tables of text: a term, its translation and a note in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
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
# Languages by their names in German, French, Spanish, Italian and Portuguese.
_NAMED = {
    "en": "englisch anglais inglés ingles inglese inglês",
    "de": "allemand alemán aleman tedesco alemão",
    "fr": "französisch franzoesisch francés francese francês",
    "es": "spanisch espagnol spagnolo espanhol",
    "it": "italienisch italien",
    "pt": "portugiesisch portugais portugués portoghese",
    "nl": "niederländisch holländisch néerlandais neerlandés holandés olandese",
    "pl": "polnisch polonais polaco polacco",
    "ru": "russisch russe ruso russo",
    "zh": "chinesisch chinois chino cinese",
    "ja": "japanisch japonais japonés giapponese",
    "ar": "arabisch arabe árabe arabo",
    "tr": "türkisch turc turco",
}
_CODES = {name: code for code, names in _NAMED.items() for name in names.split()}
_IN_BRACKETS = re.compile(r"(.*?)[(\[]([^()\[\]]*)[)\]]")
_AROUND = re.compile(r"[\s:_-]*\b(?:source|target|terms?|text|quelle?|ziel|begriffe?)\b[\s:_-]*")
_MAYBE_NUMBERS = ("id", "no")  # and Indonesian, Norwegian
_TWO, _FOUR = 2, 4


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
    filled = ((line, cells) for line, cells in rows(text, separator) if any(map(str.strip, cells)))
    begin = list(islice(filled, _TWO))
    for line, cells in chain(begin, filled):
        if columns is None:
            columns = _columns(cells, begin[-1][1], source, target)
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


def _columns(first: Sequence[str], second: Sequence[str], source: str, target: str) -> _Columns:
    """Tell from the first two rows what stands where; it is a row of terms where it names neither."""
    heads = [one_line(cell).casefold() for cell in first]
    codes = ["" if head in _HEADS else _code(head, source, target) for head in heads]
    if _end_with_languages(first, second) and not any(codes[:_TWO]) and all(codes[_TWO:_FOUR]):
        return _behind(codes, source, target)
    if sum(map(bool, codes)) > _TWO:
        codes = ["" if head in _MAYBE_NUMBERS else code for head, code in zip(heads, codes, strict=True)]
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


def _end_with_languages(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether both rows have the same in the third and the fourth of their four cells."""
    ends = [[cell.strip().casefold() for cell in row[_TWO:]] for row in (first, second)]
    return len(first) == _FOUR and ends[0] == ends[1]


def _behind(codes: Sequence[str], source: str, target: str) -> _Columns:
    """Return the columns of a table without heads whose rows end with their two languages."""
    first, second = codes[_TWO:_FOUR]
    turned = (
        best(source, [first], of_source=True) is None and best(source, [second], of_source=True) is not None
    )
    turned = turned or (best(target, [second]) is None and best(target, [first]) is not None)
    if turned:
        return _Columns(1, 0, None, Languages(second, first))
    return _Columns(note=None, languages=Languages(first, second))


def _code(head: str, *asked: str) -> str:
    """Return the language of a head: "en", "English", "English (US)", "Source (EN)", "German term"."""
    if exact := next((each for each in asked if each and head == tag_of(each).casefold()), code_of(head)):
        return exact
    if head in _CODES:
        return _CODES[head]
    if found := _IN_BRACKETS.fullmatch(head):
        inside, outside = _code(found[2].strip(), *asked), _code(found[1].strip(), *asked)
        # "German (Germany)", and "English (it)" that is a note
        return outside or (inside if _AROUND.fullmatch(found[1]) else "")
    bare = _AROUND.sub("", head)
    return _code(bare, *asked) if bare and bare != head else ""


def _note(heads: Sequence[str], codes: Sequence[str]) -> int | None:
    """Return the column of notes: the one that says so, else the first that is no language."""
    said = (place for place, head in enumerate(heads) if head in _NOTES)
    others = (n for n, code in enumerate(codes) if not code and heads[n] not in _MAYBE_NUMBERS)
    return next(said, next(others, None))
