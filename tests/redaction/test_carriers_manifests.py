"""Values of which a manifest says elsewhere that they are secret."""

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate, Re2Gate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import Scanner

RULES = builtin_scanner().rules
SCANNERS = [Scanner(RULES[:-1], gate(RULES)) for gate in (Re2Gate, PlainGate)]
CANARY, OTHER = "Vx7kQ2mZp9Lw", "marigold"


def redact(text):
    one, other = ({hit[:2] for hit in scanner.hits(text)} for scanner in SCANNERS)
    assert one == other
    return Redactor().scope().text(text)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Secret\nstringData:\n  foo: {}\n  bar: '{}'\n",
        'kind: "Secret"\nmetadata:\n  name: x\ndata:\n  foo: {}\n\n  bar: |\n    {}\ntype: Opaque\n',
        "apiVersion: v1\ndata:\n  foo: {}\n  bar: {}\nkind: Secret\nmetadata:\n  name: db2x9\n",
        (
            "items:\n- apiVersion: v1\n  data:\n    foo: {}\n    bar: {}\n"
            "  kind: Secret\n  metadata:\n    name: x\nkind: List\n"
        ),
        "kind: Secret\r\ndata:\r\n  foo: {}\r\n  bar: {}\r\n",
    ],
)
def test_the_values_of_a_secret_of_kubernetes_go(text):
    assert redact(text.format(CANARY, OTHER)) == text.format(*["[REDACTED:assignment]"] * 2)


@pytest.mark.parametrize(
    "text",
    [
        "kind: ConfigMap\ndata:\n  foo: b4r1x9ZqT\n",
        "kind: SealedSecret\nspec:\n  encryptedData:\n    foo: AgBy3i4OJSWK\n",
        "kind: Secret\nmetadata:\n  name: db2x9k1q\n  annotations:\n    data: x9k1q\ntype: Opaque\n",
        "kind: Secret\ndata:\n  foo: {{ .Values.foo | b64enc }}\n  bar: ${BAR}\n  baz: <base64>\n",
        "kind: Secret\nstringData:\n  username: app\n  port: '5432'\n",
        "subjects:\n- kind: Secret\n  name: abc9x8d7\nroleRef:\n  data:\n    x: y9z8x7\n",
    ],
)
def test_other_values_of_a_manifest_stay(text):
    assert redact(text) == text


def test_the_documents_around_a_secret_stay():
    before, after = "kind: ConfigMap\ndata:\n  keep: v1Ab9\n---\n", "---\nkind: ConfigMap\ndata:\n  keep: z9Qx4\n"
    text = f"{before}kind: Secret\ndata:\n  foo: {{}}\n{after}"
    assert redact(text.format(CANARY)) == text.format("[REDACTED:assignment]")


@pytest.mark.parametrize(
    "text",
    [
        "- value: {}\n  name: DB_PASSWORD\n",
        'env:\n  - value: "{}"\n    name: "API_TOKEN"\n',
        "x {{'value': '{}', 'name': 'db_password'}} y",
        '{{"value": "{}", "name": "db_password"}} and more',
    ],
)  # fmt: skip
def test_a_value_before_its_name_goes(text):
    clean = redact(text.format(CANARY))
    assert CANARY not in clean
    assert clean.startswith(text.partition("{}")[0].replace("{{", "{"))


def test_a_value_before_another_name_stays():
    text = "- value: db7host\n  name: DB_HOST\n- name: PASSWORD_FILE\n  value: /run/x\n"
    assert redact(text) == text


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_list_below_a_name_of_several_needs_no_indentation(quote):
    text = f"a: 1\npasswords:\n- {quote}{{}}{quote}\n- {{}}\nb: 2\n"
    clean = redact(text.format(CANARY, OTHER))
    assert CANARY not in clean
    assert OTHER not in clean
    assert clean.startswith("a: 1\npasswords:\n- ")
    assert clean.endswith("\nb: 2\n")


@pytest.mark.parametrize(
    "text", ["secrets:\n- db_password\n- api_key\n", "tokens:\n- the\n- cat\n", "password:\n- rules\n"]
)
def test_a_list_of_names_or_words_stays(text):
    assert redact(text) == text
