"""Sees that the documents of a question and of its folder fit into the context before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Attachment, ConversationId, DocumentId
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.fitting import LEAST_ANSWER_TOKENS
from chatdesk.domain.words import tr
from chatdesk.flows.context import ContextSeen
from chatdesk.flows.larger_context import Larger, larger
from chatdesk.flows.options import options_for
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.document_choice import DocumentChoice
from chatdesk.ui.chat.folder_documents import FolderDocuments
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from chatdesk.flows.whole_summary import WholeSummary

_SURE = 4  # a document with fewer words than this share of the context's tokens mostly fits


class DocumentFitting(QObject):
    """Shows tokens on the documents, asks what to do where they are too many, and does it."""

    model_chosen = Signal(object)  # Larger
    failed = Signal(object)  # exception

    def __init__(
        self,
        chat: OpenChat,
        composer: Composer,
        chats: Chats,
        temporary: Callable[[ConversationId], bool],
        summary: Callable[[], WholeSummary],
        runner: JobRunner,
    ) -> None:
        super().__init__(composer)
        self._chat = chat
        self._composer = composer
        self._chats = chats
        self._temporary = temporary
        self._summary = summary  # made when it is first used
        self._runner = runner
        self._job: Job | None = None
        self._counted: dict[DocumentId, int] = {}
        self._folder = FolderDocuments(chat)
        self.choice = DocumentChoice(composer)
        composer.add_above_text(self.choice)
        composer.changed.connect(self._changed)
        chat.changed.connect(lambda _: self._changed())  # it may lie in another folder, or be another one
        composer.replaced.connect(self.stop)
        self.choice.passages_chosen.connect(self.choose_passages)
        self.choice.summary_chosen.connect(self.summarise)
        self.choice.stop_requested.connect(self.stop)
        self.choice.model_chosen.connect(self.model_chosen)

    def take(self, seen: ContextSeen | None) -> None:
        """Look at a new count."""
        documents, whole = self._documents(), self._folder.whole
        counts = [count for _, count in seen.draft_documents if count] if seen is not None else []
        if seen is None or len(counts) != len(documents) or self._job is not None:
            return
        pairs = zip(documents, counts, strict=True)
        self._counted |= {each.document: count for each, count in pairs}
        self._composer.show_tokens(self._counted)
        self._counted |= {each.document: 0 for each in whole if each.document not in self._counted}
        if seen.fits or not (documents or whole):
            self._release()
            return
        # Summaries are stored, and nothing of a temporary chat is.
        stored = not self._temporary(self._chat.conversation.id)
        models = self._larger(seen.told + LEAST_ANSWER_TOKENS)
        folder = "" if documents else self._folder.name
        self.choice.ask(seen.told, seen.context, models, summary=stored, folder=folder)
        self._composer.hold(True, decides=True)

    def choose_passages(self) -> None:
        """Let the model be told the passages that fit, of each document."""
        self._change(lambda each: each if each.is_picture else replace(each, passages=True))
        self._release()
        self._composer.box.setFocus()

    def summarise(self) -> None:
        """Put a summary in the place of each document."""
        documents = self._documents() or self._folder.whole
        try:
            options = self._chat.options()
            summary = self._summary()
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if self._job is not None:
            return
        job = Job(lambda cancel: summary.of(documents, options, cancel), self)
        self._job = job
        job.produced.connect(lambda made: self._follow(made, job))
        job.failed.connect(self.failed)
        job.finished.connect(lambda: self._ended(job))
        self.choice.show_progress(tr("Starting the model…"))
        self._runner.start(job)

    def stop(self) -> None:
        """Give up the summary; what the model has read of it need not be read again."""
        if self._job is not None:
            self._job.cancel()

    def _follow(self, made: object, job: Job) -> None:
        if job is not self._job:
            return
        match made:
            case str(sentence):
                self.choice.show_progress(sentence)
            case (Attachment() as old, Document() as text):
                try:
                    new = self._chats.keep(text)
                except ChatDeskError as error:
                    self.failed.emit(error)
                    return
                self._change(lambda each: new if each.document == old.document else each)

    def _change(self, new: Callable[[Attachment], Attachment]) -> None:
        """Put `new` of each document in its place: of those of the question, else those of the folder."""
        if self._documents():
            attached = self._composer.draft().attachments
            self._composer.change_attachments(tuple(map(new, attached)))
            return
        try:
            self._folder.change(new)
        except ChatDeskError as error:
            self.failed.emit(error)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._release()
            self._composer.changed.emit()  # it is counted again, and asked about where it is still too long

    def give_way(self) -> None:
        """Let the question be sent although its documents could not be counted."""
        if self._job is None:
            self._release()

    def _changed(self) -> None:
        documents = [*self._documents(), *self._folder.whole]
        if self._job is None and not documents:
            self._release()
        new = [each for each in documents if each.document not in self._counted]
        # A long document may be sent when it was counted, which takes a moment.
        if new and sum(each.words for each in new) > self._chat.options().context_tokens // _SURE:
            self._composer.hold(True)

    def _release(self) -> None:
        self.choice.hide()
        self._composer.hold(False)

    def _documents(self) -> list[Attachment]:
        """Return the documents of the question that are told as a whole."""
        attached = self._composer.draft().attachments
        return [each for each in attached if not each.is_picture and not each.passages]

    def _larger(self, needed: int) -> list[Larger]:
        """Return the models that have enough context, or can be given it."""
        choosing, chat = self._chat.choosing, self._chat.conversation
        settings = choosing.settings
        try:
            now = choosing.model_of(chat).path
            models = choosing.models.installed(settings)
        except ChatDeskError:
            return []
        return larger(models, now, needed, lambda each: options_for(chat, settings, each).context_tokens)
