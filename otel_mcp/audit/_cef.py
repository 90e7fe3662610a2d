"""An entry as an event of ArcSight's Common Event Format, version 0; the mapping stands in docs/otel-audit.md."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Final

from otel_mcp._version import VERSION
from otel_mcp.audit.facts import address_kind, time_us

if TYPE_CHECKING:
    from otel_mcp.audit.facts import Facts

__all__ = ["cef_line"]

_SEVERITY: Final = {"success": 3, "unknown": 5, "failure": 7}
_LONGEST_MESSAGE: Final = 1023
_LINE_BREAKS: Final = {"\n": "\\n", "\r": "\\r"}
# A reader of lines may take any of these for the end of one.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")


def cef_line(facts: Facts, service: str, *, bodies: bool) -> str:
    """One event, without a line break in it."""
    source = facts.source
    is_v4 = source is not None and address_kind(source) == "ipv4"
    pairs: dict[str, object] = {
        "rt": time_us(facts.time) // 1000,
        "externalId": facts.record_id,
        "act": facts.action,
        "outcome": facts.outcome,
        "suser": facts.actor,
        "suid": facts.subject,
        "src": source if is_v4 else None,
        "shost": None if is_v4 else source,
        "reason": facts.error,
        "destinationServiceName": service,
        "cat": facts.phase,
        "cs1": facts.target,
        "cs2": facts.trace,
        "cs3": base64.b64encode(facts.leaf).decode("ascii"),
        "cn1": facts.index,
        "cn2": facts.duration_us,
    }
    labels = {"cs1": "target", "cs2": "trace", "cs3": "leaf", "cn1": "entry", "cn2": "duration_us"}
    if bodies and facts.body is not None:
        pairs["msg"] = json.dumps(facts.body, ensure_ascii=False)[:_LONGEST_MESSAGE]
    given = {name: value for name, value in pairs.items() if value is not None}
    given |= {f"{name}Label": label for name, label in labels.items() if name in given}
    header = [
        "CEF:0",
        "otel-mcp",
        "audit log",
        *map(_header, (VERSION, facts.event, facts.event.replace(".", " "))),
        str(_SEVERITY.get(facts.outcome, 5)),
    ]
    return "|".join([*header, " ".join(f"{name}={_value(str(value))}" for name, value in given.items())])


def _header(text: str) -> str:
    return _CONTROL.sub(" ", text).replace("\\", "\\\\").replace("|", "\\|")


def _value(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("=", "\\=")
    return _CONTROL.sub(lambda found: _LINE_BREAKS.get(found[0], " "), text)
