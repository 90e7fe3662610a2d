"""Payment card numbers: the issuer's prefix, its lengths, and the Luhn sum (ISO/IEC 7812-1)."""

from __future__ import annotations

__all__ = ["is_card", "is_card_text"]

# First number, last number (same count of digits), lengths.
_ISSUERS: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("4", "4", frozenset({13, 16, 19})),  # Visa
    ("51", "55", frozenset({16})),  # Mastercard
    ("2221", "2720", frozenset({16})),
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("300", "305", frozenset({14, 16})),  # Diners Club
    ("36", "36", frozenset({14, 16})),
    ("38", "39", frozenset({14, 16})),
    ("6011", "6011", frozenset({16, 19})),  # Discover
    ("644", "659", frozenset({16, 19})),
    ("3528", "3589", frozenset({16, 19})),  # JCB
    ("62", "62", frozenset({16, 17, 18, 19})),  # UnionPay
    ("5018", "5018", frozenset({13, 16, 19})),  # Maestro
    ("5020", "5020", frozenset({13, 16, 19})),
    ("5038", "5038", frozenset({13, 16, 19})),
    ("6304", "6304", frozenset({13, 16, 19})),
    ("6759", "6763", frozenset({13, 16, 19})),
)

_GROUPS = frozenset(
    {
        (4, 4, 4, 4),
        (4, 4, 4, 4, 3),
        (4, 4, 4, 2),
        (4, 4, 4, 1),
        (4, 6, 5),
        (4, 6, 4),
        (4, 4, 5),
    }
)

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def is_card(digits: str) -> bool:
    """Whether a run of decimal digits is a card number."""
    if not digits.isdecimal():
        return False
    if not any(len(digits) in lengths and low <= digits[: len(low)] <= high for low, high, lengths in _ISSUERS):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total += _DOUBLED[int(digit)] if place % 2 else int(digit)
    return total % 10 == 0


def is_card_text(text: str) -> bool:
    """The same for digits in the groups that people write, with one kind of separator."""
    separators = {character for character in text if not character.isdigit()}
    if not separators:
        return is_card(text)
    if len(separators) > 1:
        return False
    groups = text.split(separators.pop())
    return tuple(map(len, groups)) in _GROUPS and is_card("".join(groups))
