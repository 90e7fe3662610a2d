"""One operation from its first line to its last: redaction, span, intent, outcome, log record, histogram point.

The order at the end is the design's: take the end time, append the entry, await its receipt, put the leaf on the span,
emit the log record, end the span. So telemetry never speaks of an entry that a crash undid.
"""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from opentelemetry import context as otel_context
from opentelemetry import trace

from otel_mcp.audit.entry import new_record_id
from otel_mcp.errors import AuditError
from otel_mcp.instrumentation import _content
from otel_mcp.instrumentation._notice import EX_CONFIG, say, say_once
from otel_mcp.instrumentation._wait import receipt_of
from otel_mcp.telemetry import start_attributes

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.trace import Link, Span

    from otel_mcp.audit.log import AuditLog, Receipt
    from otel_mcp.config import Config
    from otel_mcp.operation import Operation, Outcome
    from otel_mcp.redaction import Redacted, Redactor, Scope
    from otel_mcp.telemetry import Telemetry

__all__ = ["CURRENT", "AuditRefusal", "Recorder", "Running", "Silence"]

CURRENT: ContextVar[Running | Silence | None] = ContextVar("otel_mcp_operation", default=None)
"""The innermost operation of this task: the SDK's own span for it is recognised by this."""


class AuditRefusal(Exception):  # not an error of ours: it becomes the JSON-RPC error that the caller gets
    """The policy is `closed` and the intent could not be stored: the operation must not run."""


@dataclass(slots=True)
class Running:
    """An operation under way. Mutable and owned by the task that runs the operation; `operation` is redacted."""

    raw: Operation
    operation: Operation
    scope: Scope
    span: Span
    start_ns: int
    start_clock: int
    record_id: str
    intent_id: str | None = None
    intent: Any = None
    arguments: Redacted | None = None
    prove: Callable[[str], bool] | None = None
    native_seen: bool = False
    taint_size: int = 0
    """How much was known to be sensitive when `operation` was made from `raw`."""
    code_on_wire: bool = False
    """The JSON-RPC error that the sender raises came in a response."""
    stale: bool = False
    """`operation` says more than the span does."""

    def know_request_id(self, request_id: str) -> None:
        """Take in the id that the sending dispatcher chose after the operation began."""
        self.raw = replace(self.raw, request_id=request_id)
        self.operation = replace(self.operation, request_id=_content.clean(request_id, self.scope))
        self.stale = True


@dataclass(frozen=True, slots=True)
class _Ended:
    """An operation that ended, as it may be emitted."""

    running: Running
    operation: Operation
    outcome: Outcome
    result: Redacted | None
    description: str | None
    end_ns: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A message that we do not record, and whose span by the SDK, which may hold raw exception text, is not wanted."""

    method: str


_T = TypeVar("_T")


class _Current(AbstractContextManager[None]):
    """Sets the operation, and its span where there is one, for the code inside; takes both back afterwards."""

    __slots__ = ("_mine", "_operation", "_span", "_token")

    def __init__(self, operation: Running | Silence, span: Span | None) -> None:
        self._operation = operation
        self._span = span
        self._token: Token[Context] | None = None

    def __enter__(self) -> None:
        self._mine = CURRENT.set(self._operation)
        if self._span is not None:
            self._token = otel_context.attach(trace.set_span_in_context(self._span))

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            otel_context.detach(self._token)
        CURRENT.reset(self._mine)


class Recorder:
    """Wires one process's redactor, telemetry and audit log. Its methods never raise into the application."""

    def __init__(
        self, config: Config, *, telemetry: Telemetry, redactor: Redactor, audit: AuditLog | None = None
    ) -> None:
        self.config = config
        self.telemetry = telemetry
        self.redactor = redactor
        self.audit = audit
        self.active = True

    @property
    def _keeps_content(self) -> bool:
        return self.audit is not None and self.config.audit_content == "redacted"

    @property
    def _content(self) -> bool:
        return self._keeps_content or self.config.span_content or self.config.event_content

    # -- the start ---------------------------------------------------------------------------------------------

    def begin(
        self,
        describe: Callable[[], Operation],
        *,
        place: Callable[[], tuple[Context | None, list[Link]]] | None = None,
        prove: Callable[[str], bool] | None = None,
    ) -> Running | None:
        """Open the record of an operation; None where we failed or were uninstrumented.

        `place` gives the span's parent context and links; `prove` is told the name of a tool whose call succeeded.
        """
        if not self.active:
            return None
        try:
            parent, links = place() if place is not None else (None, [])
            running = self._begin(describe(), parent, links)
        except Exception as exc:
            self._failed("begin", exc)
            return None
        running.prove = prove
        return running

    def _begin(self, raw: Operation, parent: Context | None, links: list[Link]) -> Running:
        start_ns, start_clock = time.time_ns(), time.perf_counter_ns()
        scope = self.redactor.scope()
        arguments = None
        if self._content:
            arguments = scope.value(raw.arguments, schema=raw.schema)
        elif not raw.registered:
            scope.learn(raw.arguments, schema=raw.schema)
        operation = _content.safe_operation(raw, scope)
        span: Span = trace.INVALID_SPAN
        if self.config.spans == "own":
            span = self.telemetry.start_span(operation, parent=parent, links=links, start_ns=start_ns)
        running = Running(raw, operation, scope, span, start_ns, start_clock, new_record_id(), arguments=arguments)
        running.taint_size = scope.taint_size
        if self.audit is not None:
            self._submit_intent(self.audit, running)
        return running

    def _submit_intent(self, audit: AuditLog, running: Running) -> None:
        draft = _content.intent_draft(
            running.operation,
            raw=running.raw,
            audit=audit,
            span=running.span,
            # Under write-ahead the intent is the evidence of what was about to run, so it holds the arguments as far as
            # they are known to be clean now. Otherwise only the outcome does: the result may teach us what to remove.
            arguments=running.arguments if self.config.durability == "write-ahead" and self._keeps_content else None,
            digest=self.config.audit_content != "none",
            time_us=running.start_ns // 1000,
        )
        running.intent_id = draft.id
        # Under `commit` nobody waits for the intent: a short operation's shares one commit with its outcome.
        running.intent = audit.submit(draft, urgent=self.config.durability == "write-ahead")

    async def ready(self, running: Running | None) -> None:
        """Wait for the intent where the policy asks for it.

        Raises:
            AuditRefusal: the policy is `closed` and there is no durable intent.
        """
        if not self.active or self.config.durability != "write-ahead" or self.audit is None:
            if self.config.on_failure == "closed" and self.audit is None and self.config.audit != "off":
                raise AuditRefusal
            return
        try:
            await receipt_of(self._intent_of(running))
        except AuditError as exc:
            self._unaudited(exc)
            if self.config.on_failure == "closed":
                raise AuditRefusal from None
        except Exception as exc:
            self._failed("intent", exc)

    @staticmethod
    def _intent_of(running: Running | None) -> Any:
        if running is None:
            raise AuditError("the operation could not be described")
        return running.intent

    def current(self, running: Running | None) -> AbstractContextManager[None]:
        """Make the operation and its span current for the code inside."""
        if running is None:
            return nullcontext()
        return _Current(running, running.span if self.config.spans == "own" else None)

    def silenced(self, method: str) -> AbstractContextManager[None]:
        """Keep the SDK from opening a span for this message, in the mode where the spans are ours."""
        return _Current(Silence(method), None) if self.config.spans == "own" else nullcontext()

    def quietly(self, step: str, work: Callable[[], _T], otherwise: _T) -> _T:
        """Do something of ours beside the application's call; whatever goes wrong in it stays here."""
        try:
            return work()
        except Exception as exc:
            self._failed(step, exc)
            return otherwise

    # -- the end -----------------------------------------------------------------------------------------------

    async def finish(self, running: Running | None, outcome: Callable[[], Outcome]) -> None:
        """Record how the operation ended. Exceptions of ours end here; a cancellation of the caller's passes."""
        if running is None:
            return
        end_ns = running.start_ns + (time.perf_counter_ns() - running.start_clock)
        try:
            await self._finish(running, outcome(), end_ns)
        except Exception as exc:
            self._failed("finish", exc)
            running.span.end(end_ns)

    async def _finish(self, running: Running, outcome: Outcome, end_ns: int) -> None:
        result = self._redact_result(running, outcome)
        description = None
        if outcome.message:
            running.scope.learn(running.raw.arguments, schema=running.raw.schema)
            description = _content.short(running.scope.text(outcome.message))
        operation = self._settle(running, outcome)
        ended = _Ended(running, operation, outcome, result, description, end_ns)
        future = self._submit_outcome(ended)
        if future is None:
            self._emit(ended, None)
        elif self.config.durability == "async":
            # Nobody waits, but telemetry still speaks only of entries that are there: the writer tells when one is.
            future.add_done_callback(lambda done: self._emit_when(ended, done))
        else:
            await self._await_and_emit(ended, future)

    async def _await_and_emit(self, ended: _Ended, future: Future[Receipt]) -> None:
        try:
            receipt = await receipt_of(future)
        except AuditError as exc:
            self._unaudited(exc)
            self._emit(ended, None)
        except BaseException:
            # The application's task was cancelled while it waited for us. The entry is on its way all the same.
            future.add_done_callback(lambda done: self._emit_when(ended, done))
            raise
        else:
            self._emit(ended, receipt)

    def _emit_when(self, ended: _Ended, done: Future[Receipt]) -> None:
        """Emit from the writer's thread, after the entry's fate is known."""
        try:
            receipt = None
            if (error := done.exception()) is None:
                receipt = done.result()
            elif isinstance(error, AuditError):
                self._unaudited(error)
            self._emit(ended, receipt)
        except Exception as exc:
            self._failed("emit", exc)

    def _emit(self, ended: _Ended, receipt: Receipt | None) -> None:
        running, operation, outcome, end_ns = ended.running, ended.operation, ended.outcome, ended.end_ns
        leaf = receipt.leaf_b64 if receipt is not None else None
        span_context = trace.set_span_in_context(running.span)
        content = _content.telemetry_content(operation, outcome, running.arguments, ended.result)
        self.telemetry.emit_record(
            operation,
            outcome,
            record_id=running.record_id,
            end_ns=end_ns,
            context=span_context,
            head=receipt.head if receipt is not None else None,
            leaf=leaf,
            content=content if self.config.event_content else None,
        )
        seconds = (end_ns - running.start_ns) / 1e9
        self.telemetry.record_duration(operation, outcome, seconds, span_context)
        self.telemetry.end_span(
            running.span,
            operation,
            outcome,
            end_ns=end_ns,
            description=ended.description,
            content=content if self.config.span_content else None,
            leaf=leaf,
        )

    @staticmethod
    def _settle(running: Running, outcome: Outcome) -> Operation:
        """The operation as the end knows it: names redacted by all that was found, a served tool's name registered."""
        raw = running.raw
        if outcome.status == "success" and raw.tool and not raw.registered and running.prove is not None:
            running.raw = replace(raw, registered=running.prove(raw.tool))
        if running.raw is not raw or running.scope.taint_size != running.taint_size:
            running.operation = _content.safe_operation(running.raw, running.scope)
            running.stale = True
        if running.stale and running.span.is_recording():
            running.span.set_attributes(start_attributes(running.operation))
        return running.operation

    def _redact_result(self, running: Running, outcome: Outcome) -> Redacted | None:
        if not self._content:
            return None
        result = None
        if outcome.result is not None and running.operation.facts.keeps_result:
            result = _content.redact_result(running.scope, outcome.result, running.raw.output_schema)
        if running.arguments is not None and running.scope.taint_size != running.taint_size:
            running.arguments = running.scope.rescrub(running.arguments)
        return result

    def _submit_outcome(self, ended: _Ended) -> Future[Receipt] | None:
        audit, running = self.audit, ended.running
        if audit is None:
            return None
        draft = _content.outcome_draft(
            ended.operation,
            ended.outcome,
            raw=running.raw,
            audit=audit,
            span=running.span,
            record_id=running.record_id,
            intent_id=running.intent_id,
            arguments=running.arguments if self._keeps_content else None,
            result=ended.result if self._keeps_content else None,
            description=ended.description,
            digest=self.config.audit_content != "none",
            time_us=ended.end_ns // 1000,
            duration_us=(ended.end_ns - running.start_ns) // 1000,
        )
        return audit.submit(draft)

    # -- trouble -----------------------------------------------------------------------------------------------

    def _unaudited(self, exc: AuditError) -> None:
        """The log could not take an entry: the policy decides."""
        if self.config.on_failure == "exit":
            say(f"the audit log cannot be written ({exc}); ending the process (OTEL_MCP_AUDIT_ON_FAILURE=exit)")
            os._exit(EX_CONFIG)
        fate = "calls are refused" if self.config.on_failure == "closed" else "calls run on UNAUDITED"
        say_once(f"the audit log cannot be written ({exc}); {fate}")

    @staticmethod
    def _failed(step: str, exc: Exception) -> None:
        # The type alone: an exception's text may hold what it was about.
        say_once(f"internal error in {step} ({type(exc).__name__}); an operation was not fully recorded")
