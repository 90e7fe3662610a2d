"""Seals: what a log says of a file when it begins the next one, and the keys that say it once and are destroyed.

```text
otel-mcp/seal/v1                              <- no checkpoint begins so
host/otel-mcp/weather/0a1b2c3d4e5f6071        <- origin
0                                             <- first entry of the file
4711                                          <- number of entries of the log up to its end
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=  <- root there
Wb1DvDSV1kC2rQLNTNEsIhhCdRO2tKZ0ubSDmHCUkWg=  <- public seal key of this file
AAIEBggKDA4QEhQWGBocHiAiJCYoKiwuMDI0Njg6PD4=  <- and of the next one
```
A note of C2SP signed-note, signed by the log's key and by the file's own seal key. Whoever steals the log's key later
cannot seal old files again: their seal keys are gone, each is named in the seal before it, and the first in the origin.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from otel_mcp.audit.keys import LocalKey
from otel_mcp.audit.paths import sync_directory, write_private
from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog import Signer, Verifier, open_note, parse_note, sign_note, split_notes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "SEALS_NAME",
    "Seal",
    "SealKeys",
    "log_id",
    "open_seal",
    "read_seals",
    "sign_seal",
    "write_seals",
]

SEALS_NAME = "seals"
"""The file of all seals of a log, from its first file on: they outlive the files that are pruned."""

_HEADER = "otel-mcp/seal/v1"
_LINES = 7
_KEY_SIZE = 32
_NONCE_SIZE = 12
_MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Seal:
    """What is sealed: entries `start` to `size` - 1, under the root of the whole log at `size`."""

    origin: str
    start: int
    size: int
    root: bytes
    key: bytes
    """Raw public key, 32 bytes, whose signature stands beside the log's."""
    next_key: bytes

    @classmethod
    def parse(cls, text: str) -> Seal:
        """Read the text of a seal; anything that `str` would not write is refused.

        Raises:
            MalformedError: it is no seal.
        """
        lines = text.split("\n")
        if len(lines) != _LINES + 1 or lines[0] != _HEADER:
            raise MalformedError("seal: not the text of a seal")
        try:
            start, size = int(lines[2]), int(lines[3])
            hashes = [base64.b64decode(line, validate=True) for line in lines[4:-1]]
        except (ValueError, binascii.Error):
            raise MalformedError("seal: expected two sizes and the base64 of a root and two keys") from None
        seal = cls(lines[1], start, size, *hashes)
        if str(seal) != text or not 0 <= start < size <= _MAX_SIZE or {*map(len, hashes)} != {_KEY_SIZE}:
            raise MalformedError("seal: not in canonical form")
        return seal

    def __str__(self) -> str:
        hashes = "".join(f"{_b64(value)}\n" for value in (self.root, self.key, self.next_key))
        return f"{_HEADER}\n{self.origin}\n{self.start}\n{self.size}\n{hashes}"


def log_id(seal_key: bytes) -> str:
    """The last part of an origin: it names the first seal key, so that a pin of the log pins the chain of its seals."""
    return hashlib.sha256(b"otel-mcp/log-id/v1\0" + seal_key).hexdigest()[:16]


def open_seal(note: str, log: Verifier | None) -> Seal:
    """The seal in a note that both the log and the seal key named in it have signed.

    Without `log` the seal key alone is asked, which another seal or the log's name must vouch for.

    Raises:
        MalformedError: it is no seal.
        VerificationError: a signature is missing or wrong.
    """
    seal = Seal.parse(parse_note(note).text)
    verifiers = [Verifier(f"{seal.origin}/seal", seal.key), *([] if log is None else [log])]
    signed = {signature.name for signature in open_note(note, verifiers).signatures}
    if (log is not None and seal.origin != log.name) or len(signed) != len(verifiers):
        raise VerificationError("A13", f"the seal of entries {seal.start}..{seal.size - 1} lacks a signature")
    return seal


def sign_seal(seal: Seal, log: Signer, key: LocalKey) -> str:
    """The note of a seal, with the log's signature and the seal key's."""
    return sign_note(str(seal), [log, Signer(f"{seal.origin}/seal", key)])


def read_seals(directory: Path) -> list[str]:
    """The notes in the log's file of seals, oldest first, unchecked; none if there is no file.

    Raises:
        MalformedError: the file holds something else.
        OSError: it cannot be read.
    """
    try:
        data = (directory / SEALS_NAME).read_bytes()
    except FileNotFoundError:
        return []
    try:
        text = data.decode()
    except UnicodeError:
        raise MalformedError("seals: not UTF-8") from None
    notes = split_notes(text)
    for note in notes:
        Seal.parse(parse_note(note).text)
    return notes


def write_seals(directory: Path, note: str) -> None:
    """Add the note of a seal to the file, unless it is there already."""
    notes = read_seals(directory)
    if note not in notes:
        write_private(directory / SEALS_NAME, "".join([*notes, note]).encode(), sync=True)


class SealKeys:
    """The private seal keys of a log: one file a key in the log's folder, encrypted under the index key.

    They stand beside the log because they live and end with its files; without the log's keys they are no use.
    """

    def __init__(self, directory: Path, index_key: bytes) -> None:
        self._directory = directory
        self._cipher = AESGCM(HKDF(SHA256(), _KEY_SIZE, salt=None, info=b"otel-mcp/seal-key/v1").derive(index_key))

    def create(self, start: int) -> bytes:
        """Make the key of the file that begins at entry `start`; gives its public key."""
        private = Ed25519PrivateKey.generate()
        nonce = os.urandom(_NONCE_SIZE)
        sealed = self._cipher.encrypt(nonce, private.private_bytes_raw(), _label(start))
        write_private(self._path(start), nonce + sealed, sync=True)
        return private.public_key().public_bytes_raw()

    def load(self, start: int) -> LocalKey | None:
        """The key of the file that begins at `start`; None if it was destroyed, damaged or lost."""
        try:
            data = self._path(start).read_bytes()
            seed = self._cipher.decrypt(data[:_NONCE_SIZE], data[_NONCE_SIZE:], _label(start))
            return LocalKey(Ed25519PrivateKey.from_private_bytes(seed))
        except (OSError, InvalidTag, ValueError):
            return None

    def destroy_all_but(self, start: int) -> None:
        """Overwrite and remove every key but that of the file that begins at `start`."""
        for path in self._directory.glob("seal-*.key"):
            if path != self._path(start):
                _shred(path)

    def _path(self, start: int) -> Path:
        return self._directory / f"seal-{start:012}.key"


def _shred(path: Path) -> None:
    # What a copying file system or a solid-state disk keeps of the old bytes is beyond a program's reach.
    with contextlib.suppress(OSError):
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_directory(path.parent)


def _label(start: int) -> bytes:
    return b"otel-mcp/seal-key/v1\0%d" % start


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
