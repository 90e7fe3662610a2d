"""What we put on a span ourselves: all else on it came from the application or from a processor of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from otel_mcp import semconv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from otel_mcp.redaction import Scope

__all__ = ["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """The redacted attributes and the status of an operation's span that is ending."""

    scope: Scope
    attributes: Mapping[str, Any]
    leaf: str | None
    content: Mapping[str, Any]
    description: str | None

    def has(self, name: str, value: Any) -> bool:
        """Whether an attribute of the span is ours; content is set last of all, so nobody can have replaced it."""
        if name in self.content:
            return True
        return bool(value == (self.leaf if name == semconv.LEAF else self.attributes.get(name)))

    def is_all_of(self, parts: list[Any]) -> bool:
        """Whether the `span_parts` left after our attributes say nothing that is not ours."""
        _, description, state, (values, others), events, links = parts
        return (
            not (values or others or events)
            and state is None
            and description in (None, self.description)
            and not any(link_state or link_values or more for link_state, (link_values, more) in links)
        )
