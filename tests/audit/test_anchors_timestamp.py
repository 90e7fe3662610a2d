"""Time stamps of a real authority (openssl) over checkpoints, and everything that is none."""

from __future__ import annotations

import random
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
from anchor_scenes import grow, rewrite_history
from audit_scenes import make_log, run_python
from support.authority import make_authority
from support.faults import answering, http, refusing_port

from otel_mcp.audit._timestamp import check_timestamp
from otel_mcp.audit.anchors import (
    RFC3161,
    anchors_directory,
    check_anchors,
    load_roots,
    newest_checkpoint,
    read_anchors,
    timestamp,
)
from otel_mcp.errors import AnchorRefused, AuditUnavailable, ConfigError, MalformedError, VerificationError
from otel_mcp.tlog import Verifier


@pytest.fixture
def log(directory):
    return make_log(directory, 3)


@pytest.fixture
def roots(authority):
    return load_roots(authority.root, "root.pem")


@pytest.fixture
def stamped(directory, log, authority, roots):
    return timestamp(newest_checkpoint(directory), authority.url, roots)


def check(directory, log, roots):
    return check_anchors(read_anchors(directory), [Verifier.parse(log.vkey)], roots=roots)


def test_a_time_stamp_shows_that_a_checkpoint_existed(directory, log, stamped, roots):
    [witnessed], problems = check(directory, log, roots)
    assert not problems
    assert witnessed.checkpoint == newest_checkpoint(directory).checkpoint
    assert (witnessed.who, witnessed.kind) == ("stamps", RFC3161)
    assert witnessed.time == stamped.time
    assert abs(datetime.now(timezone.utc) - witnessed.time) < timedelta(hours=1)


def test_openssl_verifies_what_is_kept(directory, stamped, authority):
    note = stamped.path.with_suffix(".note")
    assert note.read_text(encoding="utf-8") == newest_checkpoint(directory).note
    command = ["openssl", "ts", "-verify", "-in", stamped.path, "-data", note, "-CAfile", authority.folder / "root.pem"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_the_earliest_time_stamp_of_a_checkpoint_is_kept(directory, stamped, authority, roots):
    asked = len(authority.queries)
    again = timestamp(newest_checkpoint(directory), authority.url, roots)
    assert (again.already, again.time, again.path) == (True, stamped.time, stamped.path)
    assert len(authority.queries) == asked


def test_a_damaged_time_stamp_is_asked_for_again(directory, log, stamped, authority, roots):
    stamped.path.write_bytes(stamped.path.read_bytes()[:-1])
    assert not timestamp(newest_checkpoint(directory), authority.url, roots).already
    assert len(check(directory, log, roots)[0]) == 1


def test_a_time_stamp_whose_roots_nobody_gave_is_kept_but_proves_nothing(directory, log, authority):
    kept = timestamp(newest_checkpoint(directory), authority.url)
    assert not kept.checked
    witnessed, [problem] = check(directory, log, [])
    assert not witnessed
    assert problem.unknown
    assert "no root certificate" in problem.message


def test_another_authoritys_roots_are_no_proof(directory, log, stamped, authority, tmp_path):
    other = load_roots(make_authority(tmp_path / "other", "stamps").root, "other.pem")
    witnessed, [problem] = check(directory, log, other)
    assert not witnessed
    assert "does not verify under the given roots" in problem.message
    stamped.path.unlink()
    with pytest.raises(AnchorRefused, match="are these the authority's root certificates"):
        timestamp(newest_checkpoint(directory), authority.url, other)
    assert not stamped.path.exists()


def test_a_tampered_token_is_found(directory, log, stamped, roots):
    reply = stamped.path.read_bytes()
    when = stamped.time.strftime("%Y%m%d%H%M%SZ").encode()
    assert reply.count(when) == 1
    year_before = b"%d" % (stamped.time.year - 1) + when[4:]
    for changed in (
        reply.replace(when, year_before),
        reply[:-1] + bytes([reply[-1] ^ 1]),
        reply + b"\0",
        reply[:200],
        b"",
        b"garbage",
    ):
        stamped.path.write_bytes(changed)
        witnessed, [problem] = check(directory, log, roots)
        assert not witnessed, changed
        assert problem.path == stamped.path


def test_any_bytes_are_the_same_time_stamp_or_none(directory, log, stamped, roots):
    reply, note = stamped.path.read_bytes(), newest_checkpoint(directory).note.encode()
    numbers = random.Random(4711)
    counts = {True: 0, False: 0}
    for _ in range(400):
        changed = bytearray(reply)
        changed[numbers.randrange(len(reply))] ^= 1 << numbers.randrange(8)
        if numbers.random() < 0.2:
            del changed[numbers.randrange(len(reply)) :]
        try:
            stamp = check_timestamp(bytes(changed), note, roots)
        except (MalformedError, VerificationError):
            counts[False] += 1
        else:
            # Names of algorithms stand outside what is signed.
            assert (stamp.time, stamp.who) == (stamped.time, "stamps")
            counts[True] += 1
    assert counts[False] > 20 * counts[True]


def test_a_time_stamp_of_another_checkpoint_is_found(directory, log, stamped, authority, roots):
    grow(directory)
    later = timestamp(newest_checkpoint(directory), authority.url, roots)
    later.path.write_bytes(stamped.path.read_bytes())
    witnessed, [problem] = check(directory, log, roots)
    assert [one.path for one in witnessed] == [stamped.path]
    assert problem.message == "the time stamp is not of this checkpoint"


def test_a_note_of_another_log_or_size_is_found(directory, log, stamped, roots, tmp_path):
    other = make_log(tmp_path / "other", 1)
    assert check(directory, other, roots)[0] == []
    for path in (stamped.path, stamped.path.with_suffix(".note")):
        path.rename(path.with_name(path.name.replace("000000000005", "000000000004")))
    assert check(directory, log, roots)[1][0].message == "its checkpoint has 5 entries"


def test_a_missing_note_and_strange_files_stop_nothing(directory, log, stamped, roots, tmp_path):
    place = anchors_directory(directory)
    stamped.path.with_suffix(".note").unlink()
    (place / "README").write_text("mine")
    (place / "000000000009.a.tsr").mkdir()
    (place / "000000000009.b.cosigned").symlink_to("/dev/zero")
    (place / "000000000009.c.cosigned").write_bytes(b"\xff" * 2_000_000)
    witnessed, problems = check(directory, log, roots)
    assert not witnessed
    assert len(problems) == 4
    assert read_anchors(tmp_path) == []


def test_a_folder_that_cannot_be_listed_is_not_an_empty_one(directory, log):
    anchors_directory(directory).symlink_to(anchors_directory(directory))
    with pytest.raises(AuditUnavailable, match="anchors: cannot be read: too many levels"):
        read_anchors(directory)


def test_an_anchor_of_a_history_that_was_rewritten_is_never_written_over(directory, log, stamped, authority, roots):
    rewrite_history(directory, log)
    with pytest.raises(AnchorRefused, match="FORK"):
        timestamp(newest_checkpoint(directory), authority.url, roots)
    [witnessed], _ = check(directory, log, roots)
    assert witnessed.checkpoint.root != newest_checkpoint(directory).checkpoint.root


def test_an_authority_that_refuses_says_why(directory, log, authority, tmp_path):
    strict = make_authority(tmp_path / "strict", "strict")
    config = strict.folder / "openssl.cnf"
    config.write_text(config.read_text(encoding="utf-8").replace("digests = sha256", "digests = sha512"))
    timestamp(newest_checkpoint(directory), authority.url)
    refusal = strict.answer(authority.queries[-1])
    with answering(http("200 OK", refusal)) as (url, _), pytest.raises(AnchorRefused, match="refused with status 2"):
        timestamp(newest_checkpoint(directory), url)


def test_an_old_answer_is_no_answer(directory, log, authority):
    newest = newest_checkpoint(directory)
    replayed = timestamp(newest, authority.url).path.read_bytes()
    with answering(http("200 OK", replayed)) as (url, _), pytest.raises(AnchorRefused, match="another request"):
        timestamp(newest, url)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (http("200 OK", b"<html>hello</html>"), "not a time-stamp reply"),
        (http("404 Not Found", b"nothing\x1b[31m here"), r"answered 404 nothing\?\[31m here \(is it"),
        (http("302 Found", b"", "Location: http://127.0.0.1:9/"), "answered 302"),
    ],
)
def test_what_is_no_authority_is_named(directory, log, answer, sentence):
    with answering(answer) as (url, _), pytest.raises(AnchorRefused, match=sentence) as caught:
        timestamp(newest_checkpoint(directory), f"{url}/tsr?token=4711")
    assert "4711" not in str(caught.value)
    assert not anchors_directory(directory).exists()


def test_a_server_that_is_not_there_is_named(directory, log):
    with pytest.raises(AnchorRefused, match=r"connection refused \(is the server running"):
        timestamp(newest_checkpoint(directory), f"http://127.0.0.1:{refusing_port()}/")


def test_a_pem_file_without_certificates_is_named():
    for pem in (b"", b"garbage", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(ConfigError, match=r"root\.pem: holds no certificate"):
            load_roots(pem, "root.pem")


def test_without_the_extra_a_sentence_names_it(directory, log):
    script = """
import sys
from pathlib import Path
sys.modules["rfc3161_client"] = None
from otel_mcp.audit.anchors import newest_checkpoint, timestamp
from otel_mcp.errors import ConfigError
try:
    timestamp(newest_checkpoint(Path(sys.argv[1])), "http://127.0.0.1:9/")
except ConfigError as error:
    print(error)
"""
    done = run_python(script, directory)
    assert done.stdout == "time stamps need the extra: pip install 'otel-mcp-audit[timestamp]'\n", done.stderr
