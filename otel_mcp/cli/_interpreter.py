"""Does our instrumentation reach the Python that will run a command? Answered by trying, not by guessing."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otel_mcp import _version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["LAUNCHER", "Reach", "instrumented_environment", "probe", "too_old", "why_not_reached"]

LAUNCHER: Final = ("-c", "from opentelemetry.instrumentation.auto_instrumentation import run; run()")
"""Arguments of Python that do what the script `opentelemetry-instrument` does, wherever scripts are."""

_PROBE_SECONDS: Final = 60

_PROBE: Final = """
import json, os, sys
from importlib import metadata
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
module = sys.modules.get("otel_mcp.instrumentation")
reached = module is not None and module.MCPInstrumentor().is_instrumented_by_opentelemetry
hooks, reason = [], ""
if reached and sys.argv[1] == "import":
    # A file of settings may ask for the trail whatever the environment says, and a trial changes nothing.
    module._Session._open_audit, module.refuse_start = lambda session: (None, "not opened"), module.say
    try: import mcp
    except ImportError: pass
    hooks = module.MCPInstrumentor().hooks
elif not reached and version("otel-mcp-audit"):
    # The loader says nothing of an instrumentation that lacks a module: do what it does, and see.
    try:
        from otel_mcp.instrumentation import MCPInstrumentor
        MCPInstrumentor().instrument(skip_dep_check=True)
    except Exception as exc: reason = f"{type(exc).__name__}: {exc}"
sys.stdout.write("\\n" + json.dumps({
    "python": sys.version.split()[0], "executable": sys.executable, "reached": bool(reached), "hooks": hooks,
    "reason": reason,
    "versions": {
        name: version(name)
        for name in sys.argv[2:]
    },
    "instrumentors": [
        (entry.name, entry.dist.name if entry.dist else "")
        for entry in metadata.entry_points(group="opentelemetry_instrumentor")
    ],
}))
sys.stdout.flush()
sys.stderr.flush()
os._exit(0)  # the SDK would send what it has at exit, and nobody asked for that
"""
_SHOWN: Final = ("otel-mcp-audit", "mcp", "fastmcp", "opentelemetry-sdk", "opentelemetry-distro")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a trial of the interpreter told. `python` is empty where it could not be tried: `trouble` says why.

    Else `trouble` holds what it wrote to stderr, and `reason` what kept our instrumentation from loading;
    `instrumentors` are names and distributions in the order in which the loader takes them.
    """

    reached: bool
    python: str = ""
    executable: str = ""
    versions: Mapping[str, str | None] | None = None
    hooks: Sequence[str] = ()
    trouble: str = ""
    reason: str = ""
    instrumentors: Sequence[tuple[str, str]] = ()

    @property
    def shown(self) -> str:
        """Names and versions of what the program stands on."""
        versions = self.versions or {}
        return ", ".join(f"{name} {versions[name]}" for name in _SHOWN if versions.get(name))


def instrumented_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment that `opentelemetry-instrument` gives to the command: its folder first in PYTHONPATH."""
    folder = _loader_folder()
    rest = [part for part in environ.get("PYTHONPATH", "").split(os.pathsep) if part and part != folder]
    return {**environ, "PYTHONPATH": os.pathsep.join([folder, str(Path.cwd()), *rest])}


def _loader_folder() -> str:
    from opentelemetry.instrumentation import auto_instrumentation  # noqa: PLC0415  # only the two commands that try

    return str(Path(auto_instrumentation.__file__).parent)


def probe(
    python: Sequence[str], environ: Mapping[str, str], *, load_mcp: bool = False, names: Iterable[str] = ()
) -> Reach:
    """Start the interpreter as the command would be started, and ask whether we are there, and which versions of what.

    `names` are distributions to ask for besides those that always matter.
    """
    arguments = [*python, "-c", _PROBE, "import" if load_mcp else "", *_SHOWN, *names]
    try:
        done = subprocess.run(  # noqa: S603  # the command is the user's own
            arguments,
            env=dict(environ),
            # Not ours: it carries the protocol, and its first message belongs to the command.
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        return Reach(False, trouble=f"{python[0]} could not be tried ({type(exc).__name__})")
    try:
        answer = json.loads(done.stdout.strip().rpartition("\n")[2])
    except ValueError:
        last = done.stderr.strip().rpartition("\n")[2]
        return Reach(False, trouble=f"{python[0]} ended with status {done.returncode} when it was tried: {last}")
    return Reach(
        reached=answer["reached"],
        python=answer["python"],
        executable=answer["executable"],
        versions=answer["versions"],
        hooks=answer["hooks"],
        trouble=done.stderr.strip(),
        reason=answer["reason"],
        instrumentors=[(name, distribution) for name, distribution in answer["instrumentors"]],
    )


def too_old(reach: Reach) -> str | None:
    """A sentence where the SDK there is one that this version does not record."""
    return _version.too_old((reach.versions or {}).get("mcp"))


def why_not_reached(python: Sequence[str], reach: Reach, environ: Mapping[str, str]) -> tuple[str, str]:
    """Reason and cure, for an interpreter that was tried with `environ`."""
    if not reach.python:
        return reach.trouble, f"`otel-mcp doctor -- {python[0]}` shows the whole of it"
    if any(_isolates(option) for option in python[1:]):
        return "options -I, -E and -S keep Python from loading it", "leave them out"
    if _loader_folder() not in environ.get("PYTHONPATH", "").split(os.pathsep):
        return "the command takes the loader out of PYTHONPATH", "leave PYTHONPATH as it is"
    versions = reach.versions or {}
    if not versions.get("otel-mcp-audit"):
        return f"{python[0]} has no otel-mcp-audit", "install otel-mcp-audit[mcp] there"
    if not versions.get("mcp") and not versions.get("fastmcp"):
        return "mcp is not installed there", "pip install 'otel-mcp-audit[mcp]'"
    last = reach.reason or reach.trouble.rpartition("\n")[2]
    return last or "the loader gave no reason", f"OTEL_LOG_LEVEL=debug opentelemetry-instrument {python[0]} -c '' tells"


def _isolates(option: str) -> bool:
    return option.startswith("-") and not option.startswith(("--", "-W", "-X")) and bool(set(option) & set("IES"))
