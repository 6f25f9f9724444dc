"""A long PDF is read by two processes: the other one takes a fixed part of the pages.

The other process is a copy of the one that reads the document, made before it has read a page. What the two
take together is what one may take: each keeps half of the limits.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path

from pypdfium2 import PdfDocument

from chatdesk.documents import pdf
from chatdesk.documents.child import refusal_of
from chatdesk.documents.parts import Piece, Refusal, Refused
from chatdesk.documents.pdf_lines import Line, Page

FEWEST = 100  # pages; with fewer there is little to gain
LARGEST = 50_000_000  # bytes of a file; a larger one may need all the memory in one process
_AHEAD = 1 << 20  # bytes of pages that the other may have ready
_TURN = (False, True, True, False, True)  # the other reads more: this one also joins the lines
_LONGEST = 160_000_000  # bytes of one page
_DIE_WITH_PARENT = 1  # an option of prctl
_Fields = tuple[str, float, float, float, float, float, bool]
_fields: Callable[[Line], _Fields] = attrgetter("text", "left", "right", "bottom", "size", "end", "follows")


def read(path: Path, password: str) -> Iterator[Piece]:
    """Yield what pdf.read yields. Only in a process of its own, whose limits it lowers."""
    return pdf.read(path, password, lambda document: _sheets(document, path, password))


def survey(path: Path, password: str) -> Iterator[Piece]:
    """Yield what pdf.survey yields. Only in a process of its own, whose limits it lowers."""
    return pdf.survey(path, password, lambda document: _sheets(document, path, password))


def _sheets(document: PdfDocument, path: Path, password: str) -> Iterator[Page | None]:
    if may_share() and len(document) >= FEWEST and path.stat().st_size <= LARGEST:
        return _together(document, path, password)
    return pdf.one_by_one(document)


def may_share() -> bool:
    """Whether two processes are faster: not on one processor; other systems cannot copy one safely."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _together(document: PdfDocument, path: Path, password: str) -> Iterator[Page | None]:
    import fcntl

    _halve_limits()
    pipe, far_end = Pipe(duplex=False)
    with suppress(OSError):  # more than a user may have in all
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
    parent = os.getpid()
    try:
        other = os.fork()
    except OSError:  # too many processes
        yield from pdf.one_by_one(document)
        return
    if other == 0:
        _read_the_others(far_end, path, password, parent)
    far_end.close()
    try:
        for number in range(len(document)):
            yield _received(pipe) if _is_the_others(number) else pdf.sheet(document, number)
    finally:
        os.kill(other, signal.SIGKILL)
        os.waitpid(other, 0)
        pipe.close()


def _is_the_others(number: int) -> bool:
    return _TURN[number % len(_TURN)]


def _halve_limits() -> None:
    import resource

    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        most, _ = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            resource.setrlimit(kind, (most // 2, most // 2))


def _read_the_others(pipe: Connection, path: Path, password: str, parent: int) -> None:
    """In the copy: send the pages and end. It opens the file again, as a place in it would be shared."""
    try:
        _end_with(parent)
        _close_all_but(pipe)
        document = pdf.opened(path, password)
        for number in filter(_is_the_others, range(len(document))):
            pipe.send_bytes(marshal.dumps(_packed(pdf.sheet(document, number))))
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001  libraries raise whatever they like over a broken file
        refused = refusal_of(error)
        pipe.send_bytes(marshal.dumps((str(refused.code), refused.detail)))
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def _close_all_but(pipe: Connection) -> None:
    """Whoever waits for the first process hears at once that it has ended."""
    for place in list(Path("/proc/self/fd").iterdir()):
        number = int(place.name)
        if number > 2 and number != pipe.fileno():
            with suppress(OSError):  # the folder itself is closed by now
                os.close(number)


def _packed(page: Page | None) -> tuple[float, float, list[_Fields]] | None:
    return None if page is None else (page.width, page.height, [_fields(line) for line in page.lines])


def _received(pipe: Connection) -> Page | None:
    """Return the next page of the other process. Raises Refused."""
    try:
        message = marshal.loads(pipe.recv_bytes(_LONGEST))  # noqa: S302  from a copy of this process
    except (EOFError, OSError) as error:
        raise Refused(Refusal.crashed, "the other process") from error
    match message:
        case None:
            return None
        case str(code), str(detail):
            raise Refused(Refusal(code), detail)
        case width, height, lines:
            return Page(width, height, [Line(*line) for line in lines])
    raise Refused(Refusal.crashed, "the other process")
