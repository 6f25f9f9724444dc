"""Reads task files: TOML in, a checked TaskSpec out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chatdesk.domain.errors import TaskInvalid
from chatdesk.domain.generation import Sampling
from chatdesk.domain.tasks import TEXT_CLOSES, TEXT_OPENS, Choice, Option, Slot, SlotKind, TaskSpec
from chatdesk.tasks.wording import PLACEHOLDER

_NAME = re.compile(r"[a-z_]+")
_HOTTEST = 2.0  # temperature

_TASK: Mapping[str, type] = {
    "title": str,
    "system": str,
    "user": str,
    "sampling": dict,
    "slots": dict,
    "choices": dict,
    "choices_of": str,
    "schema": dict,
}
_SAMPLING: Mapping[str, type] = {
    "temperature": float,
    "top_p": float,
    "top_k": int,
    "repeat_penalty": float,
    "answer_tokens": int,
}
_SLOT: Mapping[str, type] = {"kind": str, "given": str, "empty": str}
_SPOKEN = {
    str: "a text",
    dict: "a table",
    list: "a list",
    bool: "true or false",
    float: "a number with a point",
    int: "a whole number",
}


def read_task(path: Path) -> TaskSpec:
    """Return the task that a file describes; its name is the file's.

    A file has `title`, `user`, and where it needs them `system`, `[sampling]`, `[slots.NAME]`,
    `[choices.NAME.OPTION]` (or `choices_of`, the name of a task in the same folder that has the same choices)
    and `[schema]`. Raises TaskInvalid, which says what is wrong and where, also for any other key.
    """
    try:
        return _task(path)
    except ValueError as error:
        raise TaskInvalid(path, str(error)) from error
    except OSError as error:
        raise TaskInvalid(path, error.strerror or str(error)) from error


def bare_task(name: str, table: Mapping[str, Any]) -> TaskSpec:
    """Return the task of a table for models that read their texts without marks around them.

    The table is like a task file without `choices_of`. Raises ValueError, which says what is wrong and where.
    """
    if "choices_of" in table:
        raise ValueError("choices_of has no meaning here")
    return _unmarked(Path(name), check_table(table, _TASK, ("title", "user"), "task"))


def _task(path: Path) -> TaskSpec:
    task = _unmarked(path, _load(path))
    _check_marks(task)
    return task


def _unmarked(path: Path, table: Mapping[str, Any]) -> TaskSpec:
    slots = tuple(_slot(name, part) for name, part in table.get("slots", {}).items())
    task = TaskSpec(
        path.stem,
        table["title"],
        table.get("system", ""),
        table["user"],
        slots,
        _choices(_choices_table(path, table)),
        _sampling(table.get("sampling", {})),
        table.get("schema"),
    )
    _check_placeholders(task)
    return task


def _load(path: Path) -> dict[str, Any]:
    table = tomllib.loads(path.read_text("utf-8"))
    check_table(table, _TASK, ("title", "user"), "the file")
    return table


def _choices_table(path: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    named = table.get("choices_of")
    if named is None:
        own: Mapping[str, Any] = table.get("choices", {})
        return own
    if "choices" in table:
        raise ValueError("it has both choices and choices_of")
    _check_name(named, "choices_of")
    other: Mapping[str, Any] = _load(path.with_name(f"{named}.toml")).get("choices", {})
    return other


def _slot(name: str, table: object) -> Slot:
    where = f"slots.{name}"
    _check_name(name, where)
    part = check_table(table, _SLOT, ("kind",), where)
    if part["kind"] not in SlotKind.__members__:
        raise ValueError(f"{where}: there is no kind {part['kind']} (known: {', '.join(SlotKind)})")
    given = part.get("given", f"{{{name}}}")
    if PLACEHOLDER.findall(given) != [name]:
        raise ValueError(f"{where}: given has to hold {{{name}}} once and nothing else in braces")
    return Slot(name, SlotKind(part["kind"]), given, part.get("empty"))


def _choices(table: Mapping[str, Any]) -> tuple[Choice, ...]:
    choices = []
    for name, options in check_table(table, dict.fromkeys(table, dict), (), "choices").items():
        _check_name(name, f"choices.{name}")
        check_table(options, dict.fromkeys(options, dict), (), f"choices.{name}")
        made = tuple(_option(value, option, f"choices.{name}.{value}") for value, option in options.items())
        if not made:
            raise ValueError(f"choices.{name} has no options")
        if any(set(option.words) != set(made[0].words) for option in made):
            raise ValueError(f"choices.{name}: every option has to word the same placeholders")
        choices.append(Choice(name, made))
    return tuple(choices)


def _option(value: str, table: Mapping[str, Any], where: str) -> Option:
    _check_name(value, where)
    check_table(table, dict.fromkeys(table, str), ("title",), where)
    words = {name: wording for name, wording in table.items() if name != "title"}
    for name in words:
        _check_name(name, where)
    return Option(value, table["title"], words)


def _sampling(table: Mapping[str, Any]) -> Sampling:
    check_table(table, _SAMPLING, (), "sampling")
    sampling = Sampling(**table)
    if not 0 <= sampling.temperature <= _HOTTEST:
        raise ValueError(f"sampling: temperature has to be from 0 to {_HOTTEST}")
    if not 0 <= sampling.top_p <= 1:
        raise ValueError("sampling: top_p has to be from 0 to 1")
    if sampling.top_k < 0 or sampling.repeat_penalty < 1:
        raise ValueError("sampling: top_k cannot be negative, and repeat_penalty not below 1")
    if sampling.answer_tokens < 0:
        raise ValueError("sampling: answer_tokens cannot be negative")
    return sampling


def check_table(
    table: object, known: Mapping[str, type], needed: tuple[str, ...], where: str
) -> dict[str, Any]:
    """Return the table when it has the needed keys and only known ones of the right kinds.

    Raises ValueError, which says what is wrong and `where`.
    """
    if not isinstance(table, dict):
        raise ValueError(f"{where} has to be a table")
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"{where}: unknown key {key} (known: {', '.join(known)})")
        if type(value) is not known[key]:
            raise ValueError(f"{where}: {key} has to be {_SPOKEN[known[key]]}")
    for key in needed:
        if not table.get(key):
            raise ValueError(f"{where}: {key} is missing")
    return table


def _check_name(name: str, where: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{where}: “{name}” is no name: small letters and _ only")


def _check_placeholders(task: TaskSpec) -> None:
    known = {slot.name for slot in task.slots}
    used = set()
    for choice in task.choices:
        for option in choice.options:
            for wording in option.words.values():
                used |= _placeholders(wording, known, f"choices.{choice.name}.{option.value}")
        names = set(choice.options[0].words)
        if names & known:
            raise ValueError(f"choices.{choice.name}: {', '.join(sorted(names & known))} has two meanings")
        known |= names
    for where, wording in (("system", task.system), ("user", task.user)):
        used |= _placeholders(wording, known, where)
    if known - used:
        raise ValueError(f"{', '.join(sorted(known - used))} is used nowhere")


def _placeholders(wording: str, known: set[str], where: str) -> set[str]:
    used = set(PLACEHOLDER.findall(wording))
    if used - known:
        raise ValueError(f"{where}: nothing fills {{{sorted(used - known)[0]}}}")
    return used


def _check_marks(task: TaskSpec) -> None:
    """Texts are data: each stands between its marks, once, and an instruction comes after it."""
    for slot in task.slots:
        if slot.kind is not SlotKind.text:
            continue
        place = f"{{{slot.name}}}"
        before, found, after = task.user.partition(f"{TEXT_OPENS}\n{place}\n{TEXT_CLOSES}\n")
        if slot.given != place or not found or place in before + after + task.system:
            raise ValueError(f"user: {place} has to stand once, between {TEXT_OPENS} and {TEXT_CLOSES}")
        if not after.strip():
            raise ValueError(f"user: an instruction has to come after {TEXT_CLOSES}")
