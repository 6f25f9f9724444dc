"""Days as people write them."""

from datetime import date

import pytest

from chatdesk.tasks.spoken_days import first_day

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026-03", date(2026, 3, 1)),
        ("2025", date(2025, 1, 1)),
        ("5.3.2026", date(2026, 3, 5)),
        ("5.3.26", date(2026, 3, 5)),
        ("5/3/2026", date(2026, 3, 5)),
        ("3/25/2026", date(2026, 3, 25)),
        ("Today", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("last  week", date(2026, 11, 9)),
        ("this week", date(2026, 11, 16)),
        ("last month", date(2026, 10, 1)),
        ("last year", date(2025, 1, 1)),
        ("saturday", date(2026, 11, 21)),
        ("mon", date(2026, 11, 16)),
        ("March", date(2026, 3, 1)),
        ("december", date(2025, 12, 1)),
        ("mar 2024", date(2024, 3, 1)),
        ("3d", date(2026, 11, 18)),
        ("2 weeks ago", date(2026, 11, 7)),
        ("9m", date(2026, 2, 21)),
        ("1y", date(2025, 11, 21)),
    ],
)
def test_a_day_is_read(text, day):
    assert first_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13", "30.2.2026", "0", "ma", "9999y", "9999m", "99/99/99", "٣", "x" * 9999, "0000"],
)
def test_what_is_no_day_is_none(text):
    assert first_day(text, TODAY) is None


def test_the_month_stands_first_where_it_is_written_so():
    assert first_day("4/5/2026", TODAY, month_first=True) == date(2026, 4, 5)
    assert first_day("4.5.2026", TODAY, month_first=True) == date(2026, 5, 4)
    assert first_day("25/4/2026", TODAY, month_first=True) == date(2026, 4, 25)


def test_the_same_day_of_a_shorter_month_is_its_last():
    assert first_day("1m", date(2026, 3, 31)) == date(2026, 2, 28)
    assert first_day("12 months ago", date(2024, 2, 29)) == date(2023, 2, 28)
