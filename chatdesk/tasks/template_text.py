"""Reads templates and personas from TOML; unknown keys are refused, with their line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chatdesk.domain.generation import PRESETS, Sampling
from chatdesk.domain.template_errors import TemplateInvalid
from chatdesk.domain.templates import Persona, PromptTemplate, StartingMessage, Wording, WordingKind
from chatdesk.domain.words import tr
from chatdesk.tasks.template_fill import placeholders
from chatdesk.tasks.template_variables import variable_of
from chatdesk.tasks.toml_tables import Refused, Table, load, said

_COMMAND = re.compile(r"[\w-]{1,40}")
_LONGEST_TITLE = 200  # letters
_DEEPEST = 8  # folders in each other
_MOST = 100  # variables, and messages
_TEMPLATE = ("kind", "title", "command", "description", "folder", "text", "variables")
_PERSONA = (
    "kind", "title", "description", "folder", "system", "model", "preset", "thinking", "sampling", "messages",
)  # fmt: skip
# Of each, the smallest and the largest; answer_tokens and top_k are whole.
_SAMPLING: Mapping[str, tuple[float, float]] = {
    "temperature": (0, 2),
    "top_p": (0, 1),
    "min_p": (0, 1),
    "repeat_penalty": (1, 2),
    "presence_penalty": (-2, 2),
    "frequency_penalty": (-2, 2),
    "top_k": (0, 1_000_000),
    "answer_tokens": (0, 1_000_000),
    "seed": (0, 2**32 - 1),
}
_WHOLE = ("top_k", "answer_tokens", "seed")


@dataclass(frozen=True, slots=True)
class WordingFile:
    """What a TOML text holds."""

    what: Wording
    folder: str = ""


def read_wording(source: str, name: str) -> WordingFile:
    """Return the template or persona of a TOML text. `name` stands in the error.

    A template has `title` and `text`, and where it needs them `command`, `description`, `folder` and a
    `[variables.NAME]` for each {{NAME}} in its text. A persona has `kind = "persona"`, `title`, and where it
    needs them `description`, `folder`, `system`, `model`, `preset`, `thinking`, `[sampling]` and
    `[[messages]]` with `role` and `text`.

    Raises TemplateInvalid, which says what is wrong and where, also for any other key.
    """
    try:
        return _wording(Table(load(source)))
    except Refused as error:
        raise TemplateInvalid(name, said(source, error)) from error


def folder_path(folder: str) -> str:
    """Return the names of a folder with one "/" between them.

    Raises ValueError, a readable part of a sentence, when it lies too deep.
    """
    names = [" ".join(name.split()) for name in folder.replace("\0", "").split("/")]
    names = [name for name in names if name]
    if len(names) > _DEEPEST or any(len(name) > _LONGEST_TITLE for name in names):
        raise ValueError(
            tr("a folder can have {most} names of {letters} letters").format(
                most=_DEEPEST, letters=_LONGEST_TITLE
            )
        )
    return "/".join(names)


def _wording(table: Table) -> WordingFile:
    kind = table.line("kind") or WordingKind.template.value
    if kind not in (each.value for each in WordingKind):
        raise table.refused(
            "kind", tr("“kind” has to be one of: {known}").format(known=", ".join(WordingKind))
        )
    if not table.line("title", _LONGEST_TITLE):
        raise table.refused("title", tr("“title” is missing"))
    try:
        folder = folder_path(table.line("folder"))
    except ValueError as error:
        raise table.refused("folder", str(error)) from error
    what = _persona(table) if kind == WordingKind.persona else _template(table)
    return WordingFile(what, folder)


def _template(table: Table) -> PromptTemplate:
    table.only(_TEMPLATE)
    command = table.line("command")
    if command and not _COMMAND.fullmatch(command):
        raise table.refused(
            "command",
            tr("“command” can have letters, digits, “-” and “_” only, at most 40, without a “/” before"),
        )
    text = table.text("text")
    if not text.strip():
        raise table.refused("text", tr("“text” is missing"))
    variables = tuple(variable_of(name, part) for name, part in table.tables("variables").items())
    if len(variables) > _MOST:
        raise table.refused("variables", tr("it has more than {most} variables").format(most=_MOST))
    used, known = placeholders(text), [each.name for each in variables]
    for name in used:
        if name not in known:
            raise table.refused(
                "text",
                tr("there is no [variables.{name}] for {place}").format(name=name, place=f"{{{{{name}}}}}"),
            )
    for number, name in enumerate(known):
        if name not in used:
            raise Refused(
                ("variables", name), tr("{place} is not in the text").format(place=f"{{{{{name}}}}}")
            )
        if name in known[:number]:
            raise Refused(("variables", name), tr("“{name}” is there twice").format(name=name))
    return PromptTemplate(table.line("title"), text, command, table.line("description"), variables)


def _persona(table: Table) -> Persona:
    table.only(_PERSONA)
    preset = table.line("preset")
    if preset and preset not in PRESETS:
        raise table.refused(
            "preset", tr("“preset” has to be one of: {known}").format(known=", ".join(PRESETS))
        )
    messages = tuple(_message(part) for part in table.rows("messages"))
    if len(messages) > _MOST:
        raise table.refused("messages", tr("it has more than {most} messages").format(most=_MOST))
    sampling = table.table("sampling")
    if preset and sampling is not None:
        raise table.refused("preset", tr("it has both “preset” and [sampling]"))
    return Persona(
        title=table.line("title"),
        system=table.text("system"),
        description=table.line("description"),
        model=table.line("model"),
        preset=preset,
        sampling=None if sampling is None else _sampling(sampling),
        thinking=table.flag("thinking"),
        messages=messages,
    )


def _message(table: Table) -> StartingMessage:
    table.only(("role", "text"))
    roles: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
    role = roles.get(table.line("role"))
    if role is None:
        raise table.refused("role", tr("“role” has to be one of: {known}").format(known=", ".join(roles)))
    text = table.text("text")
    if not text.strip():
        raise table.refused("text", tr("“text” is missing"))
    return StartingMessage(role, text)


def _sampling(table: Table) -> Sampling:
    table.only((*_SAMPLING, "stop"))
    values: dict[str, float] = {}
    for name, (least, most) in _SAMPLING.items():
        number = table.whole(name) if name in _WHOLE else table.number(name)
        if number is None:
            continue
        if not least <= number <= most:
            raise table.refused(
                name, tr("“{key}” has to be from {least} to {most}").format(key=name, least=least, most=most)
            )
        values[name] = int(number) if name in _WHOLE else float(number)
    return Sampling(stop=tuple(filter(None, table.texts("stop"))), **values)  # type: ignore[arg-type]
