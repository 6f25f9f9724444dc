"""The list of files that are summarised one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from chatdesk.domain.summaries import SummaryState
from chatdesk.domain.words import tr, trn
from chatdesk.ui.summarize.queue_model import SORTS, Column, QueueModel, QueueRow
from chatdesk.ui.summarize.queue_order import QueueOrder
from chatdesk.ui.summarize.wishes_form import WishesForm
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import GAP, push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

MARGIN = 24
_NEEDS = {  # pixels at 100 % text size that the table needs for them
    Column.date: 860,
    Column.language: 700,
    Column.pages: 560,
    Column.points: 500,
}
_WIDTHS = {  # pixels at 100 % text size
    Column.file: 190,
    Column.state: 80,
    Column.points: 84,
    Column.language: 100,
    Column.pages: 60,
    Column.date: 96,
}


class QueueTable(QTableView):
    """Enter opens a row, Delete takes the selected rows out of the list."""

    opened = Signal(str)
    remove_requested = Signal(object)  # list of ids

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue")
        self.setAccessibleName(tr("Files to summarise"))
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(model)
        self._sorted.setSortRole(SORTS)
        self._queue = model
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName(tr("Columns; a click sorts"))
        header.setSectionResizeMode(Column.line, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(50)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.activated.connect(self._open)
        follow(self, self._restyle)

    @property
    def selected(self) -> list[str]:
        """The ids of the selected rows."""
        rows = self.selectionModel().selectedRows()
        return [self._queue.rows[self._sorted.mapToSource(index).row()].id for index in rows]

    @property
    def rows(self) -> list[QueueRow]:
        """All rows in the order in which they are shown."""
        places = (self._sorted.index(row, 0) for row in range(self._sorted.rowCount()))
        return [self._queue.rows[self._sorted.mapToSource(place).row()] for place in places]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selected:
            self.remove_requested.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_columns()

    def _hide_columns(self) -> None:
        for column, least in _NEEDS.items():
            self.setColumnHidden(column, self.width() < scaled(least))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._queue.rows[self._sorted.mapToSource(index).row()].id)

    def _restyle(self, c: Colours) -> None:
        # The font of the widget itself may still be that of the text size before.
        self.verticalHeader().setMinimumSectionSize(round(scaled(30)))
        self.verticalHeader().setDefaultSectionSize(round(scaled(30)))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(scaled(width)))
        self._hide_columns()
        self.setStyleSheet(
            f"QTableView {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 10px;"
            f" color: {c.text}; selection-background-color: {c.bubble}; selection-color: {c.text};"
            f" outline: none; }} QTableView:focus {{ border: 2px solid {c.accent}; }}"
            f"QHeaderView {{ background: transparent; }}"
            f"QHeaderView::section {{ background: {c.window}; color: {c.muted}; border: none;"
            f" border-bottom: 1px solid {c.border}; padding: 6px 8px; }}"
            f"QTableView::item {{ padding: 0 6px; }}"
        )


class QueueView(QWidget):
    """The table with what can be done with all of it."""

    run_requested = Signal()
    pause_requested = Signal()
    export_requested = Signal()
    remove_requested = Signal(object)  # list of ids
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summarize-queue")
        self.notice = Banner()
        self.model = QueueModel(self)
        self.table = QueueTable(self.model)
        self.count = Label("", tone="muted").wrap()
        self.run = push_button("run-queue", tr("Summarise all"), "primary", "play")
        self.pause = push_button("pause-queue", tr("Pause"), "", "pause")
        self.export = push_button("export-queue", tr("Export as CSV…"), "", "download")
        self.remove = push_button("remove-from-queue", tr("Remove"), "", "trash-2")
        self.remove.setToolTip(tr("Take the selected files out of the list; the files stay (Delete)"))
        self.run.clicked.connect(self.run_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.export.clicked.connect(self.export_requested)
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self.table.selected))
        self.table.remove_requested.connect(self.remove_requested)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        top = WrappingRow()
        top.add(Label(tr("List of files"), 14, bold=True))
        work = QWidget()  # one of the two is there
        both = QHBoxLayout(work)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.run)
        both.addWidget(self.pause)
        for part in (work, self.export, self.remove):
            top.add(part, far=True)
        self.order = QueueOrder(self.table)
        over = QHBoxLayout()
        over.addWidget(self.count, 1)
        over.addWidget(self.order)
        self.wishes = WishesForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 14)
        column.setSpacing(10)
        column.addWidget(top)
        column.addWidget(self.notice)
        column.addWidget(self.wishes)
        column.addLayout(over)
        column.addWidget(self.table, 1)
        self.show_rows((), running=False)

    def show_rows(self, rows: Sequence[QueueRow], *, running: bool) -> None:
        """Show the list; `running` says whether it is worked on."""
        self.model.show_rows(rows)
        done = sum(row.state is SummaryState.done for row in rows)
        failed = sum(row.state is SummaryState.failed for row in rows)
        words = [trn("{count} file", "{count} files", len(rows)), tr("{count} done").format(count=done)]
        if failed:
            words.append(tr("{count} failed").format(count=failed))
        self.count.setText(" · ".join(words))
        waiting = any(row.state is SummaryState.waiting for row in rows)
        title = tr("Summarise all") if waiting or not failed else tr("Try again")
        self.run.setText(f"{GAP}{title}")
        self.run.setAccessibleName(title)
        self.run.setVisible(not running)
        self.run.setEnabled(waiting or failed > 0)
        self.pause.setVisible(running)
        self.export.setEnabled(bool(rows))
        self._allow()

    def _allow(self) -> None:
        self.remove.setEnabled(bool(self.table.selected))
