"""The dialog in which one chooses a backup to go back to, and reads what that means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chatdesk.domain.chat_archive import Backup
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.models.numbers import date_words, size_words
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label


class RestoreDialog(QDialog):
    """`chosen` carries the Path of a backup."""

    chosen = Signal(object)

    def __init__(self, backups: Sequence[Backup], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restore-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Restore a backup"))
        self.setModal(True)
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setAccessibleName(tr("Backups"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for backup in backups:
            self.list.addItem(_item(backup))
        self._restore = push_button("restore-this-backup", tr("Restore and restart"), "primary")
        self._restore.clicked.connect(self._choose)
        cancel = push_button("cancel-restore", tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(Label(_explanation(), 10).wrap())
        column.addWidget(self.list, 1)
        where = tr("Backups lie in {folder}.") if backups else tr("There is no backup in {folder} yet.")
        column.addWidget(Label(where.format(folder=folder), 9, tone="muted").wrap())
        column.addLayout(row)
        self.list.currentItemChanged.connect(lambda *_: self._follow_choice())
        self.list.itemActivated.connect(lambda _: self._choose())
        self.list.setCurrentRow(next((n for n, each in enumerate(backups) if each.chats is not None), -1))
        self._follow_choice()
        wanted = QSize(round(scaled(520)), round(scaled(420)))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        follow(self, self._restyle)

    def _follow_choice(self) -> None:
        item = self.list.currentItem()
        usable = item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsEnabled)
        self._restore.setEnabled(usable)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and self._restore.isEnabled():
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.page(c)
            + f"QListWidget {{ background: {c.base}; border: 1px solid {c.border}; border-radius: 8px; }}"
            + "QListWidget { outline: 0; } QListWidget::item { padding: 8px 10px; border: none; }"
            + f"QListWidget::item:selected {{ background: {c.bubble}; color: {c.text}; border: none; }}"
            + f"QListWidget:focus {{ border: 2px solid {c.accent}; }}"
        )


def _item(backup: Backup) -> QListWidgetItem:
    size = size_words(backup.size)
    if backup.chats is None:
        told = tr("{moment} · {size} · damaged, or of a newer version")
        words = told.format(moment=_moment(backup.made), size=size)
    else:
        chats = trn("{count:,} chat", "{count:,} chats", backup.chats)
        words = tr("{moment} · {size} · {chats}").format(moment=_moment(backup.made), size=size, chats=chats)
    item = QListWidgetItem(words)
    item.setData(Qt.ItemDataRole.UserRole, backup.path)
    item.setToolTip(backup.path.name)
    if backup.chats is None:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _moment(made: datetime) -> str:
    return f"{date_words(made)}, {made.astimezone():%H:%M}"


def _explanation() -> str:
    return tr(
        "ChatDesk goes back to how everything was at that time: chats, folders, summaries and translations. "
        "What came later is not lost: the present database is kept beside it as “chats-before-restore-…”. "
        "Models and settings stay as they are. The window opens anew."
    )
