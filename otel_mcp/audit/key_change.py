"""Another key for a log: handed over with both signatures, staged so that a crash leaves a key that fits; revocation.

The new key file stands beside the old one as `….next` before the record is committed, and takes its place after that.
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
from otel_mcp.audit.entry import JSON, EntryDraft
from otel_mcp.audit.keys import LocalKey, LogKeys, format_keys, load_keys, new_keys, staged_path
from otel_mcp.audit.paths import sync_directory, write_private
from otel_mcp.audit.store import connect_writer, read_meta, segments_of
from otel_mcp.errors import ConfigError
from otel_mcp.tlog import Signer, Verifier

if TYPE_CHECKING:
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
        ConfigError: the new key cannot be used, or is not named where the old one is no file.
        AuditUnavailable: the log goes on with the key that it had.
    """
    path = None
    if to is None:
        path = _own_file(keys)
        new = replace(keys, signing_key=new_keys().signing_key)
        write_private(staged_path(path), format_keys(new).encode(), sync=True)
    else:
        new = load_keys(to, service=service, create=False, setting="--to")
        if new.index_key != keys.index_key:
            raise ConfigError(
                f"--to={to}: holds another index key (copy the block of {keys.source}: names are found by it)"
            )
    old_vkey, new_vkey = (str(Signer(committer.origin, each.signing_key).verifier) for each in (keys, new))
    if old_vkey == new_vkey:
        raise ConfigError(f"--to={to}: holds the key that the log has")
    committer.change_key(new, _draft("audit.key.rotate", {"old": old_vkey, "new": new_vkey}, reason, actor))
    if path is not None:
        staged_path(path).replace(path)
        sync_directory(path.parent)
    return new


def revocation(vkey: str, origin: str, *, reason: str, actor: str | None) -> EntryDraft:
    """The record that a key of this log is trusted no more.

    Raises:
        MalformedError, ConfigError: `vkey` is no verifier key, or one of another log.
    """
    if Verifier.parse(vkey).name != origin:
        raise ConfigError(f"that is a key of {Verifier.parse(vkey).name}, and the log is {origin}")
    return _draft("audit.key.revoke", {"vkey": vkey}, reason, actor)


def change_encryption_key(
    committer: Committer, keys: LogKeys, *, archives: Sequence[Path], reason: str, actor: str | None
) -> tuple[LogKeys, Rewrapped]:
    """Make a new key-encryption key and wrap every data key with it; what is encrypted stays as it is.

    Raises:
        ConfigError: the keys are in no file.
        AuditUnavailable, Locked: a data key could not be wrapped anew; both keys are in the file, and nothing is lost.
    """
    path = _own_file(keys)
    new = replace(keys, encryption_keys=(os.urandom(_KEY_SIZE), *keys.encryption_keys))
    # Both are in the file before anything is wrapped with the new one.
    write_private(path, format_keys(new).encode(), sync=True)
    attributes: dict[str, JSON] = {"kek": kek_id(new.encryption_keys[0])}
    counts: list[int] = []
    committer.record(
        lambda _: _draft("audit.key.rewrap", attributes, reason, actor),
        lambda: counts.extend(_rewrap_all([committer.directory, *archives], committer.origin, new)),
    )
    committer.encrypt_with(new)
    others = live_writers(committer.directory) - {committer.writer_id}
    if not others:
        new = replace(new, encryption_keys=new.encryption_keys[:1])
        write_private(path, format_keys(new).encode(), sync=True)
    return new, Rewrapped(sum(counts), dropped=not others)


def _rewrap_all(folders: Sequence[Path], origin: str, keys: LogKeys) -> list[int]:
    new, *old = keys.encryption_keys
    counts = []
    for path in (path for folder in folders for path in segments_of(folder).values()):
        with rewriting(path) as plain, contextlib.closing(connect_writer(plain)) as connection:
            assert read_meta(connection)["origin"] == origin, "a folder of this log"
            connection.execute("BEGIN IMMEDIATE")
            counts.append(rewrap(connection, origin, old, new))
            connection.execute("COMMIT")
    return counts


def _own_file(keys: LogKeys) -> Path:
    if not isinstance(keys.signing_key, LocalKey) or not Path(keys.source).is_file():
        raise ConfigError(
            f"the log's key is not in a file but from {keys.source} (make one there, and name it with --to)"
        )
    return Path(keys.source)


def _draft(event: str, attributes: dict[str, JSON], reason: str, actor: str | None) -> EntryDraft:
    kind = "system" if actor is None else "user"
    action = {"audit.key.rotate": "ROTATE", "audit.key.revoke": "REVOKE"}.get(event, "UPDATE")
    return EntryDraft(
        event, "event", action, "success", actor=actor, actor_type=kind, attributes=attributes, body={"reason": reason}
    )
