"""How long redaction takes: clean payloads, a payload with findings, inputs made to be slow, and the first import.

All candidates run in one process, in turn, round after round: whatever else the machine does falls on all alike.

    python -m benchmarks.redaction.speed [--rounds 30] [--no-peers] [--write]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.redaction import peers
from benchmarks.redaction.cases import record
from benchmarks.redaction.hostile import HOSTILE
from benchmarks.redaction.randomness import sentence
from benchmarks.redaction.report import table, write_section

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

JSON = Any
KB = 1024
SIZES = {"1 KB": KB, "10 KB": 10 * KB, "100 KB": 100 * KB}
BATCH = 0.004  # seconds that a candidate runs before it is the next one's turn
TIMES = 3
LIMIT = 2.0  # seconds for one hostile input
SLOW = 300  # milliseconds after which it is not run again
FAST = 3  # milliseconds
HOSTILE_BAR = 60
BARE, OURS, PLAIN, RUST = "bare RE2 scan", "otel-mcp", "otel-mcp without RE2", "redact-secret, one text"


def clean_payload(size: int) -> JSON:
    """A tool result with nothing to find: prose and records with ids, timestamps, floats and URLs."""
    rng = Random(11)
    content: list[JSON] = []
    records: list[JSON] = []
    payload = {"content": content, "structuredContent": {"records": records, "total": 100}, "isError": False}
    while len(json.dumps(payload)) < size:
        if rng.choice((True, False)):
            content.append({"type": "text", "text": " ".join(sentence(rng) for _ in range(4))})
        else:
            records.append(record(rng))
    return payload


def dirty_payload(size: int) -> JSON:
    """The same with a password under its name and a token in a text."""
    payload = clean_payload(size - 120)
    payload["structuredContent"]["password"] = "Wq7-ridge-Kestrel"
    payload["content"].append({"type": "text", "text": "Use gho_iRcNsSz8aQ4tB0yVfW2mLxK7dE1hJ93xHmQ2 for that."})
    return payload


# ── adapters: where the engine's inside is touched ────────────────────────────────────────────────────────────────────


def joined(value: JSON) -> str:
    """The text that the gate sees for this value: its string leaves."""
    if isinstance(value, str):
        return value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\x00".join(text for item in items if (text := joined(item)))


def bare_scan() -> Callable[[str], object] | None:
    """The search library's own call with the engine's own gate, without anything of ours around it."""
    from otel_mcp.redaction import gate, ruleset

    try:
        return gate.Re2Gate(ruleset.builtin_scanner().rules).spans
    except ImportError:
        return None


def warm() -> None:
    """Have the engine read enough for it to make its automata, and wait until it has."""
    peers.ours().redact(clean_payload(100 * KB))
    peers.ours().redact("a")
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(timeout=5)


def without_re2() -> Callable[[JSON], JSON] | None:
    """A second copy of the engine, imported with the gate that needs no RE2; None if it has no choice of gates."""
    ours = {name: module for name, module in sys.modules.items() if name.startswith("otel_mcp.redaction")}
    for name in ours:
        del sys.modules[name]
    os.environ["OTEL_MCP_GATE"] = "plain"
    try:
        if importlib.util.find_spec("otel_mcp.redaction.gate") is None:
            return None
        copy: ModuleType = importlib.import_module("otel_mcp.redaction")
        redactor = copy.Redactor()
        return lambda value: redactor.scope().value(value).value
    finally:
        del os.environ["OTEL_MCP_GATE"]
        for name in [name for name in sys.modules if name.startswith("otel_mcp.redaction")]:
            del sys.modules[name]
        sys.modules.update(ours)


# ── clean and dirty payloads ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Timed:
    """Microseconds a call of one candidate on one payload, one figure a round."""

    call: Callable[[], object]
    repeats: int = 1
    taken: list[float] = field(default_factory=list)

    def calibrate(self) -> None:
        # Warm first: RE2 builds its automaton as it goes, so the first calls are a thousand times slower.
        self._count(BATCH)
        self.repeats = self._count(BATCH)

    def _count(self, seconds: float) -> int:
        """How many calls fit into this time, one at least."""
        count, end = 0, time.perf_counter() + seconds
        while not count or time.perf_counter() < end:
            self.call()
            count += 1
        return count

    def round(self) -> None:
        start = time.perf_counter()
        for _ in range(self.repeats):
            self.call()
        self.taken.append((time.perf_counter() - start) / self.repeats * 1e6)

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    def __str__(self) -> str:
        tenths = statistics.quantiles(self.taken, n=10) if len(self.taken) > 1 else self.taken * 2
        return f"{self.median:,.1f} ({tenths[0]:,.1f} to {tenths[-1]:,.1f})"


def contestants(payload: JSON, others: list[peers.Candidate]) -> dict[str, Timed]:
    text = joined(payload)
    lines = text.replace("\x00", "\n")
    calls: dict[str, Callable[[], object] | None] = {}
    scan, mine, plain = bare_scan(), peers.ours().redact, without_re2()
    calls[BARE] = partial(scan, text) if scan else None
    calls[OURS] = partial(mine, payload)
    calls[PLAIN] = partial(plain, payload) if plain else None
    for peer in others:
        calls[peer.name] = partial(peer.redact, payload)
        if peer.name == "redact-secret":
            # What costs it least: one text, made beforehand.
            calls[RUST] = partial(peer.redact, lines)
    return {name: Timed(call) for name, call in calls.items() if call}


def measure(payload: JSON, others: list[peers.Candidate], rounds: int) -> dict[str, Timed]:
    warm()
    timed = contestants(payload, others)
    for one in timed.values():
        one.calibrate()
    names = list(timed)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            timed[name].round()
    return timed


def against(timed: dict[str, Timed], one: str, other: str) -> float | None:
    """How many times as long, as the median over the rounds: both ran next to each other in each of them."""
    if one not in timed or other not in timed:
        return None
    return statistics.median(mine / its for mine, its in zip(timed[one].taken, timed[other].taken, strict=True))


def verdict(name: str, value: float | None, bar: float, unit: str) -> list[str]:
    if value is None:
        return [name, "n/a", f"≤ {bar:g}{unit}", "not measured"]
    return [name, f"{value:.2f}{unit}", f"≤ {bar:g}{unit}", "met" if value <= bar else "NOT met"]


def report_payloads(others: list[peers.Candidate], rounds: int) -> tuple[str, list[list[str]]]:
    results = {name: measure(clean_payload(size), others, rounds) for name, size in SIZES.items()}
    results["1 KB, two findings"] = measure(dirty_payload(KB), others, rounds)
    names = list(next(iter(results.values())))
    rows = [[name, *(str(result[name]) for result in results.values())] for name in names]
    bars = [verdict(f"clean {size}: times a bare scan", against(results[size], OURS, BARE), 2.7, "x") for size in SIZES]
    bars += [verdict(f"clean {size}: times {RUST}", against(results[size], OURS, RUST), 0.3, "x") for size in SIZES]
    for size, count in SIZES.items():
        each = results[size][PLAIN].median / (count / KB) if PLAIN in results[size] else None
        bars.append(verdict(f"clean {size} without RE2", each, 40, " µs/KB"))
    two = against(results["1 KB, two findings"], OURS, RUST)
    bars.append(verdict(f"1 KB with two findings: times {RUST}", two, 0.8, "x"))
    mine = peers.ours().redact
    touched = [name for name, size in SIZES.items() if mine(clean_payload(size)) != clean_payload(size)]
    note = f"\n\nThe engine changed the clean payload of {', '.join(touched)}." if touched else ""
    return table(["µs, median (p10 to p90)", *results], rows) + note, bars


# ── inputs made to be slow ────────────────────────────────────────────────────────────────────────────────────────────


class TooSlow(BaseException):
    """Not an `Exception`: the engine would turn that into a marker and count it as a failure of its own."""


def _milliseconds(redact: Callable[[JSON], JSON], value: JSON) -> float:
    """The best of three, or `inf` past the limit; what is slow is run once."""
    taken: list[float] = []
    previous = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        while len(taken) < TIMES and sum(taken) < SLOW:
            start = time.perf_counter()
            redact(value)
            taken.append((time.perf_counter() - start) * 1000)
    except TooSlow:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    return min(taken)


def _stop(number: int, frame: object) -> None:
    raise TooSlow


def report_hostile(*, everything: bool) -> tuple[str, list[list[str]]]:
    redact = peers.ours().redact
    warm()
    rows = []
    for name, make in HOSTILE.items():
        half, whole = (_milliseconds(redact, make(size)) for size in (50 * KB, 100 * KB))
        rows.append((whole, whole / half if half < math.inf else math.inf, half, name))
    rows.sort(reverse=True)
    shown = rows if everything else rows[:20]
    lines = [[f"`{name}`", f"{half:.1f}", f"{whole:.1f}", f"{ratio:.2f}"] for whole, ratio, half, name in shown]
    # Below a few milliseconds the ratio is one of clocks, not of work.
    grown = max((ratio for whole, ratio, _, _ in rows if whole >= FAST), default=None)
    over = sum(whole > HOSTILE_BAR for whole, _, _, _ in rows)
    bars = [
        verdict(
            f"slowest of {len(rows)} hostile inputs of 100 KB ({over} over the bar)", rows[0][0], HOSTILE_BAR, " ms"
        ),
        verdict(f"hostile: 100 KB over 50 KB, worst of those over {FAST} ms", grown, 2.3, "x"),
    ]
    note = f"\n\n`inf`: stopped after {LIMIT:g} s." if rows[0][0] == math.inf else ""
    return table(["hostile input", "50 KB, ms", "100 KB, ms", "ratio"], lines) + note, bars


# ── the first import ──────────────────────────────────────────────────────────────────────────────────────────────────

_FIRST = {
    OURS: "from otel_mcp.redaction import Redactor; Redactor().scope().value({'a': 'b'})",
    "redact-secret": "import redact_secret; redact_secret.scan_and_redact('a')",
    "sentry": "from sentry_sdk.scrubber import EventScrubber; EventScrubber()",
    "logfire": "from logfire._internal.scrubbing import Scrubber; Scrubber(None)",
}


def report_import(times: int, *, others: bool) -> tuple[str, list[list[str]]]:
    taken: dict[str, list[float]] = {name: [] for name in (_FIRST if others else [OURS])}
    with tempfile.TemporaryDirectory() as cache:
        # An installed package has its byte code, whatever this machine is told about its own.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(times + 1):
            for name, figures in taken.items():
                program = (
                    f"import time; s = time.perf_counter(); {_FIRST[name]}; print((time.perf_counter() - s) * 1000)"
                )
                done = subprocess.run(
                    [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
                )
                if done.returncode == 0 and number:  # the first run compiles to byte code
                    figures.append(float(done.stdout))
    rows = [[name, f"{statistics.median(figures):.1f}" if figures else "n/a"] for name, figures in taken.items()]
    mine = statistics.median(taken[OURS]) if taken[OURS] else None
    return table(["import and first call, new process", "ms, median"], rows), [
        verdict("import and compile", mine, 40, " ms")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--no-peers", action="store_true", help="ours alone, in this interpreter")
    parser.add_argument("--only", choices=("payloads", "hostile", "import"), action="append")
    parser.add_argument("--all", action="store_true", help="every hostile input, not the slowest alone")
    parser.add_argument("--write", action="store_true", help="write the section of docs/redaction-benchmarks.md")
    show = parser.parse_args()
    others: list[peers.Candidate] = []
    failed: dict[str, str] = {}
    if not show.no_peers:
        peers.enter_environment(presidio=False)
        others, failed = peers.peers(presidio=False)
    wanted = show.only or ["payloads", "hostile", "import"]
    parts: list[str] = []
    bars: list[list[str]] = []
    if "payloads" in wanted:
        text, met = report_payloads(others, show.rounds)
        parts, bars = [*parts, text], bars + met
    if "hostile" in wanted:
        text, met = report_hostile(everything=show.all)
        parts, bars = [*parts, text], bars + met
    if "import" in wanted:
        text, met = report_import(show.rounds, others=not show.no_peers)
        parts, bars = [*parts, text], bars + met
    parts.insert(0, table(["", "measured", "bar", ""], bars))
    parts += [f"Not measured: {name} ({reason})." for name, reason in failed.items()]
    report = "\n\n".join(parts) + "\n"
    sys.stdout.write(report)
    if show.write:
        write_section("speed", report)


if __name__ == "__main__":
    main()
