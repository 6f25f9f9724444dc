"""Reads spreadsheets: Excel of all ages and OpenDocument, a part for each sheet that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import IO

import python_calamine

from chatdesk.documents.archives import Archive, opened
from chatdesk.documents.blocks import MOST_SPANNED
from chatdesk.documents.number_formats import general
from chatdesk.documents.opendocument import refuse_encrypted
from chatdesk.documents.opendocument_text import cells_of
from chatdesk.documents.parts import Expected, Piece, Refusal, Refused
from chatdesk.documents.sheet_rows import Line, Sheet, parts
from chatdesk.documents.xlsx import MAIN, Workbook
from chatdesk.documents.xml import attribute, child, local, number, streamed


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  encrypted ones are refused
    """Yield the sheets of a file. Raises Refused, OSError, MemoryError."""
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if not is_zip:
        yield from _by_library(path)
        return
    with opened(path) as archive:
        if MAIN in archive:
            workbook = Workbook(archive)
            yield Expected(len(workbook))
            yield from parts(workbook.sheets())
        elif "content.xml" in archive:
            refuse_encrypted(archive)
            yield from parts(_open_document(archive))
        else:
            yield from _by_library(path)


def _open_document(archive: Archive) -> Iterator[Sheet]:
    with archive.opened("content.xml") as stream:
        for name, rows in groupby(_open_rows(stream), key=lambda row: row[0]):
            yield name, (line for _, line in rows)


def _open_rows(stream: IO[bytes]) -> Iterator[tuple[str, Line]]:
    """Yield the lines of all sheets that are shown, each with the name of its sheet."""
    hidden: set[str | None] = set()
    for element in streamed(stream, "style", "table-row"):
        if local(element) == "style":
            if attribute(child(element, "table-properties"), "display") == "false":
                hidden.add(attribute(element, "name"))
            continue
        table = next(element.iterancestors("{*}table"), None)
        if table is None or attribute(table, "style-name") in hidden:
            continue
        name = attribute(table, "name") or ""
        cells, comments = cells_of(element)
        repeated = number(element, "number-rows-repeated", 1) if cells else 1
        for _ in range(min(max(repeated, 1), MOST_SPANNED)):
            yield name, list(enumerate(cells))
        for comment in comments:
            yield name, comment


def _by_library(path: Path) -> Iterator[Piece]:
    """Read the binary formats: XLS and XLSB."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as error:
        raise Refused(Refusal.locked, str(error)) from error
    except python_calamine.CalamineError as error:
        raise Refused(Refusal.damaged, str(error)) from error
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    yield Expected(len(visible))
    yield from parts((name, _library_lines(workbook, name)) for name in visible)


def _library_lines(workbook: python_calamine.CalamineWorkbook, name: str) -> Iterator[Line]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except python_calamine.CalamineError as error:
        raise Refused(Refusal.damaged, str(error)) from error
    for values in sheet.iter_rows():
        yield [(column, _shown(value)) for column, value in enumerate(values) if value != ""]


def _shown(value: float | str | date | time | timedelta) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return general(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)
