"""Random names, dates, sums and other values that fill the slots of a document."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from starter_text.tables import read_toml

_VALUES = read_toml("values")
FIRST_NAMES: list[str] = _VALUES["first_names"]
DAYS: list[str] = _VALUES["days"]


def person(rng: random.Random) -> str:
    """Return a first and a last name."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(_VALUES['last_names'])}"


def invented(rng: random.Random) -> str:
    """Return a name that does not exist, made of syllables."""
    return "".join(rng.choice(_VALUES["syllables"]) for _ in range(rng.choice((2, 2, 3)))).capitalize()


def company(rng: random.Random) -> str:
    """Return an invented name with a company's ending."""
    return f"{invented(rng)} {rng.choice(_VALUES['company_endings'])}"


def place(rng: random.Random) -> str:
    """Return a city, or sometimes an invented one."""
    return rng.choice(_VALUES["cities"]) if rng.random() < 0.8 else invented(rng)


def date(rng: random.Random) -> str:
    """Return a day and month, with the year or without."""
    day = f"{rng.randrange(1, 29)} {rng.choice(_VALUES['months'])}"
    return day if rng.random() < 0.6 else f"{day} {rng.randrange(2019, 2030)}"


def money(rng: random.Random) -> str:
    """Return a round sum with its currency."""
    amount = rng.randrange(2, 100) * rng.choice((10, 50, 100, 500, 1000))
    return f"{amount:,} {rng.choice(('euros', 'euros', 'dollars', 'pounds'))}"


def number(rng: random.Random) -> str:
    """Return a number from 2 to 2999, mostly a small one."""
    return str(rng.randrange(2, 100) if rng.random() < 0.7 else rng.randrange(100, 3000))


def clock(rng: random.Random) -> str:
    """Return a time of day."""
    return f"{rng.randrange(1, 13)}:{rng.choice(('00', '15', '30', '45'))}"


def first_name(rng: random.Random) -> str:
    """Return a first name."""
    return rng.choice(FIRST_NAMES)


def day(rng: random.Random) -> str:
    """Return a day of the week."""
    return rng.choice(DAYS)


_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "P": person,
    "Q": person,
    "C": company,
    "L": place,
    "M": place,
    "D": date,
    "E": date,
    "A": money,
    "B": money,
    "N": number,
    "K": number,
    "T": clock,
    "I": invented,
    "F": first_name,
    "W": day,
    "V": day,
}


def fill(rng: random.Random, pattern: str, known: Mapping[str, str]) -> str:
    """Return a pattern with its slots, "{P}" and the like, filled from `known` or at random."""
    slots = dict(known)
    for key, make in _SLOTS.items():
        if f"{{{key}}}" in pattern and key not in slots:
            slots[key] = make(rng)
    for key, value in slots.items():
        pattern = pattern.replace(f"{{{key}}}", value)
    return pattern
