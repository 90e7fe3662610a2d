"""What an exception says, as the attributes of the event `exception`, redacted.

Not `traceback.format_exception`: that one follows every cause however many there are, and asks foreign objects for
their names to suggest others. Here the number of exceptions and frames is bounded, and no value of a frame is read.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.instrumentation._content import leaving_text
from otel_mcp.redaction import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from otel_mcp.redaction import Scope

__all__ = ["exception_attributes"]

_MOST_FRAMES: Final = 32
_MOST_EXCEPTIONS: Final = 16
_DEEPEST_GROUP: Final = 4
_MOST_NOTES: Final = 16
_LONGEST_MESSAGE: Final = 2_048
_LONGEST_TRACE: Final = 16_384
_CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"


def exception_attributes(exc: BaseException, scope: Scope) -> dict[str, str]:
    """Type, message and stack trace. They are cut after redaction: no rule recognises half a secret."""
    message = leaving_text(scope.text(_message(exc)), scope)
    trace = leaving_text(scope.text("".join(_Trace().of(exc, 0))), scope)
    return {
        "exception.type": scope.text(_type_name(exc)),
        "exception.message": message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…",
        # Its end is kept: the exception itself and the frame that raised it.
        "exception.stacktrace": trace if len(trace) <= _LONGEST_TRACE else "…" + trace[1 - _LONGEST_TRACE :],
    }


class _Trace:
    """Lines of one stack trace, laid out as the interpreter does."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def of(self, exc: BaseException, depth: int) -> Iterator[str]:
        """The exception with what came before it, the oldest first."""
        chain: list[tuple[BaseException, str]] = []
        following: BaseException | None = exc
        link = ""
        while following is not None and id(following) not in self._seen and len(self._seen) < _MOST_EXCEPTIONS:
            self._seen.add(id(following))
            chain.append((following, link))
            if following.__cause__ is not None:
                following, link = following.__cause__, _CAUSE
            else:
                following, link = None if following.__suppress_context__ else following.__context__, _CONTEXT
        for one, connection in reversed(chain):
            yield from self._single(one, depth)
            yield connection

    def _single(self, exc: BaseException, depth: int) -> Iterator[str]:
        if exc.__traceback__ is not None:
            yield "Traceback (most recent call last):\n"
            frames = traceback.walk_tb(exc.__traceback__)
            yield from traceback.StackSummary.extract(frames, limit=-_MOST_FRAMES, capture_locals=False).format()
        message = _message(exc)
        yield f"{_type_name(exc)}: {message}\n" if message else f"{_type_name(exc)}\n"
        yield from (f"{note}\n" for note in _notes(exc))
        members = _members(exc) if depth < _DEEPEST_GROUP else ()
        for number, member in enumerate(members, 1):
            if id(member) not in self._seen and len(self._seen) < _MOST_EXCEPTIONS:
                yield f"  +---------------- {number} ----------------\n"
                yield from ("  | " + line for line in "".join(self.of(member, depth + 1)).splitlines(keepends=True))


def _message(exc: BaseException) -> str:
    """`str(exc)`, which is the application's code and may fail."""
    try:
        text = str(exc)
    except Exception:
        return MARK % "error"
    return str.__str__(text)


def _type_name(exc: BaseException) -> str:
    kind = type(exc)
    module, name = kind.__module__, kind.__qualname__
    return name if module in ("builtins", "__main__") or not isinstance(module, str) else f"{module}.{name}"


def _notes(exc: BaseException) -> list[str]:
    """Notes of PEP 678, those that are text."""
    notes = vars(exc).get("__notes__")
    texts = [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []
    return [str.__str__(note) for note in texts[:_MOST_NOTES]]


def _members(exc: BaseException) -> tuple[Any, ...]:
    """The exceptions of a group: a builtin from Python 3.11 on, another package's class before."""
    if not any(kind.__name__ == "BaseExceptionGroup" for kind in type(exc).__mro__):
        return ()
    members = getattr(exc, "exceptions", ())
    return tuple(one for one in members if isinstance(one, BaseException)) if isinstance(members, tuple) else ()
