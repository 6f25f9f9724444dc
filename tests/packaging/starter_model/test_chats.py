"""Chats: names are remembered, refusals fit the language, titles are short, a seed decides all."""

import random
from itertools import pairwise

import pytest
from starter_text.chats import write_chat, write_chat_title
from starter_text.names import FIRST_NAMES, draw_name, made_up_name
from starter_text.outside import REFUSALS
from starter_text.system_message import draw_system
from starter_text.writer import Writer


@pytest.fixture(scope="module", params=[False, True], ids=["training", "held out"])
def chats(request):
    writer = Writer(random.Random(3), request.param)
    return [write_chat(writer) for _ in range(1500)]


def _turns(chat):
    answers = zip(chat.messages[::2], chat.messages[1::2], strict=True)
    return [
        (intent, asked.content, answer.content)
        for intent, (asked, answer) in zip(chat.meta["intents"], answers, strict=True)
    ]


def test_a_name_that_was_told_last_is_the_one_remembered(chats):
    remembered = 0
    for chat in chats:
        name = None
        for intent, asked, answer in _turns(chat):
            if intent == "name_told":
                name = next(
                    word
                    for word in sorted(
                        answer.replace("!", " ").replace(".", " ").replace(",", " ").split(" ")
                    )
                    if word.lower() in asked.lower()
                )
                remembered += 1
            if intent == "name_asked" and name is not None:
                assert name in answer
    assert remembered > 100


def test_what_lies_outside_gets_one_of_four_answers(chats):
    answers = {answer for chat in chats for intent, _, answer in _turns(chat) if intent == "ood"}
    assert answers == set(REFUSALS.values())
    assert all("Ctrl+2" in answer for answer in answers)


def test_an_answer_repeated_is_the_same(chats):
    for chat in chats:
        for before, (intent, _, answer) in pairwise(_turns(chat)):
            if intent == "again":
                assert answer == before[2]
            if intent == "shorter":
                assert before[2].startswith(answer)


def test_titles_have_at_most_six_words():
    writer = Writer(random.Random(5), False)
    titles = [write_chat_title(writer).messages[-1].content for _ in range(300)]
    assert all(0 < len(title.split()) <= 6 for title in titles)
    assert len(set(titles)) > 40


def test_there_are_many_names_and_made_up_ones_hardly_repeat():
    rng = random.Random(1)
    assert len(FIRST_NAMES) >= 1500
    assert all(name[0].isupper() and name.isalpha() for name in FIRST_NAMES)
    assert len({made_up_name(rng) for _ in range(5000)}) > 4000
    assert len({draw_name(rng) for _ in range(5000)}) > 3000


def test_a_seed_gives_the_same_chats():
    first, again = ([write_chat(Writer(random.Random(9), False)) for _ in range(5)] for _ in range(2))
    assert first == again


def test_system_messages_vary():
    rng = random.Random(2)
    drawn = {draw_system(rng) for _ in range(500)}
    assert len(drawn) > 150
    assert not any(set("(){}|") & set(text) for text in drawn)
