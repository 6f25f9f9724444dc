"""Underlines words that no dictionary knows, and offers others in the context menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import colours, follow

LONGEST = 10_000  # characters of a paragraph that is looked through
FEW = 4  # words from which on a paragraph can be seen to be in another language
# Words of letters alone: no part of an address, a path, a name in code or a number.
_WORD = re.compile(r"(?<![\w@/\\.#:~-])[^\W\d_]{2,}(?:['’][^\W\d_]+)*(?![\w@/\\]|[.:][\w/])")
_LAST_LETTER = "\u052f"  # of Latin, Greek and Cyrillic; other scripts have no spaces or no dictionaries


class Speller(Protocol):
    """Knows words."""

    def knows(self, word: str) -> bool: ...

    def suggest(self, word: str) -> list[str]: ...


def unknown(text: str, speller: Speller, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the places, start and end, of words that are not known.

    None where hardly a word is known: the text is in a language that there is no dictionary for.
    """
    words = [found for found in _WORD.finditer(text[:LONGEST]) if _is_plain(found.group())]
    wrong = [found.span() for found in words if not _known(found.group(), speller, own)]
    if len(words) >= FEW and len(wrong) * 2 > len(words):
        return
    yield from wrong


def _is_plain(word: str) -> bool:
    """Whether it is a word rather than an abbreviation or a name of code."""
    letters = re.sub("['’]", "", word)
    return max(letters) <= _LAST_LETTER and letters[1:].islower()


def _known(word: str, speller: Speller, own: frozenset[str]) -> bool:
    return word.casefold() in own or speller.knows(word.replace("’", "'"))


class _Marks(QSyntaxHighlighter):
    """Draws a wave below what is not known."""

    def __init__(self, box: QPlainTextEdit, places: Callable[[str], Iterator[tuple[int, int]]]) -> None:
        super().__init__(box.document())
        self._places = places

    def highlightBlock(self, text: str) -> None:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wave.setUnderlineColor(QColor(colours().danger))
        for start, end in self._places(text):
            self.setFormat(_units(text[:start]), _units(text[start:end]), wave)


class Spelling(QObject):
    """Looks after one text box; `learned` comes with a word that the user calls right."""

    learned = Signal(str)

    def __init__(self, box: QPlainTextEdit, speller: Speller) -> None:
        super().__init__(box)
        self._box, self._speller = box, speller
        self._own: frozenset[str] = frozenset()
        self._on = True
        self._marks = _Marks(box, self._places)
        box.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        box.customContextMenuRequested.connect(self._show_menu)
        follow(box, lambda _: self._marks.rehighlight())

    def set_state(self, on: bool, own: frozenset[str]) -> None:
        """Underline or not; `own` are words that the user called right, casefolded."""
        if (on, own) != (self._on, self._own):
            self._on, self._own = on, own
            self._marks.rehighlight()

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the box's own menu, below other words for an underlined one at `place` in the viewport."""
        menu = self._box.createStandardContextMenu(place)
        menu.setStyleSheet(sheets.menus(colours()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        word = self._word_at(self._box.cursorForPosition(place))
        if word is not None:
            first = menu.actions()[0] if menu.actions() else None
            self._offer(menu, first, word)
        return menu

    def _offer(self, menu: QMenu, before: QAction | None, word: QTextCursor) -> None:
        written = word.selectedText()
        suggested = self._speller.suggest(written)
        offered = [self._action(menu, each, partial(word.insertText, each)) for each in suggested]
        if not offered:
            nothing = QAction(tr("No other word is like it"), menu)
            nothing.setEnabled(False)
            offered = [nothing]
        learn = tr("“{word}” is right").format(word=written)
        offered.append(self._action(menu, learn, lambda: self.learned.emit(written.casefold())))
        line = QAction(menu)
        line.setSeparator(True)
        for action in (*offered, line):
            if before is None:
                menu.addAction(action)
            else:
                menu.insertAction(before, action)

    def _action(self, menu: QMenu, words: str, then: Callable[[], object]) -> QAction:
        action = QAction(words.replace("&", "&&"), menu)
        action.triggered.connect(lambda _checked=False: then())
        return action

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        return unknown(text, self._speller, self._own) if self._on else iter(())

    def _word_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """Return the underlined word at the cursor, selected."""
        block, text = cursor.block(), cursor.block().text()
        for start, end in self._places(text):
            first, last = _units(text[:start]), _units(text[:end])
            if first <= cursor.positionInBlock() <= last:
                word = QTextCursor(block)
                word.setPosition(block.position() + first)
                word.setPosition(block.position() + last, QTextCursor.MoveMode.KeepAnchor)
                return word
        return None

    def _show_menu(self, place: QPoint) -> None:
        self.menu_at(place).popup(self._box.viewport().mapToGlobal(place))


def _units(text: str) -> int:
    """Return the length of `text` as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
