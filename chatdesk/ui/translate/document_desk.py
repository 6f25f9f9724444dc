"""Joins the list of documents with what writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.translations import Translation, TranslationState
from chatdesk.domain.words import tr
from chatdesk.flows.translation_queue import TranslationQueueFlow
from chatdesk.ui.translate.document_saving import DocumentSaving, Saved, show_folder
from chatdesk.ui.translate.documents import Documents
from chatdesk.ui.translate.documents_view import DocumentsView
from chatdesk.ui.translate.saved_words import saved_words
from chatdesk.ui.widgets.banner import Kind

SECONDS = 20  # that a good outcome is told


class DocumentDesk(QObject):
    """Saves from the list and from the review."""

    failed = Signal(object)  # exception
    told = Signal(object, str, str, object)  # Kind, words, title of a button, what the button does

    def __init__(self, documents: Documents, saving: DocumentSaving, flow: TranslationQueueFlow) -> None:
        super().__init__(documents)
        self.documents = documents
        self.saving = saving
        self._flow = flow
        view = documents.view
        view.save_requested.connect(self._save_chosen)
        view.save_all_requested.connect(self._save_all)
        view.folder_shown.connect(self._show_folder)
        view.files_requested.connect(lambda: self.choose(folder=False))
        view.folder_requested.connect(lambda: self.choose(folder=True))
        saving.saved.connect(self._saved)
        saving.failed.connect(self.failed)
        documents.failed.connect(self.failed)

    @property
    def _view(self) -> DocumentsView:
        return self.documents.view

    def choose(self, *, folder: bool) -> None:
        """Let the user choose documents, or a folder of them."""
        from chatdesk.ui.summarize.choosing import choose_documents

        choose_documents(self._view, self.documents.add, folder=folder)

    def save(self, translation: Translation) -> None:
        """Let the user save a document that is being reviewed."""
        files = self._view.model.files
        file = next((each for each in files if each.translation == translation.id), None)
        self.saving.ask(translation.id, Path(translation.path), translation.wishes.target, file)

    def _save_chosen(self) -> None:
        chosen = self._view.table.files
        if chosen and chosen[0].translation is not None:
            file = chosen[0]
            assert file.translation is not None
            self.saving.ask(file.translation, Path(file.path), file.wishes.target, file)

    def _save_all(self) -> None:
        if self.saving.busy:
            return
        files = [
            file for file in self._view.model.files if file.state is TranslationState.done and not file.target
        ]
        self.documents.tell(Kind.info, tr("Saving…"), tr("Cancel"), self.saving.cancel)
        self.saving.write_all(files)

    def _show_folder(self) -> None:
        if chosen := self._view.table.files:
            show_folder(Path(chosen[0].target))

    def _saved(self, saved: Sequence[Saved]) -> None:
        self._view.notice.dismiss()
        for each in saved:
            self._note(each)
        self.documents.refresh()
        if not saved:
            return
        kind, words = saved_words(saved)
        action, then = _offer(saved, self.documents.afresh)
        self.documents.tell(kind, words, action, then, SECONDS if kind is Kind.info else 0)
        self.told.emit(kind, words, action, then)

    def _note(self, saved: Saved) -> None:
        """Keep where a document of the list was written."""
        file = saved.order.file
        if saved.error or file is None:
            return
        now: QueuedTranslation | None
        now = next((each for each in self._view.model.files if each.id == file.id), None)
        if now is None:
            return
        try:
            self._flow.saved(now, saved.order.target)
        except ChatDeskError as error:
            self.failed.emit(error)


def _offer(saved: Sequence[Saved], afresh: Callable[..., object]) -> tuple[str, Callable[[], object]]:
    """Return the title of the button below what is said, and what it does."""
    changed = [each.order.file for each in saved if each.changed and each.order.file is not None]
    if len(changed) == 1:
        return tr("Translate it again"), lambda: afresh(changed[0].id)
    written = [each.order.target for each in saved if not each.error]
    if written:
        return tr("Show in folder"), lambda: show_folder(written[0])
    return "", lambda: None
