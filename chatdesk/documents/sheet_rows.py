"""Gathers the cells of a sheet and writes them as rows, without the columns that nothing stands in."""

from __future__ import annotations

from collections.abc import Iterator

from chatdesk.documents.blocks import heading, joined, paragraph, row
from chatdesk.documents.parts import Noted, Part, Piece
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind

MOST_CELLS = 1_000_000  # of a document; more than any model reads, and about 300 MB while they are gathered
MOST_CHARACTERS = 20_000_000  # a workbook keeps a text once that stands in a million cells
_WIDEST_GAP = 20  # empty cells between two others in a row

Line = list[tuple[int, str]] | str
"""A row, as the columns from 0 and the texts of its cells, or a comment on a cell."""
Sheet = tuple[str, Iterator[Line]]
"""The name of a sheet, and its lines, to be taken before the next sheet."""


def parts(sheets: Iterator[Sheet], kind: UnitKind = UnitKind.sheet) -> Iterator[Piece]:
    """Yield the sheets as parts, each under its name, and a note where there are more than can be held."""
    budget = _Budget()
    characters = 0
    for name, lines in sheets:
        rows: list[list[tuple[int, str]]] = []
        comments: list[str] = []
        for line in lines:
            if isinstance(line, str):
                comments.append(line)
                budget.spend([line])
            elif cells := [(column, text) for column, text in line if text.strip()]:
                rows.append(cells)
                budget.spend([text for _, text in cells])
            if budget.is_spent:
                break
        part = _part(kind, name, rows, comments)
        characters += len(part.text)
        yield part
        if budget.is_spent:
            yield Noted(ReadingNote(NoteKind.cut, characters))
            return


class _Budget:
    """What may still be gathered of a document."""

    def __init__(self) -> None:
        self._cells = MOST_CELLS
        self._characters = MOST_CHARACTERS

    def spend(self, texts: list[str]) -> None:
        self._cells -= len(texts)
        self._characters -= sum(map(len, texts))

    @property
    def is_spent(self) -> bool:
        return self._cells < 0 or self._characters < 0


def _part(kind: UnitKind, name: str, rows: list[list[tuple[int, str]]], comments: list[str]) -> Part:
    if not rows and not comments:
        return Part(kind, name, "")
    used = sorted({column for cells in rows for column, _ in cells})
    places = {column: place for place, column in enumerate(used)}
    table = [row(_padded([(places[column], text) for column, text in cells])) for cells in rows]
    return Part(kind, name, joined([heading(1, name), *table, *map(paragraph, comments)]))


def _padded(cells: list[tuple[int, str]]) -> list[str]:
    texts: list[str] = []
    last = -1
    for column, text in sorted(cells):
        texts.extend([""] * min(column - last - 1, _WIDEST_GAP))
        texts.append(text)
        last = column
    return texts
