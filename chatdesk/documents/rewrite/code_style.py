"""Tells by the names of styles and fonts which text is program code, which is never translated."""

from __future__ import annotations

import re

_STYLE = re.compile(
    r"code|source ?text|verbatim|preformatted|teletype|listing|keyboard|html (?:sample|typewriter)", re.I
)
_NO_STYLE = re.compile(r"(?:bar|zip|post|q[rd]|dress) ?code|codec|decode|encode", re.I)
_FONT = re.compile(
    r"\bmono(?:space)?\b|courier|consolas|menlo|monaco|lucida (?:console|sans typewriter)|cascadia|fira code|"
    r"source code|andale|inconsolata|fixedsys|terminal",
    re.I,
)


def is_code_style(name: str) -> bool:
    return _STYLE.search(name) is not None and _NO_STYLE.search(name) is None


def is_code_font(name: str) -> bool:
    return _FONT.search(name) is not None
