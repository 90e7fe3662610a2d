"""An HTTP server of either SDK with an authorization server of its own, on the SDK's provider. Prints where it is.

Whoever comes is let in as `rosalind`. Every code and token ends in SECRET.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from itertools import count
from typing import Any

import uvicorn
from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizeError,
    RefreshToken,
    construct_redirect_uri,
)
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions, RevocationOptions
from mcp.shared.auth import OAuthToken

try:
    from mcp.server import MCPServer as Server
except ImportError:
    from mcp.server.fastmcp import FastMCP as Server

SECRET = "plover-of-the-marsh"
SCOPES = ["read", "write"]
SECONDS = 3600


def of_rosalind(kind: Any, **members: Any) -> Any:
    """A code or token of hers; older SDKs have no word for whose it is."""
    return kind(**members, **({"subject": "rosalind"} if "subject" in kind.model_fields else {}))


class Provider:
    """Keeps everything in memory."""

    def __init__(self) -> None:
        self.clients: dict[str, Any] = {}
        self.codes: dict[str, Any] = {}
        self.access: dict[str, Any] = {}
        self.refresh: dict[str, Any] = {}
        self._numbers = count()

    def _new(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}{SECRET}"

    async def get_client(self, client_id: str) -> Any:
        return self.clients.get(client_id)

    async def register_client(self, client_info: Any) -> None:
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client: Any, params: Any) -> str:
        if params.state == "refuse":
            raise AuthorizeError("access_denied", f"no entry with {SECRET}")
        if params.state == "ask":
            return "https://login.example.org/page"
        code = of_rosalind(
            AuthorizationCode,
            code=self._new("c"),
            scopes=params.scopes or SCOPES,
            expires_at=time.time() + SECONDS,
            client_id=client.client_id,
            code_challenge=params.code_challenge,
            redirect_uri=params.redirect_uri,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
        )
        self.codes[code.code] = code
        return construct_redirect_uri(str(params.redirect_uri), code=code.code, state=params.state)

    async def load_authorization_code(self, client: Any, authorization_code: str) -> Any:
        return self.codes.get(authorization_code)

    async def load_refresh_token(self, client: Any, refresh_token: str) -> Any:
        if refresh_token == "broken":
            raise RuntimeError(f"the store is gone, with {SECRET}")
        return self.refresh.get(refresh_token)

    async def load_access_token(self, token: str) -> Any:
        return self.access.get(token)

    async def exchange_authorization_code(self, client: Any, authorization_code: Any) -> OAuthToken:
        del self.codes[authorization_code.code]
        return self._tokens(client, authorization_code.scopes)

    async def exchange_refresh_token(self, client: Any, refresh_token: Any, scopes: list[str]) -> OAuthToken:
        del self.refresh[refresh_token.token]
        return self._tokens(client, scopes)

    def _tokens(self, client: Any, scopes: list[str]) -> OAuthToken:
        access, refresh = self._new("a"), self._new("r")
        known = {"client_id": client.client_id, "scopes": scopes, "expires_at": int(time.time()) + SECONDS}
        self.access[access] = of_rosalind(AccessToken, token=access, **known)
        self.refresh[refresh] = of_rosalind(RefreshToken, token=refresh, **known)
        return OAuthToken(access_token=access, refresh_token=refresh, expires_in=SECONDS, scope=" ".join(scopes))

    async def revoke_token(self, token: Any) -> None:
        self.access.pop(token.token, None)
        self.refresh.pop(token.token, None)


def make(url: str) -> Any:
    settings = AuthSettings(
        issuer_url=url,
        resource_server_url=f"{url}/mcp",
        required_scopes=["read"],
        client_registration_options=ClientRegistrationOptions(enabled=True, valid_scopes=SCOPES, default_scopes=SCOPES),
        revocation_options=RevocationOptions(enabled=True),
    )
    server = Server("authorizing", auth=settings, auth_server_provider=Provider())

    @server.tool()
    def add(a: int, b: int) -> int:
        return a + b

    return server


async def listen() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = make(url).streamable_http_app()
    print(f"listening on {url}/mcp", file=sys.stderr, flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="error")).serve([listener])


if __name__ == "__main__":
    asyncio.run(listen())
