"""Every declared setting has a row that shows it and says what it is."""

from dataclasses import fields

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chatdesk.domain.settings import SendKey, Settings, Theme, entry_of, shown_groups
from chatdesk.ui.settings.form import SettingRow
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.number import NumberField
from chatdesk.ui.widgets.switch import Switch

SHOWN = [name for names in shown_groups().values() for name in names]


def control_of(row):
    return row.findChild(QWidget, f"setting-{row.name}")


def row_of(name, qtbot):
    row = SettingRow(name)
    qtbot.addWidget(row)
    row.show()
    return row


@pytest.mark.parametrize("name", SHOWN)
def test_a_row_shows_and_gives_back_the_default_in_its_own_type(name, qtbot):
    row = row_of(name, qtbot)
    default = getattr(Settings(), name)
    row.show_value(default)
    assert row.value() == default
    assert type(row.value()) is type(default)


@pytest.mark.parametrize("name", SHOWN)
def test_a_screen_reader_hears_title_and_help(name, qtbot):
    control = control_of(row_of(name, qtbot))
    assert control.accessibleName() == entry_of(name).title
    assert control.accessibleDescription() == entry_of(name).help


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("theme", Choice), ("preset", Choice), ("thinking", Switch), ("context_tokens", NumberField),
        ("system_prompt", QPlainTextEdit), ("offline", Switch), ("mirror", QLineEdit),
    ],
)  # fmt: skip
def test_the_control_fits_the_type(name, kind, qtbot):
    assert isinstance(control_of(row_of(name, qtbot)), kind)


def test_limits_steps_units_and_special_words_are_those_declared(qtbot):
    for name in SHOWN:
        control, entry = control_of(row_of(name, qtbot)), entry_of(name)
        if isinstance(control, NumberField):
            assert (control.minimum(), control.maximum()) == (entry.minimum, entry.maximum)
            assert control.singleStep() == entry.step
            assert control.suffix().strip() == entry.unit
            assert control.specialValueText() == entry.special
        if isinstance(control, QLineEdit):
            assert control.placeholderText() == entry.special
        if isinstance(control, Choice) and not entry.fonts:
            assert [control.itemData(i) for i in range(control.count())] == [v for v, _ in entry.choices]


def test_choices_come_as_the_settings_own_type(qtbot):
    row = row_of("theme", qtbot)
    with qtbot.waitSignal(row.chosen) as sent:
        control_of(row).setCurrentIndex(2)
    assert sent.args == ["theme", Theme.dark]
    assert isinstance(sent.args[1], Theme)
    row = row_of("send_key", qtbot)
    row.show_value(SendKey.ctrl_enter)
    assert control_of(row).currentText() == "Ctrl+Enter"


def test_showing_a_value_sends_nothing(qtbot):
    others = {
        "theme": Theme.dark,
        "thinking": False,
        "threads": 8,
        "system_prompt": "Be brief.",
        "proxy": "http://localhost:8080",
    }
    for name, value in others.items():
        row = row_of(name, qtbot)
        with qtbot.assertNotEmitted(row.chosen), qtbot.assertNotEmitted(row.typed):
            row.show_value(value)
        assert row.value() == value


def test_showing_the_same_text_leaves_the_cursor_where_it_is(qtbot):
    row = row_of("system_prompt", qtbot)
    row.show_value("Be brief.")
    edit = control_of(row)
    cursor = edit.textCursor()
    cursor.setPosition(3)
    edit.setTextCursor(cursor)
    row.show_value("Be brief.")
    assert edit.textCursor().position() == 3


def test_a_line_of_text_is_sent_while_it_is_typed(qtbot):
    row = row_of("mirror", qtbot)
    with qtbot.waitSignal(row.typed) as sent:
        control_of(row).setText("https://hf-mirror.com")
    assert sent.args == ["mirror", "https://hf-mirror.com"]


def test_the_control_goes_below_its_title_where_it_is_narrow(qtbot):
    row = row_of("context_tokens", qtbot)
    control = control_of(row)
    row.resize(680, 80)
    qtbot.waitUntil(lambda: control.x() > 300)
    row.resize(300, 200)
    qtbot.waitUntil(lambda: control.x() == 0)
    assert control.geometry().right() <= row.rect().right()


def test_a_declaration_that_no_control_can_show_is_refused_at_once(qapp):
    hidden = [f.name for f in fields(Settings) if entry_of(f.name).hidden and f.name == "model_files"]
    with pytest.raises(TypeError, match="model_files"):
        SettingRow(hidden[0])
