"""The golden log of format v1 verifies for ever, with its key and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from audit_scenes import FILE_NAME, codes

from otel_mcp.audit import Policy, verify
from otel_mcp.audit.query import entries, inclusion, operations
from otel_mcp.tlog import Checkpoint, check_inclusion, parse_note

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(tmp_path):
    # A copy, since SQLite makes files beside a database that it reads.
    shutil.copy(GOLDEN / FILE_NAME, tmp_path)
    return tmp_path


def test_the_golden_log_verifies_with_its_key(golden):
    vkey = (GOLDEN / "vkey.txt").read_text(encoding="utf-8").strip()
    report = verify(golden, Policy(trusted_keys=[vkey], use_pins=False))
    assert (report.exit_code, report.pinned, codes(report)) == (0, True, {"W05"})
    assert report.checkpoint == (GOLDEN / "checkpoint.txt").read_text(encoding="utf-8")
    assert (report.entries, report.writers, report.intents_open) == (34, 2, 0)


def test_the_golden_log_is_read_as_it_was_written(golden):
    rows = list(operations(golden, event="mcp.*"))
    assert len(rows) == 2 * 8
    assert [row.outcome for row in rows[:6]] == ["failure", *["success"] * 4, "failure"]
    assert rows[1].outcome_entry.body["arguments"] == {"city": "Köln", "days": 1}
    assert {row.actor for row in rows} == {None, "zoë\u2028\U0001f600", *(f"user-{n}@example.org" for n in range(3))}
    assert all(row.intent for row in rows if row.event == "mcp.tool.call")


def test_every_golden_entry_can_be_proven(golden):
    for entry in entries(golden):
        note, proof = inclusion(golden, entry.index)
        checkpoint = Checkpoint.parse(parse_note(note).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)
