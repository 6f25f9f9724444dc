"""Which row stands above and below another one, across messages."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.ui.transcript.entries import Entry, Row


def row_below(entries: Sequence[Entry], row: Row) -> Row | None:
    """Return the next row, None at the end; makes the rows of the next message where needed."""
    rows = row.entry.ensure_rows()
    if row.index + 1 < len(rows):
        return rows[row.index + 1]
    after = row.entry.index + 1
    return entries[after].ensure_rows()[0] if after < len(entries) else None


def row_above(entries: Sequence[Entry], row: Row) -> Row | None:
    """Return the row before, None at the beginning; makes the rows of the message above where needed."""
    if row.index:
        return row.entry.ensure_rows()[row.index - 1]
    before = row.entry.index - 1
    return entries[before].ensure_rows()[-1] if before >= 0 else None


def gap_above(row: Row) -> int:
    """Return the pixels between a row and the one above it."""
    return row.gap if row.index else row.entry.gap
