"""The folder of downloaded models moves as a whole, or not at all."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.errors import ModelsNotMoved
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.domain.library import ModelRecord
from chatdesk.domain.models import Adapter
from chatdesk.domain.settings import Settings
from chatdesk.domain.storage_errors import DiskFull
from chatdesk.flows.folder_move import FolderMove
from chatdesk.flows.model_files import FileProgress
from chatdesk.flows.models_folder import FolderContent, FolderFlow, FolderMoved
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.storage.library import ModelStore

SIZE = 10_000_000
HERE, OTHER_DISK = True, False


class Desk:
    """The flow on real stores; models are in `old`, and `new` is not there yet."""

    def __init__(self, tmp_path):
        self.database = Database(tmp_path / "chats.sqlite")
        self.records = ModelStore(self.database)
        self.downloads = DownloadStore(self.database)
        self.chats = ChatStore(self.database)
        self.flow = FolderFlow(self.records, self.downloads, tmp_path)
        self.old = self.flow.folder(Settings())
        self.new = tmp_path / "new disk" / "größe"
        self.first = self.make("owner/größe 🦙.gguf")
        self.second = self.make("owner/z.gguf")

    def make(self, name):
        path = self.old / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(SIZE))
        return path

    def moved(self, path):
        return self.new / path.relative_to(self.old)

    def download(self, state):
        file = RemoteFile(self.first.name, SIZE, "")
        self.downloads.add(Download(DownloadRequest("owner/x", "abc", (file,), self.first.parent), state))

    def move(self, new=None):
        return list(self.flow.move(self.old, new or self.new, CancelToken()))

    def state(self):
        """Everything that a move that came to nothing must leave as it was."""
        files = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.old.rglob("*.gguf*")}
        folders = [each.request.folder for each in self.downloads.queue()]
        return files, self.records.records(), folders, [chat.model for chat in self.chats.conversations()]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.records.save(ModelRecord(made.first, title="Mine"))
    made.chats.save(Conversation("chat", model=str(made.first)))
    yield made
    made.database.close()


@pytest.fixture(params=[HERE, OTHER_DISK], ids=["same disk", "other disk"])
def disk(request, monkeypatch):
    """Whether the new folder is on the same disk; the other way goes by copies."""
    monkeypatch.setattr(FolderMove, "_stays_on_disk", lambda *_: request.param)
    return request.param


def test_it_moves_with_everything_that_names_it(desk, disk, tmp_path):
    elsewhere = tmp_path / "elsewhere.gguf"
    settings = Settings(model_files=(str(desk.first), str(elsewhere)), default_model=str(desk.first))
    desk.download(DownloadState.paused)
    content = desk.first.read_bytes()
    desk.records.save(ModelRecord(elsewhere, adapters=(Adapter(desk.second, "Pirate"),)))
    *progress, last = desk.move()
    moved = desk.moved(desk.first)
    assert progress[-1] == FileProgress(2 * SIZE, 2 * SIZE)
    assert last.applied(settings) == Settings(
        model_files=(str(moved), str(elsewhere)), default_model=str(moved), models_folder=str(desk.new)
    )
    assert moved.read_bytes() == content
    assert not desk.old.exists()
    assert desk.records.record(moved).title == "Mine"
    assert desk.records.record(elsewhere).adapters[0].path == desk.moved(desk.second)
    assert desk.chats.conversations()[0].model == str(moved)
    assert [each.request.folder for each in desk.downloads.queue()] == [moved.parent]
    assert not list(desk.new.rglob("*.moving"))


def test_a_folder_that_is_no_whole_path_counts_from_the_folder_of_the_application(desk, tmp_path):
    assert desk.flow.folder(Settings(models_folder="mine")) == desk.flow.folder(Settings()).parent / "mine"
    assert desk.flow.folder(Settings(models_folder=f" {tmp_path} ")) == tmp_path


def test_what_the_user_has_changed_meanwhile_stays(desk):
    *_, last = desk.move()
    assert last.applied(Settings(text_size=150)).text_size == 150


def test_unfinished_downloads_move_and_what_is_not_ours_stays(desk, disk):
    part = desk.make("owner/more.gguf.part")
    facts = desk.make("owner/more.gguf.part.json")
    mine = desk.make("holiday.jpg")
    link = desk.old / "link.gguf"
    link.symlink_to(desk.first)
    desk.records.save(ModelRecord(link, title="Link"))
    desk.move()
    assert desk.moved(part).stat().st_size == desk.moved(facts).stat().st_size == SIZE
    assert sorted(desk.old.iterdir()) == [mine, link]
    assert desk.records.record(link).title == "Link"


def test_a_folder_that_is_not_there_yet_is_only_named(desk, tmp_path):
    (moved,) = desk.flow.move(tmp_path / "none", desk.new, CancelToken())
    assert moved.applied(Settings()) == Settings(models_folder=str(desk.new))
    assert desk.new.is_dir()


@pytest.mark.parametrize("events", [1, 3, 4])
def test_a_move_that_is_stopped_leaves_everything_as_it_was(desk, disk, events):
    desk.download(DownloadState.paused)
    before = desk.state()
    cancel = CancelToken()
    moving = desk.flow.move(desk.old, desk.new, cancel)
    for _ in range(min(events, 2 if disk is HERE else events)):
        next(moving)
    cancel.cancel()
    assert list(moving) == []
    assert desk.state() == before
    assert not desk.new.exists()


def test_a_disk_that_fills_up_leaves_everything_as_it_was(desk, disk, monkeypatch):
    def full(*_):
        raise DiskFull(Path("chats.sqlite"))

    before = desk.state()
    monkeypatch.setattr(desk.records, "move", full)
    with pytest.raises(DiskFull):
        desk.move()
    assert desk.state() == before
    assert not desk.new.exists()


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(desk, disk, monkeypatch):
    before = desk.state()
    real = Path.rename

    def rename(self, target):
        if self.name.startswith("z.gguf"):
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(ModelsNotMoved, match="Input/output error"):
        desk.move()
    monkeypatch.undo()
    assert desk.state() == before
    assert not desk.new.exists()


def test_a_download_that_begins_meanwhile_stops_the_move(desk):
    moving = desk.flow.move(desk.old, desk.new, CancelToken())
    next(moving)
    before = desk.state()[0]
    desk.download(DownloadState.running)
    with pytest.raises(ModelsNotMoved, match="a download is running"):
        list(moving)
    assert desk.state()[0] == before


def test_nothing_moves_while_a_download_runs(desk):
    desk.download(DownloadState.running)
    with pytest.raises(ModelsNotMoved, match="a download is running"):
        desk.move()


@pytest.mark.parametrize("place", ["models", "models/inside", "."])
def test_a_folder_cannot_move_into_itself(desk, tmp_path, place):
    with pytest.raises(ModelsNotMoved, match="inside it or around it"):
        desk.move(tmp_path / place)
    assert desk.first.is_file()


def test_a_folder_that_is_not_empty_is_refused_and_keeps_its_content(desk):
    desk.new.mkdir(parents=True)
    (desk.new / "mine.txt").write_text("mine")
    (desk.new / "empty").mkdir()
    with pytest.raises(ModelsNotMoved, match="not empty"):
        desk.move()
    assert (desk.new / "mine.txt").read_text() == "mine"
    assert (desk.new / "empty").is_dir()


def test_an_empty_folder_stays_after_a_move_that_came_to_nothing(desk):
    desk.new.mkdir(parents=True)
    cancel = CancelToken()
    moving = desk.flow.move(desk.old, desk.new, cancel)
    next(moving)
    cancel.cancel()
    assert list(moving) == []
    assert list(desk.new.iterdir()) == []


def test_what_a_killed_move_has_left_is_no_obstacle(desk):
    desk.new.mkdir(parents=True)
    (desk.new / "z.gguf.moving").write_bytes(b"half")
    assert isinstance(desk.move()[-1], FolderMoved)


def test_too_little_room_is_told_with_sizes(desk, monkeypatch):
    monkeypatch.setattr(FolderMove, "_stays_on_disk", lambda *_: OTHER_DISK)
    usage = shutil.disk_usage(desk.old)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=SIZE))
    with pytest.raises(ModelsNotMoved, match=r"not enough room: 0\.02 GB are needed"):
        desk.move()
    assert not desk.new.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(desk):
    desk.new.mkdir(parents=True)
    desk.new.chmod(0o500)
    with pytest.raises(ModelsNotMoved, match="permission"):
        desk.move()


def test_a_file_cannot_be_the_new_folder(desk, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ModelsNotMoved):
        desk.move(tmp_path / "file")
    with pytest.raises(ModelsNotMoved):
        desk.move(tmp_path / "file" / "inside")


def test_how_much_there_is_is_counted(desk):
    desk.make("photo.jpg")
    assert list(desk.flow.content(desk.old, CancelToken())) == [FolderContent(2, 2 * SIZE)]
    assert list(desk.flow.content(desk.new, CancelToken())) == [FolderContent(0, 0)]
