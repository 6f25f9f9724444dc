"""Recognises text with RapidOCR, which the extra “ocr” installs, in the process of recognition_child.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from chatdesk.documents.recognition_child import Recognise, Sheet
from chatdesk.domain.recognition import TextLine

_LARGEST = 100_000_000  # pixels of a picture


def start() -> Recognise:
    """Load the models, which are inside the package. Raises ImportError where the extra is missing."""
    sys.addaudithook(_refuse_network)
    import numpy
    from rapidocr import RapidOCR

    # Its guess which lines stand on their head is wrong for long ones, and spoils one of twenty.
    engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})

    def recognise(sheet: Sheet) -> list[TextLine]:
        rows = numpy.frombuffer(sheet.pixels, numpy.uint8).reshape(sheet.height, sheet.stride)
        image = rows[:, : 3 * sheet.width].reshape(sheet.height, sheet.width, 3)
        found: Any = engine(numpy.ascontiguousarray(image))
        if found.txts is None or found.boxes is None:
            return []
        pairs = zip(found.txts, found.boxes.tolist(), strict=True)
        return [_line(text, corners, sheet) for text, corners in pairs]

    return recognise


def picture(path: Path, number: int) -> Sheet:
    """Return page `number`, from 1, of a file, turned as its camera was held."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _LARGEST // 2  # it raises at twice as many
    with Image.open(path) as file:
        file.seek(number - 1)
        turned = ImageOps.exif_transpose(file).convert("RGBA")
    image = Image.new("RGB", turned.size, "white")
    image.paste(turned, mask=turned.getchannel("A"))
    return Sheet(image.width, image.height, 3 * image.width, image.tobytes("raw", "BGR"))


def _line(text: str, corners: list[list[float]], sheet: Sheet) -> TextLine:
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    left, top = max(0.0, min(across)), max(0.0, min(down))
    right, bottom = min(max(across), sheet.width), min(max(down), sheet.height)
    return TextLine(
        text,
        round(left / sheet.width, 4),
        round(top / sheet.height, 4),
        round((right - left) / sheet.width, 4),
        round((bottom - top) / sheet.height, 4),
    )


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    """Nothing leaves the computer, whatever a library would like to fetch."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise PermissionError("text is recognised without a network")
