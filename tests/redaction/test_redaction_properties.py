import base64
import copy
import json
from urllib.parse import quote, quote_plus

from hypothesis import given, settings
from hypothesis import strategies as st

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.ruleset import builtin_scanner

KEYS = st.sampled_from(["name", "title", "path", "items", "note", "author", "count", "max_tokens", "url", "x", "id"])
WORDS = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda text: "QZ7" not in text)
HARMLESS = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | WORDS, inner, max_size=4),
    max_leaves=12,
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner)
        | st.dictionaries(
            st.text() | st.integers() | st.none() | st.sampled_from(["password", "token"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)
# Characters that every encoding treats differently. The first two never occur in markers, keys or the texts around.
CANARIES = st.text(st.sampled_from("QZ7'\"\\/+&= \n\té😀%<"), min_size=4, max_size=24).map(
    lambda tail: "QZ7" + tail + "Z"
)
LEAKS = st.sampled_from(
    [
        str,
        lambda secret: f"before {secret} after",
        json.dumps,
        lambda secret: json.dumps({"a": [secret]}, ensure_ascii=False),
        lambda secret: json.dumps(json.dumps([secret])),
        repr,
        lambda secret: repr({"user": "a", "value": secret}),
        lambda secret: repr(repr(secret)),
        quote,
        lambda secret: quote(secret, safe=""),
        quote_plus,
        lambda secret: base64.b64encode(b"0" + secret.encode() + b"99").decode(),
        lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
        lambda secret: base64.b64encode(b"00" + secret.encode() + b"9").decode(),
    ]
)
SCHEMA = {
    "$defs": {"Pw": {"anyOf": [{"format": "password", "type": "string"}, {"type": "null"}]}},
    "properties": {"declared": {"items": {"$ref": "#/$defs/Pw"}, "type": "array"}},
}


def strings(value):
    if isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)
    elif isinstance(value, str):
        yield value


def core(spelt, secret):
    """What of a spelling tells the secret: base64 may end in characters that depend on its neighbours."""
    return spelt[3:-5] if secret not in spelt and "QZ7" not in spelt else spelt


@settings(max_examples=300, deadline=None)
@given(st.data(), CANARIES, HARMLESS, LEAKS, st.sampled_from(["declared", "password", "apiKey", "pair"]))
def test_a_sensitive_value_is_gone_from_everything(data, secret, around, leak, how):
    place = {
        "declared": {"declared": [secret]},
        "password": {"deep": [{"password": secret}]},
        "apiKey": {"deep": {"apiKey": [secret, {"x": secret}]}},
        "pair": {"headers": [{"name": "X-Api-Key", "value": secret}]},
    }[how]
    spelt = leak(secret)
    payload = {"around": around, **place, "leak": [spelt, {spelt: {"x": spelt}}]}
    if data.draw(st.booleans()):
        payload = dict(reversed(payload.items()))
    before = copy.deepcopy(payload)
    redactor = Redactor()
    scope = redactor.scope()
    earlier = scope.value({"leak": spelt})
    redacted = scope.value(payload, schema=SCHEMA)
    assert payload == before
    outputs = [
        *strings(redacted.value),
        *strings(scope.rescrub(earlier).value),
        scope.text(f"error: {spelt}!"),
        scope.text(secret),
        *(finding.path for finding in redacted.findings),
    ]
    assert redactor.failures == 0
    for output in outputs:
        assert secret not in output
        assert secret.strip() not in output
        assert core(spelt, secret) not in output
        assert "QZ7" not in output
    assert secret not in json.dumps(redacted.value, ensure_ascii=False)


@settings(max_examples=200, deadline=None)
@given(HARMLESS)
def test_a_harmless_value_is_returned_as_it_was(payload):
    redacted = Redactor().scope().value({"payload": payload})
    if not redacted.findings:
        assert redacted.value == {"payload": payload}
    # Random texts of twelve characters hold no token; they may hold an assignment, or digits that happen to check.
    personal = {rule.id for rule in builtin_scanner().rules if rule.personal}
    assert {finding.rule for finding in redacted.findings} <= {"assignment", "key"} | personal


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.text())
def test_anything_becomes_json_and_a_second_pass_changes_nothing(payload, free_text):
    redactor = Redactor()
    before = copy.deepcopy(payload)
    redacted = redactor.scope().value(payload)
    assert repr(payload) == repr(before)
    json.dumps(redacted.value, allow_nan=False).encode()
    again = redactor.scope().value(redacted.value)
    assert again.value == redacted.value
    once = redactor.scope().text(free_text)
    once.encode()
    assert redactor.scope().text(once) == once
    assert redactor.failures == 0


CLEAN = {
    "log": [
        "3f2a9c1 fix(parser): keep trailing blanks (#4711)",
        "commit 3f2a9c1e8b7d6f5a4c3b2a190817263544556677",
        "Author: Ann Example\nDate:   Tue Nov 24 03:29:02 2026\n\n    tokens: count them once",
        "Merge branch 'token-refactoring' into main",
        "diff --git a/src/tokens.py b/src/tokens.py\nindex 83db48f..bf269f4 100644\n@@ -1,7 +1,7 @@",
    ],
    "times": ["2026-11-24T03:29:02Z", "2026-11-24 03:29:02.123456+00:00", "03:29"],
    "uuid": "57f949eb-771c-4db4-ab98-f1265dc24254",
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
    "paths": ["/usr/lib/python3.11/secrets.py", "C:\\Users\\ann\\tokens.txt", "src/auth/token_store.rs:17", "./keys/"],
    "numbers": [0, -1, 3.5, 10**18, 1764000000000, 90210],
    "urls": ["https://example.org:8080/a?page=2&sort=key", "ssh://git@example.org/x.git", "s3://bucket/key"],
    "prose": "The secretary counted the tokens; the password policy of the authority is public.",
    "markdown": "# Tokens\n\n- a key point: see `author`\n- [link](https://example.org)\n",
    "html": "<label for=pw>Password</label>",
    "code": "def rotate(token: str, password: str | None = None) -> Token: ...",
    "ids": {
        "session_id": "abc-123",
        "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "author": "ann",
        "max_tokens": 512,
    },
    "page": {"next_page_token": "CAUQAA", "total_tokens": 17, "progressToken": 1},
    "isbn": "978-3-16-148410-0",
    "ip": "192.168.0.1",
}


def test_clean_values_survive_verbatim():
    assert Redactor().scope().value(CLEAN).value == CLEAN
    assert Redactor().scope().value({"text": json.dumps(CLEAN)}).value == {"text": json.dumps(CLEAN)}
    for text in strings(CLEAN):
        assert Redactor().scope().text(text) == text
