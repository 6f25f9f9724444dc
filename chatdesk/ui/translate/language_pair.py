"""Says a pair of languages in words."""

from __future__ import annotations

from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name, same_language


def pair_words(source: str, target: str) -> str:
    """Return "German → English"; what is not known is "any language"."""
    names = (english_name(each) or tr("any language") for each in (source, target))
    return " → ".join(names)


def fits(source: str, target: str, pair: tuple[str, str]) -> bool:
    """Whether something for `source` and `target` is of use for a pair; "" is any, variants count as one."""
    return all(
        not one or not other or _base(one) == _base(other)
        for one, other in zip((source, target), pair, strict=True)
    )


def _base(code: str) -> str:
    base = code.partition("-")[0]
    return "nb" if same_language(base, "nb") else base
