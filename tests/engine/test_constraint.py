"""JSON schemas become grammars that llama.cpp takes and that allow what satisfies the schema."""

import json
import re

import pytest

from chatdesk.domain.errors import ConstraintInvalid
from chatdesk.engine.constraint import to_gbnf

PERSON = {
    "type": "object",
    "title": "A person",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 8},
        "age": {"type": "integer"},
        "mood": {"enum": ["good", 'so "so"', "bad\n", "ü\\", None, 3]},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
    },
    "required": ["name", "mood"],
    "additionalProperties": False,
}
TREE = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "value": {"type": "number"},
                "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
            },
            "required": ["value", "next"],
        }
    },
}


@pytest.fixture(scope="session")
def accepts(starter):
    """Whether llama.cpp's own grammar sampler lets a whole text pass."""
    import ctypes

    from chatdesk.engine.bindings import native as lib

    parameters = lib.llama_model_default_params()
    parameters.vocab_only = True
    model = lib.llama_model_load_from_file(str(starter).encode(), parameters)
    vocabulary = lib.llama_model_get_vocab(model)
    end = lib.llama_vocab_eos(vocabulary)

    def passes(sampler, token):
        data = (lib.llama_token_data * 1)(lib.llama_token_data(token, 1.0, 0.0))
        candidates = lib.llama_token_data_array(data, 1, -1, False)
        lib.llama_sampler_apply(sampler, ctypes.byref(candidates))
        return data[0].logit != float("-inf")

    def accepts(grammar, text):
        sampler = lib.llama_sampler_init_grammar(vocabulary, grammar.encode(), b"root")
        assert sampler, "llama.cpp refuses the grammar"
        raw = text.encode()
        tokens = (lib.llama_token * (len(raw) + 8))()
        count = lib.llama_tokenize(vocabulary, raw, len(raw), tokens, len(tokens), False, False)
        try:
            for token in tokens[:count]:
                if not passes(sampler, token):
                    return False
                lib.llama_sampler_accept(sampler, token)
            return passes(sampler, end)
        finally:
            lib.llama_sampler_free(sampler)

    yield accepts
    lib.llama_model_free(model)


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (PERSON, ['{"name": "Ann", "age": 3, "mood": "good", "tags": ["a"]}', '{"name":"A","mood":3}',
                  '{\n  "name": "A",\n  "mood": "so \\"so\\""\n}', '{"name": "A", "mood": "bad\\n"}',
                  '{"name": "A", "mood": "ü\\\\", "tags": ["a", "b"]}'],
         ['{"mood": "good", "name": "Ann"}', '{"name": "", "mood": 3}', '{"name": "123456789", "mood": 3}',
          "{}", '{"name": "A", "mood": 4}', '{"name": "A", "mood": 3, "more": 1}',
          '{"name": "A", "mood": 3, "tags": []}',
          '{"name": "A", "mood": "bad\n"}', '{"name": "A", "mood": 3,}', '{"name": "A", "mood": 3']),
        (TREE, ['{"value": 1, "next": null}', '{"value": -1.5e3, "next": {"value": 0, "next": null}}'],
         ['{"value": 01, "next": null}', '{"value": 1}', '{"value": 1, "next": {}}',
          '{"value": 1., "next": null}']),
        ({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}},
         ["{}", '{"a": 1}', '{"b": [1, {"x": null}]}', '{"a": 1, "c": "x"}', '{"a": true, "b": 2, "c": 3}'],
         ['{"b": 1, "a": 1}', '{, "a": 1}', '{"a": 1 "b": 2}', '{"a": 1,}']),
        ({"type": "string"}, ['"a"', '"ä\\n\\u00e4"', '""'], ['"a', "a", '"\n"', '"\\x"', '"a" "b"']),
        ({"type": ["integer", "null"]}, ["1", "-20", "null", "0"], ["1.5", '"1"', "--1", "+1"]),
        ({"type": "string", "enum": ["a", 1]}, ['"a"'], ["1"]),
        ({"type": "boolean"}, ["true", "false"], ["True", "1"]),
        ({"const": {"a": [1, "x"]}}, ['{"a": [1, "x"]}'], ['{"a": [1, "y"]}']),
        ({"oneOf": [{"const": "yes"}, {"type": "array", "maxItems": 0}]},
         ['"yes"', "[]", "[ ]"], ["[1]", '"no"']),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2},
         ["[1, 2]", "[1,2,3]"], ["[1]", "[]"]),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 2},
         ["[]", "[1]", "[1, 2]"], ["[1, 2, 3]"]),
        ({"type": "object"}, ["{}", '{"x": {"y": [1, 2.5, "z"]}}'], ["[]", '{"x" 1}', "{x: 1}"]),
        ({}, ["1", '"a"', "[[], {}]"], ["", "nothing"]),
        ({"properties": {"a": {"type": "null"}}, "required": ["a"]}, ['{"a": null}'], ["{}"]),
    ],
)  # fmt: skip
def test_a_grammar_lets_pass_what_satisfies_the_schema_and_nothing_else(accepts, schema, good, bad):
    grammar = to_gbnf(schema)
    assert [text for text in good if not accepts(grammar, text)] == []
    assert [text for text in bad if accepts(grammar, text)] == []
    for text in good:
        json.loads(text)


def test_white_space_is_bounded(accepts):
    grammar = to_gbnf({"type": "object", "properties": {"a": {"type": "integer"}}})
    assert accepts(grammar, '{\n    "a": 1\n}')
    assert not accepts(grammar, "{" + " " * 50 + '"a": 1}')
    assert not accepts(grammar, "\n" * 50 + '{"a": 1}')
    assert not accepts(grammar, '{"a": 1}' + "\n" * 50)


def test_large_bounds_are_taken_by_llama_cpp(accepts):
    grammar = to_gbnf({"type": "string", "maxLength": 1900})
    assert accepts(grammar, '"' + "x" * 1900 + '"')
    assert not accepts(grammar, '"' + "x" * 1901 + '"')


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 3}, "“minimum” is not supported"),
        ({"type": "string", "pattern": "a"}, "“pattern” is not supported"),
        ({"allOf": [{}]}, "“allOf” is not supported"),
        ({"type": "text"}, "“text” is not known"),
        ({"type": ["string", 3]}, "is not known"),
        ({"type": []}, "not empty"),
        ({"enum": []}, "not empty"),
        ({"enum": "abc"}, "must be a list"),
        ({"const": float("nan")}, "not a JSON value"),
        ({"const": {1, 2}}, "not a JSON value"),
        ({"const": "\ud800"}, "not a JSON value"),
        ({"anyOf": []}, "not empty"),
        ({"type": "object", "anyOf": [{}]}, "“type” is not supported"),
        ({"type": "string", "enum": [1, 2]}, "none of its values"),
        ({"type": "object", "properties": {}, "required": [[1]]}, "not described"),
        ({"$ref": "https://example.org/schema"}, "outside the schema"),
        ({"$ref": "#/$defs/no"}, "not in the schema"),
        ({"$ref": "#"}, "leads back to itself"),
        ({"anyOf": [{"type": "null"}, {"$ref": "#"}]}, "leads back to itself"),
        ({"type": "object", "properties": [1]}, "must be an object"),
        ({"type": "object", "properties": {"a": 3}}, "not a schema"),
        ({"type": "object", "properties": {}, "required": ["a"]}, "not described"),
        ({"type": "array", "minItems": -1}, "from 0 to"),
        ({"type": "array", "maxItems": 10**9}, "from 0 to"),
        ({"type": "array", "minItems": 3, "maxItems": 2}, "too small"),
        ({"type": "string", "maxLength": "x"}, "from 0 to"),
        ({"type": "string", "maxLength": True}, "from 0 to"),
        ({"type": "object", "properties": {str(i): {} for i in range(3000)}}, "too large"),
        (False, "not a schema"),
        ([], "not a schema"),
    ],
)
def test_what_a_grammar_cannot_hold_is_refused_with_its_reason(schema, words):
    with pytest.raises(ConstraintInvalid, match=re.escape(words)):
        to_gbnf(schema)


def test_a_schema_nested_deeply_is_refused():
    schema = {"type": "null"}
    for _ in range(5000):
        schema = {"type": "array", "items": schema}
    with pytest.raises(ConstraintInvalid, match="nested"):
        to_gbnf(schema)


def test_many_enumerated_values_are_taken(accepts):
    grammar = to_gbnf({"enum": [f"value {i}" for i in range(1000)]})
    assert accepts(grammar, '"value 999"')
    assert not accepts(grammar, '"value 1000"')
