"""A witness of other authors: litewitness of torchwood, with its key in a real SSH agent."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from otel_mcp.tlog import CosignatureVerifier
from otel_mcp.tlog.tree import EMPTY_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Litewitness", "running_litewitness"]

_NAME = "witness.example/x1"
_SECONDS = 30


@dataclass(frozen=True)
class Litewitness:
    """Its address, its key, and the database that holds the logs it accepts."""

    url: str
    verifier: CosignatureVerifier
    database: Path

    def add_log(self, origin: str, vkey: str) -> None:
        """What `witnessctl add-log` and `add-key` do; that command needs more modules than the witness itself."""
        empty = base64.b64encode(EMPTY_ROOT).decode()
        with contextlib.closing(sqlite3.connect(self.database, timeout=_SECONDS)) as connection, connection:
            connection.execute("INSERT INTO log VALUES (?, 0, ?)", (origin, empty))
            connection.execute("INSERT INTO key VALUES (?, ?)", (origin, vkey))

    def page(self) -> str:
        """What it shows of itself."""
        with urllib.request.urlopen(f"{self.url}/", timeout=_SECONDS) as response:
            return response.read().decode()


@contextlib.contextmanager
def running_litewitness(program: str) -> Iterator[Litewitness]:
    """A witness that knows no log yet."""
    with contextlib.ExitStack() as stack:
        # Not pytest's folder: the path of a socket may have 107 bytes.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="witness-")))
        agent = str(folder / "agent")
        stack.enter_context(_program(["ssh-agent", "-D", "-a", agent], folder))
        _wait(lambda: Path(agent).exists())
        private = Ed25519PrivateKey.generate()
        _add(private, folder / "key", agent)
        public = private.public_key()
        blob = base64.b64decode(
            public.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).split()[1]
        )
        fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
        port = _free_port()
        options = {"name": _NAME, "key": fingerprint, "ssh-agent": agent, "db": "db", "listen": f"127.0.0.1:{port}"}
        command = [program, *(f"-{name}={value}" for name, value in options.items())]
        stack.enter_context(_program(command, folder))
        _wait(lambda: _listens(port))
        verifier = CosignatureVerifier(_NAME, public.public_bytes_raw())
        yield Litewitness(f"http://127.0.0.1:{port}", verifier, folder / "db")


def _add(private: Ed25519PrivateKey, path: Path, agent: str) -> None:
    form = serialization.PrivateFormat.OpenSSH
    path.touch(mode=0o600)
    path.write_bytes(private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    environ = {**os.environ, "SSH_AUTH_SOCK": agent}
    subprocess.run(["ssh-add", path], env=environ, check=True, capture_output=True, timeout=_SECONDS)


@contextlib.contextmanager
def _program(command: list[str], folder: Path) -> Iterator[None]:
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    with (folder / f"{Path(command[0]).name}.err").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=err)
        try:
            yield
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _wait(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SECONDS
    while not ready():
        assert time.monotonic() < deadline, "it did not start"
        time.sleep(0.02)
