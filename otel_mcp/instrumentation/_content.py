"""From an operation to what may leave: redacted copies for telemetry, drafts of entries for the trail."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import format_span_id, format_trace_id

from otel_mcp import semconv
from otel_mcp.audit.entry import EntryDraft
from otel_mcp.redaction import Redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from opentelemetry.trace import Span

    from otel_mcp.audit.log import AuditLog
    from otel_mcp.operation import Operation, Outcome
    from otel_mcp.redaction import Scope

__all__ = [
    "clean",
    "intent_draft",
    "leaving_text",
    "nameless",
    "outcome_draft",
    "redact_result",
    "safe_operation",
    "short",
    "telemetry_content",
    "with_facts_of_result",
]

_LONGEST_NAME: Final = 256
_LONGEST_NUMBER: Final = 10
_LARGEST_INTEGER: Final = 2**53
_URI_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,15}(?=:)")


def short(text: str, limit: int = _LONGEST_NAME) -> str:
    """Cut text that a peer may choose the length of. Only redacted text: half a secret is matched by no pattern."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clean(text: str | None, scope: Scope) -> str | None:
    """Redact and cut one string. A short number or a date (a request id, a protocol version) says nothing by itself."""
    if text is None or (len(text) <= _LONGEST_NUMBER and text.replace("-", "").isdigit()):
        return text
    return short(scope.text(text))


def leaving_text(text: str, scope: Scope) -> str:
    """A redacted text without what the plug-ins find in it."""
    left = scope.leaving(Redacted(text, ())).value
    return left if isinstance(left, str) else ""


def safe_operation(raw: Operation, scope: Scope) -> Operation:
    """The operation with every string that a peer chose passed through redaction and cut to a bounded length."""
    return replace(
        raw,
        method=raw.method if raw.known_method else clean(raw.method, scope) or semconv.OTHER,
        tool=raw.tool if raw.registered else clean(raw.tool, scope),
        prompt=raw.prompt if raw.registered else clean(raw.prompt, scope),
        resource=clean(raw.resource, scope),
        request_id=clean(raw.request_id, scope),
        session_id=clean(raw.session_id, scope),
        protocol_version=clean(raw.protocol_version, scope),
        claimed_client=clean(raw.claimed_client, scope),
        claimed_server=clean(raw.claimed_server, scope),
        arguments=None,
    )


def nameless(raw: Operation) -> Operation:
    """What is left of an operation whose names could not be redacted."""
    method = raw.method if raw.known_method else semconv.OTHER
    return type(raw)(
        side=raw.side,
        method=method,
        transport=raw.transport,
        actor=raw.actor,
        actor_type=raw.actor_type,
        principal=raw.principal,
    )


def with_facts_of_result(raw: Operation, outcome: Outcome) -> Operation:
    """The operation with what only its result tells: the version that a handshake agreed on."""
    result = outcome.result
    version = result.get("protocolVersion") if raw.method == "initialize" and isinstance(result, dict) else None
    return replace(raw, protocol_version=version) if isinstance(version, str) else raw


def redact_result(scope: Scope, result: Any, output_schema: Mapping[str, Any] | None) -> Redacted:
    """The result of a request, redacted; a tool's `structuredContent` by the tool's output schema."""
    if not isinstance(result, dict) or "structuredContent" not in result:
        return scope.value(result)
    structured = scope.value(result["structuredContent"], schema=output_schema)
    known = scope.taint_size
    # After the structured part: the text blocks usually repeat it, and its sensitive values are known now.
    rest = scope.value({key: value for key, value in result.items() if key != "structuredContent"})
    if scope.taint_size != known:
        structured = scope.rescrub(structured)
    if not isinstance(rest.value, dict):  # the redactor gave up: a marker stands for all of it
        return rest
    whole = {key: structured.value if key == "structuredContent" else rest.value.get(key) for key in result}
    return Redacted(whole, structured.findings + rest.findings)


def telemetry_content(
    operation: Operation, outcome: Outcome, arguments: Redacted | None, result: Redacted | None
) -> dict[str, Any] | None:
    """Arguments and result as the conventions' structured attributes: for tool calls, the result on success only."""
    if operation.method != "tools/call":
        return None
    content = {}
    if arguments is not None and arguments.value is not None:
        content[semconv.GEN_AI_TOOL_CALL_ARGUMENTS] = arguments.value
    if result is not None and outcome.status == "success":
        content[semconv.GEN_AI_TOOL_CALL_RESULT] = result.value
    return content or None


def intent_draft(
    operation: Operation,
    *,
    raw: Operation,
    audit: AuditLog,
    span: Span,
    arguments: Redacted | None,
    names: bool,
    digest: bool,
    time_us: int,
) -> EntryDraft:
    """The entry that says what is about to happen; `names`: also clear names, which the end may still redact."""
    body = _clear_names(operation) if names else {}
    if arguments is not None:
        body["arguments"] = arguments.value
    elif digest and raw.arguments is not None:
        body["arguments_digest"] = _digest(audit, raw.arguments)
    return EntryDraft(
        event=operation.facts.event,
        phase="intent",
        action=operation.facts.action,
        outcome="unknown",
        time_us=time_us,
        actor=operation.actor,
        actor_type=operation.actor_type,
        attributes=_head_attributes(operation, raw, audit, span),
        body=body or None,
    )


def outcome_draft(
    operation: Operation,
    outcome: Outcome,
    *,
    raw: Operation,
    audit: AuditLog,
    span: Span,
    record_id: str,
    intent_id: str | None,
    arguments: Redacted | None,
    result: Redacted | None,
    description: str | None,
    digest: bool,
    time_us: int,
    duration_us: int,
) -> EntryDraft:
    """The entry that says what came of it."""
    attributes = _head_attributes(operation, raw, audit, span)
    attributes["dur"] = duration_us
    if outcome.error_type is not None:
        attributes["err"] = short(outcome.error_type, 64)
    if outcome.request_state is not None:
        attributes["awaits"] = audit.keyed_digest(outcome.request_state)
    if outcome.code is not None:
        attributes["code"] = outcome.code if abs(outcome.code) < _LARGEST_INTEGER else str(outcome.code)[:32]
    body = _clear_names(operation)
    if arguments is not None and arguments.value is not None:
        body["arguments"] = arguments.value
    elif digest and raw.arguments is not None:
        body["arguments_digest"] = _digest(audit, raw.arguments)
    if result is not None:
        body["result"] = result.value
    elif digest and outcome.result is not None:
        body["result_digest"] = _digest(audit, outcome.result)
    if description is not None and digest:
        body["error"] = description
    if findings := sorted({f.rule for r in (arguments, result) if r is not None for f in r.findings}):
        body["redacted"] = findings
    return EntryDraft(
        event=operation.facts.event,
        phase="outcome",
        action=operation.facts.action,
        outcome=outcome.status,
        id=record_id,
        time_us=time_us,
        ref=intent_id,
        actor=operation.actor,
        actor_type=operation.actor_type,
        attributes=attributes,
        body=body or None,
    )


def _digest(audit: AuditLog, value: Any) -> str:
    """A keyed digest, or the word for a value that JSON cannot say (an integer of ten thousand digits)."""
    try:
        return audit.keyed_digest(value)
    except (ValueError, TypeError, RecursionError):
        return "unavailable"


def _clear_names(operation: Operation) -> dict[str, Any]:
    """What names the thing or the peer in clear and therefore belongs in the erasable body."""
    names = {
        "method": None if operation.known_method else operation.method,
        "tool": None if operation.registered else operation.tool,
        "prompt": None if operation.registered else operation.prompt,
        "resource": operation.resource,
        "client_address": operation.client_address,
        "claimed_client": operation.claimed_client,
        "claimed_server": operation.claimed_server,
        "session": operation.session_id,
        "principal": operation.principal,
    }
    return {key: value for key, value in names.items() if value is not None}


def _head_attributes(operation: Operation, raw: Operation, audit: AuditLog, span: Span) -> dict[str, Any]:
    attributes: dict[str, Any] = {"side": operation.side, "method": operation.method_label}
    for kind, name, clear in (("tool", raw.tool, operation.tool), ("prompt", raw.prompt, operation.prompt)):
        if name is not None:
            known = operation.registered
            attributes[kind if known else f"{kind}_digest"] = clear if known else audit.keyed_digest(name)
    if raw.resource is not None:
        # Not the URI: it may name a person. Its scheme, and a digest that only the index key can compare.
        scheme = _URI_SCHEME.match(raw.resource)
        attributes["resource"] = f"{scheme.group().lower() if scheme else ''}:{audit.keyed_digest(raw.resource)}"
    if raw.request_state is not None:
        attributes["continues"] = audit.keyed_digest(raw.request_state)
    if operation.access is not None:
        attributes |= {"access": operation.access, "access_by": operation.access_by}
    if operation.request_id is not None:
        attributes["req"] = short(operation.request_id, 64)
    if operation.protocol_version is not None:
        attributes["proto"] = short(operation.protocol_version, 32)
    if operation.transport is not None:
        attributes["transport"] = operation.transport
    context = span.get_span_context()
    if context.is_valid:
        attributes["trace"] = format_trace_id(context.trace_id)
        attributes["span"] = format_span_id(context.span_id)
    return attributes
