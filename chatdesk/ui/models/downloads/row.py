"""One download: how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.words import tr
from chatdesk.ui.models.downloads.words import (
    Live,
    arrived_of,
    is_there,
    progress_words,
    state_words,
    title_of,
)
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import push_button, show_sign, tool_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

STEPS = 1000  # of the bar; bytes would not fit into its numbers


class DownloadRow(QFrame):
    """Space pauses and resumes, Delete removes, Alt and an arrow moves it; the buttons do the same."""

    pause = Signal()
    resume = Signal()
    remove = Signal()
    moved = Signal(int)  # -1 up, 1 down
    use = Signal()
    show_in_folder = Signal()
    look = Signal()  # at the model on the Hub, where what it lacks can be done
    left = Signal(int)  # the keyboard goes to the row above (-1) or below (1)

    def __init__(self, download: Download, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.download = download
        self._live: Live | None = None
        self.setObjectName("download")
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = title_of(download.request)
        self._state = Label("", 9.5, tone="muted")
        self._facts = Label("", 9.5, tone="muted").wrap()
        self._reason = Label("", 9.5, tone="muted").wrap()
        self._problem = Label("", 9.5, tone="danger").wrap()
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("Progress of {title}").format(title=self.title))
        self._toggle = self._tool("toggle-download", "", self._switch)
        self._up = self._tool("download-up", tr("Earlier"), lambda: self.moved.emit(-1))
        self._down = self._tool("download-down", tr("Later"), lambda: self.moved.emit(1))
        self._remove = self._tool("remove-download", tr("Remove"), self.remove.emit)
        self._use = push_button("use-download", tr("Use in chat"), "primary")
        self._use.setAccessibleName(tr("Use {title} in chat").format(title=self.title))
        self._use.clicked.connect(self.use)
        self._folder = push_button("show-download", tr("Show in folder"))
        self._folder.setAccessibleName(tr("Show {title} in its folder").format(title=self.title))
        self._folder.clicked.connect(self.show_in_folder)
        self._look = push_button("look-at-model", tr("Show the model"))
        self._look.setAccessibleName(tr("Show the model of {title}").format(title=self.title))
        self._look.clicked.connect(self.look)
        self._arrange()
        self.show_download(download, first=True, last=True)
        follow(self, self._restyle)

    def show_download(self, download: Download, *, first: bool, last: bool) -> None:
        """Show another state of the same download; `first` and `last` of those that can be moved."""
        self.download = download
        done = download.state is DownloadState.done
        for part in (self.bar, self._toggle):
            part.setVisible(not done)
        for part in (self._up, self._down):
            part.setVisible(not done and not (first and last))
        self._up.setEnabled(not first)
        self._down.setEnabled(not last)
        self._state.setVisible(not done)
        self._use.setVisible(done)
        self._folder.setVisible(done)
        self._use.setEnabled(is_there(download))
        self._folder.setEnabled(download.request.folder.is_dir())
        self._look.setVisible(download.state is DownloadState.failed)
        stopped = download.state in (DownloadState.paused, DownloadState.failed)
        self._restyle(colours())
        self.bar.setProperty("stopped", stopped)
        self.bar.style().polish(self.bar)
        again = tr("Try again") if download.state is DownloadState.failed else tr("Resume")
        _call(self._toggle, again if stopped else tr("Pause"), self.title)
        gone = tr("Remove from the list") if done else tr("Remove")
        _call(self._remove, gone, self.title)
        self._problem.setText(download.problem)
        self._problem.setVisible(download.state is DownloadState.failed and bool(download.problem))
        self.show_live(self._live if download.state is DownloadState.running else None)

    @property
    def arrived(self) -> int:
        """Bytes that are on the disk, as far as it is known here."""
        return arrived_of(self.download, self._live)

    def show_live(self, live: Live | None) -> None:
        """Show what it does now."""
        self._live = live
        state, facts = state_words(self.download, live), progress_words(self.download, live)
        self._state.setText(state)
        self._facts.setText(facts)
        reason = live.reason if live is not None else ""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        arrived, total = arrived_of(self.download, live), self.download.total
        self.bar.setValue(round(STEPS * arrived / total) if total else 0)
        self.setAccessibleName(", ".join(part for part in (self.title, state, facts, reason) if part))

    def focus_button(self) -> str:
        """Return the name of the button in this row that has the keyboard, "row" for itself, else ""."""
        if self.hasFocus():
            return "row"
        held = self.focusWidget()
        return held.objectName() if held is not None and held.hasFocus() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = arrows.get(Qt.Key(event.key()), 0)
        active = self.download.state is not DownloadState.done
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if active and (self._up if step < 0 else self._down).isEnabled():
                self.moved.emit(step)
        elif step:
            self.left.emit(step)
        elif event.key() == Qt.Key.Key_Space:
            self._switch()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not active and self._use.isEnabled():
            self.use.emit()
        else:
            super().keyPressEvent(event)

    def _switch(self) -> None:
        if self.download.state in (DownloadState.paused, DownloadState.failed):
            self.resume.emit()
        elif self.download.state is not DownloadState.done:
            self.pause.emit()

    def _tool(self, name: str, title: str, act: Callable[[], None]) -> QToolButton:
        button = tool_button(name, title)
        _call(button, title, self.title)
        button.clicked.connect(lambda _=False: act())
        return button

    def _arrange(self) -> None:
        tools = QWidget()
        inside = QHBoxLayout(tools)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for button in (self._toggle, self._up, self._down, self._remove):
            inside.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(8)
        title = Label(self.title, 10.5, bold=True).wrap()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(Label(self.download.request.repository, 9, tone="muted").wrap())
        top.addLayout(words, 1)
        top.addWidget(tools, 0, Qt.AlignmentFlag.AlignTop)
        below = WrappingRow()
        below.add(self._facts, stretch=True)
        below.add(self._state, far=True)
        ended = WrappingRow()
        for each in (self._use, self._folder, self._look):
            ended.add(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(below)
        column.addWidget(self._reason)
        column.addWidget(self._problem)
        column.addWidget(ended)

    def _restyle(self, c: Colours) -> None:
        stopped = self.download.state in (DownloadState.paused, DownloadState.failed)
        # The file of a finished one stays, so nothing is thrown away.
        gone = "x" if self.download.state is DownloadState.done else "trash-2"
        signs = {
            self._toggle: "play" if stopped else "pause",
            self._up: "arrow-up",
            self._down: "arrow-down",
            self._remove: gone,
        }
        for button, sign in signs.items():
            show_sign(button, sign, c.muted, 16)


def _call(button: QToolButton, action: str, title: str) -> None:
    button.setToolTip(action)
    button.setAccessibleName(f"{action}: {title}")
