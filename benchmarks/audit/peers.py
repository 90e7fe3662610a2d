"""Who is measured: each appends one record durably, many at once, and verifies; loaded only in its own process."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "x" * 90
SELDOM = "seldom@example.org"
HEAD = {"tool": "get_forecast", "method": "tools/call", "side": "server", "dur": 1234}


def record(number: int) -> dict[str, Any]:
    """A tool call with a body of some 300 bytes."""
    return {
        "actor": f"user-{number % 50}@example.org",
        "arguments": {"city": "Berlin", "days": number, "text": TEXT},
        "result": {"celsius": 21.5, "text": TEXT},
    }


class Ours:
    """This package's log, durability `commit`."""

    def __init__(self, folder: Path) -> None:
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        from otel_mcp.audit import AuditLog, new_record_id

        self.directory = folder / "ours"
        self.new_id = new_record_id
        self.log = AuditLog.open(self.directory, service="bench")

    def draft(self, number: int) -> Any:
        from otel_mcp.audit import EntryDraft

        body = record(number)
        actor = body.pop("actor")
        return EntryDraft(
            "mcp.tool.call", "outcome", "EXECUTE", "success", actor=actor, actor_type="user", attributes=HEAD, body=body
        )

    def append(self, number: int) -> None:
        self.log.append(self.draft(number))

    def group(self, count: int) -> None:
        futures = [self.log.submit(self.draft(number)) for number in range(count)]
        for future in futures:
            future.result()

    def calls(self, numbers: range) -> None:
        """Intent and outcome of so many calls; one in 50,000 is of a user who is seldom there."""
        futures = []
        for number in numbers:
            outcome = self.draft(number)
            actor = outcome.actor if number % 50_000 else SELDOM
            intent = replace(outcome, id=self.new_id(), phase="intent", outcome="unknown", actor=actor, body=None)
            futures += [self.log.submit(intent), self.log.submit(replace(outcome, ref=intent.id, actor=actor))]
        for future in futures:
            future.result()

    def close(self) -> int:
        self.log.close()
        return sum(path.stat().st_size for path in self.directory.glob("audit-*.db*") if not path.name.endswith("-shm"))

    def verify(self, *, fast: bool = False) -> int:
        from otel_mcp.audit import verify

        report = verify(self.directory, fast=fast)
        assert report.exit_code == 0, report
        return report.entries


class Noirebox:
    """noirebox 0.24: an Ed25519 signature for each event, in SQLite."""

    def __init__(self, folder: Path) -> None:
        from noirebox.chain import KeyPair  # type: ignore[import-not-found]
        from noirebox.store import EventStore  # type: ignore[import-not-found]

        self.key = KeyPair.generate()
        self.path = folder / "noirebox.db"
        self.store = EventStore(str(self.path))
        self.lock = threading.Lock()

    def append(self, number: int) -> None:
        with self.lock:
            self.store.append("tool_call", {**HEAD, **record(number)}, self.key)

    def group(self, count: int) -> None:
        for number in range(count):
            self.append(number)

    def close(self) -> int:
        return sum(path.stat().st_size for path in self.path.parent.glob("noirebox.db*") if "-shm" not in path.name)

    def verify(self, *, fast: bool = False) -> int:
        from noirebox.chain import verify_chain

        events = self.store.all()
        assert verify_chain(self.key.public_hex(), events)["valid"]
        return len(events)


class Chain:
    """What tutorials show: a chain of HMACs beside a table, a commit for each record."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "chain.db"
        self.connection = sqlite3.connect(self.path, check_same_thread=False)
        self.connection.execute(
            "CREATE TABLE audit_log (id INTEGER PRIMARY KEY, timestamp TEXT, event_type TEXT, user_id TEXT, "
            "resource TEXT, action TEXT, success INTEGER, details TEXT, ip_address TEXT, mac TEXT)"
        )
        self.connection.execute("CREATE INDEX by_user ON audit_log (user_id)")
        self.connection.execute("CREATE INDEX by_time ON audit_log (timestamp)")
        self.previous = "0" * 64
        self.lock = threading.Lock()

    def append(self, number: int) -> None:
        fields = record(number)
        details = json.dumps({**HEAD, **fields}, sort_keys=True)
        with self.lock:
            mac = hmac.new(b"key", (self.previous + details).encode(), hashlib.sha256).hexdigest()
            row = (time.time_ns(), "tool_call", fields["actor"], "get_forecast", "call", 1, details, "127.0.0.1", mac)
            self.connection.execute("INSERT INTO audit_log VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            self.connection.commit()
            self.previous = mac

    def group(self, count: int) -> None:
        for number in range(count):
            self.append(number)

    def close(self) -> int:
        return self.path.stat().st_size

    def verify(self, *, fast: bool = False) -> int:
        previous, count = "0" * 64, 0
        for details, mac in self.connection.execute("SELECT details, mac FROM audit_log ORDER BY id"):
            assert hmac.new(b"key", (previous + details).encode(), hashlib.sha256).hexdigest() == mac
            previous, count = mac, count + 1
        return count


class Bare:
    """The bytes of one entry of ours in one row, in write-ahead mode with full durability, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bare.db"
        self.connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a TEXT, b BLOB)")
        self.lock = threading.Lock()

    def append(self, number: int) -> None:
        head, body = "h" * 420, json.dumps(record(number)).encode()
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute("INSERT INTO t (a, b) VALUES (?, ?)", (head, body))
            self.connection.execute("COMMIT")

    def group(self, count: int) -> None:
        for number in range(count):
            self.append(number)

    def close(self) -> int:
        return self.path.stat().st_size

    def verify(self, *, fast: bool = False) -> int:
        return 0


PEERS = {"ours": Ours, "noirebox": Noirebox, "chain": Chain, "bare": Bare}


def threads(peer: Any, workers: int, each: int) -> float:
    """Appends a second of `workers` threads that each wait for every append."""

    def work(_: int) -> None:
        for number in range(each):
            peer.append(number)

    started = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))
    return workers * each / (time.perf_counter() - started)


def paced(peer: Any, seconds: float, rate: float) -> list[float]:
    """Microseconds of appends at so many a second, in this process."""
    taken, due = [], time.perf_counter()
    end = due + seconds
    while due < end:
        with contextlib.suppress(ValueError):
            time.sleep(due - time.perf_counter())
        started = time.perf_counter()
        peer.append(0)
        taken.append((time.perf_counter() - started) * 1e6)
        due += 1 / rate
    return taken
