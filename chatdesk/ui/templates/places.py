"""Marks the places to fill in the text of a template, by weight and a line below, not by colour alone."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from chatdesk.tasks.template_fill import placeholders
from chatdesk.ui.theme import Colours, follow

_PLACE = re.compile(r"\\?\{\{[^{}\n]{1,80}\}\}")


class PlaceMarks(QSyntaxHighlighter):
    """What only looks like a place, such as \\{{this}}, is left as it is."""

    def __init__(self, document: QTextDocument, owner: QWidget) -> None:
        super().__init__(document)
        self._format = QTextCharFormat()
        follow(owner, self._restyle)

    def highlightBlock(self, text: str) -> None:
        for place in _PLACE.finditer(text):
            if placeholders(place[0]):
                start = len(text[: place.start()].encode("utf-16-le")) // 2
                self.setFormat(start, len(place[0].encode("utf-16-le")) // 2, self._format)

    def _restyle(self, c: Colours) -> None:
        self._format.setForeground(QColor(c.link))
        self._format.setBackground(QColor(c.info_background))
        self._format.setFontWeight(QFont.Weight.DemiBold)
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self.rehighlight()
