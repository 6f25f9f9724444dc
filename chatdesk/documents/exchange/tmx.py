"""Translation memories as TMX: 1.4, and what older versions wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from chatdesk.documents.exchange.codes import best, code_of
from chatdesk.documents.exchange.entries import LONGEST_TEXT, Entry, Flaw, Found, Problem
from chatdesk.documents.exchange.inline import Inline, inline_of, line_of
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import Element, attribute, child, local, root_of, streamed

_ALL = "*all*"


@dataclass(frozen=True, slots=True)
class _Version:
    """An entry in one language."""

    language: str  # its tag
    text: str
    seconds: int


def read(stream: BinaryIO, source: str, target: str) -> Iterator[Found]:
    """Yield the pairs of the two languages, of all targets where none is asked for.

    Where no source is asked for it is the one that the entry or the file names, else an entry's first one.
    Raises Refused, MemoryError.
    """
    root = root_of(stream)
    if local(root) != "tmx":
        raise Refused(Refusal.unsupported, f"the root is {local(root)}")
    main = ""
    for element in streamed(stream, "header", "tu"):
        said = attribute(element, "srclang") or ""
        if local(element) == "header":
            main = said
            continue
        asked = source or ("" if _ALL in (said or main).casefold() else said or main)
        yield from _entry(element, asked, source, target)


def _entry(entry: Element, asked: str, source: str, target: str) -> Iterator[Found]:
    line = line_of(entry)
    versions: list[_Version] = []
    flaws: dict[Flaw, None] = {}  # each told once, in their order
    for version in entry:
        segment = child(version, "seg")
        if local(version) == "tuv" and segment is not None:
            text = inline_of(segment)
            flaws |= _flaws(version, text)
            versions.append(_version(entry, version, text))
    yield from (Problem(flaw, line) for flaw in flaws)
    versions = [version for version in versions if version.language]
    tags = [version.language for version in versions]
    from_place = best(asked, tags, of_source=True) if asked else 0 if tags else None
    if from_place is None:
        yield Problem(Flaw.one_side, line)
        return
    one = versions.pop(from_place)
    yield from _pairs(line, one, _targets(versions, target), (source, target))


def _pairs(line: int, one: _Version, others: list[_Version], asked: tuple[str, str]) -> Iterator[Found]:
    source = asked[0] or code_of(one.language) or one.language
    found = [other for other in others if other.text] if one.text else []
    if not found:
        yield Problem(Flaw.one_side, line)
    for other in found:
        if max(len(one.text), len(other.text)) > LONGEST_TEXT:
            yield Problem(Flaw.too_long, line)
            continue
        target = asked[1] or code_of(other.language) or other.language
        seconds = max(one.seconds, other.seconds)
        yield Entry(one.text, other.text, "", source, target, seconds)


def _targets(versions: list[_Version], target: str) -> list[_Version]:
    """Return what is translated into the target, once for each language without one."""
    if target:
        place = best(target, [version.language for version in versions])
        return [] if place is None else [versions[place]]
    by_language = {code_of(version.language) or version.language: version for version in reversed(versions)}
    return list(reversed(by_language.values()))


def _version(entry: Element, version: Element, text: Inline) -> _Version:
    times = [
        attribute(one, name) or "" for one in (version, entry) for name in ("changedate", "creationdate")
    ]
    return _Version(attribute(version, "lang") or "", text.text.strip(), max(map(_seconds, times)))


def _flaws(version: Element, text: Inline) -> dict[Flaw, None]:
    found = {
        Flaw.no_language: not attribute(version, "lang"),
        Flaw.tags: text.has_tags,
        Flaw.entity: text.has_entities,
    }
    return {flaw: None for flaw, there in found.items() if there}


def _seconds(time: str) -> int:
    """Return a time as TMX writes it, "20260102T030405Z", in seconds since 1970; 0 where it is none."""
    if not time:
        return 0
    try:
        return max(0, int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp()))
    except ValueError:
        return 0
