import json

import pytest

from otel_mcp.redaction import Redactor

PASSWORD = {"format": "password", "title": "Pw", "type": "string", "writeOnly": True}
DECLARED = "[REDACTED:declared]"


def value(payload, schema):
    return Redactor().scope().value(payload, schema=schema).value


@pytest.mark.parametrize(
    "mark",
    [
        {"format": "password"},
        {"writeOnly": True},
        {"x-sensitive": True},
        {"x-secret": "yes"},
        {"x-pii": 1},
        {"anyOf": [PASSWORD, {"type": "null"}]},
        {"oneOf": [{"type": "integer"}, PASSWORD]},
        {"allOf": [{"type": "string"}, {"x-sensitive": True}]},
        {"if": {"minLength": 3}, "then": PASSWORD, "else": {"type": "string"}},
        {"$ref": "#/$defs/Pw"},
        {"$ref": "#/definitions/Old"},
        {"$ref": "#named"},
        {"allOf": [{"$ref": "#/$defs/Indirect"}]},
    ],
    ids=json.dumps,
)
def test_a_marked_place_goes(mark):
    schema = {
        "type": "object",
        "properties": {"plain": {"type": "string"}, "p": mark},
        "$defs": {"Pw": PASSWORD, "Indirect": {"$ref": "#/$defs/Pw"}, "Named": {"$anchor": "named", **PASSWORD}},
        "definitions": {"Old": PASSWORD},
    }
    assert value({"plain": "tulip", "p": "marigold"}, schema) == {"plain": "tulip", "p": DECLARED}


@pytest.mark.parametrize(
    "mark", [{"writeOnly": False}, {"x-sensitive": False}, {"format": "email"}, {"title": "Password"}]
)
def test_a_place_without_a_mark_stays(mark):
    assert value({"p": "marigold"}, {"properties": {"p": mark}}) == {"p": "marigold"}


MODEL = {
    "$defs": {
        "Cred": {
            "properties": {"user": {"title": "User", "type": "string"}, "pw": PASSWORD},
            "required": ["user", "pw"],
            "title": "Cred",
            "type": "object",
        },
        "Tree": {
            "properties": {
                "leaf": {"anyOf": [PASSWORD, {"type": "null"}], "default": None},
                "kids": {"items": {"$ref": "#/$defs/Tree"}, "type": "array"},
            },
            "type": "object",
        },
    },
    "properties": {
        "one": {"$ref": "#/$defs/Cred"},
        "many": {"items": {"$ref": "#/$defs/Cred"}, "type": "array"},
        "tree": {"$ref": "#/$defs/Tree"},
        "pair": {"prefixItems": [{"type": "string"}, PASSWORD], "type": "array"},
        "old_pair": {"items": [{"type": "string"}, PASSWORD], "additionalItems": {"x-pii": True}},
        "by_name": {"additionalProperties": PASSWORD, "properties": {"free": {"type": "string"}}},
        "by_pattern": {"patternProperties": {"^s_": PASSWORD}},
        "whole": {"type": "object", "writeOnly": True, "properties": {"x": {"type": "string"}}},
    },
    "type": "object",
}


def test_a_pydantic_schema_is_followed_to_each_marked_place():
    payload = {
        "one": {"user": "ann", "pw": "v1"},
        "many": [{"user": "bob", "pw": "v2"}, {"user": "cid", "pw": "v3"}],
        "tree": {"leaf": None, "kids": [{"leaf": "v4", "kids": [{"leaf": "v5"}]}]},
        "pair": ["x", "v6"],
        "old_pair": ["x", "v7", "v8"],
        "by_name": {"free": "y", "other": "v9"},
        "by_pattern": {"s_one": "v10", "t_one": "z"},
        "whole": {"x": "v11", "n": 12345},
    }
    assert value(payload, MODEL) == {
        "one": {"user": "ann", "pw": DECLARED},
        "many": [{"user": "bob", "pw": DECLARED}, {"user": "cid", "pw": DECLARED}],
        "tree": {"leaf": None, "kids": [{"leaf": DECLARED, "kids": [{"leaf": DECLARED}]}]},
        "pair": ["x", DECLARED],
        "old_pair": ["x", DECLARED, DECLARED],
        "by_name": {"free": "y", "other": DECLARED},
        "by_pattern": {"s_one": DECLARED, "t_one": "z"},
        "whole": DECLARED,
    }


def test_every_leaf_below_a_declared_place_is_remembered():
    scope = Redactor().scope()
    scope.learn({"whole": {"x": ["marigold"], "n": 12345}}, schema=MODEL)
    assert scope.text("marigold and 12345") == "[REDACTED:taint] and [REDACTED:taint]"
    assert scope.taint_size == 2


def test_an_argument_that_came_as_json_text_is_read_with_its_schema():
    scope = Redactor().scope()
    redacted = scope.value({"one": '{"user": "ann", "pw": "marigold"}'}, schema=MODEL)
    assert json.loads(redacted.value["one"]) == {"user": "ann", "pw": DECLARED}
    assert scope.text("marigold") == "[REDACTED:taint]"


def test_schemas_that_refer_to_themselves_end():
    for schema in (
        {"$ref": "#", "x-other": PASSWORD},
        {"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}, "C": PASSWORD}},
        {"anyOf": [{"$ref": "#"}], "properties": {"a": {"$ref": "#"}, "p": PASSWORD}},
        {"$ref": "https://example.org/elsewhere", "properties": {"p": PASSWORD}},
        {"$ref": "#/$defs/missing/0/x", "$defs": [PASSWORD]},
    ):
        assert value({"a": {"a": {"b": "tulip"}}}, schema) == {"a": {"a": {"b": "tulip"}}}
    assert value(
        {"a": {"a": {"p": "tulip"}}}, schema | {"anyOf": [{"properties": {"a": {"$ref": "#"}, "p": PASSWORD}}]}
    ) == {"a": {"a": {"p": DECLARED}}}


def test_a_schema_that_changes_is_compiled_again():
    redactor, schema = Redactor(), {"properties": {"p": {"type": "string"}}}
    assert redactor.scope().value({"p": "marigold"}, schema=schema).value == {"p": "marigold"}
    schema["properties"]["p"]["writeOnly"] = True
    assert redactor.scope().value({"p": "marigold"}, schema=schema).value == {"p": DECLARED}
    del schema["properties"]["p"]["writeOnly"]
    assert redactor.scope().value({"p": "marigold"}, schema=schema).value == {"p": "marigold"}


def test_many_schemas_do_not_fill_the_memory():
    redactor = Redactor()
    for number in range(600):
        schema = {"properties": {f"p{number}": PASSWORD}}
        assert redactor.scope().value({f"p{number}": "marigold"}, schema=schema).value == {f"p{number}": DECLARED}
    assert len(redactor.schemas._known) <= 256


def test_a_schema_that_cannot_be_read_shows_nothing():
    schema = node = {}
    for _ in range(500):
        node["items"] = node = {}
    redactor = Redactor()
    scope = redactor.scope()
    assert scope.value(["marigold"], schema=schema).value == "[REDACTED:error]"
    assert scope.text("marigold") == "[REDACTED:error]"
    assert redactor.failures == 1


def test_a_pattern_that_could_be_slow_is_taken_to_match():
    schema = {"patternProperties": {"^(a+)+$": PASSWORD}}
    assert value({"a" * 40 + "b": "marigold"}, schema) == {"a" * 40 + "b": DECLARED}


@pytest.mark.parametrize(
    "schema", [{"properties": 3}, {"anyOf": "x", "x": PASSWORD}, {"items": True, "a": PASSWORD}, {}]
)
def test_a_malformed_schema_is_survived(schema):
    assert value({"p": ["tulip"]}, schema) == {"p": ["tulip"]}
