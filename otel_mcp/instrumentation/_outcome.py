"""What an exception or a parameter of the SDK means: one place for both sides."""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.operation import METHODS, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from otel_mcp.operation import Side

__all__ = [
    "arguments_of",
    "exception_outcome",
    "hidden_in",
    "refusal",
    "refusal_data",
    "request_state_in",
    "result_outcome",
    "target_of",
    "text_or_none",
]

_NOT_ARGUMENTS: Final = ("_meta", "uri", "inputResponses", "requestState")
_INTERNAL_ERROR: Final = -32603
_REFUSED: Final = "audit unavailable"
_REQUEST_TIMEOUT_V1: Final = 408
_TIMED_OUT_V1: Final = "Timed out while waiting"
_DIRECT: Final = "mcp.shared.direct_dispatcher"
_LOST: Final = "Connection closed"
_NAME_KEYS: Final = {"tool": "name", "prompt": "name", "resource": "uri"}


def exception_outcome(side: Side, exc: BaseException, *, on_wire: bool = False) -> Outcome:
    """The outcome of an operation that raised; `on_wire` says that the error is known to have come from the peer.

    A JSON-RPC error keeps its message, which the peer got too. Of any other exception only the type is kept: its text
    may hold anything, and the SDK hides it from the peer as well.
    """
    import anyio  # noqa: PLC0415  # these four were imported by the application long before
    from mcp import types  # noqa: PLC0415
    from mcp.types import CONNECTION_CLOSED, INVALID_PARAMS  # noqa: PLC0415
    from pydantic import ValidationError  # noqa: PLC0415

    if isinstance(exc, _error_class()):
        error = exc.error
        # The sender's own clock and its own transport raise with codes that no response carried.
        local = {
            getattr(types, "REQUEST_TIMEOUT", _REQUEST_TIMEOUT_V1): "timeout",
            CONNECTION_CLOSED: "connection_closed",
        }
        if side == "client" and error.code in local and not (on_wire or _is_answer(exc)):
            return Outcome.of_exception(local[error.code], error.message)
        return Outcome.of_code(side, error.code, error.message)
    if isinstance(exc, ValidationError):
        return Outcome.of_code(side, INVALID_PARAMS, "Invalid request parameters")
    if isinstance(exc, anyio.get_cancelled_exc_class()) or not isinstance(exc, Exception):
        return Outcome.cancelled()
    return Outcome.of_exception(type(exc).__qualname__, None)


def _error_class() -> Any:
    """The class of JSON-RPC errors: `MCPError`, in mcp 1.x `McpError`."""
    from mcp.shared import exceptions  # noqa: PLC0415

    return getattr(exceptions, "MCPError", None) or vars(exceptions)["McpError"]


def _is_answer(exc: Any) -> bool:
    """Whether an error with a code of the sender's own is one that the peer gave all the same."""
    modules = [frame.f_globals.get("__name__") for frame, _ in walk_tb(exc.__traceback__)]
    if _DIRECT in modules:
        # The direct dispatcher runs the peer within the sender's call. Its own errors are raised in its module; what
        # the peer raised comes from further in, also where that peer is a sender again whose clock ran out.
        return any(module != _DIRECT for module in modules[modules.index(_DIRECT) :])
    # Over a wire: the clock raises in place of a TimeoutError (1.x with a sentence of its own, 2.x `from None`), and a
    # lost connection has one text.
    own_clock = exc.__suppress_context__ or (
        isinstance(exc.__context__, TimeoutError) and exc.error.message.startswith(_TIMED_OUT_V1)
    )
    return not own_clock and exc.error.message != _LOST


def refusal() -> Exception:
    """The JSON-RPC error that a caller gets when the trail cannot hold its call and the policy is `closed`."""
    make = _error_class()
    try:
        error: Exception = make(_INTERNAL_ERROR, _REFUSED)
    except TypeError:  # mcp 1.x
        error = make(refusal_data())
    return error


def refusal_data() -> Any:
    """The same as data of a response."""
    from mcp.types import ErrorData  # noqa: PLC0415

    return ErrorData(code=_INTERNAL_ERROR, message=_REFUSED)


def target_of(method: str, params: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The kind and the name (or URI) of what a request acts on."""
    if method == "completion/complete":
        return _completed(params.get("ref"))
    target = METHODS[method].target if method in METHODS else None
    name = params.get(_NAME_KEYS[target]) if target is not None else None
    return target, name if isinstance(name, str) else None


def _completed(ref: Any) -> tuple[str | None, str | None]:
    """The prompt whose argument is completed. A template of URIs is no resource that anybody asked for."""
    if not isinstance(ref, dict) or ref.get("type") != "ref/prompt" or not isinstance(ref.get("name"), str):
        return None, None
    return "prompt", ref["name"]


def arguments_of(method: str, params: Mapping[str, Any]) -> Any:
    """What a request was given beside the name of its target and the protocol's own `_meta`."""
    if method in ("tools/call", "prompts/get"):
        return params.get("arguments")
    rest = {key: value for key, value in params.items() if key not in _NOT_ARGUMENTS}
    return rest or None


def hidden_in(params: Mapping[str, Any]) -> Any:
    """Answers of a person that ride on a repeated request (2026-07-28, multi-round results)."""
    return params.get("inputResponses")


def request_state_in(params: Mapping[str, Any]) -> str | None:
    """What the server gave of the round before."""
    state = params.get("requestState")
    return state if isinstance(state, str) else None


def result_outcome(method: str, result: Any) -> Outcome:
    """The outcome of a request that did not raise; what the SDK turns into an error afterwards is a failure too."""
    from mcp.types import ErrorData  # noqa: PLC0415

    if isinstance(result, ErrorData):
        return Outcome.of_code("server", result.code, result.message)
    dump = getattr(result, "model_dump", None)
    wire = dump(by_alias=True, mode="json", exclude_none=True) if dump is not None else result
    if wire is not None and not isinstance(wire, dict):
        return Outcome.of_exception("invalid_result", None)
    return Outcome.of_result(method, wire)


def text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)
