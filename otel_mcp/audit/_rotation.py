"""The end of one file of a log and the beginning of the next, in steps that a crash may interrupt anywhere.

1. The next file's seal key is made. 2. The last entry of the old file and its seal are committed together: from here on
nobody writes to it. 3. The seal goes into the file of seals. 4. The next file appears, whole. 5. The old seal key is
destroyed. Whoever opens the log and finds its newest file sealed does steps 3 to 5, so that they are only ever late.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from typing import TYPE_CHECKING

from otel_mcp.audit.entry import format_time, now_us
from otel_mcp.audit.seal import Seal, SealKeys, open_seal, write_seals
from otel_mcp.audit.store import (
    SEAL,
    altered_objects,
    create_database,
    read_meta,
    reading_segment,
    segment_path,
)
from otel_mcp.errors import AuditUnavailable, MalformedError, OtelMcpError
from otel_mcp.tlog import Frontier, Verifier

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["first_meta", "is_sealed", "next_file", "settle", "tidy"]

_CARRIED = ("origin", "vkey", "service", "key_source", "pruned")


def first_meta(origin: str, vkey: str, service: str, key_source: str, seal_key: bytes) -> dict[str, str]:
    """What the first file of a log says of itself."""
    return {
        "origin": origin,
        "vkey": vkey,
        "service": service,
        "key_source": key_source,  # a hint for people, the one thing in the file that nothing vouches for
        "seal_key": seal_key.hex(),
        "start": "0",
        "hashes": "",
        "made": format_time(now_us()),
    }


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Whether this file has a seal, and so is written no more."""
    return bool(connection.execute("SELECT sealed FROM frontier").fetchone()[0])


def next_file(directory: Path, sealed: Path, seal_keys: SealKeys) -> Path:
    """The file that follows on the newest one, which is sealed: steps 3 to 5. The caller holds the lock.

    Raises:
        AuditUnavailable: the sealed file is not as it was sealed.
    """
    with reading_segment(sealed) as connection:
        if altered := altered_objects(connection):
            raise AuditUnavailable(f"{sealed}: the schema was altered: {altered[0]} (run `otel-mcp verify`)")
        meta = read_meta(connection)
        size, hashes = connection.execute("SELECT size, hashes FROM frontier").fetchone()
        row = connection.execute("SELECT note FROM checkpoint WHERE size = ?", (size,)).fetchone()
    frontier = Frontier.from_bytes(size, hashes)
    try:
        seal: Seal | None = open_seal(meta[SEAL], Verifier.parse(meta["vkey"]))
    except (KeyError, OtelMcpError):
        seal = None
    if seal is None or row is None or (seal.origin, seal.size, seal.root) != (meta["origin"], size, frontier.root()):
        raise AuditUnavailable(f"{sealed}: its end is not what was sealed (run `otel-mcp verify`)")
    try:
        write_seals(directory, meta[SEAL])
    except MalformedError as error:
        raise AuditUnavailable(f"{directory}: the file of seals is damaged: {error} (run `otel-mcp verify`)") from None
    path = segment_path(directory, size)
    carried = {name: meta[name] for name in _CARRIED if name in meta}
    carried |= {
        "seal_key": seal.next_key.hex(),
        "start": str(size),
        "hashes": hashes.hex(),
        "made": format_time(now_us()),
    }
    create_database(path, carried, frontier, row[0])
    seal_keys.destroy_all_but(size)
    settle(sealed)
    return path


def settle(path: Path) -> None:
    """Leave a sealed file as one file, without a write-ahead log, unless somebody is still looking into it."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_existing(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _existing(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)


def tidy(segments: dict[int, Path], pruned: int) -> None:
    """Remove the files that end at or before entry `pruned`: a signed record says that they are no more."""
    starts = sorted(segments)
    for start, after in itertools.pairwise(starts):
        if after <= pruned:
            path = segments[start]
            for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                with contextlib.suppress(FileNotFoundError):
                    name.unlink()
