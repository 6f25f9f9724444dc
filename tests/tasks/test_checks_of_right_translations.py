"""The checks measured: silent on right translations, speaking where a source was left as it is."""

import gzip
import json
import re
from pathlib import Path

import pytest

from chatdesk.tasks.checks import findings

HELD_OUT = Path(__file__).parents[2] / "packaging" / "starter_model" / "held_out.jsonl.gz"
_PAIR = re.compile(r"translate (\w\w)-(\w\w)")
_TEXT = re.compile(r"<text\d*>\n(.*)\n</text", re.DOTALL)


@pytest.fixture(scope="module")
def pairs():
    """Some hundred short texts with their right translations: (source, translation, its languages)."""
    rows = map(json.loads, gzip.decompress(HELD_OUT.read_bytes()).splitlines())
    found = [
        (_TEXT.search(row["messages"][-1]["content"])[1], row["wanted"], *languages.groups())
        for row in rows
        if (languages := _PAIR.fullmatch(row["row"]))
    ]
    assert len(found) > 300
    return found


def test_right_translations_have_no_findings_but_one_in_a_hundred(pairs):
    wrong = [pair for pair in pairs if findings(*pair, ())]
    assert len(wrong) * 100 <= len(pairs), wrong


def test_nine_of_ten_texts_that_were_left_as_they_are_are_found(pairs):
    found = [
        any(each.kind == "untranslated" for each in findings(source, source, *languages, ()))
        for source, _, *languages in pairs
    ]
    assert sum(found) * 10 >= len(found) * 9


def test_a_number_that_is_another_is_found(pairs):
    numbered = [pair for pair in pairs if re.search(r"\d{2}", pair[1])]
    assert numbered
    for source, translation, *languages in numbered:
        other = re.sub(r"\d{2,}", lambda digits: str(int(digits[0]) + 31), translation, count=1)
        assert any(each.kind == "number" for each in findings(source, other, *languages, ())), other
