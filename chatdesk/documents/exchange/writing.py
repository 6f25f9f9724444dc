"""Writes glossaries and memories as CSV, TBX and TMX; a file is there as a whole, or as it was before."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from chatdesk import __version__
from chatdesk.documents.exchange.codes import tag_of
from chatdesk.documents.exchange.entries import clean, one_line
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.glossaries import Glossary, Pair
from chatdesk.domain.whole_file import whole_file

_TIME = "%Y%m%dT%H%M%SZ"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class _Cancelled(Exception):
    pass


def write_whole(target: Path, pieces: Iterable[str], cancel: CancelToken) -> None:
    """Write a text as UTF-8; the target stays as it was when cancelled. Raises DocumentNotSaved."""
    with suppress(_Cancelled), whole_file(target) as file:
        for piece in pieces:
            if cancel.cancelled:
                raise _Cancelled
            file.write(piece.encode("utf-8", "replace"))


def csv_pieces(glossary: Glossary) -> Iterator[str]:
    """Yield a glossary as a table that also Excel takes for UTF-8."""
    yield "\ufeff"
    yield _row((tag_of(glossary.source), tag_of(glossary.target), "note"))
    for term in glossary.terms:
        yield _row((term.source, term.target, term.note))


def tbx_pieces(glossary: Glossary) -> Iterator[str]:
    """Yield a glossary as TBX-Basic (ISO 30042:2019)."""
    source, target = escape(tag_of(glossary.source)), escape(tag_of(glossary.target))
    yield (
        f'{_DECLARATION}<tbx style="dca" type="TBX-Basic" xml:lang="{source}"'
        ' xmlns="urn:iso:std:iso:30042:ed-2">\n'
        f"<tbxHeader><fileDesc><titleStmt><title>{_term(glossary.name)}</title></titleStmt>"
        "<sourceDesc><p>ChatDesk</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
    )
    for number, term in enumerate(glossary.terms, start=1):
        note = f"<note>{_term(term.note)}</note>" if term.note else ""
        yield (
            f'<conceptEntry id="c{number}">'
            f'<langSec xml:lang="{source}"><termSec><term>{_term(term.source)}</term></termSec></langSec>'
            f'<langSec xml:lang="{target}"><termSec><term>{_term(term.target)}</term>{note}</termSec>'
            "</langSec></conceptEntry>\n"
        )
    yield "</body></text>\n</tbx>\n"


def tmx_pieces(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield a memory as TMX 1.4."""
    now = datetime.now(UTC).strftime(_TIME)
    yield (
        f'{_DECLARATION}<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="ChatDesk" creationtoolversion="{escape(__version__)}" segtype="paragraph"'
        f' o-tmf="ChatDesk" adminlang="en" srclang="*all*" datatype="plaintext" creationdate="{now}"/>\n'
        "<body>\n"
    )
    for pair in pairs:
        source, target = (escape(tag_of(code)) for code in (pair.source_language, pair.target_language))
        when = pair.when.astimezone(UTC).strftime(_TIME)
        yield (
            f'<tu srclang="{source}" creationdate="{when}">'
            f'<tuv xml:lang="{source}"><seg>{_text(pair.source)}</seg></tuv>'
            f'<tuv xml:lang="{target}"><seg>{_text(pair.target)}</seg></tuv></tu>\n'
        )
    yield "</body>\n</tmx>\n"


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(one_line, cells))
    return line.getvalue()


def _term(text: str) -> str:
    return escape(one_line(text), quote=False)


def _text(text: str) -> str:
    return escape(clean(text), quote=False)
