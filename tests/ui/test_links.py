"""Links that a model wrote: asked about, never opened by themselves."""

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from chatdesk.ui.links import ask_and_open

ADDRESS = "https://example.org/path?query=<b>x</b>"


@pytest.fixture
def opened(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toString()))
    return urls


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


def question(window):
    return window.findChild(QMessageBox, "link-question")


def test_the_whole_address_is_shown_and_nothing_is_open_yet(window, opened):
    ask_and_open(ADDRESS, window)
    assert "example.org/path" in question(window).informativeText()
    assert opened == []
    question(window).reject()
    assert opened == []


def test_it_opens_after_the_user_agrees(window, opened):
    ask_and_open(ADDRESS, window)
    box = question(window)
    next(b for b in box.buttons() if b.text() == "Open").click()
    assert len(opened) == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "", "//host/x"]
)
def test_other_schemes_are_ignored(window, opened, address):
    ask_and_open(address, window)
    assert question(window) is None
    assert opened == []
