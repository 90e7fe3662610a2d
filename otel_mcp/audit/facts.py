"""What an entry says, in the words that every export shares."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.audit.importing import RECORD
from otel_mcp.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from otel_mcp.audit.query import StoredEntry

__all__ = ["Facts", "address_kind", "facts_of", "time_us"]

_TARGETS: Final = ("tool", "prompt", "resource")


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry; what nobody knows, or was erased, is None."""

    index: int
    time: str
    """When it happened: of an imported record the time that it claims."""
    observed: str
    event: str
    phase: str
    action: str
    outcome: str
    subject: str | None
    """The pseudonym in the head."""
    actor: str | None
    """The clear name."""
    actor_type: str
    target: str | None
    target_type: str | None
    source: str | None
    error: str | None
    duration_us: int | None
    trace: str | None
    span: str | None
    record_id: str
    leaf: bytes
    head: Mapping[str, Any]
    head_text: str
    body: Mapping[str, Any] | None


def facts_of(entry: StoredEntry, *, names: bool = True) -> Facts:
    """What the entry says; without `names` from its head alone, so that no erasure changes it."""
    head, body = entry.head, (entry.body or {}) if names else {}
    imported = body.get("imported") if entry.head["event"] == RECORD else None
    action = imported.get("action") if isinstance(imported, dict) else None
    target, kind = _target(head, body)
    duration = head.get("dur")
    return Facts(
        index=entry.index,
        time=min(_text(head.get("claimed_ts")) or head["ts"], head["ts"]),
        observed=head["ts"],
        event=head["event"],
        phase=head["phase"],
        action=action.upper() if isinstance(action, str) and action else str(head.get("action")),
        outcome=head["outcome"],
        subject=_text(head.get("actor")),
        actor=(entry.actor_name or _text(body.get("actor"))) if names else None,
        actor_type=str(head.get("actor_type")),
        target=target,
        target_type=kind,
        source=_text(body.get("client_address")),
        error=_text(head.get("err")),
        duration_us=duration if isinstance(duration, int) else None,
        trace=_text(head.get("trace")),
        span=_text(head.get("span")),
        record_id=head["id"],
        leaf=entry.leaf,
        head=head,
        head_text=entry.head_text,
        body=entry.body if names else None,
    )


def time_us(timestamp: str) -> int:
    """Microseconds since 1970 of a head's time.

    Raises:
        MalformedError: it is none.
    """
    try:
        moment = datetime.fromisoformat(timestamp[:-1]).replace(tzinfo=timezone.utc)
    except (ValueError, TypeError):
        raise MalformedError(f"{str(timestamp)[:40]!r} is no time (run `otel-mcp verify`)") from None
    since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def address_kind(address: str) -> str:
    """`ipv4`, `ipv6` or `hostname`."""
    try:
        return f"ipv{ipaddress.ip_address(address).version}"
    except ValueError:
        return "hostname"


def _target(head: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[str | None, str | None]:
    for part in (body, head):
        for kind in _TARGETS:
            if isinstance(value := part.get(kind), str):
                return value, f"mcp.{kind}" if "method" in head else kind
    return _text(body.get("target")), None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
