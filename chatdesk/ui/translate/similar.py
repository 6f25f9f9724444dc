"""What was confirmed for texts like a paragraph: how alike they are, and which words differ."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.glossaries import Match
from chatdesk.domain.words import tr
from chatdesk.tasks.likeness import changed_words
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

WIDTH = 440  # pixels at normal text size


class SimilarPopup(QFrame):
    """`picked` gives the translation that is to be used; Esc closes it."""

    picked = Signal(str)

    def __init__(self, source: str, matches: Sequence[Match], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("similar-translations")
        self.setAccessibleName(tr("Similar translations"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        self._sources: list[tuple[QLabel, str, str]] = []
        for number, match in enumerate(matches):
            self._add(column, number, source, match)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)
        follow(self, self._restyle)

    def open_at(self, place: QPoint) -> None:
        """Open above a place on the screen."""
        width = round(scaled(WIDTH))
        height = min(round(scaled(120)) * len(self._sources) + 30, round(scaled(380)))
        self.setGeometry(place.x(), place.y() - height, width, height)
        self.show()
        self.setFocus()
        self.focusNextChild()

    def _add(self, column: QVBoxLayout, number: int, source: str, match: Match) -> None:
        share = tr("{percent} % alike").format(percent=int(match.likeness * 100))
        column.addWidget(Label(share, 9, bold=True, tone="muted"))
        shown = QLabel()
        shown.setWordWrap(True)
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setAccessibleName(match.pair.source)
        self._sources.append((shown, source, match.pair.source))
        column.addWidget(shown)
        column.addWidget(Label(match.pair.target).wrap())
        use = push_button(f"use-similar-{number}", tr("Use this"))
        use.setAccessibleName(tr("Use this: {text}").format(text=match.pair.target))
        use.clicked.connect(lambda: self._pick(match.pair.target))
        column.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)

    def _pick(self, text: str) -> None:
        self.picked.emit(text)
        self.close()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.page(c)
            + f"#similar-translations {{ background: {c.raised}; border: 1px solid {c.border}; }}"
            + f"QScrollArea > QWidget > QWidget {{ background: {c.raised}; }}"
        )
        for label, source, text in self._sources:
            label.setText(_marked(source, text, c))


def _marked(source: str, text: str, c: Colours) -> str:
    """Return a text as HTML in which the words that differ from the source are marked."""
    parts: list[str] = []
    place = 0
    for start, end in changed_words(source, text)[1]:
        parts += (escape(text[place:start]), f'<span style="background: {c.mark}; color: {c.text_on_mark}">')
        parts += (escape(text[start:end]), "</span>")
        place = end
    return "".join((*parts, escape(text[place:]))).replace("\n", "<br>")
