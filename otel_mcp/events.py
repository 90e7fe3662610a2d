"""Events that only the application knows: an access, a decision, a change of configuration, as entries of the trail.

    from otel_mcp import audited, record_event

    record_event("mcp.authz.denied", action="READ", target="payroll", outcome="failure", details={"rule": "hours"})

    @audited("app.report.export", action="EXPORT", target="customers")
    async def export_customers(): ...

    with audited("mcp.data.write", action="UPDATE", target="customers") as event:
        event.details["rows"] = update()

Within a request of MCP the entry says which one, who asked, and in which trace; it is on disk no later than that
request's own. Where nothing is instrumented these do nothing.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from otel_mcp.actors import ACTOR_TYPES
from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from types import TracebackType

    from typing_extensions import Self

    from otel_mcp.actors import ActorType
    from otel_mcp.instrumentation._events import Events

__all__ = ["Event", "audited", "record_event"]

Outcome = Literal["success", "failure", "unknown"]

_EVENT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_ACTION: Final = re.compile(r"[A-Z][A-Z0-9_]{1,31}")
_OUTCOMES: Final = ("success", "failure", "unknown")
_LONGEST: Final = 128
_OWN: Final = "audit."
_INSTRUMENTATION: Final = "otel_mcp.instrumentation"
_F = TypeVar("_F", bound="Callable[..., Any]")


@dataclass(slots=True)
class Event:
    """What is to be recorded. `details` may be filled, and `outcome` and `target` set, until it is over.

    Raises:
        ConfigError: the name is not dotted lower case or one that the log keeps for itself (`audit.…`), the action no
            word in capitals, the outcome none of `success`, `failure`, `unknown`, or the actor's type unknown.
    """

    name: str
    action: str
    target: str | None = None
    outcome: Outcome = "success"
    actor: str | None = None
    """Who did it, where that is not who sent the request."""
    actor_type: ActorType = "user"
    """What `actor` is; without one it is the request's."""
    details: MutableMapping[str, Any] = field(default_factory=dict)
    """JSON, redacted before it is kept."""

    def __post_init__(self) -> None:
        if not _EVENT.fullmatch(self.name) or len(self.name) > _LONGEST or self.name.startswith(_OWN):
            raise ConfigError(f"event {self.name[:_LONGEST]!r}: expected a dotted name such as app.report.export")
        if not _ACTION.fullmatch(self.action):
            raise ConfigError(f"action of {self.name}: expected a verb in capitals such as READ or EXPORT")
        if self.outcome not in _OUTCOMES:
            raise ConfigError(f"outcome of {self.name}: expected one of {', '.join(_OUTCOMES)}")
        if self.actor_type not in ACTOR_TYPES:
            raise ConfigError(f"actor type of {self.name}: expected one of {', '.join(ACTOR_TYPES)}")


def record_event(
    event: str,
    *,
    action: str,
    target: str | None = None,
    outcome: Outcome = "success",
    actor: str | None = None,
    actor_type: ActorType = "user",
    details: Mapping[str, Any] | None = None,
) -> str | None:
    """Record that something happened; gives the entry's record id, or None where there is no trail.

    It waits for nothing, from synchronous code and from a coroutine alike.

    Raises:
        ConfigError: as `Event` says.
        AuditUnavailable: there is no trail, and the policy is `closed`: what cannot be recorded must not be done.
    """
    made = Event(event, action, target, outcome, actor, actor_type, dict(details or {}))
    events = _events()
    return events.record(made) if events is not None else None


class audited:  # noqa: N801  # used as a decorator and as a context manager, as those of contextlib
    """Record what a block or a function does: an intent when it begins, and how it ended.

    An exception is the outcome `failure` and goes on; a cancellation is `unknown`. As a decorator, of functions and
    coroutine functions, it records each call. Arguments and results are not recorded.

    Raises:
        ConfigError, AuditUnavailable: as `record_event`; the block does not run.
    """

    def __init__(
        self,
        event: str,
        *,
        action: str,
        target: str | None = None,
        actor: str | None = None,
        actor_type: ActorType = "user",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        self._event = Event(event, action, target, "success", actor, actor_type, dict(details or {}))
        self._events: Events | None = None
        self._intent: str | None = None
        self._started = 0

    def __enter__(self) -> Event:
        self._events = _events()
        self._started = time.perf_counter_ns()
        if self._events is not None:
            self._intent = self._events.begin(self._event)
        return self._event

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._events is not None:
            duration_us = (time.perf_counter_ns() - self._started) // 1000
            self._events.end(self._event, self._intent, error, duration_us)

    async def __aenter__(self) -> Event:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, traceback)

    def __call__(self, function: _F) -> _F:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def recorded(*args: Any, **kwargs: Any) -> Any:
                with self._again():
                    return await function(*args, **kwargs)
        else:

            @functools.wraps(function)
            def recorded(*args: Any, **kwargs: Any) -> Any:
                with self._again():
                    return function(*args, **kwargs)

        return recorded  # type: ignore[return-value]  # the same signature, which a type checker cannot see

    def _again(self) -> Self:
        """One of its own for each call: calls run at the same time."""
        event = self._event
        return type(self)(
            event.name,
            action=event.action,
            target=event.target,
            actor=event.actor,
            actor_type=event.actor_type,
            details=event.details,
        )


def _events() -> Events | None:
    module = sys.modules.get(_INSTRUMENTATION)
    recorder = module.MCPInstrumentor().recorder if module is not None else None
    return None if recorder is None else recorder.events
