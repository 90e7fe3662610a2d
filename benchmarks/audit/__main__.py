"""Measures the audit log beside peers, in one run: processes take turns, so that noise falls on all of them alike.

    python -m benchmarks.audit [--noirebox PYTHON] [--rounds 20] [--many 1000000 10000000] [--only-many]
        [--write]

`--noirebox` is an interpreter that has noirebox installed (it must also find this folder). `--many` adds the part on
logs of these sizes, which takes minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks.audit.peers import PEERS, SELDOM, paced, threads

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "audit-benchmarks.md"
LONE, GROUP, WORKERS, EACH = 50, 5000, 64, 40
PROCESSES, RATE, SECONDS = 8, 50, 6
PAGE_ROWS = 50
MILLION, LAST = 1_000_000, 100_000
MINUTE_US = 60_000_000
BUSY = 1.0
LARGE = "## Large logs"


def worker(name: str, folder: str) -> None:
    """Answer each line on stdin, a JSON list of a verb and its arguments, with a JSON value."""
    peer: Any = PEERS[name](Path(folder))
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        print(json.dumps(answer(peer, verb, arguments)), flush=True)


def answer(peer: Any, verb: str, arguments: list[Any]) -> Any:
    """What one verb measures."""
    if verb == "lone":
        taken = []
        for number in range(arguments[0]):
            started = time.perf_counter()
            peer.append(number)
            taken.append((time.perf_counter() - started) * 1e6)
        return taken
    if verb == "group":
        started, cpu = time.perf_counter(), time.process_time()
        peer.group(arguments[0])
        return [arguments[0] / (time.perf_counter() - started), (time.process_time() - cpu) / arguments[0] * 1e6]
    if verb == "threads":
        return threads(peer, *arguments)
    if verb == "paced":
        return paced(peer, *arguments)
    if verb == "close":
        return peer.close()
    started = time.perf_counter()
    count = peer.verify(fast=verb == "fast")
    return count / (time.perf_counter() - started)


class Process:
    """One peer in a process of its own."""

    def __init__(self, python: str, name: str, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [python, "-m", "benchmarks.audit", "--worker", name, str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        self.receive()

    def send(self, *words: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def ask(self, *words: Any) -> Any:
        self.send(*words)
        return self.receive()

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def measure(pythons: dict[str, str], rounds: int, folder: Path) -> dict[str, dict[str, float]]:
    """Every figure of every peer."""
    processes = {name: Process(python, name, folder) for name, python in pythons.items()}
    found: dict[str, dict[str, Any]] = {name: {"lone": [], "group": [], "cpu": [], "threads": []} for name in processes}
    for _ in range(rounds):
        for name, process in processes.items():
            found[name]["lone"] += process.ask("lone", LONE)
            rate, cpu = process.ask("group", GROUP if name == "ours" else GROUP // 10)
            found[name]["group"].append(rate)
            found[name]["cpu"].append(cpu)
            found[name]["threads"].append(process.ask("threads", WORKERS, EACH))
        print(".", end="", flush=True, file=sys.stderr)
    figures: dict[str, dict[str, float]] = {}
    for name, values in found.items():
        lone = sorted(values["lone"])
        figures[name] = {
            "p50": statistics.median(lone),
            "p99": lone[int(len(lone) * 0.99)],
            "group": statistics.median(values["group"]),
            "cpu": statistics.median(values["cpu"]),
            "threads": statistics.median(values["threads"]),
            "bytes": processes[name].ask("close") / (rounds * (LONE + WORKERS * EACH + values_of(name))),
        }
    for name, process in processes.items():
        for verb in ("verify", "fast"):
            figures[name][verb] = statistics.median(process.ask(verb) for _ in range(3))
        process.end()
    return figures


def values_of(name: str) -> int:
    """Entries of one round's group."""
    return GROUP if name == "ours" else GROUP // 10


def several(name: str, python: str, folder: Path) -> float:
    """The p99 in microseconds of 8 processes at 50 appends a second each, on one log."""
    processes = [Process(python, name, folder) for _ in range(PROCESSES)]
    for process in processes:
        process.send("paced", SECONDS, RATE)
    taken = sorted(value for process in processes for value in process.receive())
    for process in processes:
        process.ask("close")
        process.end()
    return taken[int(len(taken) * 0.99)]


def filled(done: int, count: int, folder: Path) -> dict[str, float]:
    """How fast a log of `done` entries grows to `count`, and how large it is then."""
    ours = PEERS["ours"](folder)
    started = begun = time.perf_counter()
    for start in range(done, count, GROUP):
        if start == count - LAST:
            begun = time.perf_counter()
        ours.calls(range(start // 2, (start + GROUP) // 2))
        if not start % MILLION:
            ours.log.rotate()
    ended = time.perf_counter()
    size = ours.close()
    return {
        "filled/s": (count - done) / (ended - started),
        "the last 100,000 of them/s": LAST / (ended - begun),
        "bytes an entry": size / count,
    }


def first_pages(directory: Path) -> dict[str, float]:
    """Milliseconds until a page of operations was read, each once."""
    from otel_mcp.audit.query import entries, find, operations

    ends = [next(iter(entries(directory, tool="get_forecast", limit=1, newest_first=new))) for new in (True, False)]
    newest, oldest = (int(datetime.fromisoformat(e.head["ts"][:-1] + "+00:00").timestamp() * 1e6) for e in ends)
    pages: dict[str, dict[str, Any]] = {
        "a user": {"actor": "user-7@example.org"},
        "a user seldom there": {"actor": SELDOM},
        "a tool": {"tool": "get_forecast"},
        "the newest minute": {"since_us": newest - MINUTE_US},
        "the oldest minute": {"until_us": oldest + MINUTE_US},
        "the oldest minute, oldest first": {"until_us": oldest + MINUTE_US, "newest_first": False},
    }
    figures = {}
    for name, wanted in pages.items():
        started = time.perf_counter()
        assert list(operations(directory, limit=PAGE_ROWS, **{"newest_first": True, **wanted}))
        figures[f"first page of {name}, ms"] = (time.perf_counter() - started) * 1e3
    started = time.perf_counter()
    assert find(directory, ends[1].head["id"])
    figures["the oldest call by its record id, ms"] = (time.perf_counter() - started) * 1e3
    return figures


def verified(directory: Path, count: int) -> dict[str, float]:
    """How fast, and how much memory this process has had at most."""
    from otel_mcp.audit import verify

    figures = {}
    for name, fast in (("verified/s", False), ("hashes only/s", True)):
        started = time.perf_counter()
        assert verify(directory, fast=fast).exit_code == 0
        figures[name] = count / (time.perf_counter() - started)
    return {**figures, "MB of memory at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def large_part(counts: list[int]) -> str:
    """The part of the page on a log that grows to these sizes."""
    columns, done = [], 0
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for count in counts:
            figures = filled(done, count, Path(name))
            columns.append({**figures, **first_pages(Path(name) / "ours"), **verified(Path(name) / "ours", count)})
            print(columns[-1], flush=True, file=sys.stderr)
            done = count
    made = f"One log that grows, on {machine()}. Half of the entries are intents; a file has a million."
    lines = [LARGE, "", made, "", "| entries | " + " | ".join(f"{count:,}" for count in counts) + " |"]
    lines.append("|---|" + "---|" * len(counts))
    for title in columns[0]:
        digits = 1 if title.endswith("ms") else 0
        lines.append(f"| {title} | " + " | ".join(f"{figures[title]:,.{digits}f}" for figures in columns) + " |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """When and where, and whether something else ran."""
    load = os.getloadavg()[2]
    others = f", beside other work (load average {load:.1f})" if load > BUSY else ""
    python = f"Python {platform.python_version()}"
    return f"{datetime.now(timezone.utc):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, {python}{others}"


def report(figures: dict[str, dict[str, float]], waits: dict[str, float]) -> str:
    """The page without its part on large logs."""
    ours, bare, peer = figures["ours"], figures["bare"], figures.get("noirebox")
    made = f"Made by `make bench-audit` on {machine()}; all rows in one run"
    head = "| | " + " | ".join(figures) + " |"
    lines = ["# What the audit log costs", "", f"{made}, processes taking turns.", "", head]
    lines.append("|---|" + "---|" * len(figures))
    rows = {
        "one durable append, p50 µs": "p50",
        "p99 µs": "p99",
        "appends/s, many at once": "group",
        "CPU µs an entry, many at once": "cpu",
        f"appends/s, {WORKERS} threads that wait": "threads",
        "verified entries/s": "verify",
        "… hashes only": "fast",
        "bytes an entry": "bytes",
    }
    lines += [
        f"| {title} | " + " | ".join(f"{values[key]:,.0f}" for values in figures.values()) + " |"
        for title, key in rows.items()
    ]
    lines += ["", f"{PROCESSES} processes at {RATE} appends a second each, p99 of the wait, µs: "]
    lines[-1] += ", ".join(f"{name} {value:,.0f}" for name, value in waits.items()) + "."
    lines += ["", "| bar | measured | |", "|---|---|---|"]
    bars = [("lone append at most 1.8 times bare", ours["p50"] / bare["p50"], 1.8, "<=")]
    if peer:
        bars += [
            ("lone append not slower than noirebox", ours["p50"] / peer["p50"], 1.0, "<="),
            ("many at once at least 10 times noirebox", ours["group"] / peer["group"], 10, ">="),
            ("64 threads at least 5 times noirebox", ours["threads"] / peer["threads"], 5, ">="),
            ("verify at least 9 times noirebox", ours["verify"] / peer["verify"], 9, ">="),
            ("hashes only at least 30 times noirebox", ours["fast"] / peer["verify"], 30, ">="),
        ]
    bars += [
        ("p99 of 8 processes at most 0.4 times bare", waits["ours"] / waits["bare"], 0.4, "<="),
        ("CPU an entry at most 20 µs", ours["cpu"], 20, "<="),
        ("bytes an entry at most 900", ours["bytes"], 900, "<="),
    ]
    for title, value, bar, sign in bars:
        met = value <= bar if sign == "<=" else value >= bar
        lines.append(f"| {title} | {value:,.2f} | {'met' if met else 'NOT met'} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noirebox", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--many", type=int, nargs="*", default=[])
    parser.add_argument("--only-many", action="store_true", help="leave the rest of the page as it is")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(*options.worker)
        return
    first, found, rest = PAGE.read_text(encoding="utf-8").partition(LARGE)
    if not options.only_many:
        first = compared(options.noirebox, options.rounds) + "\n"
    page = first + (large_part(options.many) if options.many else found + rest)
    print(page)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


def compared(noirebox: str | None, rounds: int) -> str:
    """The part of the page that compares with others."""
    pythons = dict.fromkeys(("ours", "chain", "bare"), sys.executable)
    if noirebox:
        pythons["noirebox"] = noirebox
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        figures = measure(pythons, rounds, Path(folder))
        waits = {}
        for name in ("ours", "bare"):
            (Path(folder) / f"several-{name}").mkdir()
            waits[name] = several(name, sys.executable, Path(folder) / f"several-{name}")
    return report(figures, waits)


if __name__ == "__main__":
    main()
