"""A newcomer's walk with a Hub on loopback: search, look, download over a bad line, and chat."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from chatdesk import app as application
from chatdesk import cli
from chatdesk.domain.models import Gpu, Machine
from chatdesk.engine.local import LocalEngine
from chatdesk.paths import find_home
from chatdesk.ui.models.downloads.row import DownloadRow
from chatdesk.ui.models.find.view import FindView
from chatdesk.ui.settings.token import TokenRow
from tests.fakes.hub import FakeHub
from tests.fakes.key_rings import Hanging, Locked, Memory
from tests.hub.downloads import start_of

PATIENCE = 20_000  # milliseconds
FILE = "starter-Q8_0.gguf"


@pytest.fixture
def hub(starter):
    with FakeHub() as hub:
        hub.add("maker/Starter-GGUF", {FILE: starter.read_bytes(), "README.md": b"# Hello"}, downloads=500)
        hub.add("other/Thing-GGUF", {"thing-Q4_K_M.gguf": b"GGUF" + bytes(1000)})
        yield hub


@pytest.fixture
def start(qtbot, hub, home):
    """Start the application; called again it starts a second time in the same folder."""
    home.mkdir()
    (home / "settings.json").write_text(json.dumps({"mirror": hub.url, "make_titles": False}))
    running = []

    def start():
        built = application.build(find_home())
        running.append(built)
        qtbot.addWidget(built.window)
        built.window.show()
        return built

    yield start
    for built in running:
        built.window.close()
        built.close()


def until(qtbot, condition):
    qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)


def look_at(qtbot, app, fits=True):
    """Search for the starter and open its details; wait until it is told that it fits."""
    app.window.show_page("models")
    app.models.show_view("search")
    view = app.models.page().findChild(FindView)
    qtbot.keyClicks(view.findChild(QLineEdit, "hub-search"), "starter")
    qtbot.keyClick(view.bar.field, Qt.Key.Key_Return)
    until(qtbot, lambda: view.list.results.rowCount() == 1 and view.list.isVisible())
    qtbot.keyClick(view.bar.field, Qt.Key.Key_Down)
    until(qtbot, lambda: view.detail.variants.rows)
    if fits:
        until(qtbot, view.detail.variants.rows[0].fit.isVisible)
        assert view.detail.variants.rows[0].fit.text() == "Fits"
    return view


def download_row(app):
    return app.models.page().findChild(DownloadRow)


def test_a_model_is_found_downloaded_over_a_bad_line_and_used(qtbot, start, hub, home):
    app = start()
    view = look_at(qtbot, app)
    hub.fault(FILE, "cut", after=100_000)
    hub.fault(FILE, "reset", after=300_000)
    hub.fault(FILE, "status", code=429, headers={"Retry-After": "0"})
    hub.fault(FILE, "corrupt", at=4_000_000)
    told = []
    app.joints.comfort.notices.end = lambda key, title, sentence, then: told.append(sentence)
    view.detail.variants.rows[0].button.click()
    file = home / "models" / "maker" / "Starter-GGUF" / FILE
    until(qtbot, lambda: str(file) in app.settings.value.model_files)
    assert told == ["“starter-Q8_0” is ready."]
    asked = [each for each in hub.asked(FILE, "cdn") if not each.range.endswith("-131071")]
    gets = [(each.status, each.range) for each in asked if each.method == "GET"]
    assert [status for status, _ in gets] == [200, 206, 429, 206, 200]
    # The damaged file is fetched from its beginning.
    assert gets[0][1] == gets[4][1] == ""
    assert 0 < start_of(gets[1][1]) <= start_of(gets[2][1]) == start_of(gets[3][1])
    assert file.read_bytes() == hub.repositories["maker/Starter-GGUF"].files[FILE]
    assert "is ready" in app.chat.page.notice.text
    app.models.show_view("downloads")
    until(qtbot, lambda: download_row(app) is not None)
    download_row(app).findChild(QPushButton, "use-download").click()
    until(qtbot, lambda: app.chat.chat.model_path() == file)
    assert app.window.page_name == "chat"
    app.hub.gave_up.emit(file, "other", "There is no room.")
    assert app.chat.page.notice.text == "“other” was not downloaded: There is no room."
    assert told[1:] == ["“other” could not be downloaded."]


def test_what_was_under_way_goes_on_at_the_next_start(qtbot, start, hub, home):
    app = start()
    view = look_at(qtbot, app)
    hub.fault(FILE, "stall", after=200_000)
    view.detail.variants.rows[0].button.click()
    part = home / "models" / "maker" / "Starter-GGUF" / f"{FILE}.part"
    until(qtbot, lambda: part.exists() and part.stat().st_size >= 100_000)
    app.window.close()
    app = start()
    app.hub.begin()
    file = part.with_suffix("")
    until(qtbot, lambda: str(file) in app.settings.value.model_files)
    assert hub.log[-1].range.startswith("bytes=")


KILLED = """
import sys

def main():
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from chatdesk import app
    from chatdesk.paths import Paths
    from chatdesk.ui.models.find.view import FindView

    application = QApplication([])
    built = app.build(Paths(Path(sys.argv[1])))
    built.window.show()
    built.joints.open_target("maker/Starter-GGUF")
    view = built.models.page().findChild(FindView)

    def press():
        for row in view.detail.variants.rows:
            timer.stop()
            row.button.click()

    timer = QTimer(interval=20)
    timer.timeout.connect(press)
    timer.start()
    application.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_after_kill_9_the_next_start_asks_for_the_range_that_is_missing(qtbot, start, hub, home, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    hub.fault(FILE, "slow", times=2, bytes_per_second=2_000_000)  # the look at its header is one of them
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    part = home / "models" / "maker" / "Starter-GGUF" / f"{FILE}.part"
    with subprocess.Popen([sys.executable, str(script), str(home)], env=environment) as process:
        until(qtbot, lambda: part.exists() and part.stat().st_size >= 500_000)
        process.send_signal(signal.SIGKILL)
    kept = part.stat().st_size
    app = start()
    app.hub.begin()
    file = part.with_suffix("")
    until(qtbot, lambda: str(file) in app.settings.value.model_files)
    assert hub.asked(FILE, "cdn")[-1].range == f"bytes={kept}-"
    assert file.read_bytes() == hub.repositories["maker/Starter-GGUF"].files[FILE]


def test_the_speed_of_the_line_is_told_and_remembered_and_graphics_cards_count(qtbot, start, monkeypatch):
    card = Gpu("Card", 20 * 10**9, 24 * 10**9)
    monkeypatch.setattr(LocalEngine, "machine", lambda *_: Machine(10**10, 16 * 10**9, (card,)))
    app = start()
    app.window.show_page("models")
    app.models.show_view("search")
    why = app.models.page().findChild(QLabel, "recommended-why")
    assert "50 Mbit/s; yours may be" in why.text()
    until(qtbot, lambda: "40.0 GB of memory, 24.0 GB of them on graphics cards" in why.text())
    app.hub._downloads.measured.emit(2e6)
    assert "16 Mbit/s, as measured last" in why.text()
    app.window.close()
    app = start()
    app.window.show_page("models")
    app.models.show_view("search")
    assert "16 Mbit/s" in app.models.page().findChild(QLabel, "recommended-why").text()


@pytest.mark.parametrize("text", ["maker/Starter-GGUF", "https://hf.co/maker/Starter-GGUF/blob/main/" + FILE])
def test_the_application_is_asked_to_open_a_model_of_the_hub(qtbot, start, text, monkeypatch):
    # An engine that is busy with a long answer tells of no cards before its end.
    busy = Machine(10**10, 16 * 10**9)
    monkeypatch.setattr(LocalEngine, "machine", lambda *given: busy if given[-1].wait(60) else None)
    app = start()
    app.joints.open_target(text)
    assert app.window.page_name == "models"
    view = app.models.page().findChild(FindView)
    until(qtbot, lambda: view.detail.variants.rows)
    assert view.detail.repository.model.id == "maker/Starter-GGUF"
    assert view.detail.variants.rows[0].button.hasFocus() == (FILE in text)


def test_offline_mode_says_so_to_who_wants_to_open_a_model_of_the_hub(qtbot, start, hub):
    app = start()
    app.settings.change(offline=True)
    app.joints.open_target("maker/Starter-GGUF")
    view = app.models.page().findChild(FindView)
    until(qtbot, lambda: "offline" in view.detail.state.sentence)
    assert not hub.log


def test_the_application_is_asked_to_open_a_file_and_uses_it(qtbot, start, tmp_path, starter):
    file = tmp_path / "mine.gguf"
    file.write_bytes(starter.read_bytes())
    app = start()
    app.joints.open_target(str(file))
    assert app.chat.chat.model_path() == file
    assert app.window.page_name == "chat"
    app.joints.open_target(str(tmp_path / "gone.gguf"))
    assert app.chat.chat.model_path() == file


def test_offline_mode_asks_for_nothing(qtbot, start, hub):
    app = start()
    app.settings.change(offline=True)
    app.window.show_page("models")
    app.models.show_view("search")
    view = app.models.page().findChild(FindView)
    qtbot.keyClicks(view.bar.field, "starter")
    qtbot.keyClick(view.bar.field, Qt.Key.Key_Return)
    until(qtbot, lambda: "offline" in view.state.sentence)
    view.state.findChild(QPushButton, "results-state-action").click()
    assert app.window.page_name == "settings"
    assert not hub.log


@pytest.mark.parametrize("asked", ["/api/models", "/api/models/maker/Starter-GGUF"])
def test_closing_the_window_does_not_wait_for_a_hub_that_does_not_answer(qtbot, start, hub, asked):
    hub.fault(asked, "silent")
    app = start()
    app.window.show_page("models")
    app.models.show_view("search")
    view = app.models.page().findChild(FindView)
    words = "starter" if asked.endswith("models") else "maker/Starter-GGUF"
    qtbot.keyClicks(view.bar.field, words)
    qtbot.keyClick(view.bar.field, Qt.Key.Key_Return)
    until(qtbot, lambda: hub.asked(asked))
    began = time.monotonic()
    app.window.close()
    assert app.closed
    assert time.monotonic() - began < 5


def test_a_gated_model_is_downloaded_with_the_token(qtbot, start, hub, home, starter):
    hub.add("maker/Starter-GGUF", {FILE: starter.read_bytes()}, gated="manual", accepted=True)
    app = start()
    view = look_at(qtbot, app, fits=False)
    assert view.detail.terms.isVisible()
    view.detail.variants.rows[0].button.click()
    until(qtbot, lambda: "was not downloaded: The makers of" in view.notice.text)
    qtbot.keyClicks(view.detail.terms.findChild(QLineEdit, "hub-token"), hub.token)
    view.detail.terms.findChild(QPushButton, "save-token").click()
    until(qtbot, lambda: view.detail.variants.rows and view.detail.repository is not None)
    view.detail.variants.rows[0].button.click()
    file = home / "models" / "maker" / "Starter-GGUF" / FILE
    until(qtbot, lambda: str(file) in app.settings.value.model_files)
    assert not [each for each in hub.log if each.server == "cdn" and each.token]
    assert app.chat.page.notice.text == "“starter-Q8_0” is ready."


def test_a_model_that_a_terminal_downloads_stays_in_the_list_of_the_open_window(qtbot, start, home):
    app = start()
    app.window.show_page("models")
    app.settings.change(text_size=110)
    assert cli.run(["--home", str(home), "models", "download", "maker/Starter-GGUF"]) == 0
    file = home / "models" / "maker" / "Starter-GGUF" / FILE
    app.settings.change(make_titles=True)
    stored = json.loads((home / "settings.json").read_text())
    assert (stored["model_files"], stored["text_size"], stored["make_titles"]) == ([str(file)], 110, True)
    assert app.settings.value.model_files == (str(file),)


def test_a_model_that_a_terminal_downloads_is_seen_when_the_page_is_shown(qtbot, start, home):
    app = start()
    app.window.show_page("models")
    app.window.show_page("chat")
    assert cli.run(["--home", str(home), "models", "download", "maker/Starter-GGUF"]) == 0
    app.window.show_page("models")
    until(qtbot, lambda: app.settings.value.model_files)


def test_a_kept_token_is_used_at_the_next_start_and_stands_in_no_other_file(
    qtbot, start, hub, home, starter, monkeypatch
):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.key_rings.Memory")
    Memory.held.clear()
    hub.add("maker/Starter-GGUF", {FILE: starter.read_bytes()}, gated="manual", accepted=True)
    app = start()
    app.window.show_page("settings")
    row = app.window.findChild(TokenRow)
    qtbot.keyClicks(row.findChild(QLineEdit, "hub-token"), hub.token)
    row.findChild(QPushButton, "save-token").click()
    until(qtbot, lambda: Memory.held)
    app.window.close()
    assert not [
        path for path in home.rglob("*") if path.is_file() and hub.token.encode() in path.read_bytes()
    ]
    app = start()
    view = look_at(qtbot, app)
    view.detail.variants.rows[0].button.click()
    file = home / "models" / "maker" / "Starter-GGUF" / FILE
    until(qtbot, lambda: str(file) in app.settings.value.model_files)


def test_a_key_ring_that_stays_locked_is_told_once_and_models_are_found_without_it(
    qtbot, start, hub, home, monkeypatch
):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.key_rings.Locked")
    monkeypatch.setattr(Locked, "asked", 0)
    home.joinpath("hub-token.json").write_text(json.dumps({"endpoint": hub.url, "kept_in": "key ring"}))
    view = look_at(qtbot, start())
    until(qtbot, lambda: "it stays locked" in view.notice.text)
    assert Locked.asked == 1
    assert {each.token for each in hub.log} == {""}


def test_closing_the_window_does_not_wait_for_a_key_ring(qtbot, start, hub, home, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.key_rings.Hanging")
    Hanging.end.clear()
    home.joinpath("hub-token.json").write_text(json.dumps({"endpoint": hub.url, "kept_in": "key ring"}))
    app = start()
    app.window.show_page("models")
    app.models.show_view("search")
    view = app.models.page().findChild(FindView)
    qtbot.keyClicks(view.bar.field, "starter")
    qtbot.keyClick(view.bar.field, Qt.Key.Key_Return)
    began = time.monotonic()
    app.window.close()
    assert time.monotonic() - began < 5
    Hanging.end.set()


def test_the_window_starts_without_the_words_of_the_hub(start, home):
    code = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import find_home
built = app.build(find_home())
built.window.show()
application.processEvents()
print([name for name in sys.modules if name.startswith(("chatdesk.hub.", "chatdesk.flows.hub"))])
built.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
