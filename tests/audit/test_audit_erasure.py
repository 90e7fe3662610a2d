"""What is taken out of a log is out of every file of it, and every proof still holds."""

from __future__ import annotations

import shutil

import pytest
from audit_scenes import ACTOR, codes, draft, make_log, run_python

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit.query import entries, find, inclusion
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import NothingToVerify
from otel_mcp.tlog import Checkpoint, check_inclusion, parse_note

OTHER = "barbara@example.org"
SECRET = "a remark that must go, 4711"


def raw_bytes(directory) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


@pytest.fixture
def trail(directory):
    """A log of three files in which two people did things."""
    log = AuditLog.open(directory, service="weather")
    for number in range(12):
        log.append(draft(number, actor=OTHER if number % 3 else ACTOR, body={"result": f"{SECRET} {number}"}))
        if number % 5 == 4:
            log.rotate()
    log.close()
    return directory


def test_an_erased_person_is_in_no_byte_of_the_log(trail):
    assert ACTOR.encode() in raw_bytes(trail)
    log = AuditLog.open(trail, service="weather")
    erased = log.erase(ACTOR, reason="asked for", actor="root")
    assert (erased.bodies, erased.subjects, erased.emptied) == (4, 2, True)
    assert ACTOR.encode() not in raw_bytes(trail)
    log.close()
    left = raw_bytes(trail)
    assert ACTOR.encode() not in left
    assert f"{SECRET} 0".encode() not in left
    assert OTHER.encode() in left
    report = verify(trail)
    assert (report.exit_code, codes(report)) == (0, set())


def test_the_proofs_of_erased_entries_hold(trail):
    log = AuditLog.open(trail, service="weather")
    log.erase(ACTOR, reason="asked for")
    log.close()
    for entry in entries(trail):
        note, proof = inclusion(trail, entry.index)
        checkpoint = Checkpoint.parse(parse_note(note).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)
    assert not list(entries(trail, actor=ACTOR))
    assert len(list(entries(trail, actor=OTHER))) == 8


def test_the_record_of_an_erasure_names_nobody(trail):
    log = AuditLog.open(trail, service="weather")
    log.erase(ACTOR, reason="asked for", actor="root")
    log.close()
    (record,) = entries(trail, event="audit.erase")
    assert len(record.head["subjects"]) == 2
    assert (record.actor_name, record.body["reason"]) == ("root", "asked for")
    assert ACTOR not in record.head_text


def test_somebody_who_was_erased_and_comes_back_is_somebody_new(trail):
    writer = AuditLog.open(trail, service="weather")
    before = writer.append(draft())
    log = AuditLog.open(trail, service="weather")
    log.erase(ACTOR, reason="asked for")
    log.close()
    after = writer.append(draft())
    writer.close()
    (entry,) = entries(trail, actor=ACTOR)
    assert entry.head["id"] == after.record_id
    assert entry.head["actor"] not in before.head
    assert verify(trail).exit_code == 0


def test_nobody_of_that_name_is_said_and_nothing_recorded(trail):
    log = AuditLog.open(trail, service="weather")
    with pytest.raises(NothingToVerify, match="no actor of that name"):
        log.erase("nobody@example.org", reason="asked for")
    log.close()
    assert not list(entries(trail, event="audit.erase"))
    assert verify(trail).exit_code == 0


def test_one_entry_loses_its_body_and_nothing_else(trail):
    (entry,) = [entry for entry in entries(trail) if (entry.body or {}).get("result") == f"{SECRET} 1"]
    log = AuditLog.open(trail, service="weather")
    assert log.redact(entry.index, reason="a name in it").bodies == 1
    log.close()
    assert f'{SECRET} 1"'.encode() not in raw_bytes(trail)
    after = find(trail, str(entry.index))
    assert (after.body, after.leaf, after.head_text, after.actor_name) == (None, entry.leaf, entry.head_text, OTHER)
    assert (verify(trail).exit_code, codes(verify(trail))) == (0, set())
    log = AuditLog.open(trail, service="weather")
    with pytest.raises(NothingToVerify, match="has no body"):
        log.redact(entry.index, reason="again")
    log.close()


KILLED = """
import os, sys
from pathlib import Path
import otel_mcp.audit.upkeep as upkeep
from otel_mcp.audit import AuditLog
upkeep._remove = lambda *_: os.kill(os.getpid(), 9)
log = AuditLog.open(Path(sys.argv[1]), service="weather")
if sys.argv[2] == "erase": log.erase(sys.argv[3], reason="asked for")
else: log.redact(1, reason="asked for")
"""


@pytest.mark.parametrize("what", ["erase", "redact"])
def test_a_kill_between_record_and_removal_is_said_and_made_up_for(trail, what):
    assert run_python(KILLED, trail, what, ACTOR).returncode == -9
    report = verify(trail)
    assert (report.exit_code, codes(report)) == (0, {"W04", "W06"})
    log = AuditLog.open(trail, service="weather")
    done = log.resume_erasures()
    log.close()
    assert (done.subjects, done.bodies) == ((2, 4) if what == "erase" else (0, 1))
    assert codes(verify(trail)) == {"W04"}


def test_a_file_that_was_put_back_with_what_was_erased_is_said(trail, tmp_path):
    first = segments_of(trail)[0]
    shutil.copy(first, tmp_path / "backup")
    log = AuditLog.open(trail, service="weather")
    log.erase(ACTOR, reason="asked for")
    log.close()
    shutil.copy(tmp_path / "backup", first)
    assert codes(verify(trail)) == {"W06"}
    log = AuditLog.open(trail, service="weather")
    log.resume_erasures()
    log.close()
    assert ACTOR.encode() not in raw_bytes(trail)
    assert codes(verify(trail)) == set()


def test_a_body_that_is_missing_without_a_record_is_still_found(trail):
    log = AuditLog.open(trail, service="weather")
    log.erase(ACTOR, reason="asked for")
    log.close()
    make_log(trail, 1)
    from audit_scenes import raw

    with raw(trail) as connection:
        connection.execute("DELETE FROM body WHERE idx = 2")
    assert codes(verify(trail)) == {"A10"}
