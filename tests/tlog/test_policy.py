"""C2SP trust policies: what they say, what is refused, and when a quorum is met."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_keys import log_vkey, witness_vkey

from otel_mcp.errors import MalformedError
from otel_mcp.tlog import TrustPolicy

LOG = log_vkey(b"l")
VKEYS = {name: witness_vkey(name, name.encode()[:1] + name.encode()[-1:]) for name in ("X1", "X2", "X3", "Y1", "Y2")}
LINES = "".join(f"witness {name} {vkey}\n" for name, vkey in VKEYS.items())
# The specification's example, with one witness less.
EXAMPLE = f"""# a comment

log {LOG}
  witness\tX1 {VKEYS["X1"]}  https://x1.example/\x20
witness X2 {VKEYS["X2"]}
\t# another
witness X3 {VKEYS["X3"]}
group X-witnesses 2 X1 X2 X3
witness Y1 {VKEYS["Y1"]}
witness Y2 {VKEYS["Y2"]}
group Y-witnesses any Y1 Y2
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def test_the_example_of_the_specification_means_what_it_says():
    policy = TrustPolicy.parse(EXAMPLE)
    assert [str(log.verifier) for log in policy.logs] == [LOG]
    assert [(w.name, w.url) for w in policy.witnesses][:2] == [("X1", "https://x1.example/"), ("X2", "")]
    for size in range(6):
        for names in map(set, itertools.combinations(VKEYS, size)):
            enough = len(names & {"X1", "X2", "X3"}) >= 2 and bool(names & {"Y1", "Y2"})
            assert policy.is_met_by(names) == enough, names


def test_a_quorum_of_one_witness_and_of_none():
    one = TrustPolicy.parse(LINES + "quorum X2\n")
    assert one.is_met_by({"X2", "Y1"})
    assert not one.is_met_by({"X1", "unknown"})
    assert TrustPolicy.parse("quorum none\n") == TrustPolicy()


def test_a_policy_parses_back_to_itself():
    policy = TrustPolicy.parse(EXAMPLE)
    assert TrustPolicy.parse(str(policy)) == policy


def test_names_are_octets():
    text = f"witness K {VKEYS['X1']}\nwitness \u212a {VKEYS['X2']}\nquorum \u212a\n".encode()
    assert TrustPolicy.parse(text).is_met_by({"\u212a"})
    assert not TrustPolicy.parse(text).is_met_by({"K"})
    odd = b"witness \xff " + VKEYS["X1"].encode() + b"\nwitness \xfe " + VKEYS["X2"].encode() + b"\nquorum \xfe\n"
    assert len(TrustPolicy.parse(odd).witnesses) == 2
    # No white space but space and tab.
    assert TrustPolicy.parse(f"witness a\u00a0b {VKEYS['X1']}\nquorum a\u00a0b\n").quorum == "a\u00a0b"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expected a line `quorum"),
        ("#\n" * 500_001, "too long"),
        (LINES, "expected a line `quorum"),
        ("quorum none\nquorum none\n", "line 2: a second quorum"),
        ("quorum none", "newline"),
        ("quorum none\r\n", "control character"),
        ("quorum none\n\x7f\n", "control character"),
        ("quorum\n", "line 1: expected `quorum <name>`"),
        ("quorum none none\n", "line 1: expected `quorum <name>`"),
        ("quorum X1\n" + LINES, "line 1: 'X1' is defined by no line before"),
        ("Quorum none\n", "line 1: expected log, witness, group or quorum"),
        (f"log {LOG}\nlog {LOG} https://log.example\nquorum none\n", "line 2: the key of .* stands there twice"),
        (f"log {LOG} url more\nquorum none\n", "line 1: expected `log"),
        (f"log {VKEYS['X1']}\nquorum none\n", "line 1: .*key type 1"),
        (f"witness X1 {LOG}\nquorum none\n", "line 1: .*key type 4"),
        (f"witness X1 {witness_vkey('X1', b'x', kind=6)}\nquorum X1\n", "line 1: .*key type 4"),
        (LINES + f"witness X9 {VKEYS['X1']}\nquorum X9\n", "line 6: the key of X1 stands there twice"),
        (f"witness A {VKEYS['X1']}\nwitness A {VKEYS['X2']}\nquorum A\n", "line 2: the name 'A' is taken"),
        (f"witness none {VKEYS['X1']}\nquorum none\n", "line 1: the name 'none' is taken"),
        (LINES + "group none any X1\nquorum none\n", "the name 'none' is taken"),
        (LINES + "group X1 any X2\nquorum X1\n", "the name 'X1' is taken"),
        (LINES + "group G any none\nquorum G\n", "'none' is defined by no line before"),
        (LINES + "group G any G\nquorum G\n", "'G' is defined by no line before"),
        (LINES + "group G any\nquorum G\n", "expected `group"),
        (LINES + "group G any X1 X1\nquorum G\n", "'X1' is already a member"),
        (LINES + "group G any X1\ngroup H any X1\nquorum G\n", "'X1' is already a member"),
        (LINES + "group G 0 X1\nquorum G\n", "a number from 1 to 1, got '0'"),
        (LINES + "group G 2 X1\nquorum G\n", "a number from 1 to 1, got '2'"),
        (LINES + "group G 01 X1\nquorum G\n", "a number from 1 to 1, got '01'"),
        (LINES + "group G \u0661 X1\nquorum G\n", "a number from 1 to 1"),
        (LINES + "group G " + "9" * 5000 + " X1\nquorum G\n", "a number from 1 to 1"),
    ],
)
def test_what_the_specification_does_not_allow_is_refused(text, reason):
    with pytest.raises(MalformedError, match=reason):
        TrustPolicy.parse(text)


def test_groups_of_groups_end():
    groups = "group g0 any X1\n" + "".join(f"group g{n} any g{n - 1}\n" for n in range(1, 256))
    assert TrustPolicy.parse(LINES + groups + "quorum g255\n").is_met_by({"X1"})
    with pytest.raises(MalformedError, match="more than 256 groups"):
        TrustPolicy.parse(LINES + groups + "group g256 any g255\nquorum g256\n")


@given(
    st.binary() | st.lists(st.sampled_from(EXAMPLE.split("\n"))).map(lambda lines: "\n".join(lines).encode() + b"\n")
)
def test_any_bytes_give_a_policy_or_malformed(data):
    try:
        policy = TrustPolicy.parse(data)
    except MalformedError:
        return
    assert TrustPolicy.parse(str(policy)) == policy
