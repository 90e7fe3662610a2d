"""What the package `fastmcp`, 3 and 4, decides on its own: checks on components, and its authorization server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.authorizing import Authorizing
from support.environments import sdk
from support.guarded import QUIET
from support.running import launched, running, trail_bytes
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries, operations

if TYPE_CHECKING:
    from pathlib import Path

    from support.environments import Environment

INSTRUMENT = "opentelemetry-instrument"
TOKEN = "avocet-on-the-saltings"


@pytest.fixture(params=["3.4.11", "4.2.3"])
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"fastmcp=={request.param}")


def seen(installed: Environment, environ: dict[str, str], launch: str | None) -> list[object]:
    with running(launched(installed, launch, [installed.python, str(PROGRAMS / "checked_fastmcp.py")]), environ) as it:
        ended = it.finish()
    assert ended.status == 0, ended.stderr
    return json.loads(ended.stdout)  # type: ignore[no-any-return]


def test_who_was_denied_what_is_recorded_with_the_scopes(installed: Environment, tmp_path: Path) -> None:
    environ = workplace(tmp_path, "checked", QUIET)
    assert seen(installed, environ, INSTRUMENT) == seen(installed, environ, None)
    trail = tmp_path / "trail-checked"
    denied = list(entries(trail, event="mcp.authz.denied"))
    said = [
        (entry.head["err"], entry.head.get("tool") or next(body[kind] for kind in KINDS if kind in body))
        for entry in denied
        if (body := entry.body or {})
    ]
    # FastMCP 3 does not say which scopes a check wants.
    scopes = {error for error, name in said if name == "scoped"}.pop()
    assert said == [
        (scopes, "scoped"),
        ("access_denied", "closed"),
        ("access_denied", "early"),
        (scopes, "inner_deep"),
        ("unknown_tool", "nothing"),
        (scopes, "notes://today"),
        ("access_denied", "greet"),
    ]
    assert scopes in ("access_denied", "insufficient_scope")
    for entry in denied:
        assert entry.body is not None
        assert (entry.actor_name, entry.head["side"]) == ("rosalind", "server")
        assert entry.body.get("required_scopes") == (["write"] if entry.head["err"] == "insufficient_scope" else None)
        assert entry.body.get("held_scopes", ["read"]) == ["read"]
    ended = {
        row.outcome_entry.head["id"] for row in operations(trail) if row.outcome_entry and row.outcome == "failure"
    }
    assert {entry.head["op"] for entry in denied} <= ended
    assert TOKEN.encode() not in trail_bytes(trail)


KINDS = ("tool", "prompt", "resource")


def test_its_authorization_server_is_recorded_once_with_what_it_answers(installed: Environment, tmp_path: Path) -> None:
    environ = workplace(tmp_path, "authorizing", QUIET)
    command = [installed.python, str(PROGRAMS / "authorizing_fastmcp.py")]
    with running(launched(installed, INSTRUMENT, command), environ) as program:
        authorizing = Authorizing(program, tmp_path / "trail-authorizing")
        authorizing.register()
        status, tokens = authorizing.log_in()
        assert status == 200
        assert authorizing.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])[0] == 200
        assert authorizing.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])[0] == 401
        authorizing.end()
    found = [(entry.head["event"], entry.head.get("err"), entry.head.get("code")) for entry in authorizing.events()]
    assert found == [
        ("mcp.auth.client.register", None, None),
        ("mcp.authz.granted", None, None),
        ("mcp.auth.login", None, None),
        ("mcp.auth.token.refresh", None, None),
        ("mcp.auth.failure", "invalid_grant", 401),
    ]
    everything = trail_bytes(authorizing.trail)
    assert [secret for secret in authorizing.secrets if secret.encode() in everything] == []
    assert verify(authorizing.trail).exit_code in (0, 2)
