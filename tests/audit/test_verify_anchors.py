"""`verify` takes in what others saw: time stamps of a real authority, cosignatures of a real witness, policies."""

from __future__ import annotations

import shutil

import pytest
from anchor_scenes import grow, rewrite_history
from audit_scenes import codes, make_log

from otel_mcp.audit import Policy, verify
from otel_mcp.audit.anchors import anchors_directory, cosign, load_roots, newest_checkpoint, timestamp
from otel_mcp.audit.archive import archive
from otel_mcp.tlog import TrustPolicy

pytestmark = pytest.mark.timeout(600)  # the first test of a fresh clone builds the witness


@pytest.fixture
def log(directory):
    return make_log(directory, 3)


def trusting(log, witness, quorum="any w"):
    text = f"log {log.vkey}\nwitness w {witness.verifier}\ngroup g {quorum}\nquorum g\n"
    return Policy(trust=TrustPolicy.parse(text), use_pins=False, require=frozenset({"witness"}))


@pytest.fixture
def witnessed(directory, log, witness):
    witness.add_log(log.origin, log.vkey)
    cosign(newest_checkpoint(directory), witness.url, witness.verifier)
    return trusting(log, witness)


def test_a_policy_names_the_log_the_witnesses_and_how_many_it_takes(directory, witnessed):
    report = verify(directory, witnessed)
    assert (report.exit_code, report.pinned, report.missing) == (0, True, ())
    assert report.witnessed == report.size
    grow(directory)
    report = verify(directory, witnessed)
    assert (report.exit_code, codes(report)) == (0, {"W02"})


def test_a_log_that_no_witness_saw_lacks_the_strength(directory, log, witness):
    report = verify(directory, trusting(log, witness))
    assert (report.exit_code, report.missing) == (2, ("witness",))


def test_history_that_was_rewritten_with_the_key_is_not_what_the_witness_saw(directory, log, witnessed, home):
    rewrite_history(directory, log)
    shutil.rmtree(home / "config" / "otel-mcp" / "heads")
    report = verify(directory, witnessed)
    assert "A06" in codes(report)
    assert (report.exit_code, report.witnessed) == (1, 0)


def test_an_anchor_that_was_changed_is_said_and_proves_nothing(directory, witnessed):
    (path,) = anchors_directory(directory).glob("*.cosigned")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:-20] + ("A" if text[-20] != "A" else "B") + text[-19:], encoding="utf-8")
    report = verify(directory, witnessed)
    assert (report.exit_code, report.missing) == (2, ("witness",))
    assert "W07" in codes(report)


def test_an_anchor_of_somebody_whom_nobody_asked_about_is_passed_over(directory, witnessed):
    report = verify(directory)
    assert (report.exit_code, codes(report), report.witnessed) == (0, set(), 0)


def test_a_time_stamp_is_believed_under_the_roots_of_the_caller(directory, log, authority):
    timestamp(newest_checkpoint(directory), authority.url)
    roots = load_roots(authority.root, "roots")
    report = verify(directory, Policy(roots=roots, require=frozenset({"timestamp"})))
    assert (report.exit_code, codes(report), report.witnessed) == (0, set(), report.size)
    assert report.stamped is not None
    assert verify(directory, Policy(require=frozenset({"timestamp"}))).missing == ("timestamp",)


def test_anchors_go_with_what_was_anchored_before_the_log_was_rewritten(directory, log, authority, home):
    timestamp(newest_checkpoint(directory), authority.url)
    roots = load_roots(authority.root, "roots")
    rewrite_history(directory, log)
    shutil.rmtree(home / "config" / "otel-mcp" / "heads")
    assert "A06" in codes(verify(directory, Policy(roots=roots)))


def test_anchors_of_files_that_are_no_more_here_are_no_contradiction(directory, witnessed, tmp_path):
    from otel_mcp.audit import AuditLog
    from otel_mcp.audit.entry import now_us

    log = AuditLog.open(directory, service="weather")
    log.rotate()
    archive(directory, tmp_path / "archive")
    log.prune(now_us() + 1, policy="90d")
    log.close()
    report = verify(directory, witnessed)
    assert (report.exit_code, codes(report)) == (0, {"W02"})
