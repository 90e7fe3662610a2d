"""Who is attacked: each tool in an environment and processes of its own, which know nothing of this project."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "tampering"
ADAPTERS = Path(__file__).parent / "adapters"
SECONDS = 60.0


class ToolError(Exception):
    """The tool could not be driven; the text is for the page."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A column of the table."""

    name: str
    adapter: str
    requirement: str = ""
    """What pip installs, pinned; nothing for what runs in our own environment."""
    arguments: tuple[str, ...] = ()


TOOLS = (
    Tool("ours", "drive_ours.py", arguments=("here",)),
    Tool("ours (key alone)", "drive_ours.py", arguments=("key",)),
    Tool("ours + one witnessed checkpoint", "drive_ours.py", arguments=("witness",)),
    Tool("tutorial", "drive_seed.py"),
    Tool("aat-mcp", "drive_aat.py", "aat-mcp==0.1.0"),
    Tool("custos-mcp", "drive_custos.py", "custos-mcp==0.4.2"),
    Tool("aegis-sandbox", "drive_aegis.py", "aegis-sandbox==0.9.0"),
    Tool("agent-sudo-mcp", "drive_sudo.py", "agent-sudo-mcp==0.5.6"),
    Tool("bawbel-gate", "drive_bawbel.py", "bawbel-gate==0.1.0"),
    Tool("bijotel", "drive_bijotel.py", "bijotel==2.17.0"),
    Tool("attestroot", "drive_attestroot.py", "attestroot==0.2.0"),
    Tool("auditchain", "drive_auditchain.py", "auditchain[ed25519]==0.3.0"),
    Tool("noirebox", "drive_noirebox.py", "noirebox==0.24.0"),
)


def interpreter(tool: Tool) -> str:
    """The Python of the tool's environment, which is made on first use.

    Raises:
        ToolError: it cannot be installed.
    """
    if not tool.requirement:
        return sys.executable
    place = CACHE / tool.requirement.replace("==", "-").replace("[", "-").replace("]", "")
    python, done = place / "bin" / "python", place / "installed"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        uv = shutil.which("uv")
        make = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        add = (
            [uv, "pip", "install", "--quiet", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
        )
        for command in ([*make, str(place)], [*add, tool.requirement]):
            try:
                ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
            except subprocess.TimeoutExpired:
                raise ToolError("cannot be installed within five minutes") from None
            if ran.returncode:
                raise ToolError(f"cannot be installed: {(ran.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        done.touch()
    return str(python)


def environment(folder: Path) -> dict[str, str]:
    """Nothing of ours or of the user's: a home below `folder`."""
    home = folder / "home"
    names = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_STATE_HOME": home / "state"}
    names |= {"XDG_DATA_HOME": home / "data", "XDG_CACHE_HOME": home / "cache"}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **{name: str(path) for name, path in names.items()}}


class Process:
    """An adapter at work on the log below `folder`, in a process group of its own."""

    def __init__(self, tool: Tool, python: str, folder: Path, *, clock: bool = False) -> None:
        first = [str(ADAPTERS / "clock.py")] if clock else []
        command = [python, *first, str(ADAPTERS / tool.adapter), str(folder), *tool.arguments]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder.parent,
            env=environment(folder),
            start_new_session=True,
        )
        self._rest = b""

    def send(self, verb: str, **request: Any) -> None:
        assert self._process.stdin is not None, "made with a pipe"
        try:
            self._process.stdin.write(json.dumps({"verb": verb, **request}).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._fail()

    def receive(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The next line that the adapter wrote.

        Raises:
            ToolError: it ended, or took too long; it is dead then.
        """
        while b"\n" not in self._rest:
            self._read(seconds)
        line, _, self._rest = self._rest.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, verb: str, seconds: float = SECONDS, **request: Any) -> Any:
        """The answer to one request; what the adapter wrote before that is passed over."""
        self.send(verb, **request)
        while True:
            found = self.receive(seconds)
            if "error" in found:
                raise ToolError(found["error"])
            if "answer" in found:
                return found["answer"]

    def kill(self) -> list[dict[str, Any]]:
        """Kill it at once, with what it is doing; whole lines that it wrote before are returned."""
        self.end()
        assert self._process.stdout is not None, "made with a pipe"
        lines = (self._rest + self._process.stdout.read()).split(b"\n")[:-1]
        return [json.loads(line) for line in lines]

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def __enter__(self) -> Process:  # noqa: PYI034  no Self before Python 3.11
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, and give back its pipes."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None, "made with pipes"
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _read(self, seconds: float) -> None:
        assert self._process.stdout is not None, "made with a pipe"
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not ready:
            self.end()
            raise ToolError(f"no answer within {seconds:.0f} s")
        data = os.read(self._process.stdout.fileno(), 65536)
        if not data:
            self._fail()
        self._rest += data

    def _fail(self) -> None:
        self.end()
        assert self._process.stderr is not None, "made with a pipe"
        said = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        raise ToolError(f"the adapter ended: {said[-1] if said else 'without a word'}")
