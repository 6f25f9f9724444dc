"""Everything goes into a file and comes back the same; nothing is doubled, halved or half-written."""

import errno
import io
import json
import os
import zipfile

import pytest

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation, Folder, Message, Role
from chatdesk.domain.chat_archive import Brought
from chatdesk.domain.document_errors import (
    ChatFileDamaged,
    ChatFileTooNew,
    DocumentDiskFull,
    DocumentEmpty,
    DocumentMissing,
    DocumentNotSaved,
    NoChatFile,
)
from chatdesk.domain.storage_errors import DiskFull
from chatdesk.flows.chat_export import ChatExport, Exported, file_stem
from chatdesk.flows.chat_import import ChatImport, Contents, Imported, ImportWishes
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from tests.fakes.random_chats import RandomChats, everything


class Home:
    """A store with the flows that export and import."""

    def __init__(self, path):
        self.database = Database(path)
        self.chats, self.folders = ChatStore(self.database), FolderStore(self.database)
        self.archive = ArchiveStore(self.database)
        self.files = ChatFileRoom(lambda data, name: None)
        self.export = ChatExport(self.files, self.archive)
        self.importing = ChatImport(self.files, self.archive)

    def write(self, path, scope=None):
        return list(self.export.write_archive(scope or self.export.everything(), path, CancelToken()))

    def look(self, path):
        (contents,) = (e for e in self.importing.look(path, CancelToken()) if isinstance(e, Contents))
        return contents

    def bring(self, path, **wishes):
        events = list(self.importing.bring(self.look(path), ImportWishes(**wishes), CancelToken()))
        assert isinstance(events[-1], Imported)
        return dict(events[-1].counts)

    def add(self, title="Chat", *texts, **more):
        chat = Conversation(title, **more)
        self.chats.save(chat)
        parent = None
        for place, text in enumerate(texts or ("Question", "Answer")):
            message = Message(Role.assistant if place % 2 else Role.user, text, parent)
            self.chats.add(chat.id, message)
            parent = message.id
        return chat.id


@pytest.fixture
def make_home(tmp_path):
    homes = []

    def make():
        home = Home(tmp_path / f"home{len(homes)}" / "chats.sqlite")
        homes.append(home)
        return home

    yield make
    for home in homes:
        home.database.close()


@pytest.fixture
def home(make_home):
    return make_home()


@pytest.mark.parametrize("seed", range(2))
def test_a_random_store_comes_back_equal_from_its_file(seed, make_home, tmp_path):
    home, other = make_home(), make_home()
    with home.database.writing():  # at once, and not one by one onto the disk
        RandomChats(seed).fill(home.chats, home.folders, 25)
    home.write(tmp_path / "all.json")
    assert other.bring(tmp_path / "all.json") == {Brought.new: 25}
    assert everything(other.archive) == everything(home.archive)
    assert other.chats.conversations() == home.chats.conversations()
    other.write(tmp_path / "again.json")
    first, second = ((tmp_path / name).read_text().splitlines()[1:] for name in ("all.json", "again.json"))
    assert first == second


def test_importing_twice_doubles_nothing(make_home, tmp_path):
    home, other = make_home(), make_home()
    RandomChats(9).fill(home.chats, home.folders, 10)
    home.write(tmp_path / "all.json")
    other.bring(tmp_path / "all.json")
    before = everything(other.archive)
    assert other.look(tmp_path / "all.json").there == 10
    assert other.bring(tmp_path / "all.json") == {Brought.there: 10}
    assert everything(other.archive) == before


def test_copies_stand_beside_the_chats_that_are_there(home, tmp_path):
    ident = home.add("Tides")
    home.write(tmp_path / "all.json")
    assert home.bring(tmp_path / "all.json", copies=True) == {Brought.new: 1}
    first, second = (home.archive.chat(each) for each, _ in home.archive.conversations())
    assert first.conversation.id == ident != second.conversation.id
    assert [m.text for m in first.branch] == [m.text for m in second.branch] == ["Question", "Answer"]


def test_messages_that_are_new_are_added_to_a_chat_that_is_there(make_home, tmp_path):
    home, other = make_home(), make_home()
    ident = home.add("Tides")
    home.write(tmp_path / "early.json")
    other.bring(tmp_path / "early.json")
    last = home.archive.chat(ident).messages[-1].id
    home.chats.add(ident, Message(Role.user, "And then?", last))
    home.write(tmp_path / "late.json")
    assert other.bring(tmp_path / "late.json") == {Brought.grown: 1}
    assert other.archive.chat(ident) == home.archive.chat(ident)
    assert other.bring(tmp_path / "early.json") == {Brought.there: 1}
    assert other.archive.chat(ident) == home.archive.chat(ident)


def test_a_chat_in_the_bin_comes_back(home, tmp_path):
    ident = home.add("Tides")
    home.write(tmp_path / "all.json")
    home.chats.delete(ident)
    assert home.bring(tmp_path / "all.json") == {Brought.restored: 1}
    assert home.chats.conversation(ident) is not None


def test_a_folder_is_exported_with_what_is_below_it(make_home, tmp_path):
    home, other = make_home(), make_home()
    top, side = Folder("Sea"), Folder("Land")
    inner = Folder("Tides", top.id)
    for folder in (top, side, inner):
        home.folders.save(folder)
    home.add("In", folder=inner.id)
    home.add("Out", folder=side.id)
    home.add("Loose")
    home.write(tmp_path / "sea.json", home.export.folder(top.id))
    assert other.bring(tmp_path / "sea.json") == {Brought.new: 1}
    assert other.folders.folders() == [top, inner]
    assert [(c.title, c.folder) for c in other.chats.conversations()] == [("In", inner.id)]


def test_imported_chats_can_go_into_a_new_folder(make_home, tmp_path):
    home, other = make_home(), make_home()
    home.add("Tides")
    home.write(tmp_path / "all.json")
    other.bring(tmp_path / "all.json", folder="From elsewhere")
    home.add("Waves")
    home.write(tmp_path / "all.json")
    other.bring(tmp_path / "all.json", folder="From elsewhere")  # the rest comes into the same one
    (folder,) = other.folders.folders()
    assert folder.name == "From elsewhere"
    assert [c.folder for c in other.chats.conversations()] == [folder.id] * 2
    home.bring(tmp_path / "all.json", folder="Nothing new")
    assert home.folders.folders() == []


def test_a_cut_file_says_how_many_chats_are_whole_and_these_can_be_brought(make_home, tmp_path):
    home, other = make_home(), make_home()
    for number in range(10):
        home.add(f"Chat {number}")
    home.write(tmp_path / "all.json")
    content = (tmp_path / "all.json").read_bytes()
    cut = tmp_path / "cut.json"
    cut.write_bytes(content[: len(content) * 2 // 3])
    contents = other.look(cut)
    assert isinstance(contents.damage, ChatFileDamaged)
    assert 0 < contents.chats < 10
    assert f"{contents.chats} chats" in contents.damage.hint
    assert other.chats.conversations() == []
    assert other.bring(cut) == {Brought.new: contents.chats}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", DocumentEmpty),
        (b"   \n ", DocumentEmpty),
        (b"[]", NoChatFile),
        (b"{}", NoChatFile),
        (b"Dear Sir or Madam", NoChatFile),
        (b'[{"name": "a recipe"}]', NoChatFile),
        (b"\x93" + os.urandom(50_000), NoChatFile),
        (b"[" * 100_000, ChatFileDamaged),
        (b'{"mapping":' * 50_000, ChatFileDamaged),
        (b'[{"mapping": {"a"', ChatFileDamaged),
        (b'{"format": "chatdesk-chats", "version": 99, "items": []}', ChatFileTooNew),
        (b'{"format": "chatdesk-chats", "version": 1, "items": []}', DocumentEmpty),
        (b'{"format": "chatdesk-chats", "version": 1, "items": [{"kind": "chat"}]}', DocumentEmpty),
        (b"PK\x03\x04 no archive", NoChatFile),
    ],
)
def test_what_is_no_file_of_chats_is_refused_in_a_sentence(content, error, home, tmp_path):
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        home.look(path)
    assert caught.value.sentence
    assert caught.value.hint


def test_a_folder_without_chats_and_a_path_without_a_file_are_refused(home, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoChatFile):
        home.look(tmp_path / "empty")
    with pytest.raises(DocumentMissing):
        home.look(tmp_path / "gone.json")


def test_a_zip_that_is_damaged_is_refused(home, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps([{"mapping": {}}] * 5000))
    content = bytearray(buffer.getvalue())
    content[60:90] = bytes(30)
    (tmp_path / "export.zip").write_bytes(content)
    with pytest.raises(ChatFileDamaged):
        home.look(tmp_path / "export.zip")


def test_items_of_another_shape_are_told_and_the_rest_is_imported(make_home, tmp_path):
    home, other = make_home(), make_home()
    home.add("Good")
    home.add("Bad")
    home.write(tmp_path / "all.json")
    whole = json.loads((tmp_path / "all.json").read_text())
    whole["items"][1]["messages"][0]["parent"] = "nobody"
    whole["items"][0]["conversation"]["colour"] = "red"
    whole["items"] += [5, {"kind": "song"}, {"kind": "document", "id": "x"}, {"kind": "picture", "data": "§"}]
    (tmp_path / "odd.json").write_text(json.dumps(whole))
    contents = other.look(tmp_path / "odd.json")
    assert contents.chats == 1
    told = " ".join(contents.unclear)
    assert "1 chat is damaged: chat.messages" in told
    assert "archivedchat.conversation.colour" in told
    assert "song" in told
    assert other.bring(tmp_path / "odd.json") == {Brought.new: 1}
    assert [c.title for c in other.chats.conversations()] == ["Good"]


def test_a_document_that_is_not_what_its_id_says_changes_no_other(make_home, tmp_path):
    home, other = make_home(), make_home()
    RandomChats(3).fill(home.chats, home.folders, 3)
    home.write(tmp_path / "all.json")
    other.bring(tmp_path / "all.json")
    before = everything(other.archive)
    whole = json.loads((tmp_path / "all.json").read_text())
    for item in whole["items"]:
        if item["kind"] == "document":
            item["document"]["text"] += " forged"
    (tmp_path / "forged.json").write_text(json.dumps(whole))
    other.bring(tmp_path / "forged.json")
    assert everything(other.archive) == before


def test_a_message_that_another_chat_has_makes_a_copy(make_home, tmp_path):
    home, other = make_home(), make_home()
    home.add("Tides")
    home.write(tmp_path / "all.json")
    other.bring(tmp_path / "all.json")
    whole = json.loads((tmp_path / "all.json").read_text())
    whole["items"][0]["conversation"]["id"] = "another"
    (tmp_path / "other.json").write_text(json.dumps(whole))
    assert other.bring(tmp_path / "other.json") == {Brought.new: 1}
    assert len(other.chats.conversations()) == 2


def test_a_cancelled_export_leaves_the_file_as_it_was(home, tmp_path):
    for number in range(5):
        home.add(f"Chat {number}")
    path = tmp_path / "all.json"
    path.write_text("earlier")
    cancel = CancelToken()
    events = home.export.write_archive(home.export.everything(), path, cancel)
    next(events)
    cancel.cancel()
    assert list(events) == []
    assert path.read_text() == "earlier"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["all.json"]


def test_a_cancelled_import_tells_what_is_there_and_the_rest_comes_later(make_home, tmp_path, monkeypatch):
    home, other = make_home(), make_home()
    for number in range(6):
        home.add(f"Chat {number}")
    home.write(tmp_path / "all.json")
    contents = other.look(tmp_path / "all.json")
    cancel, real, brought = CancelToken(), other.archive.bring, []

    def bring(*arguments):
        brought.append(real(*arguments))
        if len(brought) == 2:
            cancel.cancel()
        return brought[-1]

    monkeypatch.setattr(other.archive, "bring", bring)
    *_, end = other.importing.bring(contents, ImportWishes(), cancel)
    assert end.counts == {Brought.new: 2}
    assert other.bring(tmp_path / "all.json") == {Brought.there: 2, Brought.new: 4}


def test_an_import_that_fails_tells_what_is_there_and_the_rest_comes_later(make_home, tmp_path, monkeypatch):
    home, other = make_home(), make_home()
    for number in range(3):
        home.add(f"Chat {number}")
    home.write(tmp_path / "all.json")
    contents = other.look(tmp_path / "all.json")
    real, disk = other.archive.bring, iter([True, True, False])

    def bring(*arguments):
        if not next(disk):
            raise DiskFull(tmp_path)
        return real(*arguments)

    monkeypatch.setattr(other.archive, "bring", bring)
    *_, end = other.importing.bring(contents, ImportWishes(), CancelToken())
    assert end.counts == {Brought.new: 2}
    assert isinstance(end.problem, DiskFull)
    monkeypatch.undo()
    assert other.bring(tmp_path / "all.json") == {Brought.there: 2, Brought.new: 1}


@pytest.mark.parametrize("pages", [False, True])
def test_a_full_disk_leaves_nothing_behind(pages, home, tmp_path, monkeypatch):
    home.add("Tides")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    scope = home.export.everything()
    path = tmp_path / "all.json"
    if pages:
        events = home.export.write_pages(scope, path, "md", lambda *_: b"x", CancelToken())
    else:
        events = home.export.write_archive(scope, path, CancelToken())
    with pytest.raises(DocumentDiskFull):
        list(events)
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_folder_that_cannot_be_written_is_told(home, tmp_path):
    home.add("Tides")
    (tmp_path / "a folder").mkdir()
    for path in (tmp_path / "gone" / "all.json", tmp_path / "a folder"):
        with pytest.raises(DocumentNotSaved):
            home.write(path)
    assert list((tmp_path / "a folder").iterdir()) == []


def test_several_chats_become_a_zip_with_folders_and_names_that_any_system_can_hold(home, tmp_path):
    top = Folder("Sea / Land")
    home.folders.save(top)
    home.add("A/B: ?", folder=top.id)
    home.add("A/B: ?", folder=top.id)
    home.add("🙂" * 200)
    home.add("")
    path = tmp_path / "all.zip"
    *_, end = home.export.write_pages(
        home.export.everything(), path, "md", lambda chat, _: chat.conversation.title.encode(), CancelToken()
    )
    assert end == Exported(path, 4)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert len({name.casefold() for name in names}) == 4
    folder = file_stem("Sea / Land")
    assert names[:2] == [f"{folder}/A B.md", f"{folder}/A B (2).md"]
    for name in names:
        assert len(name.rpartition("/")[2].encode()) < 250
        assert not set(name.rpartition("/")[2]) & set('<>:"\\|?*')
    assert "Chat.md" in names
