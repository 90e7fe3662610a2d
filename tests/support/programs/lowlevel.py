"""A server on the SDK's low-level `Server`: the same slips as `mcpserver.py`, in handlers that nothing wraps."""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

from _serve import serve
from mcp import MCPError, types
from mcp.server.lowlevel import Server
from pydantic import BaseModel

STRING = {"type": "string"}
SCHEMA = {
    "type": "object",
    "$defs": {
        "Door": {
            "type": "object",
            "properties": {"floor": STRING, "combination": {"type": "string", "format": "password", "writeOnly": True}},
        }
    },
    "properties": {
        "colour": STRING,
        "phrase": {"type": "string", "format": "password", "writeOnly": True},
        "hint": {"type": "string", "format": "password"},
        "door": {"$ref": "#/$defs/Door"},
        "rings": {"type": "array", "items": {"type": "string", "format": "password"}},
        "mark": {"type": "string", "x-sensitive": True},
        "api_key": STRING,
        "password": STRING,
        "credentials": {"type": "object", "additionalProperties": STRING},
    },
}
TOOLS = ("echo", "crash", "refuse", "protest")


class Strict(BaseModel):
    """What a handler might validate its arguments with; nothing that is sent here fits."""

    colour: int
    phrase: int


def told(given: dict[str, Any]) -> list[str]:
    """Everything in clear, as careless code would say it."""
    door, credentials = given.get("door", {}), given.get("credentials", {})
    values = [
        given.get("phrase"),
        given.get("hint"),
        door.get("combination"),
        given.get("mark"),
        *given.get("rings", []),
    ]
    values = [value for value in (*values, given.get("api_key"), given.get("password"), *credentials.values()) if value]
    said = [f"the {given.get('colour')} door on {door.get('floor')} opens for {value}, they said" for value in values]
    return [*said, *values, *(base64.b64encode(value.encode()).decode() for value in values)]


async def list_tools(_: Any, __: Any) -> types.ListToolsResult:
    sys.stderr.write("the tools are listed\n")
    tools = [types.Tool(name=name, input_schema=SCHEMA) for name in TOOLS]
    return types.ListToolsResult(tools=[*tools, types.Tool(name="note", input_schema={"type": "object"})])


async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
    given = params.arguments or {}
    if params.name == "note":
        return _text(f"noted {given.get('text')}")
    if "colour" not in given:
        Strict.model_validate(given)
    words = told(given)
    match params.name:
        case "echo":
            result = {"colour": given["colour"], "words": words, "story": " ".join(words)}
            return types.CallToolResult(
                content=[types.TextContent(type="text", text=json.dumps(result))], structured_content=result
            )
        case "crash":
            raise RuntimeError(words)
        case "refuse":
            return _text(" ".join(words), error=True)
        case "protest":
            raise MCPError(-32000, " ".join(words), data={"words": words})
    raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {params.name}")


def _text(text: str, *, error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=error)


async def get_prompt(_: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
    given = params.arguments or {}
    text = f"In a {given.get('mood')} mood I tell you: {given.get('password')}."
    return types.GetPromptResult(
        messages=[types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))]
    )


async def list_prompts(_: Any, __: Any) -> types.ListPromptsResult:
    return types.ListPromptsResult(prompts=[types.Prompt(name="greet")])


async def read_resource(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    word, place = os.environ["VAULT_WORD"], str(params.uri).rpartition("/")[2]
    text = json.dumps({"place": place, "password": word, "story": f"behind the {place} it says {word} in chalk"})
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=params.uri, text=text)])


server = Server(
    "lowlevel-under-test",
    on_list_tools=list_tools,
    on_call_tool=call_tool,
    on_list_prompts=list_prompts,
    on_get_prompt=get_prompt,
    on_read_resource=read_resource,
)

if __name__ == "__main__":
    serve(server)
