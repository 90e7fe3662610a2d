"""`otel-mcp anchor`: every kind at once, one line each, and one sentence where one fails."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from cli.command import COMMAND, run
from support.faults import refusing_port

from otel_mcp.audit.anchors import newest_checkpoint

WITNESS_VKEY = "witness.example/x1+cb7fdd4a+BP7BQoZz9q/okmSzgHNErosmnRJaUDhVICaH21pxKFef"


def nowhere() -> str:
    return f"http://127.0.0.1:{refusing_port()}"


@pytest.mark.timeout(600)
def test_all_that_are_named_are_anchored(trail, home, authority, witness):
    newest = newest_checkpoint(trail)
    witness.add_log(newest.checkpoint.origin, str(newest.log))
    path = home / "elsewhere.notes"
    everywhere = ["--file", path, "--tsa", authority.url, "--tsa-roots", authority.folder / "root.pem"]
    everywhere += ["--witness", witness.url, "--witness-vkey", witness.verifier]
    lines = run("anchor", *everywhere).stdout.splitlines()
    assert [line.split("  ")[:3] for line in lines] == [
        ["file", "12 entries", str(path)],
        ["rfc3161", "12 entries", authority.url],
        ["cosignature", "12 entries", witness.url],
    ]
    rows = [json.loads(line) for line in run("anchor", *everywhere, "--json").stdout.splitlines()]
    assert [(row["kind"], row["size"], row["already"], row["checked"]) for row in rows] == [
        ("file", 12, True, True),
        ("rfc3161", 12, True, True),
        ("cosignature", 12, False, True),
    ]
    assert rows[0]["origin"] == newest.checkpoint.origin
    assert [row["time"] is None for row in rows] == [True, False, False]
    assert "verified" in run("verify", "--witness", path, "--require", "witness").stdout


def test_a_time_stamp_without_roots_is_said_to_be_unchecked(trail, authority):
    assert "nobody checked whose it is: pass --tsa-roots" in run("anchor", "--tsa", authority.url).stdout
    assert "was there already" in run("anchor", "--tsa", authority.url).stdout


def test_one_that_fails_does_not_stop_the_others(trail, home):
    path = home / "elsewhere.notes"
    done = run(
        "anchor", "--tsa", nowhere(), "--file", path, "--witness", nowhere(), "--witness-vkey", WITNESS_VKEY, code=3
    )
    assert done.stdout == f"file  12 entries  {path}\n"
    assert path.read_text(encoding="utf-8") == newest_checkpoint(trail).note
    sentences = done.stderr.splitlines()
    assert len(sentences) == 2
    for sentence in sentences:
        assert sentence.startswith("otel-mcp: not anchored: http://127.0.0.1:")
        assert sentence.endswith("cannot be reached: connection refused (is the server running at that address?)")


def test_all_are_anchored_where_nobody_reads_what_is_said(trail, home):
    paths = [home / "one.notes", home / "other.notes"]
    reader, writer = os.pipe()
    os.close(reader)
    command = [COMMAND, "anchor", "--json", *(word for path in paths for word in ("--file", path))]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=90)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(path.exists() for path in paths)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "anchor where? (name --file PATH"),
        (["--witness", "http://127.0.0.1:9"], "1 --witness and 0 --witness-vkey"),
        (["--witness", "http://127.0.0.1:9", "--witness-vkey", "x"], "verifier key 'x'"),
        (["--tsa-roots", __file__], "--tsa-roots belongs to --tsa"),
        (["--tsa", "http://127.0.0.1:9", "--tsa-roots", __file__], "holds no certificate"),
        (["--tsa", "ftp://127.0.0.1"], "not an address"),
        (["--file", "notes", "--dir", "missing"], "missing: no such folder"),
    ],
)
def test_wrong_usage_is_one_sentence(trail, arguments, sentence):
    done = run("anchor", *arguments, code=3)
    assert done.stdout == ""
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_named(trail, authority):
    (trail / "anchors").write_text("a file")
    done = run("anchor", "--tsa", authority.url, code=3)
    assert "anchors: cannot be written" in done.stderr


def test_the_help_has_examples():
    assert "anchor" in run("--help").stdout
    assert "otel-mcp anchor --tsa https://tsa.example/tsr --tsa-roots tsa.pem" in run("anchor", "--help").stdout
