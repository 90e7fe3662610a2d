"""A log as an intruder sees it: entries in a file or a table, whoever wrote them."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Row = dict[str, Any]
"""Columns of a table, or one line under the name `line`."""


class Rows:
    """The entries of the log in the folder `log`, in their order."""

    def __init__(self, log: Path, layout: dict[str, Any]) -> None:
        self.log = log
        self.layout = layout
        self.path = log / layout["file"]

    @property
    def table(self) -> str | None:
        return cast("str | None", self.layout.get("table"))

    def files(self) -> list[Path]:
        """All files of the log, and no key."""
        return sorted(path for pattern in self.layout["files"] for path in self.log.glob(pattern) if path.is_file())

    def read(self) -> list[Row]:
        if not self.table:
            lines = self.path.read_text(encoding="utf-8").splitlines()
            return [{"line": line} for line in lines if line]
        with self.connection() as connection:
            names = ", ".join(row["name"] for row in connection.execute(f"PRAGMA table_info({self.table})"))
            found = connection.execute(f"SELECT {names} FROM {self.table} ORDER BY {self.layout['order']}")
            return [dict(row) for row in found]

    def write(self, rows: list[Row]) -> None:
        """Put `rows` in the place of all entries."""
        if not self.table:
            self.path.write_text("".join(row["line"] + "\n" for row in rows), encoding="utf-8")
            return
        with self.connection() as connection:
            connection.execute(f"DELETE FROM {self.table}")
            for row in rows:
                self._insert(connection, row)

    def _insert(self, connection: sqlite3.Connection, row: Row) -> None:
        statement = f"INSERT INTO {self.table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        try:
            connection.execute(statement, list(row.values()))
        except sqlite3.IntegrityError as error:
            # A copy of an entry may not have its hash: whoever tampers takes the next best.
            column = str(error).rpartition(".")[2]
            self._insert(connection, {**row, column: row[column][::-1]})

    def count(self) -> int:
        """Entries in all files; lines that are none count as well."""
        if self.table:
            return len(self.read())
        return sum(len(path.read_text(encoding="utf-8", errors="replace").splitlines()) for path in self.files())

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self.path, isolation_level=None, timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection

    def renumbered(self, rows: list[Row]) -> list[Row]:
        """The same rows, with numbers that follow each other where they have any."""
        name, first = self.layout.get("number"), self.layout.get("first", 1)
        if name is None:
            return rows
        if self.table:
            return [{**row, name: number} for number, row in enumerate(rows, first)]
        pattern = re.compile(rf'("{name}": ?)\d+')
        return [
            {"line": pattern.sub(rf"\g<1>{number}", row["line"], count=1)} for number, row in enumerate(rows, first)
        ]


def tool(number: int) -> str:
    """The name that is in entry `number` and in no other."""
    return f"tool_{number:06d}"


def place(number: int) -> str:
    """The argument that is in entry `number` and in no other."""
    return f"place-{number:06d}"


def rewritten(row: Row, change: Callable[[str], str]) -> Row:
    """The row with `change` made to each of its texts."""
    made = dict(row)
    for name, value in row.items():
        if isinstance(value, str):
            made[name] = change(value)
        elif isinstance(value, bytes):
            with contextlib.suppress(UnicodeDecodeError):
                made[name] = change(value.decode()).encode()
    return made


def position(rows: list[Row], number: int) -> int:
    """Where entry `number` stands."""
    (found,) = (
        index for index, row in enumerate(rows) if rewritten(row, lambda text: text.replace(tool(number), "")) != row
    )
    return found
