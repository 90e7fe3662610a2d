"""A signing key that only a command can use: hardware, a service of the cloud, an agent.

```text
COMMAND public                    prints the public key: base64 of its 32 bytes, or PEM
COMMAND sign < message            prints the signature: base64 of its 64 bytes
```
"""

from __future__ import annotations

import base64
import binascii
import shlex
import subprocess
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from otel_mcp.errors import AuditUnavailable, ConfigError

__all__ = ["CommandKey"]

_SECONDS: Final = 10.0
_KEY_SIZE: Final = 32


class CommandKey:
    """An Ed25519 private key behind a command."""

    __slots__ = ("_verifier", "_words", "public_key")

    def __init__(self, command: str, named: str) -> None:
        """Ask the command for its public key; `named` is what messages call it.

        Raises:
            ConfigError: there is no such command, or it gives no Ed25519 key.
        """
        try:
            self._words = shlex.split(command)
        except ValueError as error:
            raise ConfigError(f"{named}: not a command line: {str(error).lower()}") from None
        if not self._words:
            raise ConfigError(f"{named}: names no command")
        try:
            self.public_key = _public_key(self._run("public", b""))
        except AuditUnavailable as error:
            raise ConfigError(f"{named}: {error}") from None
        self._verifier = Ed25519PublicKey.from_public_bytes(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message`.

        Raises:
            AuditUnavailable: the command fails, takes too long, or gives something else.
        """
        answer = _decoded(self._run("sign", message))
        try:
            # What is wrong here would only be found by somebody who verifies, when it is too late.
            self._verifier.verify(answer, message)
        except (InvalidSignature, ValueError):
            raise AuditUnavailable(f"{self._words[0]}: its signature does not fit its public key") from None
        return answer

    def _run(self, verb: str, data: bytes) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the operator's command, without a shell
                [*self._words, verb], input=data, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise AuditUnavailable(f"{self._words[0]} {verb}: no answer within {_SECONDS:g} s") from None
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise AuditUnavailable(f"{self._words[0]}: cannot be run: {reason}") from None
        if done.returncode:
            # What it said is not repeated: a script that traces itself says its PIN.
            raise AuditUnavailable(
                f"{self._words[0]} {verb}: exit status {done.returncode} (run it by hand to see why)"
            )
        return done.stdout


def _public_key(answer: bytes) -> bytes:
    if b"-----BEGIN" in answer:
        try:
            key = serialization.load_pem_public_key(answer)
        except (ValueError, UnsupportedAlgorithm):
            raise AuditUnavailable("the command `public` printed no public key in PEM") from None
        if not isinstance(key, Ed25519PublicKey):
            raise AuditUnavailable("the command `public` printed a key that is not Ed25519")
        return key.public_bytes_raw()
    raw = _decoded(answer)
    if len(raw) != _KEY_SIZE:
        raise AuditUnavailable(f"the command `public` printed {len(raw)} bytes in base64, expected {_KEY_SIZE}")
    return raw


def _decoded(answer: bytes) -> bytes:
    try:
        return base64.b64decode(answer.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise AuditUnavailable("the command printed no base64") from None
