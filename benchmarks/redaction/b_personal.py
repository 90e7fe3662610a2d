"""Personal data of further countries and in further forms, with the checksums that their issuers define."""

# ruff: noqa: E501, PLR2004, RUF001  # the numbers are those of the checksums

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.personal_kinds import PersonalKind as Kind
from benchmarks.redaction.personal_kinds import _card as card
from benchmarks.redaction.personal_kinds import _digits as digits
from benchmarks.redaction.personal_kinds import _grouped as grouped
from benchmarks.redaction.personal_kinds import _iban as iban
from benchmarks.redaction.personal_kinds import _phone as phone
from benchmarks.redaction.personal_kinds import birth_date
from benchmarks.redaction.randomness import (
    DIGITS,
    FIRST,
    LAST,
    NOUNS,
    UPPER,
    UPPER36,
    birthday,
    hexadecimal,
    luhn_digit,
    pick,
    verhoeff_digit,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


def _born(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    return f"{year % 100:02}{month:02}{day:02}"


def bulgaria_egn(rng: Random) -> str:
    body = _born(rng) + pick(rng, DIGITS, 3)
    return f"{body}{weighted(body, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10}"


def baltic_code(rng: Random) -> str:
    """Estonia and Lithuania share the form and the check digit."""
    body = rng.choice("34") + _born(rng) + pick(rng, DIGITS, 3)
    check = weighted(body, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = weighted(body, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return f"{body}{check}"


def latvia_code(rng: Random) -> str:
    while True:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day:02}{month:02}{year % 100:02}1{pick(rng, DIGITS, 3)}"
        check = (1101 - weighted(body, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11
        if check < 10:
            return f"{body[:6]}-{body[6:]}{check}"


def greece_amka(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{day:02}{month:02}{year % 100:02}{pick(rng, DIGITS, 4)}"
    return body + luhn_digit(body)


def greece_afm(rng: Random) -> str:
    body = rng.choice("01") + pick(rng, DIGITS, 7)
    return f"{body}{weighted(body, [2**power for power in range(8, 0, -1)]) % 11 % 10}"


def hungary_taj(rng: Random) -> str:
    body = pick(rng, DIGITS, 8)
    return grouped(f"{body}{weighted(body, (3, 7) * 4) % 10}", 3, "-")


def jmbg(rng: Random) -> str:
    """The unique master citizen number of the states that were Yugoslavia."""
    while True:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day:02}{month:02}{year % 1000:03}{rng.choice(('50', '71', '82'))}{rng.randint(0, 499):03}"
        check = (11 - weighted(body, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11
        if check < 10:
            return f"{body}{check}"


def iceland_kennitala(rng: Random) -> str:
    while True:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day:02}{month:02}{year % 100:02}{rng.randint(20, 99)}"
        check = (11 - weighted(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11
        if check < 10:
            return f"{body[:6]}-{body[6:]}{check}9"


def ukraine_rnokpp(rng: Random) -> str:
    body = f"{rng.randint(20000, 39999)}{pick(rng, DIGITS, 4)}"
    return f"{body}{weighted(body, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10}"


def russia_snils(rng: Random) -> str:
    body = rng.choice("123456789") + pick(rng, DIGITS, 8)
    check = weighted(body, range(9, 0, -1)) % 101 % 100
    return f"{grouped(body, 3, '-')} {check:02}"


def russia_inn(rng: Random) -> str:
    body = rng.choice(("77", "78", "50", "66")) + pick(rng, DIGITS, 8)
    body += str(weighted(body, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10)
    return f"{body}{weighted(body, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10}"


def kazakhstan_iin(rng: Random) -> str:
    while True:
        body = _born(rng) + rng.choice("34") + pick(rng, DIGITS, 4)
        check = weighted(body, range(1, 12)) % 11
        if check == 10:
            check = weighted(body, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
        if check < 10:
            return f"{body}{check}"


def luxembourg_matricule(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    body = f"{year}{month:02}{day:02}{pick(rng, DIGITS, 3)}"
    return body + luhn_digit(body) + verhoeff_digit(body)


def iran_melli(rng: Random) -> str:
    body = digits(rng, 9)
    rest = weighted(body, range(10, 1, -1)) % 11
    return f"{body}{rest if rest < 2 else 11 - rest}"


def malaysia_mykad(rng: Random) -> str:
    return f"{_born(rng)}-{rng.choice(('01', '08', '10', '14'))}-{pick(rng, DIGITS, 4)}"


def indonesia_nik(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    return f"{rng.choice(('317101', '327306', '357801'))}{day:02}{month:02}{year % 100:02}{rng.randint(1, 99):04}"


def hong_kong_id(rng: Random) -> str:
    letter, body = rng.choice("ABCDEGHKPRVYZ"), pick(rng, DIGITS, 6)
    total = 36 * 9 + (ord(letter) - 55) * 8 + weighted(body, range(7, 1, -1))
    check = -total % 11
    return f"{letter}{body}({'A' if check == 10 else check})"


def ecuador_cedula(rng: Random) -> str:
    body = f"{rng.randint(1, 24):02}{rng.choice('012345')}{pick(rng, DIGITS, 6)}"
    return body + luhn_digit(body)


def dominican_cedula(rng: Random) -> str:
    body = "402" + pick(rng, DIGITS, 7)
    return f"{body[:3]}-{body[3:]}-{luhn_digit(body)}"


def uruguay_ci(rng: Random) -> str:
    body = str(rng.randint(1_000_000, 5_999_999))
    return f"{int(body):,}".replace(",", ".") + f"-{-weighted(body, (2, 9, 8, 7, 6, 3, 4)) % 10}"


def brazil_pis(rng: Random) -> str:
    body = "12" + pick(rng, DIGITS, 8)
    check = 11 - weighted(body, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return f"{body[:3]}.{body[3:8]}.{body[8:]}-{0 if check > 9 else check}"


def mexico_nss(rng: Random) -> str:
    body = digits(rng, 10)
    return body + luhn_digit(body)


def mexico_clabe(rng: Random) -> str:
    body = rng.choice(("002", "012", "072")) + pick(rng, DIGITS, 14)
    total = sum(int(digit) * weight % 10 for digit, weight in zip(body, (3, 7, 1) * 6, strict=False))
    return f"{body}{-total % 10}"


def mexico_rfc(rng: Random) -> str:
    return f"{rng.choice('BCDGLMPRS')}{rng.choice('AEIOU')}{pick(rng, 'BCDGLMPRS', 2)}{_born(rng)}{pick(rng, UPPER36, 2)}{rng.choice(DIGITS)}"


def saudi_id(rng: Random) -> str:
    body = rng.choice("12") + pick(rng, DIGITS, 8)
    return body + luhn_digit(body)


def emirates_id(rng: Random) -> str:
    body = f"784{rng.randint(1950, 2003)}{pick(rng, DIGITS, 7)}"
    return f"784-{body[3:7]}-{body[7:]}-{luhn_digit(body)}"


def germany_social(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    letter = rng.choice("ABDGHKLMRSTW")
    head, tail = f"{rng.randint(10, 29)}{day:02}{month:02}{year % 100:02}", f"{rng.randint(1, 99):02}"
    plain = f"{head}{ord(letter) - 64:02}{tail}"
    products = [int(digit) * weight for digit, weight in zip(plain, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)]
    return f"{head}{letter}{tail}{sum(number // 10 + number % 10 for number in products) % 10}"


def germany_identity_card(rng: Random) -> str:
    body = rng.choice("LMNPRTVWXY") + pick(rng, "0123456789CFGHJKLMNPRTVWXYZ", 8)
    return f"{body}{weighted_letters(body)}"


def weighted_letters(body: str) -> int:
    """The check digit of ICAO 9303."""
    return sum((int(char, 36) if char.isalnum() else 0) * (7, 3, 1)[place % 3] for place, char in enumerate(body)) % 10


def passport_mrz(rng: Random) -> str:
    """The second line of a passport, ICAO 9303."""
    number = rng.choice(UPPER) + pick(rng, DIGITS, 8)
    born, until, rest = _born(rng), f"3{rng.randint(0, 5)}0{rng.randint(1, 9)}1{rng.randint(0, 9)}", "<" * 14
    state = rng.choice(("GBR", "FRA", "NLD", "ESP", "CAN"))
    parts = (
        f"{number}{weighted_letters(number)}",
        f"{born}{weighted_letters(born)}",
        f"{until}{weighted_letters(until)}",
    )
    composite = weighted_letters("".join(parts) + rest + "0")
    return f"{parts[0]}{state}{parts[1]}F{parts[2]}{rest}0{composite}"


def britain_licence(rng: Random) -> str:
    name = rng.choice([name for name in LAST if len(name) > 5])[:5].upper()
    year, month, day = birthday(rng, 1950, 1999)
    return f"{name}{year % 100 // 10}{month:02}{day:02}{year % 10}{pick(rng, UPPER, 2)}9{pick(rng, UPPER, 2)}"


def imei(rng: Random) -> str:
    body = "35" + pick(rng, DIGITS, 12)
    return body + luhn_digit(body)


def iccid(rng: Random) -> str:
    body = "8949" + pick(rng, DIGITS, 14)
    return body + luhn_digit(body)


def ontario_health(rng: Random) -> str:
    body = digits(rng, 9)
    number = body + luhn_digit(body)
    return f"{number[:4]}-{number[4:7]}-{number[7:]}-{pick(rng, UPPER, 2)}"


def new_zealand_nhi(rng: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    while True:
        body = pick(rng, letters, 3) + pick(rng, DIGITS, 3)
        total = sum(
            (letters.index(c) + 1 if c in letters else int(c)) * w for c, w in zip(body, range(7, 1, -1), strict=True)
        )
        if total % 11 > 0:
            return f"{body}{(11 - total % 11) % 10}"


def named_address(rng: Random) -> str:
    first, last = rng.choice(FIRST), rng.choice(LAST)
    return f"{first}.{last}@{rng.choice(NOUNS)}{rng.choice(('.co.jp', '.io', '.museum', '.gov.uk', '.co'))}"


def idn_address(rng: Random) -> str:
    return f"{rng.choice(FIRST)}{rng.randint(10, 99)}@{rng.choice(('bücher', 'größe', 'señal', 'køb'))}-{rng.choice(NOUNS)}.eu"


def odd_address(rng: Random) -> str:
    return f"{rng.choice(FIRST)}'{rng.choice(LAST)}_{rng.choice(NOUNS)}@{rng.choice(NOUNS)}.{rng.choice(NOUNS)}.ac.nz"


def hyphen_address(rng: Random) -> str:
    return f"{rng.choice(FIRST)}-{rng.choice(LAST)}.{rng.randint(1950, 2003)}@xn--{rng.choice(NOUNS)}-kva.de"


def public_ipv4(rng: Random) -> str:
    return f"{rng.choice((81, 89, 93, 109, 151, 185, 203))}.{rng.randint(16, 250)}.{rng.randint(16, 250)}.{rng.randint(16, 250)}"


def short_ipv6(rng: Random) -> str:
    return f"{rng.choice(('2a01:e0a', '2607:f8b0', '2001:470'))}:{rng.randint(4096, 65535):x}::{rng.randint(4096, 65535):x}"


def cisco_mac(rng: Random) -> str:
    return f"001b.{hexadecimal(rng, 4)}.{hexadecimal(rng, 4)}"


def _made(template: str) -> Callable[[Random], str]:
    """`#` is any digit, `A` any capital letter."""
    return lambda rng: "".join(
        pick(rng, DIGITS, 1) if char == "#" else pick(rng, UPPER, 1) if char == "A" else char for char in template
    )


_PHONE = ("phone", "mobile", "Telephone", "phone_number", "WhatsApp")
_CARD = ("card number", "card_number", "PAN", "debit card")
_MAIL = ("contact", "email", "e-mail address")
_IBAN = ("IBAN", "iban", "bank account")

PERSONAL = (
    Kind("email_many_tlds", named_address, _MAIL, bare=True),
    Kind("email_idn", idn_address, _MAIL, bare=True),
    Kind("email_apostrophe", odd_address, _MAIL, bare=True),
    Kind("email_punycode", hyphen_address, _MAIL, bare=True),
    Kind("card_visa_19", card("4", 19), _CARD, bare=True),
    Kind("card_maestro", card("6759", 16, grouped), _CARD, bare=True),
    Kind("card_mir", card("2202", 16, grouped), _CARD, bare=True),
    Kind("card_rupay", card("6521", 16, lambda n: grouped(n, 4, "-")), _CARD, bare=True),
    Kind("card_troy", card("9792", 16, grouped), _CARD),
    Kind("card_visa_dots", card("45", 16, lambda n: grouped(n, 4, ".")), _CARD),
    Kind("iban_ch", iban("CH", "17n", grouped), _IBAN, bare=True),
    Kind("iban_at", iban("AT", "16n"), _IBAN, bare=True),
    Kind("iban_be", iban("BE", "12n", grouped), _IBAN, bare=True),
    Kind("iban_se", iban("SE", "20n"), _IBAN, bare=True),
    Kind("iban_ro", iban("RO", "4a16n", grouped), _IBAN, bare=True),
    Kind("iban_tr", iban("TR", "22n"), _IBAN, bare=True),
    Kind("iban_ae", iban("AE", "19n"), _IBAN, bare=True),
    Kind("iban_gr", iban("GR", "23n", grouped), _IBAN, bare=True),
    Kind("iban_pt", iban("PT", "21n"), _IBAN, bare=True),
    Kind("phone_au", phone("+61 4## ### ###"), _PHONE, bare=True),
    Kind("phone_cn", phone("+86 13# #### ####"), _PHONE, bare=True),
    Kind("phone_mx", phone("+52 55 #### ####"), _PHONE, bare=True),
    Kind("phone_za", phone("+27 82 ### ####"), _PHONE, bare=True),
    Kind("phone_ng", phone("+234 803 ### ####"), _PHONE, bare=True),
    Kind("phone_kr", phone("+82-10-####-####"), _PHONE, bare=True),
    Kind("phone_it", phone("+39 347 #######"), _PHONE, bare=True),
    Kind("phone_ch", phone("+41 (0)79 ### ## ##"), _PHONE, bare=True),
    Kind("phone_uri", phone("tel:+4930@######"), _PHONE, bare=True),
    Kind("phone_ru", phone("+7 (916) ###-##-##"), _PHONE, bare=True),
    Kind("phone_double_zero", phone("0048 601 ### ###"), _PHONE),
    Kind("phone_us_parentheses", phone("(@12) @37-####"), ("phone", "cell", "Call me at"), bare=True),
    Kind("phone_extension", phone("1-@12-@37-#### ext. 41#"), ("phone", "office phone")),
    Kind("phone_national_gb", phone("07700 9#####"), ("mobile", "phone")),
    Kind("phone_national_jp", phone("090-####-####"), ("電話番号", "携帯電話", "phone")),
    Kind("phone_national_cn", phone("138########"), ("手机号", "手机", "mobile phone")),
    Kind("phone_national_in", phone("98########"), ("mobile no", "phone", "mobileNumber")),
    Kind("phone_national_br", phone("(11) 9####-####"), ("telefone", "celular")),
    Kind("phone_national_es", phone("612 ## ## ##"), ("teléfono", "móvil")),
    Kind("egn_bg", bulgaria_egn, ("ЕГН", "EGN")),
    Kind("isikukood_ee", baltic_code, ("isikukood", "personal code")),
    Kind("asmens_kodas_lt", baltic_code, ("asmens kodas", "asmens_kodas")),
    Kind("personas_kods_lv", latvia_code, ("personas kods", "personas_kods")),
    Kind("amka_gr", greece_amka, ("ΑΜΚΑ", "AMKA")),
    Kind("afm_gr", greece_afm, ("ΑΦΜ", "AFM", "tax id")),
    Kind("taj_hu", hungary_taj, ("TAJ szám", "TAJ")),
    Kind("jmbg", jmbg, ("JMBG", "ЈМБГ", "EMŠO")),
    Kind("kennitala_is", iceland_kennitala, ("kennitala", "kt.")),
    Kind("rnokpp_ua", ukraine_rnokpp, ("РНОКПП", "ІПН", "RNOKPP")),
    Kind("snils_ru", russia_snils, ("СНИЛС", "SNILS"), bare=True),
    Kind("inn_ru", russia_inn, ("ИНН", "INN")),
    Kind("passport_ru", _made("45 ## ######"), ("паспорт", "серия и номер паспорта")),
    Kind("iin_kz", kazakhstan_iin, ("ИИН", "IIN")),
    Kind("matricule_lu", luxembourg_matricule, ("matricule", "numéro national d'identification")),
    Kind("melli_ir", iran_melli, ("کد ملی", "national ID (Iran)")),
    Kind("mykad_my", malaysia_mykad, ("MyKad", "NRIC No", "no. kad pengenalan")),
    Kind("nik_id", indonesia_nik, ("NIK", "nomor induk kependudukan", "KTP")),
    Kind("hkid", hong_kong_id, ("HKID", "香港身份證", "Hong Kong identity card"), bare=True),
    Kind("cccd_vn", _made("0790########"), ("CCCD", "căn cước công dân")),
    Kind("sss_ph", _made("34-#######-#"), ("SSS number", "SSS No.")),
    Kind("cnic_pk", _made("35202-#######-7"), ("CNIC", "cnic_no"), bare=True),
    Kind("nic_lk", _made("19#########12"), ("NIC number", "Sri Lanka NIC")),
    Kind("dni_pe", _made("4#######"), ("DNI", "documento de identidad")),
    Kind("cedula_ec", ecuador_cedula, ("cédula", "cedula de identidad")),
    Kind("cedula_do", dominican_cedula, ("cédula", "cedula")),
    Kind("cedula_co", _made("1.0##.###.###"), ("cédula de ciudadanía", "C.C.")),
    Kind("ci_uy", uruguay_ci, ("cédula de identidad", "C.I.")),
    Kind("pis_br", brazil_pis, ("PIS/PASEP", "PIS", "NIT")),
    Kind("rg_br", _made("3#.###.###-#"), ("RG", "registro geral")),
    Kind("nss_mx", mexico_nss, ("NSS", "número de seguridad social")),
    Kind("clabe_mx", mexico_clabe, ("CLABE", "CLABE interbancaria")),
    Kind("rfc_mx", mexico_rfc, ("RFC", "R.F.C.")),
    Kind("id_sa", saudi_id, ("Iqama number", "رقم الهوية", "Saudi national ID")),
    Kind("emirates_id", emirates_id, ("Emirates ID", "emirates_id", "رقم الهوية"), bare=True),
    Kind("nin_ng", _made("7##########"), ("NIN", "National Identification Number")),
    Kind("bvn_ng", _made("22#########"), ("BVN", "bank verification number")),
    Kind("ghana_card", _made("GHA-7########-#"), ("Ghana Card", "Ghana Card number"), bare=True),
    Kind("social_de", germany_social, ("Rentenversicherungsnummer", "Sozialversicherungsnummer", "RVNR")),
    Kind("personalausweis_de", germany_identity_card, ("Personalausweisnummer", "Ausweisnummer", "Personalausweis")),
    Kind("mrz", passport_mrz, ("MRZ", "machine readable zone"), bare=True),
    Kind("licence_gb", britain_licence, ("driving licence number", "driving_licence", "DVLA licence")),
    Kind("licence_us", _made("D#######"), ("driver's license", "driver_license_number", "DL number")),
    Kind("utr_gb", _made("2#########"), ("UTR", "Unique Taxpayer Reference")),
    Kind("account_gb", _made("4#######"), ("bank account number", "bankAccountNumber", "UK bank account")),
    Kind("account_us", _made("7###########"), ("bank account number", "bank_account_number")),
    Kind("ssn_compact", _made("52#4#7###"), ("SSN", "social security number", "ssn")),
    Kind("ssn_spaces", _made("52# 4# 7###"), ("SSN", "social security number")),
    Kind("ontario_health", ontario_health, ("health card number", "OHIP")),
    Kind("nhi_nz", new_zealand_nhi, ("NHI", "NHI number")),
    Kind("imei", imei, ("IMEI", "imei")),
    Kind("iccid", iccid, ("ICCID", "SIM card number")),
    Kind("imsi", _made("26201##########"), ("IMSI", "imsi")),
    Kind("ipv4_public", public_ipv4, ("client_ip", "X-Forwarded-For", "ip address", "remoteAddr"), bare=True),
    Kind("ipv6_short", short_ipv6, ("client_ip", "remote_addr"), bare=True),
    Kind("mac_cisco", cisco_mac, ("MAC address", "hwaddr")),
    Kind("dob_words", lambda r: f"{r.randint(1, 28)} {r.choice(('March', 'July', 'October'))} {r.randint(1950, 2003)}", ("date of birth", "DOB", "born on")),
    Kind("dob_american", birth_date("{m:02}/{d:02}/{y}"), ("birth date", "birthDate", "Birthday")),
    Kind("dob_japanese", birth_date("{y}年{m}月{d}日"), ("生年月日",)),
    Kind("dob_compact", birth_date("{y}{m:02}{d:02}"), ("birthdate", "date_of_birth", "BDAY")),
    Kind("passport_nl", _made("NX#A#####"), ("passport no", "paspoortnummer")),
    Kind("passport_in", _made("M#######"), ("passport number", "Passport No.")),
    Kind("passport_us", _made("A########"), ("passport", "passport_number")),
)  # fmt: skip
