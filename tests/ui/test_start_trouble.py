"""Questions at start: real message boxes, answered by clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from chatdesk.domain.storage_errors import DatabaseDamaged, DatabaseTooNew
from chatdesk.ui import start_trouble

ERROR = DatabaseDamaged(Path("chats.sqlite"), Path("backup.sqlite"))
CHOICES = {"backup": "Use the backup", "fresh": "Start fresh"}


def click(text, seen):
    """Click the button called `text` once the box is shown, and note what the box says."""

    def act():
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, act)
            return
        seen.append((box.text(), box.informativeText()))
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, act)


@pytest.mark.parametrize(
    ("button", "chosen"), [("Use the backup", "backup"), ("Start fresh", "fresh"), ("Quit", "")]
)
def test_the_choice_comes_back_by_its_name(qapp, button, chosen):
    seen = []
    click(button, seen)
    assert start_trouble.choose(ERROR, CHOICES) == chosen
    assert "damaged" in seen[0][0]
    assert "backup.sqlite" in seen[0][1]


def test_what_cannot_be_mended_is_told(qapp):
    seen = []
    click("Quit", seen)
    start_trouble.tell(DatabaseTooNew(Path("chats.sqlite")))
    assert "newer version" in seen[0][0]
