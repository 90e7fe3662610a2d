"""Logins, refreshed and revoked tokens, registrations and refusals: at an authorization server and at its clients."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from support.authorizing import Authorizing
from support.environments import sdk
from support.guarded import QUIET
from support.running import launched, ours, running, trail_bytes
from support.under_test import PROGRAMS, workplace

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries, operations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment

    from otel_mcp.audit.query import StoredEntry

INSTRUMENT = "opentelemetry-instrument"
SECRET = "plover-of-the-marsh"


@pytest.fixture(params=["mcp==1.24.0", "mcp==1.30.0", "mcp==2.3.0"])
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(request.param)


@pytest.fixture
def authorizing(installed: Environment, tmp_path: Path) -> Iterator[Authorizing]:
    environ = workplace(tmp_path, "authorizing", QUIET)
    program = launched(installed, INSTRUMENT, [installed.python, str(PROGRAMS / "authorizing.py")])
    with running(program, environ) as server:
        yield Authorizing(server, tmp_path / "trail-authorizing")


def told(entry: StoredEntry) -> tuple[str, str, str, Any]:
    return entry.head["event"], entry.head["action"], entry.head["outcome"], entry.head.get("err")


def is_rosalind(entry: StoredEntry, client: str) -> bool:
    """Whether the entry names her; older SDKs do not say for whom a client acts."""
    assert entry.body is not None
    principal = entry.body["principal"]
    assert principal["client_id"] == client
    return entry.actor_name == ("rosalind" if "subject" in principal else client)


def test_a_login_from_registration_to_revocation(authorizing: Authorizing) -> None:
    assert authorizing.register() == 201
    status, tokens = authorizing.log_in()
    assert status == 200
    status, tokens = authorizing.token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert status == 200
    assert authorizing.revoke(tokens["access_token"]) == 200
    stderr = authorizing.end().stderr
    registered, granted, login, refreshed, revoked = authorizing.events()
    client = authorizing.client["client_id"]
    assert [told(entry) for entry in (registered, granted, login, refreshed, revoked)] == [
        ("mcp.auth.client.register", "CREATE", "success", None),
        ("mcp.authz.granted", "AUTHORIZE", "success", None),
        ("mcp.auth.login", "LOGIN", "success", None),
        ("mcp.auth.token.refresh", "UPDATE", "success", None),
        ("mcp.auth.token.revoke", "DELETE", "success", None),
    ]
    assert registered.body == {
        "target": "/register",
        "client_address": "127.0.0.1",
        "client_id": client,
        "claimed_client": "the bird watch",
        "granted_scopes": ["read", "write"],
    }
    assert granted.body is not None
    assert login.body is not None
    assert (granted.body["client_id"], granted.body["requested_scopes"]) == (client, ["read"])
    assert all(is_rosalind(entry, client) for entry in (login, refreshed, revoked))
    assert (login.body["requested_scopes"], login.body["granted_scopes"]) == (["read"], ["read"])
    assert login.body["client_address"] == "127.0.0.1"
    everything = trail_bytes(authorizing.trail) + "\n".join(ours(stderr)).encode()
    assert [
        secret for secret in (*authorizing.secrets, SECRET, "heron", "curlew") if secret.encode() in everything
    ] == []
    assert client.encode() in everything
    assert verify(authorizing.trail).exit_code in (0, 2)


def test_each_refusal_is_named_by_its_code(authorizing: Authorizing) -> None:
    authorizing.register()
    mine = authorizing.client
    statuses = [
        authorizing.register(scope="everything"),
        authorizing.log_in(code_verifier="another-one-that-is-long-enough-to-be-a-verifier")[0],
        authorizing.token(grant_type="authorization_code", code="nothing", code_verifier="v")[0],
        authorizing.token(grant_type="refresh_token", refresh_token="nothing")[0],
        authorizing.token(grant_type="refresh_token", refresh_token="broken")[0],
        authorizing.token(grant_type="refresh_token", refresh_token="nothing", client_secret="guessed")[0],
        authorizing.revoke("nothing"),
        authorizing.authorize(client_id="nobody")[0],
        authorizing.authorize(scope="everything")[0],
        authorizing.authorize(state="refuse")[0],
    ]
    assert statuses == [400, 400, 400, 400, 500, 401, 200, 400, 302, 302]
    authorizing.end()
    failures = authorizing.events("mcp.auth.failure")
    # The second wrong code is counted; the first was somebody's, so it is not the same.
    codes = [entry.head["err"] for entry in failures if "count" not in entry.head]
    assert codes[:2] == ["invalid_client_metadata", "invalid_grant"]
    refused = "unauthorized_client" if "unauthorized_client" in codes else "invalid_client"  # mcp 1.x, mcp 2.x
    assert set(codes[2:]) <= {"invalid_grant", "RuntimeError", refused, "invalid_token"}
    assert {"RuntimeError", refused, "invalid_token"} <= set(codes)
    denied = authorizing.events("mcp.authz.denied")
    assert [told(entry)[3] for entry in denied] == ["invalid_request", "invalid_scope", "access_denied"]
    assert [entry.body["client_id"] for entry in denied if entry.body] == [
        "nobody",
        mine["client_id"],
        mine["client_id"],
    ]
    assert all(entry.actor_name is None for entry in denied)
    (guessed,) = [entry for entry in failures if entry.head["code"] == 401]
    assert (guessed.actor_name, guessed.body["client_id"]) == (None, mine["client_id"])  # type: ignore[index]
    everything = trail_bytes(authorizing.trail)
    canaries = [*authorizing.secrets, SECRET, "guessed", "broken", "another-one-that-is-long"]
    assert [secret for secret in canaries if secret.encode() in everything] == []


def test_who_is_sent_to_a_page_has_not_been_granted_anything(authorizing: Authorizing) -> None:
    authorizing.register()
    assert authorizing.authorize(state="ask") == (302, {})
    authorizing.end()
    assert authorizing.events("mcp.authz.*") == []


def test_a_flood_of_wrong_codes_and_of_registrations_does_not_flood_the_trail(authorizing: Authorizing) -> None:
    for _ in range(40):
        authorizing.register()
        authorizing.token(grant_type="authorization_code", code="nothing", code_verifier="v", client_secret="guessed")
    authorizing.end()
    found = authorizing.events()
    assert [(told(entry)[0], entry.head.get("count")) for entry in found] == [
        ("mcp.auth.client.register", None),
        ("mcp.auth.failure", None),
        ("mcp.auth.client.register", 39),
        ("mcp.auth.failure", 39),
    ]


@pytest.fixture
def login(authorizing: Authorizing, installed: Environment, tmp_path: Path) -> Any:
    environ = workplace(tmp_path, "client", QUIET)
    command = [installed.python, str(PROGRAMS / "oauth_client.py"), f"{authorizing.url}/mcp"]

    def run(*how: str, launch: str | None = INSTRUMENT) -> tuple[dict[str, Any], str]:
        with running(launched(installed, launch, [*command, *how]), environ) as program:
            ended = program.finish()
        assert ended.status == 0, ended.stderr
        return json.loads(ended.stdout), ended.stderr

    return run


def test_a_client_tells_what_it_was_given(authorizing: Authorizing, login: Any, tmp_path: Path) -> None:
    plain, _ = login(launch=None)
    seen, stderr = login()
    assert seen["seen"] == plain["seen"] == ["3", "3"]
    served = authorizing.end().stderr
    trail = tmp_path / "trail-client"
    events = list(entries(trail, event="mcp.auth.*"))
    assert [told(entry) for entry in events] == [
        ("mcp.auth.client.register", "CREATE", "success", None),
        ("mcp.auth.login", "LOGIN", "success", None),
        ("mcp.auth.token.refresh", "UPDATE", "success", None),
    ]
    for entry in events:
        assert entry.body is not None
        assert (entry.head["side"], entry.head["actor_type"], entry.actor_name) == ("client", "service", seen["client"])
        assert entry.body["principal"]["client_id"] == seen["client"]
        assert entry.body["principal"]["issuer"].startswith(authorizing.url)
        assert entry.body["target"] == f"{authorizing.url}/mcp"
        assert entry.body["granted_scopes"] == ["read"]
    everything = trail_bytes(trail) + trail_bytes(authorizing.trail) + "\n".join(ours(stderr + served)).encode()
    assert len(seen["secrets"]) == 9
    assert [secret for secret in (*seen["secrets"], SECRET, "heron") if secret.encode() in everything] == []


def test_the_end_of_a_session_is_the_logout_of_whoever_opened_it(
    authorizing: Authorizing, login: Any, tmp_path: Path
) -> None:
    seen, _ = login()
    authorizing.end()
    (logout,) = authorizing.events("mcp.auth.logout")
    assert told(logout) == ("mcp.auth.logout", "LOGOUT", "success", None)
    assert is_rosalind(logout, seen["client"])
    assert logout.body is not None
    calls = [row.outcome_entry for row in operations(authorizing.trail, event="mcp.tool.call")]
    sessions = {entry.body.get("session") for entry in calls if entry and entry.body}
    assert sessions <= {logout.body["session"], None}
    assert logout.body["reason"] == "ended by the client"


def test_a_client_that_is_let_down_says_so(authorizing: Authorizing, login: Any, tmp_path: Path) -> None:
    plain, _ = login("--forged", launch=None)
    seen, _ = login("--forged")
    assert seen["seen"] == plain["seen"] == ["OAuthFlowError"]
    (failure,) = entries(tmp_path / "trail-client", event="mcp.auth.failure")
    assert told(failure) == ("mcp.auth.failure", "LOGIN", "failure", "OAuthFlowError")
    assert failure.actor_name == seen["client"]
