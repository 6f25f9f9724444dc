"""Extractors that misbehave, given to the reader's process by name."""

import os
import signal
import sys
import time

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
