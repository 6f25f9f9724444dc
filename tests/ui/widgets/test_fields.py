"""Choices, numbers and switches: by keyboard, by pointer, and left alone by the wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget

from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.key_cap import KeyCaps
from chatdesk.ui.widgets.number import NumberField
from chatdesk.ui.widgets.switch import Switch


@pytest.fixture
def window(qtbot):
    made = QWidget()
    column = QVBoxLayout(made)
    made.elsewhere = QLineEdit()
    made.number = NumberField()
    made.number.setRange(0, 1_048_576)
    made.number.setSingleStep(1024)
    made.number.setSuffix(" tokens")
    made.number.setSpecialValueText("chosen for the model")
    made.choice = Choice()
    for value, title in (("a", "First"), ("b", "Second"), ("c", "Third")):
        made.choice.addItem(title, value)
    made.switch = Switch()
    for each in (made.elsewhere, made.number, made.choice, made.switch):
        column.addWidget(each)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.elsewhere.setFocus()
    qtbot.waitUntil(made.elsewhere.hasFocus)
    return made


def turn_wheel(widget):
    event = QWheelEvent(
        QPointF(5, 5), QPointF(widget.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_the_wheel_over_a_field_without_the_keyboard_changes_nothing(window):
    window.number.setValue(4096)
    window.choice.setCurrentIndex(1)
    assert not turn_wheel(window.number)
    assert not turn_wheel(window.choice)
    assert window.number.value() == 4096
    assert window.choice.currentIndex() == 1


def test_the_wheel_works_where_the_keyboard_is(window):
    window.choice.setCurrentIndex(1)
    for field in (window.number, window.choice):
        field.setFocus()
        assert turn_wheel(field)
    assert window.number.value() == 1024
    assert window.choice.currentIndex() == 0


def test_a_big_number_is_typed_over_the_special_text(window, qtbot):
    assert window.number.text() == "chosen for the model"
    qtbot.keyClick(window.elsewhere, Qt.Key.Key_Tab)
    qtbot.waitUntil(window.number.lineEdit().hasSelectedText)
    qtbot.keyClicks(window.number, "262144")
    assert window.number.value() == 262_144


def test_a_click_selects_all_so_that_typing_replaces_it(window, qtbot):
    window.number.setValue(8192)
    qtbot.mouseClick(window.number.lineEdit(), Qt.MouseButton.LeftButton, pos=QPoint(10, 8))
    qtbot.waitUntil(window.number.lineEdit().hasSelectedText)
    qtbot.keyClicks(window.number, "77")
    assert window.number.value() == 77


def test_too_much_cannot_be_typed(window, qtbot):
    window.number.setFocus()
    window.number.selectAll()
    qtbot.keyClicks(window.number, "99999999999999")
    assert window.number.value() <= 1_048_576


def test_letters_leave_the_number_as_it_was(window, qtbot):
    window.number.setValue(2048)
    window.number.setFocus()
    window.number.selectAll()
    qtbot.keyClicks(window.number, "many")
    assert window.number.value() == 2048


def test_arrow_keys_and_the_two_buttons_step(window, qtbot):
    window.number.setFocus()
    qtbot.keyClick(window.number, Qt.Key.Key_Up)
    assert window.number.value() == 1024
    less, more = window.number._less, window.number._more
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert window.number.value() == 2048
    qtbot.mouseClick(less, Qt.MouseButton.LeftButton)
    assert window.number.value() == 1024
    assert {b.accessibleName() for b in window.number.findChildren(QToolButton)} == {"Less", "More"}
    for button in (less, more):
        assert window.number.rect().contains(button.geometry())


def test_the_buttons_do_not_cover_the_text(window):
    edit = window.number.lineEdit()
    words = edit.fontMetrics().horizontalAdvance("chosen for the model")
    assert window.number.width() >= window.number.sizeHint().width()
    assert words <= window.number._less.x() - edit.x() - edit.textMargins().left()


def test_a_choice_is_made_by_keyboard(window, qtbot):
    window.choice.setFocus()
    qtbot.keyClick(window.choice, Qt.Key.Key_Down)
    assert window.choice.currentData() == "b"
    qtbot.keyClicks(window.choice, "th")
    assert window.choice.currentData() == "c"


def test_a_switch_is_toggled_by_space_and_by_a_click_anywhere_on_it(window, qtbot):
    window.switch.setFocus()
    qtbot.keyClick(window.switch, Qt.Key.Key_Space)
    assert window.switch.isChecked()
    corner = window.switch.rect().bottomRight() - QPoint(2, 2)
    qtbot.mouseClick(window.switch, Qt.MouseButton.LeftButton, pos=corner)
    assert not window.switch.isChecked()


@pytest.mark.parametrize("name", ["number", "choice", "switch"])
def test_focus_and_being_disabled_can_be_seen(window, qtbot, name):
    field = getattr(window, name)
    at_rest = field.grab().toImage()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with_keyboard = field.grab().toImage()
    field.setEnabled(False)
    disabled = field.grab().toImage()
    assert at_rest != with_keyboard != disabled != at_rest


def test_fields_are_mirrored_for_right_to_left(window):
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.switch.setChecked(True)
    right_to_left = window.switch.grab().toImage()
    window.resize(window.width() + 20, window.height())
    assert window.number._more.x() < window.number._less.x() < window.number.width() / 2
    window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert window.switch.grab().toImage() != right_to_left


def test_key_caps_say_the_whole_combination(qtbot):
    caps = KeyCaps(["Ctrl", "Shift", "O"], "Ctrl+Shift+O")
    qtbot.addWidget(caps)
    assert caps.accessibleName() == "Ctrl+Shift+O"
    assert caps.layout().count() == 3
