"""A server on the SDK's `MCPServer`: tools, prompts and resources that are given sensitive values and let them slip."""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
from typing import Annotated, Any

from _serve import serve
from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.mcpserver import Elicit, Resolve
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field, SecretStr

server = MCPServer("mcpserver-under-test", log_level="INFO")


class Door(BaseModel):
    """Referred to from the tools' schemas by `$ref`."""

    floor: str
    combination: SecretStr


Hint = Annotated[str, Field(json_schema_extra={"format": "password"})]
Mark = Annotated[str, Field(json_schema_extra={"x-sensitive": True})]
Phrase = SecretStr
Rings = list[SecretStr]
Credentials = dict[str, str]


def told(colour: str, phrase: Phrase, hint: str, door: Door, rings: Rings, mark: str, **named: Any) -> list[str]:
    """Everything in clear, as careless code would say it."""
    values = [phrase.get_secret_value(), hint, door.combination.get_secret_value(), mark]
    values += [ring.get_secret_value() for ring in rings]
    values += [named["api_key"], named["password"], *named["credentials"].values()]
    said = [f"the {colour} door on {door.floor} opens for {value}, they said" for value in values]
    return [*said, *values, *(base64.b64encode(value.encode()).decode() for value in values)]


@server.tool()
def echo(
    colour: str,
    phrase: Phrase,
    hint: Hint,
    door: Door,
    rings: Rings,
    mark: Mark,
    api_key: str,
    password: str,
    credentials: Credentials,
) -> dict[str, Any]:
    """Give it all back."""
    words = told(colour, phrase, hint, door, rings, mark, api_key=api_key, password=password, credentials=credentials)
    return {"colour": colour, "words": words, "story": " ".join(words)}


@server.tool()
def crash(
    colour: str,
    phrase: Phrase,
    hint: Hint,
    door: Door,
    rings: Rings,
    mark: Mark,
    api_key: str,
    password: str,
    credentials: Credentials,
) -> str:
    """Fail as code fails that nobody thought about."""
    raise RuntimeError(
        told(colour, phrase, hint, door, rings, mark, api_key=api_key, password=password, credentials=credentials)
    )


@server.tool()
def refuse(
    colour: str,
    phrase: Phrase,
    hint: Hint,
    door: Door,
    rings: Rings,
    mark: Mark,
    api_key: str,
    password: str,
    credentials: Credentials,
) -> str:
    """Fail with a message for the model."""
    words = told(colour, phrase, hint, door, rings, mark, api_key=api_key, password=password, credentials=credentials)
    raise ToolError(" ".join(words))


@server.tool()
def protest(
    colour: str,
    phrase: Phrase,
    hint: Hint,
    door: Door,
    rings: Rings,
    mark: Mark,
    api_key: str,
    password: str,
    credentials: Credentials,
) -> str:
    """Fail with a JSON-RPC error."""
    words = told(colour, phrase, hint, door, rings, mark, api_key=api_key, password=password, credentials=credentials)
    raise MCPError(-32000, " ".join(words), data={"words": words})


class Word(BaseModel):
    """What the user is asked for."""

    password: str


def asked() -> Elicit[Word]:
    return Elicit("Which word opens it?", Word)


@server.tool()
def ask(colour: str, word: Annotated[Word, Resolve(asked)]) -> str:
    """Ask the user for a password, and repeat it: a request of the server's own, or a result that asks for input."""
    return f"the {colour} door opens for {word.password}, they said"


@server.tool()
def add(a: int, b: int) -> int:
    """Add."""
    return a + b


@server.tool()
async def note(text: str) -> str:
    """Say that it was noted."""
    return f"noted {text}"


@server.tool()
def pid() -> int:
    """Name the process."""
    return os.getpid()


@server.prompt()
def greet(password: str, mood: str) -> str:
    """Greet, and repeat the password."""
    return f"In a {mood} mood I tell you: {password}."


@server.resource("vault://{place}")
def vault(place: str) -> str:
    """Keep a password and let it slip."""
    word = os.environ["VAULT_WORD"]
    return json.dumps({"place": place, "password": word, "story": f"behind the {place} it says {word} in chalk"})


if __name__ == "__main__":
    if os.environ.get("OWN_HANDLER"):

        def mine(*_: Any) -> None:
            sys.stderr.write("the program's own handler ran\n")
            sys.stderr.flush()
            os._exit(7)

        signal.signal(signal.SIGTERM, mine)
    serve(server)
