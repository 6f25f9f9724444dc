"""Tells what a file may say about its language: the code, and whether it is written from right to left."""

from __future__ import annotations

import re

from chatdesk.languages.table import languages

_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.I)


def language_code(language: str) -> str:
    """Return the code of a language, "" for one that the user has only named."""
    return language if _CODE.fullmatch(language) else ""


def is_right_to_left(language: str) -> bool:
    known = languages().get(language) or languages().get(language.partition("-")[0])
    return known is not None and known.rtl
