"""An entry as an event API Activity (class 6003) of the Open Cybersecurity Schema Framework, version 1.8.0."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from otel_mcp._version import VERSION
from otel_mcp.audit.facts import address_kind, time_us

if TYPE_CHECKING:
    from otel_mcp.audit.facts import Facts

__all__ = ["OCSF_VERSION", "ocsf_event"]

OCSF_VERSION: Final = "1.8.0"

_CLASS: Final = 6003
_OTHER: Final = 99
_ACTIVITIES: Final = {"CREATE": 1, "READ": 2, "UPDATE": 3, "DELETE": 4}
_BY_ACCESS: Final = {"read": "READ", "write": "UPDATE", "delete": "DELETE", "export": "EXPORT"}
_STATUS: Final = {"success": (1, "Success"), "failure": (2, "Failure")}
_SEVERITY: Final = {"success": 1, "failure": 2}


def ocsf_event(facts: Facts, service: str, origin: str, *, bodies: bool) -> dict[str, Any]:
    """The event; the mapping stands in docs/otel-audit.md."""
    action = _BY_ACCESS.get(str(facts.head.get("access")), facts.action)
    activity = _ACTIVITIES.get(action, _OTHER)
    status_id, status = _STATUS.get(facts.outcome, (0, "Unknown"))
    event: dict[str, Any] = {
        "category_uid": _CLASS // 1000,
        "class_uid": _CLASS,
        "activity_id": activity,
        "activity_name": action,
        "type_uid": _CLASS * 100 + activity,
        "severity_id": _SEVERITY.get(facts.outcome, 0),
        "status_id": status_id,
        "status": status,
        "time": time_us(facts.time) // 1000,
        "message": facts.event,
        "actor": _actor(facts, service),
        "src_endpoint": _endpoint(facts),
        "api": _api(facts, service),
        "metadata": {
            "version": OCSF_VERSION,
            "product": {"name": "otel-mcp", "vendor_name": "otel-mcp", "version": VERSION},
            "uid": facts.record_id,
            "original_time": facts.time,
            "log_name": origin,
            "sequence": facts.index,
            **({} if facts.trace is None else {"correlation_uid": facts.trace}),
        },
        "raw_data": facts.head_text,
        "unmapped": {
            "phase": facts.phase,
            "leaf": base64.b64encode(facts.leaf).decode("ascii"),
            **({"body": facts.body} if bodies and facts.body is not None else {}),
        },
    }
    if facts.target is not None:
        kind = {} if facts.target_type is None else {"type": facts.target_type}
        event["resources"] = [{"name": facts.target, **kind}]
    if facts.duration_us is not None:
        event["duration"] = facts.duration_us // 1000
    if facts.error is not None:
        event["status_detail"] = facts.error
    return event


def _actor(facts: Facts, service: str) -> dict[str, Any]:
    if facts.subject is None:
        return {"app_name": service}
    return {"user": {"uid": facts.subject, **({} if facts.actor is None else {"name": facts.actor})}}


def _endpoint(facts: Facts) -> dict[str, Any]:
    if facts.source is None:
        return {"name": str(facts.head.get("transport") or "unknown")}
    return {"hostname" if address_kind(facts.source) == "hostname" else "ip": facts.source}


def _api(facts: Facts, service: str) -> dict[str, Any]:
    api: dict[str, Any] = {"operation": str(facts.head.get("method") or facts.event), "service": {"name": service}}
    if "req" in facts.head:
        api["request"] = {"uid": str(facts.head["req"])}
    if facts.error is not None:
        api["response"] = {"error": facts.error}
    return api
