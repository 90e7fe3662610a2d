"""Encryption of bodies and names at rest: AES-256-GCM under data keys, which are wrapped by a key-encryption key.

```text
body   01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)    associated data: "otel-mcp/body/v1" 00 origin 00 record id
name   01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)    associated data: "otel-mcp/name/v1" 00 origin 00 subject id
dek         nonce (12) ‖ ciphertext ‖ tag (16)    associated data: "otel-mcp/dek/v1" 00 origin 00 scope 00 dek id
```
A data key belongs to one file of a log and there to all entries (scope `segment`) or to one subject (its id). To delete
the wrapped key erases what it encrypted, wherever copies of that went. GCM does not commit to its key, so the signed
head names it: `dek` is SHA-256("otel-mcp/dek/v1" 00 key), its first 16 bytes in hex.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from otel_mcp.audit.entry import ENCRYPTED_BODY, JSON, dump_body, parse_body
from otel_mcp.audit.store import reading_segment, segments_of
from otel_mcp.errors import MalformedError, OtelMcpError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["MODES", "SEGMENT", "Encryption", "Locked", "Reader", "dek_id", "kek_id", "mode_of", "rewrap"]

MODES: Final = frozenset({"off", "segment", "subject"})
SEGMENT: Final = "segment"
"""The scope of a key that is not a subject's."""

_KEY_SIZE = 32
_NONCE_SIZE = 12
_MAX_CACHED = 4096


class Locked(OtelMcpError):
    """What is encrypted cannot be read: its key is not at hand, or was destroyed."""


def dek_id(key: bytes) -> str:
    """How a head names the data key of its body."""
    return hashlib.sha256(b"otel-mcp/dek/v1\0" + key).digest()[:16].hex()


def kek_id(key: bytes) -> str:
    """How a wrapped data key names the key that wrapped it."""
    return hashlib.sha256(b"otel-mcp/kek/v1\0" + key).digest()[:8].hex()


class Encryption:
    """Encrypts what one writer adds to the files of a log; `per_subject` gives each subject a key of its own."""

    def __init__(self, origin: str, keys: Sequence[bytes], *, per_subject: bool) -> None:
        self._origin = origin
        self._kek = AESGCM(keys[0])
        self._kek_id = kek_id(keys[0])
        self._reader_keys = {kek_id(key): key for key in keys}
        self._per_subject = per_subject
        self._keys: dict[str, bytes] = {}

    def forget(self) -> None:
        """Before another file, and after a transaction that was rolled back with the keys that it made."""
        self._keys.clear()

    def can_open(self, connection: sqlite3.Connection) -> bool:
        """Whether every data key of this file is wrapped by a key that is at hand."""
        return self._reader_keys.keys() >= {kek for (kek,) in connection.execute("SELECT DISTINCT kek FROM dek")}

    def body(
        self, connection: sqlite3.Connection, body: Mapping[str, JSON], record_id: str, subject: str | None
    ) -> tuple[bytes, str]:
        """The body as stored, and the id of its data key."""
        key = self._key(connection, subject)
        return _encrypt(key, dump_body(body), _label("body", self._origin, record_id)), dek_id(key)

    def name(self, connection: sqlite3.Connection, name: str, subject: str) -> bytes:
        """The clear name of a subject as stored."""
        return _encrypt(self._key(connection, subject), name.encode(), _label("name", self._origin, subject))

    def _key(self, connection: sqlite3.Connection, subject: str | None) -> bytes:
        scope = subject if self._per_subject and subject is not None else SEGMENT
        if scope not in self._keys:
            if len(self._keys) >= _MAX_CACHED:
                self._keys.clear()
            found = Reader(connection, self._origin, self._reader_keys).key(scope)
            self._keys[scope] = found or self._make(connection, scope)
        return self._keys[scope]

    def _make(self, connection: sqlite3.Connection, scope: str) -> bytes:
        key = os.urandom(_KEY_SIZE)
        wrapped = _wrap(self._kek, key, self._origin, scope)
        connection.execute("INSERT INTO dek VALUES (?, ?, ?, ?)", (scope, dek_id(key), wrapped, self._kek_id))
        return key


class Reader:
    """Reads what is encrypted in one file of a log, with the key-encryption keys that the caller has."""

    def __init__(self, connection: sqlite3.Connection, origin: str, keys: Mapping[str, bytes]) -> None:
        self._connection = connection
        self._origin = origin
        self._keks = keys
        self._keys: dict[str, bytes | None] = {}

    def body(self, blob: bytes, head: Mapping[str, Any]) -> dict[str, Any]:
        """The body of an entry, encrypted or not.

        Raises:
            Locked: its key is not at hand.
            MalformedError: it is no body, or not the one of this entry.
        """
        if blob[:1] != ENCRYPTED_BODY:
            return parse_body(blob)
        wanted = head.get("dek")
        for scope in (SEGMENT, head.get("actor")):
            key = self.key(scope) if isinstance(scope, str) else None
            if key is not None and dek_id(key) == wanted:
                text = _decrypt(key, blob, _label("body", self._origin, str(head.get("id"))))
                try:
                    body = json.loads(text)
                except ValueError:
                    raise MalformedError("body is not JSON") from None
                if not isinstance(body, dict):
                    raise MalformedError("body is not a JSON object")
                return body
        raise Locked("the body is encrypted, and its key is not at hand")

    def name(self, name: object, subject: str) -> str:
        """The clear name of a subject, encrypted or not.

        Raises:
            Locked, MalformedError: as for a body.
        """
        if isinstance(name, str):
            return name
        if not isinstance(name, bytes) or name[:1] != ENCRYPTED_BODY:
            raise MalformedError("the name of a subject is neither text nor encrypted")
        # Which of the two it was depends on how the log was kept when the name was first met in this file.
        keys = [key for key in (self.key(subject), self.key(SEGMENT)) if key is not None]
        if not keys:
            raise Locked("the name is encrypted, and its key is not at hand")
        label = _label("name", self._origin, subject)
        for key in keys[:-1]:
            with contextlib.suppress(MalformedError):
                return _decrypt(key, name, label).decode("utf-8", "replace")
        return _decrypt(keys[-1], name, label).decode("utf-8", "replace")

    def key(self, scope: str) -> bytes | None:
        """The data key of a scope, if this file has one and its key-encryption key is at hand."""
        if scope not in self._keys:
            if len(self._keys) >= _MAX_CACHED:
                self._keys.clear()
            row = self._connection.execute("SELECT id, wrapped, kek FROM dek WHERE scope = ?", (scope,)).fetchone()
            self._keys[scope] = None if row is None else self._unwrap(scope, *row)
        return self._keys[scope]

    def _unwrap(self, scope: str, name: str, wrapped: bytes, kek: str) -> bytes | None:
        if kek not in self._keks:
            return None
        key = _decrypt(self._keks[kek], ENCRYPTED_BODY + wrapped, _label("dek", self._origin, scope, name))
        if dek_id(key) != name:
            raise MalformedError("a data key is not the one that it is called")
        return key


def mode_of(directory: Path) -> str:
    """How the log in `directory` was written of late, as its two newest files show: one of `MODES`.

    Raises:
        sqlite3.Error, OSError: a file cannot be read.
    """
    scopes: set[bool] = set()
    for path in list(segments_of(directory).values())[-2:]:
        with reading_segment(path) as connection:
            scopes.update(scope == SEGMENT for (scope,) in connection.execute("SELECT scope FROM dek"))
    return "off" if not scopes else "segment" if scopes == {True} else "subject"


def rewrap(connection: sqlite3.Connection, origin: str, old: Sequence[bytes], new: bytes) -> int:
    """Wrap every data key of one file anew; gives how many. Bodies, heads and proofs stay as they are.

    Raises:
        Locked: a key is wrapped by none of `old`. Nothing is changed if the caller rolls back.
    """
    reader = Reader(connection, origin, {kek_id(key): key for key in (*old, new)})
    rows = connection.execute("SELECT scope, kek FROM dek WHERE kek <> ?", (kek_id(new),)).fetchall()
    for scope, kek in rows:
        key = reader.key(scope)
        if key is None:
            raise Locked(f"a data key is wrapped by key {kek}, which is not at hand")
        wrapped = _wrap(AESGCM(new), key, origin, scope)
        connection.execute("UPDATE dek SET wrapped = ?, kek = ? WHERE scope = ?", (wrapped, kek_id(new), scope))
    return len(rows)


def _wrap(kek: AESGCM, key: bytes, origin: str, scope: str) -> bytes:
    nonce = os.urandom(_NONCE_SIZE)
    return nonce + kek.encrypt(nonce, key, _label("dek", origin, scope, dek_id(key)))


def _encrypt(key: bytes, data: bytes, label: bytes) -> bytes:
    nonce = os.urandom(_NONCE_SIZE)
    return ENCRYPTED_BODY + nonce + AESGCM(key).encrypt(nonce, data, label)


def _decrypt(key: bytes, blob: bytes, label: bytes) -> bytes:
    nonce, data = blob[1 : 1 + _NONCE_SIZE], blob[1 + _NONCE_SIZE :]
    try:
        return AESGCM(key).decrypt(nonce, data, label)
    except (InvalidTag, ValueError):
        raise MalformedError("what is encrypted does not fit its key or its place") from None


def _label(kind: str, *parts: str) -> bytes:
    return "\0".join((f"otel-mcp/{kind}/v1", *parts)).encode()
