"""Heads that nobody of us wrote: every reader of a log gives an answer or one sentence, and `verify` says tampering."""

from __future__ import annotations

import contextlib
import json
from itertools import product

import pytest
from audit.audit_scenes import codes, raw
from audit.telemetry_scenes import both, traced

from otel_mcp.audit import AuditLog, verify
from otel_mcp.audit._seen import read_telemetry
from otel_mcp.audit.export import FORMATS, Window, export_lines, export_requests
from otel_mcp.audit.keys import load_keys
from otel_mcp.audit.reconcile import reconcile
from otel_mcp.errors import OtelMcpError

ODD = [None, 7, True, "x", [], {}, "2026-11-24T19:09:31.673922Z"]
MEMBERS = ["v", "id", "ts", "w", "ws", "event", "phase", "outcome", "actor", "body", "trace", "dur", "tool", None]


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = AuditLog.open(tmp_path / "log", service="weather")
    log.append(traced(1))
    log.close()
    return log


def answers(log, telemetry):
    """What each reader has to say."""
    keys = load_keys(None, service="weather", create=False)
    for form, bodies in product(FORMATS, (False, True)):
        yield lambda form=form, bodies=bodies: list(export_lines(log.directory, form, Window(bodies=bodies), keys))
    for bodies in (False, True):
        yield lambda bodies=bodies: list(export_requests(log.directory, Window(bodies=bodies), keys))
    yield lambda: reconcile(log.directory, telemetry).exit_code


@pytest.mark.parametrize("member", MEMBERS)
def test_a_damaged_head_is_an_answer_or_a_sentence(log, tmp_path, member):
    path = tmp_path / "telemetry.jsonl"
    path.write_text("\n".join(map(json.dumps, both(log.directory))), encoding="utf-8")
    telemetry = read_telemetry([path])
    with raw(log.directory) as connection:
        (text,) = connection.execute("SELECT head FROM entry WHERE idx = 1").fetchone()
    for odd in ODD:
        head = json.loads(text)
        if member is None:
            head.clear()
        elif head.get(member) == odd:
            continue
        else:
            head[member] = odd
        with raw(log.directory) as connection:
            changed = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            connection.execute("UPDATE entry SET head = ? WHERE idx = 1", (changed,))
        for answer in answers(log, telemetry):
            with contextlib.suppress(OtelMcpError):
                answer()
        report = verify(log.directory)
        assert report.exit_code == 1
        assert "A01" in codes(report)
        assert reconcile(log.directory, telemetry).exit_code == 1
