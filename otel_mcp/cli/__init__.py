"""The command `otel-mcp`: one small module per subcommand, loaded when it is called for."""

from __future__ import annotations

import errno
import importlib
import keyword
import os
import sqlite3
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp import _version
from otel_mcp.cli._common import COULD_NOT, no_more_output, writes_utf8
from otel_mcp.errors import OtelMcpError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main"]

_COMMANDS: Final = {
    "demo": "Show the whole path on a real server: traces, records, metrics, the trail, and a tampering caught.",
    "run": "Run a command instrumented, and refuse to when it would go unaudited.",
    "doctor": "What is instrumented, what would be lost, and the cure.",
    "query": "Search the trail: one row per operation.",
    "show": "One entry with its signed checkpoint and inclusion proof.",
    "prove": "Evidence for one entry, checkable without this package.",
    "verify": "Check that the trail is complete and unchanged.",
    "verifier": "Write a verifier that needs nothing of this package, for somebody who shall trust neither.",
    "fsck": "Everything that is wrong or odd in a trail's folder, without any key.",
    "import": "Bring older audit records into the trail, marked as not covered before.",
    "export": "Write the trail as OpenTelemetry audit records, JSON, CSV, CEF or OCSF; or send it.",
    "reconcile": "Compare the trail with exported telemetry.",
    "anchor": "Show the newest checkpoint to a witness, a time-stamp authority, or a file elsewhere.",
    "keys": "The keys: make, show, pin, rotate, revoke.",
    "rotate": "Seal the file that the trail is written to, and begin the next.",
    "archive": "Copy sealed files to another folder, compressed.",
    "prune": "Remove files whose time is over, after a signed record.",
    "erase": "Take a person out of the trail, after a signed record.",
    "redact-entry": "Take the body of one entry out of the trail, after a signed record.",
    "accept-restore": "Record that a log was restored from a backup on purpose.",
    "redact": "Redact JSON, one object a line, from stdin to stdout.",
}


_LOST: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


@contextmanager
def _quiet_when_unread() -> Iterator[None]:
    """Exit status 0 where the reader of a pipe went away (`| head`): not an error, and nothing more to say."""
    try:
        yield
    except BrokenPipeError:
        no_more_output()
        raise click.exceptions.Exit(0) from None


class _Commands(click.Group):
    """Subcommands by name; a module is imported only for the command that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_") + "_" * keyword.iskeyword(cmd_name)
        module = importlib.import_module(f"otel_mcp.cli.{name}")
        return _with_paragraphs(module.command)

    # A closed pipe is met in these two and not in `main`: click turns it into exit status 1, which means tampering.

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _quiet_when_unread():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _quiet_when_unread():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _with_paragraphs(command: click.Command) -> click.Command:
    """Put the character that click takes for "do not wrap" where a docstring, being raw, has backslash and b."""
    if command.help is not None:
        command.help = command.help.replace("\\b\n", "\b\n")
    for inner in getattr(command, "commands", {}).values():
        _with_paragraphs(inner)
    return command


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


_with_paragraphs(cli)


def _output_lost(exc: Exception) -> str:
    """A sentence, if this is what a full disk or a closed descriptor behind stdout gives; else nothing."""
    if not isinstance(exc, OSError) or exc.errno not in _LOST or exc.filename is not None:
        return ""
    no_more_output()
    return f"the output cannot be written: {os.strerror(exc.errno).lower()}"


def _prepare_streams() -> None:
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115  # for as long as the program lives
    if sys.stdout is None:
        # The next file that is opened would take its number, and what is printed would be written into that.
        click.echo("otel-mcp: stdout is closed (send it to /dev/null if nobody is to read it)", err=True)
        raise SystemExit(COULD_NOT)
    if not writes_utf8():
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # marks and rules are not worth a failure


def main() -> Any:
    """Run the command; an error is one line on stderr and exit status 3, never 1, which means tampering."""
    _prepare_streams()
    try:
        return cli(standalone_mode=False)
    except click.exceptions.Abort:
        problem = "interrupted"
    except click.ClickException as exc:
        exc.show()
        raise SystemExit(COULD_NOT) from None
    except OtelMcpError as exc:
        problem = str(exc)
    except sqlite3.Error as exc:
        problem = f"cannot read the log: {exc} (run `otel-mcp verify`)"
    except UnicodeEncodeError as exc:
        problem = f"the output holds what {exc.encoding} cannot write: {exc.reason}"
    except Exception as exc:
        problem = _output_lost(exc) or f"internal error ({type(exc).__name__}): this is a bug of otel-mcp"
        if not _output_lost(exc):
            traceback.print_exc()
    click.echo(f"otel-mcp: {problem}", err=True)
    raise SystemExit(COULD_NOT)
