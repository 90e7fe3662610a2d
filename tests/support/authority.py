"""A time-stamp authority of RFC 3161: openssl makes the tokens, a small loopback server carries them."""

from __future__ import annotations

import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Authority", "running_authority"]

_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[plain]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


@dataclass
class Authority:
    """Its address, its root certificate, and what it was asked."""

    folder: Path
    url: str = ""
    queries: list[bytes] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, query: bytes) -> bytes:
        with self._lock:  # openssl keeps its serial number in a file
            self.queries.append(query)
            (self.folder / "query").write_bytes(query)
            self.openssl(
                "ts -reply -config openssl.cnf -section authority -queryfile query "
                "-signer stamp.pem -inkey stamp.key -out reply"
            )
            return (self.folder / "reply").read_bytes()

    def openssl(self, command: str) -> None:
        done = subprocess.run(
            ["openssl", *command.split()], cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr


def make_authority(folder: Path, name: str) -> Authority:
    """A root and a certificate for time stamps under it."""
    folder.mkdir()
    (folder / "openssl.cnf").write_text(_CONFIG, encoding="utf-8")
    authority = Authority(folder)
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config openssl.cnf"
    authority.openssl(f"req -x509 {key} -keyout root.key -out root.pem -subj /CN={name}-root -days 30 -extensions root")
    authority.openssl(f"req -new {key} -keyout stamp.key -out stamp.csr -subj /CN={name}")
    authority.openssl(
        "x509 -req -in stamp.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 "
        "-out stamp.pem -extfile openssl.cnf -extensions stamp"
    )
    return authority


@contextmanager
def running_authority(folder: Path, name: str) -> Iterator[Authority]:
    """An authority that answers on a loopback port."""
    authority = make_authority(folder, name)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reply = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
        yield authority
        server.shutdown()
