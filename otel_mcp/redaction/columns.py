"""What the heads of columns say of the cells below them: of one cell whether it must go, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.carriers.telling import is_secret_cell, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key
from otel_mcp.redaction.personal.names import kind_under_name, may_announce
from otel_mcp.redaction.rule import Found

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST_HEAD", "MARKS", "QUOTED", "Column", "Judge", "columns_of", "holds_something", "is_name"]

LONGEST_HEAD: Final = 1024
MARKS: Final = " \t\r\n\"'`*[]"
"""What stands around a name or a value and is no part of it."""
QUOTED: Final = "sql-password"  # where values are quoted, even one such as `x17` is no word of a text
_LONGEST_NAME: Final = 64
_SHORTEST_PERSONAL: Final = 4
_NAME: Final = Expression(r"[\w.\-#%]{1,64}(?:[ /][\w.\-/()#%&']{1,32}){0,5}\??")
_FREE_CELLS: Final = 2000
_CHARACTERS_PER_CELL: Final = 24
"""So many cells of a text are judged one by one; beyond them, all that is in such a column goes."""


def is_name(head: str) -> bool:
    """Whether this may stand above a column: a row of a table has numbers, its head has none."""
    return _NAME.fullmatch(head) is not None and not head[0].isdigit()


class Column(NamedTuple):
    """A column that holds what must go, by the place of its cells in a row."""

    number: int
    name: str
    secret: bool


def holds_something(name: str) -> bool:
    """Whether the cells below this head are worth a look."""
    return is_sensitive_key(name) or may_announce(name)


def columns_of(names: Iterable[str], *, secret: bool) -> list[Column]:
    """Those that hold something, if they are what they are called; none if `secret` says that of others."""
    columns: list[Column] = []
    for number, name in enumerate(names):
        # With a type behind it, a name is part of the definition of a table.
        if not name or len(name) > _LONGEST_NAME or " NULL" in name:
            continue
        if holds_something(name):
            columns.append(Column(number, name, is_sensitive_key(name)))
    return columns if any(column.secret for column in columns) is secret else []


class Judge:
    """Says of cells what they are, and of all of them, when there are too many for a text of this length.

    `found` is what must go.
    """

    def __init__(self, text: str, kind: str) -> None:
        self._text = text
        self._kind = kind
        self._left = _FREE_CELLS + len(text) // _CHARACTERS_PER_CELL
        self.found: list[Found] = []

    def look(self, start: int, end: int, column: Column) -> None:
        """Judges one cell of the column."""
        cell = self._text[start:end]
        value = cell.strip(MARKS)
        if not value:
            return
        kind = self._kind_of(value, column)
        if kind is not None:
            start += cell.find(value)
            self.found.append(Found(start, start + len(value), kind))

    def _kind_of(self, value: str, column: Column) -> str | None:
        self._left -= 1
        if self._left < 0:
            return self._kind
        is_secret = is_value if self._kind == QUOTED else is_secret_cell
        if column.secret and is_secret(value, column.name):
            return self._kind
        return kind_under_name(column.name, value) if len(value) >= _SHORTEST_PERSONAL else None
