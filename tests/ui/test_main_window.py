"""The window: its shortcuts work with the keyboard in the message box, and it comes back where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from chatdesk import app as application
from chatdesk.paths import find_home
from chatdesk.ui.main_window import MainWindow, RailEntry
from chatdesk.ui.shortcuts import LOCAL, SHORTCUTS


@pytest.fixture
def app(qtbot):
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow)
    yield built
    built.window.close()


def _recorder(heard, action):
    return lambda: heard.append(action.text())


def press(widget, keys):
    combination = QKeySequence.fromString(keys)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def test_every_shortcut_works_while_one_writes(app):
    heard = []
    for action in app.window.actions():
        action.triggered.disconnect()
        action.triggered.connect(_recorder(heard, action))
    box = app.chat.page.composer.box
    deaf = []
    for shortcut in SHORTCUTS:
        for keys in shortcut.keys:
            if shortcut.id in LOCAL or shortcut.id == "undo-delete":
                continue
            box.setPlainText("some words")
            box.setFocus()
            heard.clear()
            press(box, keys)
            if heard != [shortcut.title]:
                deaf.append((keys, list(heard)))
            assert box.toPlainText() == "some words", keys
    assert deaf == []


def test_ctrl_z_undoes_typing_first(app):
    heard = []
    for action in app.window.actions():
        action.triggered.connect(_recorder(heard, action))
    box = app.chat.page.composer.box
    QTest.keyClicks(box, "abc")
    press(box, "Ctrl+Z")
    assert box.toPlainText() == ""
    assert heard == []


def test_every_shortcut_of_the_table_is_bound(app):
    bound = {action.text() for action in app.window.actions()}
    assert {s.title for s in SHORTCUTS if s.id not in LOCAL} <= bound


def test_pages_are_made_when_first_shown_and_then_kept(qtbot, tmp_path):
    made = []

    def maker(name):
        def make():
            made.append(name)
            return QWidget()

        return make

    entries = [RailEntry(name, name, "info", "settings", maker(name)) for name in ("one", "two")]
    window = MainWindow(entries, tmp_path / "window.ini")
    qtbot.addWidget(window)
    assert made == ["one"]
    for _ in range(2):
        qtbot.mouseClick(window.findChild(QWidget, "rail-two"), Qt.MouseButton.LeftButton)
        assert window.page_name == "two"
        window.show_page("one")
    assert made == ["one", "two"]


def test_the_window_comes_back_in_its_size(qtbot, tmp_path):
    def window():
        entry = RailEntry("one", "one", "info", "settings", QWidget)
        made = MainWindow(
            [entry, RailEntry("two", "two", "info", "settings", QWidget)], tmp_path / "window.ini"
        )
        qtbot.addWidget(made)
        return made

    first = window()
    first.resize(777, 555)
    first.close()
    assert (window().width(), window().height()) == (777, 555)


@pytest.mark.parametrize(("text_size", "side"), [(70, 36), (100, 42), (110, 46), (220, 50)])
def test_the_rail_grows_with_the_text_as_far_as_the_lowest_window_has_room(app, text_size, side):
    app.settings.change(text_size=text_size)
    app.window.resize(app.window.minimumSize())
    buttons = app.window.rail.findChildren(QToolButton)
    assert {(button.width(), button.height()) for button in buttons} == {(side, side)}
    assert len(buttons) == 7
    assert app.window.rail.minimumSizeHint().height() <= app.window.minimumHeight()
