"""The sheet with the names of a text: how each is written in the translation, which can be corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from chatdesk.domain.glossaries import Term
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, scaled
from chatdesk.ui.translate.sheet import Sheet
from chatdesk.ui.translate.tables import Table

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    source = 0
    target = 1
    paragraphs = 2


class NamesModel(QAbstractTableModel):
    """Names in the order of the text; how they are written can be changed."""

    corrected = Signal(object)  # Term, as the user wants it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: Sequence[Term] = ()
        self._counts: Mapping[str, int] = {}

    def show_names(self, names: Sequence[Term], counts: Mapping[str, int]) -> None:
        """Show names, and in how many paragraphs each stands where that is known."""
        if [each.source for each in names] == [each.source for each in self._names]:
            # A cell that is told to be new loses what the user is writing into it.
            first = Column.paragraphs if tuple(names) == tuple(self._names) else Column.source
            self._names, self._counts = names, counts
            if names:
                self.dataChanged.emit(self.index(0, first), self.index(len(names) - 1, Column.paragraphs))
            return
        self.beginResetModel()
        self._names, self._counts = names, counts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("In the text"), tr("In the translation"), tr("Paragraphs"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.target else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
        if not index.isValid() or role not in roles:
            return None
        name = self._names[index.row()]
        count = self._counts.get(name.source, 0)
        return (name.source, name.target, str(count) if count else "")[index.column()]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != Column.target:
            return False
        name = self._names[index.row()]
        if not text or text == name.target:
            return False
        self.corrected.emit(Term(name.source, text))
        return True


class NamesTable(Table):
    """Enter, a letter or a double click writes into the translation of a name."""

    def __init__(self, model: NamesModel, parent: QWidget | None = None) -> None:
        super().__init__("names", tr("Names in this text"), model, parent)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        header = self.horizontalHeader()
        for column in (Column.source, Column.target):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter of the editor, which ends by it
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index.siblingAtColumn(Column.target))
        else:
            super().keyPressEvent(event)

    def restyle(self, c: Colours) -> None:
        super().restyle(c)
        self.setColumnWidth(Column.paragraphs, round(scaled(110)))


class NamesSheet(Sheet):
    """`model.corrected` tells what the user wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = tr(
            "Names that stand in two paragraphs or more are written in one way throughout. Correct one, and "
            "the paragraphs that have it are marked to be translated again. What a glossary says of a name "
            "counts more than this list."
        )
        super().__init__("names-sheet", tr("Names in this text"), words, parent)
        self.setAcceptDrops(False)
        self.model = NamesModel(self)
        self.table = NamesTable(self.model)
        self.body.addWidget(self.table, 1)
        self.resize(640, 460)
