"""noirebox: events in SQLite, each with the hash of the one before it and an Ed25519 signature."""

from __future__ import annotations

import json
from typing import ClassVar

from drive import Adapter, arguments, command, database, main, tool
from noirebox import chain, cli
from noirebox.store import EventStore


class Noirebox(Adapter):
    package = "noirebox"
    about = (
        "`EventStore.append`, as its server does; verified by `noirebox verify --db`, which takes the key beside the "
        "journal. By hand: the public key, to `verify_chain`. Its anchors (RFC 3161, OpenTimestamps) need a service "
        "outside and were not used."
    )
    helped = True
    layout: ClassVar[dict[str, object]] = {
        "files": ["journal.db", "journal.db-wal", "journal.db-shm"],
        "file": "journal.db",
        "table": "events",
        "order": "seq",
        "number": "seq",
        "columns": ["ts", "type"],
    }

    def __init__(self, folder):
        super().__init__(folder)
        self.path = str(self.log / "journal.db")

    def open(self):
        self.store, self.key = EventStore(self.path), chain.load_instance_key(self.path)

    def append(self, number):
        self.store.append("tool_call", {"tool": tool(number), "arguments": arguments(number)}, self.key)

    def keep(self):
        (self.kept / "public").write_text(chain.load_instance_key(self.path).public_hex())

    def verify(self, *, given):
        if given:
            found = chain.verify_chain((self.kept / "public").read_text(), EventStore(self.path).all())
            return found["valid"], str(found["first_error"])
        return command(lambda: cli.main(["verify", "--db", self.path]), [])

    def refit(self, key):
        if key == "other":
            (self.log / "journal.db.key").unlink()
        signer = None if key == "none" else chain.load_instance_key(self.path)
        self._chain(lambda row, digest: signer.sign(bytes.fromhex(digest)) if signer else row["signature"])

    def strip(self):
        self._chain(lambda row, digest: "")

    def _chain(self, signature):
        previous = chain.GENESIS
        with database(self.path) as connection:
            for row in connection.execute("SELECT * FROM events ORDER BY seq").fetchall():
                payload = json.loads(row["payload"])
                digest = chain.compute_event_hash(row["seq"], row["ts"], row["type"], payload, previous)
                connection.execute(
                    "UPDATE events SET prev_hash = ?, event_hash = ?, signature = ? WHERE seq = ?",
                    (previous, digest, signature(row, digest), row["seq"]),
                )
                previous = digest


main(Noirebox)
