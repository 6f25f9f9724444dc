"""The writings that texts are in: which a language has, and how much a sign of each says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from enum import Enum

from chatdesk.tasks.inflection import base_language


class Script(Enum):
    """What languages are written with; the values are the signs, as a regular expression has them."""

    latin = r"A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ"
    greek = r"\u0370-\u03ff\u1f00-\u1fff"
    cyrillic = r"\u0400-\u052f"
    hebrew = r"\u0590-\u05ff"
    arabic = r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
    devanagari = r"\u0900-\u097f"
    thai = r"\u0e00-\u0e7f"
    kana = r"\u3040-\u30ff\uff66-\uff9f"
    hangul = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
    han = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


_RUNS: Mapping[Script, re.Pattern[str]] = {script: re.compile(f"[{script.value}]+") for script in Script}
# How many Latin letters a sign stands for, so that lengths can be compared.
_WEIGHTS: Mapping[Script, float] = {Script.han: 2.8, Script.kana: 1.7, Script.hangul: 2.0}

_LANGUAGES: Mapping[Script, str] = {
    Script.latin: "en de fr es it pt nl af fy lb sv da nb is fo fi et lv lt pl cs sk sl hr bs ro hu tr ca"
    " eu ga cy"
    " gd br sq mt id ms fil vi sw so zu xh yo ig eo la co sc oc ast gl",
    Script.greek: "el",
    Script.cyrillic: "ru uk be bg mk ky tg ba tt cv",
    Script.hebrew: "he yi",
    Script.arabic: "ar arz ary fa ur ps ckb ug sd",
    Script.devanagari: "hi mr ne mai bho sa",
    Script.thai: "th",
    Script.hangul: "ko",
    Script.han: "zh yue wuu",
}


def scripts_of(language: str) -> frozenset[Script]:
    """Return the writings of a language (code); none where they are not known, or where it has several."""
    base = base_language(language)
    if base == "ja":
        return frozenset((Script.kana, Script.han))
    if base == "ko":
        return frozenset((Script.hangul, Script.han))
    return frozenset(script for script, codes in _LANGUAGES.items() if base in codes.split())


def letters_by_script(text: str) -> Counter[Script]:
    """Return how many letters of a text belong to each of the writings that are known here."""
    found = {script: sum(map(len, runs.findall(text))) for script, runs in _RUNS.items()}
    return Counter({script: count for script, count in found.items() if count})


def share_of(text: str, scripts: Set[Script]) -> float:
    """Return the share, 0 to 1, of a text's letters that belong to some writings; 0 without letters."""
    letters = letters_by_script(text)
    total = letters.total()
    return sum(letters[script] for script in scripts) / total if total else 0.0


def weighted_length(text: str) -> float:
    """Return how many letters and digits a text has, each sign of Chinese and the like counted as several."""
    signs = sum(map(str.isalnum, text))
    return signs + sum(
        (weight - 1) * sum(map(len, _RUNS[script].findall(text))) for script, weight in _WEIGHTS.items()
    )
