"""The list of templates that opens above the message box after a "/" at the beginning of a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow

if TYPE_CHECKING:
    from chatdesk.domain.templates import LibraryEntry
    from chatdesk.flows.templates import TemplateLibrary

_BEGUN = re.compile(r"/([\w-]{0,40})")
_MOST_ROWS = 8  # that are seen at once
_ENTRY = Qt.ItemDataRole.UserRole
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}

Span = tuple[int, int]  # (start, end) in the text of the message box


class SlashList(QListWidget):
    """Templates with their commands; the keyboard stays in the message box."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("slash-list")
        self.setAccessibleName(tr("Templates"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.hide()
        follow(self, self._restyle)

    def show_entries(self, entries: Sequence[LibraryEntry], chosen: int) -> None:
        """List these, one of them chosen."""
        self.clear()
        for entry in entries:
            item = QListWidgetItem(f"/{entry.command}   {entry.what.title}\n{entry.what.description}")
            item.setData(_ENTRY, entry)
            item.setToolTip(entry.what.description)
            self.addItem(item)
        self.setCurrentRow(chosen)

    @property
    def entry(self) -> LibraryEntry | None:
        """The one that is chosen."""
        item = self.currentItem()
        entry: LibraryEntry | None = item.data(_ENTRY) if item is not None else None
        return entry

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"QListWidget {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.outline};"
            " border-radius: 12px; padding: 4px; outline: none; }"
            "QListWidget::item { border: 1px solid transparent; border-radius: 7px; padding: 5px 8px; }"
            f"QListWidget::item:hover {{ background: {c.hover}; }}"
            f"QListWidget::item:selected {{ background: {c.bubble}; color: {c.text};"
            f" border: 1px solid {c.accent}; }}" + sheets.scroll_bars(c)
        )


class Slash(QObject):
    """Opens the list while a command is written, and takes the keys that belong to it."""

    chosen = Signal(object, object, str)  # LibraryEntry, Span: the command in the text, what was selected
    failed = Signal(object)  # ChatDeskError

    def __init__(self, composer: Composer, library: Callable[[], TemplateLibrary]) -> None:
        super().__init__(composer)
        self._composer = composer
        self._box = composer.box
        self._library = library
        self._known: list[LibraryEntry] = []
        self._list: SlashList | None = None  # made when it is first needed: the window opens sooner
        self._refused = ""  # the command whose list was closed by Esc
        self._put = -1  # where the button has put a "/"
        self.selected = ""  # in the message box, when the button was pressed
        self._box.installEventFilter(self)
        composer.installEventFilter(self)
        self._box.textChanged.connect(self._look)
        self._box.cursorPositionChanged.connect(self._look)
        composer.replaced.connect(self.close)
        composer.templates.clicked.connect(self.open)
        hint_on(composer.templates, tr("Insert a template"), "insert-template")

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    @property
    def list(self) -> SlashList:
        """The list, made at the first call."""
        if self._list is None:
            self._list = SlashList(self._composer.window())
            self._list.itemClicked.connect(lambda _: self._take())
        return self._list

    def open(self) -> None:
        """Open the list of all templates, as a "/" does."""
        self._box.setFocus()
        if self.is_open:
            self.close()
            return
        self._refused = ""
        cursor = self._box.textCursor()
        begun = cursor.block().text()[: cursor.positionInBlock()]
        if _BEGUN.fullmatch(begun):
            self._look()
            return
        selected = cursor.selection().toPlainText()
        cursor.setPosition(cursor.selectionEnd())
        put = cursor.position()
        cursor.insertText("\n/" if cursor.block().text()[: cursor.positionInBlock()] else "/")
        self._box.setTextCursor(cursor)
        if not self.is_open:
            self._look()
        self._put, self.selected = put, selected

    def close(self) -> None:
        """Close the list; what is written stays."""
        self._put = -1
        self.selected = ""
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.is_open:
            return False
        kind = event.type()
        if watched is self._composer:
            if kind in (QEvent.Type.Resize, QEvent.Type.Move):
                self._place()
        elif kind == QEvent.Type.FocusOut:
            self.close()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:  # it closes the list and stops no answer
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Return whether a key belonged to the list."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if not plain:
            return False
        if event.key() in _TAKING:
            self._take()
        elif event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self._refuse()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        count = self.list.count()
        row = self.list.currentRow() + by
        self.list.setCurrentRow(row % count if abs(by) == 1 else min(max(row, 0), count - 1))
        self._announce()

    def _refuse(self) -> None:
        put = self._put
        self._refused = self._begun() or ""
        self.close()
        if put >= 0:
            cursor = self._box.textCursor()
            cursor.setPosition(put, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()

    def _take(self) -> None:
        entry, selected = self.list.entry, self.selected
        cursor = self._box.textCursor()
        span = (cursor.block().position(), cursor.position())
        self.close()
        if entry is not None:
            self._refused = self._begun() or ""  # its list does not open again behind the form
            self.chosen.emit(entry, span, selected)

    def _begun(self) -> str | None:
        """Return what is written of a command, from its "/" to the cursor; None where there is none."""
        cursor = self._box.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        return line if not cursor.hasSelection() and _BEGUN.fullmatch(line) else None

    def _look(self) -> None:
        begun = self._begun()
        if begun is None or begun != self._refused:
            self._refused = ""
        if begun is None or begun == self._refused or not self._box.hasFocus():
            self.close()
            return
        if not self.is_open:
            try:
                self._known = self._library().completions()
            except ChatDeskError as error:
                self.failed.emit(error)
                return
        self._show(begun)

    def _show(self, begun: str) -> None:
        from chatdesk.flows.templates import plain

        wanted = plain(begun.removeprefix("/"))
        by_command = [each for each in self._known if plain(each.command).startswith(wanted)]
        by_title = [
            each
            for each in self._known
            if wanted and any(word.startswith(wanted) for word in plain(each.what.title).split())
        ]
        found = by_command + [each for each in by_title if each not in by_command]
        if not found:
            self.close()
            return
        exact = next((i for i, each in enumerate(found) if plain(each.command) == wanted), 0)
        self.list.show_entries(found, exact)
        self._place()
        self.list.show()
        self.list.raise_()
        self._announce()

    def _place(self) -> None:
        """Put the list above the message box, as wide as it."""
        top = self._composer.mapTo(self._composer.window(), QPoint(0, 0))
        rows = min(self.list.count(), _MOST_ROWS)
        wanted = rows * self.list.sizeHintForRow(0) + 12
        height = min(wanted, max(60, top.y() - 60))
        self.list.setGeometry(QRect(top.x(), top.y() - height - 6, self._composer.width(), height))

    def _announce(self) -> None:
        entry = self.list.entry
        if entry is not None:
            count = trn("{count} template", "{count} templates", self.list.count())
            told = f"/{entry.command}, {entry.what.title}. {count}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, told))
