"""The audit log that tutorials show: a table in SQLite, and a chain of HMACs whose end is kept in memory."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import time
from typing import ClassVar

from drive import Adapter, arguments, database, main, tool

FIELDS = "timestamp, event_type, user_id, resource, action, success, details, ip_address"
GENESIS = "0" * 64


def seal(key, previous, row):
    """The HMAC of one row: of the one before it and of every column."""
    return hmac.new(key, json.dumps([previous, *row]).encode(), hashlib.sha256).hexdigest()


class Seed(Adapter):
    about = (
        "written for this page after what tutorials show: one table, a commit and an HMAC for each row, the chain's "
        "end in memory. Verification walks the table with the secret, which is not beside it."
    )
    layout: ClassVar[dict[str, object]] = {
        "files": ["audit.db*"],
        "file": "audit.db",
        "table": "audit_log",
        "order": "id",
        "number": "id",
        "columns": ["timestamp", "resource", "user_id"],
    }

    def key(self):
        path = self.home / "secret"
        if not path.exists():
            path.write_bytes(os.urandom(32))
        return path.read_bytes()

    def open(self):
        self.connection = sqlite3.connect(self.log / "audit.db", timeout=30)
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS audit_log (id INTEGER PRIMARY KEY, timestamp TEXT, event_type TEXT, "
            "user_id TEXT, resource TEXT, action TEXT, success INTEGER, details TEXT, ip_address TEXT, mac TEXT)"
        )
        for column in ("user_id", "timestamp"):
            self.connection.execute(f"CREATE INDEX IF NOT EXISTS by_{column} ON audit_log ({column})")
        self.previous = GENESIS

    def append(self, number):
        details = json.dumps({"tool": tool(number), "arguments": arguments(number)}, sort_keys=True)
        row = (time.strftime("%FT%TZ", time.gmtime(time.time())), "tool_call", "rosalind", tool(number), "EXECUTE", 1)
        row = (*row, details, "127.0.0.1")
        mac = seal(self.key(), self.previous, row)
        self.connection.execute(
            f"INSERT INTO audit_log ({FIELDS}, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac)
        )
        self.connection.commit()
        self.previous = mac

    def close(self):
        self.connection.close()

    def verify(self, *, given):
        previous = GENESIS
        with database(self.log / "audit.db") as connection:
            for number, *row, mac in connection.execute(f"SELECT id, {FIELDS}, mac FROM audit_log ORDER BY id"):
                if not hmac.compare_digest(seal(self.key(), previous, row), mac):
                    return False, f"row {number} does not follow"
                previous = mac
        return True, "every row follows"

    def refit(self, key):
        """Only a key fits a row: without it there is nothing to recompute."""
        secret = {"none": None, "own": self.key(), "other": os.urandom(32)}[key]
        previous = GENESIS
        with database(self.log / "audit.db") as connection:
            for number, *row, mac in connection.execute(
                f"SELECT id, {FIELDS}, mac FROM audit_log ORDER BY id"
            ).fetchall():
                previous = seal(secret, previous, row) if secret else mac
                connection.execute("UPDATE audit_log SET mac = ? WHERE id = ?", (previous, number))


main(Seed)
