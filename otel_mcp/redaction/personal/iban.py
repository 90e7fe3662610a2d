"""International bank account numbers: ISO 13616, with the structures of the SWIFT registry."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import NO_WORD, ends, starts
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "is_iban"]

# Country and what follows the check digits: counts of digits (n), letters (a) and either (c).
_REGISTRY = """
    AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c CR18n CY8n16c
    CZ20n DE18n DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n
    GR7n16c GT4c20c HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c
    LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MC10n11c2n MD2c18c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a
    NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n
    SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c
"""
# In use, but not registered.
_UNREGISTERED = """
    AO21n BF2c22n BJ2c22n CF23n CG23n CI2c22n CM23n CV21n DZ22n GA23n GQ23n GW2c19n IR22n KM23n MA24n MG23n ML2c22n
    MZ21n NE2c22n SN2c22n TD23n TG2c22n
"""
_KINDS = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
_PART = Expression(r"(\d+)([nac])")


_COUNTRIES = {row[:2]: row[2:] for row in (_REGISTRY + _UNREGISTERED).split()}
_VALUES = str.maketrans({chr(65 + letter): str(10 + letter) for letter in range(26)})
_SHORTEST_GROUP = 2
_LEADING_DIGITS = 6
_SIGN = "[ .-]?"
_RUN = Expression(rf"[A-Za-z]{{2}}[0-9]{{2}}(?:{_SIGN}[A-Za-z0-9]){{11,30}}")


@functools.cache
def _account(country: str) -> tuple[int, Expression] | None:
    """Length and structure, compiled when the first number of the country is met."""
    parts = [part.groups() for part in _PART.finditer(_COUNTRIES.get(country, ""))]
    pattern = "".join(f"{_KINDS[kind]}{{{count}}}" for count, kind in parts)
    return (4 + sum(int(count) for count, _ in parts), Expression("[A-Z]{2}[0-9]{2}" + pattern)) if parts else None


def is_iban(number: str) -> bool:
    """Whether a number without blanks, in upper case, is an account number of its country."""
    account = _account(number[:2])
    if account is None or not account[1].fullmatch(number):
        return False
    return int((number[4:] + number[:4]).translate(_VALUES)) % 97 == 1


def _find(text: str, at: int) -> Place | None:
    start = at - 2
    country = text[start:at].upper()
    if country not in _COUNTRIES or not (starts(text, start) or text[max(0, start - 4) : start].lower() == "iban"):
        return None
    run = _RUN.match(text, start)
    account = _account(country)
    if run is None or account is None:
        return None
    places = [place for place, character in enumerate(run[0]) if character.isalnum()][: account[0]]
    number = run[0][: places[-1] + 1]
    if len(places) < account[0] or not ends(text, start + len(number)) or not _is_written_well(number):
        return None
    return (start, start + len(number)) if is_iban("".join(filter(str.isalnum, number)).upper()) else None


def _is_written_well(number: str) -> bool:
    signs = {character for character in number if not character.isalnum()}
    if not signs:
        return True
    sign = signs.pop()
    # With hyphens and small letters it is a UUID.
    if signs or (sign == "-" and not number.isupper()):
        return False
    return all(len(group) >= _SHORTEST_GROUP for group in number.split(sign)[:-1])


def _codes(*, digits: bool) -> str:
    """The countries whose numbers go on with six digits at least, or all others."""
    wanted = (code for code in sorted(_COUNTRIES) if _begins_with_digits(_COUNTRIES[code]) is digits)
    by_letter = itertools.groupby(wanted, key=lambda code: code[0])
    return "|".join(f"{first}[{''.join(code[1] for code in codes)}]" for first, codes in by_letter)


def _begins_with_digits(structure: str) -> bool:
    part = _PART.match(structure)
    return part is not None and part[2] == "n" and int(part[1]) >= _LEADING_DIGITS


# From the check digits on: letters are everywhere. Only Python reads this.
_CHECK_DIGITS = rf"[0-9](?<=[A-Za-z]{{2}}[0-9])(?<![0-9][A-Za-z]{{2}}[0-9])[0-9](?={_SIGN}[0-9A-Za-z]{{2}})"
_DIGITS = "[ .]?[0-9]" * _LEADING_DIGITS + "|-[0-9][0-9][0-9][0-9]-[0-9]"
_FURTHER = "[ .]?[0-9A-Za-z]" * 6 + "|-[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]-[0-9A-Z]"

RULES = (
    Rule(
        "iban",
        _find,
        pattern=Expression(_CHECK_DIGITS),
        gate=rf"(?:{NO_WORD}|(?i:iban))(?:(?i:{_codes(digits=True)})[0-9][0-9](?:{_DIGITS})"
        rf"|(?i:{_codes(digits=False)})[0-9][0-9](?:{_FURTHER}))",
        shapes=("aa<00",),
        personal=True,
    ),
)
