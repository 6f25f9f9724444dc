"""The terms of a glossary as a Qt table model that can be written into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from chatdesk.domain.glossaries import Term
from chatdesk.domain.words import tr

Index = QModelIndex | QPersistentModelIndex
_UNDO_STEPS = 100


class Column(IntEnum):
    source = 0
    target = 1
    note = 2


class TermsModel(QAbstractTableModel):
    """The last row is empty: what is written into it becomes a new term."""

    changed = Signal()  # by the user

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._terms: list[Term] = []
        self._before: list[tuple[Term, ...]] = []
        self._after: list[tuple[Term, ...]] = []
        self._titles = (tr("Word or phrase"), tr("Translation"))

    @property
    def terms(self) -> tuple[Term, ...]:
        """Those that are whole: a word without a translation is none yet."""
        return tuple(term for term in self._terms if term.source and term.target)

    def show_terms(self, terms: Sequence[Term], titles: tuple[str, str]) -> None:
        """Show other terms; `titles` stand above the first two columns."""
        self._titles = titles
        self._before.clear()
        self._after.clear()
        self._put(terms)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)

    def remove(self, rows: Sequence[int]) -> None:
        """Take terms out; `undo` brings them back."""
        gone = {row for row in rows if row < len(self._terms)}
        if gone:
            self._note()
            self._put([term for row, term in enumerate(self._terms) if row not in gone])
            self.changed.emit()

    def undo(self) -> None:
        """Take back the last change."""
        self._go(self._before, self._after)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._go(self._after, self._before)

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._terms) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (*self._titles, tr("Note"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._text(index)
        match role:
            case Qt.ItemDataRole.DisplayRole if index.row() == len(self._terms) and index.column() == 0:
                return tr("Add a term…")
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return text
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or text == self._text(index):
            return False
        self._note()
        row = index.row()
        if row == len(self._terms):
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._terms.append(Term("", ""))
            self.endInsertRows()
        name = Column(index.column()).name
        self._terms[row] = replace(self._terms[row], **{name: text})
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        self.changed.emit()
        return True

    def _text(self, index: Index) -> str:
        if index.row() >= len(self._terms):
            return ""
        term = self._terms[index.row()]
        return (term.source, term.target, term.note)[index.column()]

    def _note(self) -> None:
        self._after.clear()
        self._before = [*self._before[-_UNDO_STEPS:], tuple(self._terms)]

    def _put(self, terms: Sequence[Term]) -> None:
        self.beginResetModel()
        self._terms = list(terms)
        self.endResetModel()

    def _go(self, there: list[tuple[Term, ...]], back: list[tuple[Term, ...]]) -> None:
        if there:
            back.append(tuple(self._terms))
            self._put(there.pop())
            self.changed.emit()
