"""The suite that attacks other tools attacks ours here: one table, whose column of ours has no hole."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.tampering.report import Column, page
from benchmarks.tampering.scenes import COUNT, SCENES, TAMPERINGS, Case, Cell, play
from benchmarks.tampering.tools import ADAPTERS, TOOLS, Process, Tool, ToolError, interpreter

OWN = {tool.name: tool for tool in TOOLS if not tool.requirement}
GENERATED = "edit columns that are shown and searched"
KEY_ALONE_MISSES = {
    "cut the last 10": "W",
    "put an older copy back": "-",
    "edit, sign all with today's key": "-",
}
TUTORIAL = {
    **dict.fromkeys(TAMPERINGS, "D"),
    "edit content that is kept beside the entry": "n/a",
    "strip all signatures, chain anew": "n/a",
    "… in a file that was sealed before": "n/a",
    "cut the last 10": "-",
    "put an older copy back": "-",
    "edit, sign all with today's key": "-",
    "close, open, go on": "BROKEN",
    "two processes, 150 entries each": "BROKEN",
    "SIGKILL while writing": "ok",
    "clock set back by 3 days": "-",
}

GRUMBLER = """
import sys
sys.path.insert(0, "{adapters}")
from drive import Adapter, main

class Grumbler(Adapter):
    def append(self, number):
        pass

    def verify(self, *, given):
        return False, "no"

main(Grumbler)
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    made = {}

    def case(name):
        if name not in made:
            made[name] = Case(OWN[name], interpreter(OWN[name]), tmp_path_factory.mktemp("case"))
            made[name].prepare()
        return made[name]

    yield case
    for each in made.values():
        each.close()


@pytest.mark.parametrize("title", TAMPERINGS)
@pytest.mark.parametrize("name", ["ours", "ours + one witnessed checkpoint"])
def test_our_verification_finds_every_tampering(cases, name, title):
    cell = play(cases(name), title)
    if title == GENERATED:
        assert cell == Cell("n/a", 'cannot UPDATE generated column "tool"')
    else:
        assert cell.mark == "D", cell


@pytest.mark.parametrize("title", KEY_ALONE_MISSES)
def test_the_key_alone_misses_what_the_threat_model_says_it_misses(cases, title):
    assert play(cases("ours (key alone)"), title).mark == KEY_ALONE_MISSES[title]


def test_a_sealed_file_is_told_by_its_seal_alone(cases):
    """All else of it fits: an intruder who made a mistake would be found by that."""
    case = cases("ours (key alone)")
    assert play(case, "… in a file that was sealed before").mark == "D"
    said = case.ask("verify", given=False)["said"]
    assert set(re.findall(r"\b[AW]\d\d\b", said)) == {"A13"}


@pytest.mark.parametrize("title", TUTORIAL)
def test_the_suite_tells_good_from_bad(cases, title):
    """The tutorial's chain has known holes: a suite that saw none would see nothing."""
    cell = play(cases("tutorial"), title)
    assert cell.mark == TUTORIAL[title], cell


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("nothing happens; the log grows", "ok"),
        ("close, open, go on", "ok"),
        ("two processes, 150 entries each", "ok"),
        ("SIGKILL while writing", "ok"),
        ("clock set back by 3 days", "W"),
        ("one entry's content taken out by the tool", "ok"),
    ],
)
def test_our_log_survives(cases, title, mark):
    cell = play(cases("ours"), title)
    assert cell.mark == mark, cell


def test_what_cannot_be_installed_says_so_in_its_cells(monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.tampering.tools.CACHE", tmp_path)
    missing = Tool("missing", "drive_seed.py", f"{tmp_path}/nothing-1.0-py3-none-any.whl")
    with pytest.raises(ToolError, match="cannot be installed"):
        interpreter(missing)


def test_a_tool_that_finds_fault_with_everything_gets_no_column(tmp_path):
    adapter = tmp_path / "drive_grumbler.py"
    adapter.write_text(GRUMBLER.format(adapters=ADAPTERS))
    case = Case(Tool("grumbler", str(adapter)), sys.executable, tmp_path / "case")
    with contextlib.closing(case), pytest.raises(ToolError, match="a log that nobody touched does not verify: no"):
        case.prepare()


def test_a_tool_that_does_not_answer_is_ended(cases):
    case = cases("tutorial")
    case.restore()
    with case.process() as process:
        with pytest.raises(ToolError, match="no answer within"):
            process.ask("write", 0.05, start=COUNT, count=1_000_000)
        with pytest.raises(ToolError, match="the adapter ended"):
            process.ask("about")


def test_an_adapter_that_cannot_start_says_why(tmp_path):
    missing = Tool("none", "drive_none.py")
    with Process(missing, sys.executable, tmp_path) as process, pytest.raises(ToolError, match="drive_none"):
        process.ask("about")


def test_the_page_has_every_scene_and_every_reason():
    cells = {title: Cell("D*" if number else "n/a", f"reason {number}") for number, title in enumerate(SCENES)}
    about = {"version": "1.2.3", "about": "driven so."}
    text = page([Column(Tool("one", "one.py", "one==1.2.3"), about, cells)])
    assert "- **one** 1.2.3: driven so." in text
    for number, title in enumerate(SCENES):
        mark = "D*" if number else "n/a"
        assert f"| {title} | {mark} |" in text
        assert f"| {title} | one | {mark} | reason {number} |" in text
