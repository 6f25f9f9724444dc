"""Follows what the model sees of the open chat: counted by a job, a moment after something has changed."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.chat import Conversation
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.generation import ModelReady
from chatdesk.domain.models import ModelLoad
from chatdesk.flows.context import ContextFlow, ContextSeen
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.jobs import Job, JobRunner

PAUSE_MS = 400  # after the last key
WORTH_TELLING = 400  # characters of the first question of a chat; a shorter one always fits


class ContextWatch(QObject):
    """One count at a time; what changes meanwhile is counted after it."""

    counted = Signal(object)  # ContextSeen; None: there is nothing to tell now
    failed = Signal(object)  # exception

    def __init__(
        self, chat: OpenChat, composer: Composer, answers: Answers, flow: ContextFlow, runner: JobRunner
    ) -> None:
        super().__init__(chat)
        self._chat = chat
        self._composer = composer
        self._answers = answers
        self._flow = flow
        self._runner = runner
        self._contexts: dict[ModelLoad, int] = {}  # as models that were loaded have them
        self._job: Job | None = None
        self._again = False
        self._closed = False
        self._brings = False  # the folder of the open chat brings documents along
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.count)
        composer.changed.connect(self._typed)
        answers.done.connect(lambda _: self.renew())
        answers.model_ready.connect(self._learn)
        chat.changed.connect(lambda _: self._opened())

    @property
    def context_tokens(self) -> int:
        """Return how many tokens of context the chat's model has, or will have."""
        options = self._chat.options()
        return self._contexts.get(options.load) or options.context_tokens

    def close(self) -> None:
        """Count no more: the store is about to close."""
        self._closed = True
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    def renew(self) -> None:
        """Count again, a moment from now."""
        if not self._closed:
            self._pause.start()

    def count(self) -> None:
        """Count now, or as soon as the count that runs has ended."""
        self._pause.stop()
        if self._job is not None:
            self._again = True
            return
        if self._chat.busy or self._closed:
            return  # the end of the answer counts
        chat, draft = self._chat.conversation, self._composer.draft()
        try:
            options, context = self._chat.options(), self.context_tokens
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        job = Job(lambda cancel: self._flow.seen(chat, draft, options, context, cancel), self)
        self._job = job
        job.produced.connect(lambda seen: self._tell(chat, seen))
        job.failed.connect(self.failed)
        job.finished.connect(self._ended)
        self._runner.start(job)

    def _typed(self) -> None:
        # The model's process is not started for a few words, nor for a chat that is only looked at.
        draft = self._composer.draft()
        brings = draft.attachments or (self._brings and not draft.empty)
        if self._contexts or len(draft.text) >= WORTH_TELLING or brings:
            self.renew()

    def _opened(self) -> None:
        self.counted.emit(None)
        try:
            self._brings = bool(self._chat.options().documents)
        except ChatDeskError:
            self._brings = False
        self._typed()

    def _learn(self, conversation: str, ready: ModelReady) -> None:
        if conversation == self._chat.conversation.id:
            with suppress(ChatDeskError):
                self._contexts[self._chat.options().load] = ready.context_tokens

    def _tell(self, chat: Conversation, seen: ContextSeen) -> None:
        if chat.id == self._chat.conversation.id:
            nothing = not seen.parts and not seen.draft
            self.counted.emit(None if nothing else seen)

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.renew()
