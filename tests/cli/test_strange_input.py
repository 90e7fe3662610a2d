"""What nobody means to give: damaged logs, junk files, closed pipes, impossible times. One sentence and status 3."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess

import pytest
from cli.command import COMMAND, run

from otel_mcp.audit.log import AuditLog
from otel_mcp.cli._tamper import TAMPERINGS, tampered_copy

FILE_NAME = "audit-000000000000.db"


def change(trail, statement):
    with contextlib.closing(sqlite3.connect(trail / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(statement)


def sentence(*arguments, env=None, code=3):
    """The one line on stderr."""
    done = run(*arguments, env=env, code=code)
    [line] = done.stderr.splitlines()
    assert line.startswith("otel-mcp: ")
    return line


@pytest.mark.parametrize("content", [b"", b"no database, whatever its name says " * 200, None])
def test_a_log_that_is_no_database_is_one_sentence(home, content):
    folder = home / "junk"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"SQLite format 3\0" + b"\1" * 90 if content is None else content)
    for command in (["keys", "show"], ["query"], ["show", "1"], ["prove", "1"], ["accept-restore", "--reason", "x"]):
        assert str(folder) in sentence(*command, "--dir", folder)


def test_a_log_that_names_no_key_is_one_sentence(trail):
    change(trail, "DELETE FROM meta")
    assert "names no key (run `otel-mcp verify`)" in sentence("keys", "show")
    assert "does not say how that stood at its beginning (run `otel-mcp verify`)" in sentence("prove", "3")


def test_an_emptied_head_is_one_sentence(trail):
    change(trail, "UPDATE entry SET head = '{}' WHERE idx = 3")
    for command in (["query"], ["query", "--entries"], ["query", "--json"], ["show", "3"], ["prove", "3"]):
        assert "entry 3 cannot be read: its head has no id (run `otel-mcp verify`)" in sentence(*command)


@pytest.mark.parametrize("since", ["99999999999d", "0001-01-01", "0001-01-01T00:00:00+14:00"])
def test_longer_ago_than_there_were_entries_is_everything(trail, since):
    assert run("query", "--since", since, "--json").stdout == run("query", "--json").stdout


@pytest.mark.parametrize("until", ["9999-12-31", "9999-12-31T23:59:59-14:00"])
def test_later_than_any_entry_is_everything(trail, until):
    assert run("query", "--until", until, "--json").stdout == run("query", "--json").stdout


@pytest.mark.parametrize("content", [b"", b"\n\n", b"junk", b"\x00\xff\xfe", b'"a note"\n7\n', b'"a\n', b"7"])
def test_a_witness_file_without_a_checkpoint_is_not_taken_for_one(trail, tmp_path, content):
    file = tmp_path / "witness"
    file.write_bytes(content)
    assert f"--witness {file}: holds no checkpoint" in sentence("verify", "--witness", file)


def test_what_is_missing_is_said_with_the_verdict(trail):
    lines = run("verify", "--require", "witness", code=2).stdout.splitlines()
    assert lines[0].startswith("intact, but not proven")
    assert any("missing" in line and "witness: no checkpoint that somebody outside saw" in line for line in lines)


def test_the_key_line_says_what_the_identity_rests_on(trail, home):
    assert f"pinned in {home}/config/otel-mcp/known_logs" in run("verify").stdout
    other = AuditLog.open(home / "other", service="other")
    other.close()
    done = run("verify", "--vkey", other.vkey, code=1)
    assert "none of the keys given with --vkey is this log's" in done.stdout


@pytest.mark.parametrize("garbage", ["garbage", "", "+1+2", "a+b", "a+00000000+AAAA"])
def test_a_key_that_is_none_is_told_from_one(trail, garbage):
    for command in (["keys", "pin", garbage], ["verify", "--vkey", garbage]):
        assert "verifier key" in sentence(*command)
    if garbage.count("+") < 2:
        assert "expected the line that `otel-mcp keys show` prints" in sentence("keys", "pin", garbage)


def test_an_option_that_gave_the_key_is_named(home):
    assert sentence("keys", "init", "--service", "shop", "--key", "bogus").startswith("otel-mcp: --key: expected")
    env = {"OTEL_MCP_AUDIT_KEY": "bogus"}
    assert sentence("keys", "init", "--service", "shop", env=env).startswith("otel-mcp: OTEL_MCP_AUDIT_KEY: expected")
    assert "--service" in sentence("keys", "init")


def test_a_file_is_no_folder_and_an_empty_text_is_none(trail):
    assert f"a file, not a log's folder (name {trail} with --dir)" in sentence("verify", "--dir", trail / FILE_NAME)
    assert "expected a folder, got an empty text" in run("verify", "--dir", "", code=3).stderr
    assert "--reason is empty" in sentence("accept-restore", "--reason", " ")


def unread(*arguments, env=None):
    """Run the command with a pipe that nobody reads; status and stderr."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=90,
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [["query"], ["show", "1"], ["verify"], ["--help"], ["verify", "--help"], ["demo"]])
def test_a_closed_pipe_is_no_tampering(trail, command):
    assert unread(*command) == (0, "")


def test_a_verdict_stands_whether_it_is_read_or_not(trail, home):
    tampered_copy(trail, home / "copy", TAMPERINGS[0])
    assert unread("verify", "--dir", home / "copy") == (1, "")
    run("prove", "4", "--output", home / "evidence")
    (home / "evidence" / "entry-4.json").write_text("{}")
    assert unread("prove", "--check", home / "evidence") == (1, "")
    assert unread("doctor", env={"OTEL_MCP_SPANS": "both"}) == (1, "")


def test_json_is_whole_where_the_terminal_knows_few_characters(trail):
    env = {"PYTHONIOENCODING": "latin-1"}
    assert "?" in run("doctor", env=env).stdout
    assert "\\u2014" in run("show", "1", "--json", env=env).stdout  # the dash of a signature line


def test_the_demo_says_in_one_sentence_what_it_cannot_use(home):
    assert "--keep /proc/demo: cannot make the folder" in sentence("demo", "--keep", "/proc/demo")


def test_the_demo_needs_no_proxy_and_no_wide_character_set(home):
    env = {"http_proxy": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1", "PYTHONIOENCODING": "ascii"}
    assert "0 of 3 secrets" in run("demo", env=env).stdout
