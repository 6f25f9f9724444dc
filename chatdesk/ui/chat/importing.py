"""Imports chats: looks into what the user has chosen, asks, brings it in, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.chat_archive import Brought, ChatFileProgress, ChatSource
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.settings import N_
from chatdesk.domain.words import tr, trn
from chatdesk.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from chatdesk.flows.chat_import import ChatImport, Contents, Imported
    from chatdesk.ui.chat.import_dialog import ImportDialog


_OUTCOMES = {
    Brought.new: (N_("{count:,} chat is new."), N_("{count:,} chats are new.")),
    Brought.grown: (
        N_("{count:,} chat was here and has new messages."),
        N_("{count:,} chats were here and have new messages."),
    ),
    Brought.there: (N_("{count:,} chat was here already."), N_("{count:,} chats were here already.")),
    Brought.restored: (
        N_("{count:,} chat came back from the bin."),
        N_("{count:,} chats came back from the bin."),
    ),
}


class Importing(QObject):
    """Joins the dialog with the flow; one import at a time."""

    imported = Signal()  # chats have come

    def __init__(self, window: QWidget, make_flow: Callable[[], ChatImport], runner: JobRunner) -> None:
        super().__init__(window)
        self._window = window
        self._make_flow = make_flow
        self._runner = runner
        self._dialog: ImportDialog | None = None
        self._contents: Contents | None = None
        self._job: Job | None = None
        self._outcome: object = None  # of the job: what it has yielded or raised

    def open(self, path: Path | None = None) -> None:
        """Open the dialog; with a path, look into that at once."""
        from chatdesk.ui.chat.import_dialog import ImportDialog

        if self._dialog is not None:  # it stands in front of the window
            return
        self._dialog = dialog = ImportDialog(self._window)
        dialog.picked.connect(self.look)
        dialog.wanted.connect(self._bring)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._forget)
        dialog.show_start()
        dialog.open()
        if path is not None:
            self.look(path)

    def look(self, path: Path) -> None:
        """See what a file or folder has."""
        self._contents = None
        job = Job(lambda cancel: self._make_flow().look(path, cancel))
        self._run(tr("Looking into “{name}”…").format(name=path.name), job)

    def _bring(self, copies: bool, into_folder: bool) -> None:
        from chatdesk.flows.chat_import import ImportWishes

        contents = self._contents
        if contents is None:
            return
        wishes = ImportWishes(copies, _folder_name(contents.source) if into_folder else "")
        job = Job(lambda cancel: self._make_flow().bring(contents, wishes, cancel))
        job.finished.connect(self.imported)
        self._run(tr("Importing…"), job)

    def _run(self, sentence: str, job: Job) -> None:
        """Run a job; what it comes to is shown when it has ended, so that the next one can begin then."""
        if self._dialog is None or self._job is not None:
            return
        self._dialog.show_progress(sentence)
        self._job = job
        self._outcome = None
        job.produced.connect(self._hear)
        job.failed.connect(self._hear)
        job.finished.connect(self._end)
        self._runner.start(job)

    def _hear(self, event: object) -> None:
        if not isinstance(event, ChatFileProgress):
            self._outcome = event
        elif self._dialog is not None:
            self._dialog.show_share(event.done, event.total)

    def _end(self) -> None:
        from chatdesk.flows.chat_import import Contents, Imported

        self._job = None
        if self._dialog is None:
            return
        match self._outcome:
            case Contents() as contents:
                self._contents = contents
                self._show_found(self._dialog, contents)
            case Imported(problem=ChatDeskError() as error) as imported if not imported.chats:
                self._dialog.show_start(_problem(error))
            case Imported() as imported:
                self._show_done(self._dialog, imported)
            case Exception() as error:
                self._dialog.show_start(_problem(error))
            case _:  # stopped before there was anything to show
                self._dialog.show_start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _forget(self) -> None:
        self._stop()
        self._dialog = None

    def _show_found(self, dialog: ImportDialog, contents: Contents) -> None:
        chats = trn("{count:,} chat", "{count:,} chats", contents.chats)
        messages = trn("{count:,} message", "{count:,} messages", contents.messages)
        found = tr("{source}: {chats} with {messages}.")
        sentences = [found.format(source=contents.source.label, chats=chats, messages=messages)]
        if contents.there:
            one = "{count:,} of them is here already: it gets what is new, and is not doubled."
            more = "{count:,} of them are here already: they get what is new, and are not doubled."
            sentences.append(trn(one, more, contents.there))
        if contents.damage is not None:
            before = tr("What stands before the damage can be imported.")
            sentences.append(f"{contents.damage.sentence} {before}")
        foreign = contents.source is not ChatSource.chatdesk
        dialog.show_found(contents.path.name, sentences, contents.unclear, contents.there > 0, foreign)

    def _show_done(self, dialog: ImportDialog, imported: Imported) -> None:
        if self._contents is not None:
            stopped = imported.chats < self._contents.chats
            dialog.show_done(outcome(imported, stopped=stopped), self._contents.unclear)


def outcome(imported: Imported, *, stopped: bool) -> list[str]:
    """Return what became of an import, in sentences."""
    counts = imported.counts
    sentences = [trn(one, more, counts[kind]) for kind, (one, more) in _OUTCOMES.items() if counts[kind]]
    if imported.problem is not None:
        sentences.append(_problem(imported.problem))
    elif stopped:
        sentences.append(tr("It was stopped."))
    if imported.problem is not None or stopped:
        sentences.append(tr("Importing the file again brings the rest and doubles nothing."))
    return sentences or [tr("Nothing was imported.")]


def _folder_name(source: ChatSource) -> str:
    day = f"{datetime.now().astimezone():%Y-%m-%d}"
    return tr("{source} {date}").format(source=source.label, date=day)


def _problem(error: Exception) -> str:
    if isinstance(error, ChatDeskError):
        return f"{error.sentence} {error.hint}".strip()
    return tr("Something went wrong inside ChatDesk. The log has the details.")
