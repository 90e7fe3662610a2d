"""bijotel: rows in SQLite, chained by HMACs of their bodies."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import ClassVar

from bijotel.cli.main import main as cli
from bijotel.processors import hmac_chain
from drive import Adapter, arguments, command, database, main, tool


class Bijotel(Adapter):
    package = "bijotel"
    about = (
        "`append_event`, which seals through the same function as its span processor, but says where it cannot; "
        "verified by `bijotel verify --db` with the secret in the environment. Its signed exports and Rekor anchors "
        "are apart from the log and were not used."
    )
    layout: ClassVar[dict[str, object]] = {
        "files": ["chain.db", "chain.db-wal", "chain.db-shm"],
        "file": "chain.db",
        "table": "chain",
        "order": "seq",
        "number": "seq",
        "columns": ["timestamp_ns", "trace_id", "span_name"],
    }

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.log / "chain.db"

    def secret(self):
        path = self.home / "secret"
        if not path.exists():
            path.write_bytes(os.urandom(32))
        return path.read_bytes()

    def append(self, number):
        event = {"gen_ai.tool.name": tool(number), "arguments": arguments(number)}
        hmac_chain.append_event(self.path, self.secret(), event, event_name="execute_tool")

    def verify(self, *, given):
        os.environ["BIJOTEL_HMAC_SECRET"] = self.secret().hex()
        return command(lambda: cli(["verify", "--db", str(self.path)]), [])

    def refit(self, key):
        secret = {"none": None, "own": self.secret(), "other": os.urandom(32)}[key]
        previous = hmac_chain.GENESIS_HASH
        with database(self.path) as connection:
            for row in connection.execute("SELECT * FROM chain ORDER BY seq").fetchall():
                digest = hashlib.sha256(row["canonical_body"]).hexdigest()
                mac = hmac.new(secret, (previous + digest).encode(), hashlib.sha256).hexdigest() if secret else None
                mac = mac or row["hmac_hash"]
                connection.execute(
                    "UPDATE chain SET canonical_hash = ?, prev_hash = ?, hmac_hash = ? WHERE seq = ?",
                    (digest, previous, mac, row["seq"]),
                )
                previous = mac


main(Bijotel)
