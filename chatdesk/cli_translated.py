"""Prints what `chatdesk translate` has made: paragraphs in their order, or an object of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from chatdesk.domain.translations import Segment, Translation
from chatdesk.terminal import printable


class Printing:
    """Prints paragraphs in their order, each as soon as all before it are done."""

    def __init__(self, translation: Translation, quiet: bool) -> None:
        self._gaps = translation.gaps
        self._done: dict[int, Segment] = {}
        self._next = 0
        self._quiet = quiet

    def take(self, segment: Segment) -> None:
        """Take a finished paragraph."""
        self._done[segment.number] = segment
        for text in self._ready():
            self._print(text)

    def end(self, translation: Translation) -> None:
        """Print the end of what is whole; a paragraph that has failed leaves its source."""
        if self._next == len(translation.segments):
            self._print(self._gaps[-1])
        if translation.segments and not translation.text.endswith("\n"):
            self._print("\n")

    def _ready(self) -> Iterator[str]:
        while self._next in self._done:
            segment = self._done.pop(self._next)
            yield self._gaps[self._next] + (segment.translation or segment.source)
            self._next += 1

    def _print(self, text: str) -> None:
        if not self._quiet:
            print(printable(text), end="", flush=True)


def as_json(translation: Translation, written: Path | None) -> str:
    """Return a translation as one line; `written` is the document that was made of it."""
    table = {
        "from": translation.language,
        "to": translation.wishes.target,
        "model": translation.model,
        "state": translation.state,
        "error": translation.error,
        "name": translation.name,
        "file": str(written) if written is not None else "",
        "text": translation.text,
        "names": {term.source: term.target for term in translation.names},
        "segments": [asdict(segment) for segment in translation.segments],
    }
    return json.dumps(table, ensure_ascii=False)
