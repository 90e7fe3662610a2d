"""The golden log of format v1 verifies for ever, with its key and nothing else, and is read with those that open it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from audit_scenes import codes

from otel_mcp.audit import Policy, verify
from otel_mcp.audit.keys import parse_keys
from otel_mcp.audit.query import entries, inclusion, operations
from otel_mcp.tlog import Checkpoint, check_inclusion, parse_note

GOLDEN = Path(__file__).parent / "golden"
KEYS = parse_keys((GOLDEN / "keys.pem").read_text(encoding="ascii"), "golden")


@pytest.fixture
def golden(tmp_path):
    # A copy, since SQLite makes files beside a database that it reads.
    return shutil.copytree(GOLDEN / "log", tmp_path / "log")


@pytest.mark.parametrize("fast", [False, True])
def test_the_golden_log_verifies_with_its_key(golden, fast):
    vkey = (GOLDEN / "vkey.txt").read_text(encoding="utf-8").strip()
    report = verify(golden, Policy(trusted_keys=[vkey], use_pins=False), fast=fast)
    assert (report.exit_code, report.pinned, codes(report)) == (0, True, {"W05"})
    assert report.checkpoint == (GOLDEN / "checkpoint.txt").read_text(encoding="utf-8")
    assert (report.entries, report.files, report.writers, report.intents_open) == (55, 3, 3, 0)


def test_the_golden_log_is_read_as_it_was_written(golden):
    rows = list(operations(golden, event="mcp.*", keys=KEYS))
    assert len(rows) == 3 * 8
    assert [row.outcome for row in rows[:6]] == ["failure", *["success"] * 4, "failure"]
    assert rows[2].outcome_entry.body["arguments"] == {"city": "Köln", "days": 2}
    assert rows[0].outcome_entry.body["result"] == {"celsius": 21.5}
    # One was erased, and of one entry the body: the name is still that of the subject.
    assert {row.actor for row in rows} == {None, "zoë\u2028\U0001f600", *(f"user-{n}@example.org" for n in (0, 2))}
    assert [row.outcome_entry.body is None for row in rows[:6]] == [False, True, False, False, True, False]
    assert all(row.intent for row in rows if row.event == "mcp.tool.call")


def test_without_keys_only_the_plain_file_of_the_golden_log_is_read(golden):
    locked = [entry.locked for entry in entries(golden, actor="user-0@example.org")]
    assert locked == [False] * 4
    assert {entry.locked for entry in entries(golden, event="mcp.tool.call")} == {True, False}


def test_every_golden_entry_can_be_proven(golden):
    for entry in entries(golden):
        note, proof = inclusion(golden, entry.index)
        checkpoint = Checkpoint.parse(parse_note(note).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)
