"""The page with the models: a heading, and three views of which one is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.models.measures import MARGIN, WIDEST
from chatdesk.ui.sheets import page
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.tabs import Tabs
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class View(StrEnum):
    library = "library"
    search = "search"
    downloads = "downloads"


class ModelsPage(QWidget):
    """`makers` are called when their view is first shown; the library is shown at once."""

    open_requested = Signal(object)  # Path of a model file that was picked or dropped
    view_shown = Signal(str)  # View

    def __init__(self, makers: Mapping[View, Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-models")
        self.setAccessibleName(tr("Models"))
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self._makers = makers
        self._order = [view for view in View if view in makers]
        self._made: dict[View, QWidget] = {}
        self.tabs = Tabs("model-views", tr("Views of models"))
        self._stack = QStackedWidget()
        self._dropping = False
        self._arrange()
        for view in self._order:
            self.tabs.add(*_titles(view))
        self.tabs.currentChanged.connect(self._show)
        self._show(0)
        follow(self, self._restyle)

    @property
    def dropping(self) -> bool:
        """Whether a model file is held over the page."""
        return self._dropping

    @property
    def view(self) -> View:
        return self._order[self.tabs.currentIndex()]

    def show_view(self, view: View) -> None:
        """Show one of the views that the page was made with, and give it the keyboard."""
        self.tabs.setCurrentIndex(self._order.index(view))
        self._made[view].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_running(self, count: int) -> None:
        """Show how many downloads run."""
        if View.downloads in self._order:
            self.tabs.set_count(self._order.index(View.downloads), count)

    def ask_for_file(self) -> None:
        """Let the user pick a GGUF file; `open_requested` follows."""
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, tr("Open a model file"), downloads)
        dialog.setObjectName("open-model-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Models (*.gguf *.GGUF)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.open_requested.emit(Path(name)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _model_files(event.mimeData()):
            event.acceptProposedAction()
            self._set_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        event.acceptProposedAction()
        for path in _model_files(event.mimeData()):
            self.open_requested.emit(path)

    def _arrange(self) -> None:
        opening = push_button("open-model", tr("Open a model file…"), sign="folder-open")
        hint_on(opening, tr("Open a model file"), "open-model")
        opening.clicked.connect(self.ask_for_file)
        heading = WrappingRow()
        heading.add(Label(tr("Models"), 18, bold=True))
        heading.add(opening, far=True)
        top = QWidget()
        top.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(top)
        inside.setContentsMargins(0, 22, 0, 10)
        inside.setSpacing(12)
        inside.addWidget(heading)
        inside.addWidget(self.tabs)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addStretch(1)
        row.addWidget(top, 1000)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row)
        outer.addWidget(self._stack, 1)

    def _show(self, place: int) -> None:
        view = self._order[place]
        if view not in self._made:
            self._made[view] = self._makers[view]()
            self._stack.addWidget(self._made[view])
        self._stack.setCurrentWidget(self._made[view])
        self.view_shown.emit(view)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dropping:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 12, 12)

    def _set_dropping(self, dropping: bool) -> None:
        self._dropping = dropping
        self.update()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(page(c) + "QScrollArea { border: none; }")


def _titles(view: View) -> tuple[str, str]:
    """Return how a view is called, and how where there is little room."""
    return {
        View.library: (tr("On this computer"), tr("Installed")),
        View.search: (tr("Find models"), tr("Find")),
        View.downloads: (tr("Downloads"), tr("Downloads")),
    }[view]


def _model_files(data: QMimeData) -> list[Path]:
    return [path for path in local_files(data) if path.suffix.casefold() == ".gguf"]
