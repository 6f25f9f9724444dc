"""Folders of chats: nested, hidden and brought back as one, with what belongs to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.domain.chat import (
    Attachment,
    ContextNote,
    Conversation,
    DocumentId,
    Draft,
    Folder,
    Message,
    MessageId,
    Role,
    Source,
)
from chatdesk.domain.chat_ports import Bin, Folders
from chatdesk.domain.documents import Document
from chatdesk.domain.generation import Sampling
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from tests.storage.test_database import OLD_SCHEMAS, build


@pytest.fixture
def chats(database):
    return ChatStore(database)


@pytest.fixture
def store(database) -> Folders:
    return FolderStore(database)


@pytest.fixture
def rubbish(database) -> Bin:
    return FolderStore(database)


@pytest.fixture
def tree(store, chats):
    """work > mail > private, a chat in each and one outside."""
    work = Folder("Work")
    mail = Folder("Mail", work.id)
    private = Folder("Private", mail.id)
    for folder in (work, mail, private):
        store.save(folder)
        chats.save(Conversation(f"In {folder.name}", folder=folder.id))
    chats.save(Conversation("Outside"))
    return work, mail, private


def titles(chats):
    return {chat.title for chat in chats.conversations()}


def test_a_folder_is_read_back_with_all_that_it_has(store):
    letter = Attachment(DocumentId("d"), "brief.md", 3)
    folder = Folder("Büro 🗂", None, "Be kind.", "/models/a.gguf", (letter,))
    store.save(folder)
    assert store.folder(folder.id) == folder
    store.save(replace(folder, name="Office", documents=()))
    assert store.folders() == [replace(folder, name="Office", documents=())]


def test_folders_stand_in_the_order_of_their_names_below_their_parents(store):
    zoo, alps = Folder("zoo"), Folder("Alps")
    inside = [Folder("b", zoo.id), Folder("A", zoo.id)]
    for folder in (zoo, alps, *inside):
        store.save(folder)
    assert [folder.name for folder in store.folders()] == ["Alps", "zoo", "A", "b"]


def test_a_folder_never_lies_inside_itself(store, tree):
    work, mail, private = tree
    for parent in tree:
        with pytest.raises(ValueError, match="inside itself"):
            store.save(replace(work, parent=parent.id))
    store.save(replace(private, parent=work.id))
    assert store.folder(mail.id) == mail


def test_a_chat_is_read_back_with_folder_tags_note_and_sampling(chats, tree):
    chat = Conversation(
        "A chat",
        folder=tree[1].id,
        pinned=True,
        archived=True,
        tags=("häuser", "天気"),
        note=ContextNote("They greeted.", MessageId("m")),
        sampling=Sampling(temperature=0.1, stop=("END",)),
    )
    chats.save(chat)
    assert chats.conversation(chat.id) == chat
    plain = replace(chat, folder=None, pinned=False, archived=False, tags=(), note=None, sampling=None)
    chats.save(plain)
    assert chats.conversation(chat.id) == plain


def test_a_pinned_answer_is_read_back_with_its_sources(chats):
    chat = Conversation("A chat")
    chats.save(chat)
    answer = Message(Role.assistant, "Yes.", sources=(Source(DocumentId("d"), "a.pdf", 3, 9, "page 2"),))
    chats.add(chat.id, answer)
    chats.update(replace(answer, pinned=True))
    assert chats.message(answer.id) == replace(answer, pinned=True)


def test_what_lies_in_a_deleted_folder_goes_and_comes_back_with_it(store, chats, tree):
    work, mail, private = tree
    store.delete(mail.id)
    assert titles(chats) == {"In Work", "Outside"}
    assert store.folders() == [work]
    store.restore(mail.id)
    assert titles(chats) == {"In Work", "In Mail", "In Private", "Outside"}
    assert store.folders() == [work, mail, private]


def test_what_was_deleted_before_its_folder_stays_deleted(store, chats, tree):
    _, mail, _ = tree
    early = next(chat for chat in chats.conversations() if chat.title == "In Private")
    chats.delete(early.id)
    store.delete(mail.id)
    store.restore(mail.id)
    assert titles(chats) == {"In Work", "In Mail", "Outside"}


def test_a_folder_without_its_parent_comes_back_at_the_top(store, tree):
    work, _, private = tree
    store.delete(private.id)
    store.delete(work.id)
    store.restore(private.id)
    assert store.folders() == [replace(private, parent=None)]


def test_a_chat_without_its_folder_comes_back_outside(store, chats, tree):
    work, *_ = tree
    chat = next(chat for chat in chats.conversations() if chat.folder == work.id)
    chats.delete(chat.id)
    store.delete(work.id)
    chats.restore(chat.id)
    assert chats.conversation(chat.id) == replace(chat, folder=None)


def test_the_bin_names_a_deleted_folder_once_and_the_last_deleted_first(store, rubbish, chats, tree):
    work, *_ = tree
    outside = next(chat for chat in chats.conversations() if chat.title == "Outside")
    chats.delete(outside.id)
    store.delete(work.id)
    assert [deleted.what for deleted in rubbish.deleted()] == [work, outside]
    assert rubbish.deleted()[0].when - datetime.now(UTC) < timedelta(minutes=1)


def test_what_is_removed_from_the_bin_does_not_come_back(store, rubbish, chats, tree):
    work, *_ = tree
    outside = next(chat for chat in chats.conversations() if chat.title == "Outside")
    chats.save_draft(outside.id, Draft("half"))
    chats.delete(outside.id)
    store.delete(work.id)
    for deleted in rubbish.deleted():
        rubbish.remove(deleted)
    store.restore(work.id)
    chats.restore(outside.id)
    assert rubbish.deleted() == store.folders() == chats.conversations() == []
    assert chats.draft(outside.id) == Draft()


def test_what_is_not_deleted_is_never_removed(store, rubbish, chats, tree):
    work, *_ = tree
    store.delete(work.id)
    (deleted,) = rubbish.deleted()
    store.restore(work.id)
    rubbish.remove(deleted)
    assert store.folder(work.id) == work
    assert "In Private" in titles(chats)


def test_old_folders_leave_the_bin_with_what_is_in_them(store, chats, tree):
    work, *_ = tree
    store.delete(work.id)
    assert chats.purge(datetime.now(UTC) - timedelta(days=1)) == 0
    assert chats.purge(datetime.now(UTC) + timedelta(seconds=1)) == 3
    store.restore(work.id)
    assert store.folders() == []
    assert titles(chats) == {"Outside"}


def test_a_document_of_a_folder_is_kept(store, chats, tree):
    kept = chats.keep(Document("plan.md", "Buy milk."))
    store.save(replace(tree[0], documents=(kept,)))
    chats.purge(datetime.now(UTC))
    assert chats.document(kept.document) == "Buy milk."
    store.save(replace(tree[0], documents=()))
    chats.purge(datetime.now(UTC))
    assert chats.document(kept.document) is None


def test_folders_of_the_newest_released_version_are_read(path):
    build(path, OLD_SCHEMAS[-1].read_text(encoding="utf-8"))
    database = Database(path)
    folders = FolderStore(database).folders()
    chat = ChatStore(database).conversations()[0]
    answer = ChatStore(database).branch(chat.id)[-1].message
    (deleted,) = FolderStore(database).deleted()
    database.close()
    assert [(folder.name, folder.system) for folder in folders] == [("Büro", "Write letters."), ("Post", "")]
    assert (chat.folder, chat.tags, chat.pinned) == (folders[1].id, ("Wetter", "天気"), True)
    assert chat.note == ContextNote("Talk of the weather.", MessageId("question"))
    assert chat.sampling == Sampling(temperature=0.1)
    assert answer.sources == (Source(DocumentId("plan"), "plan.md", 0, 9, "page iv"),)
    assert answer.pinned
    assert [message.text for message in deleted.what.messages] == ["Thanks"]
