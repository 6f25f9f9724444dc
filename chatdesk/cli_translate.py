"""The command that translates texts and documents: the flows of the translate page in a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from chatdesk.cli_documents import PIPED, model_for
from chatdesk.cli_glossary import CommandGlossaries
from chatdesk.cli_translated import Printing, as_json
from chatdesk.documents.encodings import decoded
from chatdesk.documents.exchange.codes import code_of
from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentNotSaved, DocumentUnsupported
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.translation_errors import FolderWithoutDocuments, NothingPiped, PipedNoText
from chatdesk.domain.translations import (
    LanguageFound,
    Segment,
    SegmentDone,
    SegmentState,
    Tone,
    Translation,
    TranslationEnded,
    TranslationState,
    TranslationWishes,
)
from chatdesk.domain.words import tr, trn
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.summary_queue import documents_among
from chatdesk.flows.translate import TranslateFlow, translation_options
from chatdesk.flows.translate_files import (
    FileBegun,
    FileTranslationFlow,
    TextsChanged,
    is_result,
    target_path,
)
from chatdesk.flows.translating import TranslationOptions, TranslationRooms
from chatdesk.hub.catalogue import read_catalogue
from chatdesk.languages.detector import LanguageDetector
from chatdesk.paths import Paths, assets, starter_model
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
    read_piped,
    stopped_by_ctrl_c,
)
from chatdesk.ui.translate.notices import notice_for

_UNFINISHED = (TranslationState.stopped, TranslationState.failed, TranslationState.waiting)


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk translate FILE...`; return the exit code: 0 well, 1 failed, 130 stopped."""
    code = 0
    try:
        _make_folder(options.output)
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


def _make_folder(folder: Path | None) -> None:
    """Make the folder for what is written, before anything is translated. Raises DocumentError."""
    if folder is None:
        return
    try:
        folder.expanduser().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentNotSaved(folder / tr("the translation"), error.strerror or str(error)) from error


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
        self._doubts: set[str] = set()  # that were told

    def translate(self, file: str, cancel: CancelToken) -> int:
        """Translate a file, the files of a folder, or what is piped in; return 0 when all of it is there."""
        if file == PIPED:
            return self._safely(self._text, cancel)
        path = Path(file).expanduser()
        several = [each for each in documents_among([path], cancel) if each == path or self._is_meant(each)]
        code = 0 if several or cancel.cancelled else self._safely(partial(_refuse_folder, path), cancel)
        for each in several:
            if not cancel.cancelled:
                code = max(code, self._safely(partial(self._document, each), cancel))
        return code

    def _is_meant(self, path: Path) -> bool:
        """Whether a file of a folder is to be translated; what the same command has written is not."""
        return self._files.takes(path) and not is_result(path, self._wishes.target)

    def _safely(self, work: Callable[[CancelToken], Translation | None], cancel: CancelToken) -> int:
        try:
            translation = work(cancel)
        except ChatDeskError as error:
            self._line.end()
            complain(error.sentence, error.hint)
            return 1
        return 0 if translation is not None and _is_whole(translation) else 1

    def _text(self, cancel: CancelToken) -> Translation | None:
        content = read_piped(cancel)
        if cancel.cancelled:
            return None
        text = decoded(content)
        if text is None:
            raise PipedNoText
        if not text.strip():
            raise NothingPiped
        begun = self._flow.begin(text, self._wishes, self._using)
        printing = Printing(begun, quiet=self._options.json)
        ended = self._translated(begun, printing.take, cancel)
        printing.end(ended)
        self._print_json(ended, None)
        return ended

    def _document(self, path: Path, cancel: CancelToken) -> Translation | None:
        if path.is_file() and not self._files.takes(path):
            raise DocumentUnsupported(path)
        path = path.resolve()
        begun = self._begun(path) or self._read(path, cancel)
        if begun is None:
            return None
        done, total = sum(bool(each.translation) for each in begun.segments), len(begun.segments)

        def show(_: Segment) -> None:
            nonlocal done
            done += 1
            facts = tr("{name}: {done} of {total} paragraphs")
            self._line.show(done, total, facts.format(name=path.name, done=done, total=total))

        ended = self._translated(begun, show, cancel)
        self._line.end()
        written = None
        if ended.state is TranslationState.done and not cancel.cancelled:
            written = self._written(ended, path, cancel)
        self._print_json(ended, written)
        return ended

    def _translated(
        self, begun: Translation, show: Callable[[Segment], None], cancel: CancelToken
    ) -> Translation:
        if begun.language:
            self._doubt(begun.language)
        ended = begun
        for event in self._flow.translate(begun, self._using, cancel):
            match event:
                case LanguageFound(language):
                    self._doubt(language)
                case SegmentDone(segment):
                    show(segment)
                case TranslationEnded(translation):
                    ended = translation
        return ended

    def _doubt(self, language: str) -> None:
        """Say once what speaks against these languages with this model."""
        recommended = read_catalogue(assets() / "models.toml")
        notice = notice_for(
            language, self._wishes.target, unclear=False, options=self._using, recommended=recommended
        )
        if notice is not None and notice.text not in self._doubts:
            self._doubts.add(notice.text)
            self._line.end()
            complain(notice.text)

    def _written(self, translation: Translation, path: Path, cancel: CancelToken) -> Path:
        folder = self._options.output.expanduser() if self._options.output else path.parent
        target = target_path(folder / path.name, self._wishes.target)
        for event in self._files.write(translation, target, cancel):
            if isinstance(event, TextsChanged):
                words = trn(
                    "“{{name}}” has changed since it was translated: {count} paragraph stays as it is.",
                    "“{{name}}” has changed since it was translated: {count} paragraphs stay as they are.",
                    event.count,
                )
                complain(words.format(name=path.name))
        if not self._options.json:
            print(printable(str(target)))
        return target

    def _read(self, path: Path, cancel: CancelToken) -> Translation | None:
        for event in self._files.begin(path, self._wishes, self._using, cancel):
            if isinstance(event, FileBegun):
                for note in event.notes:
                    complain(f"{path.name}: {note}")
                return event.translation
        return None

    def _begun(self, path: Path) -> Translation | None:
        """Return what the same command has begun, unless the document was changed after that."""
        for entry in self._rooms.translations.translations():
            same = (entry.path, entry.wishes) == (str(path), self._wishes)
            if same and entry.state in _UNFINISHED and not _changed_since(path, entry.created):
                return self._rooms.translations.translation(entry.id)
        return None

    def _print_json(self, translation: Translation, written: Path | None) -> None:
        if self._options.json:
            print(as_json(translation, written))


def _changed_since(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) > moment
    except OSError:  # reading it tells why
        return True


def _refuse_folder(path: Path, _: CancelToken) -> None:
    raise FolderWithoutDocuments(path.name)


def _is_whole(translation: Translation) -> bool:
    """Tell why a translation is not whole; return whether it is."""
    if translation.error:
        complain(translation.error)
    failed = [each for each in translation.segments if each.state is SegmentState.failed]
    for segment in failed[:1] if not translation.error else []:
        complain(segment.error)
    return translation.state is TranslationState.done and not failed
