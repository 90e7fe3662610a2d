"""What a listing fails to declare is found, with its cure; what is declared or harmless is not; no value is shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otel_mcp.redaction.lint import count_parameters, exposed_parameters, findings_of, other_findings_of
from otel_mcp.redaction.parameters import Parameters
from otel_mcp.redaction.schema import SchemaCache

TEXT = {"type": "string"}
TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"


def lint(schema=None, **tool):
    return findings_of([{"name": "t", "inputSchema": schema or {"type": "object"}, **tool}])


def found(schema=None, **tool):
    return [(finding.where, finding.path, finding.rule) for finding in lint(schema, **tool)]


def properties(**named):
    return {"type": "object", "properties": named}


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        (properties(password=TEXT), "$.password"),
        (properties(password=True), "$.password"),
        (properties(otp={"type": "integer"}), "$.otp"),
        (properties(tokens={"type": "array", "items": TEXT}), "$.tokens"),
        (properties(api_key={"anyOf": [TEXT, {"type": "null"}]}), "$.api_key"),
        (properties(**{"api key": TEXT}), '$["api key"]'),
        ({"allOf": [properties(a=TEXT), {"oneOf": [properties(pwd=TEXT)]}]}, "$.pwd"),
        ({"if": {}, "then": properties(pwd=TEXT)}, "$.pwd"),
        (properties(a={"type": "array", "items": properties(pwd=TEXT)}), "$.a[*].pwd"),
        (properties(a={"prefixItems": [TEXT, properties(pwd=TEXT)]}), "$.a[1].pwd"),
        (properties(a={"additionalProperties": properties(pwd=TEXT)}), "$.a.*.pwd"),
        ({"patternProperties": {"^x": properties(pwd=TEXT)}}, '$["^x"].pwd'),
        ({**properties(a={"$ref": "#/$defs/A"}), "$defs": {"A": properties(pwd=TEXT)}}, "$.a.pwd"),
        ({**properties(a={"$ref": "#a"}), "$defs": {"A": {"$anchor": "a", **properties(pwd=TEXT)}}}, "$.a.pwd"),
        (properties(login_credentials=properties(first=TEXT, token=TEXT)), "$.login_credentials"),
    ],
    ids=json.dumps,
)
def test_a_name_that_announces_a_secret_is_found_wherever_the_schema_puts_it(schema, path):
    assert found(schema) == [("input", path, "undeclared")]
    assert found(outputSchema=schema) == [("output", path, "undeclared")]


@pytest.mark.parametrize(
    "schema",
    [
        properties(password={**TEXT, "format": "password"}),
        properties(password={**TEXT, "writeOnly": True}),
        properties(password={**TEXT, "x-sensitive": True}),
        properties(password={"anyOf": [{**TEXT, "format": "password"}, {"type": "null"}]}),
        properties(password={**TEXT, "x-sensitive": False}),
        properties(tokens={"type": "array", "items": {**TEXT, "x-sensitive": True}}),
        properties(credentials=properties(user=TEXT, password={**TEXT, "format": "password"})),
        properties(door={"x-sensitive": True, **properties(password=TEXT)}),
        properties(max_tokens={"type": "integer"}, tokens={"type": "integer"}, use_password={"type": "boolean"}),
        properties(auth={"enum": ["none", "basic"]}, password={"type": ["boolean", "null"]}),
        properties(secretary=TEXT, author=TEXT, primary_key=TEXT, tokenizer=TEXT, path=TEXT),
        True,
        {},
    ],
    ids=json.dumps,
)
def test_what_is_declared_or_harmless_is_not_found(schema):
    assert found(schema) == []


def test_a_personal_datum_is_found_with_its_kind():
    [finding] = lint(properties(date_of_birth=TEXT, newsletter={"type": "boolean"}))
    assert (finding.path, "personal data (birth-date)" in finding.why) == ("$.date_of_birth", True)
    assert finding.json_schema == '"date_of_birth": {"type": "string", "x-sensitive": true}'


def test_the_cure_is_a_line_of_python_and_one_of_json_schema():
    secret, number, optional = lint(
        properties(pwd=TEXT, otp={"type": "integer"}, pin={"anyOf": [{"type": "string"}, {"type": "null"}]})
    )
    assert secret.python == "pwd: Annotated[str, Sensitive()]"
    assert secret.json_schema == '"pwd": {"type": "string", "format": "password", "writeOnly": true}'
    assert number.json_schema == '"otp": {"type": "integer", "x-sensitive": true}'
    assert optional.python == "pin: Annotated[str | None, Sensitive()]"


@pytest.mark.parametrize("mark", [{"x-sensitive": True}, {"format": "password"}, {}])
def test_a_sensitive_parameter_that_travels_in_a_header_is_found(mark):
    schema = properties(session_token={**TEXT, **mark, "x-mcp-header": "Session"}, region={**TEXT, "x-mcp-header": "R"})
    assert ("input", "$.session_token", "header") in found(schema)
    assert exposed_parameters(schema) == ["$.session_token"]


def test_a_parameter_in_a_header_that_is_not_sensitive_or_cleared_is_none():
    cleared = {**TEXT, "x-sensitive": False, "x-mcp-header": "T"}
    assert exposed_parameters(properties(region={**TEXT, "x-mcp-header": "R"}, token=cleared)) == []
    assert exposed_parameters(properties(password=TEXT)) == []


@pytest.mark.parametrize("word", ["default", "const", "examples", "enum"])
def test_a_secret_in_the_schema_itself_is_found_and_not_shown(word):
    value = TOKEN if word in ("default", "const") else ["plain", TOKEN]
    [finding] = lint(properties(note={**TEXT, word: value}))
    assert (finding.path, finding.rule) == ("$.note", "value")
    assert TOKEN not in str(finding)


def test_any_default_of_a_secret_is_published_and_a_placeholder_is_not():
    marked = {**TEXT, "x-sensitive": True}
    assert found(properties(a={**marked, "default": "marigold"})) == [("input", "$.a", "value")]
    for harmless in ("", None, "**********", "<the word>", "your-token-here"):
        assert found(properties(a={**marked, "default": harmless, "examples": [harmless]})) == []


def test_a_secret_in_a_description_is_found_and_not_shown():
    for tool in ({"description": f"try {TOKEN}"}, {"title": TOKEN}, {"annotations": {"title": TOKEN}}):
        [finding] = lint(**tool)
        assert (finding.where, finding.rule) == ("tool", "text")
        assert TOKEN not in str(finding)
    assert found(properties(a={**TEXT, "description": f"like {TOKEN}"})) == [("input", "$.a", "text")]
    assert found(description="questions to office@harbour.example") == []


@pytest.mark.parametrize(
    "description",
    ["The password to set", "Value of the Authorization header", "an API key for the shop", "credentials of the user"],
)
def test_a_free_text_that_is_described_as_a_credential_is_found(description):
    assert found(properties(value={**TEXT, "description": description})) == [("input", "$.value", "mention")]


@pytest.mark.parametrize(
    "parameter",
    [
        {**TEXT, "description": "the password policy to apply"},
        {**TEXT, "description": "name of the secret to fetch"},
        {**TEXT, "description": "a note; never put a password here"},
        {**TEXT, "description": "the password", "x-sensitive": False},
        {**TEXT, "description": "when the password was changed", "format": "date-time"},
        {"type": "integer", "description": "days until the password expires"},
        {"enum": ["set", "clear"], "description": "whether to set the password"},
    ],
    ids=json.dumps,
)
def test_what_is_only_about_credentials_is_not(parameter):
    assert found(properties(value=parameter)) == []


def test_prompts_and_templates_that_ask_for_a_secret_are_found():
    prompts = [{"name": "unlock", "arguments": [{"name": "pin"}, {"name": "mood"}]}, {"name": "greet"}]
    templates = [{"name": "rows", "uriTemplate": "db://{user}:{password}/rows{?api_key,limit*}"}]
    findings = other_findings_of(prompts, templates)
    assert [(f.tool, f.where, f.path) for f in findings] == [
        ("unlock", "prompt", "pin"),
        ("rows", "template", "password"),
        ("rows", "template", "api_key"),
    ]


def test_a_definition_is_reported_once_however_often_it_is_used_and_a_cycle_ends():
    node = properties(pin=TEXT, next={"$ref": "#/$defs/Node"})
    schema = {"$defs": {"Node": node}, **properties(a={"$ref": "#/$defs/Node"}, b={"$ref": "#/$defs/Node"})}
    assert found(schema) == [("input", "$.a.pin", "undeclared")]


def test_a_schema_that_shares_its_way_into_millions_of_places_is_read_in_few_steps():
    levels = {f"L{n}": properties(a={"$ref": f"#/$defs/L{n + 1}"}, b={"$ref": f"#/$defs/L{n + 1}"}) for n in range(40)}
    schema = {"$defs": {**levels, "L40": properties(pin=TEXT)}, "$ref": "#/$defs/L0"}
    assert [rule for _, _, rule in found(schema)] == ["undeclared"]


@pytest.mark.parametrize("count", [70, 3000])
def test_what_could_not_be_read_to_its_end_is_a_finding(count):
    schema = TEXT
    for _ in range(count):
        schema = properties(a=schema)
    assert ("input", "$", "unread") in found(schema)
    assert found(properties(**{f"a{n}": TEXT for n in range(30_000)}))[-1][2] == "unread"


def test_names_that_a_stranger_chose_are_shown_redacted_short_and_printable():
    [finding] = findings_of([{"name": f"\x1b[2m {TOKEN}", "inputSchema": properties(**{"pwd\x1b[31m\n": TEXT})}])
    assert TOKEN not in str(finding)
    assert all(line.isprintable() for line in (finding.tool, finding.path, finding.python, finding.json_schema))
    [finding] = findings_of([{"name": "t" * 9999, "inputSchema": properties(**{"a" * 9999 + "_password": TEXT})}])
    assert len(finding.tool) + len(finding.path) < 200


@pytest.mark.parametrize("schema", [None, [], 7, "x", {"properties": []}, {"$ref": 7}, {"$ref": "#/nowhere"}])
def test_a_schema_that_is_none_has_no_parameters(schema):
    tools = [{"name": "t", "inputSchema": schema, "outputSchema": schema}]
    assert (findings_of(tools), count_parameters(tools), exposed_parameters(schema)) == ([], 0, [])


def test_parameters_are_counted_with_those_inside():
    tools = [{"name": "t", "inputSchema": properties(a=TEXT, b=properties(c=TEXT, d={"items": properties(e=TEXT)}))}]
    assert count_parameters(tools) == 5


MARKS = st.sampled_from(
    [{}, {"format": "password"}, {"x-sensitive": True}, {"x-sensitive": False}, {"writeOnly": True}]
)
LEAVES = st.one_of(MARKS, st.just({"$ref": "#/$defs/D"}), st.just({"$ref": "#/$defs/E"}))


def nested(inner):
    named = st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=2)
    return st.one_of(
        st.builds(lambda names, mark: {"properties": names, **mark}, named, MARKS),
        st.builds(lambda branches: {"anyOf": branches}, st.lists(inner, min_size=1, max_size=2)),
    )


@given(st.recursive(LEAVES, nested, max_leaves=8), st.recursive(LEAVES, nested, max_leaves=4))
@settings(max_examples=200, deadline=None)
def test_what_it_takes_for_declared_is_what_the_redactor_takes_for_declared(schema, definition):
    schema = {**schema, "$defs": {"D": definition, "E": {"properties": {"e": {"format": "password"}}}}}
    for parameter, _ in Parameters(schema).walk():
        state, declared = SchemaCache().start(schema), False
        for name in parameter.path.split(".")[1:]:
            declared = declared or (state is not None and state.sensitive)
            state = state.key(name) if state is not None else None
        assert parameter.declared == (declared or (state is not None and state.sensitive))
        assert parameter.cleared == (state is not None and state.cleared)
