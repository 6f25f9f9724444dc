"""Languages by their English names."""

import pytest

from chatdesk.domain.languages import ENGLISH_NAMES, english_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "German"),
        ("pt-BR", "Brazilian Portuguese"),
        ("Klingon", "Klingon"),
        (" Old\nNorse ", "Old Norse"),
        ("", ""),
    ],
)
def test_a_code_becomes_a_name_and_a_name_stays(language, name):
    assert english_name(language) == name


def test_no_two_codes_have_one_name():
    assert len(set(ENGLISH_NAMES.values())) == len(ENGLISH_NAMES)
