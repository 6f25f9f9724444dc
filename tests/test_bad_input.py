"""Bad input through the whole application: one readable sentence, the window lives, nothing is lost."""

import os
import shutil
import sqlite3

import pytest

from chatdesk import app as application
from chatdesk import start as starting
from chatdesk.domain.chat import MessageState
from chatdesk.paths import find_home
from chatdesk.storage.database import Database
from chatdesk.ui import start_trouble
from tests.fakes.model_files import with_template

PATIENCE = 30_000
QUESTION = "Who are you?"


@pytest.fixture
def app(qtbot):
    built = application.build(find_home(), database=None)
    built.settings.change(make_titles=False)
    qtbot.addWidget(built.window)
    built.window.show()
    yield built
    built.window.close()


@pytest.fixture
def model(tmp_path, starter):
    """A copy of the starter model, in a folder whose name is not plain English."""
    folder = tmp_path / "Modèle ü 日本"
    folder.mkdir()
    return shutil.copy(starter, folder / "model.gguf")


def messages(app):
    return [shown.message for shown in app.chats.branch(app.chat.chat.conversation.id)]


def ask(app, qtbot, text=QUESTION):
    before = len(messages(app))
    app.chat.submit(text)
    qtbot.waitUntil(lambda: len(messages(app)) == before + 2 and not app.chat.chat.busy, timeout=PATIENCE)
    return messages(app)[-1]


def open_model(app, path):
    app.models.open_file(path)


def assert_told_and_alive(app, qtbot, failed, words):
    """The answer says what went wrong and what to do; the starter model still answers."""
    assert failed.state is MessageState.failed
    assert words in failed.error
    assert failed.error.count(". ") >= 1, "a sentence and a hint"
    assert "Error" not in failed.error
    assert messages(app)[-2].text == QUESTION
    app.chat.pick_model(app.chat.chat.choosing.models.installed(app.settings.value)[0].path)
    assert ask(app, qtbot).state is MessageState.complete


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html><html>not found</html>" * 99, "cannot be used as a model"),
        (b"", "cannot be used as a model"),
        (b"GGUF\x03\0\0\0" + b"\xff" * 64, "cannot be used as a model"),
        (b"PK\x03\x04" + bytes(4096), "cannot be used as a model"),
    ],
)
def test_a_file_that_is_no_model_is_refused_when_it_is_opened(app, qtbot, tmp_path, content, words):
    file = tmp_path / "bad.gguf"
    file.write_bytes(content)
    open_model(app, file)
    assert app.chat.page.notice.isVisible()
    assert words in app.chat.page.notice.text
    assert app.settings.value.model_files == ()


def test_a_truncated_file_is_refused(app, model):
    os.truncate(model, 3_000_000)
    open_model(app, model)
    assert "cannot be used as a model" in app.chat.page.notice.text


def test_a_file_damaged_in_its_list_of_tensors_is_told_in_the_answer(app, qtbot, model):
    open_model(app, model)
    content = model.read_bytes()
    at = content.index(b"blk.2.ffn_up.weight")
    model.write_bytes(content[:at] + b"blk.2.ffn_xx.weight" + content[at + 19 :])
    assert_told_and_alive(app, qtbot, ask(app, qtbot), "cannot be used as a model")


def test_a_file_damaged_in_its_weights_does_no_harm(app, qtbot, model):
    content = bytearray(model.read_bytes())
    content[-2_000_000:-1_000_000] = b"\xff" * 1_000_000
    model.write_bytes(content)
    open_model(app, model)
    answer = ask(app, qtbot)
    assert answer.state in (MessageState.complete, MessageState.failed)
    app.chat.pick_model(app.chat.chat.choosing.models.installed(app.settings.value)[0].path)
    assert ask(app, qtbot).state is MessageState.complete


def test_a_file_deleted_while_it_is_loaded_is_missed_in_words(app, qtbot, model):
    open_model(app, model)
    assert ask(app, qtbot).state is MessageState.complete
    model.unlink()
    answer = ask(app, qtbot)
    assert answer.state is MessageState.complete
    assert "not there now" in app.chat.page.notice.text
    assert "Starter" in answer.model


def test_a_file_truncated_while_it_is_loaded_is_told_in_the_answer(app, qtbot, model):
    open_model(app, model)
    assert ask(app, qtbot).state is MessageState.complete
    os.truncate(model, 1_000_000)
    failed = ask(app, qtbot)
    if failed.state is MessageState.failed:
        assert_told_and_alive(app, qtbot, failed, ".")
    else:
        assert "Starter" in failed.model


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing on Windows")
def test_a_file_without_read_permission_is_told(app, model):
    model.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)  # the administrator may read everything; "nobody" may not
    try:
        open_model(app, model)
    finally:
        os.seteuid(me)
    assert "cannot be read" in app.chat.page.notice.text


def test_a_folder_in_place_of_a_model_is_told(app, tmp_path):
    folder = tmp_path / "folder.gguf"
    folder.mkdir()
    open_model(app, folder)
    assert app.chat.page.notice.isVisible()
    assert "folder.gguf" in app.chat.page.notice.text


def test_a_model_without_a_chat_template_answers_and_says_what_is_used(app, qtbot, starter, tmp_path):
    open_model(app, with_template(starter, tmp_path / "plain.gguf", None))
    assert ask(app, qtbot).state is MessageState.complete
    assert "template" in app.chat.page.notice.text


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999999) %}{% for b in range(99999999) %}x{% endfor %}{% endfor %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% for message in messages %}{{ message.nothing.there }}",
        "{{ raise_exception('no') }}",
    ],
)
def test_a_hostile_chat_template_neither_hangs_nor_hides(app, qtbot, starter, tmp_path, template):
    open_model(app, with_template(starter, tmp_path / "hostile.gguf", template))
    assert ask(app, qtbot).state is MessageState.complete
    assert "template" in app.chat.page.notice.text


def test_a_question_longer_than_the_context_is_refused_with_both_numbers(app, qtbot):
    app.settings.change(context_tokens=1024)
    failed = ask(app, qtbot, "word " * 3000)
    assert failed.state is MessageState.failed
    assert "1,024" not in failed.error.split("take only")[0]
    assert "tokens" in failed.error
    assert messages(app)[-2].text.startswith("word word")
    app.chat.new()
    assert ask(app, qtbot).state is MessageState.complete


def test_a_full_disk_leaves_the_text_in_the_box(app, qtbot):
    ask(app, qtbot)
    connection = app.database._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    long = "a thought worth keeping " * 4000
    app.chat.page.composer.set_text(long)
    app.chat.submit(long)
    assert "disk is full" in app.chat.page.notice.text
    assert app.chat.page.composer.text() == long
    connection.execute("PRAGMA max_page_count = 1000000")
    app.chat.submit(app.chat.page.composer.text())
    qtbot.waitUntil(lambda: not app.chat.chat.busy, timeout=PATIENCE)
    assert messages(app)[2].text == long
    assert app.chat.page.composer.text() == ""


def test_a_locked_database_leaves_the_text_in_the_box(app):
    other = sqlite3.connect(find_home().database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    app.chat.page.composer.set_text("wait for me")
    app.chat.submit("wait for me")
    assert "Another program holds" in app.chat.page.notice.text
    assert app.chat.page.composer.text() == "wait for me"
    other.execute("ROLLBACK")
    other.close()


def test_a_damaged_database_offers_its_backup(qtbot, monkeypatch):
    paths = find_home()
    built = application.build(paths, "tests.fakes.backends:Scripted")
    built.chat.submit("hello you")
    qtbot.waitUntil(lambda: not built.chat.chat.busy, timeout=PATIENCE)
    built.database.back_up()
    built.close()
    paths.database.write_bytes(b"garbage" * 1000)
    asked = []

    def choose(error, choices):
        asked.append((error.sentence, error.hint, tuple(choices)))
        return "backup"

    monkeypatch.setattr(start_trouble, "choose", choose)
    database = starting.open_database(paths)
    assert "damaged" in asked[0][0]
    assert "backup" in asked[0][2]
    again = application.build(paths, database=database)
    assert [c.title for c in again.chats.conversations()] == ["hello you"]
    again.close()
    assert len(list(paths.home.glob("chats*damaged*"))) >= 1


def test_a_database_from_the_future_is_told_and_left_alone(qapp, monkeypatch):
    paths = find_home()
    paths.create()
    Database(paths.database).close()
    with sqlite3.connect(paths.database) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    told = []
    monkeypatch.setattr(start_trouble, "tell", told.append)
    assert starting.open_database(paths) is None
    assert "newer version" in told[0].sentence
