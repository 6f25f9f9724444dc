"""Months and days in texts of many languages."""

import pytest

from chatdesk.tasks.dates import MONTHS_OF_WORD, Dates, months_named


@pytest.mark.parametrize(
    "text",
    [
        "on 9 July 2024",
        "on the 9th of July",
        "July 9, 2024",
        "am 9. Juli 2024",
        "le 9 juillet",
        "el 9 de julio de 2024",
        "il 9 luglio",
        "9 lipca 2024",
        "9 июля 2024 года",
        "9 Temmuz 2024",
        "2024-07-09",
        "09.07.2024",
        "2024年7月9日",
        "2024년 7월 9일",
    ],
)
def test_a_day_is_the_same_however_it_is_written(text):
    dates = Dates(text)
    assert 7 in dates.months
    assert not dates.excludes(9, frozenset({7}))
    assert dates.excludes(10, frozenset({7}))


def test_a_date_of_figures_may_begin_with_the_month():
    dates = Dates("7/9/2024")
    assert dates.months == {7, 9}


def test_a_month_without_a_day_excludes_none():
    assert not Dates("In July 2024 it rained.").excludes(9, frozenset({7}))
    assert not Dates("").excludes(9, frozenset({7}))


def test_the_day_beside_a_month_is_found_and_a_year_a_time_or_a_part_of_a_number_is_none():
    text = "9 July, July 12th, July 2024, at 18:30 July, 1,009 July, Juli 14:30"
    assert [(text[each.start : each.end], each.day) for each in months_named(text)] == [
        ("July", 9), ("July", 12), ("July", None), ("July", None), ("July", None), ("Juli", None),
    ]  # fmt: skip


def test_every_month_has_names():
    assert set().union(*MONTHS_OF_WORD.values()) == set(range(1, 13))
    assert MONTHS_OF_WORD["dezember"] == MONTHS_OF_WORD["december"] == {12}
