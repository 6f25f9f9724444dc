"""Prompt templates and personas: wordings that a user keeps and fills again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NewType
from uuid import uuid4

from chatdesk.domain.chat import Attachment, Draft
from chatdesk.domain.generation import Sampling

TemplateId = NewType("TemplateId", str)
TEMPLATE_SUFFIX = ".toml"

Value = str | bool | int | float | Decimal | date | Attachment
"""What a variable is given: a str as a person types it ("3.5", "yes", "2026-03-05"), or what fits its kind: a
number takes int, float and Decimal, a checkbox bool, a date date. A document takes an Attachment only."""
Values = Mapping[str, Value]
"""Name of a variable: its value. A blank str and a name that is not there both mean: none was given."""


class VariableKind(StrEnum):
    """The values stand in files: never rename one."""

    text = "text"  # one line
    long_text = "long text"
    choice = "choice"  # one of the variable's options
    number = "number"
    date = "date"
    checkbox = "checkbox"
    clipboard = "clipboard"  # what was copied; the form puts it in, and the user may change it
    selection = "selection"  # what is marked in the chat; the form puts it in, and the user may change it
    document = "document"  # an Attachment, which goes with the message and is named in its text
    language = "language"  # a code such as "de" or "pt-BR", or a language's name; its English name is put in
    today = "today"  # the day of use, unless another is given


class DateForm(StrEnum):
    """How a date is written. The values stand in files: never rename one."""

    long = "long"  # 5 March 2026
    weekday = "weekday"  # Thursday, 5 March 2026
    iso = "iso"  # 2026-03-05
    day_first = "day first"  # 05.03.2026
    month_first = "month first"  # 03/05/2026


@dataclass(frozen=True, slots=True)
class Variable:
    """A place in a template, written {{name}} in its text."""

    name: str  # letters of any script, digits and _; no digit first
    kind: VariableKind = VariableKind.text
    title: str = ""  # over its field in the form; "": the name, with spaces for _
    help: str = ""  # one sentence below its field
    required: bool = True  # a checkbox and today always have a value
    default: str | bool | Decimal | date | None = None  # of the type that the kind has; None: none
    options: tuple[str, ...] = ()  # of a choice, at least one
    minimum: Decimal | None = None  # of a number
    maximum: Decimal | None = None
    form: DateForm = DateForm.long  # of a date and today
    given: str = ""  # the words where there is a value, in which {{name}} is the value; "": the value alone
    empty: str = ""  # the words where there is none, or where a checkbox is not ticked

    @property
    def label(self) -> str:
        """What the form calls it."""
        return self.title or self.name.replace("_", " ").strip().capitalize()


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """A message with places to fill. Nothing in its text but {{name}} means anything; \\{{name}} is {{name}}
    itself."""

    title: str
    text: str
    command: str = ""  # what is typed after "/"; "": it has none
    description: str = ""  # one sentence
    variables: tuple[Variable, ...] = ()  # in the order of the form; each is in the text


@dataclass(frozen=True, slots=True)
class StartingMessage:
    """A message that stands in a chat before the user has written one."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the model is to be in a chat, chosen when the chat begins."""

    title: str
    system: str = ""
    description: str = ""  # one sentence
    model: str = (
        ""  # a model file's path, or its name alone where the persona came from a file; "": the default
    )
    preset: str = ""  # of sampling; "": the application's default
    sampling: Sampling | None = None  # of its own, in place of a preset
    thinking: bool | None = None  # None: as the settings say
    messages: tuple[StartingMessage, ...] = ()


Wording = PromptTemplate | Persona


class WordingKind(StrEnum):
    """The values are stored: never rename one."""

    template = "template"
    persona = "persona"


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """A template or persona as it is kept.

    `source` is its TOML text without the folder; "" for a built-in one that is as it was shipped.
    """

    kind: WordingKind
    source: str
    folder: str = ""  # names with "/" between them, the outermost first; "": in no folder
    builtin: str = ""  # name of the shipped one that it stands for; "": the user's own
    used: int = 0  # times
    id: TemplateId = field(default_factory=lambda: TemplateId(uuid4().hex))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """An earlier TOML text of a record; "" for a built-in one as it was shipped."""

    number: int  # names it; higher is later
    source: str
    written: datetime  # when that text was given up for another


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A template or persona of the library: a built-in one, an edited built-in one, or the user's own."""

    id: TemplateId
    what: Wording
    folder: str = ""
    builtin: str = ""  # name of the shipped one that it is or stands for; "": the user's own
    edited: bool = False  # a built-in one with the user's text: it can be brought back as it was shipped
    used: int = 0
    updated: datetime | None = None  # None: a built-in one as it was shipped
    problem: str = ""  # a readable sentence: its text cannot be understood, and `what` shows it as it stands

    @property
    def is_persona(self) -> bool:
        return isinstance(self.what, Persona)

    @property
    def command(self) -> str:
        """What is typed after "/"; "" for a persona and for a template without one."""
        return self.what.command if isinstance(self.what, PromptTemplate) else ""


@dataclass(frozen=True, slots=True)
class LibraryVersion:
    """An earlier text of an entry, newest first in a list."""

    number: int
    what: Wording
    written: datetime  # when it was given up for another


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a filled text; `variable` is the name of the one that it came from, "" for the template's
    own words."""

    text: str
    variable: str = ""


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """Why a variable cannot be filled, or not with the value that it was given."""

    variable: str  # its name
    sentence: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values put in.

    With problems it is a preview: a place without a usable value shows the variable's label in brackets.
    """

    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[ValueProblem, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def draft(self) -> Draft:
        return Draft(self.text, self.attachments)


class Change(StrEnum):
    same = "same"
    removed = "removed"
    added = "added"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of one of two texts.

    `marks` are the (start, end) of the letters that differ where a line was changed;
    none where the whole line is new or gone.
    """

    change: Change
    text: str
    marks: tuple[tuple[int, int], ...] = ()
