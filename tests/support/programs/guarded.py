"""An HTTP server of either SDK that wants a token: `NAME.SECRET` is NAME's, whatever the secret. Prints where it is.

With `old` or `narrow` before the name the token has expired, or is not enough.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import uvicorn
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings

from otel_mcp import Caller, name_actor

try:
    from mcp.server import MCPServer as Server
except ImportError:
    from mcp.server.fastmcp import FastMCP as Server

ISSUER = "https://idp.example.org"
HERE = "http://127.0.0.1/mcp"


class Verifier:
    async def verify_token(self, token: str) -> AccessToken | None:
        name, _, secret = token.partition(".")
        if not secret:
            return None
        more = {"subject": name, "claims": {"iss": ISSUER, "email": f"{name}@example.org"}}
        kept = {key: value for key, value in more.items() if key in AccessToken.model_fields}
        return AccessToken(
            token=token,
            client_id=f"app-of-{name}",
            scopes=["write"] if name.startswith("narrow") else ["read", "write"],
            expires_at=1_700_000_000 if name.startswith("old") else None,
            resource="http://elsewhere.example.org/mcp" if name.startswith("foreign") else HERE,
            **kept,
        )


def by_mail(caller: Caller) -> str | None:
    """For OTEL_MCP_NAME_ACTOR."""
    assert "authorization" not in caller.headers
    return str(caller.claims["email"]) if caller.claims else None


def make() -> Any:
    settings = AuthSettings(issuer_url=ISSUER, resource_server_url=HERE, required_scopes=["read"])
    server = Server("guarded", auth=settings, token_verifier=Verifier())

    @server.tool()
    def add(a: int, b: int) -> int:
        return a + b

    @server.tool()
    def act_as(name: str) -> bool:
        return name_actor(name)

    return server


async def listen() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
    app = make().streamable_http_app()
    await uvicorn.Server(uvicorn.Config(app, log_level="error")).serve([listener])


if __name__ == "__main__":
    asyncio.run(listen())
