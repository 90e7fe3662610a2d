"""`otel-mcp verify`: is the trail complete and unchanged?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from otel_mcp.audit.anchors import load_roots
from otel_mcp.audit.keys import pins_path
from otel_mcp.audit.verify import Policy, Report, verify
from otel_mcp.cli._common import TAMPERED, echo_json, log_options, no_more_output, resolve_log
from otel_mcp.cli._progress import bar
from otel_mcp.cli._readings import record_reading
from otel_mcp.errors import ConfigError, MalformedError
from otel_mcp.tlog import Checkpoint, TrustPolicy, Verifier, parse_note, split_notes

__all__ = ["command", "describe", "key_words"]

_VERDICTS = {
    0: ("verified", "green"),
    1: ("TAMPERED", "red"),
    2: ("intact, but not proven", "yellow"),
}
_MISSING = {
    "witness": "no checkpoint that somebody outside saw (--witness FILE, or --policy FILE and `otel-mcp anchor`)",
    "timestamp": "no time stamp of a trusted authority (--tsa-roots PEM and `otel-mcp anchor --tsa URL`)",
    "clean-writers": "a writer ended without its stop record (W04 says which)",
}


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
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keys of logs and witnesses, and how many it takes (c2sp.org/tlog-policy).",
)
@click.option(
    "--tsa-roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PEM file of the root certificates of time-stamp authorities.",
)
@click.option(
    "--require", "requirements", help="Strengths that must hold, comma-separated: witness, timestamp, clean-writers."
)
@click.option("--fast", is_flag=True, help="Check hashes and the last checkpoint only.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    directory: Path | None,
    service: str | None,
    vkeys: tuple[str, ...],
    witnesses: tuple[Path, ...],
    policy_file: Path | None,
    tsa_roots: Path | None,
    requirements: str | None,
    fast: bool,
    as_json: bool,
) -> None:
    r"""Check every entry, checkpoint and body of the trail, offline.

    \b
    Exit status:
      0 verified with a pinned key
      1 tampering
      2 intact, but the key is not pinned or a required strength is missing
      3 nothing to verify, or could not verify

    \b
    Examples:
      otel-mcp verify
      otel-mcp verify --dir ./copy --vkey 'host/otel-mcp/git/1a2b3c4d+5e6f7a8b+AQ…'
      otel-mcp verify --require clean-writers --json
    """
    log = resolve_log(directory, service)
    for vkey in vkeys:
        Verifier.parse(vkey)
    policy = Policy(
        trusted_keys=vkeys,
        require=frozenset(filter(None, (requirements or "").split(","))),
        witness_notes=tuple(note for path in witnesses for note in _notes(path)),
        trust=TrustPolicy.parse(policy_file.read_bytes()) if policy_file else None,
        roots=load_roots(tsa_roots.read_bytes(), f"--tsa-roots {tsa_roots}") if tsa_roots else (),
    )
    report = verify(log, policy, fast=fast, progress=None if as_json else bar("verifying"))
    if report.exit_code != TAMPERED:  # what was tampered with stays as it was found
        record_reading(log, None, "verify", {"size": report.size, "root": report.root, "verdict": report.exit_code})
    try:
        if as_json:
            echo_json({**asdict(report), "exit_code": report.exit_code, "directory": str(log)}, indent=2)
        else:
            for line in describe(report, str(log)):
                click.echo(line)
    except BrokenPipeError:
        no_more_output()  # the verdict stands, read or not
    sys.exit(report.exit_code)


def describe(report: Report, place: str) -> list[str]:
    """The report as lines for a terminal: verdict first, then what it rests on, then every problem."""
    verdict, colour = _VERDICTS[report.exit_code]
    files = f"{report.files} {'file' if report.files == 1 else 'files'}"
    lines = [
        click.style(verdict, fg=colour, bold=True) + f"  {place}",
        f"  log      {report.origin}",
        f"  entries  {report.entries:,} in {files}, {report.first_ts} to {report.last_ts}",
        f"  root     {report.root} at size {report.size}",
        f"  key      {key_words(report)}",
    ]
    if report.start:
        lines.insert(3, f"  pruned   entries 0..{report.start - 1}, after a signed record")
    if report.archive:
        lines.insert(2, f"  archive  sealed files; what came after entry {report.size - 1} is not here")
    if report.witnessed:
        lines.append(f"  witness  saw the first {report.witnessed:,} entries as they are")
    if report.stamped:
        lines.append(f"  stamped  {report.stamped}")
    lines += [f"  {click.style('missing', fg='yellow')}  {name}: {_MISSING[name]}" for name in report.missing]
    for problem in report.problems:
        colour = "red" if problem.code.startswith("A") else "yellow"
        lines.append(f"  {click.style(problem.code, fg=colour)}  {problem.message}")
    return lines


def key_words(report: Report) -> str:
    """What the identity rests on."""
    if any(problem.code == "A07" and "none of the trusted keys" in problem.message for problem in report.problems):
        return "none of the keys given with --vkey is this log's"
    return {
        "given by the caller": "given with --vkey",
        "known_logs": f"pinned in {pins_path()}",
        "found beside the log": "not pinned: found beside the log (compare it with the operator's, then pass --vkey)",
    }.get(report.key_source, report.key_source)


def _notes(path: Path) -> list[str]:
    """Checkpoints in a file: signed notes one after the other, or one JSON string a line.

    Raises:
        ConfigError: it holds none, or something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
        notes = _of_json_lines(text) if text.lstrip().startswith('"') else split_notes(text)
        for note in notes:
            Checkpoint.parse(parse_note(note).text)
    except (OSError, ValueError, MalformedError) as exc:
        reason = (exc.strerror or "").lower() if isinstance(exc, OSError) else _reason(exc)
        raise ConfigError(f"--witness {path}: holds no checkpoint: {reason}") from None
    if not notes:
        raise ConfigError(f"--witness {path}: holds no checkpoint: it is empty")
    return notes


def _reason(exc: Exception) -> str:
    return str(exc) if isinstance(exc, MalformedError) else "not UTF-8, or not one JSON string a line"


def _of_json_lines(text: str) -> list[str]:
    notes = [json.loads(line) for line in text.splitlines() if line.strip()]
    if not all(isinstance(note, str) for note in notes):
        raise ValueError("a line is no string")
    return notes
