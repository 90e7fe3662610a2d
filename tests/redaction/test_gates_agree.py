"""Whichever library looks first, the rules find the same: a gate may name a rule too many, never one too few."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otel_mcp.redaction.gate import GrowingGate, PlainGate, Re2Gate, make_gate
from otel_mcp.redaction.keys import FOREIGN
from otel_mcp.redaction.personal.names import TABLES as LABELS
from otel_mcp.redaction.places import ascii_lower, places_of
from otel_mcp.redaction.rulefile import builtin_text, load_rows
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import SEPARATOR, Scanner

RULES = builtin_scanner().rules[:-2]  # without those that every scanner adds


class EveryRule:
    """No gate at all: every rule is asked about every text."""

    spread = 1000

    def places(self, text):
        rules = enumerate(builtin_scanner().rules)
        return {number: places for number, rule in rules if (places := places_of(rule, text))}


SCANNERS = {
    "re2": Scanner(RULES, Re2Gate(builtin_scanner().rules)),
    "plain": Scanner(RULES, PlainGate(builtin_scanner().rules)),
    "every": Scanner(RULES, EveryRule()),
}

EXAMPLES = [text for row in load_rows(builtin_text(), source="rules.toml") for text in (*row.match, *row.no_match)]

PERSONAL = [
    "nora@example.org", "<a.b+c@mail.example.co.uk>", "4111 1111 1111 1111", "5105-1051-0510-5100", "378282246310005",
    "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "078-05-1120", "SSN 219 09 9999", "+49 30 901820",
    "(212) 555-0147", "212.555.0147", "tel: 030/901820", "8.8.8.8", "[2001:4860:4860::8888]:443", "3c:22:fb:aa:10:02",
    "3c22.fbaa.1002", "born 1984-03-12", "dob: 12/03/1984", "passport no. C01X00T47", "529.982.247-25", "12345678Z",
    "│ BIR │ 5970199(9) │", "【INE】320887993DB", "CI: 88102848713", "Alias CBU: DELTA.FERRY.THISTLE", "ՀԾՀ 9757063314",
    '{"DNI": {"rich_text": [{"plain_text": "12345678Z"}]}}', '["DNI", "12345678Z"]',
    '<label>DNI <input value="12345678Z">',
    '"title": "DNI", "type": "text"}, "answer": {"text": "12345678Z"}', "ann_smith-42/host@shop.example",
]  # fmt: skip

CARRIERS = [
    "password=%s", 'api_key: "%s"', "Authorization: Bearer %s", "https://ann:%s@host/x", "curl -u ann:%s https://h",
    "<password>%s</password>", "machine h login ann password %s", "PGPASSWORD=%s psql", "the password is %s",
    "--token %s", "?access_token=%s&x=1", "Cookie: sid=%s; Path=/", 'os.environ["DB_PASSWORD"] = "%s"',
    "IDENTIFIED BY '%s'", "jdbc:x://h;user=a;password=%s", "host:5432:db:ann:%s", "kennwort: %s", "пароль: %s",
    '{db_password, "%s"}', "servera parole ir %s", "CLÉ_SECRÈTE=%s", '{"log": "user=ann\\npassword \\"%s\\""}',
    '"attributes": {"enabled": true}, "contentType": "", "name": "db", "value": "%s"',
]  # fmt: skip

AROUND = ["%s", " %s", "x%s", "%sx", "9%s", "%s9", "(%s)", "\\n%s\\n", "a\n%s\nb", '"%s"', "%s.", "-%s", "_%s_"]


def found(scanner, text):
    try:
        return sorted({(hit.start, hit.end, hit.rule.id) for hit in scanner.hits(text)})
    except Exception as exc:
        return type(exc)


def assert_all_agree(text):
    oracle = found(SCANNERS["every"], text)
    for name in ("re2", "plain"):
        assert found(SCANNERS[name], text) == oracle, (name, text)


def assert_both_agree(text):
    assert found(SCANNERS["re2"], text) == found(SCANNERS["plain"], text), text


@pytest.mark.parametrize("around", AROUND)
def test_every_example_of_every_rule_is_found_through_every_gate(around):
    for text in [*EXAMPLES, *PERSONAL, *(carrier % "Qz7-wander-41x" for carrier in CARRIERS)]:
        assert_all_agree(around % text if "%s" in around else text)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(EXAMPLES + PERSONAL + CARRIERS), min_size=1, max_size=4), st.randoms())
def test_pieces_of_examples_are_found_through_every_gate(pieces, chance):
    text = " ".join(piece[chance.randrange(len(piece)) :] for piece in pieces)
    assert_all_agree(text)
    assert_all_agree(text.swapcase())


@settings(max_examples=200)
@given(st.text(st.sampled_from("aAzZ09 .:-_/@%\\u+=\"'x\x00\n"), max_size=60))
def test_noise_is_read_alike_by_every_gate(text):
    assert_all_agree(text)


@pytest.mark.parametrize("more", [[], ["a\x00b", "\x00", "\x00password=Qz7-wander-41x\x00"], ["", ""]])
def test_texts_that_are_joined_are_found_like_texts_alone(more):
    chance = random.Random(7)
    texts = more + [carrier % chance.choice(EXAMPLES) for carrier in CARRIERS] + PERSONAL + more
    joined = SEPARATOR.join(texts)
    for scanner in SCANNERS.values():
        together = scanner.all_hits(texts, joined, scanner.signs(joined))
        alone = [scanner.hits(text) for text in texts]
        assert {number: {hit[:3] for hit in hits} for number, hits in together.items()} == {
            number: {hit[:3] for hit in hits} for number, hits in enumerate(alone) if hits
        }


# The rows of a table are far from its head, and its head is what the gate knows.
@pytest.mark.parametrize(
    ("head", "row", "end"),
    [
        ("INSERT INTO users (id, name, api_key) VALUES\n", "(7, 'ann', '%s'),\n", "(8, 'ben', 'x');"),
        ("id,name,api_key\n", "7,ann,%s\n", ""),
        ("| id | api_key |\n|---|---|\n", "| 7 | %s |\n", ""),
        (" id | api_key \n----+---------\n", "  7 | %s\n", ""),
        ("<users>", "<u><password>%s</password></u>", "</users>"),
        ("Cookie: a=b", "; sid=%s", "\n"),
    ],
)
def test_every_row_of_a_long_table_is_found_through_every_gate(head, row, end):
    chance = random.Random(5)
    values = ["k" + "".join(chance.choices("abcdefGHJKLmnop23456789", k=19)) for _ in range(90)]
    text = head + "".join(row % value for value in values) + end
    assert found(SCANNERS["every"], text)
    assert_all_agree(text)


NAMES = [
    "password", "token", "api_key", "secret", "db_pw", "passphrase", "Passwort",
    "contraseña", "пароль", "refresh_token", "otp", "pin",
]  # fmt: skip
FORMS = [
    "%s %s", "the %s is %s\n", "%s: %s\n", "%s = '%s'", "%s for ann: %s", "our %s is now %s.", "%s (prod): %s\n",
    "new %s %s, thanks", "%s - %s\n", "| %s | %s |", "│ %s │ %s │", "<th>%s</th><td><p>%s</p></td>", "%s\n%s\n",
    "use %s %s now", '"%s", "%s"', "%s -> %s", "--%s %s", "%s of ann is %s (new)",
]  # fmt: skip
VALUES = st.one_of(
    *(
        st.text(alphabet, min_size=size, max_size=size)
        for alphabet, size in (("bcdgklmpqvwxz", 16), ("BCDGKLMPQVWXZ", 20))
    ),
    st.from_regex(r"[A-Za-z]{7}-[A-Za-z]{7}|[a-z]{6}[.][a-z]{6}[0-9]{2}|[A-Za-z0-9]{12}", fullmatch=True),
    st.lists(st.sampled_from(["marble", "lantern", "cinder", "sandal", "bridge", "otter"]), min_size=4, max_size=6).map(
        " ".join
    ),
)


@settings(max_examples=200)
@given(st.sampled_from(FORMS), st.sampled_from(NAMES), VALUES)
def test_whatever_a_value_is_made_of_it_is_found_through_every_gate(form, name, value):
    assert_both_agree(form % (name, value))


def test_every_literal_wakes_the_gate():
    gate = SCANNERS["re2"].gate
    literals = {needle for rule in RULES if rule.gate is None and not rule.seen for needle in rule.needles}
    assert any(not literal.isascii() for literal in literals)
    assert not [literal for literal in literals if not gate.spans(literal)]


@pytest.mark.parametrize("form", ["%s: %s", "%s %s", '{"%s": "%s"}', "<%s>%s</x>", "%s का मान %s है।", "%sは「%s」です"])
def test_words_of_every_script_are_found_through_every_gate(form):
    for word in FOREIGN:
        text = form % (word, "s1iCSFSrXR0")
        assert_both_agree(text)
        assert_both_agree(text.upper())


@pytest.mark.parametrize("form", ["%s: %s", '{"%s": "%s"}', "| %s |\n|---|\n| %s |\n"])
@pytest.mark.parametrize("value", ["1984-03-12", "046 454 286", "C01X00T47"])
def test_labels_of_every_script_are_found_through_every_gate(form, value):
    for table in {id(table): table for table, *_ in LABELS}.values():
        for word in table.words[::5]:
            assert_both_agree(form % (word, value))


def test_the_gate_without_re2_can_be_asked_for(monkeypatch):
    assert isinstance(make_gate(RULES), GrowingGate)
    monkeypatch.setenv("OTEL_MCP_GATE", "plain")
    assert isinstance(make_gate(RULES), PlainGate)


@given(st.text())
def test_lower_case_keeps_every_character_at_its_place(text):
    lower = ascii_lower(text)
    assert len(lower) == len(text)
    assert all(low == character.lower() for low, character in zip(lower, text, strict=True) if character.isascii())
