"""Extractors that misbehave, given to the reader's process by name."""

import os
import signal
import sys
import time
from pathlib import Path

from chatdesk.documents.parts import Expected, Noted, Part, Refusal, Refused
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind


def page(text, label=""):
    return Part(UnitKind.page, label, text)


def three_pages(path, password):
    yield Expected(3)
    yield page("\n\n  One\r\nis here. \n", "i")
    yield page("")
    yield Noted(ReadingNote(NoteKind.no_text_on, 1))
    yield page("Three \ud800\x00\x07end", "iii")


def told_password(path, password):
    yield page(password)


def hang(path, password):
    yield page("before")
    while True:
        time.sleep(60)


def endless(path, password):
    while True:
        yield page("")
        time.sleep(0.01)


def much(path, password):
    yield page("a" * 90)
    yield page("b" * 90)
    yield page("c" * 90)


def abort(path, password):
    yield page("before")
    os.abort()


def killed(path, password):
    yield page("before")
    os.kill(os.getpid(), signal.SIGKILL)


def greedy(path, password):
    yield page("before")
    heap = [bytes(50_000_000) for _ in range(200)]
    yield page(str(len(heap)))


def broken(path, password):
    yield page("before")
    raise ZeroDivisionError


def talkative(path, password):
    print("a broken file")
    print("a warning", file=sys.stderr)
    os.write(1, b"from a library")
    yield page("text")


def writer(path, password):
    try:
        path.with_name("written").write_bytes(b"x" * 100)
    except OSError as error:
        yield page(f"refused: {error.errno}")
    else:
        yield page("written")


def modules(path, password):
    yield page(" ".join(sorted(sys.modules)))


def nonsense(path, password):
    raise Refused("nonsense")
    yield


def encrypted(path, password):
    raise Refused(Refusal.wrong_password if password else Refusal.encrypted)
    yield


def refused(path, password):
    raise Refused(Refusal(path.read_text()), "why")
    yield


def blank(path, password):
    yield page("  \n ")


def in_two(path, password, before):
    """Read a PDF as the application does; `before(in the other process, number)` is called for each page."""
    from chatdesk.documents import pdf, pdf_shared

    first, sheet = os.getpid(), pdf.sheet

    def observed(document, number):
        text = before(os.getpid() != first, number)
        found = sheet(document, number)
        if text and found.lines:
            found.lines[-1].text = text
        return found

    pdf.sheet = observed
    return pdf_shared.read(path, password)


def who_reads(path, password):
    return in_two(path, password, lambda other, number: "the other" if other else "the first")


def limits_of_both(path, password):
    import resource

    def limits(other, number):
        kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
        return f"{other} {[resource.getrlimit(kind) for kind in kinds]}"

    return in_two(path, password, limits)


def open_files_of_the_other(path, password):
    def files(other, number):
        return f"open: {len(list(Path('/proc/self/fd').iterdir()))}" if other else ""

    return in_two(path, password, files)


def both_hang(path, password):
    def hang(other, number):
        if number > 20:
            time.sleep(60)

    return in_two(path, password, hang)


def first_dies(path, password):
    return in_two(path, password, lambda other, number: number > 20 and not other and os.abort())


def other_dies(path, password):
    return in_two(path, password, lambda other, number: number > 20 and other and os.abort())


def other_fails(path, password):
    return in_two(path, password, lambda other, number: other and 1 // 0)


def other_is_greedy(path, password):
    return in_two(path, password, lambda other, number: other and bytes(450_000_000) and None)
