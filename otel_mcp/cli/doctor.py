"""`otel-mcp doctor`: one page on what is instrumented here, what would be lost, and the cure."""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from otel_mcp.cli._checks import all_checks
from otel_mcp.cli._common import echo_json, no_more_output

if TYPE_CHECKING:
    from otel_mcp.cli._row import Row

__all__ = ["command"]

_MARKS: Final = {"ok": ("✓", "green"), "note": ("·", "cyan"), "warn": ("!", "yellow"), "bad": ("✗", "red")}
_INDENT: Final = "    "
_NARROWEST: Final = 40


@click.command("doctor", context_settings={"allow_interspersed_args": False})
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.argument("arguments", metavar="[COMMAND [ARGS]…]", nargs=-1, type=click.UNPROCESSED)
def command(as_json: bool, arguments: tuple[str, ...]) -> None:
    r"""Look at the program that is to be recorded (COMMAND, or this Python), its settings, its trail and its telemetry.

    The program itself is not started; its interpreter is, once. Nothing is changed.

    Exit status: 0, or 1 where something would not be recorded.

    \b
    Examples:
      otel-mcp doctor
      otel-mcp doctor -- mcp-server-git --repository .
    """
    rows = all_checks(arguments)
    try:
        if as_json:
            echo_json([asdict(row) for row in rows], indent=2)
        else:
            _print(rows)
    except BrokenPipeError:
        no_more_output()  # the finding stands, read or not
    sys.exit(any(row.state == "bad" for row in rows))


def _print(rows: list[Row]) -> None:
    for section, findings in groupby(rows, key=lambda row: row.section):
        click.secho(section, bold=True)
        for row in findings:
            mark, colour = _MARKS[row.state]
            first, *more = _lines(row.text)
            click.echo(f"  {click.style(mark, fg=colour)} {first}")
            for line in more:
                click.echo(_INDENT + line)
            for line in _lines(f"→ {row.cure}") if row.cure else ():
                click.echo(_INDENT + click.style(line, fg="cyan"))


def _lines(text: str) -> list[str]:
    """The text in lines that fit a terminal; whole where none is watching."""
    if not sys.stdout.isatty():
        return [text]
    width = max(_NARROWEST, shutil.get_terminal_size().columns - len(_INDENT))
    # Words stay whole: a path or a command that is cut in two cannot be copied.
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
