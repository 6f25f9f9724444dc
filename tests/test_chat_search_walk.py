"""The walk of a user who looks for a message in all chats, in the real window, without the mouse."""

import pytest
from PySide6.QtCore import Qt

from chatdesk import app as application
from chatdesk.domain.chat import Conversation, Folder, Message, Role
from chatdesk.paths import find_home
from chatdesk.storage.folders import FolderStore


@pytest.fixture
def app(qtbot):
    built = application.build(find_home(), "tests.fakes.backends:Scripted")
    qtbot.addWidget(built.window)
    built.window.show()
    yield built
    built.window.close()
    built.close()


def test_a_message_is_found_by_folder_and_day_and_shown_in_its_place(qtbot, app):
    folder = Folder("Garden plans")
    FolderStore(app.database).save(folder)
    for title, place in (("Trees", folder.id), ("Cakes", None)):
        chat = Conversation(title, folder=place, tags=("fruit",))
        app.chats.save(chat)
        first = Message(Role.user, f"{title} of every kind")
        app.chats.add(chat.id, first)
        parent = wanted = Message(Role.assistant, "Apples need sun.", parent=first.id)
        app.chats.add(chat.id, wanted)
        for number in range(40):
            more = Message(Role.user, f"line {number}\n\n" * 5, parent=parent.id)
            app.chats.add(chat.id, more)
            parent = more
        app.chats.add(chat.id, Message(Role.assistant, "Another answer.", parent=first.id))
        if place:
            sought = (chat.id, wanted.id)
    app.chat.new()
    app.chat.search()
    dialog = app.window.findChild(object, "search-dialog")
    qtbot.waitUntil(lambda: bool(dialog._names.folders))
    qtbot.keyClicks(dialog.field, "apples after:yesterday folder:g")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Tab)
    assert dialog.chips.parts[0].hasFocus()
    qtbot.keyClick(dialog.chips.parts[0], Qt.Key.Key_Space)
    assert dialog.field.text() == 'apples after:yesterday folder:"Garden plans" '
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.chat.chat.conversation.id == sought[0])
    assert sought[1] in [shown.message.id for shown in app.chats.branch(sought[0])]
    column = app.chat.page.transcript
    qtbot.waitUntil(lambda: column.text_of(sought[1]) == "Apples need sun.")
    bar = column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() < bar.maximum() / 4
