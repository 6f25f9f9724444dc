"""The dialog in which one gives chats tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.widgets.label import Label

LONGEST = 40  # characters of a tag


def tag_of(text: str) -> str:
    """Return what was typed as a tag, "" for none: one line, without a # before it and without quotes."""
    return " ".join(text.replace('"', " ").replace(",", " ").split()).lstrip("#").strip()[:LONGEST].strip()


class TagsDialog(QDialog):
    """All tags with boxes to check; the field finds one or makes a new one."""

    changed = Signal(object, object)  # the tags that were added and those that were taken away

    def __init__(
        self, tags: Sequence[Sequence[str]], known: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`tags` are those of each chat, `known` those of all chats."""
        super().__init__(parent)
        self.setObjectName("tags-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Tags"))
        self.setModal(True)
        self._before = {tag: _state([tag in each for each in tags]) for tag in known}
        self.field = QLineEdit(self)
        self.field.setObjectName("tag-name")
        self.field.setAccessibleName(tr("A tag"))
        self.field.setPlaceholderText(tr("Type a tag and press Enter"))
        self.field.setMaxLength(LONGEST)
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.field.setCompleter(completer)
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("tags")
        self.list.setAccessibleName(tr("Tags"))
        self.list.setSpacing(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Boxes(self.list))
        for tag, state in self._before.items():
            self._add(tag, state)
        self._none = Label(tr("There are no tags yet."), tone="muted").wrap()
        self._arrange(len(tags))
        self._show_whether_empty()
        follow(self, self._restyle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and (tag := tag_of(self.field.text())):
                self._check(tag)
                self.field.clear()
                return True
            if enter:
                self._save()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _add(self, tag: str, state: Qt.CheckState) -> QListWidgetItem:
        item = QListWidgetItem(tag, self.list)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        return item

    def _check(self, tag: str) -> None:
        """Check a tag, a new one where there is none; small and large letters make no difference."""
        for row in range(self.list.count()):
            if self.list.item(row).text().casefold() == tag.casefold():
                item = self.list.item(row)
                item.setCheckState(Qt.CheckState.Checked)
                break
        else:
            item = self._add(tag, Qt.CheckState.Checked)
        self.list.setCurrentItem(item)
        self._show_whether_empty()

    def _save(self) -> None:
        if tag := tag_of(self.field.text()):
            self._check(tag)  # typed, but Enter was not pressed
        added: list[str] = []
        removed: list[str] = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            before = self._before.get(item.text(), Qt.CheckState.Unchecked)
            if item.checkState() != before:
                (added if item.checkState() is Qt.CheckState.Checked else removed).append(item.text())
        self.accept()
        if added or removed:
            self.changed.emit(added, removed)

    def _show_whether_empty(self) -> None:
        self.list.setVisible(self.list.count() > 0)
        self._none.setVisible(self.list.count() == 0)

    def _arrange(self, chats: int) -> None:
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        if chats > 1:
            column.addWidget(Label(trn("Tags of {count} chat.", "Tags of {count} chats.", chats)))
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)
        column.addWidget(buttons)
        self.resize(round(scaled(360)), round(scaled(400)))

    def _restyle(self, now: Colours) -> None:
        side = round(scaled(14))
        self.setStyleSheet(
            sheets.page(now)
            + f"""
#tags {{ background: {now.window}; border: none; selection-background-color: {now.bubble};
    selection-color: {now.text}; }}
#tags::indicator {{ width: {side}px; height: {side}px; }}
"""
        )


class _Boxes(QStyledItemDelegate):
    """Paints the boxes, which the style draws in a grey that cannot be seen in the dark."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        style = full.widget.style()
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, full, full.widget)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        now, filled = colours(), state is not Qt.CheckState.Unchecked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(now.window))
        painter.setPen(QPen(QColor(now.accent if filled else now.outline), 1))
        painter.setBrush(QColor(now.accent if filled else now.base))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if state is Qt.CheckState.Checked:
            painter.drawPixmap(box, icon("check", now.on_accent, box.width()).pixmap(box.size()))
        elif filled:
            painter.setPen(QPen(QColor(now.on_accent), 2))
            painter.drawLine(box.left() + 4, box.center().y(), box.right() - 3, box.center().y())
        painter.restore()


def _state(given: Sequence[bool]) -> Qt.CheckState:
    if all(given):
        return Qt.CheckState.Checked
    return Qt.CheckState.PartiallyChecked if any(given) else Qt.CheckState.Unchecked
