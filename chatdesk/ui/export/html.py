"""Markdown as HTML that loads nothing and runs nothing."""

from __future__ import annotations

import unicodedata
from html import escape

from chatdesk.ui.transcript.markdown import clean, parser

STYLE = (
    "body { font-family: sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.5; }"
    " table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: 4px 8px; }"
)


def page(title: str, body: str, style: str) -> str:
    """Return a whole page."""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head>\n"
        f"<body>{body}</body></html>\n"
    )


def html_of(text: str) -> str:
    """Return Markdown as HTML; a picture would be loaded from the network, so its words stand there."""
    markdown = parser()
    tokens = markdown.parse(clean(text))
    around = tokens[0] if tokens else None
    for token in tokens:
        if token.type != "inline":
            around = around if token.hidden else token
        elif around is not None and is_right_to_left(token.content):
            around.attrSet("dir", "rtl")
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag, child.children = "text", "", None
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of a text is one that is written so."""
    sides = (unicodedata.bidirectional(sign) for sign in text)
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"
