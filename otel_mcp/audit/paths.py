"""Where keys, pins, marks and logs of this user live. The XDG variables are honoured through platformdirs."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import platformdirs

__all__ = [
    "config_directory",
    "default_directory",
    "default_key_path",
    "make_private_directory",
    "marks_directory",
    "pins_path",
    "state_directory",
    "sync_directory",
    "write_private",
]

_APP = "otel-mcp"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_MAX_NAME = 64


def config_directory() -> Path:
    """Keys, pins and high-water marks: never the place of the log."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def state_directory() -> Path:
    """The logs of this user, one folder a service."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False))


def default_directory(service: str) -> Path:
    """The log folder of `service` when no setting names one."""
    return state_directory() / _file_name(service)


def default_key_path(service: str) -> Path:
    """The key file of `service` when no setting names one."""
    return config_directory() / "keys" / f"{_file_name(service)}.pem"


def pins_path() -> Path:
    """The file of pinned verifier keys, one a line."""
    return config_directory() / "known_logs"


def marks_directory() -> Path:
    """The high-water marks, one file a log."""
    return config_directory() / "heads"


def make_private_directory(path: Path) -> None:
    """Make `path` and what is missing above it; folders made here are for this user only."""
    missing = [path, *path.parents]
    missing = missing[: next((i for i, folder in enumerate(missing) if folder.exists()), len(missing))]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(path))


def write_private(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Replace `path` in one step with a file of mode 0600; with `sync` it is on disk when this returns."""
    make_private_directory(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
        if sync:
            sync_directory(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_directory(directory: Path) -> None:
    """Put on disk which files are in `directory`."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _file_name(service: str) -> str:
    """`service` itself where it is a plain file name, else a readable and unique stand-in."""
    if service and len(service) <= _MAX_NAME and not _UNSAFE.search(service) and not service.startswith("."):
        return service
    digest = hashlib.sha256(service.encode("utf-8", "replace")).hexdigest()[:8]
    readable = _UNSAFE.sub("-", service)[:_MAX_NAME].lstrip(".")
    return f"{readable}-{digest}"
