"""auditchain: rows in SQLite, chained by HMACs, each with an Ed25519 signature."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import ClassVar

from auditchain import __main__ as cli
from auditchain import checkpoint, signing
from auditchain.backends import SqliteBackend
from auditchain.hash import compute_record_hash
from auditchain.log import AuditLog
from auditchain.records import GENESIS_HASH
from drive import Adapter, arguments, command, database, main, tool


class Auditchain(Adapter):
    package = "auditchain"
    about = (
        "`AuditLog.append` into SQLite with a seal key, a signing key and a lock, which it documents and does not "
        "demand; verified by `auditchain verify --seal-key-file`. By hand: the public key (`--signer`) and a "
        "checkpoint (`--checkpoint`). Who strips signatures is given the seal key. `AuditLog.verify` of a process that "
        "has the signing key demands signatures by itself, and takes a deleted file for an empty log."
    )
    helped = True
    layout: ClassVar[dict[str, object]] = {
        "files": ["audit.sqlite*"],
        "file": "audit.sqlite",
        "table": "audit_records",
        "order": "seq",
        "number": "seq",
        "first": 0,
        "columns": ["ts", "actor", "subject"],
    }

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "audit.sqlite"
        self.loop = asyncio.new_event_loop()

    def keys(self):
        """The secret of the seals and the seed of the signatures; neither is beside the log."""
        if not (self.home / "seal.key").exists():
            seed, public = signing.generate_keypair()
            (self.home / "signing.key").write_bytes(seed)
            (self.home / "signing.pub").write_bytes(public)
            (self.home / "seal.key").write_bytes(os.urandom(32))
        return (self.home / "seal.key").read_bytes(), (self.home / "signing.key").read_bytes()

    def made(self):
        seal, seed = self.keys()
        return AuditLog(SqliteBackend(self.path), seal_key=seal, signing_key=seed, lock_path=self.log / "audit.lock")

    def open(self):
        self.writer = self.made()
        self.loop.run_until_complete(self.writer.init())

    def append(self, number):
        metadata = {"tool": tool(number), "arguments": arguments(number)}
        self.loop.run_until_complete(self.writer.append("rosalind", "tool.call", "weather", metadata=metadata))

    def close(self):
        self.loop.run_until_complete(self.writer.close())

    def keep(self):
        self.open()
        kept = self.loop.run_until_complete(self.writer.checkpoint())
        self.close()
        checkpoint.save_checkpoint(kept, self.kept / "checkpoint")
        (self.kept / "signing.pub").write_bytes((self.home / "signing.pub").read_bytes())

    def verify(self, *, given):
        public = self.kept / "signing.pub"
        more = ["--signer", f"s0={public}", "--checkpoint", self.kept / "checkpoint", "--public-key", public]
        argv = ["verify", self.path, "--seal-key-file", self.home / "seal.key", *(more if given else [])]
        return command(lambda: cli.main([str(word) for word in argv]), [])

    def refit(self, key):
        seal, seed = self.keys()
        if key == "other":
            seal, (seed, _) = os.urandom(32), signing.generate_keypair()
        if key == "none":
            self._chain(lambda record: record.hash, lambda record: record.signature)
        else:
            self._chain(
                lambda record: compute_record_hash(record, seal), lambda record: signing.sign_record(record, seed)
            )

    def strip(self):
        """Whoever has the seal key and not the signing key."""
        seal, _ = self.keys()
        self._chain(lambda record: compute_record_hash(record, seal), lambda record: "")

    def _chain(self, digest, sign):
        backend, previous = SqliteBackend(self.path), GENESIS_HASH
        self.loop.run_until_complete(backend.init())
        records = []
        for record in self.loop.run_until_complete(backend.load()):
            linked = replace(record, prev_hash=previous)
            linked = replace(linked, hash=digest(linked))
            linked = replace(linked, signature=sign(linked))
            records.append(linked)
            previous = linked.hash
        with database(self.path) as connection:
            connection.execute("DELETE FROM audit_records")
        self.loop.run_until_complete(backend.append_many(records))
        self.loop.run_until_complete(backend.close())


main(Auditchain)
