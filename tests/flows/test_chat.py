"""The chat flow on the real store, with an engine that says what the test tells it."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk import paths
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, Draft, MessageState, Role
from chatdesk.domain.errors import EngineCrashed, MessageTooLong
from chatdesk.domain.generation import TextDelta, ThinkingDelta, Turn, ViewStarts
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.storage_errors import DiskFull
from chatdesk.flows import chat as chat_flow
from chatdesk.flows.chat import (
    AnswerDone,
    AnswerStarted,
    ChatFlow,
    TextGrew,
    ThinkingGrew,
    first_words,
)
from chatdesk.flows.options import AnswerOptions
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import turns_for
from tests.fakes.engine import FakeEngine

OPTIONS = AnswerOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model M")


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def chats(database):
    return ChatStore(database)


@pytest.fixture
def records(database):
    return ModelStore(database)


class Chat:
    """One conversation, asked through the flow."""

    def __init__(self, chats, engine, **fields):
        self.chats, self.engine = chats, engine
        self.flow = ChatFlow(chats, engine)
        self.conversation = Conversation(**fields)
        self.id = self.conversation.id

    def ask(self, text, parent=None, cancel=None):
        question = self.flow.ask(self.conversation, Draft(text), parent or self.head)
        return list(self.flow.answer(self.id, question.id, OPTIONS, cancel or CancelToken()))

    @property
    def head(self):
        stored = self.chats.conversation(self.id)
        return stored.head if stored else None

    @property
    def messages(self):
        return [shown.message for shown in self.chats.branch(self.id)]


def test_an_answer_is_streamed_and_stored(chats):
    chat = Chat(chats, FakeEngine("Hello you"))
    events = chat.ask("Hi")
    assert [type(e).__name__ for e in events] == [
        "AnswerStarted",
        "ModelReady",
        "TextGrew",
        "TextGrew",
        "AnswerDone",
    ]
    assert [(m.role, m.text, m.state) for m in chat.messages] == [
        ("user", "Hi", "complete"),
        ("assistant", "Hello you", "complete"),
    ]
    assert chat.messages[1].model == "Model M"
    assert chat.messages[1].facts.answer_tokens == 2
    assert chat.engine.requests[0].turns == (Turn("user", "Hi"),)


def test_the_question_is_stored_before_the_engine_is_asked(chats):
    chat = Chat(chats, FakeEngine())
    chat.flow.ask(chat.conversation, Draft("Hi"), None)
    assert [m.text for m in chat.messages] == ["Hi"]
    assert not chat.engine.batches


def test_the_answer_row_stands_in_the_store_before_the_first_token(chats):
    chat = Chat(chats, FakeEngine("Hello"))
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    events = chat.flow.answer(chat.id, question.id, OPTIONS, CancelToken())
    assert isinstance(next(events), AnswerStarted)
    assert chat.messages[-1].state is MessageState.streaming
    events.close()
    assert chat.messages[-1].state is MessageState.stopped


def test_the_whole_conversation_and_its_system_prompt_are_told(chats):
    chat = Chat(chats, FakeEngine("one", "two"), system="Be brief.")
    chat.ask("first")
    chat.ask("second")
    assert chat.engine.requests[1].turns == (
        Turn("system", "Be brief."),
        Turn("user", "first"),
        Turn("assistant", "one"),
        Turn("user", "second"),
    )


def test_a_crash_keeps_what_had_arrived_and_says_so_in_the_answer(chats):
    chat = Chat(chats, FakeEngine(EngineCrashed(-11), "well again"))
    last = chat.ask("Hi")[-1]
    assert isinstance(last, AnswerDone)
    stored = chat.messages[-1]
    assert (stored.text, stored.state) == ("half ", MessageState.failed)
    assert "stopped unexpectedly" in stored.error
    chat.ask("Again")
    assert chat.messages[-1].text == "well again"


def test_an_answer_that_failed_without_text_is_not_told_to_the_model(chats):
    chat = Chat(chats, FakeEngine([MessageTooLong(9, 4)], "fine"))
    chat.ask("too long")
    chat.ask("short")
    assert chat.engine.requests[1].turns == (Turn("user", "too long"), Turn("user", "short"))


def test_a_bug_is_raised_and_leaves_a_failed_answer_with_its_text(chats):
    chat = Chat(chats, FakeEngine([TextDelta("half"), ZeroDivisionError("oops")]))
    with pytest.raises(ZeroDivisionError):
        chat.ask("Hi")
    assert (chat.messages[-1].text, chat.messages[-1].state) == ("half", MessageState.failed)
    assert "oops" not in chat.messages[-1].error


def test_stopping_keeps_the_half_answer(chats):
    chat, cancel = Chat(chats, FakeEngine("a b c d")), CancelToken()
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    for event in chat.flow.answer(chat.id, question.id, OPTIONS, cancel):
        if isinstance(event, TextGrew):
            cancel.cancel()
    assert (chat.messages[-1].text, chat.messages[-1].state) == ("a ", MessageState.stopped)


def test_leaving_the_iterator_early_stops_the_engine_and_stores(chats):
    chat = Chat(chats, FakeEngine("a b c d"))
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    events = chat.flow.answer(chat.id, question.id, OPTIONS, CancelToken())
    for event in events:
        if isinstance(event, TextGrew):
            break
    events.close()
    assert chat.engine.left_early == 1
    assert chat.messages[-1].text == "a "


def test_text_is_stored_while_it_grows(chats, monkeypatch):
    clock = itertools.count(step=0.2)
    monkeypatch.setattr(chat_flow.time, "monotonic", lambda: next(clock))
    chat = Chat(chats, FakeEngine(" ".join("abcdefgh")))
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    seen = []
    for event in chat.flow.answer(chat.id, question.id, OPTIONS, CancelToken()):
        if isinstance(event, TextGrew):
            seen.append(chat.messages[-1].text)
    behind = [count - len(text.split()) for count, text in enumerate(seen, start=1)]
    assert max(behind) <= 3  # at five tokens a second, less than a second's worth is not yet on disk


def test_thinking_is_kept_apart_from_the_answer(chats):
    chat = Chat(chats, FakeEngine([ThinkingDelta("hm"), TextDelta("yes")], "next"))
    events = chat.ask("Hi")
    assert any(isinstance(e, ThinkingGrew) and e.text == "hm" for e in events)
    assert (chat.messages[-1].thinking, chat.messages[-1].text) == ("hm", "yes")
    chat.ask("And?")
    assert Turn("assistant", "yes") in chat.engine.requests[1].turns


def test_regenerating_makes_another_version_and_forgets_nothing(chats):
    chat = Chat(chats, FakeEngine("one", "two"))
    chat.ask("Hi")
    question = chat.messages[0]
    last = list(chat.flow.answer(chat.id, question.id, OPTIONS, CancelToken()))[-1]
    assert (last.shown.message.text, last.shown.versions.place, len(last.shown.versions.ids)) == ("two", 1, 2)
    assert chat.engine.requests[1].turns == (Turn("user", "Hi"),)


def test_editing_a_question_starts_a_branch_of_its_own(chats):
    chat = Chat(chats, FakeEngine("one", "two", "three"))
    chat.ask("first")
    second = chat.flow.ask(chat.conversation, Draft("second"), chat.head)
    list(chat.flow.answer(chat.id, second.id, OPTIONS, CancelToken()))
    edited = chat.flow.ask(chat.conversation, Draft("second, better"), second.parent)
    list(chat.flow.answer(chat.id, edited.id, OPTIONS, CancelToken()))
    assert [m.text for m in chat.messages] == ["first", "one", "second, better", "three"]
    assert chat.engine.requests[-1].turns[-1] == Turn("user", "second, better")


def test_going_on_continues_the_same_answer(chats):
    chat = Chat(chats, FakeEngine(EngineCrashed(-9), "and whole"))
    chat.ask("Hi")
    answer = chat.messages[-1]
    events = list(chat.flow.go_on(chat.id, answer.id, OPTIONS, CancelToken()))
    assert chat.engine.requests[1].continues
    assert chat.messages[-1].text == "half and whole"
    assert chat.messages[-1].state is MessageState.complete
    assert chat.messages[-1].error == ""
    assert events[0].shown.message.text == "half "


def test_the_view_of_the_model_is_remembered_and_asked_for_again(chats):
    chat = Chat(chats, FakeEngine("one", "two", [ViewStarts(2), TextDelta("three")], "four"))
    for text in ("a", "b", "c"):
        chat.ask(text)
    assert chat.messages[-1].view_start == chat.messages[2].id
    chat.ask("d")
    assert chat.engine.requests[-1].first_turn == 2


def test_an_answer_belongs_to_its_question_even_when_another_branch_is_shown(chats):
    chat = Chat(chats, FakeEngine("one", "two"))
    chat.ask("first")
    other = chat.flow.ask(chat.conversation, Draft("other"), None)
    chats.show(chat.id, chat.messages[0].id)
    list(chat.flow.answer(chat.id, other.id, OPTIONS, CancelToken()))
    assert chat.engine.requests[-1].turns == (Turn("user", "other"),)


def test_a_chat_is_named_by_the_model_once(chats):
    chat = Chat(chats, FakeEngine("Paris.", '"Capital of France."\n\nmore'), title=first_words("What is it?"))
    chat.ask("What is it?")
    named = list(chat.flow.name(chat.id, chat.messages[-1].id, OPTIONS, CancelToken()))
    assert [c.title for c in named] == ["Capital of France"]
    assert chats.conversation(chat.id).title == "Capital of France"
    request = chat.engine.requests[-1]
    assert request.thinking is False
    assert request.turns[:2] == (Turn("user", "What is it?"), Turn("assistant", "Paris."))
    assert request.turns[2:] == turns_for(read_task(paths.task_file("title")), {}, {})
    assert not list(chat.flow.name(chat.id, chat.messages[-1].id, OPTIONS, CancelToken()))


def test_a_title_given_by_the_user_is_never_replaced(chats):
    chat = Chat(chats, FakeEngine("Paris.", "A title"), title="Mine")
    chat.ask("What is it?")
    assert not list(chat.flow.name(chat.id, chat.messages[-1].id, OPTIONS, CancelToken()))
    assert chats.conversation(chat.id).title == "Mine"


def test_an_empty_title_leaves_the_first_words(chats):
    chat = Chat(chats, FakeEngine("Paris.", [ThinkingDelta("long thoughts")]), title="What?")
    chat.ask("What?")
    assert not list(chat.flow.name(chat.id, chat.messages[-1].id, OPTIONS, CancelToken()))
    assert chats.conversation(chat.id).title == "What?"


def test_a_full_disk_in_mid_answer_ends_it_with_a_reason(chats, monkeypatch):
    real = ChatStore.update
    clock = itertools.count(step=1.0)
    monkeypatch.setattr(chat_flow.time, "monotonic", lambda: next(clock))

    def full(self, message):
        if message.state is MessageState.streaming:
            raise DiskFull(Path("chats.sqlite"))
        return real(self, message)

    monkeypatch.setattr(ChatStore, "update", full)
    chat = Chat(chats, FakeEngine("a b c"))
    last = chat.ask("Hi")[-1]
    assert last.shown.message.state is MessageState.failed
    assert "disk is full" in last.shown.message.error


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello", "Hello"),
        ("  two\n lines ", "two lines"),
        ("word " * 40, ("word " * 9).strip() + "…"),
        ("x" * 200, "x" * 48 + "…"),
        ("天" * 200, "天" * 48 + "…"),
    ],
)
def test_a_new_chat_is_called_by_its_first_words(text, words):
    assert first_words(text) == words


def test_only_an_answer_can_be_continued(chats):
    chat = Chat(chats, FakeEngine("x"))
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    assert question.role is Role.user
    with pytest.raises(ValueError, match="answer"):
        chat.flow.go_on(chat.id, question.id, OPTIONS, CancelToken())


def test_the_use_of_a_model_is_noted_with_its_speed(chats, records):
    engine = FakeEngine("one two", " ".join(["word"] * 40), RuntimeError("no answer"))
    flow = ChatFlow(chats, engine, records)
    conversation = Conversation()
    path = OPTIONS.load.model.path
    for text in ("short", "long"):
        question = flow.ask(conversation, Draft(text), None)
        list(flow.answer(conversation.id, question.id, OPTIONS, CancelToken()))
        if text == "short":
            assert records.record(path).speed == 0
    record = records.record(path)
    assert record.times_used == 2
    assert record.speed > 0
    assert record.last_used is not None
    question = flow.ask(conversation, Draft("fails"), None)
    with pytest.raises(RuntimeError):
        list(flow.answer(conversation.id, question.id, OPTIONS, CancelToken()))
    assert records.record(path).times_used == 2


def test_a_prompt_of_the_model_replaces_that_of_the_chat(chats):
    chat = Chat(chats, FakeEngine("one"), system="general")
    question = chat.flow.ask(chat.conversation, Draft("Hi"), None)
    options = replace(OPTIONS, system="of the model")
    list(chat.flow.answer(chat.id, question.id, options, CancelToken()))
    assert chat.engine.requests[0].turns[0] == Turn("system", "of the model")
    assert chats.conversation(chat.id).system == "general"
