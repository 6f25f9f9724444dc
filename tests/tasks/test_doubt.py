"""Words that a model was not sure of."""

import pytest

from chatdesk.domain.generation import TokenProbability
from chatdesk.tasks.doubt import doubtful_words


def tokens(*pairs):
    return [TokenProbability(0, text, probability) for text, probability in pairs]


def found(*pairs):
    text = "".join(text for text, _ in pairs)
    return [(text[each.start : each.end], each.probability) for each in doubtful_words(tokens(*pairs))]


def test_a_word_is_as_likely_as_all_its_tokens_together():
    assert found(("Das", 0.9), (" Ha", 0.5), ("us", 0.5), (" ist", 0.9)) == [("Haus", 0.25)]


def test_marks_and_spaces_do_not_count():
    assert found(("Gut", 0.9), (",", 0.01), (" ", 0.01), ("ja", 0.9), (".", 0.1)) == []


def test_a_token_that_ends_one_word_and_begins_another_counts_for_both():
    assert [word for word, _ in found(("a", 0.9), ("b c", 0.2), ("d", 0.9))] == ["ab", "cd"]


def test_signs_of_scripts_without_spaces_are_words_of_their_own():
    assert found(("家", 0.9), ("大", 0.1)) == [("大", pytest.approx(0.1))]


@pytest.mark.parametrize("pairs", [[], [("", 0.1)], [("...", 0.1)]])
def test_where_there_are_no_words_there_is_no_doubt(pairs):
    assert doubtful_words(tokens(*pairs)) == ()
