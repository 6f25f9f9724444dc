"""Writes templates and personas as TOML that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

from chatdesk.domain.generation import Sampling
from chatdesk.domain.templates import DateForm, Persona, PromptTemplate, Variable, Wording, WordingKind
from chatdesk.tasks.template_values import number_words
from chatdesk.tasks.template_variables import KEYS

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x08\x0a-\x1f\x7f]')
_ESCAPED_IN_LINES = re.compile(r'\\|"""|"(?=\Z)|[\x00-\x08\x0b-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", '"""': '""\\"'}


def write_wording(what: Wording, folder: str = "") -> str:
    """Return the TOML text of a template or persona; `read_wording` says what is in it."""
    lines = _persona(what, folder) if isinstance(what, Persona) else _template(what, folder)
    return "\n".join(lines) + "\n"


def _template(what: PromptTemplate, folder: str) -> Iterator[str]:
    yield from _head(WordingKind.template, what.title)
    yield from _some("command", what.command)
    yield from _some("description", what.description)
    yield from _some("folder", folder)
    yield f"text = {_value(what.text)}"
    for variable in what.variables:
        yield ""
        yield f"[variables.{_key(variable.name)}]"
        yield from _variable(variable)


def _persona(what: Persona, folder: str) -> Iterator[str]:
    yield from _head(WordingKind.persona, what.title)
    for key in ("description", "model", "preset"):
        yield from _some(key, getattr(what, key))
    yield from _some("folder", folder)
    if what.thinking is not None:
        yield f"thinking = {_value(what.thinking)}"
    yield from _some("system", what.system)
    if what.sampling is not None:
        yield ""
        yield "[sampling]"
        yield from _sampling(what.sampling)
    for message in what.messages:
        yield ""
        yield "[[messages]]"
        yield f"role = {_value(message.role)}"
        yield f"text = {_value(message.text)}"


def _head(kind: WordingKind, title: str) -> Iterator[str]:
    yield f"kind = {_value(kind.value)}"
    yield f"title = {_value(title)}"


def _variable(variable: Variable) -> Iterator[str]:
    """Yield what differs from what is meant without it; what its kind does not have is left out."""
    known = KEYS[variable.kind]
    yield f"kind = {_value(variable.kind.value)}"
    if not variable.required and "required" in known:
        yield "required = false"
    for key in ("title", "help", "default", "options", "minimum", "maximum", "given", "empty"):
        value = getattr(variable, key)
        if key in known and value is not None and value != "" and value != ():
            yield f"{key} = {_value(value)}"
    if "form" in known and variable.form is not DateForm.long:
        yield f"form = {_value(variable.form.value)}"


def _sampling(sampling: Sampling) -> Iterator[str]:
    usual = Sampling()
    for each in fields(Sampling):
        value = getattr(sampling, each.name)
        if value != getattr(usual, each.name):
            yield f"{each.name} = {_value(Decimal(repr(value)) if isinstance(value, float) else value)}"


def _some(key: str, text: str) -> Iterator[str]:
    if text:
        yield f"{key} = {_value(text)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _line(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_words(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, int):
        return str(value)
    text = _sendable(str(value))
    return _lines(text) if "\n" in text else _line(text)


def _line(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _lines(text: str) -> str:
    # The line break after the opening quotes is not part of the text.
    return f'"""\n{_ESCAPED_IN_LINES.sub(_escape, text)}"""'


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return _SHORT.get(sign) or f"\\u{ord(sign):04x}"


def _sendable(text: str) -> str:
    """Return it without lone surrogates, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
