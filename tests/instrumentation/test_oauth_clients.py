"""The SDK's OAuth providers without a browser: what they are given, and what is refused to them, by an HTTP of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import anyio
import httpx2
import pytest
from mcp.client.auth import OAuthTokenError
from mcp.client.auth.extensions.client_credentials import ClientCredentialsOAuthProvider
from mcp.client.auth.extensions.identity_assertion import IdentityAssertionOAuthProvider
from mcp.shared.auth import OAuthToken

from otel_mcp import MCPInstrumentor

ISSUER = "https://idp.example.org"
SERVER = "https://mcp.example.org/mcp"
TOKEN = "godwit-under-the-bridge"
SECRET = "dunlin-behind-the-dyke"
ASSERTION = "sanderling-on-the-run"


@dataclass
class Storage:
    tokens: OAuthToken | None = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return None

    async def set_client_info(self, client_info):
        raise AssertionError("it is registered already")


@dataclass
class Internet:
    """The MCP server, which takes TOKEN, and the authorization server, which gives it or says `refusal`."""

    refusal: str | None = None
    asked: list = field(default_factory=list)

    def __call__(self, request):
        match request.url.path:
            case "/mcp":
                welcome = request.headers.get("authorization") == f"Bearer {TOKEN}"
                return httpx2.Response(200 if welcome else 401, json={})
            case "/token":
                self.asked.append(parse_qs(request.content.decode())["grant_type"][0])
                return self.token()
            case path if path.startswith("/.well-known/oauth-protected-resource"):
                return httpx2.Response(
                    200, json={"resource": SERVER, "authorization_servers": [ISSUER], "scopes_supported": ["read"]}
                )
        metadata = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "registration_endpoint")}
        metadata |= {"issuer": ISSUER, "token_endpoint": f"{ISSUER}/token", "response_types_supported": ["code"]}
        return httpx2.Response(200, json=metadata)

    def token(self):
        if self.refusal is not None:
            said = {"error": self.refusal, "error_description": f"no such thing as {SECRET}"}
            return httpx2.Response(400, json=said)
        return httpx2.Response(200, json={"access_token": TOKEN, "token_type": "Bearer", "scope": "read"})


def machine(storage):
    return ClientCredentialsOAuthProvider(SERVER, storage, "the-robot", SECRET, scope="read", issuer=ISSUER)


def asserting(storage):
    async def assertion(*_):
        return ASSERTION

    return IdentityAssertionOAuthProvider(SERVER, storage, "the-robot", SECRET, ISSUER, assertion, scope="read")


def ask(provider, internet):
    """The status of a request of the MCP server by way of the provider."""

    async def post():
        async with httpx2.AsyncClient(auth=provider, transport=httpx2.MockTransport(internet)) as client:
            return (await client.post(SERVER, json={})).status_code

    return anyio.run(post)


def told(entry):
    return entry.head["event"], entry.head["action"], entry.head.get("err")


def everything(observed):
    MCPInstrumentor().uninstrument()
    return json.dumps([[entry.head_text, entry.body] for entry in observed.entries()])


@pytest.mark.parametrize("make", [machine, asserting])
def test_a_machine_that_logs_in_is_recorded_with_its_issuer(observed, make):
    observed.instrument()
    assert ask(make(Storage()), Internet()) == 200
    observed.settle()
    (login,) = observed.entries(event="mcp.auth.*")
    assert told(login) == ("mcp.auth.login", "LOGIN", None)
    assert (login.actor_name, login.head["actor_type"], login.head["side"]) == ("the-robot", "service", "client")
    assert login.body["target"] == SERVER
    assert login.body["principal"]["client_id"] == "the-robot"
    assert login.body["principal"]["issuer"].rstrip("/") == ISSUER
    assert (login.body["requested_scopes"], login.body["granted_scopes"]) == (["read"], ["read"])
    kept = everything(observed)
    assert [secret for secret in (TOKEN, SECRET, ASSERTION) if secret in kept] == []


@pytest.mark.parametrize("make", [machine, asserting])
def test_what_is_refused_is_named_by_its_code_and_counted(observed, make):
    observed.instrument()
    provider, internet = make(Storage()), Internet(refusal="invalid_client")
    for _ in range(3):
        with pytest.raises(OAuthTokenError, match=SECRET):
            ask(provider, internet)
    kept = everything(observed)
    first, rest = observed.entries(event="mcp.auth.*")
    assert told(first) == told(rest) == ("mcp.auth.failure", "LOGIN", "invalid_client")
    assert (first.head.get("count"), rest.head["count"]) == (None, 2)
    assert SECRET not in kept


def test_a_token_that_is_not_refreshed_is_a_failure_before_the_next_login(observed):
    observed.instrument()
    old = OAuthToken(access_token="stale", refresh_token="whimbrel-gone-south", expires_in=-1)
    provider, internet = machine(Storage(old)), Internet(refusal="invalid_grant")

    async def initialize():
        await provider._initialize()
        provider.context.token_expiry_time = 1

    anyio.run(initialize)
    with pytest.raises(OAuthTokenError):
        ask(provider, internet)
    assert internet.asked == ["refresh_token", "client_credentials"]
    kept = everything(observed)
    assert [told(entry) for entry in observed.entries(event="mcp.auth.*")] == [
        ("mcp.auth.failure", "UPDATE", "invalid_grant"),
        ("mcp.auth.failure", "LOGIN", "invalid_grant"),
    ]
    assert "whimbrel" not in kept


def test_after_uninstrument_nothing_is_recorded_and_the_class_is_as_it_was(observed):
    before = dict(vars(ClientCredentialsOAuthProvider.__mro__[1]))
    observed.instrument()
    MCPInstrumentor().uninstrument()
    assert dict(vars(ClientCredentialsOAuthProvider.__mro__[1])) == before
    assert ask(machine(Storage()), Internet()) == 200
    assert observed.entries(event="mcp.auth.*") == []
