"""The list of chats with its buttons, at any text size."""

import pytest

from chatdesk.domain.settings import Theme
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.theme import Themes


@pytest.fixture
def themes(qapp):
    made = Themes()
    yield made
    made.apply(Theme.light, 100)
    made.stop()


@pytest.fixture
def page(qtbot, themes):
    page = ChatPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


@pytest.mark.parametrize("text_size", [100, 150, 220])
def test_no_button_cuts_its_words_off(page, themes, text_size):
    themes.apply(Theme.light, text_size)
    page.sidebar.layout().activate()
    for button in (page.sidebar.new_chat, page.sidebar.bin):
        assert button.height() >= button.sizeHint().height()
        assert button.width() >= button.sizeHint().width()


def test_larger_text_widens_the_list_of_chats_which_goes_where_there_is_no_room(page, themes):
    before = page.sidebar.width()
    assert page.note.text().startswith("Enter sends")
    themes.apply(Theme.light, 150)
    assert page.note.text().startswith("Models make mistakes")  # in one line beside the count of tokens
    assert page.sidebar.minimumWidth() > before
    page.resize(700, 600)
    assert page.sidebar.isHidden()
    themes.apply(Theme.light, 100)
    assert not page.sidebar.isHidden()
