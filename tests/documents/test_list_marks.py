"""The numbers of lists in digits, letters and Roman numerals."""

import pytest

from chatdesk.documents.list_marks import numeral


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (7, "1", "7"),
        (7, "01", "07"),
        (26, "a", "z"),
        (27, "a", "aa"),
        (28, "A", "AB"),
        (702, "a", "zz"),
        (703, "a", "703"),
        (0, "a", "0"),
        (1994, "I", "MCMXCIV"),
        (4000, "i", "4000"),
        (-3, "i", "-3"),
        (5, "unknown", "5"),
    ],
)
def test_a_number_is_written_in_its_kind(value, kind, expected):
    assert numeral(value, kind) == expected


def test_letters_may_be_doubled():
    assert numeral(28, "a", doubled=True) == "bb"
