"""The pictures of another application's chats, made into what ChatDesk keeps."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator

from chatdesk.domain.chat import Attachment, DocumentId
from chatdesk.domain.chat_archive import ArchivedPicture
from chatdesk.domain.errors import DocumentError
from chatdesk.domain.pictures import Picture

Decode = Callable[[bytes, str], Picture]
"""(a file's content, its name) -> the picture. Raises DocumentError."""
Beside = Callable[[str], tuple[str, bytes] | None]
"""The beginning of a file's name -> name and content of that file in the same folder or ZIP."""


class Pictures:
    """Decodes pictures, and has them ready for whoever stores them."""

    def __init__(self, decode: Decode, beside: Beside) -> None:
        self._decode = decode
        self._beside = beside
        self._taken: list[ArchivedPicture] = []

    def beside(self, name: str) -> Attachment | None:
        """Return the picture of a file whose name begins so; None when there is none."""
        found = self._beside(name)
        return self._keep(found[1], found[0]) if found else None

    def inline(self, address: object, name: str) -> Attachment | None:
        """Return the picture that an address beginning with “data:” holds; None for any other."""
        if not isinstance(address, str) or not address.startswith("data:image/"):
            return None
        _, _, encoded = address.partition(";base64,")
        try:
            return self._keep(base64.b64decode(encoded), name)
        except (binascii.Error, ValueError):
            return None

    def taken(self) -> Iterator[ArchivedPicture]:
        """Yield what was decoded since the last time."""
        yield from self._taken
        self._taken.clear()

    def _keep(self, data: bytes, name: str) -> Attachment | None:
        try:
            picture = self._decode(data, name)
        except DocumentError:
            return None
        key = DocumentId(hashlib.sha256(picture.data).hexdigest())
        self._taken.append(ArchivedPicture(key, picture.data, picture.preview))
        return Attachment(key, name, size=(picture.width, picture.height))
