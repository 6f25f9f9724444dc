"""Write the words of a paragraph with their styles; links and pictures are words too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.formats import Formats

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE = "\u2028"  # a line break that does not end the text block


def write_inline(
    children: Sequence[Token], cursor: QTextCursor, base: QTextCharFormat, formats: Formats
) -> None:
    """Write the tokens of one paragraph, heading or cell."""
    outer = [base]
    now = base
    for token in children:
        kind = token.type
        if kind.endswith("_open"):
            outer.append(now)
            now = _styled(now, token, formats)
        elif kind.endswith("_close"):
            now = outer.pop()
        elif kind == "softbreak":
            cursor.insertText(" ", now)
        elif kind == "hardbreak":
            cursor.insertText(LINE, now)
        elif kind == "code_inline":
            code = QTextCharFormat(now)
            code.merge(formats.inline_code)
            cursor.insertText(token.content, code)
        elif kind == "image":
            cursor.insertText(picture_words(token), formats.muted)
        elif token.content:
            cursor.insertText(token.content.replace("\n", " "), now)


def _styled(base: QTextCharFormat, token: Token, formats: Formats) -> QTextCharFormat:
    style = QTextCharFormat(base)
    match token.type:
        case "strong_open":
            style.setFontWeight(QFont.Weight.Bold)
        case "em_open":
            style.setFontItalic(True)
        case "s_open":
            style.setFontStrikeOut(True)
        case "link_open":
            address = str(token.attrGet("href") or "")
            style.setAnchor(True)
            style.setAnchorHref(address)
            style.setToolTip(address)
            style.setForeground(QColor(formats.colours.link))
            style.setFontUnderline(True)
    return style


def picture_words(token: Token) -> str:
    """Return words for a picture: it is never fetched."""
    address = str(token.attrGet("src") or "")
    return tr("[Picture not loaded: {name}]").format(name=" ".join(filter(None, (token.content, address))))
