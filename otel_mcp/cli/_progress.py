"""A bar for a person who waits at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["bar"]

# A bar for less than this many entries would be gone before it is read.
_WORTH_A_BAR: Final = 20_000


def bar(words: str) -> Callable[[int, int], None] | None:
    """What is to be called with entries done and in all; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console  # noqa: PLC0415  # only for a person at a terminal
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    shown = Progress(console=Console(stderr=True), transient=True)
    task: list[TaskID] = []

    def show(done: int, total: int) -> None:
        if total < _WORTH_A_BAR:
            return
        if not task:
            shown.start()
            task.append(shown.add_task(words, total=total))
        shown.update(task[0], completed=done)
        if done >= total:
            shown.stop()

    return show
