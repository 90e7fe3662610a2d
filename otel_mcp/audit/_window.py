"""Which entries of a file can be of a time, found through the index of times, which holds minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from otel_mcp.audit.store import minute

if TYPE_CHECKING:
    import sqlite3

__all__ = ["entries_between"]

_LAST: Final = 2**63 - 1
_MINUTE: Final = minute("ts")
_ENDS: Final = (
    f"SELECT (SELECT {_MINUTE} FROM entry WHERE {_MINUTE} >= 0 ORDER BY {_MINUTE} LIMIT 1), "  # noqa: S608 - of constants
    f"(SELECT {_MINUTE} FROM entry WHERE {_MINUTE} >= 0 ORDER BY {_MINUTE} DESC LIMIT 1), "
    f"{minute('?1')}, {minute('?2')}"
)
_SCAN: Final = f"SELECT min(idx), max(idx) FROM entry WHERE {_MINUTE} BETWEEN ? AND ?"  # noqa: S608 - of constants
# From minute to minute by seeking: entries of one minute stand in order in the index, so its first and last suffice.
_SKIP: Final = (
    "WITH RECURSIVE minute(m) AS ("  # noqa: S608 - of constants
    f"SELECT (SELECT {_MINUTE} FROM entry WHERE {_MINUTE} >= ?1 ORDER BY {_MINUTE} LIMIT 1) UNION ALL "
    f"SELECT (SELECT {_MINUTE} FROM entry WHERE {_MINUTE} > m ORDER BY {_MINUTE} LIMIT 1) FROM minute WHERE m < ?2) "
    f"SELECT min((SELECT idx FROM entry WHERE {_MINUTE} = m ORDER BY idx LIMIT 1)), "
    f"max((SELECT idx FROM entry WHERE {_MINUTE} = m ORDER BY idx DESC LIMIT 1)) FROM minute WHERE m <= ?2"
)
# A step from minute to minute takes as long as reading so many rows of the index.
_STEP: Final = 30


def entries_between(connection: sqlite3.Connection, since: str | None, until: str | None) -> tuple[int, int] | None:
    """The first and last index between which all entries of these minutes are; None if there are none.

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
    how = _SKIP if _minutes(first, last) * _STEP < _entries(connection) else _SCAN
    found: tuple[int | None, int | None] = connection.execute(how, (first, last)).fetchone()
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _minutes(first: int, last: int) -> float:
    try:
        return (_moment(last) - _moment(first)).total_seconds() / 60
    except ValueError:  # what stands in a damaged log
        return _LAST


def _moment(minute: int) -> datetime:
    return datetime.strptime(f"{minute:012}+0000", "%Y%m%d%H%M%z")


def _entries(connection: sqlite3.Connection) -> int:
    (least,) = connection.execute("SELECT min(idx) FROM entry").fetchone()
    (most,) = connection.execute("SELECT max(idx) FROM entry").fetchone()
    return int(most - least)
