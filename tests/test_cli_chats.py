"""Chats go out and come in by commands, without a window."""

import json
import zipfile

import pytest

from chatdesk.cli import run
from chatdesk.domain.chat import Conversation, Folder, Message, Role
from chatdesk.paths import find_home
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore


@pytest.fixture
def chats(home):
    database = Database(find_home().database)
    chats, folder = ChatStore(database), Folder("Sea")
    FolderStore(database).save(folder)
    for title, place in (("Tides", folder.id), ("Bread", None)):
        chat = Conversation(title, folder=place)
        chats.save(chat)
        chats.add(chat.id, Message(Role.user, "Why?"))
    database.close()


def titles(home):
    database = Database(find_home(home).database)
    found = sorted(chat.title for chat in ChatStore(database).conversations())
    database.close()
    return found


def test_all_chats_are_exported_and_imported_elsewhere(chats, tmp_path, capsys):
    path, other = tmp_path / "all.json", tmp_path / "other"
    assert run(["chats", "export", str(path)]) == 0
    assert "all.json: 2 chats" in capsys.readouterr().out
    assert run(["--home", str(other), "chats", "import", str(path)]) == 0
    assert "2 chats are new." in capsys.readouterr().out
    assert titles(other) == ["Bread", "Tides"]
    assert run(["--home", str(other), "chats", "import", str(path), "--copies", "--into", "Twice"]) == 0
    assert len(titles(other)) == 4


def test_a_folder_is_exported_for_readers(chats, tmp_path, capsys):
    path = tmp_path / "sea.zip"
    assert run(["chats", "export", str(path), "--format", "html", "--folder", "Sea"]) == 0
    assert "1 chat" in capsys.readouterr().out
    assert path.read_bytes()[:2] == b"PK"
    assert run(["chats", "export", str(tmp_path / "x.zip"), "--folder", "Nowhere"]) == 1
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("odt", b"PK"), ("docx", b"PK")])
def test_pages_are_laid_out_without_a_window(chats, tmp_path, capsys, kind, begins):
    path = tmp_path / "all.zip"
    assert run(["chats", "export", str(path), "--format", kind]) == 0
    assert "all.zip: 2 chats" in capsys.readouterr().out
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == [f"Bread.{kind}", f"Sea/Tides.{kind}"]
        assert archive.read(f"Bread.{kind}").startswith(begins)


def test_what_cannot_be_imported_is_said_and_nothing_comes(chats, tmp_path, capsys):
    (tmp_path / "recipe.json").write_text('{"flour": 3}')
    assert run(["chats", "import", str(tmp_path / "recipe.json")]) == 1
    assert "no chats in “recipe.json”" in capsys.readouterr().err
    assert run(["chats", "export", str(tmp_path / "all.json")]) == 0
    whole = (tmp_path / "all.json").read_text()
    (tmp_path / "cut.json").write_text(whole[:-8])
    other = tmp_path / "other"
    assert run(["--home", str(other), "chats", "import", str(tmp_path / "cut.json")]) == 1
    assert "--whole" in capsys.readouterr().err
    assert titles(other) == []
    assert run(["--home", str(other), "chats", "import", "--whole", str(tmp_path / "cut.json")]) == 0
    assert titles(other) == ["Bread", "Tides"]


def test_what_was_not_understood_is_said(home, tmp_path, capsys):
    message = {"author": {"role": "user"}, "content": {"content_type": "hologram", "text": "Why?"}}
    node = {"id": "q", "parent": None, "message": message}
    (tmp_path / "conversations.json").write_text(json.dumps([{"id": "c", "mapping": {"q": node}}]))
    assert run(["chats", "import", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "1 part was not understood: hologram." in shown.err
    assert "1 chat is new." in shown.out
