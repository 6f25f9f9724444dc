"""The answers that are being written: one job a chat, whichever chat is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.chat import Conversation, ConversationId, Message, MessageId, ShownMessage
from chatdesk.domain.generation import LoadProgress, ModelReady, PromptProgress
from chatdesk.domain.words import tr
from chatdesk.flows.chat import AnswerDone, AnswerStarted, ChatFlow, TextGrew, ThinkingGrew
from chatdesk.flows.options import AnswerOptions
from chatdesk.ui.jobs import Flow, Job, JobRunner


@dataclass(slots=True)
class _Running:
    job: Job
    shown: ShownMessage | None = None  # the answer as it was when it started
    progress: str = ""  # what to say while nothing has arrived
    text: list[str] = field(default_factory=list)
    thinking: list[str] = field(default_factory=list)


class Answers(QObject):
    """Starts, stops and follows answers. An answer belongs to its chat, not to the view that shows it."""

    started = Signal(object)  # AnswerStarted
    text_grew = Signal(str, str)  # message id, what was added
    thinking_grew = Signal(str, str)  # message id, what was added
    progressed = Signal(str, str)  # message id, a sentence; "" once text arrives
    model_ready = Signal(str, object)  # conversation id, ModelReady
    done = Signal(object)  # AnswerDone
    named = Signal(object)  # Conversation with its new title
    failed = Signal(str, object)  # conversation id, exception that is not told in the answer itself
    busy_changed = Signal(object)  # frozenset of conversation ids

    def __init__(self, flow: ChatFlow, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._runner = runner
        self._running: dict[ConversationId, _Running] = {}
        self._naming: Job | None = None
        self._closed = False

    def answer(self, conversation: ConversationId, question: MessageId, options: AnswerOptions) -> None:
        """Write a new answer to a stored question."""
        self._start(conversation, lambda cancel: self._flow.answer(conversation, question, options, cancel))

    def go_on(self, conversation: ConversationId, answer: MessageId, options: AnswerOptions) -> None:
        """Continue a stored answer."""
        self._start(conversation, lambda cancel: self._flow.go_on(conversation, answer, options, cancel))

    def name(self, conversation: ConversationId, answer: MessageId, options: AnswerOptions) -> None:
        """Let the model name the chat, unless something else is waiting for the model."""
        if self._running or self._naming is not None:
            return

        self._naming = Job(lambda cancel: self._flow.name(conversation, answer, options, cancel))
        self._naming.produced.connect(self._name_made)
        self._naming.finished.connect(self._named)
        self._runner.start(self._naming)

    def stop(self, conversation: ConversationId | None) -> None:
        """Stop the chat's answer; what has arrived is kept."""
        if conversation is not None and (running := self._running.get(conversation)):
            running.job.cancel()

    def close(self) -> None:
        """Let nothing that still comes from a worker thread reach the window; the store is about to close."""
        self._closed = True

    def busy(self, conversation: ConversationId | None) -> bool:
        return conversation in self._running

    def live(self, conversation: ConversationId) -> tuple[Message, str] | None:
        """Return the chat's growing answer with all that has arrived, and its progress sentence."""
        running = self._running.get(conversation)
        if running is None or running.shown is None:
            return None
        message = running.shown.message
        text = message.text + "".join(running.text)
        thinking = message.thinking + "".join(running.thinking)
        return replace(message, text=text, thinking=thinking), running.progress

    def _start(self, conversation: ConversationId, flow: Flow) -> None:
        if conversation in self._running:
            return
        if self._naming is not None:
            self._naming.cancel()
        job = Job(flow)
        running = _Running(job)
        self._running[conversation] = running
        job.produced.connect(lambda event: self._receive(conversation, running, event))
        job.failed.connect(lambda error: self._fail(conversation, error))
        job.finished.connect(lambda: self._ended(conversation, running))
        self.busy_changed.emit(frozenset(self._running))
        self._runner.start(job)

    def _receive(self, conversation: ConversationId, running: _Running, event: object) -> None:
        if self._closed:
            return
        match event:
            case AnswerStarted(_, shown):
                running.shown = shown
                self.started.emit(event)
                waits = len(self._running) > 1
                self._progress(
                    running, tr("Waiting for another answer…") if waits else tr("Starting the model…")
                )
            case LoadProgress(fraction):
                self._progress(
                    running, tr("Loading the model… {percent} %").format(percent=round(fraction * 100))
                )
            case ModelReady():
                self.model_ready.emit(conversation, event)
                self._progress(running, tr("Reading…"))
            case PromptProgress(read, total):
                percent = round(100 * read / max(1, total))
                self._progress(running, tr("Reading the chat… {percent} %").format(percent=percent))
            case TextGrew(message, text):
                self._progress(running, "")
                running.text.append(text)
                self.text_grew.emit(message, text)
            case ThinkingGrew(message, text):
                self._progress(running, "")
                running.thinking.append(text)
                self.thinking_grew.emit(message, text)
            case AnswerDone():
                # The chat is free from here on, so that whoever hears of it may ask again at once.
                self._ended(conversation, running)
                self.done.emit(event)

    def _fail(self, conversation: ConversationId, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(conversation, error)

    def _progress(self, running: _Running, sentence: str) -> None:
        if running.shown is not None and sentence != running.progress:
            running.progress = sentence
            self.progressed.emit(running.shown.message.id, sentence)

    def _ended(self, conversation: ConversationId, running: _Running) -> None:
        if self._running.get(conversation) is running and not self._closed:
            del self._running[conversation]
            self.busy_changed.emit(frozenset(self._running))

    def _name_made(self, conversation: Conversation) -> None:
        if not self._closed:
            self.named.emit(conversation)

    def _named(self) -> None:
        self._naming = None
