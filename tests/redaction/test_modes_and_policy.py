"""What happens to what is found, and who decides: modes, names, tools, paths, allowances."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.errors import ConfigError, RuleError
from otel_mcp.redaction import Redactor
from otel_mcp.redaction.marks import is_marker
from otel_mcp.redaction.modes import PseudonymKey
from otel_mcp.redaction.paths import parse_path
from otel_mcp.redaction.policyfile import load_file
from otel_mcp.redaction.rulefile import run_examples
from otel_mcp.redaction.ruleset import scanner_with

KEY = PseudonymKey("k1", bytes(range(32)))
GITHUB = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vX7zA2cD4fG6hI8"
BUILD = "ghp_" + "hI8aB3dE5gH7jK9mN1pQ3sT5vX7zA2cD4fG6"
CARD = "4111 1111 1111 1111"
MAIL = "ann.lee@ridge-station.net"
DECLARED = {"properties": {"plain": {"type": "string", "writeOnly": True}}}
DOCUMENT = (Path(__file__).parents[2] / "docs" / "redaction-rules.md").read_text(encoding="utf-8")


def redactor(text, key=KEY):
    file = load_file(text, source="acme.toml")
    return Redactor(
        scanner=scanner_with([row.rule for row in file.rows], without=file.without), policy=file.policy.with_key(key)
    )


def mode(kind, word):
    return f'[[rule]]\nid = "{kind}"\nmode = "{word}"\n'


def value(text, payload, *, tool=None, **more):
    made = redactor(text)
    scope = made.scope(tool)
    clean = scope.value(payload, **more)
    json.dumps(clean.value)
    assert made.failures == 0
    # A second look, in this operation or another, changes nothing.
    assert scope.rescrub(clean).value == clean.value
    assert made.scope(tool).value(clean.value, **more).value == clean.value
    return clean.value


def pseudonym(kind, text):
    message = b"otel-mcp/pseudonym/v1\0" + kind.encode() + b"\0" + text.encode()
    return f"[{kind}:k1:{hmac.new(KEY.key, message, hashlib.sha256).hexdigest()[:24]}]"


# -- modes ---------------------------------------------------------------------------------------------------------


def test_a_pseudonym_is_the_documented_digest_and_the_same_for_each_spelling_of_a_value():
    rules = mode("email", "hmac") + mode("card", "hmac")
    clean = value(rules, {"a": f"from {MAIL}!", "email": MAIL.title(), "card": "4111-1111-1111-1111", "n": [CARD]})
    assert clean == {
        "a": f"from {pseudonym('email', MAIL)}!",
        "email": pseudonym("email", MAIL),
        "card": pseudonym("card", CARD.replace(" ", "")),
        "n": [pseudonym("card", CARD.replace(" ", ""))],
    }


def test_two_values_have_two_pseudonyms_and_another_key_gives_others():
    rules = mode("email", "hmac")
    other = redactor(rules, PseudonymKey("k2", b"\x07" * 32)).scope().text(MAIL)
    assert len({redactor(rules).scope().text(text) for text in (MAIL, "b" + MAIL)} | {other}) == 3
    assert other.startswith("[email:k2:")


@pytest.mark.parametrize("key", [b"", b"x" * 31])
def test_a_short_key_is_refused_and_no_error_shows_a_key(key):
    with pytest.raises(ConfigError, match="must have 32 bytes"):
        PseudonymKey("k1", key)
    assert "\\x" not in repr(KEY)


def test_without_a_key_pseudonyms_are_refused():
    file = load_file(mode("email", "hmac"), source="acme.toml")
    with pytest.raises(ConfigError, match="mode hmac needs a key"):
        Redactor(policy=file.policy)


def test_dropped_members_disappear_and_items_leave_null_so_that_the_others_keep_their_place():
    rules = mode("github-token", "drop") + mode("key", "drop") + mode("declared", "drop")
    payload = {"a": GITHUB, "b": [GITHUB, f"x {GITHUB}.", 7], "password": ["gentian"], "plain": "iris blue", "c": 1}
    assert value(rules, payload, schema=DECLARED) == {"b": [None, "x .", 7], "c": 1}
    assert value(rules, GITHUB) is None
    assert value(rules, "iris blue", schema={"writeOnly": True}) is None
    assert redactor(rules).scope().text(f"<{GITHUB}>") == "<>"


def test_a_kind_that_says_more_names_a_value_that_stands_beside_a_telling_word():
    rules = mode("github-token", "hmac") + mode("card", "last4")
    card = CARD.replace(" ", "")
    payload = {
        "a": f"GITHUB_TOKEN={GITHUB}",
        "token": GITHUB,
        "inner": json.dumps({"password": GITHUB}),
        "card_number": card,
        "number": {"password": int(card)},
        "pw": [f"password={GITHUB} and more", f'{{"token": "{GITHUB}"}}'],
        "password": "gentian-7-larkspur",
    }
    name = pseudonym("github-token", GITHUB)
    assert value(rules, payload) == {
        "a": f"GITHUB_TOKEN={name}",
        "token": name,
        "inner": json.dumps({"password": name}),
        "card_number": "[REDACTED:card *1111]",
        "number": {"password": "[REDACTED:card *1111]"},
        "pw": "[REDACTED:key]",
        "password": "[REDACTED:key]",
    }
    found = {finding.rule for finding in redactor(rules).scope().value(payload).findings}
    assert {"github-token", "card", "key"} <= found


def test_a_password_in_the_form_of_an_address_is_a_password():
    assert value(mode("email", "hmac"), {"password": MAIL}) == {"password": "[REDACTED:key]"}


def test_what_was_dropped_is_still_a_finding():
    found = redactor(mode("github-token", "drop")).scope().value({"a": GITHUB}).findings
    assert ("github-token", "$.a") in [(finding.rule, finding.path) for finding in found]


def test_last4_shows_the_end_of_cards_accounts_and_telephones():
    rules = mode("card", "last4") + mode("iban", "last4") + mode("phone", "last4")
    payload = {
        "a": f"with {CARD}",
        "n": 4111111111111111,
        "iban": "DE89 3704 0044 0532 0130 00",
        "phone": "+49 30 901820",
    }
    assert value(rules, payload) == {
        "a": "with [REDACTED:card *1111]",
        "n": "[REDACTED:card *1111]",
        "iban": "[REDACTED:iban *3000]",
        "phone": "[REDACTED:phone *1820]",
    }


@pytest.mark.parametrize(
    "text",
    [
        mode("github-token", "last4"),
        mode("key", "last4"),
        mode("ssn", "last4"),
        '[[key]]\nnames = ["employee_no"]\nmode = "last4"\n',
        '[tool."x"]\nmode = "last4"\n',
        '[tool."x"]\npaths = { "$.a" = "last4" }\n',
    ],
)
def test_last4_of_anything_else_is_refused(text):
    with pytest.raises(RuleError, match=r"^acme\.toml: .*mode last4 is for card, iban, phone only"):
        load_file(text, source="acme.toml")


def test_last4_does_not_show_the_end_of_a_secret_that_looks_like_a_card():
    scope = redactor(mode("card", "last4")).scope()
    scope.learn({"plain": CARD}, schema=DECLARED)
    assert "1111" not in scope.text(f"it is {CARD}.")


def test_a_repeated_secret_has_one_pseudonym_in_every_spelling_and_parts_of_it_are_marked():
    scope = redactor(mode("key", "hmac")).scope()
    clean = scope.value(
        {"password": 'iris "blue" 7', "again": 'it was iris "blue" 7.', "deep": {"password": 9182736455}}
    )
    name = pseudonym("key", 'iris "blue" 7')
    assert clean.value["password"] == name
    assert clean.value["again"] == f"it was {name}."
    assert scope.text(json.dumps(['iris "blue" 7'])) == f'["{name}"]'
    assert scope.value([9182736455]).value == [pseudonym("key", "9182736455")]
    assert scope.text("iris%20%22blue%22%207") == name
    assert scope.text('iris "blu...') == "[REDACTED:taint]..."


def test_what_no_rule_with_pseudonyms_found_is_a_plain_repetition():
    scope = redactor(mode("email", "hmac")).scope()
    scope.learn({"password": "iris blue"})
    assert scope.text("iris blue") == "[REDACTED:taint]"


def test_a_structure_under_pseudonyms_is_a_marker_and_its_texts_have_pseudonyms_elsewhere():
    scope = redactor(mode("key", "hmac")).scope()
    assert scope.value({"password": {"a": ["iris blue"]}}).value == {"password": "[REDACTED:key]"}
    assert scope.text("iris blue") == pseudonym("key", "iris blue")


# -- a marker is no shield -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["[email:k1:%s]", "[key:k1:%s]", "[REDACTED:card *%s]", "[REDACTED:%s]"])
def test_a_marker_that_a_client_writes_protects_nothing(form):
    secret = "9c1185a5c5e9fc54612808ab" if "k1" in form else "9c11"
    scope = redactor(mode("email", "hmac") + mode("card", "last4")).scope()
    written = form % secret
    assert not is_marker(written)
    clean = scope.value({"note": f"see {written}", "password": secret, "other": written})
    assert secret not in json.dumps(clean.value)
    assert secret not in scope.text(f"{written}{written}")


def test_a_secret_of_the_form_of_a_pseudonym_is_one_under_a_sensitive_name():
    written = "[key:k1:9c1185a5c5e9fc54612808ab]"
    assert redactor(mode("key", "hmac")).scope().value({"password": written}).value["password"] != written


@given(st.text(st.sampled_from("[]:*kaemil \nREDACT"), max_size=60))
def test_a_second_look_at_any_text_changes_nothing(text):
    made = redactor(mode("email", "hmac") + mode("card", "last4") + mode("key", "drop"))
    once = made.scope().text(f"{text} {MAIL} {text}\n{CARD}\n{text}")
    assert made.scope().text(once) == once
    assert MAIL not in once
    assert CARD not in once


# -- names ---------------------------------------------------------------------------------------------------------

EMPLOYEE = '[[key]]\nnames = ["employee_no", "Personalnummer"]\n'


@pytest.mark.parametrize(
    "key", ["employee_no", "employeeNo", "EMPLOYEE-NO", "Employee No", "employeeno", "lastEmployeeNo", "PERSONALNUMMER"]
)
def test_a_name_of_the_file_is_sensitive_however_it_is_written(key):
    assert value(EMPLOYEE, {key: "iris-77", "x": "say iris-77"}) == {
        key: "[REDACTED:key]",
        "x": "say [REDACTED:taint]",
    }
    assert value(EMPLOYEE, {"name": key, "value": "iris-77"})["value"] == "[REDACTED:key]"


@pytest.mark.parametrize("key", ["employee", "employee_norm", "no_employee", "employee_no_format"])
def test_a_name_with_other_words_is_not(key):
    made = redactor(EMPLOYEE)
    for _ in range(2):  # the second time by the short way
        assert made.scope().value({key: "iris-77"}).value == {key: "iris-77"}


def test_a_name_may_have_a_mode_and_a_kind_of_its_own():
    rules = (
        '[[key]]\nnames = ["employee_no"]\nmode = "hmac"\nkind = "staff"\n[[key]]\nnames = ["badge"]\nmode = "drop"\n'
    )
    assert value(rules, {"employee_no": 4711, "badge": "iris", "x": 1}) == {
        "employee_no": pseudonym("staff", "4711"),
        "x": 1,
    }


def test_a_name_that_is_harmless_here_is_left_alone_and_no_longer_one():
    rules = '[[key]]\nnames = ["password"]\nmode = "allow"\n'
    assert value(rules, {"Password": "iris", "db_password": "rose"}) == {
        "Password": "iris",
        "db_password": "[REDACTED:key]",
    }
    assert value(rules, {"password": "iris"}, schema={"properties": {"password": {"writeOnly": True}}}) == {
        "password": "[REDACTED:declared]"
    }


# -- what may stay -------------------------------------------------------------------------------------------------


def test_an_allowance_needs_all_its_conditions():
    rules = '[[allow]]\nrule = "email"\nvalue = \'.*@example\\.com\'\n[[allow]]\nattribute = "note"\nrule = ["card"]\n'
    payload = {"a": f"x@example.com {MAIL}", "note": [CARD], "b": {"note": f"{CARD} {MAIL}"}, "c": CARD}
    assert value(rules, payload) == {
        "a": "x@example.com [REDACTED:email]",
        "note": ["[REDACTED:card]"],
        "b": {"note": f"{CARD} [REDACTED:email]"},
        "c": "[REDACTED:card]",
    }
    assert redactor(rules).scope().text("x@example.com") == "x@example.com"


def test_an_allowance_may_be_for_a_tool_and_a_path():
    rules = '[[allow]]\ntool = "mail.*"\npath = "$.to[*]"\n'
    payload = {"to": [MAIL, {"cc": MAIL}], "from": MAIL}
    assert value(rules, payload, tool="mail.send") == {"to": [MAIL, {"cc": MAIL}], "from": "[REDACTED:email]"}
    assert value(rules, payload, tool="post")["to"] == ["[REDACTED:email]", {"cc": "[REDACTED:email]"}]


def test_nothing_allows_what_a_schema_declares_or_what_is_repeated():
    rules = "[[allow]]\nvalue = 'iris .*'\n[[allow]]\nattribute = \"plain\"\n"
    payload = {"plain": "iris blue", "password": "iris red", "note": "so iris blue it is"}
    assert value(rules, payload, schema=DECLARED) == {
        "plain": "[REDACTED:declared]",
        "password": "iris red",
        "note": "so [REDACTED:taint] it is",
    }


def test_a_rule_that_is_switched_off_finds_nothing_by_shape_or_name():
    rules = '[[rule]]\nid = "email"\nenabled = false\n'
    assert value(rules, {"a": MAIL, "email": MAIL, "card": CARD}) == {
        "a": MAIL,
        "email": MAIL,
        "card": "[REDACTED:card]",
    }


# -- tools and places ----------------------------------------------------------------------------------------------

LOGIN = """
[tool."login"]
sensitive = ["$.cfg.word", "$.items[*].x", '$["odd name"][1]', "$.any.*"]
safe = ["$.free", "$.cfg"]
mode = "hmac"
paths = { "$.items" = "mask", "$.items[2]" = "drop" }
"""


def test_places_of_a_tool_are_sensitive_safe_or_have_a_mode():
    payload = {
        "cfg": {"word": "iris", "password": "rose"},
        "items": [{"x": "a-1"}, {"x": 5}, {"x": "c-3", "y": MAIL}],
        "odd name": ["p", "q"],
        "any": {"k": "v"},
        "free": [MAIL, {"token": "tulip"}],
        "mail": MAIL,
    }
    assert value(LOGIN, payload, tool="login") == {
        "cfg": {"word": pseudonym("declared", "iris"), "password": "rose"},
        "items": [{"x": "[REDACTED:declared]"}, {"x": "[REDACTED:declared]"}, {}],
        "odd name": ["p", pseudonym("declared", "q")],
        "any": {"k": pseudonym("declared", "v")},
        "free": [MAIL, {"token": "tulip"}],
        "mail": pseudonym("email", MAIL),
    }
    assert value(LOGIN, {"cfg": {"word": "iris"}}, tool="logout") == {"cfg": {"word": "iris"}}


def test_places_lead_into_json_texts_and_go_with_a_schema():
    text = json.dumps({"word": "iris"})
    assert json.loads(value(LOGIN, {"cfg": text}, tool="login")["cfg"]) == {"word": pseudonym("declared", "iris")}
    both = value(LOGIN, {"plain": "violet", "items": [{"x": "y-1"}]}, tool="login", schema=DECLARED)
    assert both == {"plain": pseudonym("declared", "violet"), "items": [{"x": "[REDACTED:declared]"}]}


def test_a_value_that_contains_itself_ends_with_paths_too():
    payload = {"items": []}
    payload["items"].append(payload)
    payload["password"] = payload
    redactor(LOGIN).scope("login").learn(payload)
    assert redactor(LOGIN).scope("login").value(payload).value["password"] == "[REDACTED:key]"


@pytest.mark.parametrize(
    ("content", "kept"),
    [("all", {"arguments", "results"}), ("arguments", {"arguments"}), ("results", {"results"}), ("none", set())],
)
def test_a_tool_says_what_of_it_is_kept(content, kept):
    made = redactor(f'[tool."billing.*"]\ncontent = "{content}"\n')
    assert {name for name in ("arguments", "results") if made.scope("billing.refund").keeps(name)} == kept
    assert made.scope("other").keeps("results")
    assert made.scope().keeps("results")


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$", ()),
        ("$.a.b-c", ("a", "b-c")),
        ('$["a.b"][0]', ("a.b", 0)),
        ("$['x y']", ("x y",)),
        ("$.größe", ("größe",)),
    ],
)
def test_a_path_is_read(path, steps):
    assert parse_path(path) == steps


@pytest.mark.parametrize(
    "path", ["", "a", "$.", "$..a", "$[-1]", "$[1:2]", "$[?(@.a)]", "$.a b", '$["a]', "$" + ".a" * 65]
)
def test_another_text_is_no_path(path):
    with pytest.raises(ValueError):
        parse_path(path)


# -- the file ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[rules]]\nid = 'x'", "unknown table 'rules' (known: rule, beside, key, allow, tool, plugins)"),
        ("[[rule]]\nid = 'emial'\nmode = 'drop'", "emial: no rule of the package has this id"),
        ("[[rule]]\nid = 'key'\nenabled = false", "key: what a name or a schema gives away cannot be switched off"),
        ("[[rule]]\nid = 'email'\nmode = 'hide'", "email: mode 'hide' must be one of mask, drop, hmac, last4"),
        ("[[rule]]\nid = 'email'\nenabled = 'no'", "email: 'enabled' has the wrong type"),
        ("[[rule]]\nid = 'emial'\nmode = 'drop'", "emial: no rule of the package has this id (did you mean 'email'?"),
        (
            "[[rule]]\nid = 'email'",
            "email: a row with nothing but an id says nothing (enabled = false or a mode changes",
        ),
        ("[rule]\nid = 'email'\nmode = 'drop'", "rule: written [rule], and [[rule]] is meant"),
        ("[[rule]]\nid = 'email'\nmode = 'drop'\n" * 2, "email: there are two rows with this id"),
        ("[[key]]\nmode = 'drop'", "key 1: 'names' is missing or empty"),
        ("[[key]]\nnames = [3]", "key 1: 'names' must be a list of texts"),
        ("[[key]]\nnames = ['a']\nmode = 'hide'", "key 1: mode 'hide' must be one of"),
        ("[key]\nnames = ['a']", "key: written [key], and [[key]] is meant"),
        ("key = 3", "key: must be tables, written [[key]]"),
        (
            "[[key]]\nnames = ['staff_no']\n[[key]]\nnames = ['staffNo']\nmode = 'allow'",
            "key 2: 'staffno' is both hidden and allowed",
        ),
        ("[[allow]]\nvalue = '.+'", "allow 1: value: matches everything"),
        ("[[allow]]\nrule = 'email'\nvalue = '(?s:.){1,}'", "allow 1: value: matches everything"),
        ("[[allow]]\ntool = '*'", "allow 1: tool: every tool is meant"),
        ("[[allow]]\nrule = 'emial'", "allow 1: rule 'emial': no rule and no kind has this id (did you mean 'email'?)"),
        ("[tool.'x[']\nmode = 'drop'", "tool 'x[': a [ without a ]"),
        ("[[allow]]", "allow 1: needs at least one of attribute, path, rule, tool, value"),
        ("[[allow]]\nvalue = '(a+)+b'", "allow 1: value: "),
        ("[[allow]]\nname = 'x'", "allow 1: unknown field 'name'"),
        ("[tool.x]\ncontent = 'some'", "tool 'x': content 'some' must be one of all, arguments, results, none"),
        ("[tool.x]\nsensitive = ['cred']", "tool 'x': 'cred' is no path"),
        ("[tool]\nx = 3", "tool 'x': must be a table"),
        ("tool = 3", "tool: must be tables"),
        ("[plugins]\nname = 'x'", "plugins: unknown field 'name'"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_that_names_file_row_and_reason(text, reason):
    with pytest.raises(RuleError) as refused:
        load_file(text, source="acme.toml")
    assert str(refused.value).startswith(f"acme.toml: {reason}")


def test_a_row_with_the_id_of_a_rule_of_the_package_replaces_it():
    row = '[[rule]]\nid = "email"\nkeywords = ["@ridge"]\nregex = \'[a-z.]+@ridge-station\\.net\'\n'
    rules = row + f'match = ["{MAIL}"]\nno_match = ["a@b"]\n'
    assert value(rules, [MAIL, "bob@example.com"]) == ["[REDACTED:email]", "bob@example.com"]
    assert value(rules + "enabled = false\n", [MAIL]) == [MAIL]


def test_the_example_of_the_documentation_works():
    text = re.search(r"<!-- example -->\n```toml\n(.*?)```\n<!-- /example -->", DOCUMENT, re.DOTALL)[1]
    file = load_file(text, source="docs")
    assert run_examples(file.rows) == []
    made = redactor(text)
    token = file.rows[0].match[0]
    clean = made.scope("login").value(
        {
            "note": f"use {token}",
            "cred": "x",
            "contact": MAIL,
            "build": BUILD,
            "items": [{"pan": CARD}],
            "t": GITHUB,
        }
    )
    assert clean.value == {"note": "use ", "contact": "[REDACTED:email]", "build": BUILD, "items": [{}]}
    clean = made.scope().value(
        {"a": token, "employeeNo": "7", "card": CARD, "mac": "00:1b:44:11:3a:b7", "by": "a.b@example.com"}
    )
    assert clean.value == {
        "a": pseudonym("acme-token", token),
        "employeeNo": pseudonym("key", "7"),
        "card": "[REDACTED:card *1111]",
        "mac": "00:1b:44:11:3a:b7",
        "by": "a.b@example.com",
    }
    assert not made.scope("billing.refund").keeps("results")


def test_the_example_of_a_value_beside_a_word_finds_what_the_page_says():
    text = re.findall(r"<!-- example -->\n```toml\n(.*?)```\n<!-- /example -->", DOCUMENT, re.DOTALL)[1]
    file = load_file(text, source="docs")
    assert run_examples(file.rows) == []
    for example in ("ACME_SHOP_KEY=marigold1", '"acmeShopToken": "marigold1"', "the acme-shop key is marigold1"):
        assert example in text
        assert run_examples([file.rows[0]._replace(match=(example,))]) == []


@pytest.mark.parametrize("table", ["rule", "beside"])
def test_the_fields_that_messages_name_are_those_of_the_page(table):
    with pytest.raises(RuleError) as refused:
        load_file(f"[[{table}]]\nid = 'x'\ncolour = 'red'", source="acme.toml")
    known = re.search(r"known: (.*)\)", str(refused.value))[1].split(", ")
    page = "".join(re.findall(rf"\| field of `\[\[{table}\]\]` \|.*?\n\n", DOCUMENT, re.DOTALL))
    page += re.search(r"`\[\[beside\]\]` has .*", DOCUMENT)[0] if table == "beside" else ""
    assert [name for name in known if f"`{name}`" not in page] == []
