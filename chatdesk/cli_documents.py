"""Reads documents for commands: what is piped in, what needs a password, and scanned pages if so wished."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from chatdesk.documents.page_image import PdfPages
from chatdesk.documents.reader import DocumentReader, scan_survey
from chatdesk.documents.recogniser import OcrRecognition, extra_installed
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentEncrypted, DocumentHasNoText, RecognitionMissing
from chatdesk.domain.documents import Document, Reading
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.ports import Engine, ModelRecords
from chatdesk.domain.recognition import Recognising
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.page_pictures import PagePictures
from chatdesk.flows.recognition import RecognitionFlow, RecognitionWay, lacks_pages
from chatdesk.flows.recognition_ways import RecognitionWays, extra_command
from chatdesk.flows.seeing import SeeingModel
from chatdesk.storage.database import Database
from chatdesk.storage.recognised import RecognisedStore
from chatdesk.terminal import ProgressLine, complain, printable, read_piped

PIPED = "-"  # in place of a file: the text that is piped in


def ways_here(
    engine: Engine, records: ModelRecords, models: ModelFlow, settings: Settings
) -> list[RecognitionWay]:
    """Return how text can be recognised on this computer."""
    from chatdesk.ui.pictures.reading import PictureReader  # Qt, where a picture has to be shown to a model

    pictures = PagePictures(PdfPages(), PictureReader())
    ways = RecognitionWays(
        lambda: OcrRecognition() if extra_installed() else None,
        lambda load: SeeingModel(engine, records, load, pictures),
        models,
    )
    return ways.ways(settings)


def model_for(chosen: Path | None, settings: Settings, models: ModelFlow) -> tuple[Settings, InstalledModel]:
    """Return the model that a command uses, the one that was used last where none is chosen, and the settings
    that know it. Raises EngineError.
    """
    if chosen is None:
        return settings, models.choose(settings, settings.default_model)
    known, model = models.open_file(settings, chosen.expanduser().resolve())
    return replace(known, default_model=str(model.path)), model


class CommandReader:
    """Reads one document after the other, with a line that tells how far it is."""

    def __init__(
        self, database: Database, line: ProgressLine, password: str, ways: list[RecognitionWay] | None
    ) -> None:
        """`ways` are those in which scanned pages are recognised, None where that is not wished."""
        self._flow = RecognitionFlow(DocumentReader(), scan_survey(), RecognisedStore(database))
        self._line = line
        self._password = password
        self._ways = ways

    def read(self, file: str, cancel: CancelToken) -> Document | None:
        """Return the document, None when cancelled. Raises DocumentError, EngineError, StorageError."""
        if file == PIPED:
            with TemporaryDirectory() as folder:
                path = Path(folder, tr("piped text"))
                path.write_bytes(read_piped(cancel))
                return self._from(path, "", cancel)
        path = Path(file).expanduser()
        try:
            return self._from(path, self._password, cancel)
        except DocumentEncrypted:
            if self._password or not (sys.stdin and sys.stdin.isatty()):
                raise
            asked = tr("Password of “{name}”: ").format(name=printable(path.name))
            return self._from(path, getpass.getpass(asked), cancel)

    def _from(self, path: Path, password: str, cancel: CancelToken) -> Document | None:
        try:
            document = self._last(path, self._flow.read(path, password, cancel))
        except DocumentHasNoText as error:
            if self._ways is None:
                raise DocumentHasNoText(path, tr("With --ocr its text is recognised.")) from error
            return self._recognised(path, password, cancel)
        if document is None or not lacks_pages(document):
            return document
        if self._ways is None:
            self._line.end()
            hint = tr("With --ocr their text is recognised.")
            complain(tr("Some pages of “{name}” are pictures without text.").format(name=path.name), hint)
            return document
        return self._recognised(path, password, cancel)

    def _recognised(self, path: Path, password: str, cancel: CancelToken) -> Document | None:
        if not self._ways:
            raise RecognitionMissing(path, extra_command())
        way = self._ways[0]
        self._line.note(
            tr("The text of {name} is recognised by: {way}").format(name=path.name, way=way.title)
        )
        return self._last(path, self._flow.recognise(path, password, way.recognition, cancel))

    def _last(self, path: Path, events: Iterator[Reading | Recognising | Document]) -> Document | None:
        for event in events:
            match event:
                case Document():
                    return event
                case Reading(done, total) if total > 1:
                    self._line.show(done, total, tr("{name} is read").format(name=path.name))
                case Recognising(done, total):
                    told = tr("{name}: {done} of {total} pages are recognised")
                    self._line.show(done, total, told.format(name=path.name, done=done, total=total))
        return None
