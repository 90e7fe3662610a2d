"""Cosignatures of a real witness (litewitness): what it signs, what it refuses, and what the log then says."""

from __future__ import annotations

import base64
import shutil
import socket
import time
from datetime import datetime, timedelta, timezone

import pytest
from anchor_scenes import grow, rewrite_history
from audit_scenes import draft, make_log, raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from support.faults import answering, http, refusing_port, serving

from otel_mcp.audit import AuditLog
from otel_mcp.audit._witness import format_request
from otel_mcp.audit.anchors import (
    COSIGNATURE,
    anchors_directory,
    check_anchors,
    cosign,
    newest_by_quorum,
    newest_checkpoint,
    read_anchors,
)
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.keys import new_keys
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import AnchorRefused, AuditUnavailable, ConfigError, NothingToVerify
from otel_mcp.tlog import Cosignature, CosignatureVerifier, Signer, TrustPolicy, Verifier, open_note, sign_checkpoint
from otel_mcp.tlog.cosignature import cosigned_message

pytestmark = pytest.mark.timeout(600)  # the first test of a fresh clone builds the witness

STRANGERS_KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
STRANGER = CosignatureVerifier("witness.example/x1", STRANGERS_KEY.public_key().public_bytes_raw())


@pytest.fixture
def log(directory):
    return make_log(directory, 3)


@pytest.fixture
def known(log, witness):
    """The log, when the witness has been told of it."""
    witness.add_log(log.origin, log.vkey)
    return log


def anchor(directory, witness):
    return cosign(newest_checkpoint(directory), witness.url, witness.verifier)


def check(directory, log, *verifiers, quorum="any"):
    lines = [f"witness w{number} {verifier}\n" for number, verifier in enumerate(verifiers)]
    names = " ".join(f"w{number}" for number in range(len(verifiers)))
    policy = TrustPolicy.parse("".join(lines) + (f"group g {quorum} {names}\nquorum g\n" if names else "quorum none\n"))
    witnessed, problems = check_anchors(read_anchors(directory), [Verifier.parse(log.vkey)], policy)
    return witnessed, problems, newest_by_quorum(witnessed, policy)


def test_the_witness_calls_its_key_as_we_do(witness):
    assert str(witness.verifier) in witness.page()


def test_a_witness_cosigns_a_log_that_grows(directory, known, witness):
    sizes = []
    for _ in range(4):
        stored = anchor(directory, witness)
        assert abs(datetime.now(timezone.utc) - stored.time) < timedelta(hours=1)
        sizes.append(newest_checkpoint(directory).checkpoint.size)
        grow(directory, 3)
    witnessed, problems, newest = check(directory, known, witness.verifier)
    assert not problems
    assert [one.checkpoint.size for one in witnessed] == sizes == [5, 10, 15, 20]
    assert {(one.who, one.kind) for one in witnessed} == {("w0", COSIGNATURE)}
    assert newest.size == 20
    assert f"size {newest.size}, root {base64.b64encode(newest.root).decode()}" in witness.page().replace("\n", " ")


def test_what_is_kept_is_the_signed_note_with_one_line_more(directory, known, witness):
    note = anchor(directory, witness).path.read_text(encoding="utf-8")
    newest = newest_checkpoint(directory)
    assert note.startswith(newest.note)
    assert note.count("— ") == 2
    assert open_note(note, [newest.log]).text == str(newest.checkpoint)


def test_a_checkpoint_can_be_cosigned_again_and_without_memory(directory, known, witness):
    first = anchor(directory, witness)
    assert anchor(directory, witness).time >= first.time
    grow(directory)
    shutil.rmtree(anchors_directory(directory))
    anchor(directory, witness)
    witnessed, _, _ = check(directory, known, witness.verifier)
    assert [one.checkpoint.size for one in witnessed] == [8]


def test_another_witnesss_key_is_no_trust(directory, known, witness):
    anchor(directory, witness)
    witnessed, [problem], newest = check(directory, known, STRANGER)
    assert (witnessed, newest) == ([], None)
    assert problem.unknown
    assert check(directory, known)[1] == [problem]
    with pytest.raises(AnchorRefused, match=r"answered without a cosignature of witness\.example/x1\+"):
        cosign(newest_checkpoint(directory), witness.url, STRANGER)
    assert len(read_anchors(directory)) == 1


def test_a_quorum_needs_as_many_as_it_says(directory, known, witness):
    anchor(directory, witness)
    assert check(directory, known, witness.verifier, STRANGER)[2] is not None
    assert check(directory, known, witness.verifier, STRANGER, quorum="all")[2] is None


def test_a_tampered_cosignature_is_found(directory, known, witness):
    path = anchor(directory, witness).path
    head, _, line = path.read_text(encoding="utf-8").rpartition("— ")
    name, encoded = line.split()
    data = bytearray(base64.b64decode(encoded))
    for index in (4, 11, 12, -1):
        changed = bytes(data[:index]) + bytes([data[index] ^ 1]) + bytes(data[index:][1:])
        path.write_text(f"{head}— {name} {base64.b64encode(changed).decode()}\n", encoding="utf-8")
        witnessed, [problem], _ = check(directory, known, witness.verifier)
        assert not witnessed
        assert not problem.unknown
    path.write_bytes(b"garbage")
    assert len(check(directory, known, witness.verifier)[1]) == 1


def test_a_witness_that_saw_another_history_finds_the_fork(directory, known, witness):
    anchor(directory, witness)
    rewrite_history(directory, known)
    with pytest.raises(AnchorRefused, match=r"FORK: .*holds another checkpoint of the same size"):
        anchor(directory, witness)
    shutil.rmtree(anchors_directory(directory))
    with pytest.raises(AnchorRefused, match=r"FORK: witness\.example/x1 saw another history of this log, of 5 entries"):
        anchor(directory, witness)
    grow(directory)
    # Asked from 0 it answers 409 and its size; the proof from there does not lead to its root.
    with pytest.raises(AnchorRefused, match=r"FORK: witness\.example/x1 saw another history of this log, of 5 entries"):
        anchor(directory, witness)
    assert read_anchors(directory) == []


def test_a_witness_that_saw_more_entries_finds_the_rollback(directory, known, witness, tmp_path):
    shutil.copytree(directory, tmp_path / "backup")
    grow(directory, 4)
    anchor(directory, witness)
    with pytest.raises(
        AnchorRefused, match=r"ROLLBACK: witness\.example/x1 cosigned this log with 11 entries; it has 5"
    ):
        anchor(tmp_path / "backup", witness)


def begin_file(directory):
    log = AuditLog.open(directory, service="weather")
    assert log.rotate() is not None
    log.append(draft())
    log.close()


def prune(directory):
    log = AuditLog.open(directory, service="weather")
    assert log.prune(now_us() + 1, policy="90d")
    log.close()


def test_a_witness_follows_a_log_over_several_files_and_after_old_ones_are_gone(directory, known, witness):
    for _ in range(3):
        anchor(directory, witness)
        begin_file(directory)
        begin_file(directory)
        anchor(directory, witness)
        prune(directory)
        grow(directory, 2)
    anchor(directory, witness)
    assert len(segments_of(directory)) == 1
    witnessed, problems, newest = check(directory, known, witness.verifier)
    assert (len(witnessed), problems) == (7, [])
    assert newest == newest_checkpoint(directory).checkpoint


def test_what_was_pruned_before_it_was_anchored_gives_no_proof(directory, known, witness):
    anchor(directory, witness)
    grow(directory)
    begin_file(directory)
    prune(directory)
    with pytest.raises(AuditUnavailable, match=r"after 5 that a proof needs were pruned \(anchor before you prune\)"):
        anchor(directory, witness)


@pytest.mark.parametrize("meta", ["UPDATE meta SET v = 'x' WHERE k = 'start'", "DELETE FROM meta WHERE k = 'hashes'"])
def test_a_file_that_does_not_say_how_it_begins_gives_no_proof(directory, known, witness, meta):
    anchor(directory, witness)
    grow(directory)
    with raw(directory) as connection:
        connection.execute(meta)
    with pytest.raises(AuditUnavailable, match="does not say how it begins"):
        anchor(directory, witness)


def test_somebody_who_anchors_at_the_same_time_is_no_rollback(directory, known, witness):
    slow = newest_checkpoint(directory)
    grow(directory)
    anchor(directory, witness)
    with pytest.raises(AnchorRefused, match=r"has a newer checkpoint of this log already \(try again\)"):
        cosign(slow, witness.url, witness.verifier)


def test_a_log_that_the_witness_does_not_know_is_told_the_key_to_add(directory, log, witness):
    with pytest.raises(AnchorRefused) as caught:
        anchor(directory, witness)
    assert f"does not know the log {log.origin}" in str(caught.value)
    assert log.vkey in str(caught.value)


def test_a_log_with_another_key_than_the_witness_knows_is_told_so(directory, log, witness):
    other = Signer(log.origin, new_keys().signing_key)
    witness.add_log(log.origin, str(other.verifier))
    with pytest.raises(AnchorRefused, match="does not accept the signature of this log"):
        anchor(directory, witness)


def test_a_log_that_lost_entries_gives_no_proof(directory, known, witness):
    anchor(directory, witness)
    grow(directory)
    with raw(directory) as connection:
        connection.execute("DELETE FROM entry WHERE idx = 1")
    with pytest.raises(AuditUnavailable, match="has not all of 8 entries"):
        anchor(directory, witness)


def test_a_checkpoint_that_the_log_did_not_sign_is_not_anchored(directory, log):
    thief = Signer(log.origin, new_keys().signing_key)
    newest = newest_checkpoint(directory)
    with raw(directory) as connection:
        note = sign_checkpoint(newest.checkpoint, thief)
        connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, newest.checkpoint.size))
    with pytest.raises(AuditUnavailable, match="is not the log's"):
        newest_checkpoint(directory)
    with raw(directory) as connection:
        connection.execute("DELETE FROM checkpoint")
    with pytest.raises(NothingToVerify, match="no signed checkpoint yet"):
        newest_checkpoint(directory)
    (directory / "audit-000000000000.db").write_bytes(b"garbage" * 1000)
    with pytest.raises(AuditUnavailable, match="cannot read the log"):
        newest_checkpoint(directory)


def test_a_request_is_written_as_the_specification_shows():
    body = format_request(3, [b"\x01" * 32, b"\x02" * 32], "example.com/log\n5\nroot\n\n— sig\n")
    assert body.decode().split("\n")[:4] == [
        "old 3",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
        "",
    ]
    assert format_request(0, [], "note\n") == b"old 0\n\nnote\n"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (http("200 OK", b"<html>"), "answered without a cosignature"),
        (http("200 OK", b""), "answered without a cosignature"),
        (http("200 OK", b"\xff\n"), "answered without a cosignature"),
        (http("200 OK", b"x" * 300_000), "no whole answer in HTTP"),
        (http("409 Conflict", b"7"), "409 without the size"),
        (http("409 Conflict", b"07\n"), "409 without the size"),
        (http("409 Conflict", b"7\n7\n"), "409 without the size"),
        (http("409 Conflict", b"9" * 50 + b"\n"), "409 without the size"),
        (http("409 Conflict", b"6\n"), "ROLLBACK: .* with 6 entries; it has 5 now"),
        (http("409 Conflict", b"3\n"), "answered 4 times that it is at another size"),
        (http("500 Internal Server Error", b"sorry"), r"answered 500 sorry \(is it the submission prefix"),
        (http("307 Temporary Redirect", b"", "Location: http://127.0.0.1:9/"), "answered 307"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no whole answer in HTTP"),
        (b"\0\1\2garbage", "no whole answer in HTTP"),
        (b"", "no whole answer in HTTP|cannot be reached"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", "no whole answer in HTTP"),
    ],
)
def test_what_is_no_witness_is_named(directory, log, answer, sentence):
    with answering(answer) as (url, _), pytest.raises(AnchorRefused, match=sentence):
        cosign(newest_checkpoint(directory), url, STRANGER)
    assert read_anchors(directory) == []


def test_a_time_outside_every_calendar_is_no_time(directory, log):
    newest, time = newest_checkpoint(directory), 2**62
    signature = STRANGERS_KEY.sign(cosigned_message(str(newest.checkpoint), time))
    line = str(Cosignature(STRANGER.name, STRANGER.key_id, time, signature).to_line())
    with (
        answering(http("200 OK", line.encode())) as (url, _),
        pytest.raises(AnchorRefused, match="clock of the witness"),
    ):
        cosign(newest, url, STRANGER)
    anchors_directory(directory).mkdir()
    (anchors_directory(directory) / "000000000005.x1.cosigned").write_text(newest.note + line, encoding="utf-8")
    assert "no year" in check(directory, log, STRANGER)[1][0].message


def test_after_a_conflict_the_proof_starts_where_the_witness_is(directory, log):
    with answering(http("409 Conflict", b"3\n"), http("404 Not Found", b"")) as (url, asked):
        with pytest.raises(AnchorRefused, match="does not know the log"):
            cosign(newest_checkpoint(directory), f"{url}/", STRANGER)
        assert [body.split(b"\n")[0] for body in asked] == [b"old 0", b"old 3"]
        assert [body.partition(b"\n\n")[0].count(b"\n") for body in asked] == [0, 4]


def test_a_server_that_never_answers_is_given_up_in_time(directory, log):
    def silent(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    def dripping(connection: socket.socket) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 1000:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)

    for talk in (silent, dripping):
        with serving(talk) as url:
            started = time.monotonic()
            with pytest.raises(AnchorRefused, match=r"no answer within 0\.3 s"):
                cosign(newest_checkpoint(directory), url, STRANGER, seconds=0.3)
            assert time.monotonic() - started < 30


def no_such_host(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_server_that_is_not_there_and_what_is_no_address_are_named(directory, log, monkeypatch):
    newest = newest_checkpoint(directory)
    with pytest.raises(AnchorRefused, match="connection refused"):
        cosign(newest, f"http://127.0.0.1:{refusing_port()}", STRANGER)
    with serving(lambda connection: connection.sendall(b"garbage\n")) as url, pytest.raises(AnchorRefused, match="TLS"):
        cosign(newest, url.replace("http:", "https:"), STRANGER)
    with monkeypatch.context() as patch:
        patch.setattr("socket.getaddrinfo", no_such_host)
        with pytest.raises(AnchorRefused, match="no such host"):
            cosign(newest, "http://witness.example", STRANGER)
    addresses = ["", "witness.example", "file:///etc/passwd", "http://", "http://[", "http://a:99999/", "http://a b/"]
    for address in [*addresses, "http://a/\u00e4", "http://ann:canary@a/"]:
        with pytest.raises(ConfigError) as caught:
            cosign(newest, address, STRANGER)
        assert "canary" not in str(caught.value)
