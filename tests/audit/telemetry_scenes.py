"""Telemetry of a log as a backend has it: spans, log records and checkpoints in OTLP/JSON."""

from __future__ import annotations

import base64

from audit.audit_scenes import draft, raw

from otel_mcp.audit.facts import time_us
from otel_mcp.audit.query import entries

SIDE = {"side": "server", "method": "tools/call", "tool": "get_forecast", "dur": 10}


def traced(number):
    return draft(number, attributes=SIDE | {"trace": f"{number + 1:032x}", "span": f"{number + 1:016x}"})


def attributes(**values):
    return [{"key": name.replace("__", "."), "value": {"stringValue": value}} for name, value in values.items()]


def resource(service="weather", **more):
    return {"attributes": [{"key": "service.name", "value": {"stringValue": service}}, *attributes(**more)]}


def stored(directory):
    return [entry for entry in entries(directory) if "side" in entry.head]


def leaf(entry):
    return base64.b64encode(entry.leaf).decode()


def nanoseconds(entry):
    return str(time_us(entry.head["ts"]) * 1000)


def span_of(entry):
    return {
        "traceId": entry.head["trace"],
        "spanId": entry.head["span"],
        "endTimeUnixNano": nanoseconds(entry),
        "attributes": attributes(otel_mcp__audit__leaf=leaf(entry)),
    }


def log_of(entry):
    return {
        "timeUnixNano": nanoseconds(entry),
        "eventName": entry.head["event"],
        "body": {"stringValue": entry.head_text},
        "traceId": entry.head["trace"],
        "spanId": entry.head["span"],
        "attributes": attributes(audit__record__id=entry.head["id"], otel_mcp__audit__leaf=leaf(entry)),
    }


def note_record(note):
    return {"eventName": "otel_mcp.audit.checkpoint", "body": {"stringValue": note}, "attributes": []}


def notes_of(directory):
    with raw(directory) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM checkpoint ORDER BY size")]


def request(*items, kind="logs", source=None):
    scope = {"name": "otel_mcp"}
    if kind == "spans":
        parts = {"resource": source or resource(), "scopeSpans": [{"scope": scope, "spans": list(items)}]}
        return {"resourceSpans": [parts]}
    return {
        "resourceLogs": [{"resource": source or resource(), "scopeLogs": [{"scope": scope, "logRecords": list(items)}]}]
    }


def both(directory):
    """All that a backend got of the log."""
    found = stored(directory)
    return [
        request(*map(span_of, found), kind="spans"),
        request(*map(log_of, found), note_record(notes_of(directory)[-1])),
    ]
