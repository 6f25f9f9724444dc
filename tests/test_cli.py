"""The command line as a user meets it: real processes, the real starter model."""

import json
import os
import signal
import subprocess
import sys

import pytest

from chatdesk import __version__
from chatdesk.domain.library import ModelRecord
from chatdesk.domain.models import Adapter
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore

QUESTION = "Who are you?"


def chatdesk(*arguments, home, **how):
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    command = [sys.executable, "-m", "chatdesk", "--home", str(home), *map(str, arguments)]
    how = {"input": "", "text": True, "capture_output": True, "timeout": 50} | how
    return subprocess.run(command, env=environment, check=False, **how)


def stored_messages(home):
    database = Database(home / "chats.sqlite")
    chats = ChatStore(database)
    messages = [shown.message for chat in chats.conversations() for shown in chats.branch(chat.id)]
    database.close()
    return messages


def test_version(home):
    done = chatdesk("--version", home=home)
    assert (done.returncode, done.stdout) == (0, f"ChatDesk {__version__}\n")


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal on Windows")
def test_ctrl_c_while_it_starts_leaves_no_traceback(home):
    command = [sys.executable, "-X", "importtime", "-m", "chatdesk", "translate", "--to", "de", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "chatdesk.cli_options" in line:
            process.send_signal(signal.SIGINT)
            break
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in rest


def test_without_a_display_one_sentence_names_what_works(home):
    done = chatdesk(home=home)
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "chatdesk ask TEXT" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "word",
    ["aks", "https://example.com/owner/name", "owner/name/more", "models/gone.gguf", "/gone.gguf", "."],
)
def test_what_is_no_model_is_told_in_one_sentence(home, word):
    done = chatdesk(word, home=home)
    assert done.returncode == 2
    assert f"“{word}” is neither a model file that is there nor" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "chats.sqlite").exists()


def test_a_file_that_is_no_model_is_not_opened(home, tmp_path):
    file = tmp_path / "bad.gguf"
    file.write_bytes(b"GGUF" + bytes(10))
    done = chatdesk(file, home=home)
    assert done.returncode == 2
    assert "cannot be used as a model" in done.stderr


@pytest.mark.parametrize("words", [["a/b", "c/d"], ["open"], ["--nonsense"]])
def test_too_much_and_too_little_are_wrong_usage(home, words):
    done = chatdesk(*words, home=home)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_ask_streams_an_answer_and_keeps_the_chat(home):
    done = chatdesk("ask", QUESTION, home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ChatDesk" in done.stdout
    assert [m.text for m in stored_messages(home)] == [QUESTION, done.stdout.rstrip("\n")]


def test_an_adapter_that_is_away_is_told_beside_the_answer(home, starter, tmp_path):
    database = Database(home / "chats.sqlite", home / "backups")
    away = Adapter(tmp_path / "gone.gguf", "gone")
    ModelStore(database).save(ModelRecord(starter, adapters=(away,)))
    database.close()
    done = chatdesk("ask", QUESTION, home=home)
    assert done.returncode == 0
    assert done.stdout.strip()
    assert "“gone.gguf” is not there now" in done.stderr


def test_piped_text_is_added_to_the_question(home):
    done = chatdesk("ask", "Translate into German:", home=home, input="The dog sees a small house.\n")
    assert done.returncode == 0
    assert stored_messages(home)[0].text == "Translate into German:\n\nThe dog sees a small house."


def test_json_gives_one_object_with_the_facts(home):
    done = chatdesk("ask", "--json", "--system", "Be brief.", QUESTION, home=home)
    answer = json.loads(done.stdout)
    assert answer["state"] == "complete"
    assert answer["answer"]
    assert answer["facts"]["answer_tokens"] > 1
    assert answer["facts"]["device"]


def test_piped_bytes_that_are_no_text_are_asked_all_the_same(home):
    done = chatdesk("ask", "Hello", home=home, input=b"\xff\xfe\x00 caf\xe9", text=False)
    assert done.returncode == 0
    assert stored_messages(home)[0].text == "Hello\n\n\ufffd\ufffd caf\ufffd"


def test_nothing_to_ask_is_wrong_usage(home):
    done = chatdesk("ask", home=home)
    assert done.returncode == 2
    assert "nothing to ask" in done.stderr


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "not there"), (b"<html>hello</html>" * 50, "cannot be used as a model")]
)
def test_a_bad_model_file_is_told_in_one_sentence(home, tmp_path, content, reason):
    file = tmp_path / "bad.gguf"
    if content is not None:
        file.write_bytes(content)
    done = chatdesk("ask", "--model", file, QUESTION, home=home)
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is another thing on Windows")
def test_ctrl_c_keeps_the_half_answer(home):
    command = [sys.executable, "-u", "-m", "chatdesk", "--home", str(home), "ask", "Tell me a story. " * 40]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    )
    first = process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    rest, errors = process.communicate(timeout=20)
    assert errors == b""
    assert process.returncode in (0, 130)  # a quick answer may have ended before the signal arrived
    stored = stored_messages(home)[-1]
    assert stored.text == (first + rest).decode().rstrip("\n")
    assert stored.state in ("stopped", "complete")


def test_a_reader_that_goes_away_does_not_make_noise(home):
    command = [sys.executable, "-m", "chatdesk", "--home", str(home), "ask", QUESTION]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    assert process.wait(timeout=30) == 1
    assert process.stderr.read() == b""
    process.stderr.close()
