"""Translate the sentences that a user sees; every room asks here, so that no room needs Qt for it."""

from __future__ import annotations

import gettext

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def install(catalogue: gettext.NullTranslations) -> None:
    """Use `catalogue` for every sentence from now on; called once at start, before any window exists."""
    global _catalogue  # noqa: PLW0603  one process speaks one language
    _catalogue = catalogue


def tr(text: str) -> str:
    """Return `text` in the user's language; put values in afterwards with str.format."""
    return _catalogue.gettext(text)


def trn(singular: str, plural: str, count: int) -> str:
    """Return the form that fits `count`, with `{count}` filled in."""
    return _catalogue.ngettext(singular, plural, count).format(count=count)
