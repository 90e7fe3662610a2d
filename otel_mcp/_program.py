"""The name of a program, read from the command line that started it. Standard library only."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NAMELESS", "PythonArguments", "program_name", "read_arguments", "this_program"]

NAMELESS: Final = "mcp"
"""The name of what has none: `python -c …`, a program from stdin."""

_VALUE_LETTERS: Final = "WX"
_LONG_WITH_VALUE: Final = ("--check-hash-based-pycs",)


@dataclass(frozen=True, slots=True)
class PythonArguments:
    """Arguments of `python`: its own options, and what it runs: a `module`, a `script`, or `nothing` with a name."""

    options: tuple[str, ...]
    kind: Literal["module", "script", "nothing"]
    target: str = ""


def read_arguments(arguments: Sequence[str]) -> PythonArguments:
    """Read what stands behind `python` as `python --help` explains it: `-um NAME` are two options in one word."""
    options: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-"):
            return PythonArguments(tuple(options), "script", word)
        if word == "-":
            break
        before, letter, value = _cluster(word)
        if letter in ("c", "m"):
            options += [before] if len(before) > 1 else []
            target = value or next(rest, "")
            return PythonArguments(tuple(options), *(("module", target) if letter == "m" else ("nothing", "")))
        options.append(word)
        if (letter and not value) or word in _LONG_WITH_VALUE:
            options.append(next(rest, ""))
    return PythonArguments(tuple(options), "nothing")


def _cluster(word: str) -> tuple[str, str, str]:
    """A word of short options, split at the first that takes a value: `-uWerror` is `-u`, `W`, `error`."""
    if word.startswith("--"):
        return word, "", ""
    place = next((i for i, letter in enumerate(word) if letter in "cm" + _VALUE_LETTERS), len(word))
    return word[:place], word[place : place + 1], word[place + 1 :]


def program_name(kind: str, target: str) -> str:
    """What a program is called: a module's dotted name, or a script's own.

    A file of a package has its dotted name too, so that `python -m shop.server` and a worker that is started from its
    path keep one trail.
    """
    if kind == "module" and target:
        return target.removesuffix(".__main__")
    if kind != "script" or not target:
        return NAMELESS
    path = Path(target)
    parts = [path.stem]
    for folder in path.absolute().parents:
        if not folder.name or not (folder / "__init__.py").is_file():
            break
        parts.insert(0, folder.name)
    if parts[-1] == "__main__":
        parts = parts[:-1] or [path.absolute().parent.name]
    return ".".join(parts) or NAMELESS


def this_program() -> str:
    """The name of this very program, also while it starts.

    `sys.argv[0]` is `-m` as long as a module is looked for, and that is when a package that imports `mcp` in its
    `__init__` gets here; `sys.orig_argv` has the module's name from the beginning.
    """
    started = read_arguments(sys.orig_argv[1:])
    if started.kind == "module":
        return program_name("module", started.target)
    script = sys.argv[0] if sys.argv else ""
    return program_name("script", script) if script not in ("", "-c", "-m", "-") else NAMELESS
