"""The command `otel-mcp`: one small module per subcommand, loaded when it is called for."""

from __future__ import annotations

import importlib
from typing import Any, Final

import click

from otel_mcp import _version
from otel_mcp.cli._common import COULD_NOT
from otel_mcp.errors import OtelMcpError

__all__ = ["main"]

_COMMANDS: Final = {
    "demo": "Show the whole path on a real server: traces, records, metrics, the trail, and a tampering caught.",
    "run": "Run a command instrumented, and refuse to when it would go unaudited.",
    "doctor": "What is instrumented, what would be lost, and the cure.",
    "query": "Search the trail: one row per operation.",
    "show": "One entry with its signed checkpoint and inclusion proof.",
    "verify": "Check that the trail is complete and unchanged.",
    "keys": "The signing key: make it, show it, pin it.",
    "accept-restore": "Record that a log was restored from a backup on purpose.",
    "redact": "Redact JSON, one object a line, from stdin to stdout.",
}


class _Commands(click.Group):
    """Subcommands by name; a module is imported only for the command that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"otel_mcp.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version.VERSION, prog_name="otel-mcp")
def cli() -> None:
    r"""OpenTelemetry and a signed audit trail for MCP servers and clients.

    \b
    Start here:
      otel-mcp demo                            see all of it in a few seconds
      otel-mcp run -- mcp-server-git           your server, instrumented
      otel-mcp query                           what it did
      otel-mcp verify                          prove that nothing was changed
    """


def main() -> Any:
    """Run the command; an error of ours is one line on stderr and exit status 3."""
    try:
        return cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        raise SystemExit(COULD_NOT) from None
    except click.ClickException as exc:
        exc.show()
        raise SystemExit(COULD_NOT) from None
    except OtelMcpError as exc:
        click.echo(f"otel-mcp: {exc}", err=True)
        raise SystemExit(COULD_NOT) from None
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): not an error, and nothing more to say.
        raise SystemExit(0) from None
