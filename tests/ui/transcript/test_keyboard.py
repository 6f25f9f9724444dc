"""Keys, Tab, the wheel and what screen readers are told."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.chat import Message, Role, ShownMessage
from chatdesk.ui.transcript import view as view_module
from chatdesk.ui.transcript.view import TranscriptView


@pytest.fixture
def page(qtbot, shown):
    """A field, the view and another field, as on a page."""
    page = QWidget()
    layout = QVBoxLayout(page)
    above, view, below = QLineEdit(), TranscriptView(), QLineEdit()
    for widget in (above, view, below):
        layout.addWidget(widget)
    qtbot.addWidget(page)
    page.resize(700, 700)
    page.show()
    qtbot.waitActive(page)
    view.show_messages(
        [shown("user", "question"), shown("assistant", "answer\n\n```\ncode\n```\n", thinking="hm")]
    )
    return page, above, view, below


def focused(page):
    widget = page.focusWidget()
    return widget.objectName() or widget.accessibleName() or type(widget).__name__


def test_tab_walks_through_the_view_in_reading_order_and_out_of_it(page, qtbot):
    window, above, _, below = page
    above.setFocus()
    seen = []
    for _ in range(20):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(focused(window))
        if window.focusWidget() is below:
            break
    question = "transcript, Your message, copy, edit, more, thinking, Answer, copy-code, Code"
    answer = "copy, edit, regenerate, again_with, more, QLineEdit"
    assert seen == f"{question}, {answer}".split(", ")


def test_backtab_walks_back_the_same_way(page, qtbot):
    window, above, _, below = page
    below.setFocus()
    seen = []
    for _ in range(20):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
        seen.append(focused(window))
        if window.focusWidget() is above:
            break
    assert seen[-2:] == ["transcript", "QLineEdit"]
    assert "Your message" in seen


def test_the_thinking_row_opens_by_keyboard(page, qtbot):
    _, _, view, _ = page
    button = next(s for row in view.live_rows() for s in row.widget.stops() if s.objectName() == "thinking")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert view.entries[1].thinking_open


def middle_row(view):
    return next(row for row in view.live_rows() if row.widget.text is not None and 0 < row.widget.y() < 500)


@pytest.mark.parametrize("inside", [False, True])
def test_keys_scroll_from_the_view_and_from_its_rows(view, shown, qtbot, inside):
    view.show_messages([shown("user" if n % 2 else "assistant", f"message {n}") for n in range(300)])
    view.setFocus()

    def moved_by(key):
        row = middle_row(view)
        before = row.widget.y()
        qtbot.keyClick(row.widget.text if inside else view, key)
        return row.widget.y() - before if row.widget is not None else None

    assert moved_by(Qt.Key.Key_Up) == 48
    assert moved_by(Qt.Key.Key_Down) == -48
    before = view.verticalScrollBar().value()
    moved_by(Qt.Key.Key_PageUp)
    moved_by(Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() < before - 500
    moved_by(Qt.Key.Key_Home)
    assert view.verticalScrollBar().value() == 0
    moved_by(Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 400
    moved_by(Qt.Key.Key_End)
    assert view.at_end


def test_other_keys_are_left_to_the_page(view, shown, qtbot):
    view.show_messages([shown("user", "hello")])
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F5)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert view.at_end


def turn_wheel(view, units, pixels=0, keys=Qt.KeyboardModifier.NoModifier):
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(0, pixels),
        QPoint(0, units),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_notch_of_the_wheel_glides_to_its_distance(view, shown, qtbot):
    view.show_messages([shown("user", f"message {n}") for n in range(300)])
    row = middle_row(view)
    before = row.widget.y()
    turn_wheel(view, 120)
    assert 0 < row.widget.y() - before < 96
    qtbot.waitUntil(lambda: row.widget.y() - before == 96)


def test_a_touchpad_scrolls_by_its_pixels(view, shown):
    view.show_messages([shown("user", f"message {n}") for n in range(300)])
    row = middle_row(view)
    before = row.widget.y()
    turn_wheel(view, 10, pixels=33)
    assert row.widget.y() - before == 33


def test_the_end_of_an_answer_is_announced_to_screen_readers(view, shown, monkeypatch):
    said = []
    monkeypatch.setattr(view_module, "announce", lambda widget, words: said.append(words))
    growing = shown("assistant", "")
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "done")
    assert said == []
    view.end_stream(ShownMessage(Message(Role.assistant, "done", id=growing.message.id), growing.versions))
    assert said == ["Answer complete"]
