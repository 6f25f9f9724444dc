"""Makes pictures that models can look at of the pages of documents."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentUnsupported
from chatdesk.domain.documents import PageImage
from chatdesk.domain.pictures import LONGEST_SIDE, Picture
from chatdesk.domain.ports import PageImages, PictureFiles

_WIDTH = 1_080  # pixels: of most sheets the other side is as long then as a model can use
_QUICK = 1  # level of compression: a picture is packed and unpacked at once


class PagePictures:
    """Pages of PDF files, and pictures themselves."""

    def __init__(self, pages: PageImages, pictures: PictureFiles) -> None:
        self._pages = pages
        self._pictures = pictures

    def picture(self, path: Path, number: int, password: str, cancel: CancelToken) -> Iterator[Picture]:
        """Yield page `number`, from 1; nothing when cancelled. Raises DocumentError."""
        if self._pages.draws(path):
            for image in self._drawn(path, number, password, cancel):
                yield picture_of(image, path.name)
        elif number == 1 and self._pictures.takes(path):
            yield self._pictures.read(path)
        else:
            raise DocumentUnsupported(path)

    def _drawn(self, path: Path, number: int, password: str, cancel: CancelToken) -> Iterator[PageImage]:
        for image in self._pages.draw(path, number, _WIDTH, password, cancel):
            if image.height <= LONGEST_SIDE:
                yield image
                continue
            width = _WIDTH * LONGEST_SIDE // (image.height + 1)
            yield from self._pages.draw(path, number, width, password, cancel)


def picture_of(image: PageImage, name: str) -> Picture:
    """Return the picture as PNG."""
    colours = bytearray(3 * image.width * image.height)
    for place in range(3):
        colours[place::3] = image.pixels[2 - place :: 4]
    line = 3 * image.width
    rows = b"".join(b"\0" + colours[start : start + line] for start in range(0, len(colours), line))
    header = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _QUICK)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)
    return Picture(name, data, image.width, image.height)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
