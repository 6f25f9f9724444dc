"""Summaries as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.summaries import (
    Form,
    Length,
    Passage,
    Point,
    Sentence,
    Summary,
    SummaryId,
    SummaryState,
    SummaryWishes,
)
from chatdesk.storage.rows import microseconds, moment, storable

_WISHES = {f.name: f.type for f in fields(SummaryWishes)}
_Span = tuple[int, int]


def summary_values(summary: Summary) -> dict[str, object]:
    return {
        "id": summary.id,
        "document": summary.document,
        "name": storable(summary.name),
        "path": json.dumps(summary.path),  # one that is no UTF-8 holds lone surrogates
        "wishes": _json(asdict(summary.wishes)),
        "model": storable(summary.model),
        "state": summary.state.value,
        "text": storable(summary.text),
        "points": _json([(point.text, point.quote, _span(point.passage)) for point in summary.points]),
        "sentences": _json(
            [
                (each.start, each.end, _spans(each.passages), _spans(each.strangers))
                for each in summary.sentences
            ]
        ),
        "error": storable(summary.error),
        "created": microseconds(summary.created),
        "language": storable(summary.language),
    }


def summary_of(row: sqlite3.Row) -> Summary:
    return Summary(
        document=DocumentId(row["document"]),
        name=row["name"],
        wishes=wishes_of(json.loads(row["wishes"])),
        model=row["model"],
        path=json.loads(row["path"]),
        id=SummaryId(row["id"]),
        state=SummaryState(row["state"]),
        text=row["text"],
        points=tuple(
            Point(text, quote, Passage(*span) if span else None)
            for text, quote, span in json.loads(row["points"])
        ),
        sentences=tuple(
            Sentence(start, end, _passages(passages), _passages(strangers))
            for start, end, passages, strangers in json.loads(row["sentences"])
        ),
        error=row["error"],
        created=moment(row["created"]),
        language=row["language"],
    )


def wishes_of(stored: dict[str, Any]) -> SummaryWishes:
    """Return the wishes of a JSON object; what it does not know is left as nobody wishes it."""
    known = {name: value for name, value in stored.items() if name in _WISHES}
    return SummaryWishes(**{**known, "length": Length(known["length"]), "form": Form(known["form"])})


def _json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))


def _span(passage: Passage | None) -> _Span | None:
    return (passage.start, passage.end) if passage else None


def _spans(passages: Sequence[Passage]) -> list[_Span]:
    return [(passage.start, passage.end) for passage in passages]


def _passages(spans: Sequence[_Span]) -> tuple[Passage, ...]:
    return tuple(Passage(*span) for span in spans)
