"""What was copied is translated: from every page, and by a command from any application."""

import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from chatdesk import app as application
from chatdesk.flows.opening import CLIPBOARD
from chatdesk.paths import find_home
from chatdesk.ui.single_instance import SingleInstance
from tests.test_cli import chatdesk

PATIENCE = 60_000  # milliseconds; a busy machine runs the model slowly
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Walk:
    """Copies and presses keys as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def press(self):
        self.qtbot.keyClick(self.app.window, Qt.Key.Key_T, HELD)

    @property
    def desk(self):
        return self.app.translate.desk

    @property
    def page(self):
        return self.desk.controller.page

    def translated(self, source):
        self.wait(lambda: self.page.source.text == source and not self.desk.controller.run.busy)
        self.wait(lambda: self.page.target.text)
        return self.page.target.text


@pytest.fixture
def walk(qtbot):
    built = application.build(find_home())
    built.settings.change(translate_from="en", translate_to="de")
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow)
    yield Walk(qtbot, built)
    QGuiApplication.clipboard().clear()
    built.window.close()


@pytest.mark.parametrize("page", ["chat", "summarize", "models", "settings", "translate"])
def test_a_copied_text_is_translated_from_every_page(walk, page):
    walk.app.window.show_page(page)
    QGuiApplication.clipboard().setText("The house is big.")
    walk.press()
    assert walk.app.window.page_name == "translate"
    assert "Haus" in walk.translated("The house is big.")


def test_the_list_of_documents_gives_way_to_a_copied_text_and_what_was_typed_is_kept(walk):
    walk.app.window.show_page("translate")
    walk.qtbot.keyClicks(walk.page.source, "Typed a moment before.")
    walk.desk.show_documents()
    QGuiApplication.clipboard().setText("The house is big.")
    walk.press()
    assert not walk.desk.desk.shows_documents
    walk.translated("The house is big.")
    assert len(walk.desk._rooms.translations.search("typed moment before")) == 1


def test_copied_files_go_into_the_list_of_documents(walk, tmp_path):
    path = tmp_path / "copied.txt"
    path.write_text("The house is big.")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(path.as_uri())
    QGuiApplication.clipboard().setMimeData(data)
    walk.press()
    assert walk.desk.desk.shows_documents
    walk.wait(lambda: [file.name for file in walk.desk.desk.documents.model.files] == ["copied.txt"])
    walk.wait(lambda: walk.desk.documents._planning is None)


def test_a_copied_picture_and_an_empty_clipboard_are_told_and_the_text_stays(walk):
    walk.app.window.show_page("translate")
    walk.qtbot.keyClicks(walk.page.source, "Typed before.")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#2563eb"))
    QGuiApplication.clipboard().setImage(image)
    walk.press()
    assert "a picture on the clipboard" in walk.page.notice.text
    QGuiApplication.clipboard().clear()
    walk.press()
    walk.wait(lambda: "no text on the clipboard" in walk.page.notice.text)
    assert walk.page.source.text == "Typed before."


def test_a_command_of_any_application_lets_the_open_window_translate_what_was_copied(walk):
    first = SingleInstance(find_home().lock)
    assert first.take()
    raised = []
    first.raise_requested.connect(lambda: raised.append(True))
    first.open_requested.connect(walk.app.joints.open_target)
    QGuiApplication.clipboard().setText("The house is big.")
    start = time.monotonic()
    second = subprocess.Popen([sys.executable, "-m", "chatdesk", CLIPBOARD])
    assert "Haus" in walk.translated("The house is big.")
    assert second.wait(timeout=20) == 0
    assert raised
    assert walk.app.window.page_name == "translate"
    assert time.monotonic() - start < PATIENCE / 1000
    first.release()


def test_a_first_start_translates_what_was_copied(home):
    script = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtGui import QGuiApplication\n"
        "import chatdesk.app as app; real = app.build\n"
        "def build(*arguments, **named):\n"
        "    built = real(*arguments, **named)\n"
        "    built.settings.change(translate_from='en', translate_to='de')\n"
        "    QGuiApplication.clipboard().setText('The house is big.')\n"
        "    def ended(translation):\n"
        "        print(translation.text)\n"
        "        built.window.close()\n"
        "    QTimer.singleShot(0, lambda: built.translate.controller.run.ended.connect(ended))\n"
        "    return built\n"
        "import chatdesk.start as start; start.build = build\n"
        "from chatdesk.cli import run; sys.exit(run(['--translate-clipboard']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stderr
    assert "Haus" in done.stdout


def test_the_command_goes_without_anything_else_and_needs_a_display(home):
    done = chatdesk(CLIPBOARD, "owner/name", home=home)
    assert done.returncode == 2
    assert "without anything else" in done.stderr
    done = chatdesk(CLIPBOARD, home=home)
    assert done.returncode == 1
    assert "no display" in done.stderr
