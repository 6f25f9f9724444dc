"""How the parts of templates are called in the window."""

from __future__ import annotations

from decimal import Decimal

from chatdesk.domain.templates import LibraryEntry, Variable, VariableKind
from chatdesk.domain.words import tr


def kind_words(kind: VariableKind) -> str:
    """Return what a kind of variables is called."""
    return {
        VariableKind.text: tr("one line"),
        VariableKind.long_text: tr("longer text"),
        VariableKind.choice: tr("choice"),
        VariableKind.number: tr("number"),
        VariableKind.date: tr("date"),
        VariableKind.checkbox: tr("yes or no"),
        VariableKind.clipboard: tr("what was copied"),
        VariableKind.selection: tr("what is selected"),
        VariableKind.document: tr("document"),
        VariableKind.language: tr("language"),
        VariableKind.today: tr("today"),
    }[kind]


def variable_words(variable: Variable) -> str:
    """Return all that a variable is, in one line."""
    parts = [kind_words(variable.kind)]
    if variable.kind not in (VariableKind.checkbox, VariableKind.today):
        parts.append(tr("required") if variable.required else tr("optional"))
    if variable.options:
        parts.append(tr("one of: {options}").format(options=", ".join(variable.options)))
    if variable.minimum is not None:
        parts.append(tr("at least {number:f}").format(number=variable.minimum))
    if variable.maximum is not None:
        parts.append(tr("at most {number:f}").format(number=variable.maximum))
    if variable.default is not None and variable.default != "":
        parts.append(tr("begins with: {value}").format(value=default_words(variable)))
    return " · ".join(parts)


def default_words(variable: Variable) -> str:
    """Return the value that a variable begins with as one types it, "" for none."""
    default = variable.default
    if default is None:
        return ""
    if isinstance(default, bool):
        return tr("yes") if default else tr("no")
    return format(default, "f") if isinstance(default, Decimal) else str(default)


def origin_words(entry: LibraryEntry) -> str:
    """Return in a word where an entry comes from; "" for the user's own."""
    if not entry.builtin:
        return ""
    return tr("built-in, changed") if entry.edited else tr("built-in")
