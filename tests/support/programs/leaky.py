"""A server that declares too little: every way in which a listing can go wrong, over stdio or `http PORT`."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from _serve import serve
from mcp.server import MCPServer
from pydantic import BaseModel, Field, SecretStr

server = MCPServer("leaky", log_level="INFO")


class Door(BaseModel):
    floor: str
    passphrase: str


@server.tool()
def login(user: str, password: str, door: Door, region: Annotated[SecretStr, Field()]) -> dict[str, Any]:
    """Log in; ghp_16C7e42F292c6912E7710c838347Ae178B4a works for trying it out."""
    return {}


@server.tool()
def moor(
    berth: Annotated[str, Field(json_schema_extra={"x-sensitive": True, "x-mcp-header": "Berth"})],
    value: Annotated[str, Field(description="the password to set")],
) -> str:
    return ""


@server.prompt()
def unlock(pin: str) -> str:
    return ""


@server.resource("db://{user}:{password}/rows")
def rows(user: str, password: str) -> str:
    return ""


if __name__ == "__main__":
    sys.stderr.write("the server says good morning\n")
    serve(server)
