"""The list of what a search found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.domain.hub import RemoteModel
from chatdesk.domain.words import tr
from chatdesk.ui.models.find.results import MODEL, ResultsModel, facts
from chatdesk.ui.theme import LIGHT, Colours, follow

Index = QModelIndex | QPersistentModelIndex
PADDING = 9  # above and below the words of a row, pixels
_SMALL = 0.88  # of the font, for the second line


class ResultDelegate(QStyledItemDelegate):
    """Draws a repository in two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        small = QFontMetrics(_small(option.font))
        return QSize(60, option.fontMetrics.height() + small.height() + 2 * PADDING + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.data(MODEL)
        if not isinstance(model, RemoteModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        self._paint_ground(painter, area, option.state)
        words = area.adjusted(12, PADDING + 1, -12, -PADDING - 1)
        name = QFont(option.font)
        name.setWeight(QFont.Weight.DemiBold)
        self._write(painter, name, self.colours.text, words, model.name)
        small = _small(option.font)
        words.setTop(words.bottom() - QFontMetrics(small).height())
        second = fitting((model.owner, *facts(model)), QFontMetrics(small), words.width())
        self._write(painter, small, self.colours.muted, words, second)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(QColor(self.colours.bubble if selected else self.colours.hover))
            painter.setPen(QColor(self.colours.accent) if focused and selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 8, 8)

    def _write(self, painter: QPainter, font: QFont, colour: str, area: QRect, text: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading, shown)


class ResultList(QListView):
    """Moving through it chooses; `chosen` comes for each repository that is gone to."""

    chosen = Signal(str)  # "owner/name"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = ResultsModel(self)
        self.setModel(self.results)
        self._delegate = ResultDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("hub-results")
        self.setAccessibleName(tr("Models found"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        # Without this Qt would ask for the height of each of 500 rows.
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._choose)
        follow(self, self._restyle)

    def show_results(self, models: Sequence[RemoteModel], chosen: str = "") -> None:
        """List `models` with `chosen`, if it is one of them, selected; no signal comes."""
        known = self.selectionModel().blockSignals(True)
        self.results.show(models)
        self.setCurrentIndex(self.results.index_of(chosen))
        self.selectionModel().blockSignals(known)
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        if (model := self.results.model_at(index)) is not None:
            self.chosen.emit(model.id)

    def _restyle(self, c: Colours) -> None:
        self._delegate.colours = c
        self.scheduleDelayedItemsLayout()


def fitting(facts: Sequence[str], font: QFontMetrics, width: int) -> str:
    """Return as many of `facts`, from the first on, as stand whole in `width` pixels, at least one."""
    kept = list(facts)
    while len(kept) > 1 and font.horizontalAdvance(" · ".join(kept)) > width:
        kept.pop()
    return " · ".join(kept)


def _small(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _SMALL)
    return smaller
