"""Makes a task, the values of its slots and what was chosen into the words that a model gets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from chatdesk.domain.generation import GenerationRequest, Turn
from chatdesk.domain.tasks import TEXT_CLOSES, TEXT_OPENS, Choice, Option, Slot, SlotKind, TaskSpec
from chatdesk.languages.table import english_name

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_TEXT_TAG = re.compile(r"<\s{0,4}/?\s{0,4}text([0-9]*)", re.IGNORECASE)

Value = str | Sequence[str]  # labels are several strings, everything else is one


def request_for(task: TaskSpec, values: Mapping[str, Value], chosen: Mapping[str, str]) -> GenerationRequest:
    """Return what the engine is asked: the task's turns, sampling and schema. Raises as `turns_for` does."""
    return GenerationRequest(
        turns_for(task, values, chosen),
        task.sampling,
        thinking=task.thinking,
        schema=_schema(task, values),
    )


def turns_for(task: TaskSpec, values: Mapping[str, Value], chosen: Mapping[str, str]) -> tuple[Turn, ...]:
    """Return the system turn, where the task has one, and the user's turn.

    `values`: name of a slot to its value; an absent or blank one takes the wording for that. A text loses the
    white space around it and nothing else. When it holds one of the marks around it, the marks get a number,
    so that it cannot end itself. `chosen`: name of each choice to the value of one of its options.
    Raises ValueError for a name that the task does not have, and for a value or choice that is missing.
    """
    _refuse_unknown(task, "slot", values, [slot.name for slot in task.slots])
    _refuse_unknown(task, "choice", chosen, [choice.name for choice in task.choices])
    words = {slot.name: _slot_words(task, slot, values.get(slot.name, "")) for slot in task.slots}
    for choice in task.choices:
        option = _option(task, choice, chosen)
        words |= {name: _fill(wording, words) for name, wording in option.words.items()}
    texts = [words[slot.name] for slot in task.slots if slot.kind is SlotKind.text]
    system, user = (_fill(_mark(part, texts), words) for part in (task.system, task.user))
    head = [Turn("system", system)] if system else []
    return (*head, Turn("user", user))


def _slot_words(task: TaskSpec, slot: Slot, value: Value) -> str:
    told = _told(slot, value)
    if told:
        return _fill(slot.given, {slot.name: told})
    if slot.empty is None:
        raise ValueError(f"the task {task.name} needs a value for {slot.name}")
    return slot.empty


def _told(slot: Slot, value: Value) -> str:
    if slot.kind is SlotKind.labels:
        return ", ".join(json.dumps(label, ensure_ascii=False) for label in _labels(value))
    if not isinstance(value, str):
        raise ValueError(f"{slot.name} is one string")
    if slot.kind is SlotKind.words:
        return " ".join(value.split())
    return english_name(value) if slot.kind is SlotKind.language else value.strip()


def _labels(value: Value) -> list[str]:
    """Return the labels in one line each, without blank and repeated ones."""
    several = [value] if isinstance(value, str) else value
    lines = (" ".join(label.split()) for label in several)
    return list(dict.fromkeys(line for line in lines if line))


def _option(task: TaskSpec, choice: Choice, chosen: Mapping[str, str]) -> Option:
    option = next((each for each in choice.options if each.value == chosen.get(choice.name)), None)
    if option is None:
        known = ", ".join(each.value for each in choice.options)
        raise ValueError(f"the task {task.name} needs a {choice.name}: one of {known}")
    return option


def _fill(wording: str, words: Mapping[str, str]) -> str:
    # In one pass, so that braces in a text are never taken for a placeholder.
    return PLACEHOLDER.sub(lambda found: words[found[1]], wording)


def _mark(wording: str, texts: Iterable[str]) -> str:
    taken = {number for text in texts for number in _TEXT_TAG.findall(text)}
    if not taken:
        return wording
    number = next(str(free) for free in count(2) if str(free) not in taken)
    for mark in (TEXT_OPENS, TEXT_CLOSES):
        wording = wording.replace(mark, mark.removesuffix(">") + number + ">")
    return wording


def _schema(task: TaskSpec, values: Mapping[str, Value]) -> Mapping[str, object] | None:
    if task.schema is None:
        return None
    several = [slot.name for slot in task.slots if slot.kind is SlotKind.labels]
    labels = {f"{{{name}}}": _labels(values.get(name, "")) for name in several}
    return {key: _with_labels(part, labels) for key, part in task.schema.items()}


def _with_labels(part: object, labels: Mapping[str, list[str]]) -> object:
    if isinstance(part, Mapping):
        return {key: _with_labels(inner, labels) for key, inner in part.items()}
    if isinstance(part, list):
        return [_with_labels(inner, labels) for inner in part]
    return labels.get(part, part) if isinstance(part, str) else part


def _refuse_unknown(task: TaskSpec, kind: str, given: Iterable[str], known: Sequence[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(f"the task {task.name} has no {kind} {', '.join(unknown)}")
