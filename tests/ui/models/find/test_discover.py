"""What is recommended before anything is searched for."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from chatdesk import paths
from chatdesk.domain.catalogue import CatalogueModel, Purpose
from chatdesk.flows.models import Memory
from chatdesk.hub.catalogue import read_catalogue
from chatdesk.ui.models.find.discover import Discover
from chatdesk.ui.models.find.recommended import RecommendedCard, line_words
from chatdesk.ui.widgets.badge import Badge

GB = 10**9
SMALL = CatalogueModel("a/Small", "s.gguf", "Small", Purpose.chat, 4, GB, "MIT", "English", "Quick answers.")
LARGE = replace(SMALL, repository="a/Large", title="Large", memory=16, bytes=9 * GB)
WORDS = replace(SMALL, repository="a/Words", title="Words", purpose=Purpose.translation)


def idle(size):
    """Return the memory of a machine with so many GB, almost all of which is free."""
    return Memory(size * GB, round(0.95 * size * GB))


@pytest.fixture
def discover(qtbot):
    made = Discover()
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


def shown(discover):
    return [card for card in discover.findChildren(RecommendedCard) if card.isVisibleTo(discover)]


def titles(discover):
    return [card.model.title for card in shown(discover)]


def words(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_best_that_suits_the_memory_comes_first(discover):
    discover.show_models([SMALL, LARGE, WORDS], idle(16))
    assert titles(discover) == ["Large", "Small", "Words"]
    assert [len(card.findChildren(Badge)) for card in shown(discover)] == [1, 0, 1]
    assert [bool(card.button.property("primary")) for card in shown(discover)] == [True, False, False]


def test_the_first_choice_fits_into_what_other_programs_leave_free(discover):
    discover.show_models([SMALL, LARGE], Memory(16 * GB, 6 * GB))
    assert titles(discover) == ["Small", "Large"]
    small, large = shown(discover)
    assert small.findChildren(Badge)
    assert not large.findChildren(Badge)
    assert "Close other programs" not in words(small)
    assert "Close other programs before you use it: 6.0 GB of memory are free now." in words(large)


def test_what_is_too_large_is_left_out(discover):
    discover.show_models([SMALL, LARGE], idle(8))
    assert titles(discover) == ["Small"]


def test_a_card_says_size_time_licence_and_languages(discover):
    discover.show_models([LARGE], idle(16))
    card = words(shown(discover)[0])
    assert "9.0 GB · about 24 min to download" in card
    assert "Licence: MIT" in card
    assert "English" in card
    assert "Quick answers." in card


def test_how_the_time_was_reckoned_is_said(discover):
    discover.show_models([LARGE], idle(16))
    why = discover.findChild(QLabel, "recommended-why")
    assert "16.0 GB of memory" in why.text()
    assert "50 Mbit/s" in why.text()
    discover.show_models([LARGE], idle(16), speed=12.5e6)
    assert "100 Mbit/s, as measured last" in why.text()
    assert "about 12 min" in words(shown(discover)[0])
    discover.show_models([LARGE], Memory(40 * GB, 30 * GB, 24 * GB))
    assert "40.0 GB of memory, 24.0 GB of them on graphics cards" in why.text()


def test_all_of_them_can_be_shown(discover):
    discover.show_models([SMALL, LARGE, WORDS], idle(4))
    assert titles(discover) == ["Small", "Words"]
    toggle = discover.findChild(QPushButton, "all-recommended")
    toggle.click()
    assert titles(discover) == ["Small", "Large", "Words"]
    toggle.click()
    assert titles(discover) == ["Small", "Words"]


def test_models_that_chatdesk_itself_does_not_use_stand_among_all_of_them_alone(discover):
    finds = replace(SMALL, repository="a/Finds", title="Finds", purpose=Purpose.embedding)
    discover.show_models([SMALL, finds], idle(16))
    assert titles(discover) == ["Small"]
    discover.findChild(QPushButton, "all-recommended").click()
    assert titles(discover) == ["Small", "Finds"]
    assert "For other programs" in words(discover)


def test_a_machine_with_too_little_memory_is_told_so(discover):
    discover.show_models([LARGE], idle(2))
    assert titles(discover) == ["Large"]
    assert "less than any" in discover.findChild(QLabel, "recommended-why").text()


def test_every_button_says_to_a_screen_reader_which_model_it_is_for(discover):
    discover.show_models([SMALL, LARGE], idle(16))
    for card in shown(discover):
        assert all(card.model.title in each.accessibleName() for each in card.findChildren(QPushButton))


def test_models_of_other_applications_are_told_of(discover):
    discover.show_models([SMALL], idle(16))
    assert not discover.notice.isVisible()
    discover.tell_usable(3)
    assert "You already have 3 usable models" in discover.notice.text
    discover.tell_usable(0)
    assert not discover.notice.isVisible()


@pytest.mark.parametrize(("width", "columns"), [(420, 1), (700, 2), (1040, 3)])
def test_as_many_cards_stand_beside_each_other_as_fit(discover, qtbot, width, columns):
    discover.resize(width, 800)
    discover.show_models(read_catalogue(paths.assets() / "models.toml"), idle(16))

    def beside():
        cards = shown(discover)
        top = cards[0].mapTo(discover, cards[0].rect().topLeft()).y()
        return sum(card.mapTo(discover, card.rect().topLeft()).y() == top for card in cards)

    qtbot.waitUntil(lambda: beside() == columns)
    qtbot.waitUntil(lambda: discover.horizontalScrollBar().maximum() == 0)


def test_times_follow_the_line_as_it_was_measured(discover):
    discover.show_models([SMALL], idle(16))
    assert "about 3 min" in words(discover)
    assert "yours may be faster or slower" in words(discover)
    button = shown(discover)[0].button
    discover.show_speed(1e6)
    assert "about 17 min" in words(discover)
    assert "a line of 8 Mbit/s, as measured last" in words(discover)
    assert shown(discover)[0].button is button


@pytest.mark.parametrize(("speed", "told"), [(50e3, "0.4"), (1.3e6, "10"), (125e6, "1000"), (1, "0.1")])
def test_the_speed_of_a_line_is_told_in_few_digits(speed, told):
    assert line_words(speed) == f"{told} Mbit/s"
