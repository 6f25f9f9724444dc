"""Which turns of a conversation a model sees."""

import time
from dataclasses import replace

import pytest

from chatdesk.domain.errors import MessageTooLong, PinnedTooLong
from chatdesk.domain.fitting import answer_room
from chatdesk.domain.generation import GenerationRequest, Sampling, Turn
from chatdesk.engine.prompt import fit


def words(text):
    return [len(word) for word in text.split()]


def render(turns):
    return "".join(f"<{turn.role}> {turn.text} </> " for turn in turns) + "<assistant>"


def chat(pairs, size=10, system=True):
    turns = [Turn("system", "rules")] if system else []
    for number in range(pairs):
        turns += [
            Turn("user", f"q{number} " + "w " * (size - 1)),
            Turn("assistant", f"a{number} " + "w " * (size - 1)),
        ]
    return (*turns, Turn("user", "newest"))


def fitted(turns, context, **request):
    return fit(GenerationRequest(tuple(turns), **request), words, render, context)


def test_a_short_conversation_is_seen_whole():
    prompt = fitted(chat(3), 1000)
    assert prompt.first_turn == 0
    assert prompt.text == render(chat(3))
    assert prompt.tokens == words(prompt.text)


def test_the_oldest_turns_are_dropped_a_quarter_of_the_budget_at_once():
    turns = chat(50)
    prompt = fitted(turns, 400)
    assert turns[prompt.first_turn].role == "user"
    assert prompt.text == render((turns[0], *turns[prompt.first_turn :]))
    assert 0.5 * 300 <= len(prompt.tokens) <= 0.75 * 300


def test_many_following_turns_keep_the_same_beginning():
    first, starts = 0, []
    for pairs in range(10, 80):
        first = fitted(chat(pairs), 800, first_turn=first).first_turn
        starts.append(first)
    assert starts == sorted(starts)
    assert 2 < len(set(starts)) < len(starts) / 4


def test_a_view_that_still_fits_is_kept():
    turns = chat(40)
    start = fitted(turns, 800).first_turn
    assert (
        fitted((*turns, Turn("assistant", "ok"), Turn("user", "more")), 800, first_turn=start).first_turn
        == start
    )


def test_a_first_turn_that_is_no_users_turn_moves_to_the_next_one():
    turns = chat(40)
    start = fitted(turns, 800).first_turn
    assert fitted(turns, 800, first_turn=start - 1).first_turn == start
    assert fitted(turns, 800, first_turn=10_000).first_turn == start


def test_the_whole_is_seen_again_when_it_fits_again():
    assert fitted(chat(3), 1000, first_turn=3).first_turn == 0


def test_system_turns_stay_wherever_they_stand():
    turns = [*chat(40)]
    turns.insert(21, Turn("system", "later rules"))
    prompt = fitted(turns, 400)
    assert "<system> rules </>" in prompt.text
    assert "<system> later rules </>" in prompt.text


def test_the_newest_message_may_take_the_room_of_the_answer():
    turns = (*chat(20)[:-1], Turn("user", "w " * 900))
    prompt = fitted(turns, 1000)
    assert prompt.first_turn == len(turns) - 1


def test_a_message_that_cannot_fit_is_refused_with_both_numbers():
    turns = (*chat(20)[:-1], Turn("user", "w " * 990))
    with pytest.raises(MessageTooLong) as caught:
        fitted(turns, 1000)
    assert caught.value.needed == 990 + 6
    assert caught.value.available == 1000 - 64


def test_an_answer_is_continued_with_its_question():
    turns = (*chat(30), Turn("assistant", "half " * 40))
    prompt = fitted(turns, 400)
    assert prompt.first_turn <= len(turns) - 2
    assert "newest" in prompt.text
    assert prompt.text.count("half") == 40


def test_the_answers_room_is_a_quarter_or_the_longest_answer():
    assert answer_room(0, 8192) == 2048
    assert answer_room(500, 8192) == 500
    assert answer_room(9000, 8192) == 2048
    assert answer_room(1, 8192) == 64
    assert answer_room(0, 100) == 25


def test_a_short_answer_leaves_more_room_for_the_conversation():
    turns = chat(60)
    assert fitted(turns, 1600).first_turn > 0
    assert fitted(turns, 1600, sampling=Sampling(answer_tokens=64)).first_turn == 0


def test_only_system_turns_are_refused_when_they_do_not_fit():
    with pytest.raises(MessageTooLong):
        fitted([Turn("system", "w " * 500)], 100)


def test_text_that_no_tokeniser_takes_is_replaced():
    prompt = fitted([Turn("user", "a\0b \ud800 \ud83d\ude00 c")], 1000)
    assert "a\ufffdb \ufffd \U0001f600 c" in prompt.text
    prompt.text.encode()


def test_two_thousand_turns_are_fitted_in_little_time_and_few_calls():
    turns = chat(1000, size=1250)
    assert sum(len(turn.text) for turn in turns) > 5_000_000
    calls = []

    def tokenise(text):
        calls.append(len(text))
        return range(len(text) // 4)

    started = time.process_time()
    prompt = fit(GenerationRequest(turns), tokenise, render, 8192)
    assert time.process_time() - started < 1
    assert prompt.first_turn > 1900
    assert sum(calls) < 400_000


def test_a_long_conversation_that_fits_is_tokenised_once():
    turns = chat(1000, size=100)
    calls = []

    def tokenise(text):
        calls.append(len(text))
        return range(len(text) // 4)

    prompt = fit(GenerationRequest(turns), tokenise, render, 400_000)
    assert prompt.first_turn == 0
    assert len(calls) == 1


def test_templates_that_add_much_to_each_turn_still_fit():
    def wordy(turns):
        return "".join("mark " * 30 + turn.text for turn in turns)

    turns = chat(500)
    prompt = fit(GenerationRequest(turns), words, wordy, 4000)
    assert 0 < len(prompt.tokens) <= 3000
    assert prompt.first_turn > 0


def pinned(turns, *places):
    return tuple(replace(turn, pinned=True) if i in places else turn for i, turn in enumerate(turns))


def test_a_pinned_question_keeps_its_place_when_those_around_it_no_longer_fit():
    turns = pinned(chat(50), 5)
    prompt = fitted(turns, 400)
    assert prompt.first_turn > 6
    assert prompt.text == render((turns[0], turns[5], *turns[prompt.first_turn :]))
    assert len(prompt.tokens) <= 0.75 * 300


def test_a_pinned_answer_follows_a_sign_that_its_question_is_left_out():
    turns = pinned(chat(50), 4, 8)
    prompt = fitted(turns, 400)
    sign = Turn("user", "[An earlier message, which is left out here.]")
    assert prompt.text == render((turns[0], sign, turns[4], sign, turns[8], *turns[prompt.first_turn :]))


def test_a_pinned_answer_with_its_question_stands_as_it_was():
    turns = pinned(chat(50), 3, 4)
    prompt = fitted(turns, 400)
    assert prompt.text == render((turns[0], *turns[3:5], *turns[prompt.first_turn :]))


def test_what_is_pinned_within_the_view_is_told_once():
    turns = pinned(chat(50), 99)
    assert fitted(turns, 400) == fitted(chat(50), 400)


def test_pinned_messages_that_leave_no_room_are_named():
    turns = pinned(chat(20, size=60), 3, 4, 7)
    with pytest.raises(PinnedTooLong) as caught:
        fitted(turns, 200)
    assert [each.split()[0] for each in caught.value.beginnings] == ["q1", "a1", "q3"]
    assert caught.value.needed > caught.value.available == 150
    assert "“q1 w w" in caught.value.sentence


def test_a_message_that_is_too_long_even_without_the_pinned_ones_is_refused_itself():
    turns = (*pinned(chat(5), 1)[:-1], Turn("user", "long " * 500))
    with pytest.raises(MessageTooLong):
        fitted(turns, 200)


def test_a_pinned_message_with_a_document_is_named_by_what_is_asked():
    question = Turn("user", '<document name="a">\n' + "w " * 300 + "</document>\n\nWhat is it?", pinned=True)
    with pytest.raises(PinnedTooLong) as caught:
        fitted((question, Turn("assistant", "ok"), Turn("user", "newest")), 200)
    assert caught.value.beginnings == ("What is it?",)
