"""The command that summarises documents: the flow of the summarise page in a terminal."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from chatdesk.cli_documents import PIPED, CommandReader, model_for, ways_here
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import (
    Form,
    JoiningStarted,
    Length,
    PartDone,
    PartFailed,
    Summary,
    SummaryEnded,
    SummaryEvent,
    SummaryGrew,
    SummaryPlan,
    SummaryState,
    SummaryWishes,
)
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions, summary_options
from chatdesk.flows.summary_queue import documents_among
from chatdesk.languages.detector import LanguageDetector
from chatdesk.paths import Paths, starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.storage.summaries import SummaryStore
from chatdesk.tasks.passages import coverage
from chatdesk.tasks.pieces import sentences_of
from chatdesk.terminal import (
    CANCELLED,
    ProgressLine,
    complain,
    leave_closed_pipe,
    printable,
    stopped_by_ctrl_c,
    time_left,
)


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk summarize FILE...`; return the exit code: 0 well, 1 failed, 130 stopped."""
    code = 0
    try:
        paths.create()
        settings = JsonSettings(paths.settings).load()
        with (
            closing(Database(paths.database, paths.backups)) as database,
            closing(LocalEngine(log=paths.logs / "engine.log")) as engine,
            closing(LanguageDetector()) as languages,
            stopped_by_ctrl_c() as cancel,
        ):
            records = ModelStore(database)
            models = ModelFlow(GgufFiles(), starter_model(), records)
            settings, model = model_for(options.model, settings, models)
            using = summary_options(settings, model)
            ways = ways_here(engine, records, models, settings) if options.ocr else None
            line = ProgressLine()
            reader = CommandReader(database, line, options.password, ways)
            summaries = SummaryStore(database)
            flow = SummarizeFlow(engine, summaries, records, languages)
            command = _Command(flow, summaries, reader, line, using, options)
            for file in command.files:
                code = max(code, command.summarize(file, cancel))
                if cancel.cancelled:
                    complain(tr("Stopped. The same command goes on from here."))
                    return CANCELLED
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    return code


def _wishes(options: argparse.Namespace) -> SummaryWishes:
    return SummaryWishes(
        Length(options.length), Form(options.form), options.language, options.audience, options.instruction,
        options.focus,
    )  # fmt: skip


class _Command:
    """What is the same for all files."""

    def __init__(
        self, flow: SummarizeFlow, summaries: SummaryStore, reader: CommandReader, line: ProgressLine,
        using: SummaryOptions, options: argparse.Namespace,
    ) -> None:  # fmt: skip
        self._flow = flow
        self._summaries = summaries
        self._using = using
        self._wishes = _wishes(options)
        self._options = options
        self.files = [found for file in options.files for found in _documents(file)]
        self._reader = reader
        self._line = line
        self._gap = ""
        self._writing = False  # a text stands on the output whose line has not ended

    def summarize(self, file: str, cancel: CancelToken) -> int:
        """Read a file and print its summary; return 0 when that is there, else 1."""
        try:
            document = self._reader.read(file, cancel)
            if document is None:
                return 1
            summary = self._made(document, file, cancel)
        except ChatDeskError as error:
            self._line.end()
            complain(error.sentence, error.hint)
            return 1
        if summary.state is SummaryState.stopped:
            return 1
        if self._options.json:
            print(_as_json(summary, document))
        if summary.error:
            complain(f"{document.name}: {summary.error}")
        return 0 if summary.state is SummaryState.done else 1

    def _made(self, document: Document, file: str, cancel: CancelToken) -> Summary:
        """Make the summary, or go on with the one that the same command had begun."""
        plans = list(self._flow.plan(document, self._wishes, self._using, cancel))
        place = "" if file == PIPED else str(Path(file).expanduser().resolve())
        summary = self._begun(document) or self._flow.begin(document, self._wishes, self._using, place)
        done = 0
        for event in self._flow.summarize(summary, self._using, cancel):
            if isinstance(event, PartDone | PartFailed) and plans:
                done += 1
                self._show_part(document.name, plans[0], done)
            self._show(document.name, event)
            if isinstance(event, SummaryEnded):
                summary = event.summary
        self._line.end()
        if self._writing:
            print()
            self._writing = False
        return summary

    def _show_part(self, name: str, plan: SummaryPlan, done: int) -> None:
        if plan.parts == 1:
            return
        facts = tr("{name}: {done} of {parts} parts").format(name=name, done=done, parts=plan.parts)
        if plan.seconds is not None:
            facts += f"  {time_left(plan.seconds * (plan.parts - done) / plan.parts)}"
        self._line.show(done, plan.parts, facts)

    def _show(self, name: str, event: SummaryEvent) -> None:
        if isinstance(event, JoiningStarted):
            self._line.note(tr("The parts are joined"))
        if not isinstance(event, SummaryGrew) or self._options.json:
            return
        if not self._writing:
            self._line.end()
            if len(self.files) > 1:
                print(printable(f"{self._gap}# {name}\n"))
                self._gap = "\n"
            self._writing = True
        print(printable(event.text), end="", flush=True)

    def _begun(self, document: Document) -> Summary | None:
        ident = self._summaries.keep(document)
        unfinished = (SummaryState.stopped, SummaryState.failed)
        return next(
            (
                each
                for each in self._summaries.summaries()
                if (each.document, each.wishes) == (ident, self._wishes) and each.state in unfinished
            ),
            None,
        )


def _documents(file: str) -> list[str]:
    """Return what a name on the command line stands for: a folder for the documents in it."""
    if file == PIPED or not Path(file).expanduser().is_dir():
        return [file]
    return [str(path) for path in documents_among([Path(file).expanduser()])] or [file]


def _as_json(summary: Summary, document: Document) -> str:
    passages = [passage for sentence in summary.sentences for passage in sentence.passages]
    table = {
        "name": summary.name,
        "path": summary.path,
        "language": summary.language,
        "model": summary.model,
        "state": summary.state,
        "error": summary.error,
        "wishes": asdict(summary.wishes),
        "text": summary.text,
        "points": [asdict(point) for point in summary.points],
        "sentences": [asdict(sentence) for sentence in summary.sentences],
        "coverage": round(coverage(passages, list(sentences_of(document.text))), 3),
    }
    return json.dumps(table, ensure_ascii=False)
