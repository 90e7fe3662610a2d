"""Another key for a log: handed over with both signatures, staged so that a crash leaves a key that fits; revocation.

The new key file stands beside the old one as `….next` before the record is committed, and takes its place after that.
All of it happens under the log's lock: of two who change a key file at once, the second begins where the first ended.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit._presence import live_writers
from otel_mcp.audit.archive import rewriting
from otel_mcp.audit.encryption import kek_id, rewrap
from otel_mcp.audit.entry import EntryDraft, own_record
from otel_mcp.audit.keys import LocalKey, LogKeys, all_pins, format_keys, load_keys, new_keys, staged_path
from otel_mcp.audit.paths import sync_directory, write_private
from otel_mcp.audit.store import connect_writer, read_meta, segments_of
from otel_mcp.errors import ConfigError
from otel_mcp.tlog import Verifier

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from otel_mcp.audit._committer import Committer

__all__ = ["Rewrapped", "change_encryption_key", "change_key", "revocation"]

_KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """Data keys that were wrapped anew, and whether the old key could be dropped."""

    count: int
    dropped: bool
    """False where other writers run, which may still wrap with the old key."""


def change_key(
    committer: Committer, keys: LogKeys, *, to: str | None, service: str, reason: str, actor: str | None
) -> LogKeys:
    """Hand the log over to a new signing key: `to` names it, or it is made in place of the old key file.

    Raises:
        ConfigError: the new key cannot be used, is not named where the old one is no file, or the file has the key of
            another log too.
        AuditUnavailable: the log goes on with the key that it had.
    """
    if to is not None:
        given = load_keys(to, service=service, create=False, setting="--to")
        if given.index_key != keys.index_key:
            raise ConfigError(
                f"--to={to}: holds another index key (copy the block of {keys.source}: names are found by it)"
            )
        committer.change_key(lambda old: (given, _handover(old, given, reason, actor)), lambda: None)
        return given
    path = _own_file(keys, committer.origin)
    made: list[LogKeys] = []

    def stage(old: Verifier) -> tuple[LogKeys, EntryDraft]:
        new = replace(_read(path), signing_key=new_keys().signing_key)
        write_private(staged_path(path), format_keys(new).encode(), sync=True)
        made.append(new)
        return new, _handover(old, new, reason, actor)

    def put_in_place() -> None:
        staged_path(path).replace(path)
        sync_directory(path.parent)

    committer.change_key(stage, put_in_place)
    return made[0]


def revocation(vkey: str, origin: str, *, reason: str, actor: str | None) -> EntryDraft:
    """The record that a key of this log is trusted no more.

    Raises:
        MalformedError, ConfigError: `vkey` is no verifier key, or one of another log.
    """
    if Verifier.parse(vkey).name != origin:
        raise ConfigError(f"that is a key of {Verifier.parse(vkey).name}, and the log is {origin}")
    return own_record("audit.key.revoke", "REVOKE", {"vkey": vkey}, reason=reason, actor=actor)


def change_encryption_key(
    committer: Committer, keys: LogKeys, *, archives: Sequence[Path], reason: str, actor: str | None
) -> tuple[LogKeys, Rewrapped]:
    """Make a new key-encryption key and wrap every data key with it; what is encrypted stays as it is.

    Raises:
        ConfigError: the keys are in no file, or in one that has the key of another log too.
        AuditUnavailable: a data key could not be wrapped anew; both keys are in the file, and nothing is lost.
    """
    path = _own_file(keys, committer.origin)
    changed: list[LogKeys] = []
    counts: list[int] = []

    def stage(_: sqlite3.Connection) -> EntryDraft:
        old = _read(path)
        new = replace(old, encryption_keys=(os.urandom(_KEY_SIZE), *old.encryption_keys))
        # Both are in the file before anything is wrapped with the new one.
        write_private(path, format_keys(new).encode(), sync=True)
        changed.append(new)
        kek = kek_id(new.encryption_keys[0])
        return own_record("audit.key.rewrap", "UPDATE", {"kek": kek}, reason=reason, actor=actor)

    def wrap_anew() -> None:
        new = changed[-1]
        counts.extend(_rewrap_all([committer.directory, *archives], committer.origin, new))
        committer.encrypt_with(new)
        if not live_writers(committer.directory) - {committer.writer_id}:
            changed.append(replace(new, encryption_keys=new.encryption_keys[:1]))
            write_private(path, format_keys(changed[-1]).encode(), sync=True)

    committer.record(stage, wrap_anew)
    return changed[-1], Rewrapped(sum(counts), dropped=len(changed[-1].encryption_keys) == 1)


def _handover(old: Verifier, new: LogKeys, reason: str, actor: str | None) -> EntryDraft:
    verifier = Verifier(old.name, new.signing_key.public_key)
    if verifier == old:
        raise ConfigError(f"{new.source} holds the key that the log has")
    names = {"old": str(old), "new": str(verifier)}
    return own_record("audit.key.rotate", "ROTATE", names, reason=reason, actor=actor)


def _rewrap_all(folders: Sequence[Path], origin: str, keys: LogKeys) -> list[int]:
    new, *old = keys.encryption_keys
    counts = []
    for path in (path for folder in folders for path in segments_of(folder).values()):
        with rewriting(path) as copy, contextlib.closing(connect_writer(copy.path)) as connection:
            if read_meta(connection).get("origin") != origin:
                raise ConfigError(f"{path.parent}: holds the archive of another log")
            connection.execute("BEGIN IMMEDIATE")
            counts.append(rewrap(connection, origin, old, new))
            copy.changed = bool(counts[-1])
            connection.execute("COMMIT")
    return counts


def _read(path: Path) -> LogKeys:
    return load_keys(f"file:{path}", service="", create=False, setting="the key file")


def _own_file(keys: LogKeys, origin: str) -> Path:
    """The file that holds the log's key and no other log's: to change it would take theirs away."""
    if not isinstance(keys.signing_key, LocalKey) or not Path(keys.source).is_file():
        raise ConfigError(
            f"the log's key is not in a file but from {keys.source} (make one there, and name it with --to)"
        )
    newest = [Verifier.parse(pins[-1]) for pins in all_pins().values()]
    others = [pin.name for pin in newest if pin.public_key == keys.signing_key.public_key and pin.name != origin]
    if others:
        raise ConfigError(
            f"{keys.source} is also the key of {others[0]} (make a file of this log's own: --to file:PATH)"
        )
    return Path(keys.source)
