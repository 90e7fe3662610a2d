"""Verifier keys, written by the words of c2sp.org/signed-note."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def private_key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed.ljust(32, b"."))


def vkey(name: str, seed: bytes, kind: int) -> str:
    raw = bytes([kind]) + private_key(seed).public_key().public_bytes_raw()
    key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    return f"{name}+{key_id.hex()}+{base64.b64encode(raw).decode()}"


def log_vkey(seed: bytes, name: str = "log.example/git") -> str:
    return vkey(name, seed, 1)


def witness_vkey(name: str, seed: bytes, kind: int = 4) -> str:
    return vkey(name, seed, kind)
