"""Turn the transcript's colours and text size into prepared text formats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from chatdesk.domain.settings import Reading
from chatdesk.ui.theme import TIGHT, Colours

MONOSPACE = ["JetBrains Mono", "Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "monospace"]

_POINTS = 10.5
_HEADINGS = (1.5, 1.3, 1.15, 1.05, 1.0, 1.0)
_LINE_PERCENT = 132.0
_TIGHT_LINE_PERCENT = 116.0


@dataclass(frozen=True, slots=True)
class TranscriptColours:
    """The colours of a conversation, each "#rrggbb"; `dark` says which set of code colours fits them."""

    text: str
    muted: str
    link: str
    code_background: str
    border: str
    bubble: str
    accent: str
    mark: str
    selection: str
    dark: bool


LIGHT = TranscriptColours(
    text="#1f2328",
    muted="#59636e",
    link="#0a5fcc",
    code_background="#f5f6f8",
    border="#dde1e6",
    bubble="#e9eef8",
    accent="#2563eb",
    mark="#ffe999",
    selection="#bcd6ff",
    dark=False,
)
DARK = TranscriptColours(
    text="#e8eaed",
    muted="#9aa3ad",
    link="#6cb0ff",
    code_background="#191c20",
    border="#383d44",
    bubble="#2d3440",
    accent="#5b9cff",
    mark="#6a5510",
    selection="#2c5290",
    dark=True,
)


def fitting(c: Colours) -> TranscriptColours:
    """Return the transcript's colours in a window of colours `c`."""
    return replace(
        DARK if c.dark else LIGHT,
        text=c.text,
        muted=c.muted,
        link=c.link,
        code_background=c.code_background,
        border=c.border,
        bubble=c.bubble,
        accent=c.accent,
    )


_CODE_LIGHT = {
    "keyword": "#b4232f",
    "string": "#0a3069",
    "comment": "#5f6873",
    "function": "#7a3fcf",
    "number": "#0550ae",
    "class": "#8a3800",
}
_CODE_DARK = {
    "keyword": "#ff8178",
    "string": "#a5d6ff",
    "comment": "#8f98a3",
    "function": "#d2a8ff",
    "number": "#79c0ff",
    "class": "#ffa657",
}


class BlockProperty:
    """What a text block carries beyond Qt's own properties, for `decorations.py` to paint."""

    quotes = int(QTextFormat.Property.UserProperty) + 1  # int, bit n set: a bar stands at indent n
    bullet = int(QTextFormat.Property.UserProperty) + 2  # int, depth of the bullet from 1
    task = int(QTextFormat.Property.UserProperty) + 3  # int, 1 open, 2 done
    rule = int(QTextFormat.Property.UserProperty) + 4  # bool, a thematic break


class Formats:
    """Character and block formats for one set of colours, one text size and one way of reading.

    `percent` is the text size, 100 for the normal one.
    """

    def __init__(
        self, colours: TranscriptColours = LIGHT, percent: int = 100, reading: Reading | None = None
    ) -> None:
        self.colours = colours
        self.percent = percent
        self.reading = reading or Reading()
        self.code_families = [self.reading.code_font] * bool(self.reading.code_font) + MONOSPACE
        self.points = _POINTS * percent / 100
        self.current_mark = "#a8620a" if colours.dark else "#ffb454"
        self.on_mark = "#1f2328" if not colours.dark else colours.text
        self.indent = self.scaled(27)  # pixels a list or quote stands in from the text around it
        self.danger = "#ff9a91" if colours.dark else "#b42318"
        self.small_points = self.points * 0.86
        self.base = QTextCharFormat()
        self.base.setForeground(QColor(colours.text))
        self.base.setFontPointSize(self.points)
        self.muted = QTextCharFormat(self.base)
        self.muted.setForeground(QColor(colours.muted))
        self.code = QTextCharFormat(self.base)
        self.code.setFontFamilies(self.code_families)
        self.code.setFontFixedPitch(True)
        self.code.setFontPointSize(self.points * 0.94)
        self.inline_code = QTextCharFormat(self.code)
        self.inline_code.setBackground(QColor(colours.code_background if colours.dark else "#eceef1"))
        self.headings = [self._heading(factor) for factor in _HEADINGS]
        self.paragraph = self._paragraph(9)
        self.tight = self._paragraph(3)
        self.code_block = self._code_block()
        self.code_tokens = {
            name: self._token(name, colour)
            for name, colour in (_CODE_DARK if colours.dark else _CODE_LIGHT).items()
        }

    def scaled(self, pixels: float) -> int:
        """Return a length of the normal text size at this one, in pixels."""
        return round(pixels * self.percent / 100)

    def gap(self, pixels: float) -> int:
        """Return an empty space between lines, rows or messages, in pixels."""
        return round(pixels * (TIGHT if self.reading.compact else 1))

    def font(self, points: float, base: QFont) -> QFont:
        """Return `base` at another size."""
        font = QFont(base)
        font.setPointSizeF(points)
        return font

    def code_font(self) -> QFont:
        font = QFont()
        font.setFamilies(self.code_families)
        font.setFixedPitch(True)
        font.setPointSizeF(self.points * 0.94)
        return font

    def _heading(self, factor: float) -> QTextCharFormat:
        heading = QTextCharFormat(self.base)
        heading.setFontPointSize(self.points * factor)
        heading.setFontWeight(QFont.Weight.DemiBold)
        return heading

    def _paragraph(self, bottom: float) -> QTextBlockFormat:
        paragraph = QTextBlockFormat()
        paragraph.setBottomMargin(self.scaled(self.gap(bottom)))
        percent = _TIGHT_LINE_PERCENT if self.reading.compact else _LINE_PERCENT
        paragraph.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return paragraph

    def _code_block(self) -> QTextBlockFormat:
        block = QTextBlockFormat()
        block.setBackground(QColor(self.colours.code_background))
        block.setBottomMargin(self.scaled(9))
        block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return block

    def _token(self, name: str, colour: str) -> QTextCharFormat:
        token = QTextCharFormat()
        token.setForeground(QColor(colour))
        token.setFontItalic(name == "comment")
        return token
