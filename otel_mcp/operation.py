"""One MCP request or notification seen from one side, its outcome, and the table of methods. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from otel_mcp import semconv

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["JSON", "METHODS", "Hints", "Method", "Operation", "Outcome", "Side"]

JSON = Any
Side = Literal["client", "server"]
Target = Literal["tool", "prompt", "resource"]


@dataclass(frozen=True, slots=True)
class Method:
    """What a JSON-RPC method means to the trail and to the conventions.

    `event` and `action` are names of the audit model (an upper-case verb); `target` is the kind of thing that the
    request names. `keeps_result`: the result is evidence and is stored; a listing's is only digested.
    """

    event: str
    action: str
    target: Target | None = None
    keeps_result: bool = False


_REQUEST: Final = "mcp.request"
_READ: Final = "mcp.data.read"
_TOLD: Final = "mcp.notification"
_CHANGE: Final = "mcp.config.change"

METHODS: Final[Mapping[str, Method]] = {
    # both eras
    "tools/call": Method("mcp.tool.call", "EXECUTE", "tool", keeps_result=True),
    "tools/list": Method(_REQUEST, "READ"),
    "prompts/get": Method(_READ, "READ", "prompt", keeps_result=True),
    "prompts/list": Method(_REQUEST, "READ"),
    "resources/read": Method(_READ, "READ", "resource", keeps_result=True),
    "resources/list": Method(_REQUEST, "READ"),
    "resources/templates/list": Method(_REQUEST, "READ"),
    "completion/complete": Method(_REQUEST, "READ", keeps_result=True),
    # 2025-11-25 and before
    "initialize": Method(_REQUEST, "EXECUTE"),
    "ping": Method(_REQUEST, "READ"),
    "logging/setLevel": Method(_CHANGE, "UPDATE"),
    "resources/subscribe": Method(_READ, "READ", "resource"),
    "resources/unsubscribe": Method(_REQUEST, "READ", "resource"),
    "tasks/get": Method(_REQUEST, "READ"),
    "tasks/list": Method(_REQUEST, "READ"),
    "tasks/result": Method(_REQUEST, "READ"),
    "tasks/cancel": Method(_REQUEST, "UPDATE"),
    "sampling/createMessage": Method("mcp.data.export", "EXPORT", keeps_result=True),
    "elicitation/create": Method(_REQUEST, "READ", keeps_result=True),
    "roots/list": Method(_READ, "READ", keeps_result=True),
    # 2026-07-28
    "server/discover": Method(_REQUEST, "READ"),
    "subscriptions/listen": Method(_READ, "READ"),
    "tasks/update": Method(_REQUEST, "UPDATE"),
    # notifications of both eras
    "notifications/initialized": Method(_TOLD, "EXECUTE"),
    "notifications/cancelled": Method(_TOLD, "EXECUTE"),
    "notifications/progress": Method(_TOLD, "READ"),
    "notifications/message": Method(_TOLD, "READ"),
    "notifications/tools/list_changed": Method(_CHANGE, "UPDATE"),
    "notifications/prompts/list_changed": Method(_CHANGE, "UPDATE"),
    "notifications/resources/list_changed": Method(_CHANGE, "UPDATE"),
    "notifications/roots/list_changed": Method(_CHANGE, "UPDATE"),
    "notifications/resources/updated": Method(_TOLD, "UPDATE", "resource"),
    "notifications/subscriptions/acknowledged": Method(_TOLD, "READ"),
    "notifications/tasks/status": Method(_TOLD, "UPDATE"),
    "notifications/elicitation/complete": Method(_TOLD, "EXECUTE"),
}
"""Requests and notifications of MCP 2025-11-25 and 2026-07-28. Outside it a method is `_OTHER` in metrics and names."""

_UNKNOWN_METHOD: Final = Method(_REQUEST, "EXECUTE")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a server says that a tool does (MCP schema, `ToolAnnotations`).

    `access` is `read`, `write` or `delete`, and None where it says nothing; `destructive` has the specification's
    default, that a tool may destroy.
    """

    destructive: bool = True
    access: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One JSON-RPC request or notification of MCP, as the process that holds this record saw it.

    `tool`, `prompt` and `resource` are the target's name or URI as received. `registered` says that the name is one the
    server is known to offer: only then may it become a span name or a metric label, since a peer chooses any other.
    `arguments` are the raw arguments, `schema` and `output_schema` the tool's JSON Schemas where they are known.
    `hidden` holds what is never recorded and sensitive as a whole: answers that a person gave. `request_state` is what
    the server gave of the round before (2026-07-28, multi-round results), to tie the two. `access` is what the
    call does to data, and `access_by` who says so: a `rule` of the operator's, or the server (`hints`, to a client
    `claimed`).
    `actor` is who asked, in clear; `principal` is what that rests on.
    """

    side: Side
    method: str
    request_id: str | None = None
    tool: str | None = None
    prompt: str | None = None
    resource: str | None = None
    registered: bool = False
    arguments: JSON = None
    hidden: JSON = None
    request_state: str | None = None
    schema: Mapping[str, JSON] | None = None
    output_schema: Mapping[str, JSON] | None = None
    hints: Hints = Hints()
    access: str | None = None
    access_by: str | None = None
    protocol_version: str | None = None
    session_id: str | None = None
    transport: str | None = None
    network_protocol: str | None = None
    network_protocol_version: str | None = None
    server_address: str | None = None
    server_port: int | None = None
    client_address: str | None = None
    client_port: int | None = None
    claimed_client: str | None = None
    claimed_server: str | None = None
    actor: str | None = None
    actor_type: str = "unknown"
    principal: Mapping[str, JSON] | None = None

    @property
    def known_method(self) -> bool:
        return self.method in METHODS

    @property
    def opaque(self) -> bool:
        """Whether nobody has said which arguments are sensitive: a tool that was called before it was listed."""
        return self.method == "tools/call" and self.schema is None

    @property
    def facts(self) -> Method:
        return METHODS.get(self.method, _UNKNOWN_METHOD)

    @property
    def method_label(self) -> str:
        """The method, or `_OTHER`: a peer may send any string, and labels must stay few."""
        return self.method if self.known_method else semconv.OTHER

    @property
    def name(self) -> str:
        """The span name, `{mcp.method.name} {target}` (conventions for MCP, span names). A URI is never part of it."""
        target = (self.tool or self.prompt) if self.registered else None
        return f"{self.method_label} {target}" if target else self.method_label


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an operation ended.

    `status` is the audit model's word. `error_type` is what the trail calls the failure, also where the conventions set
    no `error.type` on the span (`span_error` false: the caller's own mistake, or a cancellation). `code` is the code of
    the JSON-RPC error response. `message` and `result` are raw: nothing may emit them before redaction.
    """

    status: Literal["success", "failure", "unknown"]
    error_type: str | None = None
    code: int | None = None
    span_error: bool = False
    message: str | None = field(default=None, repr=False)
    result: JSON = field(default=None, repr=False)

    @classmethod
    def of_result(cls, method: str, result: JSON) -> Outcome:
        """The outcome of a request that got a result; a tool's own error is a result with `isError`."""
        if isinstance(result, dict):
            if method == "tools/call" and result.get("isError") is True:
                return cls("failure", semconv.TOOL_ERROR, span_error=True, result=result)
            if result.get("resultType") == "input_required":
                return cls("unknown", "input_required", result=result)
        return cls("success", result=result)

    @classmethod
    def of_code(cls, side: Side, code: int, message: str | None) -> Outcome:
        """The outcome of a JSON-RPC error response."""
        blames_caller = side == "server" and code in semconv.CLIENT_ERROR_CODES
        return cls("failure", str(code), code=code, span_error=not blames_caller, message=message)

    @classmethod
    def of_exception(cls, error_type: str, message: str | None) -> Outcome:
        """The outcome of an exception that is no JSON-RPC error."""
        return cls("failure", error_type or semconv.ERROR_OTHER, span_error=True, message=message)

    @classmethod
    def cancelled(cls) -> Outcome:
        """Somebody stopped waiting: what came of the work is not known, and nobody is at fault."""
        return cls("unknown", "cancelled")

    @property
    def request_state(self) -> str | None:
        """What the next round of an unfinished request will bring along."""
        result = self.result if self.error_type == "input_required" else None
        state = result.get("requestState") if isinstance(result, dict) else None
        return state if isinstance(state, str) else None

    @property
    def span_error_type(self) -> str | None:
        """`error.type` on span and metric: set for errors and for cancellation, which has no status."""
        return self.error_type if self.span_error or self.error_type == "cancelled" else None
