"""`otel-mcp redact`: JSON lines in, redacted JSON lines out."""

from __future__ import annotations

import json
import os
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp.cli import redact_lint, redact_test
from otel_mcp.cli._common import COULD_NOT, settings_environment
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError
from otel_mcp.redaction import Redactor, sensitive_environment
from otel_mcp.redaction.marks import MOST_FINDINGS
from otel_mcp.redaction.schema import check_schema
from otel_mcp.rules import adopt_rules, read_rules

if TYPE_CHECKING:
    from otel_mcp.redaction import Redacted

__all__ = ["command"]

_MEMBERS: Final = ("id", "value", "schema", "tool")
_MOST_ERRORS: Final = 20
_EXAMPLE: Final = '{"value": …}, and beside it "id", "schema" and "tool" if you like'


class _Filter(click.Group):
    """A group that says of what is no subcommand how a file is given to the filter."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise click.UsageError(f"{meant}the filter reads stdin: otel-mcp redact < {args[0]}", ctx)
        return super().resolve_command(ctx, args)


@click.group("redact", cls=_Filter, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    r"""Redact one JSON object a line, from stdin to stdout.

    \b
    In:   {"id": …, "value": …, "schema": {…}, "tool": "…"}      (only "value" is needed)
    Out:  {"id": …, "value": …, "findings": [{"rule": "…", "path": "…"}]}

    "id" is copied as it is. A finding never holds the value; where something was cut off because of a limit, that is a
    finding too (oversize, depth). After 256 findings the rest is left out, and "more_findings": true stands there. A
    line that is not such an object, or whose schema cannot be used, gives an error line on stderr with its number, the
    other lines are still served, and the exit status is 3; after 20 of them only their number is told.

    OTEL_MCP_REDACTION_RULES names a file of your own rules, as it does for servers. Pseudonyms (mode hmac) are made
    with the key of the service that OTEL_SERVICE_NAME names, or with OTEL_MCP_AUDIT_KEY.

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
    environ = settings_environment()
    if environ.get(Config.variable("redaction_rules")):
        config = Config.from_environment(environ)
        service = default_service(environ, "redact")
        adopt_rules(redactor, read_rules(config), config, service=service, say=_complain)
    if sys.stdin is None:
        raise ConfigError("stdin is closed (give the lines to it: otel-mcp redact < FILE)")
    errors = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            document = _parse(line)
        except ValueError as exc:
            errors += 1
            if errors <= _MOST_ERRORS:
                _complain(f"line {number}: {exc}")
            continue
        click.echo(json.dumps(_redact(redactor, document), ensure_ascii=False))
        sys.stdout.flush()
    if errors > _MOST_ERRORS:
        _complain(f"{errors} lines could not be used; the first {_MOST_ERRORS} are named above")
    if errors:
        sys.exit(COULD_NOT)


def _complain(sentence: str) -> None:
    click.echo(f"otel-mcp: {sentence}", err=True)


def _parse(line: bytes) -> dict[str, Any]:
    """The line's object.

    Raises:
        ValueError: with a sentence that quotes nothing of the input, which may hold secrets.
    """
    document = _loaded(line)
    if not isinstance(document, dict) or "value" not in document:
        raise ValueError(  # one kind of error for one bad line
            f'expected an object with a "value": {_EXAMPLE}'
        )
    if unknown := [name for name in document if name not in _MEMBERS]:
        _refuse_member(unknown[0])
    for name, kind, called in (("schema", dict, "an object"), ("tool", str, "a text")):
        if not isinstance(document.get(name), (kind, type(None))):
            raise ValueError(f'"{name}" must be {called}')  # noqa: TRY004  # likewise
    if (schema := document.get("schema")) is not None:
        try:
            check_schema(schema)
        except ValueError as exc:
            raise ValueError(f'"schema": {exc}') from None
    return document


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as exc:
        raise ValueError(f"not JSON (column {exc.colno}: {exc.msg})") from None
    except RecursionError:
        raise ValueError("nested too deeply to be parsed") from None
    except ValueError:  # Python's guard against numbers that take long to read
        raise ValueError(f"a number of more than {sys.get_int_max_str_digits():,} digits") from None


def _refuse_member(name: str) -> None:
    # A name of the input may be a secret, unless it is nearly one of ours.
    near = get_close_matches(name, _MEMBERS, 1)
    meant = f'; did you mean "{near[0]}"?' if near else ""
    raise ValueError(f"unknown member (known: {', '.join(_MEMBERS)}{meant})")


def _redact(redactor: Redactor, document: dict[str, Any]) -> dict[str, Any]:
    scope = redactor.scope(document.get("tool"))
    safe = scope.leaving(scope.value(document["value"], schema=document.get("schema")))
    return {"id": document.get("id"), "value": safe.value, **_findings(safe)}


def _findings(safe: Redacted) -> dict[str, Any]:
    findings = [{"rule": finding.rule, "path": finding.path} for finding in safe.findings[:MOST_FINDINGS]]
    more = {"more_findings": True} if len(safe.findings) > MOST_FINDINGS else {}
    return {"findings": findings, **more}
