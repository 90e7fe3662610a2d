"""What is done to a log: one suite for every tool. A tampering changes files; a scene of life only uses the tool."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from benchmarks.tampering.rows import Row, Rows, place, position, rewritten, tool
from benchmarks.tampering.tools import SECONDS, Process, Tool, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COUNT = 100
"""Entries of the log that is attacked."""
AT = 40
"""The entry that is attacked."""
BEHIND = 3 * 86400
"""Seconds by which a clock is set back."""
LACKS = {
    "strip": "signs nothing",
    "edit_beside": "keeps nothing beside",
    "redact": "offers none",
    "seal": "no file of it is sealed with a key that is gone afterwards",
}
"""Why a scene cannot be played with an adapter that has no such verb."""
HOUR = 3600
UNITS = (1, 1e3, 1e6, 1e9)
MANY = 20_000
"""Entries that no small disk holds."""
LONGEST = 160
"""Characters of a note."""
ENOUGH = 200
"""Entries after which a writer is killed."""


class NotApplicable(Exception):
    """The tool has nothing to which this could be done."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one scene with one tool."""

    mark: str
    note: str = ""
    """Why, in the tool's words or ours."""


@dataclass
class Case:
    """One tool and its log, which every scene gets as it was after `COUNT` entries."""

    tool: Tool
    python: str
    folder: Path
    about: dict[str, Any] = field(default_factory=dict)
    _running: Process | None = None

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def rows(self) -> Rows:
        return Rows(self.work / "log", self.about["layout"])

    def process(self, *, clock: bool = False) -> Process:
        """An adapter of its own, for who starts several, kills one, or turns back its `clock`."""
        return Process(self.tool, self.python, self.work, clock=clock)

    def ask(self, verb: str, seconds: float = SECONDS, **request: Any) -> Any:
        """The answer of the adapter that serves all else; it remembers nothing between two requests."""
        if self._running is None or self._running.ended:
            self.close()
            self._running = self.process()
        return self._running.ask(verb, seconds, **request)

    def close(self) -> None:
        if self._running is not None:
            self._running.close()

    def prepare(self) -> None:
        """Write the log and what may be kept of it.

        Raises:
            ToolError: the tool cannot be driven, or its verification finds fault with what nobody touched.
        """
        self.empty()
        self.about = self.ask("about")
        written = self.ask("write", start=0, count=COUNT)
        if written["refused"]:
            raise ToolError(written["refused"])
        self.ask("keep")
        for given in (False, True):
            self._must_pass("a log that nobody touched", given=given)
        shutil.copytree(self.work, self.folder / "prepared", symlinks=True)
        if "refit" in self.about["offers"]:
            # An intruder who cannot do it right is found whatever the tool is worth.
            self.call("refit", "own")
            self._must_pass("a log that the right key signed again", given=False)

    def _must_pass(self, what: str, *, given: bool) -> None:
        found = self.ask("verify", given=given)
        if not found["passed"]:
            raise ToolError(f"{what} does not verify: {self.said(found['said'])}")

    def needs_own_files(self) -> None:
        """Raise NotApplicable where the tool leaves files to its caller."""
        if not self.about["layout"].get("own", True):
            raise NotApplicable("where records go is the caller's business")

    def empty(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        for name in ("log", "home", "kept"):
            (self.work / name).mkdir(parents=True)

    def restore(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.folder / "prepared", self.work, symlinks=True)

    def call(self, verb: str, *arguments: Any) -> None:
        """Let the adapter do what needs the tool's own code."""
        if verb not in self.about["offers"]:
            raise NotApplicable(LACKS[verb])
        self.ask(verb, arguments=arguments)

    def said(self, text: str) -> str:
        """One line of what a tool said, without what is another in every run: places, hashes, names of writers."""
        text = re.sub(r"[0-9a-f]{12,}", "…", text.replace(str(self.work), "…"))
        return " ".join(text.split())[:LONGEST]

    def verdict(self) -> Cell:
        """What the tool's verification says of a log that was tampered with."""
        found = self.ask("verify", given=False)
        if found["passed"] is None:
            return Cell("W", self.said(found["said"]))
        if not found["passed"]:
            return Cell("D", self.said(found["said"]))
        if self.about["helped"]:
            found = self.ask("verify", given=True)
            if not found["passed"]:
                return Cell("D*", self.said(found["said"]))
        return Cell("-")

    def health(self, acknowledged: int) -> Cell:
        """Whether a log that nobody tampered with verifies, and has all that was acknowledged."""
        found = self.ask("verify", given=False)
        if found["passed"] is False:
            return Cell("BROKEN", self.said(found["said"]))
        count = self.rows.count()
        if count < acknowledged:
            return Cell("-", f"{acknowledged} acknowledged, {count} in the log, which verifies")
        return Cell("ok")


def tampering(change: Callable[[Case], None]) -> Callable[[Case], Cell]:
    """The scene of somebody who changes files while the tool does not run."""

    def scene(case: Case) -> Cell:
        case.restore()
        change(case)
        return case.verdict()

    return scene


def on_rows(
    change: Callable[[list[Row]], list[Row]], *, renumber: bool = False, refit: str = ""
) -> Callable[[Case], Cell]:
    """The scene of somebody who changes entries, and may then recompute the rest with the key `refit`."""

    def changed(case: Case) -> None:
        before = case.rows.read()
        after = change(before)
        if renumber:
            after = case.rows.renumbered(after)
        if after == before:
            raise NotApplicable("its entries have nothing of the kind")
        case.rows.write(after)
        if refit:
            case.call("refit", refit)

    return tampering(changed)


def edited(rows: list[Row]) -> list[Row]:
    """Another tool in one entry."""
    at = position(rows, AT)
    return [*rows[:at], forged(rows[at]), *rows[at + 1 :]]


def forged(row: Row) -> Row:
    return rewritten(row, lambda text: text.replace(tool(AT), tool(AT).replace("tool", "evil")))


def without_one(rows: list[Row]) -> list[Row]:
    at = position(rows, AT)
    return rows[:at] + rows[at + 1 :]


def swapped(rows: list[Row]) -> list[Row]:
    at = position(rows, AT)
    return [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]


def with_one_more(rows: list[Row]) -> list[Row]:
    at = position(rows, AT)
    return [*rows[: at + 1], forged(rows[at]), *rows[at + 1 :]]


def repeated(rows: list[Row]) -> list[Row]:
    return [*rows, rows[position(rows, AT)]]


def with_repeated_key(rows: list[Row]) -> list[Row]:
    """The key that names the tool twice: a reader that takes the first, and a search, see another tool."""
    at = position(rows, AT)
    pattern = re.compile(rf'"([\w.]+)": ?"{tool(AT)}"')
    row = rewritten(rows[at], lambda text: pattern.sub(rf'"\1":"evil_{AT}",\g<0>', text))
    return [*rows[:at], row, *rows[at + 1 :]]


def edit_columns(case: Case) -> None:
    """Change what is shown and searched, where that is kept apart from what is hashed."""
    if not case.rows.table:
        raise NotApplicable("has no columns")
    rows, layout = case.rows.read(), case.about["layout"]
    number = rows[position(rows, AT)][layout["order"]]
    with case.rows.connection() as connection:
        for column in layout["columns"]:
            statement = f"UPDATE {layout['table']} SET {column} = 7 WHERE {layout['order']} = ?"
            try:
                connection.execute(statement, (number,))
            except sqlite3.OperationalError as error:
                raise NotApplicable(str(error)) from None


def put_back(case: Case) -> None:
    """An older copy of the files in the place of those of today."""
    older = case.folder / "older"
    shutil.rmtree(older, ignore_errors=True)
    older.mkdir()
    for path in case.rows.files():
        shutil.copy2(path, older)
    case.ask("write", start=COUNT, count=50)
    case.ask("keep")
    for path in case.rows.files():
        path.unlink()
    for path in older.iterdir():
        shutil.copy2(path, case.rows.path.parent)


def edit_sealed(case: Case) -> None:
    """A file was sealed and its key destroyed before the intruder came, who has every key that is left."""
    case.call("seal")
    case.rows.write(edited(case.rows.read()))
    case.call("refit_sealed")


def delete_files(case: Case) -> None:
    case.needs_own_files()
    for path in case.rows.files():
        path.unlink()


def honest(case: Case) -> Cell:
    """Nobody did anything, then the log grew: what cries wolf then finds nothing in other rows."""
    case.restore()
    for more in (0, 20):
        case.ask("write", start=COUNT, count=more) if more else None
        for given in (False, True) if case.about["helped"] else (False,):
            found = case.ask("verify", given=given)
            if found["passed"] is False:
                when = "after honest growth" if more else "at once"
                return Cell("BROKEN*" if given else "BROKEN", f"{when}: {case.said(found['said'])}")
    return Cell("ok")


def reopened(case: Case) -> Cell:
    case.restore()
    written = case.ask("write", start=COUNT, count=50)
    if written["refused"]:
        return Cell("BROKEN", case.said(written["refused"]))
    return case.health(COUNT + 50)


def two_processes(case: Case) -> Cell:
    """Both have opened the log before either appends."""
    case.restore()
    with case.process() as one, case.process() as other:
        place = case.work / "meet"
        place.mkdir()
        one.send("write", start=COUNT, count=150, meet=str(place))
        other.send("write", start=COUNT + 150, count=150, meet=str(place))
        written = [answer(process) for process in (one, other)]
        found = case.health(COUNT + sum(each["acknowledged"] for each in written))
        refused = [each["refused"] for each in written if each["refused"]]
        if refused and found.mark == "ok":
            return Cell("BROKEN", f"refused: {case.said(refused[0])}")
        return found


def answer(process: Process) -> dict[str, Any]:
    found = process.receive()
    if "error" in found:
        raise ToolError(found["error"])
    written: dict[str, Any] = found["answer"]
    return written


def killed(case: Case) -> Cell:
    """A writer is killed in the middle of its work."""
    case.needs_own_files()
    case.empty()
    with case.process() as process:
        process.send("write", start=0, count=MANY, tell=True)
        acknowledged = 0
        while acknowledged < ENOUGH:
            acknowledged = process.receive().get("acknowledged", ENOUGH)
        for line in process.kill():
            acknowledged = line.get("acknowledged", acknowledged)
    case.ask("keep")
    return case.health(acknowledged)


def tear(case: Case) -> None:
    """End the file as a power cut ends it: in the middle of a line."""
    case.needs_own_files()
    case.restore()
    if case.rows.table:
        raise NotApplicable("no lines: the database undoes what was not committed")
    data = case.rows.path.read_bytes()
    case.rows.path.write_bytes(data[:-20])


def torn(case: Case) -> Cell:
    tear(case)
    return case.verdict()


def torn_and_on(case: Case) -> Cell:
    tear(case)
    written = case.ask("write", start=COUNT, count=10)
    if written["refused"]:
        return Cell("BROKEN", f"does not go on: {case.said(written['refused'])}")
    return case.health(COUNT - 1 + 10)


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Callable[[], None]]:
    """A file system of `size` at `place`; the callable makes it large."""

    def enlarge() -> None:
        subprocess.run(["mount", "-o", "remount,size=256m", str(place)], check=True)

    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise NotApplicable("a small file system cannot be mounted here")
    try:
        yield enlarge
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def full_disk(case: Case, *, on: bool) -> Cell:
    """The disk is full for a while; there is room again before somebody looks, and the tool may go `on`."""
    case.needs_own_files()
    case.empty()
    with small_disk(case.work / "log", case.about["layout"].get("disk", "1m")) as enlarge:
        written = case.ask("write", start=0, count=MANY, seconds=120)
        acknowledged = written["acknowledged"]
        enlarge()
        case.ask("keep")
        if on:
            written = case.ask("write", start=MANY, count=10)
            acknowledged += written["acknowledged"]
            if written["refused"]:
                return Cell("BROKEN", f"does not go on: {case.said(written['refused'])}")
        return case.health(acknowledged)


def clock_set_back(case: Case) -> Cell:
    """The clock goes back by three days while a writer runs."""
    case.empty()
    with case.process(clock=True) as process:
        written = process.ask("write", start=0, count=COUNT, behind=BEHIND)
        if written["refused"]:
            return Cell("BROKEN", case.said(written["refused"]))
        process.ask("keep")
    if not went_back(case.rows.read()):
        raise NotApplicable("asks a clock that could not be moved")
    return case.verdict()


def went_back(rows: list[Row]) -> bool:
    """Whether some entry has the time of the clock that was set back, as a date or in a unit since 1970."""
    then = datetime.now(timezone.utc) - timedelta(seconds=BEHIND)
    # Local time may be another day.
    days = [f"{then + timedelta(days=more):%Y-%m-%d}" for more in (-1, 0, 1)]
    for value in (value for row in rows for value in row.values()):
        if isinstance(value, str) and any(day in value for day in days):
            return True
        if isinstance(value, (int, float)) and any(abs(value / unit - then.timestamp()) < HOUR for unit in UNITS):
            return True
    return False


def redacted(case: Case) -> Cell:
    """The content of one entry leaves the files, at the tool's own hands, and the log still verifies."""
    case.restore()
    if not holds(case, place(AT)):
        raise NotApplicable("keeps digests of content, or none in clear")
    case.call("redact", AT)
    if holds(case, place(AT)):
        return Cell("BROKEN", "the content is still in the files")
    return case.health(COUNT)


def holds(case: Case, text: str) -> bool:
    return any(text.encode() in path.read_bytes() for path in (case.work / "log").rglob("*") if path.is_file())


TAMPERINGS: dict[str, Callable[[Case], Cell]] = {
    "edit a field": on_rows(edited),
    "edit a field, recompute what needs no key": on_rows(edited, refit="none"),
    "delete one in the middle": on_rows(without_one),
    "… renumber, recompute what needs no key": on_rows(without_one, renumber=True, refit="none"),
    "delete the first 10": on_rows(lambda rows: rows[10:]),
    "swap two": on_rows(swapped, renumber=True),
    "insert a forged one": on_rows(with_one_more, renumber=True),
    "append a copy of an old one": on_rows(repeated, renumber=True),
    "repeat a JSON key": on_rows(with_repeated_key),
    "edit columns that are shown and searched": tampering(edit_columns),
    "edit content that is kept beside the entry": tampering(lambda case: case.call("edit_beside", AT)),
    "cut the last 10": on_rows(lambda rows: rows[:-10], refit="none"),
    "put an older copy back": tampering(put_back),
    "delete the log's files": tampering(delete_files),
    "strip all signatures, chain anew": tampering(lambda case: case.call("strip")),
    "edit, sign all with another key": on_rows(edited, refit="other"),
    "edit, sign all with today's key": on_rows(edited, refit="own"),
    "… in a file that was sealed before": tampering(edit_sealed),
}
LIFE: dict[str, Callable[[Case], Cell]] = {
    "nothing happens; the log grows": honest,
    "close, open, go on": reopened,
    "two processes, 150 entries each": two_processes,
    "SIGKILL while writing": killed,
    "last line torn: noticed?": torn,
    "last line torn: goes on?": torn_and_on,
    "disk full: what was acknowledged is there": lambda case: full_disk(case, on=False),
    "disk full, then room: goes on?": lambda case: full_disk(case, on=True),
    "clock set back by 3 days": clock_set_back,
    "one entry's content taken out by the tool": redacted,
}
SCENES = {**TAMPERINGS, **LIFE}


def play(case: Case, title: str) -> Cell:
    """One cell of the table, whatever the tool does."""
    try:
        return SCENES[title](case)
    except NotApplicable as error:
        return Cell("n/a", str(error))
    except (ToolError, OSError, ValueError, sqlite3.Error) as error:
        return Cell("n/a", f"cannot be driven: {case.said(str(error))}")
