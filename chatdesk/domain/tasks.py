"""What a model can be asked to do with a text: pure values, read from task files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chatdesk.domain.generation import Sampling

TEXT_OPENS = "<text>"  # stands on the line before a text that is data
TEXT_CLOSES = "</text>"  # stands on the line after it


class SlotKind(StrEnum):
    """What a slot is filled with."""

    text = "text"  # data of any length, between TEXT_OPENS and TEXT_CLOSES
    language = "language"  # a code such as "de" or "pt-BR", or a language's name
    labels = "labels"  # one name or more
    words = "words"  # a few words of the user, on one line


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a task's wording that is filled for each request."""

    name: str
    kind: SlotKind
    given: str  # the wording where there is a value; holds "{name}"
    empty: str | None = None  # the wording where there is none; None: there has to be one


@dataclass(frozen=True, slots=True)
class Option:
    """One way to have a task done."""

    value: str
    title: str
    words: Mapping[str, str]  # placeholder: its wording, which may hold placeholders of earlier choices


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options` is taken for each request; all of them word the same placeholders."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """A task for any model: wordings with placeholders such as "{text}", and how the answer is sampled.

    A string in `schema` that is the placeholder of a slot of labels stands for the list of them.
    """

    name: str
    title: str
    system: str  # may be empty
    user: str
    slots: tuple[Slot, ...] = ()
    choices: tuple[Choice, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    schema: Mapping[str, object] | None = None  # of answers in JSON
    thinking: bool = False
