"""`otel-mcp reconcile`: does exported telemetry say what the trail says?"""

from __future__ import annotations

import base64
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from otel_mcp.audit._seen import read_telemetry
from otel_mcp.audit.entry import format_time
from otel_mcp.audit.reconcile import reconcile
from otel_mcp.audit.report import Policy
from otel_mcp.cli._common import OK, TAMPERED, WEAK, echo_json, log_options, no_more_output, resolve_log
from otel_mcp.cli._progress import bar
from otel_mcp.cli._readings import record_reading
from otel_mcp.cli.verify import key_words
from otel_mcp.errors import ConfigError
from otel_mcp.tlog import Verifier

if TYPE_CHECKING:
    from otel_mcp.audit._seen import Seen
    from otel_mcp.audit.reconcile import Reconciliation

__all__ = ["command"]

_VERDICTS: Final = {
    OK: ("they agree", "green"),
    TAMPERED: ("THE TRAIL WAS CHANGED", "red"),
    WEAK: ("no contradiction, but not all of it is proven", "yellow"),
}
_MOST_SHOWN: Final = 20
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("reconcile")
@log_options
@click.option("--spans", multiple=True, type=_FILE, help="A file of exported spans (OTLP/JSON lines). May be repeated.")
@click.option("--logs", multiple=True, type=_FILE, help="A file of exported log records. May be repeated.")
@click.option("--vkey", "vkeys", multiple=True, help="The verifier key to trust, as `otel-mcp keys show` prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    directory: Path | None,
    service: str | None,
    spans: tuple[Path, ...],
    logs: tuple[Path, ...],
    vkeys: tuple[str, ...],
    as_json: bool,
) -> None:
    r"""Compare the trail with telemetry that a backend or the Collector's file exporter kept.

    The files hold OTLP/JSON, one request a line. Spans and log records carry the leaf hash of their entry, and
    checkpoints are log records too: what arrived and is not in the trail was taken out of it, or lost in a crash.

    \b
    Exit status:
      0 they agree
      1 the trail was changed
      2 no contradiction, but something never arrived, was lost, or is not proven
      3 nothing to compare, or could not compare

    \b
    Example:
      otel-mcp reconcile --spans traces.jsonl --logs logs.jsonl
    """
    if not spans and not logs:
        raise ConfigError("with what? (--spans FILE, --logs FILE, as the Collector's file exporter writes them)")
    log = resolve_log(directory, service)
    record_reading(log, None, "reconcile", {})
    for vkey in vkeys:
        Verifier.parse(vkey)
    # Before the log: it only grows, so what was exported before must be in it.
    telemetry = read_telemetry([*spans, *logs])
    found = reconcile(log, telemetry, Policy(trusted_keys=vkeys), progress=None if as_json else bar("comparing"))
    try:
        if as_json:
            echo_json(_document(found, log), indent=2)
        else:
            for line in _lines(found, log):
                click.echo(line)
    except BrokenPipeError:
        no_more_output()  # the verdict stands, read or not
    sys.exit(found.exit_code)


def _document(found: Reconciliation, log: Path) -> dict[str, Any]:
    return {
        "exit_code": found.exit_code,
        "directory": str(log),
        "origin": found.report.origin,
        "size": found.report.size,
        "pinned": found.report.pinned,
        **{name: getattr(found, name) for name, _ in (*_COUNTS, *_WEAK)},
        "never_arrived": found.never,
        "gone": [_seen_json(seen) for seen in found.gone],
        "lost": [_seen_json(seen) for seen in found.lost],
        "different": [_seen_json(one.seen) | {"index": one.index} for one in found.different],
        "problems": [asdict(problem) for problem in found.report.problems],
    }


_COUNTS: Final = (
    ("arrived", "entries arrived"),
    ("checkpoints", "checkpoints of this trail arrived"),
    ("outside", "entries are before or after the time that the telemetry covers"),
    ("pruned", "are older than the oldest entry that was kept"),
    ("others", "are of other trails"),
)
_WEAK: Final = (
    ("unassigned", "are not in this trail, and may be of another"),
    ("unproven", "checkpoints name this trail and are signed by none of its keys"),
    ("revoked", "checkpoints are signed by a key that was revoked, and count for nothing"),
    ("unaudited", "operations were emitted without an entry (the trail could not be written)"),
    ("unreadable", "lines or values could not be read"),
)


def _lines(found: Reconciliation, log: Path) -> list[str]:
    """Verdict first, then counts, then everything that does not agree."""
    words, colour = _VERDICTS.get(found.exit_code, _VERDICTS[WEAK])
    lines = [click.style(words, fg=colour, bold=True) + f"  {log}", f"  key  {key_words(found.report)}"]
    lines += [
        f"  {getattr(found, name):,} {what}" for name, what in _COUNTS if getattr(found, name) or name == "arrived"
    ]
    lines += [_line("?", "yellow", f"{getattr(found, name):,} {what}") for name, what in _WEAK if getattr(found, name)]
    lines += _some([_line("GONE", "red", f"{_words(s)} arrived, and is not in the trail") for s in found.gone])
    lines += _some(
        [
            _line("CHANGED", "red", f"entry {one.index} has another leaf hash than its {_words(one.seen)}")
            for one in found.different
        ]
    )
    lines += _some(
        [_line("lost", "yellow", f"{_words(s)} arrived, and was lost in a crash or a restore") for s in found.lost]
    )
    lines += _some([_line("never", "yellow", f"entry {index} never arrived") for index in found.never])
    for problem in found.report.problems:
        lines.append(_line(problem.code, "red" if problem.code.startswith("A") else "yellow", problem.message))
    return lines


def _line(mark: str, colour: str, text: str) -> str:
    return f"  {click.style(mark, fg=colour)}  {text}"


def _some(lines: list[str]) -> list[str]:
    more = [f"  … and {len(lines) - _MOST_SHOWN} more (--json)"] if len(lines) > _MOST_SHOWN else []
    return lines[:_MOST_SHOWN] + more


def _words(seen: Seen) -> str:
    what = "log record" if seen.kind == "log" else "span"
    name = seen.record_id or seen.span
    return f"{what} {_printable(name)} of {format_time(max(seen.time_us, 0))}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:64]


def _seen_json(seen: Seen) -> dict[str, Any]:
    return {
        "kind": seen.kind,
        "leaf": base64.b64encode(seen.leaf).decode("ascii"),
        "time": format_time(max(seen.time_us, 0)),
        "service": seen.service,
        "record_id": seen.record_id,
        "trace": seen.trace,
        "span": seen.span,
    }
