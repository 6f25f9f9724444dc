"""The ways out of a damaged database: begin anew, or go on with a backup; nothing is thrown away."""

import errno
import random
from pathlib import Path

import pytest

from chatdesk.domain.chat import Conversation, Message, Role
from chatdesk.domain.storage_errors import DatabaseDamaged, FolderUnusable
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.recovery import restore_backup, set_aside
from tests.storage.searching import search


def zero_the_header(path):
    content = bytearray(path.read_bytes())
    content[:100] = bytes(100)
    path.write_bytes(content)


def put_garbage_in_the_middle(path):
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = random.Random(1).randbytes(len(content) // 2 - 4096)
    path.write_bytes(content)


def truncate(path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def cut_within_a_page(path):
    path.write_bytes(path.read_bytes()[:-1000])


def write_something_else(path):
    path.write_text("These are not the chats you are looking for. " * 100)


def put_a_folder_in_its_place(path):
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("x")


def empty(path):
    path.write_bytes(b"")


DAMAGES = [
    zero_the_header,
    put_garbage_in_the_middle,
    truncate,
    cut_within_a_page,
    write_something_else,
    put_a_folder_in_its_place,
]


@pytest.fixture
def chat(store, database):
    chat = Conversation(title="Chat")
    store.save(chat)
    with database.writing():
        for number in range(100):
            store.add(chat.id, Message(Role.user, f"{number} words " * 50))
    return chat.id


@pytest.mark.parametrize("damage", [*DAMAGES, empty])
def test_a_damaged_database_is_replaced_by_its_backup(damage, chat, database, path, backups):
    backup = database.back_up()
    database.close()
    damage(path)
    with pytest.raises(DatabaseDamaged) as caught:
        Database(path, backups)
    assert caught.value.backup == backup
    assert str(backup) in caught.value.hint
    restore_backup(backup, path)
    again = Database(path, backups)
    assert len(search(ChatStore(again), "words", limit=1000)) == 100
    again.close()
    assert backup.exists()
    assert len(list(path.parent.glob("chats-damaged-*.sqlite"))) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_without_backup_is_set_aside_and_kept(damage, chat, database, path, backups):
    database.close()
    damage(path)
    kept = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseDamaged) as caught:
        Database(path, backups)
    assert caught.value.backup is None
    aside = set_aside(path)
    assert kept is None or aside.read_bytes() == kept
    new = Database(path, backups)
    assert ChatStore(new).conversations() == []
    new.close()


def test_the_log_beside_a_damaged_database_goes_aside_with_it(path):
    path.parent.mkdir()
    for companion in ("", "-wal", "-shm"):
        path.with_name(path.name + companion).write_text(companion)
    aside = set_aside(path)
    assert sorted(file.name for file in path.parent.iterdir()) == [
        aside.name, aside.name + "-shm", aside.name + "-wal",
    ]  # fmt: skip
    assert aside.with_name(aside.name + "-wal").read_text() == "-wal"


def test_a_restored_backup_is_not_mixed_with_an_old_log(chat, database, store, path, backups):
    backup = database.back_up()
    store.save(Conversation(title="after the backup"))
    log = path.with_name(path.name + "-wal")
    kept = log.read_bytes()
    database.close()
    log.write_bytes(kept)
    restore_backup(backup, path)
    again = Database(path, backups)
    assert [found.title for found in ChatStore(again).conversations()] == ["Chat"]
    again.close()


def test_a_missing_database_can_be_restored(chat, database, path):
    backup_folder = path.parent / "elsewhere"
    database.close()
    path.rename(moved := path.with_name("moved.sqlite"))
    restore_backup(moved, path)
    again = Database(path, backup_folder)
    assert len(ChatStore(again).conversations()) == 1
    again.close()


def test_a_backup_that_is_gone_leaves_the_database_where_it_is(path, tmp_path):
    path.parent.mkdir()
    path.write_text("damaged")
    with pytest.raises(FolderUnusable):
        restore_backup(tmp_path / "gone.sqlite", path)
    assert [file.name for file in path.parent.iterdir()] == ["chats.sqlite"]


def test_what_is_restored_by_choice_is_set_aside_under_a_name_that_says_so(chat, database, path):
    backup = database.back_up()
    database.close()
    aside = restore_backup(backup, path, "before-restore")
    assert aside.name.startswith("chats-before-restore-")
    assert aside.exists()


def test_a_restore_that_fails_at_the_last_step_leaves_the_database_in_its_place(
    chat, database, path, backups, monkeypatch
):
    backup = database.back_up()
    database.close()
    kept, real = path.read_bytes(), Path.replace

    def replace(self, target):
        if target == path:
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(FolderUnusable):
        restore_backup(backup, path)
    assert path.read_bytes() == kept
    assert sorted(file.name for file in path.parent.iterdir() if file.is_file()) == ["chats.sqlite"]
