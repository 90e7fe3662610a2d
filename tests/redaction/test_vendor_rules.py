"""The built-in rules of vendors' tokens: what they promise to find, and what must stay."""

import base64
import json
from pathlib import Path

import pytest

from otel_mcp.redaction import tokens
from otel_mcp.redaction.checks import make_check
from otel_mcp.redaction.rulefile import builtin_rules, builtin_text, load_rows, run_examples

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "tokens.json").read_text(encoding="utf-8"))
RULES = (*builtin_rules(), *tokens.RULES)
ROWS = load_rows(builtin_text(), source="rules.toml")


def found(text, rules=RULES):
    """Every place that any rule finds, asked at every needle, as the scanner does."""
    lower, places = text.lower(), []
    for rule in rules:
        for needle in rule.needles:
            at = lower.find(needle)
            while at >= 0:
                place = rule.find(text, at)
                if place is not None:
                    places.append((*place, rule.id))
                at = lower.find(needle, at + 1)
    return places


def without(text, rules=RULES):
    kept = list(text)
    for start, end, _ in found(text, rules):
        kept[start:end] = ["\0"] * (end - start)
    return "".join(kept)


def test_every_example_of_the_built_in_rules_behaves_as_its_row_says():
    assert [str(problem) for problem in run_examples(ROWS)] == []


def test_a_match_example_loses_what_it_is_about():
    for row in ROWS:
        for example in row.match:
            assert "\0" * 8 in without(example, [row.rule]), row.rule.id


@pytest.mark.parametrize("vector", VECTORS["rows"], ids=lambda vector: f"{vector['rule']}-{vector['source'][:24]}")
@pytest.mark.parametrize("frame", ["%s", "see %s ", '"%s"', "(%s)", "a\n%s\nb", "a\\n%s\\nb", "\x1b[31m%s\x1b[0m"])
def test_what_vendors_and_specifications_publish_as_an_example_is_found(vector, frame):
    text = frame % vector.get("text", vector["secret"])
    assert vector["secret"] not in without(text)
    assert vector["rule"] in {rule for _, _, rule in found(text)}


@pytest.mark.parametrize("vector", VECTORS["checks"], ids=lambda vector: vector["check"])
def test_a_check_takes_what_is_published_as_valid_and_nothing_next_to_it(vector):
    check = make_check(vector["check"])
    assert check(vector["valid"])
    assert not check(vector["invalid"])


@pytest.mark.parametrize(
    "carrier",
    [
        "SNYK_TOKEN={}",
        "export SNYK_TOKEN='{}'",
        "snyk_token: {}",
        '{{"snyk": {{"api_token": "{}"}}}}',
        '{{\\"snykToken\\": \\"{}\\"}}',
        'const snykApiKey = "{}";',
        "snyk.api_key := `{}`",
        "X-Snyk-Token: {}",
        "Snyk-Auth: Token {}",
        'Snyk(token="{}")',
        'setenv("SNYK_TOKEN", "{}")',
        "<snykToken>\n  {}\n</snykToken>",
        '<add key="SnykToken" value="{}" />',
        "<key>snykToken</key><string>{}</string>",
        "name: SNYK_TOKEN\n  value: {}",
        "https://example.org/cb?snyk_token={}&x=1",
        "tool --snyk-token {} run",
        "our snyk api key is {}, do not share it",
        "| SNYK_TOKEN | {} |",
        "[snyk]\napi_token = {}",
        "snyk_token: str = '{}'",
        'SNYK_TOKEN = os.getenv("TOKEN_OF_IT", "{}")',
        "snyk_token = os.environ.get('X', default='{}')",
        'const snykToken = process.env["X"] || "{}"',
        "snyk_token = ENV['X'] or '{}'",
        'SNYK_TOKEN="${{X:-{}}}"',
    ],
)
def test_an_opaque_value_is_found_beside_the_word_of_its_vendor_in_any_notation(carrier):
    value = "1f0c8a52-9b6d-4e37-a1c4-7d20e5b3f968"
    assert value not in without(carrier.format(value))


@pytest.mark.parametrize(
    "harmless",
    [
        "snyk project 1f0c8a52-9b6d-4e37-a1c4-7d20e5b3f968",
        "snyk_project_id=1f0c8a52-9b6d-4e37-a1c4-7d20e5b3f968",
        "heroku: 1f0c8a52-9b6d-4e37-a1c4-7d20e5b3f968",
        "datadog_trace_id: 8cc1893caaefa26a5b4624b643edeca3",
        "datadog/agent@sha256:02e0bacd9786f597d61fdb18206a507ccf0a3dc3e2f46b9aad119495c2d26ed2",
        "datadog token fixed in commit 9290225f43c1831d22a69d32510c7c8dc80dd18b",
        "git checkout sonar 9290225f43c1831d22a69d32510c7c8dc80dd18b",
        "circleci: 9290225f43c1831d22a69d32510c7c8dc80dd18b",
        "okta_key = getOktaTokenFromTheEnvironmentOfTheProcess",
        "DATADOG_API_KEY=${DATADOG_API_KEY}",
        "DATADOG_API_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "SNYK_TOKEN=00000000-0000-0000-0000-000000000000",
        "the boxes and the linearly squared tokens of discord and etsy keys",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and sk-ant-your-key-goes-here",
        "risk-free disk-management, task-sk-learn, sk-learn-is-a-fine-library",
        "npm_config_registry pypi-is-an-index-of-packages dose of 12 secret_access_key test_of_the_parser",
        "hooks.slack.com and discord.com/api/webhooks and api.telegram.org/bot",
        "aa:bb:cc:aa:dd:ee and 00:1a:aa:2b:3c:4d",
        "data:image/png;base64," + "iVBORw0KGgo" * 20,
        "solana_tx: " + "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9Cos" * 2,
        "0x" + "9b1c0e0d3f0a4b5c" * 4,
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END CERTIFICATE-----",
        "the header -----BEGIN PRIVATE KEY----- was seen in a file that holds nothing else",
        "-----BEGIN OPENSSH PRIVATE KEY----------END OPENSSH PRIVATE KEY-----",
        '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6p"}',
        "eyJub3QiOiJhIGp3dCJ9.eyJub3QiOiJhIGp3dCJ9.c2lnbmF0dXJl",
        "v4.local.example.org and v2.public and oauth:authorization",
        "K" + "w7" * 25 + "x and 5J" + "q4" * 24 + "r",
        "zeros " + "A" * 200 + "%3D",
        '{"d": "jpsQnnGQmL-YBIffH1136_xQ", "k": "v"}',
        "sourcegraph: 6d2fabeb6add229bc199faba28fd3efb57df0bd3",
        "mnemonic: this is the word list and you should keep it for your own records and the others",
        "PublicKey = " + "b7" * 20 + "xQA=",
        "AKIA is a prefix; YMAKIA1234567890ABCDEFGH is a longer word",
    ],
)
def test_what_only_resembles_a_token_stays(harmless):
    assert without(harmless) == harmless


BODY = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW"
LINES = [BODY, BODY[::-1], BODY[3:40] + "=="]


@pytest.mark.parametrize("label", ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\\n", "\\r\\n", "\\\\n", " "])
@pytest.mark.parametrize("end", [True, False])
def test_a_private_key_is_found_in_any_notation_with_its_end_or_without(label, newline, end):
    key = newline.join([f"-----BEGIN {label}-----", *LINES, *([f"-----END {label}-----"] if end else [])])
    left = without(f'{{"key": "{key}", "next": 1}}')
    assert all(line[:12] not in left for line in LINES)
    assert left.endswith('", "next": 1}')


@pytest.mark.parametrize(
    "container",
    [
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,D41D8CD98F00B204\n\n{}\n{}\n",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\nComment: of ann\n\n{}\n{}\n=njUN\n",
        '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "ann"\n{}\n{}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nPrivate-Lines: 2\n{}\n{}\nPrivate-MAC: 1f0c8a52",
    ],
)
def test_the_lines_of_a_private_key_go_in_every_container(container):
    left = without(container.format(BODY, BODY[::-1]))
    assert BODY[:12] not in left
    assert BODY[::-1][:12] not in left


@pytest.mark.parametrize("quote", ['"', '\\"'])
def test_the_private_members_of_a_json_web_key_go_and_the_public_ones_stay(quote):
    key = {
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "d": "jpsQnnGQmL-YBIffH1136",
    }
    left = without(json.dumps(key).replace('"', quote))
    assert key["d"] not in left
    assert key["x"] in left


def test_the_private_members_of_a_json_web_key_are_named_for_those_who_read_the_object_itself():
    assert tokens.private_members({"kty": "RSA", "n": "1", "e": "2", "d": "3", "qi": "4"}) == {"d", "qi"}
    assert tokens.private_members(["kty", "k", "kid"]) == {"k"}
    assert tokens.private_members({"d": 1, "k": 2}) == set()


def test_the_bearer_token_of_an_app_of_x_is_known_by_its_zeros_and_its_escapes():
    token = "A" * 21 + "b7Xq2" * 5 + "%2B" + "r4Tz9" * 9 + "%3D" + "n6Lw" * 8
    assert without(f"sent {token} to it") == "sent " + "\0" * len(token) + " to it"
    assert without(f'"{token}"') == '"' + "\0" * len(token) + '"'
    assert without("x" + token) == "x" + token


def test_a_signed_token_is_found_in_base64_as_well():
    token = VECTORS["rows"][0]["secret"]
    encoded = base64.b64encode(token.encode()).decode()
    assert without(f"Secret: {encoded}") == "Secret: " + "\0" * len(encoded)


def test_a_discord_bot_token_is_known_by_the_id_it_begins_with():
    identity = base64.urlsafe_b64encode(b"1234567890123456789").decode().rstrip("=")
    token = f"{identity}.GhTk2x.{'b7Xq' * 9}"
    assert without(f"bot {token}") == "bot " + "\0" * len(token)
    assert without("MTIzABCD.GhTk2x.short") == "MTIzABCD.GhTk2x.short"


def test_the_rules_that_were_there_before_keep_their_names():
    names = {rule.id for rule in RULES}
    assert names >= {"github-token", "gitlab-token", "slack-token", "aws-key", "google-key", "stripe-key", "jwt"}
    assert names >= {"anthropic-key", "openai-key", "npm-token", "pypi-token", "private-key"}
