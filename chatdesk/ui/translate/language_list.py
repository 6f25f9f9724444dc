"""The list from which a language is chosen: favourites, recent ones and all, or any by its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.languages import Language
from chatdesk.domain.words import tr
from chatdesk.languages.table import languages
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, colours, follow, scaled

CODE, STARRED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
STAR = 34  # pixels at the end of a row that take a click on the star


class _Rows(QStyledItemDelegate):
    """Draws a star at the end of each row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), round(scaled(30)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        starred = index.data(STARRED)
        if starred is None:
            return
        c = colours()
        rect: QRect = option.rect
        place = QRect(rect.right() - 26, rect.top() + (rect.height() - 16) // 2, 16, 16)
        icon("star-filled" if starred else "star", c.warning if starred else c.disabled, 16).paint(
            painter, place
        )


class LanguageList(QFrame):
    """`picked` gives a code, a name of the user's own, or "" for the first entry, if it was named."""

    picked = Signal(str)
    starred = Signal(str)  # the code whose star was clicked

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(f"{name}-popup")
        self.setAccessibleName(title)
        self._first = ""
        self._favourites: Sequence[str] = ()
        self._recent: Sequence[str] = ()
        self.search = QLineEdit()
        self.search.setObjectName(f"{name}-search")
        self.search.setAccessibleName(tr("Find a language"))
        self.search.setPlaceholderText(tr("Find a language, or name any"))
        self.list = QListWidget()
        self.list.setObjectName(f"{name}-list")
        self.list.setAccessibleName(title)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setToolTip(tr("Ctrl+D makes a language a favourite, or one no more"))
        self.search.textChanged.connect(lambda _: self._fill())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.list.viewport().installEventFilter(self)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._clicked)
        self._star_click = False
        follow(self, self._restyle)

    def show_languages(self, favourites: Sequence[str], recent: Sequence[str], first: str = "") -> None:
        """Say what stands on top; `first` names an entry before all others, which has no code."""
        self._favourites, self._recent, self._first = favourites, recent, first
        self._fill()

    def open_at(self, place: QPoint) -> None:
        """Open below a button."""
        self.search.clear()
        self._fill()
        self.resize(round(scaled(300)), round(scaled(420)))
        self.move(place)
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QMouseEvent) and event.type() == event.Type.MouseButtonPress:
            self._star_click = event.position().x() > self.list.viewport().width() - STAR
        return False

    def _key(self, event: QKeyEvent) -> bool:
        row = self.list.currentRow()
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._go(row, step)
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                step = 8 if event.key() == Qt.Key.Key_PageDown else -8
                self.list.setCurrentRow(min(max(row + step, 0), self.list.count() - 1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._pick(self.list.currentItem())
            case Qt.Key.Key_D if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._star(self.list.currentItem())
            case _:
                return False
        return True

    def _go(self, row: int, step: int) -> None:
        row += step
        while 0 <= row < self.list.count() and not self.list.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
            row += step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._star_click and item.data(STARRED) is not None:
            self._star(item)
        else:
            self._pick(item)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(CODE) is not None:
            self.hide()
            self.picked.emit(item.data(CODE))

    def _star(self, item: QListWidgetItem | None) -> None:
        if item is None or item.data(STARRED) is None:
            return
        code = item.data(CODE)
        self.starred.emit(code)
        for row in range(self.list.count()):
            if self.list.item(row).data(CODE) == code:
                self.list.setCurrentRow(row)
                break

    def _fill(self) -> None:
        """Show what fits the words in the field."""
        self.list.clear()
        words = " ".join(self.search.text().split())
        known = languages()
        if not words:
            if self._first:
                self._add(self._first, "")
            self._group(tr("Favourites"), [known[code] for code in self._favourites if code in known])
            recent = [code for code in self._recent if code in known and code not in self._favourites]
            self._group(tr("Recent"), [known[code] for code in recent])
            self._group(tr("All languages"), sorted(known.values(), key=lambda each: each.english))
        else:
            found = sorted(
                (each for each in known.values() if _fits(each, words)), key=lambda each: _rank(each, words)
            )
            for language in found:
                self._add(_title(language), language.code)
            if not any(words.casefold() in (each.english.casefold(), each.code.casefold()) for each in found):
                self._add(tr("“{name}” as it is").format(name=words), words, starred=False)
        self.list.setCurrentRow(-1)
        self._go(-1, 1)

    def _group(self, title: str, members: Sequence[Language]) -> None:
        if not members:
            return
        heading = QListWidgetItem(title, self.list)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        for language in members:
            self._add(_title(language), language.code)

    def _add(self, title: str, code: str, *, starred: bool = True) -> None:
        item = QListWidgetItem(title, self.list)
        item.setData(CODE, code)
        if code and starred:
            item.setData(STARRED, code in self._favourites)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.fields(c)
            + sheets.scroll_bars(c)
            + f"#{self.objectName()} {{ background: {c.raised}; border: 1px solid {c.border}; }}"
            f"QListWidget {{ background: transparent; border: none; outline: none; color: {c.text}; }}"
            f"QListWidget::item {{ padding-left: 8px; border-radius: 6px; }}"
            f"QListWidget::item:disabled {{ color: {c.muted}; }}"
            f"QListWidget::item:hover:!disabled {{ background: {c.hover}; }}"
            f"QListWidget::item:selected {{ background: {c.bubble}; color: {c.text}; }}"
        )


def _title(language: Language) -> str:
    same = language.own.casefold() == language.english.casefold()
    return language.english if same else f"{language.english} – {language.own}"


def _fits(language: Language, words: str) -> bool:
    told = f"{language.english} {language.own} {language.code}".casefold()
    return all(word in told for word in words.casefold().split())


def _rank(language: Language, words: str) -> tuple[bool, bool, bool, str]:
    start = words.casefold()
    names = (language.code.casefold(), language.english.casefold(), language.own.casefold())
    begins = any(name.startswith(start) for name in names)
    return start not in names, not begins, "-" in language.code, language.english
