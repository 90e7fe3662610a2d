"""Telemetry of a log whose key changed: what each of its keys signed counts, and what a revoked one signed does not."""

from __future__ import annotations

import json

import pytest
from audit.audit_scenes import codes
from audit.telemetry_scenes import log_of, note_record, request, stored, traced

from otel_mcp.audit import AuditLog, Policy
from otel_mcp.audit._seen import read_telemetry
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.reconcile import reconcile
from otel_mcp.audit.store import reading_segment, segments_of
from otel_mcp.tlog import Checkpoint, Signer, parse_note, sign_checkpoint


def notes(directory):
    """Every checkpoint that the files of a log hold."""
    found = []
    for path in segments_of(directory).values():
        with reading_segment(path) as connection:
            found += [note for (note,) in connection.execute("SELECT note FROM checkpoint ORDER BY size")]
    return found


class Handed:
    """A log of three keys in three files, and what a backend got of it."""

    def __init__(self, directory):
        log = AuditLog.open(directory, service="weather")
        self.directory = directory
        self.signers = []
        self.vkeys = []
        for number in range(3):
            if number:
                log.change_key(reason="yearly")
                log.append(traced(10 + number))
                log.rotate()
            log.append(traced(number))
            self.vkeys.append(log.vkey)
            self.signers.append(Signer(log.origin, load_keys(None, service="weather", create=False).signing_key))
        log.close()
        self.records = [log_of(entry) for entry in stored(directory)]
        self.notes = notes(directory)

    def revoke(self, vkey):
        log = AuditLog.open(self.directory, service="weather")
        log.revoke(vkey, reason="laptop lost")
        log.close()

    def forged(self, number, size=3):
        """A checkpoint of another history by one of the keys."""
        return sign_checkpoint(Checkpoint(self.signers[0].name, size, bytes(32)), self.signers[number])


@pytest.fixture
def handed(directory):
    return Handed(directory)


@pytest.fixture
def telemetry(tmp_path):
    def made(records, checkpoints):
        path = tmp_path / "telemetry.jsonl"
        path.write_text(json.dumps(request(*records, *map(note_record, checkpoints))) + "\n", encoding="utf-8")
        return read_telemetry([path])

    return made


def trusting(vkey):
    return Policy(trusted_keys=[vkey], use_pins=False)


@pytest.mark.parametrize("trusted", [0, 1, 2])
def test_checkpoints_of_every_key_count_whichever_of_them_is_trusted(handed, telemetry, trusted):
    found = reconcile(handed.directory, telemetry(handed.records, handed.notes), trusting(handed.vkeys[trusted]))
    assert (found.exit_code, found.unproven, found.revoked) == (0, 0, 0)
    assert found.checkpoints == len(handed.notes)
    assert found.report.witnessed == found.report.size
    keys = {signature.key_id for note in handed.notes for signature in parse_note(note).signatures}
    assert len(keys) == 3


def test_an_earlier_keys_checkpoint_of_another_history_is_a_contradiction(handed, telemetry):
    for number in range(3):
        found = reconcile(handed.directory, telemetry(handed.records, [handed.forged(number)]))
        assert (found.exit_code, "A06" in codes(found.report)) == (1, True)
        found = reconcile(handed.directory, telemetry(handed.records, [handed.forged(number, 99)]))
        assert (found.exit_code, "A05" in codes(found.report)) == (1, True)


def test_what_a_revoked_key_signed_counts_for_nothing(handed, telemetry):
    handed.revoke(handed.vkeys[0])
    for size in (3, 99):
        found = reconcile(handed.directory, telemetry(handed.records, [*handed.notes, handed.forged(0, size)]))
        assert codes(found.report) & {"A05", "A06"} == set()
        assert (found.exit_code, found.unproven) == (2, 0)
        mine = [note for note in handed.notes if is_by(note, handed.signers[0])]
        assert found.revoked == len(mine) + 1
        assert found.checkpoints == len(handed.notes) - len(mine)
    # What the two others signed counts as before, whoever is trusted; the revoked key's successor signed the handover.
    rest = [note for note in handed.notes if not is_by(note, handed.signers[0])]
    for vkey in handed.vkeys:
        found = reconcile(handed.directory, telemetry(handed.records, rest), trusting(vkey))
        assert (found.exit_code, found.checkpoints) == (0, len(rest))
    assert "A06" in codes(reconcile(handed.directory, telemetry(handed.records, [handed.forged(1)])).report)


def test_a_revoked_key_gets_no_credit_beside_a_made_up_signature(handed, telemetry):
    handed.revoke(handed.vkeys[0])
    note = handed.forged(0, 99)
    by_another = handed.forged(1, 98).rstrip("\n").rpartition("\n")[2]
    found = reconcile(handed.directory, telemetry(handed.records, [f"{note}{by_another}\n"]))
    assert (found.exit_code, found.revoked, found.report.tampered) == (2, 1, False)


def test_an_archive_knows_keys_and_revocations_from_the_records_that_it_was_given(handed, telemetry, tmp_path):
    """The last handover stands in a file that the archive has not yet, the revocation too."""
    log = AuditLog.open(handed.directory, service="weather")
    archive(handed.directory, tmp_path / "archive")
    log.change_key(reason="yearly")
    newest = log.vkey
    log.append(traced(30))
    log.close()
    handed.revoke(handed.vkeys[0])
    archive(handed.directory, tmp_path / "archive")
    there = max(Checkpoint.parse(parse_note(note).text).size for note in notes(tmp_path / "archive"))
    records = [log_of(entry) for entry in stored(tmp_path / "archive")]
    signed = [note for note in notes(handed.directory) if Checkpoint.parse(parse_note(note).text).size <= there]
    found = reconcile(tmp_path / "archive", telemetry(records, signed), trusting(newest))
    by_first = [note for note in signed if is_by(note, handed.signers[0])]
    assert (found.revoked, found.unproven, found.checkpoints) == (len(by_first), 0, len(signed) - len(by_first))
    assert not found.report.tampered


def test_checkpoints_from_before_a_pruned_handover_are_older_than_the_log(handed, telemetry):
    log = AuditLog.open(handed.directory, service="weather")
    log.rotate()
    log.append(traced(40))
    log.prune(now_us() + 1, policy="90d")
    log.close()
    late = [log_of(entry) for entry in stored(handed.directory)]
    found = reconcile(handed.directory, telemetry([*handed.records, *late], [*handed.notes, *notes(handed.directory)]))
    assert (found.exit_code, found.unproven, found.gone) == (0, 0, [])
    assert found.pruned > len(handed.records)
    forged = handed.forged(0, found.report.start)
    assert reconcile(handed.directory, telemetry(late, [forged])).unproven == 1


def is_by(note, signer):
    """Whether this key signed the checkpoint, and no other."""
    return [signature.key_id for signature in parse_note(note).signatures] == [signer.verifier.key_id]
