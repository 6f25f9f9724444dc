"""The models on this computer: what can be done with them, and how to get more."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from chatdesk.domain.models import InstalledModel, ModelHeader
from chatdesk.domain.settings import Settings
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.models import ModelFlow
from chatdesk.ui.models.advice import CATALOGUE
from chatdesk.ui.models.card import ModelCard
from chatdesk.ui.models.library import LibraryView
from chatdesk.ui.widgets.banner import Banner

HEADER = ModelHeader("Qwen3 4B", "qwen3", "Q4_K_M", 4_022_000_000, 36, 32768, "apache-2.0", True)
QWEN = InstalledModel(Path("/models/qwen.gguf"), "Qwen3 4B · Q4_K_M", 2_500_000_000, HEADER)
GONE = InstalledModel(
    Path("/gone/old.gguf"), "old", 0, None, problem="The model file “old.gguf” is not there."
)


@pytest.fixture
def starter_entry(starter):
    return ModelFlow(GgufFiles(), starter).installed(Settings())[0]


@pytest.fixture
def page(qtbot, starter_entry):
    made = LibraryView()
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show_models([starter_entry, QWEN, GONE], starter_entry.path)
    made.show()
    made.activateWindow()
    return made


class Opener(QObject):
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


def cards(page):
    return [card for card in page.findChildren(ModelCard) if card.isVisible()]


def card_of(page, model):
    return next(card for card in cards(page) if card.accessibleName() == model.title)


def button(card, name):
    return card.findChild(QPushButton, name)


def words(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_starter_says_plainly_that_it_is_a_demonstration(page, starter_entry):
    shown = words(card_of(page, starter_entry))
    assert "Demonstration" in shown
    assert "nothing else" in shown
    assert "5.5 M parameters · Q8_0 · 6.0 MB · context 2,048 tokens · llama" in shown
    assert "Licence: mit" in shown
    assert "In use" in shown


def test_only_the_starter_cannot_be_removed(page, starter_entry):
    assert button(card_of(page, starter_entry), "forget-model") is None
    assert button(card_of(page, QWEN), "forget-model") is not None
    assert button(card_of(page, GONE), "forget-model") is not None


def test_a_missing_file_gives_the_reason_and_cannot_be_used(page):
    card = card_of(page, GONE)
    assert "is not there" in words(card)
    assert not button(card, "use-model").isEnabled()


def test_every_button_says_to_a_screen_reader_which_model_it_is_for(page):
    for model in (QWEN, GONE):
        for each in card_of(page, model).findChildren(QPushButton):
            assert model.title in each.accessibleName()


def test_a_model_is_used_by_keyboard(page, qtbot):
    use = button(card_of(page, QWEN), "use-model")
    use.setFocus()
    with qtbot.waitSignal(page.use_requested) as sent:
        qtbot.keyClick(use, Qt.Key.Key_Space)
    assert sent.args == [QWEN.path]


def test_the_folder_of_a_model_is_opened(page, desktop, starter_entry):
    button(card_of(page, starter_entry), "show-model").click()
    assert desktop.opened == [QUrl.fromLocalFile(str(starter_entry.path.parent))]
    assert not button(card_of(page, GONE), "show-model").isEnabled()


def test_removing_a_model_can_be_undone(page, qtbot, starter_entry):
    with qtbot.waitSignal(page.forget_requested) as sent:
        button(card_of(page, QWEN), "forget-model").click()
    assert sent.args == [QWEN.path]
    page.show_models([starter_entry, GONE], starter_entry.path)
    assert len(cards(page)) == 2
    banner = page.findChild(Banner)
    assert QWEN.title in banner.text
    assert "still there" in banner.text
    with qtbot.waitSignal(page.restore_requested) as undone:
        banner.findChild(QPushButton, "banner-action").click()
    assert undone.args == [QWEN.path]
    assert not banner.isVisible()


def test_removing_a_model_whose_file_is_gone_does_not_claim_that_it_is_there(page):
    button(card_of(page, GONE), "forget-model").click()
    assert "still there" not in page.findChild(Banner).text


def test_a_problem_is_shown_with_its_advice_and_without_undo(page):
    button(card_of(page, QWEN), "forget-model").click()
    page.show_problem("“x.gguf” cannot be used as a model.", "Download the file again.")
    banner = page.findChild(Banner)
    assert banner.text == "“x.gguf” cannot be used as a model. Download the file again."
    assert not banner.findChild(QPushButton, "banner-action").isVisible()


def test_the_website_opens_only_when_its_button_is_pressed(page, desktop):
    website = page.findChild(QPushButton, "open-website")
    assert CATALOGUE in website.toolTip()
    assert desktop.opened == []
    website.click()
    assert desktop.opened == [QUrl(CATALOGUE)]
    assert desktop.opened[0].toString() == "https://huggingface.co/models?library=gguf&sort=trending"


def test_the_size_that_fits_this_computer_is_said(page):
    advice = page.findChild(QLabel, "memory-advice").text()
    assert advice.count("GB") + advice.count("MB") == 3


def test_the_keyboard_stays_on_the_same_button_when_the_list_is_shown_again(page, qtbot, starter_entry):
    button(card_of(page, QWEN), "use-model").setFocus()
    page.show_models([starter_entry, QWEN, GONE], QWEN.path)
    qtbot.waitUntil(lambda: len(cards(page)) == 3)
    assert page.focusWidget() is button(card_of(page, QWEN), "use-model")
    button(card_of(page, QWEN), "forget-model").setFocus()
    page.show_models([starter_entry], starter_entry.path)
    assert page.focusWidget().objectName() == "find-more"


def test_what_has_not_changed_is_not_made_anew(page, starter_entry):
    first, second, third = cards(page)
    page.show_models([starter_entry, replace(QWEN, title="Mine"), GONE], starter_entry.path)
    assert [card.accessibleName() for card in cards(page)] == [starter_entry.title, "Mine", "old"]
    assert cards(page)[0] is first
    assert second.isHidden()
    assert third.isHidden()
    now = cards(page)
    page.show_models([starter_entry, replace(QWEN, title="Mine"), GONE], starter_entry.path)
    assert cards(page) == now


def test_names_of_models_are_text_and_never_markup(page, qtbot):
    title = "<img src='file:///etc/passwd'><b>x</b>"
    page.show_models([replace(QWEN, title=title, path=Path("/<b>m</b>.gguf"))], None)
    for label in card_of(page, replace(QWEN, title=title)).findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in cards(page)[0].toolTip()


def test_a_model_of_which_little_is_known_has_no_empty_facts(page):
    header = ModelHeader("", "", "", 0, 0, 0, "", False)
    page.show_models([replace(QWEN, header=header)], None)
    shown = words(cards(page)[0])
    assert "0" not in shown.replace(QWEN.title, "").replace("2.5 GB", "")
    assert "Licence" not in shown


def test_two_hundred_models_and_a_very_long_name_are_no_trouble(page, qtbot):
    many = [replace(QWEN, path=Path(f"/m/{i}.gguf"), title=f"Model {i} " + "x" * 300) for i in range(200)]
    page.show_models(many, many[3].path)
    page.show_models(many[:2], None)
    qtbot.waitUntil(lambda: len(page.findChildren(ModelCard)) == 2)


@pytest.mark.parametrize("width", [320, 500, 1600])
def test_it_fits_every_width(page, qtbot, width):
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() == 0)
    for each in page.findChildren(QPushButton):
        if each.isVisible():
            assert 0 < each.mapTo(page, each.rect().topRight()).x() < width


def test_more_models_are_one_press_away(page, qtbot):
    with qtbot.waitSignal(page.find_requested):
        page.findChild(QPushButton, "find-more").click()
