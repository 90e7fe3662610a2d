"""The page: the table, how each tool was driven, and why a cell is what it is."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from benchmarks.tampering.scenes import BEHIND, COUNT, LIFE, TAMPERINGS, Cell

if TYPE_CHECKING:
    from benchmarks.tampering.tools import Tool

_HEAD = """\
# Tampering with our log and with those of others

Made by `make bench-tampering` on {day}: {machine}. Every cell comes from that run, none from elsewhere.
`python -m benchmarks.tampering --peer NAME` is for one tool. The rows of the full disk need the right to mount one.

One suite (`benchmarks/tampering/scenes.py`) runs against every tool. The tool writes {count} entries, its files are
changed by somebody else, and then its own verification is asked, as its documentation calls it. Our columns and the
tutorial's also run as a test (`tests/audit/test_tampering_benchmark.py`).

**The intruder** has the folder of the log, with all that the tool puts there, and nothing else: not the keys and notes
that it keeps elsewhere on this machine, such as our pinned key and high-water mark, or aegis' checkpoints. Who is said
to have today's key signs with it. On a machine that the intruder owns altogether our first column becomes the second:
see [what the trail promises](threat-model.md).

| cell | meaning |
|---|---|
| D | detected with the tool's defaults; a secret that its verification cannot run without is no help |
| D* | detected only with something that was kept elsewhere, is given by hand, and could be left out |
| W | a warning, and the log still passes |
| - | passes in silence; in the second table: what was acknowledged is gone, and the log passes |
| ok | works, and verifies |
| BROKEN | nobody tampered, and the log does not verify or cannot be written to; BROKEN*: with what is given by hand |
| n/a | cannot be done to this tool; the reason is below |
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One tool and what came of every scene."""

    tool: Tool
    about: dict[str, Any]
    cells: dict[str, Cell]


def page(columns: list[Column]) -> str:
    """The whole page."""
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    parts = [_HEAD.format(day=f"{datetime.now(timezone.utc):%Y-%m-%d}", machine=machine, count=COUNT)]
    parts += ["## Tamperings\n", table(columns, list(TAMPERINGS))]
    parts += [
        f"## Life without an intruder (the clock goes back by {BEHIND // 86400} days)\n",
        table(columns, list(LIFE)),
    ]
    parts += ["## How each was driven\n", driven(columns), "## Why\n", reasons(columns)]
    return "\n".join(parts)


def table(columns: list[Column], titles: list[str]) -> str:
    """Scenes by tools."""
    lines = ["| | " + " | ".join(column.tool.name for column in columns) + " |", "|---|" + "---|" * len(columns)]
    for title in titles:
        cells = [column.cells[title].mark for column in columns if title in column.cells]
        if cells:
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def driven(columns: list[Column]) -> str:
    """One line a tool: which version, and what was called."""
    lines = []
    for column in columns:
        version = f" {column.about['version']}" if column.about.get("version") else ""
        lines.append(f"- **{column.tool.name}**{version}: {column.about.get('about', 'could not be driven.')}")
    return "\n".join(lines) + "\n"


def reasons(columns: list[Column]) -> str:
    """What stands behind a cell that says more or less than its mark; tools with one reason share a row."""
    shared: dict[tuple[str, str, str], list[str]] = {}
    for title in {**TAMPERINGS, **LIFE}:
        for column in columns:
            cell = column.cells.get(title)
            if cell and cell.note and cell.mark != "D":
                shared.setdefault((title, cell.mark, cell.note), []).append(column.tool.name)
    lines = ["| | tools | cell | in their words, or ours |", "|---|---|---|---|"]
    for (title, mark, note), names in shared.items():
        lines.append(f"| {title} | {', '.join(names)} | {mark} | {escaped(note)} |")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """As it is read, inside a table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
