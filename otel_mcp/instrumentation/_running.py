"""An operation under way, and which one this task is in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import context as otel_context
from opentelemetry import trace

from otel_mcp.instrumentation import _content

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.trace import Span

    from otel_mcp.operation import Operation
    from otel_mcp.redaction import Redacted, Scope

__all__ = ["CURRENT", "LATEST", "Current", "Denial", "Running", "Silence", "facts_around", "tell_sender"]

_ASKED_OF_CLIENTS: Final = ("elicitation/create", "sampling/createMessage", "roots/list")
_TOLD: Final = "notifications/"
_CARRYING: Final = ("protocol_version", "session_id", "transport", "network_protocol", "network_protocol_version")

CURRENT: ContextVar[Running | Silence | None] = ContextVar("otel_mcp_operation", default=None)
"""The innermost operation of this task: the SDK's own span for it is recognised by this."""

LATEST: ContextVar[Running | None] = ContextVar("otel_mcp_latest", default=None)
"""The operation of this task that ended last: the SDK logs what a handler raised only then."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A check of the framework that said no."""

    required: tuple[str, ...] = ()
    """Scopes, as far as that is known."""
    held: tuple[str, ...] | None = None
    """None where no check was seen."""
    final: bool = False
    """The request fails for it; else it may, or go another way."""


@dataclass(slots=True, eq=False)
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
    opened: Callable[[Operation, int], None] | None = None
    """Told of a handshake that succeeded, and when it began."""
    native_seen: bool = False
    write_ahead: bool = False
    taint_size: int = 0
    """How much was known to be sensitive when `operation` was made from `raw`."""
    content: dict[str, Any] | None = None
    """Arguments and result as telemetry may carry them."""
    code_on_wire: bool = False
    """The JSON-RPC error that the sender raises came in a response."""
    stale: bool = False
    """`operation` says more than the span does."""
    raised: BaseException | None = None
    """The unexpected exception that ended the operation, until it is described."""
    denial: Denial | None = None

    def know_request_id(self, request_id: str) -> None:
        """Take in the id that the sending dispatcher chose after the operation began."""
        self.raw = replace(self.raw, request_id=request_id)
        self.operation = replace(self.operation, request_id=_content.clean(request_id, self.scope))
        self.stale = True

    def know_actor(self, name: str, kind: str) -> None:
        """Take in what the application says of who asked."""
        self.raw = replace(self.raw, actor=name, actor_type=kind)
        self.operation = replace(self.operation, actor=name, actor_type=kind)

    def forget(self) -> None:
        """Let go of the application's data: long-lived tasks that the operation started keep this record alive."""
        self.raw = replace(self.raw, arguments=None, hidden=None, schema=None, output_schema=None)
        self.arguments = None
        self.prove = None
        self.opened = None
        self.raised = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A message that we do not record, and whose span by the SDK, which may hold raw exception text, is not wanted."""

    method: str


class Current(AbstractContextManager[None]):
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
        if isinstance(self._operation, Running):
            LATEST.set(self._operation)


def facts_around(method: str) -> dict[str, Any]:
    """What carries what a server asks or tells its client: the same as the request that it handles meanwhile."""
    running = CURRENT.get()
    to_client = method in _ASKED_OF_CLIENTS or method.startswith(_TOLD)
    if not to_client or not isinstance(running, Running) or running.raw.side != "server":
        return {}
    return {name: getattr(running.raw, name) for name in _CARRYING}


def tell_sender(raw: Operation) -> None:
    """Give the sender its request id: on the SDK's direct path only the receiver learns it, in the sender's task."""
    sender = CURRENT.get()
    if (
        isinstance(sender, Running)
        and (sender.raw.side, sender.raw.method, sender.raw.request_id) == ("client", raw.method, None)
        and raw.request_id is not None
    ):
        sender.know_request_id(raw.request_id)
