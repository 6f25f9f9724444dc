"""The dialog that imports chats: it says what can be read, shows what a file has, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.progress import ProgressPanel
from chatdesk.ui.widgets.switch_row import SwitchRow

_LINES = 6  # of what was not understood, before it scrolls


class ImportDialog(QDialog):
    """Four views: what can be chosen, progress, what a file has, and what became of it."""

    picked = Signal(object)  # Path of a file or folder
    wanted = Signal(bool, bool)  # copies of what is there already; into a new folder
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import chats"))
        self.setModal(True)
        self.setAcceptDrops(True)
        self._views = QStackedWidget()
        self._start = self._make_start()
        self._progress = ProgressPanel()
        self._progress.stopped.connect(self.stopped)
        self._found = self._make_found()
        self._done = self._make_done()
        for view in (self._start, self._progress, self._found, self._done):
            self._views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.addWidget(self._views)
        wanted = QSize(round(scaled(560)), round(scaled(400)))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        follow(self, self._restyle)

    def show_progress(self, sentence: str) -> None:
        self._progress.begin(sentence)
        self._views.setCurrentWidget(self._progress)

    def show_share(self, done: int, total: int) -> None:
        self._progress.show_done(done, total)

    def show_start(self, problem: str = "") -> None:
        """Offer to choose a file; `problem` says why the last one was none."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._views.setCurrentWidget(self._start)
        self._first.setFocus()

    def show_found(
        self, name: str, sentences: list[str], unclear: tuple[str, ...], there: bool, foreign: bool
    ) -> None:
        """Show what the file called `name` has; `there` tells that some of it is in the store."""
        self._name.setText(name)
        self._facts.setText("\n".join(sentences))
        self.copies.setVisible(there)
        self.copies.switch.setChecked(False)
        self.folder.setVisible(foreign)
        self.folder.switch.setChecked(foreign)
        _show_lines(self._left_title, self._left, unclear)
        self._views.setCurrentWidget(self._found)
        self._go.setFocus()

    def show_done(self, sentences: list[str], unclear: tuple[str, ...]) -> None:
        self._report.setText("\n".join(sentences))
        _show_lines(self._missing_title, self._missing, unclear)
        self._views.setCurrentWidget(self._done)
        self._close.setFocus()

    @property
    def text(self) -> str:
        """What is said now."""
        shown = self._views.currentWidget() or self._start
        return "\n".join(each.text() for each in shown.findChildren(QLabel) if not each.isHidden())

    def reject(self) -> None:
        """What Esc does: while something runs, it stops that."""
        if self._views.currentWidget() is self._progress:
            self._progress.stop.click()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._views.currentWidget() is self._progress:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._views.currentWidget() is self._start and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self._views.currentWidget() is self._start:
            event.acceptProposedAction()
            self.picked.emit(Path(paths[0]))

    def _make_start(self) -> QWidget:
        self._problem = Label(tone="danger").wrap()
        self._problem.setObjectName("import-problem")
        self._problem.hide()
        file = push_button("import-file", tr("Choose a file…"), "primary")
        file.clicked.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFile))
        folder = push_button("import-folder", tr("Choose a folder…"))
        folder.clicked.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        cancel = push_button("import-cancel", tr("Cancel"), "flat")
        cancel.clicked.connect(self.reject)
        self._first = file
        heading = Label(tr("Choose what to import, or drop it here"), 12, bold=True)
        return _view([heading, self._problem, _table(_sources())], [cancel, folder, file])

    def _make_found(self) -> QWidget:
        self._name = Label("", 12, bold=True).wrap()
        self._facts = Label().wrap()
        self._facts.setObjectName("import-facts")
        copies = tr("Import those that are here already once more, as copies")
        self.copies = SwitchRow("import-copies", copies)
        self.folder = SwitchRow("import-into-folder", tr("Put them into a folder of their own"))
        self._left_title, self._left = _lines("import-unclear")
        back = push_button("import-back", tr("Back"))
        back.clicked.connect(lambda _checked: self.show_start())
        self._go = push_button("import-go", tr("Import"), "primary")
        self._go.clicked.connect(self._go_on)
        parts = [self._name, self._facts, self.folder, self.copies, self._left_title, self._left]
        return _view(parts, [back, self._go])

    def _make_done(self) -> QWidget:
        self._report = Label().wrap()
        self._report.setObjectName("import-report")
        self._missing_title, self._missing = _lines("import-missing")
        self._close = push_button("import-close", tr("Close"), "primary")
        self._close.clicked.connect(self.accept)
        heading = Label(tr("Import chats"), 12, bold=True)
        return _view([heading, self._report, self._missing_title, self._missing], [self._close])

    def _go_on(self) -> None:
        self.wanted.emit(self.copies.switch.isChecked(), self.folder.switch.isChecked())

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, tr("Import chats"), str(Path.home()))
        dialog.setObjectName("import-chooser")
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFile:
            known = tr("Exports of chats (*.json *.zip *.jsonl)")
            dialog.setNameFilters([known, tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.picked.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(sheets.page(c))


def _sources() -> list[tuple[str, str]]:
    return [
        (tr("ChatDesk"), tr("The JSON file of an export, with everything in it.")),
        (
            tr("ChatGPT"),
            tr("The ZIP of Settings, Data controls, Export data; or its conversations.json."),
        ),
        (tr("Open WebUI"), tr("The JSON file of Settings, Data controls, Export chats.")),
        (tr("LM Studio"), tr("Its folder “conversations”, or one .conversation.json of it.")),
        (tr("Jan"), tr("Its folder “threads”, or a ZIP of it.")),
        (tr("text-generation-webui"), tr("A chat that was saved as JSON, or the folder of its logs.")),
    ]


def _table(rows: list[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 6, 0, 6)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(9)
    grid.setColumnStretch(1, 1)
    for row, (title, where) in enumerate(rows):
        grid.addWidget(Label(title, bold=True), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(where, tone="muted").wrap(), row, 1)
    return table


def _view(parts: list[QWidget], buttons: list[QPushButton]) -> QWidget:
    """Return parts that scroll where there is no room for them, above buttons that are always there."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(tr("Import chats"))
    area.setWidget(inside)
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    view = QWidget()
    whole = QVBoxLayout(view)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(10)
    whole.addWidget(area, 1)
    whole.addLayout(row)
    return view


def _lines(name: str) -> tuple[Label, QPlainTextEdit]:
    """Return a list of sentences that can be read, copied and scrolled, below its title."""
    title = Label(tr("What was not understood or is left out"), 9, tone="muted")
    field = QPlainTextEdit()
    field.setObjectName(name)
    field.setAccessibleName(title.text())
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    return title, field


def _show_lines(title: Label, field: QPlainTextEdit, lines: tuple[str, ...]) -> None:
    title.setVisible(bool(lines))
    field.setVisible(bool(lines))
    field.setPlainText("\n".join(lines))
    rows = min(_LINES, len(lines)) + 1
    field.setFixedHeight(rows * field.fontMetrics().lineSpacing() + 16)
