"""Shows the numbers of a spreadsheet as its cells show them; dates in the order year-month-day."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm-yy", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
}  # fmt: skip
_LONGEST_CODE = 255  # characters; the programs take no more
_LARGE = 1e15  # from here on the digits are not exact
_MOST_PLACES = 20
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | _. | \*.
    | \[\$(?P<currency>[^\]-]*)[^\]]*\] | \[(?P<elapsed>[hms]+)\] | \[[^\]]*\]
    | (?P<noon>AM/PM|A/P) | (?P<general>General|@) | (?P<power>E[+-]0+)
    | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?]*)?,*|\.[0\#?]+)
    | (?P<date>[ymdhs]+) | (?P<end>;) | (?P<other>.)
    """,
    re.I | re.S | re.X,
)
_Token = tuple[str, str]  # its kind, its text


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format: for numbers above zero, below zero, zero, and for texts."""

    before: str
    digits: tuple[str, ...]
    after: str
    letters: str  # of dates and times, in lower case
    kinds: frozenset[str]


def shown(value: float, code: str, since_1904: bool = False) -> str:
    """Return how a cell with this format shows a number; a format that is not understood is "General"."""
    if not math.isfinite(value):
        return str(value)
    sections = _sections(code[:_LONGEST_CODE])
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.letters:
        return _moment(value, section, since_1904) or general(value)
    if len(section.digits) > 1 or abs(value) >= _LARGE:  # fractions, telephone numbers
        return general(value)
    if "general" in section.kinds or not section.kinds:
        text = general(value)
    else:
        text = _number(value, section) if section.digits else ""
    return f"{section.before}{text}{section.after}".strip()


def general(value: float) -> str:
    """Return a number as a cell without a format shows it."""
    if value.is_integer() and abs(value) < _LARGE:
        return str(int(value))
    return f"{value:.10g}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    groups: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        if kind == "end":
            groups.append([])
        elif kind:
            groups[-1].append((kind, match[kind]))
    return tuple(map(_section, groups))


def _section(tokens: list[_Token]) -> _Section:
    numbers = [place for place, (kind, _) in enumerate(tokens) if kind in ("digits", "general")]
    first = numbers[0] if numbers else len(tokens)
    return _Section(
        before=_literal(tokens[:first]),
        digits=tuple(text for kind, text in tokens if kind == "digits"),
        after=_literal(tokens[first:]),
        letters="".join(text for kind, text in tokens if kind in ("date", "elapsed")).lower(),
        kinds=frozenset(kind for kind, _ in tokens),
    )


def _literal(tokens: list[_Token]) -> str:
    literal = ("quoted", "escaped", "currency", "other")
    return "".join(text for kind, text in tokens if kind in literal)


def _number(value: float, section: _Section) -> str:
    digits = section.digits[0]
    whole, _, fraction = digits.rstrip(",").partition(".")
    percent = min((section.before + section.after).count("%"), 2)
    number = Decimal(repr(value)) * 100**percent / 1000 ** (len(digits) - len(digits.rstrip(",")))
    places = min(len(fraction), _MOST_PLACES)
    if "power" in section.kinds:
        return f"{number:.{places}E}"
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    for sign in reversed(fraction[:_MOST_PLACES]):  # digits that are shown only where they are needed
        if sign == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    before, point, behind = text.rstrip(".").partition(".")
    sign, before = ("-", before[1:]) if before.startswith("-") else ("", before)
    return f"{sign}{before.zfill(whole.count('0'))}{point}{behind}"


def _moment(value: float, section: _Section, since_1904: bool) -> str:
    """Return a date, a time or both, "" for a number that is no day."""
    letters = section.letters
    if "elapsed" in section.kinds:
        seconds = round(value * 86_400)
        hours = f"{seconds // 3600}:{seconds // 60 % 60:02}"
        return f"{hours}:{seconds % 60:02}" if "s" in letters else hours
    # The programs take 1900 for a leap year, so that days up to its February are one less.
    first_day = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001
    try:
        moment = first_day + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return ""
    if value < 0:
        return ""
    return " ".join(filter(None, (_date(moment, letters), _time(moment, letters))))


def _date(moment: datetime, letters: str) -> str:
    if "d" in letters:
        return moment.date().isoformat()
    if "m" in letters and "h" not in letters and "s" not in letters:
        return moment.date().isoformat()[:7]
    return str(moment.year) if "y" in letters else ""


def _time(moment: datetime, letters: str) -> str:
    if "h" in letters:
        return moment.time().isoformat("seconds" if "s" in letters else "minutes")
    return moment.time().isoformat()[3:8] if "s" in letters else ""
