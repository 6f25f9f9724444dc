"""Questions about documents that do not fit are told the passages that matter; answers keep their places."""

from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, Draft
from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.flows.chat import ChatFlow
from chatdesk.flows.passages import PassageFlow
from chatdesk.storage.database import Database
from chatdesk.storage.passages import PassageStore
from chatdesk.storage.temporary import AllChats
from tests.fakes.engine import FakeEngine
from tests.flows.test_context import OPTIONS

PAGES = 40
OPTIONS = replace(OPTIONS, context_tokens=2048)


@pytest.fixture
def chats(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    chats = AllChats(database)
    yield chats
    chats.close()
    database.close()


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def flow(chats, engine):
    return ChatFlow(chats, engine, None, PassageFlow(PassageStore(chats.home), engine))


def report(chats, name="report.pdf"):
    """A document of 40 pages of 200 words, of which page 7 alone tells of the harbour, 12 of the tower."""
    text, units = "", []
    special = {7: "The harbour opens in May.", 12: "The tower has ninety steps."}
    for number in range(1, PAGES + 1):
        page = f"{special.get(number, '')} " + f"Nothing of note happened in room {name} {number}. " * 25
        units.append(Unit(UnitKind.page, number, "", len(text), len(text) + len(page)))
        text += page + "\n\n"
    return replace(chats.keep(Document(name, text, tuple(units))), passages=True)


def ask(flow, chat, text, parent=None, attachments=()):
    question = flow.ask(chat, Draft(text, attachments), parent)
    *_, done = flow.answer(chat.id, question.id, OPTIONS, CancelToken())
    return done.shown.message


def told(engine):
    return engine.requests[-1].turns[-1].text


def test_the_passages_with_words_of_the_question_are_told_with_their_pages(chats, engine, flow):
    answer = ask(flow, Conversation("C"), "When does the harbour open?", attachments=(report(chats),))
    assert answer.error == ""
    assert '<document name="report.pdf" place="page 7">' in told(engine)
    assert "The harbour opens in May." in told(engine)
    assert told(engine).endswith("When does the harbour open?")
    assert [source.label for source in answer.sources] == ["page 7"]
    assert chats.message(answer.id).sources == answer.sources


def test_a_question_that_follows_searches_again(chats, engine, flow):
    chat = Conversation("C")
    first = ask(flow, chat, "When does the harbour open?", attachments=(report(chats),))
    second = ask(flow, chat, "How many steps has the tower?", parent=first.id)
    assert [source.label for source in second.sources] == ["page 12"]
    assert "harbour opens in May" not in "".join(turn.text for turn in engine.requests[-1].turns)
    assert "[Attached: “report.pdf”." in engine.requests[-1].turns[0].text


def test_as_many_passages_as_fit_are_told_in_the_order_of_the_document(chats, engine, flow):
    answer = ask(flow, Conversation("C"), "What happened in each room?", attachments=(report(chats),))
    numbers = [int(source.label.split()[1]) for source in answer.sources]
    assert numbers == sorted(numbers)
    assert 4 <= len(numbers) < PAGES
    assert len(told(engine).split()) < 2048 * 0.75


def test_a_question_without_telling_words_gets_passages_from_everywhere(chats, engine, flow):
    answer = ask(flow, Conversation("C"), "Zusammenfassung?", attachments=(report(chats),))
    numbers = [int(source.label.split()[1]) for source in answer.sources]
    assert numbers[0] == 1
    assert numbers[-1] == PAGES
    assert len(numbers) > 3


def test_several_documents_are_searched_together(chats, engine, flow):
    both = (report(chats, "a.pdf"), report(chats, "b.pdf"))
    answer = ask(flow, Conversation("C"), "When does the harbour open?", attachments=both)
    assert [(source.name, source.label) for source in answer.sources] == [
        ("a.pdf", "page 7"),
        ("b.pdf", "page 7"),
    ]


def test_an_answer_that_is_gone_on_with_keeps_its_passages(chats, engine, flow):
    chat = Conversation("C")
    answer = ask(flow, chat, "When does the harbour open?", attachments=(report(chats),))
    before = told(engine)
    *_, done = flow.go_on(chat.id, answer.id, OPTIONS, CancelToken())
    assert engine.requests[-1].turns[-2].text == before
    assert done.shown.message.sources == answer.sources


def test_a_temporary_chat_leaves_no_passages_on_the_disk(chats, engine, flow):
    chat = Conversation("C")
    chats.hold(chat.id)
    answer = ask(flow, chat, "When does the harbour open?", attachments=(report(chats),))
    assert [source.label for source in answer.sources] == ["page 7"]
    with chats._database.reading() as sql:
        assert sql.execute("SELECT count(*) FROM passage").fetchone()[0] == 0


def test_a_document_that_is_gone_is_left_out(chats, engine, flow):
    gone = replace(report(chats), document="gone")
    answer = ask(flow, Conversation("C"), "When?", attachments=(gone,))
    assert (answer.error, answer.sources) == ("", ())
