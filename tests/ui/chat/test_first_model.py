"""The card that leads a newcomer to a real model, on the real window with a Hub on loopback."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from chatdesk import app as application
from chatdesk import joints
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.flows import models as model_flow
from chatdesk.hub.catalogue import read_catalogue
from chatdesk.hub_joints import HubJoints
from chatdesk.paths import find_home
from chatdesk.storage.downloads import DownloadStore
from chatdesk.ui.chat import first_model
from chatdesk.ui.chat.first_model_card import FirstModelCard
from chatdesk.ui.models.card import ModelCard
from chatdesk.ui.models.find.view import FindView
from tests.fakes.gguf_models import make
from tests.fakes.hub import FakeHub

PATIENCE = 20_000  # milliseconds
FILE = "starter-Q8_0.gguf"
CATALOGUE = f"""
[[models]]
repository = "maker/Starter-GGUF"
file = "{FILE}"
title = "Small Talk"
purpose = "chat"
memory = 4
bytes = 2_500_000_000
licence = "Apache 2.0"
languages = "English"
good_at = "Short answers."

[[models]]
repository = "maker/Large-GGUF"
file = "large.gguf"
title = "Large Talk"
purpose = "chat"
memory = 16
bytes = 9_000_000_000
licence = "MIT"
languages = "English"
good_at = "Long answers."
"""


@pytest.fixture
def hub(starter):
    with FakeHub() as hub:
        hub.add("maker/Starter-GGUF", {FILE: starter.read_bytes()})
        yield hub


@pytest.fixture
def machine(monkeypatch):
    """The memory of this computer; a test may put another one into it."""
    now = [model_flow.Memory(8 * 10**9, 7 * 10**9)]
    monkeypatch.setattr(HubJoints, "memory", lambda _self, _cancel: now[0])
    return now


@pytest.fixture
def start(qtbot, hub, home, machine, tmp_path, monkeypatch):
    """Start the application with some settings; the folder stays the same from one start to the next."""
    monkeypatch.setattr(joints, "OFFER_MS", 0)
    (tmp_path / "models.toml").write_text(CATALOGUE)
    monkeypatch.setattr(HubJoints, "catalogue", lambda _: read_catalogue(tmp_path / "models.toml"))
    home.mkdir()
    running = []

    def start(**settings):
        if settings or not (home / "settings.json").exists():
            (home / "settings.json").write_text(
                json.dumps({"mirror": hub.url, "make_titles": False} | settings)
            )
        built = application.build(find_home(), "tests.fakes.backends:Scripted")
        running.append(built)
        qtbot.addWidget(built.window)
        built.window.show()
        return Newcomer(qtbot, built)

    yield start
    for built in running:
        built.window.close()
        built.close()


class Newcomer:
    """Reads the card and presses its buttons."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app

    @property
    def first(self):
        return self.app.window.findChild(first_model.FirstModel)

    @property
    def card(self):
        return self.app.window.findChild(FirstModelCard)

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def read(self, words):
        """Wait until the card says `words`."""
        self.wait(lambda: self.card is not None and self.card.isVisible() and words in self.card.text)
        return self.card.text

    def press(self, name):
        button = self.card.findChild(QPushButton, f"first-model-{name}")
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def action(self):
        return self.card.findChild(QPushButton, "first-model-action").text()

    def has_looked(self):
        self.wait(lambda: self.first is not None and self.first._looked is not None)


def test_a_newcomer_is_offered_one_model_and_nothing_is_asked(start, hub):
    newcomer = start()
    text = newcomer.read("Small Talk")
    assert "Short answers." in text
    assert "2.5 GB · about 7 min to download on a line of 50 Mbit/s · Licence: Apache 2.0" in text
    assert newcomer.action() == "Download"
    assert "Close other programs" not in text
    assert not hub.log


def test_the_offered_model_is_downloaded_with_one_press_and_used_with_another(start, hub, home):
    newcomer = start()
    newcomer.read("Small Talk")
    hub.fault(FILE, "slow", bytes_per_second=4_000_000)
    newcomer.press("action")
    newcomer.read("Asking for Small Talk")
    newcomer.read("MB of 6.0 MB")
    assert not newcomer.card.findChild(QPushButton, "first-model-later").isVisible()
    newcomer.read("“Small Talk” is ready.")
    assert not newcomer.app.chat.page.notice.isVisible()
    newcomer.press("action")
    file = home / "models" / "maker" / "Starter-GGUF" / FILE
    assert newcomer.app.chat.chat.model_path() == file
    assert not newcomer.card.isVisible()


def test_a_download_of_the_last_start_is_followed(start, home):
    newcomer = start(offline=True)
    newcomer.has_looked()
    request = DownloadRequest("maker/Starter-GGUF", "abc", (RemoteFile(FILE, 4_000_000),), home / "models")
    store = DownloadStore(newcomer.app.database)
    store.add(Download(request, DownloadState.paused, arrived=1_000_000))
    newcomer.app.window.close()
    again = start()
    text = again.read("Paused")
    assert "1.0 MB of 4.0 MB" in text
    assert again.action() == "Resume"


def test_a_download_that_is_taken_out_of_the_queue_can_be_begun_again(start, hub):
    newcomer = start()
    newcomer.read("Small Talk")
    hub.fault(FILE, "slow", bytes_per_second=500_000)
    newcomer.press("action")
    newcomer.read("of 6.0 MB")
    (download,) = newcomer.app.hub._queue.queue()
    newcomer.app.hub._queue.remove(download.id, delete_part=True)
    newcomer.read("A real model for this computer")
    assert newcomer.action() == "Download"


def test_why_a_download_cannot_begin_is_said_in_the_card(start, hub):
    newcomer = start()
    newcomer.read("Small Talk")
    hub.repositories.clear()
    newcomer.press("action")
    newcomer.read("There is no model")
    assert newcomer.action() == "Try again"


def test_what_hinders_another_download_is_not_said_in_the_card(start, hub):
    newcomer = start()
    newcomer.read("Small Talk")
    newcomer.app.hub.refused.emit("Nobody answers.")
    assert newcomer.action() == "Download"
    hub.fault(FILE, "slow", bytes_per_second=500_000)
    newcomer.press("action")
    newcomer.read("of 6.0 MB")
    newcomer.app.hub.refused.emit("Nobody answers.")
    assert "Nobody answers." not in newcomer.card.text


def test_models_of_other_applications_are_used_with_two_presses(start, tmp_path, hub):
    folder = Path.home() / ".lmstudio" / "models" / "o" / "m"
    folder.mkdir(parents=True)
    one, _ = make(folder / "one.gguf"), make(folder / "two.gguf")
    newcomer = start()
    newcomer.read("You already have 2 usable models on this computer.")
    newcomer.press("action")
    app = newcomer.app
    assert app.window.page_name == "models"
    assert app.models.page().view == "library"
    cards = [card for card in app.models.page().findChildren(ModelCard) if card.isVisible()]
    use = next(card for card in cards if card.accessibleDescription() == str(one))
    use.findChild(QPushButton, "use-model").click()
    assert app.chat.chat.model_path() == one
    assert app.window.page_name == "chat"
    assert not newcomer.card.isVisible()
    assert not hub.log


def test_beside_the_recommended_models_those_of_other_applications_are_told_of(start):
    folder = Path.home() / ".lmstudio" / "models"
    folder.mkdir(parents=True)
    make(folder / "one.gguf")
    newcomer = start()
    newcomer.read("You already have 1 usable model on this computer.")
    newcomer.app.models.show_view("search")
    discover = newcomer.app.models.page().findChild(FindView).discover
    assert "one usable model" in discover.notice.text
    discover.notice.action.emit()
    assert newcomer.app.models.page().view == "library"


def test_who_does_not_want_it_is_not_asked_again(start):
    newcomer = start()
    newcomer.read("Small Talk")
    newcomer.press("later")
    assert not newcomer.card.isVisible()
    newcomer.app.window.close()
    again = start()
    again.wait(lambda: again.first is not None)
    assert again.card is None
    assert not again.first._looking


def test_who_has_a_real_model_sees_no_card(start, tmp_path):
    newcomer = start(model_files=[str(make(tmp_path / "real.gguf"))])
    newcomer.wait(lambda: newcomer.first is not None)
    assert not newcomer.first._looking
    newcomer.app.settings.put(
        newcomer.app.model_flow.forget(newcomer.app.settings.value, tmp_path / "real.gguf")
    )
    newcomer.read("Small Talk")


def test_a_file_that_cannot_be_used_is_no_real_model(start, tmp_path):
    start(model_files=[str(tmp_path / "gone.gguf")]).read("Small Talk")


def test_offline_mode_is_said_and_leads_to_the_settings(start, hub):
    newcomer = start(offline=True)
    newcomer.read("ChatDesk is in offline mode, so it cannot be downloaded now.")
    newcomer.press("action")
    assert newcomer.app.window.page_name == "settings"
    newcomer.app.settings.change(offline=False)
    newcomer.app.window.show_page("chat")
    newcomer.read("2.5 GB")
    assert newcomer.action() == "Download"
    assert not hub.log


def test_a_full_memory_is_told_before_the_download(start, machine):
    machine[0] = model_flow.Memory(16 * 10**9, 2 * 10**9)
    assert "Close other programs before you use it" in start().read("Small Talk")


def test_a_machine_without_a_fitting_model_has_no_card(start, machine):
    machine[0] = model_flow.Memory(2 * 10**9, 10**9)
    newcomer = start()
    newcomer.has_looked()
    assert newcomer.card is None


@pytest.mark.parametrize(("size", "text"), [((1280, 800), 220), ((720, 600), 200), ((560, 420), 130)])
def test_everything_of_the_welcome_can_be_reached_in_any_window(start, size, text):
    newcomer = start(text_size=text, line_speed=12.5e6)
    assert "about 3 min to download on a line of 100 Mbit/s" in newcomer.read("Small Talk")
    newcomer.app.window.resize(QSize(*size))
    welcome = newcomer.app.chat.page.welcome
    newcomer.wait(lambda: welcome.horizontalScrollBar().maximum() == 0)
    later = newcomer.card.findChild(QPushButton, "first-model-later")
    welcome.ensureWidgetVisible(later)
    newcomer.wait(lambda: not later.visibleRegion().isEmpty())
