"""A client of either SDK that logs in at `authorizing.py URL`, calls, refreshes, and calls again; or is let down.

Prints what it saw as one line of JSON, and every secret that it had in hand.
"""

from __future__ import annotations

import asyncio
import json
import sys
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mcp import ClientSession
from mcp.client.auth import OAuthClientProvider, PKCEParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.auth import OAuthClientMetadata

try:
    from mcp.client.auth import AuthorizationCodeResult as Answer
except ImportError:

    def Answer(code: str, state: str | None) -> Any:  # noqa: N802  # in place of the class of mcp 2.x
        return code, state


class Storage:
    """Forgets nothing, and tells what it was given."""

    def __init__(self) -> None:
        self.tokens: Any = None
        self.client: Any = None
        self.secrets: list[str] = []

    async def get_tokens(self) -> Any:
        return self.tokens

    async def set_tokens(self, tokens: Any) -> None:
        self.tokens = tokens
        self.secrets += [tokens.access_token, tokens.refresh_token]

    async def get_client_info(self) -> Any:
        return self.client

    async def set_client_info(self, client_info: Any) -> None:
        self.client = client_info
        self.secrets.append(client_info.client_secret)


class Browser:
    """Follows the redirect to the authorization server, and brings back what that says."""

    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets
        self._answer: dict[str, list[str]] = {}

    async def visit(self, url: str) -> None:
        asked = parse_qs(urlsplit(url).query)
        self._secrets += [asked["state"][0], asked["code_challenge"][0]]
        self._answer = parse_qs(urlsplit(await asyncio.to_thread(_location, url)).query)
        self._secrets.append(self._answer["code"][0])

    async def bring_back(self) -> Any:
        state = self._answer["state"][0]
        if "--forged" in sys.argv:
            state = "forged"
        return Answer(code=self._answer["code"][0], state=state)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _location(url: str) -> str:
    try:
        urllib.request.build_opener(_Stay).open(url, timeout=10)
    except urllib.error.HTTPError as redirect:
        with redirect:
            return redirect.headers["location"]
    raise AssertionError("no redirect")


async def converse(url: str, storage: Storage) -> list[Any]:
    browser = Browser(storage.secrets)
    metadata = OAuthClientMetadata(
        client_name="the bird watch", redirect_uris=["http://localhost:9/back?kept=heron"], scope="read write"
    )
    provider = OAuthClientProvider(url, metadata, storage, browser.visit, browser.bring_back)
    seen: list[Any] = []
    async with (
        create_mcp_http_client(auth=provider) as http,
        streamable_http_client(url, http_client=http) as streams,
        ClientSession(streams[0], streams[1]) as session,
    ):
        await session.initialize()
        for wait in (False, True):
            if wait:
                provider.context.token_expiry_time = 1
            result = await session.call_tool("add", {"a": 1, "b": 2})
            seen.append(result.content[0].text)
    return seen


async def main() -> None:
    storage = Storage()
    generate = PKCEParameters.generate

    def noted() -> Any:
        made = generate()
        storage.secrets.append(made.code_verifier)
        return made

    PKCEParameters.generate = noted
    try:
        seen = await converse(sys.argv[1], storage)
    except BaseException as exc:
        seen = [_innermost(exc)]
    client = getattr(storage.client, "client_id", None)
    print(json.dumps({"seen": seen, "client": client, "secrets": [secret for secret in storage.secrets if secret]}))


def _innermost(exc: BaseException) -> str:
    while isinstance(getattr(exc, "exceptions", None), tuple):
        exc = exc.exceptions[0]
    return type(exc).__name__


if __name__ == "__main__":
    asyncio.run(main())
