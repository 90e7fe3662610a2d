"""fsck finds what verify finds, all of it, and what lies about in the folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from audit_scenes import ACTOR, FILE_NAME, draft, edit_head, make_log, raw
from test_audit_segments import file_at, make_files, nth

from otel_mcp.audit import AuditLog
from otel_mcp.audit.archive import archive
from otel_mcp.audit.fsck import fsck
from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import NothingToVerify

GOLDEN = Path(__file__).parent / "golden"


def found(directory, *keys):
    return {(finding.file, finding.code) for finding in fsck(directory, *keys)}


def state(directory):
    return {
        path: (path.stat().st_mode, path.stat().st_size) for path in directory.rglob("*") if path.suffix != ".db-shm"
    }


def test_a_log_in_order_has_nothing_to_find(directory, tmp_path):
    make_files(directory)
    before = state(directory)
    assert fsck(directory) == []
    assert {**state(directory), **before} == state(directory)
    archive(directory, tmp_path / "archive")
    assert fsck(tmp_path / "archive") == []


def test_a_log_in_use_has_nothing_to_find(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    assert fsck(directory) == []
    log.close()


def test_there_must_be_a_log(directory):
    directory.mkdir()
    with pytest.raises(NothingToVerify):
        fsck(directory)


def test_all_of_one_kind_is_listed(directory):
    make_log(directory, 60)
    with raw(directory) as connection:
        connection.execute("DELETE FROM body WHERE idx BETWEEN 1 AND 50")
    problems = fsck(directory)
    assert {(problem.file, problem.code) for problem in problems} == {(FILE_NAME, "A10")}
    assert len(problems) == 50


def test_what_is_wrong_is_told_file_by_file(directory):
    make_files(directory)
    names = [path.name for path in segments_of(directory).values()]
    for number in (0, 2):
        with file_at(directory, nth(directory, number)) as connection:
            edit_head(connection, nth(directory, number) + 1, outcome="failure")
    assert found(directory) == {(names[0], "A01"), (names[2], "A01")}


def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_in_the_others(directory):
    make_files(directory)
    first, second, *_ = segments_of(directory).values()
    first.write_bytes(b"no database" * 1000)
    with file_at(directory, nth(directory, 1)) as connection:
        edit_head(connection, nth(directory, 1) + 1, outcome="failure")
    assert {(".", "A14"), (first.name, "A14"), (second.name, "A01")} <= found(directory)


def test_a_file_that_does_not_name_its_key_does_not_hide_what_is_wrong_in_it(directory):
    make_log(directory, 5)
    with raw(directory) as connection:
        edit_head(connection, 3, outcome="failure")
        connection.execute("UPDATE meta SET v = '' WHERE k IN ('vkey', 'hashes')")
        connection.execute("CREATE TABLE extra (a)")
    assert found(directory) == {(".", "A14"), (FILE_NAME, "A14"), (FILE_NAME, "A01")}


def test_a_deleted_beginning_of_the_log_is_told(directory):
    make_files(directory)
    segments_of(directory)[0].unlink()
    assert (".", "A03") in found(directory)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("audit-000000000000.db-wal", "left over"),
        ("audit-000000000099.db-shm", "left over"),
        ("audit-000000000000.db.gz", "compressed copy"),
        (".audit-000000000099.db.new", "half-made"),
        (".seals.123.0a1b2c3d", "half-made"),
        ("seal-000000000000.key", "should be destroyed"),
        ("audit-0.db", "nothing that belongs"),
        ("notes.txt", "nothing that belongs"),
        ("writers/0123456789abcdef.lock", "process that is gone"),
        ("writers/notes.txt", "nothing that belongs"),
        ("anchors/000000000042.tsa.example.note", "only note"),
        ("anchors/notes.txt", "nothing that belongs"),
        ("records/entry-3.json", "only json"),
    ],
)
def test_strange_files_are_found_by_their_names(directory, name, word):
    make_files(directory)
    path = directory / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    (finding,) = fsck(directory)
    assert word in finding.message
    assert finding.file.startswith(name.removesuffix(".json").removesuffix(".note"))
    assert finding.cure
    assert finding.code is None


def test_what_others_may_read_is_found(directory):
    make_files(directory)
    directory.chmod(0o750)
    (directory / "seals").chmod(0o644)
    assert found(directory) == {(".", None), ("seals", None)}


def test_a_link_is_found(directory, tmp_path):
    make_files(directory)
    (directory / "seals").rename(tmp_path / "seals")
    (directory / "seals").symlink_to(tmp_path / "seals")
    assert found(directory) == {("seals", None)}


def test_what_a_writer_will_miss_is_found(directory):
    make_files(directory)
    (directory / "reserve").unlink()
    (directory / f"seal-{nth(directory, -1):012}.key").unlink()
    assert found(directory) == {("reserve", None), (f"seal-{nth(directory, -1):012}.key", None)}


def test_data_keys_whose_key_is_lost_are_found(directory):
    log = AuditLog.open(directory, service="weather", encrypt="subject")
    log.append(draft(actor=ACTOR))
    log.close()
    assert found(directory) == {(FILE_NAME, None)}
    assert found(directory, load_keys(None, service="weather", create=False).encryption_keys) == set()


def test_a_copy_says_what_it_lacks(tmp_path):
    copy = shutil.copytree(GOLDEN / "log", tmp_path / "log")
    for path in (copy, *copy.iterdir()):
        path.chmod(0o700)
    codes = [finding.code for finding in fsck(copy)]
    assert codes.count("W05") == 3
    assert {*codes} == {"W05", None}
