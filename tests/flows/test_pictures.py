"""Pictures in questions: kept before they are sent, shown to models that see, named to those that do not."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, Draft, MessageState
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import PicturesUnseen, PictureUnreadable
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.pictures import Picture
from chatdesk.flows.chat import ChatFlow
from chatdesk.flows.documents import BeingRead, DocumentFlow
from chatdesk.flows.options import AnswerOptions
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from tests.fakes.engine import FakeEngine

BLIND = AnswerOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model M")
SEES = replace(BLIND, load=replace(BLIND.load, projector=Path("mmproj.gguf")))
SUN = Picture("sun.png", b"data of the sun", 640, 480, b"small")


class Pictures:
    """Pictures by their names: they end with "png", and "broken" ones cannot be read."""

    def takes(self, path):
        return path.suffix == ".png"

    def read(self, path):
        if "broken" in path.name:
            raise PictureUnreadable(path.name, "it is damaged")
        return replace(SUN, name=path.name)


class Documents:
    def read(self, path, password, cancel):
        yield Document(path.name, "Some words.")


@pytest.fixture
def chats(tmp_path):
    with closing(Database(tmp_path / "chats.sqlite")) as database:
        yield ChatStore(database)


@pytest.fixture
def documents(chats):
    return DocumentFlow(Documents(), Pictures(), chats)


@pytest.fixture
def talk(chats):
    """Ask in one chat and return the stored answer."""
    engine = FakeEngine()
    flow = ChatFlow(chats, engine)
    conversation = Conversation()

    def talk(text, *attachments, options=SEES):
        stored = chats.conversation(conversation.id)
        question = flow.ask(conversation, Draft(text, attachments), stored and stored.head)
        list(flow.answer(conversation.id, question.id, options, CancelToken()))
        talk.question = question
        return chats.branch(conversation.id)[-1].message

    talk.flow, talk.engine, talk.chat = flow, engine, conversation.id
    return talk


def test_pictures_and_documents_are_attached_in_their_order(documents, chats):
    paths = [Path("a.png"), Path("b.txt"), Path("broken.png"), Path("c.png")]
    made = [one for one in documents.attach(paths, CancelToken()) if not isinstance(one, BeingRead)]
    assert [getattr(each, "name", "") for each in made] == ["a.png", "b.txt", "", "c.png"]
    assert [each.size for each in (made[0], made[1])] == [(640, 480), None]
    assert isinstance(made[2], PictureUnreadable)
    assert chats.picture(made[0].document) == SUN.data


def test_a_picture_that_is_no_file_is_attached(documents, chats):
    (made,) = documents.attach_picture(lambda: SUN, CancelToken())
    assert chats.picture(made.document, preview=True) == b"small"

    def fail():
        raise PictureUnreadable("Pasted", "it is empty")

    (error,) = documents.attach_picture(fail, CancelToken())
    assert isinstance(error, PictureUnreadable)
    cancelled = CancelToken()
    cancelled.cancel()
    assert not list(documents.attach_picture(lambda: SUN, cancelled))


def test_a_model_that_sees_gets_the_picture_beside_the_text(talk, chats):
    plan = chats.keep(Document("plan.md", "Buy milk."))
    assert talk("What is this?", chats.keep_picture(SUN), plan).text == "Fine."
    (turn,) = talk.engine.requests[0].turns
    assert turn.text.endswith("What is this?")
    assert "Buy milk." in turn.text
    assert turn.pictures == (Picture("sun.png", SUN.data, 640, 480),)


def test_a_picture_stays_with_its_question_when_the_chat_goes_on(talk, chats):
    talk("What is this?", chats.keep_picture(SUN))
    talk("Sure?")
    assert [len(turn.pictures) for turn in talk.engine.requests[-1].turns] == [1, 0, 0]


def test_a_model_that_does_not_see_refuses_before_it_is_loaded_and_the_picture_is_kept(talk, chats):
    answer = talk("What is this?", chats.keep_picture(SUN), options=BLIND)
    assert answer.state is MessageState.failed
    assert answer.error.startswith(
        "“Model M” cannot see pictures: no projector (mmproj file) lies beside it."
    )
    assert not talk.engine.batches
    assert chats.message(talk.question.id).attachments[0].name == "sun.png"
    list(talk.flow.answer(talk.chat, talk.question.id, SEES, CancelToken()))
    assert talk.engine.requests[-1].turns[0].pictures


def test_the_refusal_is_an_error_that_can_be_acted_on(talk, chats):
    conversation = Conversation()
    question = talk.flow.ask(conversation, Draft("Look", (chats.keep_picture(SUN),)), None)
    done = list(talk.flow.answer(conversation.id, question.id, BLIND, CancelToken()))[-1]
    assert isinstance(done.failure, PicturesUnseen)


def test_older_pictures_go_by_their_names_to_a_model_that_does_not_see(talk, chats):
    talk("What is this?", chats.keep_picture(SUN))
    answer = talk("And what else?", options=BLIND)
    assert answer.state is MessageState.complete
    first = talk.engine.requests[-1].turns[0]
    assert [(each.name, each.data) for each in first.pictures] == [("sun.png", b"")]


def test_a_picture_that_the_store_has_lost_is_left_out(talk, chats):
    lost = replace(chats.keep_picture(SUN), document="nowhere")
    assert talk("What is this?", lost).state is MessageState.complete
    assert talk.engine.requests[-1].turns[0].pictures == ()
