"""A label of one line whose text is cut with an ellipsis where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.label import Label


class ElidedLabel(Label):
    """The whole text is the tooltip and what screen readers say. Set it by `tell`."""

    def __init__(
        self,
        points: float = 10,
        *,
        bold: bool = False,
        tone: str = "text",
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`middle`: the cut is in the middle, so that the end of a file name stays."""
        super().__init__("", points, bold=bold, tone=tone, parent=parent)
        self._whole = ""
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        follow(self, self._fit)

    @property
    def whole(self) -> str:
        return self._whole

    def tell(self, text: str) -> None:
        """Show `text`, its lines joined."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, _: Colours | None = None) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(40, self.width()))
        self.setText(shown)
        self.setToolTip("")
        if shown != self._whole:
            from html import escape

            # Qt would read a text with angle brackets as markup.
            self.setToolTip(f"<qt>{escape(self._whole)}</qt>")
