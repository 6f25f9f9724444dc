"""What the commands share that print into a terminal or a pipe."""

from __future__ import annotations

import os
import sys


def printable(text: str) -> str:
    """Return `text` without control characters: a terminal would obey them."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f"))


def complain(sentence: str, hint: str = "") -> None:
    """Say on the error output what went wrong, and what to do about it."""
    print(printable(f"{sentence} {hint}".strip()), file=sys.stderr)


def leave_closed_pipe() -> None:
    """Whoever read the output has gone: keep Python from flushing into the closed pipe at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
