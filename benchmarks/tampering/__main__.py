"""Attacks our log and those of others in one suite, and writes what each one's own verification said.

    python -m benchmarks.tampering [--peer NAME …] [--scene TITLE …] [--write]

Each peer is installed, pinned, into an environment of its own below .cache/; without a network only what is there
already, and the rest of its column says why it is empty.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from pathlib import Path

from benchmarks.tampering.report import Column, page
from benchmarks.tampering.scenes import SCENES, Case, Cell, play
from benchmarks.tampering.tools import ROOT, TOOLS, Tool, ToolError, interpreter

PAGE = ROOT / "docs" / "tampering-benchmark.md"


def attack(tool: Tool, titles: list[str], folder: Path) -> Column:
    """One column; a tool that cannot be installed or driven says so in every cell."""
    folder.mkdir()
    try:
        case = Case(tool, interpreter(tool), folder)
    except ToolError as error:
        return Column(tool, {}, dict.fromkeys(titles, Cell("n/a", str(error))))
    with contextlib.closing(case):
        try:
            case.prepare()
        except ToolError as error:
            return Column(tool, case.about, dict.fromkeys(titles, Cell("n/a", str(error))))
        cells = {}
        for title in titles:
            cells[title] = play(case, title)
            print(f"{tool.name}: {title}: {cells[title].mark}  {cells[title].note}", file=sys.stderr, flush=True)
    return Column(tool, case.about, cells)


def main() -> None:
    """Attack and print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", action="append", choices=[tool.name for tool in TOOLS], help="only these; repeatable")
    parser.add_argument("--scene", action="append", choices=list(SCENES), help="only these; repeatable")
    parser.add_argument("--write", action="store_true", help="into docs/tampering-benchmark.md")
    options = parser.parse_args()
    if options.write and (options.peer or options.scene):
        parser.error("--write takes all peers and scenes: the page is the whole table")
    columns = []
    with tempfile.TemporaryDirectory(prefix="tampering-") as folder:
        for number, tool in enumerate(TOOLS):
            if not options.peer or tool.name in options.peer:
                columns.append(attack(tool, options.scene or list(SCENES), Path(folder) / str(number)))
    text = page(columns)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
