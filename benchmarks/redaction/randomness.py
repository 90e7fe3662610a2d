"""Reproducible raw material: alphabets, plausible names and words, and the checksums that formats carry."""

# ruff: noqa: E501, PLR2004, SIM905  # lists of words read as text

from __future__ import annotations

import base64
import hashlib
import string
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
LETTERS = LOWER + UPPER
ALNUM = LETTERS + DIGITS
BASE36 = LOWER + DIGITS
UPPER36 = UPPER + DIGITS
HEX = "0123456789abcdef"
BASE32 = UPPER + "234567"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE62 = DIGITS + UPPER + LOWER
URLSAFE = ALNUM + "-_"
WORD = ALNUM + "_"

NOUNS = (
    "amber anchor atlas badger balcony barley beacon birch bishop bottle bridge bronze cabin candle canyon carbon cedar"
    " chapel cinder cobalt comet copper coral cotton crane crater dagger delta desert dolphin ember engine falcon fennel"
    " ferry fjord forest fossil galaxy garnet ginger glacier granite harbor hazel heron hornet island jasmine juniper"
    " kettle lagoon lantern lemon lilac linen lobster magnet maple marble meadow mirror mortar nectar nickel orchid otter"
    " paddle pepper pigeon pillow planet pocket quartz quiver radish raven ribbon river saddle saffron sailor sandal"
    " sierra silver spruce summit thistle timber tulip tunnel turnip valley velvet violet walnut willow winter zephyr"
).split()
FIRST = (
    "aino amara bjorn carla chidi dagny dmitri edda emeka farah gianni hana ingrid ivo jorge kaito leila lotte mads"
    " milena nils noor oriol paola quentin rania soren tarek ursula viggo wanda xenia yara zoltan"
).split()
LAST = (
    "abara almeida bergstrom castellano dvorak eriksen fontaine galvez haugen ivanova jansen kowalczyk lindqvist"
    " moretti nakamura oyelaran petrov quispe rasmussen salonen tanaka urbanek vermeulen wachter yilmaz zielinski"
).split()


def pick(rng: Random, alphabet: str, count: int) -> str:
    return "".join(rng.choices(alphabet, k=count))


def hexadecimal(rng: Random, count: int) -> str:
    return pick(rng, HEX, count)


def b64(rng: Random, size: int) -> str:
    return base64.b64encode(rng.randbytes(size)).decode()


def b64url(rng: Random, size: int) -> str:
    return base64.urlsafe_b64encode(rng.randbytes(size)).decode().rstrip("=")


def uuid4(rng: Random) -> str:
    text = hexadecimal(rng, 32)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{rng.choice('89ab')}{text[17:20]}-{text[20:]}"


def words(rng: Random, count: int) -> list[str]:
    return [rng.choice(NOUNS) for _ in range(count)]


def sentence(rng: Random) -> str:
    verb, (subject, thing, place) = rng.choice(VERBS), words(rng, 3)
    return f"The {subject} {verb} the {thing} near the {place}{rng.choice(TAILS)}."


VERBS = ("reached", "passed", "covered", "left", "measured", "painted", "followed", "moved", "repaired", "crossed")
TAILS = ("", " before noon", " without any delay", " for the third time", " after the review", ", as planned", " again")


def base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits.rjust(width, "0")


def with_crc(prefix: str, body: str) -> str:
    """GitHub's and npm's checksum: the CRC-32 of the random part, in six digits of base 62."""
    return prefix + body + base62(zlib.crc32(body.encode()), 6)


def base58check(payload: bytes) -> str:
    """Bitcoin's encoding of keys: payload and the first four bytes of its double SHA-256."""
    data = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def luhn_digit(digits: str) -> str:
    """The digit that makes `digits` plus it valid under ISO/IEC 7812-1."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def luhn_valid(digits: str) -> bool:
    return luhn_digit(digits[:-1]) == digits[-1]


def weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def mod_11_10(digits: str) -> str:
    """The check digit of ISO/IEC 7064 MOD 11,10 (German tax id, Croatian OIB)."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


_VERHOEFF_MULTIPLY = [
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
]  # fmt: skip
_VERHOEFF_PERMUTE = [
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
]  # fmt: skip
_VERHOEFF_INVERSE = "0432156789"


def verhoeff_digit(digits: str) -> str:
    """The check digit of Verhoeff's dihedral scheme (Aadhaar)."""
    check = 0
    for place, char in enumerate(reversed(digits), start=1):
        check = int(_VERHOEFF_MULTIPLY[check][int(_VERHOEFF_PERMUTE[place % 8][int(char)])])
    return _VERHOEFF_INVERSE[check]


def iban(rng: Random, country: str, bban: str) -> str:
    """ISO 13616: country, two check digits (mod 97-10), the country's own account number."""
    digits = "".join(str(int(char, 36)) for char in f"{bban}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{bban}"


def iban_valid(text: str) -> bool:
    compact = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def birthday(rng: Random, first: int = 1950, last: int = 2003) -> tuple[int, int, int]:
    return rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28)
