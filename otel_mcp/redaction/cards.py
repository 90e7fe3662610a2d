"""Payment card numbers: the issuer's prefix, its lengths, and the Luhn sum (ISO/IEC 7812-1)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["CARD_GROUPS", "is_card", "is_card_text", "may_begin_card"]

_LONG = frozenset({16, 17, 18, 19})

# First number, last number (same count of digits), lengths.
_ISSUERS: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("4", "4", frozenset({13, 16, 19})),  # Visa
    ("51", "55", frozenset({16})),  # Mastercard
    ("2221", "2720", frozenset({16})),
    ("34", "34", frozenset({15})),  # American Express
    ("37", "37", frozenset({15})),
    ("300", "305", frozenset({14, 16, 19})),  # Diners Club
    ("309", "309", frozenset({14, 16, 19})),
    ("36", "36", frozenset({14, 15, 16, 17, 18, 19})),
    ("38", "39", frozenset({14, 16, 19})),
    ("6011", "6011", _LONG),  # Discover
    ("644", "659", _LONG),
    ("3528", "3589", _LONG),  # JCB
    ("2131", "2131", frozenset({15})),
    ("62", "62", _LONG),  # UnionPay
    ("31", "31", frozenset({19})),  # China T-Union
    ("81", "81", _LONG),
    ("5018", "5020", _LONG | {13}),  # Maestro, Dankort
    ("5038", "5038", _LONG | {13}),
    ("5612", "5612", _LONG),
    ("5893", "5893", _LONG | {13}),
    ("6304", "6304", _LONG | {13}),
    ("6700", "6799", _LONG | {13}),
    ("2200", "2205", _LONG),  # Mir, Borica
    ("60", "61", frozenset({16})),  # RuPay, Hipercard
    ("82", "82", frozenset({16})),
    ("508", "508", frozenset({16})),
    ("353", "353", frozenset({16})),
    ("356", "356", frozenset({16})),
    ("6040", "6042", _LONG),  # UkrCard
    ("504175", "504175", frozenset({16})),  # Elo
    ("506699", "506778", frozenset({16})),
    ("5090", "5099", frozenset({16})),
    ("627780", "627780", frozenset({16})),
    ("636", "639", _LONG),  # InterPayment, InstaPayment, Elo, Hipercard
    ("384100", "384160", frozenset({16, 19})),
    ("5060", "5061", frozenset({16, 18, 19})),  # Verve
    ("507865", "507964", frozenset({16, 18, 19})),
    ("6333", "6334", frozenset({16, 18, 19})),  # Solo, Switch
    ("564182", "564182", frozenset({16, 18, 19})),
    ("9112", "9112", frozenset({16})),  # Belkart
    ("9792", "9792", frozenset({16})),  # Troy
    ("9704", "9704", frozenset({16, 19})),  # Napas
    ("8600", "8600", frozenset({16})),  # Uzcard, Humo
    ("9860", "9860", frozenset({16})),
    ("5614", "5614", frozenset({16})),
    ("5078", "5078", frozenset({16})),  # Meeza
    ("6054", "6054", frozenset({16})),
)
# These ranges hold too many other numbers: only beside a word that speaks of a card.
_BESIDE_WORDS: tuple[tuple[str, str, frozenset[int]], ...] = (
    ("1", "1", frozenset({15})),  # UATP
    ("50", "50", frozenset({12, 13, 14, 15, 16, 17, 18, 19})),  # Maestro
    ("56", "69", frozenset({12, 13, 14, 15, 16, 17, 18, 19})),
    ("1800", "1800", frozenset({15})),  # JCB
    ("1946", "1946", frozenset({16})),  # GPN
    ("9804", "9804", frozenset({16})),  # Prostir
    ("9051", "9051", frozenset({16})),  # ArCa
)

CARD_GROUPS = frozenset(
    {
        (4, 4, 4),
        (4, 4, 4, 4),
        (4, 4, 4, 4, 3),
        (4, 4, 4, 4, 2),
        (4, 4, 4, 4, 1),
        (4, 4, 4, 3),
        (4, 4, 4, 2),
        (4, 4, 4, 1),
        (4, 4, 5),
        (4, 5, 6),
        (4, 6, 4),
        (4, 6, 5),
        (6, 13),
        (8, 8),
    }
)

_DOUBLED = str.maketrans("0123456789", "0246813579")

_Ranges: TypeAlias = "dict[str, list[tuple[str, str, frozenset[int]]]]"


@cache
def _known(beside_word: bool) -> _Ranges:
    # Under the first two digits, so that a number is compared with few ranges.
    filed: _Ranges = {}
    for low, high, lengths in _ISSUERS + (_BESIDE_WORDS if beside_word else ()):
        for start in range(int(low.ljust(2, "0")[:2]), int(high.ljust(2, "9")[:2]) + 1):
            filed.setdefault(str(start), []).append((low, high, lengths))
    return filed


def may_begin_card(digits: str, *, beside_word: bool = False) -> bool:
    """Whether some issuer's numbers begin with these two digits."""
    return digits in _known(beside_word)


def is_card(digits: str, *, beside_word: bool = False) -> bool:
    """Whether a run of decimal digits is a card number; more ranges count where a word speaks of a card."""
    if not (digits.isascii() and digits.isdecimal()):
        return False
    ranges = _known(beside_word).get(digits[:2], ())
    if not any(len(digits) in lengths and low <= digits[: len(low)] <= high for low, high, lengths in ranges):
        return False
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(_DOUBLED))) % 10 == 0


def is_card_text(text: str, *, beside_word: bool = False) -> bool:
    """The same for digits in the groups that people write, with one kind of separator."""
    separators = {character for character in text if not character.isdigit()}
    if not separators:
        return is_card(text, beside_word=beside_word)
    if len(separators) > 1:
        return False
    groups = text.split(separators.pop())
    return tuple(map(len, groups)) in CARD_GROUPS and is_card("".join(groups), beside_word=beside_word)
