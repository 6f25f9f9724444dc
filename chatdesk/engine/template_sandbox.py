"""Run a chat template of unknown origin within bounds of time and memory.

A template is a program that came with a downloaded file. Jinja2's sandbox keeps it from Python's insides but
not from looping for hours or from building gigabytes, and no clock ends a single operation of C code. So
everything that a template can do is metered here: there is a list of allowed filters and methods, each
operation that can make a large value is checked before it runs, and each step asks now and then how much
processor time is gone. Limits count bytes and processor time, so that a busy machine changes no result.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.filters import do_indent
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from chatdesk.domain.words import tr
from chatdesk.engine.template_meter import BYTES_PER_STEP, ITEM_BYTES, Exceeded, Meter, joined
from chatdesk.engine.template_rewrite import GenerationBlocks, Metering

SOURCE_CHARACTERS = 200_000  # ten times the longest template in use
_NEEDLE_CHARACTERS = 200  # some searches take time in proportion to text times needle
_RANGE = 100_000

# fmt: off
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({
        "capitalize", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdecimal", "isdigit",
        "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "lower", "lstrip", "partition",
        "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip",
        "split", "splitlines", "startswith", "strip", "title", "upper",
    }),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    int: frozenset(),
    float: frozenset(),
}
_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items",
    "last", "length", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr",
    "sort", "title", "unique", "upper",
)
# fmt: on
_SPREADING_FILTERS = ("dictsort", "groupby", "sort", "title")  # they make a list of a text's parts
_REFUSED_TESTS = ("escaped", "filter", "test")
_COMPILER_ARGUMENTS = ("_loop_vars", "_block_vars")  # Jinja2 adds them to calls within loops and blocks
_SPLITTERS = ("rsplit", "split", "splitlines")
_WHITE_SPACE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000"
_PRINTF = re.compile(r"(?:[^%]|%%|%(?:\(\w+\))?[-+ 0]?\d{0,2}(?:\.\d{0,2})?[sdifgxX])*", re.DOTALL)


class Refused(Exception):
    """The template itself says that it cannot render these messages."""


@pass_context
def _write(context: Context, value: object) -> str:
    meter = context.environment.meter  # type: ignore[attr-defined]
    text: str = meter.text(value)
    meter.make(sys.getsizeof(text))
    return text


class MeteredEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 as chat templates expect it, every step counted by `meter`. One rendering at a time.

    `started` is the moment that `strftime_now` gives: one for the life of the process, so that a prompt's
    beginning does not change from turn to turn.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, started: datetime) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            cache_size=0,
            extensions=["jinja2.ext.loopcontrols", GenerationBlocks],
            finalize=_write,
        )
        self.meter = Meter(0)
        self._started = started
        plain = self.filters
        self.filters = {name: self._counted(name, plain[name]) for name in _FILTERS} | self._own_filters()
        self.tests = {
            name: self._counted(name, test) for name, test in self.tests.items() if name not in _REFUSED_TESTS
        }
        self.globals = {
            "namespace": Namespace,
            "dict": dict,
            "range": _range,
            "raise_exception": self._refuse,
            "strftime_now": self._date,
        }

    def begin(self, input_bytes: int) -> None:
        """Start counting anew, for a conversation of so many bytes."""
        self.meter = Meter(input_bytes)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        Metering().visit(source)
        return super()._generate(source, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Treat `format` and `format_map` as any other method, which is to refuse them."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Allow the listed methods of plain values, and what Jinja2's own objects offer."""
        for kind, names in _METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        return isinstance(obj, Namespace | LoopContext | Undefined) and super().is_safe_attribute(
            obj, attr, value
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Check what `left operator right` would make, then do it."""
        meter = self.meter
        meter.step()
        if operator == "*":
            for value, times in ((left, right), (right, left)):
                if isinstance(value, str | list | tuple) and isinstance(times, int):
                    meter.make(meter.size(value) * max(0, times))
        elif operator == "**" and not (abs(right) <= 64 and abs(left) < 2**32):
            raise Exceeded(tr("it uses numbers that are too large"))
        elif operator == "%" and isinstance(left, str):
            return self._printf(left, right)
        elif operator == "+" and isinstance(left, str) and isinstance(right, str):
            meter.make(joined(left, right))
            return left + right
        elif operator == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
            meter.make(8 * (len(left) + len(right)))
        return meter.own(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805
        """Call what a template may call: macros, allowed methods, our functions."""
        self, owner = __self, getattr(__obj, "__self__", None)
        self.meter.step()
        if isinstance(owner, str):
            given = {name: value for name, value in kwargs.items() if name not in _COMPILER_ARGUMENTS}
            return self._call_text_method(owner, __obj.__name__, args, given)
        value = super(MeteredEnvironment, self).call(__context, __obj, *args, **kwargs)
        return value if isinstance(owner, dict) and isinstance(value, str) else self.meter.own(value)

    def _call_text_method(
        self, text: str, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> object:
        if name == "join":
            return self._join(args[0], text)
        if name == "replace":
            return self._replace(text, *args, **kwargs)
        if name not in ("startswith", "endswith", "removeprefix", "removesuffix"):
            for needle in args:
                self._check_needle(text, needle)
        if name in _SPLITTERS:
            separator = [*args, kwargs.get("sep")][0] if name != "splitlines" else None
            self.meter.make(ITEM_BYTES * _parts(text, separator))
        return self.meter.own(getattr(text, name)(*args, **kwargs))

    def _check_needle(self, text: str, needle: object) -> None:
        if isinstance(needle, str):
            if len(needle) > _NEEDLE_CHARACTERS:
                raise Exceeded(tr("it searches for a text that is too long"))
            self.meter.step(len(text) * len(needle) // BYTES_PER_STEP)

    def _counted(self, name: str, function: Any) -> Callable[..., Any]:  # noqa: ANN401
        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            for value in args:
                self._step(value)
                if name in _SPREADING_FILTERS and isinstance(value, str):
                    self.meter.spread(value)
            result = function(*args, **kwargs)
            return result if any(result is value for value in args) else self.meter.own(result)

        return counted

    def _own_filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "metered_step": self._step,
            "metered_items": self._items,
            "metered_value": self._own,
            "metered_concat": self._join,
            "format": lambda form, *values: self._printf(form, values),
            "indent": self._indent,
            "join": self._join,
            "list": lambda value: self.meter.own(list(self._items(value))),
            "replace": lambda value, *args: self._replace(self.meter.text(value), *args),
            "round": lambda value, digits=0: round(float(value), max(-20, min(20, digits))),
            "safe": self._text,
            "string": self._text,
            "tojson": self._to_json,
            "trim": self._trim,
        }

    def _step(self, value: Any) -> Any:  # noqa: ANN401  any value, returned as it is
        size = len(value) // BYTES_PER_STEP if isinstance(value, str) else 0
        self.meter.step(1 + size)
        return value

    def _own(self, value: Any) -> Any:  # noqa: ANN401  any value, counted
        return self.meter.own(value)

    def _text(self, value: object) -> str:
        return self.meter.text(value)

    def _items(self, value: Any) -> Any:  # noqa: ANN401  any value, returned as it is
        if isinstance(value, str):
            self.meter.spread(value)
        return value

    def _join(self, values: Iterable[object], d: str = "") -> str:
        meter, separator = self.meter, self.meter.text(d)
        texts = [meter.text(value) for value in self._items(values)]
        if texts:
            meter.make(joined(separator, *texts) + 4 * len(separator) * len(texts))
        return separator.join(texts)

    def _replace(self, text: str, old: str, new: str, count: int | None = None) -> str:
        self._check_needle(text, old)
        times = text.count(old) if count is None or count < 0 else min(count, text.count(old))
        self.meter.make(joined(text, new) + 4 * times * len(new))
        return text.replace(old, new, times)

    def _trim(self, value: object, chars: str | None = None) -> str:
        text = self.meter.text(value)
        self._check_needle(text, chars)
        return str(self.meter.own(text.strip(chars)))

    def _indent(self, value: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
        text = self.meter.text(value)
        by = len(width) if isinstance(width, str) else width
        self.meter.make(joined(text) + 4 * (text.count("\n") + 1) * max(0, by))
        return do_indent(text, width, first, blank)

    def _printf(self, form: str, values: object) -> str:
        self.meter.make((self.meter.size(values) * 10 + 400) * form.count("%") + joined(form))
        if not _PRINTF.fullmatch(form):
            raise Exceeded(tr("it uses a number format that is not allowed"))
        return form % values

    def _to_json(
        self,
        value: object,
        ensure_ascii: bool = False,
        indent: int | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        if (indent or 0) not in range(17) or any(len(text) > 4 for text in separators or ()):
            raise Exceeded(tr("it indents too far"))
        self.meter.make(self.meter.size(value) * (8 + (indent or 0)))
        return json.dumps(
            value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
        )

    def _refuse(self, message: object) -> None:
        raise Refused(self.meter.text(message)[:300])

    def _date(self, form: str) -> str:
        if len(form) > 100:
            raise Exceeded(tr("it uses a date format that is too long"))
        return self._started.strftime(form)


def _range(*limits: int) -> range:
    numbers = range(*limits)
    if len(numbers) > _RANGE:
        raise Exceeded(tr("it counts too far"))
    return numbers


def _parts(text: str, separator: str | None) -> int:
    return 1 + (text.count(separator) if separator else sum(map(text.count, _WHITE_SPACE)))
