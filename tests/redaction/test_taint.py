import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

import pytest

from otel_mcp.redaction import Finding, Redacted, Redactor

SECRET = {"properties": {"p": {"format": "password", "type": "string", "writeOnly": True}}}
TAINT = "[REDACTED:taint]"


def scope_with(*secrets):
    scope = Redactor().scope()
    for secret in secrets:
        scope.learn({"p": secret}, schema=SECRET)
    return scope


def test_a_value_is_removed_from_values_keys_and_texts():
    scope = Redactor().scope()
    payload = {"p": "marigold", "note": "<marigold>", "marigold": {"xmarigoldx": ["marigold", 1]}}
    assert scope.value(payload, schema=SECRET).value == {
        "p": "[REDACTED:declared]",
        "note": f"<{TAINT}>",
        TAINT: {f"x{TAINT}x": [TAINT, 1]},
    }
    assert scope.text("failed for marigold") == f"failed for {TAINT}"
    assert scope.tainted
    assert scope.taint_size == 1


def test_keys_that_become_equal_are_kept_apart():
    scope = scope_with("marigold", "larkspur")
    assert scope.value({"marigold": 1, "larkspur": 2}).value == {TAINT: 1, f"{TAINT}#2": 2}


def test_findings_name_the_rule_and_a_clean_path():
    payload = {"p": "marigold", "x-marigold": [{"api key": "larkspur"}]}
    assert Redactor().scope().value(payload, schema=SECRET).findings == (
        Finding("declared", "$.p"),
        Finding("key", f'$["x-{TAINT}"][0]["api key"]'),
    )


def test_what_an_operation_showed_does_not_reach_another():
    redactor = Redactor()
    redactor.scope().learn({"password": "marigold"})
    assert redactor.scope().text("marigold") == "marigold"


def test_a_value_is_redacted_again_when_more_is_known():
    scope = Redactor().scope()
    first = scope.value({"title": "about marigold", "n": 4711, "api_key": "tulip-tulip"})
    assert first.value["title"] == "about marigold"
    scope.learn({"password": "marigold", "pin": 4711})
    again = scope.rescrub(first)
    assert again.value == {"title": f"about {TAINT}", "n": TAINT, "api_key": "[REDACTED:key]"}
    assert again.findings == (
        Finding("key", "$.api_key"),
        Finding("taint", "$.title"),
        Finding("taint", "$.n"),
    )
    assert first.value["title"] == "about marigold"
    assert scope.rescrub(again) == Redacted(again.value, again.findings)


AWKWARD = "mari'go\"ld\\7\tü/+ &<x>"


@pytest.mark.parametrize(
    "spell",
    [
        str,
        json.dumps,
        lambda secret: json.dumps(secret, ensure_ascii=False),
        lambda secret: json.dumps(json.dumps({"k": secret})),
        repr,
        ascii,
        lambda secret: repr({"k": secret}),
        lambda secret: repr(repr([secret])),
        lambda secret: repr(secret.encode()),
        quote,
        lambda secret: quote(secret, safe=""),
        quote_plus,
        lambda secret: re.sub("%..", lambda hexed: hexed[0].lower(), quote(secret, safe="")),
        html.escape,
        lambda secret: base64.b64encode(secret.encode()).decode(),
        lambda secret: base64.b64encode(b"a" + secret.encode() + b"z").decode(),
        lambda secret: base64.b64encode(b"ab" + secret.encode() + b"yz").decode(),
        lambda secret: base64.urlsafe_b64encode(b"abc" + secret.encode()).decode(),
    ],
)
@pytest.mark.parametrize("secret", ["marigold", AWKWARD, "ünïcødé-😀-words"])
def test_a_value_is_removed_in_every_spelling(spell, secret):
    spelt = spell(secret)
    cleaned = scope_with(secret).text(f"x {spelt} y")
    assert TAINT in cleaned
    assert cleaned.startswith("x ")
    assert cleaned.endswith(" y")
    assert not any(spelt[at : at + 8] in cleaned for at in range(4, len(spelt) - 12))


def test_the_longest_secret_goes_first_and_overlaps_go_whole():
    scope = scope_with("marigold", "marigold-orchid", "chid-tulip")
    assert scope.text("a marigold-orchid-tulip b") == f"a {TAINT} b"


def test_short_values_are_removed_only_where_they_stand_alone():
    scope = scope_with("x7", "abc")
    assert scope.text("x7") == TAINT
    assert scope.text("prefix x7 suffix, abcd") == "prefix x7 suffix, abcd"
    assert scope.text("it is abc, not abc_d") == f"it is {TAINT}, not abc_d"
    assert scope.value({"a": " x7 ", "id": "x77"}).value == {"a": TAINT, "id": "x77"}


def test_blank_values_stars_and_markers_are_not_remembered():
    scope = scope_with("", "   ", "**********", "[REDACTED:key]", None)
    assert not scope.tainted
    assert scope.text("[REDACTED:key] ********** x") == "[REDACTED:key] ********** x"


def test_a_description_under_a_telling_key_is_masked_but_not_remembered():
    scope = Redactor().scope()
    assert scope.value({"token": "string", "note": "a string"}).value == {"token": "[REDACTED:key]", "note": "a string"}


def test_lines_and_the_stripped_form_are_remembered_too():
    scope = scope_with("  first-line-of-it\nsecond-line-of-it\nshort\n")
    assert scope.text("second-line-of-it / first-line-of-it / short") == f"{TAINT} / {TAINT} / short"


def test_a_credential_in_a_header_is_remembered_without_its_scheme():
    scope = Redactor().scope()
    basic = base64.b64encode(b"ann:larkspur").decode()
    scope.learn({"headers": {"Authorization": "Bearer marigold", "Proxy-Authorization": f"Basic {basic}"}})
    assert scope.text("Bearer of marigold and larkspur") == f"Bearer of {TAINT} and {TAINT}"


def test_the_password_of_a_url_is_remembered():
    scope = Redactor().scope()
    scope.learn({"connection_string": "amqp://ann:mari%2Fgold@host/x"})
    assert scope.text("tried mari%2Fgold and mari/gold on host") == f"tried {TAINT} and {TAINT} on host"


def test_the_values_of_cookies_are_remembered():
    scope = Redactor().scope()
    scope.learn({"Cookie": "sid=marigold1; lang=en", "Set-Cookie": "id=larkspur2; Path=/application; Secure"})
    assert scope.text("marigold1 larkspur2 /application en") == f"{TAINT} {TAINT} /application en"


def test_numbers_are_remembered_in_decimal():
    scope = scope_with(90210, 7.125, 42)
    assert scope.text("90210 7.125 42") == f"{TAINT} {TAINT} 42"
    assert scope.value({"n": 90210, "m": 42}).value == {"n": TAINT, "m": 42}


def test_json_inside_a_text_is_read():
    scope = Redactor().scope()
    payload = {"content": [{"type": "text", "text": '{"user": "ann", "pin": 4711, "cred": {"x": "larkspur"}}'}]}
    redacted = scope.value(payload).value["content"][0]["text"]
    assert json.loads(redacted) == {"user": "ann", "pin": "[REDACTED:key]", "cred": "[REDACTED:key]"}
    assert scope.text("larkspur") == TAINT
    clean = {"text": '{"user":   "ann", "n": [1, 2]}'}
    assert scope.value(clean).value == clean


def validation_error(shown):
    return (
        "1 validation error for loginArguments\nname\n  Field required [type=missing, "
        f"input_value={shown}, input_type=dict]\n    For further information visit https://errors.pydantic.dev/2.12/v/missing"
    )


def test_a_validation_error_that_repeats_its_input_is_cleaned():
    secret = "HUNTER2MARIGOLD"
    scope = scope_with(secret)
    shown = repr({"user": "a", "blah": secret})
    assert scope.text(validation_error(shown)) == validation_error(repr({"user": "a", "blah": TAINT}))
    assert secret not in Redactor().scope().text(validation_error(repr({"user": "a", "password": secret})))


@pytest.mark.parametrize("secret", ["HUNTER2MARIGOLD-and-more-of-it-than-fits", AWKWARD * 3])
@pytest.mark.parametrize("ellipsis", ["...", "…"])
def test_both_ends_of_a_secret_beside_an_ellipsis_go(secret, ellipsis):
    shown = repr({"user": "a", "value": secret})
    for head in range(24, 44):
        for tail in (0, 8, 24):
            text = validation_error(shown[:head] + ellipsis + (shown[-tail:] if tail else ""))
            cleaned = scope_with(secret).text(text)
            # Two characters at each edge say nothing; an escape that was cut in two may leave its half.
            assert not any(repr(secret)[at : at + 5] in cleaned for at in range(len(repr(secret)) - 5)), cleaned


def test_many_secrets_are_all_removed():
    secrets = [f"canary-{number:04}-x" for number in range(400)]
    scope = scope_with(*secrets)
    assert scope.taint_size == 400
    assert scope.text(" ".join(secrets)) == " ".join([TAINT] * 400)
    assert scope.text("nothing of it") == "nothing of it"


def test_a_secret_equal_to_a_word_of_a_marker_does_not_break_markers():
    scope = scope_with("REDACTED", "declared")
    first = scope.value({"p": "declared", "q": "REDACTED"}, schema=SECRET)
    assert first.value == {"p": "[REDACTED:declared]", "q": TAINT}
    assert scope.rescrub(first).value == first.value
