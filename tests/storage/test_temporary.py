"""Chats that live in memory alone leave nothing on disk, and can be stored after all."""

from contextlib import closing

import pytest

from chatdesk.domain.chat import Conversation, Draft, Message, Role
from chatdesk.domain.chat_ports import Chats, TemporaryChats
from chatdesk.domain.documents import Document
from chatdesk.domain.pictures import Picture
from chatdesk.domain.recognition import RecognisedPage
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.recognised import RecognisedStore
from chatdesk.storage.temporary import AllChats, RecognisedForChats


@pytest.fixture
def chats(database):
    with closing(AllChats(database)) as chats:
        yield chats


@pytest.fixture
def held(chats):
    chat = Conversation("Secret title")
    chats.hold(chat.id)
    chats.save(chat)
    return chat


def on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def indexed(database):
    with database.reading() as sql:
        return sql.execute("SELECT count(*) FROM message_index ('secret')").fetchone()[0]


def fill(chats, chat):
    """Use everything that a chat can have; each text has the word "secret"."""
    plan = chats.keep(Document("secret.md", "A secret plan."))
    sun = chats.keep_picture(Picture("sun", b"secret picture", 1, 1, b"secret preview"))
    question = Message(Role.user, "A secret question", attachments=(plan, sun))
    chats.add(chat.id, question)
    answer = Message(Role.assistant, "", question.id)
    chats.add(chat.id, answer)
    chats.update(Message(Role.assistant, "A secret answer", question.id, id=answer.id))
    chats.save_draft(chat.id, Draft("A secret draft", (plan,)))
    chats.save_waiting(chat.id, [Draft("A secret that waits")])
    return question, answer, plan, sun


def test_it_is_both_ports(chats):
    port: Chats = chats
    other: TemporaryChats = chats
    assert port is other


def test_nothing_of_a_temporary_chat_reaches_the_disk(chats, held, path, database):
    question, answer, plan, sun = fill(chats, held)
    assert [shown.message.text for shown in chats.branch(held.id)] == ["A secret question", "A secret answer"]
    assert [each.text for each in chats.path(answer.id)] == ["A secret question", "A secret answer"]
    assert chats.versions(answer.id).ids == (answer.id,)
    assert chats.document(plan.document) == "A secret plan."
    assert chats.picture(sun.document, preview=True) == b"secret preview"
    assert chats.draft(held.id).text == "A secret draft"
    assert chats.conversations() == []
    assert indexed(database) == 0
    assert chats.conversation(held.id).title == "Secret title"
    chats.put_back(chats.cut(answer.id))
    chats.show(held.id, question.id)
    database.back_up()
    assert b"ecret" not in on_disk(path.parent.parent)
    chats.forget(held.id)
    assert chats.conversation(held.id) is None
    assert chats.document(plan.document) is None
    chats.update(answer)
    chats.save_draft(held.id, Draft("A late secret"))
    assert b"ecret" not in on_disk(path.parent.parent)


def test_a_temporary_chat_is_stored_whole_when_the_user_wants_it(chats, held, database):
    _, answer, plan, sun = fill(chats, held)
    before = chats.branch(held.id)
    chats.store_held(held.id)
    assert not chats.holds(held.id)
    stored = ChatStore(database)
    assert stored.branch(held.id) == before
    assert stored.conversation(held.id).head == answer.id
    assert stored.document(plan.document) == "A secret plan."
    assert stored.picture(sun.document) == b"secret picture"
    assert stored.draft(held.id).text == "A secret draft"
    assert [each.text for each in stored.waiting(held.id)] == ["A secret that waits"]
    assert indexed(database) == 2
    assert [each.id for each in chats.conversations()] == [held.id]
    chats.update(Message(Role.assistant, "It goes on", answer.parent, id=answer.id))
    assert stored.message(answer.id).text == "It goes on"


def test_other_chats_are_stored_as_ever_while_there_is_a_temporary_one(chats, held, database):
    other = Conversation("Open")
    chats.save(other)
    question, *_ = fill(chats, other)
    chats.save_draft(other.id, Draft("d", (chats.keep(Document("new.md", "A new text.")),)))
    stored = ChatStore(database)
    assert stored.message(question.id).text == "A secret question"
    assert all(stored.document(each.document) for each in stored.draft(other.id).attachments)
    assert stored.document(question.attachments[0].document) == "A secret plan."
    assert stored.picture(question.attachments[1].document) == b"secret picture"


def test_what_was_read_for_a_draft_is_there_after_its_chat_was_stored(chats, held, database):
    plan = chats.keep(Document("plan.md", "Buy milk."))
    chats.store_held(held.id)
    assert chats.document(plan.document) == "Buy milk."
    chats.save_draft(held.id, Draft("", (plan,)))
    assert ChatStore(database).document(plan.document) == "Buy milk."


def test_a_temporary_chat_that_was_deleted_comes_back_in_memory(chats, held, path):
    fill(chats, held)
    chats.delete(held.id)
    assert chats.conversation(held.id) is None
    chats.restore(held.id)
    assert chats.conversation(held.id) == chats.conversation(held.id)
    copy = Conversation("A secret copy", folder="work")
    chats.hold(copy.id)
    chats.insert(copy, [Message(Role.user, "A secret text")])
    assert b"ecret" not in on_disk(path.parent)


def test_what_was_recognised_in_pictures_stays_in_memory_too(chats, held, database, path):
    open_page, secret_page = RecognisedPage(1, "open"), RecognisedPage(2, "A secret page")
    RecognisedStore(database).keep("file", open_page)
    store = RecognisedForChats(database, chats)
    store.keep("file", secret_page)
    assert store.pages("file") == {1: open_page, 2: secret_page}
    assert RecognisedStore(database).pages("file") == {1: open_page}
    assert b"ecret" not in on_disk(path.parent)


def test_a_full_disk_leaves_a_temporary_chat_where_it_is(chats, held, database):
    fill(chats, held)
    database.close()
    with pytest.raises(Exception, match="closed"):
        chats.store_held(held.id)
    assert chats.holds(held.id)
    assert len(chats.branch(held.id)) == 2


def test_memory_is_a_database_without_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    from chatdesk.storage.database import IN_MEMORY

    Database(IN_MEMORY).close()
    assert list(tmp_path.iterdir()) == []
