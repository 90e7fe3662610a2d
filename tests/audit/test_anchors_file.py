"""A file of checkpoints on other storage: it only grows, `verify` reads it, and it shows rollback and fork."""

from __future__ import annotations

import os
import shutil

import pytest
from anchor_scenes import grow, rewrite_history
from audit_scenes import make_log

from otel_mcp.audit import Policy, verify
from otel_mcp.audit.anchors import append_to_file, newest_checkpoint
from otel_mcp.errors import AnchorRefused
from otel_mcp.tlog import split_notes


@pytest.fixture
def log(directory):
    return make_log(directory, 3)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "elsewhere.notes"


def anchor(directory, path):
    return append_to_file(newest_checkpoint(directory), path)


def test_a_file_holds_one_note_after_the_other_for_several_logs(directory, log, path, tmp_path):
    other = make_log(tmp_path / "other", 1)
    for _ in range(3):
        assert not anchor(directory, path).already
        assert not anchor(tmp_path / "other", path).already
        grow(directory)
        grow(tmp_path / "other")
    notes = split_notes(path.read_text(encoding="utf-8"))
    assert [note.split("\n")[0] for note in notes] == [log.origin, other.origin] * 3
    assert [note.split("\n")[1] for note in notes] == ["5", "3", "8", "6", "11", "9"]
    report = verify(directory, Policy(witness_notes=notes, require=frozenset({"witness"})))
    assert report.exit_code == 0


def test_an_idle_log_adds_nothing(directory, log, path):
    anchor(directory, path)
    before = path.read_bytes()
    assert anchor(directory, path).already
    assert path.read_bytes() == before


def test_a_rolled_back_and_a_rewritten_log_are_not_anchored(directory, log, path, tmp_path):
    shutil.copytree(directory, tmp_path / "backup")
    grow(directory)
    anchor(directory, path)
    before = path.read_bytes()
    with pytest.raises(AnchorRefused, match=r"ROLLBACK: .* with 8 entries; it has 5"):
        anchor(tmp_path / "backup", path)
    rewrite_history(directory, log)
    with pytest.raises(AnchorRefused, match=r"FORK: .* with 8 entries"):
        anchor(directory, path)
    assert path.read_bytes() == before


def test_somebody_who_anchors_at_the_same_time_is_no_rollback(directory, log, path):
    slow = newest_checkpoint(directory)
    grow(directory)
    anchor(directory, path)
    with pytest.raises(AnchorRefused, match=r"holds a newer checkpoint of this log already \(try again\)"):
        append_to_file(slow, path)


def test_a_note_that_the_log_did_not_sign_stops_nobody(directory, log, path):
    note = newest_checkpoint(directory).note
    path.write_text(note.replace("\n5\n", "\n500\n"), encoding="utf-8")
    assert not anchor(directory, path).already


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello\n", "holds something else than checkpoints"),
        (b"\xff\n", "holds something else than checkpoints"),
        (b'"a JSON string"\n', "holds something else than checkpoints"),
        (b"torn", "ends in the middle"),
    ],
)
def test_a_file_with_something_else_is_left_alone(directory, log, path, content, sentence):
    path.write_bytes(content)
    with pytest.raises(AnchorRefused, match=sentence):
        anchor(directory, path)
    assert path.read_bytes() == content


def test_a_note_that_was_torn_is_said_and_not_built_upon(directory, log, path):
    anchor(directory, path)
    path.write_bytes(path.read_bytes()[:-10])
    grow(directory)
    with pytest.raises(AnchorRefused, match="ends in the middle of a checkpoint"):
        anchor(directory, path)


def test_what_cannot_be_a_file_is_named(directory, log, tmp_path):
    with pytest.raises(AnchorRefused, match=r"cannot be written: no such file or directory \(name a file in a folder"):
        anchor(directory, tmp_path / "missing" / "notes")
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", tmp_path):
        with pytest.raises(AnchorRefused, match="not a regular file"):
            anchor(directory, path)
    with pytest.raises(AnchorRefused, match="cannot be read: not a directory"):
        anchor(directory, directory / "audit-000000000000.db" / "notes")


def test_on_a_full_disk_nothing_torn_stays(directory, log, path, monkeypatch):
    anchor(directory, path)
    grow(directory)
    before = path.read_bytes()
    write = os.write
    monkeypatch.setattr("os.write", lambda descriptor, data: write(descriptor, data[:10]))
    with pytest.raises(AnchorRefused, match="no space left on device"):
        anchor(directory, path)
    assert path.read_bytes() == before
