"""Heads read by their form: the same answer as when each is parsed, whatever stands in it."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from otel_mcp.audit._heads import HeadReader
from otel_mcp.audit._members import check_members
from otel_mcp.audit.entry import canonical, parse_head
from otel_mcp.errors import MalformedError

HEAD = {
    "v": 1,
    "id": "01938f6c-8d2a-7b3c-9d4e-5f60718293a4",
    "ts": "2026-11-24T19:09:31.673922Z",
    "up": 1234,
    "w": "abcdef0123456789",
    "ws": 7,
    "event": "mcp.tool.call",
    "phase": "outcome",
    "action": "EXECUTE",
    "outcome": "success",
    "actor": "s:abcdef0123456789",
    "actor_type": "user",
    "body": "s1:" + "a" * 43 + "=",
    "tool": "get_forecast",
    "dur": 12,
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(
        ["2026-11-24T19:09:31.673922Z", "2026-11-24T19:09:31.673922z", "audit.gap", "mcp.tool.call", [], {}]
    ),
)
CHANGES = st.dictionaries(st.sampled_from([*HEAD, "trace", "a b", 'q"', "ü", "Z"]), VALUES, max_size=3)
CUTS = st.tuples(st.integers(0, 500), st.integers(0, 3), st.text('{}"\\:,.-+ 0129aeAZ\n\x00\x7fé\ud800', max_size=3))


def dump(changes):
    head = {**HEAD, **changes}
    return json.dumps({name: head[name] for name in sorted(head)}, separators=(",", ":"), ensure_ascii=False)


def answer(read, text):
    try:
        return read(text)
    except (MalformedError, UnicodeError) as error:
        return type(error), str(error)


def one_by_one(text):
    head = parse_head(text)
    check_members(head)
    return head


@settings(max_examples=600)
@given(st.lists(st.tuples(CHANGES, CUTS), min_size=1, max_size=4))
@example([({"event": 'a"b'}, (0, 0, "")), ({"event": "a\\b"}, (0, 0, ""))])
@example([({"event": 'a"b'}, (0, 0, "")), ({"event": "ab"}, (dump({"event": "ab"}).index('"ab"') + 2, 0, '"'))])
@example([({"actor": None}, (0, 0, "")), ({"actor": "x"}, (0, 0, ""))])
@example([({}, (0, 0, "")), ({"dur": 2**53}, (0, 0, "")), ({"v": 2}, (0, 0, "")), ({"event": "audit.gap"}, (0, 0, ""))])
@example([({}, (0, 0, "")), ({"dur": -1.0}, (0, 0, "")), ({"dur": True}, (0, 0, "")), ({"tool": None}, (0, 0, ""))])
def test_a_head_has_the_answer_that_it_has_by_itself(texts):
    reader = HeadReader()
    for changes, (at, length, put) in texts:
        text = dump(changes)
        # First as it is, so that its form is known, and then with some characters exchanged.
        for given_text in (text, text[:at] + put + text[at + length :]):
            assert answer(reader.read, given_text) == answer(one_by_one, given_text)


def test_heads_of_many_kinds_are_read_also_when_no_more_forms_are_kept():
    reader = HeadReader()
    texts = [canonical({**HEAD, f"member{number % 100}": number}) for number in range(300)]
    assert [reader.read(text) for text in texts] == list(map(one_by_one, texts))
