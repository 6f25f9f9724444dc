"""The numbers and times of a text with all that each can mean, to compare those of two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chatdesk.tasks.dates import MONTHS_OF_WORD, Dates
from chatdesk.tasks.number_words import values_of_words

# Signs of other writings that stand for these.
_SAME_SIGNS = str.maketrans("．，：／％٪٫٬", ".,:/%%.,")
_SPACE = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,:/]\d+|[hH]\d{{2}}(?!\d))*"
)
_SEPARATORS = re.compile(rf"[.,:/hH'’{_SPACE}]")
_TIME = re.compile(r"([01]?\d|2[0-4])[:.hH]([0-5]\d)(?:[:.][0-5]\d)?")
_HOUR = re.compile(
    r"(?<![\d:.,])([01]?\d|2[0-4])(?: ?(?:[ap]\.? ?m\b|uhr|h\b|heures?|o['’]clock|時|时|点|點|시|час|годин"
    r"|ore\b|hrs)"
    r"| (?:de|da|di) (?:la |della )?(?:mañana|tarde|noche|madrugada|manhã|noite|mattin|sera)| (?:صباح|مساء"
    r"|ظهر))",
    re.IGNORECASE,
)
_HOUR_BEFORE = re.compile(
    r"(?:\b(?:at|um|gegen|à|a las|alle|às|om|klo|kl\.|o|в|до|с|الساعة|saat)|午前|午後|上午|下午|晚上|오전"
    r"|오후|[–-])[ ]?"
    r"([01]?\d|2[0-4])(?![\d%]|[.,:]\d)",
    re.IGNORECASE,
)
_LARGE = re.compile(
    r"[ \u00a0-]?(?:[万億亿萬千百만억천]|thousand|million|billion|trillion|k\b|m\b|bn\b|mn\b|tausend|tsd"
    r"|mio|mrd|milliard|mill"
    r"|mil\b|mila\b|bilh|milh|miljo|miljard|tys|mln|mld|mlrd|тыс|млн|млрд|милли|ألف|آلاف|مليون|ملايين"
    r"|مليار|lakh|crore|bin\b|milyon"
    r"|milyar|ezer|tisíc|tuhat|tuhan|χιλι|εκατομ|δισεκ|hundred|hundert|cent)",
    re.IGNORECASE,
)
_FRACTIONS = re.compile(
    r"[½¼¾⅓⅔⅛]|\b(?:half|halves|quarter|third|halb|hälfte|viertel|drittel|demi|quart|moitié|tiers|medi[oa]"
    r"|cuarto|mitad"
    r"|terci|mei[oa]|metade|quarto|mezz|metà|half|kwart|halv|pół|połow|пол|четверт|نصف|ربع|ثلث)|半|절반",
    re.IGNORECASE,
)
_QUARTERS = frozenset(("15", "30", "45"))
_ERAS = re.compile("(?:令和|平成|昭和|大正|明治)[ ]?")  # years are counted anew in each
_BUDDHIST = 543  # years by which those of Thailand are ahead


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text."""

    start: int
    end: int
    text: str
    values: frozenset[str]  # each that it can mean; "t3:15" is a time, morning or afternoon
    parts: frozenset[str]  # those of a date, time or fraction, and of digits with spaces; else none
    digits: str  # of a number with "million" and such behind it, without zeros at its end; else ""


class Numerals:
    """The numbers of a text in a language (code, "" where it is not known)."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text.translate(_SAME_SIGNS)
        self._language = language

    @cached_property
    def all(self) -> tuple[Numeral, ...]:
        """The numbers that are written with digits, in the order of the text."""
        hours = {found.start(1) for found in _HOUR.finditer(self._text)}
        hours |= {found.start(1) for found in _HOUR_BEFORE.finditer(self._text)}
        return tuple(self._numerals(hours))

    def has(self, number: Numeral) -> bool:
        """Whether a number of another text can be one of this, written in digits or words."""
        if number.values & self._values or (number.parts and number.parts <= self._values):
            return True
        if number.digits and number.digits in self._digits:
            return True
        if _is_fraction(number) and _FRACTIONS.search(self._text):
            return True
        return any(
            self._has_year(int(value)) for value in number.values if value.isdecimal() and len(value) < 5
        )

    @cached_property
    def _values(self) -> set[str]:
        values = {"1", "t0:00"} | {value for each in self.all for value in each.values | each.parts}
        values |= {str(month) for month in Dates(self._text).months}
        words = re.findall(r"[^\W\d_]{3,}", self._text)
        values |= {str(month) for word in words for month in MONTHS_OF_WORD.get(word.casefold(), ())}
        return values | values_of_words(self._text, self._language)

    @cached_property
    def _digits(self) -> set[str]:
        """The digits of all numbers without zeros at the end, so that 1.5 million is 150万."""
        if not any(each.digits for each in self.all):
            return set()
        return {_bare(each.text) for each in self.all}

    def _has_year(self, value: int) -> bool:
        years = {int(each) for each in self._values if each.isdecimal() and len(each) == 4}
        if 0 <= value < 100 and any(year % 100 == value for year in years):
            return True  # "'68", "die 90er"
        if not 1000 <= value < 3000:
            return False
        thai = {value + _BUDDHIST, value - _BUDDHIST} & years
        return bool(thai) or str(value % 100) in self._values or _ERAS.search(self._text) is not None

    def _numerals(self, hours: set[int]) -> Iterator[Numeral]:
        years_of_eras = {found.end() for found in _ERAS.finditer(self._text)}
        for found in _NUMBER.finditer(self._text):
            if found.start() in years_of_eras:
                continue
            large = _LARGE.match(self._text, found.end())
            values, parts = _meanings(found[0])
            if found.start() in hours:
                values |= (
                    {f"t{int(re.split('[:.hH]', found[0])[0]) % 12}:00"} if ":" not in found[0] else set()
                )
            digits = _bare(found[0]) if large else ""
            yield Numeral(*found.span(), found[0], frozenset(values), frozenset(parts), digits)


def _is_fraction(number: Numeral) -> bool:
    """Whether words such as "half" can stand for a number: 1/2, 0.5, 15:30."""
    halves = any(value.endswith(".5") for value in number.values)
    return halves or "/" in number.text or bool(number.parts & _QUARTERS)


def percent_signs(text: str) -> int:
    """Return how many percent signs a text has, in any writing."""
    return text.translate(_SAME_SIGNS).count("%")


def _bare(number: str) -> str:
    return _digits("".join(_SEPARATORS.split(number))).strip("0") or "0"


def _meanings(number: str) -> tuple[set[str], set[str]]:
    """Return the values that a number can have, and the parts that it can consist of."""
    groups = _SEPARATORS.split(number)
    signs = _SEPARATORS.findall(number)
    parts = {_plain(digits) for digits in groups}
    if not signs:
        return parts, set()
    values = set(_values(groups, signs))
    if time := _TIME.fullmatch(number):
        values.add(f"t{int(time[1]) % 12}:{time[2]}")
        if int(time[2]) == 0:
            values.add(str(int(time[1])))
    single = len(signs) == 1 and signs[0] in ".,"
    return values, set() if single else parts


def _full_hour(number: str) -> set[str]:
    return {f"t{int(number) % 12}:00"} if number.isdecimal() else set()


def _values(groups: list[str], signs: list[str]) -> Iterator[str]:
    if any(sign in ":/hH" for sign in signs):
        return
    *grouping, last = signs
    whole = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    indian = all(len(group) == 2 for group in groups[1:-1]) and len(groups[-1]) == 3 and set(signs) == {","}
    if len(set(signs)) == 1 and (whole or indian):
        yield _plain("".join(groups))
    if last in ".," and last not in grouping and all(len(group) in (2, 3) for group in groups[1:-1]):
        fraction = _digits(groups[-1]).rstrip("0")
        yield _plain("".join(groups[:-1])) + (f".{fraction}" if fraction else "")


def _plain(digits: str) -> str:
    """Return digits of any writing without zeros before them."""
    return _digits(digits).lstrip("0") or "0"


def _digits(digits: str) -> str:
    return "".join(str(int(sign)) for sign in digits)
