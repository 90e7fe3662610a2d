"""The loop of every adapter: a request, one line of JSON on stdin; an answer, one on stdout; each in a child process.

Runs in the interpreter of the tool that it drives, with the standard library and nothing of this project. A child for
each request, because a verifier may remember nothing of the log as it was before somebody changed it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import sqlite3
import sys
import time
import traceback
from pathlib import Path
from typing import ClassVar

OFFERS = ("refit", "strip", "redact", "edit_beside", "seal", "refit_sealed")
"""What an adapter may have beside the methods of its class."""
BEHIND = [0.0]
"""Seconds by which the clock that the tool sees is behind."""


def tool(number):
    """The name of the tool that entry `number` records: nothing else in a log has it."""
    return f"tool_{number:06d}"


def arguments(number):
    """What the tool was called with; the place is in no other entry."""
    return {"place": f"place-{number:06d}", "days": number}


class Adapter:
    """What one tool does with its log. Paths are below the folder of this run; an intruder reaches `log` alone."""

    package = ""
    """The distribution that holds it, or an empty text."""
    about = ""
    """How it is driven: how written, how verified, and what is kept by hand where that can be given to it."""
    helped = False
    """Whether something kept by hand can be given to its verification."""
    layout: ClassVar[dict[str, object]] = {}
    """The log's `files`, not its `own` where the caller writes them; where entries are (`file`; `table` and `order`),
    what counts them (`number`, from `first`), and `columns` that are shown and searched."""

    def __init__(self, folder):
        self.log, self.home, self.kept = (Path(folder) / name for name in ("log", "home", "kept"))

    def open(self):
        """Begin to write."""

    def append(self, number):
        """One entry; returns once the tool says that it is recorded, and raises where it says that it is not."""
        raise NotImplementedError

    def close(self):
        """Stop writing, in order."""

    def keep(self):
        """Take what an operator may keep elsewhere."""

    def verify(self, *, given):
        """Whether the log verifies, and what was said; `given` hands over what was kept."""
        raise NotImplementedError


def command(main, argv):
    """Whether a command ends with 0, and what it printed."""
    printed = io.StringIO()
    arguments_before, sys.argv = sys.argv, ["command", *map(str, argv)]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = arguments_before
    return code in (0, None), printed.getvalue()


def read_lines(path):
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_lines(path, records, **style):
    """Write them back, in the tool's own style."""
    path.write_text("".join(json.dumps(record, **style) + "\n" for record in records), encoding="utf-8")


def database(path):
    """A database as an intruder opens it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return contextlib.closing(connection)


def turn_back_the_clock():
    """Let whatever is imported from here on ask a clock that `BEHIND` moves."""
    real, real_ns, real_datetime = time.time, time.time_ns, dt.datetime

    class Behind(real_datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) - dt.timedelta(seconds=BEHIND[0])

        @classmethod
        def utcnow(cls):
            return super().utcnow() - dt.timedelta(seconds=BEHIND[0])

    time.time = lambda: real() - BEHIND[0]
    time.time_ns = lambda: real_ns() - int(BEHIND[0] * 1e9)
    dt.datetime = Behind


def meet(place):
    """Wait until another writer has come here too, so that the two write at one time."""
    own = place / str(os.getpid())
    own.touch()
    deadline = time.monotonic() + 30
    while set(place.iterdir()) == {own}:
        if time.monotonic() > deadline:
            raise TimeoutError("the other writer did not come")
        time.sleep(0.001)


def write(adapter, request, tell):
    """Append entries until all are written or one is refused; the clock may go back when half are."""
    done = 0
    try:
        adapter.open()
        if "meet" in request:
            meet(Path(request["meet"]))
        for number in range(request["start"], request["start"] + request["count"]):
            if done == request["count"] // 2:
                BEHIND[0] = request.get("behind", 0.0)
            adapter.append(number)
            done += 1
            if request.get("tell"):
                tell({"acknowledged": done})
        adapter.close()
    except Exception as error:
        return {"acknowledged": done, "refused": describe(error)}
    return {"acknowledged": done, "refused": None}


def describe(error):
    return f"{type(error).__name__}: {error}"


def answer(adapter, request, tell):
    verb = request["verb"]
    if verb == "about":
        from importlib.metadata import version

        found = version(adapter.package) if adapter.package else ""
        offers = [name for name in OFFERS if hasattr(adapter, name)]
        about = {"about": adapter.about, "helped": adapter.helped, "layout": adapter.layout, "offers": offers}
        return {"version": found, **about}
    if verb == "write":
        return write(adapter, request, tell)
    if verb == "verify":
        try:
            passed, said = adapter.verify(given=request["given"])
        except Exception as error:
            return {"passed": False, "said": describe(error)}
        return {"passed": passed, "said": said}
    return getattr(adapter, verb)(*request.get("arguments", []))


def main(adapter):
    """Serve until stdin ends. The folder of the run is the first argument."""
    folder = sys.argv[1]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(adapter(folder), json.loads(line))
        os.waitpid(child, 0)


def serve(adapter, request):
    """Answer one request and end this process, whatever threads it has."""
    stdout = sys.stdout
    # What the tool prints is not an answer.
    sys.stdout = sys.stderr

    def tell(value):
        stdout.write(json.dumps(value) + "\n")
        stdout.flush()

    try:
        tell({"answer": answer(adapter, request, tell)})
    except BaseException as error:
        tell({"error": describe(error), "trace": traceback.format_exc()})
    finally:
        os._exit(0)
