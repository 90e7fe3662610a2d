"""What a command line starts: which Python with which options, which program, in which environment. Nothing is run."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otel_mcp._program import program_name, read_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Changes", "Started", "started_by"]

_PYTHON: Final = re.compile(r"(python|pypy)[\d.]*t?(\.exe)?\Z")
_EXEC: Final = b"'''exec' "
# `'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"`: uv, in environments that can be moved.
_BESIDE: Final = re.compile(r"""'''exec' "\$\(dirname -- "\$\(realpath -- "\$0"\)"\)"/(?P<words>.+) "\$0" "\$@"\s*\Z""")
# `'''exec' /a/long/path/python "$0" "$@"`: pip and uv, where the path is too long for a first line, or has spaces.
_ELSEWHERE: Final = re.compile(r"""'''exec' (?P<words>.+) "\$0" "\$@"\s*\Z""")
_LINE: Final = 4096
_LAUNCHER: Final = "opentelemetry-instrument"
_ENV_WITH_VALUE: Final = {"-u": "unset", "--unset": "unset", "-C": "", "--chdir": ""}
_ENV_PLAIN: Final = ("-v", "--debug", "--")
_ENV_EMPTY: Final = ("-", "-i", "--ignore-environment")


@dataclass(frozen=True, slots=True)
class Changes:
    """What the words before a command do to its environment: `env -i NAME=value …`."""

    empty: bool = False
    unset: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The environment that the command gets."""
        kept = {} if self.empty else {name: value for name, value in environ.items() if name not in self.unset}
        return kept | dict(self.values)


@dataclass(frozen=True, slots=True)
class Started:
    """`python` is the interpreter with its options; `program` the name that the program gives itself."""

    python: list[str]
    program: str
    changes: tuple[Changes, ...] = ()

    def environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """What the interpreter gets of `environ`."""
        changed = dict(environ)
        for change in self.changes:
            changed = change.of(changed)
        return changed


def started_by(command: Sequence[str]) -> Started | None:
    """What `command` starts, or None where that cannot be told.

    A console script names its interpreter in its first lines; anything else that is not a Python (uvx, node, a shell
    script) decides for itself.
    """
    found = shutil.which(command[0]) if command else None
    if found is None:
        return None
    if Path(found).name == "env":
        return _behind(*_after_env(command[1:]))
    if Path(found).name == _LAUNCHER:
        return _behind(*_after_launcher(command[1:]))
    if _PYTHON.match(Path(found).name) and not _is_script(found):
        read = read_arguments(command[1:])
        return Started([found, *read.options], program_name(read.kind, read.target))
    words = _interpreter_of(Path(found))
    if not words or not _PYTHON.match(Path(words[0]).name):
        return None
    return Started(words, program_name("script", found))


def _behind(changes: Changes, rest: Sequence[str]) -> Started | None:
    started = started_by(rest) if rest else None
    return started and replace(started, changes=(changes, *started.changes))


def _after_env(arguments: Sequence[str]) -> tuple[Changes, list[str]]:
    """What `env` changes, and the command; no command where an option is not known."""
    rest, empty, unset, values = list(arguments), False, [], {}
    while rest and (rest[0].startswith("-") or "=" in rest[0]):
        option, equals, value = rest.pop(0).partition("=")
        if not option.startswith("-"):
            values[option] = value
        elif option in _ENV_EMPTY:
            empty = True
        elif option in _ENV_WITH_VALUE:
            value = value if equals else "".join(rest[:1])
            del rest[: not equals]
            unset += [value] if _ENV_WITH_VALUE[option] else []
        elif option not in _ENV_PLAIN:
            return Changes(), []
    return Changes(empty, tuple(unset), values), rest


def _after_launcher(arguments: Sequence[str]) -> tuple[Changes, list[str]]:
    """What the flags of `opentelemetry-instrument` set: `--x y` is OTEL_X or OTEL_PYTHON_X, whichever there is."""
    rest, values = list(arguments), dict[str, str]()
    while rest and rest[0].startswith("--"):
        option, equals, value = rest.pop(0).removeprefix("--").partition("=")
        value = value if equals else "".join(rest[:1])
        del rest[: not equals]
        values |= dict.fromkeys((f"OTEL_{option.upper()}", f"OTEL_PYTHON_{option.upper()}"), value)
    return Changes(values=values), rest


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
