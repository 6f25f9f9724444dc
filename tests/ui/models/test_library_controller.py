"""What is asked of the models on this computer is done, on real files and a real store."""

import hashlib
import shutil

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog, QLabel, QMenu, QMessageBox, QPushButton, QToolButton

from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.domain.library import OwnSettings
from chatdesk.domain.models import Adapter
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.library import LibraryFlow
from chatdesk.flows.models import ModelFlow
from chatdesk.hub.applications import Place
from chatdesk.hub.elsewhere import Elsewhere
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.storage.library import ModelStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.models.card import Act, ModelCard
from chatdesk.ui.models.library import LibraryView
from chatdesk.ui.models.library_controller import LibraryController
from chatdesk.ui.models.own_settings import OwnSettingsDialog
from chatdesk.ui.widgets.banner import Banner
from tests.fakes.gguf_models import make
from tests.fakes.lora_files import write_lora
from tests.fakes.projectors import make as make_projector


class Folder:
    """A trash that is a folder."""

    def __init__(self, path):
        self.path = path
        path.mkdir()

    def take(self, path):
        path.rename(self.path / path.name)


class Desk:
    """The library view with all that stands behind it."""

    def __init__(self, tmp_path, starter, qtbot):
        self.qtbot = qtbot
        self.database = Database(tmp_path / "chats.sqlite")
        self.records = ModelStore(self.database)
        self.downloads = DownloadStore(self.database)
        self.models = ModelFlow(GgufFiles(), starter, self.records)
        self.settings = CurrentSettings(JsonSettings(tmp_path / "settings.json"))
        self.studio = tmp_path / "studio"
        others = Elsewhere([Place("LM Studio", self.studio)])
        flow = LibraryFlow(self.models, self.records, others, self.downloads, tmp_path)
        self.view = LibraryView()
        qtbot.addWidget(self.view)
        self.runner = JobRunner(2)
        self.trash = Folder(tmp_path / "trash")
        self.controller = LibraryController(
            self.view, flow, self.settings, self.runner, self.trash, self.view
        )
        self.controller.changed.connect(self.show)
        self.settings.changed.connect(self.show)
        self.show()
        self.view.show()

    def show(self, *_):
        self.view.show_models(self.models.installed(self.settings.value), None)

    def close(self):
        self.runner.shutdown()
        self.database.close()

    @property
    def found(self):
        return self.view.found

    @property
    def banner(self):
        return self.view.findChild(Banner)

    @property
    def titles(self):
        return [card.accessibleName() for card in self.cards]

    @property
    def cards(self):
        return [card for card in self.view.findChildren(ModelCard) if card.isVisible()]

    def card(self, path):
        return next(card for card in self.cards if card.accessibleDescription() == str(path))

    def act(self, path, act):
        """Choose an entry of the card's menu."""
        more = self.card(path).findChild(QToolButton, "more-model")
        next(a for a in more.menu().actions() if a.objectName() == f"{act}-model").trigger()

    def find(self):
        self.controller.find()
        self.qtbot.waitUntil(lambda: "Looking" not in self.found.sentence, timeout=10_000)

    def open(self, path):
        settings, _ = self.models.open_file(self.settings.value, path)
        self.settings.put(settings)


@pytest.fixture
def desk(tmp_path, starter, qtbot):
    made = Desk(tmp_path, starter, qtbot)
    yield made
    made.close()


@pytest.fixture
def own(desk, tmp_path):
    """A model that was downloaded."""
    (tmp_path / "models").mkdir()
    path = make(tmp_path / "models" / "größe 🦙.gguf")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    file = RemoteFile(path.name, path.stat().st_size, sha256)
    desk.downloads.add(Download(DownloadRequest("o/m", "abc", (file,), path.parent), DownloadState.done))
    desk.open(path)
    return path


def test_models_of_another_application_are_used_by_one_switch_and_left_by_it(desk):
    desk.studio.mkdir()
    path = make(desk.studio / "one.gguf")
    shutil.copy(path, desk.studio / "two.gguf")
    desk.find()
    assert desk.found.sentence.startswith("You already have 2 usable models on this computer: LM Studio 2")
    assert len(desk.cards) == 1
    desk.found.switch.click()
    assert len(desk.cards) == 3
    assert "Found in LM Studio" in " ".join(label.text() for label in desk.card(path).findChildren(QLabel))
    shutil.copy(path, desk.studio / "three.gguf")
    desk.find()
    assert len(desk.cards) == 4
    desk.found.switch.click()
    assert len(desk.cards) == 1
    assert len(list(desk.studio.iterdir())) == 3


def test_a_folder_of_the_user_is_searched_from_then_on(desk, tmp_path):
    (tmp_path / "disk").mkdir()
    make(tmp_path / "disk" / "one.gguf")
    desk.controller.add_folder(str(tmp_path / "disk"))
    desk.qtbot.waitUntil(lambda: "disk 1" in desk.found.sentence, timeout=10_000)
    desk.controller.add_folder(str(tmp_path / "disk"))
    assert desk.settings.value.model_folders == (str(tmp_path / "disk"),)
    desk.find()
    assert "disk 1" in desk.found.sentence


def test_adapters_are_added_refused_and_kept(desk, own, tmp_path, starter):
    good = write_lora(tmp_path / "a.gguf", own, name="Pirate")
    desk.act(own, Act.settings)
    dialog = desk.view.findChild(OwnSettingsDialog)
    dialog.adapters.offered.emit([good, write_lora(tmp_path / "b.gguf", starter, base="Starter"), own])
    assert "“b.gguf” cannot be used as an adapter: it was made for Starter" in dialog.adapters.problem
    assert "it is a model, not an adapter" in dialog.adapters.problem
    dialog.adapters.offered.emit([good])
    assert dialog.adapters.problem == ""
    dialog.adapters.rows[0].weight.set_decimal(0.5)
    dialog.findChild(QPushButton, "save-own-settings").click()
    assert desk.records.record(own).adapters == (Adapter(good, "Pirate", 0.5),)
    assert "1 adapter" in " ".join(label.text() for label in desk.card(own).findChildren(QLabel))
    good.unlink()
    desk.act(own, Act.settings)
    dialog = desk.view.findChildren(OwnSettingsDialog)[-1]
    assert "Not available now" in [label.text() for label in dialog.adapters.findChildren(QLabel)]
    dialog.findChild(QPushButton, "save-own-settings").click()
    assert desk.records.record(own).adapters == (Adapter(good, "Pirate", 0.5),)


def test_a_star_brings_a_model_to_the_top_and_again_back(desk, own):
    star = desk.card(own).findChild(QToolButton, "favourite-model")
    assert desk.cards.index(desk.card(own)) == 1
    star.click()
    assert desk.titles[0].startswith("tiny-llama")
    desk.qtbot.waitUntil(lambda: len(desk.cards) == 2)
    desk.card(own).findChild(QToolButton, "favourite-model").click()
    assert desk.titles[1].startswith("tiny-llama")


def test_a_model_is_renamed(desk, own):
    desk.act(own, Act.rename)
    dialog = desk.view.findChild(QInputDialog)
    assert dialog.textValue() == "tiny-llama · F32"
    dialog.setTextValue("Für Briefe")
    dialog.accept()
    assert desk.titles[1] == "Für Briefe"
    assert own.exists()


def test_a_model_gets_settings_of_its_own(desk, own):
    desk.act(own, Act.settings)
    dialog = desk.view.findChild(OwnSettingsDialog)
    next(row for row in dialog.rows if row.name == "threads").switch.click()
    dialog.findChild(QPushButton, "save-own-settings").click()
    assert desk.records.record(own).own == OwnSettings(threads=0)
    assert "Settings of its own" in " ".join(x.text() for x in desk.card(own).findChildren(QLabel))


def test_all_that_is_known_of_a_model_is_shown(desk, own):
    desk.act(own, Act.details)
    dialog = desk.view.findChild(QDialog, "model-details")
    labels = dialog.findChildren(QLabel)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    shown = " | ".join(label.text() for label in labels)
    no_sight = "no, no projector lies beside it"
    for word in ("Quantisation", "F32", "4,096 tokens", "in the file", str(own), "0 times", no_sight):
        assert word in shown


def test_a_file_is_checked_against_its_download(desk, own):
    desk.act(own, Act.verify)
    desk.qtbot.waitUntil(lambda: "as it was downloaded" in desk.banner.text, timeout=10_000)
    content = bytearray(own.read_bytes())
    content[-1] ^= 1
    own.write_bytes(content)
    desk.act(own, Act.verify)
    desk.qtbot.waitUntil(lambda: "is damaged" in desk.banner.text, timeout=10_000)
    assert own.name in desk.banner.text


def test_a_file_of_which_no_checksum_is_known_is_said(desk, tmp_path):
    path = make(tmp_path / "mine.gguf")
    desk.open(path)
    desk.act(path, Act.verify)
    assert "No checksum" in desk.banner.text


def test_deleting_asks_first_and_says_what_is_freed(desk, own):
    size = own.stat().st_size
    desk.act(own, Act.delete)
    question = desk.view.findChild(QMessageBox, "delete-question")
    assert str(own) in question.informativeText()
    assert f"{size / 1000:.1f} kB" in question.informativeText()
    assert question.defaultButton().text().replace("&", "") == "Cancel"
    question.reject()
    assert own.exists()
    projector = make_projector(own.with_name("mmproj.gguf"))
    desk.act(own, Act.delete)
    question = [q for q in desk.view.findChildren(QMessageBox, "delete-question") if q.isVisible()][-1]
    assert "part for pictures goes with it" in question.informativeText()
    next(b for b in question.buttons() if "trash" in b.text()).click()
    assert not own.exists()
    assert not projector.exists()
    assert (desk.trash.path / own.name).stat().st_size == size
    assert len(desk.cards) == 1
    assert "in the trash" in desk.banner.text


def test_a_link_into_a_store_of_another_application_is_not_deleted(desk, own, tmp_path):
    link = tmp_path / "link.gguf"
    link.symlink_to(own)
    desk.settings.change(model_files=(str(link),))
    desk.act(link, Act.delete)
    assert "another application" in desk.banner.text
    assert link.is_symlink()


def test_a_model_whose_disk_is_away_stays_with_what_is_known_of_it(desk, own):
    own.rename(own.with_name("away"))
    desk.show()
    words = " ".join(label.text() for label in desk.card(own).findChildren(QLabel))
    assert "Not available now" in words
    assert "F32" in words
    menu = desk.card(own).findChild(QMenu)
    usable = {action.objectName(): action.isEnabled() for action in menu.actions()}
    assert not usable["verify-model"]
    assert not usable["delete-model"]
    assert usable["rename-model"]


def test_the_starter_is_neither_checked_nor_deleted(desk, starter):
    menu = desk.card(starter).findChild(QMenu)
    shown = {action.objectName() for action in menu.actions() if action.isVisible()}
    assert shown == {"details-model", "settings-model", "rename-model"}
