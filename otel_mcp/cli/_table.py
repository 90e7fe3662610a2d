"""A table of entries or operations: tab-separated for a pipe; for a person, one line a row that fits the terminal."""

from __future__ import annotations

import sys
from typing import Final

import click

__all__ = ["print_table"]

_COLOURS: Final = {"success": "green", "failure": "red", "unknown": "yellow"}
_SMALL: Final = ("entry", "time", "side", "event", "phase", "ms")  # never broken
_DROPPED_IF_ONE: Final = ("side", "actor")
_ROOMY: Final = 100
_DATE, _YEAR, _CLOCK, _MINUTE = 10, 5, 19, 16  # places in `2026-11-24 10:00:00.123`


def print_table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print the rows; the last column is the outcome, in its colour."""
    if not rows:
        click.echo("nothing matches", err=True)
        return
    if not sys.stdout.isatty():
        for row in (titles, *rows):
            click.echo("\t".join(row))
        return
    from rich.console import Console  # noqa: PLC0415  # only for a person at a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    said, titles, rows = fitted(titles, rows, console.width)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in titles:
        justify = "right" if title in ("entry", "ms") else "left"
        table.add_column(title, justify=justify, overflow="fold", no_wrap=title in _SMALL)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*map(Text, row[:-1]), Text(row[-1], style=_COLOURS.get(row[-1].partition(" ")[0], "")))
    if said:
        console.print(Text(said, style="dim"))
    console.print(table)


def fitted(
    titles: tuple[str, ...], rows: list[tuple[str, ...]], width: int
) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
    """What all rows have in common, said once, and titles and rows without it; in a narrow place with shorter times."""
    said = []
    keep = list(range(len(titles)))
    for title in _DROPPED_IF_ONE:
        if title in titles and len(found := {row[titles.index(title)] for row in rows} - {"", "-"}) <= 1:
            keep.remove(titles.index(title))
            said += [f"{title} {value}" for value in found]
    time = titles.index("time")
    dates = {row[time][:_DATE] for row in rows}
    first = _DATE + 1 if len(dates) == 1 else 0
    last = None
    if width < _ROOMY:
        first, last = (first, _CLOCK) if first else (_YEAR, _MINUTE)
    if len(dates) == 1:
        said.insert(0, dates.pop())
    shown = [tuple(row[i][first:last] if i == time else row[i] for i in keep) for row in rows]
    return ", ".join(said), tuple(titles[i] for i in keep), shown
