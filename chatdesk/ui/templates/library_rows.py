"""Draws the rows of the library of templates, and lets folders be called otherwise."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.domain.templates import LibraryEntry
from chatdesk.domain.words import tr
from chatdesk.ui.templates.words import origin_words
from chatdesk.ui.theme import colours
from chatdesk.ui.widgets.history_sidebar import draw_chosen

ENTRY = Qt.ItemDataRole.UserRole
FOLDER = Qt.ItemDataRole.UserRole + 1
_SMALLER = 0.85  # of the size of the title
Index = QModelIndex | QPersistentModelIndex


class Rows(QStyledItemDelegate):
    """An entry has two lines, a folder one."""

    renamed = Signal(str, str)  # a folder, and its new name
    target: str | None = None  # the folder above which something is held

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setObjectName("folder-name")
        field.setAccessibleName(tr("Name of the folder"))
        field.setStyleSheet("padding: 1px 6px;")
        return field

    def setModelData(  # noqa: N802  Qt's name
        self, editor: QWidget, _model: QAbstractItemModel, index: Index
    ) -> None:
        assert isinstance(editor, QLineEdit)
        self.renamed.emit(index.data(FOLDER), editor.text())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(60, round(height * 1.9) + 14 if index.data(ENTRY) is not None else height + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, entry = colours(), index.data(ENTRY)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chosen(painter, option)
        if entry is None and index.data(FOLDER) == self.target:
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 7, 7)
        inside = area.adjusted(8, 5, -8, -5)
        font = QFont(option.font)
        if entry is None:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(c.text if entry is not None else c.muted))
        top = Qt.AlignmentFlag.AlignTop if entry is not None else Qt.AlignmentFlag.AlignVCenter
        words = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeading | top, words)
        if entry is not None:
            font.setPointSizeF(font.pointSizeF() * _SMALLER)
            painter.setFont(font)
            painter.setPen(QColor(c.danger if entry.problem else c.muted))
            words = painter.fontMetrics().elidedText(
                second_line(entry), Qt.TextElideMode.ElideRight, inside.width()
            )
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()


def second_line(entry: LibraryEntry) -> str:
    """Return what stands below the title of an entry."""
    kind = tr("persona") if entry.is_persona else f"/{entry.command}" if entry.command else tr("template")
    parts = (tr("cannot be used") if entry.problem else "", kind, origin_words(entry))
    return " · ".join(part for part in parts if part)
