"""Who was let in and who was not, before anything of MCP was read: on both majors of the SDK, and under a flood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.environments import sdk
from support.guarded import HELLO, QUIET, SECRET, Guarded
from support.running import launched, running, trail_bytes
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from otel_mcp.audit.query import StoredEntry


@pytest.fixture(params=["mcp==1.24.0", "mcp==1.30.0", "mcp==2.3.0"])
def guarded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Guarded]:
    installed = sdk(request.param)
    environ = workplace(tmp_path, "guarded", QUIET)
    command = launched(installed, "opentelemetry-instrument", [installed.python, str(PROGRAMS / "guarded.py")])
    with running(command, environ) as program:
        yield Guarded(program, tmp_path / "trail-guarded")


def of(trail: Path, event: str) -> list[StoredEntry]:
    return list(entries(trail, event=event))


def test_each_refusal_says_why_and_whose_token_it_was(guarded: Guarded) -> None:
    statuses = [guarded.post(name, "initialize", HELLO) for name in (None, "", "oldrosalind", "narrowgrace")]
    assert statuses == [401, 401, 401, 403]
    guarded.end()
    failures = of(guarded.trail, "mcp.auth.failure")
    assert [(entry.head["err"], entry.head["code"]) for entry in failures] == [
        ("missing_token", 401),
        ("invalid_token", 401),
        ("expired_token", 401),
    ]
    assert [entry.actor_name is None for entry in failures] == [True, True, False]
    assert "rosalind" in str(failures[2].actor_name)
    (denied,) = of(guarded.trail, "mcp.authz.denied")
    assert (denied.head["err"], denied.head["code"], denied.head["action"]) == ("insufficient_scope", 403, "AUTHORIZE")
    assert "grace" in str(denied.actor_name)
    assert denied.body is not None
    assert (denied.body["required_scopes"], denied.body["held_scopes"]) == (["read"], ["write"])
    assert {entry.body["client_address"] for entry in (*failures, denied) if entry.body} == {"127.0.0.1"}
    assert {entry.body["target"] for entry in (*failures, denied) if entry.body} == {"/mcp"}
    assert SECRET.encode() not in trail_bytes(guarded.trail)
    assert verify(guarded.trail).exit_code in (0, 2)


def test_who_is_let_in_is_recorded_once(guarded: Guarded) -> None:
    guarded.open("rosalind")
    assert [guarded.call("rosalind") for _ in range(3)] == [200] * 3
    guarded.end()
    (verified,) = of(guarded.trail, "mcp.auth.token.verify")
    (granted,) = of(guarded.trail, "mcp.authz.granted")
    assert verified.head["outcome"] == granted.head["outcome"] == "success"
    assert verified.actor_name == granted.actor_name
    assert granted.body is not None
    assert (granted.body["required_scopes"], granted.body["held_scopes"]) == (["read"], ["read", "write"])
    assert verified.index < granted.index < of(guarded.trail, "mcp.request")[0].index


def test_a_flood_of_refusals_does_not_flood_the_trail(guarded: Guarded) -> None:
    for number in range(150):
        assert guarded.post(None if number % 3 else "oldrosalind", "initialize", HELLO) == 401
    guarded.end()
    found = of(guarded.trail, "mcp.auth.failure")
    assert [entry.head.get("count") for entry in found] == [None, None, 49, 99]
    assert {entry.head["err"] for entry in found} == {"missing_token", "expired_token"}
    for entry in found[2:]:
        assert entry.head["first_ts"] < entry.head["last_ts"] <= entry.head["ts"]
    beside = {entry.head["event"] for entry in entries(guarded.trail)} - {"mcp.auth.failure"}
    assert beside == {"audit.writer.start", "audit.writer.stop", "mcp.server.start", "mcp.server.stop"}
