"""Second looks at what an expression has matched: checksums, entropy, and whether it is a placeholder."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import string
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expressions import compiled
from otel_mcp.redaction.keys import word_set

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

__all__ = ["Check", "entropy", "is_jwt", "is_placeholder", "is_ripple_seed", "is_stellar_seed", "make_check"]

Check: TypeAlias = "Callable[[str], bool]"

_BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE: Final = str.maketrans("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz", _BASE58)
_CRC_DIGITS: Final = 6
_BASE58_CHECK: Final = 4
_IBAN_LENGTHS: Final = range(15, 35)
_FEWEST_KINDS: Final = 4
_LONG: Final = 16
_LONGEST_HEADER: Final = 4096

# Looked for with `in`, which reads a text at several times the speed of one expression with these alternatives.
_PLACEHOLDERS: Final = (
    *("xxxxxx", "****", "...", "######", "______", "<", ">", "${", "your-", "your_", "-here", "_here", "placeholder"),
    *("redacted", "changeme", "change-me", "change_me", "insert-", "insert_", *(digit * 16 for digit in string.digits)),
)
# Words of prose that no mnemonic of BIP-39 holds.
_PROSE: Final = word_set(
    "the and for are was is in of to a from not has our your its it be by on as at or which were should these"
)


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits per character."""
    length = len(text)
    return -sum(count / length * math.log2(count / length) for count in Counter(text).values())


def is_placeholder(text: str) -> bool:
    """Whether this stands for a secret in documentation: `xxxxxxxx`, `your-token-here`, `0000…`."""
    if len(text) >= _LONG and len(set(text)) < _FEWEST_KINDS:
        return True
    lower = text.lower()
    return any([sign in lower for sign in _PLACEHOLDERS])  # noqa: C419  # a list is faster


def is_jwt(text: str) -> bool:
    """Whether the first segment is the header of a JOSE object (RFC 7515, RFC 7516)."""
    head = text.partition(".")[0][:_LONGEST_HEADER]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ("alg" in header or "enc" in header)


def _luhn(text: str) -> bool:
    digits = [int(character) for character in text if character in string.digits]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]  # noqa: PLR2004  # 2 * 5 has two digits
    return len(digits) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _iban(text: str) -> bool:
    plain = "".join(character for character in text if character not in " -").upper()
    if len(plain) not in _IBAN_LENGTHS or not (plain.isascii() and plain.isalnum()):
        return False
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def _crc32_base62(text: str) -> bool:
    # What GitHub and npm issue: a prefix with `_`, random characters, and their CRC-32 in six digits of base 62.
    body = text.rpartition("_")[2]
    random, stated = body[:-_CRC_DIGITS], body[-_CRC_DIGITS:]
    number, digits = zlib.crc32(random.encode()), ""
    while number:
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits.rjust(_CRC_DIGITS, "0") == stated


def _base58check(text: str) -> bool:
    # https://en.bitcoin.it/wiki/Base58Check_encoding: the last four bytes are those of a hash of the hash of the rest.
    number = 0
    for character in text:
        digit = _BASE58.find(character)
        if digit < 0:
            return False
        number = number * 58 + digit
    from hashlib import sha256  # noqa: PLC0415  # it loads OpenSSL, and few texts hold what may be such a key

    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return sha256(sha256(raw[:-_BASE58_CHECK]).digest()).digest()[:_BASE58_CHECK] == raw[-_BASE58_CHECK:]


def is_ripple_seed(text: str) -> bool:
    """Whether this is a family seed of the XRP Ledger: base58check with an alphabet of its own."""
    return _base58check(text.translate(_RIPPLE))


def is_stellar_seed(text: str) -> bool:
    """Whether this is base32 that ends with the CRC-16 of the rest (XMODEM, low byte first), as at Stellar and NATS."""
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        return False
    return binascii.crc_hqx(raw[:-2], 0) == int.from_bytes(raw[-2:], "little")


def _mixed(text: str) -> bool:
    return _mixed_case(text) and compiled("[0-9]").search(text) is not None


def _mixed_case(text: str) -> bool:
    return text.lower() != text != text.upper()


def _words(text: str) -> bool:
    # A mnemonic repeats hardly a word, and a sentence needs words that no mnemonic has.
    words = re.findall("[a-z]+", text)
    return len(set(words)) > len(words) // 2 and _PROSE.isdisjoint(words)


_PLAIN: Final[dict[str, Check]] = {
    "base58check": _base58check,
    "crc32-base62": _crc32_base62,
    "iban": _iban,
    "jwt": is_jwt,
    "luhn": _luhn,
    "mixed": _mixed,
    "mixedcase": _mixed_case,
    "mnemonic": _words,
}
_MEASURES: Final[dict[str, Callable[[str], float]]] = {
    "digits": lambda text: sum(map(text.count, string.digits)),
    "entropy": entropy,
    "letters": lambda text: sum(map(str.isalpha, text)),
}
_RUN: Final = "run"


def make_check(name: str) -> Check:
    """The check of this name.

    `luhn`, `iban`, `crc32-base62`, `base58check`, `jwt`, `mixed` (both cases and a digit), `mixedcase`, `mnemonic`, or
    a measure with a bound: `entropy>=3.2` (bits per character), `digits>=2`, `letters>=2`, `run>=14` (letters and
    digits in a row).

    Raises:
        ValueError: there is none of this name, with a sentence that lists them.
    """
    if name in _PLAIN:
        return _PLAIN[name]
    measure, sign, bound = name.partition(">=")
    if measure in (*_MEASURES, _RUN) and sign:
        try:
            return _has_run(int(bound)) if measure == _RUN else _at_least(_MEASURES[measure], float(bound))
        except ValueError:
            pass  # no number: the same sentence as for an unknown name
    known = ", ".join([*sorted(_PLAIN), *(f"{measure}>=N" for measure in sorted([*_MEASURES, _RUN]))])
    raise ValueError(f"unknown validator {name!r} (known: {known})")


def _at_least(measure: Callable[[str], float], bound: float) -> Check:
    return lambda text: measure(text) >= bound


def _has_run(length: int) -> Check:
    # Not the length of the longest one, which takes all of them together.
    return lambda text: compiled(rf"[A-Za-z0-9]{{{length}}}").search(text) is not None
