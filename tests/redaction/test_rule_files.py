"""Rule files: what is read from them, and the one sentence that refuses a bad one."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.errors import ConfigError, RuleError
from otel_mcp.redaction.checks import make_check
from otel_mcp.redaction.expressions import check_expression, heads
from otel_mcp.redaction.rulefile import (
    builtin_rules,
    builtin_text,
    load_rows,
    load_rules,
    read_plainly,
    run_examples,
)

ROW = {
    "id": '"acme-token"',
    "keywords": '["acme_"]',
    "regex": "'acme_[a-z0-9]{8,32}'",
    "match": '["acme_marigold1"]',
    "no_match": '["acme_x"]',
}


def rule(table="rule", **fields):
    row = {**ROW, **fields}
    return f"[[{table}]]\n" + "".join(f"{name} = {value}\n" for name, value in row.items() if value is not None)


def place(text, **fields):
    [read] = load_rules(rule(**fields), source="acme.toml")
    at = text.lower().find(read.needles[0])
    found = read.find(text, at)
    return None if found is None else text[found[0] : found[1]]


def test_a_row_becomes_a_rule():
    [row] = load_rows(rule(mode='"hmac"', **{"class": '"pii"'}), source="acme.toml")
    assert (row.rule.id, row.rule.needles, row.rule.personal) == ("acme-token", ("acme_",), True)
    assert (row.kind, row.mode, row.match, row.no_match) == ("pii", "hmac", ("acme_marigold1",), ("acme_x",))
    assert run_examples([row]) == []


def test_rows_of_one_name_are_several_rules_of_it():
    assert len(load_rules(rule() + rule(), source="acme.toml")) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("use acme_marigold1 now", "acme_marigold1"),
        ("x=acme_marigold1&y", "acme_marigold1"),
        ("my_acme_marigold1", "acme_marigold1"),
        ("myacme_marigold1", None),
        ("acme_marigold1X", None),
        ("\\nacme_marigold1\\n", "acme_marigold1"),
        ("ACME_MARIGOLD1", None),
        ("acme_xxxxxxxxxx", None),
    ],
)
def test_a_token_is_found_where_it_is_a_word_of_its_own(text, found):
    assert place(text) == found


def test_the_group_named_secret_is_the_part_that_goes():
    assert place("id acme_marigold1", regex="'acme_(?P<secret>[a-z0-9]{8,32})'") == "marigold1"


def test_an_expression_that_begins_elsewhere_is_searched_for_around_the_keyword():
    row = {"regex": "'[a-z]{4}:acme_[0-9]{4}'", "match": '["rose:acme_1234"]'}
    assert place("two, rose:acme_1234", **row) == "rose:acme_1234"
    assert place("rose:" + "x" * 300 + " acme_1234", **row) is None


@pytest.mark.parametrize("before", ["5", "[4, 6]"])
def test_the_place_before_the_keyword_can_be_given(before):
    row = {"regex": "'[a-z]{4}:acme_[0-9]{4}'", "match": '["rose:acme_1234"]', "before": before}
    assert place("two, rose:acme_1234", **row) == "rose:acme_1234"


def test_a_word_nearby_and_a_check_can_be_asked_for():
    row = {"near": '["Florist"]', "validator": '["digits>=1", "entropy>=2"]'}
    assert place("florist: acme_marigold1", **row) == "acme_marigold1"
    assert place("florist" + " " * 60 + "acme_marigold1", **row) is None
    assert place("florist: acme_marigold", **row) is None


def test_a_value_beside_a_word_needs_a_credential_word_unless_the_row_says_otherwise():
    fields = {"keywords": None, "regex": None, "words": '["acme_shop"]', "value": "'[a-z0-9]{9}'"}
    assert place("acme_shop_key = marigold1", table="beside", **fields) == "marigold1"
    assert place("acme_shop = marigold1", table="beside", **fields) is None
    assert place("acme_shop = marigold1", table="beside", alone="true", **fields) == "marigold1"
    assert place("acme_shop_key = marigoldx", table="beside", **fields) is None
    assert place("acme_shop_key = marigoldx", table="beside", digit="false", **fields) == "marigoldx"
    [read] = load_rules(rule(table="beside", **fields), source="acme.toml")
    assert set(read.needles) == {"acme_shop", "acme-shop", "acme shop", "acmeshop"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": None}, "rule 1: 'id' is missing or empty"),
        ({"id": '"Acme Token"'}, "the id must be 1 to 40 of a-z, 0-9 and hyphen"),
        ({"id": "7"}, "'id' has the wrong type"),
        ({"keywords": None}, "'keywords' is missing or empty"),
        ({"keywords": "[]"}, "'keywords' is missing or empty"),
        ({"keywords": '["ac"]'}, "'ac' is too short: it must have 3 characters at least"),
        ({"keywords": '["acmé"]'}, "'acmé' must be printable ASCII"),
        ({"match": None}, "'match' is missing or empty"),
        ({"no_match": "[]"}, "'no_match' is missing or empty"),
        ({"regex": None}, "'regex' is missing or empty"),
        ({"regex": "'acme_(?P<part>[a-z]+)'"}, "regex: a group named 'part' means nothing"),
        ({"regex": "'(?<!x)acme_[a-z]+'"}, "regex: lookbehind is not RE2 syntax"),
        ({"regex": "'acme_[a-z'"}, "regex: a class that begins with [ has no end"),
        ({"class": '"private"'}, "class 'private' must be one of secret, pii, custom"),
        ({"mode": '"hide"'}, "mode 'hide' must be one of mask, drop, hmac, last4"),
        ({"validator": '"entropy"'}, "unknown validator 'entropy' (known: base58check, crc32-base62, iban, jwt"),
        ({"before": "[9, 2]"}, "'before' must be a number from 0 to 256, or two of them in ascending order"),
        ({"gate": "'(?=x)'"}, "gate: lookahead is not RE2 syntax"),
        ({"colour": '"red"'}, "unknown field 'colour' (known: before, class, enabled, gate, id"),
    ],
)
def test_a_bad_row_is_refused_in_a_sentence_that_names_file_rule_and_reason(fields, reason):
    with pytest.raises(RuleError) as refused:
        load_rules(rule(**fields), source="acme.toml")
    sentence = str(refused.value)
    assert sentence.startswith("acme.toml: ")
    assert reason in sentence
    assert isinstance(refused.value, ConfigError)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[rule]", "acme.toml: not TOML: "),
        ("[[rules]]\nid = 'x'\n", "acme.toml: unknown table 'rules' (known: rule, beside)"),
        ("rule = 3\n", "acme.toml: rule 1: must be a table, written [[rule]]"),
    ],
)
def test_a_text_that_is_no_rule_file_is_refused(text, reason):
    with pytest.raises(RuleError, match=r"^acme\.toml: ") as refused:
        load_rules(text, source="acme.toml")
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"match": '["marigold1234"]'}, "none of its keywords stands in it"),
        ({"gate": "'acme_[0-9]'"}, "its gate does not match"),
        ({"match": '["acme_MARIGOLD"]'}, "the expression does not match"),
        ({"match": '["xacme_marigold1"]'}, "it must be a word of its own"),
        ({"validator": '"digits>=4"'}, "the validator refuses it"),
        ({"match": '["acme_xxxxxxxxxx"]'}, "it looks like a placeholder"),
        ({"near": '["florist"]'}, "none of the words in near stands within 40 characters"),
        ({"regex": "'[a-z]{4}:acme_[a-z]{4}'", "before": "2", "match": '["rose:acme_iris"]'}, "'before' does not fit"),
    ],
)
def test_an_example_that_is_not_found_is_told_with_the_reason(fields, reason):
    [problem] = run_examples(load_rows(rule(**fields), source="acme.toml"))
    assert str(problem).startswith("acme-token: match 1 is not found (")
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"match": '["florist_key=marigold1"]'}, "none of its words stands in it"),
        ({"match": '["acme_shop_key=MARI"]'}, "value matches nothing in it"),
        ({"match": '["acme_shop_key=marigoldx"]'}, "the value holds no digit"),
        ({"validator": '"digits>=4"'}, "the validator refuses the value"),
        ({"match": '["acme_shop=marigold1"]'}, "alone = true needs none"),
        ({"match": '["acme_shop_key has marigold1"]'}, "does not stand behind the word"),
    ],
)
def test_the_same_of_a_value_beside_a_word(fields, reason):
    row = {"keywords": None, "regex": None, "words": '["acme_shop"]', "value": "'[a-z0-9]{9}'"}
    row |= {"match": '["acme_shop_key=marigold1"]', "no_match": '["acme_shop=x"]', **fields}
    [problem] = run_examples(load_rows(rule(table="beside", **row), source="acme.toml"))
    assert reason in problem.reason


def test_a_byte_order_mark_is_no_part_of_the_file():
    assert load_rows("\ufeff" + rule(), source="acme.toml")


def test_a_short_keyword_is_taken_with_a_reason():
    assert load_rules(rule(keywords='["ac"]', short='"the vendor has no longer one"'), source="acme.toml")


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("a(?=b)", "lookahead"),
        ("a(?!b)", "lookahead"),
        ("(?<=a)b", "lookbehind"),
        ("(?<!a)b", "lookbehind"),
        (r"(a)\1", "backreference"),
        ("(?P<x>a)(?P=x)", "backreference"),
        ("(?>a)", "atomic"),
        ("a++", "possessive"),
        ("a{2,3}+", "possessive"),
        ("(a)?(?(1)b|c)", "conditional"),
        ("(?#note)a", "comment"),
        ("(?i)a", "unknown kind of group"),
        ("(?x: a)", "unknown kind of group"),
        ("(a+)+b", "can be slow"),
        ("(?:a?b?)*c", "can be slow"),
        ("(?:a|ab)*c", "can be slow"),
        ("(?:x(?:a+b)c){20}", "can be slow"),
        ("(a+){2,}", "can be slow"),
        (".*.*x", "can be slow"),
        ("acme.*key.*", "can be slow"),
        ("a+(?:[0-9]*|-)a+", "can be slow"),
        ("(?:ab)*(?:ab)*c", "can be slow"),
        ("(?:a+b?){3}", "can be slow"),
        ("(?i:[a-z]+)(?i:[A-Z]+)", "can be slow"),
        ("(" * 11 + "a" + ")" * 11, "deep"),
        ("a{1,2000}", "at most 1000"),
        ("a{2000}", "at most 1000"),
        (r"a\Z", "escape"),
        (r"[\b]", "no place in a class"),
        ("[[:alpha:]]", "read differently"),
        ("[a--b]", "read differently"),
        (r"\u0061", "escape"),
        (r"\xzz", "hexadecimal"),
        ("a**", "a repeat of a repeat"),
        ("(a", "not a regular expression"),
        ("a)", "not a regular expression"),
        ("a*", "matches the empty string"),
        ("(?:a|)", "matches the empty string"),
        ("a\\", "backslash"),
    ],
)
def test_an_expression_beyond_re2_or_without_bounds_is_refused(expression, reason):
    with pytest.raises(ValueError, match=reason):
        check_expression(expression)


@pytest.mark.parametrize(
    "expression",
    [
        r"acme_[A-Za-z0-9]{32}",
        r"(?:ab|c)_\d+",
        r"(?i:acme)-(?P<secret>\w{3,}?)",
        r"[]a]b",
        r"[^\]\\]x{3}",
        r"a{,3}b",
        r"\$\x41+",
    ],
)
def test_an_ordinary_expression_is_taken(expression):
    check_expression(expression)


@given(st.text(alphabet="ab()[]|*+?{}1,\\^$.-:P<>i", max_size=24))
def test_what_is_taken_compiles_and_any_other_text_gets_a_reason(expression):
    try:
        check_expression(expression)
    except ValueError:
        return
    re.compile(expression)


def test_re2_takes_every_expression_that_is_taken():
    re2 = pytest.importorskip("re2")
    for _, row in read_plainly(builtin_text()):
        for name in ("regex", "value", "gate"):
            if name in row:
                check_expression(row[name])
                re2.compile(row[name])


@pytest.mark.parametrize(
    ("expression", "literals"),
    [
        ("acme_[a-z]+", ["acme_"]),
        (r"a\.b[a-z]", ["a.b"]),
        ("gh[po]_[a-z]", ["ghp_", "gho_"]),
        ("(?:ab|c)_x", ["ab_x", "c_x"]),
        ("a(?:b|c)?d", ["a"]),
        ("ab|c", [""]),
        ("[a-z]+x", [""]),
        ("(?P<secret>acme_[a-z]+)", ["acme_"]),
    ],
)
def test_the_literals_an_expression_begins_with_are_read_off(expression, literals):
    assert heads(expression) == literals


def test_the_plain_reading_of_the_packaged_file_is_that_of_a_toml_parser():
    toml = pytest.importorskip("tomllib" if sys.version_info >= (3, 11) else "tomli")
    document = toml.loads(builtin_text())
    rows = [
        (table, {name: value for name, value in row.items() if name not in ("match", "no_match")})
        for table in ("rule", "beside")
        for row in document[table]
    ]
    assert list(read_plainly(builtin_text())) == rows


def test_the_built_in_rules_pass_the_checks_of_a_file_and_have_names_that_fit_a_marker():
    rows = load_rows(builtin_text(), source="rules.toml")
    assert [row.rule.id for row in rows] == [rule.id for rule in builtin_rules()]
    assert all(needle == needle.lower() for rule in builtin_rules() for needle in rule.needles)
    assert all(len(needle) >= 3 or rule.gate for rule in builtin_rules() for needle in rule.needles)


def test_nothing_of_a_rule_is_compiled_before_its_first_hit():
    program = (
        "import re\n"
        "from otel_mcp.redaction.rulefile import builtin_rules\n"
        "def compile(*_): raise AssertionError('compiled')\n"
        "re.compile = compile\n"
        "assert len(builtin_rules()) > 300\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("mixed", "aB3", True),
        ("mixed", "ab3", False),
        ("mixedcase", "aB", True),
        ("jwt", "eyJhbGciOiJub25lIn0.e30.", True),
        ("jwt", "eyJub3QiOiJhIGp3dCJ9.e30.", False),
        ("entropy>=3", "abcdefgh", True),
        ("entropy>=3", "aaaaaaaa", False),
        ("letters>=2", "1a2b", True),
        ("run>=4", "ab-cd-ef", False),
        ("luhn", "1", False),
        ("iban", "GB82", False),
        ("mnemonic", "wave wave wave wave", False),
    ],
)
def test_a_check_by_name(name, value, verdict):
    assert make_check(name)(value) is verdict


def test_there_are_rules_for_as_many_vendors_as_the_readme_says():
    # The first word of an id is the vendor's name; a few are no vendor's.
    vendors = {rule.id.partition("-")[0] for rule in builtin_rules()}
    assert len(vendors) - 40 > 400
