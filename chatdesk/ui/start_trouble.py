"""Questions at start when the user's data cannot be opened."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QPushButton

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr


def tell(error: ChatDeskError, way_on: str = "") -> None:
    """Say what went wrong; there is nothing to choose. `way_on` is what the button says, "" for “Quit”."""
    box = QMessageBox(QMessageBox.Icon.Critical, "ChatDesk", error.sentence)
    box.setInformativeText(error.hint)
    box.addButton(way_on or tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def choose(error: ChatDeskError, choices: dict[str, str]) -> str:
    """Ask which way on; `choices` maps an id to a label, the first is suggested. Returns the id, or ""."""
    box = QMessageBox(QMessageBox.Icon.Warning, "ChatDesk", error.sentence)
    box.setObjectName("start-trouble")
    box.setInformativeText(error.hint)
    buttons: dict[QPushButton, str] = {}
    for name, label in choices.items():
        button = box.addButton(label, QMessageBox.ButtonRole.AcceptRole)
        button.setObjectName(f"start-{name}")
        buttons[button] = name
    quitting = box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(quitting)
    box.exec()
    return next((name for button, name in buttons.items() if button is box.clickedButton()), "")
