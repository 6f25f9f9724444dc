"""The numbers and times of a text with all that each can mean, to compare those of two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chatdesk.tasks.dates import MONTHS_OF_WORD, Dates
from chatdesk.tasks.number_words import values_of_words

# Signs of other writings that stand for these.
_SAME_SIGNS = str.maketrans("．：／％٪٫٬", ".:/%%.,")
_SPACE = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,:/]\d+|[hH]\d{{2}}(?!\d))*"
)
_SEPARATORS = re.compile(rf"[.,:/hH'’{_SPACE}]")
_TIME = re.compile(r"([01]?\d|2[0-4])[:.hH]([0-5]\d)(?:[:.][0-5]\d)?")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./](\d{4}|\d\d)")
_HOUR = re.compile(
    r"(?<![\d:.,])([01]?\d|2[0-4])(?: ?(?:[ap]\.? ?m\b|uhr|h\b|heures?|o['’]clock|時|时|点|點|시|час|годин"
    r"|ore\b|hrs)"
    r"| (?:de|da|di) (?:la |della )?(?:mañana|tarde|noche|madrugada|manhã|noite|mattin|sera)| (?:صباح|مساء"
    r"|ظهر))",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4])[ ]?(?:[-–]|to|until|bis|à|a|al|até|tot|do|до)[ ]?$")
_RANGE = 10  # characters between two hours
_HALF_A = re.compile(r"\b(?:half an?|halbe[nr]?|demi|medio|mezzo|meio|half|halv|pół)(?=[ -])", re.IGNORECASE)
_HOUR_BEFORE = re.compile(
    r"(?:\b(?:at|um|gegen|à|a las|alle|às|om|klo|kl\.|o|в|до|с|الساعة|saat)|午前|午後|上午|下午|晚上|오전"
    r"|오후|[–-])[ ]?"
    r"([01]?\d|2[0-4])(?![\d%]|[.,:]\d)",
    re.IGNORECASE,
)
# What multiplies the number before it, by how many zeros; a billion has nine or twelve.
_LARGE: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = tuple(
    (re.compile(rf"[ \u00a0-]?(?:{words})", re.IGNORECASE), zeros)
    for words, zeros in (
        (r"hundred\w*|hundert|cents?\b|百", (2,)),
        (
            r"thousand|tausend|tsd\.?|k\b|mille\b|mil\b|mila\b|duizend|tusen|tusind|tys\w*|тыс\w*|ألف|آلاف"
            r"|bin\b|ezer"
            r"|tisíc|tuhat|tuhan\w+|χιλι\w+|千|천",
            (3,),
        ),
        ("[万萬만]", (4,)),
        ("lakh", (5,)),
        (
            r"milli?on(?!ard)\w*|mio\.?|mln\b|mn\b|m\b|millón|milh\w+|milion\w*|miljo+n\w*|милли?он\w*|млн"
            r"|مليون|ملايين"
            r"|milyon|εκατομ\w+",
            (6,),
        ),
        ("crore", (7,)),
        ("[億亿억]", (8,)),
        (
            r"milliard\w*|mrd\.?|mld\.?|miljard\w*|miliard\w*|millardo|bilh\w+|миллиард\w*|млрд|مليار\w*|milyar|bn\b",
            (9,),
        ),
        (r"trilh\w+|兆|조", (12,)),
        (r"billi?on\w*|billón", (9, 12)),
        (r"trilli?on\w*", (12, 18)),
    )
)
_FRACTIONS = re.compile(
    r"[½¼¾⅓⅔⅛]|\b(?:half|halves|quarter|third|halb|hälfte|viertel|drittel|demi|quart|moitié|tiers|medi[oa]"
    r"|cuarto|mitad"
    r"|terci|mei[oa]|metade|quarto|mezz|metà|half|kwart|halv|pół|połow|пол|четверт|نصف|ربع|ثلث)|半|절반",
    re.IGNORECASE,
)
_MOST_ZEROS = 30
_QUARTERS = frozenset(("15", "30", "45"))
_ERAS = re.compile("(?:令和|平成|昭和|大正|明治)[ ]?")  # years are counted anew in each
_BASE = re.compile(" ?(?:[進进]|진[수법])")  # "16進数" is hexadecimal
_PERCENT = re.compile(rf"\d[{_SPACE}]?%|%[{_SPACE}]?\d")
_BUDDHIST = 543  # years by which those of Thailand are ahead


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text."""

    start: int
    end: int
    text: str
    values: frozenset[str]  # each that it can mean; "t3:15" is a time, morning or afternoon
    parts: frozenset[str]  # those of a date, time or fraction, and of digits with spaces; else none


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
        # "7-8 pm": both are hours
        ranges = (_UP_TO.search(self._text, max(0, hour - _RANGE), hour) for hour in hours)
        hours |= {found.start(1) for found in list(ranges) if found}
        return tuple(self._numerals(hours))

    def has(self, number: Numeral) -> bool:
        """Whether a number of another text can be one of this, written in digits or words."""
        if number.values & self._values or (number.parts and self._has_parts(number)):
            return True
        if "t0:00" in number.values or any(self._has_hour(value) for value in number.values):
            return True  # noon and midnight have words of their own
        if _is_fraction(number) and _FRACTIONS.search(self._text):
            return True
        return any(
            self._has_year(int(value)) for value in number.values if value.isdecimal() and len(value) < 5
        )

    def _has_parts(self, number: Numeral) -> bool:
        """Whether all parts of a number are here; the year of a date may have two digits or four."""
        left = number.parts - self._values
        date = _DATE.fullmatch(number.text)
        return not left or (date is not None and left == {_plain(date[1])} and self._has_year(int(date[1])))

    @cached_property
    def _values(self) -> set[str]:
        values = {"0", "1"} | {value for each in self.all for value in each.values | each.parts}
        for half in _HALF_A.finditer(self._text):
            values |= set(_multiplied({"0.5"}, self._text, half.end()))
        values |= {str(month) for month in Dates(self._text).months}
        words = re.findall(r"[^\W\d_]{3,}", self._text)
        values |= {str(month) for word in words for month in MONTHS_OF_WORD.get(word.casefold(), ())}
        return values | values_of_words(self._text, self._language)

    def _has_hour(self, value: str) -> bool:
        """Whether 6 is 18:00 here, or 18:00 is 6."""
        if value.isdecimal():
            return len(value) < 3 and f"t{int(value) % 12}:00" in self._values
        hour = re.fullmatch(r"t(\d+):00", value)
        return hour is not None and not {hour[1], str(int(hour[1]) + 12)}.isdisjoint(self._values)

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
            if found.start() in years_of_eras or _BASE.match(self._text, found.end()):
                continue
            values, parts = _meanings(found[0])
            values |= set(_multiplied(values, self._text, found.end()))
            if found.start() in hours:
                values |= _full_hour(found[0])
            yield Numeral(*found.span(), found[0], frozenset(values), frozenset(parts))


def _is_fraction(number: Numeral) -> bool:
    """Whether words such as "half" can stand for a number: 1/2, 0.5, 15:30."""
    halves = any(value.endswith(".5") for value in number.values)
    return halves or "/" in number.text or bool(number.parts & _QUARTERS)


def percent_signs(text: str) -> int:
    """Return how many numbers of a text have a percent sign, in any writing."""
    return len(_PERCENT.findall(text.translate(_SAME_SIGNS)))


def _multiplied(values: set[str], text: str, end: int) -> Iterator[str]:
    """Yield values times what stands behind their number: 1.5 million, 150万, 2 mil millones."""
    zeros: tuple[int, ...] = ()
    while more := next(
        ((found.end(), each) for word, each in _LARGE if (found := word.match(text, end))), None
    ):
        end, each = more
        zeros = tuple({one + other for one in zeros or (0,) for other in each})
        if max(zeros) > _MOST_ZEROS:
            return
    for value in values:
        whole, _, fraction = value.partition(".")
        if whole.isdecimal():
            yield from (
                _plain(whole + fraction.ljust(count, "0")) for count in zeros if count >= len(fraction)
            )


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
