"""Tells where downloaded models are kept and how much room they take, with a button that moves them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.words import tr, trn
from chatdesk.flows.models_folder import FolderContent
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class FolderCard(QFrame):
    """`show_folder`, then `show_content` once that is known."""

    move_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("models-folder")
        self.setProperty("card", True)
        title = tr("Folder for downloaded models")
        self.setAccessibleName(title)
        self._folder = Path()
        self._place = Label("", 9.5, tone="muted").wrap()
        self._place.setObjectName("models-folder-path")
        self._place.setAccessibleName(title)
        self._place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._content = Label("", 9.5, tone="muted").wrap()
        self._content.setObjectName("models-folder-content")
        self._open = push_button("open-models-folder", tr("Open folder"))
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        self._move = push_button("move-models-folder", tr("Move folder…"))
        self._move.clicked.connect(self.move_requested)
        row = WrappingRow()
        row.add(self._open)
        row.add(self._move)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(4)
        inside.addWidget(Label(title, 11.5, bold=True).wrap())
        inside.addWidget(self._place)
        inside.addWidget(self._content)
        inside.addSpacing(8)
        inside.addWidget(row)

    def show_folder(self, folder: Path) -> None:
        """Name the folder; what it holds is not known yet if it is another one."""
        if folder != self._folder:
            self._content.clear()
        self._folder = folder
        self._place.setText(str(folder))
        self._open.setEnabled(folder.is_dir())

    def show_content(self, content: FolderContent) -> None:
        """Say how many files there are, and how large."""
        self._content.setText(content_words(content))

    def set_moving(self, moving: bool) -> None:
        """Let nobody begin a second move."""
        self._move.setEnabled(not moving)


def content_words(content: FolderContent) -> str:
    """Return what is in the folder: "3 files, 5.2 GB"."""
    if not content.files:
        return tr("No downloaded models yet.")
    return trn("{count} file, {{size}}", "{count} files, {{size}}", content.files).format(
        size=size_words(content.bytes)
    )
