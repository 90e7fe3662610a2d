"""Events of the application on their way into trail and telemetry: redacted, and tied to the request around them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.trace import format_span_id, format_trace_id

from otel_mcp.actors import ACTOR_TYPES
from otel_mcp.audit.entry import OUTCOMES, EntryDraft
from otel_mcp.errors import AuditUnavailable
from otel_mcp.instrumentation import _content
from otel_mcp.instrumentation._running import CURRENT, Running
from otel_mcp.instrumentation._wait import receipt_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from opentelemetry.context import Context

    from otel_mcp.audit.log import Receipt
    from otel_mcp.events import Event
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.redaction import Scope

__all__ = ["Events"]

_WAIT: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Moment:
    """When in the life of an event an entry is made."""

    phase: str
    intent: str | None = None
    error: BaseException | None = None
    duration_us: int | None = None

    def outcome(self, event: Event) -> str:
        if self.phase == "intent" or event.outcome not in OUTCOMES:
            return "unknown"
        if self.error is not None:
            return "failure" if isinstance(self.error, Exception) else "unknown"
        return event.outcome


class Events:
    """Of one recorder. What goes wrong in here stays here, but for the policy `closed`."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def record(self, event: Event) -> str | None:
        """Record what happened; gives the record id where there is a trail."""
        self._insist()
        return self._quietly(event, _Moment("event"))

    def begin(self, event: Event) -> str | None:
        """Record what is about to happen; gives the intent's record id where there is a trail."""
        self._insist()
        return self._quietly(event, _Moment("intent"))

    def end(self, event: Event, intent: str | None, error: BaseException | None, duration_us: int) -> None:
        """Record what came of it."""
        self._quietly(event, _Moment("outcome", intent, error, duration_us))

    def _insist(self) -> None:
        recorder = self._recorder
        closed = recorder.active and recorder.config.on_failure == "closed" and recorder.config.audit != "off"
        if closed and recorder.audit is None:
            raise AuditUnavailable("there is no audit log, and what is not recorded must not be done")

    def _quietly(self, event: Event, moment: _Moment) -> str | None:
        if not self._recorder.active:
            return None
        return self._recorder.quietly("event", lambda: self._take(event, moment), otherwise=None)

    def _take(self, event: Event, moment: _Moment) -> str | None:
        found = CURRENT.get()
        running = found if isinstance(found, Running) else None
        draft = self._draft(event, moment, running)
        # Within a request its own entry is behind this one in the queue, and somebody waits for that.
        stored = self.submit(draft, otel_context.get_current(), urgent=running is None)
        return None if stored is None else draft.id

    def submit(
        self, draft: EntryDraft, context: Context | None = None, *, urgent: bool = True
    ) -> Future[Receipt] | None:
        """Queue an entry, and emit its log record when its fate is known; None where there is no trail."""
        emit = partial(self._emit, draft, otel_context.Context() if context is None else context)
        audit = self._recorder.audit
        if audit is None:
            emit(None)
            return None
        future = audit.submit(draft, urgent=urgent)
        if draft.phase != "intent":
            future.add_done_callback(lambda done: self._recorder.emitter.submit(partial(emit, _receipt(done))))
        return future

    async def store(self, draft: EntryDraft | None) -> None:
        """Record it before an answer leaves; a trail that does not answer holds nobody up for long."""
        if draft is None:
            return
        future = self._recorder.quietly("event", lambda: self.submit(draft, otel_context.get_current()), otherwise=None)
        if future is None or self._recorder.config.durability == "async":
            return
        try:
            await receipt_of(future, _WAIT)
        except Exception as exc:
            self._recorder.unaudited(exc)

    def _draft(self, event: Event, moment: _Moment, running: Running | None) -> EntryDraft:
        scope = running.scope if running is not None else self._recorder.redactor.scope()
        attributes: dict[str, Any] = {} if running is None else {"op": running.record_id}
        span = trace.get_current_span().get_span_context()
        if span.is_valid:
            attributes |= {"trace": format_trace_id(span.trace_id), "span": format_span_id(span.span_id)}
        if moment.duration_us is not None:
            attributes["dur"] = moment.duration_us
        if moment.error is not None:
            attributes["err"] = _content.short(scope.text(type(moment.error).__qualname__), 64)
        body = self._body(event, moment, scope)
        of_request = running.operation if running is not None and event.actor is None else None
        if of_request is not None and of_request.principal:
            body["principal"] = of_request.principal
        # Members may have been set to anything since: an entry that is no valid one would be lost.
        actor = None if event.actor is None else _content.short(str(event.actor))
        own_type = event.actor_type if actor is not None and event.actor_type in ACTOR_TYPES else "unknown"
        return EntryDraft(
            event.name,
            moment.phase,
            event.action,
            moment.outcome(event),
            ref=moment.intent,
            actor=of_request.actor if of_request is not None else actor,
            actor_type=of_request.actor_type if of_request is not None else own_type,
            attributes=attributes,
            body=body or None,
        )

    def _body(self, event: Event, moment: _Moment, scope: Scope) -> dict[str, Any]:
        content = self._recorder.config.audit_content
        body: dict[str, Any] = {}
        if event.target is not None:
            body["target"] = _content.clean(str(event.target), scope)
        if event.details and content == "redacted":
            details = scope.leaving(scope.value(dict(event.details)))
            body["details"] = details.value
            if rules := sorted({finding.rule for finding in details.findings}):
                body["redacted"] = rules
        elif event.details and content == "digest" and self._recorder.audit is not None:
            body["details_digest"] = self._recorder.audit.keyed_digest(dict(event.details))
        if moment.error is not None and content == "redacted" and (text := str(moment.error)):
            body["error"] = _content.short(_content.leaving_text(scope.text(text), scope))
        return body

    def _emit(self, draft: EntryDraft, context: Context, receipt: Receipt | None) -> None:
        self._recorder.telemetry.emit_event(
            draft.event,
            record_id=draft.id,
            action=draft.action,
            outcome=draft.outcome,
            actor_type=draft.actor_type,
            time_ns=time.time_ns(),
            context=context,
            head=receipt.head if receipt is not None else None,
            leaf=receipt.leaf_b64 if receipt is not None else None,
        )


def _receipt(done: Future[Receipt]) -> Receipt | None:
    return None if done.exception() is not None else done.result()
