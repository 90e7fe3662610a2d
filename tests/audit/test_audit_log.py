"""The log that a program writes to: receipts, groups, losses, and one sentence for whatever cannot work."""

from __future__ import annotations

import concurrent.futures
import contextlib
import fcntl
import itertools
import json
import shutil
import sqlite3
import stat
import subprocess
import threading

import pytest
from audit_scenes import ACTOR, FILE_NAME, codes, draft, make_log, raw

import otel_mcp.audit
from otel_mcp.audit import AuditLog, EntryDraft, Policy, verify
from otel_mcp.audit import _committer as committer_module
from otel_mcp.audit import _writer as writer_module
from otel_mcp.audit import store as store_module
from otel_mcp.audit.entry import body_hash, parse_body, parse_head
from otel_mcp.audit.highwater import read_mark
from otel_mcp.audit.keys import default_key_path, load_pins, new_keys
from otel_mcp.audit.paths import marks_directory
from otel_mcp.audit.query import entries, find
from otel_mcp.audit.store import APPLICATION_ID, LOCK_NAME
from otel_mcp.errors import AuditClosed, AuditUnavailable, ConfigError, KeyMismatch, MalformedError, NothingToVerify
from otel_mcp.tlog import Verifier, leaf_hash, open_checkpoint


@pytest.fixture
def log(directory):
    log = AuditLog.open(directory, service="weather")
    yield log
    log.close()


def test_a_receipt_shows_the_entry_and_the_checkpoint_that_covers_it(log):
    receipt = log.append(draft())
    checkpoint = open_checkpoint(receipt.checkpoint, [Verifier.parse(log.vkey)])
    assert (receipt.index, checkpoint.size, checkpoint.origin) == (1, 2, log.origin)
    assert receipt.leaf == leaf_hash(receipt.head.encode())
    assert parse_head(receipt.head)["id"] == receipt.record_id
    assert len(receipt.leaf_b64) == 44


def test_a_head_has_every_fixed_member_and_no_clear_personal_data(log, directory):
    sent = draft(7, ref="01a20ba4-fc10-700a-9b03-c16f69568bc1")
    receipt = log.append(sent)
    head = parse_head(receipt.head)
    assert head.keys() == {
        *(
            "v",
            "id",
            "ts",
            "up",
            "w",
            "ws",
            "event",
            "phase",
            "action",
            "outcome",
            "actor",
            "actor_type",
            "ref",
            "body",
        ),
        *sent.attributes,
    }
    assert ACTOR not in receipt.head
    assert head["actor"].startswith("s:")
    assert len(head["actor"]) == 18
    with raw(directory) as connection:
        (blob,) = connection.execute("SELECT data FROM body WHERE idx = ?", (receipt.index,)).fetchone()
        assert connection.execute("SELECT id, name FROM subject").fetchall() == [(head["actor"], ACTOR)]
    assert head["body"] == body_hash(blob)
    assert parse_body(blob) == {**sent.body, "actor": ACTOR}


def test_an_event_without_actor_and_body_is_its_head(log, directory):
    receipt = log.append(draft(actor=None, body=None))
    head = parse_head(receipt.head)
    assert head["actor"] is None
    assert "body" not in head
    assert find(directory, receipt.record_id).body is None


def test_one_actor_has_one_subject_and_two_have_two(log):
    actors = [parse_head(log.append(draft(actor=name)).head)["actor"] for name in ("a", "b", "a")]
    assert actors[0] == actors[2] != actors[1]


def test_files_are_for_this_user_only(log, directory):
    log.append(draft())
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    files = [path for path in directory.rglob("*") if path.is_file()]
    assert FILE_NAME in {path.name for path in files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_database_is_what_the_format_says(log, directory):
    log.append(draft())
    with raw(directory) as connection:
        pragmas = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
        row = connection.execute("SELECT * FROM audit_log WHERE event_type = 'mcp.tool.call'").fetchone()
        log.append(
            draft(
                attributes={"resource": "file:hmac-sha256:00"}, body={"resource": "file:///a", "client_address": "::1"}
            )
        )
        other = connection.execute("SELECT * FROM audit_log ORDER BY timestamp DESC LIMIT 1").fetchone()
    assert pragmas == [APPLICATION_ID, 1, "wal"]
    assert (other[3], other[7]) == ("file:///a", "::1")
    assert row[1:6] == ("mcp.tool.call", ACTOR, "get_forecast", "EXECUTE", 1)
    assert json.loads(row[6])["result"] == {"celsius": 21.5}


def test_a_first_verify_by_the_user_who_made_the_log_is_pinned(directory):
    log = make_log(directory, 3)
    report = verify(directory)
    assert (report.exit_code, report.pinned, report.problems) == (0, True, ())
    assert (report.entries, report.size, report.writers, report.intents_open) == (5, 5, 1, 0)
    assert load_pins() == {log.origin: log.vkey}


def test_a_log_goes_on_where_it_stopped(directory):
    first = make_log(directory, 3)
    second = make_log(directory, 3)
    assert (first.origin, first.vkey) == (second.origin, second.vkey)
    report = verify(directory)
    assert (report.exit_code, report.size, report.writers) == (0, 10, 2)


def test_drafts_of_many_threads_are_written_once_each_and_in_each_threads_order(directory):
    log = AuditLog.open(directory, service="weather")
    receipts: dict[int, list] = {}

    def work(number):
        receipts[number] = [log.append(draft(i, actor=f"user {number}")) for i in range(100)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    indexes = [[receipt.index for receipt in mine] for mine in receipts.values()]
    assert all(mine == sorted(mine) for mine in indexes)
    assert sorted(itertools.chain(*indexes)) == list(range(1, 801))
    assert verify(directory).exit_code == 0


def test_a_group_shares_one_checkpoint(log, directory):
    with held(directory):
        futures = [log.submit(draft(number)) for number in range(100)]
    receipts = [future.result(10) for future in futures]
    assert len({receipt.checkpoint for receipt in receipts}) <= 2
    assert [receipt.index for receipt in receipts] == list(range(1, 101))


def test_cancelling_the_wait_does_not_cancel_the_entry(log, directory):
    with held(directory):
        future = log.submit(draft())
        assert not future.cancel()
    assert find(directory, future.result(10).record_id)


def test_async_durability_writes_the_same_log(directory):
    log = AuditLog.open(directory, service="weather", durability="async")
    futures = [log.submit(draft(number)) for number in range(50)]
    assert log.flush(10)
    assert all(future.done() for future in futures)
    log.close()
    assert verify(directory).size == 52


def test_close_writes_all_that_is_queued_and_the_stop_record(directory):
    log = AuditLog.open(directory, service="weather")
    for number in range(500):
        log.submit(draft(number))
    log.close()
    last = list(entries(directory))[-1].head
    assert (last["event"], last["count"], last["ws"]) == ("audit.writer.stop", 502, 502)
    assert not list((directory / "writers").iterdir())


def test_what_cannot_be_written_before_close_ends_is_failed_and_not_left_hanging(directory):
    log = AuditLog.open(directory, service="weather")
    with held(directory):
        futures = [log.submit(draft(number)) for number in range(600)]
        log.close(timeout=0.05)
    done, left = concurrent.futures.wait(futures, 10)
    assert not left
    lost = [future for future in done if future.exception()]
    assert all(isinstance(future.exception(), AuditUnavailable) for future in lost)
    assert len(lost) == log.dropped > 0
    log._writer._thread.join(10)
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    assert f"{len(lost)} events dropped" in report.problems[0].message


def test_nothing_is_taken_after_close(log):
    log.close()
    log.close()
    with pytest.raises(AuditClosed):
        log.append(draft())
    assert isinstance(log.submit(draft()).exception(), AuditClosed)
    assert log.flush(1)


@pytest.mark.parametrize(
    "event", ["audit.writer.stop", "audit.gap", "audit.redact", "audit.erase", "audit.log.restore"]
)
def test_a_caller_cannot_write_the_records_that_excuse_things(log, event):
    with pytest.raises(MalformedError, match="reserved"):
        log.append(draft(event=event))


@pytest.mark.parametrize(
    "changes",
    [
        {"attributes": {"ratio": 0.5}},
        {"attributes": {"ключ": 1}},
        {"phase": "begin"},
        {"outcome": "ok"},
        {"time_us": -5},
        {"actor": 5},
        {"time_us": "now"},
    ],
)
def test_a_draft_that_is_no_entry_fails_alone_and_its_loss_is_signed(directory, changes):
    log = AuditLog.open(directory, service="weather")
    with held(directory):
        futures = [log.submit(draft(1)), log.submit(draft(2, **changes)), log.submit(draft(3))]
    assert isinstance(futures[1].exception(10), MalformedError)
    assert futures[2].result(10).index > futures[0].result(10).index
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    assert "reason malformed" in report.problems[0].message


@contextlib.contextmanager
def held(directory):
    """Hold a log's lock, as another process that is in the middle of a commit does."""
    with (directory / LOCK_NAME).open("rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_what_does_not_fit_into_the_queue_is_dropped_counted_and_admitted(directory, monkeypatch):
    monkeypatch.setattr(writer_module, "MAX_QUEUED", 20)
    log = AuditLog.open(directory, service="weather")
    with held(directory):
        futures = [log.submit(draft(number)) for number in range(60)]
    done, _ = concurrent.futures.wait(futures, 10)
    lost = [future for future in done if future.exception()]
    assert len(done) == 60
    assert 0 < len(lost) == log.dropped < 60
    assert isinstance(lost[0].exception(), AuditUnavailable)
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    assert f"{len(lost)} events dropped" in report.problems[0].message
    assert "reason queue_full" in report.problems[0].message
    assert report.size == 60 - len(lost) + 3


def test_a_stalled_disk_is_no_clock_set_back(directory, monkeypatch):
    log = AuditLog.open(directory, service="weather")
    monkeypatch.setattr("otel_mcp.audit._walk._CLOCK_TOLERANCE", 200_000)
    with held(directory):
        log.submit(draft())
        threading.Event().wait(0.3)
    log.append(draft())
    log.close()
    assert codes(verify(directory)) == set()


def test_a_clock_that_went_back_is_shown(directory):
    log = AuditLog.open(directory, service="weather")
    sent = draft()
    log.append(sent)
    log.append(draft(time_us=sent.time_us - 3 * 86_400_000_000))
    log.append(draft(time_us=sent.time_us - 86_400_000_000, attributes={"via": "exporter"}))
    log.close()
    report = verify(directory)
    assert codes(report) == {"W03"}
    assert "went back 2592" in report.problems[0].message
    assert report.exit_code == 0


def test_an_intent_without_outcome_is_shown_when_its_writer_is_gone(directory):
    log = AuditLog.open(directory, service="weather")
    intent = draft(phase="intent", outcome="unknown")
    log.append(intent)
    assert verify(directory).problems == ()
    log.close()
    report = verify(directory)
    assert (codes(report), report.intents_open) == ({"W04"}, 1)
    policy = Policy(require=frozenset({"clean-writers"}))
    assert (verify(directory, policy).exit_code, verify(directory, policy).missing) == (2, ("clean-writers",))


def test_a_witness_that_lags_is_shown_and_one_that_is_required_is_missed(directory):
    log = AuditLog.open(directory, service="weather")
    seen = log.append(draft()).checkpoint
    log.append(draft())
    log.close()
    assert codes(verify(directory, Policy(witness_notes=[seen]))) == {"W02"}
    strict = Policy(require=frozenset({"witness"}))
    assert verify(directory, strict).exit_code == 2
    with pytest.raises(ConfigError, match="required strength 'magic'"):
        verify(directory, Policy(require=frozenset({"magic"})))


def test_thinned_checkpoints_still_cover_everything(directory, monkeypatch):
    monkeypatch.setattr(committer_module, "_THIN_EVERY", 16)
    monkeypatch.setattr(committer_module, "_THIN_BLOCK", 8)
    make_log(directory, 200)
    with raw(directory) as connection:
        sizes = [size for (size,) in connection.execute("SELECT size FROM checkpoint ORDER BY size")]
    assert len(sizes) < 80
    assert sizes[-16:] == list(range(187, 203))
    assert verify(directory).exit_code == 0


def test_a_mark_follows_the_log(log, directory):
    log.append(draft())
    log.close()
    mark = read_mark(log.origin)
    assert (mark.size, mark.directory) == (3, str(directory.resolve()))


def test_a_mark_that_cannot_be_written_stops_nothing(directory):
    marks_directory().parent.mkdir(parents=True)
    marks_directory().write_text("a file where a folder should be")
    make_log(directory, 3)
    assert verify(directory).exit_code == 0


def test_a_keyed_digest_finds_equal_values_again_and_only_under_the_same_key(log, tmp_path):
    value = {"b": [1, 2.5, None], "a": "é"}
    digest = log.keyed_digest(value)
    assert digest.startswith("hmac-sha256:")
    assert len(digest) == 12 + 64
    assert digest == log.keyed_digest({"a": "é", "b": [1, 2.5, None]})
    assert digest != log.keyed_digest({"a": "é", "b": [1, 2.25, None]})
    with_other_key = AuditLog.open(tmp_path / "other", service="other")
    assert with_other_key.keyed_digest(value) != digest
    with_other_key.close()


def test_a_record_id_that_is_in_the_log_is_recognised(directory):
    log = AuditLog.open(directory, service="weather")
    sent = draft()
    assert not log.contains(sent.id)
    log.append(sent)
    assert log.contains(sent.id)
    log.close()
    log = AuditLog.open(directory, service="weather")
    assert log.contains(sent.id)
    assert not log.contains("unknown")
    bad = draft(phase="begin")
    log.submit(bad).exception(10)
    assert not log.contains(bad.id)
    log.close()


def test_record_ids_of_any_form_are_told_apart(directory):
    one = draft().id
    given = [
        one,
        one[:-1] + ("0" if one[-1] != "0" else "1"),  # of the same millisecond
        "1f" + one[2:],  # of 49 days before or after
        "6d1dd3a4-9a0a-4c5e-8c31-0c4f2d6cba11",
        "6d1dd3a4-9a0a-4c5e-8c31-1c4f2d6cba11",
        "n7",
        "payment-0001-7",
        "payment-0001-70",
        "audit-2026-11-25-000001",
        "audit-2026-11-24-000001",
        "x" * 64,
    ]
    log = AuditLog.open(directory, service="weather")
    for record_id in given[::2]:
        log.append(draft(id=record_id))
    log.close()
    log = AuditLog.open(directory, service="weather")
    assert [record_id for record_id in given if log.contains(record_id)] == given[::2]
    log.close()
    assert [find(directory, record_id).head["id"] for record_id in given[::2]] == given[::2]
    for record_id in given[1::2]:
        with pytest.raises(NothingToVerify):
            find(directory, record_id)


# What cannot work says so in one sentence, which names the setting and the cure.


def sentence_of(error) -> str:
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith(")")
    return sentence


def test_another_key_than_the_logs_is_refused_with_both_sources(directory, tmp_path):
    make_log(directory, 1)
    with pytest.raises(KeyMismatch) as error:
        AuditLog.open(directory, service="weather", key=f"file:{tmp_path}/other.pem")
    sentence = sentence_of(error)
    assert str(default_key_path("weather")) in sentence
    assert f"{tmp_path}/other.pem" in sentence
    assert not (tmp_path / "other.pem").exists(), "a key for an existing log is not made anew"
    (tmp_path / "other.pem").write_text(store_keys())
    (tmp_path / "other.pem").chmod(0o600)
    with pytest.raises(KeyMismatch) as error:
        AuditLog.open(directory, service="weather", key=f"file:{tmp_path}/other.pem")
    assert f"{tmp_path}/other.pem" in sentence_of(error)
    assert verify(directory).exit_code == 0


def store_keys() -> str:
    return otel_mcp.audit.keys.format_keys(new_keys())


@pytest.mark.parametrize("place", ["/proc/otel-mcp", "/dev/null", "/dev/null/log"])
def test_a_folder_that_cannot_be_used_is_refused(place):
    with pytest.raises(AuditUnavailable, match=r"OTEL_MCP_AUDIT_DIR=/.* \(set OTEL_MCP_AUDIT_DIR to") as error:
        AuditLog.open(place, service="weather")
    assert place in sentence_of(error)


def test_a_network_file_system_is_refused(directory, monkeypatch):
    monkeypatch.setattr(store_module, "_file_system", lambda directory: "nfs4")
    with pytest.raises(AuditUnavailable, match="cannot be kept on nfs4"):
        AuditLog.open(directory, service="weather")


def test_another_programs_database_is_refused(directory):
    directory.mkdir()
    with raw(directory) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(AuditUnavailable, match="not a database of an audit log") as error:
        AuditLog.open(directory, service="weather")
    sentence_of(error)


def test_what_is_no_database_is_refused(directory):
    directory.mkdir()
    (directory / FILE_NAME).write_text("not a database" * 100)
    with pytest.raises(AuditUnavailable, match="file is not a database") as error:
        AuditLog.open(directory, service="weather")
    sentence_of(error)


def test_a_newer_log_is_refused(directory):
    make_log(directory, 1)
    with raw(directory) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(AuditUnavailable, match="log format 2 is newer") as error:
        AuditLog.open(directory, service="weather")
    sentence_of(error)


def test_an_altered_schema_is_refused(directory):
    make_log(directory, 1)
    with raw(directory) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE idx = 1; END")
    with pytest.raises(AuditUnavailable, match="the schema was altered: t"):
        AuditLog.open(directory, service="weather")


def test_an_unknown_durability_is_refused(directory):
    with pytest.raises(ConfigError, match="OTEL_MCP_AUDIT_DURABILITY=maybe: expected one of async, commit"):
        AuditLog.open(directory, service="weather", durability="maybe")


def test_a_log_that_is_removed_while_in_use_acknowledges_nothing_more(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    shutil.rmtree(directory)
    with pytest.raises(AuditUnavailable, match="was removed while in use"):
        log.append(draft())
    assert log.write_errors == 1
    log.close()


def test_a_log_that_is_replaced_while_in_use_acknowledges_nothing_more(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    directory.rename(directory.with_name("moved"))
    make_log(directory, 1)
    with pytest.raises(AuditUnavailable, match="was replaced by another log"):
        log.append(draft())
    log.close()


def test_a_write_that_fails_is_counted_and_admitted_when_it_works_again(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    path = directory / FILE_NAME
    path.rename(path.with_suffix(".away"))
    with pytest.raises(AuditUnavailable):
        log.append(draft())
    path.with_suffix(".away").rename(path)
    log.append(draft())
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    assert "1 events dropped" in report.problems[0].message
    assert "reason write_error" in report.problems[0].message


def fill(log):
    """Write until the disk is full; gives the receipts."""
    body = {"result": "x" * 50_000}
    receipts = []
    with contextlib.suppress(AuditUnavailable):
        while True:
            receipts.append(log.append(draft(len(receipts), body=body)))
    return receipts


def test_a_disk_that_stays_full_still_takes_the_records_of_what_was_lost(small_disk):
    directory = small_disk / "log"
    log = AuditLog.open(directory, service="weather")
    assert fill(log)
    for _ in range(5):
        log.submit(draft()).exception(10)
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})  # a record of its end too, or it would be W04
    assert sum(entry.head["dropped"] for entry in entries(directory, event="audit.gap")) == 6


def test_a_full_disk_loses_only_what_was_not_acknowledged(small_disk):
    directory = small_disk / "log"
    log = AuditLog.open(directory, service="weather")
    acknowledged = fill(log)
    for _ in range(3):
        with pytest.raises(AuditUnavailable, match="full"):
            log.append(draft())
    assert acknowledged
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    acknowledged.append(log.append(draft()))
    assert (directory / "reserve").stat().st_blocks
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W05"})
    reasons = [entry.head["reason"] for entry in entries(directory, event="audit.gap")]
    assert (reasons[0], reasons[-1]) == ("write_error", "disk_full")
    stored = {entry.index: entry.leaf for entry in entries(directory)}
    assert all(stored[receipt.index] == receipt.leaf for receipt in acknowledged)


def test_a_log_on_a_read_only_disk_can_be_verified_with_its_write_ahead_log(small_disk):
    directory = small_disk / "log"
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    copy = small_disk / "copy"
    shutil.copytree(directory, copy)
    log.close()
    assert (copy / f"{FILE_NAME}-wal").stat().st_size
    (copy / f"{FILE_NAME}-shm").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert verify(copy, Policy(trusted_keys=[log.vkey])).entries == 2
    assert len(list(entries(copy))) == 2
    with pytest.raises(AuditUnavailable):
        AuditLog.open(copy, service="weather")


def test_the_public_names_are_these():
    assert otel_mcp.audit.__all__ == [
        "AuditLog",
        "EntryDraft",
        "Policy",
        "Problem",
        "Receipt",
        "Report",
        "accept_restore",
        "new_record_id",
        "verify",
    ]
    assert EntryDraft is otel_mcp.audit.EntryDraft


def test_the_format_needs_no_newer_sqlite_than_it_says():
    statements = " ".join(store_module.SCHEMA.values()).upper()
    assert "STRICT" not in statements
    assert "RETURNING" not in statements
    assert sqlite3.sqlite_version_info >= (3, 31)
