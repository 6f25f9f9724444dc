"""Reads the points that a model found in a part of a text, also from an answer that was cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LIST_MARK = re.compile(r"^\s*(?:[-*+•–]|\d{1,3}[.)])\s+")
_TABLE_LINE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_MARKUP = re.compile(r"^#{1,6}\s+|\*\*|__")


@dataclass(frozen=True, slots=True)
class FoundPoint:
    """A point and the words of the text that it rests on, as the model wrote both."""

    text: str
    quote: str


def read_points(answer: str) -> tuple[FoundPoint, ...]:
    """Return the complete points of an answer in JSON, none where there are none.

    Understood are an object with a list "points", or the list alone, with other words around it or the end
    missing. A point said twice counts once.
    """
    found: dict[str, FoundPoint] = {}
    for entry in _objects(answer):
        text, quote = _line(entry.get("point")), _line(entry.get("quote"))
        if text or quote:
            found.setdefault((text or quote).casefold(), FoundPoint(text or quote, quote))
    return tuple(found.values())


def points_answer(points: Sequence[FoundPoint]) -> str:
    """Return points as the JSON that `read_points` reads."""
    entries = [{"quote": point.quote, "point": point.text} for point in points]
    return json.dumps({"points": entries}, ensure_ascii=False)


def read_lines(answer: str) -> tuple[str, ...]:
    """Return what a list, a table or sentences say, line by line, without marks and headings."""
    lines = []
    for line in answer.splitlines():
        if not line.strip() or line.lstrip().startswith("#") or _TABLE_LINE.fullmatch(line):
            continue
        lines.append(_MARKUP.sub("", _LIST_MARK.sub("", line)).strip())
    return tuple(dict.fromkeys(line for line in lines if line))


def as_bullets(lines: Sequence[str]) -> str:
    """Return each text as a bullet point of one line."""
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)


def _objects(answer: str) -> Iterator[dict[str, object]]:
    """Yield the innermost complete objects, in their order."""
    decoder = json.JSONDecoder(strict=False)
    place = answer.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(answer, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield from _innermost(value)
        place = answer.find("{", end)


def _innermost(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if "point" in value or "quote" in value:
            yield value
        else:
            for inner in value.values():
                yield from _innermost(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _innermost(inner)


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
