"""What a server asks its client goes the way of the request that it handles meanwhile, and its span says so.

The client's span of the same request is looked at in tests/test_semantic_conventions.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.environments import Environment
from support.sink import Sink
from support.under_test import talk, workplace

if TYPE_CHECKING:
    from support.sink import Span

OWN = Environment(Path(sys.prefix))
CARRYING = (
    "mcp.protocol.version",
    "mcp.session.id",
    "network.transport",
    "network.protocol.name",
    "network.protocol.version",
)


def carrying(span: Span) -> dict[str, object]:
    return {name: value for name, value in span.attributes.items() if name in CARRYING}


@pytest.mark.parametrize("how", ["stdio", "asgi"])
def test_a_request_of_the_server_says_transport_and_version(how: str, tmp_path: Path) -> None:
    with Sink() as sink:
        there = workplace(tmp_path, "the-server", sink.environment())
        talk(OWN, "mcpserver", how, there, [["list_tools"], ["call_tool", "ask", {"colour": "red"}]], mode="legacy")
        spans = {span.name: span for span in sink.spans("the-server") if span.scope == "otel_mcp"}
    asked = spans["elicitation/create"]
    assert asked.kind == "CLIENT"
    assert carrying(asked) == carrying(spans["tools/call ask"])
    assert asked.attributes["network.transport"] == ("pipe" if how == "stdio" else "tcp")
    assert not {"server.address", "client.address"} & set(asked.attributes)
