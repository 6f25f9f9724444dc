"""Every control of the window can be named by a screen reader and reached by the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from chatdesk import app as application
from chatdesk.paths import find_home

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
NAMES = (
    *(
        "main-window",
        "rail-chat",
        "rail-summarize",
        "rail-translate",
        "rail-templates",
        "rail-models",
        "rail-settings",
        "conversations",
        "new-chat",
    ),
    *("summarize-input", "summarize-run", "summarize-output", "drop-area"),
    *("translate-source", "translate-target", "translate-from", "translate-to", "translate-run"),
    *("search-chats", "model-picker", "transcript", "composer", "send", "stop"),
)


@pytest.fixture
def app(qtbot):
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    built.settings.change(make_titles=False)
    qtbot.addWidget(built.window)
    built.window.show()
    for page in ("models", "settings", "summarize", "translate", "templates", "chat"):
        built.window.show_page(page)
    built.chat.submit("think about it")
    qtbot.waitUntil(lambda: not built.chat.chat.busy, timeout=15_000)
    yield built
    built.window.close()


def controls(window):
    """The controls of the window, without those Qt puts inside its own and those put away for now."""
    found = [w for kind in CONTROLS for w in window.findChildren(kind) if w.window() is window]
    return [
        w
        for w in found
        if not w.objectName().startswith("qt_")
        and not isinstance(w.parent(), QAbstractSpinBox)
        and not (w.isHidden() or w.parent().isHidden())
    ]


def test_every_control_has_a_name(app):
    nameless = [
        f"{type(w).__name__} {w.objectName()} in {w.parent().objectName()}"
        for w in controls(app.window)
        if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text().strip()))
    ]
    assert not nameless, "\n".join(nameless)


def test_every_control_is_reached_by_the_keyboard(app):
    unreachable = [
        w.objectName() or type(w).__name__
        for w in controls(app.window)
        if w.isVisibleTo(app.window)
        and w.isEnabled()
        and not w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.focusProxy() is None
    ]
    assert unreachable == []


def test_the_names_that_scripts_rely_on_are_there(app):
    found = {app.window.objectName()} | {w.objectName() for w in app.window.findChildren(QWidget)}
    assert set(NAMES) <= found
