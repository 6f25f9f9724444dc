"""Shows how a page of the document looks, beside or instead of its text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.documents import PageImage
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow


class PageView(QScrollArea):
    """As wide as there is room; the arrow keys scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source-page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._whole = QPixmap()
        self._shown = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addStretch(1)
        self.setWidget(inside)
        follow(self, self._restyle)

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
        self._whole = QPixmap.fromImage(picture)
        self.setAccessibleName(tr("Page {number} as a picture").format(number=image.number))
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = round(self.viewport().width() * ratio)
        fitted = self._whole.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        self._shown.setWordWrap(False)  # such a label would have no height for a picture
        self._shown.setPixmap(fitted)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"#source-page {{ background: {c.window}; border: 1px solid {c.outline}; border-radius: 8px; }}"
            f"#source-page:focus {{ border: 2px solid {c.accent}; }} QLabel {{ color: {c.muted}; }}"
        )
