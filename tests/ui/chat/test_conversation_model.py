"""The list of chats: headings by age, renaming, and the chat to show when one goes."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from chatdesk.domain.chat import Conversation
from chatdesk.ui.chat.conversation_model import ChatRole, ConversationModel, age_group

NOW = datetime(2026, 11, 20, 15, 0).astimezone()


def chat(title, **ago):
    return Conversation(title, updated=NOW.astimezone(UTC) - timedelta(**ago))


@pytest.fixture
def model(qapp):
    model = ConversationModel()
    model.show([chat("a", hours=1), chat("b", hours=2), chat("c", days=1), chat("d", days=40)], NOW)
    return model


def texts(model):
    return [model.index(row).data() for row in range(model.rowCount())]


def test_chats_stand_below_headings_by_age(model, qtmodeltester):
    assert texts(model) == ["Today", "a", "b", "Yesterday", "c", "Older", "d"]
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("ago", "group"),
    [
        (timedelta(hours=14, minutes=59), "Today"),
        (timedelta(hours=15, minutes=1), "Yesterday"),
        (timedelta(days=2), "This week"),
        (timedelta(days=6), "This week"),
        (timedelta(days=7), "Older"),
        (timedelta(days=-1), "Today"),
    ],
)
def test_days_change_at_midnight_and_not_after_24_hours(ago, group):
    assert age_group(NOW - ago, NOW) == group


def test_headings_can_be_neither_selected_nor_edited(model):
    assert model.index(0).flags() == Qt.ItemFlag.NoItemFlags
    assert not model.setData(model.index(0), "x")


def test_renaming_asks_and_ignores_an_empty_title(model, qtbot):
    with qtbot.waitSignal(model.renamed) as renamed:
        assert model.setData(model.index(1), "  a \n better name ")
    assert renamed.args[1] == "a better name"
    assert not model.setData(model.index(1), "   ")


def test_a_busy_chat_says_so_to_screen_readers(model, qtbot):
    busy = model.conversation_at(model.index(1)).id
    with qtbot.waitSignal(model.dataChanged):
        model.set_busy(frozenset({busy}))
    assert model.index(1).data(ChatRole.is_busy)
    assert "being written" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_when_a_chat_goes_the_one_below_follows_else_the_one_above(model):
    ids = [model.conversation_at(model.index(row)).id for row in (1, 2, 4, 6)]
    assert [model.neighbour_of(i).title for i in ids] == ["b", "c", "d", "c"]
    lone = ConversationModel()
    one = chat("only")
    lone.show([one], NOW)
    assert lone.neighbour_of(one.id) is None
    assert lone.neighbour_of(ids[0]) is None


def test_showing_the_same_chats_again_resets_nothing(model, qtbot):
    shown = [model.conversation_at(model.index(row)) for row in (1, 2, 4, 6)]
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(shown, NOW)
