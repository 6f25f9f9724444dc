"""Tests of an answer's text while it arrives: cut characters, stop strings, thinking."""

import random

import pytest

from chatdesk.domain.generation import TextDelta, ThinkingDelta
from chatdesk.engine.answer import AnswerText
from chatdesk.engine.thinking import ThinkingSplitter


def told(pieces, stops=(), splitter=None):
    """Return (text, thinking, whether it was stopped) of an answer that arrives in `pieces`."""
    answer = AnswerText(stops, splitter)
    deltas = []
    for piece in pieces:
        deltas += answer.add(piece)
        if answer.stopped:
            break
    deltas += answer.finish()
    text = "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
    thinking = "".join(delta.text for delta in deltas if isinstance(delta, ThinkingDelta))
    return text, thinking, answer.stopped


def test_a_character_cut_between_tokens_arrives_whole():
    assert told(bytes([byte]) for byte in "Grüße 👋 你好".encode()) == ("Grüße 👋 你好", "", False)


def test_bytes_that_are_no_text_become_replacement_characters_and_nothing_stalls():
    answer = AnswerText((), None)
    assert list(answer.add(b"a\xff")) == [TextDelta("a\ufffd")]
    assert list(answer.add(b"b")) == [TextDelta("b")]


def test_a_character_that_is_never_finished_is_shown_at_the_end():
    assert told([b"a\xf0\x9f"]) == ("a\ufffd", "", False)


def test_text_is_given_out_at_once_when_nothing_can_become_a_stop_string():
    answer = AnswerText(("END",), None)
    assert answer.add(b"Hello") == [TextDelta("Hello")]
    assert answer.add(b" E") == [TextDelta(" ")]
    assert answer.add(b"x") == [TextDelta("Ex")]


def test_a_stop_string_ends_the_answer_and_is_not_part_of_it():
    assert told([b"One", b" two STOP", b" three"], ("STOP",)) == ("One two ", "", True)


@pytest.mark.parametrize("stop", ["STOP", "\n\n", "äöü", "aab"])
def test_a_stop_string_is_found_however_it_is_cut(stop):
    whole = f"before aaa {stop[:-1]}~ {stop} after"
    expected = whole.partition(stop)[0]
    for seed in range(30):
        chance = random.Random(seed)
        encoded, pieces = whole.encode(), []
        while encoded:
            size = chance.randint(1, 4)
            pieces.append(encoded[:size])
            encoded = encoded[size:]
        assert told(pieces, (stop, "never")) == (expected, "", True)


def test_the_first_of_several_stop_strings_counts():
    assert told([b"a B c A d"], ("A", "B")) == ("a ", "", True)


def test_what_was_held_back_arrives_when_the_answer_ends_otherwise():
    assert told([b"the EN"], ("END",)) == ("the EN", "", False)


def test_an_empty_stop_string_means_nothing():
    assert told([b"abc"], ("",)) == ("abc", "", False)


def test_thinking_is_told_apart_and_stop_strings_count_in_the_answer_only():
    pieces = [b"<thi", b"nk>one\ntwo", b"</think>", b"\n\nanswer\nrest"]
    assert told(pieces, ("\n",), ThinkingSplitter()) == ("answer", "one\ntwo", True)


def test_a_constrained_answer_has_no_thinking():
    assert told([b'"<think>"']) == ('"<think>"', "", False)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
def test_plain_pieces_between_markers_and_cut_characters_change_nothing(size):
    text = "<think>Hm.</think>Grüße an dich, dich, dich <|channel>thought no <channel|>und 👋 <b>Schluß</b>"
    raw = text.encode()
    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    whole = told([raw], splitter=ThinkingSplitter())
    for _ in range(2):  # the second time, every plain piece is known
        assert told(pieces, splitter=ThinkingSplitter()) == whole
    assert "Grüße an dich, dich, dich" in whole[0]
