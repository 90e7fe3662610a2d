"""`otel-mcp redact lint`: which parameters of a server look sensitive and are not declared so?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from otel_mcp.cli._common import COULD_NOT, counted, echo_json
from otel_mcp.cli._listing import Listing, list_of_command, list_of_file, list_of_url
from otel_mcp.redaction.lint import count_parameters, findings_of, other_findings_of

if TYPE_CHECKING:
    from otel_mcp.redaction.lint import LintFinding

__all__ = ["command"]

_FOUND: Final = 1
_TITLES: Final = ("tool", "where", "rule", "why", "python", "json schema")
_NARROW: Final = 100


@click.command("lint", context_settings={"allow_interspersed_args": False})
@click.option("--url", help="A server that runs, over streamable HTTP.")
@click.option("--tools", "file", type=click.Path(path_type=Path), help="A saved result of tools/list.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=20.0, show_default=True, help="Seconds to wait."
)
@click.option("--json", "as_json", is_flag=True, help="A list of findings instead of a table.")
@click.argument("server", metavar="[SERVER-COMMAND]…", nargs=-1, type=click.UNPROCESSED)
def command(url: str | None, file: Path | None, timeout: float, *, as_json: bool, server: tuple[str, ...]) -> None:
    r"""Look for parameters that a server ought to declare sensitive.

    The server is started (or, with --url, asked where it runs); no tool is called. Reported are parameters whose name
    or description announces a secret that the schema does not declare, sensitive ones that HTTP clients repeat in a
    header, and secrets in descriptions, defaults and examples. No finding shows a value.

    Exit status: 0 nothing found, 1 findings, 3 there was nothing to look at.

    \b
    Examples:
      otel-mcp redact lint -- mcp-server-git --repository .
      otel-mcp redact lint --url http://127.0.0.1:8000/mcp
    """
    given = [
        name for name, one in (("SERVER-COMMAND", server or None), ("--url", url), ("--tools", file)) if one is not None
    ]
    if len(given) != 1:
        so_far = f"got {' and '.join(given)}" if given else "got none of them"
        raise click.UsageError(f"expected one of SERVER-COMMAND, --url and --tools, {so_far}")
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise click.UsageError("--url: expected the address of a server, as in http://127.0.0.1:8000/mcp")
    if file is not None:
        listing = list_of_file(file)
    else:
        listing = list_of_url(url, timeout) if url is not None else list_of_command(server, timeout)
    findings = [*findings_of(listing.tools), *other_findings_of(listing.prompts, listing.templates)]
    if as_json:
        echo_json([asdict(finding) for finding in findings], indent=2)
    elif findings:
        _print(findings)
    _finish(listing, findings, as_json=as_json)


def _finish(listing: Listing, findings: list[LintFinding], *, as_json: bool) -> None:
    """Say what was looked at, and end with the status: on stderr beside JSON."""
    if listing.more:
        click.echo("otel-mcp: the file holds one page of the list; there are more tools than these", err=True)
    looked = f"looked at {counted(len(listing.tools), 'tool')}, {counted(count_parameters(listing.tools), 'parameter')}"
    for count, name in ((len(listing.prompts), "prompt"), (len(listing.templates), "resource template")):
        looked += f", {counted(count, name)}" if count else ""
    if findings:
        click.echo(f"{counted(len(findings), 'finding')} ({looked})", err=as_json)
        sys.exit(_FOUND)
    if not listing.tools:
        click.echo(f"otel-mcp: the server offers no tools, so there was nothing to look at ({looked})", err=True)
        sys.exit(COULD_NOT)
    click.secho(f"nothing found ({looked})", fg="green", err=as_json)


def _print(findings: list[LintFinding]) -> None:
    if not sys.stdout.isatty():
        for row in (_TITLES, *map(_row, findings)):
            click.echo("\t".join(row))
        return
    from rich.console import Console  # noqa: PLC0415  # only for a person at a terminal
    from rich.padding import Padding  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    for tool in dict.fromkeys((finding.where in ("prompt", "template"), finding.tool) for finding in findings):
        console.print(Text(tool[1], style="bold"))
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(overflow="fold", max_width=console.width // (4 if console.width < _NARROW else 3))
        table.add_column(overflow="fold")
        for finding in findings:
            if (finding.where in ("prompt", "template"), finding.tool) == tool:
                table.add_row(Text(_place(finding)), Text(finding.why, style="yellow"))
                for cure in dict.fromkeys((finding.python, finding.json_schema)):
                    table.add_row("", Text(cure, style="dim"))
        console.print(Padding(table, (0, 0, 1, 2)))
    if any("Sensitive()" in finding.python for finding in findings):
        console.print(
            Text("from otel_mcp import Safe, Sensitive  (pydantic's SecretStr declares as well)", style="dim")
        )


def _row(finding: LintFinding) -> tuple[str, ...]:
    return (finding.tool, _place(finding), finding.rule, finding.why, finding.python, finding.json_schema)


def _place(finding: LintFinding) -> str:
    return finding.path if finding.where in ("input", "tool") else f"{finding.where} {finding.path}"
