"""`otel-mcp redact test`: does a file of redaction rules do what its own examples say?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from otel_mcp.cli._common import TAMPERED, echo_json
from otel_mcp.errors import RuleError
from otel_mcp.redaction.policyfile import load_file
from otel_mcp.redaction.rulefile import run_examples

__all__ = ["command"]


@click.command("test")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def command(file: Path, *, as_json: bool) -> None:
    """Run the examples of a rule file.

    Every `match` must be found and no `no_match` may be. The exit status is 0 if that is so, 1 if an example behaves
    otherwise, and 3 if the file cannot be used.
    """
    rows = load_file(_text(file), source=str(file)).rows
    problems = run_examples(rows)
    examples = sum(len(row.match) + len(row.no_match) for row in rows)
    if as_json:
        failed = [{"rule": problem.rule, "example": problem.example} for problem in problems]
        echo_json({"file": str(file), "rules": len(rows), "examples": examples, "problems": failed})
    elif problems:
        for problem in problems:
            click.secho(str(problem), fg="red")
        click.echo(f"{len(problems)} of {examples} examples behave otherwise than the file says")
    else:
        click.secho(f"{len(rows)} rules, {examples} examples: all as they should be", fg="green")
    if problems:
        sys.exit(TAMPERED)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as exc:
        raise RuleError(f"{file}: {exc.strerror.lower() if exc.strerror else 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{file}: not UTF-8") from None
