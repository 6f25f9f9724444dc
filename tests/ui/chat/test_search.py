"""The search over all chats, as a user types and chooses in it."""

from datetime import UTC, datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from chatdesk.domain.chat import Conversation, Folder, Message, Role, SearchHit
from chatdesk.domain.chat_query import ChatNames, ChatQuery
from chatdesk.storage.chat_search import ChatSearch
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.search_rows import day_of, where
from chatdesk.ui.chat.searching import Searching

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def hit(title, **more):
    return SearchHit("chat", title, "message", f"{title} 😀 words", ((0, 2),), NOW, **more)


class Slow:
    """Answers the first question only when it is told to."""

    def __init__(self):
        self.go_on, self.began, self.asked = Event(), Event(), []

    def search(self, query, limit=50):
        self.asked.append(query.words)
        self.began.set()
        if len(self.asked) == 1:
            assert self.go_on.wait(20)
        return [hit(" ".join(query.words))]

    def names(self):
        return ChatNames()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def opened(qtbot, window):
    """Open the search over what is given; what was chosen is kept in `chosen`."""

    def open_on(chats):
        searching = Searching(chats, window)
        searching.picked = []
        searching.chosen.connect(lambda *chosen: searching.picked.append(chosen))
        searching.open()
        return searching

    yield open_on
    for dialog in window.findChildren(QDialog):
        dialog.close()


@pytest.fixture
def stored(tmp_path):
    """A database with a chat about pie in a folder, and one about pears."""
    database = Database(tmp_path / "chats.sqlite")
    store = ChatStore(database)
    folder = Folder("Summer trips")
    FolderStore(database).save(folder)
    for title in ("pies", "pears"):
        chat = Conversation(title, folder=folder.id if title == "pies" else None, tags=("sweet",))
        store.save(chat)
        store.add(chat.id, Message(Role.user, f"how are {title} made?"))
    yield ChatSearch(database)
    database.close()


def titles(dialog):
    return [
        dialog.model.index(row).data(Qt.ItemDataRole.UserRole).title for row in range(dialog.model.rowCount())
    ]


def chips(dialog):
    return [part.text() for part in dialog.chips.parts]


def test_a_place_is_chosen_without_the_mouse(qtbot, opened, stored):
    searching = opened(stored)
    dialog = searching.dialog
    qtbot.waitUntil(lambda: bool(dialog._names.folders))
    qtbot.keyClicks(dialog.field, "made folder:su")
    assert chips(dialog) == ['folder:"Summer trips"']
    dialog.chips.parts[0].setFocus()
    qtbot.keyClick(dialog.chips.parts[0], Qt.Key.Key_Space)
    assert dialog.field.text() == 'made folder:"Summer trips" '
    assert dialog.field.hasFocus()
    qtbot.waitUntil(lambda: titles(dialog) == ["pies"])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert searching.picked[0][1]
    assert not dialog.isVisible()


def test_the_arrows_walk_through_the_places_while_one_types(qtbot, opened, stored):
    dialog = opened(stored).dialog
    qtbot.keyClicks(dialog.field, "made")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.hits.currentIndex().row() == 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_PageUp)
    assert dialog.hits.currentIndex().row() == 0


def test_only_the_answer_to_the_newest_words_is_shown(qtbot, opened):
    slow = Slow()
    dialog = opened(slow).dialog
    qtbot.keyClicks(dialog.field, "a")
    assert slow.began.wait(20)
    qtbot.keyClicks(dialog.field, "bcd")
    slow.go_on.set()
    qtbot.waitUntil(lambda: titles(dialog) == ["abcd"])
    assert slow.asked == [("a",), ("abcd",)]


def test_enter_waits_for_the_places_of_what_was_typed(qtbot, opened):
    slow = Slow()
    searching = opened(slow)
    qtbot.keyClicks(searching.dialog.field, "pie")
    qtbot.keyClick(searching.dialog.field, Qt.Key.Key_Return)
    assert searching.picked == []
    slow.go_on.set()
    qtbot.waitUntil(lambda: searching.picked == [("chat", "message")])


def test_nothing_found_says_what_to_try(qtbot, opened, stored):
    dialog = opened(stored).dialog
    for typed, advice in (
        ("plums", "beginning of the word"),
        ("plums pears", "fewer"),
        ("made before:2020", "before:"),
        ("tag:none", "names and days"),
        ("-pears", "Type a word"),
    ):
        dialog.field.setText(typed)
        qtbot.waitUntil(lambda advice=advice: advice in dialog.nothing.text())
        assert dialog.pages.currentWidget() is dialog.nothing


def test_the_beginning_offers_every_prefix(qtbot, opened, stored):
    dialog = opened(stored).dialog
    assert dialog.pages.currentWidget() is dialog.beginning
    offered = dialog.beginning.findChildren(QPushButton)
    assert "tag:" in [button.text() for button in offered]
    qtbot.mouseClick(next(button for button in offered if button.text() == "tag:"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "tag:sweet" in chips(dialog))
    dialog.field.clear()
    assert dialog.pages.currentWidget() is dialog.beginning


def test_rows_are_drawn_and_read_aloud(qtbot, opened, stored):
    dialog = opened(stored).dialog
    dialog.field.setText("x")
    found = [
        hit("pie", folder="A / B", tags=("sweet",), archived=True),
        SearchHit("c", "", None, "", (), NOW),
    ]
    qtbot.waitUntil(lambda: dialog._shown == "x")
    dialog.show_found("x", ChatQuery(("x",)), found)
    assert where(found[0]) == "Archived · A / B · #sweet"
    assert dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"pie. Archived · A / B · #sweet. {day_of(found[0])}. pie 😀 words"
    )
    assert not dialog.hits.grab().isNull()
