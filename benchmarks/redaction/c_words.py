"""What the modules of profile C share: templates with `§` marks, human passwords, Bech32."""

# ruff: noqa: PLR2004  # shares and bits

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    ALNUM,
    DIGITS,
    FIRST,
    HEX,
    LAST,
    LETTERS,
    LOWER,
    NOUNS,
    hexadecimal,
    pick,
    sentence,
    uuid4,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_MARK = re.compile(r"§([a-zA-Z])")
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)

_FILLERS: dict[str, Callable[[Random], str]] = {
    "w": lambda rng: rng.choice(NOUNS),
    "x": lambda rng: rng.choice(NOUNS),
    "y": lambda rng: rng.choice(NOUNS),
    "p": lambda rng: rng.choice(FIRST),
    "l": lambda rng: rng.choice(LAST),
    "n": lambda rng: str(rng.randint(2, 900)),
    "m": lambda rng: str(rng.randint(10, 59)),
    "h": lambda rng: hexadecimal(rng, 8),
    "H": lambda rng: hexadecimal(rng, 40),
    "u": uuid4,
    "i": lambda rng: f"10.{rng.randint(0, 99)}.{rng.randint(0, 254)}.{rng.randint(1, 254)}",
    "d": lambda rng: f"2026-0{rng.randint(1, 9)}-{rng.randint(10, 28)}",
    "t": lambda rng: f"{rng.randint(10, 23)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}",
    "s": sentence,
}


def filled(rng: Random, template: str, value: str = "", name: str = "") -> str:
    """The template with `§v` the value, `§k` the name; the same mark gives the same word throughout."""
    known = {"v": value, "k": name}

    def put(match: re.Match[str]) -> str:
        mark = match[1]
        if mark not in known:
            known[mark] = _FILLERS[mark](rng)
        return known[mark]

    return _MARK.sub(put, template)


def human_password(rng: Random, marks: str = "!#*-_.?+") -> str:
    """Such as people make: words, numbers and marks in one of several orders; never shorter than ten characters."""
    one, two = rng.choice(NOUNS), rng.choice(NOUNS)
    mark, other = rng.choice(marks), rng.choice(marks)
    number = str(rng.randint(10, 9999))
    return rng.choice(
        (
            f"{one.title()}{mark}{two.title()}{number}{other}",
            f"{number}{mark}{one.title()}{other}{two}",
            f"{one[:4].upper()}{number}{mark}{two}{pick(rng, LETTERS, 2)}",
            f"{pick(rng, LETTERS, 3)}{number}{mark}{one.title()}{other}{pick(rng, DIGITS, 2)}",
            f"{one}{mark}{two.upper()}{other}{number}",
        )
    )


def machine_password(rng: Random, count: int = 18, marks: str = "!#*-_.?+") -> str:
    """Random letters and digits with at least two marks, which stand neither first nor last."""
    chars = list(pick(rng, ALNUM, count))
    for place in rng.sample(range(1, count - 1), 3):
        chars[place] = rng.choice(marks)
    return "".join(chars)


def any_password(rng: Random) -> str:
    return human_password(rng) if rng.random() < 0.5 else machine_password(rng, rng.randint(12, 24))


def url_password(rng: Random) -> str:
    """One that stands in an address as it is."""
    return machine_password(rng, rng.randint(12, 22), "-_.~") if rng.random() < 0.6 else human_password(rng, "-_.~")


def plain_password(rng: Random) -> str:
    """Random letters and digits, of every sort."""
    return rng.choice(LOWER) + pick(rng, ALNUM, rng.randint(14, 24)) + rng.choice(HEX) + rng.choice("QXZVK")


def bech32(prefix: str, data: bytes) -> str:
    """BIP 173: five bits a character and six characters of checksum."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[start : start + 5], 2) for start in range(0, len(bits), 5)]
    spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_BECH32[value] for value in values)}"


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, step in enumerate(_BECH32_STEPS):
            check ^= step if top >> place & 1 else 0
    return check
