"""`otel-mcp query`: search the trail, one row per operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from otel_mcp.access import ACCESS
from otel_mcp.audit.encryption import mode_of
from otel_mcp.audit.query import OperationRow, StoredEntry, entries, operations
from otel_mcp.cli._common import (
    echo_json,
    key_option,
    log_options,
    parse_time,
    reading_keys,
    resolve_log,
    say_locked,
    when,
)
from otel_mcp.cli._readings import record_reading
from otel_mcp.cli._table import print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["command", "operation_table"]

_T = TypeVar("_T")


@click.command("query")
@log_options
@click.option("--event", help="Only this event, such as mcp.tool.call.")
@click.option("--tool", help="Only calls of this tool.")
@click.option("--user", "actor", help="Only what this actor did.")
@click.option("--outcome", type=click.Choice(["success", "failure", "unknown"]), help="Only operations that ended so.")
@click.option("--access", type=click.Choice(ACCESS), help="Only what reads, writes, deletes or exports data.")
@click.option("--trace", help="Only this trace id.")
@click.option("--since", help="From this time: 2026-11-24, 2026-11-24T10:00:00Z, or an age such as 90m or 7d.")
@click.option("--until", help="Before this time.")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most this many rows."
)
@click.option("--oldest-first", is_flag=True, help="Begin at the beginning.")
@key_option
@click.option("--entries", "raw", is_flag=True, help="The raw entries instead of operations.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(
    directory: Path | None,
    service: str | None,
    event: str | None,
    tool: str | None,
    actor: str | None,
    outcome: str | None,
    access: str | None,
    trace: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    oldest_first: bool,
    key: str | None,
    raw: bool,
    as_json: bool,
) -> None:
    r"""Search the trail. Exit status 0 also when nothing matches; 3 when there is no trail.

    \b
    Examples:
      otel-mcp query --tool git_commit --since 7d
      otel-mcp query --access delete --since 30d
      otel-mcp query --outcome failure --json | jq .error
      otel-mcp query --trace 4bf92f3577b34da6a3ce929d0e0e4736 --entries
    """
    log = resolve_log(directory, service)
    filters: dict[str, Any] = {
        "event": event,
        "tool": tool,
        "outcome": outcome,
        "access": access,
        "since_us": parse_time(since),
        "until_us": parse_time(until),
        "trace": trace,
        "actor": actor,
        "limit": limit,
        "newest_first": not oldest_first,
        "keys": reading_keys(log, key),
    }
    looked_for = {name: filters[name] for name in filters if name not in ("keys", "newest_first", "actor")}
    record_reading(log, key, "query", {**looked_for, "user": actor})
    locked: list[bool] = [actor is not None and filters["keys"] is None and mode_of(log) != "off"]
    if raw:
        _print_entries(_noting(entries(log, **filters), _is_locked, locked), as_json=as_json)
    else:
        _print_operations(_noting(operations(log, **filters), OperationRow.is_locked, locked), as_json=as_json)
    if any(locked):
        say_locked()


def _is_locked(entry: StoredEntry) -> bool:
    return entry.locked


def _noting(found: Iterable[_T], is_locked: Callable[[_T], bool], locked: list[bool]) -> Iterator[_T]:
    for item in found:
        locked[0] |= is_locked(item)
        yield item


def _print_entries(found: Iterable[StoredEntry], *, as_json: bool) -> None:
    if as_json:
        for entry in found:
            echo_json(entry_json(entry))
        return
    rows: list[tuple[str, ...]] = [
        (
            str(entry.index),
            when(entry.head["ts"]),
            entry.head["event"],
            entry.head["phase"],
            target_of(entry),
            entry.head["outcome"],
        )
        for entry in found
    ]
    print_table(("entry", "time", "event", "phase", "target", "outcome"), rows)


def _print_operations(found: Iterable[OperationRow], *, as_json: bool) -> None:
    if as_json:
        for row in found:
            echo_json(operation_json(row))
        return
    print_table(*operation_table(found))


def operation_table(found: Iterable[OperationRow]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Titles and rows for a person."""
    titles = ("entry", "time", "side", "event", "target", "actor", "ms", "outcome")
    return titles, [
        (
            str(row.index),
            when(row.time),
            row.side or "",
            row.event,
            row.target or method_of(row),
            row.actor or "-",
            "" if row.duration_us is None else f"{row.duration_us / 1000:.1f}",
            row.outcome if row.error is None else f"{row.outcome} ({row.error})",
        )
        for row in found
    ]


def method_of(row: OperationRow) -> str:
    """The JSON-RPC method of a request that acts on nothing with a name of its own."""
    entry = row.outcome_entry or row.intent
    method = entry.head.get("method") if entry is not None else None
    return method if isinstance(method, str) else ""


def entry_json(entry: StoredEntry) -> dict[str, Any]:
    """An entry as stored: the head's members, the leaf in hex, the body."""
    locked = {"locked": True} if entry.locked else {}
    return {"index": entry.index, "leaf": entry.leaf.hex(), "head": entry.head, "body": entry.body, **locked}


def operation_json(row: OperationRow) -> dict[str, Any]:
    """An operation with its arguments and result, as far as the trail keeps them."""
    outcome = row.outcome_entry
    return {
        "index": row.index,
        "time": row.time,
        "event": row.event,
        "side": row.side,
        "access": row.access,
        "target": row.target,
        "actor": row.actor,
        "outcome": row.outcome,
        "error": row.error,
        "duration_us": row.duration_us,
        "trace": row.trace,
        "record_id": row.record_id,
        "body": outcome.body if outcome is not None else None,
        **({"locked": True} if row.is_locked() else {}),
    }


def target_of(entry: StoredEntry) -> str:
    """The name of what an entry is about, from the head or, where the head must not have it, from the body."""
    for key in ("tool", "prompt", "resource", "method"):
        for part in (entry.body or {}, entry.head):
            if isinstance(value := part.get(key), str):
                return value
    return ""
