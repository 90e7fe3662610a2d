"""`otel-mcp redact`: JSON lines in, redacted JSON lines out."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from otel_mcp.audit.rules import adopt_rules, read_rules
from otel_mcp.cli import redact_lint, redact_test
from otel_mcp.cli._common import COULD_NOT
from otel_mcp.config import Config, default_service
from otel_mcp.redaction import Redactor, sensitive_environment

__all__ = ["command"]


@click.group("redact", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    r"""Redact one JSON object a line, from stdin to stdout.

    \b
    In:   {"id": …, "value": …, "schema": {…}, "tool": "…"}      (schema and tool may be left out)
    Out:  {"id": …, "value": …, "findings": [{"rule": "…", "path": "…"}]}

    A finding never holds the value. A line that is not such an object gives an error line on stderr with its number,
    the other lines are still served, and the exit status is 3. OTEL_MCP_REDACTION_RULES names a file of your own rules,
    as it does for servers.

    \b
    Example:
      echo '{"id": 1, "value": {"password": "marigold", "note": "ask marigold"}}' | otel-mcp redact
    """
    if ctx.invoked_subcommand is None:
        _filter()


command.add_command(redact_test.command)
command.add_command(redact_lint.command)


def _filter() -> None:
    redactor = Redactor(process_secrets=sensitive_environment(os.environ))
    if os.environ.get(Config.variable("redaction_rules")):
        config = Config.from_environment()
        adopt_rules(redactor, read_rules(config), config, service=default_service(program="redact"))
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            document = _parse(line)
        except ValueError as exc:
            click.echo(f"otel-mcp: line {number}: {exc}", err=True)
            failed = True
            continue
        click.echo(json.dumps(_redact(redactor, document), ensure_ascii=False))
        sys.stdout.flush()
    if failed:
        sys.exit(COULD_NOT)


def _parse(line: bytes) -> dict[str, Any]:
    """The line's object.

    Raises:
        ValueError: with a sentence that quotes nothing of the input, which may hold secrets.
    """
    try:
        document = json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as exc:
        raise ValueError(f"not JSON (column {exc.colno}: {exc.msg})") from None
    except RecursionError:
        raise ValueError("nested too deeply to be parsed") from None
    if not isinstance(document, dict) or "value" not in document:
        raise ValueError(  # one kind of error for one bad line
            'expected an object with a "value"'
        )
    if not isinstance(document.get("schema"), (dict, type(None))):
        raise ValueError('"schema" must be an object')  # noqa: TRY004  # likewise
    return document


def _redact(redactor: Redactor, document: dict[str, Any]) -> dict[str, Any]:
    tool = document.get("tool")
    scope = redactor.scope(tool if isinstance(tool, str) else None)
    safe = scope.value(document["value"], schema=document.get("schema"))
    findings = [{"rule": finding.rule, "path": finding.path} for finding in safe.findings]
    return {"id": document.get("id"), "value": safe.value, "findings": findings}
