"""The settings page: what is changed arrives, at once or after a pause, and nothing typed is lost."""

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QWidget

import chatdesk
from chatdesk.domain.settings import Settings, Theme, shown_groups
from chatdesk.ui.key_editor import KeyEditor
from chatdesk.ui.settings.page import SettingsPage
from chatdesk.ui.settings.quick_ask import QuickAskRow
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.number import NumberField
from chatdesk.ui.widgets.switch import Switch

KEPT = {"default_model": "/m.gguf", "model_files": ("/m.gguf",), "last_conversation": "c", "sidebar": False}


@pytest.fixture
def page(qtbot, tmp_path):
    made = SettingsPage(Settings(**KEPT), tmp_path)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    made.sent = []
    made.changed.connect(made.sent.append)
    return made


class Opener(QObject):
    """Stands for the desktop: keeps the addresses that it is asked to open."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, url):
        self.opened.append(url)


@pytest.fixture
def desktop(qapp):
    opener = Opener()
    for scheme in ("file", "https"):
        QDesktopServices.setUrlHandler(scheme, opener, "open")
    yield opener
    for scheme in ("file", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_it_has_its_name_and_every_shown_setting(page):
    assert page.objectName() == "page-settings"
    for names in shown_groups().values():
        for name in names:
            assert page.findChild(QWidget, f"setting-{name}") is not None


def test_a_choice_arrives_at_once_with_all_other_settings(page):
    page.findChild(Choice, "setting-theme").setCurrentIndex(2)
    assert page.sent == [Settings(theme=Theme.dark, **KEPT)]


def test_a_switch_arrives_at_once_by_keyboard(page, qtbot):
    switch = page.findChild(Switch, "setting-thinking")
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert page.sent == [Settings(thinking=False, **KEPT)]


def test_a_number_arrives_once_after_a_pause(page, qtbot):
    field = page.findChild(NumberField, "setting-context_tokens")
    field.selectAll()
    with qtbot.waitSignal(page.changed, timeout=2000):
        qtbot.keyClicks(field, "16384")
    assert page.sent == [Settings(context_tokens=16384, **KEPT)]


def test_a_text_arrives_once_after_a_pause(page, qtbot):
    edit = page.findChild(QPlainTextEdit, "setting-system_prompt")
    with qtbot.waitSignal(page.changed, timeout=2000):
        qtbot.keyClicks(edit, "Be brief.")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        qtbot.keyClicks(edit, "Be kind.")
    assert page.sent == [Settings(system_prompt="Be brief.\nBe kind.", **KEPT)]


def test_what_was_typed_goes_along_with_a_choice_made_right_after(page, qtbot):
    qtbot.keyClicks(page.findChild(QPlainTextEdit, "setting-system_prompt"), "Be brief.")
    page.findChild(Switch, "setting-thinking").toggle()
    assert page.sent == [Settings(system_prompt="Be brief.", thinking=False, **KEPT)]


@pytest.mark.parametrize("leave", ["hide", "flush", "close"])
def test_leaving_the_page_within_the_pause_loses_nothing(page, qtbot, leave):
    qtbot.keyClicks(page.findChild(QPlainTextEdit, "setting-system_prompt"), "Be brief.")
    getattr(page, leave)()
    assert page.sent == [Settings(system_prompt="Be brief.", **KEPT)]


def test_settings_changed_elsewhere_are_shown_without_an_echo(page):
    page.show_settings(Settings(theme=Theme.light, text_size=150, **KEPT))
    assert page.findChild(Choice, "setting-theme").currentText() == "Light"
    assert page.findChild(NumberField, "setting-text_size").value() == 150
    assert page.sent == []


def test_what_is_being_typed_stays_when_something_else_changes(page, qtbot):
    edit = page.findChild(QPlainTextEdit, "setting-system_prompt")
    qtbot.keyClicks(edit, "Be")
    page.show_settings(Settings(text_size=150, **KEPT))
    assert edit.toPlainText() == "Be"
    page.flush()
    assert page.sent == [Settings(text_size=150, system_prompt="Be", **KEPT)]


def test_a_huge_text_does_not_hold_the_page_up(page, qtbot):
    edit = page.findChild(QPlainTextEdit, "setting-system_prompt")
    text = "A sentence of the prompt.\n" * 40_000
    edit.setPlainText(text)
    page.flush()
    assert page.sent[-1].system_prompt == text


def test_restoring_asks_first_and_keeps_chats_and_models(page, qtbot):
    page.show_settings(Settings(theme=Theme.dark, threads=7, system_prompt="x", **KEPT))
    page.findChild(QPushButton, "restore-defaults").click()
    question = page.findChild(QMessageBox, "restore-question")
    assert page.sent == []
    assert question.defaultButton() is question.button(QMessageBox.StandardButton.Cancel)
    next(b for b in question.buttons() if b.text() == "Restore").click()
    assert page.sent == [Settings(**KEPT)]
    assert page.findChild(Choice, "setting-theme").currentText() == "As the system"
    assert page.findChild(QPlainTextEdit, "setting-system_prompt").toPlainText() == ""


def test_not_restoring_changes_nothing(page, qtbot):
    changed = Settings(theme=Theme.dark, **KEPT)
    page.show_settings(changed)
    page.findChild(QPushButton, "restore-defaults").click()
    question = page.findChild(QMessageBox, "restore-question")
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert page.sent == []
    assert page.findChild(Choice, "setting-theme").currentText() == "Dark"


def test_the_folder_is_shown_and_opened(page, qtbot, desktop, tmp_path):
    assert page.findChild(QLabel, "data-folder").text() == str(tmp_path)
    page.findChild(QPushButton, "open-data-folder").click()
    assert desktop.opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_version_and_privacy_are_stated(page):
    assert chatdesk.__version__ in page.findChild(QLabel, "version").text()
    assert page.findChild(QLabel, "privacy").text().count(". ") == 2


def test_every_control_is_reached_by_the_tab_key(page, qtbot):
    first = page.findChild(Choice, "setting-theme")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    reached = []
    for _ in range(40):
        reached.append(page.focusWidget().objectName())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    wanted = [f"setting-{name}" for names in shown_groups().values() for name in names]
    order = [name for name in dict.fromkeys(reached) if name.startswith("setting-")]
    assert order == wanted
    assert {"open-data-folder", "restore-defaults"} <= set(reached)


@pytest.mark.parametrize("width", [340, 500, 1600])
def test_it_fits_every_width(page, qtbot, width):
    page.resize(width, 600)
    qtbot.waitUntil(lambda: page.area.horizontalScrollBar().maximum() == 0)
    for group in shown_groups().values():
        for name in group:
            control = page.findChild(QWidget, f"setting-{name}")
            right = control.mapTo(page, control.rect().topRight()).x()
            assert 0 < right < width


def test_keys_for_quick_ask_are_chosen_where_the_platform_permits_it(qtbot):
    row, chosen = QuickAskRow(permitted=True), []
    qtbot.addWidget(row)
    row.chosen.connect(chosen.append)
    row.show_keys("Ctrl+Alt+K")
    assert row.findChild(QLabel, "quick-ask-keys").text() == "Keys: Ctrl+Alt+K"
    row.show()
    row.findChild(QPushButton, "choose-quick-ask").click()
    editor = row.findChild(KeyEditor)
    qtbot.keyClick(editor.findChild(QLineEdit, "pressed-keys"), Qt.Key.Key_F9)
    editor.findChild(QPushButton, "use-keys").click()
    assert chosen == ["F9"]
    other = QuickAskRow(permitted=False)
    qtbot.addWidget(other)
    assert other.findChild(QPushButton, "choose-quick-ask") is None
