"""Reads many heads of format v1: what looks like one before is told apart by one regular expression of its members."""

from __future__ import annotations

import re
from typing import Any, Final

from otel_mcp.audit._members import TIME, check_members
from otel_mcp.audit.entry import parse_head

__all__ = ["HeadReader"]

_MAX_SHAPES: Final = 8
# Each takes a millisecond to compile; a log of so many kinds of entries is read without.
_MAX_LEARNT: Final = 64
_TEXT: Final = r'"([ !#-\[\]-~]*)"'  # printable ASCII that JSON writes as it is
_NUMBER: Final = "(0|-?[1-9][0-9]{0,14})"  # below 2**53 by its digits


class HeadReader:
    """`parse_head` and `check_members` in one, with the same answers.

    The heads of a log are alike: the same names in the same order, texts in ASCII, numbers. Once a head has passed both
    checks, a text of the same form passes them too, since it differs in values only that neither looks at.
    """

    def __init__(self) -> None:
        self._shapes: list[_Shape] = []
        self._learnt = 0

    def read(self, text: str) -> dict[str, Any]:
        """The head.

        Raises:
            MalformedError: it is not canonical, or has not the members that every entry has.
        """
        for place, shape in enumerate(self._shapes):
            head = shape.read(text)
            if head is not None:
                if place:
                    self._shapes.insert(0, self._shapes.pop(place))
                return head
        head = parse_head(text)
        check_members(head)
        if self._learnt < _MAX_LEARNT and _Shape.is_of(head):
            self._learnt += 1
            self._shapes = [_Shape(head), *self._shapes[: _MAX_SHAPES - 1]]
        return head


class _Shape:
    """Heads with the names and types of one that was checked, of the same event and format."""

    def __init__(self, head: dict[str, Any]) -> None:
        self._names = [name for name, value in head.items() if value is not None]
        self._numbers = [name for name, value in head.items() if type(value) is int]
        self._nothing = dict.fromkeys(name for name, value in head.items() if value is None)
        members = (f'"{re.escape(name)}":{_pattern(name, value)}' for name, value in head.items())
        self._match = re.compile("{" + ",".join(members) + "}", re.ASCII).fullmatch

    @staticmethod
    def is_of(head: dict[str, Any]) -> bool:
        """Whether a head has members of plain types only, and is no record of the log itself: those have more rules."""
        plain = all(value is None or type(value) in (str, int) for value in head.values())
        return plain and not head["event"].startswith("audit.") and all(map(_is_plain, (*head, head["event"])))

    def read(self, text: str) -> dict[str, Any] | None:
        found = self._match(text)
        if found is None:
            return None
        head: dict[str, Any] = dict(zip(self._names, found.groups(), strict=True))
        for name in self._numbers:
            head[name] = int(head[name])
        head.update(self._nothing)
        return head


def _is_plain(name: str) -> bool:
    """Whether a name stands in JSON, and in an expression, as it is."""
    return re.fullmatch("[a-zA-Z0-9_.-]+", name) is not None


def _pattern(name: str, value: str | int | None) -> str:
    if value is None:
        return "null"
    if name in ("event", "v"):
        return f'"({re.escape(str(value))})"' if isinstance(value, str) else f"({value})"
    if name == "ts":
        return f'"({TIME.pattern})"'
    return _TEXT if isinstance(value, str) else _NUMBER
