"""Shows a model card; nothing in it is loaded or run, and links are asked about first."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.transcript.formats import Formats, fitting
from chatdesk.ui.transcript.markdown import clean, definitions, parse
from chatdesk.ui.transcript.render import BlockWriter
from chatdesk.ui.transcript.row_widget import RowText

BORDER = 2  # pixels around the text, for the ring that shows the keyboard
LONGEST = 60_000  # characters; what is longer is read on the website


class ModelCardText(QWidget):
    """As high as its text; the page around it scrolls."""

    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self._text: RowText | None = None
        follow(self, self._restyle)

    def show_card(self, markdown: str) -> None:
        """Show a card, or nothing for ""."""
        self._markdown = clean(markdown[:LONGEST])
        self._restyle(colours())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _restyle(self, c: Colours) -> None:
        # The formats of a text are written into it, so another theme needs another text.
        if self._text is not None:
            self._text.hide()
            self._text.deleteLater()
            self._text = None
        self.setStyleSheet(
            "#model-card { background: transparent; border: 2px solid transparent;"
            " border-radius: 8px; padding: 0; }"
            f"#model-card:focus {{ border-color: {c.accent}; }}"
        )
        if self._markdown:
            self._text = self._written(Formats(fitting(c), round(scaled(100))))
            self._text.show()
        self._fit()

    def _written(self, formats: Formats) -> RowText:
        text = RowText(formats, self)
        text.setObjectName("model-card")
        text.setAccessibleName(tr("Model card"))
        text.decorated = True
        text.anchorClicked.connect(self._follow)
        cursor = QTextCursor(text.document())
        cursor.beginEditBlock()
        writer = BlockWriter(formats, cursor, empty=True)
        for block in parse(self._markdown, definitions(self._markdown)):
            writer.write(block)
        cursor.endEditBlock()
        text.show_beginning()
        return text

    def _follow(self, url: QUrl) -> None:
        self.link_activated.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _fit(self) -> None:
        height = 0
        if self._text is not None:
            height = self._text.height_at(self.width() - 2 * BORDER) + 2 * BORDER
            self._text.setGeometry(0, 0, self.width(), height)
        if height != self.height():
            self.setFixedHeight(height)
