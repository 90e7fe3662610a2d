"""SQLite's own look at the pages of a file, beside the look at its entries: it takes as long, and needs no Python."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING

from otel_mcp.audit.store import connect_reader

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PageCheck", "damage"]


def damage(connection: sqlite3.Connection, check: str) -> list[str]:
    """What SQLite finds wrong with the file by `check`, one of its pragmas.

    SQLite leaves CHECK constraints out where it can only read (`sqlite3AddCheckConstraint`), so ours is looked at here.
    """
    lines = [str(line) for (line,) in connection.execute(f"PRAGMA {check}") if line != "ok"]
    if connection.execute("SELECT 1 FROM frontier WHERE id IS NOT 1").fetchone():
        lines.append("CHECK constraint failed in frontier")
    return lines


class PageCheck:
    """Checks the pages of the file at `path`, or of what is open as `connection` where that is a copy.

    Beyond quick_check, integrity_check compares indexes with their table: an entry missing from an index would be
    invisible to queries while every hash is right.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, fast: bool) -> None:
        self._pragma = "quick_check(8)" if fast else "integrity_check(8)"
        self._connection = connection
        self._lines: list[str] = []
        self._error: sqlite3.Error | None = None
        self._own: sqlite3.Connection | None = None
        self._thread: threading.Thread | None = None
        if path.suffix != ".gz":
            with contextlib.suppress(sqlite3.Error):
                self._own = connect_reader(path)
        if self._own is not None:
            self._own.text_factory = lambda data: data.decode("utf-8", "replace")
            # SQLite lets go of the interpreter while it works.
            self._thread = threading.Thread(target=self._check, args=(self._own,), daemon=True)
            self._thread.start()

    def lines(self) -> list[str]:
        """What is wrong; waits for the end of the check.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        if self._thread is None:
            self._check(self._connection)
        else:
            self._thread.join()
        if self._own is not None:
            self._own.close()
        if self._error is not None:
            raise self._error
        return self._lines

    def _check(self, connection: sqlite3.Connection) -> None:
        try:
            self._lines = damage(connection, self._pragma)
        except sqlite3.Error as error:
            self._error = error
        except UnicodeDecodeError:  # the text of an error has a part of the file in it
            self._error = sqlite3.DatabaseError("database disk image is malformed")
