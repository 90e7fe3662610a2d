"""Exports of a log whose key changed, and of one whose beginning is gone: who signs, and how the chains go on."""

from __future__ import annotations

import pytest
from audit.audit_scenes import draft
from audit.test_otel_audit import exported, keys_of, node, records_of, said

from otel_mcp.audit import AuditLog
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.evidence import check_evidence, collect_evidence
from otel_mcp.audit.export import Window, cut_streams, export_requests
from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.otel_audit import check_record, integrity_hash
from otel_mcp.audit.query import entries
from otel_mcp.errors import ConfigError, KeyMismatch, VerificationError
from otel_mcp.tlog import Verifier


def certificates(requests):
    return {
        pair["value"]["stringValue"]
        for request in requests
        for pair in request["resourceLogs"][0]["resource"]["attributes"]
        if pair["key"] == "audit.integrity.certificate"
    }


@pytest.fixture
def log(directory):
    """Open, with three entries and no second file yet."""
    log = AuditLog.open(directory, service="weather")
    for number in range(3):
        log.append(draft(number))
    yield log
    log.close()


def test_the_newest_key_signs_what_earlier_keys_wrote_and_every_hash_stays(log):
    first, before = log.vkey, exported(log)
    second = log.change_key(reason="yearly")
    log.append(draft(3))
    after = exported(log)
    assert (certificates(before), certificates(after)) == ({first.rpartition("+")[0]}, {second.rpartition("+")[0]})
    old, new = records_of(before), records_of(after)
    assert [integrity_hash(record) for record in new[: len(old)]] == [integrity_hash(record) for record in old]
    done = node(after, Verifier.parse(second).public_key)
    assert (done.returncode, done.stdout.partition("\n")[0]) == (0, f"{len(old) + 2} records")
    with pytest.raises(VerificationError):
        check_record(new[0], Verifier.parse(first).public_key)
    # What was delivered before is checked with the key that its request names.
    check_record(old[0], Verifier.parse(first).public_key)


def test_only_the_newest_key_signs_an_export(log):
    old = keys_of(log)
    log.change_key(reason="yearly")
    with pytest.raises(KeyMismatch, match="not the key of the log"):
        list(export_requests(log.directory, Window(), old))


def test_whoever_has_the_first_key_follows_to_the_one_that_signs(log):
    """With the evidence for the entry of the handover: both keys signed its checkpoint."""
    first = log.vkey
    second = log.change_key(reason="yearly")
    log.append(draft(3))
    [handover] = entries(log.directory, event="audit.key.rotate")
    evidence = collect_evidence(log.directory, str(handover.index))
    for vkey in (first, second):
        assert check_evidence(evidence, [Verifier.parse(vkey)]).head["new"] == second


def test_an_archive_is_exported_with_the_key_that_the_log_was_handed_over_to_since(log, tmp_path):
    log.rotate()
    before = records_of(exported(log))
    log.append(draft(3))
    second = log.change_key(reason="yearly")
    archive(log.directory, tmp_path / "archive")
    keys = load_keys(None, service="weather", create=False)
    requests = [request for _, request in export_requests(tmp_path / "archive", Window(), keys)]
    assert certificates(requests) == {second.rpartition("+")[0]}
    assert (
        list(map(integrity_hash, records_of(requests)))
        == list(map(integrity_hash, before))[: len(records_of(requests))]
    )
    assert node(requests, Verifier.parse(second).public_key).returncode == 0


@pytest.fixture
def pruned(log, tmp_path):
    """A log whose first two files are gone, in the middle of its one writer's stream; the records from before."""
    for number in range(3, 5):
        log.rotate()
        log.append(draft(number))
    before = records_of(exported(log))
    archive(log.directory, tmp_path / "archive")
    log.prune(now_us() + 1, policy="90d")
    return before


def test_without_what_was_pruned_the_first_record_of_a_stream_is_no_beginning(log, pruned):
    first, second = map(said, records_of(exported(log))[:2])
    assert int(first["audit.sequence.number"]) > 1
    assert {"audit.sequence.previous_hash", "audit.sequence.previous_record_id"} & first.keys() == set()
    assert second["audit.sequence.previous_record_id"] == first["audit.record.id"]
    assert cut_streams(log.directory) == 1
    # A receiver that has the record already sees another one under its id.
    ids = {said(record)["audit.record.id"]: integrity_hash(record) for record in pruned}
    changed = records_of(exported(log))[0]
    assert ids[said(changed)["audit.record.id"]] != integrity_hash(changed)


def test_with_the_archive_every_record_is_as_it_was_before_the_prune(log, pruned, tmp_path):
    requests = [request for _, request in export_requests(log.directory, Window(), keys_of(log), tmp_path / "archive")]
    start = int(said(records_of(requests)[0])["otel_mcp.audit.index"])
    assert start > 0
    assert records_of(requests)[: len(pruned) - start] == pruned[start:]
    whole = [request for _, request in export_requests(tmp_path / "archive", Window(), keys_of(log))]
    there = int(said(records_of(whole)[-1])["otel_mcp.audit.index"])
    assert there + 1 == start
    assert node([*whole, *requests], Verifier.parse(log.vkey).public_key).returncode == 0


def test_a_writer_that_began_after_what_was_pruned_has_its_whole_chain(log):
    log.rotate()
    log.append(draft(3))
    log.close()
    later = AuditLog.open(log.directory, service="weather")
    later.rotate()
    later.append(draft(4))
    later.close()
    last = AuditLog.open(log.directory, service="weather")
    last.rotate()
    last.prune(now_us() + 1, policy="90d")
    last.close()
    assert cut_streams(log.directory) == 1
    new = AuditLog.open(log.directory, service="weather")
    new.rotate()
    new.prune(now_us() + 1, policy="90d")
    new.close()
    records = [said(record) for record in records_of(exported(new))]
    starts = {r["audit.sequence.stream_id"]: int(r["audit.sequence.number"]) for r in reversed(records)}
    assert cut_streams(log.directory) == sum(number != 1 for number in starts.values())


def test_an_archive_that_does_not_have_what_was_pruned_is_refused(log, pruned, tmp_path):
    (tmp_path / "archive" / "audit-000000000000.db.gz").unlink()
    with pytest.raises(ConfigError, match="lacks entry 0, and the log begins with"):
        list(export_requests(log.directory, Window(), keys_of(log), tmp_path / "archive"))
    other = AuditLog.open(tmp_path / "other", service="news")
    other.append(draft())
    other.rotate()
    other.close()
    archive(tmp_path / "other", tmp_path / "theirs")
    with pytest.raises(ConfigError, match="holds the archive of another log"):
        list(export_requests(log.directory, Window(), keys_of(log), tmp_path / "theirs"))
