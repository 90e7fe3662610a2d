"""`otel-mcp doctor`: one page on what is instrumented here, what would be lost, and the cure."""

from __future__ import annotations

import sys
from dataclasses import asdict
from itertools import groupby
from typing import Final

import click

from otel_mcp.cli._checks import all_checks
from otel_mcp.cli._common import echo_json

__all__ = ["command"]

_MARKS: Final = {"ok": ("✓", "green"), "note": ("·", "cyan"), "warn": ("!", "yellow"), "bad": ("✗", "red")}


@click.command("doctor", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.argument("arguments", metavar="[COMMAND [ARGS]…]", nargs=-1, type=click.UNPROCESSED)
def command(as_json: bool, arguments: tuple[str, ...]) -> None:
    r"""Look at the program that is to be recorded (COMMAND, or this Python), its settings, its trail and its telemetry.

    The program itself is not started; its interpreter is, once. Exit status 0, or 1 where something would not be
    recorded.

    \b
    Examples:
      otel-mcp doctor
      otel-mcp doctor -- mcp-server-git --repository .
    """
    rows = all_checks(arguments)
    if as_json:
        echo_json([asdict(row) for row in rows], indent=2)
    else:
        for section, findings in groupby(rows, key=lambda row: row.section):
            click.secho(section, bold=True)
            for row in findings:
                mark, colour = _MARKS[row.state]
                cure = click.style(f"  → {row.cure}", fg="cyan") if row.cure else ""
                click.echo(f"  {click.style(mark, fg=colour)} {row.text}{cure}")
    sys.exit(any(row.state == "bad" for row in rows))
