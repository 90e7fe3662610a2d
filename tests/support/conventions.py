"""Emitted telemetry held against the conventions for MCP: everything that differs, one sentence each.

The conventions' side is `tests/vectors/semconv_mcp.json`, ours `otel_mcp/vocabulary.py`. What is looked at is OTLP, as
a backend gets it. What a level depends on ("when applicable") comes from the scene and not from what was emitted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otel_mcp import semconv
from otel_mcp.cli._otlp import attributes
from otel_mcp.semconv import CLIENT_ERROR_CODES, SCHEMA_URL
from otel_mcp.telemetry import SCOPE
from otel_mcp.vocabulary import EVENTS, METRICS, OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from otel_mcp.cli._otlp import Received

__all__ = ["TABLE", "Failed", "Scene", "emitted", "problems"]

TABLE = json.loads((Path(__file__).parents[1] / "vectors" / "semconv_mcp.json").read_text(encoding="utf-8"))

_KINDS = {2: "server", 3: "client"}
_TYPES = {
    "string_value": "string",
    "int_value": "int",
    "bool_value": "boolean",
    "double_value": "double",
    "kvlist_value": "object",
    "array_value": "array",
    None: "nothing",
}
_WITH_URI = ("resources/read", "resources/subscribe", "resources/unsubscribe", "notifications/resources/updated")
_OF_SERVERS = ("elicitation/create", "sampling/createMessage", "roots/list")
"""What servers ask their clients: who was connected to, and from where, is no question of these."""
_CONTENT = ("gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "gen_ai.prompt.variable")
_AUDIT = (semconv.AUDIT_RECORD_ID, semconv.AUDIT_ACTION, semconv.AUDIT_OUTCOME, semconv.AUDIT_ACTOR_TYPE)
_ERROR_TYPE = re.compile(r"-?\d{1,6}|[A-Za-z_][A-Za-z0-9_.]{0,63}")


@dataclass(frozen=True)
class Failed:
    """A request that did not succeed, as the scene knows that it went; `code` is that of a JSON-RPC error response."""

    side: str
    method: str
    error: str | None = None
    code: str | None = None
    message: str = ""


@dataclass
class Scene:
    """What some programs emitted, and what is true of how they ran."""

    received: Received
    transport: str | None = None
    """`pipe`, `tcp`, or nothing within one process."""
    session: bool = False
    """Whether the version of MCP has sessions, so that there was one."""
    session_id: bool = False
    """Whether that one had an id, which HTTP alone gives it."""
    content: bool = False
    """Whether `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` asked for content."""
    trail: bool = True
    failed: Counter[Failed] = field(default_factory=Counter)
    unoffered: frozenset[str] = frozenset()
    """Names that were asked for and that no server offers."""
    own_events: frozenset[str] = frozenset()
    """Names that the application chose."""
    notified: frozenset[str] = frozenset()
    """Methods of notifications that were sent."""
    within_agent: frozenset[str] = frozenset()
    """Ids of spans `execute_tool` of another instrumentation that an agent opened around its calls."""


@dataclass(frozen=True)
class _Span:
    side: str
    name: str
    parent: str
    status: str
    description: str
    attributes: dict[str, Any]
    types: dict[str, str]
    events: list[Any]


def emitted(received: Received, kind: str) -> Iterator[tuple[str, Any, Any]]:
    """Service, scope and item (`span`, `log`, `metric`), of this package alone."""
    items = {"span": "spans", "log": "log_records", "metric": "metrics"}[kind]
    for service, part in received._parts(f"resource_{kind}s"):
        for scope in getattr(part, f"scope_{kind}s"):
            if scope.scope.name == SCOPE:
                yield from ((service, scope, item) for item in getattr(scope, items))


def problems(scene: Scene) -> set[str]:
    """Everything in which the scene differs from the conventions and from our own words."""
    found: set[str] = set()
    for kind in ("span", "log", "metric"):
        for _, scope, _ in emitted(scene.received, kind):
            if scope.schema_url != SCHEMA_URL or not scope.scope.version:
                found.add(f"{kind}: scope without version or schema URL")
    spans = [_span(item) for _, _, item in emitted(scene.received, "span")]
    found |= {problem for span in spans for problem in _in_span(span, scene)}
    found |= set(_in_outcomes(spans, scene)) | set(_not_made(spans, scene))
    found |= set(_in_records(scene)) | set(_in_metrics(scene, spans))
    return found


# -- attributes ------------------------------------------------------------------------------------------------------


def _types(pairs: Any) -> dict[str, str]:
    return {pair.key: _TYPES.get(pair.value.WhichOneof("value"), "?") for pair in pairs}


def _fits(wanted: str, found: str) -> bool:
    return found == {"any": "object", "template[string]": "string"}.get(wanted, wanted)


def _template(name: str, names: Mapping[str, Any]) -> str:
    """The name itself, or the one that it is a member of (`gen_ai.prompt.variable.<key>`)."""
    parent = next((one for one in names if TABLE["attributes"].get(one, {}).get("type") == "template[string]"), None)
    return parent if parent is not None and name.startswith(f"{parent}.") else name


def _typed(where: str, given: Mapping[str, Any], types: Mapping[str, str]) -> Iterator[str]:
    """Types and known values, by the conventions' table or our own."""
    for name, kind in types.items():
        known = TABLE["attributes"].get(_template(name, TABLE["attributes"]))
        own = OWN.get(name)
        if known is not None:
            if not _fits(known["type"], kind):
                yield f"{where}: {name}: {kind} instead of {known['type']}"
            elif "values" in known and given[name] not in known["values"] and name != semconv.ERROR_TYPE:
                yield f"{where}: {name}: {given[name]} is none of the known values"
        elif own is not None:
            if own.type != kind:
                yield f"{where}: {name}: {kind} instead of {own.type}"
            elif own.values and given[name] not in own.values:
                yield f"{where}: {name}: {given[name]} is none of the known values"
    error = given.get(semconv.ERROR_TYPE)
    if error is not None and not _ERROR_TYPE.fullmatch(str(error)):
        yield f"{where}: error.type: {error} is no class of errors"


def _unknown(where: str, given: Mapping[str, Any], levels: Mapping[str, str], signal: str) -> Iterator[str]:
    """Attributes that neither the conventions nor we have a word for, on this signal."""
    for name in given:
        own = OWN.get(name)
        if _template(name, levels) not in levels and (own is None or signal not in own.on):
            yield f"{where}: {name}: in no table"


def _wanted(name: str, given: Mapping[str, Any], scene: Scene) -> bool:
    """Whether the condition under which an attribute is required or recommended holds; without one it always does."""
    method = given.get(semconv.MCP_METHOD_NAME)
    conditions: dict[str, Callable[[], bool]] = {
        semconv.GEN_AI_TOOL_NAME: lambda: method == "tools/call",
        semconv.GEN_AI_OPERATION_NAME: lambda: method == "tools/call",
        # What is completed in the scenes is a prompt's argument.
        semconv.GEN_AI_PROMPT_NAME: lambda: method in ("prompts/get", "completion/complete"),
        semconv.JSONRPC_REQUEST_ID: lambda: not str(method).startswith("notifications/"),
        semconv.MCP_RESOURCE_URI: lambda: method in _WITH_URI,
        semconv.MCP_SESSION_ID: lambda: scene.session_id and method != "initialize",
        semconv.NETWORK_TRANSPORT: lambda: scene.transport is not None,
        "jsonrpc.protocol.version": lambda: False,  # MCP is JSON-RPC 2.0
        "exception.stacktrace": lambda: True,
        # held against what the scene knows, for the whole scene at once
        semconv.ERROR_TYPE: lambda: False,
        semconv.RPC_RESPONSE_STATUS_CODE: lambda: False,
    }
    over_http = (
        semconv.NETWORK_PROTOCOL_NAME,
        semconv.NETWORK_PROTOCOL_VERSION,
        semconv.SERVER_ADDRESS,
        semconv.SERVER_PORT,
        semconv.CLIENT_ADDRESS,
        semconv.CLIENT_PORT,
    )
    if name in over_http:
        of_server = name in over_http[2:] and method in _OF_SERVERS
        return scene.transport == "tcp" and not of_server
    return conditions.get(name, lambda: True)()


def _levels(where: str, levels: Mapping[str, str], given: Mapping[str, Any], scene: Scene) -> Iterator[str]:
    """What is missing of the required and recommended, and what is there although its condition does not hold."""
    for name, level in levels.items():
        if level == "opt_in":
            if name in _CONTENT and not scene.content and any(_template(one, levels) == name for one in given):
                yield f"{where}: {name}: there, and nobody asked for content"
        elif _wanted(name, given, scene):
            if name not in given:
                yield f"{where}: {name}: {level.replace('_', ' ')}, missing"
        elif name in given and name in (semconv.GEN_AI_OPERATION_NAME, semconv.JSONRPC_REQUEST_ID):
            yield f"{where}: {name}: there for {given.get(semconv.MCP_METHOD_NAME)}"


# -- spans -----------------------------------------------------------------------------------------------------------


def _span(item: Any) -> _Span:
    return _Span(
        _KINDS.get(item.kind, f"kind {item.kind}"),
        item.name,
        item.parent_span_id.hex(),
        {0: "UNSET", 1: "OK", 2: "ERROR"}[item.status.code],
        item.status.message,
        attributes(item.attributes),
        _types(item.attributes),
        list(item.events),
    )


def _in_span(span: _Span, scene: Scene) -> Iterator[str]:
    where, given = f"{span.side} span", span.attributes
    levels = TABLE["spans"].get(span.side)
    if levels is None:
        yield f"{where}: neither of a client nor of a server"
        return
    yield from _unknown(where, given, levels, "span")
    yield from _typed(where, given, span.types)
    yield from _levels(where, levels, given, scene)
    yield from _named(where, span, scene)
    if scene.trail and semconv.LEAF not in given:
        yield f"{where}: {semconv.LEAF}: missing"
    if span.status == "OK":
        yield f"{where}: status OK, which is the application's to say"
    if (span.status == "ERROR") != (semconv.ERROR_TYPE in given):
        yield f"{where}: status {span.status} with error.type {given.get(semconv.ERROR_TYPE)}"
    for event in span.events:
        yield from _in_event(where, event, scene)


def _in_event(where: str, event: Any, scene: Scene) -> Iterator[str]:
    levels = TABLE["span_events"].get(event.name)
    if levels is None:
        yield f"{where}: event {event.name}: in no table"
        return
    given = attributes(event.attributes)
    yield from (f"{where}: event {event.name}: {name}: in no table" for name in given if name not in levels)
    yield from _typed(f"{where}: event {event.name}", given, _types(event.attributes))
    yield from _levels(f"{where}: event {event.name}", levels, given, scene)


def _named(where: str, span: _Span, scene: Scene) -> Iterator[str]:
    method = span.attributes.get(semconv.MCP_METHOD_NAME)
    target = span.attributes.get(semconv.GEN_AI_TOOL_NAME) or span.attributes.get(semconv.GEN_AI_PROMPT_NAME)
    low = target is not None and target not in scene.unoffered
    if span.name != (f"{method} {target}" if low else method):
        yield f"{where}: named {span.name}"


def _in_outcomes(spans: list[_Span], scene: Scene) -> Iterator[str]:
    """Error, code, and the text of the status: exactly where the scene knows of a failure."""
    seen: Counter[Failed] = Counter()
    for span in spans:
        error, code = span.attributes.get(semconv.ERROR_TYPE), span.attributes.get(semconv.RPC_RESPONSE_STATUS_CODE)
        if error is None and code is None:
            continue
        seen[Failed(span.side, span.attributes.get(semconv.MCP_METHOD_NAME, ""), error, code, span.description)] += 1
        blames_caller = span.side == "server" and code is not None and int(code) in CLIENT_ERROR_CODES
        if code is not None and error != (None if blames_caller else code):
            yield f"{span.side} span: error.type {error} for the code {code}"
    yield from (f"{one.side} span: nobody knows of {one}" for one in (seen - scene.failed))
    yield from (f"{one.side} span: no word of {one}" for one in (scene.failed - seen))


def _not_made(spans: list[_Span], scene: Scene) -> Iterator[str]:
    """What the conventions ask for and no span shows."""
    methods = {str(span.attributes.get(semconv.MCP_METHOD_NAME)) for span in spans}
    yield from (f"span: none for {method}" for method in scene.notified - methods)
    if any(span.side == "client" and span.parent in scene.within_agent for span in spans):
        yield "client span: made within the execute_tool span of another instrumentation"
    if scene.content:
        for side, levels in TABLE["spans"].items():
            given = {_template(name, levels) for span in spans if span.side == side for name in span.attributes}
            yield from (
                f"{side} span: {name}: opt in, not offered"
                for name, level in levels.items()
                if level == "opt_in" and name not in given
            )


# -- log records -----------------------------------------------------------------------------------------------------


def _in_records(scene: Scene) -> Iterator[str]:
    spans = {item.span_id: item for _, _, item in emitted(scene.received, "span")}
    for _, _, item in emitted(scene.received, "log"):
        given, types, name = attributes(item.attributes), _types(item.attributes), item.event_name
        if name not in EVENTS and name not in scene.own_events:
            yield f"log record: event {name}: in no table"
        signal = "checkpoint" if name == semconv.CHECKPOINT else "log record"
        # No event of the conventions is MCP's: the record of an operation says what its span says.
        conventional = TABLE["spans"]["client"] | TABLE["spans"]["server"] if signal == "log record" else {}
        yield from _unknown(signal, given, conventional, signal)
        yield from _typed(signal, given, types)
        yield from (f"{signal}: {one}: missing" for one in _always(signal, scene) if one not in given)
        wanted = "WARN" if given.get(semconv.AUDIT_OUTCOME) == "failure" else "INFO"
        if item.severity_text != wanted:
            yield f"{signal}: severity {item.severity_text} instead of {wanted}"
        if item.span_id in spans and semconv.MCP_METHOD_NAME in given:
            yield from _beside_span(given, attributes(spans[item.span_id].attributes))


def _always(signal: str, scene: Scene) -> tuple[str, ...]:
    if signal == "checkpoint":
        return semconv.ORIGIN, semconv.SIZE
    return (*_AUDIT, semconv.LEAF) if scene.trail else _AUDIT


def _beside_span(record: Mapping[str, Any], span: Mapping[str, Any]) -> Iterator[str]:
    """An operation's record says what its span says; content stands where it is switched on for each."""
    for name, value in span.items():
        if name not in _CONTENT and record.get(name) != value:
            yield f"log record: {name}: {record.get(name)!r} where the span has {value!r}"


# -- metrics ---------------------------------------------------------------------------------------------------------


def _in_metrics(scene: Scene, spans: list[_Span]) -> Iterator[str]:
    # Sums so far, so that the last export of each service says it all.
    latest = {(item.name, service): item for service, _, item in emitted(scene.received, "metric")}
    for (name, _), item in latest.items():
        if name in TABLE["metrics"]:
            yield from _in_conventional(item, TABLE["metrics"][name], scene)
        elif name in METRICS:
            yield from _in_own(item)
        else:
            yield f"metric {name}: in no table"
    sides = {span.side for span in spans}
    for name, metric in TABLE["metrics"].items():
        _, side, what, _ = name.split(".")
        applies = side in sides and (what == "operation" or scene.session)
        items = [item for (found, _), item in latest.items() if found == name]
        if applies and metric["level"] == "recommended" and not items:
            yield f"metric {name}: recommended, missing"
        if applies and what == "operation":
            yield from _beside_spans(name, items, [span for span in spans if span.side == side])


def _in_conventional(item: Any, wanted: Mapping[str, Any], scene: Scene) -> Iterator[str]:
    where = f"metric {item.name}"
    if (item.WhichOneof("data"), item.unit) != (wanted["instrument"], wanted["unit"]):
        yield f"{where}: {item.WhichOneof('data')} in {item.unit}"
        return
    for point in item.histogram.data_points:
        given = attributes(point.attributes)
        if list(point.explicit_bounds) != wanted["boundaries"]:
            yield f"{where}: boundaries {list(point.explicit_bounds)}"
        for name in given:
            if _template(name, wanted["attributes"]) not in wanted["attributes"]:
                yield f"{where}: {name}: in no table"
        yield from _typed(where, given, _types(point.attributes))
        yield from _levels(where, wanted["attributes"], given, scene)
    offered = {name for point in item.histogram.data_points for name in attributes(point.attributes)}
    for name, level in wanted["attributes"].items():
        if level == "opt_in" and name not in offered and name not in _CONTENT:
            yield f"{where}: {name}: opt in, not offered"


def _in_own(item: Any) -> Iterator[str]:
    where, wanted = f"metric {item.name}", METRICS[item.name]
    kind = item.WhichOneof("data")
    if ({"sum": "counter"}.get(kind, kind), item.unit) != (wanted.instrument, wanted.unit):
        yield f"{where}: {kind} in {item.unit}"
        return
    for point in getattr(item, kind).data_points:
        given = attributes(point.attributes)
        if set(given) != set(wanted.attributes):
            yield f"{where}: attributes {sorted(given)}"
        yield from _typed(where, given, _types(point.attributes))


def _beside_spans(where: str, items: list[Any], spans: list[_Span]) -> Iterator[str]:
    """Each point counts spans that say the same; what is bounded says `_OTHER`."""
    points = [(attributes(point.attributes), point.count) for item in items for point in item.histogram.data_points]
    if sum(count for _, count in points) != len(spans):
        yield f"metric {where}: {sum(count for _, count in points)} operations and {len(spans)} spans"
    for given, _ in points:
        if not any(_covers(given, span.attributes) for span in spans):
            yield f"metric {where}: no span says {given}"


def _covers(point: Mapping[str, Any], span: Mapping[str, Any]) -> bool:
    return all(name in span and value in (span[name], semconv.OTHER) for name, value in point.items())
