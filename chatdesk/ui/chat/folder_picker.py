"""The dialog in which one chooses a folder by typing a part of its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from chatdesk.domain.chat import Folder, FolderId
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow, scaled

BETWEEN = " › "  # stands between a folder and one inside it
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with the names of those around it."""

    folder: FolderId
    path: str


def places(folders: Sequence[Folder], without: Collection[FolderId] = ()) -> list[Place]:
    """Return where something can be put, without what lies in `without`; a folder comes after its parent."""
    paths: dict[FolderId, str] = {}
    for folder in folders:
        above = paths.get(folder.parent) if folder.parent is not None else ""
        if folder.id not in without and above is not None:
            paths[folder.id] = f"{above}{BETWEEN}{folder.name}" if above else folder.name
    found = [Place(folder, path) for folder, path in paths.items()]
    return sorted(found, key=lambda place: place.path.casefold())


class FolderPicker(QDialog):
    """A field and the folders that fit; the field keeps the keyboard while the arrows walk through them."""

    chosen = Signal(object)  # FolderId, None: out of all folders
    made = Signal(str)  # name of a new folder

    def __init__(self, choices: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folder-picker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Move to folder"))
        self.setModal(True)
        self._choices = choices
        self.field = QLineEdit(self)
        self.field.setObjectName("folder-words")
        self.field.setPlaceholderText(tr("Find a folder, or name a new one"))
        self.field.setAccessibleName(tr("Find a folder, or name a new one"))
        self.list = QListWidget(self)
        self.list.setObjectName("folder-places")
        self.list.setAccessibleName(tr("Folders"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.resize(round(scaled(420)), round(scaled(380)))
        self.field.textChanged.connect(lambda _: self._fill())
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        follow(self, self._restyle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if step := _STEPS.get(Qt.Key(event.key()), 0):
                row = min(max(0, self.list.currentRow() + step), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._choose(item)
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        name = " ".join(self.field.text().split())
        words = name.casefold().split()
        self.list.clear()
        fitting = [place for place in self._choices if all(word in place.path.casefold() for word in words)]
        for place in fitting:
            self._add(place.path, place.folder, "folder")
        if name and not any(place.path.casefold() == name.casefold() for place in self._choices):
            self._add(tr("New folder “{name}”").format(name=name), name, "folder-plus")
        if not words:
            self._add(tr("No folder"), None, "x")
        self.list.setCurrentRow(0)

    def _add(self, text: str, value: str | None, sign: str) -> None:
        item = QListWidgetItem(icon(sign, self._sign_colour, self.list.iconSize().width()), text, self.list)
        item.setData(Qt.ItemDataRole.UserRole, (value, sign))
        item.setToolTip(text if len(text) > 48 else "")

    def _choose(self, item: QListWidgetItem) -> None:
        value, sign = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        if sign == "folder-plus":
            self.made.emit(value)
        else:
            self.chosen.emit(value)

    def _restyle(self, now: Colours) -> None:
        self._sign_colour = now.muted
        side = round(scaled(18))
        self.list.setIconSize(QSize(side, side))
        self.setStyleSheet(
            sheets.page(now)
            + f"""
#folder-places {{ background: transparent; border: none; outline: none; }}
#folder-places::item {{ border-radius: 8px; padding: 7px 8px; color: {now.text}; }}
#folder-places::item:hover {{ background: {now.hover}; }}
#folder-places::item:selected {{ background: {now.bubble}; }}
"""
        )
        self._fill()
