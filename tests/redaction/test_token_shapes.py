import base64
import json

import pytest

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.cards import is_card, is_card_text


def text(free_text):
    redactor = Redactor()
    once = redactor.scope().text(free_text)
    assert redactor.scope().value({"x": [free_text]}).value == {"x": [once]}
    assert redactor.scope().text(once) == once
    assert redactor.failures == 0
    return once


def b64(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


JWT = f"{b64({'alg': 'HS256', 'typ': 'JWT'})}.{b64({'sub': 'ann', 'iat': 1})}.{'Qm9x' * 10}"
PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n"
    + "MIIEowIBAAKCAQEA\n" * 5
    + "-----END RSA PRIVATE KEY-----"
)

TOKENS = [
    ("github-token", "ghp_" + "Ab3" * 12),
    ("github-token", "ghs_" + "Ab3" * 12),
    ("github-token", "github_pat_" + "Ab3_" * 15),
    ("gitlab-token", "glpat-" + "Ab3-" * 5),
    ("slack-token", "xoxb-123456789012-abcdefABCDEF"),
    ("aws-key", "AKIA" + "Q3" * 8),
    ("aws-key", "ASIA" + "Q3" * 8),
    ("google-key", "AIza" + "Sy0-x" * 7),
    ("stripe-key", "sk_live_" + "4eC39H" * 4),
    ("stripe-key", "rk_live_" + "4eC39H" * 4),
    ("openai-key", "sk-proj-" + "T3Blbk" * 6),
    ("npm-token", "npm_" + "Ab3" * 12),
    ("pypi-token", "pypi-AgEIcHlwaS5vcmc" + "Ab3_" * 8),
    ("jwt", JWT),
    ("private-key", PEM),
]


@pytest.mark.parametrize(("kind", "token"), TOKENS, ids=lambda value: value[:14])
@pytest.mark.parametrize(
    "frame", ["%s", "got %s.", '"%s"', "(%s)", "a\n%s\nb", "https://example.org/?q=%s&r=1", "<b>%s</b>"]
)
def test_a_token_is_removed_from_any_text(kind, token, frame):
    if kind == "gitlab-token" and frame == "got %s.":
        frame = "got %s now"  # a full stop may be part of this kind of token
    if kind == "jwt" and frame == "got %s.":
        frame = "got %s now"
    assert text(frame % token) == frame % f"[REDACTED:{kind}]"


def test_an_anthropic_key_is_called_so_or_at_least_removed():
    assert "T3Bl" not in text("sk-ant-api03-" + "T3Bl_k" * 10)


@pytest.mark.parametrize(
    "clean",
    [
        "the prefix ghp_ marks a token of GitHub",
        "see task-sk-learn and risk-free-disk-management-of-things",
        "sk-learn-is-a-fine-library-for-everybody",
        "npm_config_registry=https://registry.example.org",
        "pypi-is-an-index-of-packages-for-python-people",
        "eyJub3QiOiJhIGp3dCJ9.eyJub3QiOiJhIGp3dCJ9.c2lnbmF0dXJl",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "uses bearer authentication or basic authentication",
        "http://example.org:8080/path and ssh://git@example.org:22/x",
        "AKIA is a prefix",
        "xoxb- is one as well",
    ],
)
def test_a_text_that_speaks_of_tokens_stays(clean):
    assert text(clean) == clean


def test_a_private_key_that_was_cut_off_goes_to_the_end():
    assert text("key:\n" + PEM[:80]) == "key:\n[REDACTED:private-key]"
    escaped = json.dumps({"k": PEM})
    assert "MIIE" not in text("log " + escaped)


@pytest.mark.parametrize(
    ("free_text", "clean"),
    [
        ("Authorization: Bearer abcDEF123", "Authorization: [REDACTED:assignment]"),
        ("curl -H 'Authorization: Basic dXNlcjptYXJpZ29sZA==' x", "curl -H 'Authorization: [REDACTED:assignment]' x"),
        ("sent Bearer abc.DEF-123_456 to it", "sent Bearer [REDACTED:bearer] to it"),
        ("postgres://ann:mari@gold@db.example/x", "postgres://ann:[REDACTED:url-credentials]@db.example/x"),
        ("redis://:marigold@localhost:6379/0", "redis://:[REDACTED:url-credentials]@localhost:6379/0"),
        ("password=marigold", "password=[REDACTED:assignment]"),
        ("password = 'mari gold' next", "password = '[REDACTED:assignment]' next"),
        ('{"api_key": "mari\\"gold", "n": 1}', '{"api_key": "[REDACTED:assignment]", "n": 1}'),
        ('{\\"api_key\\": \\"marigold\\"}', '{\\"api_key\\": \\"[REDACTED:assignment]\\"}'),
        ("api_key: marigold", "api_key: [REDACTED:assignment]"),
        ("login(user='ann', password='marigold')", "login(user='ann', password='[REDACTED:assignment]')"),
        ("login(password=marigold)", "login(password=[REDACTED:assignment])"),
        ("Server=db;User Id=ann;Password=marigold;X=1", "Server=db;User Id=ann;Password=[REDACTED:assignment];X=1"),
        ("/cb?code=1&access_token=marigold&x=1", "/cb?code=1&access_token=[REDACTED:assignment]&x=1"),
        ("tool --password marigold --verbose", "tool --password [REDACTED:assignment] --verbose"),
        ("tool --api-key=marigold -v", "tool --api-key=[REDACTED:assignment] -v"),
        ("PGPASSWORD=marigold psql", "PGPASSWORD=[REDACTED:assignment] psql"),
        ("Cookie: sid=marigold; theme=tulip\nHost: x", "Cookie: [REDACTED:assignment]\nHost: x"),
        ("secret=[mari", "secret=[REDACTED:assignment]"),
    ],
)
def test_a_value_that_is_assigned_to_a_telling_name_is_removed(free_text, clean):
    got = Redactor().scope().text(free_text)
    assert got == clean
    assert Redactor().scope().text(got) == clean


@pytest.mark.parametrize(
    "clean",
    [
        "password: must have at least 8 characters",
        "fix token: handle expiry in the parser",
        "max_tokens=512, token_count: 17",
        "def login(user: str, password: str) -> Token:",
        "password=$DB_PASSWORD and token=${TOKEN} and secret=<your secret>",
        "if password == other:",
        "Token::new(x)",
        "author: ann, authority = west",
        "primary_key=id",
        "password=None token=null",
        "password=********",
        "monkey=banana",
        'the schema is {"password": {"type": "string"}}',
    ],
)
def test_what_is_no_assignment_of_a_secret_stays(clean):
    assert text(clean) == clean


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
        "30569309025904",
        "3530111333300000",
        "2223003122003222",
        "4222222222222",
    ],
)
def test_a_card_number_is_removed(number):
    assert is_card_text(number)
    assert text(f"paid with {number}, thanks") == "paid with [REDACTED:card], thanks"
    digits = number.replace(" ", "").replace("-", "")
    assert is_card(digits)
    assert Redactor().scope().value([int(digits)]).value == ["[REDACTED:card]"]


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111112",
        "1234567890123452",
        "41 11 11 11 11 11 11 11",
        "1764000000000",
        "4111-1111 1111-1111",
        "1700000000000000000",
        "a4111111111111111",
        "4111111111111111-4111",
    ],
)
def test_digits_that_are_no_card_stay(number):
    assert text(f"number {number} here") == f"number {number} here"


def test_a_token_found_by_shape_is_removed_in_other_spellings_too():
    token = "ghp_" + "Ab3" * 12
    in_text = base64.b64encode(f"x:{token}".encode()).decode()
    among_bytes = base64.b64encode(b"\xff\x00\xfe" + token.encode() + b"\xff").decode()
    redacted = Redactor().scope().value({"a": in_text, "b": token, "c": among_bytes})
    assert redacted.value["a"] == "[REDACTED:github-token]"
    assert "[REDACTED:taint]" in redacted.value["c"]
    assert {finding.rule for finding in redacted.findings} == {"taint", "github-token"}
