"""An MCP client that knows nothing of telemetry: makes the calls it is given and prints what it got. Also a module.

Arguments: one JSON object with `url` or `command` and `env`, `mode`, `calls`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import anyio
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.types import ElicitResult

ELICITED = "elm-corridor-in-april-light"


async def converse(target: Any, calls: list[list[Any]], mode: str = "auto") -> list[Any]:
    """The answers to `calls`, each a verb and its arguments, as plain data."""
    async with Client(target, mode=mode, elicitation_callback=_elicited) as client:
        return [await _answer(client, *call) for call in calls]


async def _elicited(_: Any, __: Any) -> ElicitResult:
    """What the user types when a server asks."""
    return ElicitResult(action="accept", content={"password": ELICITED})


async def _answer(client: Client, verb: str, *arguments: Any) -> Any:
    try:
        result = await getattr(client, verb)(*arguments)
    except MCPError as exc:
        return {"error": exc.error.model_dump(mode="json")}
    return result.model_dump(mode="json", by_alias=True)


async def over_stdio(
    command: list[str], env: dict[str, str], calls: list[list[Any]], mode: str = "auto", errlog: Any = sys.stderr
) -> list[Any]:
    """`converse` with a server that this process starts."""
    server = StdioServerParameters(command=command[0], args=command[1:], env=env)
    return await converse(stdio_client(server, errlog=errlog), calls, mode)


async def main(order: dict[str, Any]) -> None:
    mode, calls = order.get("mode", "auto"), order["calls"]
    if url := order.get("url"):
        answers = await converse(url, calls, mode)
    else:
        answers = await over_stdio(order["command"], order["env"], calls, mode)
    sys.stdout.write(json.dumps(answers) + "\n")


if __name__ == "__main__":
    anyio.run(main, json.loads(sys.argv[1]))
