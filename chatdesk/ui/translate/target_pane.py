"""The pane with the translation, each paragraph of which can be written over at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QToolTip, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import pressed
from chatdesk.ui.translate.pane import Pane, same
from chatdesk.ui.translate.pieces import Pieces
from chatdesk.ui.translate.rows import TARGET, Rows
from chatdesk.ui.translate.undoing import Change, Undoing
from chatdesk.ui.translate.whole_marks import WholeMarks

UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
FEW = 20  # paragraphs that are written one by one, which leaves the others as they are


class TargetPane(Pane):
    """What stands between paragraphs cannot be changed, so that each stays beside its source."""

    edited = Signal(int)  # the paragraph that the user has written into
    confirm_requested = Signal()
    menu_requested = Signal(object)  # QPoint on the screen

    def __init__(self, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(rows, TARGET, parent)
        self.setObjectName("translate-target")
        self.setAccessibleName(tr("Translation"))
        self.pieces = Pieces()
        self.undoing = Undoing()
        self._writing = False  # the application itself
        self._noted: list[int] = []  # paragraphs that were changed and not told yet
        self._broken = False  # what stands between paragraphs was removed with them
        self.ranges: Callable[[int], Sequence[QTextLayout.FormatRange]] = lambda _: ()
        self.tooltip: Callable[[int, int], str] = lambda *_: ""
        self._marks = WholeMarks(self)
        self.setUndoRedoEnabled(False)
        self.document().contentsChange.connect(self._changed)
        self.textChanged.connect(self._mend)
        self.lines.formats = self._formats

    @property
    def number(self) -> int:
        """The paragraph with the cursor, -1 where there is none."""
        return self.pieces.at(self.textCursor().position())

    def show_pieces(self, gaps: Sequence[str], texts: Sequence[str]) -> None:
        """Show paragraphs; only what differs is written."""
        new = Pieces(gaps, texts)
        if new.gaps == self.pieces.gaps:
            others = [number for number, old in enumerate(self.pieces.texts) if old != texts[number]]
            if len(others) <= FEW:
                for number in others:
                    self.set_text(number, texts[number])
                return
        else:
            self.undoing.forget()
        self.pieces = new
        self._write(lambda: self.replace_all(new.whole))

    def set_text(self, number: int, text: str) -> None:
        """Give a paragraph another text; of one that grew, only the new end is written."""
        old = self.pieces.texts[number]
        if old == text:
            return
        start, end = self.pieces.span(number)
        self.pieces.change(number, text)
        if text.startswith(old):
            self._write(lambda: self.replace(end, end, text[len(old) :]))
        else:
            self._write(lambda: self.replace(start, end, text))

    def put(self, texts: dict[int, str]) -> None:
        """Write paragraphs as if the user had: it can be taken back."""
        self.undoing.add(Change({number: self.pieces.texts[number] for number in texts}, dict(texts)))
        self._put(texts)

    def restyle(self, number: int) -> None:
        """Show a paragraph whose state has changed."""
        start, end = self.pieces.span(number)
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            self.lines.restyle(block)
            block = block.next()
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.cursorForPosition(event.pos()).position()
            number = self.pieces.at(place)
            words = self.tooltip(number, place - self.pieces.span(number)[0]) if number >= 0 else ""
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(UNDO):
            self._put(dict(self.undoing.undo()))
        elif event.matches(REDO):
            self._put(dict(self.undoing.redo()))
        elif pressed(event, "translate"):
            self.confirm_requested.emit()
        elif self._marks.deletes(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = event.globalPos()
        by_pointer = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_pointer and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(self.viewport().mapFromGlobal(point)))
        self.menu_requested.emit(point)

    def _own(self, event: QKeyEvent) -> bool:
        return bool(event.matches(UNDO) or event.matches(REDO) or pressed(event, "translate"))

    def _put(self, texts: dict[int, str]) -> None:
        for number, text in texts.items():
            self.set_text(number, text)
            cursor = self.textCursor()
            cursor.setPosition(self.pieces.span(number)[1])
            self.setTextCursor(cursor)
            self.edited.emit(number)

    def _write(self, action: Callable[[], None]) -> None:
        before, self._writing = self._writing, True
        self.lines.resting = True
        try:
            action()
        finally:
            self._writing = self.lines.resting = before

    def _changed(self, *_: int) -> None:
        """Find out which paragraphs the user has changed. Qt tells more than what has changed."""
        if self._writing or not self.pieces.texts:
            return
        old, new = _units(self.pieces.whole), _units(self.text)
        difference = (len(new) - len(old)) // 2
        place = min(same(old, new) // 2, self.textCursor().position() - max(difference, 0))
        tail = min(same(old[::-1], new[::-1]) // 2, len(old) // 2 - place, len(new) // 2 - place)
        removed, added = len(old) // 2 - place - tail, len(new) // 2 - place - tail
        first, last = self.pieces.touched(place, place + removed)
        written = place + added
        if last < first:  # between paragraphs: what was written there goes to the end of the one before
            self._broken = True
            first = max(last, 0)
            self._note({first: self.pieces.texts[first] + self._between(place, written)}, typed=False)
            return
        start, end = self.pieces.span(first)[0], self.pieces.span(last)[1]
        within = place >= start and place + removed <= end
        self._broken = not within or first != last
        if not self._broken:
            typed = added == 1 and not removed
            self._note({first: self._between(start, end + difference)}, typed)
            return
        texts = dict.fromkeys(range(first, last + 1), "")
        texts[first] = self._between(start, max(written, start))
        texts[last] += self._between(written, end + difference)
        self._note(texts, typed=False)

    def _between(self, start: int, end: int) -> str:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(max(start, end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")

    def _note(self, texts: dict[int, str], typed: bool) -> None:
        before = {number: self.pieces.texts[number] for number in texts}
        if before == texts:
            return
        spaced = any(text.endswith((" ", "\n")) for text in texts.values())
        self.undoing.add(Change(before, texts, typed and not spaced))
        for number, text in texts.items():
            self.pieces.change(number, text)
        self._noted += texts

    def _mend(self) -> None:
        """Put back what stands between paragraphs, and tell which were changed."""
        if self._broken and not self._writing:
            self._broken = False
            self._write(lambda: self.replace_all(self.pieces.whole))
        noted, self._noted = self._noted, []
        for number in noted:
            self.edited.emit(number)

    def _formats(self, block: QTextBlock) -> Sequence[QTextLayout.FormatRange]:
        """Return how the words of a block look, by its paragraphs."""
        if not self.pieces.texts:
            return ()
        start, end = block.position(), block.position() + block.length() - 1
        first, last = self.pieces.touched(start, end)
        found = []
        for number in range(first, last + 1):
            begin = self.pieces.span(number)[0]
            for each in self.ranges(number):
                low = max(begin + each.start - start, 0)
                high = min(begin + each.start + each.length, end) - start
                if low < high:
                    shown = QTextLayout.FormatRange()
                    shown.start, shown.length, shown.format = low, high - low, each.format
                    found.append(shown)
        return found


def _units(text: str) -> bytes:
    """Return a text in which two bytes are one place of Qt's."""
    return text.encode("utf-16-le", "surrogatepass")
