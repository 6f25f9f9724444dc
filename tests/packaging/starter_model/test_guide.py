"""What the model says about the application: true, short, distinct, in four languages."""

import ast
import random
import re
from pathlib import Path

import pytest
from starter_text.guide import GUIDES, INTENTS, SMALL_TALK, first_sentence, with_names
from starter_text.outside import REFUSALS, draw_outside_question
from starter_text.patterns import expand
from starter_text.polish import decorated, unaccented, with_typo
from starter_text.small_talk import draw_story
from starter_text.tables import read_toml
from starter_text.writer import Writer

import chatdesk
from chatdesk.ui.shortcuts import SHORTCUTS

EVERY = [intent for guide in GUIDES.values() for intent in guide.values()]
DATA = (
    "application",
    "guide",
    "german",
    "french",
    "spanish",
    "small_talk",
    "chat",
    "memory",
    "outside",
    "names",
)


def _sentences_of_the_application():
    for path in Path(chatdesk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_keys_are_those_of_the_table_of_shortcuts():
    real = {shortcut.id: shortcut.keys for shortcut in SHORTCUTS}
    for name, keys in read_toml("application")["keys"].items():
        assert keys == real[name][0], name


def test_pages_buttons_and_settings_stand_in_the_application():
    real = set(_sentences_of_the_application())
    for group, names in read_toml("application")["ui"].items():
        assert set(names) <= real, group


def test_answers_name_keys_only_by_slots():
    for name in ("guide", "german", "french", "spanish"):
        for ident, row in read_toml(name).items():
            plain = re.sub(r"\{(key|ui):[^{}]+\}|Shift\+Enter", "", row["answer"])
            assert not re.search(r"Ctrl|Alt\+|\bF\d\b", plain), ident


def test_a_name_that_the_application_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        with_names("Click {ui:Fly away}.")
    with pytest.raises(KeyError):
        with_names("Press {key:fly-away}.")


@pytest.mark.parametrize("intent", EVERY, ids=[intent.name for intent in EVERY])
def test_every_question_has_an_answer_and_a_title(intent):
    rng = random.Random(2)
    assert 0 < len(intent.title.split()) <= 6
    assert intent.answer(rng).endswith((".", "!", "?"))
    assert len(intent.fixed_answer.split()) <= 40
    for _ in range(30):
        question = intent.question(rng)
        assert question == question.strip().lower()
        assert not set("(){}|") & set(question), question


@pytest.mark.parametrize("language", GUIDES)
def test_each_thing_can_be_asked_for_in_many_wordings(language):
    rng = random.Random(3)
    for ident, intent in GUIDES[language].items():
        if ident not in SMALL_TALK:
            assert len({intent.question(rng) for _ in range(300)}) > 100, ident


@pytest.mark.parametrize("language", GUIDES)
def test_no_two_intents_share_an_answer(language):
    answers = [intent.fixed_answer for intent in GUIDES[language].values() if intent.fixed_answer]
    assert len(answers) == len(set(answers))


@pytest.mark.parametrize("language", GUIDES)
def test_no_wording_asks_for_two_things(language):
    asked = {}
    rng = random.Random(7)
    for intent in GUIDES[language].values():
        for _ in range(400):
            assert asked.setdefault(intent.question(rng), intent.ident) == intent.ident


@pytest.mark.parametrize("language", GUIDES)
def test_no_keyword_asks_for_two_things(language):
    asked = {}
    for intent in GUIDES[language].values():
        for keyword in filter(None, intent.terse.split("|")):
            assert asked.setdefault(keyword, intent.ident) == intent.ident


@pytest.mark.parametrize("language", GUIDES)
def test_what_is_refused_is_not_asked_of_the_guide(language):
    rng = random.Random(8)
    known = {intent.question(rng) for intent in GUIDES[language].values() for _ in range(300)}
    refused = {draw_outside_question(rng, language) for _ in range(5000)}
    assert not known & refused
    assert len(refused) > 1000
    assert not any(set("{}|") & set(text) for text in refused)


def test_intents_of_other_languages_are_known_in_english():
    assert all(guide.keys() <= INTENTS.keys() for guide in GUIDES.values())
    assert INTENTS.keys() >= SMALL_TALK
    assert REFUSALS.keys() == GUIDES.keys()


@pytest.mark.parametrize("name", DATA)
def test_patterns_of_all_wordings_close_their_parentheses(name):
    rng = random.Random(4)
    for pattern in _strings(read_toml(name)):
        if "models page (" in pattern or "({key:" in pattern:
            continue
        assert pattern.count("(") == pattern.count(")"), pattern
        assert not set("()") & set(expand(rng, pattern)), pattern


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


def test_stories_leave_no_slot_open():
    rng = random.Random(3)
    for _ in range(300):
        story = draw_story(rng)
        assert story.count(".") == 4
        assert not set("{}") & set(story)


def test_polish_keeps_a_question_readable():
    rng = random.Random(5)
    for _ in range(500):
        text = decorated(rng, "how do i open a pdf in chatdesk")
        assert 20 < len(text) < 90
    assert with_typo(rng, "a 1 ?") == "a 1 ?"
    assert all(abs(len(with_typo(rng, "translate")) - 9) <= 1 for _ in range(100))
    assert unaccented("größe où señor") == "grosse ou senor"


@pytest.mark.parametrize("held", [False, True])
def test_a_question_is_on_the_writers_side_when_it_has_a_wording_there(held):
    writer = Writer(random.Random(6), held)
    asked = [writer.draw(lambda: INTENTS["send"].question(writer.rng)) for _ in range(50)]
    drawn = [text for text in asked if text]
    assert len(drawn) > 40
    assert all(writer.keep(text) for text in drawn)


def test_a_wording_that_does_not_exist_on_a_side_gives_nothing():
    assert Writer(random.Random(1), held=True).draw(lambda: "hello") is None
