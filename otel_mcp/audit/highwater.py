"""High-water marks: the size and root that this machine has seen of each log, kept away from the log.

A log that was cut back or put back to an older copy is intact in itself; only somebody who remembers notices.
This memory is on the same machine: it finds accidents and restored backups, and proves nothing against root.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit.paths import make_private_directory, marks_directory, write_private
from otel_mcp.audit.store import locked_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Mark", "mark_path", "marks_of_directory", "raise_mark", "read_mark", "reset_marks"]


# Shared by all logs of this user: one stopped process must not hold up the others, who can do without a new mark.
_LOCK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """What was last seen of a log, and in which folder."""

    origin: str
    size: int
    root: bytes
    directory: str

    def to_json(self) -> bytes:
        """One JSON object and a newline."""
        members = {"origin": self.origin, "size": self.size, "root": _b64(self.root), "directory": self.directory}
        return json.dumps(members).encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Mark | None:
        """The mark in a file, or None if the file is damaged: a mark is a help, not a judge."""
        try:
            members = json.loads(data)
            root = base64.b64decode(members["root"], validate=True)
            mark = cls(str(members["origin"]), int(members["size"]), root, str(members.get("directory", "")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return mark


def mark_path(origin: str) -> Path:
    """The file that remembers the log `origin`."""
    return marks_directory() / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.json"


def read_mark(origin: str) -> Mark | None:
    """The mark of the log `origin`, if there is one."""
    try:
        mark = Mark.from_json(mark_path(origin).read_bytes())
    except OSError:
        return None
    return mark if mark and mark.origin == origin else None


def marks_of_directory(directory: Path) -> list[Mark]:
    """Every log that this machine has seen in `directory`."""
    wanted = str(directory.resolve())
    marks = []
    for path in sorted(marks_directory().glob("*.json")):
        with contextlib.suppress(OSError):
            mark = Mark.from_json(path.read_bytes())
            if mark and mark.directory == wanted:
                marks.append(mark)
    return marks


def raise_mark(new: Mark, root_at: Callable[[int], bytes | None]) -> bool:
    """Remember `new`, unless the old mark is higher or of another history: a writer never hides a rollback.

    `root_at(size)` gives the root that the log has today at an older size, None where that part of it was pruned.
    True if the mark is now `new`.
    """
    with _marks_locked():
        old = read_mark(new.origin)
        if old and (old.size > new.size or (old.size < new.size and root_at(old.size) not in (old.root, None))):
            return False
        if old and old.size == new.size and old.root != new.root:
            return False
        if old != new:
            write_private(mark_path(new.origin), new.to_json())
        return True


def reset_marks(new: Mark) -> None:
    """Put the mark of a log where it is now and forget other logs of the same folder: a restore was accepted."""
    with _marks_locked():
        for mark in marks_of_directory(Path(new.directory)):
            mark_path(mark.origin).unlink(missing_ok=True)
        write_private(mark_path(new.origin), new.to_json())


@contextlib.contextmanager
def _marks_locked() -> Iterator[None]:
    # Two writers of one log would otherwise read the same old mark, and the slower one would lower the new.
    make_private_directory(marks_directory())
    with locked_file(marks_directory() / ".lock", _LOCK_SECONDS):
        yield


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
