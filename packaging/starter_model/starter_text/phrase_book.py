"""The everyday phrases in the four languages, with slots for names, places and times."""

from __future__ import annotations

import random
import re

from starter_text.names import draw_name
from starter_text.words import CITIES, COUNTRIES, LANGUAGES, MONTHS, NAMES, PHRASES, WEEKDAYS, Texts, in_four

FIXED = [row for row in PHRASES if "{" not in row["en"]]
OPEN = [row for row in PHRASES if "{" in row["en"]]


def phrase(rng: random.Random) -> Texts:
    """Return one of the everyday phrases without slots."""
    return rng.choice(FIXED)


def open_phrase(rng: random.Random) -> Texts:
    """Return an everyday phrase with its slots filled: {name}, {city}, {day}, {clock} and others."""
    row = rng.choice(OPEN)
    hour, minute = rng.randrange(6, 23), 5 * rng.randrange(1, 12)
    clock = f"{hour}:{minute:02}"
    slots: dict[str, Texts] = {
        "name": _same(rng.choice((rng.choice(NAMES), draw_name(rng)))),
        "city": rng.choice(CITIES),
        "country": rng.choice(COUNTRIES),
        "day": rng.choice(WEEKDAYS),
        "month": rng.choice(MONTHS),
        "n": _same(str(rng.randrange(2, 29))),
        "number": _same(str(rng.randrange(31, 1000))),
        "year": _same(str(rng.randrange(1960, 2040))),
        "clock": _same(clock) | {"fr": f"{hour} h {minute:02}"},
    }
    filled = {
        language: row[language].format(**{key: value[language] for key, value in slots.items()})
        for language in LANGUAGES
    }
    return filled | {"fr": re.sub(r"\bde (?=[AEIOUÉ])", "d'", filled["fr"])}


def finished(texts: Texts, mark: str = ".") -> Texts:
    """Return the texts with their capital and final mark, "." or "?", as each language writes them."""
    en, de, fr, es = (texts[language] for language in LANGUAGES)
    fr = f"{fr}{mark}" if mark == "." else f"{fr} {mark}"
    es = f"{es}{mark}" if mark == "." else f"¿{es}{mark}"
    return in_four(_capital(f"{en}{mark}"), _capital(f"{de}{mark}"), _capital(fr), _capital(es))


def _capital(text: str) -> str:
    start = 1 if text[0] in "¿¡" else 0
    return text[:start] + text[start].upper() + text[start + 1 :]


def _same(text: str) -> Texts:
    return dict.fromkeys(LANGUAGES, text)
