"""The signed, append-only audit log: write it, read it, verify it. Imports neither mcp nor opentelemetry."""

from __future__ import annotations

from otel_mcp.audit.entry import EntryDraft, new_record_id
from otel_mcp.audit.log import AuditLog, Receipt, accept_restore
from otel_mcp.audit.verify import Policy, Problem, Report, verify

__all__ = [
    "AuditLog",
    "EntryDraft",
    "Policy",
    "Problem",
    "Receipt",
    "Report",
    "accept_restore",
    "new_record_id",
    "verify",
]
