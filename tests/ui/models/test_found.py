"""What was found on this computer, and the switch that uses it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from chatdesk.domain.library import FoundModel
from chatdesk.ui.models.found import FoundCard

LLAMA = FoundModel(Path("/a.gguf"), "llama3:8b", "Ollama", 4_000_000_000)
QWEN = FoundModel(Path("/b.gguf"), "Qwen3-4B", "LM Studio", 2_500_000_000)


@pytest.fixture
def card(qtbot):
    made = FoundCard()
    qtbot.addWidget(made)
    made.show()
    return made


def words(card):
    return " | ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_it_says_how_many_usable_models_there_are_already(card):
    card.show_found([LLAMA, QWEN, LLAMA], used=False)
    assert card.sentence == (
        "You already have 3 usable models on this computer: Ollama 2, LM Studio 1; 10.5 GB."
    )
    assert "llama3:8b · Qwen3-4B" in words(card)
    assert "nothing is copied" in words(card)


def test_many_names_are_counted(card):
    card.show_found([QWEN] * 30, used=False)
    assert "and 22 more" in words(card)


def test_nothing_found_offers_nothing_to_switch(card):
    assert "No models" in card.sentence
    assert not card.switch.isVisible()
    assert "Use these" not in words(card)
    card.show_found([], used=True)
    assert card.switch.isVisible()


def test_only_the_user_s_click_switches(card, qtbot):
    sent = []
    card.switched.connect(sent.append)
    card.show_found([LLAMA], used=True)
    card.show_found([LLAMA], used=False)
    assert sent == []
    card.switch.click()
    assert sent == [True]


def test_a_folder_can_be_added(card, qtbot):
    with qtbot.waitSignal(card.folder_requested):
        card.findChild(QPushButton, "add-models-folder").click()
    card.show_searching()
    assert "Looking" in card.sentence
