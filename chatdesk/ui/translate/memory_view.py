"""The sheet with what the user confirmed: searched, deleted, imported and exported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QProgressBar, QWidget

from chatdesk.domain.glossaries import FileProblem, Pair
from chatdesk.domain.words import tr, trn
from chatdesk.ui.models.numbers import grouped
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.translate.memory_model import Column, MemoryModel
from chatdesk.ui.translate.problems_list import ProblemsList
from chatdesk.ui.translate.sheet import Sheet
from chatdesk.ui.translate.tables import Table
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

SEARCH_MS = 200  # after the last key
_NEEDS = {Column.when: 640, Column.languages: 500}  # pixels at 100 % that the table needs for them


class MemoryTable(Table):
    """Delete deletes the chosen pairs; it can be undone."""

    delete_requested = Signal()

    def __init__(self, model: MemoryModel, parent: QWidget | None = None) -> None:
        super().__init__("memory", tr("Confirmed translations"), model, parent)
        header = self.horizontalHeader()
        for column in (Column.source, Column.target):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.chosen:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in _NEEDS.items():
            self.setColumnHidden(column, self.width() < scaled(least))

    def restyle(self, c: Colours) -> None:
        super().restyle(c)
        self.setColumnWidth(Column.languages, round(scaled(150)))
        self.setColumnWidth(Column.when, round(scaled(96)))


class MemoryView(Sheet):
    """What the user wants comes as signals; what becomes of it is shown by `show_pairs` and `show_work`."""

    searched = Signal(str)
    delete_requested = Signal()
    import_requested = Signal()
    export_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        words = tr(
            "Paragraphs whose translation you confirmed. They are used again for the same text, and shown "
            "for texts that are like it. Drop a TMX file here to import it."
        )
        super().__init__("memory-sheet", tr("Translation memory"), words, parent)
        self.search = QLineEdit()
        self.search.setObjectName("search-memory")
        self.search.setAccessibleName(tr("Search the memory"))
        self.search.setPlaceholderText(tr("Search the memory"))
        self.search.setClearButtonEnabled(True)
        self.model = MemoryModel(self)
        self.table = MemoryTable(self.model)
        self.count = Label("", tone="muted").wrap()
        self.empty = Label("", tone="muted").wrap()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.delete = push_button("delete-pairs", tr("Delete"), "", "trash-2")
        self.bring = push_button("import-memory", tr("Import…"), "", "folder-open")
        self.export = push_button("export-memory", tr("Export…"), "", "download")
        self.problems = ProblemsList()
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._arrange()
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _: self._pause.start())
        for button, signal in (
            (self.delete, self.delete_requested),
            (self.bring, self.import_requested),
            (self.export, self.export_requested),
            (self.cancel, self.cancel_requested),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        self.table.delete_requested.connect(self.delete_requested)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.show_work("")
        follow(self.bar, self._restyle)

    def show_pairs(self, pairs: Sequence[Pair], count: int) -> None:
        """Show pairs; `count` is how many the memory has."""
        self.model.show_pairs(pairs)
        total = trn("{{count}} pair", "{{count}} pairs", count).format(count=grouped(count))
        if pairs and len(pairs) < count:
            words = tr("{shown} of {total} are shown; search to find others")
            if self.search.text().strip():
                words = tr("{shown} of {total} are shown; they have these words")
            total = words.format(shown=grouped(len(pairs)), total=total)
        self.count.setText(total)
        self.table.setVisible(bool(pairs))
        self.empty.setVisible(not pairs)
        self.empty.setText(
            tr("No pair has these words.")
            if count
            else tr("Nothing is remembered yet. Confirm a translation, or import a memory.")
        )
        self.export.setEnabled(count > 0 and self._working.isHidden())
        self._allow()

    def show_work(self, words: str, share: float = -1) -> None:
        """Show what is being done, "" for nothing; `share` of it is done, 0 to 1, -1 where it is unknown."""
        self._working.setVisible(bool(words))
        self.bar.setAccessibleName(words)
        self._words.setText(words)
        self.bar.setRange(0, 0 if share < 0 else 1000)
        if share >= 0:
            self.bar.setValue(round(share * 1000))
        self.bring.setEnabled(not words)
        self.export.setEnabled(not words and self.model.rowCount() > 0)

    def show_problems(self, problems: Sequence[FileProblem]) -> None:
        """List what of a file was not taken over."""
        self.problems.show_problems(problems)

    def _allow(self) -> None:
        self.delete.setEnabled(bool(self.table.chosen))

    def _arrange(self) -> None:
        self.cancel = push_button("cancel-memory-work", tr("Cancel"))
        self.bar = QProgressBar()
        self.bar.setObjectName("memory-progress")
        self.bar.setTextVisible(False)
        self._words = Label("", tone="muted")
        self._working = QWidget()
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        acts = WrappingRow()
        acts.add(self.delete)
        acts.add(self.bring, far=True)
        acts.add(self.export, far=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.count)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self._working)
        self.body.addWidget(acts)
        self.body.addWidget(self.problems)

    def _restyle(self, c: Colours) -> None:
        self.bar.setStyleSheet(
            f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; max-height: 6px; }}"
            f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}"
        )
