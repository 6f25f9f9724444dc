"""Which language a file means, and whether it is the one that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from chatdesk.languages.table import languages, same_language

_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_SCRIPT, _REGION = 4, 2  # letters
_CHINESE = {"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans"}
_NEVER, _OTHER_VARIANT, _NO_VARIANT, _WITHIN, _SAME = range(5)


@lru_cache(1024)
def code_of(name: str) -> str:
    """Return the code of the table for a tag such as "DE_de" or a name; "" for what is no language.

    A tag whose variant the table does not have stands for its language; an unknown tag stays.
    """
    words = " ".join(name.split())
    if named := _names().get(words.casefold()):
        return named
    tag = _tidy(words.replace("_", "-"))
    if not _TAG.fullmatch(tag):
        return ""
    known = languages()
    while tag not in known and "-" in tag:
        tag = tag.rpartition("-")[0]
    return tag if tag in known else ""


@lru_cache(1024)
def tag_of(code: str) -> str:
    """Return what a file says for a code: itself, or a private tag for a name of the user's own."""
    if _TAG.fullmatch(code):
        return code
    letters = re.sub("[^a-z0-9]", "", code.casefold()) or "other"
    return "x-" + "-".join(letters[start : start + 8] for start in range(0, min(len(letters), 32), 8))


@lru_cache(4096)
def fit(asked: str, tag: str, *, of_source: bool = False) -> int:
    """Return how well the language of a text is the one that is asked for, 0 for not at all.

    "pt" is any Portuguese, best one without a variant; "pt-BR" is that one, or Portuguese of no said variant.
    Of a source the variant does not matter.
    """
    if tag_of(asked).casefold() == tag.casefold():
        return _SAME
    one, other = code_of(asked) or asked, code_of(tag) or tag
    if same_language(one, other):
        return _SAME
    base, other_base = one.partition("-")[0], other.partition("-")[0]
    if not same_language(base, other_base):
        return _NEVER
    if one == base:
        return _WITHIN
    if other == other_base:
        return _NO_VARIANT
    return _OTHER_VARIANT if of_source else _NEVER


def best(asked: str, tags: Sequence[str], *, of_source: bool = False) -> int | None:
    """Return the place of the tag that fits best, the first of those; None where none fits."""
    fits = [fit(asked, tag, of_source=of_source) for tag in tags]
    return fits.index(max(fits)) if any(fits) else None


def _tidy(tag: str) -> str:
    """Return a tag as the table writes it: zh-Hant, pt-BR; Chinese of a region by its script."""
    language, *rest = tag.split("-")
    parts = [language.lower()]
    for part in rest:
        if parts == ["zh"] and part.upper() in _CHINESE:
            parts.append(_CHINESE[part.upper()])
        elif len(part) == _SCRIPT:
            parts.append(part.title())
        else:
            parts.append(part.upper() if len(part) == _REGION else part.lower())
    return "-".join(parts)


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): each.code for each in languages().values() for name in (each.english, each.own)}
