"""The spelling dictionaries of this computer, through Enchant; an extra, so that it may not be there."""

from __future__ import annotations

import locale
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

MOST = 6  # dictionaries that are asked for each word
_BEST = 6  # suggestions


class Dictionaries:
    """Knows a word when any of its dictionaries does, so that nobody has to name a language."""

    def __init__(self, dictionaries: Sequence[Any]) -> None:
        self._dictionaries = dictionaries
        self.knows = lru_cache(maxsize=50_000)(self._knows)

    def suggest(self, word: str) -> list[str]:
        """Return words that are like `word`, the best of each dictionary first."""
        lists = [each.suggest(word)[:_BEST] for each in self._dictionaries]
        turns = (words[place] for place in range(_BEST) for words in lists if place < len(words))
        return list(dict.fromkeys(turns))[:_BEST]

    def _knows(self, word: str) -> bool:
        return any(each.check(word) for each in self._dictionaries)


def installed() -> Dictionaries | None:
    """Return what there is to look words up in; None without the extra, Enchant, or a dictionary."""
    try:
        import enchant

        broker = enchant.Broker()
        names = _chosen(broker.list_languages(), locale.getlocale()[0] or "")
        dictionaries = [broker.request_dict(name) for name in names]
    except Exception:  # noqa: BLE001  whatever is amiss with a library of the system: writing works without it
        return None
    return Dictionaries(dictionaries) if dictionaries else None


def _chosen(names: Sequence[str], own: str) -> list[str]:
    """Return one dictionary a language, that of the system's country first; not those of one country each."""
    languages: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name != own, not _is_main(name), name)):
        languages.setdefault(name.split("_")[0], name)
    return list(languages.values())[:MOST]


def _is_main(name: str) -> bool:
    """Whether this is the dictionary of a language's largest country: "de_DE", or "en_US"."""
    return name == "en_US" or re.fullmatch(r"([a-z]+)(_\1)?", name.casefold()) is not None
