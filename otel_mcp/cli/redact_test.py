"""`otel-mcp redact test`: does a file of redaction rules do what its own examples say?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otel_mcp.cli._common import TAMPERED, counted, echo_json, settings_environment
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError, RuleError
from otel_mcp.redaction import Redactor
from otel_mcp.redaction.marks import marker_spans
from otel_mcp.redaction.policyfile import load_file
from otel_mcp.redaction.rulefile import run_examples
from otel_mcp.redaction.ruleset import scanner_with
from otel_mcp.rules import missing_of, rules_text

if TYPE_CHECKING:
    from otel_mcp.redaction.policyfile import RuleFile
    from otel_mcp.redaction.rulefile import Problem

__all__ = ["command"]


@click.command("test")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def command(file: Path, *, as_json: bool) -> None:
    """Run the examples of a rule file.

    Every `match` must be found and no `no_match` may be. A key or a plug-in that the file needs and that is missing
    here (for the service that OTEL_SERVICE_NAME names) is told on stderr.

    The exit status is 0 if the examples behave, 1 if one behaves otherwise, and 3 if the file cannot be used or says
    nothing.
    """
    source = str(file)
    read = load_file(rules_text(file, source), source=source)
    problems = run_examples(read.rows)
    examples = sum(len(row.match) + len(row.no_match) for row in read.rows)
    warnings = [*_other_kinds(read), *_warnings(read, source)]
    if as_json:
        failed = [{"rule": one.rule, "example": one.example, "reason": one.reason} for one in problems]
        said = {"file": source, "rules": len(read.rows), "settings": read.settings, "examples": examples}
        echo_json({**said, "problems": failed, "warnings": warnings})
    if not read.rows and not read.settings:
        raise RuleError(f"{source}: says nothing: no rule and no setting is in it")
    if not as_json:
        _print(read, examples, problems, warnings)
    if problems:
        sys.exit(TAMPERED)


def _print(read: RuleFile, examples: int, problems: list[Problem], warnings: list[str]) -> None:
    for problem in problems:
        click.secho(str(problem), fg="red")
    if problems:
        verb = "behaves" if len(problems) == 1 else "behave"
        click.echo(f"{len(problems)} of {counted(examples, 'example')} {verb} otherwise than the file says")
    else:
        held = f"{counted(len(read.rows), 'rule')}, {counted(read.settings, 'setting')}"
        verdict = "all as they should be" if examples else "nothing to try"
        click.secho(f"{held}, {counted(examples, 'example')}: {verdict}", fg="green" if examples else None)
    for sentence in warnings:
        click.secho(f"otel-mcp: {sentence}", fg="yellow", err=True)


def _warnings(read: RuleFile, source: str) -> list[str]:
    """What the file needs and is not here."""
    try:
        environ = settings_environment()
        config = Config.from_environment(environ)
    except ConfigError as exc:
        return [str(exc)]
    missing = missing_of(read, config, service=default_service(environ, "redact"), source=source)
    return [f"{sentence}; where that is so, a program keeps no content" for sentence in missing]


def _other_kinds(read: RuleFile) -> list[str]:
    """Examples that are removed under another name, so that the mode of their row does not hold."""
    redactor = Redactor(scanner=scanner_with([row.rule for row in read.rows], without=read.without))
    said = []
    for row in read.rows:
        for number, example in enumerate(row.match, 1):
            spans = marker_spans(redactor.scope().value([example]).value[0])
            if spans and row.rule.id not in {span.kind for span in spans}:
                names = ", ".join(dict.fromkeys(span.kind for span in spans))
                said.append(f"{row.rule.id}: match {number} is removed as {names}, so its own mode does not hold there")
    return said
