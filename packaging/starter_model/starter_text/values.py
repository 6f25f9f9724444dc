"""Random names, dates, sums and other values that fill the slots of a text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from starter_text.names import draw_name
from starter_text.tables import read_toml

_VALUES = read_toml("values")
_SLOT = re.compile(r"\{(\w+)\}")
LANGUAGES: dict[str, dict[str, Any]] = _VALUES["languages"]
"""How a language writes its days, months, dates, sums and addresses."""


def invented(rng: random.Random) -> str:
    """Return a name that does not exist, made of syllables."""
    return "".join(rng.choices(_VALUES["syllables"], k=rng.choice((2, 2, 3)))).capitalize()


def person(rng: random.Random) -> str:
    """Return a first and a last name; half of the last names are invented."""
    known = rng.random() < 0.5
    last = rng.choice(_VALUES["last_names"]) if known else _joined(rng, "surname_endings")
    return f"{draw_name(rng)} {last}"


def company(rng: random.Random) -> str:
    """Return an invented name with a company's ending."""
    return f"{invented(rng)} {rng.choice(_VALUES['company_endings'])}"


def place(rng: random.Random) -> str:
    """Return a city, or one time in two an invented one."""
    return str(rng.choice(_VALUES["cities"])) if rng.random() < 0.5 else _joined(rng, "place_endings")


def _joined(rng: random.Random, endings: str) -> str:
    syllables = "".join(rng.choices(_VALUES["syllables"], k=rng.choice((1, 1, 2))))
    return f"{syllables}{rng.choice(_VALUES[endings])}".capitalize()


def date(rng: random.Random, language: str = "en") -> str:
    """Return a day and month, with the year or without."""
    words = LANGUAGES[language]
    day, month = rng.randrange(1, 29), rng.choice(words["months"])
    year = rng.randrange(1990, 2040) if rng.random() < 0.5 else None
    if language == "en" and rng.random() < 0.15:
        return f"{month} {day}, {year}" if year else f"{month} {day}"
    written = str(words["date"]).format(day=day, month=month)
    return written + str(words["year"]).format(year) if year else written


def money(rng: random.Random, language: str = "en") -> str:
    """Return a sum with its currency, from 1 to a million."""
    words = LANGUAGES[language]
    amount = rng.randrange(1, 1000) * rng.choice((1, 1, 1, 1, 1, 10, 10, 50, 100, 1000))
    cents = f"{words['point']}{rng.randrange(1, 10)}0" if amount < 100 and rng.random() < 0.4 else ""
    thousands: str = words["thousands"]
    return f"{amount:,}".replace(",", thousands) + f"{cents} {rng.choice(words['currencies'])}"


def number(rng: random.Random) -> str:
    """Return a number from 2 to 9999, mostly a small one."""
    return str(rng.randrange(2, 100) if rng.random() < 0.5 else rng.randrange(100, 10_000))


def _small_number(rng: random.Random) -> str:
    return str(rng.randrange(2, 100))


def _large_number(rng: random.Random) -> str:
    return str(rng.randrange(100, 10_000))


def _clock(rng: random.Random, language: str) -> str:
    if language == "en" and rng.random() < 0.25:
        return f"{rng.randrange(1, 13)} {rng.choice(('am', 'pm'))}"
    return f"{rng.randrange(6, 24)}:{rng.randrange(0, 12) * 5:02}"


def _day(rng: random.Random, language: str) -> str:
    return str(rng.choice(LANGUAGES[language]["days"]))


def _address(rng: random.Random, language: str) -> str:
    slots = {"number": rng.randrange(1, 200), "name": invented(rng), "kind": rng.choice(_VALUES["streets"])}
    return str(LANGUAGES[language]["address"].format(**slots))


def _code(rng: random.Random) -> str:
    letters = "".join(rng.choices("ABCDEFGHKLMNPRSTUVWXZ", k=rng.choice((1, 2, 2, 3))))
    return f"{letters}{rng.choice(('-', '-', ''))}{rng.randrange(10, 100_000)}"


def _share(rng: random.Random, language: str) -> str:
    words = LANGUAGES[language]
    part = f"{words['point']}{rng.randrange(1, 10)}" if rng.random() < 0.3 else ""
    return f"{rng.randrange(1, 100)}{part} {words['percent']}"


def _quantity(rng: random.Random) -> str:
    return f"{number(rng)} {rng.choice(_VALUES['units'])}"


def _telephone(rng: random.Random) -> str:
    return f"0{rng.randrange(20, 1000)} {rng.randrange(10_000, 10_000_000)}"


def _degrees(rng: random.Random) -> str:
    return f"{rng.randrange(2, 60) * 5} degrees"


def _decimal(rng: random.Random) -> str:
    return f"{rng.randrange(1, 200)}.{rng.randrange(1, 1000)}"


_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "P": person,
    "Q": person,
    "F": draw_name,
    "C": company,
    "O": company,
    "L": place,
    "M": place,
    "I": invented,
    "N": number,
    "K": number,
    "J": _small_number,
    "G": _small_number,
    "Y": _large_number,
    "R": _code,
    "U": _quantity,
    "H": _telephone,
    "DEGREES": _degrees,
    "DECIMAL": _decimal,
}
_SLOTS_BY_LANGUAGE: dict[str, Callable[[random.Random, str], str]] = {
    "D": date,
    "E": date,
    "A": money,
    "B": money,
    "T": _clock,
    "Z": _clock,
    "W": _day,
    "V": _day,
    "S": _address,
    "X": _share,
}


def fill(rng: random.Random, pattern: str, slots: dict[str, str], language: str = "en") -> str:
    """Return a pattern with its slots, "{P}" and the like, filled from `slots`.

    A value that `slots` lacks is drawn and added to it, so that it holds the values in the order of the text.
    """

    def value(match: re.Match[str]) -> str:
        key = match[1]
        if key not in slots:
            make = _SLOTS.get(key)
            slots[key] = make(rng) if make else _SLOTS_BY_LANGUAGE[key](rng, language)
        return slots[key]

    return _SLOT.sub(value, pattern)
