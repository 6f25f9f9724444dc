"""Reads tables of text: values between commas, semicolons, tabs or bars, in any encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from chatdesk.documents.encodings import decoded
from chatdesk.documents.parts import Part, Piece, Refusal, Refused
from chatdesk.documents.sheet_rows import Line, parts
from chatdesk.domain.documents import UnitKind

LARGEST = 64 << 20  # bytes
_SEPARATORS = "\t;|,"  # the likelier ones first: a comma also stands in texts and in numbers
_SAMPLE = 64_000  # characters that tell the separator
_ALIKE = 0.9  # share of rows with the same number of cells that makes a table sure
_LONGEST_FIELD = 10_000_000  # characters


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  texts have no passwords
    """Yield the table, or the text as it is where it is none. Raises Refused, OSError."""
    with path.open("rb") as file:
        text = table_text(file)
    separator = separator_of(text)
    if not separator:
        yield Part(UnitKind.whole, "", text)
        return
    yield from parts(iter([("", _lines(text, separator))]), UnitKind.whole)


def table_text(file: BinaryIO) -> str:
    """Return the text of a table. Raises Refused, OSError."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, "a table of more than 64 MiB")
    text = decoded(content)
    if text is None:
        raise Refused(Refusal.unsupported, "no text")
    return text


def rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the numbers of the lines in which they begin, from 1. Raises Refused."""
    first = 1
    if text[:4].lower() == "sep=":
        first, text = 2, text.partition("\n")[2]
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 0
    try:
        for cells in reader:
            yield first + line, cells
            line = reader.line_num
    except csv.Error as error:
        raise Refused(Refusal.damaged, str(error)) from error


def _lines(text: str, separator: str) -> Iterator[Line]:
    for _, cells in rows(text, separator):
        yield list(enumerate(cells))


def separator_of(text: str) -> str:
    """Return what stands between the values, "" where every row has one value only."""
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        return text[4]  # as some programs say it in the first line
    shares = {separator: _share(text, separator) for separator in _SEPARATORS}
    sure = next((separator for separator, share in shares.items() if share >= _ALIKE), "")
    best = max(shares, key=lambda separator: shares[separator])
    return sure or (best if shares[best] else "")


def _share(text: str, separator: str) -> float:
    """Return how many of the first rows have the commonest number of cells, 0 where that is one."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample.rpartition("\n")[0] or sample
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return 0
    lengths = Counter(len(cells) for cells in rows if any(cells))
    if not lengths:
        return 0
    length, count = lengths.most_common(1)[0]
    return count / lengths.total() if length > 1 else 0
