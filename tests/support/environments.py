"""Real environments, made once and kept in `.cache/`: third-party servers with this package, the MCP Inspector, and
programs in Go.

The third-party part is keyed by its pinned requirements. This package is installed into it from the working tree, not
editable, and compared with the sources file by file: a test can never run against an older copy of the code.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["REPOSITORY", "Environment", "bare_environment", "go_program", "inspector", "litewitness", "sdk", "servers"]

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / ".cache"
SERVERS = ("mcp-server-git==2026.10.19", "mcp-server-time==2026.10.19")
INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"
_SECONDS = 900


@dataclass(frozen=True)
class Environment:
    """A virtual environment on disk."""

    path: Path

    @property
    def python(self) -> str:
        return str(self.path / "bin" / "python")

    def script(self, name: str) -> str:
        found = self.path / "bin" / name
        assert found.exists(), f"{found} is not installed"
        return str(found)


def servers() -> Environment:
    """The third-party servers, this package with its extra `mcp`, and nothing editable."""
    return _installed("servers", SERVERS)


def sdk(*requirements: str) -> Environment:
    """The SDK as `requirements` pin it, and this package as above."""
    return _installed("sdk", requirements)


def _installed(name: str, pins: Iterable[str]) -> Environment:
    requirements = [*pins, *_own_requirements()]
    place = CACHE / "environments" / f"{name}-{_key(requirements)}"
    with _locked(place):
        if not (place / ".ready").exists():
            shutil.rmtree(place, ignore_errors=True)
            _make(place)
            _install(place, requirements)
            (place / ".ready").touch()
        if not _is_current(place):
            project = (REPOSITORY / "pyproject.toml").read_bytes()
            _install(place, ["--no-deps", "--reinstall" if _uv() else "--force-reinstall", str(REPOSITORY)])
            (place / ".pyproject").write_bytes(project)
            assert _is_current(place), f"{place} still holds another otel_mcp than the working tree"
    return Environment(place)


def bare_environment(place: Path) -> Environment:
    """A Python that has nothing installed."""
    _make(place, pip=False)
    return Environment(place)


def inspector() -> str:
    """The command of the MCP Inspector."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        _missing("npm or node is not installed")
    place = CACHE / "npm" / _key([INSPECTOR])
    command = place / "node_modules" / ".bin" / "mcp-inspector"
    with _locked(place):
        if not command.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            _run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(place), INSPECTOR])
    return str(command)


def litewitness() -> str:
    """The witness of torchwood (Go), and what it needs to run."""
    for tool in ("ssh-agent", "ssh-add"):
        if shutil.which(tool) is None:
            _missing(f"{tool} is not installed")
    return go_program(REPOSITORY / "tests" / "interop" / "litewitness", "filippo.io/torchwood/cmd/litewitness")


def go_program(source: Path, package: str = ".") -> str:
    """The program `package` of the Go module in `source`, built. Where there is no Go, or too old a one: a skip."""
    if shutil.which("go") is None:
        pytest.skip("go is not installed")
    version = subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout.split()[2]
    wanted = re.search(r"^go (\S+)$", (source / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    assert wanted is not None, f"{source}: go.mod names no version of Go"
    if _numbers(version) < _numbers(wanted[1]):
        pytest.skip(f"{source.name} needs Go {wanted[1]}, and this is {version}")
    texts = [path.read_text(encoding="utf-8") for path in sorted(source.iterdir()) if path.is_file()]
    place = CACHE / "go"
    program = place / "programs" / f"{source.name}-{_key([version, *texts])}"
    with _locked(place):
        if not program.exists():
            environ = {
                "GOPATH": str(place),
                "GOCACHE": str(place / "build"),
                # Nothing but what go.sum vouches for; no other Go; and a cache that `make clean` can remove.
                "GOFLAGS": "-mod=readonly -modcacherw -buildvcs=false",
                "GOTOOLCHAIN": "local",
                "CGO_ENABLED": "0",
            }
            _run(["go", "build", "-o", str(program), package], cwd=source, more=environ)
    return str(program)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)][:2]


def _own_requirements() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["mcp"]]


def _key(parts: list[str]) -> str:
    text = "\n".join([*parts, sys.version, str(REPOSITORY)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_current(place: Path) -> bool:
    """Whether the installed copy is the working tree's, pyproject.toml included."""
    found = list(place.glob("lib/python*/site-packages/otel_mcp"))
    stamp = place / ".pyproject"
    if not found or not stamp.exists():
        return False
    same_project = stamp.read_bytes() == (REPOSITORY / "pyproject.toml").read_bytes()
    return same_project and _digest(found[0]) == _digest(REPOSITORY / "otel_mcp")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _uv() -> str | None:
    if importlib.util.find_spec("uv") is not None:
        import uv

        return str(uv.find_uv_bin())
    return shutil.which("uv")


def _make(place: Path, *, pip: bool = True) -> None:
    if (uv := _uv()) is not None:
        _run([uv, "venv", "--quiet", "--python", sys.executable, str(place)])
    else:
        _run([sys.executable, "-m", "venv", *([] if pip else ["--without-pip"]), str(place)])


def _install(place: Path, arguments: list[str]) -> None:
    python = str(place / "bin" / "python")
    if (uv := _uv()) is not None:
        _run([uv, "pip", "install", "--quiet", "--python", python, *arguments])
    else:
        _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments])


def _run(command: list[str], *, cwd: Path = REPOSITORY, more: dict[str, str] | None = None) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environ |= more or {}
    try:
        done = subprocess.run(
            command, env=environ, capture_output=True, text=True, timeout=_SECONDS, check=False, cwd=cwd
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        _missing(f"{command[0]} could not run ({type(exc).__name__})")
    if done.returncode != 0:
        _missing(f"{' '.join(command[:3])} … failed: {done.stderr.strip()[-2000:]}")


def _missing(reason: str) -> NoReturn:
    """On continuous integration a test that cannot run has failed; on a laptop without network it is skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
