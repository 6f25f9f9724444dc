"""Puts values into a prompt template: a pure function; what a value holds is never looked at again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from chatdesk.domain.chat import Attachment
from chatdesk.domain.template_errors import TemplateNotFilled
from chatdesk.domain.templates import (
    Filled,
    Part,
    PromptTemplate,
    Value,
    ValueProblem,
    Values,
    Variable,
    VariableKind,
)
from chatdesk.domain.words import tr
from chatdesk.tasks.template_values import Unusable, has_value, is_ticked, words_of

_PLACE = re.compile(r"(\\?)\{\{[ \t]{0,8}([^\s{}]{1,64})[ \t]{0,8}\}\}")
LONGEST_NAME = 64  # letters
_AFTER_A_GAP = " .,;:!?)"

_Words = Mapping[str, tuple[Part, ...]]  # name of a variable: what stands in its place


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the places in a text, each once, in order."""
    found = (_name(each) for each in _PLACE.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name))


def name_of(written: str) -> str:
    """Return the name of a variable, the same for all ways to write its letters in Unicode; "" for what is
    none."""
    name = unicodedata.normalize("NFC", written)
    good = all(sign.isalnum() or sign == "_" or unicodedata.category(sign)[0] == "M" for sign in name)
    return name if good and len(name) <= LONGEST_NAME and name[:1].isidentifier() else ""


def matched(template: PromptTemplate) -> PromptTemplate:
    """Return it with a variable for each place that has none (one line of text), and without those that have
    no place."""
    places = placeholders(template.text)
    kept = [each for each in template.variables if each.name in places]
    known = {each.name for each in kept}
    new = [Variable(name) for name in places if name not in known]
    return replace(template, variables=(*kept, *new))


def fill(template: PromptTemplate, values: Values, today: date) -> Filled:
    """Return the text and the documents that go with it. Raises TemplateNotFilled with all problems."""
    filled = preview(template, values, today)
    if filled.problems:
        raise TemplateNotFilled(template.title, filled.problems)
    return filled


def preview(template: PromptTemplate, values: Values, today: date) -> Filled:
    """Return what `fill` would, with its problems where values are missing or cannot be used.

    A line that holds nothing but places without a value is left out, and so is the space before such a place.
    """
    problems = _unknown(template, values)
    words: dict[str, tuple[Part, ...]] = {}
    for variable in template.variables:
        value = _value(variable, values, today)
        try:
            words[variable.name] = _words(variable, value)
        except Unusable as error:
            problems.append(ValueProblem(variable.name, str(error)))
            words[variable.name] = (Part(f"[{variable.label}]", variable.name),)
    attached = [_value(each, values, today) for each in template.variables]
    documents = dict.fromkeys(each for each in attached if isinstance(each, Attachment))
    parts = _joined(_lines(template.text.strip("\n"), words))
    return Filled(tuple(parts), tuple(documents), tuple(problems))


def _name(place: re.Match[str]) -> str:
    """Return which variable fills a place, "" for none."""
    return "" if place[1] else name_of(place[2])


def _unknown(template: PromptTemplate, values: Values) -> list[ValueProblem]:
    known = [each.name for each in template.variables]
    return [
        ValueProblem(
            name,
            tr("It has no field “{name}”; its fields are: {fields}.").format(
                name=name, fields=", ".join(known) or tr("none")
            ),
        )
        for name in values
        if name not in known
    ]


def _value(variable: Variable, values: Values, today: date) -> Value | None:
    value = values.get(variable.name)
    if has_value(variable, value):
        return value
    # What the user has emptied stays empty; what nobody has looked at is as the template says.
    default = variable.default if variable.name not in values else None
    return today if variable.kind is VariableKind.today else default


def _words(variable: Variable, value: Value | None) -> tuple[Part, ...]:
    name = variable.name
    if variable.kind is VariableKind.checkbox:
        ticked = is_ticked(variable, value)
        plain = "" if variable.given or variable.empty else ("yes" if ticked else "no")
        return (Part((variable.given if ticked else variable.empty) or plain, name),)
    if value is None:
        if variable.required:
            raise Unusable(tr("“{field}” is empty.").format(field=variable.label))
        return (Part(variable.empty),)
    told = Part(words_of(variable, value).replace("\0", ""), name)
    place = _PLACE.search(variable.given)
    if place is None:
        return (told,)
    return (Part(variable.given[: place.start()]), told, Part(variable.given[place.end() :]))


def _lines(text: str, words: _Words) -> Iterator[list[Part]]:
    """Yield the lines that stay; of blank lines around one that does not stay, one is left."""
    gap, last_blank = False, True
    for line in text.split("\n"):
        parts = list(_line(line, words))
        blank = not "".join(part.text for part in parts).strip()
        if blank and line.strip():
            gap = True
            continue
        if blank and gap and last_blank:
            continue
        gap = gap and blank
        last_blank = blank
        yield parts


def _line(line: str, words: _Words) -> Iterator[Part]:
    end = 0
    for place in _PLACE.finditer(line):
        before, end = line[end : place.start()], place.end()
        found = words.get(_name(place))
        if found is None:  # \{{name}}, or one that no variable fills
            yield Part(before + (place[0][1:] if place[1] and name_of(place[2]) else place[0]))
            continue
        empty = not any(part.text for part in found)
        if empty and before.endswith(" ") and (line[end : end + 1] or ".") in _AFTER_A_GAP:
            before = before[:-1]
        yield Part(before)
        yield from found
    yield Part(line[end:])


def _joined(lines: Iterator[list[Part]]) -> Iterator[Part]:
    """Yield the parts with line breaks; neighbours of one origin are one, empty ones are left out."""
    kept = list(lines)
    while kept and not any(part.text.strip() for part in kept[-1]):
        kept.pop()
    text, variable = "", ""
    for number, line in enumerate(kept):
        for part in (*([Part("\n")] if number else []), *line):
            if part.variable != variable and part.text:
                if text:
                    yield Part(text, variable)
                text, variable = "", part.variable
            text += part.text
    if text:
        yield Part(text, variable)
