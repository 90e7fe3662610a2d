"""Space that a log holds back, so that a full disk still takes the records that admit what was lost."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Reserve", "is_full"]

_NAME: Final = "reserve"
_SIZE: Final = 1024 * 1024
_TIMES_FREE: Final = 2  # so much more must be free, or the disk would be full again at once


class Reserve:
    """A file of a mebibyte in the log's folder, removed when the disk is full and made again when there is room."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / _NAME

    def make(self) -> bool:
        """Hold the space back, if the disk has room for it; whether it is held."""
        try:
            if self._path.stat().st_size >= _SIZE:
                return True
        except OSError:
            pass
        try:
            space = os.statvfs(self._path.parent)
            if space.f_bavail * space.f_frsize < _TIMES_FREE * _SIZE:
                return False
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                # Blocks, not a length: a file with a hole holds nothing back.
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(descriptor, 0, _SIZE)
                else:
                    os.write(descriptor, bytes(_SIZE))
            finally:
                os.close(descriptor)
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Give the space back to the disk."""
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, is that the disk or a quota has no room."""
    seen: list[BaseException] = []  # errors may be linked in a ring
    while error is not None and error not in seen:
        seen.append(error)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
            return True
        error = error.__cause__
    return False
