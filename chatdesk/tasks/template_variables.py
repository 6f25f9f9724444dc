"""Reads a variable of a template from its table, and checks that its parts fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from chatdesk.domain.templates import DateForm, Variable, VariableKind
from chatdesk.domain.words import tr
from chatdesk.tasks.template_fill import name_of, placeholders
from chatdesk.tasks.template_values import Unusable, number_of, option_of
from chatdesk.tasks.toml_tables import Table

_ALWAYS = ("kind", "title", "help", "given", "empty")
_WORDS = (*_ALWAYS, "required")
KEYS: Mapping[VariableKind, tuple[str, ...]] = {
    VariableKind.text: (*_WORDS, "default"),
    VariableKind.long_text: (*_WORDS, "default"),
    VariableKind.choice: (*_WORDS, "default", "options"),
    VariableKind.number: (*_WORDS, "default", "minimum", "maximum"),
    VariableKind.date: (*_WORDS, "default", "form"),
    VariableKind.checkbox: (*_ALWAYS, "default"),
    VariableKind.clipboard: _WORDS,
    VariableKind.selection: _WORDS,
    VariableKind.document: _WORDS,
    VariableKind.language: (*_WORDS, "default"),
    VariableKind.today: ("kind", "title", "help", "given", "form"),
}
_MOST_OPTIONS = 200


def variable_of(name: str, table: Table) -> Variable:
    """Return the variable that a table describes. Raises Refused."""
    good = name_of(name)
    if not good:
        raise table.refused(
            "kind",
            tr("“{name}” is no name: letters, digits and “_” only, no digit first").format(name=name[:80]),
        )
    kind = _kind(table)
    table.only(KEYS[kind])
    bare = Variable(
        good,
        kind,
        table.line("title"),
        table.line("help"),
        table.flag("required") is not False,
        None,
        _options(table, kind),
        table.number("minimum"),
        table.number("maximum"),
        _form(table),
        table.text("given"),
        table.text("empty"),
    )
    _check_words(table, bare)
    return _with_default(table, bare)


def _kind(table: Table) -> VariableKind:
    told = table.line("kind")
    if not told:
        raise table.refused("kind", tr("“kind” is missing"))
    try:
        return VariableKind(told)
    except ValueError:
        raise table.refused(
            "kind", tr("“kind” has to be one of: {known}").format(known=", ".join(VariableKind))
        ) from None


def _form(table: Table) -> DateForm:
    told = table.line("form") or DateForm.long
    try:
        return DateForm(told)
    except ValueError:
        raise table.refused(
            "form", tr("“form” has to be one of: {known}").format(known=", ".join(DateForm))
        ) from None


def _options(table: Table, kind: VariableKind) -> tuple[str, ...]:
    if kind is not VariableKind.choice:
        return ()
    options = tuple(" ".join(each.replace("\0", "").split()) for each in table.texts("options"))
    if not options or not all(options):
        raise table.refused("options", tr("“options” has to be a list of texts, none of them empty"))
    if len(set(options)) < len(options) or len(options) > _MOST_OPTIONS:
        raise table.refused(
            "options", tr("“options” has one twice, or more than {most}").format(most=_MOST_OPTIONS)
        )
    return options


def _check_words(table: Table, variable: Variable) -> None:
    """What is given may hold the variable's own place, other words none."""
    places = placeholders(variable.given)
    ticked = variable.kind is VariableKind.checkbox
    if variable.given and places != (() if ticked else (variable.name,)):
        wanted = tr("“given” cannot hold a place to fill")
        if not ticked:
            wanted = tr("“given” has to hold {place} and no other place to fill").format(
                place=f"{{{{{variable.name}}}}}"
            )
        raise table.refused("given", wanted)
    if placeholders(variable.empty):
        raise table.refused("empty", tr("“empty” cannot hold a place to fill"))
    least, most = variable.minimum, variable.maximum
    if least is not None and most is not None and least > most:
        raise table.refused("minimum", tr("“minimum” is above “maximum”"))


def _with_default(table: Table, variable: Variable) -> Variable:
    if "default" not in table:
        return variable
    default: str | bool | Decimal | date | None
    match variable.kind:
        case VariableKind.number:
            default = table.number("default")
        case VariableKind.date:
            default = table.get("default", date, tr("a date such as 2026-03-05, without quotes"))
        case VariableKind.checkbox:
            default = table.flag("default")
        case VariableKind.long_text:
            default = table.text("default") or None
        case _:
            default = table.line("default", 10_000) or None
    try:
        if isinstance(default, Decimal):
            default = number_of(variable, default)
        elif variable.kind is VariableKind.choice and isinstance(default, str):
            default = option_of(variable, default)
    except Unusable as error:
        raise table.refused(
            "default", tr("“default” does not fit: {problem}").format(problem=str(error).rstrip("."))
        ) from error
    return replace(variable, default=default)
