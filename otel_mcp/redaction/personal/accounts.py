"""Numbers of bank accounts, of telephones and their cards, and of patients: each beside the words for it."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.beside import find_beside
from otel_mcp.redaction.personal.checksums import luhn, weighted
from otel_mcp.redaction.personal.identity import Identity
from otel_mcp.redaction.personal.words import WordTable, announced

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import FindBeside, Word
    from otel_mcp.redaction.rule import Place, Rule

__all__ = ["RULES", "WORDS"]

# The letters of New Zealand's numbers count from one, without those that look like digits.
_NHI_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ICCID_WITH_CHECK_DIGIT = 19
_NOT_A_PERSONS: Final = Expression(r"(?:aws|amazon|azure|cloud|gcp|service|github|cloudflare)[ _-]?(?:bank )?\Z")
_BEFORE: Final = 16


def _clabe(number: str) -> bool:
    total = sum(int(digit) * weight % 10 for digit, weight in zip(number[:17], (3, 7, 1) * 6, strict=False))
    return -total % 10 == int(number[17])


def _aba(number: str) -> bool:
    return number != "0" * 9 and weighted(number, (3, 7, 1) * 3) % 10 == 0


def _several(number: str) -> bool:
    return len(set(number)) > 1


def _iccid(number: str) -> bool:
    return len(number) != _ICCID_WITH_CHECK_DIGIT or not number.isdigit() or luhn(number)


def _nhi(number: str) -> bool:
    values = [_NHI_SIGNS.index(sign) + 1 if sign.isalpha() else int(sign) for sign in number[:6]]
    total = sum(map(int.__mul__, values, range(7, 1, -1)))
    if number[6].isalpha():
        # The standard said 23 before it said 24.
        return number[6] in (_NHI_SIGNS[23 - total % 24], _NHI_SIGNS[22 - total % 23])
    return total % 11 != 0 and (11 - total % 11) % 10 == int(number[6])


_ACCOUNTS: Final = (
    Identity("[0-9]{18}", _clabe, ("clabe", "clabe interbancaria")),
    Identity(
        "[0-9]{6,17}",
        _several,
        (
            *("bank account", "bank account no", "bank account number", "account number", "account no", "account num"),
            *("acct no", "acct number", "acct num", "a/c no", "a/c number", "checking account", "savings account"),
            *("current account no", "current account number", "kontonummer", "kontonr", "konto nr", "numéro de compte"),
            *("numero de compte", "número de cuenta", "numero de cuenta", "rekeningnummer", "numero di conto"),
            *("conta corrente", "conta corrente no", "conta bancária", "conta bancaria"),
            *("número da conta", "numero da conta", "kontonummer", "口座番号", "银行账号", "銀行帳號", "계좌번호"),
        ),
    ),
    Identity(
        "[0-9]{15,26}",
        _several,
        (
            "routing and account number",
            "routing and account",
            "ach account",
            "direct deposit account",
            "bank account number",
            "bank account no",
            "account number",
            "kontonummer",
        ),
    ),
    Identity("[0-9]{6}", None, ("sort code", "bank sort code")),
    Identity("[0-9]{6}", None, ("bsb", "bsb no", "bsb number", "bsb code")),
    Identity(
        "[0-9]{9}",
        _aba,
        ("routing number", "routing no", "routing num", "routing transit number", "aba", "aba number", "aba routing"),
    ),
)
_DEVICES: Final = (
    Identity("[0-9]{15}", luhn, ("imei", "imei no", "imei number", "imei1", "imei2", "imei 1", "imei 2")),
    Identity("[0-9]{16}", None, ("imeisv", "imei sv", "imei")),
    Identity("[2-79][0-9]{13,14}", _several, ("imsi", "imsi no", "imsi number")),
    Identity(
        "89[0-9]{16,17}[0-9F]?",
        _iccid,
        ("iccid", "iccid no", "iccid number", "sim card number", "sim card no", "sim number", "sim no", "sim serial"),
    ),
)
_PATIENTS: Final = (
    Identity(
        "[A-HJ-NP-Z]{3}(?:[0-9]{4}|[0-9]{2}[A-HJ-NP-Z]{2})",
        _nhi,
        ("nhi", "nhi no", "nhi number", "national health index"),
    ),
    Identity(
        "[A-Z]{0,3}[0-9]{5,12}",
        _several,
        (
            *("mrn", "mrn no", "mrn number", "medical record number", "medical record no", "medical record num"),
            *("patient mrn", "hospital number", "patient number"),
        ),
    ),
    Identity(
        "[A-Z]{0,4}[0-9]{6,12}[A-Z]?",
        _several,
        (
            *("insurance member id", "insurance member no", "health plan member id", "plan member id", "member id no"),
            *("subscriber id", "subscriber no", "health insurance number", "insurance id", "insurance card number"),
        ),
    ),
)
_KINDS: Final = (("bank-account", _ACCOUNTS), ("device-id", _DEVICES), ("health-id", _PATIENTS))


@cache
def _by_word(kind: str) -> dict[str, tuple[Identity, ...]]:
    table: dict[str, tuple[Identity, ...]] = {}
    for identity in dict(_KINDS)[kind]:
        for word in WordTable(identity.words).words:
            table[word] = (*table.get(word, ()), identity)
    return table


def _find(kind: str, table: WordTable, text: str, word: Word) -> Place | None:
    place = find_beside(text, word, table, _by_word(kind)[word[0]])
    at = word[1] - len(word[0])
    if place is None or _NOT_A_PERSONS.search(text[max(0, at - _BEFORE) : at].lower()):
        return None
    return place


def _row(kind: str, identities: tuple[Identity, ...]) -> tuple[WordTable, str, FindBeside]:
    # What a word stands close to is what it means: an account also has a date and an amount.
    table = WordTable((word for identity in identities for word in identity.words), tight=True)
    return table, kind, partial(_find, kind, table)


WORDS: Final = tuple(_row(kind, identities) for kind, identities in _KINDS)
RULES: Final[tuple[Rule, ...]] = tuple(announced(kind, table, find) for table, kind, find in WORDS)
