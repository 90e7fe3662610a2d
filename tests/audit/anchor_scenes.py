"""What the tests of anchors do to logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_scenes import draft, edit_head, owner, raw, rehash

from otel_mcp.audit import AuditLog

if TYPE_CHECKING:
    from pathlib import Path


def grow(directory: Path, count: int = 1) -> None:
    """Append more entries, with a start and a stop record around them."""
    log = AuditLog.open(directory, service="weather")
    for number in range(count):
        log.append(draft(number))
    log.close()


def rewrite_history(directory: Path, log: AuditLog) -> None:
    """Change an entry as somebody does who has the log's key: everything in the log fits afterwards."""
    with raw(directory) as connection:
        edit_head(connection, 2, outcome="failure")
        rehash(connection, owner(log))
