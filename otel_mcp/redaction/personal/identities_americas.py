"""Numbers that the states of America give to persons, and Brazil to firms."""

from __future__ import annotations

from otel_mcp.redaction.personal.checksums import is_day, is_short_date, luhn, weighted
from otel_mcp.redaction.personal.identity import Identity

__all__ = ["IDENTITIES"]

_CURP_SIGNS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC_SIGNS = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
_CNPJ_WEIGHTS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
_MBI_LETTER = "[AC-HJKMNP-RT-Y]"
_MBI_EITHER = "[0-9AC-HJKMNP-RT-Y]"


def _npi(number: str) -> bool:
    return luhn("80840" + number)


def _dea(number: str) -> bool:
    digits = list(map(int, number[2:]))
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def _remainder(total: int) -> int:
    check = 11 - total % 11
    return 0 if check > 9 else check  # noqa: PLR2004


def _cpf(number: str) -> bool:
    if len(set(number)) == 1:
        return False
    first = _remainder(weighted(number[:9], range(10, 1, -1)))
    return first == int(number[9]) and _remainder(weighted(number[:10], range(11, 1, -1))) == int(number[10])


def _cnpj(number: str) -> bool:
    # Since 2026 a firm's number may hold letters, which count as their code less that of zero.
    values = [ord(sign) - 48 for sign in number]
    first = _remainder(sum(map(int.__mul__, values[:12], _CNPJ_WEIGHTS[1:])))
    return first == values[12] and _remainder(sum(map(int.__mul__, values[:13], _CNPJ_WEIGHTS))) == values[13]


def _pis(number: str) -> bool:
    return number != "0" * 11 and _remainder(weighted(number, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2))) == int(number[10])


def _curp(number: str) -> bool:
    if not is_short_date(number[4:], "ymd"):
        return False
    total = sum(_CURP_SIGNS.index(sign) * (18 - place) for place, sign in enumerate(number[:17]))
    return (10 - total % 10) % 10 == int(number[17])


def _rfc_day(number: str) -> bool:
    # Many numbers in use have a wrong check digit, which the tax office does not reject.
    return is_short_date(number[-9:], "ymd")


def _rfc(number: str) -> bool:
    number = number.rjust(13)
    total = sum(_RFC_SIGNS.index(sign) * (13 - place) for place, sign in enumerate(number[:12]))
    return is_short_date(number[4:], "ymd") and "0A987654321"[total % 11] == number[12]


def _cuit(number: str) -> bool:
    check = 11 - weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return {11: 0, 10: 9}.get(check, check) == int(number[10])


def _rut(number: str) -> bool:
    total = weighted(number[-2::-1], (2, 3, 4, 5, 6, 7, 2, 3))
    return "0K987654321"[total % 11] == number[-1]


def _uruguay(number: str) -> bool:
    number = number.zfill(8)
    return (10 - weighted(number, (2, 9, 8, 7, 6, 3, 4)) % 10) % 10 == int(number[7])


def _ecuador(number: str) -> bool:
    province = int(number[:2])
    return (1 <= province <= 24 or province == 30) and luhn(number)  # noqa: PLR2004


def _ontario(number: str) -> bool:
    return luhn(number[:10])


def _ramq(number: str) -> bool:
    # Fifty more than the month for a woman.
    return is_day(int(number[6:8]) % 50, int(number[8:10]))


def _phn(number: str) -> bool:
    check = 11 - weighted(number[1:9], (2, 4, 8, 5, 10, 9, 7, 3)) % 11
    return check == int(number[9])


IDENTITIES = (
    Identity("[0-9]{10}[A-Z]{0,2}", _ontario, ("ohip*", "health card*", "health number*", "health insurance*")),
    Identity("[A-Z]{4}[0-9]{8}", _ramq, ("ramq*", "assurance maladie*", "health insurance*", "health card*")),
    Identity("9[0-9]{9}", _phn, ("personal health*", "health card*", "health number*")),
    Identity(
        "[0-79][0-9]{8}",
        luhn,
        ("sin", "social insurance*", "assurance sociale", "nas"),
        ("[0-79]00-000-000",),
    ),
    Identity("[0-9]{9}", None, ("ein", "fein", "employer identification*")),
    Identity(
        f"[1-9]{_MBI_LETTER}{_MBI_EITHER}[0-9]{_MBI_LETTER}{_MBI_EITHER}[0-9]{_MBI_LETTER}{{2}}[0-9]{{2}}",
        None,
        ("mbi", "medicare*"),
        (f"[1-9]{_MBI_LETTER}{_MBI_EITHER}0-{_MBI_LETTER}{_MBI_EITHER}0-{_MBI_LETTER}{_MBI_LETTER}00",),
    ),
    Identity("[12][0-9]{9}", _npi, ("npi",)),
    Identity("[A-Z]{2}[0-9]{7}", _dea, ("dea", "dea number", "dea no")),
    Identity("[0-9]{11}", _cpf, ("cpf", "cadastro de pessoas"), ("000.000.000-00", "000000000-00")),
    Identity("[0-9A-Z]{12}[0-9]{2}", _cnpj, ("cnpj",), ("00.000.000/0000-00",)),
    Identity("[0-9]{11}", _pis, ("pis", "pasep", "nis", "nit", "pis/pasep"), ("000.00000.00-0",)),
    Identity("[0-9]{7,9}[0-9X]", None, ("rg", "registro geral")),
    Identity(
        "[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]",
        _curp,
        ("curp",),
        ("A[AEIOUX]AA000000[HMX]AAAAAX0",),
    ),
    # Of voters of Mexico: consonants of the names, a date, a state, the sex.
    Identity("[A-Z]{6}[0-9]{8}[HM][0-9]{3}", None, ("clave de elector",), ("AAAAAA00[01]0[0-3]0[0-3]0[HM]000",)),
    Identity(
        "[A-ZÑ&]{3,4}[0-9]{6}[0-9A-Z]{2}[0-9A]", _rfc_day, ("rfc", "r.f.c."), ("AAAA00[01]0[0-3]0XX[0-9A]",), _rfc
    ),
    Identity("[0-9]{11}", luhn, ("nss", "imss", "seguridad social")),
    Identity(
        "(?:20|23|24|25|26|27|30|33|34)[0-9]{9}",
        _cuit,
        ("cuit", "cuil"),
        ("2[0-7]-00000000-0", "3[034]-00000000-0"),
    ),
    Identity("[0-9]{7,8}", None, ("dni", "documento nacional*", "documento de identidad")),
    Identity(
        "[0-9]{7,8}[0-9K]",
        _rut,
        ("rut", "r.u.t.", "rol único*", "rol unico*", "run"),
        ("00.000.000-[0-9Kk]", "0.000.000-[0-9Kk]"),
    ),
    Identity("[0-9]{7,8}", _uruguay, ("cédula*", "cedula*", "c.i.", "ci"), ("0.000.000-0",)),
    Identity("[0-9]{10}", _ecuador, ("cédula*", "cedula*")),
    Identity("[0-9]{11}", luhn, ("cédula*", "cedula*"), ("000-0000000-0",)),
    Identity("[0-9]{6,10}", None, ("cédula*", "cedula*", "c.c.", "tarjeta de identidad", "nuip")),
    Identity("[VEJP][0-9]{7,9}", None, ("cédula*", "cedula*", "c.i.", "rif")),
    Identity("[0-9]{13}", None, ("dpi", "cui")),
)
