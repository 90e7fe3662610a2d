"""aegis-sandbox: rows in SQLite, each with the hash of the one before it; the chain's end is signed outside."""

from __future__ import annotations

from typing import ClassVar

from aegis import audit, checkpoint, verify
from drive import Adapter, command, database, main, tool


class Aegis(Adapter):
    package = "aegis-sandbox"
    about = (
        "`AuditStore.record`, and around it what `aegis run` and its proxy do: a checkpoint at the start and the end "
        "of a session, signed with a key in another folder, and a note of the chain's end beside the database. "
        "Verified by `python -m aegis.verify`, which looks for both. A database without `aegis run` has no checkpoint; "
        "rows of a session that still runs are not covered until the next one."
    )
    layout: ClassVar[dict[str, object]] = {
        "files": ["audit.db", "audit.db-wal", "audit.db-shm", "aegis-head.txt"],
        "file": "audit.db",
        "table": "audit",
        "order": "id",
        "number": "id",
        "columns": ["ts", "tool", "effect"],
    }

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "audit.db"

    def open(self):
        self.store = audit.AuditStore.open(self.path)
        self.sign()

    def append(self, number):
        self.store.record(
            tool=tool(number), effect="allow", rule_id="all", reason="allowed", paths=[f"/srv/place-{number:06d}"]
        )

    def close(self):
        self.sign()
        self.store.write_head_anchor()
        self.store.close()

    def sign(self):
        row, digest = self.store.head()
        if row:
            checkpoint.append_checkpoint(row, digest, checkpoint.load_or_create_key(), self.path.name)

    def verify(self, *, given):
        return command(verify.main, [self.path])

    def refit(self, key):
        """No key is in the log: whoever has the files recomputes it, and the note beside it."""
        names = (
            "id",
            "ts",
            "tool",
            "effect",
            "rule_id",
            "reason",
            "paths",
            "host",
            "status",
            "req_bytes",
            "resp_bytes",
        )
        previous = audit.GENESIS_PREV_HASH
        with database(self.path) as connection:
            for row in connection.execute("SELECT * FROM audit ORDER BY id").fetchall():
                digest = audit.compute_row_hash_v2(*(row[name] for name in names), previous)
                connection.execute(
                    "UPDATE audit SET prev_hash = ?, row_hash = ? WHERE id = ?", (previous, digest, row["id"])
                )
                previous = digest
        store = audit.AuditStore.open(self.path)
        store.write_head_anchor()
        store.close()


main(Aegis)
