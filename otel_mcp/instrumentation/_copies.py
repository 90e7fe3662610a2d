"""Copies of the SDK's spans, log records and metric data with other texts in them.

The originals stay as they are, since processors of the application see them too. Imported only where the SDK is.
A span or record is taken apart into `parts`, plain lists and dicts that redaction reads, and put together from others.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.attributes import BoundedAttributes
from opentelemetry.sdk._logs import ReadWriteLogRecord
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.trace import Link, SpanContext, Status

from otel_mcp import semconv

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource

    from otel_mcp.instrumentation._said import Said

__all__ = ["masked", "plain", "record_of", "record_parts", "restored", "span_of", "span_parts"]

_FIXED: Final = frozenset(
    {
        "code.file.path",
        "code.function.name",
        "code.line.number",
        "exception.escaped",
        "exception.message",
        "exception.stacktrace",
        "exception.type",
        "process.pid",
        "thread.id",
        "thread.name",
        "logger.name",
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "server.address",
        "server.port",
        "client.address",
        "client.port",
        "url.full",
        "url.path",
        "url.query",
        "url.scheme",
    }
)
"""Names that instrumentations choose, never a peer: only their values are read, and they outlast a failure."""

_SKELETON: Final = 4  # levels of lists in what `span_parts` returns; whatever lies deeper is content


# -- log records ---------------------------------------------------------------------------------------------------


def record_parts(record: ReadWriteLogRecord) -> list[Any]:
    """Event name, body and attributes of a log record."""
    log = record.log_record
    return [log.event_name, log.body, _split(log.attributes or {})]


def record_of(
    record: ReadWriteLogRecord, before: list[Any], parts: list[Any], resource: Resource | None
) -> ReadWriteLogRecord:
    """The log record made of other parts; `before` are the ones that it had.

    The exception object stays behind: nobody can say what it holds.
    """
    log = copy.copy(record.log_record)
    log.event_name, log.body, attributes = parts
    log.attributes = _joined(before[2], attributes)
    if getattr(log, "exception", None) is not None:
        log.exception = None
    fresh = ReadWriteLogRecord(
        log_record=log,
        resource=resource,
        instrumentation_scope=record.instrumentation_scope,
        limits=record.limits,
    )
    if isinstance(log.attributes, BoundedAttributes):
        log.attributes.dropped += record.dropped_attributes
    return fresh


# -- spans ---------------------------------------------------------------------------------------------------------


def span_parts(span: ReadableSpan, said: Said | None = None) -> list[Any]:
    """Everything of a span that is text or may hold one, without the name and the attributes that we `said`."""
    attributes = span.attributes or {}
    if said is not None:
        attributes = {name: value for name, value in attributes.items() if not said.has(name, value)}
    return [
        span.name if said is None else None,
        span.status.description,
        _state(span.context),
        _split(attributes),
        [[event.name, _split(event.attributes or {})] for event in span.events],
        [[_state(link.context), _split(link.attributes or {})] for link in span.links],
    ]


def span_of(
    span: ReadableSpan, before: list[Any], parts: list[Any], resource: Resource, said: Said | None = None
) -> ReadableSpan:
    """The span made of other parts; `before` are the ones that it had."""
    name, description, state, attributes, events, links = parts
    fresh = _joined(before[3], attributes)
    if said is not None:
        fresh = {name: value for name, value in (span.attributes or {}).items() if said.has(name, value)} | fresh
    status = span.status
    return _Copy(
        span,
        name=span.name if name is None else name,
        context=_with_state(span.context, before[2] == state),
        attributes=fresh,
        resource=resource,
        status=status if description == status.description else Status(status.status_code, description),
        events=[
            Event(words[0], _bounded(_joined(old[1], words[1]), event), event.timestamp)
            for event, old, words in zip(span.events, before[4], events, strict=True)
        ],
        links=[
            Link(_with_state(link.context, old[0] == words[0]), _bounded(_joined(old[1], words[1]), link))
            for link, old, words in zip(span.links, before[5], links, strict=True)
        ],
    )


class _Copy(ReadableSpan):
    """A span with other texts, which counts what the limits dropped as the original does."""

    def __init__(self, original: ReadableSpan, **texts: Any) -> None:
        super().__init__(
            parent=original.parent,
            kind=original.kind,
            start_time=original.start_time,
            end_time=original.end_time,
            instrumentation_scope=original.instrumentation_scope,
            **texts,
        )
        self._dropped = original.dropped_attributes, original.dropped_events, original.dropped_links

    @property
    def dropped_attributes(self) -> int:
        return self._dropped[0]

    @property
    def dropped_events(self) -> int:
        return self._dropped[1]

    @property
    def dropped_links(self) -> int:
        return self._dropped[2]


def _state(context: SpanContext | None) -> str | None:
    return context.trace_state.to_header() if context is not None and context.trace_state else None


def _with_state(context: SpanContext, unchanged: bool) -> SpanContext:
    """The span context, or one without `tracestate`: as a whole, since its parts are the vendors'."""
    return (
        context if unchanged else SpanContext(context.trace_id, context.span_id, context.is_remote, context.trace_flags)
    )


def _bounded(attributes: dict[str, Any], original: Event | Link) -> BoundedAttributes:
    bounded = BoundedAttributes(attributes=attributes)
    bounded.dropped = original.dropped_attributes
    return bounded


# -- parts ---------------------------------------------------------------------------------------------------------


class _Attributes(list[Any]):
    """Attributes taken apart: the values of those whose `names` are fixed, and the others as a dict."""

    names: tuple[str, ...] = ()


def _split(attributes: Mapping[str, Any]) -> _Attributes:
    names = tuple(name for name in attributes if name in _FIXED)
    others = {name: value for name, value in attributes.items() if name not in _FIXED} if names else dict(attributes)
    split = _Attributes([[attributes[name] for name in names], others])
    split.names = names
    return split


def _joined(before: _Attributes, split: list[Any]) -> dict[str, Any]:
    values, others = split
    return {**dict(zip(before.names, values, strict=True)), **others}


def plain(value: Any) -> Any:
    """The value as JSON: mappings as dicts, sequences as lists, bytes as the text that they may be."""
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool or kind is float:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, Sequence):
        return [plain(child) for child in value]
    return value


def restored(original: Any, clean: Any) -> Any:
    """What redaction made of `plain(original)`, in the types of the original. Only what is equal is taken from it."""
    if isinstance(original, (bytes, bytearray)):
        same = clean == original.decode("utf-8", "replace")
        return original if same or not isinstance(clean, str) else clean.encode()
    if isinstance(clean, str):
        number = isinstance(original, float) and not math.isfinite(original) and not clean.startswith("[")
        return original if number or (isinstance(original, str) and original == clean) else clean
    if isinstance(clean, dict) and isinstance(original, Mapping) and len(original) == len(clean):
        pairs = zip(original.values(), clean.items(), strict=True)
        return {key: restored(old, new) for old, (key, new) in pairs}
    if isinstance(clean, list) and isinstance(original, Sequence) and len(original) == len(clean):
        merged = [restored(old, new) for old, new in zip(original, clean, strict=True)]
        return tuple(merged) if isinstance(original, tuple) else merged
    return clean


def masked(parts: list[Any], mark: str) -> list[Any]:
    """Parts of the same build with the mark in place of every text and number.

    Also of those that `plain` failed on: what lies deep is not entered.
    """
    return [_masked(part, mark, _SKELETON) for part in parts]


def _masked(part: Any, mark: str, levels: int) -> Any:
    if part is None or isinstance(part, bool):
        return part
    if isinstance(part, _Attributes):
        values, others = part
        return [[mark] * len(values), {semconv.REDACTED: mark} if others else {}]
    if isinstance(part, list) and levels:
        return [_masked(child, mark, levels - 1) for child in part]
    return mark
