"""Each way to tamper with a log is found, and called by its name."""

from __future__ import annotations

import random
import shutil
import sqlite3

import pytest
from audit_scenes import FILE_NAME, codes, draft, edit_head, make_log, owner, raw, rehash

from otel_mcp.audit import AuditLog, EntryDraft, Policy, accept_restore, verify
from otel_mcp.audit.entry import body_hash, parse_head
from otel_mcp.audit.highwater import mark_path, marks_of_directory
from otel_mcp.audit.keys import new_keys, pins_path
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import SCHEMA
from otel_mcp.errors import MalformedError, NothingToVerify, OtelMcpError, VerificationError
from otel_mcp.tlog import Signer


def truncate(connection, size):
    """Cut the log back to a state that it once had."""
    for table in ("entry", "body"):
        connection.execute(f"DELETE FROM {table} WHERE idx >= ?", (size,))
    connection.execute("DELETE FROM checkpoint WHERE size > ?", (size,))
    rehash(connection)


def swap(connection, one, other):
    rows = dict(connection.execute("SELECT idx, head FROM entry WHERE idx IN (?, ?)", (one, other)).fetchall())
    connection.execute("UPDATE entry SET head = ? WHERE idx = ?", (rows[one], other))
    connection.execute("UPDATE entry SET head = ? WHERE idx = ?", (rows[other], one))
    rehash(connection)


def renumber_without(connection, index):
    for table in ("entry", "body"):
        connection.execute(f"DELETE FROM {table} WHERE idx = ?", (index,))
        connection.execute(f"UPDATE {table} SET idx = -idx WHERE idx > ?", (index,))
        connection.execute(f"UPDATE {table} SET idx = -idx - 1 WHERE idx < 0")
    rehash(connection)


def inject_key(connection, *, hashed):
    connection.execute('UPDATE entry SET head = replace(head, \'"tool":\', \'"tool":"evil","tool":\') WHERE idx = 10')
    if hashed:
        rehash(connection)


def hide_from_index(connection):
    connection.execute("DROP INDEX entry_tool")
    connection.execute("CREATE INDEX entry_tool ON entry (tool, ts) WHERE idx <> 10")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'entry_tool'", (SCHEMA["entry_tool"],))


TAMPERINGS = {
    "edit a field": ("A01", lambda c: edit_head(c, 10, outcome="failure")),
    "edit a field and its leaf": ("A02", lambda c: (edit_head(c, 10, outcome="failure"), rehash(c))),
    "edit the leaf": ("A01", lambda c: c.execute("UPDATE entry SET leaf = zeroblob(32) WHERE idx = 10")),
    "store a head as a blob": ("A01", lambda c: c.execute("UPDATE entry SET head = CAST(head AS BLOB) WHERE idx = 10")),
    "delete in the middle": ("A03", lambda c: c.execute("DELETE FROM entry WHERE idx = 10")),
    "delete in the middle and renumber": ("A02", lambda c: renumber_without(c, 10)),
    "delete at the start": ("A03", lambda c: c.execute("DELETE FROM entry WHERE idx < 5")),
    "cut the tail": ("A04", lambda c: c.execute("DELETE FROM entry WHERE idx > 20")),
    "cut the tail and its checkpoints": (
        "A04",
        lambda c: (c.execute("DELETE FROM entry WHERE idx > 20"), c.execute("DELETE FROM checkpoint WHERE size > 21")),
    ),
    "cut the tail consistently": ("A05", lambda c: truncate(c, 20)),
    "cut everything": ("A05", lambda c: truncate(c, 0)),
    "reorder": ("A02", lambda c: swap(c, 10, 11)),
    "add an entry": (
        "A08",
        lambda c: (
            c.execute("INSERT INTO entry (idx, head, leaf) SELECT 32, head, leaf FROM entry WHERE idx = 10"),
            rehash(c),
        ),
    ),
    "repeat a key": ("A01", lambda c: inject_key(c, hashed=False)),
    "repeat a key and rehash": ("A09", lambda c: inject_key(c, hashed=True)),
    "write a head with spaces": (
        "A09",
        lambda c: (c.execute("UPDATE entry SET head = replace(head, ':', ': ') WHERE idx = 10"), rehash(c)),
    ),
    "edit a body": ("A10", lambda c: c.execute("UPDATE body SET data = data || x'20' WHERE idx = 10")),
    "delete a body": ("A10", lambda c: c.execute("DELETE FROM body WHERE idx = 10")),
    "add a body without an entry": ("A10", lambda c: c.execute("INSERT INTO body VALUES (99, x'00')")),
    "add a body to a head that has none": ("A10", lambda c: c.execute("INSERT INTO body VALUES (31, x'00')")),
    "rename a subject": ("A10", lambda c: c.execute("UPDATE subject SET name = 'somebody else'")),
    "delete a subject": ("A10", lambda c: c.execute("DELETE FROM subject")),
    "delete all checkpoints": ("A08", lambda c: c.execute("DELETE FROM checkpoint")),
    "delete the last checkpoint": ("A08", lambda c: c.execute("DELETE FROM checkpoint WHERE size = 32")),
    "strip all signatures": (
        "A08",
        lambda c: c.execute("UPDATE checkpoint SET note = substr(note, 1, instr(note, '— ') - 1)"),
    ),
    "edit a checkpoint": (
        "A07",
        lambda c: c.execute(
            "UPDATE checkpoint SET note = replace(note, char(10) || '20' || char(10), char(10) || '21' || char(10)) "
            "WHERE size = 20"
        ),
    ),
    "move a checkpoint": ("A08", lambda c: c.execute("UPDATE checkpoint SET size = 99 WHERE size = 20")),
    "edit the frontier": ("A14", lambda c: c.execute("UPDATE frontier SET hashes = zeroblob(length(hashes))")),
    "move the frontier's row": (
        "A14",
        lambda c: (c.execute("PRAGMA ignore_check_constraints = ON"), c.execute("UPDATE frontier SET id = 5")),
    ),
    "add a trigger": (
        "A14",
        lambda c: c.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE idx = 1; END"),
    ),
    "replace the view": (
        "A14",
        lambda c: (c.execute("DROP VIEW audit_log"), c.execute("CREATE VIEW audit_log AS SELECT 1")),
    ),
    "add a table": ("A14", lambda c: c.execute("CREATE TABLE extra (a)")),
    "add a column": ("A14", lambda c: c.execute("ALTER TABLE entry ADD COLUMN note TEXT")),
    "drop an index": ("A14", lambda c: c.execute("DROP INDEX entry_actor")),
    "hide an entry from an index": ("A14", hide_from_index),
    "take the mark off": ("A14", lambda c: c.execute("PRAGMA application_id = 0")),
    "name another key": (
        "A07",
        lambda c: c.execute(
            "UPDATE meta SET v = ? WHERE k = 'vkey'",
            (
                str(
                    Signer(
                        c.execute("SELECT v FROM meta WHERE k = 'origin'").fetchone()[0], new_keys().signing_key
                    ).verifier
                ),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_named(directory, name):
    code, tamper = TAMPERINGS[name]
    make_log(directory)
    assert verify(directory).exit_code == 0
    with raw(directory) as connection:
        tamper(connection)
    report = verify(directory)
    assert code in codes(report)
    assert report.exit_code == 1
    assert verify(directory, fast=True).exit_code == (0 if name == "hide an entry from an index" else 1)


def test_a_log_signed_again_by_another_key_is_found(directory):
    log = make_log(directory)
    stranger = Signer(log.origin, new_keys().signing_key)
    with raw(directory) as connection:
        edit_head(connection, 10, outcome="failure")
        rehash(connection, stranger)
        connection.execute("UPDATE meta SET v = ? WHERE k = 'vkey'", (str(stranger.verifier),))
    assert {"A07", "A08"} <= codes(verify(directory))
    pins_path().unlink()
    assert verify(directory, Policy(trusted_keys=[log.vkey])).exit_code == 1
    assert verify(directory).exit_code == 1  # unpinned, but this machine remembers another root


def test_a_key_found_beside_the_log_proves_nothing(directory, home):
    make_log(directory)
    shutil.rmtree(home / "config")
    report = verify(directory)
    assert codes(report) == {"W01"}
    assert (report.exit_code, report.pinned) == (2, False)


def test_a_trusted_key_of_another_log_does_not_vouch_for_this_one(directory, tmp_path, home):
    other = make_log(tmp_path / "other", 1)
    make_log(directory)
    shutil.rmtree(home / "config")
    report = verify(directory, Policy(trusted_keys=[other.vkey]))
    assert "A07" in codes(report)


def test_history_rewritten_with_the_stolen_key_differs_from_what_this_machine_saw(directory):
    log = make_log(directory)
    with raw(directory) as connection:
        edit_head(connection, 10, outcome="failure")
        rehash(connection, owner(log))
    assert codes(verify(directory)) == {"A06"}


def test_history_rewritten_with_the_stolen_key_differs_from_a_witnessed_checkpoint(directory, home):
    log = make_log(directory)
    witnessed = verify(directory).checkpoint
    with raw(directory) as connection:
        edit_head(connection, 10, outcome="failure")
        rehash(connection, owner(log))
    shutil.rmtree(home / "config")
    policy = Policy(trusted_keys=[log.vkey], witness_notes=[witnessed])
    assert codes(verify(directory, policy)) == {"A06"}


def test_a_hole_in_a_writers_sequence_is_found_under_the_right_key(directory, home):
    log = make_log(directory)
    with raw(directory) as connection:
        edit_head(connection, 10, ws=12)
        rehash(connection, owner(log))
    shutil.rmtree(home / "config")
    assert "A11" in codes(verify(directory, Policy(trusted_keys=[log.vkey])))


def copy_of(directory):
    backup = directory.with_name("backup")
    shutil.copytree(directory, backup)
    return backup


def restore(backup, directory):
    shutil.rmtree(directory)
    shutil.copytree(backup, directory)


def test_an_older_copy_is_a_rollback(directory):
    make_log(directory)
    backup = copy_of(directory)
    make_log(directory, 5)
    restore(backup, directory)
    report = verify(directory)
    assert codes(report) == {"A05"}
    assert "accept-restore" in report.problems[0].message


def test_an_older_copy_that_grew_again_is_a_fork(directory):
    make_log(directory)
    backup = copy_of(directory)
    make_log(directory, 5)
    restore(backup, directory)
    make_log(directory, 50)
    assert codes(verify(directory)) == {"A06"}


def test_an_accepted_restore_is_recorded_and_verifies(directory):
    make_log(directory)
    backup = copy_of(directory)
    make_log(directory, 5)
    restore(backup, directory)
    receipt = accept_restore(directory, "disk replaced")
    assert '"event":"audit.log.restore"' in receipt.head
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, set())
    make_log(directory, 5)
    assert verify(directory).exit_code == 0


def test_a_deleted_log_is_missed(directory):
    make_log(directory)
    (directory / FILE_NAME).unlink()
    report = verify(directory)
    assert (codes(report), report.exit_code) == ({"A05"}, 1)


def test_a_log_that_took_the_place_of_another_is_found(directory):
    make_log(directory)
    shutil.rmtree(directory)
    make_log(directory)
    assert codes(verify(directory)) == {"A05"}
    accept_restore(directory, "began anew on purpose")
    assert verify(directory).exit_code == 0


def test_a_log_that_never_was_is_nothing_to_verify(directory):
    with pytest.raises(NothingToVerify):
        verify(directory)
    directory.mkdir()
    with pytest.raises(NothingToVerify):
        verify(directory)


def test_another_programs_database_is_nothing_to_verify(directory):
    directory.mkdir()
    with raw(directory) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(NothingToVerify, match="not an audit log"):
        verify(directory)


def test_a_writer_does_not_sign_history_that_was_changed_before_it_came(directory):
    make_log(directory)
    with raw(directory) as connection:
        edit_head(connection, 10, outcome="failure")
        rehash(connection)
    with pytest.raises(OtelMcpError, match="does not end as its key signed it"):
        AuditLog.open(directory, service="weather")


def test_a_running_writer_does_not_sign_history_that_was_changed_under_it(directory):
    log = AuditLog.open(directory, service="weather")
    for number in range(20):
        log.append(draft(number))
    with raw(directory) as connection:
        edit_head(connection, 10, outcome="failure")
        rehash(connection)
        connection.execute("DELETE FROM checkpoint WHERE size > 9 AND size < 21")
    with pytest.raises(OtelMcpError, match="changed or put back while in use"):
        log.append(draft())
    log.close()
    assert "A02" in codes(verify(directory))


def test_the_mark_is_not_lowered_by_a_writer(directory):
    make_log(directory)
    backup = copy_of(directory)
    make_log(directory, 5)
    (before,) = marks_of_directory(directory)
    restore(backup, directory)
    make_log(directory, 1)
    assert marks_of_directory(directory) == [before]


def logical(path):
    """All that can be read from a database, or None if it cannot."""
    connection = sqlite3.connect(path)
    dump = []
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        dump.append(connection.execute("SELECT * FROM sqlite_master").fetchall())
        for name in tables:
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()
            dump.append([row for row in rows if row[0] != "key_source"])  # a hint for people, vouched for by nothing
    except (sqlite3.Error, UnicodeError):
        return None
    finally:
        connection.close()
    return dump


def test_no_flipped_bit_changes_what_a_verified_log_says(directory):
    make_log(directory, 10)
    path = directory / FILE_NAME
    original = path.read_bytes()
    before = logical(path)
    rng = random.Random(20261124)
    for _ in range(400):
        data = bytearray(original)
        position = rng.randrange(len(data) * 8)
        data[position // 8] ^= 1 << position % 8
        path.write_bytes(data)
        try:
            verdict = verify(directory).exit_code
        except (OtelMcpError, MalformedError):
            continue
        if verdict == 0:
            assert logical(path) == before, f"bit {position} changed the log and was not found"


def test_a_running_writer_does_not_fork_a_log_that_was_put_back_under_it(directory):
    log = AuditLog.open(directory, service="weather")
    for number in range(20):
        log.append(draft(number))
    with raw(directory) as connection:
        truncate(connection, 10)
    with pytest.raises(OtelMcpError, match="changed or put back while in use"):
        log.append(draft())
    log.close()
    assert verify(directory).exit_code == 1


def record(log, event, **attributes):
    """Write one of the records that only the log itself may write."""
    draft_of_ours = EntryDraft(event, "event", "DELETE", "success", actor_type="system", attributes=attributes)
    return log._submit(draft_of_ours).result(10)


def test_a_body_may_be_missing_where_a_signed_record_says_so(directory):
    log = AuditLog.open(directory, service="weather")
    for number in range(5):
        log.append(draft(number))
    record(log, "audit.redact", idx=3)
    log.close()
    with raw(directory) as connection:
        connection.execute("DELETE FROM body WHERE idx = 3")
    assert verify(directory).exit_code == 0
    with raw(directory) as connection:
        connection.execute("DELETE FROM body WHERE idx = 4")
    assert [problem.index for problem in verify(directory).problems] == [4]


def test_a_subject_may_be_missing_where_a_signed_record_says_so(directory):
    log = AuditLog.open(directory, service="weather")
    subject = parse_head(log.append(draft()).head)["actor"]
    log.append(draft(actor="somebody else"))
    record(log, "audit.erase", subjects=[subject])
    log.close()
    with raw(directory) as connection:
        connection.execute("DELETE FROM body WHERE idx = 1")
        connection.execute("DELETE FROM subject WHERE id = ?", (subject,))
    assert verify(directory).exit_code == 0
    with raw(directory) as connection:
        connection.execute("DELETE FROM subject")
    assert [problem.index for problem in verify(directory).problems] == [2]


def test_an_encrypted_body_is_not_mistaken_for_a_plain_one(directory):
    log = make_log(directory, 3)
    blob = b"\x01" + bytes(40)
    with raw(directory) as connection:
        connection.execute("UPDATE body SET data = ? WHERE idx = 0", (blob,))
        edit_head(connection, 0, body=body_hash(blob))
        rehash(connection, owner(log))
    assert "A09" in codes(verify(directory))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM meta",
        "UPDATE meta SET v = 'x' WHERE k = 'vkey'",
        "UPDATE meta SET v = 'other' WHERE k = 'origin'",
        "PRAGMA user_version = 2",
    ],
)
def test_a_log_that_cannot_be_checked_is_no_log_that_verifies(directory, statement):
    make_log(directory, 3)
    with raw(directory) as connection:
        connection.execute(statement)
    with pytest.raises(VerificationError) as error:
        verify(directory)
    assert error.value.code == "A14"


def test_a_schema_that_is_no_text_any_more_is_said_in_a_sentence(directory):
    make_log(directory, 3)
    path = directory / FILE_NAME
    data = path.read_bytes()
    assert data.count(b"CREATE TABLE frontier (id") == 1
    path.write_bytes(data.replace(b"CREATE TABLE frontier (id", b"CREATE TABL\xe9 frontier (id"))
    with pytest.raises(VerificationError) as error:
        verify(directory)
    assert error.value.code == "A14"
    with pytest.raises(OtelMcpError):
        list(entries(directory))
    with pytest.raises(OtelMcpError):
        AuditLog.open(directory, service="weather")


def test_a_damaged_mark_is_no_verdict(directory):
    log = make_log(directory, 3)
    for damage in ("", "[]", "{}", '{"origin": 1}'):
        mark_path(log.origin).write_text(damage)
        assert verify(directory).exit_code == 0


def test_many_problems_of_one_kind_are_counted(directory):
    make_log(directory, 60)
    with raw(directory) as connection:
        connection.execute("DELETE FROM body WHERE idx BETWEEN 1 AND 50")
    problems = verify(directory).problems
    assert len(problems) == 21
    assert problems[-1].message == "30 more of A10"


def test_progress_is_told(directory):
    make_log(directory, 3)
    seen = []
    verify(directory, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (5, 5)
