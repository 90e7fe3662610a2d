"""Reading the log: by user, tool, event, outcome, time and trace; one row an operation."""

from __future__ import annotations

import contextlib
import json
import sqlite3

import pytest
from audit_scenes import ACTOR, draft, edit_head, make_log, raw
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit import _window as window
from otel_mcp.audit import query as query_module
from otel_mcp.audit.entry import format_time
from otel_mcp.audit.query import default_directory, entries, find, inclusion, list_logs, operations
from otel_mcp.audit.store import HAS_ID, SCHEMA
from otel_mcp.errors import AuditUnavailable, NothingToVerify
from otel_mcp.tlog import Checkpoint, check_inclusion, parse_note

T0 = 1_700_000_000_000_000


@pytest.fixture
def trail(directory):
    """Two answered calls, one that failed, one without an answer, and a login."""
    log = AuditLog.open(directory, service="weather")
    for number, (tool, outcome) in enumerate(
        [("get_forecast", "success"), ("get_alerts", "failure"), ("get_alerts", "success")]
    ):
        at = T0 + number * 1_000_000
        attributes = {"tool": tool, "side": "server", "trace": f"{number:032x}"}
        intent = draft(phase="intent", outcome="unknown", time_us=at, attributes=attributes, actor=f"user {number % 2}")
        log.append(intent)
        extra = {"err": "tool_error"} if outcome == "failure" else {}
        log.append(
            draft(
                outcome=outcome,
                ref=intent.id,
                time_us=at + 500,
                attributes={**attributes, "dur": 500, **extra},
                actor=f"user {number % 2}",
            )
        )
    log.append(draft(phase="intent", outcome="unknown", time_us=T0 + 3_000_000, attributes={"tool": "slow_tool"}))
    log.append(
        draft(event="mcp.auth.login", phase="event", time_us=T0 + 4_000_000, attributes={}, body={"target": "idp"})
    )
    log.close()
    return directory


def calls(trail, **filters):
    return [(row.tool, row.outcome) for row in operations(trail, event="mcp.*", **filters)]


def test_an_operation_is_one_row(trail):
    assert calls(trail) == [
        ("get_forecast", "success"),
        ("get_alerts", "failure"),
        ("get_alerts", "success"),
        ("slow_tool", "unknown"),
        (None, "success"),
    ]
    assert calls(trail, newest_first=True) == calls(trail)[::-1]
    assert calls(trail, newest_first=True, limit=2) == calls(trail)[::-1][:2]


def test_a_row_tells_who_did_what_and_how_it_ended(trail):
    (row,) = operations(trail, outcome="failure")
    assert (row.event, row.target, row.actor, row.outcome, row.error) == (
        "mcp.tool.call",
        "get_alerts",
        "user 1",
        "failure",
        "tool_error",
    )
    assert (row.duration_us, row.trace, row.side, row.time) == (500, f"{1:032x}", "server", format_time(T0 + 1_000_500))
    assert (row.intent.head["phase"], row.outcome_entry.head["phase"]) == ("intent", "outcome")
    assert row.record_id == row.outcome_entry.head["id"]


def test_a_target_that_only_the_body_knows_is_shown(trail):
    (row,) = operations(trail, event="mcp.auth.login")
    assert (row.target, row.actor, row.intent) == ("idp", ACTOR, None)


def test_a_clear_resource_is_shown_rather_than_its_digest(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft(attributes={"resource": "file:hmac-sha256:00"}, body={"resource": "file:///a"}))
    log.append(draft(attributes={"resource": "file:hmac-sha256:00"}, body=None))
    log.close()
    assert [row.target for row in operations(directory, event="mcp.*")] == ["file:///a", "file:hmac-sha256:00"]


def test_filters_are_combined(trail):
    assert calls(trail, tool="get_alerts") == [("get_alerts", "failure"), ("get_alerts", "success")]
    assert calls(trail, actor="user 0") == [("get_forecast", "success"), ("get_alerts", "success")]
    assert calls(trail, actor="user 0", tool="get_alerts") == [("get_alerts", "success")]
    assert calls(trail, actor="nobody") == []
    assert calls(trail, trace=f"{1:032x}") == [("get_alerts", "failure")]
    assert calls(trail, since_us=T0 + 1_000_000, until_us=T0 + 2_000_000) == [("get_alerts", "failure")]
    assert calls(trail, outcome="unknown") == [("slow_tool", "unknown")]


def test_values_in_filters_are_values(trail):
    assert list(entries(trail, tool="x' OR '1'='1")) == []


def test_entries_come_as_they_are_stored(trail):
    all_entries = list(entries(trail))
    assert [entry.index for entry in all_entries] == list(range(10))
    assert [entry.index for entry in entries(trail, newest_first=True, limit=3)] == [9, 8, 7]
    entry = all_entries[2]
    assert entry.body["actor"] == entry.actor_name == "user 0"
    assert entry.head_text.startswith('{"action":')


def test_an_entry_is_found_by_index_and_by_id(trail):
    entry = find(trail, "2")
    assert find(trail, entry.head["id"]) == entry
    for missing in ("99", "9" * 30, "no-such-id", ""):
        with pytest.raises(NothingToVerify, match="no entry"):
            find(trail, missing)


def test_every_entry_has_a_proof_under_a_signed_checkpoint(trail):
    for entry in entries(trail):
        note, proof = inclusion(trail, entry.index)
        checkpoint = Checkpoint.parse(parse_note(note).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)
    with pytest.raises(NothingToVerify, match="no signed checkpoint"):
        inclusion(trail, 10)


def test_reading_what_is_not_there_is_said(directory):
    with pytest.raises(NothingToVerify, match="no audit log"):
        list(entries(directory))


def test_a_damaged_entry_is_not_shown_as_if_it_were_whole(directory):
    make_log(directory, 3)
    with raw(directory) as connection:
        connection.execute("UPDATE entry SET head = replace(head, ':', ': ') WHERE idx = 2")
    with pytest.raises(AuditUnavailable, match="entry 2 cannot be read"):
        list(entries(directory))


def test_an_altered_schema_is_not_queried(directory):
    make_log(directory, 3)
    with raw(directory) as connection:
        connection.execute("CREATE VIEW extra AS SELECT 1")
        edit_head(connection, 1, outcome="failure")
    with pytest.raises(AuditUnavailable, match="was altered: extra"):
        list(entries(directory))


def test_the_logs_of_this_user_are_listed(home):
    assert list_logs() == []
    for service in ("weather", "news"):
        make_log(default_directory(service), 1)
    assert list_logs() == [home / "state" / "otel-mcp" / service for service in ("news", "weather")]
    assert all(verify(directory).exit_code == 0 for directory in list_logs())


@pytest.mark.parametrize(
    "values", [{"tool": "get_forecast"}, {"since": format_time(T0)}, {"until": format_time(2 * T0), "trace": "x"}, {}]
)
@pytest.mark.parametrize("newest_first", [True, False])
def test_a_user_a_tool_and_a_time_are_found_without_reading_the_whole_log(trail, values, newest_first):
    wanted = query_module._Filter(values, None if values else ("rosalind@example.org", b""))
    statements = []
    with raw(trail) as connection:
        connection.set_trace_callback(statements.append)
        assert wanted.select(connection, newest_first=newest_first, limit=5) != ()
        connection.set_trace_callback(None)
        steps = [row[3] for text in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")]
    assert any("entry_" in step or "INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in step for step in steps)
    assert not any(step.startswith(("SCAN entry", "SCAN TABLE entry", "USE TEMP")) for step in steps), steps


@pytest.mark.parametrize("record_id", ["01a20ef6-9882-777f-ab06-8ac6173f6915", "of-another-form"])
def test_an_entry_is_found_by_its_id_without_reading_the_whole_log(trail, record_id):
    with raw(trail) as connection:
        query = f"EXPLAIN QUERY PLAN {query_module._SELECT} WHERE {HAS_ID} ORDER BY entry.idx LIMIT 1"
        steps = [row[3] for row in connection.execute(query, (record_id,))]
    assert "USING INDEX entry_id (<expr>=?)" in steps[0]
    assert not any(step.startswith(("SCAN", "USE TEMP")) for step in steps), steps


@pytest.mark.parametrize("near", [0, 3, 1024])
@pytest.mark.parametrize("newest_first", [True, False])
def test_an_intent_with_an_outcome_is_no_row_of_its_own_however_far_that_is(directory, monkeypatch, near, newest_first):
    monkeypatch.setattr(query_module, "_NEAR", near)
    log = AuditLog.open(directory, service="weather")
    intents = [draft(number, phase="intent", outcome="unknown", actor=f"user {number % 2}") for number in range(8)]
    for intent in intents:
        log.append(intent)
    for number in (0, 1, 2):
        log.append(draft(number, ref=intents[number].id, actor=f"user {number % 2}"))
    log.rotate()
    for number in (3, 5):
        log.append(draft(number, ref=intents[number].id, actor=f"user {number % 2}"))
    log.close()
    open_ones = [intents[number].id for number in (4, 6, 7)]
    rows = [row for row in operations(directory, event="mcp.*", newest_first=newest_first) if row.outcome_entry is None]
    assert [row.record_id for row in rows] == (open_ones[::-1] if newest_first else open_ones)
    rows = list(operations(directory, actor="user 1", newest_first=newest_first))
    assert len(rows) == 4
    assert sum(row.outcome_entry is None for row in rows) == 1
    assert all(row.intent for row in rows)


def test_a_window_is_exact_to_the_microsecond_and_over_a_clock_that_was_wrong(directory):
    log = AuditLog.open(directory, service="weather")
    times = [T0 + step for step in (0, 1, 59_999_999, 60_000_000, 60_000_001)]
    for time_us in (*times, 1_000_000):
        log.append(draft(time_us=time_us))
    log.close()
    for since in times:
        for until in times:
            found = calls(directory, since_us=since, until_us=until)
            assert len(found) == sum(since <= time_us < until for time_us in times)
    assert len(calls(directory, until_us=T0)) == 1


@given(st.data())
def test_parts_of_ten_seconds_are_skipped_through_as_if_every_row_was_read(data):
    times = st.integers(0, 9 * 60).map(lambda seconds: format_time(T0 + seconds * 1_000_000))
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for statement in SCHEMA.values():
            connection.execute(statement)
        stored = data.draw(st.lists(times, max_size=20))
        connection.executemany(
            "INSERT INTO entry (idx, head, leaf) VALUES (?, ?, x'')",
            [(7 + index, json.dumps({"ts": ts})) for index, ts in enumerate(stored)],
        )
        since, until = data.draw(st.none() | times), data.draw(st.none() | times)
        inside = [
            7 + index
            for index, ts in enumerate(stored)
            if (since or "")[:18] <= ts[:18] and (until is None or ts[:18] <= until[:18])
        ]
        for step in (0, 10**9):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(window, "_STEP", step)
                found = window.entries_between(connection, since, until)
            if found is None or not inside:
                assert found is None
                assert not inside
            else:
                assert found in ((min(inside), max(inside)), (0, 2**63 - 1))
                assert found[0] or len(inside) == len(stored)
