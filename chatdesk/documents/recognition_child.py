"""The process that recognises the text of pages: draws each, and sends its lines and its text.

Messages are JSON as in child.py: ["page", number, text, [[text, left, top, width, height], ...]], and at the
end ["done"] or ["refused", code, detail].
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from chatdesk.documents.child import forbid_writing, limit, mended, tell_and_end
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain.recognition import TextLine

_SHARPEST = 200 / 72  # pixels a point: small print is legible, and more finds nothing more
_LONGEST = 2_000  # pixels of a side
MOST_LINES = 5_000  # of a page


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a page looks: `height` rows of `stride` bytes, in them `width` pixels of blue, green and red."""

    width: int
    height: int
    stride: int
    pixels: bytes


Recognise = Callable[[Sheet], list[TextLine]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be recognised. `recogniser` is a module with `start() -> Recognise` and
    `picture(path, number) -> Sheet`."""

    path: Path
    numbers: tuple[int, ...]
    password: str
    memory: int  # bytes that the process may take
    seconds: int  # of processor time
    recogniser: str


def main(pipe: Connection, request: Request) -> None:
    """Recognise the pages and end the process."""
    tell_and_end(pipe, answers(request))


def answers(request: Request) -> Iterator[list[object]]:
    """Yield the messages of one document."""
    try:
        limit(request.memory, request.seconds)
        module = importlib.import_module(request.recogniser)
        recognise: Recognise = module.start()
        draw = _drawing(request, module)
        forbid_writing()
        for number in request.numbers:
            yield _message(number, draw(number), recognise)
        yield ["done"]
    except Refused as refused:
        yield ["refused", refused.code, refused.detail]
    except OSError as error:
        yield ["refused", Refusal.unreadable, error.strerror or str(error)]
    except ImportError as error:  # the extra is broken, and not the file
        yield ["refused", Refusal.crashed, str(error)]
    except Exception as error:  # noqa: BLE001  libraries raise whatever they like over a broken file
        out_of_memory = isinstance(error, MemoryError) or "alloc" in str(error)
        code = Refusal.memory if out_of_memory else Refusal.damaged
        yield ["refused", code, f"{type(error).__name__}: {error}"[:500]]


def _drawing(request: Request, module: ModuleType) -> Callable[[int], Sheet]:
    from chatdesk.documents.formats import PICTURE, format_of

    path = request.path
    if format_of(path) is PICTURE:
        return lambda number: module.picture(path, number)
    from chatdesk.documents.pdf import opened

    document = opened(path, request.password)

    def draw(number: int) -> Sheet:
        page = document[number - 1]
        scale = min(_SHARPEST, _LONGEST / max(page.get_size()))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        if bitmap.n_channels == 3:
            return Sheet(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        grey = bytes(bitmap.buffer)  # of a page without any colour
        pixels = bytearray(3 * len(grey))
        pixels[0::3] = pixels[1::3] = pixels[2::3] = grey
        return Sheet(bitmap.width, bitmap.height, 3 * bitmap.stride, bytes(pixels))

    return draw


def _message(number: int, sheet: Sheet, recognise: Recognise) -> list[object]:
    from chatdesk.documents.sheet_text import text_of

    lines = recognise(sheet)[:MOST_LINES]
    text = mended(text_of(lines, sheet.height / sheet.width))
    told = [[mended(line.text), line.left, line.top, line.width, line.height] for line in lines]
    return ["page", number, text, told]
