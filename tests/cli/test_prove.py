"""`otel-mcp prove`: evidence for one entry, and its check on a machine that has nothing else."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import subprocess

import pytest
from cli.command import call, run

from otel_mcp.audit.entry import now_us
from otel_mcp.audit.log import AuditLog

openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture
def elsewhere(home):
    """The settings of a reviewer, who has pinned nothing and has no log."""
    return {"XDG_CONFIG_HOME": str(home / "reviewer"), "XDG_STATE_HOME": str(home / "reviewer")}


@pytest.fixture
def vkey(trail):
    return run("keys", "show").stdout.strip()


@pytest.fixture
def folder(trail, home):
    run("prove", "4", "--output", home / "evidence", "--with-body")
    return home / "evidence"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def shell_lines(shown):
    """The part of the output that a person would paste."""
    lines = shown.split("in the folder:\n\n")[1].split("\n\n")[0].splitlines()
    assert all(line.startswith("  ") for line in lines)
    return "\n".join(line[2:] for line in lines) + "\n"


def in_shell(script, folder):
    return subprocess.run(["sh"], input=script, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_evidence_is_the_head_as_it_was_signed_and_its_proof(trail, home):
    shown = run("prove", "4", "--output", home / "evidence").stdout
    assert names(home / "evidence") == ["entry-4.json", "entry-4.tlog-proof"]
    head = json.loads(run("show", "4", "--json").stdout)["head_text"]
    assert (home / "evidence" / "entry-4.json").read_text(encoding="utf-8") == head
    assert f"wrote {home / 'evidence' / 'entry-4.json'}" in shown
    record_id = json.loads(head)["id"]
    again = run("prove", record_id, "--output", home / "evidence").stdout
    assert again == shown


def test_evidence_is_written_to_the_current_folder_if_no_other_is_named(trail, home, monkeypatch):
    (home / "here").mkdir()
    monkeypatch.chdir(home / "here")
    assert "wrote entry-0.json" in run("prove", "0").stdout
    assert names(home / "here") == ["entry-0.json", "entry-0.tlog-proof"]


def test_a_body_is_handed_out_only_if_asked_for_and_to_this_user_only(trail, folder):
    assert names(folder) == ["entry-4.body", "entry-4.json", "entry-4.tlog-proof"]
    assert b'"arguments"' in (folder / "entry-4.body").read_bytes()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_entry_without_a_body_is_proven_without_one(trail, home):
    shown = run("prove", "3", "--output", home / "evidence", "--with-body").stdout
    assert "no body: entry 3 has none, or it was erased" in shown
    assert names(home / "evidence") == ["entry-3.json", "entry-3.tlog-proof"]


def test_a_reviewer_checks_evidence_with_the_key_and_nothing_else(folder, vkey, elsewhere):
    shown = run("prove", "--check", folder, "--vkey", vkey, env=elsewhere).stdout
    assert shown.startswith("verified  entry 4 and its body\n")
    assert "mcp.tool.call tool-1 outcome success" in shown
    [one] = json.loads(run("prove", "--check", folder, "--vkey", vkey, "--json", env=elsewhere).stdout)
    assert (one["index"], one["verified"], one["body"], one["head"]["tool"]) == (4, True, True, "tool-1")
    assert vkey.startswith(one["origin"] + "+")


def test_without_a_key_only_a_pinned_one_counts(folder, vkey, elsewhere):
    assert "no key is pinned for the log" in run("prove", "--check", folder, env=elsewhere, code=3).stderr
    run("keys", "pin", vkey, env=elsewhere)
    assert run("prove", "--check", folder, env=elsewhere).stdout.startswith("verified")


def test_another_logs_key_does_not_verify(folder, home, elsewhere):
    AuditLog.open(home / "other", service="other").close()
    other = run("keys", "show", "--dir", home / "other").stdout.strip()
    shown = run("prove", "--check", folder, "--vkey", other, env=elsewhere, code=1).stdout
    assert shown.startswith("FAILED  entry 4: not signed by a trusted key")


def test_all_entries_of_a_folder_are_checked(folder, vkey, elsewhere):
    run("prove", "0", "--output", folder)
    assert run("prove", "--check", folder, "--vkey", vkey, env=elsewhere).stdout.count("verified") == 2
    change(folder / "entry-0.json", b"START", b"STORM")
    shown = run("prove", "--check", folder, "--vkey", vkey, env=elsewhere, code=1).stdout
    assert "FAILED  entry 0: " in shown
    assert "verified  entry 4" in shown


def change(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


CHANGES = {
    "head": ("entry-4.json", b"tool-1", b"tool-2"),
    "spelling": ("entry-4.json", b"{", b"{ "),
    "not text": ("entry-4.json", b"tool-1", b"\xff"),
    "body": ("entry-4.body", b'"ok"', b'"no"'),
    "index": ("entry-4.tlog-proof", b"index 4", b"index 3"),
    "size": ("entry-4.tlog-proof", b"\n5\n", b"\n6\n"),
    "form": ("entry-4.tlog-proof", b"index 4", b"index 04"),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_changed_evidence_fails(folder, vkey, elsewhere, changed):
    name, old, new = CHANGES[changed]
    change(folder / name, old, new)
    assert "FAILED  entry 4: " in run("prove", "--check", folder, "--vkey", vkey, env=elsewhere, code=1).stdout
    [one] = json.loads(run("prove", "--check", folder, "--vkey", vkey, "--json", env=elsewhere, code=1).stdout)
    assert (one["index"], one["verified"]) == (4, False)
    assert one["problem"]


def test_evidence_under_another_number_fails(folder, vkey, elsewhere):
    for path in list(folder.iterdir()):
        path.rename(path.with_name(path.name.replace("4", "5")))
    assert "of entry 4, not of entry 5" in run("prove", "--check", folder, "--vkey", vkey, env=elsewhere, code=1).stdout


@pytest.mark.parametrize("missing", ["entry-4.json", "entry-4.tlog-proof"])
def test_half_of_the_evidence_is_none(folder, vkey, elsewhere, missing):
    (folder / missing).unlink()
    assert missing in run("prove", "--check", folder, "--vkey", vkey, env=elsewhere, code=3).stderr


def test_there_is_no_ok_to_a_folder_without_evidence(home, vkey):
    (home / "empty").mkdir()
    (home / "empty" / "entry-04.json").write_text("{}")
    assert "holds no evidence" in run("prove", "--check", home / "empty", "--vkey", vkey, code=3).stderr
    run("prove", "--check", home / "missing", "--vkey", vkey, code=3)


def test_a_log_whose_entry_was_changed_gives_no_evidence(trail, home):
    with contextlib.closing(sqlite3.connect(trail / "audit-000000000000.db")) as connection, connection:
        connection.execute("UPDATE entry SET head = replace(head, 'tool-1', 'tool-9') WHERE idx = 4")
    done = run("prove", "4", "--output", home / "evidence", code=1)
    assert "entry 4 cannot be proven" in done.stderr
    assert not (home / "evidence").exists()


def test_a_log_that_another_key_signed_gives_no_evidence(trail, home, vkey):
    AuditLog.open(home / "other", service="other").close()
    other = run("keys", "show", "--dir", home / "other").stdout.strip()
    assert "not signed by a trusted key" in run("prove", "4", "--vkey", other, "--output", home / "e", code=1).stderr


def test_files_that_say_something_else_are_left_alone(trail, home, folder):
    (folder / "entry-4.json").write_text("mine")
    done = run("prove", "4", "--output", folder, code=3)
    assert "entry-4.json: exists and holds something else" in done.stderr
    assert (folder / "entry-4.json").read_text() == "mine"
    (home / "file").write_text("")
    run("prove", "4", "--output", home / "file", code=3)
    assert "cannot write there" in run("prove", "4", "--output", home / "file" / "inner", code=3).stderr


def test_usage_is_one_sentence_and_status_3(trail, home):
    assert "no entry 4711" in run("prove", "4711", "--output", home / "e", code=3).stderr
    assert "--check FOLDER" in run("prove", code=3).stderr
    assert "--check FOLDER" in run("prove", "4", "--check", home, code=3).stderr
    assert "verifier key" in run("prove", "4", "--vkey", "nonsense", "--output", home / "e", code=3).stderr
    assert not (home / "e").exists()


def test_json_names_the_files_and_the_key(trail, home, vkey):
    shown = json.loads(run("prove", "2", "--output", home / "evidence", "--json").stdout)
    assert shown["files"] == [str(home / "evidence" / name) for name in ("entry-2.json", "entry-2.tlog-proof")]
    assert (shown["vkey"], shown["index"], shown["verified"]) == (vkey, 2, True)


@openssl
def test_the_shell_lines_prove_each_entry_with_openssl_alone(trail, home):
    # One commit of many, so that proofs are long and of every shape.
    log = AuditLog.open(trail, service="shop", durability="async")
    for number in range(20):
        for draft in call(number):
            log.submit(draft, urgent=False)
    log.close()
    for index in (0, 12, 14, 20, 31, 40, 47, 51, 53):
        folder = home / f"evidence-{index}"
        shown = run("prove", index, "--output", folder, "--with-body").stdout
        done = in_shell(shell_lines(shown), folder)
        assert done.stdout.splitlines()[1] == "proven", done
        assert ("body proven" in done.stdout) == (f"entry-{index}.body" in names(folder))


@openssl
def test_the_shell_lines_are_whole_where_only_ascii_can_be_printed(trail, folder):
    shown = run("prove", "4", "--output", folder, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}).stdout
    assert "\nproven\n" in in_shell(shell_lines(shown), folder).stdout


@openssl
@pytest.mark.parametrize("changed", sorted(set(CHANGES) - {"index", "form"}))
def test_the_shell_lines_prove_nothing_that_was_changed(trail, folder, changed):
    script = shell_lines(run("prove", "4", "--output", folder, "--with-body").stdout)
    name, old, new = CHANGES[changed]
    change(folder / name, old, new)
    done = in_shell(script, folder)
    assert "NOT PROVEN" in done.stdout


@openssl
def test_the_shell_lines_run_nothing_that_evidence_says(trail, folder):
    script = shell_lines(run("prove", "4", "--output", folder).stdout)
    change(folder / "entry-4.tlog-proof", b"\n5\n", b"\na[$(touch intruder)]\n")
    for shell in ("sh", "bash"):
        if shutil.which(shell):
            subprocess.run([shell], input=script, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert not (folder / "intruder").exists()


@openssl
def test_an_entry_from_before_a_handover_is_proven_with_the_key_of_that_time(trail, home, elsewhere, vkey):
    run("keys", "rotate", "--service", "shop", "--reason", "yearly")
    run("keys", "rotate", "--service", "shop", "--reason", "again")
    newest = run("keys", "show").stdout.strip()
    for trusted in ((), ("--vkey", vkey), ("--vkey", newest)):
        shown = run("prove", "4", "--output", home / "evidence", *trusted).stdout
        assert f"The reviewer needs the key {vkey}, an earlier one of this log," in shown
    script = shell_lines(shown)
    assert in_shell(script, home / "evidence").stdout.endswith("proven\n")
    assert run("prove", "--check", home / "evidence", "--vkey", vkey, env=elsewhere).stdout.startswith("verified")
    done = run("prove", "--check", home / "evidence", "--vkey", newest, env=elsewhere, code=1)
    assert "not signed by a trusted key" in done.stdout
    # The record of the first handover leads from the first key to the second, for either of them.
    index = json.loads(run("query", "--event", "audit.key.rotate", "--json").stdout.splitlines()[-1])["index"]
    run("prove", index, "--output", home / "handover")
    [one] = json.loads(run("prove", "--check", home / "handover", "--vkey", vkey, "--json", env=elsewhere).stdout)
    assert one["head"]["old"] == vkey
    second = one["head"]["new"]
    assert run("prove", "--check", home / "handover", "--vkey", second, env=elsewhere).stdout.startswith("verified")


def test_evidence_that_only_a_revoked_key_signed_is_not_handed_out(trail, home, vkey):
    run("keys", "rotate", "--service", "shop", "--reason", "yearly")
    run("keys", "revoke", vkey, "--service", "shop", "--reason", "laptop lost")
    done = run("prove", "4", "--output", home / "evidence", code=3)
    assert "only a revoked key signed the checkpoint over entry 4: evidence would prove nothing" in done.stderr
    assert not (home / "evidence").exists()
    stranger = run("prove", "4", "--output", home / "evidence", "--vkey", vkey, code=3).stderr
    assert stranger == done.stderr


def test_where_the_handover_was_pruned_the_archive_leads_to_the_new_key(trail, home, elsewhere, vkey):
    """The way that docs/verification.md shows."""
    run("keys", "rotate", "--service", "shop", "--reason", "yearly")
    run("rotate")
    archive = home / "archive"
    run("archive", archive)
    log = AuditLog.open(trail, service="shop")
    log.prune(now_us() + 1, policy="90d")
    newest = log.vkey
    log.close()
    assert run("verify").stdout.startswith("verified")
    done = run("verify", "--dir", trail, "--vkey", vkey, env=elsewhere, code=1)
    assert "A07" in done.stdout
    assert run("verify", "--dir", archive, "--vkey", vkey, env=elsewhere).stdout.startswith("verified")
    found = run("query", "--dir", archive, "--event", "audit.key.rotate", "--json", env=elsewhere).stdout
    index = json.loads(found)["index"]
    run("prove", index, "--dir", archive, "--vkey", vkey, "--output", home / "handover", env=elsewhere)
    [one] = json.loads(run("prove", "--check", home / "handover", "--vkey", vkey, "--json", env=elsewhere).stdout)
    assert one["head"]["new"] == newest
    run("keys", "pin", newest, env=elsewhere)
    assert run("verify", "--dir", trail, env=elsewhere).stdout.startswith("verified")


def test_a_revocation_that_was_pruned_gives_the_revoked_key_nothing(trail, elsewhere, vkey):
    run("keys", "rotate", "--service", "shop", "--reason", "yearly")
    run("keys", "revoke", vkey, "--service", "shop", "--reason", "laptop lost")
    assert "W08" in run("verify").stdout
    run("rotate")
    log = AuditLog.open(trail, service="shop")
    log.prune(now_us() + 1, policy="90d")
    log.close()
    said = run("verify").stdout
    assert said.startswith("verified")
    assert "W08" not in said
    assert "A07" in run("verify", "--dir", trail, "--vkey", vkey, env=elsewhere, code=1).stdout
