"""The documents to translate as a Qt table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.translations import TranslationState
from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name
from chatdesk.ui.theme import colours

Index = QModelIndex | QPersistentModelIndex

SHARE = Qt.ItemDataRole.UserRole + 1  # how much of a document is translated, from 0 to 1


class Column(IntEnum):
    file = 0
    state = 1
    language = 2
    progress = 3
    saved = 4


def column_title(column: Column) -> str:
    return {
        Column.file: tr("Document"),
        Column.state: tr("State"),
        Column.language: tr("Into"),
        Column.progress: tr("Paragraphs"),
        Column.saved: tr("Saved as"),
    }[column]


def state_words(file: QueuedTranslation) -> str:
    """Return how far a document is, in a word or two."""
    return {
        TranslationState.waiting: tr("Begun, waits") if file.done else tr("Waits"),
        TranslationState.running: tr("Being translated"),
        TranslationState.paused: tr("Paused"),
        TranslationState.stopped: tr("Stopped"),
        TranslationState.done: tr("Done"),
        TranslationState.failed: tr("Failed"),
    }[file.state]


class DocumentsModel(QAbstractTableModel):
    """Documents in the order in which they were added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[QueuedTranslation] = []

    @property
    def files(self) -> Sequence[QueuedTranslation]:
        return self._files

    def show_files(self, files: Sequence[QueuedTranslation]) -> None:
        """Show documents; where they are the same, only what is new in them is drawn again."""
        if [file.id for file in files] != [file.id for file in self._files]:
            self.beginResetModel()
            self._files = list(files)
            self.endResetModel()
            return
        for file in files:
            self.show_file(file)

    def show_file(self, file: QueuedTranslation) -> None:
        """Show what has become of one document; nothing happens when it is not in the list."""
        for number, each in enumerate(self._files):
            if each.id == file.id and each != file:
                self._files[number] = file
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._files)

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
        file, column = self._files[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(file, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(file, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column_title(column)}: {_words(file, column)}"
            case Qt.ItemDataRole.ForegroundRole if (
                column is Column.state and file.state is TranslationState.failed
            ):
                return QColor(colours().danger)
            case _ if role == SHARE and column is Column.progress and file.total:
                return file.done / file.total
        return None


def _words(file: QueuedTranslation, column: Column) -> str:
    match column:
        case Column.file:
            return file.name
        case Column.state:
            return state_words(file)
        case Column.language:
            return english_name(file.wishes.target)
        case Column.progress:
            return tr("{done} of {total}").format(done=file.done, total=file.total) if file.total else ""
    return Path(file.target).name if file.target else ""


def _tooltip(file: QueuedTranslation, column: Column) -> str:
    match column:
        case Column.file:
            return file.path
        case Column.state:
            return file.error
        case Column.saved:
            return file.target
    return ""
