"""The list of adapters in a model's settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from chatdesk.domain.library import KnownAdapter, OwnSettings
from chatdesk.domain.models import Adapter, AdapterHeader
from chatdesk.domain.settings import Settings
from chatdesk.ui.models.own_settings import OwnSettingsDialog

PIRATE = KnownAdapter(Adapter(Path("/a/pirate.gguf"), "Pirate", 0.8), AdapterHeader("Pirate", "Llama", 5000))
OFF = KnownAdapter(Adapter(Path("/a/off.gguf"), "Off", 1.5, on=False), AdapterHeader("", "", 7000))
AWAY = KnownAdapter(
    Adapter(Path("/usb/poems.gguf"), "Poems"), None, "“poems.gguf” is not there now.", away=True
)
BROKEN = KnownAdapter(Adapter(Path("/a/broken.gguf"), "Broken"), None, "Its header is damaged.")
ALL = [PIRATE, OFF, AWAY, BROKEN]


@pytest.fixture
def opened(qtbot):
    def open_dialog(*known):
        dialog = OwnSettingsDialog("My model", OwnSettings(), Settings(), known)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.sent, dialog.files = [], []
        dialog.chosen.connect(lambda _, adapters: dialog.sent.append(adapters))
        dialog.adapters.offered.connect(dialog.files.append)
        return dialog

    return open_dialog


def press(dialog, name):
    dialog.findChild(QPushButton, name).click()


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_adapters_come_back_unchanged_in_their_order_whether_they_can_be_used_or_not(opened):
    dialog = opened(*ALL)
    press(dialog, "save-own-settings")
    assert dialog.sent == [tuple(known.adapter for known in ALL)]


def test_each_row_says_what_the_file_is_or_why_it_cannot_be_used_now(opened):
    pirate, off, away, broken = opened(*ALL).adapters.rows
    assert any("pirate.gguf · 5.0 kB · made for Llama" in text for text in words(pirate))
    assert "Not available now" in words(away)
    assert "/usb/poems.gguf" in words(away)
    assert "Its header is damaged." in words(broken)
    assert "Not available now" not in words(broken) + words(off)


def test_every_control_of_a_row_is_named_after_its_adapter_and_takes_the_keyboard(opened):
    row = opened(PIRATE).adapters.rows[0]
    for control in (row.switch, row.weight, row.remove):
        assert "Pirate" in control.accessibleName()
        assert control.objectName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_weight_is_typed_and_a_switch_flipped(opened, qtbot):
    dialog = opened(PIRATE, OFF)
    pirate, off = dialog.adapters.rows
    assert not off.weight.isEnabled()
    pirate.weight.selectAll()
    qtbot.keyClicks(pirate.weight, "1.25")
    qtbot.keyClick(off.switch, Qt.Key.Key_Space)
    assert off.weight.isEnabled()
    press(dialog, "save-own-settings")
    first, second = dialog.sent[0]
    assert (first.weight, first.on, second.weight, second.on) == (1.25, True, 1.5, True)


@pytest.mark.parametrize("typed", ["3", "-1", "abc", ""])
def test_a_weight_stays_between_0_and_2(opened, qtbot, typed):
    dialog = opened(PIRATE)
    field = dialog.adapters.rows[0].weight
    field.selectAll()
    qtbot.keyClicks(field, typed)
    press(dialog, "save-own-settings")
    assert 0 <= dialog.sent[0][0].weight <= 2


def test_one_is_removed_from_the_list_and_the_keyboard_stays_near(opened, qtbot):
    dialog = opened(PIRATE, OFF)
    dialog.adapters.rows[0].remove.click()
    assert dialog.focusWidget() is dialog.adapters.rows[0].remove
    dialog.adapters.rows[0].remove.click()
    assert dialog.focusWidget() is dialog.findChild(QPushButton, "add-adapter")
    press(dialog, "save-own-settings")
    assert dialog.sent == [()]


def test_reset_switches_adapters_off_and_forgets_none(opened):
    dialog = opened(PIRATE, AWAY)
    press(dialog, "reset-own-settings")
    press(dialog, "save-own-settings")
    assert [(adapter.name, adapter.on) for adapter in dialog.sent[0]] == [("Pirate", False), ("Poems", False)]


def test_a_file_is_added_once(opened):
    dialog = opened()
    dialog.adapters.add(PIRATE)
    dialog.adapters.add(PIRATE)
    assert [row.value() for row in dialog.adapters.rows] == [PIRATE.adapter]


def test_cancel_keeps_the_list_as_it_was(opened):
    dialog = opened(PIRATE)
    dialog.adapters.rows[0].remove.click()
    dialog.reject()
    assert dialog.sent == []


def test_files_dropped_anywhere_on_the_dialog_and_chosen_in_the_file_dialog_are_offered(opened):
    dialog = opened()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a/größe 🦙.gguf"), QUrl.fromLocalFile("/a/b.safetensors")])
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), *where)
    QApplication.sendEvent(dialog, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 50), *where))
    assert dialog.files == [[Path("/a/größe 🦙.gguf"), Path("/a/b.safetensors")]]
    press(dialog, "add-adapter")
    chooser = dialog.findChild(QFileDialog, "add-adapter-dialog")
    chooser.filesSelected.emit(["/a/c.gguf"])
    assert dialog.files[1:] == [[Path("/a/c.gguf")]]
    chooser.close()


def test_a_dragged_text_is_not_taken(opened):
    dialog = opened()
    data = QMimeData()
    data.setText("hello")
    entering = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    QApplication.sendEvent(dialog, entering)
    assert not entering.isAccepted()
