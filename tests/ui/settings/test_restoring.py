"""Backups from the window: made now, listed with what they have, checked before anything is put back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from chatdesk.domain.chat_archive import Backup
from chatdesk.domain.storage_errors import DiskFull
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.settings.keeping import KeepingRow
from chatdesk.ui.settings.restore_dialog import RestoreDialog
from chatdesk.ui.settings.restoring import BackupWays, Restoring

MADE = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
WHOLE = Backup(Path("/b/chats-2.sqlite"), MADE, 2_500_000, 214)
BROKEN = Backup(Path("/b/chats-3.sqlite"), MADE, 10, None)


@pytest.fixture
def make(qtbot):
    window, runner = QWidget(), JobRunner(1)
    qtbot.addWidget(window)
    window.show()

    def make(backups=(), whole=True, back_up=lambda: Path("/b/chats-9.sqlite")):
        ways = BackupWays(Path("/b"), back_up, lambda: list(backups), lambda _: whole)
        return Restoring(window, ways, runner)

    yield make
    runner.shutdown()


def dialog_of(restoring, qtbot):
    restoring.ask()
    window = restoring.parent()
    qtbot.waitUntil(lambda: window.findChild(RestoreDialog) is not None)
    return window.findChild(RestoreDialog)


def test_backups_are_shown_with_date_size_and_chats(make, qtbot):
    dialog = dialog_of(make([BROKEN, WHOLE]), qtbot)
    texts = [dialog.list.item(row).text() for row in range(2)]
    assert "damaged" in texts[0]
    assert "1 Mar 2026" in texts[1]
    assert "2.5 MB" in texts[1]
    assert "214 chats" in texts[1]
    assert dialog.list.currentRow() == 1
    assert not dialog.list.item(0).flags() & Qt.ItemFlag.ItemIsEnabled


@pytest.mark.parametrize("whole", [True, False])
def test_the_chosen_backup_is_checked_before_it_is_asked_for(whole, make, qtbot):
    restoring = make([WHOLE], whole)
    dialog = dialog_of(restoring, qtbot)
    signal = restoring.restore_requested if whole else restoring.told
    with qtbot.waitSignal(signal) as sent:
        dialog.findChild(QPushButton, "restore-this-backup").click()
    assert sent.args == [WHOLE.path] or "damaged" in sent.args[0]


def test_without_backups_nothing_can_be_restored(make, qtbot):
    dialog = dialog_of(make(), qtbot)
    assert not dialog.findChild(QPushButton, "restore-this-backup").isEnabled()


def test_a_backup_is_made_now_or_told_why_not(make, qtbot):
    restoring = make()
    with qtbot.waitSignal(restoring.told) as told:
        restoring.back_up()
    assert "chats-9.sqlite" in told.args[0]

    def full():
        raise DiskFull(Path("/b"))

    restoring = make(back_up=full)
    with qtbot.waitSignal(restoring.failed) as failed:
        restoring.back_up()
    assert isinstance(failed.args[0], DiskFull)


def test_the_buttons_say_what_is_wanted(qtbot):
    row = KeepingRow()
    qtbot.addWidget(row)
    for name, signal in (
        ("export-everything", row.export_requested),
        ("import-chats", row.import_requested),
        ("back-up-now", row.backup_requested),
        ("restore-backup", row.restore_requested),
    ):
        with qtbot.waitSignal(signal):
            row.findChild(QPushButton, name).click()
