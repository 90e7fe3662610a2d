"""`otel-mcp reconcile`: what a person and a program are told."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from audit.telemetry_scenes import both, log_of, request, stored, traced
from cli.command import run

from otel_mcp.audit import AuditLog
from otel_mcp.audit.store import segments_of


@pytest.fixture
def trail(home):
    directory = home / "state" / "otel-mcp" / "weather"
    log = AuditLog.open(directory, service="weather")
    for number in range(4):
        log.append(traced(number))
    log.close()
    return directory


@pytest.fixture
def files(trail, tmp_path):
    paths = []
    for name, one in zip(("spans", "logs"), both(trail), strict=True):
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text(json.dumps(one) + "\n", encoding="utf-8")
    return ["--spans", paths[0], "--logs", paths[1]]


def test_agreement_is_status_0(files):
    shown = run("reconcile", *files).stdout
    assert shown.startswith("they agree")
    assert "4 entries arrived" in shown
    assert "1 checkpoints of this trail arrived" in shown
    document = json.loads(run("reconcile", *files, "--json").stdout)
    assert (document["exit_code"], document["arrived"], document["gone"], document["never_arrived"]) == (0, 4, [], [])


def test_a_rewritten_trail_is_status_1(trail, files):
    with closing(sqlite3.connect(segments_of(trail)[0])) as connection:
        connection.execute(
            "UPDATE entry SET head = replace(head, 'success', 'failure'), leaf = zeroblob(32) WHERE idx = 2"
        )
        connection.commit()
    done = run("reconcile", *files, code=1)
    assert done.stdout.startswith("THE TRAIL WAS CHANGED")
    assert "entry 2 has another leaf hash than its log record" in done.stdout
    document = json.loads(run("reconcile", *files, "--json", code=1).stdout)
    assert {one["index"] for one in document["different"]} == {2}


def test_what_never_arrived_is_status_2(trail, tmp_path):
    records = [log_of(entry) for entry in stored(trail)]
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps(request(records[0], records[3])), encoding="utf-8")
    shown = run("reconcile", "--logs", path, code=2).stdout
    assert "no contradiction, but not all of it is proven" in shown
    assert "entry 2 never arrived" in shown


def test_an_unpinned_key_is_status_2(trail, files, home, tmp_path):
    shutil.rmtree(home / "config")
    assert "not pinned" in run("reconcile", *files, code=2).stdout


def test_nothing_to_compare_is_status_3(trail, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    assert "says nothing of the log" in run("reconcile", "--logs", empty, code=3).stderr
    assert "with what?" in run("reconcile", code=3).stderr
    assert "no such folder" in run("reconcile", "--logs", empty, "--dir", tmp_path / "no", code=3).stderr
    assert run("reconcile", "--logs", empty, "--vkey", "x", code=3).stderr.count("\n") == 1


def test_a_trail_whose_key_changed_agrees_until_that_key_is_revoked(files):
    first = run("keys", "show").stdout.strip()
    run("keys", "rotate", "--service", "weather", "--reason", "yearly")
    for trusted in ((), ("--vkey", first)):
        document = json.loads(run("reconcile", *files, *trusted, "--json").stdout)
        assert (document["checkpoints"], document["unproven"], document["revoked"]) == (1, 0, 0)
    run("keys", "revoke", first, "--service", "weather", "--reason", "laptop lost")
    done = run("reconcile", *files, code=2)
    assert "1 checkpoints are signed by a key that was revoked, and count for nothing" in done.stdout
