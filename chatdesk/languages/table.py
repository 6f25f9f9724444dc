"""The one table of languages, as `assets/languages.toml` has it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chatdesk import paths
from chatdesk.domain.languages import Language

_KINDS: Mapping[str, type] = {"english": str, "own": str, "rtl": bool}
# Codes that mean the same where languages are compared.
_SAME = {"no": "nb", "tl": "fil"}


@cache
def languages() -> Mapping[str, Language]:
    """Return all languages by their codes."""
    return read_languages(paths.assets() / "languages.toml")


def read_languages(path: Path) -> Mapping[str, Language]:
    """Return the languages of a file by their codes, in its order.

    Raises ValueError, which says what is wrong and where, also for any other key, and OSError.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    return {code: _language(code, entry, f"{path.name}, {code}") for code, entry in table.items()}


def english_name(language: str) -> str:
    """Return the English name of a code; what is no known code is taken for a name, made into one line."""
    name = " ".join(language.split())
    known = languages().get(name)
    return known.english if known else name


def same_language(one: str, other: str) -> bool:
    """Whether two codes or English names mean the same; a variant such as "pt-BR" is not its language."""
    return bool(one) and _compared(one) == _compared(other)


def is_translation(wished: str, language: str) -> bool:
    """Whether a text in the wished language, made of one in `language`, is a translation; a variant is none.

    Both are codes or English names; it is False where one of them is "" or no known language.
    """
    one, other = (_compared(each).partition("-")[0] for each in (wished, language))
    return one != other and {one, other} <= languages().keys()


def _compared(language: str) -> str:
    name = " ".join(language.split()).casefold()
    code = next((each.code for each in languages().values() if each.english.casefold() == name), name)
    return _SAME.get(code.casefold(), code.casefold())


def _language(code: str, entry: object, where: str) -> Language:
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: has to be a table")
    for key, value in entry.items():
        if key not in _KINDS:
            raise ValueError(f"{where}: unknown key {key} (known: {', '.join(_KINDS)})")
        if type(value) is not _KINDS[key] or value == "":
            raise ValueError(f"{where}: {key} is not a {_KINDS[key].__name__} or empty")
    if not {"english", "own"} <= set(entry):
        raise ValueError(f"{where}: english and own have to be there")
    return Language(code, **entry)
