"""What the model sees, walked through the real window: counts, pins, and the note of the beginning."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from chatdesk.domain.chat import ContextNote, Message, MessageState, Role, ShownMessage
from chatdesk.flows.chat import AnswerDone
from chatdesk.ui.transcript.rows import Footer
from tests.test_walks import SCRIPTED, Walk, start  # noqa: F401  the fixture


@pytest.fixture
def walk(start):  # noqa: F811
    """A chat whose first messages do not fit into the 4,096 tokens of the scripted model, a word each."""
    walk = start(SCRIPTED, make_titles=False)
    walk.ask("hello there")
    parent = walk.messages[-1].id
    for number in range(8):
        role = Role.assistant if number % 2 else Role.user
        message = Message(role, f"m{number} " + "w " * 700, parent)
        walk.app.chats.add(walk.chat.id, message)
        parent = message.id
    walk.app.chat.open(walk.chat.id)
    return walk


def opened(walk: Walk):
    """The sheet, opened by the shortcut, with its counts."""
    QTest.keyClick(
        walk.app.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    walk.app.chat_joints.context.open()  # a second time changes nothing
    view = walk.app.chat_joints.context._view
    walk.wait(lambda: "4,096" in view.used.text())
    return view


def rows(view):
    return [view.tree.topLevelItem(place).text(0) for place in range(view.tree.topLevelItemCount())]


def choose(view, beginning):
    place = next(i for i, text in enumerate(rows(view)) if beginning in text)
    view.tree.setCurrentItem(view.tree.topLevelItem(place))


def test_the_meter_counts_what_is_written_a_moment_after_the_last_key(walk):
    walk.wait(lambda: not walk.page.meter.isHidden())
    before = walk.page.meter.text()
    walk.qtbot.keyClicks(walk.page.composer.box, "three more words")
    walk.wait(lambda: walk.page.meter.text() != before)
    assert walk.page.meter.text().endswith("of 4,096 tokens")
    walk.page.composer.set_text("w " * 5000)
    walk.wait(lambda: walk.page.meter.text().startswith("Too long"))


def test_the_meter_is_not_there_for_a_new_chat(walk):
    walk.app.chat.new()
    walk.wait(walk.page.meter.isHidden)


def test_the_sheet_shows_where_the_view_begins(walk):
    view = opened(walk)
    listed = rows(view)
    border = listed.index("The model sees the chat from here on")
    assert "hello there" in listed[0]
    assert 0 < border < len(listed) - 1
    assert "You: m" in listed[border + 1]
    view.accept()


def test_a_message_is_pinned_and_told_although_it_no_longer_fits(walk):
    view = opened(walk)
    choose(view, "hello there")
    walk.qtbot.mouseClick(view.pin, Qt.MouseButton.LeftButton)
    walk.wait(lambda: view.pin.text().endswith("Unpin"))
    assert walk.messages[0].pinned
    assert view.tree.chosen.pinned
    QTest.keyClick(view.tree, Qt.Key.Key_Space)
    walk.wait(lambda: view.pin.text().endswith("Pin"))
    assert not walk.messages[0].pinned
    view.accept()


def test_a_message_is_pinned_by_its_menu_and_says_so(walk):
    branching, context = walk.app.chat_joints.branches.branching, walk.app.chat_joints.context
    first = walk.messages[0]

    def choose_in_menu(beginning):
        menu = QMenu(walk.page)
        branching.menu_opening.emit(menu, walk.app.chats.branch(walk.chat.id)[0])
        next(action for action in menu.actions() if action.text().startswith(beginning)).trigger()

    def status():
        entry = walk.page.transcript._by_id[first.id]
        return next(row.content.status for row in entry.ensure_rows() if isinstance(row.content, Footer))

    choose_in_menu("Pin into")
    assert walk.messages[0].pinned
    assert status() == "Pinned"
    choose_in_menu("Unpin")
    assert not walk.messages[0].pinned
    assert status() == ""
    walk.app.chats.update(replace(first, state=MessageState.streaming))
    context.pin(first.id, True)
    assert "being written" in walk.page.notice.text


def test_a_message_is_shown_in_the_chat(walk):
    view = opened(walk)
    choose(view, "m2")
    shown = walk.app.chat_joints.context.shown
    with walk.qtbot.waitSignal(shown) as signal:
        QTest.keyClick(view.tree, Qt.Key.Key_Return)
    assert signal.args == [walk.messages[4].id]


def test_the_model_writes_a_note_that_can_be_edited_and_deleted_and_brought_back(walk):
    view = opened(walk)
    walk.qtbot.mouseClick(view.write, Qt.MouseButton.LeftButton)
    walk.wait(lambda: walk.chat.note is not None and walk.app.chat_joints.context._job is None)
    assert "m0" in walk.chat.note.text  # the scripted model repeats what it is asked
    assert walk.app.chats.conversation(walk.chat.id).note == walk.chat.note
    walk.wait(lambda: "Note of the beginning" in rows(view))
    walk.wait(view.write.isHidden)
    view.note.setPlainText("They met.")
    walk.wait(lambda: walk.chat.note.text == "They met.")
    walk.qtbot.mouseClick(view.delete, Qt.MouseButton.LeftButton)
    assert walk.chat.note is None
    walk.qtbot.mouseClick(view.delete, Qt.MouseButton.LeftButton)
    assert walk.chat.note.text == "They met."
    view.note.setPlainText("They met in May.")
    view.accept()  # what was typed last is stored
    assert walk.app.chats.conversation(walk.chat.id).note.text == "They met in May."


def test_a_chat_with_a_note_that_moves_on_offers_to_renew_it(walk):
    walk.app.chat.chat.choose(note=ContextNote("Old.", walk.messages[1].id))
    answered = walk.messages[-1]
    moved = replace(answered, view_start=walk.messages[4].id)
    shown = ShownMessage(moved, walk.app.chats.versions(moved.id))
    walk.app.chat_joints.context.answered(AnswerDone(walk.chat.id, shown))
    assert "no longer fits" in walk.page.notice.text
    walk.page.notice.action.emit()
    walk.wait(lambda: walk.chat.note.text != "Old." and walk.app.chat_joints.context._job is None)
    walk.app.chat_joints.context._view.accept()


def test_closing_the_sheet_gives_up_the_note(walk):
    view = opened(walk)
    view.note_requested.emit()
    view.note_requested.emit()
    view.reject()
    walk.wait(lambda: walk.app.chat_joints.context._job is None)


def test_a_pinned_message_reaches_the_engine(start):  # noqa: F811
    walk = start(make_titles=False)
    first = walk.ask("Who are you?")
    parent = first.id
    for number in range(10):
        role = Role.assistant if number % 2 else Role.user
        message = Message(role, "Oslo is a city in Norway. " * 30, parent)
        walk.app.chats.add(walk.chat.id, message)
        parent = message.id
    walk.app.chat.open(walk.chat.id)
    walk.app.chat_joints.context.pin(first.id, True)
    answer = walk.ask("What is ChatDesk?")
    assert answer.view_start is not None
    assert answer.error == ""
