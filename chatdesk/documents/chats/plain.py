"""Turns frozen values into what JSON can hold, and back with every type checked."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_UNIONS = (types.UnionType, Union)


class Misshapen(ValueError):
    """A value is not of the type that it has to be; says where."""


def to_plain(value: object) -> object:
    """Return a value as dicts, lists, texts and numbers; fields without a value are left out."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if is_dataclass(value):
        named = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: to_plain(each) for name, each in named if each is not None}
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    return value


def from_plain(kind: type[T], plain: object, unknown: list[str]) -> T:
    """Return a value of `kind`, a dataclass; `unknown` takes the names that it does not have.

    Raises Misshapen.
    """
    made: T = _of(kind, plain, kind.__name__.casefold(), unknown)
    return made


def _of(kind: Any, plain: object, where: str, unknown: list[str]) -> Any:  # noqa: ANN401
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) in _UNIONS:
        return _of_union(kind, plain, where, unknown)
    if get_origin(kind) is tuple:
        return _of_tuple(kind, plain, where, unknown)
    if is_dataclass(kind):
        return _of_dataclass(kind, plain, where, unknown)
    if kind is datetime:
        return _moment(plain, where)
    if issubclass(kind, StrEnum):
        if plain not in {each.value for each in kind}:
            raise Misshapen(where)
        return kind(plain)
    if kind is float and isinstance(plain, int) and not isinstance(plain, bool):
        return float(plain)
    if type(plain) is not kind:
        raise Misshapen(where)
    return plain.replace("\0", "") if isinstance(plain, str) else plain


def _of_union(kind: Any, plain: object, where: str, unknown: list[str]) -> Any:  # noqa: ANN401
    if plain is None:
        if type(None) not in get_args(kind):
            raise Misshapen(where)
        return None
    (wanted,) = (each for each in get_args(kind) if each is not type(None))
    return _of(wanted, plain, where, unknown)


def _of_tuple(kind: Any, plain: object, where: str, unknown: list[str]) -> Any:  # noqa: ANN401
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        raise Misshapen(where)
    kinds = get_args(kind)
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(plain)
    if len(kinds) != len(plain):
        raise Misshapen(where)
    return tuple(
        _of(each, value, f"{where}[{place}]", unknown)
        for place, (each, value) in enumerate(zip(kinds, plain, strict=True))
    )


def _of_dataclass(kind: Any, plain: object, where: str, unknown: list[str]) -> Any:  # noqa: ANN401
    if not isinstance(plain, Mapping):
        raise Misshapen(where)
    hints = _hints(kind)
    unknown += (f"{where}.{name}" for name in plain if name not in hints)
    values = {
        name: _of(hint, plain[name], f"{where}.{name}", unknown)
        for name, hint in hints.items()
        if name in plain
    }
    try:
        return kind(**values)
    except TypeError as error:  # something without which there is no such value
        raise Misshapen(where) from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _moment(plain: object, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(plain))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise Misshapen(where) from error
