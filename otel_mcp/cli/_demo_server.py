"""The demo's MCP server: three tools that know nothing of telemetry. Run as a program, over stdio."""

from __future__ import annotations

from mcp.server import MCPServer  # the demo is an application of the SDK
from pydantic import SecretStr

server = MCPServer("otel-mcp-demo", log_level="CRITICAL")


@server.tool()
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


@server.tool()
def read_meter(name: str) -> float:
    """Fail as code fails that somebody else wrote."""
    raise RuntimeError(f"meter {name} does not answer")


@server.tool()
def pay(account: str, password: SecretStr, card: str, note: str) -> dict[str, str]:
    """Take a password that the schema declares, and secrets that it does not."""
    remark = f"paid, {note}" if password.get_secret_value() else "refused"
    return {"account": account, "receipt": f"charged {card[-4:]}", "remark": remark}


if __name__ == "__main__":
    server.run("stdio")
