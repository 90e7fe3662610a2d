"""US social security and taxpayer numbers, in the ranges that the Social Security Administration and the IRS issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import FREE, HYPHENS, number_ends, number_starts
from otel_mcp.redaction.personal.words import WordTable, announced
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    import re

    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_START = rf"[0-9][0-9][0-9][ {HYPHENS}][0-9][0-9][ {HYPHENS}][0-9][0-9][0-9][0-9]"
_ALONE = Expression(rf"[0-9]{{3}}([ ]|[{HYPHENS}])[0-9]{{2}}\1[0-9]{{4}}")
_BESIDE_WORD = Expression(rf"(?<![0-9.])[0-9]{{3}}[ ./{HYPHENS}]?[0-9]{{2}}[ ./{HYPHENS}]?[0-9]{{4}}(?![0-9])")
_ITIN_GROUPS = frozenset((*range(50, 66), *range(70, 89), *range(90, 100)))
_FIRST_ITIN = 900
_NO_AREA = 666
_WINDOW = 60
_WORDS = WordTable(
    [
        *("ssn", "ssns", "ssn4", "ss#", "ss no", "ss number", "soc sec", "soc. sec", "itin", "tin", "taxpayer*"),
        *("social security*", "social-security*", "social_security*", "socialsecurity*", "social sec", "socsec"),
        *("tax id*", "tax_id*", "taxid*", "tax-id*", "seguro social*", "seguro_social*", "segurosocial*"),
    ]
)


def _issued(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()]
    area = digits[0] * 100 + digits[1] * 10 + digits[2]
    group = digits[3] * 10 + digits[4]
    if area in (0, _NO_AREA) or group == 0 or not any(digits[5:]):
        return False
    return area < _FIRST_ITIN or group in _ITIN_GROUPS


def _find(text: str, at: int) -> Place | None:
    number = _ALONE.match(text, at)
    return number.span() if number is not None and _is_free(text, number) and _issued(number[0]) else None


def _is_free(text: str, number: re.Match[str]) -> bool:
    start, end = number.span()
    if not (number_starts(text, start) and number_ends(text, end)):
        return False
    # Three columns of a table with more columns are no number.
    return number[1] in HYPHENS or not (
        (text[start - 1 : start] == number[1] and text[start - 2 : start - 1].isdigit())
        or (text[end : end + 1] == number[1] and text[end + 1 : end + 2].isdigit())
    )


def _find_beside_word(text: str, word: Word) -> Place | None:
    number = _BESIDE_WORD.search(text, word[1], word[1] + _WINDOW)
    if number is None or not _WORDS.reaches(text[word[1] : number.start()]):
        return None
    free = number_starts(text, number.start()) and number_ends(text, number.end())
    return number.span() if free and _issued(number[0]) else None


WORDS = (_WORDS, "ssn", _find_beside_word)
RULES = (
    Rule(
        "ssn",
        _find,
        pattern=Expression(rf"[0-9](?<![0-9][0-9])[0-9]{{2}}[ {HYPHENS}][0-9]{{2}}[ {HYPHENS}](?=[0-9]{{4}})"),
        gate=f"{FREE}{_START}",
        shapes=tuple(f"000{sign}00{sign}0000" for sign in "- \u2010\u2011\u2013"),
        personal=True,
    ),
    announced("ssn", _WORDS, _find_beside_word),
)
