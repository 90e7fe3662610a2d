"""What an MCP server lists, asked as its client over stdio or streamable HTTP; no process is left behind."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import ConfigError
from otel_mcp.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import IO

__all__ = ["Listing", "list_of_command", "list_of_file", "list_of_url"]

_LAST_BYTES: Final = 4096
_LAST_LINES: Final = 5
_LONGEST_SAID: Final = 300
_MOST_PAGES: Final = 1000
_NO_SERVER: Final = {
    "Connection closed": "it ended, or closed its output, before it answered",
    "Method not found": "what it writes is no server's answer",
}
"""What the SDK says of something that is no server, in words about the command."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Tools, prompts and resource templates as JSON; `more` tells that there are tools beyond them."""

    tools: list[dict[str, Any]]
    prompts: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)
    more: bool = False


def list_of_file(file: Path) -> Listing:
    """The tools of a saved result of `tools/list`: the result, the whole JSON-RPC response, or the list alone.

    Raises:
        ConfigError: the file cannot be read, or holds something else.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as exc:
        raise ConfigError(f"{file}: {exc.strerror.lower() if exc.strerror else 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: not UTF-8") from None
    except ValueError as exc:
        where = f" (line {exc.lineno}, column {exc.colno}: {exc.msg})" if isinstance(exc, json.JSONDecodeError) else ""
        raise ConfigError(f"{file}: not JSON{where}") from None
    except RecursionError:
        raise ConfigError(f"{file}: nested too deeply to be parsed") from None
    if isinstance(document, dict) and isinstance(document.get("result"), dict):
        document = document["result"]
    more = isinstance(document, dict) and document.get("nextCursor") is not None
    tools = document.get("tools") if isinstance(document, dict) else document
    if not isinstance(tools, list):
        raise ConfigError(f'{file}: expected the result of a tools/list, an object with "tools"')
    for number, tool in enumerate(tools):
        if not isinstance(tool, dict) or not isinstance(tool.get("name"), str):
            raise ConfigError(f'{file}: tools[{number}] is no tool: expected an object with a "name"')
    return Listing(tools, more=more)


def list_of_command(command: Sequence[str], timeout: float) -> Listing:
    """Start a server, ask it, and end it and all that it started.

    Raises:
        ConfigError: the package `mcp` is missing, or the server cannot be started, says nothing in time, or fails.
    """
    _check_installed()
    if shutil.which(command[0]) is None:
        raise ConfigError(f"{command[0]}: command not found")
    from mcp import StdioServerParameters, stdio_client  # noqa: PLC0415, TID251  # a client, and only for this command

    with tempfile.TemporaryFile() as errors:
        # The user's environment, not the few names that the SDK's clients pass on: the command is what the user typed.
        server = StdioServerParameters(command=command[0], args=list(command[1:]), env=dict(os.environ))
        try:
            return _asked(stdio_client(server, errlog=errors), timeout)  # type: ignore[arg-type]  # only its number is used
        except _Failed as exc:
            raise ConfigError(_sentence(command[0], str(exc), Redactor(), _last_lines(errors))) from None


def list_of_url(url: str, timeout: float) -> Listing:
    """Ask a server that runs, over streamable HTTP.

    Raises:
        ConfigError: the package `mcp` is missing, or the server cannot be reached, says nothing in time, or fails.
    """
    _check_installed()
    from mcp.client.streamable_http import streamable_http_client  # noqa: PLC0415, TID251  # as above

    try:
        return _asked(streamable_http_client(url), timeout)
    except _Failed as exc:
        raise ConfigError(_sentence(url, str(exc), Redactor())) from None


class _Failed(Exception):
    """The conversation came to nothing; the text says why."""


def _check_installed() -> None:
    try:
        from mcp import Client  # noqa: F401, PLC0415, TID251  # as above
    except ModuleNotFoundError:
        cure = "pip install 'otel-mcp-audit[mcp]', or give a saved tools/list with --tools FILE"
        raise ConfigError(f"asking a server needs mcp, which is not installed ({cure})") from None
    except ImportError:
        raise ConfigError("asking a server needs mcp 2, and an older one is installed (pip install 'mcp>=2')") from None
    # The SDK reports each line of a server's stdout that is not JSON-RPC with a traceback.
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    logging.getLogger("mcp").propagate = False


def _asked(transport: Any, timeout: float) -> Listing:
    import anyio  # noqa: PLC0415  # comes with mcp

    try:
        return anyio.run(_ask, transport, timeout)
    except Exception as exc:
        raise _Failed(_reason(exc, timeout)) from None


async def _ask(transport: Any, timeout: float) -> Listing:
    import anyio  # noqa: PLC0415  # comes with mcp

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_stop_on_signal, tasks.cancel_scope)
        with anyio.fail_after(timeout):
            listing = await _listed(transport)
        tasks.cancel_scope.cancel()
        return listing
    raise _Failed("interrupted")


async def _stop_on_signal(scope: Any) -> None:
    """End the conversation, and with it the server's process, where this process is told to end."""
    import anyio  # noqa: PLC0415  # comes with mcp

    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGHUP) as signals:
        async for _ in signals:
            scope.cancel()


async def _listed(transport: Any) -> Listing:
    from mcp import Client, types  # noqa: PLC0415, TID251  # as above

    # Not `client.list_tools()`, which leaves out tools whose x-mcp-header the SDK refuses: those are worth a look.
    async with Client(transport, cache=None) as client:
        offers = client.server_capabilities
        tools = prompts = templates = []
        if offers.tools is not None:
            tools = await _pages(client, types.ListToolsRequest, types.ListToolsResult, "tools")
        if offers.prompts is not None:
            prompts = await _pages(client, types.ListPromptsRequest, types.ListPromptsResult, "prompts")
        if offers.resources is not None:
            request, result = types.ListResourceTemplatesRequest, types.ListResourceTemplatesResult
            templates = await _pages(client, request, result, "resource_templates")
        return Listing(tools, prompts, templates)


async def _pages(client: Any, request: Any, result: Any, name: str) -> list[dict[str, Any]]:
    from mcp import MCPError, types  # noqa: PLC0415, TID251  # as above

    found: list[dict[str, Any]] = []
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        params = types.PaginatedRequestParams(cursor=cursor)
        try:
            page = await client.session.send_request(request(params=params), result)
        except MCPError as exc:
            if exc.code == types.METHOD_NOT_FOUND and name != "tools":
                return found
            raise
        found += [item.model_dump(mode="json", by_alias=True, exclude_none=True) for item in getattr(page, name)]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor
    raise _Failed(f"its list of {name.replace('_', ' ')} has more than {_MOST_PAGES} pages")


def _reason(exc: BaseException, timeout: float) -> str:
    while inner := getattr(exc, "exceptions", None):  # a group, also the backport's of Python 3.10
        exc = inner[0]
    if isinstance(exc, _Failed):
        return str(exc)
    if text := _NO_SERVER.get(str(exc)):
        return f"{text} (the command must start an MCP server that speaks over stdio)"
    if isinstance(exc, TimeoutError) and not exc.args:
        return f"no answer within {timeout:g} s (--timeout)"
    # The first line: what follows in a validation error quotes the values it is about.
    text = str(exc).partition("\n")[0]
    return f"{type(exc).__name__}: {text}" if text else type(exc).__name__


def _sentence(target: str, reason: str, redactor: Redactor, lines: Sequence[str] = ()) -> str:
    scope = redactor.scope()
    scope.learn_uri(target)
    told = [f"cannot list what {target} offers: {reason}", *(f"  {line}" for line in lines)]
    if lines:
        told[0] += "; the last lines of its stderr:"
    return "\n".join(_printable(scope.text(line))[:_LONGEST_SAID] for line in told)


def _last_lines(errors: IO[bytes]) -> list[str]:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _LAST_BYTES))
    lines = errors.read().decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.strip()][-_LAST_LINES:]


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
