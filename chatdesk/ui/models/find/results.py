"""The repositories that a search found, as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.domain.hub import RemoteModel
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import count_words, likes_words

Index = QModelIndex | QPersistentModelIndex
MODEL = Qt.ItemDataRole.UserRole + 1  # the RemoteModel of a row


class ResultsModel(QAbstractListModel):
    """One row for each repository, in the order of the Hub."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[RemoteModel, ...] = ()

    def show(self, models: Sequence[RemoteModel]) -> None:
        """Replace all rows; when there are only more of them, those that stand stay untouched."""
        new, old = tuple(models), self._models
        if old and new[: len(old)] == old:
            if len(new) > len(old):
                self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
                self._models = new
                self.endInsertRows()
            return
        self.beginResetModel()
        self._models = new
        self.endResetModel()

    def model_at(self, index: Index) -> RemoteModel | None:
        return self._models[index.row()] if index.isValid() else None

    def index_of(self, repository: str) -> QModelIndex:
        """Return where a repository stands; an invalid index when it is not in the list."""
        for row, model in enumerate(self._models):
            if model.id.casefold() == repository.casefold():
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._models)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        model = self.model_at(index)
        if model is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return model.name
            case Qt.ItemDataRole.ToolTipRole:
                return model.id
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("{name} by {owner}, {facts}").format(
                    name=model.name, owner=model.owner, facts=", ".join(facts(model))
                )
            case _ if role == MODEL:
                return model
        return None


def facts(model: RemoteModel) -> list[str]:
    """Return what a row says below the name, what counts most first, without what the Hub does not say."""
    parts = []
    if model.parameters:
        parts.append(tr("{count} parameters").format(count=count_words(model.parameters)))
    if model.gated:
        parts.append(tr("terms to accept"))
    parts.append(tr("{count} downloads").format(count=count_words(model.downloads)))
    if model.likes:
        parts.append(likes_words(model.likes))
    return [*parts, *(each for each in (model.licence, model.architecture) if each)]
