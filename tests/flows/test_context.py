"""What the model sees with the next question, counted message by message."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import ContextNote, Conversation, Draft, Message, Role
from chatdesk.domain.documents import Document
from chatdesk.domain.generation import GenerationRequest
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.engine.prompt import fit
from chatdesk.flows.context import ContextFlow
from chatdesk.flows.documents import turn_of
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.told import told_of
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from tests.fakes.engine import FakeEngine

OPTIONS = AnswerOptions(ModelLoad(LocalModel(Path("m.gguf"))), "M")


@pytest.fixture
def chats(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield ChatStore(database)
    database.close()


@pytest.fixture
def engine():
    return FakeEngine()


def chat_with(chats, *texts, **own):
    """A stored chat whose messages are `texts`, questions and answers in turns, and its messages."""
    chat = Conversation("C", **own)
    chats.save(chat)
    messages = []
    for place, text in enumerate(texts):
        role = Role.assistant if place % 2 else Role.user
        messages.append(Message(role, text, messages[-1].id if messages else None))
        chats.add(chat.id, messages[-1])
    return chat, messages


def seen(chats, engine, chat, text="", context=100, options=OPTIONS, attachments=()):
    flow = ContextFlow(chats, engine)
    (made,) = flow.seen(chat, Draft(text, attachments), options, context, CancelToken())
    return made


def words(count):
    return " ".join(["w"] * count)


def test_each_message_is_counted_with_what_is_around_it(chats, engine):
    chat, _ = chat_with(chats, "one two", "three", system="be very brief")
    made = seen(chats, engine, chat, "and now?")
    assert [part.tokens for part in made.parts] == [6, 5]
    assert (made.system, made.draft, made.told, made.left) == (7, 6, 24, 76)
    assert made.answer_room == 25
    assert made.fits
    assert made.fallen_out is None


def test_documents_are_counted_beside_their_message(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    attached = chats.keep(Document("report.pdf", words(30)))
    folder = chats.keep(Document("rules.txt", words(5)))
    made = seen(
        chats, engine, chat, "?", options=replace(OPTIONS, documents=(folder,)), attachments=(attached,)
    )
    assert made.draft_documents == (("report.pdf", 34),)
    assert made.documents == (("rules.txt", 9),)
    assert made.draft == 39
    assert made.told == 5 + 5 + 39 + 9 + 4


def test_a_document_that_is_told_by_passages_is_named_without_a_count(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    attached = replace(chats.keep(Document("report.pdf", words(300))), passages=True)
    made = seen(chats, engine, chat, "?", attachments=(attached,))
    assert made.draft_documents == (("report.pdf", 0),)
    assert made.draft == 5
    assert max(len(text.split()) for _, texts in engine.counted for text in texts) < 300


def test_of_a_very_long_document_the_beginning_is_counted(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    attached = chats.keep(Document("book.txt", "abc " * 1_000_000))
    made = seen(chats, engine, chat, "?", attachments=(attached,))
    assert made.draft_documents == (("book.txt", 1_000_004),)
    assert max(len(text) for _, texts in engine.counted for text in texts) == 400_000


def test_a_text_is_counted_once(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    flow = ContextFlow(chats, engine)
    list(flow.seen(chat, Draft("x"), OPTIONS, 100, CancelToken()))
    list(flow.seen(chat, Draft("x y"), OPTIONS, 100, CancelToken()))
    assert engine.counted[-1][1] == ("x y",)
    list(flow.seen(chat, Draft("x y"), OPTIONS, 100, CancelToken()))
    assert len(engine.counted) == 2


def test_a_cancelled_count_yields_nothing(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    cancel = CancelToken()
    cancel.cancel()
    assert list(ContextFlow(chats, engine).seen(chat, Draft(), OPTIONS, 100, cancel)) == []


@pytest.mark.parametrize("pinned", [(), (0,), (1, 4)])
@pytest.mark.parametrize("context", [500, 900, 1500, 3000])
def test_the_view_begins_where_the_engine_lets_it_begin(chats, engine, pinned, context):
    chat, messages = chat_with(chats, *[words(20)] * 80, system="brief")
    for place in pinned:
        chats.update(replace(messages[place], pinned=True))
    made = seen(chats, engine, chat, "next", context)
    stored = [shown.message for shown in chats.branch(chat.id)]
    told = told_of("brief", [*stored, Message(Role.user, "next")], lambda m: turn_of(chats, False, m))

    def render(turns):  # four tokens around each turn
        return "".join(f"a b c d {turn.text} " for turn in turns if "left out" not in turn.text)

    prompt = fit(GenerationRequest(told.turns), str.split, render, context)
    first = told.ids[prompt.first_turn] if prompt.first_turn else None
    ids = [message.id for message in stored]
    begins = ids.index(first) if first in ids else 0
    assert begins - 16 <= made.begins <= begins  # the engine tries none of what only just fails
    assert made.told >= len(prompt.tokens)
    assert all(made.parts[place].seen for place in pinned)


def test_what_fell_out_is_named_until_a_note_tells_of_it(chats, engine):
    chat, messages = chat_with(chats, *[words(6)] * 20)
    made = seen(chats, engine, chat, "next")
    assert made.fallen_out == messages[made.begins - 1].id
    noted = replace(chat, note=ContextNote("They met.", made.fallen_out))
    again = seen(chats, engine, noted, "next")
    assert again.fallen_out is None
    assert again.note > 0
    assert [part.noted for part in again.parts].count(True) == again.begins == made.begins


def test_a_question_that_fits_no_context_is_told(chats, engine):
    chat, _ = chat_with(chats, "one", "two")
    made = seen(chats, engine, chat, words(200))
    assert not made.fits
    assert made.begins == 2
    assert made.left == 0
