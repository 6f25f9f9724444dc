"""What the extractors yield and refuse: the words between them and the child process that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chatdesk.domain.documents import ReadingNote, UnitKind


@dataclass(frozen=True, slots=True)
class Part:
    """The next unit of the document; also one without text, so that those after it keep their numbers.

    In the text a heading is a line that begins with "# " to "###### ", an item of a list one that begins
    with "- " or with its number, a row of a table one with " | " between its cells. An empty line stands
    between paragraphs. The child mends line ends, NULs and half characters, and strips empty lines around the
    text.
    """

    kind: UnitKind
    label: str  # as the document names it; may be empty
    text: str


@dataclass(frozen=True, slots=True)
class Expected:
    """How many parts will come in all, as far as the document says so; yielded before the first of them."""

    total: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that the user should know; may come at any time."""

    note: ReadingNote


Piece = Part | Expected | Noted
Extractor = Callable[[Path, str], Iterator[Piece]]
"""(file, password or "") -> its parts in their order. Raises Refused, OSError where the file cannot be read,
MemoryError; anything else counts as a damaged file."""


class Refusal(StrEnum):
    """Why a document cannot be read."""

    encrypted = "encrypted"  # opens with a password, and none was given
    wrong_password = "wrong_password"  # noqa: S105  opens with another one
    locked = "locked"  # encrypted in a way that no password opens here: copy protection, unknown ciphers
    damaged = "damaged"
    too_big = "too_big"  # it would unpack into more than can be held
    unsupported = "unsupported"
    no_text = "no_text"  # pictures of text only
    unreadable = "unreadable"  # no permission, or the disk fails; `detail` says which
    memory = "memory"  # it needs more than a document may
    timed_out = "timed_out"
    crashed = "crashed"


class Refused(Exception):
    """Raised by extractors. `detail` is for the log, never for the user, but with `unreadable`."""

    def __init__(self, code: Refusal, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
