"""Entries of one writer, made from drafts: ids, clocks, sequence, subjects and bodies (audit log format v1)."""

from __future__ import annotations

import os
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from otel_mcp.audit.encryption import Encryption
from otel_mcp.audit.entry import (
    ACTOR_TYPES,
    OUTCOMES,
    PHASES,
    EntryDraft,
    body_hash,
    canonical,
    format_body,
    format_time,
)
from otel_mcp.audit.keys import subject_tag
from otel_mcp.errors import MalformedError
from otel_mcp.tlog import leaf_hash

if TYPE_CHECKING:
    import sqlite3

    from otel_mcp.audit._committer import Receipt
    from otel_mcp.audit.keys import LogKeys

__all__ = ["Entry", "EntryBuilder", "Pending"]

_MAX_CACHED_SUBJECTS = 4096


@dataclass(slots=True)
class Pending:
    """A draft on its way to the disk, and who waits for it."""

    draft: EntryDraft
    future: Future[Receipt] = field(default_factory=Future)
    # Taken at submission like the draft's own time, so that a stalled disk does not look like a clock set back.
    monotonic_ns: int = field(default_factory=time.monotonic_ns)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is inserted for one draft."""

    record_id: str
    head: str
    leaf: bytes
    body: bytes | None


class EntryBuilder:
    """Builds entries within transactions of the caller; `sequence` is put back by whoever rolls one back."""

    def __init__(self, origin: str, keys: LogKeys, *, encrypt: str) -> None:
        self.writer_id = os.urandom(8).hex()
        self.sequence = 0
        self.index_key = keys.index_key
        self._started_ns = time.monotonic_ns()
        self._origin = origin
        self._mode = encrypt
        self._encryption: Encryption | None = None
        self.encrypt_with(keys)
        self._subjects: dict[str, str] = {}

    def encrypt_with(self, keys: LogKeys) -> None:
        """Wrap data keys with the first of these keys, and unwrap them with any."""
        if self._mode != "off":
            self._encryption = Encryption(self._origin, keys.encryption_keys, per_subject=self._mode == "subject")

    def needs_keys(self, connection: sqlite3.Connection) -> bool:
        """Whether somebody wrapped data keys of this file with a key that is not at hand."""
        return self._encryption is not None and not self._encryption.can_open(connection)

    def forget(self) -> None:
        """Drop what was remembered of a file: after a rollback, before another file, after others have written."""
        self._subjects.clear()
        if self._encryption is not None:
            self._encryption.forget()

    def try_build(self, connection: sqlite3.Connection, pending: Pending) -> Entry | MalformedError:
        """As `build`; a draft that is no entry gives its error."""
        try:
            return self.build(connection, pending)
        except MalformedError as error:
            return error
        except Exception as error:
            # A draft of the wrong types must not take the others of its group with it.
            return MalformedError(f"entry {pending.draft.event}: {type(error).__name__} while building its head")

    def build(self, connection: sqlite3.Connection, pending: Pending) -> Entry:
        """The entry of a draft; what it needs beside it (a subject, a data key) is written.

        Raises:
            MalformedError: it is no valid entry.
        """
        draft = pending.draft
        if draft.phase not in PHASES or draft.outcome not in OUTCOMES or draft.actor_type not in ACTOR_TYPES:
            raise MalformedError(f"entry {draft.event}: unknown phase, outcome or actor type")
        subject = None if draft.actor is None else self._subject(connection, draft.actor)
        head = dict(draft.attributes)
        head.update(
            v=1,
            id=draft.id,
            ts=format_time(draft.time_us),
            up=max(0, pending.monotonic_ns - self._started_ns) // 1000,
            w=self.writer_id,
            ws=self.sequence + 1,
            event=draft.event,
            phase=draft.phase,
            action=draft.action,
            outcome=draft.outcome,
            actor=subject,
            actor_type=draft.actor_type,
        )
        if draft.ref is not None:
            head["ref"] = draft.ref
        blob = None
        if draft.body is not None or draft.actor is not None:
            body = dict(draft.body or {})
            if draft.actor is not None:
                body["actor"] = draft.actor
            if self._encryption is None:
                blob = format_body(body)
            else:
                blob, head["dek"] = self._encryption.body(connection, body, draft.id, subject)
            head["body"] = body_hash(blob)
        text = canonical(head)
        self.sequence += 1  # only now: a draft that is refused leaves no hole
        return Entry(draft.id, text, leaf_hash(text.encode()), blob)

    def _subject(self, connection: sqlite3.Connection, actor: str) -> str:
        """The random id of an actor; its row is made with the first entry that needs it."""
        if actor in self._subjects:
            return self._subjects[actor]
        name = actor.encode("utf-8", "replace").decode()
        tag = subject_tag(self.index_key, name)
        row = connection.execute("SELECT id FROM subject WHERE tag = ?", (tag,)).fetchone()
        subject = str(row[0]) if row else f"s:{os.urandom(8).hex()}"
        if not row:
            stored = name if self._encryption is None else self._encryption.name(connection, name, subject)
            connection.execute("INSERT INTO subject VALUES (?, ?, ?)", (subject, tag, stored))
        if len(self._subjects) >= _MAX_CACHED_SUBJECTS:
            self._subjects.clear()
        self._subjects[actor] = subject
        return subject
