"""The list of what the model sees: system prompt, note and messages, each with its tokens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from chatdesk.domain.chat import Role
from chatdesk.domain.words import tr
from chatdesk.flows.context import ContextPart, ContextSeen, Named
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow

_PART = int(Qt.ItemDataRole.UserRole) + 1
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ContextTree(QTreeWidget):
    """A row each; documents stand below what brought them. Messages the model does not see are dimmed."""

    pin_pressed = Signal()  # by the space bar, for the chosen message

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("context-parts")
        self.setAccessibleName(tr("What the model sees, from the first message to the last"))
        self.setColumnCount(2)
        self.setHeaderLabels([tr("Message"), tr("Tokens")])
        self.headerItem().setTextAlignment(1, _END)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self._seen: ContextSeen | None = None
        follow(self, self._restyle)

    @property
    def chosen(self) -> ContextPart | None:
        """The message that is chosen, None where that is none."""
        item = self.currentItem()
        return item.data(0, _PART) if item is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (item := self.currentItem()) is not None:
            self.scrollToItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.pin_pressed.emit()
        else:
            super().keyPressEvent(event)

    def show_seen(self, seen: ContextSeen) -> None:
        """Show a count in place of the one before; the chosen message stays chosen."""
        before = self.chosen.message if self.chosen is not None else None
        first = self._seen is None
        self._seen = seen
        self.clear()
        items = list(self._items(seen))
        self.addTopLevelItems(items)
        self.expandAll()
        chosen = next((i for i in items if (p := i.data(0, _PART)) and p.message == before), None)
        if chosen is None and first:
            chosen = next((i for i in reversed(items) if i.data(0, _PART)), None)
        if chosen is not None:
            self.setCurrentItem(chosen)
            self.executeDelayedItemsLayout()
            self.scrollToItem(chosen)

    def _items(self, seen: ContextSeen) -> Iterator[QTreeWidgetItem]:
        if seen.system:
            yield _row(tr("System prompt"), seen.system)
        yield from _documents(seen.documents)
        if seen.note:
            yield _row(tr("Note of the beginning"), seen.note)
        for place, part in enumerate(seen.parts):
            if place == seen.begins and place:
                yield self._border()
            yield self._message(part)
        if seen.begins == len(seen.parts) and seen.parts:
            yield self._border()
        if seen.draft:
            draft = _row(tr("The message you are writing"), seen.draft)
            draft.addChildren(list(_documents(seen.draft_documents)))
            yield draft

    def _message(self, part: ContextPart) -> QTreeWidgetItem:
        who = tr("You: {text}") if part.role is Role.user else tr("Answer: {text}")
        words = who.format(text=part.beginning or tr("(empty)"))
        item = _row(words, part.tokens)
        item.setData(0, _PART, part)
        item.addChildren(list(_documents(part.documents)))
        state = tr("The model sees it.")
        if part.noted and not part.pinned:
            state = tr("The model is told the note in its place.")
        elif not part.seen:
            state = tr("The model does not see it: it no longer fits.")
        if part.pinned:
            state = tr("Pinned: the model sees it always.")
            item.setIcon(0, icon("pin", colours().accent))
        item.setToolTip(0, state)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{words} {state}")
        if not part.seen:
            for column in (0, 1):
                item.setForeground(column, QBrush(QColor(colours().muted)))
                font = self.font()
                font.setItalic(True)
                item.setFont(column, font)
        return item

    def _border(self) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tr("The model sees the chat from here on"), ""])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setForeground(0, QBrush(QColor(colours().link)))
        item.setFirstColumnSpanned(True)
        return item

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            f"QTreeWidget {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};"
            " border-radius: 10px; outline: none; padding: 6px; }"
            f"QTreeWidget:focus {{ border: 2px solid {c.accent}; padding: 5px; }}"
            "QTreeWidget::item { padding: 4px 6px; border: none; }"
            f"QTreeWidget::item:selected {{ background: {c.pressed}; color: {c.text}; }}"
            "QTreeWidget::branch { background: transparent; }"
            "QHeaderView { background: transparent; border: none; }"
            f"QHeaderView::section {{ background: {c.raised}; color: {c.muted}; border: none;"
            f" border-bottom: 1px solid {c.border}; padding: 5px 8px; }}"
        )
        if self._seen is not None:
            self.show_seen(self._seen)


def _row(words: str, tokens: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem([words, f"{tokens:,}"])
    item.setTextAlignment(1, _END)
    return item


def _documents(documents: Named) -> Iterator[QTreeWidgetItem]:
    for name, tokens in documents:
        item = _row(name, tokens)
        if not tokens:
            item.setText(1, tr("passages"))
            item.setToolTip(1, tr("Each question is told the passages that fit it, as far as there is room."))
        item.setIcon(0, icon("paperclip", colours().muted))
        yield item
