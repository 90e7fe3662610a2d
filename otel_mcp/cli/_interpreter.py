"""Which Python will run a command, and does our instrumentation reach it there? Answered by trying, not by guessing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LAUNCHER", "Reach", "instrumented_environment", "probe", "python_of"]

LAUNCHER: Final = ("-c", "from opentelemetry.instrumentation.auto_instrumentation import run; run()")
"""Arguments of Python that do what the script `opentelemetry-instrument` does, wherever scripts are."""

_PROBE_SECONDS: Final = 60
# Options of the interpreter that take a value of their own (`python --help`).
_WITH_VALUE: Final = ("-W", "-X", "--check-hash-based-pycs")
_PYTHON: Final = re.compile(r"(python|pypy)[\d.]*t?(\.exe)?\Z")

_PROBE: Final = """
import json, sys
from importlib import metadata
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
module = sys.modules.get("otel_mcp.instrumentation")
reached = module is not None and module.MCPInstrumentor().is_instrumented_by_opentelemetry
hooks = []
if reached and "--import" in sys.argv:
    try: import mcp
    except ImportError: pass
    hooks = module.MCPInstrumentor().hooks
sys.stdout.write("\\n" + json.dumps({
    "python": sys.version.split()[0], "executable": sys.executable, "reached": bool(reached), "hooks": hooks,
    "versions": {
        name: version(name)
        for name in ("otel-mcp-audit", "mcp", "fastmcp", "opentelemetry-sdk", "opentelemetry-distro")
    },
}))
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a trial of the interpreter told. `trouble` holds what it wrote to stderr."""

    reached: bool
    python: str = ""
    executable: str = ""
    versions: Mapping[str, str | None] | None = None
    hooks: Sequence[str] = ()
    trouble: str = ""


def python_of(command: Sequence[str]) -> list[str] | None:
    """The interpreter and its options that `command` starts, or None where that cannot be told.

    A console script names its interpreter in the first line; anything else that is not a Python (uvx, node, a shell
    script) decides for itself.
    """
    found = shutil.which(command[0])
    if found is None:
        return None
    if Path(found).name == "env":
        rest = list(command[1:])
        while rest and (rest[0].startswith("-") or "=" in rest[0]):
            rest.pop(0)
        return python_of(rest) if rest else None
    if _PYTHON.match(Path(found).name) and not _is_script(found):
        return [found, *_options(command[1:])]
    try:
        with Path(found).open("rb") as script:
            head = script.readline(512)
            second, third = script.readline(512), script.readline(512)
    except OSError:
        return None
    if not head.startswith(b"#!"):
        return None
    words = head[2:].decode("utf-8", "replace").split()
    if words[:1] == ["/bin/sh"] and second.startswith(b"'''exec'"):
        # The form that installers write where the interpreter's path is too long or has spaces.
        words = second.decode("utf-8", "replace").replace("'''exec'", "").replace('"', "").split()[:1]
        _ = third
    if words and Path(words[0]).name == "env":
        rest = words[2:] if words[1:2] == ["-S"] else words[1:]
        words = [shutil.which(rest[0]) or rest[0], *rest[1:]] if rest else []
    return words if words and _PYTHON.match(Path(words[0]).name) else None


def _is_script(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(2) == b"#!"


def _options(arguments: Sequence[str]) -> list[str]:
    options: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        cluster = argument.startswith("-") and not argument.startswith("--")
        if not argument.startswith("-") or argument == "-" or (cluster and set(argument) & set("cm")):
            # What comes with -c or -m is the program; options in the same word are kept.
            kept = argument.rstrip("cm") if cluster else ""
            options += [kept] if len(kept) > 1 else []
            break
        options.append(argument)
        if argument in _WITH_VALUE:
            options.append(next(rest, ""))
    return options


def instrumented_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment that `opentelemetry-instrument` gives to the command: its folder first in PYTHONPATH."""
    from opentelemetry.instrumentation import auto_instrumentation  # noqa: PLC0415  # only the two commands that try

    folder = str(Path(auto_instrumentation.__file__).parent)
    rest = [part for part in environ.get("PYTHONPATH", "").split(os.pathsep) if part and part != folder]
    return {**environ, "PYTHONPATH": os.pathsep.join([folder, str(Path.cwd()), *rest])}


def probe(python: Sequence[str], environ: Mapping[str, str], *, load_mcp: bool = False) -> Reach:
    """Start the interpreter as the command would be started, and ask whether we are there."""
    arguments = [*python, "-c", _PROBE, *(["--import"] if load_mcp else [])]
    try:
        done = subprocess.run(  # noqa: S603  # the command is the user's own
            arguments,
            env=dict(environ),
            # Not ours: it carries the protocol, and its first message belongs to the command.
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout.strip().rpartition("\n")[2])
    except (OSError, subprocess.TimeoutExpired, ValueError) as exc:
        return Reach(False, trouble=f"{python[0]} could not be tried ({type(exc).__name__})")
    return Reach(
        reached=answer["reached"],
        python=answer["python"],
        executable=answer["executable"],
        versions=answer["versions"],
        hooks=answer["hooks"],
        trouble=done.stderr.strip(),
    )
