"""Branches that are cut off and come back, chats stored whole, and questions that wait."""

import sqlite3
from datetime import timedelta

import pytest

from chatdesk.domain.chat import Conversation, Draft, Message, Role
from chatdesk.domain.documents import Document
from chatdesk.domain.pictures import Picture
from chatdesk.storage.folders import FolderStore


@pytest.fixture
def chat(store):
    chat = Conversation(title="Travel")
    store.save(chat)
    return chat.id


def say(store, chat, text, parent=None, role=Role.user, **more):
    message = Message(role, text, parent=parent.id if parent else None, **more)
    store.add(chat, message)
    return message


def texts(store, chat):
    return [shown.message.text for shown in store.branch(chat)]


def indexed(store, word):
    with store._database.reading() as sql:
        return sql.execute(
            "SELECT count(*) FROM message_index WHERE message_index MATCH ?", (word,)
        ).fetchone()[0]


def everything(store, chat):
    with store._database.reading() as sql:
        return [tuple(row) for row in sql.execute("SELECT * FROM message ORDER BY number")], sql.execute(
            "SELECT head FROM conversation WHERE id = ?", (chat,)
        ).fetchone()["head"]


def test_a_message_goes_with_all_below_it_and_comes_back_whole(store, chat):
    question = say(store, chat, "Where?")
    first = say(store, chat, "Rome", question, Role.assistant)
    more = say(store, chat, "How?", first)
    say(store, chat, "By train", more, Role.assistant, style="precise", edited=True, model="M")
    before = everything(store, chat)
    cut = store.cut(first.id)
    assert [each.text for each in cut.messages] == ["Rome", "How?", "By train"]
    assert texts(store, chat) == ["Where?"]
    assert indexed(store, "train") == 0
    store.put_back(cut)
    assert everything(store, chat) == before
    assert indexed(store, "train") == 1


def test_the_version_beside_a_deleted_one_is_shown_with_what_follows_it(store, chat):
    question = say(store, chat, "Where?")
    rome = say(store, chat, "Rome", question, Role.assistant)
    say(store, chat, "And Naples?", rome)
    paris = say(store, chat, "Paris", question, Role.assistant)
    oslo = say(store, chat, "Oslo", question, Role.assistant)
    store.cut(paris.id)
    assert texts(store, chat) == ["Where?", "Oslo"]
    store.cut(oslo.id)
    assert texts(store, chat) == ["Where?", "Rome", "And Naples?"]


def test_without_its_only_message_a_chat_is_empty(store, chat):
    question = say(store, chat, "Where?")
    cut = store.cut(question.id)
    assert texts(store, chat) == []
    assert store.cut(question.id) is None
    store.put_back(cut)
    assert texts(store, chat) == ["Where?"]


def test_what_comes_back_after_more_was_written_takes_nothing_away(store, chat):
    question = say(store, chat, "Where?")
    rome = say(store, chat, "Rome", question, Role.assistant)
    say(store, chat, "How?", rome)
    cut = store.cut(rome.id)
    oslo = say(store, chat, "Oslo", question, Role.assistant)
    store.put_back(cut)
    assert texts(store, chat) == ["Where?", "Rome", "How?"]
    assert set(store.versions(rome.id).ids) == {rome.id, oslo.id}


def test_nothing_comes_back_into_a_chat_that_is_gone(store, chat):
    question = say(store, chat, "Where?")
    answer = say(store, chat, "Rome", question, Role.assistant)
    below = store.cut(answer.id)
    above = store.cut(question.id)
    assert not store.put_back(below)
    assert texts(store, chat) == []
    store.put_back(above)
    store.put_back(below)
    assert texts(store, chat) == ["Where?", "Rome"]


def test_a_deleted_message_lies_in_the_bin_with_what_it_has_attached(store, database, chat):
    plan = store.keep(Document("plan.md", "Buy milk."))
    sun = store.keep_picture(Picture("sun.png", b"\x89PNG sun", 1, 1, b"small"))
    question = say(store, chat, "What?", attachments=(plan, sun))
    say(store, chat, "Milk", question, Role.assistant)
    before = everything(store, chat)
    cut = store.cut(question.id)
    rubbish = FolderStore(database)
    (lies,) = rubbish.deleted()
    assert (lies.what, lies.title) == (cut, "Travel")
    store.purge(Conversation().created - timedelta(days=30))
    assert store.put_back(lies.what)
    assert everything(store, chat) == before
    assert (store.document(plan.document), store.picture(sun.document)) == ("Buy milk.", b"\x89PNG sun")
    assert rubbish.deleted() == []
    assert not store.put_back(cut)  # it is there


def test_what_was_removed_from_the_bin_or_lay_there_too_long_is_gone(store, database, chat):
    first, second = say(store, chat, "one"), say(store, chat, "two")
    rubbish = FolderStore(database)
    cut = store.cut(first.id)
    (lies,) = rubbish.deleted()
    rubbish.remove(lies)
    assert not store.put_back(cut)
    store.cut(second.id)
    store.purge(Conversation().created + timedelta(seconds=1))
    assert rubbish.deleted() == []


def test_a_message_that_is_gone_stands_alone(store, chat):
    question = say(store, chat, "Where?")
    store.cut(question.id)
    assert store.versions(question.id).ids == (question.id,)


def test_a_chat_is_stored_with_its_messages_or_not_at_all(store):
    one = Message(Role.user, "one")
    two = Message(Role.assistant, "two", one.id)
    chat = Conversation("Copy", origin="other")
    store.insert(chat, [one, two])
    assert texts(store, chat.id) == ["one", "two"]
    assert store.conversation(chat.id).updated == chat.updated
    assert store.conversation(chat.id).origin == "other"
    other = Conversation("Again")
    with pytest.raises(sqlite3.IntegrityError):
        store.insert(other, [Message(Role.user, "new"), one])
    assert store.conversation(other.id) is None


def test_questions_wait_in_their_order_and_leave_with_the_one_that_is_sent(store, chat):
    plan = store.keep(Document("plan.md", "Buy milk."))
    drafts = [Draft("one"), Draft("two", (plan,)), Draft("three\0\ud800")]
    store.save_waiting(chat, drafts)
    assert [each.text for each in store.waiting(chat)][:2] == ["one", "two"]
    assert store.waiting(chat)[1] == drafts[1]
    store.save_waiting(chat, store.waiting(chat)[::-1])
    assert [each.text for each in store.waiting(chat)][1:] == ["two", "one"]
    store.add(chat, Message(Role.user, "now"), store.waiting(chat)[1:])
    assert [each.text for each in store.waiting(chat)] == ["two", "one"]
    store.purge(Conversation().created)
    assert store.document(plan.document) == "Buy milk."


def test_a_question_that_cannot_be_stored_goes_on_waiting(store, chat):
    store.save_waiting(chat, [Draft("one")])
    with pytest.raises(sqlite3.IntegrityError):
        store.add(chat, Message(Role.user, "one", parent="nowhere"), [])
    assert [each.text for each in store.waiting(chat)] == ["one"]
