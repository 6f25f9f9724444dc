"""What a reader does in the column: scroll, select, copy, find, and move by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QStyle, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.transcript.column import Column
from chatdesk.ui.transcript.entries import Entry, Row
from chatdesk.ui.transcript.find import Hit, hits_in, mark, row_of_hit
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.keyboard import last_stop, next_stop, outside, scroll_for_key
from chatdesk.ui.transcript.markdown import is_link
from chatdesk.ui.transcript.row_widget import RowText, RowWidget
from chatdesk.ui.transcript.scrolling import Glide
from chatdesk.ui.transcript.selection import Selection
from chatdesk.ui.transcript.warm_up import WarmUp


class ReadingColumn(Column):
    """A column whose text can be selected across rows, searched, and walked by keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._colour_selection(self.formats)
        self._selection = Selection(self)
        self._glide = Glide(self.scroll_by, self)
        self._warm_up: WarmUp | None = None
        self._near: Entry | None = None
        self._words = ""
        self._hit: tuple[Row, int] | None = None

    # Selecting and copying

    def selected_text(self) -> str:
        """Return the selected text; rows stand apart by an empty line."""
        return self._selection.text()

    def select_all(self) -> None:
        self._selection.select_all()

    def copy_selection(self) -> None:
        """Put what is selected on the clipboard; nothing selected leaves it as it is."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    # Finding

    def find(self, words: str) -> list[Hit]:  # type: ignore[override]  # QWidget.find is about window ids
        """Mark these words wherever they stand and return the places from top to bottom."""
        self._words = words.strip()
        self._hit = None
        self._mark_all()
        return hits_in(self.entries, self._words)

    def show_hit(self, hit: Hit) -> None:
        """Bring a place into view and mark it as the one being looked at."""
        entry = next((one for one in self.entries if one.id == hit.message), None)
        if entry is None or not self._words:
            return
        self._hit = row_of_hit(entry, self._words, hit.ordinal)
        if self._hit is None:
            self.anchor_entry(entry.index, 0)
            return
        row = self._hit[0]
        if row.widget is None or not self._is_inside(row):
            self.anchor_at(row, -self.viewport().height() // 3)
        self._mark_all()
        self._reveal_hit(row)

    def clear_find(self) -> None:
        """Take all marks away."""
        self._words = ""
        self._hit = None
        self._mark_all()

    def _mark_all(self) -> None:
        for row in self.live_rows():
            self._mark(row)

    def _mark(self, row: Row) -> None:
        current = self._hit[1] if self._hit is not None and self._hit[0] is row else None
        mark(row, self._words, current, self.formats)

    def _reveal_hit(self, row: Row) -> None:
        """Scroll so that the marked place within a high row is seen too."""
        text = row.widget.text if row.widget is not None else None
        cursor = mark(row, self._words, self._hit[1] if self._hit else None, self.formats)
        if text is None or cursor is None:
            return
        place = text.cursorRect(cursor).translated(text.viewport().mapTo(self.viewport(), QPoint(0, 0)))
        margin = min(80, self.viewport().height() // 4)
        if place.top() < margin:
            self.scroll_by(place.top() - self.viewport().height() // 3)
        elif place.bottom() > self.viewport().height() - margin:
            self.scroll_by(place.bottom() - self.viewport().height() * 2 // 3)
        bar = text.horizontalScrollBar()
        sideways = text.cursorRect(cursor)
        if not 0 <= sideways.left() < text.viewport().width() - 20:
            bar.setValue(bar.value() + sideways.left() - text.viewport().width() // 3)

    def _is_inside(self, row: Row) -> bool:
        assert row.widget is not None
        return self.viewport().rect().intersects(row.widget.geometry())

    # Rows that come and go

    def greet(self, widget: RowWidget) -> None:
        super().greet(widget)
        widget.entered.connect(self._come_near)
        if widget.text is not None:
            self._selection.watch(widget.text)

    def made(self, row: Row) -> None:
        if row.widget is not None:
            row.widget.reveal(near=row.entry is self._near)
        self._selection.show_in(row)
        if self._words:
            self._mark(row)

    def redraw(self, formats: Formats) -> None:
        self._colour_selection(formats)
        super().redraw(formats)

    def _colour_selection(self, formats: Formats) -> None:
        palette = self.viewport().palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(formats.colours.selection))
            palette.setColor(group, QPalette.ColorRole.HighlightedText, QColor(formats.colours.text))
        self.viewport().setPalette(palette)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_near(None)
        super().leaveEvent(event)

    def _come_near(self, widget: RowWidget) -> None:
        row = self.row_of(widget)
        if row is not None:
            self._set_near(row.entry)

    def _set_near(self, entry: Entry | None) -> None:
        if entry is self._near:
            return
        self._near = entry
        for row in self.live_rows():
            if row.widget is not None:
                row.widget.reveal(near=row.entry is entry)

    # Mouse and keyboard

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._warm_up is None:
            self._warm_up = WarmUp(self.formats, self)
            self._warm_up.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        animated = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animate, None, self) != 0
        self._glide.wheel(event, animated=animated)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._selection.begin(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._selection.extend(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  whichever button it was
        self._selection.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not scroll_for_key(self, event.key()):
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  Qt's own signature
        now = self.window().focusWidget() or self
        stop = next_stop(self, now, forward=forward)
        if stop is None and not forward and now is not self and self.isAncestorOf(now):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target = stop or outside(self, forward=forward)
        if target is None:
            return False
        target.setFocus(reason)
        if stop is not None:
            self._bring_into_view(stop)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason and (stop := last_stop(self)) is not None:
            stop.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _bring_into_view(self, stop: QWidget) -> None:
        top = stop.mapTo(self.viewport(), QPoint(0, 0)).y()
        height = self.viewport().height()
        if top < 0:
            self.scroll_by(top - 20)
        elif top + min(stop.height(), height // 2) > height:
            self.scroll_by(top + min(stop.height(), height // 2) - height + 20)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction(tr("Copy"), menu)
        copy.setEnabled(bool(self.selected_text()))
        copy.triggered.connect(self.copy_selection)
        menu.addAction(copy)
        address = self._link_at(event.globalPos())
        if address:
            link = QAction(tr("Copy link address"), menu)
            link.triggered.connect(lambda: QGuiApplication.clipboard().setText(address))
            menu.addAction(link)
        everything = QAction(tr("Select all"), menu)
        everything.triggered.connect(self.select_all)
        menu.addAction(everything)
        menu.popup(event.globalPos())

    def _link_at(self, point: QPoint) -> str:
        for row in self.live_rows():
            text: RowText | None = row.widget.text if row.widget is not None else None
            if text is not None and text.rect().contains(text.mapFromGlobal(point)):
                address = text.anchorAt(text.viewport().mapFromGlobal(point))
                encoded = QUrl(address).toString(QUrl.ComponentFormattingOption.FullyEncoded)
                return encoded if is_link(encoded) else ""
        return ""
