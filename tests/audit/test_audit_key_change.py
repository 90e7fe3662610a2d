"""A log's key changes hands with both signatures; a command, hardware behind it, may be the one that signs."""

from __future__ import annotations

import base64
import contextlib
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from audit_scenes import ACTOR, ROOT, codes, command, draft, edit_head, environment, make_log, raw, rehash, run_python

from otel_mcp.audit import AuditLog, Policy, verify
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.keys import LocalKey, format_keys, load_keys, load_pins, new_keys, parse_keys
from otel_mcp.audit.query import entries, find
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import AuditUnavailable, ConfigError, KeyMismatch, OtelMcpError
from otel_mcp.tlog import Checkpoint, Frontier, Signer, sign_checkpoint


def trusted(vkey, **more):
    return Policy(trusted_keys=[vkey], use_pins=False, **more)


@pytest.fixture
def handed(directory):
    """A log whose key changed twice, in two files; its three keys."""
    log = AuditLog.open(directory, service="weather")
    vkeys = [log.vkey]
    log.append(draft())
    vkeys.append(log.change_key(reason="yearly", actor="root"))
    log.append(draft())
    log.rotate()
    log.append(draft())
    vkeys.append(log.change_key(reason="yearly"))
    log.append(draft())
    log.close()
    return vkeys


def test_whoever_pinned_any_of_the_keys_can_verify(directory, handed):
    assert len(set(handed)) == 3
    for vkey in handed:
        report = verify(directory, trusted(vkey))
        assert (report.exit_code, report.pinned, codes(report)) == (0, True, set())
        assert verify(directory, trusted(vkey), fast=True).exit_code == 0
    assert load_pins()[handed[0].partition("+")[0]] == handed[-1]
    assert verify(directory).exit_code == 0


def test_the_log_goes_on_with_the_new_key_file(directory, handed):
    assert make_log(directory, 2).vkey == handed[-1]
    assert verify(directory, trusted(handed[0])).exit_code == 0


def test_a_stranger_is_no_successor(directory, handed):
    stranger = Signer(handed[0].partition("+")[0], new_keys().signing_key)
    assert "A07" in codes(verify(directory, trusted(str(stranger.verifier))))


def test_the_handover_is_a_signed_record(directory, handed):
    first, second = entries(directory, event="audit.key.rotate")
    assert (first.head["old"], first.head["new"], first.actor_name) == (handed[0], handed[1], "root")
    assert first.body["reason"] == "yearly"
    assert second.head["old"] == handed[1]


@pytest.mark.parametrize("drop", [1, 2])
def test_a_handover_needs_both_signatures(directory, handed, drop):
    with contextlib.closing(sqlite3.connect(segments_of(directory)[0], isolation_level=None)) as connection:
        ((size, note),) = connection.execute("SELECT size, note FROM checkpoint WHERE note LIKE '%— %— %'").fetchall()
        lines = note.splitlines(keepends=True)
        connection.execute(
            "UPDATE checkpoint SET note = ? WHERE size = ?",
            ("".join(lines[:-drop] + lines[len(lines) - drop + 1 :]), size),
        )
    for vkey in handed:
        assert "A07" in codes(verify(directory, trusted(vkey)))


def test_a_thief_of_the_old_key_cannot_go_on_behind_the_handover(directory, home):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    old = load_keys(None, service="weather", create=False)
    new = log.change_key(reason="stolen")
    log.append(draft())
    log.close()
    thief = Signer(log.origin, old.signing_key)
    with raw(directory) as connection:
        edit_head(connection, 3, outcome="failure")
        rehash(connection)
        sizes = [size for (size,) in connection.execute("SELECT size FROM checkpoint WHERE size > 3")]
    with raw(directory) as connection:
        frontier = Frontier()
        for (leaf,) in connection.execute("SELECT leaf FROM entry ORDER BY idx").fetchall():
            frontier.append(leaf)
            if frontier.size in sizes:
                note = sign_checkpoint(Checkpoint(log.origin, frontier.size, frontier.root()), thief)
                connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note, frontier.size))
    shutil.rmtree(home / "config" / "otel-mcp" / "heads")
    for vkey in (new, str(thief.verifier)):
        assert "A07" in codes(verify(directory, trusted(vkey)))


def test_a_revoked_key_is_said(directory, handed):
    log = AuditLog.open(directory, service="weather")
    with pytest.raises(ConfigError, match="signs now"):
        log.revoke(log.vkey, reason="x")
    other = Signer("other/otel-mcp/x/0011223344556677", new_keys().signing_key)
    with pytest.raises(ConfigError, match="that is a key of other/"):
        log.revoke(str(other.verifier), reason="x")
    log.revoke(handed[0], reason="laptop lost")
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W08"})


def test_another_process_goes_on_with_the_new_key(directory):
    other = AuditLog.open(directory, service="weather")
    other.append(draft())
    log = AuditLog.open(directory, service="weather")
    vkey = log.change_key(reason="yearly")
    log.append(draft())
    log.close()
    other.append(draft())
    other.rotate()
    other.append(draft())
    other.close()
    for each in (other.vkey, vkey):
        assert verify(directory, trusted(each)).exit_code == 0


def test_a_process_that_cannot_have_the_new_key_acknowledges_nothing_more(directory, monkeypatch, tmp_path):
    keys = new_keys()
    monkeypatch.setenv("OLD", format_keys(keys))
    monkeypatch.setenv(
        "NEW",
        format_keys(parse_keys(format_keys(keys), "x")).replace(
            keys.signing_key.to_pem(), new_keys().signing_key.to_pem()
        ),
    )
    other = AuditLog.open(directory, service="weather", key="env:OLD")
    log = AuditLog.open(directory, service="weather", key="env:OLD")
    with pytest.raises(ConfigError, match="not in a file"):
        log.change_key(reason="yearly")
    log.change_key(to="env:NEW", reason="yearly")
    log.close()
    with pytest.raises(AuditUnavailable, match="another key since"):
        other.append(draft())
    other.close()
    with pytest.raises(KeyMismatch):
        AuditLog.open(directory, service="weather", key="env:OLD")
    AuditLog.open(directory, service="weather", key="env:NEW").close()
    assert "A" not in {code[0] for code in codes(verify(directory))}


def test_a_new_key_must_know_the_names(directory, monkeypatch):
    monkeypatch.setenv("OTHER", format_keys(new_keys()))
    log = AuditLog.open(directory, service="weather")
    with pytest.raises(ConfigError, match="another index key"):
        log.change_key(to="env:OTHER", reason="yearly")
    log.append(draft())
    log.close()
    assert verify(directory).exit_code == 0


KILLED = """
import os, sys
from pathlib import Path
from otel_mcp.audit import AuditLog
import otel_mcp.audit.key_change as change
asked = []
def staged_path(path, real=change.staged_path):
    asked.append(path)
    # Asked for when the file is staged, and when it is put in place.
    if len(asked) == {"before the record": 1, "before the key file": 2}[sys.argv[2]]:
        os.kill(os.getpid(), 9)
    return real(path)
change.staged_path = staged_path
log = AuditLog.open(Path(sys.argv[1]), service="weather")
log.change_key(reason="yearly")
"""


@pytest.mark.parametrize("step", ["before the record", "before the key file"])
def test_a_kill_leaves_a_key_that_fits(directory, step):
    make_log(directory, 2)
    assert run_python(KILLED, directory, step).returncode == -9
    make_log(directory, 2)
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, {"W04"})
    assert len(list(entries(directory, event="audit.key.rotate"))) == (0 if step == "before the record" else 1)


def test_thinning_keeps_the_handover(directory, monkeypatch):
    monkeypatch.setattr("otel_mcp.audit._committer._THIN_EVERY", 4)
    log = AuditLog.open(directory, service="weather")
    first = log.vkey
    log.append(draft())
    log.change_key(reason="yearly")
    for number in range(40):
        log.append(draft(number))
    log.close()
    with raw(directory) as connection:
        assert connection.execute("SELECT count(*) FROM checkpoint").fetchone()[0] < 20
    assert verify(directory, trusted(first)).exit_code == 0


def test_a_handover_in_a_file_that_is_gone_needs_the_newer_key(directory, handed, tmp_path):
    archive(directory, tmp_path / "archive")
    log = AuditLog.open(directory, service="weather")
    log.prune(now_us() + 1, policy="90d")
    log.close()
    assert verify(directory, trusted(handed[2])).exit_code == 0
    assert verify(directory, trusted(handed[1])).exit_code == 0
    assert "A07" in codes(verify(directory, trusted(handed[0])))
    for vkey in handed[:2]:
        assert verify(tmp_path / "archive", trusted(vkey)).exit_code == 0


@pytest.mark.parametrize("mode", ["segment", "subject"])
def test_everything_is_wrapped_anew_and_the_old_key_opens_nothing(directory, mode, tmp_path):
    log = AuditLog.open(directory, service="weather", encrypt=mode)
    log.append(draft())
    log.rotate()
    log.append(draft())
    archive(directory, tmp_path / "archive")
    old = load_keys(None, service="weather", create=False)
    done = log.change_encryption_key(reason="yearly", archives=[tmp_path / "archive"])
    assert (done.count, done.dropped) == (3 if mode == "segment" else 6, True)
    log.append(draft())
    log.close()
    new = load_keys(None, service="weather", create=False)
    assert len(new.encryption_keys) == 1
    assert new.encryption_keys != old.encryption_keys
    for place in (directory, tmp_path / "archive"):
        assert find(place, "1", keys=new).actor_name == ACTOR
        assert find(place, "1", keys=old).locked
        assert verify(place).exit_code == 0
    log = AuditLog.open(directory, service="weather", encrypt=mode)
    log.append(draft())
    log.close()
    assert not any(entry.locked for entry in entries(directory, keys=new))


def test_while_another_writer_runs_the_old_key_stays(directory):
    other = AuditLog.open(directory, service="weather", encrypt="segment")
    other.append(draft())
    log = AuditLog.open(directory, service="weather", encrypt="segment")
    assert not log.change_encryption_key(reason="yearly").dropped
    log.close()
    other.rotate()
    other.append(draft())
    other.close()
    keys = load_keys(None, service="weather", create=False)
    assert len(keys.encryption_keys) == 2
    assert not any(entry.locked for entry in entries(directory, keys=keys))


CHANGING = """
import sys
from pathlib import Path
from otel_mcp.audit import AuditLog
log = AuditLog.open(Path(sys.argv[1]), service="weather", encrypt="segment")
for _ in range(4):
    if sys.argv[2] == "signing": log.change_key(reason="yearly")
    else: log.change_encryption_key(reason="yearly")
log.close()
"""


@pytest.mark.parametrize("what", ["signing", "encryption"])
def test_processes_that_change_keys_at_the_same_time_leave_one_that_fits(directory, what):
    log = AuditLog.open(directory, service="weather", encrypt="segment")
    log.append(draft())
    first = log.vkey
    log.close()
    running = [subprocess.Popen(command(CHANGING, directory, what), env=environment()) for _ in range(3)]
    assert [process.wait(120) for process in running] == [0] * 3
    log = AuditLog.open(directory, service="weather", encrypt="segment")
    log.append(draft())
    log.close()
    assert verify(directory, trusted(first)).exit_code == 0
    keys = load_keys(None, service="weather", create=False)
    found = list(entries(directory, keys=keys))
    assert not any(entry.locked for entry in found)
    changes = [entry for entry in found if entry.head["event"] in ("audit.key.rotate", "audit.key.rewrap")]
    assert len(changes) == 3 * 4


def test_a_process_goes_on_with_a_key_that_was_changed_in_a_file_before(directory):
    idle = AuditLog.open(directory, service="weather")
    log = AuditLog.open(directory, service="weather")
    for _ in range(2):
        log.change_key(reason="yearly")
        log.rotate()
    log.close()
    idle.append(draft())
    idle.close()
    assert verify(directory, trusted(idle.vkey)).exit_code == 0


def test_a_key_file_of_two_logs_is_changed_for_neither(directory, tmp_path):
    path = tmp_path / "shared.pem"
    one = AuditLog.open(directory, service="weather", key=f"file:{path}")
    other = AuditLog.open(tmp_path / "other", service="news", key=f"file:{path}")
    before = path.read_bytes()
    for change in (one.change_key, other.change_key, one.change_encryption_key):
        with pytest.raises(ConfigError, match="is also the key of "):
            change(reason="yearly")
    assert path.read_bytes() == before
    for log in (one, other):
        log.append(draft())
        log.close()
        assert verify(log.directory).exit_code == 0


def test_a_staged_key_that_nobody_handed_over_to_is_no_key(directory, home):
    path = home / "config" / "otel-mcp" / "keys" / "weather.pem"
    make_log(directory, 1)
    staged = path.with_name("weather.pem.next")
    staged.write_text(format_keys(new_keys()), encoding="ascii")
    staged.chmod(0o600)
    other = AuditLog.open(directory, service="weather", encrypt="segment")
    other.append(draft())
    log = AuditLog.open(directory, service="weather", encrypt="segment")
    log.change_encryption_key(reason="yearly")
    other.append(draft())
    log.change_key(reason="yearly")
    other.append(draft())
    log.close()
    other.close()
    assert verify(directory).exit_code == 0
    assert not any(entry.locked for entry in entries(directory, keys=load_keys(None, service="weather", create=False)))


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────────────


SIGNER = """
    import base64, sys
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    behaviour = sys.argv[1]
    if sys.argv[-1] == "public":
        if behaviour == "no key": print("bm8="); sys.exit()
        if behaviour == "fails": print("the token is locked", file=sys.stderr); sys.exit(4)
        print(base64.b64encode(key.public_key().public_bytes_raw()).decode())
    else:
        message = sys.stdin.buffer.read()
        if behaviour == "wrong": message += b"x"
        print(base64.b64encode(key.sign(message)).decode())
"""


@pytest.fixture
def signer(tmp_path):
    path = tmp_path / "signer.py"
    path.write_text(textwrap.dedent(SIGNER), encoding="utf-8")
    return lambda behaviour="well": f"exec:{sys.executable} {path} '{behaviour}'"


def test_a_command_signs_a_log(directory, signer):
    log = AuditLog.open(directory, service="weather", key=signer(), encrypt="subject")
    log.append(draft())
    log.rotate()
    log.append(draft())
    log.close()
    make_log(directory, 1, key=signer())
    report = verify(directory)
    assert (report.exit_code, codes(report), report.files) == (0, set(), 2)
    keys = load_keys(signer(), service="weather", create=False)
    assert len(list(entries(directory, actor=ACTOR, keys=keys))) == 3


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("exec:", "expected file:PATH, env:NAME or exec:COMMAND"),
        ("exec:/no/such/command", "/no/such/command: cannot be run: no such file"),
        ("exec:'", "not a command line"),
    ],
)
def test_a_command_that_is_none_is_named(directory, spec, sentence):
    with pytest.raises(ConfigError, match=sentence):
        AuditLog.open(directory, service="weather", key=spec)


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [("no key", "2 bytes in base64, expected 32"), ("fails", r"exit status 4 \(run it by hand to see why\)$")],
)
def test_a_command_that_gives_no_key_is_named(directory, signer, behaviour, sentence):
    with pytest.raises(ConfigError, match=sentence):
        AuditLog.open(directory, service="weather", key=signer(behaviour))


def test_a_signature_that_does_not_fit_is_never_written(directory, signer):
    with pytest.raises(AuditUnavailable, match="does not fit its public key") as refused:
        AuditLog.open(directory, service="weather", key=signer("wrong"))
    assert refused.value.__cause__ is not refused.value
    with pytest.raises(OtelMcpError):
        verify(directory)


def test_a_log_moves_from_a_file_to_a_command_and_verifies_under_both_keys(directory, signer, home):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    first = log.vkey
    keys = load_keys(None, service="weather", create=False)
    secrets = home / "config" / "otel-mcp" / "keys" / "weather.secrets.pem"
    secrets.write_text(format_keys(keys).partition("-----END PRIVATE KEY-----\n")[2], encoding="ascii")
    secrets.chmod(0o600)
    second = log.change_key(to=signer(), reason="moved to hardware")
    log.append(draft())
    log.close()
    make_log(directory, 1, key=signer())
    for vkey in (first, second):
        assert verify(directory, trusted(vkey)).exit_code == 0


def script_of_the_docs():
    """The script that docs/trail.md shows."""
    page = (ROOT / "docs" / "trail.md").read_text(encoding="utf-8")
    script = re.search(r"```sh\n(#!/bin/sh\n.*?)```", page, re.DOTALL)
    assert script is not None
    return script[1]


@pytest.fixture
def hsm(tmp_path, monkeypatch):
    """A token of SoftHSM with an Ed25519 key, and a command that signs with it."""
    places = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"))
    module = next((path for path in places if path.exists()), None)
    if module is None or not shutil.which("pkcs11-tool"):
        pytest.skip("softhsm2 and opensc are not installed")
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\n", encoding="ascii")
    for name, value in (("SOFTHSM2_CONF", config), ("PIN", 1234)):
        monkeypatch.setenv(name, str(value))
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)  # noqa: E731
    run("softhsm2-util", "--init-token", "--free", "--label", "log", "--pin", "1234", "--so-pin", "1234")
    tool = ("pkcs11-tool", "--module", str(module), "--token-label", "log", "--login", "--pin", "1234")
    run(*tool, "--keypairgen", "--key-type", "EC:edwards25519", "--label", "log")
    command = tmp_path / "hsm-sign"
    command.write_text(script_of_the_docs().replace("/usr/lib/softhsm/libsofthsm2.so", str(module)), encoding="utf-8")
    command.chmod(0o700)
    return f"exec:{command}"


def test_a_key_that_never_leaves_its_hardware_signs_a_log(directory, hsm):
    log = AuditLog.open(directory, service="weather", key=hsm)
    for number in range(3):
        log.append(draft(number))
    log.rotate()
    log.append(draft())
    log.close()
    report = verify(directory)
    assert (report.exit_code, codes(report)) == (0, set())


def test_a_local_key_is_not_printed():
    keys = new_keys()
    assert isinstance(keys.signing_key, LocalKey)
    seed = base64.b64encode(keys.index_key).decode()
    assert seed not in repr(keys)
