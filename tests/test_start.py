"""What the start costs: nothing heavy may be imported before the window stands."""

import subprocess
import sys

from chatdesk.paths import find_home
from chatdesk.ui.single_instance import SingleInstance

HEAVY = (
    "numpy",
    "llama_cpp",
    "huggingface_hub",
    "jinja2",
    "httpx2",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "psutil",
    "multiprocessing",
    "pypdfium2",
    "lxml",
    "python_calamine",
    "py3langid",
    "keyring",
    "chatdesk.ui.transcript.view",
    "chatdesk.tasks",
    "chatdesk.ui.summarize.page",
    "chatdesk.flows.summarize",
    "chatdesk.ui.translate.page",
    "chatdesk.flows.translate",
    "chatdesk.ui.palette",
    "chatdesk.ui.quick_ask",
    "chatdesk.ui.shortcut_list",
    "chatdesk.ui.tray",
    "chatdesk.ui.templates.page",
    "chatdesk.flows.templates",
    "chatdesk.domain.templates",
    "chatdesk.domain.chat_archive",
    "chatdesk.ui.chat.exporting",
    "chatdesk.ui.chat.importing",
    "chatdesk.ui.settings.restoring",
    "html",
    "decimal",
)


def test_the_window_imports_nothing_heavy(home):
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import find_home
built = app.build(find_home())
built.window.show()
application.processEvents()
print([name for name in {HEAVY!r} if name in sys.modules])
built.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_no_module_is_read_as_text_once_more_when_it_is_imported(home):
    code = """
from PySide6.QtWidgets import QApplication
import chatdesk.ui, linecache
from chatdesk import app
print([name for name in linecache.cache if "joints" in name])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_a_second_start_raises_the_first_window_and_ends(qtbot):
    find_home().create()
    first = SingleInstance(find_home().lock)
    assert first.take()
    with qtbot.waitSignal(first.raise_requested, timeout=20_000):
        second = subprocess.Popen([sys.executable, "-m", "chatdesk"])
    assert second.wait(timeout=20) == 0
    first.release()


def test_a_second_start_with_an_argument_lets_the_first_open_it(qtbot):
    find_home().create()
    first = SingleInstance(find_home().lock)
    assert first.take()
    with qtbot.waitSignal(first.open_requested, timeout=20_000) as told:
        second = subprocess.Popen([sys.executable, "-m", "chatdesk", "hf.co/owner/name"])
    assert told.args == ["hf.co/owner/name"]
    assert second.wait(timeout=20) == 0
    first.release()


def test_a_first_start_opens_its_argument(home, starter, tmp_path):
    file = tmp_path / "mine.gguf"
    file.write_bytes(starter.read_bytes())
    script = (
        "import sys; from PySide6.QtCore import QTimer; import chatdesk.app as app; real = app.build\n"
        "def build(*arguments, **named):\n"
        "    built = real(*arguments, **named)\n"
        "    QTimer.singleShot(300, lambda: print(built.chat.chat.model_path()))\n"
        "    QTimer.singleShot(400, built.window.close)\n"
        "    return built\n"
        "import chatdesk.start as start; start.build = build\n"
        "from chatdesk.cli import run; sys.exit(run(['mine.gguf']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=50, cwd=tmp_path
    )
    assert (done.returncode, done.stdout.strip()) == (0, str(file)), done.stderr


def test_a_first_start_for_a_quick_question_shows_the_small_window_alone_and_ends_with_it(home):
    script = (
        "import sys; from PySide6.QtCore import QTimer; import chatdesk.app as app; real = app.build\n"
        "def build(*arguments, **named):\n"
        "    built = real(*arguments, **named)\n"
        "    def look():\n"
        "        quick = built.joints.comfort._quick\n"
        "        print(quick.isVisible(), built.window.isVisible())\n"
        "        quick.close()\n"
        "    QTimer.singleShot(500, look)\n"
        "    return built\n"
        "import chatdesk.start as start; start.build = build\n"
        "from chatdesk.cli import run; sys.exit(run(['--quick-ask']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=50
    )
    assert (done.returncode, done.stdout.strip()) == (0, "True False"), done.stderr


def test_the_application_starts_tells_of_a_bug_and_ends(home):
    script = (
        "import os, sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication;"
        "import chatdesk.app as app; real = app.build\n"
        "def build(*arguments, **named):\n"
        "    built = real(*arguments, **named)\n"
        "    QTimer.singleShot(100, lambda: 1 / 0)\n"
        "    QTimer.singleShot(300, lambda: print(built.chat.page.notice.text))\n"
        "    QTimer.singleShot(400, built.window.close)\n"
        "    return built\n"
        "import chatdesk.start as start; start.build = build\n"
        "from chatdesk.cli import run; sys.exit(run([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0
    assert "Something went wrong inside ChatDesk" in done.stdout
    assert "ZeroDivisionError" in (home / "logs" / "chatdesk.log").read_text()
    assert (home / "chats.sqlite").is_file()
    assert (home / "window.ini").is_file()
    assert not (home / "running.lock").exists()
