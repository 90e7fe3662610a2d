"""`otel-mcp fsck` and `otel-mcp verifier` as a user runs them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys

from cli.command import run


def test_nothing_wrong_is_said_in_a_line(trail):
    assert run("fsck").stdout == f"nothing found in {trail}\n"
    assert json.loads(run("fsck", "--dir", trail, "--json").stdout)["findings"] == []


def test_an_oddity_is_named_with_its_cure(trail):
    (trail / "notes.txt").touch(mode=0o600)
    done = run("fsck", "--service", "shop", code=2)
    assert done.stdout.splitlines() == [
        "odd  notes.txt: nothing that belongs to a log (move it away)",
        f"0 of tampering, 1 oddity in {trail}",
    ]


def test_tampering_is_told_from_oddities(trail):
    (trail / "notes.txt").touch(mode=0o600)
    with sqlite3.connect(trail / "audit-000000000000.db") as connection:
        connection.execute("DELETE FROM body WHERE idx = 2")
    connection.close()
    report = json.loads(run("fsck", "--json", code=1).stdout)
    assert [finding["code"] for finding in report["findings"]] == ["A10", None]
    assert run("fsck", code=1).stdout.startswith("A10  audit-000000000000.db: body of entry 2 is missing")


def test_where_there_is_no_log_there_is_nothing_to_look_at(home):
    assert "no such folder" in run("fsck", "--dir", home / "none", code=3).stderr
    (home / "empty").mkdir()
    assert "no audit log" in run("fsck", "--dir", home / "empty", code=3).stderr


def test_the_verifier_is_written_and_verifies(trail, home):
    path = home / "verify_audit.py"
    digest, _, name = run("verifier", "--output", path).stdout.strip().partition("  ")
    assert (digest, name) == (hashlib.sha256(path.read_bytes()).hexdigest(), str(path))
    assert run("verifier", "--output", "-").stdout == path.read_text(encoding="utf-8")
    assert json.loads(run("verifier", "--output", path, "--json").stdout)["sha256"] == digest
    vkey = next(word for word in run("keys", "show").stdout.split() if "/otel-mcp/shop/" in word and "+" in word)
    command = [sys.executable, "-I", path, trail, "--vkey", vkey]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.split()[0]) == (0, "verified"), done.stderr


def test_the_verifier_takes_nobodys_place(home):
    path = home / "verify_audit.py"
    path.write_text("mine")
    assert "holds something else" in run("verifier", "--output", path, code=3).stderr
    run("verifier", "--output", path, "--force")
    assert path.read_text(encoding="utf-8") != "mine"
    assert "cannot be written" in run("verifier", "--output", home / "none" / "x.py", code=3).stderr
