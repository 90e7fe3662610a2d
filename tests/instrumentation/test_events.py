"""What an application records itself: tied to the request around it, redacted, and never in the application's way."""

from __future__ import annotations

import inspect
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from mcp import Client
from mcp.server import MCPServer

from otel_mcp import Event, MCPInstrumentor, audited, name_actor, record_event
from otel_mcp.audit.query import entries
from otel_mcp.errors import AuditUnavailable, ConfigError

pytestmark = pytest.mark.anyio
WORD = "xylograph-7731"


def app():
    server = MCPServer("app", log_level="CRITICAL")

    @server.tool()
    async def pay(account: str, password: str) -> str:
        record_event(
            "mcp.authz.granted", action="GRANT", target=f"ledger of {password}", details={"said": password, "rows": 2}
        )
        with audited("app.ledger.write", action="UPDATE", target="ledger") as event:
            event.details["lines"] = 3
        return "paid"

    @server.tool()
    def export(password: str) -> str:
        with audited("app.ledger.export", action="EXPORT"):
            raise RuntimeError(f"no printer for {password}")

    return server


async def test_an_event_says_which_request_it_is_of_and_keeps_no_secret(observed):
    observed.instrument()
    async with Client(app()) as client:
        await client.list_tools()
        await client.call_tool("pay", {"account": "harbour", "password": WORD})
    observed.settle()
    (granted,) = entries(observed.directory, event="mcp.authz.granted")
    call = next(
        entry
        for entry in entries(observed.directory, tool="pay")
        if (entry.head["side"], entry.head["phase"]) == ("server", "outcome")
    )
    assert granted.head["op"] == call.head["id"]
    assert (granted.head["trace"], granted.head["span"]) == (call.head["trace"], call.head["span"])
    assert granted.index < call.index
    assert granted.body == {
        "target": "ledger of [REDACTED:taint]",
        "details": {"said": "[REDACTED:taint]", "rows": 2},
        "redacted": ["taint"],
    }
    intent, outcome = entries(observed.directory, event="app.ledger.write")
    assert (intent.head["phase"], intent.head["outcome"], intent.body) == ("intent", "unknown", {"target": "ledger"})
    assert (outcome.head["phase"], outcome.head["outcome"]) == ("outcome", "success")
    assert outcome.head["ref"] == intent.head["id"]
    assert outcome.body["details"] == {"lines": 3}
    records = {
        record.event_name: record for record in observed.records() if record.event_name.startswith(("app", "mcp.a"))
    }
    assert set(records) == {"mcp.authz.granted", "app.ledger.write"}
    record = records["mcp.authz.granted"]
    assert record.attributes["audit.record.id"] == granted.head["id"]
    assert record.body == granted.head_text
    assert f"{record.span_id:016x}" == granted.head["span"]
    assert WORD not in str([(record.body, record.attributes) for record in observed.records()])


async def test_what_fails_is_recorded_and_goes_on(observed):
    observed.instrument()
    async with Client(app()) as client:
        await client.list_tools()
        result = await client.call_tool("export", {"password": WORD})
    assert result.is_error
    _, outcome = entries(observed.directory, event="app.ledger.export")
    assert (outcome.head["outcome"], outcome.head["err"]) == ("failure", "RuntimeError")
    assert outcome.body == {"error": "no printer for [REDACTED:taint]"}


async def test_functions_and_coroutine_functions_stay_what_they_are(observed):
    observed.instrument()

    @audited("app.report.read", action="READ", actor="the night watch", actor_type="system")
    def read(page: int, *, deep: bool = False) -> int:
        """Read."""
        return page

    @audited("app.report.sleep", action="READ")
    async def sleep() -> None:
        await anyio.sleep(30)

    assert (read(3), read.__name__, read.__doc__) == (3, "read", "Read.")
    assert str(inspect.signature(read)) == "(page: 'int', *, deep: 'bool' = False) -> 'int'"
    assert inspect.iscoroutinefunction(sleep)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(40))) == list(range(40))
    with anyio.move_on_after(0.05) as limit:
        await sleep()
    assert limit.cancelled_caught
    observed.settle()
    found = list(entries(observed.directory, event="app.report.read"))
    assert len(found) == 2 * 41
    refs = {entry.head["ref"] for entry in found if entry.head["phase"] == "outcome"}
    assert refs == {entry.head["id"] for entry in found if entry.head["phase"] == "intent"}
    assert {(entry.actor_name, entry.head["actor_type"]) for entry in found} == {("the night watch", "system")}
    _, cancelled = entries(observed.directory, event="app.report.sleep")
    assert (cancelled.head["outcome"], cancelled.head["err"]) == ("unknown", anyio.get_cancelled_exc_class().__name__)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"name": "Report"}, "event 'Report': expected a dotted name"),
        ({"name": "audit.prune"}, "event 'audit.prune': expected a dotted name"),
        ({"action": "read it"}, "action of app.x: expected a verb in capitals"),
        ({"outcome": "fine"}, "outcome of app.x: expected one of success, failure, unknown"),
        ({"actor": "a", "actor_type": "robot"}, "actor type of app.x: expected one of user, service, system, unknown"),
    ],
)
def test_what_is_no_event_is_said_at_once(members, sentence):
    with pytest.raises(ConfigError, match=sentence):
        Event(**{"name": "app.x", "action": "READ", **members})


def test_an_actor_has_a_type_that_entries_know():
    with pytest.raises(ConfigError, match="type of an actor: expected one of user, service, system, unknown"):
        name_actor("the night watch", type="robot")


def test_what_json_cannot_say_is_no_reason_to_fail(observed):
    observed.instrument()
    loop = []
    loop.append(loop)
    assert record_event("app.odd", action="READ", details={"loop": loop, "set": {1}, "float": float("nan"), 7: b"x"})
    with audited("app.odder", action="READ") as event:
        event.outcome = "fine"
        event.target = 7
        event.actor, event.actor_type = 8, "robot"
    observed.settle()
    assert len(list(entries(observed.directory, event="app.odd"))) == 1
    _, outcome = entries(observed.directory, event="app.odder")
    assert (outcome.head["outcome"], outcome.head["actor_type"]) == ("unknown", "unknown")
    assert outcome.body == {"target": "7", "actor": "8"}
    assert not list(entries(observed.directory, event="audit.gap"))


@pytest.mark.parametrize(("content", "members"), [("digest", {"details_digest"}), ("none", set())])
def test_as_much_is_kept_as_the_settings_say(observed, content, members):
    observed.instrument(audit_content=content)
    record_event("app.report.read", action="READ", details={"rows": 3})
    observed.settle()
    (entry,) = entries(observed.directory, event="app.report.read")
    assert set(entry.body or {}) == members


def test_without_a_trail_nothing_happens_unless_it_must(observed, tmp_path):
    assert record_event("app.report.read", action="READ") is None
    (tmp_path / "file").write_text("")
    MCPInstrumentor().instrument(audit_dir=str(tmp_path / "file"), audit_on_failure="closed")
    done = []
    with pytest.raises(AuditUnavailable, match="must not be done"):
        record_event("app.report.read", action="READ")
    with pytest.raises(AuditUnavailable), audited("app.report.read", action="READ"):
        done.append(1)
    assert done == []


def test_events_need_neither_mcp_nor_opentelemetry():
    code = (
        "import sys; sys.modules['mcp'] = sys.modules['opentelemetry'] = None\n"
        "from otel_mcp import audited, name_actor, record_event\n"
        "with audited('app.x', action='READ'): print(record_event('app.x', action='READ'), name_actor('a'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("None False\n", "")
