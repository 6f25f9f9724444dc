"""The folder of models is moved from the window: question, progress, stop, and what goes wrong."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from chatdesk import app as application
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.flows.folder_move import FolderMove
from chatdesk.paths import find_home
from chatdesk.storage.downloads import DownloadStore
from chatdesk.ui.models.folder import FolderCard
from chatdesk.ui.models.folder_controller import FolderController
from chatdesk.ui.models.library import LibraryView

PATIENCE = 20_000  # milliseconds


class Walk:
    """A window with one downloaded model, which the open chat uses."""

    def __init__(self, qtbot, app, model):
        self.qtbot, self.app, self.model = qtbot, app, model
        app.window.show_page("models")
        self.view = app.models.page().findChild(LibraryView)

    @property
    def said(self):
        return self.view._banner.text if self.view._banner.isVisible() else ""

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def button(self, name):
        return self.view.findChild(QPushButton, name)

    def ask(self, folder):
        """Choose `folder` in the dialog; return the question."""
        self.button("move-models-folder").click()
        dialog = self.view.findChild(QFileDialog, "move-folder-dialog")
        dialog.fileSelected.emit(str(folder))
        dialog.close()
        return next(q for q in self.view.findChildren(QMessageBox, "move-question") if q.isVisible())

    def move(self, folder):
        question = self.ask(folder)
        next(b for b in question.buttons() if "Move" in b.text()).click()

    def content(self):
        return self.view.findChild(QLabel, "models-folder-content").text()


@pytest.fixture
def walk(qtbot, home, starter):
    model = home / "models" / "owner" / "Größe" / "m.gguf"
    model.parent.mkdir(parents=True)
    shutil.copy(starter, model)
    files = {"model_files": [str(model)], "default_model": str(model), "make_titles": False}
    (home / "settings.json").write_text(json.dumps(files))
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    qtbot.addWidget(built.window)
    built.window.show()
    yield Walk(qtbot, built, model)
    built.window.close()


@pytest.fixture
def other_disk(monkeypatch):
    """Let files be copied, and wait at each piece until the gate is open."""
    gate = threading.Event()
    monkeypatch.setattr(FolderMove, "_stays_on_disk", lambda *_: False)
    real = FolderMove._copy

    def copy(self, file, place, cancel):
        for done in real(self, file, place, cancel):
            yield done
            while not gate.is_set() and not cancel.wait(0.01):
                pass

    monkeypatch.setattr(FolderMove, "_copy", copy)
    yield gate
    gate.set()


def test_the_folder_and_what_is_in_it_are_shown(walk, home):
    assert walk.view.findChild(QLabel, "models-folder-path").text() == str(home / "models")
    walk.until(lambda: walk.content() == "1 file, 6.0 MB")


def test_the_question_names_place_and_size_and_moves_nothing_by_itself(walk, tmp_path):
    walk.until(walk.content)
    question = walk.ask(tmp_path / "new")
    assert str(tmp_path / "new") in question.informativeText()
    assert "1 file, 6.0 MB" in question.informativeText()
    assert question.defaultButton().text().replace("&", "") == "Cancel"
    question.reject()
    assert walk.model.is_file()
    assert not (tmp_path / "new").exists()


def test_everything_moves_and_the_open_chat_goes_on(walk, tmp_path, qtbot):
    walk.app.chat.submit("hello")
    walk.until(lambda: not walk.app.chat.chat.busy)
    walk.until(walk.content)
    new = tmp_path / "new"
    walk.move(new)
    walk.until(lambda: f"Models are in {new} now." in walk.said)
    moved = new / "owner" / "Größe" / "m.gguf"
    assert walk.app.chat.chat.model_path() == moved
    assert not walk.app.chat.page.notice.isVisible()
    assert walk.app.settings.value.models_folder == str(new)
    assert walk.view.findChild(QLabel, "models-folder-path").text() == str(new)
    walk.app.chat.submit("again")
    walk.until(lambda: not walk.app.chat.chat.busy)
    assert walk.app.chat.chat.branch()[-1].message.text == "again"


def test_a_move_is_stopped_and_nothing_has_changed(walk, tmp_path, other_disk):
    walk.until(walk.content)
    walk.move(tmp_path / "new")
    walk.until(lambda: "Moving models… " in walk.said)
    assert not walk.button("move-models-folder").isEnabled()
    walk.view._banner.action.emit()
    walk.until(lambda: "Stopped: all models are where they were." in walk.said)
    assert walk.model.is_file()
    assert not (tmp_path / "new").exists()
    assert walk.button("move-models-folder").isEnabled()
    assert walk.app.settings.value.models_folder == ""


def test_closing_the_window_in_mid_move_leaves_everything_as_it_was(walk, tmp_path, other_disk):
    walk.until(walk.content)
    walk.move(tmp_path / "new")
    walk.until(lambda: "Moving models… " in walk.said)
    walk.app.window.close()
    assert walk.model.is_file()
    assert not (tmp_path / "new").exists()


def test_why_it_does_not_work_is_said(walk, tmp_path):
    walk.until(walk.content)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    walk.move(tmp_path / "full")
    walk.until(lambda: "it is not empty" in walk.said)
    walk.move(walk.model.parents[1])
    walk.until(lambda: "the folder of now, inside it" in walk.said)
    file = RemoteFile("x.gguf", 1, "")
    request = DownloadRequest("o/x", "abc", (file,), walk.model.parent)
    DownloadStore(walk.app.database).add(Download(request, DownloadState.running))
    walk.move(tmp_path / "new")
    walk.until(lambda: "a download is running; pause it" in walk.said)
    assert walk.model.is_file()


def test_without_models_the_folder_is_only_chosen(walk, tmp_path):
    os.remove(walk.model)  # noqa: PTH107
    walk.view.shown.emit()
    walk.until(lambda: walk.content() == "No downloaded models yet.")
    question = walk.ask(tmp_path / "new")
    assert "Keep models that you download" in question.text()
    next(b for b in question.buttons() if "Use this folder" in b.text()).click()
    walk.until(lambda: walk.app.settings.value.models_folder == str(tmp_path / "new"))


def test_a_second_move_is_not_begun_beside_the_first(walk, tmp_path, other_disk):
    walk.until(walk.content)
    walk.move(tmp_path / "new")
    folder = walk.app.models.findChild(FolderController)
    folder.ask(str(tmp_path / "other"))
    assert not [q for q in walk.view.findChildren(QMessageBox, "move-question") if q.isVisible()]
    other_disk.set()
    walk.until(lambda: "Models are in" in walk.said)


def test_a_long_path_makes_no_scroll_bar(qtbot):
    card = FolderCard()
    qtbot.addWidget(card)
    card.show_folder(Path("/home/somebody/with a long name/" + "folder/" * 20))
    card.resize(320, 200)
    assert card.minimumSizeHint().width() < 320
