"""One operation from its first line to its last: redaction, span, intent, outcome, log record, histogram point.

The order at the end is the design's: take the end time, append the entry, await its receipt, put the leaf on the span,
emit the log record, end the span. So telemetry never speaks of an entry that a crash undid.
"""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from opentelemetry import context as otel_context
from opentelemetry import trace

from otel_mcp import semconv
from otel_mcp.audit.entry import new_record_id
from otel_mcp.errors import AuditError, OtelMcpError
from otel_mcp.instrumentation import _content
from otel_mcp.instrumentation._access import classified
from otel_mcp.instrumentation._auth import Authentication
from otel_mcp.instrumentation._checkpoints import Checkpoints
from otel_mcp.instrumentation._context import PlainContexts
from otel_mcp.instrumentation._decisions import Decisions
from otel_mcp.instrumentation._definitions import Definitions
from otel_mcp.instrumentation._emitter import Emitter
from otel_mcp.instrumentation._events import Events
from otel_mcp.instrumentation._exceptions import exception_attributes
from otel_mcp.instrumentation._later import Later
from otel_mcp.instrumentation._notice import EX_CONFIG, say, say_once
from otel_mcp.instrumentation._outcome import exception_outcome, refusal
from otel_mcp.instrumentation._plain import PlainTexts
from otel_mcp.instrumentation._running import Current, Running, Silence, tell_sender
from otel_mcp.instrumentation._said import Said
from otel_mcp.instrumentation._servers import Servers
from otel_mcp.instrumentation._sessions import Sessions
from otel_mcp.instrumentation._wait import NoReceipt, aside, receipt_of
from otel_mcp.instrumentation._who import Naming
from otel_mcp.instrumentation._write_ahead import write_ahead_of
from otel_mcp.operation import Outcome
from otel_mcp.telemetry import end_attributes, start_attributes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future

    from opentelemetry.context import Context
    from opentelemetry.trace import Link, Span

    from otel_mcp.access import AccessRules
    from otel_mcp.audit.log import AuditLog, Receipt
    from otel_mcp.config import Config
    from otel_mcp.operation import Operation, Side
    from otel_mcp.redaction import Redacted, Redactor, Scope
    from otel_mcp.telemetry import Telemetry

__all__ = ["AuditRefusal", "Recorder"]

_WAIT_OPEN: Final = 2.0
_WAIT_CLOSED: Final = 5.0
_WAIT_LAST: Final = 1.0
"""Seconds that a call waits for its entry. Where calls may run unaudited, the first wait in vain is the last one until
the log has written again: a stuck disk must not become a stuck application."""

_SENSITIVE: Final = {"x-sensitive": True}
_ASKED: Final = ("elicitation/create",)
"""Requests whose answer a person gave: sensitive as a whole, in every operation under way."""


class AuditRefusal(Exception):  # not an error of ours: it becomes the JSON-RPC error that the caller gets
    """The policy is `closed` and the intent could not be stored: the operation must not run."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """An operation that ended, as it may be emitted."""

    running: Running
    operation: Operation
    outcome: Outcome
    result: Redacted | None
    description: str | None
    end_ns: int
    exception: dict[str, str] | None = None


_T = TypeVar("_T")


class Recorder:
    """Wires one process's redactor, telemetry and audit log. Its methods never raise into the application."""

    def __init__(
        self, config: Config, *, telemetry: Telemetry, redactor: Redactor, audit: AuditLog | None = None
    ) -> None:
        self.config = config
        self._writes_ahead = write_ahead_of(config)
        self.telemetry = telemetry
        self.redactor = redactor
        self.audit = audit
        self.active = True
        self.naming = Naming(config.name_actor)
        self.access_rules: AccessRules | None = None
        self.emitter = Emitter()
        self.checkpoints = Checkpoints(telemetry, self.emitter)
        self.events = Events(self)
        self.authentication = Authentication(self)
        self.decisions = Decisions(self)
        self.later = Later(lambda work: self.quietly("comparison", work, otherwise=None))
        self.definitions = Definitions(self)
        self.servers = Servers(self)
        self.sessions = Sessions(self)
        self._stalled = False
        self._under_way: set[Running] = set()
        self.emitting: dict[int, Said] = {}
        """What we said on the spans that are ending now, by span id."""
        self._metadata_only = False
        self._plain_names = PlainTexts(redactor)
        self._plain_context = PlainContexts(redactor)

    def last_words(self, *, ending: bool = True) -> None:
        """Give the trail what is still to come before it is closed; `ending`: the program is, too."""
        self.quietly("comparison", lambda: self.later.flush(_WAIT_LAST), otherwise=False)
        self.quietly("authentication", self.authentication.windows.close, otherwise=None)
        if ending:
            self.quietly("servers", self.servers.close, otherwise=None)
            self.quietly("sessions", self.sessions.close, otherwise=None)

    def under_way(self) -> tuple[Running, ...]:
        """The operations that have begun and not ended."""
        return tuple(self._under_way)

    def keep_metadata_only(self) -> None:
        """Keep nothing of arguments, results and error texts from now on: nobody knows what to remove from them."""
        content = "digest" if self.config.audit_content == "redacted" else self.config.audit_content
        self.config = replace(self.config, capture="NO_CONTENT", audit_content=content)
        self._metadata_only = True

    @property
    def _keeps_content(self) -> bool:
        return self.audit is not None and self.config.audit_content == "redacted"

    @property
    def _content(self) -> bool:
        return self._keeps_content or self.config.span_content or self.config.event_content

    async def run(
        self,
        side: Side,
        running: Running | None,
        call: Callable[[], Awaitable[Any]],
        outcome: Callable[[Any], Outcome],
    ) -> Any:
        """Run the application's `call` as the operation; its result or exception passes through as it is."""
        try:
            await self.ready(running)
            with self.current(running):
                result = await call()
        except AuditRefusal:
            error = refusal()
            await self.finish(running, partial(exception_outcome, side, error))
            raise error from None
        except Exception as exc:
            await self.finish(running, partial(self.raised, side, running, exc))
            raise
        except BaseException as exc:
            # Cancellation, GeneratorExit, exit: nothing may be awaited here.
            self.finish_at_once(running, partial(self.raised, side, running, exc))
            raise
        await self.finish(running, partial(outcome, result))
        return result

    # -- the start ---------------------------------------------------------------------------------------------

    def begin(
        self,
        describe: Callable[[], Operation],
        bare: Callable[[], Operation],
        *,
        place: Callable[[], tuple[Context | None, list[Link]]] | None = None,
        prove: Callable[[str], bool] | None = None,
        opened: Callable[[Operation, int], None] | None = None,
        refused_since: tuple[int, int] | None = None,
        intent: bool = True,
    ) -> Running | None:
        """Open the record of an operation; None where we were uninstrumented or even the barest record failed.

        `bare` is the operation without anything that could fail; `place` gives the span's parent context and links;
        `prove` is told the name of a tool whose call succeeded, `opened` of a handshake that did. `refused_since` are
        wall clock and monotonic clock, in ns, of the arrival of a request that is refused already: nothing is about to
        happen, so there is no intent. Nor is there one without `intent`.
        """
        if not self.active:
            return None
        raw = self.quietly("describe", describe, otherwise=None) or self.quietly("describe", bare, otherwise=None)
        if raw is None:
            return None
        if raw.side == "server":
            self.quietly("request id", lambda: tell_sender(raw), otherwise=None)
        nowhere: tuple[Context | None, list[Link]] = (None, [])
        parent, links = self.quietly("place", place, otherwise=nowhere) if place is not None else nowhere
        running = self.quietly("begin", lambda: self._begin(raw, parent, links, refused_since), otherwise=None)
        if running is not None:
            running.prove, running.opened = prove, opened
            self._under_way.add(running)
            if self.audit is not None and intent and refused_since is None:
                audit = self.audit
                self.quietly("intent", lambda: self._submit_intent(audit, running), otherwise=None)
            if raw.hidden is not None and refused_since is None:
                self.quietly("decision", lambda: self.decisions.begun(running), otherwise=None)
        return running

    def _begin(
        self, raw: Operation, parent: Context | None, links: list[Link], since: tuple[int, int] | None
    ) -> Running:
        start_ns, start_clock = since or (time.time_ns(), time.perf_counter_ns())
        if raw.registered and not self.is_plain(raw.tool or raw.prompt):
            # A server may list anything as a name, a token too: such a name is treated as one that nobody registered.
            raw = replace(raw, registered=False)
        raw = classified(raw, self.access_rules)
        scope = self.redactor.scope(raw.tool)
        arguments = self.quietly("redact", lambda: self._look(raw, scope), otherwise=None)
        operation = self.quietly("names", lambda: _content.safe_operation(raw, scope), otherwise=None)
        if operation is None:
            operation = _content.nameless(raw)
        span: Span = trace.INVALID_SPAN
        if self.config.spans == "own":
            nowhere: tuple[Context | None, list[Link]] = (otel_context.Context(), [])
            place = self.quietly("context", lambda: self._plain_context(parent, links, scope), otherwise=nowhere)
            span = self.telemetry.start_span(operation, parent=place[0], links=place[1], start_ns=start_ns)
        running = Running(raw, operation, scope, span, start_ns, start_clock, new_record_id(), arguments=arguments)
        running.taint_size, running.write_ahead = scope.taint_size, self._writes_ahead(raw)
        return running

    def is_plain(self, name: str | None) -> bool:
        """Whether redaction leaves a name as it is."""
        return name is None or name in self._plain_names

    def _look(self, raw: Operation, scope: Scope) -> Redacted | None:
        """Learn what is sensitive in the request; the redacted arguments where they are kept."""
        if raw.resource is not None:
            scope.learn_uri(raw.resource)
        for value in (raw.hidden, raw.request_state):
            if value is not None:
                scope.learn(value, schema=_SENSITIVE)
        if raw.opaque:
            # Nobody has said which of these arguments are secret: none of them is kept, and all of them are removed
            # from whatever else the operation shows.
            scope.learn(raw.arguments, schema=_SENSITIVE)
            return None
        if self._content and scope.keeps("arguments"):
            return scope.value(raw.arguments, schema=raw.schema)
        # Nothing of them is kept; the application may repeat them in a log record or on a span.
        scope.learn(raw.arguments, schema=raw.schema)
        return None

    def _submit_intent(self, audit: AuditLog, running: Running) -> None:
        write_ahead = running.write_ahead
        draft = _content.intent_draft(
            running.operation,
            raw=running.raw,
            audit=audit,
            span=running.span,
            # Under write-ahead the intent is the evidence of what was about to run, so it holds the arguments as far as
            # they are known to be clean now. Otherwise only the outcome does: the result may teach us what to remove.
            # Plug-ins are asked at the end, so with them the intent has the digest as well.
            arguments=running.arguments if write_ahead and self._keeps_content and not self.redactor.plugins else None,
            names=write_ahead,
            digest=self.config.audit_content != "none",
            time_us=running.start_ns // 1000,
        )
        running.intent_id = draft.id
        # Under `commit` nobody waits for the intent: a short operation's shares one commit with its outcome.
        running.intent = audit.submit(draft, urgent=write_ahead)

    async def ready(self, running: Running | None) -> None:
        """Wait for the intent where the policy asks for it.

        Raises:
            AuditRefusal: the policy is `closed` and there is no durable intent.
        """
        if not self.active:
            return
        closed = self.config.on_failure == "closed"
        if self.audit is None:
            if closed and self.config.audit != "off":
                raise AuditRefusal
            return
        waits = running.write_ahead if running is not None else self.config.durability == "write-ahead"
        if not waits or (self._stalled and not closed):
            return
        try:
            await receipt_of(self._intent_of(running), _WAIT_CLOSED if closed else _WAIT_OPEN)
        except Exception as exc:
            self.unaudited(exc)
            if closed:
                raise AuditRefusal from None

    @staticmethod
    def _intent_of(running: Running | None) -> Any:
        if running is None or running.intent is None:
            raise AuditError("the operation could not be described")
        return running.intent

    def current(self, running: Running | None) -> AbstractContextManager[None]:
        """Make the operation and its span current for the code inside."""
        if running is None:
            return nullcontext()
        return Current(running, running.span if self.config.spans == "own" else None)

    def silenced(self, method: str) -> AbstractContextManager[None]:
        """Keep the SDK from opening a span for this message, in the mode where the spans are ours."""
        return Current(Silence(method), None) if self.config.spans == "own" else nullcontext()

    def quietly(self, step: str, work: Callable[[], _T], otherwise: _T) -> _T:
        """Do something of ours beside the application's call; whatever goes wrong in it stays here."""
        try:
            return work()
        except Exception as exc:
            self._failed(step, exc)
            return otherwise

    # -- the end -----------------------------------------------------------------------------------------------

    def raised(self, side: Side, running: Running | None, exc: BaseException) -> Outcome:
        outcome = exception_outcome(side, exc, on_wire=running is not None and running.code_on_wire)
        unexpected = outcome.status == "failure" and outcome.code is None and outcome.message is None
        if running is not None and unexpected and self.config.span_content:
            running.raised = exc
        return outcome

    async def finish(self, running: Running | None, outcome: Callable[[], Outcome]) -> None:
        """Record how the operation ended, and wait for its entry as the durability asks.

        Exceptions of ours end here; a cancellation of the caller's passes, and the operation is recorded all the same.
        """
        if running is None:
            return
        if self.redactor.plugins:
            ended, future = await aside(partial(self._end, running, outcome))
        else:
            ended, future = self._end(running, outcome)
        if future is None:
            self._emit_quietly(ended, None)
            return
        waits = self.config.durability != "async" or running.write_ahead
        if not waits or (self._stalled and self.config.on_failure == "open"):
            self._emit_later(ended, future)
            return
        try:
            receipt = await receipt_of(future, _WAIT_OPEN if self.config.on_failure == "open" else _WAIT_CLOSED)
        except NoReceipt as exc:
            self.unaudited(exc)
            self._stall_until(future)
            self._emit_later(ended, future)
        except Exception as exc:
            self.unaudited(exc)
            self._emit_quietly(ended, None)
        except BaseException:
            self._emit_later(ended, future)
            raise
        else:
            self._emit_quietly(ended, receipt)

    def finish_at_once(self, running: Running | None, outcome: Callable[[], Outcome]) -> None:
        if running is None:
            return
        if self.redactor.plugins:
            running.arguments = None  # there is no time to ask them
        ended, future = self._end(running, outcome)
        if future is None:
            self._emit_quietly(ended, None)
        else:
            self._emit_later(ended, future)

    def _end(self, running: Running, outcome: Callable[[], Outcome]) -> tuple[_Ended, Future[Receipt] | None]:
        """Everything between the end of the application's work and the wait: it cannot fail as a whole."""
        end_ns = running.start_ns + (time.perf_counter_ns() - running.start_clock)
        self._under_way.discard(running)
        settled = self.quietly("outcome", outcome, otherwise=None) or Outcome("unknown", semconv.ERROR_OTHER)
        bare = _Ended(running, running.operation, settled, None, None, end_ns)
        ended = self.quietly("finish", lambda: self._settle(running, settled, end_ns), otherwise=None)
        if ended is None:
            running.arguments, running.content, ended = None, None, bare
        self.quietly("decision", lambda: self.decisions.ended(running, ended.outcome), otherwise=None)
        future = self.quietly("entry", lambda: self._submit_outcome(ended), otherwise=None)
        if (opened := running.opened) is not None and settled.status == "success":
            self.quietly("session", lambda: opened(running.operation, running.start_clock), otherwise=None)
        running.forget()
        return ended, future

    def _settle(self, running: Running, outcome: Outcome, end_ns: int) -> _Ended:
        """Names redacted by all that was found, a served tool's name registered, the negotiated version taken in."""
        scope, raw = running.scope, running.raw
        if raw.method in _ASKED and isinstance(outcome.result, dict):
            answer = outcome.result.get("content")
            for other in (*self._under_way, running):
                other.scope.learn(answer, schema=_SENSITIVE)
        result = self._redact_result(running, outcome)
        description = None
        if outcome.message and not self._metadata_only and scope.keeps("results"):
            scope.learn(raw.arguments, schema=raw.schema)
            description = _content.short(_content.leaving_text(scope.text(outcome.message), scope))
        if running.arguments is not None and scope.taint_size != running.taint_size:
            running.arguments = scope.rescrub(running.arguments)
        if self.redactor.plugins:
            running.arguments = None if running.arguments is None else scope.leaving(running.arguments)
            result = None if result is None else scope.leaving(result)
        running.raw = _content.with_facts_of_result(raw, outcome)
        named_plainly = raw.tool is not None and not raw.registered and scope.text(raw.tool) == raw.tool
        if outcome.status == "success" and named_plainly and raw.tool and running.prove is not None:
            running.raw = replace(running.raw, registered=running.prove(raw.tool))
        if running.raw is not raw or scope.taint_size != running.taint_size:
            running.operation = _content.safe_operation(running.raw, scope)
            running.stale = True
        if running.stale and running.span.is_recording():
            running.span.set_attributes(start_attributes(running.operation))
        running.content = _content.telemetry_content(running.operation, outcome, running.arguments, result)
        error_type = None if outcome.error_type is None else _content.short(scope.text(outcome.error_type), 128)
        outcome = replace(outcome, error_type=error_type)
        self._count(running, result)
        exception, raised = None, running.raised
        if raised is not None and running.span.is_recording() and scope.keeps("results"):
            exception = self.quietly("exception", lambda: exception_attributes(raised, scope), otherwise=None)
        return _Ended(running, running.operation, outcome, result, description, end_ns, exception)

    def _count(self, running: Running, result: Redacted | None) -> None:
        for surface, redacted in (("arguments", running.arguments), ("result", result)):
            if redacted is not None and redacted.findings:
                self.telemetry.count_redactions(redacted.findings, surface)
        self.telemetry.count_failures(self.redactor.failures)

    def _redact_result(self, running: Running, outcome: Outcome) -> Redacted | None:
        raw = running.raw
        if outcome.request_state is not None:
            running.scope.learn(outcome.request_state, schema=_SENSITIVE)
        if not self._content or outcome.result is None or not raw.facts.keeps_result or raw.opaque:
            return None
        result = _content.redact_result(running.scope, outcome.result, raw.output_schema)
        return result if running.scope.keeps("results") else None

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

    # -- telemetry ---------------------------------------------------------------------------------------------

    def _emit_later(self, ended: _Ended, future: Future[Receipt]) -> None:
        """Emit when the entry's fate is known, on the emitter's thread."""
        future.add_done_callback(lambda done: self.emitter.submit(partial(self._emit_when, ended, done)))

    def _emit_when(self, ended: _Ended, done: Future[Receipt]) -> None:
        error = done.exception()
        if isinstance(error, Exception):
            self.unaudited(error)
        self._emit_quietly(ended, None if error is not None else done.result())

    def _emit_quietly(self, ended: _Ended, receipt: Receipt | None) -> None:
        self.quietly("emit", lambda: self._emit(ended, receipt), otherwise=None)
        if receipt is not None:
            self.quietly("checkpoint", lambda: self.checkpoints.saw(receipt), otherwise=None)

    def _emit(self, ended: _Ended, receipt: Receipt | None) -> None:
        running, operation, outcome, end_ns = ended.running, ended.operation, ended.outcome, ended.end_ns
        leaf = receipt.leaf_b64 if receipt is not None else None
        span_context = trace.set_span_in_context(running.span)
        try:
            self.telemetry.emit_record(
                operation,
                outcome,
                record_id=running.record_id,
                end_ns=end_ns,
                context=span_context,
                head=receipt.head if receipt is not None else None,
                leaf=leaf,
                content=running.content if self.config.event_content else None,
            )
            seconds = (end_ns - running.start_ns) / 1e9
            self.telemetry.record_duration(operation, outcome, seconds, span_context)
        finally:
            self._end_span(ended, leaf)

    def _end_span(self, ended: _Ended, leaf: str | None) -> None:
        running, operation, outcome = ended.running, ended.operation, ended.outcome
        content = running.content if self.config.span_content else None
        span_id = running.span.get_span_context().span_id
        if running.span.is_recording():
            attributes = start_attributes(operation) | end_attributes(outcome)
            self.emitting[span_id] = Said(running.scope, attributes, leaf, content or {}, ended.description)
        try:
            self.telemetry.end_span(
                running.span,
                operation,
                outcome,
                end_ns=ended.end_ns,
                description=ended.description,
                content=content,
                leaf=leaf,
                exception=ended.exception,
            )
        finally:
            self.emitting.pop(span_id, None)

    # -- trouble -----------------------------------------------------------------------------------------------

    def _stall_until(self, future: Future[Receipt]) -> None:
        self._stalled = True

        def recovered(done: Future[Receipt]) -> None:
            self._stalled = done.exception() is not None

        future.add_done_callback(recovered)

    def unaudited(self, exc: Exception) -> None:
        """The log could not take an entry: the policy decides."""
        reason = exc if isinstance(exc, OtelMcpError) else type(exc).__name__
        if self.config.on_failure == "exit":
            say(f"the audit log cannot be written ({reason}); ending the process (OTEL_MCP_AUDIT_ON_FAILURE=exit)")
            os._exit(EX_CONFIG)
        fate = "calls are refused" if self.config.on_failure == "closed" else "calls run on UNAUDITED"
        say_once(f"the audit log cannot be written ({reason}); {fate}")

    @staticmethod
    def _failed(step: str, exc: Exception) -> None:
        # The type alone: an exception's text may hold what it was about.
        say_once(f"internal error in {step} ({type(exc).__name__}); an operation was not fully recorded")
