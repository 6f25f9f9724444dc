"""Remembered pairs as a Qt table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.domain.glossaries import Pair
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.translate.language_pair import pair_words

Index = QModelIndex | QPersistentModelIndex
_LONGEST_CELL = 300  # characters
_LONGEST_TIP = 2_000


class Column(IntEnum):
    source = 0
    target = 1
    languages = 2
    when = 3


class MemoryModel(QAbstractTableModel):
    """The newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[Pair] = []

    @property
    def pairs(self) -> Sequence[Pair]:
        return self._pairs

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other pairs."""
        self.beginResetModel()
        self._pairs = list(pairs)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Source"), tr("Translation"), tr("Languages"), tr("Confirmed"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        pair, column = self._pairs[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.source: _line(pair.source),
                Column.target: _line(pair.target),
                Column.languages: pair_words(pair.source_language, pair.target_language),
                Column.when: date_words(pair.when),
            }[column]
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.source, Column.target):
            return (pair.source if column is Column.source else pair.target)[:_LONGEST_TIP]
        return None


def _line(text: str) -> str:
    return " ".join(text[: 2 * _LONGEST_CELL].split())[:_LONGEST_CELL]
