"""Reads a day as people write it: 2026-03-01, 1.3.2026, March, yesterday, last week, monday, 3d."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from chatdesk.domain.words import tr

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})")
_AGO = re.compile(r"(\d{1,4})\s*([dwmy]|days?|weeks?|months?|years?)(?:\s+ago)?")
_MONTH = re.compile(r"([^\W\d_]{3,})\.?\s*(\d{4})?")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEARS = range(1900, 3000)


def first_day(text: str, today: date, month_first: bool = False) -> date | None:
    """Return the first day of what `text` names, or None when it names nothing.

    A weekday or month without a year is the last one; a year is from 1900 to 2999. `month_first` is how
    4/5/2026 is meant; where one of the two is above 12, it is the day.
    """
    said = " ".join(text.casefold().split())
    try:
        day = _spoken(said, today) or _written(said, month_first) or _named(said, today)
    except (ValueError, OverflowError):  # such as the 30th of February, or a million days ago
        return None
    return day if day is not None and day.year in _YEARS else None


def _spoken(said: str, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    words = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "this week": monday,
        "last week": monday - timedelta(days=7),
        "this month": month,
        "last month": _months_before(month, 1),
        "this year": today.replace(month=1, day=1),
        "last year": date(today.year - 1, 1, 1),
    }
    words |= {
        tr("today").casefold(): words["today"],
        tr("yesterday").casefold(): words["yesterday"],
        tr("last week").casefold(): words["last week"],
        tr("last month").casefold(): words["last month"],
        tr("last year").casefold(): words["last year"],
    }
    if said in words:
        return words[said]
    if (ago := _AGO.fullmatch(said)) is None:
        return None
    count, unit = int(ago[1]), ago[2][0]
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    return _months_before(today, count * (12 if unit == "y" else 1))


def _months_before(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 - count
    first = date(month // 12, month % 12 + 1, 1)
    days = ((first + timedelta(days=31)).replace(day=1) - first).days
    return first.replace(day=min(day.day, days))


def _written(said: str, month_first: bool) -> date | None:
    if iso := _ISO.fullmatch(said):
        return date(int(iso[1]), int(iso[2] or 1), int(iso[3] or 1))
    if (found := _DAY_FIRST.fullmatch(said)) is None:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if month > 12 or (month_first and found[2] == "/" and day <= 12):
        day, month = month, day
    return date(year + 2000 if year < 100 else year, month, day)


def _named(said: str, today: date) -> date | None:
    if (found := _MONTH.fullmatch(said)) is None:
        return None
    name, year = found[1], found[2]
    if not year and (weekday := _place(name, _DAYS)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if (month := _place(name, _MONTHS)) is None:
        return None
    if year:
        return date(int(year), month + 1, 1)
    return date(today.year - (month + 1 > today.month), month + 1, 1)


def _place(name: str, names: Sequence[str]) -> int | None:
    """Return the place of the one name that begins so."""
    found = [place for place, each in enumerate(names) if each.startswith(name)]
    return found[0] if len(found) == 1 else None
