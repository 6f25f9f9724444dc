"""Sizes and counts as people read them."""

import pytest

from chatdesk.ui.models.numbers import count_words, grouped, size_words


@pytest.mark.parametrize(
    ("count", "words"),
    [(4_737_792, "4.7 M"), (7_000_000_000, "7 B"), (494_000_000, "494 M"), (1_500, "1.5 K"), (12, "12")],
)
def test_parameters_are_counted_as_in_the_names_of_models(count, words):
    assert count_words(count) == words


@pytest.mark.parametrize("count", [999_600, 999_960_000, 999_999_999])
def test_rounding_never_reaches_the_next_unit(count):
    assert count_words(count)[:3] in ("1.0", "1 M", "1 B")


def test_sizes_are_those_of_file_managers():
    assert size_words(5_174_496) == "5.2 MB"
    assert size_words(16_000_000_000) == "16.0 GB"


def test_thousands_are_set_apart():
    assert grouped(262_144) == "262,144"
