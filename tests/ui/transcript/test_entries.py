"""What stands around the text of a message."""

import pytest

from chatdesk.domain.chat import MessageState
from chatdesk.domain.generation import AnswerFacts, StopReason
from chatdesk.ui.transcript.entries import Entry, can_continue
from chatdesk.ui.transcript.facts import facts_words
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.rows import Footer, Header, Thinking
from chatdesk.ui.transcript.small_rows import thinking_words


def facts(reason=StopReason.end, tokens=412, seconds=11.2):
    return AnswerFacts(reason, 100, 0, tokens, 0.41, seconds)


def test_facts_are_one_line():
    assert facts_words(facts()) == "412 tokens · 38.1 tokens/s · first token after 0.4 s"
    assert facts_words(facts(tokens=1)) == "1 token · first token after 0.4 s"
    quick = AnswerFacts(StopReason.end, 100, 0, 1, 0.03, 0.1)
    assert facts_words(quick) == "1 token · first token within 0.1 s"


@pytest.mark.parametrize(
    ("reason", "can"), [("end", False), ("length", True), ("context", True), ("stop", False)]
)
def test_answers_that_hit_a_limit_can_be_continued(shown, reason, can):
    assert can_continue(shown("assistant", "x", facts=facts(StopReason(reason)))) is can


def test_rows_of_an_answer_stand_in_reading_order(shown):
    entry = Entry(
        shown("assistant", "x", model="Qwen3", thinking="hm", state=MessageState.stopped), Formats()
    )
    kinds = [type(row.content).__name__ for row in entry.ensure_rows()]
    assert kinds == ["Header", "Thinking", "Prose", "Footer"]
    assert [row.content.status for row in entry.rows if isinstance(row.content, Footer)] == ["Stopped"]
    assert [row.content.model for row in entry.rows if isinstance(row.content, Header)] == ["Qwen3"]


def test_rows_that_stay_the_same_are_kept_when_a_message_changes(shown):
    old = shown("assistant", "first\n\n```\ncode\n```\n\nlast", model="Qwen3")
    entry = Entry(old, Formats())
    before = list(entry.ensure_rows())
    entry.thinking_open = True
    gone = entry.update(shown("assistant", "first\n\n```\ncode\n```\n\nother", model="Qwen3"))
    assert not gone
    assert [one is other for one, other in zip(before, entry.rows, strict=True)] == [True] * 5


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "Thoughts"),
        (-1, "Thinking…"),
        (0.2, "Thought for 1 s"),
        (59.2, "Thought for 1 min 0 s"),
        (4, "Thought for 4 s"),
    ],
)
def test_thinking_is_said_in_words(seconds, words):
    assert thinking_words(Thinking(open=False, seconds=seconds)) == words
