"""Translations as plain values: what is wished, how far each paragraph is, and what is doubtful in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType
from uuid import uuid4

from chatdesk.domain.generation import LoadProgress, ModelReady, PromptProgress
from chatdesk.domain.glossaries import GlossaryId, Term

TranslationId = NewType("TranslationId", str)

_UNSPACED = "\u2e80"  # from here on, scripts have no spaces between sentences


class Tone(StrEnum):
    """The values are those of the task files, and stored: never rename one."""

    neutral = "neutral"
    formal = "formal"
    informal = "informal"


@dataclass(frozen=True, slots=True)
class TranslationWishes:
    """What the user chose; empty texts leave it to the model.

    A language is a code of the table, or a name of the user's own where the table has none.
    """

    target: str
    source: str = ""  # empty: the one that the text is found to be in
    tone: Tone = Tone.neutral
    domain: str = ""  # "law", "knitting": the field that the words come from
    instruction: str = ""  # the user's own
    glossary: GlossaryId | None = None


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """Characters `start` to `end` of a translation that the model was not sure of; `probability` 0 to 1."""

    start: int
    end: int
    probability: float


class SegmentState(StrEnum):
    """The values are stored: never rename one."""

    waiting = "waiting"
    done = "done"
    confirmed = "confirmed"  # by the user: it is never translated again unless its source changes
    failed = "failed"


class Origin(StrEnum):
    """Where a translation came from. The values are stored: never rename one."""

    model = "model"
    memory = "memory"  # confirmed earlier, the source being the same
    user = "user"


class FindingKind(StrEnum):
    """What can be seen to be wrong with a translation. The values are stored: never rename one."""

    number = "number"  # a number, date or time of the source is missing, or one is there that it lacks
    name = "name"
    address = "address"  # a web or mail address
    placeholder = "placeholder"  # {name}, %s, $1
    tag = "tag"  # a mark of formatting
    term = "term"  # the glossary asks for another word
    length = "length"  # much longer or shorter than its source
    language = "language"  # in another language than was asked for
    untranslated = "untranslated"  # the same as its source
    talk = "talk"  # the model speaks about the text instead of translating it
    empty = "empty"  # the model answered nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about a translation: characters `start` to `end` of it, 0 and 0 where it has no place."""

    kind: FindingKind
    start: int = 0
    end: int = 0
    wanted: str = ""  # what the source or the glossary asks for, where that can be told


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph and its translation."""

    number: int  # from 0, in the order of the text
    source: str
    translation: str = ""
    state: SegmentState = SegmentState.waiting
    origin: Origin = Origin.model
    findings: tuple[Finding, ...] = ()
    error: str = ""  # readable: why it failed
    unwanted: str = ""  # the translation in whose place the user wants another; it is not stored


class TranslationState(StrEnum):
    """The values are stored: never rename one."""

    waiting = "waiting"
    running = "running"  # found at start-up, it means that the application died meanwhile
    paused = "paused"
    stopped = "stopped"
    done = "done"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as it is kept, finished or not."""

    wishes: TranslationWishes
    model: str  # its title
    segments: tuple[Segment, ...] = ()
    gaps: tuple[str, ...] = (
        "",
    )  # before the first segment, between them, after the last: one more than those
    language: str = ""  # code of the source's, found or chosen; "" where it is not known
    id: TranslationId = field(default_factory=lambda: TranslationId(uuid4().hex))
    state: TranslationState = TranslationState.waiting
    name: str = ""  # of the document; "" for typed text
    path: str = ""  # of the document; "" for typed text
    error: str = ""  # readable: why the whole failed
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    names: tuple[Term, ...] = ()  # how names that stand in several segments are written in all of them

    @property
    def source(self) -> str:
        """The whole source text, as it was given."""
        parts = [self.gaps[0]]
        for segment, gap in zip(self.segments, self.gaps[1:], strict=True):
            parts += (segment.source, gap)
        return "".join(parts)

    @property
    def text(self) -> str:
        """The whole translation; segments that have none yet are empty."""
        return joined(self.gaps, [segment.translation for segment in self.segments])


@dataclass(frozen=True, slots=True)
class TranslationEntry:
    """A translation as the history lists it, without its text."""

    id: TranslationId
    wishes: TranslationWishes
    model: str
    language: str
    state: TranslationState
    name: str
    path: str
    error: str
    created: datetime
    source_start: str  # the first paragraph, at most 200 characters
    start: str  # of its translation, as many
    segments: int
    done: int  # of them, translated or confirmed


@dataclass(frozen=True, slots=True)
class TranslationHit:
    """A translation found by its words; `marks` are (start, end) offsets of the hits within `snippet`."""

    translation: TranslationId
    snippet: str
    marks: tuple[tuple[int, int], ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class TranslationPlan:
    """What a translation will take on this computer, told before it starts."""

    segments: int
    known: int  # of them, found in the memory or done before
    tokens: int  # of the source
    seconds: float | None  # None: this model's speed has not been measured


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """The source's language; `language` is "" where it is not sure."""

    language: str


@dataclass(frozen=True, slots=True)
class NamesFixed:
    """How the names that stand in several segments are written: those known before and new ones."""

    names: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class SegmentGrew:
    number: int
    text: str  # what has come in addition


@dataclass(frozen=True, slots=True)
class SegmentAgain:
    """What has come of this segment does not count: the model is asked once more."""

    number: int
    kind: FindingKind  # why


@dataclass(frozen=True, slots=True)
class SegmentDone:
    segment: Segment


@dataclass(frozen=True, slots=True)
class TranslationEnded:
    """Always the last event: how it was stored."""

    translation: Translation


TranslationEvent = (
    LoadProgress
    | ModelReady
    | PromptProgress
    | LanguageFound
    | NamesFixed
    | SegmentGrew
    | SegmentAgain
    | SegmentDone
    | TranslationEnded
)


def joined(gaps: Sequence[str], texts: Sequence[str]) -> str:
    """Return translations with the gaps of their sources, one more than those.

    Where the source has nothing between two sentences, as in Chinese, a script with spaces gets one.
    """
    parts = [gaps[0]]
    for number, (text, gap) in enumerate(zip(texts, gaps[1:], strict=True)):
        behind = texts[number + 1] if number + 1 < len(texts) else ""
        touching = not gap and text[-1:].strip() and behind[:1].strip()
        spaced = touching and max(text[-1], behind[0]) < _UNSPACED
        parts += (text, " " if spaced else gap)
    return "".join(parts)
