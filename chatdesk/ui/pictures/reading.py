"""Makes pictures of files and of what comes from the clipboard, with Qt's readers and within limits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from chatdesk.domain.document_errors import DocumentMissing, DocumentUnreadable
from chatdesk.domain.errors import PictureUnreadable
from chatdesk.domain.pictures import LONGEST_SIDE, Picture
from chatdesk.domain.words import tr

LARGEST_FILE = 100_000_000  # bytes
DECODED_MEGABYTES = 512  # that Qt may take for one picture
PREVIEW_SIDE = 480  # pixels: sharp at 240 on a screen with two pixels to each
_KINDS = {b"png", b"jpeg", b"webp", b"gif", b"bmp"}
_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"}
_LARGEST_PNG = 1_000_000  # bytes: photographs are larger, and lose nothing that counts as JPEG
_PNG_QUALITY = 80  # without loss; a fifth of the time of the default for a sixth more bytes
_JPEG_QUALITY, _PREVIEW_QUALITY = 90, 85


class PictureReader:
    """The PictureFiles of the ports. Safe from any thread."""

    def takes(self, path: Path) -> bool:
        """Whether a file is a picture by its name or its beginning."""
        # Only what is a file: a pipe with such a name would never end.
        return path.is_file() and (
            path.suffix.casefold() in _SUFFIXES or _kind(QImageReader.imageFormat(str(path))) in _KINDS
        )

    def read(self, path: Path) -> Picture:
        """Return what a file shows, of an animation the first picture. Raises DocumentError."""
        try:
            if not path.is_file():
                raise DocumentMissing(path)
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise DocumentUnreadable(path, error.strerror or str(error)) from error
        return self.decode(data, path.name)

    def decode(self, data: bytes, name: str) -> Picture:
        """Return what a file's content shows. Raises PictureUnreadable."""
        if len(data) > LARGEST_FILE:
            raise PictureUnreadable(name, tr("its file is too large"))
        return picture_of(_decoded(data, name), name)


def picture_of(image: QImage, name: str) -> Picture:
    """Return `image` as it is kept: without transparency, no larger than a model can use.

    Raises PictureUnreadable.
    """
    if image.isNull():
        raise PictureUnreadable(name, tr("there is nothing in it"))
    image = _flat(_within(image, LONGEST_SIDE))
    data = _encoded(image)
    preview = data if max(image.width(), image.height()) <= PREVIEW_SIDE else b""
    preview = preview or _saved(_within(image, PREVIEW_SIDE), "JPEG", _PREVIEW_QUALITY)
    return Picture(name, data, image.width(), image.height(), preview)


def _decoded(data: bytes, name: str) -> QImage:
    QImageReader.setAllocationLimit(DECODED_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # as the camera was held
    if _kind(reader.format()) not in _KINDS:
        raise PictureUnreadable(name, tr("it is damaged, or no PNG, JPEG, WebP, GIF or BMP"))
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_SIDE:
        if _kind(reader.format()) == b"jpeg":  # which is decoded smaller at once
            reader.setScaledSize(_fitting(size, 2 * LONGEST_SIDE))
        elif size.width() * size.height() * 4 > DECODED_MEGABYTES << 20:
            reason = tr("it has {width:,} × {height:,} pixels, more than ChatDesk reads")
            raise PictureUnreadable(name, reason.format(width=size.width(), height=size.height()))
    image = reader.read()
    if image.isNull():
        raise PictureUnreadable(name, tr("it is damaged"))
    return image


def _within(image: QImage, longest: int) -> QImage:
    if max(image.width(), image.height()) <= longest:
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(_fitting(image.size(), longest), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def _fitting(size: QSize, longest: int) -> QSize:
    if max(size.width(), size.height()) <= longest:
        return size
    return size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _flat(image: QImage) -> QImage:
    """Return `image` on white where it is transparent, in the colours that models and screens expect."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb)) or image
    if image.hasAlphaChannel():
        ground = QImage(image.size(), QImage.Format.Format_RGB32)
        ground.fill(Qt.GlobalColor.white)
        painter = QPainter(ground)
        painter.drawImage(0, 0, image)
        painter.end()
        image = ground
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    for key in flat.textKeys():  # where a photograph was taken is nobody's business
        flat.setText(key, "")
    return flat


def _encoded(image: QImage) -> bytes:
    data = _saved(image, "PNG", _PNG_QUALITY)
    return data if len(data) <= _LARGEST_PNG else _saved(image, "JPEG", _JPEG_QUALITY)


def _saved(image: QImage, kind: str, quality: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, kind, quality):  # type: ignore[call-overload]
        raise PictureUnreadable("", tr("it cannot be kept"))
    return bytes(data.data())


def _kind(said: QByteArray) -> bytes:
    return bytes(said.data())
