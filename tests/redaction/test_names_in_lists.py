"""Secrets whose names stand beside them in a list, in another member of their object, or in the head of a table."""

import json
from bisect import bisect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import SEPARATOR, Scanner

S, T = "Vx7kQ2mZp9Lw", "bR4nT8sYc1Hd"
BORN = "1984-03-12"


def redactors():
    rules = builtin_scanner().rules
    yield from (Redactor(scanner=Scanner(rules[:-2], gate(rules))) for gate in (Re2Gate, PlainGate))


REDACTORS = list(redactors())


def seen(value):
    """What is left of a value, the same whatever gate is used, and when the keys are known already."""
    copies = [redactor.scope().value(value).value for redactor in REDACTORS for _ in range(2)]
    assert all(copy == copies[0] for copy in copies)
    assert not any(redactor.failures for redactor in REDACTORS)
    return copies[0]


def assert_gone(value):
    left = json.dumps(seen(value))
    assert S not in left
    assert T not in left
    assert "REDACTED" in left


LISTS = [
    ["password", S],
    [["user", "bob"], ["password", S]],
    [["user", "bob", "x"], ["password", S, "y"]],
    {"headers": [["X-Api-Key", S], ["Accept", "text/html"]]},
    {"rawHeaders": ["Host", "shop.example.org", "X-Api-Key", S]},
    {"env": ["DB_USER", "bob", "DB_PASSWORD", S]},
    json.dumps([["password", S]]),
]

COMMANDS = [
    ["mysql", "--password", S],
    ["mysql", "-u", "bob", f"-p{S}"],
    ["curl", "-u", f"bob:{S}", "https://shop.example.org"],
    ["docker", "login", "-u", "bob", "-p", S],
    ["sshpass", "-p", S, "ssh", "host"],
    {"command": "mysql", "args": ["-u", "bob", f"-p{S}"]},
    {"command": "npx", "args": ["-y", "@acme/server", "--api-key", S, "--port", "3000"]},
    {"mcpServers": {"db": {"command": "docker", "args": ["run", "-e", f"API_KEY={S}", "img"]}}},
    {"cmd": "redis-cli", "argv": ["-a", S, "ping"]},
]

TABLES = [
    {"columns": ["user", "password"], "rows": [["bob", S], ["ann", T]]},
    {"columns": [{"name": "user"}, {"name": "password", "type": "text"}], "rows": [["bob", S]]},
    {"fields": ["user", "password"], "values": [["bob", S]]},
    {"header": ["user", "password"], "data": [["bob", S]]},
    {"names": ["user", "password"], "values": ["bob", S]},
    {"schema": {"fields": [{"name": "user"}, {"name": "password"}]}, "rows": [{"f": [{"v": "bob"}, {"v": S}]}]},
    {
        "columnMetadata": [{"label": "id"}, {"label": "api_key"}],
        "records": [[{"longValue": 1}, {"stringValue": S}], [{"longValue": 2}, {"stringValue": T}]],
    },
    {"resultSetMetaData": {"rowType": [{"name": "ID"}, {"name": "API_KEY"}]}, "data": [["1", S]]},
    {"Rows": [{"Data": [{"VarCharValue": "password"}]}, {"Data": [{"VarCharValue": S}]}]},
    {"columns": ["n.name", "n.password"], "data": [{"row": ["bob", S], "meta": [None, None]}]},
    [["user", "password"], ["bob", S], ["ann", T]],
    [["id", "password"], [1, S], [2]],
    {"values": [["user", "password", "note"], ["bob", S], ["ann", T, ""]]},
    json.dumps({"columns": ["id", "password"], "rows": [[1, S], [2, T]]}),
]

PAIRS = [
    {name: "db_password", value: S}
    for name, value in (
        *(("name", "value"), ("k", "v"), ("header", "val"), ("env", "value"), ("property", "current_value")),
        *(("name", "string_value"), ("name", "defaultValue"), ("setting", "to"), ("field", "data")),
        *(("id", "content"), ("label", "text"), ("variable", "default"), ("name", "default"), ("selector", "value")),
    )
]


@pytest.mark.parametrize("value", [*LISTS, *COMMANDS, *TABLES, *PAIRS], ids=json.dumps)
def test_a_name_elsewhere_gives_a_secret_away(value):
    assert_gone(value)
    assert_gone({"result": [{"title": "report"}, value]})


@pytest.mark.parametrize(
    "value",
    [
        {"selector": "#login-password", "value": "hunter"},
        {"selector": "input[type=password]", "value": "hunter"},
        {"type": "password", "text": "hunter42"},
        {"apiVersion": "v1", "kind": "Secret", "data": {"x": "hunter"}, "stringData": {"y": "hunter"}},
        {"pаssword": "hunter"},  # noqa: RUF001  # one letter is Cyrillic
    ],
)
def test_so_does_what_is_said_of_a_field(value):
    assert "hunter" not in json.dumps(seen(value))


@pytest.mark.parametrize(
    "value",
    [
        {"columns": ["name", "date of birth"], "rows": [["Ann", BORN]]},
        [["name", "dob"], ["Ann", BORN]],
        [["name", "Ann"], ["Date of birth", BORN]],
        {"columns": ["id", "date_of_birth"], "records": [[{"longValue": 1}, {"stringValue": BORN}]]},
    ],
)
def test_and_a_personal_datum(value):
    assert BORN not in json.dumps(seen(value))


@pytest.mark.parametrize(
    "value",
    [
        ["password", "token"],
        ["username", "password"],
        ["password", "Passwort"],
        ["token", "ring"],
        {"required": ["username", "password"]},
        {"loc": ["body", "password"], "msg": "Field required"},
        {"path": ["user", "password"]},
        {"scopes": ["token", "oauth2"]},
        {"fields": ["id", "token"], "types": ["uuid", "varchar255"]},
        [["password", 5123], ["token", 311]],
        {"columns": ["token", "pos"], "data": [["the", "DET"], ["quick", "ADJ"]]},
        {"columns": ["model", "tokens"], "rows": [["gpt", 1200]]},
        [["id", "token_count"], ["a", 12]],
        {"column_names": ["table", "column", "type"], "rows": [["users", "password", "varchar(255)"]]},
        {"columns": [{"name": "password", "type": "varchar(255)"}], "rows": []},
        ["docker", "run", "-p", "8080:80", "-e", "A=b", "img"],
        {"command": "npx", "args": ["-y", "@scope/server", "--port", "3000"]},
        ["git", "commit", "-m", "fix password reset 2"],
        ["pytest", "-k", "test_password2", "tests/test_token.py"],
        ["--token-limit", "4096", "--password-stdin", "-v"],
        {"title": "Password", "text": "At least 8 characters"},
        {"name": "password", "description": "the user's password", "value": "string"},
        {"name": "token", "type": "string", "in": "header", "required": True},
        {"securitySchemes": {"apiKey": {"type": "apiKey", "name": "X-API-Key", "in": "header"}}},
        {"securityDefinitions": {"token": {"type": "oauth2", "flow": "password", "tokenUrl": "https://x/t"}}},
        {"kind": "ConfigMap", "data": {"level": "debug"}},
        {"tokens": ["the", "quick", "brown"]},
        {"tokens": [101, 2023, 102]},
        {"pin": 4, "pins": [1, 2], "gpio_pin": "GPIO4"},
        {"pass": "PASS", "fail": "FAIL"},
        {"pass": 12, "fail": 0},
    ],
    ids=json.dumps,
)
def test_lists_of_names_and_of_words_stay(value):
    assert seen(value) == value
    assert seen({"result": [{"title": "report"}, value]}) == {"result": [{"title": "report"}, value]}


def test_only_the_value_goes():
    assert seen(["curl", "-u", f"bob:{S}", "https://a.example"])[0] == "curl"
    table = seen({"columns": ["user", "password"], "rows": [["bob", S], ["ann", None]]})
    assert table == {"columns": ["user", "password"], "rows": [["bob", "[REDACTED:key]"], ["ann", None]]}
    args = seen({"command": "mysql", "args": ["-u", "bob", f"-p{S}", "shop"]})["args"]
    assert args == ["-u", "bob", "-p[REDACTED:command-line]", "shop"]


def test_it_goes_from_all_else_as_well():
    left = seen({"columns": ["user", "password"], "rows": [["bob", S]], "log": f"logged in with {S}"})
    assert S not in json.dumps(left)


def test_the_words_of_a_scheme_or_of_a_form_are_no_secrets():
    value = {"password": "Passwort", "hint": "Passwort vergessen?", "in": "header"}
    assert seen(value) == {**value, "password": "[REDACTED:key]"}


def test_what_lies_too_deep_is_learnt():
    deep = {"columns": ["id", "password"], "rows": [[1, S]]}
    for _ in range(80):
        deep = [deep]
    scope = REDACTORS[0].scope()
    scope.value(deep)
    assert scope.text(f"it was {S}") == "it was [REDACTED:taint]"


WORDS = st.sampled_from(
    ["user", "id", "password", "api_key", "-p", "--token", "rows", "columns", "value", "x", S, "", "é"]
)
VALUES = st.recursive(
    st.one_of(WORDS, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(WORDS, below, max_size=4)),
    max_leaves=24,
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_any_shape_is_read_the_same_by_both_gates(value):
    assert len({json.dumps(redactor.scope().value(value).value) for redactor in REDACTORS}) == 1
    assert not any(redactor.failures for redactor in REDACTORS)


@pytest.mark.parametrize("beside", ["", "ghp_0123456789", "bob@example.org", "x" * 5000 + " 4111 1111 1111 1111"])
def test_a_name_far_from_everything_else_is_seen_through_every_gate(beside):
    texts = [beside, *["plain words"] * 300, "password", "x-api-key", *["plain words"] * 300, "db token"]
    joined = SEPARATOR.join(texts)
    rules = builtin_scanner().rules[:-2]
    scanners = [Scanner(rules, gate(builtin_scanner().rules)) for gate in (PlainGate, Re2Gate)]
    for scanner in scanners:
        places = scanner.signs(joined).names
        starts = [0]
        for text in texts:
            starts.append(starts[-1] + len(text) + 1)
        seen = {texts[bisect(starts, place) - 1] for place in places}
        assert seen >= {"password", "x-api-key", "db token"}


def test_a_sentence_with_such_a_word_wakes_no_rule():
    gate = Re2Gate(builtin_scanner().rules)
    assert gate.places("The pepper crossed the river before the monkey saw it." + "\0harmless" * 9) == {}
