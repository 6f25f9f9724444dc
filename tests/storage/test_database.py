"""Opening, migrating and using the database file when all is well, and when it is not."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from chatdesk.domain.chat import Conversation, Draft, Message, Role
from chatdesk.domain.generation import StopReason
from chatdesk.domain.storage_errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    FolderUnusable,
    StorageError,
)
from chatdesk.storage import database as module
from chatdesk.storage.backups import all_backups, listed, newest_readable
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.fulltext import spaced
from chatdesk.storage.schema import MIGRATIONS, statements
from tests.storage.children import ROOT, child, go_on, line
from tests.storage.searching import search

OLD_SCHEMAS = sorted((ROOT / "tests" / "data").glob("chats_v*.sql"), key=lambda file: int(file.stem[7:]))


def fill(store, count=20, text="some words "):
    chat = Conversation(title="Chat")
    parent = None
    with store._database.writing():
        store.save(chat)
        for number in range(count):
            message = Message(Role.user, f"{number} {text}", parent=parent)
            store.add(chat.id, message)
            parent = message.id
    return chat.id


def spaced_before_14(text):
    """Set borders around each character of writing without spaces, as all versions did before pairs."""
    return "".join(f"\x1f{letter}\x1f" if letter > "\u0e00" else letter for letter in text)


def build(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    version = int(re.search(r"user_version = (\d+)", script)[1])
    with closing(sqlite3.connect(path)) as connection:
        function = spaced if version >= 14 else spaced_before_14
        connection.create_function("spaced", 1, function, deterministic=True)
        connection.executescript(script)
        connection.commit()


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    return [(kind, name, re.sub(r"\s+", " ", sql or "")) for kind, name, sql in rows]


def test_a_new_database_makes_its_folder_and_no_backup(path, backups):
    Database(path, backups).close()
    assert path.is_file()
    assert not backups.exists()


def test_a_closed_database_is_one_file(path, database):
    fill(ChatStore(database))
    database.close()
    database.close()
    assert [file.name for file in path.parent.iterdir()] == ["chats.sqlite"]


def test_it_promises_what_the_design_says(database):
    with database.reading() as sql:
        promised = {
            name: sql.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert promised == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


def test_an_exception_undoes_the_whole_transaction(database, store):
    chat = fill(store)
    insert = f"INSERT INTO draft (conversation, text) VALUES ('{chat}', %s)"
    steps = [insert % "'text'", insert % "NULL"]
    with pytest.raises(sqlite3.IntegrityError), database.writing() as sql:
        [sql.execute(step) for step in steps]
    assert store.draft(chat) == Draft()


def test_a_bug_in_a_statement_is_not_dressed_up(database):
    with pytest.raises(sqlite3.OperationalError, match="no such table"), database.writing() as sql:
        sql.execute("SELECT * FROM missing")
    with database.writing() as sql:
        sql.execute("SELECT 1")


def test_without_fulltext_search_it_says_what_is_missing():
    without_modules = SimpleNamespace(execute=lambda statement: SimpleNamespace(fetchone=lambda: None))
    with pytest.raises(StorageError, match="FTS5"):
        module._require_fulltext(without_modules)


@pytest.mark.parametrize("old", OLD_SCHEMAS, ids=lambda path: path.stem)
def test_every_older_version_is_read_as_it_was(old, path, backups, tmp_path):
    build(path, old.read_text(encoding="utf-8"))
    database = Database(path, backups)
    store = ChatStore(database)
    chat = store.conversations()[0]
    assert (chat.title, chat.system, chat.preset, chat.thinking) == (
        "Weather in Zürich",
        "Be brief.",
        "precise",
        True,
    )
    question, answer = (shown.message for shown in store.branch(chat.id))
    assert (question.text, answer.text, answer.thinking) == ("今日は天気がいいですね", "Yes, it is.", "hm")
    assert answer.facts.reason is StopReason.end
    assert store.draft(chat.id) == Draft("half a thought")
    assert [hit.message for hit in search(store, "天気")] == [question.id]
    assert [hit.message for hit in search(store, "ですね")] == [question.id]
    assert len(search(store, "zurich")) == 1
    database.close()
    Database(tmp_path / "new.sqlite").close()
    assert schema(path) == schema(tmp_path / "new.sqlite")


def test_the_newest_schema_is_kept_for_later_versions():
    assert OLD_SCHEMAS[-1].stem == f"chats_v{len(MIGRATIONS)}"


def test_a_migration_is_preceded_by_a_backup(path, backups, database, monkeypatch):
    chat = fill(ChatStore(database))
    database.close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, "ALTER TABLE draft ADD COLUMN more TEXT;"))
    newer = Database(path, backups)
    with newer.reading() as sql:
        assert sql.execute("SELECT more FROM draft").fetchall() == []
    newer.close()
    monkeypatch.undo()
    with pytest.raises(DatabaseTooNew):
        Database(path, backups)
    (backup,) = all_backups(backups)
    older = Database(backup)
    assert len(ChatStore(older).branch(chat)) == 20
    older.close()


def test_a_failing_migration_leaves_the_database_as_it_was(path, backups, database, monkeypatch):
    chat = fill(ChatStore(database))
    database.close()
    before = schema(path)
    broken = "CREATE TABLE extra (a);\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError):
        Database(path, backups)
    monkeypatch.undo()
    assert schema(path) == before
    again = Database(path, backups)
    assert len(ChatStore(again).branch(chat)) == 20
    again.close()


def test_statements_keep_triggers_whole():
    script = "CREATE TABLE a (b);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
    assert [statement.split()[1] for statement in statements(script)] == ["TABLE", "TRIGGER"]


def test_a_database_of_a_newer_version_is_left_alone(path, database):
    with database.writing() as sql:
        sql.execute("PRAGMA user_version = 999")
    database.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        Database(path)
    assert "--home" in caught.value.hint
    assert path.read_bytes() == before


def test_a_backup_is_a_whole_database_of_one_file(database, store, backups):
    chat = fill(store)
    backup = database.back_up()
    assert list(backups.iterdir()) == [backup] == [newest_readable(backups)]
    copy = Database(backup)
    assert len(ChatStore(copy).branch(chat)) == 20
    copy.close()


def test_the_newest_backups_are_kept_as_many_as_are_wanted(database, backups):
    made = [database.back_up() for _ in range(7)]
    assert all_backups(backups) == made[::-1]
    newest = database.back_up(kept=3)
    assert all_backups(backups) == [newest, *made[:4:-1]]
    last = database.back_up(kept=0)
    assert all_backups(backups) == [last]


def test_many_backups_of_one_day_leave_those_of_the_days_before(path, database, backups):
    backups.mkdir()
    days = [backups / f"{path.stem}-2020-01-0{day}-120000-000000.sqlite" for day in range(1, 5)]
    for each in days:
        each.touch()
    made = [database.back_up(kept=3) for _ in range(5)]
    assert all_backups(backups) == [*made[:1:-1], *days[:1:-1]]


def test_backups_are_listed_with_their_chats_and_damaged_ones_without(database, store, backups):
    assert listed(backups) == []
    first = database.back_up()
    store.save(Conversation(title="later"))
    second = database.back_up()
    damaged, newer = backups / "x-damaged.sqlite", backups / "y-newer.sqlite"
    damaged.write_bytes(b"no database")
    newer.write_bytes(second.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    found = {each.path: each for each in listed(backups)}
    assert {path: each.chats for path, each in found.items()} == {
        first: 0,
        second: 1,
        damaged: None,
        newer: None,
    }
    assert found[second].size == second.stat().st_size


def test_a_backup_is_made_when_the_newest_is_old_enough(database, backups):
    day = timedelta(days=1)
    first = database.back_up(older_than=day)
    assert database.back_up(older_than=day) is None
    os.utime(first, (0, 0))
    assert database.back_up(older_than=day) is not None


def test_without_a_folder_for_backups_none_is_made(path):
    database = Database(path)
    assert database.back_up() is None
    database.close()


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(database, backups):
    backups.write_text("a file in the place of the folder")
    with pytest.raises(FolderUnusable):
        database.back_up()


def test_a_damaged_backup_is_never_named(database, backups):
    good = database.back_up()
    bad = database.back_up()
    bad.write_bytes(b"\0" * 5000)
    (backups / "zz.unfinished").write_bytes(b"x")
    assert newest_readable(backups) == good


def test_a_database_held_by_another_program_cannot_be_opened(path, database):
    database.close()
    with child("hold", path) as other:
        assert line(other) == "held"
        with pytest.raises(DatabaseBusy):
            Database(path, busy_seconds=0.1)


def test_a_write_waits_for_another_program_and_then_gives_up(path, store):
    chat = fill(store)
    with child("hold", path) as other:
        assert line(other) == "held"
        with pytest.raises(DatabaseBusy):
            store.save_draft(chat, Draft("text"))
        assert len(store.branch(chat)) == 20
        go_on(other)
        other.wait()
    store.save_draft(chat, Draft("text"))
    assert store.draft(chat) == Draft("text")


def test_two_processes_open_a_new_database_at_once(path):
    with child("open_at_once", path) as one, child("open_at_once", path) as two:
        assert line(one) == line(two) == "ready"
        go_on(one)
        go_on(two)
        assert line(one) == line(two) == "opened"


def test_a_full_disk_keeps_all_that_was_stored(database, store):
    chat = fill(store)
    with database.writing() as sql:
        pages = sql.execute("PRAGMA page_count").fetchone()[0]
        sql.execute(f"PRAGMA max_page_count = {pages + 2}")
    before = store.branch(chat)
    with pytest.raises(DiskFull):
        store.update(Message(Role.user, "x" * 100_000, id=before[-1].message.id))
    with pytest.raises(DiskFull):
        store.add(chat, Message(Role.user, "x" * 100_000))
    assert store.branch(chat) == before
    with database.writing() as sql:
        sql.execute("PRAGMA max_page_count = 1000000")
    store.add(chat, Message(Role.user, "x" * 100_000))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_write_that_the_system_refuses_keeps_all_that_was_stored(path, store, database):
    store.save(Conversation(id="chat"))
    database.close()
    with child("write_in_little_room", path) as writer:
        said = writer.stdout.read().split("\n")
    added, reason = said.count("added"), said[-2]
    assert reason.startswith(("FolderUnusable", "DiskFull"))
    again = Database(path)
    with again.reading() as sql:
        assert sql.execute("SELECT count(*) FROM message").fetchone()[0] == added > 0
    again.close()


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderUnusable):
        Database(tmp_path / "file" / "chats.sqlite")


READ_ONLY = """
import os, sys
from pathlib import Path
from types import SimpleNamespace
from chatdesk.domain.storage_errors import FolderUnusable
from chatdesk.storage.database import Database
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    Database(Path(sys.argv[1]))
except FolderUnusable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize("existing", [True, False])
def test_a_read_only_folder_is_reported(existing, database, path):
    fill(ChatStore(database))
    database.close()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if existing:
            shutil.copyfile(path, folder / path.name)
            (folder / path.name).chmod(0o444)
        folder.chmod(0o555)
        said = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder / path.name)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        folder.chmod(0o755)
    assert said.stderr == ""
    assert said.stdout.startswith("ChatDesk cannot write into its folder")


def test_damage_found_while_it_is_used_is_reported(path, backups, database, store):
    chat = fill(store, count=300, text="long " * 2000)
    backup = database.back_up()
    database.close()
    again = Database(path, backups)
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged) as caught:
        ChatStore(again).branch(chat)
    assert caught.value.backup == backup
    again.close()
