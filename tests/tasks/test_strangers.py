"""Numbers, names and dates of a summary that its source does not have."""

import time

import pytest

from chatdesk.tasks.strangers import Source, strangers

TEXT = (
    "In May 2024 Maria Lopez sold 1,600 cars for 3.5 million euros in Berlin. Her three sons, who live in "
    "the north, help her with the work. On 2024-07-09 it rained; the shop was closed. The next sale is on "
    "12.03.2025 at 14:30 and NATO officers have been invited to it by the mayor of the town. "
)
GERMAN = "Die Stadt hat im Mai ein Haus am Fluss gebaut, und die Leute aus dem Dorf kamen mit dem Zug. " * 4


def found(summary, text=TEXT):
    return [summary[each.start : each.end] for each in strangers(summary, Source(text))]


@pytest.mark.parametrize(
    "summary",
    [
        "Maria Lopez sold 1600 cars in Berlin.",
        "She sold 1 600 cars, 1.600 cars and 1'600 cars.",
        "It brought 3,5 million, or 3.50 million euros.",
        "She has 3 sons.",
        "It rained on 9 July 2024 in the shop.",
        "The sale is on March 12, 2025 and on 12/03/2025 at 14:30.",
        "1. Maria sold cars.\n2. It rained.\n3. The shop was closed.",
        "Lopez's cars were sold in Berlins north to the NATO.",
        "Cars were sold. Rain was there. Sons help.",
        "",
    ],
)
def test_what_the_source_has_is_no_stranger_however_it_is_written(summary):
    assert found(summary) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Maria sold 1,601 cars for 35 million.", ["1,601", "35"]),
        ("Maria Lopes and Peter Smith sold cars in Munich.", ["Peter", "Smith", "Munich"]),
        ("On 9 August 2024 it rained and the shop was closed.", ["August"]),
        ("The sale is on 13.03.2025 at 15:30.", ["13.03.2025", "15"]),
        ("| Fact | Value |\n| --- | --- |\n| Cars | 1,700 |\n| Town | Berlin |", ["1,700"]),
        ("The EU helps her with the work.", ["EU"]),
    ],
)
def test_what_the_source_lacks_is_a_stranger(summary, expected):
    assert found(summary) == expected


def test_in_a_translation_only_numbers_are_looked_for():
    assert found("Maria Lopez verkaufte in der Stadt München 1700 Autos für Frau Schmidt.") == ["1700"]


def test_where_all_nouns_have_large_letters_only_names_of_several_words_are_looked_for():
    assert found("Die Stadt hat eine Brücke am Fluss gebaut.", GERMAN) == []
    assert found("Die Stadt hat für Anna Schmidt ein Haus am Fluss gebaut.", GERMAN) == ["Anna", "Schmidt"]


def test_a_long_text_takes_milliseconds():
    source = Source(TEXT * 300)
    start = time.process_time()
    strangers(TEXT * 5, source)
    assert time.process_time() - start < 3
