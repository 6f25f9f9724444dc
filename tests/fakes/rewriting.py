"""A format whose first line says what it does, given to the rewriter's process by its name."""

import errno
import os
import time

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.notes import Note
from chatdesk.domain.markup import MarkedFile, MarkedText


def read(path):
    order, *lines = path.read_text().splitlines()
    match order:
        case "locked":
            raise Refused(Refusal.locked, "x")
        case "hang":
            time.sleep(60)
        case "abort":
            os.abort()
        case "greedy":
            lines = ["x" * 2_000_000_000]
        case "half":
            lines = ["a\ud800b"]
    notes = (Note.pictures, "Own words.") if order == "notes" else ()
    return MarkedFile(tuple(MarkedText(line, str(place)) for place, line in enumerate(lines)), notes)


def write(path, texts, target, language):
    order, *lines = path.read_text().splitlines()
    match order:
        case "full":
            target.write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")
        case "forbidden":
            raise PermissionError(errno.EACCES, "Permission denied")
        case "big":
            target.write_bytes(bytes(2_000_000))
        case "slow":
            target.write_text("half")
            time.sleep(60)
        case "touched":
            path.write_text("touched\nothers")
    kept = [line if text is None else text for line, text in zip(lines, texts, strict=True)]
    target.write_text("\n".join([language, *kept]))
    return [place for place, text in enumerate(texts) if text == "odd"]
