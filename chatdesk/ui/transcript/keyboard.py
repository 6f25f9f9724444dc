"""Move through the conversation by keyboard: scrolling keys, and Tab from row to row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.column import Column
from chatdesk.ui.transcript.thumb import TOP

LINE = 48  # pixels for an arrow key


def scroll_for_key(column: Column, key: int) -> bool:
    """Scroll as a key asks for; False: it is none of the scrolling keys."""
    page = max(LINE, column.viewport().height() - LINE)
    steps: dict[int, int] = {
        Qt.Key.Key_Up: -LINE,
        Qt.Key.Key_Down: LINE,
        Qt.Key.Key_PageUp: -page,
        Qt.Key.Key_PageDown: page,
        Qt.Key.Key_Space: page,
    }
    if key == Qt.Key.Key_Home:
        column.anchor_entry(0, -TOP)
    elif key == Qt.Key.Key_End:
        column.scroll_to_end()
    elif (pixels := steps.get(key)) is not None:
        column.scroll_by(pixels)
    else:
        return False
    return True


def next_stop(column: Column, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the widget that Tab goes to from `now` within the rows, None where it leaves them."""
    stops = [
        stop
        for row in column.live_rows()
        if row.widget is not None
        for stop in row.widget.stops()
        if stop.isVisibleTo(column)
    ]
    if not forward:
        stops.reverse()
    if now is None or now is column or now is column.viewport():
        return next((stop for stop in stops if _is_inside(column, stop)), None) if forward else None
    place = next((i for i, stop in enumerate(stops) if stop is now or stop.isAncestorOf(now)), None)
    return stops[place + 1] if place is not None and place + 1 < len(stops) else None


def _is_inside(column: Column, stop: QWidget) -> bool:
    place = stop.rect().translated(stop.mapTo(column.viewport(), QPoint(0, 0)))
    return column.viewport().rect().intersects(place)


def last_stop(column: Column) -> QWidget | None:
    """Return the lowest widget in view that takes the focus."""
    stops = [stop for row in column.live_rows() if row.widget is not None for stop in row.widget.stops()]
    return next((stop for stop in reversed(stops) if _is_inside(column, stop)), None)


def outside(column: Column, *, forward: bool) -> QWidget | None:
    """Return the next widget in the window's order that is no part of the column."""
    widget: QWidget | None = column
    while True:
        assert widget is not None
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if widget is None or widget is column:
            return None
        inside = widget is column or column.isAncestorOf(widget)
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if not inside and takes and widget.isVisible() and widget.isEnabled():
            return widget
