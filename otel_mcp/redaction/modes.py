"""What stands in the place of what was removed: a marker, nothing, a keyed pseudonym, or a marker with the last four.

A pseudonym is `[kind:KEYID:HEX]`, where HEX are the first 96 bits of

```text
HMAC-SHA256(key, "otel-mcp/pseudonym/v1" 0x00 kind 0x00 value)
```
in hexadecimal (RFC 2104). Without the key, digests of card numbers and addresses could be undone by trying all of them.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from otel_mcp.errors import ConfigError
from otel_mcp.redaction.marks import issued

__all__ = ["LAST4_KINDS", "MODES", "PseudonymKey", "normalised", "shown_as"]

MODES: Final = ("mask", "drop", "hmac", "last4")
LAST4_KINDS: Final = frozenset({"card", "iban", "phone"})
"""People tell their own cards, accounts and telephones by these characters; of a secret they would be a part of it."""

_DOMAIN: Final = b"otel-mcp/pseudonym/v1\0"
_SHORTEST_KEY: Final = 32  # bytes
_HEX_DIGITS: Final = 24
_KEY_ID: Final = re.compile(r"[a-z0-9]{1,16}")
_SHORTEST_FOR_LAST4: Final = 8
_GROUPED: Final = LAST4_KINDS | {
    "bank-account", "driving-licence", "health-id", "mac-address", "national-id", "passport", "ssn", "tax-id"
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class PseudonymKey:
    """A key and the name under which it is shown, so that keys can change.

    Raises:
        ConfigError: it is too short to be a key.
    """

    id: str
    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < _SHORTEST_KEY:
            raise ConfigError(f"a key for pseudonyms must have {_SHORTEST_KEY} bytes, this one has {len(self.key)}")
        if not _KEY_ID.fullmatch(self.id):
            raise ConfigError("the id of a key must be 1 to 16 of a-z and 0-9")

    def __repr__(self) -> str:
        return f"PseudonymKey(id={self.id!r})"

    def pseudonym(self, kind: str, value: str) -> str:
        """The marker of a value; the same for the same value, also where it is written otherwise."""
        message = _DOMAIN + kind.encode() + b"\0" + normalised(kind, value).encode("utf-8", "surrogatepass")
        return f"[{kind}:{self.id}:{hmac.digest(self.key, message, 'sha256').hex()[:_HEX_DIGITS]}]"


def normalised(kind: str, value: str) -> str:
    """One spelling of the values that people write in several."""
    text = unicodedata.normalize("NFKC", value).strip()
    if kind == "email":
        return text.casefold()
    if kind in _GROUPED:
        return "".join(filter(str.isalnum, text)).upper()
    return text


def shown_as(mode: str, kind: str, value: str, key: PseudonymKey | None) -> str | None:
    """What is to be shown of a value; None for the marker of its kind."""
    if mode == "drop":
        return ""
    if mode == "hmac":
        assert key is not None, "a policy with pseudonyms is not adopted without a key"
        return issued(key.pseudonym(kind, value))
    if mode == "last4" and kind in LAST4_KINDS:
        text = normalised(kind, value)
        if len(text) >= _SHORTEST_FOR_LAST4 and text.isascii():
            return issued(f"[REDACTED:{kind} *{text[-4:]}]")
    return None
