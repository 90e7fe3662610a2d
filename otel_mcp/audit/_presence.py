"""Which writers of a log are alive: each holds a locked file, and the kernel lets go of it however the process ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import socket
import sqlite3
from importlib import metadata
from pathlib import Path

from otel_mcp.audit.entry import JSON, EntryDraft
from otel_mcp.audit.store import locked

__all__ = ["hold_writer_file", "live_writers", "remove_writer_file", "start_draft"]

_FOLDER = "writers"


def start_draft() -> EntryDraft:
    """The first entry of every writer; what tells of the machine stands in the body, which can be erased."""
    body: dict[str, JSON] = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "boot": _boot_id(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "otel_mcp": _version(),
    }
    return EntryDraft("audit.writer.start", "event", "START", "success", actor_type="system", body=body)


def hold_writer_file(directory: Path, writer_id: str) -> int:
    """The descriptor of a file that stays locked as long as this writer lives; files of dead ones are removed."""
    folder = directory / _FOLDER
    with locked(directory):  # so that nobody takes the new file for a dead writer's before it is locked
        folder.mkdir(mode=0o700, exist_ok=True)
        for path in folder.glob("*.lock"):
            _remove_if_dead(path)
        descriptor = os.open(folder / f"{writer_id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def remove_writer_file(directory: Path, writer_id: str) -> None:
    """Take the file of a writer away that has stopped."""
    with contextlib.suppress(OSError):
        (directory / _FOLDER / f"{writer_id}.lock").unlink()


def live_writers(directory: Path) -> set[str]:
    """Ids of the writers that run on this machine, whatever their pids are or were."""
    return {path.stem for path in (directory / _FOLDER).glob("*.lock") if _is_locked(path)}


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _remove_if_dead(path: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(descriptor)


def _boot_id() -> str | None:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None


def _version() -> str | None:
    try:
        return metadata.version("otel-mcp-audit")
    except metadata.PackageNotFoundError:
        return None
