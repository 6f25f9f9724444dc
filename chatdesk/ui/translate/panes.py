"""Both panes, scrolled in step; a paragraph and its partner are marked together."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.translate.pane import Pane
from chatdesk.ui.translate.pieces import Pieces
from chatdesk.ui.translate.rows import SOURCE, TARGET, Rows, rows_of
from chatdesk.ui.translate.source_pane import SourcePane
from chatdesk.ui.translate.target_pane import TargetPane

NARROW = 700  # pixels: in a narrower page the panes stand one below the other
SLICE = 0.006  # seconds at a time in which what is not seen is measured


class Panes(QWidget):
    """Below each pane is room for controls that the page puts there (`under_source`, `under_target`)."""

    number_changed = Signal(int)  # the paragraph with the cursor, -1 for none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows()
        self.source = SourcePane(self.rows)
        self.target = TargetPane(self.rows)
        self.pieces = Pieces()  # of the source
        self._last: Pane = self.source  # had the keyboard last
        self._hovered = self._entered = -1
        self._measured = [0, 0]
        self._scrolling = False
        self.sides = (QVBoxLayout(), QVBoxLayout())
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._measure)
        for side, pane in zip(self.sides, self.both, strict=True):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(8)
            side.addWidget(pane, 1)
            self.box.addLayout(side, 1)
            self._connect(pane)

    @property
    def both(self) -> tuple[Pane, Pane]:
        """The pane with the source, and that with the translation."""
        return self.source, self.target

    @property
    def stacked(self) -> bool:
        """Whether the panes stand one below the other."""
        return self.box.direction() == QBoxLayout.Direction.TopToBottom

    def show_pieces(self, gaps: Sequence[str], sources: Sequence[str], texts: Sequence[str]) -> None:
        """Show translations beside the paragraphs of the source, which has to be what its pane shows."""
        at = self.target.verticalScrollBar().value()
        self.pieces = Pieces(gaps, sources)
        self.target.show_pieces(gaps, texts)
        self.source.blank = self.target.blank = _blank(gaps)
        if self.source.document().blockCount() == len(rows := rows_of(gaps, sources)):
            self.rows.arrange(rows, rows_of(gaps, texts))
        self._rearranged()
        self.target.verticalScrollBar().setValue(at)
        self._mark(self._hovered, self._last.row)
        for pane in self.both:
            pane.tell_pointer()

    def set_text(self, number: int, text: str) -> None:
        """Give a paragraph of the translation another text."""
        self.target.set_text(number, text)

    def number(self) -> int:
        """Return the paragraph with the cursor, in the pane that had the keyboard last; -1 for none."""
        pieces = self.pieces if self._last is self.source else self.target.pieces
        number = pieces.at(self._last.textCursor().position())
        return number if number < len(self.target.pieces.texts) else -1

    def go_to(self, number: int) -> None:
        """Put the cursor at the end of a paragraph of the translation."""
        self._last = self.target
        cursor = self.target.textCursor()
        cursor.setPosition(self.target.pieces.span(number)[1])
        self.target.setTextCursor(cursor)
        self.target.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down = self.width() < NARROW
        if down != self.stacked:
            way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
            self.box.setDirection(way)

    def _connect(self, pane: Pane) -> None:
        pane.hovered.connect(lambda row: self._mark(row, self._entered))
        pane.entered.connect(lambda row: self._enter(pane, row))
        pane.focused.connect(lambda: self._focus(pane))
        pane.verticalScrollBar().valueChanged.connect(lambda value: self._scroll(pane, value))
        pane.lines.changed = self._rows_changed
        pane.prepare = self._measure_seen

    def _focus(self, pane: Pane) -> None:
        self._last = pane
        self._enter(pane, pane.row)

    def _enter(self, pane: Pane, row: int) -> None:
        if pane is not self._last:  # its cursor was moved by text that came
            return
        self._mark(self._hovered, row)
        self.number_changed.emit(self.number())

    def _mark(self, hovered: int, entered: int) -> None:
        self._hovered, self._entered = hovered, entered
        shown = entered if self.pieces.texts else -1
        for pane in self.both:
            pane.mark(hovered if self.pieces.texts else -1, shown)

    def _scroll(self, pane: Pane, value: int) -> None:
        if self._scrolling:
            return
        self._scrolling = True
        other = self.target if pane is self.source else self.source
        other.verticalScrollBar().setValue(value)
        self._scrolling = False
        for each in self.both:
            each.tell_pointer()

    def _measure_seen(self) -> None:
        for pane in self.both:
            pane.measure_seen()

    def _rows_changed(self) -> None:
        """A pane has other heights: those of the other are moved with them."""
        for pane in self.both:
            pane.viewport().update()
        self._idle.start()

    def _rearranged(self) -> None:
        for pane in self.both:
            pane.lines.tell_size()
        self._rows_changed()

    def _measure(self) -> None:
        """Measure some of what is not seen, so that the scroll bar tells the truth; what is seen stays."""
        end = time.perf_counter() + SLICE
        bar = self.source.verticalScrollBar()
        row = self.rows.row_at(bar.value())
        inside = bar.value() - self.rows.top(row)
        height = self.rows.height
        left = -1
        for side in (SOURCE, TARGET):
            pane = self.both[side]
            if time.perf_counter() < end:
                self._measured[side] = pane.lines.measure_some(0, lambda: time.perf_counter() > end)
            left = max(left, self._measured[side])
        if self.rows.height != height:
            moved = self.rows.top(row) + inside
            for pane in self.both:
                pane.lines.tell_size()
            if bar.value():
                bar.setValue(round(moved))
        if left < 0:
            self._idle.stop()


def _blank(gaps: Sequence[str]) -> list[int]:
    """Return how many empty lines follow each row."""
    lines = [gap.count("\n") for gap in gaps[1:]]
    return [count - 1 for count in lines[:-1] if count] + lines[-1:]
