"""What happens with documents whose pages are pictures: their text is recognised once, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentEmpty, DocumentHasNoText, DocumentUnreadable
from chatdesk.domain.documents import Document, NoteKind, Reading, ReadingNote, Unit
from chatdesk.domain.ports import DocumentReading
from chatdesk.domain.recognition import (
    RecognisedPage,
    RecognisedPages,
    Recognising,
    TextLine,
    TextRecognition,
)

_BETWEEN = "\n\n"  # pages


@dataclass(frozen=True, slots=True)
class RecognitionWay:
    """A way to recognise text that is there on this computer."""

    title: str
    recognition: TextRecognition


class RecognitionFlow:
    """The DocumentReading of the ports that knows which text was recognised, and has more recognised."""

    def __init__(self, reader: DocumentReading, survey: DocumentReading, kept: RecognisedPages) -> None:
        """`survey` reads a document that may lack text, and notes each page that is a picture."""
        self._reader = reader
        self._survey = survey
        self._kept = kept

    def read(self, path: Path, password: str, cancel: CancelToken) -> Iterator[Reading | Document]:
        """Yield what the reader does; pages that are pictures have their text where it was recognised.

        Raises DocumentError, StorageError.
        """
        try:
            for event in self._reader.read(path, password, cancel):
                if isinstance(event, Document) and lacks_pages(event):
                    yield self._known(path, password, cancel) or event
                else:
                    yield event
        except DocumentHasNoText:
            document = self._known(path, password, cancel)
            if document is None:
                raise
            yield document

    def recognise(
        self, path: Path, password: str, recognition: TextRecognition, cancel: CancelToken
    ) -> Iterator[Recognising | Document]:
        """Yield how far it is, then the document; each page is kept at once, and those that were recognised
        before are not done again. Nothing more when cancelled.

        Raises DocumentError, EngineError, StorageError.
        """
        survey = self._surveyed(path, password, cancel)
        if survey is None:
            return
        file = checksum(path)
        known = self._kept.pages(file)
        wanted = pictures_in(survey)
        left = [number for number in wanted if number not in known]
        yield Recognising(len(wanted) - len(left), len(wanted))
        for done, page in enumerate(recognition.pages(path, left, password, cancel), len(wanted) - len(left)):
            self._kept.keep(file, page)
            known[page.number] = page
            yield Recognising(done + 1, len(wanted))
        if all(number in known for number in wanted):
            yield with_pages(survey, known, path)

    def lines(self, path: Path, number: int) -> Sequence[TextLine]:
        """Return the lines that were recognised on page `number` of a file, none where they are not known.

        Raises DocumentError, StorageError.
        """
        page = self._kept.pages(checksum(path)).get(number)
        return page.lines if page is not None else ()

    def _known(self, path: Path, password: str, cancel: CancelToken) -> Document | None:
        """Return the document with what was recognised, None where a page is missing."""
        known = self._kept.pages(checksum(path))
        survey = self._surveyed(path, password, cancel) if known else None
        if survey is None or not all(number in known for number in pictures_in(survey)):
            return None
        return with_pages(survey, known, path)

    def _surveyed(self, path: Path, password: str, cancel: CancelToken) -> Document | None:
        events = self._survey.read(path, password, cancel)
        return next((event for event in events if isinstance(event, Document)), None)


def lacks_pages(document: Document) -> bool:
    """Whether pages of a document are pictures whose text is not known."""
    return any(note.kind is NoteKind.no_text_on for note in document.notes)


def pictures_in(survey: Document) -> list[int]:
    """Return the numbers of the pages that are pictures."""
    return [note.number for note in survey.notes if note.kind is NoteKind.picture]


def with_pages(survey: Document, pages: Mapping[int, RecognisedPage], path: Path) -> Document:
    """Return a document with the text of the pages that are pictures. Raises DocumentEmpty."""
    pictures = set(pictures_in(survey))
    text, units = "", []
    for unit in survey.units:
        own = pages[unit.number].text if unit.number in pictures else survey.text[unit.start : unit.end]
        if own and text:
            text += _BETWEEN
        units.append(Unit(unit.kind, unit.number, unit.label, len(text), len(text) + len(own)))
        text += own
    if not text.strip():
        raise DocumentEmpty(path)
    notes = [note for note in survey.notes if note.kind is not NoteKind.picture]
    told = []
    for number in sorted(pictures):
        kind = NoteKind.recognised if pages[number].text else NoteKind.nothing_found
        told.append(ReadingNote(kind, number))
    return Document(survey.name, text, tuple(units), (*told, *notes))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file. Raises DocumentUnreadable."""
    import hashlib  # here and not above: a window opens before it needs one

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentUnreadable(path, error.strerror or str(error)) from error
