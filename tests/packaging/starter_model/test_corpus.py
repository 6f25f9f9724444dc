"""The corpus of the starter model: valid, repeatable, and with two sides that share no question."""

import hashlib
from itertools import islice

import pytest
from starter_text.conversation import Conversation
from starter_text.corpus import draw_held_out, draw_training, questions
from starter_text.split import ALWAYS_TRAINED, is_held
from write_corpus import for_training

SHA256_OF_SEED_7 = "ce690ed8e66d7223bc27fec8778c5eb92a65510ab56167f1df857fca575e0d58"


def held_out(seed, seen=frozenset()):
    return (item for item in draw_held_out(seed, set(seen)) if item is not None)


@pytest.fixture(scope="module")
def training():
    return list(islice(draw_training(seed=3), 1500))


@pytest.fixture(scope="module")
def held():
    return list(islice(held_out(seed=3), 500))


def test_the_texts_of_a_seed_do_not_change_unnoticed():
    digest = hashlib.sha256()
    for item in [*islice(draw_training(seed=7), 300), *islice(held_out(seed=7), 100)]:
        digest.update(item.to_json().encode() + b"\n")
    assert digest.hexdigest() == SHA256_OF_SEED_7


def test_a_seed_gives_the_same_texts_again_and_another_seed_gives_others():
    first, again, other = (list(islice(draw_training(seed), 50)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_roles_alternate_and_no_message_is_empty(training, held):
    for item in training + held:
        roles = [message.role for message in item.messages]
        turns = roles[1:] if roles[0] == "system" else roles
        assert turns == ["user", "assistant"] * (len(turns) // 2), item
        assert turns
        assert all(message.content.strip() for message in item.messages), item


def test_every_task_occurs_on_both_sides(training, held):
    assert {item.task for item in training} == {item.task for item in held}


def test_conversations_fit_into_the_context(training, load_model, starter):
    model = load_model(starter)
    longest = max(
        sum(len(model.tokenize(message.content)) + 5 for message in item.messages) for item in training
    )
    assert 600 < longest <= 2048


def test_a_conversation_comes_back_from_its_line(training):
    assert [Conversation.from_json(item.to_json()) for item in training[:200]] == training[:200]


def test_the_commonest_openings_are_always_trained():
    assert not any(is_held(text) for text in ALWAYS_TRAINED)
    assert not is_held("  Hello! ")


def test_about_one_sentence_in_twelve_is_held_out():
    share = sum(is_held(f"sentence number {number}") for number in range(12_000)) / 12_000
    assert share == pytest.approx(1 / 12, abs=0.01)


def test_case_marks_and_spaces_do_not_change_the_side():
    for number in range(200):
        assert is_held(f"How  is number {number}?") == is_held(f"how is number {number}")


def test_translated_sentences_are_on_their_side(training, held):
    trained, asked = (
        {text for item in items if item.meta.get("tgt") == "en" for text in _english_sentences(item)}
        for items in (training, held)
    )
    assert len(asked) > 100
    assert all(map(is_held, asked))
    # Phrases of the phrase book are trained whatever their hash says, so that the other side has none.
    assert not trained & asked


def _english_sentences(item):
    """The English texts of one sentence among the answers of a translation or of a series of them."""
    if item.task not in ("translate", "series"):
        return []
    answers = [message.content for message in item.messages if message.role == "assistant"]
    return [answer for answer in answers if sum(map(answer.count, ".?!")) <= 1]


def test_a_question_of_the_examination_is_left_out_of_the_texts():
    first = next(draw_training(seed=11))
    examined = {next(iter(questions(first)))}
    assert all(not questions(item) & examined for item in islice(for_training(11, examined), 40))
    assert next(for_training(11, set())) == first


def test_no_question_is_on_both_sides(training):
    asked = {question for item in training for question in questions(item)}
    assert all(not questions(item) & asked for item in islice(held_out(seed=3, seen=asked), 200))


def test_a_question_that_training_has_seen_is_dropped():
    first = next(item for item in draw_held_out(seed=3, seen=set()) if item is not None)
    assert next(draw_held_out(seed=3, seen=questions(first))) is None
