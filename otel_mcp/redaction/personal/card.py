"""Payment card numbers in a text: the run of digits, its groups, and where a card number stands among them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from otel_mcp.redaction.cards import CARD_GROUPS, is_card, may_begin_card
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import FREE, in_columns, number_ends, number_starts
from otel_mcp.redaction.personal.words import WordTable, announced
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_SIGN = "[ .-]"
_GROUP = Expression(rf"({_SIGN}?)([0-9]{{1,19}})")
_EVEN = frozenset(groups for groups in CARD_GROUPS if groups[:3] == (4, 4, 4) or groups == (4, 4, 5))
_GROUPS = {" ": CARD_GROUPS, "-": _EVEN | {(4, 6, 4), (4, 6, 5)}, ".": _EVEN}
_SHORTEST, _LONGEST = 12, 19
_ARTICLE = Expression(
    r"(?<![A-Za-z])(?:ean|gtin|upc|jan|barcode|bar code|itf|sku)(?:[ _-]?(?:13|14|code|no|number))?[^0-9A-Za-z]{1,6}\Z",
    re.IGNORECASE,
)
_ARTICLE_NEAR = 24
_ARTICLE_LENGTHS = (12, 13, 14)
_MOST_TRIES = 3
_WINDOW = 64

# The first twelve digits, in groups or not. Dates of this century (20…) begin no card.
_DIGIT = f"{_SIGN}?[0-9]"
_GATE = rf"{FREE}(?:[3-6][0-9]|2[1-7]|8[126]|9[178])[0-9][0-9]{_DIGIT}[0-9][0-9][0-9]{_DIGIT * 4}"
# The same for Python, which need not look behind the first digit of a number, nor of the third column of a table.
_START = (
    r"[2-689](?:(?<![0-9a-z].)|(?<=\\[a-z].))(?<![0-9]{4} [0-9]{4} .)"
    r"(?=(?:(?<=[3-6])[0-9]|(?<=2)[1-7]|(?<=8)[126]|(?<=9)[178])[0-9]{2}"
    r"(?:[0-9]{9}|[ .-][0-9]{4}[ .-]?[0-9]{2}|[0-9]{2} [0-9]{7}|[0-9]{4} [0-9]{8}))"
)
_SHAPES = ("<" + "0" * 13, "<0000 0000", "<0000-0000-0000", "<0000-000000-0", "<0000.0000.0000")
_FIRST = Expression(r"(?<![0-9])[0-9]{4}")
_WORDS = WordTable(
    [
        *(
            "card*",
            "credit*",
            "debit*",
            "kreditkart*",
            "karte",
            "kartennummer*",
            "carte*",
            "tarjeta*",
            "cartao",
            "cartão*",
        ),
        *("carta", "kaart*", "karta*", "kort*", "kartya*", "kártya*", "visa", "mastercard*", "amex*", "maestro*"),
        *(
            "american express*",
            "discover",
            "diners*",
            "unionpay*",
            "uatp*",
            "airplus",
            "pan",
            "cc:",
            "cc=",
            'cc"',
            "cc num*",
            "cc no",
        ),
        *("карт*", "カード*", "卡号*", "卡號*", "信用卡*", "银行卡*", "카드*", "քարտի*"),
    ]
)


def _find(text: str, at: int) -> Place | None:
    return _card_at(text, at, beside_word=False) if number_starts(text, at) else None


def _find_beside_word(text: str, word: Word) -> Place | None:
    for first in islice(_FIRST.finditer(text, word[1], word[1] + _WINDOW), _MOST_TRIES):
        if not _WORDS.reaches(text[word[1] : first.start()]):
            return None
        place = _card_at(text, first.start(), beside_word=True) if number_starts(text, first.start()) else None
        if place is not None:
            return place
    return None


def _card_at(text: str, start: int, *, beside_word: bool) -> Place | None:
    if not may_begin_card(text[start : start + 2], beside_word=beside_word):
        return None
    groups: list[int] = []
    sign = ""
    end, digits = start, ""
    found: Place | None = None
    while group := _GROUP.match(text, end):
        if groups and (not group[1] or (sign and group[1] != sign)):
            break
        sign = group[1] if groups else ""
        digits += group[2]
        if len(digits) > _LONGEST:
            break
        groups.append(len(group[2]))
        end = group.end()
        grouped = len(groups) == 1 or tuple(groups) in _GROUPS[sign]
        # What follows a blank is another number; what follows a hyphen belongs to this one.
        if grouped and len(digits) >= _SHORTEST and is_card(digits, beside_word=beside_word) and number_ends(text, end):
            found = start, end
    if found is None or (sign == " " and in_columns(text, *found)) or _is_article(text, *found):
        return None
    return found


_OTHER_ID = Expression(r"(?i)(?:trace|span|request|event|message|correlation|transaction)[_.-]?id[^0-9A-Za-z]{1,4}\Z")


def _is_article(text: str, start: int, end: int) -> bool:
    if _OTHER_ID.search(text, max(0, start - _ARTICLE_NEAR), start) is not None:
        return True
    # Numbers of articles (GTIN) are as long as those of some cards.
    if end - start not in _ARTICLE_LENGTHS:
        return False
    return _ARTICLE.search(text, max(0, start - _ARTICLE_NEAR), start) is not None


WORDS = (_WORDS, "card", _find_beside_word)
# What a reader of magnetic strips gives: number, expiry and discretionary data.
_STRIPE = Expression(r";[0-9]{12,19}=[0-9]{7,24}\??|%B[0-9]{12,19}\^[^^\n]{2,26}\^[0-9]{7,40}\??")


def _find_stripe(text: str, at: int) -> Place | None:
    stripe = _STRIPE.match(text, at)
    return None if stripe is None else stripe.span()


RULES = (
    Rule(
        "card",
        _find_stripe,
        pattern=_STRIPE,
        gate=r";[0-9]{12}[0-9]*=[0-9]|%B[0-9]{12}[0-9]*\^",
        shapes=(";000000000000", "%a000000000000"),
        personal=True,
    ),
    Rule(
        "card",
        _find,
        pattern=Expression(_START),
        gate=_GATE,
        shapes=_SHAPES,
        personal=True,
    ),
    announced("card", _WORDS, _find_beside_word),
)
