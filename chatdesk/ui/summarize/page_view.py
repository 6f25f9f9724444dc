"""Shows how a page of the document looks, beside or instead of its text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.documents import Mark, PageImage
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, colours, follow

_EDGE = 0.08  # of its height by which a mark is larger than its words


class PageView(QScrollArea):
    """As wide as there is room; the arrow keys scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source-page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._whole = QPixmap()
        self._number = 0
        self._marks: tuple[Mark, ...] = ()
        self._shown = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._go_to_mark())
        follow(self, self._restyle)

    @property
    def number(self) -> int:
        """Of the page that is shown, 0 for none."""
        return self._number if self.has_page else 0

    @property
    def has_page(self) -> bool:
        return not self._whole.isNull()

    def tell(self, sentence: str) -> None:
        """Say something in place of a page."""
        self._whole = QPixmap()
        self._shown.setWordWrap(True)
        self._shown.setText(sentence)
        self.setAccessibleName(sentence)

    def show_page(self, image: PageImage) -> None:
        """Show a page."""
        line = image.width * 4
        picture = QImage(image.pixels, image.width, image.height, line, QImage.Format.Format_RGB32)
        # Whatever the unused bytes hold, painting would take them for how opaque the page is.
        self._whole = QPixmap.fromImage(picture.convertToFormat(QImage.Format.Format_RGB888))
        self._number = image.number
        self._marks = image.marks
        words = tr("Page {number} as a picture")
        if image.marks:
            words = tr("Page {number} as a picture, with the passage marked")
        self.setAccessibleName(words.format(number=image.number))
        self._fit()
        self._go_to_mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = round(self.viewport().width() * ratio)
        fitted = self._whole.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
        self._paint_marks(fitted)
        fitted.setDevicePixelRatio(ratio)
        self._shown.setWordWrap(False)  # such a label would have no height for a picture
        self._shown.setPixmap(fitted)

    def _paint_marks(self, fitted: QPixmap) -> None:
        """Colour the words as a text marker does: what is black stays black."""
        scale = fitted.width() / self._whole.width()
        all_of_them = QPainterPath()  # painted at once: where two overlap it is not darker
        all_of_them.setFillRule(Qt.FillRule.WindingFill)
        for mark in self._marks:
            edge = mark.height * _EDGE
            place = QRectF(mark.x - edge, mark.y - edge, mark.width + 2 * edge, mark.height + 2 * edge)
            all_of_them.addRect(QRectF(place.topLeft() * scale, place.size() * scale))
        painter = QPainter(fitted)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillPath(all_of_them, QColor(colours().mark))
        painter.end()

    def _go_to_mark(self) -> None:
        """Bring the first mark into the upper half, or show the page from its top."""
        if not self.has_page:
            return
        scale = self._shown.pixmap().deviceIndependentSize().width() / self._whole.width()
        top = self._marks[0].y * scale if self._marks else 0
        self.verticalScrollBar().setValue(max(0, round(top - self.viewport().height() / 3)))

    def _restyle(self, c: Colours) -> None:
        self._fit()
        self.setStyleSheet(
            f"#source-page {{ background: {c.window}; border: 1px solid {c.outline}; border-radius: 8px; }}"
            f"#source-page:focus {{ border: 2px solid {c.accent}; }} QLabel {{ color: {c.muted}; }}"
        )
