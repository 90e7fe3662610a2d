"""An archive of sealed files verifies and is queried like the log that it was made from."""

from __future__ import annotations

import contextlib
import gzip
import shutil

import pytest
from audit_scenes import ACTOR, codes, draft, run_python
from test_audit_segments import make_files

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.query import entries, inclusion
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import AuditUnavailable, NothingToVerify, VerificationError
from otel_mcp.tlog import Checkpoint, check_inclusion, parse_note


@pytest.fixture
def target(tmp_path):
    return tmp_path / "archive"


def everything(folder) -> bytes:
    packed = [gzip.decompress(path.read_bytes()) for path in folder.glob("*.gz")]
    return b"".join([*packed, *(path.read_bytes() for path in folder.rglob("*") if path.is_file())])


def test_an_archive_verifies_and_is_queried_where_it_is(directory, target):
    make_files(directory)
    made = archive(directory, target)
    assert [path.name for path in made] == [f"{path.name}.gz" for path in list(segments_of(directory).values())[:-1]]
    report = verify(target)
    assert (report.exit_code, codes(report), report.files, report.archive) == (0, set(), 3, True)
    assert list(entries(target, event="mcp.tool.call")) == list(entries(directory, event="mcp.tool.call"))[:-1]
    for entry in entries(target):
        note, proof = inclusion(target, entry.index)
        checkpoint = Checkpoint.parse(parse_note(note).text)
        check_inclusion(entry.leaf, entry.index, checkpoint.size, proof, checkpoint.root)


def test_an_archive_grows_by_what_is_new(directory, target):
    make_files(directory, 1)
    assert len(archive(directory, target)) == 1
    before = {path: path.stat().st_mtime_ns for path in segments_of(target).values()}
    make_files(directory, 2)
    assert len(archive(directory, target)) == 2
    assert archive(directory, target) == []
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert verify(target).files == 3


def test_a_running_log_is_archived(directory, target):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    log.rotate()
    log.append(draft())
    archive(directory, target)
    log.append(draft())
    log.close()
    assert verify(target).exit_code == 0
    assert verify(directory).exit_code == 0


def test_what_goes_to_the_archive_and_from_the_log_is_whole_in_both(directory, target):
    make_files(directory)
    archive(directory, target)
    log = AuditLog.open(directory, service="weather")
    log.prune(now_us() + 1, policy="90d")
    log.close()
    assert verify(directory).exit_code == 0
    assert verify(target).exit_code == 0
    log = AuditLog.open(directory, service="weather")
    log.rotate()
    log.close()
    archive(directory, target)
    report = verify(target)
    assert (report.exit_code, report.start, report.files) == (0, 0, 4)


def test_an_archive_that_begins_after_a_removal_has_the_record_of_it(directory, target):
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    log.prune(now_us() + 1, policy="90d")
    log.rotate()
    log.append(draft())
    log.close()
    archive(directory, target)
    report = verify(target)
    assert (report.exit_code, report.start > 0) == (0, True)


def test_a_person_is_erased_from_the_archive_too(directory, target):
    make_files(directory)
    archive(directory, target)
    log = AuditLog.open(directory, service="weather")
    erased = log.erase(ACTOR, reason="asked for", archives=[target])
    log.close()
    assert (erased.subjects, erased.bodies) == (7, 31)
    assert ACTOR.encode() not in everything(target)
    for place in (directory, target):
        report = verify(place)
        assert (report.exit_code, codes(report)) == (0, set())


def test_a_body_is_removed_from_the_archive_too(directory, target):
    make_files(directory)
    archive(directory, target)
    log = AuditLog.open(directory, service="weather")
    assert log.redact(2, reason="a name", archives=[target]).bodies == 2
    log.close()
    assert verify(target).exit_code == 0
    (record,) = (target / "records").glob("*.json")
    record.write_bytes(record.read_bytes().replace(b'"idx":2', b'"idx":3'))
    assert codes(verify(target)) == {"A10"}


def test_an_archive_that_is_made_after_a_removal_has_the_record_of_it(directory, target):
    make_files(directory)
    log = AuditLog.open(directory, service="weather")
    log.erase(ACTOR, reason="asked for")
    log.redact(0, reason="a host")
    log.close()
    archive(directory, target)
    assert (verify(target).exit_code, codes(verify(target))) == (0, set())
    make_files(directory)
    archive(directory, target)
    assert (verify(target).exit_code, codes(verify(target))) == (0, set())


def test_what_was_removed_from_the_log_alone_is_removed_from_the_archive_later(directory, target):
    make_files(directory)
    archive(directory, target)
    log = AuditLog.open(directory, service="weather")
    log.redact(2, reason="a name")
    assert log.resume_erasures([target]).bodies == 1
    log.close()
    assert verify(target).exit_code == 0


def test_files_of_an_archive_that_hold_nothing_of_it_are_left_alone(directory, target):
    make_files(directory)
    archive(directory, target)
    before = {path: path.stat().st_mtime_ns for path in segments_of(target).values()}
    log = AuditLog.open(directory, service="weather")
    log.redact(2, reason="a name", archives=[target])
    log.close()
    changed = [path for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == [segments_of(target)[0]]


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_a_damaged_archive_is_never_said_to_be_well(directory, target, damage):
    make_files(directory)
    path = archive(directory, target)[1]
    data = path.read_bytes()
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flip":
        data = data[:200] + bytes([data[200] ^ 1]) + data[201:]
    path.write_bytes(b"" if damage == "empty" else data)
    with contextlib.suppress(VerificationError):
        assert verify(target).exit_code == 1


def test_a_file_that_is_missing_from_an_archive_is_found(directory, target):
    make_files(directory)
    made = archive(directory, target)
    made[1].unlink()
    assert "A12" in codes(verify(target))
    made[0].unlink()
    assert "A03" in codes(verify(target))
    made[2].unlink()
    with pytest.raises(NothingToVerify):
        verify(target)


def test_an_archive_is_of_one_log_and_a_log_is_no_archive(directory, target, tmp_path):
    make_files(directory)
    archive(directory, target)
    make_files(tmp_path / "other", 1)
    with pytest.raises(AuditUnavailable, match="archive of another log"):
        archive(tmp_path / "other", target)
    with pytest.raises(AuditUnavailable, match="a log is kept there"):
        archive(directory, tmp_path / "other")


KILLED = """
import os, sys
from pathlib import Path
import otel_mcp.audit.archive as archive
archive.Path.replace = lambda *_: os.kill(os.getpid(), 9)
archive.archive(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_kill_leaves_no_half_file_in_the_archive(directory, target):
    make_files(directory)
    assert run_python(KILLED, directory, target).returncode == -9
    assert segments_of(target) == {}
    assert len(archive(directory, target)) == 3
    assert verify(target).exit_code == 0


def test_the_log_that_was_turned_into_an_archive_in_place_is_still_missed(directory, target):
    make_files(directory)
    archive(directory, target)
    for path in segments_of(directory).values():
        path.unlink()
    for path in target.glob("audit-*"):
        shutil.copy(path, directory)
    assert "A05" in codes(verify(directory))
