"""Readings of the trail by our own commands become entries of it, where the settings ask for that."""

from __future__ import annotations

import getpass
import shutil

import pytest
from cli.command import call, run

from otel_mcp.audit import verify
from otel_mcp.audit.log import AuditLog
from otel_mcp.audit.query import entries

READING = "OTEL_MCP_AUDIT_READINGS"


@pytest.fixture
def trail(tmp_path, monkeypatch):
    """The log of a service that runs here, with three calls."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    log = AuditLog.open(tmp_path / "trail", service="shop")
    for number in range(3):
        for draft in call(number):
            log.append(draft)
    log.close()
    return tmp_path / "trail"


def readings(trail):
    return list(entries(trail, event="audit.read"))


def test_a_reading_is_recorded_before_anything_is_shown(trail, tmp_path):
    asked = {READING: "on"}
    run("query", "--dir", trail, "--user", "ann", "--tool", "tool-1", env=asked)
    run("show", "2", "--dir", trail, env=asked)
    run("export", "--dir", trail, "--format", "csv", "--with-bodies", env=asked)
    run("prove", "2", "--dir", trail, "--output", tmp_path / "evidence", env=asked)
    run("verify", "--dir", trail, env=asked)
    found = readings(trail)
    assert [entry.head["command"] for entry in found] == ["query", "show", "export", "prove", "verify"]
    assert {entry.actor_name for entry in found} == {getpass.getuser()}
    assert {(entry.head["action"], entry.head["outcome"]) for entry in found} == {("READ", "success")}
    query, show, export, _, verified = (entry.body for entry in found)
    assert query["tool"] == "tool-1"
    assert query["user"].startswith("hmac-sha256:")
    assert show["entry"] == "2"
    assert (export["format"], export["bodies"]) == ("csv", True)
    assert verified["verdict"] == 0
    assert verified["size"] > 0
    assert verify(trail).exit_code == 0


def test_without_the_setting_a_reading_changes_nothing(trail):
    before = {file.name: file.read_bytes() for file in trail.iterdir() if file.suffix == ".db"}
    run("query", "--dir", trail)
    run("verify", "--dir", trail)
    assert readings(trail) == []
    assert {file.name: file.read_bytes() for file in trail.iterdir() if file.suffix == ".db"} == before


def test_a_copy_is_read_as_it_is(trail, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(trail, copy)
    said = run("query", "--dir", copy, "--json", env={READING: "on"})
    assert "not recorded" in said.stderr
    assert "is not where a program on this machine writes that log" in said.stderr
    assert said.stdout.count("mcp.tool.call") == 3
    assert readings(copy) == []


def test_where_it_is_required_nothing_is_shown_that_is_not_recorded(trail, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(trail, copy)
    refused = run("query", "--dir", copy, "--json", env={READING: "required"}, code=3)
    assert refused.stdout == ""
    assert "nothing is shown (OTEL_MCP_AUDIT_READINGS=required)" in refused.stderr
    assert run("query", "--dir", trail, "--json", env={READING: "required"}).stdout.count("mcp.tool.call") == 3
    assert len(readings(trail)) == 1


def test_a_log_that_was_tampered_with_is_left_as_it_was_found(trail):
    import sqlite3

    [file] = trail.glob("*.db")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE body SET data = x'00' WHERE idx = 2")
    connection.close()
    run("verify", "--dir", trail, env={READING: "on"}, code=1)
    assert readings(trail) == []
