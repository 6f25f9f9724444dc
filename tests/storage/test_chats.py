"""Trees of messages, their repair after a crash, and several writers at once."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.domain.chat import (
    Attachment,
    Conversation,
    ConversationId,
    Draft,
    Message,
    MessageId,
    MessageState,
    Role,
    Versions,
)
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.documents import Document
from chatdesk.domain.generation import AnswerFacts, StopReason
from chatdesk.domain.pictures import Picture
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.fulltext import spaced
from tests.storage.children import ROOT, child, go_on, line
from tests.storage.searching import search

START = datetime(2026, 1, 1, tzinfo=UTC)


def later(hours):
    return START + timedelta(hours=hours)


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


def places(store, chat):
    return [(shown.versions.place, len(shown.versions.ids)) for shown in store.branch(chat)]


def test_it_is_the_port_for_chats(store):
    port: Chats = store
    assert {name for name in vars(Chats) if not name.startswith("_")} <= set(dir(port))


def test_a_conversation_comes_back_as_it_was_saved(store):
    chat = Conversation(
        "T", "be brief", "/models/a.gguf", "precise", thinking=True, created=later(1), updated=later(2)
    )
    store.save(chat)
    assert store.conversation(chat.id) == chat
    store.save(replace(chat, title="U", thinking=None, updated=later(3)))
    assert store.conversation(chat.id) == replace(chat, title="U", thinking=None, updated=later(3))


def test_saving_does_not_move_the_head(store, chat):
    message = say(store, chat, "hello")
    store.save(replace(store.conversation(chat), head=None, title="other"))
    assert store.conversation(chat).head == message.id


def test_a_message_comes_back_as_it_was_added(store, chat):
    facts = AnswerFacts(StopReason.length, 10, 5, 7, 0.25, 1.5, "CPU")
    first = say(store, chat, "hello")
    answer = say(
        store,
        chat,
        "hi",
        first,
        Role.assistant,
        thinking="hm",
        model="Starter",
        error="no",
        view_start=first.id,
        facts=facts,
    )
    assert store.message(first.id) == first
    assert store.message(answer.id) == answer


def test_an_update_stores_everything_but_the_place_in_the_tree(store, chat):
    first = say(store, chat, "hello")
    answer = say(store, chat, "", first, Role.assistant, state=MessageState.streaming)
    facts = AnswerFacts(StopReason.end, 1, 2, 3, 4.0, 5.0)
    full = replace(
        answer,
        text="t",
        thinking="k",
        state=MessageState.failed,
        error="e",
        model="m",
        view_start=first.id,
        facts=facts,
    )
    store.update(replace(full, parent=None, role=Role.system, created=later(9)))
    assert store.message(answer.id) == full


def test_times_of_other_zones_are_kept_as_moments(store):
    there = datetime.fromisoformat("2026-03-04T05:06:07.890123+09:00")
    chat = Conversation(created=there, updated=there)
    store.save(chat)
    assert store.conversation(chat.id).created == there


def test_unknown_ids_are_empty_and_harmless(store):
    nobody, nothing = ConversationId("nobody"), MessageId("nothing")
    assert store.conversation(nobody) is None
    assert store.message(nothing) is None
    assert store.branch(nobody) == []
    assert store.draft(nobody) == Draft()
    store.delete(nobody)
    store.restore(nobody)
    store.show(nobody, nothing)
    store.update(Message(Role.user, "late", id=nothing))
    assert store.message(nothing) is None


def test_conversations_are_listed_last_updated_first(store):
    for hour in (2, 3, 1):
        store.save(Conversation(title=str(hour), updated=later(hour)))
    assert [chat.title for chat in store.conversations()] == ["3", "2", "1"]


def test_a_new_message_brings_its_conversation_to_the_top(store):
    old = Conversation(title="old", updated=later(1))
    store.save(old)
    store.save(Conversation(title="new", updated=later(2)))
    say(store, old.id, "again", created=later(3))
    assert [chat.title for chat in store.conversations()] == ["old", "new"]
    assert store.conversation(old.id).updated == later(3)


def test_an_edit_makes_a_version_of_the_question(store, chat):
    question = say(store, chat, "question")
    say(store, chat, "answer", question, Role.assistant)
    edited = say(store, chat, "better question")
    assert texts(store, chat) == ["better question"]
    assert store.branch(chat)[0].versions.ids == (question.id, edited.id)
    assert places(store, chat) == [(1, 2)]


def test_a_regeneration_makes_a_version_of_the_answer(store, chat):
    question = say(store, chat, "question")
    for text in ("one", "two", "three"):
        say(store, chat, text, question, Role.assistant)
    assert texts(store, chat) == ["question", "three"]
    assert places(store, chat) == [(0, 1), (2, 3)]


def test_switching_versions_shows_the_newest_leaf_below(store, chat):
    question = say(store, chat, "question")
    first = say(store, chat, "one", question, Role.assistant)
    more = say(store, chat, "more", first)
    say(store, chat, "older end", more, Role.assistant)
    say(store, chat, "newer end", more, Role.assistant)
    say(store, chat, "two", question, Role.assistant)
    store.show(chat, first.id)
    assert texts(store, chat) == ["question", "one", "more", "newer end"]
    assert places(store, chat) == [(0, 1), (0, 2), (0, 1), (1, 2)]
    store.show(chat, question.id)
    assert texts(store, chat) == ["question", "two"]


def test_a_message_of_another_conversation_cannot_be_shown(store, chat):
    mine = say(store, chat, "mine")
    other = Conversation()
    store.save(other)
    store.show(chat, say(store, other.id, "theirs").id)
    assert store.conversation(chat).head == mine.id


def test_versions_stand_in_order_of_creation_even_with_equal_times(store, chat):
    made = [say(store, chat, str(number), created=START) for number in range(50)]
    assert store.branch(chat)[0].versions.ids == tuple(message.id for message in made)


def test_the_path_and_versions_of_a_message_do_not_depend_on_what_is_shown(store, chat):
    question = say(store, chat, "question")
    first = say(store, chat, "one", question, Role.assistant)
    second = say(store, chat, "two", question, Role.assistant)
    say(store, chat, "another question")
    assert store.path(first.id) == [question, first]
    assert store.path(MessageId("nothing")) == []
    assert store.versions(first.id) == Versions((first.id, second.id), 0)
    assert store.versions(question.id).place == 0
    assert len(store.versions(question.id).ids) == 2


def test_showing_a_version_does_not_count_as_an_update(store, chat):
    first = say(store, chat, "one")
    say(store, chat, "two")
    before = store.conversation(chat).updated
    store.show(chat, first.id)
    assert store.conversation(chat).updated == before


def test_a_deleted_conversation_is_hidden_until_restored(store, chat):
    message = say(store, chat, "hello there")
    store.delete(chat)
    assert store.conversations() == []
    assert store.conversation(chat) is None
    assert search(store, "hello") == []
    store.restore(chat)
    assert [found.id for found in store.conversations()] == [chat]
    assert [hit.message for hit in search(store, "hello")] == [message.id]


def test_renaming_a_deleted_conversation_does_not_bring_it_back(store, chat):
    kept = store.conversation(chat)
    store.delete(chat)
    store.save(replace(kept, title="late title"))
    assert store.conversations() == []


def test_purging_removes_only_what_was_deleted_before(store, database, chat):
    kept = Conversation(title="kept")
    store.save(kept)
    say(store, chat, "hello")
    store.save_draft(chat, Draft("half a thought"))
    store.delete(chat)
    assert store.purge(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert store.purge(datetime.now(UTC) + timedelta(seconds=1)) == 1
    store.restore(chat)
    assert [found.id for found in store.conversations()] == [kept.id]
    assert store.draft(chat) == Draft()
    with database.reading() as sql:
        assert [row["n"] for row in sql.execute("SELECT count(*) AS n FROM message")] == [0]
        assert not sql.execute("SELECT 1 FROM message_index WHERE message_index MATCH 'hello'").fetchall()


def test_a_chain_of_three_thousand_messages_is_read_and_purged(store, database, chat):
    parent = None
    with database.writing():
        for number in range(3000):
            parent = say(store, chat, f"message {number}", parent)
    assert len(store.branch(chat)) == 3000
    store.show(chat, store.branch(chat)[0].message.id)
    assert store.conversation(chat).head == parent.id
    store.delete(chat)
    assert store.purge(datetime.now(UTC) + timedelta(seconds=1)) == 1


def test_a_draft_is_kept_until_it_is_empty(store, chat):
    store.save_draft(chat, Draft("half a"))
    store.save_draft(chat, Draft("half a thought"))
    assert store.draft(chat) == Draft("half a thought")
    store.save_draft(chat, Draft())
    assert store.draft(chat) == Draft()


def test_a_chat_that_was_never_saved_can_have_a_draft(store):
    store.save_draft(ConversationId("new"), Draft("first words"))
    assert store.draft(ConversationId("new")) == Draft("first words")


def test_nul_comes_back_and_lone_surrogates_become_replacement_characters(store, chat):
    odd = say(store, chat, "a\0b \ud83d\ude00 \udc80 \n\r\t\x02\x03\x1f", thinking="\ud800")
    stored = store.message(odd.id)
    assert stored.text == "a\0b 😀 \ufffd \n\r\t\x02\x03\x1f"
    assert stored.thinking == "\ufffd"
    store.save_draft(chat, Draft("\ud800\0"))
    assert store.draft(chat) == Draft("\ufffd\0")


def test_five_megabytes_of_text_come_back(store, chat):
    long = say(store, chat, "wörter 天気 " * 500_000)
    assert store.message(long.id) == long
    assert len(search(store, "wort")[0].snippet) < 200


def test_an_answer_left_streaming_becomes_stopped_with_its_text(store, chat, path):
    question = say(store, chat, "question")
    answer = say(store, chat, "", question, Role.assistant, state=MessageState.streaming)
    store.update(replace(answer, text="half an ans"))
    assert search(store, "half") == []
    assert store.repair() == 1
    stopped = store.message(answer.id)
    assert (stopped.text, stopped.state) == ("half an ans", MessageState.stopped)
    assert [hit.message for hit in search(store, "half")] == [answer.id]
    assert store.repair() == 0


def test_a_growing_answer_is_indexed_once_when_it_is_done(store, database, chat):
    answer = say(store, chat, "", None, Role.assistant, state=MessageState.streaming)
    with database.reading() as sql:
        before = sql.execute("SELECT count(*) FROM message_index_data").fetchone()[0]
        for count in range(1, 20):
            store.update(replace(answer, text="fresh word " * count))
        after = sql.execute("SELECT count(*) FROM message_index_data").fetchone()[0]
    assert after == before
    store.update(replace(answer, text="fresh words", state=MessageState.complete))
    assert [hit.snippet for hit in search(store, "fresh")] == ["fresh words"]


def test_an_answer_that_is_continued_is_found_by_its_new_text_only(store, database, chat):
    answer = say(store, chat, "old beginning", None, Role.assistant)
    for state, text in [
        (MessageState.streaming, "old beginning"),
        (MessageState.streaming, "new beginning and"),
        (MessageState.complete, "new beginning and end"),
        (MessageState.complete, "new beginning and end"),
        (MessageState.complete, "last words"),
    ]:
        store.update(replace(answer, text=text, state=state))
    assert search(store, "old") == search(store, "beginning") == []
    assert [hit.message for hit in search(store, "last")] == [answer.id]
    with database.writing() as sql:
        sql.execute("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)")
        sql.execute("INSERT INTO title_index (title_index, rank) VALUES ('integrity-check', 1)")


def test_four_threads_write_and_read_at_once(store):
    failures = []

    def work(name):
        try:
            chat = Conversation(title=name)
            store.save(chat)
            parent = None
            for number in range(25):
                parent = say(store, chat.id, f"{name} {number}", parent)
                store.update(replace(parent, text=f"{name} {number} changed"))
                search(store, name)
            assert texts(store, chat.id) == [f"{name} {number} changed" for number in range(25)]
        except Exception as error:  # noqa: BLE001  it is reported in the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("anna", "bert", "carl", "dora")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {hit.title for hit in search(store, "changed", 1000)} == {"anna", "bert", "carl", "dora"}


def test_two_processes_write_at_once(store, path):
    with child("write_thirty", path) as one, child("write_thirty", path) as two:
        assert line(one) == line(two) == "ready"
        go_on(one)
        go_on(two)
        chats = [line(process).removeprefix("chat ") for process in (one, two)]
    expected = [f"message {number}" for number in range(30)]
    assert [texts(store, chat) for chat in chats] == [expected, expected]


@pytest.mark.parametrize("reports", [3 * step + 1 for step in range(20)])
def test_a_killed_process_loses_nothing_that_it_had_stored(path, reports):
    with child("write_for_ever", path) as writer:
        said = [line(writer) for _ in range(reports)]
        writer.kill()
        said += writer.stdout.read().split("\n")
    said = [words for words in map(str.split, said) if words]
    store = ChatStore(database := Database(path))
    assert store.repair() <= 1
    chat = said[0][1]
    shown = [item.message for item in store.branch(chat)]
    added = [words[1] for words in said if words[0] == "add"]
    assert [message.id for message in shown][: len(added)] == added
    for _, message, length in (words for words in said if words[0] == "update"):
        assert len(store.message(message).text) >= int(length)
    assert all(message.state is not MessageState.streaming for message in shown)
    database.close()


def test_a_document_is_kept_once_and_comes_with_its_message(store, chat):
    plan = store.keep(Document("plan.md", "Buy milk."))
    again = store.keep(Document("copy.md", "Buy milk."))
    assert (plan.name, again.name, plan.words) == ("plan.md", "copy.md", 2)
    assert plan.document == again.document
    say(store, chat, "Summarise it.", attachments=(plan, again))
    assert store.branch(chat)[0].message.attachments == (plan, again)
    assert store.document(plan.document) == "Buy milk."


def test_a_picture_is_kept_once_with_its_preview_and_comes_with_its_message(store, chat):
    sun = store.keep_picture(Picture("Sonne ☀.png", b"large", 640, 480, b"small"))
    again = store.keep_picture(Picture("copy.png", b"large", 640, 480, b"small"))
    assert (sun.name, sun.size, sun.is_picture, again.name) == ("Sonne ☀.png", (640, 480), True, "copy.png")
    assert sun.document == again.document
    plan = store.keep(Document("plan.md", "Buy milk."))
    say(store, chat, "Look.", attachments=(sun, plan))
    assert store.branch(chat)[0].message.attachments == (sun, plan)
    assert (store.picture(sun.document), store.picture(sun.document, preview=True)) == (b"large", b"small")
    assert store.picture(plan.document) is None
    assert store.document(sun.document) is None


def test_pictures_go_when_nothing_has_them_any_more(store, chat):
    used, drafted, unused = (
        store.keep_picture(Picture(name, name.encode(), 1, 1)) for name in ("used", "drafted", "unused")
    )
    say(store, chat, "look", attachments=(used,))
    store.save_draft(chat, Draft("", (drafted,)))
    store.purge(START)
    assert [store.picture(each.document) for each in (used, drafted, unused)] == [b"used", b"drafted", None]


def test_pictures_of_the_newest_released_version_are_read(path):
    newest = max((ROOT / "tests" / "data").glob("chats_v*.sql"), key=lambda file: int(file.stem[7:]))
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("spaced", 1, spaced, deterministic=True)
        connection.executescript(newest.read_text(encoding="utf-8"))
    with closing(Database(path)) as database:
        store = ChatStore(database)
        plan, sun = store.message(MessageId("question")).attachments
        assert plan == Attachment("plan", "plan.md", 2)
        assert sun == Attachment("sun", "Sonne.png", size=(640, 480))
        assert (store.picture("sun"), store.picture("sun", preview=True)) == (b"\x89PNG\r\n", b"\xff\xd8\xff")


def test_a_draft_keeps_its_documents(store, chat):
    draft = Draft("", (store.keep(Document("plan.md", "Buy milk.")),))
    store.save_draft(chat, draft)
    assert store.draft(chat) == draft
    assert not draft.empty


def test_documents_go_when_nothing_has_them_any_more(store, chat):
    used, drafted, unused = (store.keep(Document(name, name)) for name in ("used", "drafted", "unused"))
    say(store, chat, "look", attachments=(used,))
    store.save_draft(chat, Draft("", (drafted,)))
    store.purge(START)
    assert [store.document(each.document) for each in (used, drafted, unused)] == ["used", "drafted", None]
    store.delete(chat)
    store.purge(datetime.now(UTC) + timedelta(days=1))
    assert store.document(used.document) is None
