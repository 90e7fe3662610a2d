"""Signed notes of C2SP signed-note (c2sp.org/signed-note), with Ed25519 keys (type 0x01).

```text
This is the text.
                                        <- empty line
— example.com/log Uw2QOk…aQM=           <- em dash, space, key name, space, base64(key id ‖ signature)
```
One value has one encoding: what was read is formatted again and compared.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from otel_mcp.errors import MalformedError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Note",
    "Signature",
    "Signer",
    "SigningKey",
    "Verifier",
    "check_key_name",
    "decode_base64",
    "decode_text",
    "format_note",
    "format_vkey",
    "key_id",
    "open_note",
    "parse_note",
    "parse_vkey",
    "sign_note",
    "split_notes",
]

_ED25519 = 1
_KEY_ID_SIZE = 4
_KEY_SIZE = 32
_SIGNATURE_SIZE = 64
_MAX_NOTE_BYTES = 1_000_000
_MAX_SIGNATURES = 100
_VKEY_PARTS = 3
_VKEY_FORM = "the line that `otel-mcp keys show` prints (name+hexid+base64)"
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_SHOWN = 80


class SigningKey(Protocol):
    """An Ed25519 private key, wherever it lives."""

    @property
    def public_key(self) -> bytes:
        """The raw public key, 32 bytes."""

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of `message`."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the key that signs for it."""

    name: str
    key: SigningKey
    _key_id: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        check_key_name(self.name)
        object.__setattr__(self, "_key_id", key_id(self.name, self.key.public_key))

    def sign(self, text: bytes) -> Signature:
        """The signature line of this key under `text`."""
        return Signature(self.name, self._key_id, self.key.sign(text))

    @property
    def verifier(self) -> Verifier:
        """What others need to check this signer's notes."""
        return Verifier(self.name, self.key.public_key)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and the public key that is trusted for it; its text form is `name+hexid+base64`."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public_key) != _KEY_SIZE:
            raise MalformedError(f"verifier key {self.name}: expected {_KEY_SIZE} bytes, got {len(self.public_key)}")

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read `name+hexid+base64(0x01 ‖ public key)`."""
        return cls(*parse_vkey(text, _ED25519, what="Ed25519", form=_VKEY_FORM))

    def __str__(self) -> str:
        return format_vkey(self.name, self.public_key, _ED25519)

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand in front of each signature of this key."""
        return key_id(self.name, self.public_key)

    def check(self, text: bytes, signature: bytes) -> None:
        """Raise unless `signature` is this key's signature of `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text)
        except (InvalidSignature, ValueError):
            raise VerificationError("A07", f"the signature of {self.name} does not match the text") from None


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line, checked or not."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode('ascii')}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]


def key_id(name: str, public_key: bytes, key_type: int = _ED25519) -> bytes:
    """SHA-256(name ‖ 0x0A ‖ key type ‖ public key), first four bytes."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([key_type]) + public_key).digest()[:_KEY_ID_SIZE]


def parse_vkey(text: str, key_type: int, *, what: str, form: str = "name+hexid+base64") -> tuple[str, bytes]:
    """Name and public key of `name+hexid+base64(key type ‖ public key)`; `what` is the type in words."""
    parts = text.split("+", 2)
    if len(parts) != _VKEY_PARTS or not all(parts):
        raise MalformedError(f"verifier key {text[:_SHOWN]!r}: expected {form}")
    name, _, encoded = parts
    raw = decode_base64(encoded, what=f"verifier key {name}")
    if raw[:1] != bytes([key_type]):
        raise MalformedError(f"verifier key {name}: expected key type {key_type} ({what}), got {_shown_type(raw)}")
    check_key_name(name)
    if format_vkey(name, raw[1:], key_type) != text:
        raise MalformedError(f"verifier key {name}: key id or encoding does not match the key")
    return name, raw[1:]


def format_vkey(name: str, public_key: bytes, key_type: int) -> str:
    """The text form of a public key, `name+hexid+base64(key type ‖ public key)`."""
    encoded = base64.b64encode(bytes([key_type]) + public_key).decode("ascii")
    return f"{name}+{key_id(name, public_key, key_type).hex()}+{encoded}"


def check_key_name(name: str) -> None:
    """Raise unless `name` can stand in a signature line: not empty, no space, no plus sign."""
    if not name or "+" in name or any(c.isspace() or c < " " for c in name) or not _is_unicode(name):
        raise MalformedError(f"key name {name!r}: must not be empty and hold no space or plus sign")


def format_note(note: Note) -> str:
    """The text, an empty line, and one line a signature."""
    return note.text + "\n" + "".join(map(str, note.signatures))


def parse_note(data: bytes | str) -> Note:
    """Read a note without checking any signature; `format_note` gives the same bytes back."""
    note_text = decode_text(data, what="note")
    text, separator, block = note_text.rpartition("\n\n")
    lines = block.split("\n")
    if not separator or not block or lines[-1]:
        raise MalformedError("note: expected a text, an empty line and signature lines")
    if len(lines) > _MAX_SIGNATURES + 1:
        raise MalformedError(f"note: more than {_MAX_SIGNATURES} signatures")
    note = Note(text + "\n", tuple(map(_parse_signature, lines[:-1])))
    if format_note(note) != note_text:
        raise MalformedError("note: not in canonical form")
    return note


def sign_note(text: str, signers: Sequence[Signer]) -> str:
    """Sign `text`, which must end in a newline, with each signer."""
    if not text.endswith("\n"):
        raise MalformedError("note: the text must end in a newline")
    message = decode_text(text, what="note").encode()
    return format_note(Note(text, tuple(signer.sign(message) for signer in signers)))


def open_note(data: bytes | str, verifiers: Sequence[Verifier]) -> Note:
    """The note with the signatures that were checked; signatures of unknown keys are left out.

    Raises:
        MalformedError: it is no note, or one known key signed twice.
        VerificationError: a known key's signature is wrong, or no known key signed.
    """
    note = parse_note(data)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    checked: dict[tuple[str, bytes], Signature] = {}
    message = note.text.encode()
    for signature in note.signatures:
        key = (signature.name, signature.key_id)
        verifier = known.get(key)
        if verifier is None:
            continue
        if key in checked:
            raise MalformedError(f"note: {signature.name} signed more than once")
        verifier.check(message, signature.signature)
        checked[key] = signature
    if not checked:
        claimed = ", ".join(f"{s.name}+{s.key_id.hex()}" for s in note.signatures)
        raise VerificationError("A07", f"not signed by a trusted key; it claims key {claimed}")
    return Note(note.text, tuple(checked.values()))


def split_notes(text: str) -> list[str]:
    """The notes that stand one after the other in a text; none is checked.

    A note ends with its signature lines, the only ones that begin with an em dash, and the next text begins after them.
    """
    notes: list[str] = []
    block: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if block and block[-1].startswith("— ") and not line.startswith("— "):
            notes.append("".join(block))
            block = []
        if block or line.strip():
            block.append(line)
    return [*notes, "".join(block)] if block else notes


def _parse_signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—":
        raise MalformedError(f"note: expected a signature line, got {line[:80]!r}")
    check_key_name(name)
    raw = decode_base64(encoded, what="note signature")
    if len(raw) <= _KEY_ID_SIZE:
        raise MalformedError("note signature: too short")
    return Signature(name, raw[:_KEY_ID_SIZE], raw[_KEY_ID_SIZE:])


def decode_text(data: bytes | str, *, what: str) -> str:
    """Text without control characters other than newlines, and of a length that a note may have."""
    if len(data) > _MAX_NOTE_BYTES:
        raise MalformedError(f"{what}: too long")
    try:
        text = data.decode() if isinstance(data, bytes) else data
        text.encode()
    except UnicodeError:
        raise MalformedError(f"{what}: not UTF-8") from None
    if _CONTROL.search(text):
        raise MalformedError(f"{what}: holds a control character")
    return text


def decode_base64(text: str, *, what: str) -> bytes:
    """The bytes of canonical base64 (RFC 4648, section 4)."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedError(f"{what}: not base64") from None
    # base64 has several spellings of one value when the spare bits of its last character are not zero.
    if base64.b64encode(raw).decode("ascii") != text:
        raise MalformedError(f"{what}: not canonical base64")
    return raw


def _shown_type(raw: bytes) -> str:
    return str(raw[0]) if raw else "none"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeError:
        return False
    return True
