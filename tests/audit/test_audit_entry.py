"""Heads, bodies and record ids of format v1."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections import Counter

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.audit import EntryDraft, new_record_id
from otel_mcp.audit.entry import (
    FIXED_MEMBERS,
    body_hash,
    canonical,
    format_body,
    format_time,
    parse_body,
    parse_head,
    record_id_time_us,
)
from otel_mcp.errors import MalformedError

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
keys = st.text(st.characters(max_codepoint=127), max_size=12)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
heads = st.dictionaries(keys, values, max_size=8)


@given(heads)
def test_the_canonical_form_is_that_of_rfc_8785(head):
    assert canonical(head).encode() == rfc8785.dumps(head)


@given(heads)
def test_a_head_parses_back_to_itself(head):
    assert parse_head(canonical(head)) == head


@given(st.dictionaries(keys, st.text(st.characters(categories=None)), max_size=4))
def test_lone_surrogates_are_replaced_before_hashing(head):
    text = canonical(head)
    text.encode()
    assert canonical(parse_head(text)) == text


@pytest.mark.parametrize(
    "head",
    [{"a": 1.0}, {"a": 2**53}, {"a": -(2**53)}, {"é": 1}, {1: 1}, {"a": {1: 2}}, {"a": {"b": b""}}, {"a": [object()]}],
)
def test_what_readers_of_json_could_take_for_something_else_is_refused(head):
    with pytest.raises(MalformedError):
        canonical(head)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "1",
        '{"a":1,"a":1}',
        '{"a":1,"a":2}',
        '{"b":1,"a":1}',
        '{"a": 1}',
        '{"a":1}\n',
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":NaN}',
        '{"a":9007199254740992}',
        '{"a":"\\u0041"}',
        '{"a":"\\u00e9"}',
        '{"a":"\\ud800"}',
        '{"a":"\\/"}',
        '{"\\u00e9":1}',
        '{"é":1}',
        '{"a":' + "1" * 5000 + "}",
        "[" * 100_000,
        '{"a":' * 2000 + "1" + "}" * 2000,
    ],
)
def test_a_head_has_one_spelling(text):
    with pytest.raises(MalformedError):
        parse_head(text)


@given(st.text(max_size=80))
def test_hostile_text_gives_a_head_or_malformed(text):
    try:
        head = parse_head(text)
    except MalformedError:
        return
    assert canonical(head) == text


def test_nesting_without_end_is_refused():
    head: dict = {}
    for _ in range(2000):
        head = {"a": head}
    with pytest.raises(MalformedError):
        canonical(head)


def test_record_ids_are_uuid7_and_sort_by_age():
    ids = [new_record_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    parsed = uuid.UUID(ids[0])
    assert (parsed.version, parsed.variant, str(parsed)) == (7, uuid.RFC_4122, ids[0])


def test_ids_of_a_clock_that_stands_still_do_not_crowd_one_millisecond(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    ids = [new_record_id() for _ in range(2000)]
    assert ids == sorted(set(ids))
    assert max(Counter(map(record_id_time_us, ids)).values()) == 256


def test_a_record_id_tells_its_time():
    draft = EntryDraft("e", "event", "READ", "success")
    assert abs(record_id_time_us(draft.id) - draft.time_us) < 60_000_000
    assert record_id_time_us("not-an-id") is None
    assert record_id_time_us(str(uuid.uuid4())) is None


@pytest.mark.parametrize("name", sorted(FIXED_MEMBERS))
def test_attributes_cannot_replace_what_the_log_says(name):
    with pytest.raises(AssertionError, match=name):
        EntryDraft("e", "event", "READ", "success", attributes={name: "x"})


def test_times_have_six_digits_and_z():
    assert format_time(1_700_000_000_000_001) == "2023-11-14T22:13:20.000001Z"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", format_time(0))


@pytest.mark.parametrize("time_us", [-1, 10**18, 2**80])
def test_a_time_that_cannot_be_written_is_refused(time_us):
    with pytest.raises(MalformedError):
        format_time(time_us)


def test_a_body_parses_back_and_its_hash_tells_nothing_of_it():
    body = {"arguments": {"π": 3.14, "list": [1, None, True]}}
    one, other = format_body(body), format_body(body)
    assert parse_body(one) == parse_body(other) == body
    assert body_hash(one) != body_hash(other)


def test_values_that_json_cannot_say_do_not_keep_an_event_out_of_the_log():
    body = {"nan": float("nan"), 1: "key", "set": {1}, "deep": [float("inf")], "bad": "\ud800"}
    assert parse_body(format_body(body)) == {"nan": "nan", "1": "key", "set": "<set>", "deep": ["inf"], "bad": "\ufffd"}


@pytest.mark.parametrize(
    "blob", [b"", b"\x00", b"\x01" + bytes(40), b"\x80gAAAA", b"\x00" + bytes(16) + b"[]", b"\x00" + bytes(17)]
)
def test_a_body_of_unknown_form_is_malformed(blob):
    with pytest.raises(MalformedError):
        parse_body(blob)


def test_a_plain_body_is_a_zero_byte_a_salt_and_json():
    blob = format_body({"a": 1})
    assert blob[0] == 0
    assert json.loads(blob[17:]) == {"a": 1}


SCALARS = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=6) | st.floats(allow_nan=False)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=3), SCALARS, max_size=2)
HEADS = st.dictionaries(st.text("abz_\u00e9", max_size=3), VALUES, max_size=4)
CHANGES = ["", " ", "-0", '"a":1,', "\\u0061", "\\/", "0", "null", "}", "{", "1e3", "\t", '"', ",", ":"]


@given(HEADS, st.integers(0, 60), st.integers(0, 3), st.sampled_from(CHANGES))
def test_a_head_is_read_exactly_where_it_is_written_so(head, at, cut, change):
    text = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    text = text[:at] + change + text[at + cut :]
    try:
        expected = canonical(json.loads(text))
    except (ValueError, MalformedError, RecursionError):
        expected = None
    try:
        read = parse_head(text)
    except MalformedError:
        assert expected != text or not isinstance(json.loads(text), dict)
    else:
        assert canonical(read) == text == expected
