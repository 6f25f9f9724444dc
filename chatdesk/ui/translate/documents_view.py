"""The list of documents that are translated one after the other, with what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.translations import TranslationState
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import follow
from chatdesk.ui.translate.documents_model import DocumentsModel
from chatdesk.ui.translate.documents_table import DocumentsTable
from chatdesk.ui.translate.language_choice import LanguageChoice
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import GAP, push_button
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

MARGIN = 24  # pixels
_RESTING = (TranslationState.failed, TranslationState.stopped)


class DocumentsView(QWidget):
    """Says what the user wants; what becomes of it is shown by `show_files` and `tell_plan`."""

    files_requested = Signal()
    folder_requested = Signal()
    dropped = Signal(object)  # list of Paths: files and folders
    run_requested = Signal()
    pause_requested = Signal()
    stop_requested = Signal()
    retry_requested = Signal()
    remove_requested = Signal()
    review_requested = Signal()
    save_requested = Signal()
    save_all_requested = Signal()
    folder_shown = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translate-documents")
        self.setAccessibleName(tr("Documents"))
        self.setAcceptDrops(True)
        self.notice = Banner()
        self.model = DocumentsModel(self)
        self.table = DocumentsTable(self.model)
        self.count = Label("", tone="muted").wrap()
        self.plan = Label("", tone="muted").wrap()
        self.plan.setObjectName("documents-plan")
        self.from_ = LanguageChoice("documents-from", tr("Documents are in"), detects=True)
        self.to = LanguageChoice("documents-to", tr("Translate documents into"))
        for choice in (self.from_, self.to):
            choice.show_languages((), ())
        self.notes = Label("", 9.5, tone="muted").wrap()
        self.notes.setObjectName("documents-notes")
        self._running = False
        self._make_buttons()
        self._arrange()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.allow())
        self.table.remove_requested.connect(self.remove_requested)
        follow(self, lambda c: self.setStyleSheet(sheets.page(c)))
        self.show_files((), running=False)

    def show_files(self, files: Sequence[QueuedTranslation], *, running: bool) -> None:
        """Show the list; `running` says whether it is worked on."""
        chosen = {file.id for file in self.table.files}
        self.model.show_files(files)
        for row, file in enumerate(files):
            if file.id in chosen and row not in self.table.chosen:
                self.table.selectRow(row)
        self._running = running
        self._pages.setCurrentIndex(1 if files else 0)
        self._tell_count()
        self.allow()

    def show_file(self, file: QueuedTranslation) -> None:
        """Show what has become of one document."""
        self.model.show_file(file)
        self._tell_count()
        self.allow()

    def tell_plan(self, words: str) -> None:
        """Say what the documents that wait will take; "" for nothing."""
        self.plan.setText(words)
        self.plan.setVisible(bool(words))

    def tell_notes(self, words: str) -> None:
        """Say what of the chosen document is not translated."""
        self.notes.setText(words)
        self.notes.setVisible(bool(words))

    def allow(self) -> None:
        """Let be pressed what makes sense now."""
        files, chosen = self.model.files, self.table.files
        one = chosen[0] if len(chosen) == 1 else None
        waiting = any(file.state is TranslationState.waiting for file in files)
        failed = any(file.state is TranslationState.failed for file in files)
        begun = any(file.state is TranslationState.waiting and file.done for file in files)
        title = tr("Go on") if begun else tr("Translate all") if waiting or not failed else tr("Try again")
        self.run.setText(f"{GAP}{title}")
        self.run.setAccessibleName(title)
        self.run.setVisible(not self._running)
        self.run.setEnabled(waiting or failed)
        self.pause.setVisible(self._running)
        self.review.setEnabled(one is not None and bool(one.total))
        self.save.setEnabled(one is not None and bool(one.done))
        self.shown.setVisible(one is not None and bool(one.target))
        self.stop.setVisible(any(each.state in _GOING for each in chosen))
        self.retry.setVisible(any(each.state in _RESTING for each in chosen))
        self.remove.setEnabled(bool(chosen))
        self.save_all.setEnabled(any(map(_unsaved, files)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))

    def _tell_count(self) -> None:
        files = self.model.files
        done = sum(file.state is TranslationState.done for file in files)
        failed = sum(file.state is TranslationState.failed for file in files)
        words = [
            trn("{count} document", "{count} documents", len(files)),
            tr("{count} done").format(count=done),
        ]
        if failed:
            words.append(tr("{count} failed").format(count=failed))
        self.count.setText(" · ".join(words))

    def _make_buttons(self) -> None:
        self.back = push_button("back-to-text", tr("Text"), "flat", "chevron-left")
        hint_on(self.back, tr("Back to the text"), "stop")
        self.add = push_button("add-documents", tr("Add"), "", "plus")
        menu = QMenu(self.add)
        menu.addAction(tr("Documents…"), self.files_requested.emit)
        menu.addAction(tr("A folder…"), self.folder_requested.emit)
        self.add.setMenu(menu)
        self.run = push_button("run-documents", tr("Translate all"), "primary", "play")
        self.pause = push_button("pause-documents", tr("Pause"), "", "pause")
        self.save_all = push_button("save-all-documents", tr("Save all"), "", "download")
        self.save_all.setToolTip(tr("Save each translated document beside its original"))
        self.review = push_button("review-document", tr("Review"), "", "pencil")
        self.review.setToolTip(tr("Read the document beside its translation, and correct it (Enter)"))
        self.save = push_button("save-document", tr("Save as…"), "", "download")
        self.shown = push_button("show-document", tr("Show in folder"), "", "folder-open")
        self.stop = push_button("stop-document", tr("Stop"), "", "square")
        self.stop.setToolTip(tr("Leave the chosen documents out; what is done of them stays"))
        self.retry = push_button("retry-document", tr("Try again"), "", "refresh-cw")
        self.remove = push_button("remove-documents", tr("Remove"), "", "trash-2")
        self.remove.setToolTip(tr("Take the chosen documents out of the list; the files stay (Delete)"))
        for button, signal in (
            (self.back, self.back_requested),
            (self.run, self.run_requested),
            (self.pause, self.pause_requested),
            (self.save_all, self.save_all_requested),
            (self.review, self.review_requested),
            (self.save, self.save_requested),
            (self.shown, self.folder_shown),
            (self.stop, self.stop_requested),
            (self.retry, self.retry_requested),
            (self.remove, self.remove_requested),
        ):
            button.clicked.connect(signal)

    def _arrange(self) -> None:
        top = WrappingRow()
        top.add(self.back)
        top.add(Label(tr("Documents"), 14, bold=True))
        work = QWidget()  # one of the two is there
        both = QHBoxLayout(work)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.run)
        both.addWidget(self.pause)
        for part in (self.add, work, self.save_all):
            top.add(part, far=True)
        acts = WrappingRow()
        for part in (self.review, self.save, self.shown, self.stop, self.retry, self.remove):
            acts.add(part)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for part in (self.count, self.plan):
            inside.addWidget(part)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.notes)
        inside.addWidget(acts)
        self._pages = QStackedWidget()
        self._pages.addWidget(_empty(self.files_requested, self.folder_requested))
        self._pages.addWidget(full)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 16)
        column.setSpacing(12)
        pair = WrappingRow()
        pair.add(Label(tr("New documents are translated from"), tone="muted"))
        pair.add(self.from_)
        pair.add(Label(tr("into"), tone="muted"))
        pair.add(self.to)
        column.addWidget(top)
        column.addWidget(pair)
        column.addWidget(self.notice)
        column.addWidget(self._pages, 1)


_GOING = (TranslationState.waiting, TranslationState.running)


def _unsaved(file: QueuedTranslation) -> bool:
    return file.state is TranslationState.done and not file.target


def _empty(files: object, folder: object) -> QWidget:
    """Return what stands in the place of an empty list."""
    empty = QWidget()
    column = QVBoxLayout(empty)
    column.setSpacing(10)
    column.addStretch(1)
    title = Label(tr("Drop documents or folders here"), 13, bold=True)
    words = Label(
        tr(
            "Each is translated into a document of the same kind: styles, tables and links stay. "
            "You read the translation beside the original before it is saved. Your files are not changed."
        ),
        tone="muted",
    ).wrap()
    words.setMaximumWidth(620)
    for label in (title, words):
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(label, 100)
        centred.addStretch(1)
        column.addLayout(centred)
    row = QHBoxLayout()
    row.addStretch(1)
    for name, text, signal in (
        ("choose-documents-to-translate", tr("Choose documents…"), files),
        ("choose-folder-to-translate", tr("Choose a folder…"), folder),
    ):
        button: QPushButton = push_button(name, text)
        button.clicked.connect(signal)
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(2)
    return empty
