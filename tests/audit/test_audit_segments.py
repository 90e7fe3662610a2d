"""A log of several files is one log: sealed file by file, pruned by record, whole or found out."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import threading

import pytest
from audit_scenes import codes, command, draft, environment, make_log, owner, run_python

from otel_mcp.audit import AuditLog, Policy, verify
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.keys import load_keys, new_keys
from otel_mcp.audit.query import entries, find, inclusion, operations
from otel_mcp.audit.seal import Seal, SealKeys, log_id, open_seal, read_seals, sign_seal, write_seals
from otel_mcp.audit.store import SEAL, segments_of
from otel_mcp.errors import AuditUnavailable, MalformedError, OtelMcpError, VerificationError
from otel_mcp.rotation import Rotation
from otel_mcp.tlog import Checkpoint, Signer, Verifier, check_inclusion, open_note, parse_note


def make_files(directory, files=3, each=5, **options):
    """A closed log of `files` sealed files and one that is open."""
    log = AuditLog.open(directory, service="weather", **options)
    for _ in range(files):
        for number in range(each):
            log.append(draft(number))
        assert log.rotate() is not None
    log.append(draft())
    log.close()
    return log


@contextlib.contextmanager
def file_at(directory, start):
    """One file of the log, as an intruder opens it."""
    path = segments_of(directory)[start]
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def nth(directory, number):
    return list(segments_of(directory))[number]


def test_a_log_of_several_files_verifies_as_one(directory):
    make_files(directory)
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, set())
    assert (report.files, report.start, report.entries, report.size) == (4, 0, 21, 21)
    assert verify(directory, fast=True).exit_code == 0


def test_a_sealed_file_is_one_file_and_its_seal_key_is_gone(directory):
    make_files(directory)
    names = {path.name for path in directory.iterdir()}
    newest = f"{nth(directory, -1):012}"
    assert {name for name in names if name.startswith("seal-")} == {f"seal-{newest}.key"}
    assert not {name for name in names if name.endswith(("-wal", "-shm")) and newest not in name}
    assert all(path.stat().st_mode & 0o77 == 0 for path in directory.iterdir())


def test_a_file_without_entries_is_not_sealed(directory):
    log = AuditLog.open(directory, service="weather")
    assert log.rotate() is not None
    assert log.rotate() is None
    log.append(draft())
    assert log.rotate() is not None
    log.close()
    assert verify(directory).files == 3


def test_queries_go_over_all_files_in_both_directions(directory):
    make_files(directory)
    calls = list(entries(directory, event="mcp.tool.call"))
    assert [entry.index for entry in calls] == sorted(entry.index for entry in calls)
    assert len(calls) == 16
    assert list(entries(directory, event="mcp.tool.call", newest_first=True)) == calls[::-1]
    assert [entry.index for entry in entries(directory, event="mcp.tool.call", limit=7)] == [e.index for e in calls[:7]]
    assert len(list(operations(directory, actor="rosalind@example.org"))) == 16
    assert find(directory, calls[3].head["id"]) == calls[3] == find(directory, str(calls[3].index))


def test_an_intent_and_its_outcome_in_two_files_are_one_operation(directory):
    log = AuditLog.open(directory, service="weather")
    intent = draft(phase="intent", outcome="unknown")
    log.append(intent)
    log.rotate()
    log.append(draft(ref=intent.id))
    log.close()
    for newest_first in (True, False):
        (row,) = operations(directory, event="mcp.tool.call", newest_first=newest_first)
        assert (row.intent.head["id"], row.outcome) == (intent.id, "success")
    assert verify(directory).intents_open == 0


def test_every_entry_of_every_file_can_be_proven(directory):
    log = make_files(directory)
    verifier = Verifier.parse(log.vkey)
    for entry in entries(directory):
        note, proof = inclusion(directory, entry.index)
        checkpoint = Checkpoint.parse(open_note(note, [verifier]).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)


def test_a_proof_needs_only_the_file_that_holds_the_entry(directory):
    make_files(directory)
    for start in list(segments_of(directory))[:-1]:
        segments_of(directory)[start].unlink()
    entry = list(entries(directory))[-2]
    note, proof = inclusion(directory, entry.index)
    checkpoint = Checkpoint.parse(parse_note(note).text)
    check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)


def test_several_writers_go_on_in_the_new_file(directory):
    first, second = (AuditLog.open(directory, service="weather") for _ in range(2))
    for log in (first, second, first):
        log.append(draft())
        assert log.rotate() is not None
    second.append(draft())
    first.append(draft())
    first.close()
    second.close()
    report = verify(directory)
    assert (report.exit_code, codes(report), report.files, report.writers) == (0, set(), 4, 2)


def test_threads_that_write_while_the_file_changes_lose_nothing(directory):
    log = AuditLog.open(directory, service="weather")
    done = threading.Event()
    receipts = []

    def write():
        while not done.is_set():
            receipts.append(log.append(draft()))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        log.rotate()
    done.set()
    for thread in threads:
        thread.join()
    log.close()
    assert verify(directory).exit_code == 0
    assert {entry.head["id"] for entry in entries(directory)} >= {receipt.record_id for receipt in receipts}


@pytest.mark.parametrize("rotation", [Rotation(256 * 1024, None), Rotation(None, 0)])
def test_a_file_is_sealed_when_it_is_large_or_old_enough(directory, rotation, monkeypatch):
    monkeypatch.setattr("otel_mcp.audit._committer._LOOK_SECONDS", 0)
    log = AuditLog.open(directory, service="weather", rotation=rotation)
    for number in range(20):
        log.append(draft(number, body={"result": "x" * 20_000}))
    log.close()
    assert len(segments_of(directory)) >= 2
    assert verify(directory).exit_code == 0


def test_a_record_id_of_the_file_before_is_recognised(directory):
    log = AuditLog.open(directory, service="weather")
    old = log.append(draft())
    log.rotate()
    log.append(draft())
    log.close()
    log = AuditLog.open(directory, service="weather")
    assert log.contains(old.record_id)
    assert not log.contains("01890000-0000-7000-8000-000000000000")
    log.close()


KILLED = """
import os, sys
from audit_scenes import draft
import otel_mcp.audit._rotation as rotation
import otel_mcp.audit.seal as seal
from otel_mcp.audit import AuditLog
from pathlib import Path
step, directory = sys.argv[1], Path(sys.argv[2])
def die(*_, **__): os.kill(os.getpid(), 9)
if step == "before the seal": seal.SealKeys.load = die
if step == "before the file of seals": rotation.write_seals = die
if step == "before the next file": rotation.create_database = die
if step == "before the key is destroyed": seal.SealKeys.destroy_all_but = lambda self, start: start and die()
if step == "before it is settled": rotation.settle = die
log = AuditLog.open(directory, service="weather")
for number in range(5): log.append(draft(number))
print("acknowledged", flush=True)
log.rotate()
"""


@pytest.mark.parametrize(
    "step",
    [
        "before the seal",
        "before the file of seals",
        "before the next file",
        "before the key is destroyed",
        "before it is settled",
    ],
)
def test_a_kill_in_any_step_of_a_rotation_leaves_a_log_that_verifies_and_goes_on(directory, step):
    result = run_python(KILLED, step, directory)
    assert (result.returncode, result.stdout) == (-9, "acknowledged\n")
    assert verify(directory).exit_code == 0
    make_log(directory, 3)
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W04"})
    assert len(segments_of(directory)) == (1 if step == "before the seal" else 2)
    assert len(list(directory.glob("seal-*.key"))) == 1


def test_a_lost_seal_key_keeps_the_file_open_and_the_log_honest(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    (directory / "seal-000000000000.key").unlink()
    assert log.rotate() is None
    log.append(draft())
    log.close()
    assert verify(directory).exit_code == 0


def test_seals_that_cannot_be_read_keep_the_file_open_and_the_log_going(directory):
    make_files(directory, 1)
    (directory / "seals").write_bytes(b"\xff")
    log = AuditLog.open(directory, service="weather")
    with pytest.raises(AuditUnavailable, match="seals: not UTF-8"):
        log.rotate()
    receipt = log.append(draft())
    log.close()
    assert find(directory, str(receipt.index)).leaf == receipt.leaf
    assert codes(verify(directory)) == {"A13"}


def edit_sealed(directory):
    with file_at(directory, nth(directory, 1)) as connection:
        connection.execute("UPDATE entry SET head = replace(head, 'success', 'failure') WHERE event = 'mcp.tool.call'")


def drop_row(directory):
    with file_at(directory, nth(directory, 1)) as connection:
        connection.execute("DELETE FROM entry WHERE idx = (SELECT max(idx) FROM entry)")


def reopen(directory):
    with file_at(directory, nth(directory, 1)) as connection:
        connection.execute("UPDATE frontier SET sealed = 0")


def change_start(directory):
    with file_at(directory, nth(directory, 2)) as connection:
        connection.execute("UPDATE meta SET v = replace(v, 'a', 'b') WHERE k = 'hashes'")


def drop_tie(directory):
    with file_at(directory, nth(directory, 2)) as connection:
        connection.execute("DELETE FROM checkpoint WHERE size = (SELECT min(size) FROM checkpoint)")


def strip_seal(directory):
    with file_at(directory, nth(directory, 1)) as connection:
        connection.execute("UPDATE meta SET v = substr(v, 1, instr(v, '/seal ') - 40) WHERE k = 'seal'")


def other_seal_key(directory):
    with file_at(directory, nth(directory, -1)) as connection:
        connection.execute("UPDATE meta SET v = ? WHERE k = 'seal_key'", ("00" * 32,))


def drop_last_seal(directory):
    notes = read_seals(directory)
    (directory / "seals").write_text("".join(notes[:-1]), encoding="utf-8")


def drop_first_seal(directory):
    notes = read_seals(directory)
    (directory / "seals").write_text("".join(notes[1:]), encoding="utf-8")


TAMPERINGS = {
    "edit a sealed entry": ("A01", edit_sealed),
    "drop the last entry of a sealed file": ("A04", drop_row),
    "open a sealed file again": ("A13", reopen),
    "change where a file begins": ("A02", change_start),
    "drop the checkpoint that ties two files": ("A08", drop_tie),
    "strip a seal": ("A13", strip_seal),
    "name another seal key": ("A13", other_seal_key),
    "remove the file of seals": ("A13", lambda d: (d / "seals").unlink()),
    "drop the last seal": ("A13", drop_last_seal),
    "drop the first seal": ("A13", drop_first_seal),
    "garble the seals": ("A13", lambda d: (d / "seals").write_bytes(b"\xff")),
    "remove the first file": ("A03", lambda d: segments_of(d)[0].unlink()),
    "remove a file in the middle": ("A12", lambda d: segments_of(d)[nth(d, 1)].unlink()),
    "remove the newest file": ("A05", lambda d: segments_of(d)[nth(d, -1)].unlink()),
    "swap two files": (
        "A14",
        lambda d: (
            segments_of(d)[nth(d, 0)].rename(d / "other"),
            segments_of(d)[nth(d, 0)].rename(d / "audit-000000000000.db"),
        ),
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
@pytest.mark.parametrize("fast", [False, True])
def test_tampering_with_files_is_found_and_named(directory, name, fast):
    make_files(directory)
    assert verify(directory).exit_code == 0
    code, tamper = TAMPERINGS[name]
    tamper(directory)
    report = verify(directory, fast=fast)
    assert code in codes(report)
    assert report.exit_code == 1


def test_a_thief_of_the_logs_key_cannot_seal_an_old_file_again(directory, home):
    log = make_files(directory)
    signer = owner(log)
    start = nth(directory, 1)
    with file_at(directory, start) as connection:
        (note,) = connection.execute("SELECT v FROM meta WHERE k = ?", (SEAL,)).fetchone()
        old = Seal.parse(parse_note(note).text)
        forged = sign_seal(
            Seal(old.origin, old.start, old.size, bytes(32), old.key, old.next_key), signer, new_keys().signing_key
        )
        connection.execute("UPDATE meta SET v = ? WHERE k = ?", (forged, SEAL))
    notes = read_seals(directory)
    notes[1] = forged
    (directory / "seals").write_text("".join(notes), encoding="utf-8")
    shutil.rmtree(home / "config" / "otel-mcp" / "heads")
    assert "A13" in codes(verify(directory, Policy(trusted_keys=[log.vkey])))


def test_a_log_begun_again_under_the_same_name_needs_the_first_seal_key(directory):
    log = make_files(directory)
    keys = load_keys(None, service="weather", create=False)
    seal_keys = SealKeys(directory, keys.index_key)
    forged_key = seal_keys.create(0)
    assert not log.origin.endswith(log_id(forged_key))


def test_old_files_go_after_a_signed_record_and_the_rest_verifies(directory):
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    pruned = log.prune(now_us() + 1, policy="90d", reason="the time is over", actor="root")
    log.close()
    assert (pruned.start, pruned.files) == (0, 3)
    assert list(segments_of(directory)) == [pruned.end]
    report = verify(directory)
    assert (report.exit_code, codes(report), report.start) == (0, set(), pruned.end)
    (record,) = entries(directory, event="audit.prune")
    assert (record.head["end"], record.head["policy"], record.actor_name) == (pruned.end, "90d", "root")
    assert record.body["reason"] == "the time is over"


def test_a_pruned_log_is_pruned_again_and_the_last_record_speaks_for_all(directory):
    make_files(directory, 2)
    for _ in range(3):
        log = AuditLog.open(directory, service="weather")
        assert log.prune(now_us() + 1, policy="90d")
        log.append(draft())
        log.rotate()
        log.append(draft())
        log.close()
        assert verify(directory).exit_code == 0
    shutil.rmtree(directory / "writers")
    (directory / "seals").unlink()
    assert "A13" in codes(verify(directory))


def test_young_files_stay(directory):
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    assert log.prune(now_us() - 3_600_000_000, policy="90d") is None
    log.close()
    assert len(segments_of(directory)) == 4
    assert not list(entries(directory, event="audit.prune"))


@pytest.mark.parametrize("change", ["end", "root", "record"])
def test_files_that_are_gone_need_the_right_record(directory, change):
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    second = nth(directory, 2)
    for start in list(segments_of(directory))[:2]:
        segments_of(directory)[start].unlink()
    if change != "record":
        root = bytes(32).hex() if change == "root" else verify_root(directory, second)
        attributes = {"start": 0, "end": second + (change == "end"), "root": root, "files": 2, "policy": "90d"}
        log._submit(draft(event="audit.prune", attributes=attributes)).result(10)
    log.close()
    assert "A03" in codes(verify(directory))


def verify_root(directory, start):
    with file_at(directory, start) as connection:
        (note,) = connection.execute("SELECT note FROM checkpoint WHERE size = ?", (start,)).fetchone()
    return Checkpoint.parse(parse_note(note).text).root.hex()


PRUNE_KILLED = """
import os, sys
from pathlib import Path
import otel_mcp.audit.upkeep as upkeep
from otel_mcp.audit import AuditLog
upkeep.tidy = lambda *_: os.kill(os.getpid(), 9)
log = AuditLog.open(Path(sys.argv[1]), service="weather")
log.prune(2**51, policy="90d")
"""


def test_a_kill_between_record_and_removal_is_made_up_for_at_the_next_start(directory):
    make_files(directory)
    assert run_python(PRUNE_KILLED, directory).returncode == -9
    assert len(segments_of(directory)) == 4
    assert verify(directory).exit_code == 0
    make_log(directory, 1)
    assert len(segments_of(directory)) == 1
    assert verify(directory).exit_code == 0


def test_a_writer_whose_file_was_pruned_goes_on_in_the_newest(directory):
    idle = AuditLog.open(directory, service="weather")
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    log.prune(now_us() + 1, policy="90d")
    log.close()
    idle.append(draft())
    idle.close()
    assert verify(directory).exit_code == 0


WRITE = """
import sys
from pathlib import Path
from audit_scenes import draft
from otel_mcp.audit import AuditLog
import otel_mcp.audit._committer as committer
from otel_mcp.rotation import Rotation
committer._LOOK_SECONDS = 0
log = AuditLog.open(Path(sys.argv[1]), service="weather", rotation=Rotation(1, None))
for number in range(40):
    print(log.append(draft(number)).record_id, flush=True)
log.close()
"""


def test_processes_that_all_rotate_write_one_log(directory):
    processes = [
        subprocess.Popen(command(WRITE, directory), env=environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ids = [line for process in processes for line in process.communicate(timeout=120)[0].split()]
    assert [process.returncode for process in processes] == [0] * 4
    report = verify(directory)
    assert (report.exit_code, codes(report), report.writers) == (0, set(), 4)
    assert report.files > 20
    assert {entry.head["id"] for entry in entries(directory)} >= set(ids)
    assert len(ids) == 160


def test_a_seal_has_one_encoding(directory):
    log = make_files(directory, 1)
    (note,) = read_seals(directory)
    seal = open_seal(note, Verifier.parse(log.vkey))
    assert Seal.parse(str(seal)) == seal
    for text in (
        "",
        str(seal)[:-1],
        str(seal) + "\n",
        str(seal).replace("\n0\n", "\n00\n"),
        str(seal).replace("v1", "v2"),
    ):
        with pytest.raises(MalformedError):
            Seal.parse(text)
    lines = note.splitlines(keepends=True)
    for missing in (-1, -2):
        shorter = lines[:missing] + lines[missing:][1:]
        with pytest.raises(VerificationError):
            open_seal("".join(shorter), Verifier.parse(log.vkey))
    other = Signer(log.origin, new_keys().signing_key).verifier
    with pytest.raises(OtelMcpError):
        open_seal(note, other)


def test_the_same_seal_is_written_once(directory):
    make_files(directory, 2)
    notes = read_seals(directory)
    write_seals(directory, notes[-1])
    assert read_seals(directory) == notes


def test_a_seal_key_opens_only_with_the_logs_keys_and_in_its_place(directory):
    directory.mkdir()
    keys, other = SealKeys(directory, b"1" * 32), SealKeys(directory, b"2" * 32)
    public = keys.create(0)
    assert keys.load(0).public_key == public
    assert other.load(0) is None
    (directory / "seal-000000000000.key").rename(directory / "seal-000000000007.key")
    assert keys.load(7) is None


def test_an_archive_is_not_written_to(directory):
    make_files(directory)
    for path in list(segments_of(directory).values()):
        path.rename(path.with_suffix(".db.gz"))
    with pytest.raises(AuditUnavailable, match="archive"):
        AuditLog.open(directory, service="weather")
