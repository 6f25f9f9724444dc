"""The note that the model writes of the beginning of a chat."""

from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import ContextNote, Conversation
from chatdesk.domain.summary_errors import NoNote
from chatdesk.flows.context_note import ContextNoteFlow, NoteGrew, NoteStep
from tests.fakes.engine import FakeEngine
from tests.flows.test_context import OPTIONS, chat_with, chats, words  # noqa: F401  the fixture


def written(chats, engine, chat, until, context=8192, cancel=None):  # noqa: F811
    return list(ContextNoteFlow(chats, engine).write(chat, until, OPTIONS, context, cancel or CancelToken()))


def test_a_note_is_written_of_the_messages_up_to_the_last_one(chats):  # noqa: F811
    chat, messages = chat_with(chats, "My name is Ada.", "Hello Ada.", "More?", "Yes.")
    engine = FakeEngine("The user is Ada.")
    events = written(chats, engine, chat, messages[1].id)
    assert events[0] == NoteStep(1, 1)
    assert "".join(e.text for e in events if isinstance(e, NoteGrew)) == "The user is Ada."
    assert events[-1] == ContextNote("The user is Ada.", messages[1].id)
    asked = engine.requests[0].turns[-1].text
    assert "User: My name is Ada.\nAssistant: Hello Ada." in asked
    assert "More?" not in asked


def test_long_beginnings_are_read_in_steps_that_hand_the_note_on(chats):  # noqa: F811
    chat, messages = chat_with(chats, words(900), words(900), words(900), words(5))
    engine = FakeEngine(*[f"note{number}" for number in range(9)])
    events = written(chats, engine, chat, messages[-1].id, context=2048)
    steps = [event for event in events if isinstance(event, NoteStep)]
    assert len(steps) == steps[0].count == len(engine.requests) >= 3
    assert "Notes of what was said before:\nnote0\n\nAfter that:" in engine.requests[1].turns[-1].text
    assert all(len(r.turns[-1].text.split()) < 2048 - 400 - 200 for r in engine.requests)
    asked = " ".join(request.turns[-1].text for request in engine.requests)
    assert asked.split().count("w") == 2705
    assert events[-1].text == f"note{len(steps) - 1}"


def test_an_earlier_note_is_gone_on_with(chats):  # noqa: F811
    chat, messages = chat_with(chats, "old", "older", "new", "newer", "last", "x")
    chat = replace(chat, note=ContextNote("What was.", messages[1].id))
    engine = FakeEngine("All.")
    assert written(chats, engine, chat, messages[3].id)[-1] == ContextNote("All.", messages[3].id)
    asked = engine.requests[0].turns[-1].text
    assert "What was." in asked
    assert "User: new\n" in asked
    assert "older" not in asked


def test_a_model_that_writes_nothing_is_told_of(chats):  # noqa: F811
    chat, messages = chat_with(chats, "a", "b", "c", "d")
    with pytest.raises(NoNote):
        written(chats, FakeEngine("  "), chat, messages[1].id)


def test_a_cancelled_note_is_none(chats):  # noqa: F811
    chat, messages = chat_with(chats, "a", "b", "c", "d")
    cancel = CancelToken()
    cancel.cancel()
    events = written(chats, FakeEngine("x y"), chat, messages[1].id, cancel=cancel)
    assert not any(isinstance(event, ContextNote) for event in events)


def test_a_note_is_kept_with_its_chat_and_taken_away(chats):  # noqa: F811
    chat, messages = chat_with(chats, "a", "b")
    flow = ContextNoteFlow(chats, FakeEngine())
    flow.keep(chat, ContextNote("N", messages[0].id))
    assert chats.conversation(chat.id).note == ContextNote("N", messages[0].id)
    flow.keep(chat, None)
    assert chats.conversation(chat.id).note is None
    flow.keep(Conversation("never stored"), None)
