"""Glossaries as TBX: version 3 (TBX-Basic and others), the older MARTIF files and TBX-Min."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from chatdesk.documents.exchange.codes import best, code_of
from chatdesk.documents.exchange.entries import Flaw, Found, Languages, Problem, TermSieve
from chatdesk.documents.exchange.inline import inline_of, line_of
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.xml import Element, attribute, descendants, local, root_of, streamed

ROOTS = frozenset(("tbx", "martif", "TBX"))
_ENTRIES = ("conceptEntry", "termEntry", "entry")
_SECTIONS = frozenset(("langSec", "langSet", "langGroup"))
_GROUPS = frozenset(("termSec", "tig", "ntig", "termGroup"))
_STATUS = frozenset(("administrativeStatus", "normativeAuthorization", "termStatus"))
_PREFERRED, _OTHERWISE, _NOT_ALLOWED = range(3)
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    rank: int
    note: str


@dataclass(frozen=True, slots=True)
class _Section:
    """What an entry has in one language, the preferred words first."""

    language: str  # its tag
    words: tuple[_Word, ...]
    note: str


def read(stream: BinaryIO, source: str, target: str) -> Iterator[Found]:
    """Yield the terms; each word of the source with the preferred one of the target.

    Without asked languages they are the first two of the first entry with two. Raises Refused, MemoryError.
    """
    root = root_of(stream)
    if local(root) not in ROOTS:
        raise Refused(Refusal.unsupported, f"the root is {local(root)}")
    main = attribute(root, "lang") or ""
    sieve = TermSieve()
    for entry in streamed(stream, *_ENTRIES):
        sections = [_section(one) for one in entry.iter() if local(one) in _SECTIONS]
        line = line_of(entry)
        if not all(section.language for section in sections):
            yield Problem(Flaw.no_language, line)
        if any(local(one) == "" for one in entry.iter()):
            yield Problem(Flaw.entity, line)
        if not (source and target):
            source, target = _languages(sections, main, source, target)
            if not (source and target):
                yield Problem(Flaw.one_side, line)
                continue
            yield Languages(source, target)
        yield from _terms(line, _note(entry), sections, (source, target), sieve)


def _terms(
    line: int, note: str, sections: list[_Section], languages: tuple[str, str], sieve: TermSieve
) -> Iterator[Found]:
    tags = [section.language for section in sections]
    from_place, to_place = best(languages[0], tags, of_source=True), best(languages[1], tags)
    sources = sections[from_place].words if from_place is not None else ()
    targets = sections[to_place].words if to_place is not None and to_place != from_place else ()
    if not sources or not targets:
        yield Problem(Flaw.one_side, line)
        return
    allowed = [word for word in targets if word.rank != _NOT_ALLOWED]
    if not allowed:
        yield Problem(Flaw.not_allowed, line)
        return
    if len(allowed) > 1:
        yield Problem(Flaw.synonyms, line)
    notes = (allowed[0].note, sections[to_place or 0].note, note, sources[0].note)
    for word in sources:
        yield from sieve.sifted(line, word.text, allowed[0].text, next(filter(None, notes), ""))


def _section(section: Element) -> _Section:
    groups = [one for one in section.iter() if local(one) in _GROUPS] or [section]
    words = [_word(group) for group in groups if next(descendants(group, "term"), None) is not None]
    words.sort(key=lambda word: word.rank)
    return _Section(attribute(section, "lang") or "", tuple(words), _note(section))


def _word(group: Element) -> _Word:
    term = inline_of(next(descendants(group, "term"))).text
    status = " ".join(
        (one.text or "").casefold()
        for one in group.iter()
        if local(one) in _STATUS or (attribute(one, "type") if local(one) == "termNote" else "") in _STATUS
    )
    rank = _OTHERWISE
    if "preferred" in status and "not" not in status:
        rank = _PREFERRED
    elif any(word in status for word in ("deprecated", "superseded", "notrecommended", "obsolete")):
        rank = _NOT_ALLOWED
    return _Word(term, rank, _note(group))


def _note(element: Element) -> str:
    """Return what is noted about an element itself, its definition where there is no note."""
    own = [one for child in element for one in (child, *_inside(child))]
    notes = (one for one in own if local(one) == "note")
    definitions = (one for one in own if local(one) == "definition" or attribute(one, "type") == "definition")
    found = next(notes, next(definitions, None))
    return inline_of(found).text if found is not None else ""


def _inside(child: Element) -> list[Element]:
    return list(child) if local(child) in ("descripGrp", "termGrp") else []


def _languages(sections: list[_Section], main: str, source: str, target: str) -> tuple[str, str]:
    """Return the asked languages; for one that is not asked that of the file, else the first other one."""
    tags = [section.language for section in sections if section.words and section.language]
    if not source:
        place = best(main, tags, of_source=True) if main else None
        left = [tag for tag in tags if not target or best(target, [tag]) is None]
        source = tags[place] if place is not None and tags[place] in left else next(iter(left), "")
    if not target:
        target = next((tag for tag in tags if tag != source and best(source, [tag]) is None), "")
    return code_of(source) or source, code_of(target) or target
