"""The command palette: a field, and below it everything that can be done whose words have what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.commands import Command
from chatdesk.ui.theme import LIGHT, Colours, follow, scaled

Index = QModelIndex | QPersistentModelIndex
MOST = 200  # commands that are listed at once
REMEMBERED = 20  # commands that were used last
_AROUND = QSize(16, 72)  # pixels of the window that stay free
_SIDE = 12  # empty pixels at both sides of a row


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return `text` without accents and case, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def matching(commands: Iterable[Command], typed: str, recent: Sequence[str]) -> list[Command]:
    """Return the commands that have every word typed, as a part of one of theirs.

    Those used last come first, then those that begin so, then those of which words do; what cannot be done
    now comes last.
    """
    words = folded(typed).split()
    places = {name: place for place, name in enumerate(recent)}
    found: list[tuple[tuple[bool, int, bool, int, int], Command]] = []
    for number, command in enumerate(commands):
        title = " " + folded(command.title)
        whole = f"{title} {folded(command.group)}"
        if all(word in whole for word in words):
            begun = sum(f" {word}" not in title for word in words)
            within = bool(words) and not title.startswith(f" {words[0]}")
            recently = places.get(command.id, len(places))
            rank = (bool(command.unusable), recently, within, begun, number)
            found.append((rank, command))
    found.sort(key=lambda each: each[0])
    return [command for _, command in found[:MOST]]


class _Rows(QAbstractListModel):
    """The commands that are listed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.commands: list[Command] = []

    def put(self, commands: list[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.UserRole:
            return command
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (command.title, command.group, command.keys, command.unusable)
            return ", ".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = not self.commands[index.row()].unusable
        return Qt.ItemFlag.ItemIsSelectable | (Qt.ItemFlag.ItemIsEnabled if usable else Qt.ItemFlag(0))


class _Delegate(QStyledItemDelegate):
    """Draws title and group at the left, keys or the reason at the right."""

    colours = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, option.fontMetrics.height() + round(scaled(13)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command = index.data(Qt.ItemDataRole.UserRole)
        assert isinstance(command, Command)
        c, area = self.colours, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.bubble))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1, -0.5, -1), 7, 7)
        room = area.adjusted(_SIDE, 0, -_SIDE, 0)
        room = self._paint_right(painter, room, command)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setPen(QColor(c.disabled if command.unusable else c.text))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(command.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, align, title)
        used = metrics.horizontalAdvance(title) + 10
        painter.setFont(_smaller(painter.font()))
        painter.setPen(QColor(c.disabled if command.unusable else c.muted))
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        rest = room.adjusted(0, 0, -used, 0) if mirrored else room.adjusted(used, 0, 0, 0)
        group = painter.fontMetrics().elidedText(command.group, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, align, group)
        painter.restore()

    def _paint_right(self, painter: QPainter, room: QRect, command: Command) -> QRect:
        """Draw keys or the reason; return the room that is left of them."""
        words = command.unusable or command.keys
        if not words:
            return room
        plain = painter.font()
        painter.setFont(_smaller(plain))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(words) + 14, room.width() * 2 // 3)
        place = QRect(room.right() - width, room.top(), width, room.height())
        left = room.adjusted(0, 0, -width - 10, 0)
        if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(room.left())
            left = room.adjusted(width + 10, 0, 0, 0)
        if not command.unusable:
            painter.setPen(QPen(QColor(self.colours.outline), 1))
            painter.setBrush(QColor(self.colours.window))
            cap = QRectF(place)
            cap.setHeight(metrics.height() + 5)
            cap.moveCenter(QRectF(place).center())
            painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(self.colours.disabled if command.unusable else self.colours.text))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setFont(plain)
        return left


class Palette(QDialog):
    """Lists `commands`, and once something is typed those of `more` too. Call `open`.

    `chosen` comes with a Command after the dialog has closed, so that it runs in the window.
    """

    chosen = Signal(object)

    def __init__(
        self,
        commands: Sequence[Command],
        more: Callable[[], Iterable[Command]],
        recent: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands, self._more, self._recent = list(commands), more, recent
        self._more_read = False
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find a command"))
        self.field = QLineEdit(self)
        self.field.setObjectName("palette-words")
        self.field.setPlaceholderText(tr("Command, chat, template, model or setting"))
        self.field.setAccessibleName(tr("Find a command"))
        self.field.installEventFilter(self)
        self.rows = _Rows(self)
        self.list = QListView(self)
        self.list.setObjectName("palette-list")
        self.list.setAccessibleName(tr("Commands"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.rows)
        self._delegate = _Delegate(self)
        self.list.setItemDelegate(self._delegate)
        self.note = QLabel(tr("Nothing has these words."), self)
        self.note.setObjectName("palette-note")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        self.field.textChanged.connect(self._look)
        self.list.clicked.connect(self._choose)
        follow(self, self._restyle)
        self._look("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The field keeps the keyboard, so that one can go on typing while the arrows walk through the list.
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }.get(Qt.Key(event.key()), 0)
            if step:
                self._select(self.list.currentIndex().row() + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        if typed.strip() and not self._more_read:
            self._more_read = True
            self._commands += self._more()
        found = matching(self._commands, typed, self._recent)
        self.rows.put(found)
        self.note.setVisible(not found)
        self._select(0)

    def _select(self, row: int) -> None:
        last = self.rows.rowCount() - 1
        if last >= 0:
            index = self.rows.index(min(max(row, 0), last))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        command = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(command, Command) and not command.unusable:
            self.accept()
            self.chosen.emit(command)

    def _restyle(self, c: Colours) -> None:
        self._delegate.colours = c
        self.setStyleSheet(
            sheets.page(c)
            + "#palette-list { background: transparent; border: none; outline: none; }"
            + f"#palette-note {{ color: {c.muted}; padding: 4px 12px; }}"
        )
        wished = QSize(round(min(scaled(600), 900)), round(min(scaled(440), 640)))
        window = self.parentWidget()
        self.resize(wished.boundedTo(window.size() - _AROUND) if window is not None else wished)


def remembered(recent: Sequence[str], used: str) -> tuple[str, ...]:
    """Return the ids of the commands used last, with `used` as the newest."""
    return (used, *(each for each in recent if each != used))[:REMEMBERED]


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.88)
    return smaller
