"""A log beside telemetry that somebody else kept: what each of them has and the other has not."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from audit.audit_scenes import FILE_NAME, codes, edit_head, make_log, owner, raw, rehash, run_python
from audit.telemetry_scenes import (
    attributes,
    both,
    log_of,
    note_record,
    notes_of,
    request,
    resource,
    span_of,
    stored,
    traced,
)
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.audit import AuditLog, accept_restore
from otel_mcp.audit._seen import Telemetry, _read_line, read_telemetry
from otel_mcp.audit.facts import time_us
from otel_mcp.audit.reconcile import reconcile
from otel_mcp.errors import ConfigError, NothingToVerify
from otel_mcp.tlog import Checkpoint, Signer, sign_checkpoint


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def directory(tmp_path):
    directory = tmp_path / "log"
    log = AuditLog.open(directory, service="weather")
    for number in range(10):
        log.append(traced(number))
    log.close()
    return directory


@pytest.fixture
def telemetry(tmp_path):
    def made(*requests):
        path = tmp_path / "telemetry.jsonl"
        path.write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
        return read_telemetry([path])

    return made


def cut(directory, index):
    """Take the end of the log away, as a rollback does."""
    with raw(directory) as connection:
        for table, column in (("entry", "idx"), ("body", "idx")):
            connection.execute(f"DELETE FROM {table} WHERE {column} >= ?", (index,))
        connection.execute("DELETE FROM checkpoint WHERE size > ?", (index,))
        rehash(connection)
    shutil.rmtree(Path(str(directory)).parent / "config" / "otel-mcp" / "heads", ignore_errors=True)


def test_a_log_and_its_telemetry_agree(directory, telemetry):
    found = reconcile(directory, telemetry(*both(directory)))
    assert (found.exit_code, found.arrived, found.checkpoints) == (0, 10, 1)
    assert found.report.witnessed == found.report.size
    # What comes twice is one, and either of the two signals is enough.
    spans, logs = both(directory)
    assert reconcile(directory, telemetry(spans, spans)).arrived == 10
    assert reconcile(directory, telemetry(logs, logs)).exit_code == 0


def test_what_never_arrived_is_named_within_the_time_that_is_covered(directory, telemetry):
    records = [log_of(entry) for entry in stored(directory)]
    found = reconcile(directory, telemetry(request(*records[2:5], *records[6:8])))
    assert (found.exit_code, found.never, found.outside) == (2, [stored(directory)[5].index], 4)


@pytest.mark.parametrize("kind", ["spans", "logs"])
def test_an_entry_that_was_taken_out_is_gone(directory, telemetry, kind):
    before = both(directory)[kind == "logs"]
    signer = owner(AuditLog.open(directory, service="weather"))
    victim = stored(directory)[4].index
    with raw(directory) as connection:
        connection.execute("DELETE FROM entry WHERE idx = ?", (victim,))
        connection.execute("DELETE FROM body WHERE idx = ?", (victim,))
        connection.execute("UPDATE entry SET idx = idx - 1 WHERE idx > ?", (victim,))
        connection.execute("UPDATE body SET idx = idx - 1 WHERE idx > ?", (victim,))
        rehash(connection, signer)
    found = reconcile(directory, telemetry(before))
    assert found.exit_code == 1
    assert [seen.kind for seen in found.gone] == [kind.removesuffix("s")]
    assert found.lost == []


def test_an_entry_that_was_rewritten_with_the_key_differs(directory, telemetry):
    spans, logs = both(directory)
    log = AuditLog.open(directory, service="weather")
    signer = owner(log)
    log.close()
    index = stored(directory)[3].index
    with raw(directory) as connection:
        edit_head(connection, index, outcome="failure")
        rehash(connection, signer)
    for one, kinds in ((spans, {"span"}), (logs, {"log"})):
        found = reconcile(directory, telemetry(one))
        assert found.exit_code == 1
        assert {(one.seen.kind, one.index) for one in found.different} == {(kind, index) for kind in kinds}
    assert "A06" in codes(found.report)  # the checkpoint that arrived is of another history


def test_a_rollback_contradicts_a_checkpoint(directory, telemetry):
    before = both(directory)
    cut(directory, 6)
    found = reconcile(directory, telemetry(*before))
    assert found.exit_code == 1
    assert "A05" in codes(found.report)


def test_the_end_of_a_writer_that_crashed_is_lost_and_not_tampered_with(tmp_path, telemetry):
    """Without a checkpoint of them, entries after an unclean end may have been lost with the disk's promise."""
    directory = tmp_path / "log"
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from audit.telemetry_scenes import traced\n"
        "from otel_mcp.audit import AuditLog\n"
        "log = AuditLog.open(Path(sys.argv[1]), service='weather')\n"
        "for number in range(5):\n"
        "    log.append(traced(number))\n"
        "os._exit(0)\n"
    )
    assert run_python(script, directory, Path(__file__).parents[1]).returncode == 0
    everything = [log_of(entry) for entry in stored(directory)]
    spans = [span_of(entry) for entry in stored(directory)]
    cut(directory, 4)
    found = reconcile(directory, telemetry(request(*everything), request(*spans, kind="spans")))
    assert (found.exit_code, len(found.lost), found.gone) == (2, 2, [])
    # The same in the middle of a writer's life has no excuse.
    make_log(directory, 1)
    assert reconcile(directory, telemetry(request(*everything))).lost
    late = [{**record, "timeUnixNano": str(1 << 62)} for record in everything]
    assert len(reconcile(directory, telemetry(request(*late))).gone) == 2


def test_what_a_restored_backup_lacks_is_lost(directory, tmp_path, telemetry):
    shutil.copytree(directory, tmp_path / "backup")
    log = AuditLog.open(directory, service="weather")
    log.append(traced(20))
    log.close()
    records = [log_of(entry) for entry in stored(directory)]
    shutil.rmtree(directory)
    shutil.copytree(tmp_path / "backup", directory)
    accept_restore(directory, "the disk died")
    found = reconcile(directory, telemetry(request(*records)))
    assert (found.exit_code, len(found.lost), found.gone) == (2, 1, [])


def test_what_was_pruned_is_no_loss(directory, telemetry):
    before = both(directory)
    log = AuditLog.open(directory, service="weather")
    log.rotate()
    log.append(traced(30))
    log.prune(time_us("9999-01-01T00:00:00.000000Z"), policy="test")
    log.close()
    found = reconcile(directory, telemetry(*before, request(*map(log_of, stored(directory)))))
    assert (found.exit_code, found.pruned, found.gone) == (0, 10, [])


def test_other_logs_of_the_same_service_name_are_told_apart_by_their_checkpoints(directory, tmp_path, telemetry):
    log = AuditLog.open(tmp_path / "other", service="weather")
    for number in range(50, 53):
        log.append(traced(number))
    log.close()
    here, there = resource(host="a"), resource(host="b")
    mine = [request(*map(span_of, stored(directory)), kind="spans", source=here)]
    strange = stored(tmp_path / "other")
    note = notes_of(tmp_path / "other")[-1]
    theirs = [request(*map(span_of, strange), kind="spans", source=there), request(note_record(note), source=there)]
    found = reconcile(directory, telemetry(*mine, *theirs))
    assert (found.exit_code, found.others, found.gone) == (0, 3, [])
    # One resource for both: nobody can say whose they are.
    mixed = [request(*map(span_of, [*stored(directory), *strange]), kind="spans", source=here)]
    found = reconcile(directory, telemetry(*mixed, request(note_record(note), source=here)))
    assert (found.exit_code, found.unassigned) == (2, 3)
    # Another service altogether.
    other = request(*map(span_of, strange), kind="spans", source=resource("shop"))
    assert reconcile(directory, telemetry(*mine, other)).others == 3
    with pytest.raises(NothingToVerify, match="says nothing of the log"):
        reconcile(directory, telemetry(other))


def test_a_checkpoint_of_another_key_proves_nothing(directory, telemetry):
    from otel_mcp.audit.keys import new_keys

    origin = reconcile(directory, telemetry(*both(directory))).report.origin
    forged = sign_checkpoint(Checkpoint(origin, 99, bytes(32)), Signer(origin, new_keys().signing_key))
    found = reconcile(directory, telemetry(*both(directory), request(note_record(forged))))
    assert (found.exit_code, found.unproven, found.report.tampered) == (2, 1, False)
    found = reconcile(directory, telemetry(*both(directory), request(note_record("hello"))))
    assert (found.exit_code, found.unreadable) == (2, 1)


def test_operations_without_an_entry_are_counted(directory, telemetry):
    record = {"timeUnixNano": "1", "attributes": attributes(audit__record__id="x")}
    found = reconcile(directory, telemetry(*both(directory), request(record)))
    assert (found.exit_code, found.unaudited) == (2, 1)


def test_a_log_that_cannot_be_read_is_tampered_with_all_the_same(directory, telemetry):
    before = both(directory)
    with raw(directory) as connection:
        connection.execute("""UPDATE entry SET head = '{"action":"X",' || substr(head, 2) WHERE idx = 4""")
    assert reconcile(directory, telemetry(*before)).exit_code == 1
    with contextlib.closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        connection.execute("""UPDATE entry SET head = '{"event":"x","id":"y","outcome":"z","phase":"p","ts":"t"}'""")
        connection.commit()
    assert reconcile(directory, telemetry(*before)).exit_code == 1


STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["resourceLogs", "scopeLogs", "logRecords", "resource", "attributes", "body", "key", "value"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(STRANGE)
def test_strange_telemetry_is_counted_and_nothing_else(value):
    found = Telemetry()
    _read_line(json.dumps(value).encode(), found)
    _read_line(json.dumps(request({"body": value, "attributes": value, "timeUnixNano": value})).encode(), found)
    assert found.seen == {}


def test_a_line_that_was_cut_is_counted(directory, tmp_path):
    path = tmp_path / "cut.jsonl"
    whole = json.dumps(both(directory)[1])
    path.write_text(f"{json.dumps(both(directory)[0])}\n\n{whole[:-50]}", encoding="utf-8")
    assert read_telemetry([path]).unreadable == 1
    with pytest.raises(ConfigError, match="no such file"):
        read_telemetry([tmp_path / "none"])
