"""`otel-mcp verify`: is the trail complete and unchanged?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otel_mcp.audit.verify import Policy, Report, verify
from otel_mcp.cli._common import COULD_NOT, echo_json, log_options, resolve_log

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["command", "describe"]

_VERDICTS = {
    0: ("verified", "green"),
    1: ("TAMPERED", "red"),
    2: ("intact, but not proven", "yellow"),
}
# A bar for less than this many entries would be gone before it is read.
_WORTH_A_BAR = 20_000


@click.command("verify")
@log_options
@click.option("--vkey", "vkeys", multiple=True, help="The verifier key to trust, as `otel-mcp keys show` prints it.")
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of checkpoints that were kept elsewhere.",
)
@click.option("--require", "requirements", help="Strengths that must hold, comma-separated: witness, clean-writers.")
@click.option("--fast", is_flag=True, help="Check hashes and the last checkpoint only.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    directory: Path | None,
    service: str | None,
    vkeys: tuple[str, ...],
    witnesses: tuple[Path, ...],
    requirements: str | None,
    fast: bool,
    as_json: bool,
) -> None:
    r"""Check every entry, checkpoint and body of the trail, offline.

    \b
    Exit status: 0 verified with a pinned key, 1 tampering, 2 intact but the key is unpinned or a
    required strength is missing, 3 nothing to verify or could not verify.

    \b
    Examples:
      otel-mcp verify
      otel-mcp verify --dir ./copy --vkey 'host/otel-mcp/git/1a2b3c4d+5e6f7a8b+AQ…'
      otel-mcp verify --require clean-writers --json
    """
    log = resolve_log(directory, service)
    policy = Policy(
        trusted_keys=vkeys,
        require=frozenset(filter(None, (requirements or "").split(","))),
        witness_notes=tuple(note for path in witnesses for note in _notes(path)),
    )
    report = verify(log, policy, fast=fast, progress=None if as_json else _progress())
    if as_json:
        echo_json({**asdict(report), "exit_code": report.exit_code, "directory": str(log)}, indent=2)
    else:
        for line in describe(report, str(log)):
            click.echo(line)
    sys.exit(report.exit_code)


def describe(report: Report, place: str) -> list[str]:
    """The report as lines for a terminal: verdict first, then what it rests on, then every problem."""
    verdict, colour = _VERDICTS[report.exit_code]
    lines = [
        click.style(verdict, fg=colour, bold=True) + f"  {place}",
        f"  log      {report.origin}",
        f"  entries  {report.entries:,}, {report.first_ts} to {report.last_ts}",
        f"  root     {report.root} at size {report.size}",
        f"  key      {report.key_source}",
    ]
    for problem in report.problems:
        colour = "red" if problem.code.startswith("A") else "yellow"
        lines.append(f"  {click.style(problem.code, fg=colour)}  {problem.message}")
    return lines


def _progress() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None
    from rich.progress import Progress, TaskID  # noqa: PLC0415  # only for a person at a terminal

    bar = Progress(transient=True)
    task: list[TaskID] = []

    def show(done: int, total: int) -> None:
        if total < _WORTH_A_BAR:
            return
        if not task:
            bar.start()
            task.append(bar.add_task("verifying", total=total))
        bar.update(task[0], completed=done)
        if done >= total:
            bar.stop()

    return show


def _notes(path: Path) -> list[str]:
    """Checkpoints in a file: signed notes one after the other, or one JSON string a line."""
    import json  # noqa: PLC0415  # only for the option

    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith('"'):
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            click.echo(f"otel-mcp: {path}: expected one JSON string a line", err=True)
            sys.exit(COULD_NOT)
    # A note ends with its signature lines, the only ones that begin with an em dash; the next text begins after them.
    notes: list[str] = []
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        if block and block[-1].startswith("— ") and not line.startswith("— "):
            notes.append("".join(block))
            block = []
        if block or line.strip():
            block.append(line)
    return [*notes, "".join(block)] if block else notes
