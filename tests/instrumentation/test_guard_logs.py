"""What is logged inside an operation is exported without its secrets; the application's own handlers get it whole."""

from __future__ import annotations

import base64
import io
import json
import logging
import threading
import warnings
from importlib import metadata
from urllib.parse import quote

import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client, MCPError
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import (
    BatchLogRecordProcessor,
    InMemoryLogRecordExporter,
    SimpleLogRecordProcessor,
)

from otel_mcp import MCPInstrumentor
from otel_mcp.redaction import Scope

pytestmark = pytest.mark.anyio

CANARY = "marigold 'tea' & heather"
RAISERS = ("mcp.shared.jsonrpc_dispatcher", "mcp.shared.direct_dispatcher", "mcp.server.runner")
FORMS = (
    CANARY,
    json.dumps(CANARY)[1:-1],
    repr(CANARY)[1:-1],
    quote(CANARY),
    base64.b64encode(CANARY.encode()).decode(),
)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def handler(observed):
    """The SDK's handler on the root logger, as zero-code set-ups have it, beside one of the application."""
    root = logging.getLogger()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        ours = LoggingHandler(logger_provider=observed.logger_provider)
    level = root.level
    root.addHandler(ours)
    root.setLevel(logging.INFO)
    yield ours
    root.removeHandler(ours)
    root.setLevel(level)


def server_that(act):
    server = high_level()

    @server.tool()
    def work(user: str, password: str) -> str:
        return str(act(user, password))

    return server


async def call(server, **arguments):
    async with Client(server) as client:
        return await client.call_tool("work", {"user": "harmless", "password": CANARY, **arguments})


def of_logger(observed, name):
    logs = observed.logs_exporter.get_finished_logs()
    return [item.log_record for item in logs if item.instrumentation_scope.name == name]


def text_of(records):
    return json.dumps([[r.body, dict(r.attributes), r.event_name] for r in records], default=repr, ensure_ascii=False)


def assert_clean(records):
    text = text_of(records)
    assert not [form for form in (*FORMS, *map(json.dumps, FORMS)) if form.strip('"') in text]
    assert "[REDACTED:" in text


@pytest.mark.parametrize("settings", [{}, {"audit": "off"}, {"audit_content": "none", "spans": "off"}])
async def test_a_password_that_a_tool_logs_is_exported_as_a_marker(observed, handler, settings):
    def act(user, password):
        log = logging.getLogger("app.billing")
        for form in FORMS:
            log.info("user %s came with %s", user, form, extra={"typed": form, form: "as a key"})
        return "done"

    observed.instrument(**settings)
    answer = await call(server_that(act))
    assert answer.structured_content == {"result": "done"}
    records = of_logger(observed, "app.billing")
    assert len(records) == len(FORMS)
    assert_clean(records)
    assert records[0].body == "user harmless came with [REDACTED:taint]"
    assert records[0].attributes["code.function.name"] == "act"
    assert records[0].attributes["[REDACTED:taint]"] == "as a key"


async def test_bodies_of_any_kind_and_event_names_are_redacted_and_keep_their_types(observed):
    def act(user, password):
        log = observed.logger_provider.get_logger("events")
        bodies = [
            {"note": f"it is {password}", "count": 3, "ratio": float("nan"), "parts": ("a", password)},
            ["plain", {"deep": [password]}],
            f"<{password}>".encode(),
            {"harmless": b"\x00\xff"},
            12,
            None,
        ]
        for body in bodies:
            log.emit(LogRecord(body=body, event_name=f"app.{password}", attributes={"n": 1, "l": ["x", password]}))
        return ""

    observed.instrument()
    await call(server_that(act))
    records = of_logger(observed, "events")
    assert_clean(records)
    note, parts, raw, harmless, number, nothing = (record.body for record in records)
    assert note["note"] == "it is [REDACTED:taint]"
    assert (note["count"], str(note["ratio"]), note["parts"]) == (3, "nan", ("a", "[REDACTED:taint]"))
    assert parts == ["plain", {"deep": ["[REDACTED:taint]"]}]
    assert raw == b"<[REDACTED:taint]>"
    assert (harmless, number, nothing) == ({"harmless": b"\x00\xff"}, 12, None)
    assert {record.event_name for record in records} == {"app.[REDACTED:taint]"}
    assert records[0].attributes["l"] == ("x", "[REDACTED:taint]")


@pytest.mark.skipif(metadata.version("mcp").startswith("2.0."), reason="mcp 2.0 logs no exception of a tool")
@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_sdks_own_record_of_a_tool_that_raised_is_redacted(observed, handler, mode):
    def act(user, password):
        raise RuntimeError(f"no way for {user} with {password}") from KeyError(password)

    observed.instrument()
    async with Client(server_that(act), mode=mode) as client:
        await client.call_tool("work", {"user": "harmless", "password": CANARY})
    [record] = of_logger(observed, "mcp.server.mcpserver.server")
    assert_clean([record])
    assert "RuntimeError: no way for harmless with [REDACTED:taint]" in record.attributes["exception.stacktrace"]


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_what_the_sdk_logs_after_the_operation_has_ended_is_redacted(observed, handler, mode):
    observed.instrument()
    async with Client(low_level(), mode=mode) as client:
        await client.list_tools()
        with pytest.raises(MCPError):
            await client.call_tool("break", {"phrase": CANARY})
    records = [r for name in RAISERS for r in of_logger(observed, name)]
    raised = [record for record in records if "exception.stacktrace" in record.attributes]
    assert raised
    assert_clean(raised)


async def test_the_applications_own_handlers_see_the_record_unchanged(observed, handler):
    seen = {}
    for instrumented in (False, True):
        stream = io.StringIO()
        plain = logging.StreamHandler(stream)
        plain.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s %(typed)s"))
        log = logging.getLogger("app.console")
        log.addHandler(plain)
        if instrumented:
            observed.instrument()
        try:
            await call(
                server_that(lambda user, p: logging.getLogger("app.console").info("got %s", p, extra={"typed": p}))
            )
        finally:
            log.removeHandler(plain)
        seen[instrumented] = stream.getvalue()
    assert seen[True] == seen[False] == f"INFO app.console got {CANARY} {CANARY}\n"


async def test_other_processors_see_the_very_record_that_was_emitted(observed):
    from opentelemetry.sdk._logs import LogRecordProcessor

    class Spy(LogRecordProcessor):
        def __init__(self):
            self.seen = []

        def on_emit(self, log_record):
            self.seen.append(log_record.log_record)

        def shutdown(self):
            pass

        def force_flush(self, timeout_millis=30_000):
            return True

    spy = Spy()
    observed.logger_provider.add_log_record_processor(spy)
    emitted = LogRecord(body=f"it is {CANARY}", attributes={"a": CANARY})
    observed.instrument()
    await call(server_that(lambda user, password: observed.logger_provider.get_logger("spied").emit(emitted)))
    assert any(record is emitted for record in spy.seen)
    assert (emitted.body, dict(emitted.attributes)) == (f"it is {CANARY}", {"a": CANARY})
    assert_clean(of_logger(observed, "spied"))


async def test_a_record_with_nothing_to_remove_is_passed_as_it_is(observed, monkeypatch):
    passed = []
    monkeypatch.setattr(
        SimpleLogRecordProcessor, "on_emit", lambda self, log_record: passed.append(log_record.log_record)
    )
    emitted = LogRecord(body="plain words", attributes={"a": "b"})
    observed.instrument()
    await call(server_that(lambda user, password: observed.logger_provider.get_logger("spied").emit(emitted)))
    assert any(record is emitted for record in passed)


async def test_code_on_threads_without_context_is_covered_while_the_operation_runs(observed, handler):
    def act(user, password):
        log = logging.getLogger("app.thread")
        thread = threading.Thread(target=log.info, args=("thread got %s", password))
        thread.start()
        thread.join(10)

    observed.instrument()
    await call(server_that(act))
    [record] = of_logger(observed, "app.thread")
    assert record.body == "thread got [REDACTED:taint]"


async def test_outside_any_operation_only_the_mcp_loggers_are_looked_at(observed, handler):
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    observed.instrument()
    for name in ("mcp", "mcp.client.auth", "app", "mcpish"):
        logging.getLogger(name).warning("token %s", token)
    bodies = {name: of_logger(observed, name)[0].body for name in ("mcp", "mcp.client.auth", "app", "mcpish")}
    assert token in bodies["app"]
    assert token in bodies["mcpish"]
    assert token not in bodies["mcp"]
    assert token not in bodies["mcp.client.auth"]


async def test_with_redact_all_every_record_of_the_process_is_looked_at(observed, handler):
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    observed.instrument(redact_all=True)
    logging.getLogger("app").warning("token %s", token, extra={"password": CANARY})
    [record] = of_logger(observed, "app")
    assert_clean([record])
    assert token not in record.body


async def test_processors_made_before_and_after_and_in_batches_are_covered(observed):
    exporters = [InMemoryLogRecordExporter() for _ in range(2)]
    provider = LoggerProvider()
    provider.add_log_record_processor(BatchLogRecordProcessor(exporters[0]))
    observed.instrument()
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporters[1]))
    await call(server_that(lambda user, password: provider.get_logger("both").emit(LogRecord(body=password))))
    provider.force_flush()
    for exporter in exporters:
        [item] = exporter.get_finished_logs()
        assert item.log_record.body == "[REDACTED:taint]"
    provider.shutdown()


async def test_a_redaction_that_fails_shows_nothing_drops_nothing_and_raises_nothing(observed, handler, monkeypatch):
    def act(user, password):
        monkeypatch.setattr(Scope, "value", lambda *_, **__: 1 / 0)
        logging.getLogger("app.broken").error("got %s", password, extra={"typed": password, "n": 5})
        monkeypatch.undo()
        return "fine"

    observed.instrument()
    answer = await call(server_that(act))
    assert answer.structured_content == {"result": "fine"}
    [record] = of_logger(observed, "app.broken")
    assert record.body == "[REDACTED:error]"
    assert record.severity_number is SeverityNumber.ERROR
    assert record.attributes["otel_mcp.redacted"] == "[REDACTED:error]"
    assert CANARY not in text_of([record])
    [point] = observed.points("otel_mcp.redaction.failures")
    assert point.value >= 1


async def test_a_body_that_contains_itself_is_a_marker(observed):
    def act(user, password):
        body = [password]
        body.append(body)
        observed.logger_provider.get_logger("cyclic").emit(LogRecord(body=body))
        return "fine"

    observed.instrument()
    answer = await call(server_that(act))
    assert answer.structured_content == {"result": "fine"}
    [record] = of_logger(observed, "cyclic")
    assert CANARY not in repr(record.body)


@pytest.mark.skipif(not hasattr(LogRecord(), "exception"), reason="an SDK whose records hold no exception")
async def test_the_exception_object_of_a_record_does_not_reach_an_exporter(observed):
    def act(user, password):
        observed.logger_provider.get_logger("raised").emit(body="failed", exception=ValueError(password))

    observed.instrument()
    await call(server_that(act))
    [record] = of_logger(observed, "raised")
    assert record.exception is None
    assert record.attributes["exception.message"] == "[REDACTED:taint]"


async def test_uninstrument_leaves_the_sdks_processors_as_they_were(observed, handler):
    methods = {kind: vars(kind)["on_emit"] for kind in (SimpleLogRecordProcessor, BatchLogRecordProcessor)}
    observed.instrument()
    assert all(vars(kind)["on_emit"] is not method for kind, method in methods.items())
    MCPInstrumentor().uninstrument()
    assert {kind: vars(kind)["on_emit"] for kind in methods} == methods
    await call(server_that(lambda user, password: logging.getLogger("app").info(password)))
    assert of_logger(observed, "app")[0].body == CANARY


async def test_an_sdk_without_the_hooked_method_is_said(observed, monkeypatch, capfd):
    monkeypatch.delattr("opentelemetry.sdk._logs.export.BatchLogRecordProcessor")
    observed.instrument()
    assert "BatchLogRecordProcessor.on_emit is not in this version of the SDK" in capfd.readouterr().err


def test_an_item_that_cannot_be_copied_is_dropped_and_said(observed, capfd):
    observed.instrument(redact_all=True)
    processor = SimpleLogRecordProcessor(observed.logs_exporter)
    processor.on_emit("no record at all, and marigold")
    assert not of_logger(observed, "x")
    assert "cannot be redacted (AttributeError)" in capfd.readouterr().err
