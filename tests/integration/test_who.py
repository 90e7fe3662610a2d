"""Who asked: the person or client of each message's own token, the account on stdio, and what an application says."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

import pytest
from support.environments import sdk, servers
from support.guarded import HELLO, QUIET, SECRET, Guarded
from support.running import launched, running, trail_bytes
from support.under_test import PROGRAMS, server_command, workplace

from otel_mcp.audit.query import entries, operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment

    from otel_mcp.audit.query import OperationRow

INSTRUMENT = "opentelemetry-instrument"


@pytest.fixture(params=["mcp==1.24.0", "mcp==1.30.0", "mcp==2.3.0"])
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(request.param)


@pytest.fixture
def guarded(request: pytest.FixtureRequest, installed: Environment, tmp_path: Path) -> Iterator[Guarded]:
    settings = getattr(request, "param", {})
    environ = workplace(tmp_path, "guarded", QUIET, PYTHONPATH=str(PROGRAMS), **settings)
    with running(launched(installed, INSTRUMENT, [installed.python, str(PROGRAMS / "guarded.py")]), environ) as program:
        yield Guarded(program, tmp_path / "trail-guarded")


def actor_of(name: str, row: OperationRow) -> bool:
    """Whether the entry names this person: by subject and issuer where the SDK's tokens have them, or by client."""
    return row.actor in (f"{name} (https://idp.example.org)", f"app-of-{name}")


def test_two_users_of_one_session_are_told_apart(guarded: Guarded) -> None:
    guarded.open("rosalind")
    assert guarded.call("rosalind") == 200
    status = guarded.call("grace")
    assert guarded.call("rosalind") == 200
    rows = guarded.rows()
    calls = [row for row in rows if row.event == "mcp.tool.call"]
    # Newer SDKs let nobody into the session of somebody else; the refusal is recorded with who was refused.
    assert [actor_of(name, row) for name, row in zip(("rosalind", "grace", "rosalind"), calls, strict=True)] == [
        True
    ] * 3
    assert [row.outcome for row in calls] == ["success", "success" if status == 200 else "failure", "success"]
    for row in calls:
        assert row.outcome_entry is not None
        principal = row.outcome_entry.body["principal"]  # type: ignore[index]
        assert principal["client_id"].startswith("app-of-")
        assert principal["scopes"] == ["read", "write"]
        assert row.outcome_entry.head["actor_type"] == ("user" if "subject" in principal else "service")
    assert {actor_of("rosalind", row) for row in rows if row.event == "mcp.request"} == {True}


def test_a_token_is_in_no_entry(guarded: Guarded) -> None:
    guarded.open("rosalind")
    guarded.call("rosalind")
    assert len(guarded.rows()) == 4
    assert SECRET.encode() not in trail_bytes(guarded.trail)


def test_a_handler_may_say_who_it_acts_for(guarded: Guarded) -> None:
    guarded.open("rosalind")
    assert guarded.call("rosalind", "act_as", name="the night watch") == 200
    (row,) = [row for row in guarded.rows() if row.tool == "act_as"]
    assert row.actor == "the night watch"
    assert row.outcome_entry is not None
    assert row.outcome_entry.body["principal"]["client_id"] == "app-of-rosalind"  # type: ignore[index]


@pytest.mark.parametrize("guarded", [{"OTEL_MCP_NAME_ACTOR": "guarded:by_mail"}], indirect=True)
def test_an_application_names_actors_by_what_it_knows(guarded: Guarded) -> None:
    guarded.open("rosalind")
    guarded.call("rosalind")
    rows = guarded.rows()
    assert {row.actor for row in rows} <= {"rosalind@example.org", "app-of-rosalind"}
    assert [entry.actor_name for entry in entries(guarded.trail, event="mcp.tool.call")] == [rows[-1].actor] * 2


@pytest.mark.parametrize("guarded", [{"OTEL_MCP_NAME_ACTOR": "guarded:nobody"}], indirect=True)
def test_a_function_that_fails_takes_nothing_away(guarded: Guarded) -> None:
    guarded.open("rosalind")
    assert guarded.call("rosalind") == 200
    assert all(actor_of("rosalind", row) for row in guarded.rows())


def test_on_stdio_it_is_the_account(tmp_path: Path) -> None:
    environment = servers()
    environ = workplace(tmp_path, "stdio", QUIET, USER="somebody-else", LOGNAME="somebody-else")
    with running(launched(environment, INSTRUMENT, server_command(environment, "mcpserver")), environ) as program:
        program.ask(0, "initialize", HELLO)
        program.finish()
    (row,) = [row for row in operations(tmp_path / "trail-stdio") if row.side == "server"]
    assert row.actor == pwd.getpwuid(os.getuid()).pw_name
    assert row.outcome_entry is not None
    assert row.outcome_entry.head["actor_type"] == "user"
