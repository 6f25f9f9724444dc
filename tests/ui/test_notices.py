"""What took long is told while another window is in front, and nothing else is."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.ui.notices import LONG, Notices


class Desk:
    """A clock and a desktop that keeps what it is told."""

    def __init__(self):
        self.now, self.wanted, self.told, self.shown = 0.0, True, [], []

    def tell(self, title, sentence, then):
        self.told.append((title, sentence))
        then()


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def notices(qtbot, desk):
    for left in QApplication.topLevelWidgets():
        left.hide()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None)
    window = QWidget()
    qtbot.addWidget(window)
    return Notices(window, lambda: desk.wanted, lambda: desk.tell, lambda: desk.now)


def end(notices, desk, seconds, key="a"):
    notices.begin(key)
    desk.now += seconds
    notices.end(key, "Title", "Words", lambda: desk.shown.append(key))


def test_a_long_answer_is_told_and_a_click_shows_it(notices, desk):
    end(notices, desk, LONG + 1)
    assert desk.told == [("Title", "Words")]
    assert desk.shown == ["a"]


def test_a_short_one_is_not(notices, desk):
    end(notices, desk, LONG - 1)
    assert desk.told == []


def test_time_counts_from_the_first_beginning_and_anew_after_the_end(notices, desk):
    notices.begin("a")
    desk.now = LONG
    end(notices, desk, 1)
    end(notices, desk, 1)
    assert len(desk.told) == 1


def test_nothing_is_told_when_that_is_not_wanted_or_did_not_begin(notices, desk):
    desk.wanted = False
    end(notices, desk, LONG + 1)
    desk.wanted = True
    notices.end("unknown", "Title", "Words", lambda: None)
    assert desk.told == []


def test_nothing_is_told_while_the_window_is_in_front(notices, desk, qtbot):
    notices._window.show()
    notices._window.activateWindow()
    qtbot.waitUntil(notices._window.isActiveWindow)
    end(notices, desk, LONG + 1)
    assert desk.told == []


def test_a_desktop_without_messages_is_asked_to_mark_the_window(qtbot, desk):
    window = QWidget()
    qtbot.addWidget(window)
    notices = Notices(window, lambda: True, lambda: None, lambda: desk.now)
    end(notices, desk, LONG + 1)  # QApplication.alert has nothing that could be looked at here
    assert desk.shown == []
