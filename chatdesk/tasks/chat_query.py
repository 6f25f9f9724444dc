"""Reads what a user types into the search over chats: words, "words in a row", -without, folder:name ...

What is no known prefix, or has a value that cannot be read, is a word like any other: nothing is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from chatdesk.domain.chat_query import ChatNames, ChatQuery, Place
from chatdesk.domain.words import tr
from chatdesk.tasks.spoken_days import first_day

_LONGEST = 2000  # characters; what stands behind them is not read
_PART = re.compile(
    r'(?P<minus>-(?=[^\W\d_]|"))?(?:(?P<prefix>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))'
)
_NAMES = {"folder": "folders", "tag": "tags", "model": "models"}
_NEEDS_MORE = re.compile(r"(last|this)", re.IGNORECASE)
_PERIOD = re.compile(r"\s+(week|month|year)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Text that can stand in place of the last part of what was typed, and what it does."""

    text: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    minus: bool
    prefix: str  # in small letters, "" for none
    value: str
    is_quoted: bool
    text: str  # all of it as it was typed


def parse(typed: str, today: date, month_first: bool = False) -> ChatQuery:
    """Return what is looked for; `month_first` is how 4/5/2026 is written where the user lives."""
    query = ChatQuery()
    words: list[str] = []
    without: list[str] = []
    for part in _parts(typed):
        narrowed = _narrowed(query, part, lambda text: first_day(text, today, month_first))
        query = narrowed or query
        if narrowed is None:
            whole = (
                part.value
                if not part.prefix
                else part.text.lstrip("-" if part.minus else "").replace('"', " ")
            )
            (without if part.minus else words).append(whole)
            query = replace(query, open_end=not part.is_quoted and not part.minus)
    return replace(query, words=tuple(filter(str.strip, words)), without=tuple(filter(str.strip, without)))


def suggestions(typed: str, names: ChatNames) -> list[Suggestion]:
    """Return how the last part of what was typed can go on, the likeliest first; at most eight.

    With nothing typed, or after a space, these are the prefixes.
    """
    last = None if typed[-1:].isspace() else next(iter(_parts(typed)[-1:]), None)
    if last is None or (not last.prefix and not last.is_quoted):
        begun = last.value.lower() if last else ""
        return [each for each in _hints() if each.text.startswith(begun) and each.text != begun]
    values = {
        "folder": names.folders, "tag": names.tags, "model": names.models, "in": ("title", "text"),
        "pinned": ("yes", "no"), "archived": ("yes", "no"),
        "before": ("today", "yesterday", "last week", "last month", "last year"),
        "after": ("today", "yesterday", "last week", "last month", "last year"),
    }.get(last.prefix, ())  # fmt: skip
    begun = last.value.casefold()
    going_on = [value for value in values if value.casefold().startswith(begun) and value.casefold() != begun]
    minus = "-" if last.minus else ""
    return [Suggestion(f"{minus}{last.prefix}:{_quoted(value)}") for value in going_on[:8]]


def completed(typed: str, suggestion: Suggestion) -> str:
    """Return `typed` with the suggestion in place of its last part."""
    at_space = not typed or typed[-1].isspace()
    start = len(typed) if at_space else _parts(typed)[-1].start
    return typed[:start] + suggestion.text + ("" if suggestion.text.endswith(":") else " ")


def _hints() -> list[Suggestion]:
    return [
        Suggestion("in:title", tr("Titles alone")),
        Suggestion("in:text", tr("Messages alone")),
        Suggestion("folder:", tr("Chats in a folder and the folders inside")),
        Suggestion("tag:", tr("Chats with a tag")),
        Suggestion("model:", tr("Chats in which a model has written")),
        Suggestion("before:", tr("Until a day, such as before:today or before:2026-03")),
        Suggestion("after:", tr("From a day on, such as after:yesterday or after:2026-03-01")),
        Suggestion("pinned:yes", tr("Pinned chats")),
        Suggestion("archived:no", tr("Without the archive")),
    ]


def _parts(typed: str) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    typed = typed[:_LONGEST]
    while at < len(typed):
        if typed[at].isspace():
            at += 1
            continue
        found = _PART.match(typed, at)
        if found is None or found.end() == at:  # a minus or a colon alone
            at += 1
            continue
        value, end = found["quoted"] if found["quoted"] is not None else found["plain"], found.end()
        prefix = (found["prefix"] or "").lower()
        if (
            prefix in ("before", "after")
            and _NEEDS_MORE.fullmatch(value)
            and (more := _PERIOD.match(typed, end))
        ):
            value, end = f"{value} {more[1]}", more.end()
        quoted = found["quoted"] is not None
        parts.append(_Part(at, bool(found["minus"]), prefix, value, quoted, typed[at:end]))
        at = end
    return parts


def _narrowed(query: ChatQuery, part: _Part, day: Callable[[str], date | None]) -> ChatQuery | None:
    """Return the query with what a prefix says; as it was when there is no value yet; None: it is a word."""
    value = part.value.strip()
    if part.prefix in _NAMES:
        field = ("not_" if part.minus else "") + _NAMES[part.prefix]
        return replace(query, **{field: (*getattr(query, field), value)}) if value else query  # type: ignore[arg-type]
    if part.prefix not in ("in", "pinned", "archived", "before", "after") or part.minus:
        return None
    if not value:
        return query
    if part.prefix == "in":
        place = next((each for each in Place if each.value == value.lower()), None)
        return replace(query, place=place) if place else None
    read: object = _yes_or_no(value) if part.prefix in ("pinned", "archived") else day(value)
    return None if read is None else replace(query, **{part.prefix: read})  # type: ignore[arg-type]


def _yes_or_no(value: str) -> bool | None:
    said = value.casefold()
    if said in {"yes", "y", "true", "1", "on", tr("yes").casefold()}:
        return True
    return False if said in {"no", "n", "false", "0", "off", tr("no").casefold()} else None


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
