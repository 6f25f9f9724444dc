"""Templates and their folders change places by drag, by keys and by the menu of the list."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from chatdesk.domain.templates import PromptTemplate
from chatdesk.flows.template_edits import TemplateEdits
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.storage.database import Database
from chatdesk.storage.template_files import TomlFiles
from chatdesk.storage.templates import TemplateStore
from chatdesk.ui.chat.folder_picker import FolderPicker
from chatdesk.ui.templates.controller import PageRooms, TemplatesController
from chatdesk.ui.templates.page import TemplatesPage

F2, MENU = Qt.Key.Key_F2, Qt.Key.Key_F
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class NoKeys:
    def words(self, _):
        return ""


@pytest.fixture
def desk(qtbot, tmp_path):
    database = Database(tmp_path / "chats.sqlite", tmp_path / "backups")
    store = TemplateStore(database)
    edits = TemplateEdits(store, TomlFiles())
    for title, folder in (("One", "Work"), ("Two", "Work/Deep"), ("Three", "Home"), ("Four", "")):
        edits.save(PromptTemplate(title, f"Zebra of {title}"), folder)
    page = TemplatesPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    made = TemplatesController(page, PageRooms(TemplateLibrary(store), edits, NoKeys(), list))
    page.search.setText("zebra")
    page.list.setFocus()
    yield made
    made.close()
    database.close()


def folders(desk):
    return {each.what.title: each.folder for each in desk._rooms.library.entries() if not each.builtin}


def drop(desk, carried, target):
    """Drag a row onto another one; None: below all rows."""
    tree = desk.page.list
    item = row(tree, carried)
    data = tree.mimeData([item])
    point = tree.visualItemRect(row(tree, target)).center() if target else tree.rect().bottomLeft()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(QPointF(point), copy, data, left, none))


def row(tree, title):
    match = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    return tree.findItems(title, match)[0]


def test_a_template_is_dragged_into_a_folder_and_out_of_it(desk):
    drop(desk, "Three", "Deep")
    assert folders(desk)["Three"] == "Work/Deep"
    assert "is now in “Work › Deep”" in desk.page.notice.text
    drop(desk, "One", "Two")  # onto one that is in a folder
    assert folders(desk)["One"] == "Work/Deep"
    drop(desk, "Two", None)
    assert folders(desk)["Two"] == ""
    desk.undo()
    assert folders(desk)["Two"] == "Work/Deep"


def test_a_folder_is_dragged_with_all_in_it_but_not_into_itself(desk):
    drop(desk, "Work", "Deep")
    drop(desk, "Work", "Work")
    assert folders(desk)["Two"] == "Work/Deep"
    drop(desk, "Work", "Home")
    assert folders(desk) == {"One": "Home/Work", "Two": "Home/Work/Deep", "Three": "Home", "Four": ""}
    desk.undo()
    assert folders(desk) == {"One": "Work", "Two": "Work/Deep", "Three": "Home", "Four": ""}


def test_what_comes_from_elsewhere_is_not_for_the_list(desk):
    tree = desk.page.list
    data = tree.mimeData([row(tree, "One")])
    tree._carried = None
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree.dropEvent(event)
    assert not event.isAccepted()
    assert folders(desk)["One"] == "Work"


def test_files_that_are_dropped_on_the_list_reach_the_page(desk, tmp_path):
    given, data = [], QMimeData()
    file = tmp_path / "one.toml"
    file.write_text('title = "Six"\ntext = "Zebra"', encoding="utf-8")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    desk.page.dropped.connect(given.append)
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)):
        QApplication.sendEvent(desk.page.list.viewport(), event)
        assert event.isAccepted()
    assert given == [[file]]
    assert desk.page.list.entry.what.title == "Six"


@pytest.mark.parametrize(
    ("name", "place"), [("Office", "Office"), ("A / B", "A/B"), ("  ", "Work"), ("Home", "Home")]
)
def test_a_folder_is_called_otherwise_by_the_keys_for_renaming(desk, qtbot, name, place):
    tree = desk.page.list
    tree.choose_folder("Work")
    qtbot.keyClick(tree, F2)
    field = tree.findChild(QLineEdit, "folder-name")
    assert field.text() == "Work"
    field.setText(name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tree.findChild(QLineEdit, "folder-name") is None)
    assert folders(desk)["One"] == place
    assert folders(desk)["Two"] == f"{place}/Deep"
    assert tree.folder == place
    desk.undo()
    assert folders(desk) == {"One": "Work", "Two": "Work/Deep", "Three": "Home", "Four": ""}


def test_a_folder_too_deep_is_told_and_nothing_moves(desk):
    desk.arranging.rename_folder("Work", "/".join("abcdefgh"))
    assert "a folder can have 8 names" in desk.page.notice.text
    assert folders(desk)["One"] == "Work"


def test_keys_open_the_list_of_folders_where_a_new_one_can_be_named(desk, qtbot):
    tree = desk.page.list
    tree.setCurrentItem(row(tree, "Four"))
    qtbot.keyClick(tree, MENU, HELD)
    picker = desk.page.window().findChild(FolderPicker)
    assert "Work › Deep" in [picker.list.item(i).text() for i in range(picker.list.count())]
    qtbot.keyClicks(picker.field, "New one")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert folders(desk)["Four"] == "New one"


def test_a_folder_is_not_offered_to_itself(desk, qtbot):
    desk.page.list.choose_folder("Work")
    qtbot.keyClick(desk.page.list, MENU, HELD)
    picker = desk.page.window().findChild(FolderPicker)
    offered = [picker.list.item(i).text() for i in range(picker.list.count())]
    assert not [each for each in offered if each.startswith("Work")]
    qtbot.keyClicks(picker.field, "Home")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert folders(desk)["Two"] == "Home/Work/Deep"


def test_the_menu_has_all_that_can_be_done_and_f2_edits(desk, qtbot):
    tree = desk.page.list
    tree.setCurrentItem(row(tree, "Four"))
    words = [each.text() for each in desk.arranging.menu().actions()]
    assert words == ["Use", "Edit", "Duplicate", "Move…", "Share as a file…", "Versions…", "Keys…", "Delete"]
    qtbot.keyClick(tree, F2)
    assert desk.page.editor.title.text() == "Four"
    desk.page.editor.cancelled.emit()
    tree.choose_folder("Work")
    assert [each.text() for each in desk.arranging.menu().actions()] == ["Rename", "Move…"]


def test_a_new_one_is_chosen_also_while_a_folder_was(desk):
    desk.page.list.choose_folder("Work")
    desk.refresh()
    assert desk.page.list.folder == "Work"
    desk.refresh(desk._rooms.edits.save(PromptTemplate("Five", "Zebra"), "Home"))
    assert desk.page.list.entry.what.title == "Five"
