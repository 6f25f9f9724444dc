"""Notices that say what happened, offer one thing to do, and go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from chatdesk.ui.widgets.banner import Banner, Kind


@pytest.fixture
def banner(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    made = Banner()
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(400, 500)
    window.show()
    made.window_ = window
    return made


@pytest.mark.parametrize("kind", list(Kind))
def test_it_is_hidden_until_it_has_something_to_say(banner, kind):
    assert not banner.isVisible()
    banner.tell(kind, "The disk is full.")
    assert banner.isVisible()
    assert banner.text == banner.accessibleName() == "The disk is full."


def test_without_an_action_there_is_no_button_but_closing(banner, qtbot):
    banner.tell(Kind.error, "It did not work.")
    assert not banner.findChild(QPushButton, "banner-action").isVisible()
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(banner.findChild(QToolButton, "banner-close"), Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_the_action_works_by_keyboard_and_ends_the_notice(banner, qtbot):
    banner.tell(Kind.info, "Removed.", "Undo", seconds=10)
    button = banner.findChild(QPushButton, "banner-action")
    assert button.text() == "Undo"
    with qtbot.waitSignal(banner.action):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not banner.isVisible()


@pytest.mark.parametrize(("width", "below"), [(320, True), (700, False)])
def test_in_a_narrow_window_the_action_stands_below_and_no_word_is_cut(banner, qtbot, width, below):
    banner.window_.resize(width, 500)
    banner.tell(Kind.info, "This is a tiny demonstration model: it knows little else.", "Get a real model")
    button = banner.findChild(QPushButton, "banner-action")
    text = next(label for label in banner.findChildren(QLabel) if label.text() == banner.text)
    qtbot.waitUntil(lambda: (button.y() >= text.geometry().bottom()) is below)
    longest = max(text.fontMetrics().horizontalAdvance(word) for word in banner.text.split())
    assert text.width() >= longest
    assert text.height() >= text.heightForWidth(text.width())


def test_it_goes_by_itself_after_its_time(banner, qtbot):
    with qtbot.waitSignal(banner.closed, timeout=2000):
        banner.tell(Kind.info, "Removed.", "Undo", seconds=0.01)


def test_it_waits_while_the_keyboard_is_on_it(banner, qtbot):
    banner.window_.activateWindow()
    banner.tell(Kind.info, "Removed.", "Undo", seconds=0.01)
    banner.findChild(QPushButton, "banner-action").setFocus()
    qtbot.waitUntil(banner.findChild(QPushButton, "banner-action").hasFocus)
    with qtbot.assertNotEmitted(banner.closed, wait=60):
        pass
    with qtbot.waitSignal(banner.closed, timeout=2000):
        banner.findChild(QPushButton, "banner-action").clearFocus()


def test_a_new_notice_takes_the_place_of_the_old_and_of_its_time(banner, qtbot):
    banner.tell(Kind.info, "First.", seconds=0.01)
    banner.tell(Kind.error, "Second.")
    with qtbot.assertNotEmitted(banner.closed, wait=60):
        pass
    assert banner.text == "Second."


def test_a_long_text_breaks_its_lines_and_is_all_there(banner, qtbot):
    banner.tell(Kind.warning, "A long sentence that has to break. " * 8, "Undo")
    qtbot.waitUntil(lambda: banner.height() >= 5 * banner.fontMetrics().lineSpacing())
    assert banner.height() >= banner.heightForWidth(banner.width())
    assert banner.width() <= 400


def test_markup_in_a_notice_is_text(banner):
    banner.tell(Kind.error, "<b>bold</b> <img src='file:///etc/passwd'>")
    label = banner._text
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.font().weight() == QFont.Weight.Normal
