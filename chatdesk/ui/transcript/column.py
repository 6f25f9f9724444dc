"""A column of messages in which only the rows near the viewport have widgets."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from chatdesk.ui.transcript.entries import Entry, Row
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.neighbours import gap_above, row_above, row_below
from chatdesk.ui.transcript.pool import WidgetPool
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.scrolling import ThinBar
from chatdesk.ui.transcript.thumb import BOTTOM, TOP, Thumb

SIDE = 24
BUDGET = 0.006  # seconds in one pass for rows that cannot be seen yet


class Column(QAbstractScrollArea):
    """Places rows from an anchor, so that a wrong estimate moves the thumb and never the text being read.

    The anchor is the first row that reaches into the viewport; `offset` pixels of it are above the edge.
    While `at_end` the last row stands on the lower edge whatever happens.
    """

    at_end_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for part in (self, self.viewport()):
            part.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.viewport().setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinBar(Qt.Orientation.Vertical, self))
        self.verticalScrollBar().setSingleStep(24)
        self.formats = Formats()
        self.entries: list[Entry] = []
        self.pinned: Row | None = None  # keeps its widget wherever it is
        self._pool = WidgetPool(self.formats, self.viewport(), self.greet)
        self._parked = False
        self._live: set[Row] = set()
        self._keep: set[Row] = set()
        self._anchor = (0, 0)
        self._offset = 0
        self._follow = True
        self._thumb = Thumb(self.verticalScrollBar())
        self._placing = False
        self._deadline = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.place)

    @property
    def at_end(self) -> bool:
        """Whether the end of the chat is shown, and stays shown while it grows."""
        return self._follow

    def greet(self, widget: RowWidget) -> None:
        """Join a new row widget with this column."""
        widget.resized.connect(self.row_resized)

    def made(self, row: Row) -> None:
        """Called when a row has got a widget."""

    def live_rows(self) -> list[Row]:
        """Return the rows that have a widget, from top to bottom."""
        return sorted((row for row in self._live if row.widget is not None), key=lambda row: row.place)

    def row_of(self, widget: QWidget | None) -> Row | None:
        """Return the row whose widget is `widget` or holds it."""
        while widget is not None and not isinstance(widget, RowWidget):
            widget = widget.parentWidget()
        return next((row for row in self._live if row.widget is widget), None) if widget else None

    def row_resized(self, widget: RowWidget) -> None:
        row = self.row_of(widget)
        if row is not None:
            row.width = 0
            self.place()

    def column_width(self) -> int:
        """Return the width of the rows in pixels."""
        return max(
            120, min(self.formats.scaled(self.formats.reading.width), self.viewport().width() - 2 * SIDE)
        )

    # The state of the view

    def anchor_at(self, row: Row, offset: int) -> None:
        """Let `row` stand `offset` pixels above the upper edge of the viewport."""
        self._anchor, self._offset = row.place, offset
        self._set_follow(False)
        self.place()

    def anchor(self) -> tuple[Entry, int] | None:
        """Return the message at the upper edge and how far it reaches above it, None when there is none."""
        if not self.entries:
            return None
        entry = self.entries[min(self._anchor[0], len(self.entries) - 1)]
        rows = (entry.rows or [])[: self._anchor[1] + 1]
        above = sum(row.gap + row.height for row in rows) - (rows[-1].height if rows else 0)
        return entry, self._offset + above

    def anchor_entry(self, index: int, offset: int) -> None:
        """Let message `index` begin `offset` pixels above the upper edge."""
        self._anchor, self._offset = (index, 0), offset
        self._set_follow(False)
        self.place()

    def scroll_to_end(self) -> None:
        self._set_follow(True)
        self.place()

    def scroll_by(self, pixels: int) -> None:
        """Move the text up by `pixels`, down when negative."""
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value() + pixels, bar.minimum()), bar.maximum()))

    def redraw(self, formats: Formats) -> None:
        """Show everything in other formats."""
        self.release_all()
        old, self.formats = self.formats, formats
        self._pool.dismiss(formats)
        for entry in self.entries:
            entry.formats = formats
            if entry.rows is None:
                entry.estimate()
            for row in entry.rows or ():
                row.width = 0
        if not self._follow:
            self._offset = round(self._offset * formats.percent / old.percent)
        self.place()

    def release_all(self) -> None:
        """Take the widgets from all rows."""
        self.release(list(self._live))

    def release(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._live.discard(row)
            widget, row.widget = row.widget, None
            if widget is not None:
                if widget.isAncestorOf(self.focusWidget() or self):
                    self.setFocus()
                self._pool.give_back(widget)

    # Placing

    def place(self) -> None:
        """Give each row near the viewport its widget and its place; take the widgets of all others."""
        if self._placing:
            return
        self._placing = True
        try:
            self._later.stop()
            self._keep = set() if self.pinned is None else {self.pinned}
            self._deadline = time.perf_counter() + BUDGET
            placed = self._walk()
            self._put(placed)
            self.release([row for row in self._live if row not in self._keep])
            self._live = {row for row in self._keep if row.widget is not None}
        finally:
            self._placing = False

    def _walk(self) -> list[tuple[int, Row]]:
        """Return the rows near the viewport with the tops of their places, from top to bottom."""
        height = self.viewport().height()
        if not self.entries:
            return []
        if not self._follow:
            start = self._anchor_row()
            down = self._walk_down(start, -self._offset)
            end = down[-1][0] + down[-1][1].height
            if row_below(self.entries, down[-1][1]) is None and end <= height - BOTTOM:
                self._set_follow(True)
            else:
                placed = self._walk_up(start, -self._offset) + down
                first = placed[0]
                if row_above(self.entries, first[1]) is None and first[0] > TOP:
                    return self._shifted(placed, TOP - first[0])
                return placed
        last = self.entries[-1].ensure_rows()[-1]
        self._ensure(last, 0, height)
        top = height - BOTTOM - last.height
        placed = [*self._walk_up(last, top), (top, last)]
        if placed[0][0] > TOP and row_above(self.entries, placed[0][1]) is None:
            placed = self._shifted(placed, TOP - placed[0][0])
        return placed

    def _shifted(self, placed: list[tuple[int, Row]], by: int) -> list[tuple[int, Row]]:
        moved = [(top + by, row) for top, row in placed]
        top, row = moved[-1]
        return moved + self._walk_down(row, top)[1:]

    def _walk_down(self, start: Row, top: int) -> list[tuple[int, Row]]:
        height = self.viewport().height()
        limit = height + height // 2
        found: list[tuple[int, Row]] = []
        row: Row | None = start
        while row is not None and (top < limit or not found):
            self._ensure(row, top, height)
            found.append((top, row))
            top += row.height
            row = row_below(self.entries, row)
            if row is not None:
                top += gap_above(row)
        return found

    def _walk_up(self, start: Row, top: int) -> list[tuple[int, Row]]:
        height = self.viewport().height()
        found: list[tuple[int, Row]] = []
        row = start
        while top > -height // 2 and (above := row_above(self.entries, row)) is not None:
            bottom = top - gap_above(row)
            self._ensure(above, bottom - above.height, height)
            top = bottom - above.height
            found.append((top, above))
            row = above
        found.reverse()
        return found

    def _ensure(self, row: Row, top: int, height: int) -> None:
        """Make and measure a row; one outside the viewport only while there is time left in this pass."""
        if row.widget is None:
            visible = top + row.height > 0 and top < height
            if not visible and time.perf_counter() > self._deadline:
                self._later.start()
                return
            row.widget = self._pool.take(row.content)
            row.width = 0
            self._live.add(row)
            self.made(row)
        self._keep.add(row)
        width = self.column_width()
        if row.width != width:
            row.height = row.widget.height_at(width)
            row.width = width
            row.entry.measure()

    def _put(self, placed: list[tuple[int, Row]]) -> None:
        width = self.column_width()
        left = (self.viewport().width() - width) // 2
        for top, row in placed:
            if row.widget is not None:
                row.widget.setGeometry(left, top, width, row.height)
                if row.widget.isHidden():
                    row.widget.show()
        self._parked = self.pinned is not None and all(row is not self.pinned for _, row in placed)
        if self.pinned is not None and self._parked:
            self._park(self.pinned)
        for top, row in placed:
            if top + row.height > 0:
                self._anchor, self._offset = row.place, -top
                break
        self._move_thumb()

    def pinned_away(self) -> Row | None:
        """Return the pinned row while it stands outside of the placed ones."""
        return self.pinned if self._parked else None

    def _park(self, row: Row) -> None:
        if row.widget is not None:
            row.widget.move(row.widget.x(), -row.height - self.viewport().height())

    def _move_thumb(self) -> None:
        found = None if self._follow else self.anchor()
        at = (found[0].index, found[1]) if found is not None else None
        self._thumb.move(self.entries, self.viewport().height(), at)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002  the bar's value says it all
        if not self.entries:
            return
        value = self.verticalScrollBar().value()
        moved = value - self._thumb.value
        self._set_follow(value >= self.verticalScrollBar().maximum())
        if abs(moved) < self.viewport().height():
            self._offset += moved
        else:
            index, self._offset = self._thumb.message_at(value)
            self._anchor = (index, 0)
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def _anchor_row(self) -> Row:
        """Return the row to walk from, after moving on where the offset reaches beyond the anchor."""
        index = min(self._anchor[0], len(self.entries) - 1)
        rows = self.entries[index].ensure_rows()
        row = rows[min(self._anchor[1], len(rows) - 1)]
        while self._offset >= row.height and (below := row_below(self.entries, row)) is not None:
            self._offset -= row.height + gap_above(below)
            row = below
        return row

    def _set_follow(self, follow: bool) -> None:
        if follow != self._follow:
            self._follow = follow
            self.at_end_changed.emit(follow)
