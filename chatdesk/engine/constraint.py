"""Turn a JSON schema into a grammar that llama.cpp holds an answer to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from chatdesk.domain.errors import ConstraintInvalid
from chatdesk.domain.words import tr

DEPTH = 32  # of schemas within schemas
RULES = 2_000
MOST_REPETITIONS = 2_000  # MAX_REPETITION_THRESHOLD of llama.cpp's grammar parser

# One line break with an indentation, or one blank: a model can never write white space for ever.
_BASICS: Mapping[str, str] = {
    "ws": r'( " " | "\n" [ ]{0,20} )?',
    "char": r'[^"\\\x00-\x1F\x7F] | "\\" ( ["\\/bfnrt] | "u" [0-9a-fA-F]{4} )',
    "string": r'"\"" char* "\""',
    "integer": r'"-"? ( "0" | [1-9] [0-9]{0,15} )',
    "number": r'integer ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,3} )?',
    "boolean": r'"true" | "false"',
    "null": r'"null"',
    "object": r'"{" ws ( member ( "," ws member )* )? "}"',
    "member": r'string ws ":" ws value ws',
    "array": r'"[" ws ( value ws ( "," ws value ws )* )? "]"',
    "value": "object | array | string | number | boolean | null",
}
_IGNORED = frozenset(
    {"$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
     "deprecated", "readOnly", "writeOnly", "format", "additionalProperties"}
)  # fmt: skip
_UNDERSTOOD: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength"}),
    "integer": frozenset(),
    "number": frozenset(),
    "boolean": frozenset(),
    "null": frozenset(),
}

_PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": Mapping,
    "array": (list, tuple),
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def to_gbnf(schema: Mapping[str, object]) -> str:
    """Return a GBNF grammar with the rule "root"; every text it allows is JSON that satisfies `schema`.

    Understood: `type` (one or a list), objects with `properties` in their order and `required`, arrays with
    `items`, `minItems`, `maxItems`, strings with `minLength`, `maxLength`, `enum`, `const`, `anyOf`, `oneOf`,
    and `$ref` within the schema, also to itself. Objects get no other properties than those listed. Notes
    such as `title` and `format` change nothing. Raises ConstraintInvalid for anything else, rather than leave
    it out. GBNF: grammars/README.md of llama.cpp; JSON: RFC 8259.
    """
    return _Grammar(schema).text()


class _Grammar:
    def __init__(self, schema: Mapping[str, object]) -> None:
        self._schema = schema
        self._rules: dict[str, str] = dict(_BASICS)
        self._references: dict[str, str] = {}
        self._open: list[str] = []  # references being followed since the last bracket

    def text(self) -> str:
        rules = {"root": f"ws {self._group(self._visit(self._schema, 0))} ws", **self._rules}
        return "\n".join(f"{name} ::= {rule}" for name, rule in rules.items()) + "\n"

    def _add(self, rule: str) -> str:
        name = f"r{len(self._rules)}"
        self._rules[name] = rule
        if len(self._rules) > RULES:
            raise ConstraintInvalid(tr("it is too large"))
        return name

    def _group(self, rule: str) -> str:
        return rule if re.fullmatch(r"[a-z0-9]+", rule) else self._add(rule)

    def _inside(self, schema: object, depth: int) -> str:
        """Return a rule for a value within brackets, where references may lead back."""
        opened, self._open = self._open, []
        rule = self._group(self._visit(schema, depth + 1))
        self._open = opened
        return rule

    def _visit(self, schema: object, depth: int) -> str:
        """Return the right side of a rule for one value, without white space around it."""
        if depth > DEPTH:
            raise ConstraintInvalid(tr("it is nested too deeply"))
        if schema is True:
            return "value"
        if not isinstance(schema, Mapping):
            raise ConstraintInvalid(tr("{schema} is not a schema").format(schema=_short(schema)))
        keys = frozenset(schema) - _IGNORED
        for key, build in (("$ref", self._refer), ("anyOf", self._choose), ("oneOf", self._choose)):
            if key in keys:
                _allow_only(keys, {key})
                return build(schema[key], depth)
        for key in ("const", "enum"):
            if key in keys:
                _allow_only(keys, {key, "type"})
                values = [schema[key]] if key == "const" else _items(schema[key], key)
                fitting = [_literal(value) for value in values if _has_type(value, schema.get("type"))]
                if not fitting:
                    raise ConstraintInvalid(tr("none of its values has the type that it asks for"))
                return " | ".join(fitting)
        return self._visit_type(schema, keys - {"type"}, depth)

    def _visit_type(self, schema: Mapping[str, object], keys: frozenset[str], depth: int) -> str:
        kind = schema.get("type", next((name for name, known in _UNDERSTOOD.items() if keys & known), None))
        if kind is None:
            _allow_only(keys, set())
            return "value"
        kinds = _items(kind, "type") if isinstance(kind, list | tuple) else [kind]
        for name in kinds:
            if not isinstance(name, str) or name not in _UNDERSTOOD:
                raise ConstraintInvalid(tr("the type {name} is not known").format(name=_short(name)))
        _allow_only(keys, set().union(*(_UNDERSTOOD[name] for name in kinds if isinstance(name, str))))
        return " | ".join(self._group(self._typed(str(name), schema, depth)) for name in kinds)

    def _typed(self, kind: str, schema: Mapping[str, object], depth: int) -> str:
        if kind == "object" and ("properties" in schema or "required" in schema):
            return self._object(schema, depth)
        if kind == "array" and _UNDERSTOOD["array"] & set(schema):
            return self._array(schema, depth)
        if kind == "string" and _UNDERSTOOD["string"] & set(schema):
            return rf'"\"" char{_times(*_bounds(schema, "minLength", "maxLength"))} "\""'
        return kind

    def _object(self, schema: Mapping[str, object], depth: int) -> str:
        properties = schema.get("properties", {})
        required = _items(schema.get("required", ()), "required", empty=True)
        if not isinstance(properties, Mapping):
            raise ConstraintInvalid(tr("“properties” must be an object"))
        if unknown := [name for name in required if not isinstance(name, str) or name not in properties]:
            raise ConstraintInvalid(
                tr("the property {name} is not described").format(name=_short(unknown[0]))
            )
        rest, first = '""', '""'  # after a property, and while none is written
        for name, value in reversed(list(properties.items())):
            pair = self._add(f'{_literal(str(name))} ws ":" ws {self._inside(value, depth)} ws')
            with_comma = f'"," ws {pair} {rest}'
            begun = f"{pair} {rest}"
            if name in required:
                first, rest = self._add(begun), self._add(with_comma)
            else:
                first = self._add(f"{begun} | {first}")
                rest = self._add(f"( {with_comma} )?" if rest == '""' else f"{with_comma} | {rest}")
        return f'"{{" ws {first} "}}"'

    def _array(self, schema: Mapping[str, object], depth: int) -> str:
        least, most = _bounds(schema, "minItems", "maxItems")
        if most == 0:
            return '"[" ws "]"'
        item = self._inside(schema.get("items", True), depth)
        more = _times(max(0, least - 1), None if most is None else most - 1)
        items = f'{item} ws ( "," ws {item} ws ){more}'
        return f'"[" ws {items} "]"' if least else f'"[" ws ( {items} )? "]"'

    def _choose(self, schemas: object, depth: int) -> str:
        return " | ".join(self._group(self._visit(one, depth + 1)) for one in _items(schemas, "anyOf"))

    def _refer(self, reference: object, depth: int) -> str:
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise ConstraintInvalid(tr("{name} is outside the schema").format(name=_short(reference)))
        if reference in self._open:
            raise ConstraintInvalid(tr("{name} leads back to itself").format(name=_short(reference)))
        if reference not in self._references:
            name = self._references[reference] = self._add("")
            self._open.append(reference)
            self._rules[name] = self._visit(self._find(reference), depth + 1)
            self._open.pop()
        return self._references[reference]

    def _find(self, reference: str) -> object:
        found: object = self._schema
        for part in reference.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(found, Mapping) or key not in found:
                raise ConstraintInvalid(tr("{name} is not in the schema").format(name=_short(reference)))
            found = found[key]
        return found


def _allow_only(keys: frozenset[str], allowed: set[str]) -> None:
    if unknown := sorted(map(str, keys - allowed)):
        raise ConstraintInvalid(tr("“{key}” is not supported here").format(key=unknown[0]))


def _items(values: object, key: str, empty: bool = False) -> Sequence[object]:
    if not isinstance(values, list | tuple) or not (values or empty):
        raise ConstraintInvalid(tr("“{key}” must be a list that is not empty").format(key=key))
    return values


def _has_type(value: object, kind: object) -> bool:
    """Whether a value listed in a schema also has the type stated there; a list of types is not looked at."""
    known = _PYTHON_TYPES.get(kind) if isinstance(kind, str) else None
    return known is None or (isinstance(value, known) and isinstance(value, bool) == (kind == "boolean"))


def _bounds(schema: Mapping[str, object], least_key: str, most_key: str) -> tuple[int, int | None]:
    least, most = _bound(schema, least_key), _bound(schema, most_key)
    if most is not None and most < (least or 0):
        raise ConstraintInvalid(tr("“{key}” is too small").format(key=most_key))
    return least or 0, most


def _bound(schema: Mapping[str, object], key: str) -> int | None:
    value = schema.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_REPETITIONS:
        raise ConstraintInvalid(
            tr("“{key}” must be from 0 to {most:,}").format(key=key, most=MOST_REPETITIONS)
        )
    return value


def _times(least: int, most: int | None) -> str:
    if most is None:
        return "*" if least == 0 else f"{{{least},}}"
    return f"{{{least},{most}}}"


def _literal(value: object) -> str:
    """Return the rule for one JSON value, written in one way only."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError):
        raise ConstraintInvalid(tr("{value} is not a JSON value").format(value=_short(value))) from None
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _short(value: object) -> str:
    text = ascii(value) if not isinstance(value, str) else value
    return f"“{text[:40]}”"
