"""Everything is exported in the window, imported in a new home, and equal; a backup brings back what was."""

import subprocess
import sys

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QRadioButton

from chatdesk import app as application
from chatdesk.domain.chat import Conversation, Folder
from chatdesk.paths import Paths, find_home
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.ui.chat.chat_menu import menu_of
from chatdesk.ui.chat.conversation_model import Chosen
from chatdesk.ui.chat.export_dialog import ExportDialog
from chatdesk.ui.chat.import_dialog import ImportDialog
from tests.fakes.random_chats import RandomChats, everything

PATIENCE = 20_000  # milliseconds


def click(parent, name):
    parent.findChild(QPushButton, name).click()


def test_everything_goes_out_and_comes_back_equal_in_another_home(qtbot, tmp_path):
    path = tmp_path / "all.json"
    first = application.build(find_home())
    qtbot.addWidget(first.window)
    RandomChats(5).fill(first.chats, FolderStore(first.database), 20)
    first.window.show()
    first.window.show_page("settings")
    click(first.window, "export-everything")
    dialog = first.window.findChild(ExportDialog)
    dialog.findChild(QRadioButton, "export-json").click()
    click(dialog, "choose-export-file")
    chooser = first.window.findChild(QFileDialog)
    with qtbot.waitSignal(first.keeping.exporting.told, timeout=PATIENCE):
        chooser.fileSelected.emit(str(path))
    chooser.close()
    before = everything(ArchiveStore(first.database))
    first.window.close()
    first.close()

    second = application.build(Paths(tmp_path / "another"))
    qtbot.addWidget(second.window)
    second.window.show()
    second.keeping.importing.open()
    dialog = second.window.findChild(ImportDialog)
    dialog.picked.emit(path)
    qtbot.waitUntil(lambda: "ChatDesk: 20 chats" in dialog.text, timeout=PATIENCE)
    click(dialog, "import-go")
    qtbot.waitUntil(lambda: "20 chats are new." in dialog.text, timeout=PATIENCE)
    click(dialog, "import-close")
    assert everything(ArchiveStore(second.database)) == before
    assert second.chat.page.sidebar.model.rowCount() > 0
    second.window.close()
    second.close()


def test_the_menus_of_folders_and_chats_export_them(qtbot):
    app = application.build(find_home())
    qtbot.addWidget(app.window)
    folder = Folder("Sea")
    app.chat_joints.folders.save(folder)
    chat = Conversation("Tides", folder=folder.id)
    app.chats.save(chat)
    app.chats.save(other := Conversation("Waves"))
    app.window.show()
    app.chat.open(chat.id)
    of_folder = menu_of(app.chat_joints.arranging, Chosen(folders=(folder.id,)), app.window)
    of_two = menu_of(app.chat_joints.arranging, Chosen(chats=(chat.id, other.id)), app.window)
    of_chat = app.chat.page.header.menu_button.menu()
    for menu, heading in (
        (of_folder, "Export “Sea” with 1 chat"),
        (of_two, "Export “ChatDesk chats” with 2 chats"),
        (of_chat, "Export “Tides”"),
    ):
        next(action for action in menu.actions() if action.text() == "Export…").trigger()
        dialog = app.window.findChild(ExportDialog)
        assert heading in {label.text() for label in dialog.findChildren(QLabel)}
        dialog.close()
        qtbot.waitUntil(lambda: app.window.findChild(ExportDialog) is None)
    app.window.close()
    app.close()


def test_a_restored_backup_opens_the_window_anew_and_keeps_what_was_there(home):
    script = (
        "from PySide6.QtCore import QTimer; import chatdesk.app as app; real = app.build\n"
        "from chatdesk.domain.chat import Conversation\n"
        "from chatdesk.storage.backups import all_backups\n"
        "starts = []\n"
        "def build(paths, **named):\n"
        "    built = real(paths, **named)\n"
        "    starts.append([chat.title for chat in built.chats.conversations()])\n"
        "    if len(starts) == 1:\n"
        "        built.chats.save(Conversation('early'))\n"
        "        backup = built.database.back_up()\n"
        "        built.chats.save(Conversation('late'))\n"
        "        QTimer.singleShot(300, lambda: built.keeping.restore(backup))\n"
        "    else:\n"
        "        QTimer.singleShot(300, built.window.close)\n"
        "    return built\n"
        "import chatdesk.start as start; start.build = build\n"
        "from chatdesk.cli import run; code = run([]); print(starts); raise SystemExit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=50
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[[], ['early']]"), done.stderr
    (kept,) = home.glob("chats-before-restore-*.sqlite")
    database = Database(kept)
    assert {archived.conversation.title for archived in _chats(ArchiveStore(database))} == {"early", "late"}
    database.close()
    assert not (home / "running.lock").exists()


def _chats(archive):
    return [archive.chat(ident) for ident, _ in archive.conversations()]
