"""Summaries as plain values: what is wished, what is planned, what was found, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType
from uuid import uuid4

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.generation import LoadProgress, ModelReady, PromptProgress

SummaryId = NewType("SummaryId", str)


class Length(StrEnum):
    """The values are those of the task files, and stored: never rename one."""

    line = "line"
    short = "short"
    medium = "medium"
    detailed = "detailed"


class Form(StrEnum):
    """The values are those of the task files, and stored: never rename one."""

    bullets = "bullets"
    paragraph = "paragraph"
    table = "table"  # of key facts
    minutes = "minutes"  # with decisions and actions
    timeline = "timeline"
    questions = "questions"  # and answers
    chapters = "chapters"  # chapter by chapter


@dataclass(frozen=True, slots=True)
class SummaryWishes:
    """What the user chose; empty texts leave it to the model."""

    length: Length = Length.medium
    form: Form = Form.bullets
    language: str = ""  # code or name; empty: that of the document
    audience: str = ""  # such as "children of ten"
    instruction: str = ""  # the user's own
    focus: str = ""  # "the costs": only what concerns them
    drops_unverified: bool = False  # leave out what the document does not bear out, instead of marking it


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """What the model found in a part, and the words that it rests on."""

    text: str
    quote: str  # as the model wrote it
    passage: Passage | None = None  # where the quote stands; None: it was not found in the document


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a document that is read at once, cut at a heading, a paragraph or a sentence."""

    number: int  # from 1
    start: int
    end: int
    title: str = ""  # the unit or heading that it begins in


@dataclass(frozen=True, slots=True)
class SummaryPlan:
    """What a summary will take on this computer, told before it starts."""

    pages: int  # units of the document, 0 where it has none
    tokens: int  # of the document
    parts: int  # requests for the parts; 1: the whole at once
    stored_parts: int  # of them, done before and not done again
    levels: int  # rounds of joining, the last one included; 0: none is needed
    seconds: float | None  # None: this model's speed has not been measured


class SummaryState(StrEnum):
    """The values are stored: never rename one."""

    waiting = "waiting"
    running = "running"  # found at start-up, it means that the application died while this was written
    paused = "paused"
    stopped = "stopped"
    done = "done"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of a summary's text and the passages of the document that they rest on."""

    start: int
    end: int
    passages: tuple[Passage, ...] = ()
    strangers: tuple[Passage, ...] = ()  # numbers, names and dates in the summary that the source lacks


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary as it is kept, finished or not.

    `error` says in state `failed` why there is no summary, and in state `done` which parts are missing in it.
    """

    document: DocumentId
    name: str  # of the document
    wishes: SummaryWishes
    model: str  # its title
    path: str = ""  # of the file that the document was read from; "" for a text that was pasted
    id: SummaryId = field(default_factory=lambda: SummaryId(uuid4().hex))
    state: SummaryState = SummaryState.waiting
    text: str = ""
    points: tuple[Point, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    error: str = ""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    language: str = ""  # code of the one that the document is in; "": it is not known, or not looked for yet


@dataclass(frozen=True, slots=True)
class SummaryHit:
    """A summary found by its words; `marks` are (start, end) offsets of the hits within `snippet`."""

    summary: SummaryId
    name: str  # of the document
    snippet: str
    marks: tuple[tuple[int, int], ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class Differences:
    """What the points of a later version of a document have that those of an earlier one have not."""

    new: tuple[Point, ...]
    gone: tuple[Point, ...]
    changed: tuple[tuple[Point, Point], ...]  # (before, after)


@dataclass(frozen=True, slots=True)
class PartStarted:
    """The model is about to read a part; the whole document is one too."""

    chunk: Chunk


@dataclass(frozen=True, slots=True)
class PartDone:
    chunk: Chunk
    points: tuple[Point, ...]
    was_stored: bool  # done before: the model was not asked


@dataclass(frozen=True, slots=True)
class JoiningStarted:
    level: int  # from 1
    groups: int


@dataclass(frozen=True, slots=True)
class SummaryGrew:
    """The final text goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class PartFailed:
    """A part could not be summarised; the others go on. `problem` is readable."""

    chunk: Chunk
    problem: str


@dataclass(frozen=True, slots=True)
class SummaryEnded:
    """Always the last event: done, stopped or failed, as it is stored.

    Its text can differ from what has grown: what the document does not bear out is left out if so wished.
    """

    summary: Summary


SummaryEvent = (
    LoadProgress | ModelReady | PromptProgress
    | PartStarted | PartDone | PartFailed | JoiningStarted | SummaryGrew | SummaryEnded
)  # fmt: skip
