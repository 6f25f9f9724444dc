"""What the model says about the application: every question has an answer, no pattern leaves a slot open."""

import random
import re

import pytest
from starter_text.guide import GERMAN_ANSWERS, GERMAN_QUESTIONS, INTENTS, SMALL_TALK, first_sentence
from starter_text.patterns import expand
from starter_text.polish import decorated, with_typo
from starter_text.small_talk import FOREIGN, draw_story, draw_unknown_question
from starter_text.tables import read_toml
from starter_text.writer import Writer


@pytest.mark.parametrize("intent", INTENTS.values(), ids=INTENTS.keys())
def test_every_question_has_an_answer_and_a_title(intent):
    rng = random.Random(2)
    assert intent.questions
    assert 0 < len(intent.title.split()) <= 6
    for _ in range(20):
        question = intent.question(rng)
        assert re.fullmatch(r"[a-z0-9'.,_ /-]+", question), question
        assert re.search(r"[.!?)]$", intent.answer(rng))


def test_german_answers_and_small_talk_belong_to_known_intents():
    assert GERMAN_ANSWERS.keys() <= INTENTS.keys()
    assert GERMAN_QUESTIONS.keys() <= GERMAN_ANSWERS.keys()
    assert INTENTS.keys() >= SMALL_TALK
    assert all(row["answer"] for row in FOREIGN)


def test_patterns_of_all_wordings_close_their_parentheses():
    names = ("guide", "german", "small_talk", "instructions")
    patterns = [text for name in names for text in _strings(read_toml(name))]
    assert len(patterns) > 400
    rng = random.Random(4)
    for pattern in patterns:
        assert pattern.count("(") == pattern.count(")"), pattern
        assert not set("(|)") & set(expand(rng, pattern)), pattern


def _strings(value):
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _strings(part)]


def test_a_pattern_reaches_each_of_its_alternatives():
    rng = random.Random(1)
    drawn = {expand(rng, "(a|b (c|d)|) end") for _ in range(200)}
    assert drawn == {"a end", "b c end", "b d end", "end"}


def test_the_short_form_of_an_answer_is_its_first_sentence():
    assert first_sentence("Press Esc. The rest is kept.") == "Press Esc."
    assert first_sentence("Hello!") == "Hello!"


def test_stories_and_unknown_questions_leave_no_slot_open():
    rng = random.Random(3)
    for _ in range(300):
        story = draw_story(rng)
        assert story.count(".") == 4
        assert not set("{}") & set(story)
        assert not re.search(r"NUM|PLACE", draw_unknown_question(rng))


def test_polish_keeps_a_question_readable():
    rng = random.Random(5)
    for _ in range(500):
        text = decorated(rng, "how do i open a pdf in chatdesk")
        assert 20 < len(text) < 80
    assert with_typo(rng, "a 1 ?") == "a 1 ?"
    assert all(abs(len(with_typo(rng, "translate")) - 9) <= 1 for _ in range(100))


@pytest.mark.parametrize("held", [False, True])
def test_a_question_is_on_the_writers_side_when_it_has_a_wording_there(held):
    writer = Writer(random.Random(6), held)
    asked = [writer.draw(lambda: INTENTS["send"].question(writer.rng)) for _ in range(50)]
    assert all(text and writer.keep(text) for text in asked)


def test_a_wording_that_does_not_exist_on_a_side_gives_nothing():
    assert Writer(random.Random(1), held=True).draw(lambda: "hello") is None
