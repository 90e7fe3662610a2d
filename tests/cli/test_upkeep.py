"""The commands that look after a trail: sealing, archives, retention, erasure; with an encrypted trail too."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cli.command import call, run
from click.testing import CliRunner

from otel_mcp.audit import verify
from otel_mcp.audit.entry import EntryDraft
from otel_mcp.audit.log import AuditLog
from otel_mcp.cli import prune
from otel_mcp.errors import AuditUnavailable


@pytest.fixture(params=["off", "segment", "subject"])
def mode(request):
    return request.param


@pytest.fixture
def trail(home, mode):
    directory = home / "state" / "otel-mcp" / "shop"
    log = AuditLog.open(directory, service="shop", encrypt=mode)
    for number in range(4):
        for draft in call(number):
            log.append(draft)
    for name in ("rosalind@example.org", "barbara@example.org"):
        log.append(
            EntryDraft("mcp.data.read", "event", "READ", "success", actor=name, actor_type="user", body={"n": 1})
        )
    log.close()
    return directory


def plain_bytes(trail):
    return b"".join(path.read_bytes() for path in trail.rglob("*") if path.is_file())


def test_a_trail_is_sealed_archived_and_verified(trail, home):
    assert run("rotate").stdout == "sealed entries 0..13\n"
    done = json.loads(run("rotate", "--json").stdout)
    assert (done["start"], done["size"]) == (14, 17)
    target = home / "archive"
    assert run("archive", target).stdout == f"archived 2 files in {target}\n"
    assert run("archive", target).stdout.startswith("nothing new to archive")
    assert json.loads(run("archive", target, "--json").stdout) == {"target": str(target), "files": []}
    shown = run("verify", "--dir", target).stdout
    assert "what came after entry 16 is not here" in shown
    assert "in 2 files" in shown
    found = run("query", "--dir", target, "--user", "rosalind@example.org").stdout
    assert "mcp.data.read" in found
    assert verify(trail).exit_code == 0


def test_an_encrypted_trail_is_read_with_its_key_and_says_so_without(trail, home, mode):
    row = json.loads(run("query", "--user", "rosalind@example.org", "--json").stdout)
    assert (row["actor"], row["body"]["n"]) == ("rosalind@example.org", 1)
    assert '"n": 1' in run("show", row["index"]).stdout
    key = home / "config" / "otel-mcp" / "keys" / "shop.pem"
    elsewhere = key.rename(home / "elsewhere.pem")
    done = run("query", "--event", "mcp.data.read", "--json")
    assert ("key is not at hand" in done.stderr) == (mode != "off")
    assert ("locked" in done.stdout) == (mode != "off")
    done = run("query", "--user", "rosalind@example.org")
    assert ("key is not at hand" in done.stderr) == (mode != "off")
    assert ("(encrypted)" in run("show", row["index"]).stdout) == (mode != "off")
    for env, options in (({"OTEL_MCP_AUDIT_KEY": f"file:{elsewhere}"}, ()), ({}, ("--key", f"file:{elsewhere}"))):
        again = run("query", "--user", "rosalind@example.org", "--json", *options, env=env)
        assert json.loads(again.stdout) == row
    assert "no such file" in run("query", "--key", "file:/nowhere.pem", code=3).stderr


def test_a_person_is_erased(trail, home, mode):
    run("rotate")
    target = home / "archive"
    run("archive", target)
    done = run("erase", "--user", "rosalind@example.org", "--reason", "request 7", "--archive", target)
    assert done.stdout == "removed 2 bodies and 2 names\n"
    assert b"rosalind@example.org" not in plain_bytes(trail)
    for place in (trail, target):
        assert verify(place).exit_code == 0
        assert run("query", "--dir", place, "--user", "rosalind@example.org", "--json").stdout == ""
    record = json.loads(run("query", "--event", "audit.erase", "--json").stdout)
    assert record["body"]["reason"] == "request 7"
    # What the commands write is kept as the trail is.
    assert (b"request 7" in plain_bytes(trail)) == (mode == "off")
    assert run("erase", "--resume").stdout == "removed 0 bodies\n"


def test_one_body_is_removed(trail):
    index = json.loads(run("query", "--user", "barbara@example.org", "--json").stdout)["index"]
    done = run("redact-entry", index, "--reason", "a name in it", "--json")
    assert json.loads(done.stdout) == {"subjects": 0, "bodies": 1, "emptied": True}
    assert "(none)" in run("show", index).stdout
    assert verify(trail).exit_code == 0


def test_young_files_stay(trail):
    run("rotate")
    assert run("prune", "--keep", "12months").stdout == "nothing is old enough\n"
    assert run("prune", "--keep", "12months", "--dry-run").stdout == "nothing is old enough\n"


@pytest.fixture
def aged(home):
    """A trail whose first file was sealed 400 days ago."""
    faked = home / "faked.py"
    faked.write_text(
        "import sys, time\n"
        "from pathlib import Path\n"
        "real = time.time_ns\n"
        "time.time_ns = lambda: real() - 400 * 86_400 * 10**9\n"
        "from otel_mcp.audit.log import AuditLog\n"
        "from otel_mcp.audit.entry import EntryDraft\n"
        "log = AuditLog.open(Path(sys.argv[1]), service='shop')\n"
        "log.append(EntryDraft('mcp.data.read', 'event', 'READ', 'success'))\n"
        "log.rotate()\n"
        "log.close()\n",
        encoding="utf-8",
    )
    directory = home / "state" / "otel-mcp" / "shop"
    subprocess.run([sys.executable, faked, directory], check=True)
    return directory


def test_files_past_their_time_go_and_are_archived_before(aged, tmp_path):
    assert run("prune", "--keep", "12months", "--dry-run").stdout == "would remove entries 0..2 in 1 file\n"
    done = run("prune", "--keep", "12months", "--archive", tmp_path / "archive", "--reason", "policy 3", "--json")
    assert json.loads(done.stdout) == {"files": 1, "start": 0, "end": 3, "unarchived": 0, "dry_run": False}
    assert done.stderr == ""
    assert "pruned   entries 0..2, after a signed record" in run("verify").stdout
    assert verify(tmp_path / "archive").exit_code == 0
    record = json.loads(run("query", "--event", "audit.prune", "--json").stdout)
    assert record["body"]["reason"] == "policy 3"


@pytest.mark.parametrize("dry", [True, False])
def test_files_of_which_no_copy_is_known_are_counted_before_they_go(aged, tmp_path, dry):
    before = set(aged.glob("audit-*.db"))
    options = ("--keep", "12months", *(("--dry-run",) if dry else ()))
    done = run("prune", *options, "--json")
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith(f"{'would remove' if dry else 'removing'} 1 file of which no copy is known (")
    assert "`otel-mcp archive FOLDER`" in sentence
    assert json.loads(done.stdout) == {"files": 1, "start": 0, "end": 3, "unarchived": 1, "dry_run": dry}
    assert (before <= set(aged.glob("audit-*.db"))) == dry
    # Nothing goes, nothing is said; and where the archive is named, a dry run has nothing to warn of.
    assert run("prune", "--keep", "6years").stderr == ""
    assert run("prune", "--archive", tmp_path / "archive", *options).stderr == ""


def test_the_warning_comes_before_anything_is_removed(aged, monkeypatch):
    def refused(*_, **__):
        raise AuditUnavailable("the log cannot be written")

    monkeypatch.setattr(AuditLog, "prune", refused)
    done = CliRunner().invoke(prune.command, ["--keep", "12months"])
    assert isinstance(done.exception, AuditUnavailable)
    assert "1 file of which no copy is known" in done.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["prune"], "how long are entries to be kept?"),
        (["prune", "--keep", "0d"], "--keep=0d: expected forever, 6months"),
        (["prune", "--keep", "soon"], "--keep=soon: expected forever"),
        (["erase"], "whom?"),
        (["erase", "--user", "x", "--resume"], "whom?"),
        (["erase", "--user", "x"], "--reason is empty"),
        (["erase", "--user", "x", "--reason", "y"], "no actor of that name"),
        (["redact-entry", "1", "--reason", " "], "--reason is empty"),
        (["redact-entry", "99", "--reason", "y"], "no entry 99"),
        (["redact-entry", "0", "--reason", "y", "--archive", "/nowhere"], "does not exist"),
        (["archive", "/proc/nowhere"], "/proc/nowhere: cannot make the folder"),
        (["rotate", "--dir", "/nowhere"], "/nowhere: no such folder"),
        (["rotate", "--key", "file:/nowhere.pem"], "no such file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(trail, arguments, sentence):
    before = verify(trail).entries
    assert sentence in run(*arguments, code=3).stderr
    after = verify(trail)
    assert after.exit_code == 0
    assert after.entries in (before, before + 2)  # at most a start and a stop


def test_a_lost_seal_key_is_said(trail):
    (trail / "seal-000000000000.key").unlink()
    assert "its seal key is not in" in run("rotate", code=3).stderr
    assert verify(trail).exit_code == 0
