"""The page that summarises documents: where its parts stand. What they mean is the controller's business."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.summarize.history import SummariesSidebar
from chatdesk.ui.summarize.plan_view import PlanView
from chatdesk.ui.summarize.queue_view import QueueView
from chatdesk.ui.summarize.result_view import ResultView
from chatdesk.ui.summarize.start_view import StartView
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.model_picker import ModelPicker

WIDE = 780  # pixels: a page narrower than this has no room for the list of summaries


class View(StrEnum):
    start = "start"
    plan = "plan"
    result = "result"
    queue = "queue"


class SummarizePage(QWidget):
    """The list of summaries, a bar with the model, and one of four views."""

    dropped = Signal(object)  # list of Paths: files and folders

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-summarize")
        self.setAccessibleName(tr("Summarise"))
        self.setAcceptDrops(True)
        self.sidebar = SummariesSidebar(self)
        self._main = QFrame(self)
        self.header = QFrame(self)
        self.toggle = tool_button("toggle-summaries", tr("Show or hide the list of summaries"))
        hint_on(self.toggle, tr("Show or hide the list of summaries"), "sidebar")
        self.picker = ModelPicker("summarize-model", tr("Choose a model"), self)
        self.start = StartView()
        self.plan = PlanView()
        self.result = ResultView()
        self.queue = QueueView()
        self.notice = Banner()
        self._stack = QStackedWidget()
        self._views = {
            View.start: self.start,
            View.plan: self.plan,
            View.result: self.result,
            View.queue: self.queue,
        }
        self._drop_hint = QLabel(tr("Drop to summarise"), self._main)
        self._drop_hint.setObjectName("drop-hint")
        self._drop_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop_hint.hide()
        self._sidebar_wanted = True
        self.toggle.clicked.connect(self.toggle_sidebar)
        self._arrange()
        follow(self, self._restyle)

    @property
    def view(self) -> View:
        shown = self._stack.currentWidget()
        return next(name for name, widget in self._views.items() if widget is shown)

    def show_view(self, view: View) -> None:
        """Show one of the views."""
        self._stack.setCurrentWidget(self._views[view])

    def toggle_sidebar(self) -> None:
        """Show the list of summaries or hide it."""
        wanted = self.sidebar.isHidden()
        if self.width() >= WIDE:
            self._sidebar_wanted = wanted
        self.sidebar.setVisible(wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._hold(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hold(False)
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = event.oldSize()
        if not before.isValid() or (before.width() >= WIDE) != (self.width() >= WIDE):
            self.sidebar.setVisible(self._sidebar_wanted and self.width() >= WIDE)

    def _hold(self, held: bool) -> None:
        """Show that files are held over the page."""
        on_start = self.view is View.start
        self.start.drop_area.set_held(held and on_start)
        if held and not on_start:
            self._drop_hint.setGeometry(self._main.rect().adjusted(8, 8, -8, -8))
            self._drop_hint.raise_()
        self._drop_hint.setVisible(held and not on_start)

    def _arrange(self) -> None:
        self.header.setObjectName("summarize-header")
        self.toggle.setIconSize(QSize(18, 18))
        bar = QHBoxLayout(self.header)
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(6)
        bar.addWidget(self.toggle)
        bar.addWidget(self.picker)
        bar.addStretch(1)
        for widget in self._views.values():
            self._stack.addWidget(widget)
        notices = QVBoxLayout()
        notices.setContentsMargins(12, 8, 12, 0)
        notices.addWidget(self.notice)
        self._main.setObjectName("summarize-main")
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(notices)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._main, 1)

    def _restyle(self, c: Colours) -> None:
        self.toggle.setIcon(icon("panel-left", c.muted))
        self.picker.setIcon(icon("cpu", c.muted))
        self._main.setStyleSheet(
            sheets.page(c)
            + f"#summarize-main {{ background: {c.base}; border: none; }}"
            + f"#summarize-header {{ border: none; border-bottom: 1px solid {c.border}; }}"
            + "#summarize-model { padding: 5px 10px; }"
            + f"#drop-hint {{ background: {c.bubble}; color: {c.text}; border: 2px dashed {c.accent};"
            " border-radius: 14px; }"
        )
