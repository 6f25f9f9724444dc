"""Estimates what a summary will take on this computer."""

from __future__ import annotations

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Form, Length, SummaryPlan, SummaryWishes
from chatdesk.flows.summary_layout import INSTRUCTIONS, Layout
from chatdesk.flows.summary_requests import POINTS, SummaryRequests

_POINT = 25  # tokens
_QUOTED_POINT = 60  # tokens of a point with its quotation in JSON


def plan_of(
    document: Document, wishes: SummaryWishes, layout: Layout, stored: int, speeds: tuple[float, float]
) -> SummaryPlan:
    """Return what is ahead; `stored`: how many parts were done before; `speeds` of reading and writing in
    tokens a second, 0 where they are not known.
    """
    parts = len(layout.chunks)
    length = SummaryRequests(wishes).part_length(parts)
    left = parts - stored
    read = layout.tokens * left / parts + left * INSTRUCTIONS
    one_by_one = wishes.form is Form.bullets or not layout.at_once
    written = left * POINTS[length] * (_QUOTED_POINT if one_by_one else _POINT)
    levels = 0
    if not layout.at_once:
        levels, more_read, more_written = _joining(
            parts * POINTS[length] * _POINT, layout.room, wishes.length
        )
        read, written = read + more_read, written + more_written
    reading, writing = speeds
    seconds = read / reading + written / writing if reading > 0 and writing > 0 else None
    return SummaryPlan(len(document.units), layout.tokens, parts, stored, levels, seconds)


def _joining(notes: int, room: int, length: Length) -> tuple[int, int, int]:
    """Return levels, tokens read and tokens written to make one text of so many tokens of notes."""
    levels, read, written = 1, notes, POINTS[length] * _POINT
    while notes > room:
        groups = -(-4 * notes // (3 * room))  # they are three quarters full in the mean
        notes = min(groups * POINTS[Length.detailed] * _POINT, notes // 2)
        levels, read, written = levels + 1, read + notes, written + notes
    return levels, read, written
