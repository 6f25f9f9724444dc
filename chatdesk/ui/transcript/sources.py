"""What the passages that an answer was given are called."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.chat import Source
from chatdesk.domain.words import tr
from chatdesk.ui.transcript.rows import Content, Sources

_MOST = 12  # links below one answer


def shown_sources(sources: Sequence[Source]) -> list[Content]:
    """Return the row that names them, none without any; a page with several passages is named once."""
    named: dict[str, int] = {}
    for place, source in enumerate(sources):
        named.setdefault(_words(source, place), place)
    links = [(place, words) for words, place in named.items()][:_MOST]
    return [Sources(tuple(links))] if links else []


def _words(source: Source, place: int) -> str:
    if not source.label:
        return tr("{name}, passage {number}").format(name=source.name, number=place + 1)
    label = source.label[:1].upper() + source.label[1:]
    return tr("{place} of {name}").format(place=label, name=source.name)
