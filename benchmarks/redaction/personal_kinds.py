"""Personal data of many countries, with the checksums that their issuers define.

`labels` are what forms and speech call it; `bare` says whether the value is recognisable without a label.
"""

# ruff: noqa: E501, PLR2004  # the numbers are those of the checksums

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.redaction.randomness import (
    DIGITS,
    FIRST,
    LAST,
    NOUNS,
    UPPER,
    birthday,
    hexadecimal,
    iban,
    luhn_digit,
    mod_11_10,
    pick,
    verhoeff_digit,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


@dataclass(frozen=True, slots=True)
class PersonalKind:
    """How one kind of personal datum is made, what it is called, and whether it needs the name to be recognised."""

    name: str
    make: Callable[[Random], str]
    labels: tuple[str, ...]
    bare: bool = False


def _digits(rng: Random, count: int) -> str:
    return rng.choice("123456789") + pick(rng, DIGITS, count - 1)


def _grouped(text: str, size: int = 4, gap: str = " ") -> str:
    return gap.join(text[start : start + size] for start in range(0, len(text), size))


def _card(prefix: str, length: int, shape: Callable[[str], str] = str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        body = prefix + pick(rng, DIGITS, length - len(prefix) - 1)
        return shape(body + luhn_digit(body))

    return make


def _amex_groups(number: str) -> str:
    return f"{number[:4]} {number[4:10]} {number[10:]}"


def _iban(country: str, form: str, shape: Callable[[str], str] = str) -> Callable[[Random], str]:
    """`form` is the bank part in ISO 13616's notation, `n` digits and `a` upper-case letters, as `4a10n`."""

    def make(rng: Random) -> str:
        parts = re.findall(r"(\d+)([na])", form)
        bban = "".join(pick(rng, DIGITS if kind == "n" else UPPER, int(count)) for count, kind in parts)
        return shape(iban(rng, country, bban))

    return make


def _email(form: str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        domain = f"{rng.choice(NOUNS)}-{rng.choice(NOUNS)}"
        return form.format(f=rng.choice(FIRST), l=rng.choice(LAST), n=rng.randint(2, 99), d=domain, i=rng.choice("abc"))

    return make


def _phone(form: str) -> Callable[[Random], str]:
    """`form` with `#` for any digit and `+` for one of 2 to 9."""
    return lambda rng: "".join(
        pick(rng, DIGITS, 1) if char == "#" else rng.choice("23456789") if char == "@" else char for char in form
    )


def canada_sin(rng: Random) -> str:
    body = rng.choice("1234567") + pick(rng, DIGITS, 7)
    return _grouped(body + luhn_digit(body), 3)


def britain_nino(rng: Random) -> str:
    first = rng.choice(("AB", "CE", "HJ", "JK", "LM", "PR", "SC", "TW", "YZ"))
    return f"{first} {pick(rng, DIGITS, 2)} {pick(rng, DIGITS, 2)} {pick(rng, DIGITS, 2)} {rng.choice('ABCD')}"


def britain_nhs(rng: Random) -> str:
    while True:
        body = rng.choice("4679") + pick(rng, DIGITS, 8)
        check = (11 - weighted(body, range(10, 1, -1)) % 11) % 11
        if check != 10:
            return f"{body[:3]} {body[3:6]} {body[6:]}{check}"


def germany_tax(rng: Random) -> str:
    # One digit occurs twice, another is missing among the first ten.
    digits = rng.sample("123456789", 9)
    digits.insert(rng.randint(1, 9), rng.choice(digits))
    body = "".join(digits)
    return body + mod_11_10(body)


def france_nir(rng: Random) -> str:
    year, month, _ = birthday(rng)
    body = f"{rng.choice('12')}{year % 100:02}{month:02}{rng.randint(1, 95):02}{rng.randint(1, 990):03}{rng.randint(1, 999):03}"
    return f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:13]} {97 - int(body) % 97:02}"


def spain_dni(rng: Random) -> str:
    body = _digits(rng, 8)
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def spain_nie(rng: Random) -> str:
    head, body = rng.choice("XYZ"), pick(rng, DIGITS, 7)
    return f"{head}-{body}-{'TRWAGMYFPDXBNJZSQVHLCKE'[int(str('XYZ'.index(head)) + body) % 23]}"


_FISCAL_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10,
         22, 25, 24, 23], strict=True)
)  # fmt: skip


def italy_fiscal(rng: Random) -> str:
    year, month, day = birthday(rng)
    consonants = "BCDFGHLMNPRSTVZ"
    body = (
        f"{pick(rng, consonants, 6)}{year % 100:02}{'ABCDEHLMPRST'[month - 1]}{day:02}"
        f"{rng.choice('ABCDEFGHIL')}{rng.randint(100, 999)}"
    )
    odd = sum(_FISCAL_ODD[char] for char in body[::2])
    even = sum(int(char) if char.isdigit() else ord(char) - 65 for char in body[1::2])
    return body + chr(65 + (odd + even) % 26)


def portugal_nif(rng: Random) -> str:
    body = rng.choice("12") + pick(rng, DIGITS, 7)
    check = 11 - weighted(body, range(9, 1, -1)) % 11
    return f"{body}{0 if check > 9 else check}"


def netherlands_bsn(rng: Random) -> str:
    while True:
        body = _digits(rng, 8)
        check = weighted(body, range(9, 1, -1)) % 11
        if check < 10:
            return f"{body}{check}"


def belgium_register(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{rng.randint(1, 997):03}"
    return f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{97 - int(body) % 97:02}"


def sweden_number(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 3)}"
    return f"{year // 100}{body[:6]}-{body[6:]}{luhn_digit(body)}"


def norway_number(rng: Random) -> str:
    while True:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day:02}{month:02}{year % 100:02}{rng.randint(100, 499)}"
        first = (11 - weighted(body, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11) % 11
        if first < 10:
            second = (11 - weighted(f"{body}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11
            if second < 10:
                return f"{body}{first}{second}"


def denmark_cpr(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    return f"{day:02}{month:02}{year % 100:02}-{rng.randint(1000, 3999)}"


def finland_code(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    serial = rng.randint(2, 899)
    stem = f"{day:02}{month:02}{year % 100:02}"
    return f"{stem}-{serial:03}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{stem}{serial:03}') % 31]}"


def poland_pesel(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 4)}"
    return f"{body}{-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10}"


def czech_number(rng: Random) -> str:
    while True:
        year, month, day = birthday(rng, 1955, 1999)
        body = f"{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 3)}"
        if int(body) % 11 < 10:
            return f"{body[:6]}/{body[6:]}{int(body) % 11}"


def romania_cnp(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{rng.choice('12')}{year % 100:02}{month:02}{day:02}{rng.randint(1, 46):02}{rng.randint(1, 999):03}"
    check = weighted(body, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return f"{body}{1 if check == 10 else check}"


def croatia_oib(rng: Random) -> str:
    body = _digits(rng, 10)
    return body + mod_11_10(body)


def turkey_id(rng: Random) -> str:
    body = _digits(rng, 9)
    tenth = (sum(map(int, body[::2])) * 7 - sum(map(int, body[1::2]))) % 10
    return f"{body}{tenth}{(sum(map(int, body)) + tenth) % 10}"


def ireland_pps(rng: Random) -> str:
    body = _digits(rng, 7)
    second = rng.choice("ABCDEFGH")
    return f"{body}{'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(body, range(8, 1, -1)) + 9 * (ord(second) - 64)) % 23]}{second}"


def switzerland_ahv(rng: Random) -> str:
    body = "756" + pick(rng, DIGITS, 9)
    check = -weighted(body, (1, 3) * 6) % 10
    return f"{body[:3]}.{body[3:7]}.{body[7:11]}.{body[11]}{check}"


def austria_svnr(rng: Random) -> str:
    while True:
        year, month, day = birthday(rng, 1950, 1999)
        serial, date = str(rng.randint(100, 999)), f"{day:02}{month:02}{year % 100:02}"
        check = weighted(serial + date, (3, 7, 9, 5, 8, 4, 2, 1, 6)) % 11
        if check < 10:
            return f"{serial}{check} {date}"


def south_africa_id(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 4)}08"
    return body + luhn_digit(body)


def brazil_cpf(rng: Random) -> str:
    digits = _digits(rng, 9)
    for start in (10, 11):
        digits += str(weighted(digits, range(start, 1, -1)) * 10 % 11 % 10)
    return f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"


_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def mexico_curp(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    state = rng.choice(("DF", "JC", "NL", "OC", "VZ", "YN"))
    body = (
        f"{rng.choice('BCDGLMPRS')}{rng.choice('AEIOU')}{pick(rng, 'BCDGLMPRS', 2)}{year % 100:02}{month:02}{day:02}"
        f"{rng.choice('HM')}{state}{pick(rng, 'BCDFGLMNPRST', 3)}{rng.choice(DIGITS)}"
    )
    return f"{body}{-sum(_CURP.index(char) * (18 - place) for place, char in enumerate(body)) % 10}"


def chile_rut(rng: Random) -> str:
    body = str(rng.randint(7_000_000, 24_999_999))
    check = 11 - weighted(body[::-1], (2, 3, 4, 5, 6, 7, 2, 3)) % 11
    return f"{int(body):,}".replace(",", ".") + "-" + {11: "0", 10: "K"}.get(check, str(check))


def argentina_cuil(rng: Random) -> str:
    while True:
        body = rng.choice(("20", "23", "27")) + _digits(rng, 8)
        check = 11 - weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if check != 10:
            return f"{body[:2]}-{body[2:]}-{0 if check == 11 else check}"


def india_aadhaar(rng: Random) -> str:
    body = rng.choice("23456789") + pick(rng, DIGITS, 10)
    return _grouped(body + verhoeff_digit(body))


def india_pan(rng: Random) -> str:
    return f"{pick(rng, UPPER, 3)}P{rng.choice(UPPER)}{pick(rng, DIGITS, 4)}{rng.choice(UPPER)}"


def australia_tfn(rng: Random) -> str:
    while True:
        body = _digits(rng, 9)
        if weighted(body, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0:
            return _grouped(body, 3)


def australia_medicare(rng: Random) -> str:
    body = rng.choice("23456") + pick(rng, DIGITS, 7)
    number = f"{body}{weighted(body, (1, 3, 7, 9, 1, 3, 7, 9)) % 10}{rng.choice('12345')}"
    return f"{number[:4]} {number[4:9]} {number[9]}"


def new_zealand_ird(rng: Random) -> str:
    while True:
        body = str(rng.randint(10_000_000, 14_999_999))
        check = -weighted(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10:
            return (
                f"{body[:3]}-{body[3:6]}-{body[6:]}{check}"
                if len(body) > 8
                else f"{body[:2]}-{body[2:5]}-{body[5:]}{check}"
            )


def singapore_nric(rng: Random) -> str:
    head, body = rng.choice("ST"), pick(rng, DIGITS, 7)
    total = weighted(body, (2, 7, 6, 5, 4, 3, 2)) + (4 if head == "T" else 0)
    return f"{head}{body}{'JZIHGFEDCBA'[total % 11]}"


def korea_rrn(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year % 100:02}{month:02}{day:02}{rng.choice('12')}{pick(rng, DIGITS, 5)}"
    check = (11 - weighted(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def japan_number(rng: Random) -> str:
    body = _digits(rng, 11)
    rest = weighted(body[::-1], (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)) % 11
    return _grouped(f"{body}{0 if rest <= 1 else 11 - rest}")


def taiwan_id(rng: Random) -> str:
    letter = rng.choice("ABCDEFGHJKLMNPQRSTUVXYWZIO")
    code = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(letter)
    body = rng.choice("12") + pick(rng, DIGITS, 7)
    total = code // 10 + code % 10 * 9 + weighted(body, range(8, 0, -1))
    return f"{letter}{body}{-total % 10}"


def china_id(rng: Random) -> str:
    year, month, day = birthday(rng)
    region = rng.choice(("110101", "310115", "440305", "510104", "330106"))
    body = f"{region}{year}{month:02}{day:02}{rng.randint(1, 999):03}"
    return body + "10X98765432"[weighted(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]


def thailand_id(rng: Random) -> str:
    body = rng.choice("12345678") + pick(rng, DIGITS, 11)
    check = (11 - weighted(body, range(13, 1, -1)) % 11) % 10
    return f"{body[0]}-{body[1:5]}-{body[5:10]}-{body[10:]}-{check}"


def israel_id(rng: Random) -> str:
    body = rng.choice("23") + pick(rng, DIGITS, 7)
    return body + luhn_digit(body)


def ipv6(rng: Random) -> str:
    block = rng.choice(("2a02:8071", "2600:1f18", "2804:14c", "2404:6800", "2003:e5"))
    return ":".join([block, *(f"{rng.randint(4097, 65535):x}" for _ in range(6))])


def mac_address(rng: Random) -> str:
    return ":".join(["3c:22:fb", *(hexadecimal(rng, 2) for _ in range(3))])


def mac_dashed(rng: Random) -> str:
    return "-".join(["B8-27-EB", *(hexadecimal(rng, 2).upper() for _ in range(3))])


def birth_date(form: str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        return form.format(y=year, m=month, d=day)

    return make


def passport(rng: Random) -> str:
    return rng.choice(UPPER) + _digits(rng, 8)


def medicare_beneficiary(rng: Random) -> str:
    letters = "ACDEFGHJKMNPQRTUVWXY"
    mixed = letters + DIGITS
    return (
        f"{rng.choice('123456789')}{rng.choice(letters)}{rng.choice(mixed)}{rng.choice(DIGITS)}-{rng.choice(letters)}"
        f"{rng.choice(mixed)}{rng.choice(DIGITS)}-{pick(rng, letters, 2)}{pick(rng, DIGITS, 2)}"
    )


def itin(rng: Random) -> str:
    return f"9{pick(rng, DIGITS, 2)}-{rng.choice(('7', '8'))}{rng.choice('0123456')}-{pick(rng, DIGITS, 4)}"


_PHONE = ("phone", "mobile", "Tel.", "phoneNumber", "contact number")
_CARD = ("card number", "cardNumber", "pan", "credit card")
_MAIL = ("contact", "email", "E-Mail")
_IBAN = ("IBAN", "iban", "account")

PERSONAL = (
    PersonalKind("email_plus", _email("{f}.{l}+news{n}@{d}.org"), _MAIL, bare=True),
    PersonalKind("email_subdomain", _email("{f}{n}@mail.{d}.com.br"), _MAIL, bare=True),
    PersonalKind("email_short_tld", _email("{f}_{l}@{d}.de"), _MAIL, bare=True),
    PersonalKind("email_upper", lambda r: _email("{f}.{l}@{d}.fr")(r).upper(), _MAIL, bare=True),
    PersonalKind("card_amex", _card("37", 15), _CARD, bare=True),
    PersonalKind("card_amex_groups", _card("34", 15, _amex_groups), _CARD, bare=True),
    PersonalKind("card_discover", _card("6011", 16), _CARD, bare=True),
    PersonalKind("card_jcb_dashes", _card("3530", 16, lambda n: _grouped(n, 4, "-")), _CARD, bare=True),
    PersonalKind("card_unionpay", _card("6225", 16, _grouped), _CARD, bare=True),
    PersonalKind("card_diners", _card("3852", 14), _CARD, bare=True),
    PersonalKind("card_mastercard_2", _card("2297", 16), _CARD, bare=True),
    PersonalKind("iban_fr", _iban("FR", "23n"), _IBAN, bare=True),
    PersonalKind("iban_nl", _iban("NL", "4a10n", _grouped), _IBAN, bare=True),
    PersonalKind("iban_es", _iban("ES", "20n", _grouped), _IBAN, bare=True),
    PersonalKind("iban_it", _iban("IT", "1a22n"), _IBAN, bare=True),
    PersonalKind("iban_pl", _iban("PL", "24n", _grouped), _IBAN, bare=True),
    PersonalKind("iban_no", _iban("NO", "11n"), _IBAN, bare=True),
    PersonalKind("iban_mt", _iban("MT", "4a23n"), _IBAN, bare=True),
    PersonalKind("iban_sa", _iban("SA", "20n"), _IBAN, bare=True),
    PersonalKind("iban_br", _iban("BR", "23n2a"), _IBAN, bare=True),
    PersonalKind("phone_gb", _phone("+44 20 7### ####"), _PHONE, bare=True),
    PersonalKind("phone_de", _phone("+49 151 ########"), _PHONE, bare=True),
    PersonalKind("phone_fr", _phone("+33 6 ## ## ## ##"), _PHONE, bare=True),
    PersonalKind("phone_in", _phone("+91 98### #####"), _PHONE, bare=True),
    PersonalKind("phone_br", _phone("+55 11 9####-####"), _PHONE, bare=True),
    PersonalKind("phone_jp", _phone("+81-90-####-####"), _PHONE, bare=True),
    PersonalKind("phone_e164", _phone("+46701######"), _PHONE, bare=True),
    PersonalKind("phone_national_fr", _phone("06 ## ## ## ##"), ("téléphone", "Tél.", "portable")),
    PersonalKind("phone_national_de", _phone("0171 @######"), ("Telefon", "Handy", "Mobilnummer")),
    PersonalKind("phone_us_dots", _phone("@12.@37.####"), ("phone", "cell", "call me at")),
    PersonalKind("sin_ca", canada_sin, ("SIN", "social insurance number", "sin")),
    PersonalKind("itin_us", itin, ("ITIN", "taxpayer id")),
    PersonalKind("mbi_us", medicare_beneficiary, ("MBI", "Medicare beneficiary identifier")),
    PersonalKind("nino_gb", britain_nino, ("NI number", "National Insurance", "nino"), bare=True),
    PersonalKind("nhs_gb", britain_nhs, ("NHS number", "nhs_number", "NHS No")),
    PersonalKind("tax_de", germany_tax, ("Steuer-ID", "steuerId", "IdNr", "Steueridentifikationsnummer")),
    PersonalKind("nir_fr", france_nir, ("numéro de sécurité sociale", "NIR"), bare=True),
    PersonalKind("dni_es", spain_dni, ("DNI", "dni", "NIF")),
    PersonalKind("nie_es", spain_nie, ("NIE", "nie")),
    PersonalKind("fiscal_it", italy_fiscal, ("codice fiscale", "codiceFiscale", "CF"), bare=True),
    PersonalKind("nif_pt", portugal_nif, ("NIF", "contribuinte", "número fiscal")),
    PersonalKind("bsn_nl", netherlands_bsn, ("BSN", "burgerservicenummer", "bsn")),
    PersonalKind("register_be", belgium_register, ("rijksregisternummer", "NISS"), bare=True),
    PersonalKind("personnummer_se", sweden_number, ("personnummer", "personal identity number"), bare=True),
    PersonalKind("fodselsnummer_no", norway_number, ("fødselsnummer", "fodselsnummer")),
    PersonalKind("cpr_dk", denmark_cpr, ("CPR", "CPR-nummer", "cpr_number")),
    PersonalKind("hetu_fi", finland_code, ("henkilötunnus", "HETU"), bare=True),
    PersonalKind("pesel_pl", poland_pesel, ("PESEL", "pesel")),
    PersonalKind("rodne_cz", czech_number, ("rodné číslo", "RČ")),
    PersonalKind("cnp_ro", romania_cnp, ("CNP", "cod numeric personal")),
    PersonalKind("oib_hr", croatia_oib, ("OIB", "oib")),
    PersonalKind("tckn_tr", turkey_id, ("TC kimlik no", "TCKN", "kimlikNo")),
    PersonalKind("pps_ie", ireland_pps, ("PPS number", "PPSN")),
    PersonalKind("ahv_ch", switzerland_ahv, ("AHV-Nummer", "AHV"), bare=True),
    PersonalKind("svnr_at", austria_svnr, ("Sozialversicherungsnummer", "SVNR")),
    PersonalKind("id_za", south_africa_id, ("ID number", "South African ID", "rsa_id")),
    PersonalKind("cpf_br", brazil_cpf, ("CPF", "cpf"), bare=True),
    PersonalKind("curp_mx", mexico_curp, ("CURP", "curp"), bare=True),
    PersonalKind("rut_cl", chile_rut, ("RUT", "RUN", "rut"), bare=True),
    PersonalKind("cuil_ar", argentina_cuil, ("CUIL", "CUIT", "cuil")),
    PersonalKind("aadhaar_in", india_aadhaar, ("Aadhaar", "aadhaarNumber", "aadhaar no")),
    PersonalKind("pan_in", india_pan, ("PAN card", "Permanent Account Number")),
    PersonalKind("tfn_au", australia_tfn, ("TFN", "tax file number")),
    PersonalKind("medicare_au", australia_medicare, ("Medicare number", "medicareNumber")),
    PersonalKind("ird_nz", new_zealand_ird, ("IRD number", "IRD")),
    PersonalKind("nric_sg", singapore_nric, ("NRIC", "nric", "FIN"), bare=True),
    PersonalKind("rrn_kr", korea_rrn, ("주민등록번호", "resident registration number"), bare=True),
    PersonalKind("mynumber_jp", japan_number, ("マイナンバー", "My Number", "個人番号")),
    PersonalKind("id_tw", taiwan_id, ("身分證字號", "Taiwan ID"), bare=True),
    PersonalKind("id_cn", china_id, ("身份证号", "resident identity card", "身份证"), bare=True),
    PersonalKind("id_th", thailand_id, ("เลขประจำตัวประชาชน", "Thai national ID"), bare=True),
    PersonalKind("id_il", israel_id, ("Teudat Zehut", "תעודת זהות")),
    PersonalKind("ipv6", ipv6, ("client_ip", "remote_addr", "IP"), bare=True),
    PersonalKind("mac", mac_address, ("mac", "MAC address", "hwaddr"), bare=True),
    PersonalKind("mac_dashed", mac_dashed, ("Physical Address", "macAddress"), bare=True),
    PersonalKind("dob_iso", birth_date("{y}-{m:02}-{d:02}"), ("date_of_birth", "dob", "dateOfBirth", "Date of birth")),
    PersonalKind("dob_slashes", birth_date("{d:02}/{m:02}/{y}"), ("DOB", "date de naissance", "fecha de nacimiento")),
    PersonalKind("dob_dots", birth_date("{d:02}.{m:02}.{y}"), ("Geburtsdatum", "geboren am", "data di nascita")),
    PersonalKind("passport", passport, ("passport number", "passportNumber", "Passport No", "Reisepass")),
)  # fmt: skip
