"""The queue of downloads, and below it what has been finished."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.downloads import Download, DownloadState, QueueTotal
from chatdesk.domain.words import tr
from chatdesk.ui.models.downloads.row import DownloadRow
from chatdesk.ui.models.downloads.words import Live, total_words
from chatdesk.ui.models.measures import WIDEST
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.models.state_panel import StatePanel
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class DownloadsView(ScrolledColumn):
    """Asks by signals with the id of a download; `show_queue` shows what became of it."""

    pause_requested = Signal(str)
    resume_requested = Signal(str)
    remove_requested = Signal(str)
    move_requested = Signal(str, int)  # -1 up, 1 down
    use_requested = Signal(object)  # Download
    folder_requested = Signal(object)  # Download
    look_requested = Signal(object)  # Download, whose model is to be shown
    pause_all_requested = Signal()
    resume_all_requested = Signal()
    find_requested = Signal()
    shown = Signal()  # it came into sight: files may have been deleted since

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDEST, parent)
        self.setObjectName("downloads")
        self.setAccessibleName(tr("Downloads"))
        self._rows: dict[str, DownloadRow] = {}
        self.notice = Banner()
        self._empty = StatePanel("downloads-state")
        self._empty.tell(
            "boxes",
            tr("Nothing is being downloaded."),
            tr("What you download goes on where it stopped, also after a restart."),
            tr("Find models"),
        )
        self._empty.acted.connect(self.find_requested)
        self._total = Label(tone="muted").wrap()
        self._total.setObjectName("downloads-total")
        self._all = push_button("pause-all", tr("Pause all"))
        self._all.clicked.connect(self._switch_all)
        self._top = WrappingRow()
        self._top.add(self._total, stretch=True)
        self._top.add(self._all, far=True)
        self._queue = QVBoxLayout()
        self._queue.setSpacing(10)
        self._finished_title = Label(tr("Finished"), 10.5, bold=True, tone="muted")
        self._finished = QVBoxLayout()
        self._finished.setSpacing(10)
        self.body.setContentsMargins(0, 8, 0, 28)
        for part in (self.notice, self._top):
            self.body.addWidget(part)
        self.body.addLayout(self._queue)
        self.body.addSpacing(4)
        self.body.addWidget(self._finished_title)
        self.body.addLayout(self._finished)
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(1)
        self.show_queue([])
        follow(self, self._restyle)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def show_queue(self, downloads: Sequence[Download]) -> None:
        """Show `downloads` in their order; the keyboard stays where it is."""
        held = next(
            ((key, row.focus_button()) for key, row in self._rows.items() if row.focus_button()), None
        )
        place = list(self._rows).index(held[0]) if held is not None else 0
        self._drop([key for key in self._rows if key not in {each.id for each in downloads}])
        active = [each for each in downloads if each.state is not DownloadState.done]
        finished = [each for each in downloads if each.state is DownloadState.done]
        rows = {each.id: self._rows.get(each.id) or self._make_row(each) for each in (*active, *finished)}
        self._rows = {str(key): row for key, row in rows.items()}
        for number, each in enumerate(active):
            rows[each.id].show_download(each, first=number == 0, last=number == len(active) - 1)
            self._queue.insertWidget(number, rows[each.id])
            rows[each.id].show()
        for number, each in enumerate(finished):
            rows[each.id].show_download(each, first=True, last=True)
            self._finished.insertWidget(number, rows[each.id])
            rows[each.id].show()
        self._finished_title.setVisible(bool(finished))
        self._empty.setVisible(not downloads)
        self._show_top(active)
        if held is not None:
            self._give_focus(held, place)

    def show_live(self, download: str, live: Live) -> None:
        """Show what one of them does now."""
        if (row := self._rows.get(download)) is not None:
            row.show_live(live)

    def show_total(self, running: int, total: QueueTotal) -> None:
        """Show what `running` downloads do together."""
        self._total.setText(total_words(running, total))

    def go_to(self, row: DownloadRow, step: int) -> None:
        """Give the keyboard to the row above (-1) or below (1)."""
        rows = list(self._rows.values())
        place = min(max(rows.index(row) + step, 0), len(rows) - 1)
        rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(rows[place])

    def ask_to_remove(self, download: Download) -> None:
        """Ask before bytes are lost that took time to arrive; `remove_requested` follows."""
        row = self._rows.get(download.id)
        arrived = row.arrived if row is not None else download.arrived
        if download.state is DownloadState.done or not arrived:
            self.remove_requested.emit(download.id)
            return
        box = QMessageBox(self.window())
        box.setObjectName("remove-question")
        box.setWindowTitle(tr("Remove the download"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Remove “{title}”?").format(title=row.title if row is not None else ""))
        box.setInformativeText(
            tr("The {size} that have arrived are deleted.").format(size=size_words(arrived))
        )
        removing = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole))
        removing.clicked.connect(lambda: self.remove_requested.emit(download.id))
        box.open()

    def _make_row(self, download: Download) -> DownloadRow:
        row, key = DownloadRow(download), str(download.id)
        row.pause.connect(lambda: self.pause_requested.emit(key))
        row.resume.connect(lambda: self.resume_requested.emit(key))
        row.remove.connect(lambda: self.ask_to_remove(row.download))
        row.moved.connect(lambda step: self.move_requested.emit(key, step))
        row.use.connect(lambda: self.use_requested.emit(row.download))
        row.show_in_folder.connect(lambda: self.folder_requested.emit(row.download))
        row.look.connect(lambda: self.look_requested.emit(row.download))
        row.left.connect(lambda step: self.go_to(row, step))
        return row

    def _drop(self, gone: Sequence[str]) -> None:
        for key in gone:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()

    def _show_top(self, active: Sequence[Download]) -> None:
        self._top.setVisible(bool(active))
        going = [each for each in active if each.state in (DownloadState.running, DownloadState.waiting)]
        self._all.setVisible(len(active) > 1)
        text = tr("Pause all") if going else tr("Resume all")
        self._all.setText(text)
        self._all.setAccessibleName(text)
        self._pausing = bool(going)
        if not going:
            self._total.setText(tr("Nothing is running."))

    def _switch_all(self) -> None:
        (self.pause_all_requested if self._pausing else self.resume_all_requested).emit()

    def _give_focus(self, held: tuple[str, str], place: int) -> None:
        key, name = held
        rows = list(self._rows.values())
        if not rows:
            return
        row = self._rows.get(key) or rows[min(place, len(rows) - 1)]
        button = row.findChild(QToolButton, name) or row.findChild(QPushButton, name)
        usable = button is not None and button.isVisibleTo(self) and button.isEnabled() and key in self._rows
        (button if button is not None and usable else row).setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(f"""
QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QProgressBar[stopped="true"]::chunk {{ background: {c.outline}; }}
#download:focus {{ border: 2px solid {c.accent}; }}
""")
