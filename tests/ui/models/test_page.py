"""The models page: its views, its count of downloads, and files that are opened on it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QTabBar

from chatdesk.ui.models.page import ModelsPage, View


class Made:
    """Views that note when they are made."""

    def __init__(self):
        self.order = []

    def maker(self, view):
        def make():
            self.order.append(view)
            field = QLineEdit(view)
            field.setAccessibleName(view)
            return field

        return make


@pytest.fixture
def made():
    return Made()


@pytest.fixture
def page(qtbot, made):
    shown = ModelsPage({view: made.maker(view) for view in View})
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show()
    shown.activateWindow()
    return shown


def titles(page):
    return [page.tabs.tabText(i) for i in range(page.tabs.count())]


def test_it_has_the_names_that_scripts_rely_on(page):
    assert page.objectName() == "page-models"
    assert page.findChild(QPushButton, "open-model") is not None
    assert page.findChild(QTabBar, "model-views").accessibleName()


def test_a_view_is_made_when_it_is_first_shown(page, made):
    assert made.order == [View.library]
    page.show_view(View.downloads)
    page.show_view(View.library)
    page.show_view(View.downloads)
    assert made.order == [View.library, View.downloads]


def test_the_views_are_reached_by_the_keyboard(page, qtbot):
    page.tabs.setFocus()
    qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    assert page.view is View.search
    assert page.tabs.hasFocus()


def test_showing_a_view_gives_it_the_keyboard(page, qtbot):
    page.show_view(View.search)
    qtbot.waitUntil(lambda: QApplication.focusWidget().accessibleName() == "search")


def test_the_count_of_downloads_is_seen_and_heard(page):
    page.set_running(3)
    badge = page.tabs.tabButton(2, QTabBar.ButtonPosition.RightSide)
    assert isinstance(badge, QLabel)
    assert badge.isVisible()
    assert badge.text() == "3"
    assert page.tabs.accessibleTabName(2) == "Downloads, 3 running"
    page.set_running(0)
    assert page.tabs.tabButton(2, QTabBar.ButtonPosition.RightSide) is None
    assert page.tabs.accessibleTabName(2) == "Downloads"


def test_a_narrow_page_has_short_titles(page, qtbot):
    assert titles(page) == ["On this computer", "Find models", "Downloads"]
    page.resize(330, 700)
    qtbot.waitUntil(lambda: titles(page) == ["Installed", "Find", "Downloads"])


def test_a_file_is_picked_from_disk(page, qtbot, tmp_path, starter):
    file = Path(shutil.copy(starter, tmp_path / "picked.gguf"))
    page.findChild(QPushButton, "open-model").click()
    dialog = page.findChild(QFileDialog, "open-model-dialog")
    assert "*.gguf" in dialog.nameFilters()[0]
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(file))
    with qtbot.waitSignal(page.open_requested) as sent:
        dialog.accept()
    assert sent.args == [file]


def data_of(*addresses):
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def drag(page, data):
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    return event.isAccepted()


def drop(page, data):
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, event)


@pytest.mark.parametrize("view", View)
def test_model_files_dropped_onto_any_view_are_opened(page, view):
    page.show_view(view)
    sent = []
    page.open_requested.connect(sent.append)
    data = data_of("file:///models/a.gguf", "file:///models/B.GGUF", "file:///models/notes.txt")
    assert drag(page, data)
    assert page.dropping
    page.grab()
    drop(page, data)
    assert sent == [Path("/models/a.gguf"), Path("/models/B.GGUF")]
    assert not page.dropping


@pytest.mark.parametrize("address", ["file:///letter.pdf", "https://example.org/model.gguf", "data:,x"])
def test_anything_else_is_not_taken(page, address):
    assert not drag(page, data_of(address))
