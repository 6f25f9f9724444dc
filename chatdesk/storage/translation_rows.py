"""Translations as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from chatdesk.domain.glossaries import Term
from chatdesk.domain.translations import (
    Finding,
    FindingKind,
    Origin,
    Segment,
    SegmentState,
    Tone,
    Translation,
    TranslationEntry,
    TranslationId,
    TranslationState,
    TranslationWishes,
)
from chatdesk.storage.rows import microseconds, moment, storable

START = 200  # characters of a text that the list shows
_WISHES = {field.name for field in fields(TranslationWishes)}


def translation_values(translation: Translation) -> dict[str, object]:
    return {
        "id": translation.id,
        "wishes": wishes_value(translation.wishes),
        "model": storable(translation.model),
        "language": storable(translation.language),
        "state": translation.state.value,
        "name": storable(translation.name),
        "path": json.dumps(translation.path),  # one that is no UTF-8 holds lone surrogates
        "error": storable(translation.error),
        "created": microseconds(translation.created),
        "segments": len(translation.segments),
        "gaps": _json(translation.gaps),
        "names": _json([(each.source, each.target) for each in translation.names]),
    }


def segment_values(translation: TranslationId, segment: Segment) -> dict[str, object]:
    return {
        "translation": translation,
        "number": segment.number,
        "source": storable(segment.source),
        "text": storable(segment.translation),
        "state": segment.state.value,
        "origin": segment.origin.value,
        "findings": _findings_value(segment.findings),
        "error": storable(segment.error),
    }


def translation_of(row: sqlite3.Row, segments: Sequence[sqlite3.Row]) -> Translation:
    return Translation(
        wishes=wishes_of(row["wishes"]),
        model=row["model"],
        segments=tuple(map(_segment_of, segments)),
        gaps=tuple(json.loads(row["gaps"])),
        names=tuple(Term(*name) for name in json.loads(row["names"])),
        language=row["language"],
        id=TranslationId(row["id"]),
        state=TranslationState(row["state"]),
        name=row["name"],
        path=json.loads(row["path"]),
        error=row["error"],
        created=moment(row["created"]),
    )


def entry_of(row: sqlite3.Row) -> TranslationEntry:
    return TranslationEntry(
        id=TranslationId(row["id"]),
        wishes=wishes_of(row["wishes"]),
        model=row["model"],
        language=row["language"],
        state=TranslationState(row["state"]),
        name=row["name"],
        path=json.loads(row["path"]),
        error=row["error"],
        created=moment(row["created"]),
        source_start=row["source_start"] or "",
        start=row["start"] or "",
        segments=row["segments"],
        done=row["done"],
    )


def wishes_value(wishes: TranslationWishes) -> str:
    """Return the column's text."""
    return _json(asdict(wishes))


def wishes_of(stored: str) -> TranslationWishes:
    """Return the wishes of a column; what it does not know is left as nobody wishes it."""
    values: dict[str, Any] = json.loads(stored)
    known = {name: value for name, value in values.items() if name in _WISHES}
    return TranslationWishes(**{**known, "tone": Tone(known["tone"])})


def _segment_of(row: sqlite3.Row) -> Segment:
    return Segment(
        number=row["number"],
        source=row["source"],
        translation=row["text"],
        state=SegmentState(row["state"]),
        origin=Origin(row["origin"]),
        findings=_findings_of(row["findings"]),
        error=row["error"],
    )


def _findings_value(findings: Sequence[Finding]) -> str:
    """Return the column's text, "" for none."""
    if not findings:
        return ""
    return _json([(each.kind.value, each.start, each.end, each.wanted) for each in findings])


def _findings_of(stored: str) -> tuple[Finding, ...]:
    if not stored:
        return ()
    return tuple(Finding(FindingKind(kind), *rest) for kind, *rest in json.loads(stored))


def _json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))
