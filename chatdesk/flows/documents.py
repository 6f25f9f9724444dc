"""What happens when the user attaches a document: it is read and kept before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.ports import Chats, DocumentFiles


def with_documents(text: str, documents: Sequence[Document]) -> str:
    """Return a question as the model reads it: its documents first, each in its marks, then what is asked.

    A document cannot end its own marks: they are broken where its text has them.
    """
    parts = [_marked(document) for document in documents]
    return "\n\n".join((*parts, text))


def _marked(document: Document) -> str:
    name = document.name.replace('"', "")
    body = document.text.strip().replace("</document", "<\\/document")
    return f'<document name="{name}">\n{body}\n</document>'


class DocumentFlow:
    """Documents that questions bring along."""

    def __init__(self, files: DocumentFiles, chats: Chats) -> None:
        self._files = files
        self._chats = chats

    def attach(self, paths: Sequence[Path], cancel: CancelToken) -> Iterator[Attachment | ChatDeskError]:
        """Read and keep each file; one that cannot be used is yielded as its error, and the rest go on."""
        for path in paths:
            if cancel.cancelled:
                return
            try:
                yield self._chats.keep(self._files.read(path))
            except ChatDeskError as error:
                yield error
