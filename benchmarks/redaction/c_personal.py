"""Personal data of profile C: Europe and the Americas, each number with the check digits that its country gives it."""

# ruff: noqa: E501, PLR2004, RUF001  # the numbers are the countries' own weights

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.personal_kinds import PersonalKind
from benchmarks.redaction.randomness import (
    ALNUM,
    DIGITS,
    FIRST,
    LAST,
    NOUNS,
    UPPER,
    birthday,
    hexadecimal,
    iban,
    luhn_digit,
    pick,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]


def _digits(rng: Random, count: int) -> str:
    return rng.choice("123456789") + pick(rng, DIGITS, count - 1)


def _value(char: str) -> int:
    return int(char, 36)


def _sum731(text: str, weights: tuple[int, ...] = (7, 3, 1)) -> int:
    return sum(_value(char) * weights[place % 3] for place, char in enumerate(text))


def _until(rng: Random, make: Callable[[Random], str | None]) -> str:
    """Draws again where the check digit of a number would be ten."""
    while (text := make(rng)) is None:
        pass
    return text


def _grouped(text: str, sizes: tuple[int, ...], gap: str = " ") -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return gap.join(piece for piece in pieces if piece)


# Europe


def spi_fr(rng: Random) -> str:
    body = rng.choice("0123") + pick(rng, DIGITS, 9)
    return _grouped(f"{body}{int(body) % 511:03}", (2, 2, 3, 3, 3), rng.choice((" ", "")))


def passport_fr(rng: Random) -> str:
    return f"{rng.randint(10, 26)}{pick(rng, UPPER, 2)}{pick(rng, DIGITS, 5)}"


def kvnr_de(rng: Random) -> str:
    letter, number = rng.choice(UPPER), pick(rng, DIGITS, 8)
    digits = f"{ord(letter) - 64:02}{number}"
    total = 0
    for place, char in enumerate(digits):
        product = int(char) * (1 + place % 2)
        total += product // 10 + product % 10
    return f"{letter}{number}{total % 10}"


def licence_de(rng: Random) -> str:
    return f"{rng.choice('BDFHJKMN')}{pick(rng, '0123456789', 3)}{rng.choice(UPPER)}{pick(rng, ALNUM[26:52] + DIGITS, 4)}{pick(rng, DIGITS, 2)}"


def naf_es(rng: Random) -> str:
    province, number = f"{rng.randint(1, 50):02}", _digits(rng, 8)
    return rng.choice(("/", " ", "")).join((province, number, f"{int(province + number) % 97:02}"))


def passport_es(rng: Random) -> str:
    return pick(rng, UPPER, 3) + pick(rng, DIGITS, 6)


def citizen_card_pt(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        number = _digits(rng, 8)
        check = -weighted(number, range(9, 1, -1)) % 11
        body = f"{number}{check}{rng.choice('ZYXWV')}{rng.choice('ZYXWV')}" if check < 10 else ""
        if not body:
            return None
        total = 0
        for place, char in enumerate(reversed(body)):
            value = _value(char) * (2 if place % 2 == 0 else 1)
            total += value - 9 if place % 2 == 0 and value > 9 else value
        return f"{body[:8]} {body[8]} {body[9:]}{-total % 10}"

    return _until(rng, draw)


def niss_pt(rng: Random) -> str:
    body = rng.choice("12") + pick(rng, DIGITS, 9)
    return f"{body}{9 - weighted(body, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10}"


def chi_scotland(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        year, month, day = birthday(rng)
        body = f"{day:02}{month:02}{year % 100:02}{pick(rng, DIGITS, 3)}"
        check = (11 - weighted(body, range(10, 1, -1)) % 11) % 11
        return None if check == 10 else f"{body}{check}"

    return _until(rng, draw)


def d_number_no(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day + 40:02}{month:02}{year % 100:02}{rng.randint(0, 499):03}"
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            check = -weighted(body, weights) % 11
            if check == 10:
                return None
            body += str(check)
        return body

    return _until(rng, draw)


def coordination_se(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{year % 100:02}{month:02}{day + 60:02}{pick(rng, DIGITS, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def dowod_pl(rng: Random) -> str:
    letters, rest = pick(rng, UPPER, 3), pick(rng, DIGITS, 5)
    return f"{letters}{(_sum731(letters) + _sum731(rest)) % 10}{rest}"


def passport_pl(rng: Random) -> str:
    letters, rest = pick(rng, UPPER, 2), pick(rng, DIGITS, 6)
    total = _value(letters[0]) * 7 + _value(letters[1]) * 3 + _sum731(rest, (1, 7, 3))
    return f"{letters}{total % 10}{rest}"


def tax_hu(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = f"8{rng.randint(30000, 49999)}{pick(rng, DIGITS, 3)}"
        check = weighted(body, range(1, 10)) % 11
        return None if check == 10 else f"{body}{check}"

    return _until(rng, draw)


def personal_hu(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        year, month, day = birthday(rng, 1950, 1996)
        body = f"{rng.choice('12')}{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 3)}"
        check = weighted(body, range(1, 11)) % 11
        return None if check == 10 else f"{body[0]}-{body[1:7]}-{body[7:]}{check}"

    return _until(rng, draw)


def lnch_bg(rng: Random) -> str:
    body = _digits(rng, 9)
    return f"{body}{weighted(body, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10}"


def tax_si(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = _digits(rng, 7)
        check = 11 - weighted(body, range(8, 1, -1)) % 11
        return None if check == 11 else f"{body}{check % 10}"

    return _until(rng, draw)


def idnp_md(rng: Random) -> str:
    body = "2" + pick(rng, DIGITS, 11)
    return f"{body}{_sum731(body) % 10}"


def personal_by(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{rng.choice('34')}{day:02}{month:02}{year % 100:02}{rng.choice('ABCHKEM')}{pick(rng, DIGITS, 3)}{rng.choice(('PB', 'BA', 'BI'))}"
    return f"{body}{_sum731(body) % 10}"


def tic_cy(rng: Random) -> str:
    body = "00" + pick(rng, DIGITS, 6)
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
    total = sum(odd[int(char)] if place % 2 == 0 else int(char) for place, char in enumerate(body))
    return f"{body}{UPPER[total % 26]}"


def id_mt(rng: Random) -> str:
    return f"{pick(rng, DIGITS, 7)}{rng.choice('MGAPLHBZ')}"


def ehic(rng: Random) -> str:
    return f"80{rng.choice(('276', '250', '040', '056', '380'))}{pick(rng, DIGITS, 15)}"


# The Americas


def ssn_dashes(rng: Random) -> str:
    area = rng.choice([number for number in range(1, 899) if number != 666])
    return f"{area:03}-{rng.randint(1, 99):02}-{rng.randint(1, 9999):04}"


def dea_us(rng: Random) -> str:
    body = pick(rng, DIGITS, 6)
    check = (sum(map(int, body[::2])) + 2 * sum(map(int, body[1::2]))) % 10
    return f"{rng.choice('ABFM')}{rng.choice(UPPER)}{body}{check}"


def alien_us(rng: Random) -> str:
    return f"A{rng.choice((' ', '', '-'))}{_digits(rng, 9)}"


def phn_bc(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = pick(rng, DIGITS, 8)
        total = sum(int(char) * weight % 11 for char, weight in zip(body, (2, 4, 8, 5, 10, 9, 7, 3), strict=True))
        check = 11 - total % 11
        return None if check > 9 else f"9{body}{check}"

    number = _until(rng, draw)
    return _grouped(number, (4, 3, 3)) if rng.random() < 0.5 else number


def ramq_qc(rng: Random) -> str:
    year, month, day = birthday(rng)
    month += rng.choice((0, 50))
    return f"{rng.choice(LAST)[:3].upper()}{rng.choice(FIRST)[0].upper()} {year % 100:02}{month:02} {day:02}{pick(rng, DIGITS, 2)}"


def licence_ca(rng: Random) -> str:
    return f"{rng.choice(UPPER)}{_digits(rng, 4)}-{_digits(rng, 5)}-{_digits(rng, 5)}"


def account_ca(rng: Random) -> str:
    return f"{_digits(rng, 5)}-{rng.choice(('001', '002', '003', '004', '010', '815'))}-{_digits(rng, 7)}"


def elector_mx(rng: Random) -> str:
    year, month, day = birthday(rng)
    return f"{pick(rng, 'BCDFGHJKLMNPQRSTVWXZ', 6)}{year % 100:02}{month:02}{day:02}{rng.randint(1, 32):02}{rng.choice('HM')}{pick(rng, DIGITS, 3)}"


def titulo_br(rng: Random) -> str:
    serial, state = pick(rng, DIGITS, 8), f"{rng.randint(3, 28):02}"
    one = weighted(serial, range(2, 10)) % 11 % 10
    two = weighted(f"{state}{one}", (7, 8, 9)) % 11 % 10
    return _grouped(f"{serial}{state}{one}{two}", (4, 4, 4), rng.choice((" ", "")))


def cnh_br(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = pick(rng, DIGITS, 9)
        one, two = weighted(body, range(9, 0, -1)) % 11, weighted(body, range(1, 10)) % 11
        # The rule for a remainder of ten differs from source to source.
        return None if one == 10 or two == 10 else f"{body}{one}{two}"

    return _until(rng, draw)


def cns_br(rng: Random) -> str:
    while True:
        body = rng.choice("789") + pick(rng, DIGITS, 13)
        check = -weighted(body, range(15, 1, -1)) % 11
        if check < 10:
            return _grouped(f"{body}{check}", (3, 4, 4, 4), rng.choice((" ", "")))


def dni_ar(rng: Random) -> str:
    number = str(rng.randint(11_000_000, 47_000_000))
    return f"{number[:2]}.{number[2:5]}.{number[5:]}"


def cbu_ar(rng: Random) -> str:
    one, two = pick(rng, DIGITS, 7), pick(rng, DIGITS, 13)
    one += str(-weighted(one, (7, 1, 3, 9, 7, 1, 3)) % 10)
    return one + two + str(-weighted(two, (3, 9, 7, 1) * 4) % 10)


def ruc_pe(rng: Random) -> str:
    body = f"10{pick(rng, DIGITS, 8)}"
    return f"{body}{(11 - weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10}"


def rif_ve(rng: Random) -> str:
    body = _digits(rng, 8)
    return f"V-{body}-{'00987654321'[(4 + weighted(body, (3, 2, 7, 6, 5, 4, 3, 2))) % 11]}"


def ci_py(rng: Random) -> str:
    number = str(rng.randint(1_000_000, 6_999_999))
    rest = weighted(number[::-1], range(2, 9)) % 11
    return f"{number[0]}.{number[1:4]}.{number[4:]}-{11 - rest if rest > 1 else 0}"


def cui_gt(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = _digits(rng, 8)
        check = weighted(body, range(2, 10)) % 11
        return None if check == 10 else f"{body[:4]} {body[4:]}{check} {rng.randint(1, 22):02}{rng.randint(1, 8):02}"

    return _until(rng, draw)


def dui_sv(rng: Random) -> str:
    body = pick(rng, DIGITS, 8)
    return f"{body}-{-weighted(body, range(9, 1, -1)) % 10}"


def cedula_cr(rng: Random) -> str:
    return f"{rng.randint(1, 7)}-{rng.randint(100, 1999):04}-{rng.randint(100, 999):04}"


def dni_hn(rng: Random) -> str:
    return f"{rng.randint(1, 18):02}{rng.randint(1, 20):02}-{rng.randint(1950, 2003)}-{rng.randint(1, 9999):05}"


# Accounts and cards


def ccc_es(rng: Random) -> str:
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    bank, account = _digits(rng, 8), pick(rng, DIGITS, 10)
    checks = [11 - weighted(text, weights) % 11 for text in (f"00{bank}", account)]
    written = "".join({10: "1", 11: "0"}.get(check, str(check)) for check in checks)
    return f"{bank[:4]} {bank[4:]} {written} {account}"


def account_no(rng: Random) -> str:
    def draw(rng: Random) -> str | None:
        body = _digits(rng, 10)
        check = -weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return None if check == 10 else f"{body[:4]}.{body[4:6]}.{body[6:]}{check}"

    return _until(rng, draw)


def rib_fr(rng: Random) -> str:
    bank, branch, account = _digits(rng, 5), pick(rng, DIGITS, 5), pick(rng, DIGITS, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank} {branch} {account} {key:02}"


def _card(prefixes: tuple[str, ...], size: int, gap: str) -> Make:
    def make(rng: Random) -> str:
        prefix = rng.choice(prefixes)
        body = prefix + pick(rng, DIGITS, size - 1 - len(prefix))
        return _grouped(body + luhn_digit(body), (4, 4, 4, 4), gap)

    return make


def _iban(country: str, letters: int, digits: int, *, gap: str = "") -> Make:
    def make(rng: Random) -> str:
        text = iban(rng, country, pick(rng, UPPER, letters) + _digits(rng, digits))
        return gap.join(text[start : start + 4] for start in range(0, len(text), 4)) if gap else text

    return make


# Reaching people


def _phone(*forms: str) -> Make:
    """A form's `#` is any digit, `*` any from 2 to 9."""

    def make(rng: Random) -> str:
        form, marks = rng.choice(forms), {"#": DIGITS, "*": "2346789"}  # never 555, which is kept for fiction
        return "".join(rng.choice(marks.get(char, char)) for char in form)

    return make


def email_corporate(rng: Random) -> str:
    return f"{rng.choice(FIRST)}.{rng.choice(LAST)}@{rng.choice(NOUNS)}-{rng.choice(NOUNS)}.{rng.choice(('co.uk', 'com.br', 'com.mx', 'gc.ca', 'com.ar'))}"


def email_provider(rng: Random) -> str:
    return f"{rng.choice(FIRST)}{rng.choice(('.', '_', ''))}{rng.choice(LAST)}{rng.randint(1, 99)}@{rng.choice(('gmail.com', 'outlook.com', 'gmx.de', 'orange.fr', 'libero.it', 'uol.com.br', 'seznam.cz', 'wp.pl'))}"


def email_local_accents(rng: Random) -> str:
    return f"{rng.choice(('jürgen', 'zoë', 'françois', 'łukasz', 'søren', 'iñaki', 'márta'))}.{rng.choice(LAST)}{rng.randint(2, 99)}@{rng.choice(NOUNS)}{rng.choice(NOUNS)}.eu"


def email_symbols(rng: Random) -> str:
    return f"{rng.choice(LAST)}_{rng.choice(FIRST)}-{rng.randint(2, 99)}{rng.choice('=/^')}{rng.choice(NOUNS)}@{rng.choice(NOUNS)}.net"


def email_new_tld(rng: Random) -> str:
    return f"{rng.choice(FIRST)}@{rng.choice(LAST)}.{rng.choice(('photography', 'consulting', 'barcelona', 'healthcare', 'engineering'))}"


def _public_v4(rng: Random) -> str:
    first = rng.choice((31, 46, 62, 77, 80, 84, 87, 89, 91, 93, 151, 176, 178, 185, 188, 189, 190, 201))
    return f"{first}.{rng.randint(16, 90)}.{rng.randint(1, 254)}.{rng.randint(2, 253)}"


def ipv6_upper(rng: Random) -> str:
    groups = [hexadecimal(rng, 4).upper() for _ in range(6)]
    return ":".join(
        (rng.choice(("2A02", "2003", "2600", "2804")), f"{rng.randint(1, 9)}{hexadecimal(rng, 3).upper()}", *groups)
    )


def ipv6_mapped(rng: Random) -> str:
    return f"::ffff:{_public_v4(rng)}"


def mac_compact(rng: Random) -> str:
    return rng.choice(("3C22FB", "F01898", "A4C3F0", "001B63", "DCA632")) + hexadecimal(rng, 6).upper()


def eui64(rng: Random) -> str:
    raw = rng.choice(("3c22fb", "f01898", "a4c3f0", "dca632")) + "fffe" + hexadecimal(rng, 6)
    return ":".join(raw[start : start + 2] for start in range(0, 16, 2))


_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}


def _born(language: str, form: str) -> Make:
    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        return form.format(day=day, month=_MONTHS[language].split()[month - 1], year=year)

    return make


def dob_year_first(rng: Random) -> str:
    year, month, day = birthday(rng)
    return f"{year}/{month:02}/{day:02}"


def dob_timestamp(rng: Random) -> str:
    year, month, day = birthday(rng)
    return f"{year}-{month:02}-{day:02}T00:00:00.000Z"


_PHONE = ("phone", "mobile", "cell phone")
_BIRTH = ("date of birth", "DOB", "birthdate")

PERSONAL: tuple[PersonalKind, ...] = (
    PersonalKind("spi_fr", spi_fr, ("numéro fiscal", "French tax number", "numéro SPI")),
    PersonalKind("passport_fr", passport_fr, ("numéro de passeport", "passport number")),
    PersonalKind("kvnr_de", kvnr_de, ("Krankenversichertennummer", "Versichertennummer", "health insurance number")),
    PersonalKind("licence_de", licence_de, ("Führerscheinnummer", "driving licence number")),
    PersonalKind("naf_es", naf_es, ("número de la Seguridad Social", "Spanish social security number")),
    PersonalKind("passport_es", passport_es, ("número de pasaporte", "passport number")),
    PersonalKind("citizen_card_pt", citizen_card_pt, ("cartão de cidadão", "número do cartão de cidadão", "Portuguese citizen card number")),
    PersonalKind("niss_pt", niss_pt, ("NISS", "número de segurança social", "Portuguese social security number")),
    PersonalKind("chi_scotland", chi_scotland, ("CHI number", "patient CHI number")),
    PersonalKind("d_number_no", d_number_no, ("D-nummer", "Norwegian D number", "personnummer")),
    PersonalKind("coordination_se", coordination_se, ("samordningsnummer", "Swedish coordination number")),
    PersonalKind("dowod_pl", dowod_pl, ("numer dowodu osobistego", "seria i numer dowodu", "Polish identity card number")),
    PersonalKind("passport_pl", passport_pl, ("numer paszportu", "Polish passport number")),
    PersonalKind("tax_hu", tax_hu, ("adóazonosító jel", "Hungarian tax id")),
    PersonalKind("personal_hu", personal_hu, ("személyi azonosító", "személyi szám", "Hungarian personal id")),
    PersonalKind("lnch_bg", lnch_bg, ("ЛНЧ", "Bulgarian personal number of a foreigner")),
    PersonalKind("tax_si", tax_si, ("davčna številka", "Slovenian tax number")),
    PersonalKind("idnp_md", idnp_md, ("IDNP", "cod personal", "Moldovan personal code")),
    PersonalKind("personal_by", personal_by, ("личный номер", "идентификационный номер", "Belarusian personal number"), bare=True),
    PersonalKind("tic_cy", tic_cy, ("tax identification code", "αριθμός φορολογικού μητρώου", "Cyprus TIC")),
    PersonalKind("id_mt", id_mt, ("Maltese ID card number", "numru tal-karta tal-identità")),
    PersonalKind("ehic", ehic, ("EHIC number", "European health insurance card", "Kennnummer der Karte", "numéro de la carte européenne")),
    PersonalKind("ssn_dashes", ssn_dashes, ("SSN", "social security number", "soc sec no"), bare=True),
    PersonalKind("dea_us", dea_us, ("DEA number", "prescriber DEA")),
    PersonalKind("alien_us", alien_us, ("alien registration number", "USCIS A-number")),
    PersonalKind("phn_bc", phn_bc, ("PHN", "personal health number", "BC health card number")),
    PersonalKind("ramq_qc", ramq_qc, ("numéro d’assurance maladie", "RAMQ", "Quebec health insurance number")),
    PersonalKind("licence_ca", licence_ca, ("Ontario driver licence", "driver licence number", "permis de conduire")),
    PersonalKind("account_ca", account_ca, ("bank account number", "direct deposit account", "numéro de compte bancaire")),
    PersonalKind("elector_mx", elector_mx, ("clave de elector", "INE voter key"), bare=True),
    PersonalKind("titulo_br", titulo_br, ("título de eleitor", "Brazilian voter number")),
    PersonalKind("cnh_br", cnh_br, ("CNH", "número da CNH", "Brazilian driver licence")),
    PersonalKind("cns_br", cns_br, ("CNS", "cartão nacional de saúde", "cartão SUS")),
    PersonalKind("dni_ar", dni_ar, ("DNI", "documento nacional de identidad", "Argentine national id")),
    PersonalKind("cbu_ar", cbu_ar, ("CBU", "clave bancaria uniforme")),
    PersonalKind("ruc_pe", ruc_pe, ("RUC", "número de RUC", "Peruvian taxpayer number")),
    PersonalKind("rif_ve", rif_ve, ("RIF", "Venezuelan RIF")),
    PersonalKind("ci_py", ci_py, ("RUC", "cédula de identidad", "Paraguayan taxpayer number")),
    PersonalKind("cui_gt", cui_gt, ("CUI", "DPI", "código único de identificación")),
    PersonalKind("dui_sv", dui_sv, ("DUI", "documento único de identidad")),
    PersonalKind("cedula_cr", cedula_cr, ("cédula", "número de cédula", "Costa Rican identity card")),
    PersonalKind("dni_hn", dni_hn, ("DNI", "número de identidad", "Honduran identity number")),
    PersonalKind("ccc_es", ccc_es, ("cuenta bancaria", "código cuenta cliente", "bank account number")),
    PersonalKind("account_no", account_no, ("kontonummer", "Norwegian bank account number")),
    PersonalKind("rib_fr", rib_fr, ("RIB", "relevé d’identité bancaire", "compte bancaire")),
    PersonalKind("card_visa_spaced", _card(("4",), 16, " "), ("card number", "numéro de carte", "número de tarjeta"), bare=True),
    PersonalKind("card_mastercard_5", _card(("51", "52", "53", "54", "55"), 16, ""), ("card number", "Kartennummer", "numero carta di credito"), bare=True),
    PersonalKind("card_elo", _card(("636368", "506699", "509000"), 16, " "), ("número do cartão", "card number"), bare=True),
    PersonalKind("card_dankort", _card(("5019",), 16, " "), ("kortnummer", "card number"), bare=True),
    PersonalKind("card_hipercard", _card(("606282",), 16, ""), ("número do cartão", "payment card number"), bare=True),
    PersonalKind("iban_de", _iban("DE", 0, 18, gap=" "), ("IBAN", "Kontoverbindung"), bare=True),
    PersonalKind("iban_gb", _iban("GB", 4, 14), ("IBAN", "account IBAN"), bare=True),
    PersonalKind("iban_ie", _iban("IE", 4, 14, gap=" "), ("IBAN", "payee IBAN"), bare=True),
    PersonalKind("iban_dk", _iban("DK", 0, 14), ("IBAN", "IBAN-nummer"), bare=True),
    PersonalKind("iban_fi", _iban("FI", 0, 14, gap=" "), ("IBAN", "tilinumero"), bare=True),
    PersonalKind("iban_cz", _iban("CZ", 0, 20), ("IBAN", "číslo účtu"), bare=True),
    PersonalKind("iban_hu", _iban("HU", 0, 24, gap=" "), ("IBAN", "bankszámlaszám"), bare=True),
    PersonalKind("iban_lt", _iban("LT", 0, 16), ("IBAN", "sąskaitos numeris"), bare=True),
    PersonalKind("iban_hr", _iban("HR", 0, 17), ("IBAN", "broj računa"), bare=True),
    PersonalKind("iban_ua", _iban("UA", 0, 25), ("IBAN", "номер рахунку"), bare=True),
    PersonalKind("iban_cr", _iban("CR", 0, 18), ("IBAN", "cuenta IBAN"), bare=True),
    PersonalKind("phone_es_intl", _phone("+34 6## ## ## ##", "+34 6########", "+34 7## ### ###"), (*_PHONE, "teléfono", "móvil"), bare=True),
    PersonalKind("phone_benelux", _phone("+31 6 *#######", "+31 6 ## ## ## ##", "+32 47# ## ## ##", "+352 621 ### ###"), (*_PHONE, "telefoonnummer", "gsm"), bare=True),
    PersonalKind("phone_at", _phone("+43 664 *######", "+43 (0)676 *######", "+43 1 *######"), (*_PHONE, "Telefonnummer", "Handynummer"), bare=True),
    PersonalKind("phone_nordic", _phone("+46 70-*## ## ##", "+47 4## ## ###", "+45 *# ## ## ##", "+358 40 *######", "+354 6## ####"), (*_PHONE, "telefonnummer", "mobil", "puhelinnumero"), bare=True),
    PersonalKind("phone_pl", _phone("+48 60# ### ###", "+48 5## ### ###", "+48-79#-###-###"), (*_PHONE, "numer telefonu", "komórka"), bare=True),
    PersonalKind("phone_pt_gr_ie", _phone("+351 91# ### ###", "+30 694 *## ####", "+353 85 *## ####", "+353 (0)87 *######"), (*_PHONE, "telemóvel", "κινητό"), bare=True),
    PersonalKind("phone_central", _phone("+420 60# ### ###", "+421 90# ### ###", "+36 30 *## ####", "+40 72# ### ###", "+385 91 *## ####"), (*_PHONE, "telefon", "telefonszám"), bare=True),
    PersonalKind("phone_ua_tr", _phone("+380 67 *## ## ##", "+380 (50) *##-##-##", "+90 532 *## ## ##"), (*_PHONE, "номер телефону", "cep telefonu"), bare=True),
    PersonalKind("phone_ca", _phone("+1 (416) *##-####", "+1-514-*##-####", "+1 604 *## ####"), (*_PHONE, "téléphone"), bare=True),
    PersonalKind("phone_us_dashes", _phone("206-*##-####", "312-*##-####", "617-*##-####", "1-404-*##-####"), (*_PHONE, "contact number")),
    PersonalKind("phone_ar_cl", _phone("+54 9 11 *###-####", "+54 9 351 *##-####", "+56 9 *### ####"), (*_PHONE, "celular", "teléfono"), bare=True),
    PersonalKind("phone_andes", _phone("+57 31# *## ####", "+51 9## ### ###", "+593 99 *## ####", "+58 412-*######"), (*_PHONE, "celular", "número de celular"), bare=True),
    PersonalKind("msisdn", _phone("4479*#######", "3361*######", "4917*########", "55119########"), ("MSISDN", "subscriber MSISDN")),
    PersonalKind("email_corporate", email_corporate, ("e-mail", "email address", "correo electrónico"), bare=True),
    PersonalKind("email_provider", email_provider, ("email", "adresse e-mail", "E-Mail-Adresse"), bare=True),
    PersonalKind("email_local_accents", email_local_accents, ("email", "e-mail address"), bare=True),
    PersonalKind("email_symbols", email_symbols, ("email", "contact email"), bare=True),
    PersonalKind("email_new_tld", email_new_tld, ("email", "work email"), bare=True),
    PersonalKind("ipv4_visitor", _public_v4, ("client ip", "remote address", "last login ip", "visitor ip"), bare=True),
    PersonalKind("ipv6_upper", ipv6_upper, ("client ip", "ip address"), bare=True),
    PersonalKind("ipv6_mapped", ipv6_mapped, ("remote address", "peer address"), bare=True),
    PersonalKind("mac_compact", mac_compact, ("MAC address", "device MAC", "bluetooth address")),
    PersonalKind("eui64", eui64, ("EUI-64", "MAC address", "zigbee IEEE address")),
    PersonalKind("dob_fr", _born("fr", "{day} {month} {year}"), ("date de naissance", "né le", "née le")),
    PersonalKind("dob_es", _born("es", "{day} de {month} de {year}"), ("fecha de nacimiento", "nacido el")),
    PersonalKind("dob_de", _born("de", "{day}. {month} {year}"), ("Geburtsdatum", "geboren am")),
    PersonalKind("dob_pl", _born("pl", "{day} {month} {year}"), ("data urodzenia", "Polish date of birth")),
    PersonalKind("dob_year_first", dob_year_first, (*_BIRTH, "születési dátum", "födelsedatum")),
    PersonalKind("dob_timestamp", dob_timestamp, (*_BIRTH, "date_of_birth", "dateOfBirth")),
)  # fmt: skip
