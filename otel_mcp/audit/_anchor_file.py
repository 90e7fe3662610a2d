"""A file of checkpoints on other storage: one signed note after the other, which only grows."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from otel_mcp.errors import AnchorRefused, AuditUnavailable, MalformedError, VerificationError
from otel_mcp.tlog import Checkpoint, open_checkpoint, parse_note, split_notes

if TYPE_CHECKING:
    from pathlib import Path

    from otel_mcp.audit._newest import Newest

__all__ = ["append_note"]

_VERIFY = "run `otel-mcp verify`"


def append_note(newest: Newest, path: Path) -> bool:
    """Append the checkpoint durably; False if the file ends with it already. Nothing that is there is changed.

    Raises:
        AnchorRefused: the file cannot be written, holds something else, or holds a checkpoint of this log that the log
            does not continue.
    """
    notes = _notes(path)
    for note, checkpoint in notes:
        _check_continues(path, note, checkpoint, newest)
    if notes and notes[-1][0] == newest.note:
        return False
    try:
        _append(path, newest.note.encode())
    except OSError as error:
        cure = "name a file in a folder that exists and that this user can write"
        raise AnchorRefused(f"{path}: cannot be written: {_strerror(error)} ({cure})") from None
    return True


def _check_continues(path: Path, note: str, checkpoint: Checkpoint, newest: Newest) -> None:
    now = newest.checkpoint
    if checkpoint.origin != now.origin or checkpoint.size < now.size or checkpoint == now:
        return
    with contextlib.suppress(VerificationError):
        open_checkpoint(note, [newest.log])
        if checkpoint.size > now.size:
            with contextlib.suppress(AuditUnavailable):
                newest.leaves(now.size, checkpoint.size)
                raise AnchorRefused(f"{path}: holds a newer checkpoint of this log already (try again)")
            seen = f"ROLLBACK: {path} holds a checkpoint of this log with {checkpoint.size} entries; it has {now.size}"
        else:
            seen = f"FORK: {path} holds another checkpoint of this log with {now.size} entries"
        raise AnchorRefused(f"{seen} ({_VERIFY})")


def _notes(path: Path) -> list[tuple[str, Checkpoint]]:
    """The notes of a file that may not be there yet."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AnchorRefused(f"{path}: not a regular file (name a file)")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise AnchorRefused(
            f"{path}: cannot be read: {_strerror(error)} (name a file that this user can read)"
        ) from None
    except ValueError:
        raise AnchorRefused(f"{path}: holds something else than checkpoints (name another file)") from None
    if text and not text.endswith("\n"):
        raise AnchorRefused(f"{path}: ends in the middle of a checkpoint (remove what is torn, or name another file)")
    try:
        return [(note, Checkpoint.parse(parse_note(note).text)) for note in split_notes(text)]
    except MalformedError as error:
        raise AnchorRefused(f"{path}: holds something else than checkpoints: {error} (name another file)") from None


def _append(path: Path, data: bytes) -> None:
    new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        # In one write: what others append at the same time stands before it or after it.
        if (written := os.write(descriptor, data)) != len(data):
            with contextlib.suppress(OSError):  # storage that only grows keeps the torn end, and the next run says so
                os.ftruncate(descriptor, os.fstat(descriptor).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if new:
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _strerror(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
