"""What a command line starts: which Python with which options, and which program. Nothing is run here."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otel_mcp._program import program_name, read_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Started", "started_by"]

_PYTHON: Final = re.compile(r"(python|pypy)[\d.]*t?(\.exe)?\Z")
_EXEC: Final = b"'''exec' "
# `'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"`: uv, in environments that can be moved.
_BESIDE: Final = re.compile(r"""'''exec' "\$\(dirname -- "\$\(realpath -- "\$0"\)"\)"/(?P<words>.+) "\$0" "\$@"\s*\Z""")
# `'''exec' /a/long/path/python "$0" "$@"`: pip and uv, where the path is too long for a first line, or has spaces.
_ELSEWHERE: Final = re.compile(r"""'''exec' (?P<words>.+) "\$0" "\$@"\s*\Z""")
_LINE: Final = 4096


@dataclass(frozen=True, slots=True)
class Started:
    """`python` is the interpreter with its options; `program` the name that the program gives itself."""

    python: list[str]
    program: str


def started_by(command: Sequence[str]) -> Started | None:
    """What `command` starts, or None where that cannot be told.

    A console script names its interpreter in its first lines; anything else that is not a Python (uvx, node, a shell
    script) decides for itself.
    """
    found = shutil.which(command[0]) if command else None
    if found is None:
        return None
    if Path(found).name == "env":
        rest = _after_env(command[1:])
        return started_by(rest) if rest else None
    if _PYTHON.match(Path(found).name) and not _is_script(found):
        read = read_arguments(command[1:])
        return Started([found, *read.options], program_name(read.kind, read.target))
    words = _interpreter_of(Path(found))
    if not words or not _PYTHON.match(Path(words[0]).name):
        return None
    return Started(words, program_name("script", found))


def _after_env(arguments: Sequence[str]) -> list[str]:
    rest = list(arguments)
    while rest and (rest[0].startswith("-") or "=" in rest[0]):
        rest.pop(0)
    return rest


def _interpreter_of(script: Path) -> list[str]:
    """The interpreter and its options that the first lines of a script name; empty where there is none."""
    try:
        with script.open("rb") as file:
            first, second = file.readline(_LINE), file.readline(_LINE)
    except OSError:
        return []
    if not first.startswith(b"#!"):
        return []
    words = _split(first[2:].decode("utf-8", "replace"))
    if words[:1] == ["/bin/sh"] and second.startswith(_EXEC):
        return _of_the_shell(script, second.decode("utf-8", "replace"))
    if words and Path(words[0]).name == "env":
        rest = words[2:] if words[1:2] == ["-S"] else words[1:]
        return [shutil.which(rest[0]) or rest[0], *rest[1:]] if rest else []
    return words


def _of_the_shell(script: Path, line: str) -> list[str]:
    if beside := _BESIDE.match(line):
        name, *options = _split(beside["words"]) or [""]
        # The script's link is followed, as `realpath` does; the interpreter's own is not: it marks the environment.
        return [str(script.resolve().parent / name), *options] if name else []
    elsewhere = _ELSEWHERE.match(line)
    return _split(elsewhere["words"]) if elsewhere else []


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # an open quotation
        return []


def _is_script(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False
