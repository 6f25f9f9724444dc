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
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_BEGINNING = 12  # bytes
_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"}
_LARGEST_PNG = 1_000_000  # bytes: photographs are larger, and lose nothing that counts as JPEG
_PNG_QUALITY = 80  # without loss; a fifth of the time of the default for a sixth more bytes
_JPEG_QUALITY, _PREVIEW_QUALITY = 90, 85


class PictureReader:
    """The PictureFiles of the ports. Safe from any thread."""

    def takes(self, path: Path) -> bool:
        """Whether a file is a picture by its name or its beginning."""
        # Only what is a file: a pipe with such a name would never end.
        return path.is_file() and (path.suffix.casefold() in _SUFFIXES or bool(_kind(_beginning_of(path))))

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
    kind = _kind(data[:_BEGINNING])
    if not kind:
        raise PictureUnreadable(name, tr("it is damaged, or no PNG, JPEG, WebP, GIF or BMP"))
    QImageReader.setAllocationLimit(DECODED_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # Qt must not look for the kind itself: there one of its readers takes a lock of Qt's while Python's is
    # held, and the window's thread may hold the one and wait for the other.
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)  # as the camera was held
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_SIDE:
        if kind == "jpeg":  # which is decoded smaller at once
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


def _kind(beginning: bytes) -> str:
    """Return the kind of a picture by the first 12 bytes of its file, "" for none that is read."""
    if beginning[:4] == b"RIFF" and beginning[8:] == b"WEBP":
        return "webp"
    if beginning[:2] == b"BM" and beginning[6:10] == bytes(4):  # the two letters alone begin texts, too
        return "bmp"
    return next((kind for sign, kind in _BEGINNINGS.items() if beginning.startswith(sign)), "")


def _beginning_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except OSError:
        return b""
