"""Takes checked values out of TOML; what is refused names its line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from chatdesk.domain.words import tr

T = TypeVar("T")
_PLACES_TRIED = 50  # lines that may hold what was refused: each costs one reading
_DEEPEST = 30  # keys in one dotted key: the library takes the square of it
_STRING_OR_COMMENT = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|"(?:[^"\\\n]++|\\.)*+"|'''
    r"""'''(?:[^']++|'(?!''))*+'{3,5}|'[^'\n]*+'|\#[^\n]*+""",
    re.DOTALL,
)
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


Path = tuple[str | int, ...]
"""Keys, and places in lists of tables, that lead to a value."""


class Refused(ValueError):
    """`path` leads to the key or table that is wrong; `reason` is a part of a sentence."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


class Table:
    """A table of a file; `path` are the keys that lead to it."""

    def __init__(self, values: Mapping[str, Any], path: Path = ()) -> None:
        self._values = values
        self._path = path

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def only(self, known: Iterable[str]) -> None:
        """Raise Refused for a key that is not among the known ones."""
        for key in self._values:
            if key not in known:
                raise self.refused(
                    key,
                    tr("unknown key “{key}” (known: {known})").format(key=key[:80], known=", ".join(known)),
                )

    def refused(self, key: str, reason: str) -> Refused:
        """Return the error for what stands at `key`."""
        return Refused((*self._path, key), reason)

    def get(self, key: str, kind: type[T], spoken: str) -> T | None:
        """Return what stands at `key`, None for nothing. Raises Refused when it is not `spoken` of."""
        value = self._values.get(key)
        if value is not None and type(value) is not kind:
            raise self.refused(key, tr("“{key}” has to be {kind}").format(key=key, kind=spoken))
        return value

    def text(self, key: str) -> str:
        """Return a text of any length, "" for none; without line breaks around it. Raises Refused."""
        text = self.get(key, str, tr("a text")) or ""
        return text.replace("\0", "").replace("\r\n", "\n").strip("\n")

    def line(self, key: str, most: int = 1000) -> str:
        """Return a text made into one line, "" for none. Raises Refused, also above `most` letters."""
        line = " ".join(self.text(key).split())
        if len(line) > most:
            raise self.refused(key, tr("“{key}” has more than {most} letters").format(key=key, most=most))
        return line

    def flag(self, key: str) -> bool | None:
        """Raises Refused."""
        return self.get(key, bool, tr("true or false"))

    def number(self, key: str) -> Decimal | None:
        """Return a number that is finite. Raises Refused."""
        value = self._values.get(key)
        if value is None:
            return None
        if type(value) not in (int, Decimal) or not Decimal(value).is_finite():
            raise self.refused(key, tr("“{key}” has to be {kind}").format(key=key, kind=tr("a number")))
        return Decimal(value)

    def whole(self, key: str) -> int | None:
        """Raises Refused."""
        return self.get(key, int, tr("a whole number"))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts. Raises Refused."""
        several = self.get(key, list, tr("a list of texts")) or []
        if not all(type(each) is str for each in several):
            raise self.refused(
                key, tr("“{key}” has to be {kind}").format(key=key, kind=tr("a list of texts"))
            )
        return tuple(several)

    def table(self, key: str) -> Table | None:
        """Raises Refused."""
        found = self.get(key, dict, tr("a table"))
        return None if found is None else Table(found, (*self._path, key))

    def tables(self, key: str) -> dict[str, Table]:
        """Return the tables inside the one at `key`, by their names. Raises Refused."""
        outer = self.get(key, dict, tr("a table")) or {}
        found = {name: Table(outer, (*self._path, key)).table(name) for name in outer}
        return {name: table for name, table in found.items() if table is not None}

    def rows(self, key: str) -> list[Table]:
        """Return the tables of a list of them. Raises Refused."""
        several = self.get(key, list, tr("a list of tables")) or []
        if not all(type(each) is dict for each in several):
            raise self.refused(
                key, tr("“{key}” has to be {kind}").format(key=key, kind=tr("a list of tables"))
            )
        return [Table(each, (*self._path, key, place)) for place, each in enumerate(several)]


def load(source: str) -> dict[str, Any]:
    """Return the tables of a TOML text; numbers with a point are Decimals. Raises Refused."""
    if any(line.count(".") > _DEEPEST for line in _STRING_OR_COMMENT.sub('""', source).split("\n")):
        raise Refused((), tr("it has a key of more than {most} parts").format(most=_DEEPEST))
    try:
        return tomllib.loads(source, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        detail = _AT.sub("", str(error))
        if at is None:
            raise Refused((), tr("it is not TOML ({detail})").format(detail=detail)) from error
        line = at[1] or str(source.count("\n") + 1)
        raise Refused(
            (), tr("line {line}: it is not TOML ({detail})").format(line=line, detail=detail)
        ) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Refused((), tr("it is not TOML that can be read")) from error


def said(source: str, refused: Refused) -> str:
    """Return the reason with the table and the line where they are known."""
    reason = refused.reason
    above = ".".join(key for key in refused.path[:-1] if isinstance(key, str))
    if above:
        reason = f"[{above[:80]}] {reason}"
    line = line_of(source, refused.path)
    return tr("line {line}: {reason}").format(line=line, reason=reason) if line else reason


def line_of(source: str, path: Path) -> int:
    """Return the line, from 1, where a key of a readable TOML text stands; 0 where that is not found out."""
    key = str(path[-1]) if path else ""
    lines = source.split("\n")
    tried = 0
    for number, line in enumerate(lines, start=1):
        if not key or key not in line:
            continue
        tried += 1
        if tried > _PLACES_TRIED:
            break
        if _begins(lines, number, path):
            return number
    return 0


def _begins(lines: list[str], number: int, path: Path) -> bool:
    """Whether the key comes with that line: what stands before is a whole text without it."""
    before, until = _loaded(lines[: number - 1]), _loaded(lines[:number])
    if before is None or _holds(before, path):
        return False
    if until is None:  # a value of several lines begins here
        return lines[number - 1].lstrip().lstrip("\"'").startswith(str(path[-1]))
    return _holds(until, path)


def _loaded(lines: list[str]) -> dict[str, Any] | None:
    try:
        return load("\n".join(lines))
    except Refused:
        return None


def _holds(table: object, path: Path) -> bool:
    for key in path:
        match table, key:
            case dict(), str() if key in table:
                table = table[key]
            case list(), int() if key < len(table):
                table = table[key]
            case _:
                return False
    return True
