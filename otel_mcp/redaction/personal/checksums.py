"""Check digits and dates, as the numbers of persons use them. Pure functions of strings that hold only digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_day", "is_short_date", "luhn", "mod_11_10", "verhoeff", "weighted"]

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = 12

# The dihedral group of the pentagon, and the permutation that Verhoeff chose.
_PRODUCT = tuple(
    tuple((a + b) % 5 + 5 * (b > 4) if a < 5 else (a - b) % 5 + 5 * (b < 5) for b in range(10))  # noqa: PLR2004
    for a in range(10)
)
_PERMUTED: list[tuple[int, ...]] = [(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)]
for _ in range(6):
    _PERMUTED.append(tuple(_PERMUTED[1][digit] for digit in _PERMUTED[-1]))


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1."""
    doubled = sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[::-2]))) % 10 == 0


def verhoeff(digits: str) -> bool:
    """The sum of Verhoeff over all digits, the last of which is the check digit."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _PRODUCT[check][_PERMUTED[place % 8][int(digit)]]
    return check == 0


def weighted(digits: str, weights: Iterable[int]) -> int:
    """The sum of digits times weights, as far as there are weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def mod_11_10(digits: str) -> bool:
    """The hybrid system of ISO/IEC 7064."""
    check = 10
    for digit in digits[:-1]:
        check = ((check + int(digit)) % 10 or 10) * 2 % 11
    return (check + int(digits[-1])) % 10 == 1


def is_day(month: int, day: int) -> bool:
    """Whether a year may have such a day."""
    return 1 <= month <= _MONTHS and 1 <= day <= _DAYS[month - 1]


def is_short_date(digits: str, order: str) -> bool:
    """Whether digits in the given order, such as `ymd` or `dmy`, two for each letter, are a date."""
    parts = {letter: int(digits[2 * place : 2 * place + 2]) for place, letter in enumerate(order)}
    return is_day(parts["m"], parts["d"])
