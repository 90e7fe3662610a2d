"""Decisions in the course of a request: what a person answered when asked, and what a server refused to somebody.

A person answers a request of the server (`elicitation/create`), or with the repeated request that needed the answer
(`inputResponses`, since 2026-07-28). The answer itself is in neither entry.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import trace
from opentelemetry.trace import format_span_id, format_trace_id

from otel_mcp.audit.entry import EntryDraft
from otel_mcp.instrumentation._running import CURRENT, Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Operation, Outcome

__all__ = ["Decisions"]

_ASKING: Final = "elicitation/create"
_ANSWERS: Final[Mapping[str, str | None]] = {"accept": None, "decline": "declined", "cancel": "cancelled"}
_MOST_ANSWERS: Final = 16
"""With one request; what is beyond is counted."""
_UNKNOWN: Final = re.compile(
    r"unknown (?:tool|resource|prompt)\b|(?:tool|resource|prompt) (?:\S{1,256} )?not found\b", re.IGNORECASE
)
_DENIED: Final = "mcp.authz.denied"


class Decisions:
    """Of one recorder. What they are about is in the trail as an operation, so nobody waits for these alone."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def begun(self, running: Running) -> None:
        """Record the answers that a repeated request brings, before it runs."""
        hidden = running.raw.hidden
        given = hidden.values() if isinstance(hidden, dict) else ()
        actions = [action for action in map(_action_of, given) if action is not None]
        for action, count in _counted(actions):
            self._submit(running, self._answer(running, running, action, count))

    def ended(self, running: Running, outcome: Outcome) -> None:
        """Record what the end of an operation says: an answer, or that somebody did not get what he asked for."""
        if running.raw.method == _ASKING:
            action = _action_of(outcome.result)
            if action is not None:
                self._submit(running, self._answer(running, _asked_for(running), action, 1))
        elif running.raw.side == "server" and outcome.status == "failure":
            self._refused(running, outcome)

    def _answer(self, running: Running, about: Running, action: str, count: int) -> EntryDraft:
        error = _ANSWERS[action]
        attributes: dict[str, Any] = {} if error is None else {"err": error}
        if count > 1:
            attributes["count"] = count
        event, verb = ("mcp.authz.granted", "APPROVE") if error is None else (_DENIED, "REJECT")
        return _draft(running, about, event, verb, head=attributes)

    def _refused(self, running: Running, outcome: Outcome) -> None:
        denial, unknown = running.denial, _is_unknown(outcome)
        error, body, known = "", {}, running.raw.registered
        if denial is not None and (denial.final or unknown):
            error = "insufficient_scope" if denial.required else "access_denied"
            body = {
                "required_scopes": list(denial.required) or None,
                "held_scopes": None if denial.held is None else list(denial.held),
            }
            known |= denial.held is not None
        elif unknown and running.raw.method == "tools/call" and not known:
            error = "unknown_tool"
        if not error:
            return
        draft = _draft(running, running, _DENIED, "AUTHORIZE", head={"err": error}, body=body)
        operation = running.operation
        # By name only where there is such a thing: a stranger can make up names, and URIs.
        what = operation.tool or operation.prompt if known else None
        kind = (draft.event, error, draft.actor, operation.client_address, what)
        if self._recorder.authentication.windows.passes(kind, draft):
            self._submit(running, draft)

    def _submit(self, running: Running, draft: EntryDraft) -> None:
        # In front of the operation's own entry in the queue, and somebody waits for that.
        self._recorder.events.submit(draft, trace.set_span_in_context(running.span), urgent=False)


def _draft(
    running: Running,
    about: Running,
    event: str,
    action: str,
    *,
    head: Mapping[str, Any],
    body: Mapping[str, Any] | None = None,
) -> EntryDraft:
    """An entry about an operation: `about` is what was decided on, for the actor of that one."""
    operation = about.operation
    span = running.span.get_span_context()
    attributes: dict[str, Any] = {"side": _side(running), "op": about.record_id, **head}
    if operation.transport is not None:
        attributes["transport"] = operation.transport
    if span.is_valid:
        attributes |= {"trace": format_trace_id(span.trace_id), "span": format_span_id(span.span_id)}
    names = _names(operation)
    if operation.registered:
        attributes |= {kind: name for kind, name in names.items() if kind != "resource"}
        names = {kind: name for kind, name in names.items() if kind == "resource"}
    clear = {
        **names,
        "client_address": operation.client_address,
        "principal": operation.principal,
        **(body or {}),
    }
    return EntryDraft(
        event,
        "event",
        action,
        "success" if event != _DENIED else "failure",
        actor=operation.actor,
        actor_type=operation.actor_type,
        attributes=attributes,
        body={name: value for name, value in clear.items() if value is not None} or None,
    )


def _side(running: Running) -> str:
    """Whether this process asked as a server, or answered as a client."""
    asks = running.raw.method == _ASKING
    return {"client": "server", "server": "client"}[running.raw.side] if asks else running.raw.side


def _names(operation: Operation) -> dict[str, Any]:
    named = {"tool": operation.tool, "prompt": operation.prompt, "resource": operation.resource}
    return {kind: name for kind, name in named.items() if name is not None}


def _asked_for(running: Running) -> Running:
    """The operation for which a server asks; the asking itself where that cannot be told, and at the client."""
    around = CURRENT.get()
    asks = running.raw.side == "client"
    return around if asks and isinstance(around, Running) and around.raw.side == "server" else running


def _action_of(answer: Any) -> str | None:
    action = answer.get("action") if isinstance(answer, dict) else None
    return action if isinstance(action, str) and action in _ANSWERS else None


def _counted(actions: list[str]) -> Iterator[tuple[str, int]]:
    yield from ((action, 1) for action in actions[:_MOST_ANSWERS])
    yield from Counter(actions[_MOST_ANSWERS:]).items()


def _is_unknown(outcome: Outcome) -> bool:
    """Whether a failure says that there is no such thing, in the words of the SDK and of FastMCP."""
    texts = [outcome.message]
    if isinstance(outcome.result, dict) and isinstance(content := outcome.result.get("content"), list):
        texts += [block.get("text") for block in content[:1] if isinstance(block, dict)]
    return any(isinstance(text, str) and _UNKNOWN.match(text) for text in texts)
