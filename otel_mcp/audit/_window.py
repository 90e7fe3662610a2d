"""Which entries of a file can be of a time, found through the index of times, which holds parts of ten seconds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from otel_mcp.audit.store import ten_seconds

if TYPE_CHECKING:
    import sqlite3

__all__ = ["entries_between"]

_LAST: Final = 2**63 - 1
_PART: Final = ten_seconds("ts")
_ENDS: Final = (
    f"SELECT (SELECT {_PART} FROM entry WHERE {_PART} >= 0 ORDER BY {_PART} LIMIT 1), "  # noqa: S608 - of constants
    f"(SELECT {_PART} FROM entry WHERE {_PART} >= 0 ORDER BY {_PART} DESC LIMIT 1), "
    f"{ten_seconds('?1')}, {ten_seconds('?2')}"
)
_SCAN: Final = f"SELECT min(idx), max(idx) FROM entry WHERE {_PART} BETWEEN ? AND ?"  # noqa: S608 - of constants
# From part to part by seeking: entries of one part stand in order in the index, so its first and last suffice.
_SKIP: Final = (
    "WITH RECURSIVE part(p) AS ("  # noqa: S608 - of constants
    f"SELECT (SELECT {_PART} FROM entry WHERE {_PART} >= ?1 ORDER BY {_PART} LIMIT 1) UNION ALL "
    f"SELECT (SELECT {_PART} FROM entry WHERE {_PART} > p ORDER BY {_PART} LIMIT 1) FROM part WHERE p < ?2) "
    f"SELECT min((SELECT idx FROM entry WHERE {_PART} = p ORDER BY idx LIMIT 1)), "
    f"max((SELECT idx FROM entry WHERE {_PART} = p ORDER BY idx DESC LIMIT 1)) FROM part WHERE p <= ?2"
)
# A step from part to part takes as long as reading so many rows of the index.
_STEP: Final = 10


def entries_between(connection: sqlite3.Connection, since: str | None, until: str | None) -> tuple[int, int] | None:
    """The first and last index between which all entries of this time are; None if there are none.

    `since` and `until` are times as heads have them. Indexes in the range may be of other times: entries of several
    writers stand in the order of their commits.
    """
    least, most, after, before = connection.execute(_ENDS, (since, until)).fetchone()
    if least is None:
        return None
    first = least if after is None else max(least, after)
    last = most if before is None else min(most, before)
    if first > last:
        return None
    if (least, most) == (first, last):
        return 0, _LAST
    how = _SKIP if _parts(first, last) * _STEP < _entries(connection) else _SCAN
    found: tuple[int | None, int | None] = connection.execute(how, (first, last)).fetchone()
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _parts(first: int, last: int) -> float:
    try:
        return (_moment(last) - _moment(first)).total_seconds() / 10
    except ValueError:  # what stands in a damaged log
        return _LAST


def _moment(part: int) -> datetime:
    return datetime.strptime(f"{part:013}0+0000", "%Y%m%d%H%M%S%z")


def _entries(connection: sqlite3.Connection) -> int:
    (least,) = connection.execute("SELECT min(idx) FROM entry").fetchone()
    (most,) = connection.execute("SELECT max(idx) FROM entry").fetchone()
    return int(most - least)
