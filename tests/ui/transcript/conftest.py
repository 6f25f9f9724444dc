"""A view on screen, and messages to show in it."""

import pytest

from chatdesk.domain.chat import Message, Role, ShownMessage, Versions
from chatdesk.ui.transcript.view import TranscriptView


@pytest.fixture
def view(qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def shown():
    """Make a message as the store gives it: role, text, then fields of Message; versions=(count, place)."""

    def make(role, text, versions=(1, 0), **fields):
        message = Message(Role(role), text, **fields)
        count, place = versions
        ids = tuple(message.id if number == place else f"other-{number}" for number in range(count))
        return ShownMessage(message, Versions(ids, place))

    return make
