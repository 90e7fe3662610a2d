"""What a call does to data: by the operator's rules, or else by what the server says of the tool."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from otel_mcp.operation import Hints

if TYPE_CHECKING:
    from otel_mcp.access import AccessRules
    from otel_mcp.operation import Operation

__all__ = ["classified", "hints_of"]


def classified(operation: Operation, rules: AccessRules | None) -> Operation:
    """The call of a tool with what it does to data, and who says so; any other request as it is."""
    if operation.method != "tools/call" or operation.tool is None:
        return operation
    if rules is not None and (access := rules(operation.tool)) is not None:
        return replace(operation, access=access, access_by="rule")
    if (access := operation.hints.access) is None:
        return operation
    return replace(operation, access=access, access_by="hints" if operation.side == "server" else "claimed")


def hints_of(annotations: Any) -> Hints:
    """What the hints of a tool say, in a listing or as an object of the SDK.

    A tool that only reads reads; of another, `destructiveHint` tells whether it may destroy, and true is its default.
    """
    read_only = _hint(annotations, "readOnlyHint", "read_only_hint")
    destructive = _hint(annotations, "destructiveHint", "destructive_hint")
    if read_only is True:
        return Hints(destructive=False, access="read")
    if destructive is False:
        return Hints(destructive=False, access="write")
    said = isinstance(read_only, bool) or isinstance(destructive, bool)
    return Hints(destructive=True, access="delete" if said else None)


def _hint(annotations: Any, name: str, other: str) -> Any:
    if isinstance(annotations, dict):
        return annotations.get(name)
    return getattr(annotations, other, getattr(annotations, name, None))
