"""mcp 2.x from its oldest to its newest version: every transport, both eras, both sides, and nothing changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from support.comparing import Compared, compare, named
from support.environments import sdk
from support.running import ours, trail_bytes
from support.signals import LEAF
from support.sink import Sink

from otel_mcp.audit import verify
from otel_mcp.audit.query import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.environments import Environment

VERSIONS = ("2.0.0", "2.3.0")
WAYS = (
    "memory:legacy",
    "memory:auto",
    "stdio:legacy",
    "stdio:auto",
    "http:legacy",
    "http:auto",
    "stateless:legacy",
    "sse:legacy",
)
WORD = "xylograph-7731"
ERAS = {"legacy": "2025-11-25", "auto": "2026-07-28"}
OPENING = {("initialize", "success"), ("notifications/initialized", "success"), ("server/discover", "success")}
IN_BETWEEN = {
    ("sampling/createMessage", "success"),
    ("roots/list", "success"),
    ("elicitation/create", "success"),
    ("ping", "success"),
    ("tools/call decide", "unknown"),
    ("notifications/tools/list_changed", "success"),
}
"""What the server asks and tells its client, and in the era without a back channel the call that it answers so."""


@pytest.fixture(scope="module", params=VERSIONS)
def installed(request: pytest.FixtureRequest) -> Environment:
    return sdk(f"mcp=={request.param}")


@pytest.fixture(scope="module", params=WAYS)
def run(request: pytest.FixtureRequest, installed: Environment, tmp_path_factory: Any) -> Iterator[Compared]:
    with Sink() as sink:
        yield compare(installed, "everything_v2.py", request.param, tmp_path_factory.mktemp("sdk"), sink)


def counted(run: Compared, side: str) -> Counter[tuple[str, str]]:
    """Operations of a side, but for those that nobody waited for."""
    rows = [row for row in run.rows(side) if row.target != "slow"]
    return Counter((named(row), row.outcome) for row in rows if named(row) != "notifications/cancelled")


def test_the_application_sees_what_it_sees_without_us(run: Compared) -> None:
    assert run.recorded == run.plain
    assert WORD in str(run.recorded)
    assert run.recorded["version"] == ERAS[run.way.partition(":")[2]]
    assert ["cancelled", True] in run.recorded["seen"]


def test_every_operation_has_its_entry_on_both_sides(run: Compared) -> None:
    did = Counter((name, outcome) for name, outcome in run.recorded["did"] if name != "tools/call slow")
    assert len(did) > 12
    client, server = counted(run, "client"), counted(run, "server")
    assert client == server
    more = client - did
    assert did <= client
    assert set(more) <= OPENING | IN_BETWEEN
    kind, _, mode = run.way.partition(":")
    if mode == "legacy":
        assert more["initialize", "success"] == more["notifications/initialized", "success"] == 1
        asks = kind != "stateless"
        assert more["sampling/createMessage", "success"] == more["roots/list", "success"] == asks
        assert more["elicitation/create", "success"] == asks
    else:
        assert more["tools/call decide", "unknown"] == 1


def test_a_call_that_nobody_waited_for_is_told_from_one_that_failed(run: Compared) -> None:
    found = sorted((row.error, row.outcome) for row in run.rows("client") if row.target == "slow")
    assert found == [("cancelled", "unknown"), ("timeout", "failure")]
    for row in run.rows("server"):
        if row.target == "slow":
            assert (row.error, row.outcome) in {("cancelled", "unknown"), (None, "unknown")}


def test_both_sides_of_an_operation_are_in_one_trace_with_one_span_each(run: Compared) -> None:
    untimely = ("slow", "notifications/cancelled")
    clients = {span.span: span for span in run.spans("CLIENT") if not span.name.endswith(untimely)}
    servers = [span for span in run.spans("SERVER") if not span.name.endswith(untimely)]
    assert {span.scope for span in (*clients.values(), *servers)} == {"otel_mcp"}
    assert len(servers) == len(clients) == sum(counted(run, "client").values())
    for span in servers:
        caller = clients.pop(span.parent)
        assert (span.trace, span.name) == (caller.trace, caller.name)
        assert span.attributes.get("jsonrpc.request.id") == caller.attributes.get("jsonrpc.request.id")
    assert clients == {}


def test_entries_and_spans_name_each_other(run: Compared) -> None:
    leaves = {span.span for span in run.sink.spans() if LEAF in span.attributes}
    for side in ("client", "server"):
        ends = [row.outcome_entry for row in run.rows(side) if row.target != "slow"]
        assert len(ends) > 15
        assert {entry.head["span"] for entry in ends if entry is not None} <= leaves


def test_what_was_given_as_a_password_is_nowhere(run: Compared) -> None:
    assert WORD.encode() not in run.sink.raw
    for trail in run.trails:
        assert WORD.encode() not in trail_bytes(trail)


def test_transport_and_version_are_told(run: Compared) -> None:
    kind, _, mode = run.way.partition(":")
    calls = [span for span in run.sink.spans() if span.name == "tools/call echo"]
    assert {span.kind for span in calls} == {"CLIENT", "SERVER"}
    for span in calls:
        assert span.attributes.get("network.transport") == {"memory": None, "stdio": "pipe"}.get(kind, "tcp")
        assert span.attributes["mcp.protocol.version"] == ERAS[mode]


def test_sessions_have_a_duration_where_a_handshake_opened_them(run: Compared) -> None:
    found = {side for side in ("client", "server") if f"mcp.{side}.session.duration" in run.sink.metric_names()}
    kind, _, mode = run.way.partition(":")
    assert found == (set() if mode == "auto" else {"client"} if kind == "stateless" else {"client", "server"})


def test_the_trails_verify_and_we_said_one_line(run: Compared) -> None:
    for trail in run.trails:
        assert verify(trail).exit_code in (0, 2)
        assert not list(entries(trail, event="audit.gap"))
    said = ours(run.stderr)
    assert len(said) == (2 if run.way.startswith("stdio") else 1), said
    assert all("records mcp 2." in line for line in said)
