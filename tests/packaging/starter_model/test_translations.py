"""Translations as the page asks for them and in free words, apart by the sides of the split."""

import random
import re
from pathlib import Path

import pytest
from starter_text.phrase_book import FIXED
from starter_text.translations import page_question, write_short_translation, write_translation
from starter_text.writer import Writer

from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import turns_for

TASK = Path(__file__).parents[3] / "assets" / "tasks" / "translate.toml"


def drawn(make, held, count=600, seed=3):
    writer = Writer(random.Random(seed), held)
    return [make(writer) for _ in range(count)]


@pytest.mark.parametrize("source", ["de", None])
@pytest.mark.parametrize("tone", ["neutral", "formal", "informal"])
def test_the_page_question_is_the_one_that_the_application_sends(source, tone):
    values = {"text": "Ein Satz.\n\nNoch einer.", "target": "fr"} | ({"source": source} if source else {})
    turns = turns_for(read_task(TASK), values, {"tone": tone})
    assert page_question(source, "fr", values["text"], tone) == tuple(turn.text for turn in turns)


def test_about_half_of_the_questions_are_those_of_the_page():
    items = drawn(write_translation, held=False)
    share = sum("<text>" in item.messages[1].content for item in items) / len(items)
    assert 0.42 < share < 0.65


def test_both_languages_are_told_to_the_evaluation():
    for item in drawn(write_translation, held=True) + drawn(write_short_translation, held=False):
        assert {item.meta["src"], item.meta["tgt"]} <= {"en", "de", "fr", "es"}
        assert item.meta["src"] != item.meta["tgt"]


def test_no_placeholder_is_left_in_a_question():
    for item in drawn(write_translation, held=False) + drawn(write_translation, held=True):
        for message in item.messages:
            assert not re.search(r"\b(TGTe?|SRC|TEXT|NAME)\b|[{}]", message.content), message.content


def test_held_out_sentences_are_not_trained():
    def english(held):
        items = drawn(write_translation, held, 1500)
        answers = [item.messages[-1].content for item in items if item.meta["tgt"] == "en"]
        return {
            line
            for answer in answers
            for line in re.split(r"(?<=[.?!]) |\n+(?:- )?", answer.removeprefix("- "))
        }

    fixed = {row["en"] for row in FIXED}
    held = english(held=True)
    assert not held & english(held=False)
    assert len(held & fixed) == 0


def test_the_same_seed_gives_the_same_items():
    assert drawn(write_translation, held=False, count=50) == drawn(write_translation, held=False, count=50)
