"""Folders, pins, archive, tags and bin, in the real window: by drag, by keyboard, and after a restart."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton

from chatdesk import app as application
from chatdesk.domain.chat import Conversation, Folder, Message, Role
from chatdesk.paths import find_home
from chatdesk.ui.chat.bin import BinDialog
from chatdesk.ui.chat.chat_menu import menu_of
from chatdesk.ui.chat.chat_outline import walk
from chatdesk.ui.chat.folder_dialog import FolderDialog
from chatdesk.ui.chat.folder_picker import FolderPicker
from chatdesk.ui.chat.tags import TagsDialog


class Walk:
    """A window with the sidebar at hand."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.app = application.build(find_home(), "tests.fakes.backends:Scripted")
        self.app.settings.change(make_titles=False)
        qtbot.addWidget(self.app.window)
        self.app.window.resize(1000, 800)
        self.app.window.show()
        self.page = self.app.chat.page
        self.list = self.page.sidebar.list
        self.folders = self.app.chat.chat.choosing.folders

    def chat(self, title, **fields):
        chat = Conversation(title, **fields)
        self.app.chats.save(chat)
        self.app.chats.add(chat.id, Message(Role.user, f"About {title}"))
        self.app.chat.list.refresh()
        return chat

    def folder(self, name, parent=None, **fields):
        folder = Folder(name, parent and parent.id, **fields)
        self.folders.save(folder)
        self.app.chat.list.refresh()
        return folder

    @property
    def rows(self):
        """What can be seen in the list, from top to bottom; what lies below something is moved in."""
        found, index = [], self.list.model().index(0, 0)
        while index.isValid():
            found.append("." * self.list.chats.node_at(index).depth + index.data())
            index = self.list.indexBelow(index)
        return found

    def index(self, title):
        node = next(node for node in walk(self.list.chats._root) if node.text == title)
        return self.list.chats._index_of(node)

    def middle(self, title):
        return self.list.visualRect(self.index(title)).center()

    def select(self, *titles):
        self.list.clearSelection()
        for title in titles:
            self.list.setCurrentIndex(self.index(title))
        mode = self.list.selectionModel().SelectionFlag.Select
        for title in titles:
            self.list.selectionModel().select(self.index(title), mode)
        self.list.setFocus()

    def drag(self, titles, onto):
        """Drag rows with the events that a mouse makes; `onto` is a title or a place in the list."""
        self.select(*titles)
        data = self.list.model().mimeData([self.index(title) for title in titles])
        where = onto if isinstance(onto, QPoint) else self.middle(onto)
        rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        viewport = self.list.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(where, Qt.DropAction.MoveAction, *rest))
        move = QDragMoveEvent(where, Qt.DropAction.MoveAction, *rest)
        QApplication.sendEvent(viewport, move)
        if move.isAccepted():
            QApplication.sendEvent(viewport, QDropEvent(QPointF(where), Qt.DropAction.MoveAction, *rest))
        return move.isAccepted()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, on=None):
        self.qtbot.keyClick(on or self.list, key, modifier)

    def dialog(self, kind):
        found = self.app.window.findChildren(kind)
        return next(each for each in found if each.isVisible())

    def undo(self):
        self.page.notice.findChild(QPushButton, "banner-action").click()

    def close(self):
        self.app.window.close()


@pytest.fixture
def walk_(qtbot):
    opened = Walk(qtbot)
    yield opened
    opened.close()


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_folder_is_made_named_filled_by_drag_nested_and_still_there_after_a_restart(walk_, qtbot):
    walk = walk_
    bread = walk.chat("Bread")
    walk.chat("Taxes")
    walk.press(Qt.Key.Key_N, CTRL | SHIFT)
    editor = walk.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Kitchen")
    walk.press(Qt.Key.Key_Return, on=editor)
    qtbot.waitUntil(lambda: [folder.name for folder in walk.folders.folders()] == ["Kitchen"], timeout=3000)
    home = walk.folder("Home")
    assert walk.drag(["Bread"], "Kitchen")
    assert walk.rows == ["Folders", "Home", "Kitchen", ".Bread", "Today", "Taxes"]
    assert walk.drag(["Kitchen"], "Home")
    assert walk.rows == ["Folders", "Home", ".Kitchen", "..Bread", "Today", "Taxes"]
    assert not walk.drag(["Home"], "Kitchen")
    walk.app.chat.open(bread.id)
    assert walk.page.header.place.toolTip() == "<qt>Folder: Home › Kitchen</qt>"
    walk.close()
    again = Walk(qtbot)
    assert again.rows == ["Folders", "Home", ".Kitchen", "..Bread", "Today", "Taxes"]
    assert again.drag(["Bread", "Taxes"], QPoint(20, again.list.viewport().height() - 4))
    assert again.app.chats.conversation(bread.id).folder is None
    again.undo()
    assert again.rows == ["Folders", "Home", ".Kitchen", "..Bread", "Today", "Taxes"]
    assert again.folders.folder(home.id) is not None
    again.close()


def test_pin_archive_and_their_way_back_by_keyboard(walk_):
    walk = walk_
    walk.chat("Old")
    walk.chat("New")
    walk.select("Old")
    walk.press(Qt.Key.Key_D, CTRL)
    assert walk.rows == ["Pinned", "Old", "Today", "New"]
    walk.select("New")
    walk.press(Qt.Key.Key_H, CTRL | SHIFT)
    assert walk.rows == ["Pinned", "Old", "Archive"]
    assert walk.page.notice.text == "“New” is in the archive now."
    walk.press(Qt.Key.Key_Z, CTRL)
    walk.press(Qt.Key.Key_Z, CTRL)
    assert walk.rows == ["Today", "New", "Old"]
    walk.select("New", "Old")
    walk.press(Qt.Key.Key_H, CTRL | SHIFT)
    walk.select("Archive")
    walk.press(Qt.Key.Key_Return)
    assert walk.rows == ["Archive", ".New", ".Old"]
    walk.undo()
    assert walk.rows == ["Today", "New", "Old"]
    assert walk.drag(["Old"], "New")  # nothing to do there, and nothing happens
    assert walk.rows == ["Today", "New", "Old"]


def test_a_folder_is_deleted_with_all_inside_and_comes_back_whole(walk_):
    walk = walk_
    work = walk.folder("Work")
    taxes = walk.folder("Taxes", work)
    letter = walk.chat("Letter", folder=taxes.id)
    walk.chat("Other")
    walk.app.chat.open(letter.id)
    assert walk.rows == ["Folders", "Work", ".Taxes", "..Letter", "Today", "Other"]
    walk.select("Work")
    walk.press(Qt.Key.Key_Delete)
    assert walk.rows == ["Today", "Other"]
    assert walk.app.chat.chat.conversation.title == "Other"
    assert walk.page.notice.text == "The folder “Work” was deleted with all inside: 1 chat."
    walk.undo()
    assert walk.rows == ["Folders", "Work", ".Taxes", "..Letter", "Today", "Other"]
    assert walk.app.chat.chat.conversation.title == "Letter"


def test_several_are_deleted_at_once_and_come_back_with_one_undo(walk_):
    walk = walk_
    for title in "cba":
        walk.chat(title)
    walk.app.chat.open(walk.list.chats.conversation_at(walk.index("b")).id)
    walk.select("a", "b")
    walk.press(Qt.Key.Key_Delete)
    assert walk.rows == ["Today", "c"]
    assert walk.page.notice.text == "2 chats were deleted."
    walk.press(Qt.Key.Key_Z, CTRL)
    assert walk.rows == ["Today", "a", "b", "c"]


def test_a_folder_is_found_by_typing_and_a_new_one_made_on_the_way(walk_, qtbot):
    walk = walk_
    work = walk.folder("Work")
    taxes = walk.folder("Taxes", work)
    chat = walk.chat("Letter")
    walk.select("Letter")
    walk.press(Qt.Key.Key_F, CTRL | SHIFT)
    picker = walk.dialog(FolderPicker)
    assert [picker.list.item(row).text() for row in range(picker.list.count())] == [
        "Work", "Work › Taxes", "No folder",
    ]  # fmt: skip
    qtbot.keyClicks(picker.field, "tax")
    walk.press(Qt.Key.Key_Return, on=picker.field)
    assert walk.app.chats.conversation(chat.id).folder == taxes.id
    walk.app.chat.open(chat.id)
    walk.page.header.place.click()
    picker = walk.dialog(FolderPicker)
    qtbot.keyClicks(picker.field, "Garden")
    walk.press(Qt.Key.Key_Down, on=picker.field)
    walk.press(Qt.Key.Key_Return, on=picker.field)
    garden = next(folder for folder in walk.folders.folders() if folder.name == "Garden")
    assert walk.app.chats.conversation(chat.id).folder == garden.id


def test_tags_are_given_to_several_chats_and_stand_beside_their_titles(walk_, qtbot):
    walk = walk_
    first, second = walk.chat("one", tags=("home",)), walk.chat("two")
    walk.select("one", "two")
    walk.press(Qt.Key.Key_T, CTRL)
    dialog = walk.dialog(TagsDialog)
    assert dialog.list.item(0).checkState() is Qt.CheckState.PartiallyChecked
    qtbot.keyClicks(dialog.field, "#urgent matter")
    walk.press(Qt.Key.Key_Return, on=dialog.field)
    walk.press(Qt.Key.Key_Return, on=dialog.field)
    assert walk.app.chats.conversation(first.id).tags == ("home", "urgent matter")
    assert walk.app.chats.conversation(second.id).tags == ("urgent matter",)
    walk.undo()
    assert walk.app.chats.conversation(first.id).tags == ("home",)
    assert walk.app.chats.conversation(second.id).tags == ()


def test_the_bin_restores_and_removes_for_good_after_a_question(walk_, qtbot):
    walk = walk_
    walk.chat("kept")
    gone, lost = walk.chat("gone"), walk.chat("lost")
    folder = walk.folder("Box")
    inside = walk.chat("inside", folder=folder.id)
    walk.app.chat.list.delete(lost.id)
    walk.app.chat.list.delete(gone.id)
    walk.select("Box")
    walk.press(Qt.Key.Key_Delete)
    walk.press(Qt.Key.Key_B, CTRL | SHIFT)
    dialog = walk.dialog(BinDialog)
    names = [dialog.list.item(row).text().splitlines()[0] for row in range(dialog.list.count())]
    assert names == ["Box", "gone", "lost"]
    dialog.list.setCurrentRow(0)
    dialog.restore.click()
    assert walk.app.chats.conversation(inside.id).folder == folder.id
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    box = walk.dialog(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Delete for good").click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=3000)
    dialog.empty.click()
    walk.dialog(QMessageBox).defaultButton().click()  # Cancel
    assert dialog.list.count() == 1
    dialog.close_button.click()
    assert "Box" in walk.rows
    deleted = [each.what.title for each in walk.app.chat_joints.folders.deleted()]
    assert deleted == ["gone"]


def test_a_deleted_message_comes_back_from_the_bin_below_the_one_before_it(walk_):
    walk = walk_
    chat = walk.chat("Talk")
    walk.app.chat.open(chat.id)
    (first,) = (shown.message for shown in walk.app.chats.branch(chat.id))
    walk.app.chats.add(chat.id, Message(Role.assistant, "An  answer\nof two lines", first.id))
    walk.app.chat.chat.refresh()
    delete = walk.app.chat_joints.branches.branching.delete_last
    delete()
    delete()
    walk.press(Qt.Key.Key_B, CTRL | SHIFT)
    dialog = walk.dialog(BinDialog)
    shown = [dialog.list.item(row).text().splitlines() for row in range(dialog.list.count())]
    assert [line for line, _ in shown] == ["About Talk", "An answer of two lines"]
    assert shown[0][1].startswith("Message of “Talk” · deleted on")
    dialog.list.setCurrentRow(1)
    dialog.restore.click()
    assert "Restore that one first" in dialog._told.text()
    dialog.list.selectAll()
    dialog.restore.click()
    assert dialog.list.count() == 0
    texts = [each.message.text for each in walk.app.chats.branch(chat.id)]
    assert texts == ["About Talk", "An  answer\nof two lines"]
    assert walk.page.transcript.text_of(first.id) == "About Talk"


def test_a_folder_gets_a_prompt_and_documents_that_its_chats_are_told(walk_, qtbot, tmp_path):
    walk = walk_
    work = walk.folder("Work")
    rules = tmp_path / "rules.md"
    rules.write_text("No bikes in the shed.")
    walk.app.chat_joints.arranging.show_folder(work.id)
    dialog = walk.dialog(FolderDialog)
    dialog.system.setPlainText("Be brief.")
    dialog.read([rules])
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(lambda: dialog.documents.count() == 1 and dialog.save.isEnabled(), timeout=20_000)
    assert dialog.told.isVisible()
    dialog.save.click()
    stored = walk.folders.folder(work.id)
    assert not stored.documents[0].passages
    walk.app.chat_joints.arranging.show_folder(work.id)
    dialog = walk.dialog(FolderDialog)
    dialog.told.setCurrentIndex(1)
    dialog.save.click()
    stored = walk.folders.folder(work.id)
    assert stored.documents[0].passages
    assert (stored.system, [each.name for each in stored.documents]) == ("Be brief.", ["rules.md"])
    walk.app.chat_joints.arranging.new_chat_requested.emit(work.id)
    options = walk.app.chat.chat.options()
    assert options.system == "Be brief."
    assert options.documents == stored.documents
    walk.app.chat.submit("hello")
    qtbot.waitUntil(lambda: not walk.app.chat.chat.busy, timeout=15_000)
    assert ".hello" in walk.rows


def test_a_file_that_cannot_be_read_is_told_in_the_folder_s_dialog(walk_, qtbot, tmp_path):
    walk = walk_
    work = walk.folder("Work")
    walk.app.chat_joints.arranging.show_folder(work.id)
    dialog = walk.dialog(FolderDialog)
    dialog.read([tmp_path / "missing.pdf"])
    qtbot.waitUntil(lambda: dialog.note.text() not in ("", "Reading…"), timeout=20_000)
    assert dialog.documents.count() == 0
    dialog.name.clear()
    assert not dialog.save.isEnabled()
    dialog.reject()


def test_the_menu_key_opens_the_menu_of_what_is_selected(walk_, qtbot):
    walk = walk_
    arranging = walk.app.chat_joints.arranging
    walk.folder("Work")
    walk.chat("Letter", tags=("home",))

    def titles():
        menu = menu_of(arranging, walk.list.chosen(), walk.page)
        found = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
        menu.deleteLater()
        return found

    walk.select("Letter")
    assert titles() == [
        "Open", "Rename", "Pin on top", "Archive", "Tags…", "Find chats with the tag", "Export…",
        "Move to folder…", "Delete",
    ]  # fmt: skip
    walk.select("Work")
    assert "Folder settings…" in titles()
    assert "New chat in this folder" in titles()
    assert "Export…" in titles()
    walk.list.menu_requested.disconnect(arranging.show_menu)  # no menus without a screen
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(walk.list.menu_requested) as asked:
        QApplication.sendEvent(walk.list.viewport(), event)
    assert walk.list.viewport().mapFromGlobal(asked.args[0]) == walk.middle("Work")
    walk.select("Work", "Letter")
    assert titles() == ["Move to folder…", "Delete 2"]
    walk.list.clearSelection()
    assert titles() == ["New chat", "New folder", "Bin…"]
