"""Colours that can be read, and a switch that every part follows."""

import itertools
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.settings import Theme
from chatdesk.ui import sheets, theme
from chatdesk.ui.theme import DARK, LIGHT, Themes, follow, palette, strengthened

ALL = [LIGHT, DARK, strengthened(LIGHT), strengthened(DARK)]
BACKGROUNDS = [
    "window", "base", "raised", "hover", "pressed", "bubble", "code_background", "code_inline",
    "danger_background", "warning_background", "info_background",
]  # fmt: skip


@pytest.fixture
def themes(qapp):
    made = Themes()
    yield made
    made.apply(Theme.light, 100)


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", ALL, ids=["light", "dark", "light high contrast", "dark high contrast"])
def test_text_can_be_read_on_every_background(colours):
    for words, ground in itertools.product(["text", "muted", "link", "danger", "warning"], BACKGROUNDS):
        reached = contrast(getattr(colours, words), getattr(colours, ground))
        assert reached >= 4.5, (words, ground, reached)
    for words, ground in [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("text_on_mark", "mark"),
    ]:
        assert contrast(getattr(colours, words), getattr(colours, ground)) >= 4.5, (words, ground)


@pytest.mark.parametrize("colours", ALL, ids=["light", "dark", "light high contrast", "dark high contrast"])
def test_edges_of_fields_and_the_focus_ring_can_be_seen(colours):
    for line, ground in itertools.product(["outline", "accent"], ["window", "base", "raised"]):
        assert contrast(getattr(colours, line), getattr(colours, ground)) >= 3, (line, ground)


def test_what_is_disabled_looks_so():
    for colours in (LIGHT, DARK):
        dressed = palette(colours)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            usable = dressed.color(QPalette.ColorGroup.Active, role)
            assert dressed.color(QPalette.ColorGroup.Disabled, role) != usable


def test_every_colour_is_a_full_hexadecimal_one():
    for colours in ALL:
        for each in fields(colours):
            value = getattr(colours, each.name)
            assert isinstance(value, bool) or (len(value) == 7 and QColor(value).name() == value)


def test_the_choice_of_theme_reaches_the_palette_and_whoever_follows(themes, qtbot):
    themes.apply(Theme.light, 100)
    widget = QWidget()
    qtbot.addWidget(widget)
    seen = []
    follow(widget, seen.append)
    with qtbot.waitSignal(themes.changed) as told:
        themes.apply(Theme.dark, 100)
    assert told.args == [DARK]
    assert seen == [LIGHT, DARK]
    assert themes.colours == theme.colours() == DARK
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)


def test_the_same_theme_again_changes_nothing(themes, qtbot):
    themes.apply(Theme.dark, 120)
    with qtbot.assertNotEmitted(themes.changed):
        themes.apply(Theme.dark, 120)


def test_a_widget_that_is_gone_is_not_called(themes, qtbot):
    seen = []
    widget = QWidget()
    follow(widget, seen.append)
    themes.apply(Theme.light, 100)
    seen.clear()
    widget.deleteLater()
    with qtbot.waitSignal(widget.destroyed):
        pass
    themes.apply(Theme.dark, 100)
    assert seen == []


def test_text_grows_with_its_size_within_limits(themes):
    themes.apply(Theme.light, 100)
    normal = QApplication.font().pointSizeF()
    for asked, got in [(160, 160), (70, 70), (1, 70), (10**9, 220), (-5, 70)]:
        themes.apply(Theme.light, asked)
        assert QApplication.font().pointSizeF() == pytest.approx(normal * got / 100)


def test_another_text_size_tells_whoever_follows(themes, qtbot):
    themes.apply(Theme.light, 100)
    with qtbot.waitSignal(themes.changed):
        themes.apply(Theme.light, 110)


def test_as_the_system_follows_the_system_and_a_fixed_theme_does_not(themes):
    hints = QGuiApplication.styleHints()
    themes.apply(Theme.system, 100)
    assert themes.colours.dark == (hints.colorScheme() == Qt.ColorScheme.Dark)
    themes.apply(Theme.dark, 100)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes.colours == DARK
    themes.apply(Theme.system, 100)
    assert not themes.colours.dark


def test_a_palette_put_over_ours_by_the_system_is_taken_off_again(themes):
    themes.apply(Theme.dark, 100)
    QApplication.setPalette(QPalette(QColor("#ff00ff")))
    themes.apply(Theme.dark, 100)
    assert QGuiApplication.palette() == palette(DARK)


def test_the_application_has_no_style_sheet_of_its_own(themes, qapp):
    themes.apply(Theme.dark, 100)
    assert qapp.styleSheet() == ""
    assert qapp.style().objectName() == "fusion"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_hints_in_empty_fields_can_be_read(colours, qtbot):
    # A colour in a style sheet would otherwise halve the contrast of these hints.
    frame = QFrame(objectName="composer-frame")
    qtbot.addWidget(frame)
    column = QVBoxLayout(frame)
    edits = [QLineEdit(), QPlainTextEdit(), QTextEdit()]
    for edit in edits:
        column.addWidget(edit)
    frame.show()
    for sheet in (sheets.fields, sheets.composer):
        frame.setStyleSheet(sheet(colours))
        for edit in edits if sheet is sheets.fields else edits[1:]:
            hint = edit.palette().color(QPalette.ColorRole.PlaceholderText)
            assert hint == QColor(colours.muted)


@pytest.mark.parametrize(
    "sheet",
    [
        sheets.buttons, sheets.tool_buttons, sheets.fields, sheets.scroll_bars, sheets.menus, sheets.sidebar,
        sheets.composer, sheets.page,
    ],
)  # fmt: skip
def test_every_style_sheet_is_one_that_qt_can_read(sheet, qtbot):
    # Qt warns about a sheet that it cannot parse, and a warning fails the test.
    for colours in ALL:
        text = sheet(colours)
        assert text.count("{") == text.count("}") > 0
        widget = QWidget()
        qtbot.addWidget(widget)
        widget.setStyleSheet(text)
        widget.show()
