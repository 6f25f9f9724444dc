"""The command that translates texts and documents: the flows of the translate page in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from chatdesk.cli_documents import PIPED, model_for
from chatdesk.cli_glossary import CommandGlossaries
from chatdesk.documents.exchange.codes import code_of
from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentUnsupported
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translations import (
    Segment,
    SegmentDone,
    SegmentState,
    Tone,
    Translation,
    TranslationEnded,
    TranslationState,
    TranslationWishes,
)
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.summary_queue import documents_among
from chatdesk.flows.translate import TranslateFlow, translation_options
from chatdesk.flows.translate_files import FileBegun, FileTranslationFlow, target_path
from chatdesk.flows.translating import TranslationOptions, TranslationRooms
from chatdesk.languages.detector import LanguageDetector
from chatdesk.paths import Paths, starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.library import ModelStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from chatdesk.terminal import (
    CANCELLED,
    ProgressLine,
    complain,
    leave_closed_pipe,
    printable,
    stopped_by_ctrl_c,
)

_UNFINISHED = (TranslationState.stopped, TranslationState.failed, TranslationState.waiting)


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk translate FILE...`; return the exit code: 0 well, 1 failed, 130 stopped."""
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
            using = translation_options(*model_for(options.model, settings, models))
            glossaries = CommandGlossaries(GlossaryStore(database))
            wishes = _wishes(options, glossaries, cancel)
            rooms = TranslationRooms(
                SummaryStore(database),
                TranslationStore(database),
                MemoryStore(database, likeness),
                glossaries,
                languages,
                records,
            )
            command = _Command(engine, rooms, using, wishes, options)
            for file in options.files:
                code = max(code, command.translate(file, cancel))
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


def _wishes(
    options: argparse.Namespace, glossaries: CommandGlossaries, cancel: CancelToken
) -> TranslationWishes:
    """Return what is wished. Raises DocumentError, StorageError."""
    source, target = (code_of(name) or name for name in (options.source, options.target))
    wishes = TranslationWishes(target, source, Tone(options.tone), options.field, options.instruction)
    if not options.glossary:
        return wishes
    return replace(wishes, glossary=glossaries.find(options.glossary, source, target, cancel))


class _Command:
    """What is the same for all files."""

    def __init__(
        self,
        engine: LocalEngine,
        rooms: TranslationRooms,
        using: TranslationOptions,
        wishes: TranslationWishes,
        options: argparse.Namespace,
    ) -> None:
        self._flow = TranslateFlow(engine, rooms)
        self._files = FileTranslationFlow(self._flow, FileRewriter())
        self._rooms = rooms
        self._using = using
        self._wishes = wishes
        self._options = options
        self._line = ProgressLine()

    def translate(self, file: str, cancel: CancelToken) -> int:
        """Translate a file, the files of a folder, or what is piped in; return 0 when all of it is there."""
        if file == PIPED:
            return self._safely(self._text, cancel)
        path = Path(file).expanduser()
        several = [
            each for each in documents_among([path], cancel) if each == path or self._files.takes(each)
        ]
        code = 0
        for each in several:
            if not cancel.cancelled:
                code = max(code, self._safely(partial(self._document, each), cancel))
        return code

    def _safely(self, work: Callable[[CancelToken], Translation | None], cancel: CancelToken) -> int:
        try:
            translation = work(cancel)
        except ChatDeskError as error:
            self._line.end()
            complain(error.sentence, error.hint)
            return 1
        return 0 if translation is not None and self._told(translation) else 1

    def _text(self, cancel: CancelToken) -> Translation:
        text = b"" if sys.stdin is None else sys.stdin.buffer.read()
        begun = self._flow.begin(text.decode("utf-8", "replace"), self._wishes, self._using)
        printing = _Printing(begun, quiet=self._options.json)
        ended = begun
        for event in self._flow.translate(begun, self._using, cancel):
            if isinstance(event, SegmentDone):
                printing.take(event.segment)
            if isinstance(event, TranslationEnded):
                ended = event.translation
        printing.end(ended)
        return ended

    def _document(self, path: Path, cancel: CancelToken) -> Translation | None:
        if path.is_file() and not self._files.takes(path):
            raise DocumentUnsupported(path)
        path = path.resolve()
        begun = self._begun(path) or self._read(path, cancel)
        if begun is None:
            return None
        ended = begun
        done, total = sum(bool(each.translation) for each in begun.segments), len(begun.segments)
        for event in self._flow.translate(begun, self._using, cancel):
            if isinstance(event, SegmentDone):
                done += 1
                facts = tr("{name}: {done} of {total} paragraphs")
                self._line.show(done, total, facts.format(name=path.name, done=done, total=total))
            if isinstance(event, TranslationEnded):
                ended = event.translation
        self._line.end()
        if ended.state is TranslationState.done and not cancel.cancelled:
            target = self._target(path)
            for _ in self._files.write(ended, target, cancel):
                pass
            if not self._options.json:
                print(printable(str(target)))
        return ended

    def _read(self, path: Path, cancel: CancelToken) -> Translation | None:
        for event in self._files.begin(path, self._wishes, self._using, cancel):
            if isinstance(event, FileBegun):
                for note in event.notes:
                    complain(f"{path.name}: {note}")
                return event.translation
        return None

    def _begun(self, path: Path) -> Translation | None:
        """Return what the same command has begun."""
        for entry in self._rooms.translations.translations():
            same = (entry.path, entry.wishes) == (str(path), self._wishes)
            if same and entry.state in _UNFINISHED:
                return self._rooms.translations.translation(entry.id)
        return None

    def _target(self, path: Path) -> Path:
        folder = self._options.output.expanduser() if self._options.output else path.parent
        return target_path(folder / path.name, self._wishes.target)

    def _told(self, translation: Translation) -> bool:
        """Tell what is to be told of a translation, and return whether it is whole."""
        if self._options.json:
            print(_as_json(translation))
        if translation.error:
            complain(translation.error)
        failed = [each for each in translation.segments if each.state is SegmentState.failed]
        for segment in failed[:1] if not translation.error else []:
            complain(segment.error)
        return translation.state is TranslationState.done and not failed


class _Printing:
    """Prints paragraphs in their order, each as soon as all before it are done."""

    def __init__(self, translation: Translation, quiet: bool) -> None:
        self._gaps = translation.gaps
        self._done: dict[int, Segment] = {}
        self._next = 0
        self._quiet = quiet

    def take(self, segment: Segment) -> None:
        self._done[segment.number] = segment
        for text in self._ready():
            self._print(text)

    def end(self, translation: Translation) -> None:
        """Print the end of what is whole; a paragraph that has failed leaves its source."""
        if self._next == len(translation.segments):
            self._print(self._gaps[-1])
        if translation.segments and not translation.text.endswith("\n"):
            self._print("\n")

    def _ready(self) -> Iterator[str]:
        while self._next in self._done:
            segment = self._done.pop(self._next)
            yield self._gaps[self._next] + (segment.translation or segment.source)
            self._next += 1

    def _print(self, text: str) -> None:
        if not self._quiet:
            print(printable(text), end="", flush=True)


def _as_json(translation: Translation) -> str:
    table = {
        "from": translation.language,
        "to": translation.wishes.target,
        "model": translation.model,
        "state": translation.state,
        "error": translation.error,
        "name": translation.name,
        "text": translation.text,
        "segments": [asdict(segment) for segment in translation.segments],
    }
    return json.dumps(table, ensure_ascii=False)
