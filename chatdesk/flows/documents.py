"""What happens when the user attaches a document or picture: it is read and kept before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment, Message
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.documents import Document, Reading, ReadingNote
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.generation import Turn
from chatdesk.domain.pictures import Picture
from chatdesk.domain.ports import DocumentReading, PictureFiles

_LEFT_TO_PASSAGES = "[Attached: “{name}”. Passages of it are told with the newest question.]"


def with_documents(text: str, documents: Sequence[Document]) -> str:
    """Return a question as the model reads it: its documents first, each in its marks, then what is asked.

    A document cannot end its own marks: they are broken where its text has them.
    """
    parts = [_marked(document) for document in documents]
    return "\n\n".join((*parts, text))


def with_passages(text: str, passages: Sequence[tuple[str, Document]]) -> str:
    """Return a question with passages of documents before it, each as (its place, name and text)."""
    return "\n\n".join((*(_marked(document, place) for place, document in passages), text))


def _marked(document: Document, place: str = "") -> str:
    name = document.name.replace('"', "")
    if place:
        name = f'{name}" place="{place.replace(chr(34), "")}'
    body = document.text.strip().replace("</document", "<\\/document")
    return f'<document name="{name}">\n{body}\n</document>'


def turn_of(chats: Chats, sees: bool, message: Message) -> Turn:
    """Return a message as the model is told it; one that does not see gets the names of its pictures.

    A document that is told by its passages is only named.
    """
    documents, pictures, named = [], [], []
    for each in message.attachments:
        if each.size is not None:
            data = chats.picture(each.document) if sees else b""
            if data is not None:
                pictures.append(Picture(each.name, data, *each.size))
        elif each.passages:
            named.append(_LEFT_TO_PASSAGES.format(name=each.name))
        elif (text := chats.document(each.document)) is not None:
            documents.append(Document(each.name, text))
    text = with_documents("\n\n".join((*named, message.text)), documents)
    return Turn(message.role.value, text, tuple(pictures), message.pinned)


@dataclass(frozen=True, slots=True)
class BeingRead:
    """How much of a document has been read that is being attached."""

    name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class ReadInPart:
    """A document was attached without all that it holds."""

    name: str
    notes: tuple[ReadingNote, ...]


class DocumentFlow:
    """Documents and pictures that questions bring along."""

    def __init__(self, reader: DocumentReading, pictures: PictureFiles, chats: Chats) -> None:
        self._reader = reader
        self._pictures = pictures
        self._chats = chats

    def attach(
        self, paths: Sequence[Path], cancel: CancelToken, password: str = ""
    ) -> Iterator[BeingRead | Attachment | ReadInPart | ChatDeskError]:
        """Read and keep each file; one that cannot be used is yielded as its error, and the rest go on."""
        for path in paths:
            if cancel.cancelled:
                return
            try:
                if self._pictures.takes(path):
                    yield self._chats.keep_picture(self._pictures.read(path))
                else:
                    yield from self._read(path, password, cancel)
            except ChatDeskError as error:
                yield error

    def attach_text(self, name: str, text: str, cancel: CancelToken) -> Iterator[Attachment]:
        """Keep a text that is no file, such as one from the clipboard; it holds more than white space."""
        if not cancel.cancelled:
            yield self._chats.keep(Document(name, text))

    def attach_picture(
        self, make: Callable[[], Picture], cancel: CancelToken
    ) -> Iterator[Attachment | ChatDeskError]:
        """Keep a picture that is no file, such as one from the clipboard."""
        try:
            picture = make()
            if not cancel.cancelled:
                yield self._chats.keep_picture(picture)
        except ChatDeskError as error:
            yield error

    def _read(
        self, path: Path, password: str, cancel: CancelToken
    ) -> Iterator[BeingRead | Attachment | ReadInPart]:
        yield BeingRead(path.name, Reading(0, 0))
        for event in self._reader.read(path, password, cancel):
            if isinstance(event, Document):
                yield self._chats.keep(event)
                if event.notes:
                    yield ReadInPart(event.name, event.notes)
            else:
                yield BeingRead(path.name, event)
