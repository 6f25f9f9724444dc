"""The settings of one model: each follows the general ones until it is switched on."""

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from chatdesk.domain.library import OwnSettings, own_entry
from chatdesk.domain.settings import Settings
from chatdesk.ui.models.own_settings import OwnSettingsDialog
from chatdesk.ui.widgets.number import DecimalField
from chatdesk.ui.widgets.switch import Switch

NAMES = [f.name for f in fields(OwnSettings)]
ALL = OwnSettings("precise", 0.35, 0.9, 1.1, False, "Be brief.", 512, 4096, 0, 2)


@pytest.fixture
def opened(qtbot):
    def open_dialog(own, settings=None):
        dialog = OwnSettingsDialog("My model", own, settings or Settings(), ())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.sent = []
        dialog.chosen.connect(lambda own, _: dialog.sent.append(own))
        return dialog

    return open_dialog


def control(dialog, name):
    return dialog.findChild(QWidget, f"setting-{name}")


def switch(dialog, name):
    return dialog.findChild(Switch, f"own-{name}")


def press(dialog, name):
    dialog.findChild(QPushButton, name).click()


@pytest.mark.parametrize("name", NAMES)
def test_every_own_setting_has_a_named_switch_and_control(opened, name):
    dialog = opened(OwnSettings())
    assert own_entry(name).title in switch(dialog, name).accessibleName()
    assert control(dialog, name).accessibleName() == own_entry(name).title
    assert not control(dialog, name).isEnabled()


def test_what_was_chosen_comes_back_unchanged(opened):
    for own in (ALL, OwnSettings(), OwnSettings(temperature=0.0, system_prompt="", gpu_layers=-1)):
        dialog = opened(own)
        press(dialog, "save-own-settings")
        assert dialog.sent == [own]


def test_what_is_not_switched_on_shows_the_general_value(opened):
    dialog = opened(OwnSettings(), Settings(preset="precise", threads=3, system_prompt="General."))
    assert control(dialog, "threads").value() == 3
    assert control(dialog, "temperature").decimal() == 0.2
    assert control(dialog, "system_prompt").toPlainText() == "General."


def test_a_value_that_is_switched_on_and_changed_is_stored(opened, qtbot):
    dialog = opened(OwnSettings())
    switch(dialog, "temperature").click()
    field = control(dialog, "temperature")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1.25")
    switch(dialog, "thinking").click()
    control(dialog, "thinking").click()
    press(dialog, "save-own-settings")
    assert dialog.sent == [OwnSettings(temperature=1.25, thinking=False)]


def test_reset_brings_the_recommended_values_back(opened):
    dialog = opened(ALL)
    press(dialog, "reset-own-settings")
    assert control(dialog, "threads").value() == 0
    press(dialog, "save-own-settings")
    assert dialog.sent == [OwnSettings()]


def test_cancel_changes_nothing(opened, qtbot):
    dialog = opened(ALL)
    press(dialog, "reset-own-settings")
    dialog.reject()
    assert dialog.sent == []


@pytest.mark.parametrize(
    ("typed", "shown"), [("0.5", 0.5), ("abc", 0.7), ("9", 0.7), ("", 0.7), ("2.00", 2.0)]
)
def test_a_decimal_field_takes_numbers_within_its_limits(qtbot, typed, shown):
    field = DecimalField()
    qtbot.addWidget(field)
    field.set_limits(0, 2, 0.05)
    field.set_decimal(0.7)
    field.show()
    field.selectAll()
    qtbot.keyClicks(field, typed)
    field.interpretText()
    assert field.decimal() == shown
