"""Cosignatures of C2SP tlog-cosignature (c2sp.org/tlog-cosignature): Ed25519 with a time (type 0x04).

```text
cosignature/v1                          <- what a witness signs: this line,
time 1679315147                         <- when, in seconds since 1970,
example.com/behind-the-sofa             <- and the text of the checkpoint
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
```
It says: at that time this was the largest tree of the log that the witness had seen, and it continued the earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog.note import Signature, check_key_name, format_vkey, key_id, parse_note, parse_vkey

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Cosignature", "CosignatureVerifier", "cosigned_message", "open_cosignatures"]

_TYPE = 4
_KEY_SIZE = 32
_TIME_SIZE = 8
_SIGNATURE_SIZE = 64
_MAX_TIME = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A time and an Ed25519 signature, checked or not."""

    name: str
    key_id: bytes
    time: int
    """Seconds since 1970."""
    signature: bytes

    @classmethod
    def parse(cls, line: Signature) -> Cosignature:
        """Read the signature line of a witness; `to_line` gives the same line back."""
        raw = line.signature
        if len(raw) != _TIME_SIZE + _SIGNATURE_SIZE:
            expected = _TIME_SIZE + _SIGNATURE_SIZE
            raise MalformedError(f"cosignature of {line.name}: expected {expected} bytes, got {len(raw)}")
        time = int.from_bytes(raw[:_TIME_SIZE], "big")
        if not 0 < time <= _MAX_TIME:
            raise MalformedError(f"cosignature of {line.name}: {time} is no time")
        return cls(line.name, line.key_id, time, raw[_TIME_SIZE:])

    def to_line(self) -> Signature:
        """The signature line of a note."""
        return Signature(self.name, self.key_id, self.time.to_bytes(_TIME_SIZE, "big") + self.signature)


@dataclass(frozen=True, slots=True)
class CosignatureVerifier:
    """A witness's name and the public key that is trusted for it; its text form is `name+hexid+base64`."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public_key) != _KEY_SIZE:
            raise MalformedError(f"verifier key {self.name}: expected {_KEY_SIZE} bytes, got {len(self.public_key)}")

    @classmethod
    def parse(cls, text: str) -> CosignatureVerifier:
        """Read `name+hexid+base64(0x04 ‖ public key)`."""
        return cls(*parse_vkey(text, _TYPE, what="cosignature with Ed25519"))

    def __str__(self) -> str:
        return format_vkey(self.name, self.public_key, _TYPE)

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand in front of each cosignature of this key."""
        return key_id(self.name, self.public_key, _TYPE)

    def check(self, text: str, cosignature: Cosignature) -> None:
        """Raise unless `cosignature` is this witness's, over the checkpoint `text`."""
        message = cosigned_message(text, cosignature.time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(cosignature.signature, message)
        except (InvalidSignature, ValueError):
            raise VerificationError("A07", f"the cosignature of {self.name} does not match the checkpoint") from None


def cosigned_message(text: str, time: int) -> bytes:
    """The bytes that a witness signs for the checkpoint `text` at `time`, in seconds since 1970."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def open_cosignatures(data: bytes | str, verifiers: Sequence[CosignatureVerifier]) -> list[Cosignature]:
    """The cosignatures of a note that were checked, in its order; those of unknown keys are left out.

    Raises:
        MalformedError: it is no note, or one known witness signed twice.
        VerificationError: a known witness's cosignature is wrong, or no known witness cosigned.
    """
    note = parse_note(data)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    checked: dict[tuple[str, bytes], Cosignature] = {}
    for line in note.signatures:
        key = (line.name, line.key_id)
        verifier = known.get(key)
        if verifier is None:
            continue
        if key in checked:
            raise MalformedError(f"note: {line.name} cosigned more than once")
        cosignature = Cosignature.parse(line)
        verifier.check(note.text, cosignature)
        checked[key] = cosignature
    if not checked:
        claimed = ", ".join(f"{line.name}+{line.key_id.hex()}" for line in note.signatures)
        raise VerificationError("A07", f"not cosigned by a known witness; it claims {claimed}")
    return list(checked.values())
