"""The token is entered, kept and forgotten in the window, whatever the key ring does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.secrets import Keeping, KeptToken
from chatdesk.flows.token import TokenFlow
from chatdesk.storage.secrets import TokenStore
from chatdesk.ui.settings.token import TokenRow
from chatdesk.ui.token.controller import TokenController
from chatdesk.ui.widgets.switch import Switch
from tests.fakes.key_rings import Hanging, Memory

HUB, MIRROR = "https://huggingface.co", "https://mirror.example"
SECRET = "hf_very_secret"


@pytest.fixture
def ring(monkeypatch):
    """Return a call that chooses the key ring of the system."""

    def choose(name):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name if "." in name else f"tests.fakes.key_rings.{name}")

    choose("Memory")
    Memory.held.clear()
    Hanging.end.clear()
    yield choose
    Hanging.end.set()


@pytest.fixture
def store(tmp_path, ring):
    return TokenStore(tmp_path / "hub-token.json", patience=5)


class Opened:
    """The row of the settings with its controller, as the window joins them."""

    def __init__(self, qtbot, store):
        self.endpoint = HUB
        self.flow = TokenFlow(store)
        self.controller = TokenController(self.flow, lambda: self.endpoint)
        self.row = TokenRow()
        qtbot.addWidget(self.row)
        self.controller.serve(self.row.field)
        self.controller.told.connect(self.row.show_state)
        self.row.forget_requested.connect(self.controller.forget)
        self.row.resize(600, 300)
        with qtbot.waitSignal(self.controller.told):
            self.row.show()
        self.row.activateWindow()
        self.edit = self.row.findChild(QLineEdit, "hub-token")
        self.keep = self.row.findChild(Switch, "keep-token")
        self.forget = self.row.findChild(QPushButton, "forget-token")

    def words(self, name):
        label = self.row.findChild(QLabel, name)
        return label.text() if label.isVisible() else ""


@pytest.fixture
def open_row(qtbot, store):
    opened = []

    def make():
        opened.append(Opened(qtbot, store))
        return opened[-1]

    yield make
    for each in opened:
        each.controller.close()


def enter(qtbot, opened, token=SECRET):
    qtbot.keyClicks(opened.edit, token)
    with qtbot.waitSignals([opened.controller.changed, opened.controller.told]):
        qtbot.keyClick(opened.edit, Qt.Key.Key_Return)


def test_a_token_is_kept_in_the_key_ring_unless_the_user_says_otherwise(qtbot, open_row, store):
    opened = open_row()
    assert opened.keep.isChecked()
    assert "key ring" in opened.keep.accessibleName()
    assert not opened.forget.isVisible()
    enter(qtbot, opened, f" {SECRET} ")
    assert opened.edit.text() == ""
    assert Memory.held == {("ChatDesk", HUB): SECRET}
    assert opened.words("token-state") == "The token for huggingface.co is kept in this computer's key ring."
    assert "sent to huggingface.co and to nobody else" in opened.words("token-note")


def test_without_the_tick_it_is_forgotten_at_the_end(qtbot, open_row, store):
    opened = open_row()
    qtbot.mouseClick(opened.keep, Qt.MouseButton.LeftButton)
    assert "forgotten when ChatDesk closes" in opened.words("token-note")
    enter(qtbot, opened)
    assert (Memory.held, store.kept()) == ({}, None)
    assert "until ChatDesk closes" in opened.words("token-state")
    assert opened.flow.token(HUB, CancelToken()) == SECRET


def test_without_a_key_ring_nothing_is_written_down_before_the_user_agrees(qtbot, open_row, ring, store):
    ring("keyring.backends.fail.Keyring")
    opened = open_row()
    assert not opened.keep.isChecked()
    assert "no such program is running" in opened.words("token-note")
    enter(qtbot, opened)
    assert store.kept() is None
    qtbot.mouseClick(opened.keep, Qt.MouseButton.LeftButton)
    assert "not encrypted" in opened.keep.accessibleName()
    enter(qtbot, opened)
    assert store.kept() == KeptToken(HUB, Keeping.file)
    assert "in a file that only you can read" in opened.words("token-state")


def test_a_token_is_forgotten_everywhere(qtbot, open_row, store):
    enter(qtbot, open_row())
    opened = open_row()
    assert opened.forget.isVisible()
    with qtbot.waitSignals([opened.controller.told, opened.controller.changed]):
        opened.forget.click()
    assert (Memory.held, store.kept()) == ({}, None)
    assert not opened.forget.isVisible()
    assert opened.words("token-state") == ""


def test_a_key_ring_that_refuses_is_told_and_the_token_used_all_the_same(qtbot, open_row, ring):
    opened = open_row()
    ring("Careless")
    enter(qtbot, opened)
    assert "it fails (RuntimeError)" in opened.words("token-problem")
    assert SECRET not in opened.words("token-problem")
    assert "until ChatDesk closes" in opened.words("token-state")
    assert opened.flow.token(HUB, CancelToken()) == SECRET


def test_a_key_ring_that_hangs_holds_up_neither_the_window_nor_its_end(qtbot, open_row, ring):
    opened = open_row()
    ring("Hanging")
    qtbot.keyClicks(opened.edit, SECRET)
    with qtbot.waitSignal(opened.controller.changed, timeout=2000):
        qtbot.keyClick(opened.edit, Qt.Key.Key_Return)
    assert opened.flow.token(HUB, CancelToken()) == SECRET
    with qtbot.assertNotEmitted(opened.controller.failed):
        opened.controller.close()


def test_nobody_enters_a_token_for_a_line_that_others_can_read(open_row):
    opened = open_row()
    opened.endpoint = "http://mirror.example"
    opened.controller.refresh()
    assert not opened.edit.isEnabled()
    assert "mirror.example is reached without encryption" in opened.words("token-note")
    opened.endpoint = MIRROR
    opened.controller.refresh()
    assert opened.edit.isEnabled()
    assert "sent to mirror.example and to nobody else" in opened.words("token-note")


def test_the_key_ring_is_asked_with_the_keyboard_alone(qtbot, open_row, store):
    opened = open_row()
    opened.edit.setFocus()
    qtbot.keyClicks(opened.edit, SECRET)
    save = opened.row.findChild(QPushButton, "save-token")
    for widget in (save, opened.keep):
        qtbot.keyClick(opened.row.focusWidget(), Qt.Key.Key_Tab)
        assert widget.hasFocus()
    qtbot.keyClick(opened.keep, Qt.Key.Key_Space)
    assert not opened.keep.isChecked()
