"""The files of the list as a Qt table model."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.domain.summaries import SummaryState
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.summarize.words import state_title

Index = QModelIndex | QPersistentModelIndex

LONGEST_LINE = 300  # characters of a cell
SORTS = Qt.ItemDataRole.UserRole + 1  # what a column is sorted by


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One file of the list."""

    id: str
    name: str
    state: SummaryState
    line: str  # the summary's first words, or why there is none
    points: int
    language: str  # of the document, in words; "" before it was read, and where it is not known
    pages: int  # 0: it has none, or was not read yet
    created: datetime
    path: str
    languages: str = ""  # of document and summary, in a sentence


class Column(IntEnum):
    file = 0
    state = 1
    line = 2
    points = 3
    language = 4
    pages = 5
    date = 6


def column_title(column: Column) -> str:
    return {
        Column.file: tr("File"),
        Column.state: tr("State"),
        Column.line: tr("In one line"),
        Column.points: tr("Key points"),
        Column.language: tr("Language"),
        Column.pages: tr("Pages"),
        Column.date: tr("Date"),
    }[column]


class QueueModel(QAbstractTableModel):
    """Rows in the order in which they were added; a sorting model stands above it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueRow] = []

    @property
    def rows(self) -> Sequence[QueueRow]:
        return self._rows

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show `rows`; where they are the same files, only what is new in them is drawn again."""
        if [row.id for row in rows] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self._rows[number]:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(row, column)
            case Qt.ItemDataRole.ToolTipRole if column in (Column.file, Column.line):
                return (row.path or row.name) if column is Column.file else row.line
            case Qt.ItemDataRole.ToolTipRole if column is Column.language:
                return row.languages
            case _ if role == SORTS:
                return _key(row, column)
        return None


def table_text(rows: Sequence[QueueRow]) -> str:
    """Return the rows as CSV, with a head; spreadsheets take no cell for a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([column_title(column) for column in Column] + [tr("Path")])
    for row in rows:
        writer.writerow([_harmless(cell) for cell in (*(_words(row, column) for column in Column), row.path)])
    return target.getvalue()


def _words(row: QueueRow, column: Column) -> str:
    match column:
        case Column.file:
            return row.name
        case Column.state:
            return state_title(row.state)
        case Column.line:
            return row.line[:LONGEST_LINE]
        case Column.points:
            return str(row.points) if row.points else ""
        case Column.language:
            return row.language
        case Column.pages:
            return str(row.pages) if row.pages else ""
        case Column.date:
            return date_words(row.created)


def _key(row: QueueRow, column: Column) -> object:
    match column:
        case Column.points:
            return row.points
        case Column.pages:
            return row.pages
        case Column.date:
            return row.created.timestamp()
    return _words(row, column).casefold()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
