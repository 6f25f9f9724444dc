"""Subtitles (SRT, VTT): what is said, a section for each minute, named by its time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

from chatdesk.documents.parts import Part, Piece
from chatdesk.documents.plain_text import text_of
from chatdesk.domain.documents import UnitKind

SECTION = 60.0  # seconds
_TIMES = re.compile(r"\s*((?:\d+:)?\d{1,2}:\d{2})([.,]\d{1,3})?\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}")
_SPEAKER = re.compile(r"<v(?:\.[^ >]{1,80})? ([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]{1,20}>|\{\\[^}]{0,200}\}")


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001
    """Yield the sections; the whole text where nothing in it has a time."""
    text = text_of(path)
    said: list[str] = []
    label, start = "", 0.0
    found = False
    for time, lines in _cues(text.split("\n")):
        if said and seconds_of(time) >= start + SECTION:
            yield Part(UnitKind.section, label, "\n".join(said))
            said = []
        if not found or not said:
            label, start = time, seconds_of(time)
        found = True
        said += [line for line in lines if line not in said[-2:]]  # rolling captions say each line twice
    yield Part(UnitKind.section, label, "\n".join(said)) if found else Part(UnitKind.whole, "", text)


def seconds_of(time: str) -> float:
    """Return how far "1:02:03" or "02:03" is from the beginning."""
    seconds = 0
    for number in time.split(":"):
        seconds = seconds * 60 + int(number)
    return float(seconds)


def _cues(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield (time, what is said) for each cue; numbers, settings, notes and styles are left out."""
    time = ""
    said: list[str] = []
    for line, after in pairwise(chain(lines, [""])):
        if times := _TIMES.match(line):
            if time:
                yield time, said
            time, said = times[1], []
        elif not line.strip():
            if time:
                yield time, said
            time, said = "", []
        elif time and not (line.strip().isdigit() and _TIMES.match(after)):
            said += filter(None, [_plain(line)])
    if time:
        yield time, said


def _plain(line: str) -> str:
    return html.unescape(_TAG.sub("", _SPEAKER.sub(r"\1: ", line))).strip()
