"""Turns what a variable of a template is given into the words that stand in its place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from chatdesk.domain.chat import Attachment
from chatdesk.domain.templates import DateForm, Value, Variable, VariableKind
from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name

LARGEST = Decimal(10) ** 15  # of a number, either side of 0
DECIMALS = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YES, _NO = {"yes", "true", "on", "1"}, {"no", "false", "off", "0"}
_GROUPS = re.compile(r"[\s'’_]")  # between the thousands of a number
_UNCLEAR = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")  # a thousand and something, or one and something
_BLANK_BEFORE = re.compile(r"\A(?:[^\S\n]*\n)+")


class Unusable(ValueError):
    """A value that a variable cannot take; `str` of it is a readable sentence."""


def has_value(variable: Variable, value: Value | None) -> bool:
    """Whether something was given; blank text is nothing."""
    if isinstance(value, str) and variable.kind is not VariableKind.choice:
        return bool(value.strip())
    return value is not None and value != ""


def words_of(variable: Variable, value: Value) -> str:
    """Return what a value other than a checkbox's becomes in the text. Raises Unusable."""
    is_document = variable.kind is VariableKind.document
    if isinstance(value, Attachment):
        if not is_document:
            raise Unusable(tr("“{field}” cannot be a document.").format(field=variable.label))
        return f"“{_one_line(value.name)}”"
    if is_document:
        raise Unusable(tr("“{field}” has to be a document.").format(field=variable.label))
    match variable.kind:
        case VariableKind.text:
            return _one_line(str(value))
        case VariableKind.choice:
            return option_of(variable, value)
        case VariableKind.number:
            return number_words(number_of(variable, value))
        case VariableKind.date | VariableKind.today:
            return date_words(date_of(variable, value), variable.form)
        case VariableKind.language:
            return english_name(str(value))
    # All is kept but blank lines around it: code begins with spaces.
    return _BLANK_BEFORE.sub("", str(value)).rstrip()


def is_ticked(variable: Variable, value: Value | None) -> bool:
    """Return whether a checkbox is ticked. Raises Unusable."""
    if value is None or isinstance(value, bool):
        return bool(value)
    told = str(value).strip().casefold()
    if told not in _YES | _NO:
        raise Unusable(tr("“{field}” has to be yes or no.").format(field=variable.label))
    return told in _YES


def number_of(variable: Variable, value: Value) -> Decimal:
    """Return a number within the variable's limits. Raises Unusable."""
    found = _decimal(variable, value)
    if not found.is_finite() or abs(found) > LARGEST or found != round(found, DECIMALS):
        raise Unusable(tr("“{field}” has to be a number of usual size.").format(field=variable.label))
    if variable.minimum is not None and found < variable.minimum:
        raise Unusable(
            tr("“{field}” has to be at least {number}.").format(
                field=variable.label, number=number_words(variable.minimum)
            )
        )
    if variable.maximum is not None and found > variable.maximum:
        raise Unusable(
            tr("“{field}” can be at most {number}.").format(
                field=variable.label, number=number_words(variable.maximum)
            )
        )
    return found


def date_of(variable: Variable, value: Value) -> date:
    """Raises Unusable."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise Unusable(
            tr("“{field}” has to be a date such as 2026-03-05.").format(field=variable.label)
        ) from None


def option_of(variable: Variable, value: Value) -> str:
    """Return the option of a choice that is meant; large and small letters count as the same. Raises
    Unusable."""
    told = str(value).strip()
    for option in variable.options:
        if option == told:
            return option
    for option in variable.options:
        if option.casefold() == told.casefold():
            return option
    raise Unusable(
        tr("“{field}” has to be one of: {options}.").format(
            field=variable.label, options=", ".join(variable.options)
        )
    )


def number_words(number: Decimal) -> str:
    """Return a number with a point, without an exponent and without zeros that say nothing."""
    return format(number.normalize(), "f") if number else "0"


def date_words(day: date, form: DateForm) -> str:
    """Return a date in English, whatever language the system speaks."""
    match form:
        case DateForm.iso:
            return day.isoformat()
        case DateForm.day_first:
            return f"{day.day:02}.{day.month:02}.{day.year:04}"
        case DateForm.month_first:
            return f"{day.month:02}/{day.day:02}/{day.year:04}"
    long = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]}, {long}" if form is DateForm.weekday else long


def _decimal(variable: Variable, value: Value) -> Decimal:
    told = _GROUPS.sub("", str(value)).replace("−", "-")
    if isinstance(value, str):
        told = _with_point(variable, told)
    try:
        return Decimal(told)
    except InvalidOperation:
        raise Unusable(tr("“{field}” has to be a number.").format(field=variable.label)) from None


def _with_point(variable: Variable, told: str) -> str:
    """Return a number as Decimal takes it: the last of “,” and “.” is the point when both are there."""
    if _UNCLEAR.fullmatch(told):
        raise Unusable(
            tr(
                "“{field}” can be read in two ways: write {number} without “{mark}”, or with fewer decimals."
            ).format(field=variable.label, number=told, mark="," if "," in told else ".")
        )
    if "," not in told:
        return told
    if told.rfind(".") > told.rfind(","):
        return told.replace(",", "")
    return told.replace(".", "").replace(",", ".")


def _one_line(text: str) -> str:
    return " ".join(text.split())
