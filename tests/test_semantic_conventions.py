"""Everything that is emitted is held against OpenTelemetry's conventions for MCP, in scenes that emit all there is."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from support.conventions import TABLE, emitted, problems
from support.scenes import SCENES
from support.telemetry_page import GAPS, PAGE, filled

from otel_mcp import semconv
from otel_mcp.audit.keys import LocalKey
from otel_mcp.audit.otel_audit import otel_audit_records, request_of
from otel_mcp.audit.query import entries
from otel_mcp.cli._otlp import Received, attributes
from otel_mcp.operation import METHODS
from otel_mcp.tlog import Signer
from otel_mcp.vocabulary import CONVENTIONAL, ERROR_TYPES, EVENTS, METRICS, OWN

ROOT = Path(__file__).parents[1]
NEVER = {
    "jsonrpc.protocol.version": "asked for where it is not 2.0, and MCP is JSON-RPC 2.0",
    "gen_ai.prompt.variable": "a declared gap",
}
"""Attributes of the conventions that are not emitted."""
FAULTS = {semconv.REDACTED, semconv.METRIC_REDACTION_FAILURES}
"""Seen only where redaction fails: tests/instrumentation/test_guard_logs.py makes that happen."""


@pytest.fixture(scope="session")
def play(tmp_path_factory):
    """A scene by its name, played once by each process of a test run."""
    played = {}

    def scene(name):
        if name not in played:
            played[name] = SCENES[name](tmp_path_factory.mktemp(name))
        return played[name]

    return scene


def declared(name):
    return [gap["gap"] for gap in GAPS if name in gap["scenes"]]


@pytest.mark.parametrize("name", SCENES)
def test_what_is_emitted_differs_from_the_conventions_just_where_that_is_declared(play, name):
    undeclared, closed = compared(problems(play(name)), declared(name))
    assert undeclared == set(), "not in tests/vectors/semconv_gaps.json"
    assert closed == set(), "closed: take it out of tests/vectors/semconv_gaps.json"


def compared(found, gaps):
    """What is declared nowhere, and what is declared and not found any more."""
    undeclared = {problem for problem in found if not any(fnmatchcase(problem, gap) for gap in gaps)}
    return undeclared, {gap for gap in gaps if not any(fnmatchcase(problem, gap) for problem in found)}


def test_a_gap_that_closes_or_opens_is_found():
    gaps = ["* span: named _OTHER", "span: none for a thing"]
    assert compared({"client span: named _OTHER", "span: none for a thing"}, gaps) == (set(), set())
    assert compared({"client span: named _OTHER"}, gaps) == (set(), {"span: none for a thing"})
    assert compared({"client span: named x"}, gaps[:1]) == ({"client span: named x"}, {"* span: named _OTHER"})


def test_a_metric_that_is_gone_is_found(play):
    assert not any("session.duration" in problem for problem in problems(play("legacy")))
    requests = copy.deepcopy(play("legacy").received._requests)
    renamed(metric(requests, "mcp.client.session.duration"), "mcp.made.up")
    expected = {"metric mcp.client.session.duration: recommended, missing", "metric mcp.made.up: in no table"}
    assert problems(again(play("legacy"), requests)) - problems(play("legacy")) == expected


def test_every_gap_has_a_reason_and_scenes_that_are_played():
    for gap in GAPS:
        assert gap["reason"]
        assert gap["scenes"]
        assert set(gap["scenes"]) <= set(SCENES), gap


# -- the check itself ------------------------------------------------------------------------------------------------


def of(request, kind):
    """The items of one OTLP request."""
    received = Received()
    received.add(request, b"")
    return [(scope, item) for _, scope, item in emitted(received, kind)]


def first(requests, kind, **wanted):
    """The first item whose attributes or fields are these."""
    for request in requests:
        for scope, item in of(request, kind):
            known = attributes(getattr(item, "attributes", ())) | {"name": getattr(item, "name", None)}
            known["event"] = getattr(item, "event_name", None)
            if all(known.get(key.replace("__", ".")) == value for key, value in wanted.items()):
                return scope, item
    raise AssertionError(wanted)


def again(scene, requests):
    """The scene, with other things received."""
    received = Received()
    for request in requests:
        received.add(request, b"")
    return replace(scene, received=received)


def value_of(item, name):
    return next(pair.value for pair in item.attributes if pair.key == name)


def drop(item, name):
    kept = [pair for pair in item.attributes if pair.key != name]
    del item.attributes[:]
    item.attributes.extend(kept)


def put(item, name, value):
    pair = item.attributes.add()
    pair.key = name
    setattr(pair.value, {str: "string_value", int: "int_value"}[type(value)], value)


def span(requests, **wanted):
    return first(requests, "span", **{"mcp__method__name": "tools/list", **wanted})[1]


def metric(requests, name="mcp.server.operation.duration"):
    return first(requests, "metric", name=name)[1]


def point(requests):
    return metric(requests).histogram.data_points[0]


def log(requests):
    return first(requests, "log", event="mcp.request")[1]


def renamed(item, name):
    item.name = name


def retyped(item, name):
    value_of(item, name).int_value = 7


PLANTED = {
    "a required attribute is gone": (
        lambda r: drop(span(r), "mcp.method.name"),
        "* span: mcp.method.name: required, missing",
    ),
    "one that is required for a tool is gone": (
        lambda r: drop(span(r, mcp__method__name="tools/call"), "gen_ai.tool.name"),
        "* span: gen_ai.tool.name: conditionally required, missing",
    ),
    "a recommended one is gone": (
        lambda r: drop(span(r), "mcp.protocol.version"),
        "* span: mcp.protocol.version: recommended, missing",
    ),
    "a type is another": (
        lambda r: retyped(span(r), "jsonrpc.request.id"),
        "* span: jsonrpc.request.id: int instead of string",
    ),
    "a type of our own is another": (
        lambda r: retyped(span(r), "otel_mcp.audit.leaf"),
        "* span: otel_mcp.audit.leaf: int instead of string",
    ),
    "an attribute that nobody knows": (lambda r: put(span(r), "mcp.made.up", "x"), "* span: mcp.made.up: in no table"),
    "an attribute of the other side": (
        lambda r: put(span(r, name="server/discover", mcp__method__name="server/discover"), "server.address", "x"),
        "server span: server.address: in no table",
    ),
    "an operation where none is": (
        lambda r: put(span(r), "gen_ai.operation.name", "execute_tool"),
        "* span: gen_ai.operation.name: there for tools/list",
    ),
    "a value that nobody knows": (
        lambda r: put(span(r), "network.transport", "pigeon"),
        "* span: network.transport: pigeon is none of the known values",
    ),
    "content that nobody asked for": (
        lambda r: put(span(r), "gen_ai.prompt.variable.name", "ada"),
        "* span: gen_ai.prompt.variable: there, and nobody asked for content",
    ),
    "a name": (lambda r: renamed(span(r), "tools/list 7"), "* span: named tools/list 7"),
    "a kind": (lambda r: setattr(span(r), "kind", 1), "kind 1 span: neither of a client nor of a server"),
    "a status": (lambda r: setattr(span(r).status, "code", 1), "* span: status OK*"),
    "an error that is none": (
        lambda r: setattr(span(r).status, "code", 2),
        "* span: status ERROR with error.type None",
    ),
    "an error that nobody knows of": (
        lambda r: put(span(r), "error.type", "tool_error"),
        "* span: nobody knows of Failed*tools/list*",
    ),
    "an error that is not said": (
        lambda r: drop(span(r, error__type="tool_error", mcp__method__name="tools/call"), "error.type"),
        "* span: no word of Failed*tool_error*",
    ),
    "an error that is a sentence": (
        lambda r: put(span(r), "error.type", "it broke: x=1"),
        "* span: error.type: it broke: x=1 is no class of errors",
    ),
    "a code without its error": (
        lambda r: drop(span(r, error__type="-32050", mcp__method__name="tools/call"), "error.type"),
        "* span: error.type None for the code -32050",
    ),
    "an event on a span": (lambda r: renamed(span(r).events.add(), "made.up"), "* span: event made.up: in no table"),
    "a schema URL": (
        lambda r: setattr(first(r, "span")[0], "schema_url", ""),
        "span: scope without version or schema URL",
    ),
    "an event name": (
        lambda r: setattr(log(r), "event_name", "mcp.made.up"),
        "log record: event mcp.made.up: in no table",
    ),
    "a severity": (lambda r: setattr(log(r), "severity_text", "WARN"), "log record: severity WARN instead of INFO"),
    "a record that contradicts its span": (
        lambda r: setattr(value_of(log(r), "jsonrpc.request.id"), "string_value", "77"),
        "log record: jsonrpc.request.id: '77' where the span has *",
    ),
    "an outcome that nobody knows": (
        lambda r: setattr(value_of(log(r), "audit.outcome"), "string_value", "fine"),
        "log record: audit.outcome: fine is none of the known values",
    ),
    "a record without its entry's id": (
        lambda r: drop(log(r), "audit.record.id"),
        "log record: audit.record.id: missing",
    ),
    "a metric that nobody knows": (lambda r: renamed(metric(r), "mcp.made.up"), "metric mcp.made.up: in no table"),
    "a metric that is gone": (
        lambda r: renamed(metric(r), "mcp.made.up"),
        "metric mcp.server.operation.duration: recommended, missing",
    ),
    "a unit": (
        lambda r: setattr(metric(r), "unit", "ms"),
        "metric mcp.server.operation.duration: histogram in ms",
    ),
    "a unit of our own": (
        lambda r: setattr(metric(r, "otel_mcp.redactions"), "unit", "1"),
        "metric otel_mcp.redactions: sum in 1",
    ),
    "boundaries": (
        lambda r: point(r).explicit_bounds.append(600),
        "metric mcp.server.operation.duration: boundaries *600.0]",
    ),
    "a label that nobody knows": (
        lambda r: put(point(r), "client.address", "127.0.0.1"),
        "metric mcp.server.operation.duration: client.address: in no table",
    ),
    "a count": (
        lambda r: setattr(point(r), "count", 99),
        "metric mcp.server.operation.duration: * operations and * spans",
    ),
    "a label that no span says": (
        lambda r: setattr(value_of(point(r), "mcp.protocol.version"), "string_value", "1999-01-01"),
        "metric mcp.server.operation.duration: no span says *",
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_found(play, what):
    scene = play("memory")
    requests = copy.deepcopy(scene.received._requests)
    plant, expected = PLANTED[what]
    plant(requests)
    new = problems(again(scene, requests)) - problems(scene)
    assert any(fnmatchcase(problem, expected) for problem in new), new


# -- the words of our own --------------------------------------------------------------------------------------------


def test_every_name_of_the_conventions_is_emitted_or_said_not_to_be(play):
    assert set(CONVENTIONAL) | set(NEVER) == set(TABLE["attributes"])
    seen = {name for scene in map(play, SCENES) for names in everything(scene).values() for name in names}
    assert set(CONVENTIONAL) <= seen
    assert not set(NEVER) & seen


def everything(scene):
    """The names of the attributes on each signal, of events and of metrics."""
    found = {"span": set(), "log record": set(), "checkpoint": set(), "metric": set(), "event": set(), "name": set()}
    for _, _, item in emitted(scene.received, "span"):
        found["span"] |= set(attributes(item.attributes)).union(*(attributes(one.attributes) for one in item.events))
    for _, _, item in emitted(scene.received, "log"):
        found["event"].add(item.event_name)
        signal = "checkpoint" if item.event_name == semconv.CHECKPOINT else "log record"
        found[signal] |= set(attributes(item.attributes))
    for _, _, item in emitted(scene.received, "metric"):
        found["name"].add(item.name)
        for one in getattr(item, item.WhichOneof("data")).data_points:
            found["metric"] |= set(attributes(one.attributes))
    return found


def test_every_name_of_our_own_is_emitted_where_it_is_said_to_be(play):
    seen = [everything(scene) for scene in map(play, SCENES)]

    def names(signal):
        return set().union(*(one[signal] for one in seen))

    for signal in ("span", "log record", "checkpoint", "metric"):
        said = {name for name, own in OWN.items() if signal in own.on} - FAULTS
        assert said == names(signal) & set(OWN)
    assert set(EVENTS) <= names("event")
    assert set(METRICS) - FAULTS <= names("name")


def test_what_an_error_may_be_called_is_seen_or_rare(play):
    seen = {
        attributes(item.attributes).get("error.type")
        for scene in map(play, SCENES)
        for _, _, item in emitted(scene.received, "span")
    }
    rare = {"connection_closed", "invalid_result", "500", "_OTHER"}
    assert set(ERROR_TYPES) - rare <= seen


def test_no_name_is_in_the_code_and_in_no_table():
    names = {value for name, value in vars(semconv).items() if name in semconv.__all__ and isinstance(value, str)}
    own = {name for name in names if own_name(name)}
    assert own <= set(OWN) | set(EVENTS) | set(METRICS)
    conventional = {name for name in names - own if "." in name and "/" not in name}
    assert conventional <= set(TABLE["attributes"]) | set(TABLE["metrics"])


def test_no_event_is_named_in_the_code_and_not_on_the_page():
    named = re.compile(r'"(mcp\.(?:(?:tool|data|auth|authz|config|server)(?:\.[a-z_]+)+|request|notification))"')
    modules = re.compile(r"mcp\.server\.(?!start$|stop$)")
    found = {
        event
        for path in (ROOT / "otel_mcp").rglob("*.py")
        if path.name != "vocabulary.py"
        for event in named.findall(path.read_text(encoding="utf-8"))
        if not modules.match(event)
    }
    found -= {"mcp.data.write"}  # an example of what an application may record
    assert found - {"mcp.config.definitions"} == set(EVENTS) - {semconv.CHECKPOINT}
    assert {method.event for method in METHODS.values()} <= set(EVENTS)


def test_exported_audit_records_have_the_attributes_and_types_that_are_said(play, tmp_path):
    SCENES["legacy"](tmp_path)
    types = {"stringValue": "string", "intValue": "int", "boolValue": "boolean"}
    key = LocalKey(Ed25519PrivateKey.generate())
    records = list(otel_audit_records(tmp_path / "trail", key, bodies=True))
    assert len(records) == len(list(entries(tmp_path / "trail")))
    request = request_of(records, origin="scene", service="scene", vkey=str(Signer("scene", key).verifier))
    resource = request["resourceLogs"][0]["resource"]["attributes"]
    pairs = {"audit record": [pair for one in records for pair in one["attributes"]], "audit resource": resource}
    for signal, found in pairs.items():
        ours = {pair["key"]: types[next(iter(pair["value"]))] for pair in found if own_name(pair["key"])}
        said = {name: own.type for name, own in OWN.items() if signal in own.on}
        rare = {"audit.source.id", "audit.source.type"} if signal == "audit record" else set()
        assert {name: kind for name, kind in said.items() if name not in rare} == ours


def own_name(name):
    return name.startswith(("audit.", "otel_mcp."))


def test_the_page_says_what_the_tables_and_a_real_run_say(play):
    text = PAGE.read_text(encoding="utf-8")
    assert text == filled(text, play("http")), "make telemetry-page"
    assert all(f"`{code}`" in text for code in semconv.CLIENT_ERROR_CODES)
    assert "docs/telemetry.md" in (ROOT / "README.md").read_text(encoding="utf-8")
