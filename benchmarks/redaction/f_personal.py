"""Profile F, personal data: numbers of other countries and sectors with their check digits, and how they are labelled."""

# ruff: noqa: E501, RUF001, PLR2004  # tables of formats

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.personal_kinds import PersonalKind
from benchmarks.redaction.randomness import (
    BASE36,
    DIGITS,
    FIRST,
    HEX,
    LAST,
    NOUNS,
    UPPER,
    UPPER36,
    birthday,
    iban,
    luhn_digit,
    pick,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_CARD_LABELS = ("Card number", "Kartennummer", "card_number", "Número de tarjeta", "PAN")
_PHONE_LABELS = ("Phone", "Mobile", "phone_number", "Tel.", "Contact number", "WhatsApp")
_EMAIL_LABELS = ("E-mail", "email", "Contact email", "E-Mail-Adresse", "Correo electrónico", "reply_to")


def _fill(rng: Random, pattern: str) -> str:
    """`#` is a digit, `@` a capital letter, `%` a digit from 1 to 9; anything else stands for itself."""
    marks = {"#": DIGITS, "@": UPPER, "%": DIGITS[1:]}
    return "".join(rng.choice(marks[char]) if char in marks else char for char in pattern)


def _pattern(*patterns: str) -> Make:
    return lambda rng: _fill(rng, rng.choice(patterns))


def _lanr(rng: Random) -> str:
    body = _fill(rng, "%#####")
    return f"{body}{-weighted(body, (4, 9, 4, 9, 4, 9)) % 10}{rng.randint(1, 69):02}"


def _upn(rng: Random) -> str:
    body = _fill(rng, "%###########")
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[weighted(body, range(2, 14)) % 23] + body


def _uln(rng: Random) -> str:
    while True:
        body = _fill(rng, "%########")
        rest = weighted(body, range(10, 1, -1)) % 11
        if rest:
            return f"{body}{10 - rest}"


def _satu(rng: Random) -> str:
    body = _fill(rng, "1#######")
    return body + "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(body) % 31]


def _yugoslav(first: int, last: int) -> Make:
    def make(rng: Random) -> str:
        while True:
            year, month, day = birthday(rng)
            body = f"{day:02}{month:02}{year % 1000:03}{rng.randint(first, last)}{rng.randint(0, 999):03}"
            check = 11 - weighted(body, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
            if check != 10:
                return f"{body}{check % 11}"

    return make


def _nicaragua(rng: Random) -> str:
    year, month, day = birthday(rng)
    town = rng.choice(("001", "041", "081", "121", "161", "201", "281", "401", "441", "561"))
    date, serial = f"{day:02}{month:02}{year % 100:02}", f"{rng.randint(0, 120):04}"
    return f"{town}-{date}-{serial}{'ABCDEFGHJKLMNPQRSTUVWXY'[int(town + date + serial) % 23]}"


def _zimbabwe(rng: Random) -> str:
    district, serial = rng.choice(("08", "24", "29", "42", "59", "63", "70", "75")), _fill(rng, "%######")
    return f"{district}-{serial} {'ZABCDEFGHJKLMNPQRSTVWXY'[int(district + serial) % 23]} {rng.choice(('12', '42', '63', '75'))}"


def _foreigner_tr(rng: Random) -> str:
    body = "99" + _fill(rng, "#######")
    digits = [int(char) for char in body]
    tenth = (sum(digits[0::2]) * 7 - sum(digits[1::2])) % 10
    return f"{body}{tenth}{(sum(digits) + tenth) % 10}"


def _tax_at(rng: Random) -> str:
    body = _fill(rng, "%#######")
    total = sum(int(char) if place % 2 == 0 else int("0246813579"[int(char)]) for place, char in enumerate(body))
    full = f"{body}{-total % 10}"
    return f"{full[:2]} {full[2:5]}/{full[5:]}"


def _nrb(rng: Random) -> str:
    text = iban(rng, "PL", rng.choice(("1020", "1050", "1090", "1140", "1240")) + _fill(rng, "#" * 20))[2:]
    return text[:2] + " " + " ".join(text[start : start + 4] for start in range(2, 26, 4))


def _giro_hu(rng: Random) -> str:
    head = rng.choice(("117", "104", "109", "116", "120")) + _fill(rng, "####")
    body = _fill(rng, "%" + "#" * 14)
    head += str(-weighted(head, (9, 7, 3, 1, 9, 7, 3)) % 10)
    body += str(-weighted(body, (9, 7, 3, 1) * 4) % 10)
    return f"{head}-{body[:8]}-{body[8:]}"


def _cvu(rng: Random) -> str:
    head, body = "0000003", "1000" + _fill(rng, "#########")
    head += str(-weighted(head, (7, 1, 3, 9, 7, 1, 3)) % 10)
    return f"{head}{body}{-weighted(body, (3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3)) % 10}"


def _alias_ar(rng: Random) -> str:
    return ".".join(rng.choice(NOUNS).upper() for _ in range(3))


def _card(prefixes: tuple[str, ...], size: int, groups: tuple[int, ...], gap: str) -> Make:
    def make(rng: Random) -> str:
        body = rng.choice(prefixes)
        body += pick(rng, DIGITS, size - 1 - len(body))
        digits, parts, at = body + luhn_digit(body), [], 0
        for group in groups:
            parts.append(digits[at : at + group])
            at += group
        return gap.join(parts)

    return make


def _iban(*countries: tuple[str, str], gap: str = "") -> Make:
    def make(rng: Random) -> str:
        country, pattern = rng.choice(countries)
        text = iban(rng, country, _fill(rng, pattern))
        return gap.join(text[start : start + 4] for start in range(0, len(text), 4))

    return make


def _monaco(rng: Random) -> str:
    bank, desk, number = "11315", "00001", _fill(rng, "###########")
    key = 97 - (89 * int(bank) + 15 * int(desk) + 3 * int(number)) % 97
    return iban(rng, "MC", f"{bank}{desk}{number}{key:02}")


def _greenland(rng: Random) -> str:
    return iban(
        rng,
        rng.choice(("GL", "FO")),
        _fill(rng, "6471##########") if rng.random() < 0.5 else _fill(rng, "9181##########"),
    )


def _mail(template: str, *domains: str) -> Make:
    def make(rng: Random) -> str:
        first, last = rng.choice(FIRST), rng.choice(LAST)
        local = template.replace("F", first).replace("L", last).replace("I", first[0])
        return f"{_fill(rng, local)}@{rng.choice(domains).replace('W', rng.choice(NOUNS))}"

    return make


def _date(template: str) -> Make:
    """`D`, `M`, `Y` are padded numbers, `d` and `m` plain ones, `B` is the English month, `o` the ending of an ordinal."""

    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        ordinal = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        parts = {
            "D": f"{day:02}",
            "M": f"{month:02}",
            "Y": str(year),
            "d": str(day),
            "m": str(month),
            "B": _MONTHS[month - 1],
            "o": ordinal,
        }
        return "".join(parts.get(char, char) for char in template)

    return make


def _cuba(rng: Random) -> str:
    year, month, day = birthday(rng, 1950, 1999)
    return f"{year % 100:02}{month:02}{day:02}{_fill(rng, '#####')}"


def _ipv4(*blocks: str) -> Make:
    return lambda rng: f"{rng.choice(blocks)}.{rng.randint(1, 250)}.{rng.randint(2, 253)}"


def _ipv6_full(rng: Random) -> str:
    head = rng.choice(("2a02:810d", "2a01:0e0a", "2604:3d08", "2409:4072", "2804:14c0", "2001:16b8"))
    return head + "".join(f":{pick(rng, HEX[1:], 1)}{pick(rng, HEX, 3)}" for _ in range(6))


def _mac(separator: str, upper: bool = False) -> Make:
    def make(rng: Random) -> str:
        octets = [
            *rng.choice(("3c22fb", "f01898", "b827eb", "001b63", "d83add", "5cf938", "a4c361")),
            *pick(rng, HEX, 6),
        ]
        text = separator.join("".join(octets[start : start + 2]) for start in range(0, 12, 2))
        return text.upper() if upper else text

    return make


# fmt: off
PERSONAL = (
    PersonalKind("lanr_de", _lanr, ("LANR", "Arztnummer (LANR)", "Lebenslange Arztnummer")),
    PersonalKind("upn_gb", _upn, ("UPN", "Unique Pupil Number", "pupil_upn")),
    PersonalKind("uln_gb", _uln, ("ULN", "Unique Learner Number", "learner_uln")),
    PersonalKind("satu_fi", _satu, ("SATU", "Sähköinen asiointitunnus", "FINUID")),
    PersonalKind("emso_si", _yugoslav(50, 59), ("EMŠO", "emso", "Personal identification number (EMŠO)")),
    PersonalKind("embg_mk", _yugoslav(41, 49), ("EMBG", "ЕМБГ", "Citizen number (EMBG)")),
    PersonalKind("cedula_ni", _nicaragua, ("Cédula", "Cédula de identidad", "cedula", "National ID")),
    PersonalKind("national_zw", _zimbabwe, ("National ID", "ID Number", "national_registration_number")),
    PersonalKind("foreigner_tr", _foreigner_tr, ("Yabancı Kimlik No", "YKN", "Foreigner ID number")),
    PersonalKind("tax_at", _tax_at, ("Steuernummer", "Abgabenkontonummer", "tax_number")),
    PersonalKind("sevis_us", _pattern("N00########"), ("SEVIS ID", "sevis_number", "SEVIS")),
    PersonalKind("edipi_us", _pattern("1#########"), ("EDIPI", "DoD ID number", "dod_id")),
    PersonalKind("traveler_us", _pattern("15#######", "98#######"), ("Known Traveler Number", "KTN", "known_traveler_number", "PASSID")),
    PersonalKind("uci_ca", _pattern("%#-####-####", "%###-####"), ("UCI", "Unique Client Identifier", "IUC")),
    PersonalKind("ine_fr", _pattern("%########@@"), ("INE", "Identifiant national étudiant", "numero_ine")),
    PersonalKind("caf_fr", _pattern("%######@"), ("Numéro allocataire", "N° allocataire CAF", "numero_caf")),
    PersonalKind("health_card_it", _pattern("80380000%###########"), ("Tessera sanitaria", "N. tessera TEAM", "health_card_number")),
    PersonalKind("utente_pt", _pattern("%########"), ("N.º de utente", "Número de utente SNS", "numero_utente")),
    PersonalKind("licence_nl", _pattern("5#########"), ("Rijbewijsnummer", "rijbewijs_nr", "Driving licence")),
    PersonalKind("licence_pl", _pattern("%####/##/14##"), ("Nr prawa jazdy", "Prawo jazdy", "driving_licence_number")),
    PersonalKind("identity_cz", _pattern("20#######", "11#######"), ("Číslo občanského průkazu", "Číslo OP", "ID card number")),
    PersonalKind("identity_sk", _pattern("E@######", "H@######"), ("Číslo OP", "Číslo občianskeho preukazu", "ID card number")),
    PersonalKind("cin_tn", _pattern("0#######", "1#######"), ("CIN", "Numéro CIN", "رقم بطاقة التعريف")),
    PersonalKind("nin_dz", _pattern("1%################"), ("NIN", "Numéro d'identification nationale", "رقم التعريف الوطني")),
    PersonalKind("psn_am", _pattern("%#########"), ("ՀԾՀ", "Public service number", "PSN")),
    PersonalKind("citizenship_np", _pattern("%#-##-##-#####"), ("Citizenship No.", "नागरिकता नं.", "citizenship_number")),
    PersonalKind("omang_bw", _pattern("%###1####", "%###2####"), ("Omang", "Omang number", "national_id")),
    PersonalKind("identity_mz", _pattern("11010%######@"), ("Bilhete de Identidade", "N.º do BI", "bi_number")),
    PersonalKind("cedula_ve", _pattern("V-%#.###.###", "E-8#.###.###"), ("Cédula", "C.I.", "cedula_identidad")),
    PersonalKind("carnet_cu", _cuba, ("Carné de identidad", "CI", "carne_identidad")),
    PersonalKind("family_card_id", _pattern("3171##%#########", "3578##%#########"), ("No. KK", "Nomor Kartu Keluarga", "kk_number")),
    PersonalKind("philsys_ph", _pattern("%###-####-####-####"), ("PhilSys Card Number", "PCN", "philsys_number")),
    PersonalKind("bir_mo", _pattern("1%#####(#)", "5%#####(#)"), ("BIR", "澳門居民身份證", "Macau ID")),
    PersonalKind("home_return_cn", _pattern("H########", "M########"), ("回乡证号码", "Home Return Permit", "home_return_permit_no")),
    PersonalKind("working_with_children_au", _pattern("WWC#######E"), ("WWC number", "Working with Children Check", "wwcc_number")),
    PersonalKind("veteran_au", _pattern("NX######", "QX######", "VX######"), ("DVA file number", "DVA number", "dva_file_no")),
    PersonalKind("passport_ph", _pattern("P#######A", "P#######B"), ("Passport No.", "passport_number", "Pasaporte")),
    PersonalKind("passport_mx", _pattern("G########", "N########"), ("Pasaporte", "Número de pasaporte", "passport_number")),
    PersonalKind("passport_tr", _pattern("U########", "S########"), ("Pasaport No", "passport_no", "Passport number")),
    PersonalKind("passport_ie", _pattern("P@#######", "L@#######"), ("Passport number", "Uimhir phas", "passport_no")),
    PersonalKind("passport_at", _pattern("U#######", "P#######"), ("Reisepassnummer", "Passnummer", "passport_number")),
    PersonalKind("passport_th", _pattern("AA#######", "AB#######", "AC#######"), ("เลขที่หนังสือเดินทาง", "Passport number", "passport_no")),
    PersonalKind("card_jcb_spaced", _card(("3530", "3566", "3540", "3571"), 16, (4, 4, 4, 4), " "), _CARD_LABELS, bare=True),
    PersonalKind("card_amex_dashed", _card(("3717", "3782", "3455"), 15, (4, 6, 5), "-"), _CARD_LABELS, bare=True),
    PersonalKind("card_unionpay_19", _card(("622202", "622848", "621700", "623058"), 19, (4, 4, 4, 4, 3), " "), ("银行卡号", "Card number", "bank_card_no"), bare=True),
    PersonalKind("card_visa_no_break", _card(("4539", "4716", "4929", "4485"), 16, (4, 4, 4, 4), "\u00a0"), _CARD_LABELS, bare=True),
    PersonalKind("card_mastercard_dots", _card(("5211", "5412", "5336", "2309"), 16, (4, 4, 4, 4), "."), _CARD_LABELS, bare=True),
    PersonalKind("card_prostir", _card(("9804",), 16, (4, 4, 4, 4), " "), ("Номер картки", "Card number")),
    PersonalKind("card_arca", _card(("9051",), 16, (4, 4, 4, 4), " "), ("Քարտի համար", "Card number")),
    PersonalKind("card_paypak", _card(("2205",), 16, (4, 4, 4, 4), "-"), ("Card number", "paypak_card_no")),
    PersonalKind("card_naranja", _card(("589562",), 16, (16,), ""), ("Número de tarjeta", "Tarjeta Naranja", "card_number")),
    PersonalKind("card_carnet", _card(("506221", "506283", "506369"), 16, (4, 4, 4, 4), " "), ("Número de tarjeta", "card_number")),
    PersonalKind("iban_latin_america", _iban(("DO", "BAGR" + "#" * 20), ("GT", "TRAJ0102" + "#" * 16), ("SV", "CENR" + "#" * 20), ("NI", "BAPR" + "#" * 20)), ("IBAN", "Cuenta IBAN", "iban"), bare=True),
    PersonalKind("iban_monaco", _monaco, ("IBAN", "iban", "Compte"), bare=True),
    PersonalKind("iban_north_atlantic", _greenland, ("IBAN", "Kontonummer (IBAN)"), bare=True),
    PersonalKind("iban_tiny_states", _iban(("LI", "08810" + "#" * 12), ("VA", "001" + "#" * 15), ("GI", "NWBK" + "#" * 15)), ("IBAN", "iban", "IBAN-Nr."), bare=True),
    PersonalKind("iban_islands", _iban(("VG", "VPVG" + "#" * 16), ("LC", "HEMM" + "#" * 24), ("SC", "SSCB" + "#" * 20 + "USD")), ("IBAN", "Beneficiary IBAN"), bare=True),
    PersonalKind("iban_dashed", _iban(("SK", "0900" + "#" * 16), ("SI", "02010" + "#" * 10), gap="-"), ("IBAN", "Číslo účtu IBAN")),
    PersonalKind("account_pl_nrb", _nrb, ("Numer rachunku", "Nr konta", "bank_account"), bare=True),
    PersonalKind("account_hu_giro", _giro_hu, ("Bankszámlaszám", "Számlaszám", "bank_account_number")),
    PersonalKind("account_ar_cvu", _cvu, ("CVU", "CVU de la billetera", "cvu")),
    PersonalKind("account_ar_alias", _alias_ar, ("Alias CBU", "Alias de la cuenta")),
    PersonalKind("account_th", _pattern("###-#-#####-#"), ("เลขที่บัญชี", "Bank account no.", "bank_account_number")),
    PersonalKind("account_hk", _pattern("%##-######-##1", "%##-######-833"), ("Bank account no.", "銀行戶口號碼", "bank_account_number")),
    PersonalKind("account_dk", _pattern("%###-00########"), ("Kontonummer", "Reg.- og kontonr.", "bank_account_number")),
    PersonalKind("phone_caribbean", _pattern("+1 876 %## ####", "+1-868-%##-####", "+1 (809) %##-####", "+1 246 %## ####"), _PHONE_LABELS, bare=True),
    PersonalKind("phone_central_america", _pattern("+502 5### ####", "+503 7### ####", "+506 8### ####", "+507 6###-####", "+504 9###-####"), (*_PHONE_LABELS, "Celular"), bare=True),
    PersonalKind("phone_caucasus", _pattern("+995 599 ## ## ##", "+374 91 ## ## ##", "+994 50 ### ## ##"), _PHONE_LABELS, bare=True),
    PersonalKind("phone_central_asia", _pattern("+998 90 ### ## ##", "+996 555 ### ###", "+992 93 ### ####"), _PHONE_LABELS, bare=True),
    PersonalKind("phone_baltic", _pattern("+370 6## #####", "+371 2### ####", "+372 5### ####"), _PHONE_LABELS, bare=True),
    PersonalKind("phone_west_africa", _pattern("+221 77 ### ## ##", "+225 07 ## ## ## ##", "+229 01 97 ## ## ##", "+237 6 ## ## ## ##"), (*_PHONE_LABELS, "Téléphone"), bare=True),
    PersonalKind("phone_maghreb", _pattern("+213 55# ## ## ##", "+216 2# ### ###", "+212 6## ######"), (*_PHONE_LABELS, "Téléphone"), bare=True),
    PersonalKind("phone_adriatic", _pattern("+385 91 ### ####", "+386 41 ### ###", "+381 63 ### ####", "+387 61 ### ###"), (*_PHONE_LABELS, "Telefon"), bare=True),
    PersonalKind("phone_trunk_zero", _pattern("+49 (0)151 ########", "+44 (0)7%## ######", "+41 (0)79 ### ## ##", "+43 (0)664 #######"), (*_PHONE_LABELS, "Telefon"), bare=True),
    PersonalKind("phone_slash", _pattern("0664/%######", "0171/%######", "030/%#######"), ("Telefon", "Tel.", "Handy", "Mobil")),
    PersonalKind("phone_national_fi", _pattern("040 ### ####", "050 ### ####", "045 ### ## ##"), ("Puhelin", "Matkapuhelin", "phone")),
    PersonalKind("phone_national_dk", _pattern("2# ## ## ##", "4# ## ## ##"), ("Mobil", "Telefon", "Tlf.")),
    PersonalKind("phone_national_cz", _pattern("60# ### ###", "77# ### ###"), ("Telefon", "Mobil", "phone")),
    PersonalKind("phone_national_pt", _pattern("91# ### ###", "96# ### ###"), ("Telemóvel", "Telefone", "phone")),
    PersonalKind("phone_national_gr", _pattern("697 ### ####", "694 ### ####"), ("Κινητό", "Τηλέφωνο", "phone")),
    PersonalKind("phone_national_co", _pattern("300 ### ####", "315 ### ####"), ("Celular", "Teléfono", "phone")),
    PersonalKind("phone_national_ru", _pattern("8 (9%#) ###-##-##"), ("Телефон", "Мобильный", "phone")),
    PersonalKind("phone_national_ua", _pattern("067 ### ## ##", "093 ### ## ##"), ("Телефон", "Моб.", "phone")),
    PersonalKind("phone_national_indonesia", _pattern("0812-####-####", "0857-####-####"), ("No. HP", "Nomor telepon", "phone")),
    PersonalKind("email_privacy_provider", _mail("F.L##", "proton.me", "tutanota.com", "posteo.de", "mailbox.org"), _EMAIL_LABELS, bare=True),
    PersonalKind("email_national_provider", _mail("FL##", "seznam.cz", "libero.it", "web.de", "wp.pl", "abv.bg", "laposte.net", "bluewin.ch"), _EMAIL_LABELS, bare=True),
    PersonalKind("email_digits_local", _mail("%########", "qq.com", "163.com"), (*_EMAIL_LABELS, "邮箱"), bare=True),
    PersonalKind("email_public_body", _mail("F.L#", "nhs.net", "W.gov.uk", "W.gc.ca", "stad.W.se"), _EMAIL_LABELS, bare=True),
    PersonalKind("email_campus", _mail("s2######", "ed.W.ac.uk", "student.W.edu", "stud.W.no"), _EMAIL_LABELS, bare=True),
    PersonalKind("email_tagged_dash", _mail("IL-lists", "W.org", "W.net", "W-systems.io"), _EMAIL_LABELS, bare=True),
    PersonalKind("ipv4_access_europe", _ipv4("84.172", "79.214", "176.36", "93.210", "86.120"), ("Client IP", "ip_address", "Last login IP", "remote_addr"), bare=True),
    PersonalKind("ipv4_access_asia", _ipv4("122.171", "114.32", "125.164", "113.161", "49.207"), ("Client IP", "visitor_ip", "Source IP", "X-Forwarded-For"), bare=True),
    PersonalKind("ipv6_written_out", _ipv6_full, ("Client IP", "ip_address", "remote_addr"), bare=True),
    PersonalKind("mac_lower_dashed", _mac("-"), ("MAC address", "Physical Address", "mac"), bare=True),
    PersonalKind("mac_of_device", _mac(":"), ("MAC address", "Wi-Fi MAC", "hw_address", "bssid"), bare=True),
    PersonalKind("meid", lambda rng: "A0" + pick(rng, DIGITS + "ABCDEF", 12), ("MEID", "Device MEID")),
    PersonalKind("dob_czech", _date("d. m. Y"), ("Datum narození", "Narozen", "Dátum narodenia")),
    PersonalKind("dob_croatian", _date("D.M.Y."), ("Datum rođenja", "Rođen", "Датум рођења")),
    PersonalKind("dob_swedish", _date("Y-M-D"), ("Födelsedatum", "Född")),
    PersonalKind("dob_danish", _date("D-M-Y"), ("Fødselsdato", "Født")),
    PersonalKind("dob_greek", _date("D/M/Y"), ("Ημερομηνία γέννησης", "Ημ. γέννησης")),
    PersonalKind("dob_romanian", _date("D.M.Y"), ("Data nașterii", "Născut la")),
    PersonalKind("dob_ukrainian", _date("D.M.Y"), ("Дата народження", "Народився")),
    PersonalKind("dob_vietnamese", _date("D/M/Y"), ("Ngày sinh", "Sinh ngày")),
    PersonalKind("dob_ordinal", _date("do B Y"), ("Date of birth", "Born", "DOB")),
    PersonalKind("dob_patient_slash", _date("Y/M/D"), ("Patient DOB", "birth_date", "Birthdate")),
    PersonalKind("dob_spelt", _date("B d, Y"), ("Birthday", "Date of birth", "dateOfBirth")),
    PersonalKind("policy_holder_ch", lambda rng: "80756" + pick(rng, DIGITS, 15), ("Versichertenkarten-Nr.", "Kennnummer der Karte", "insurance_card_number")),
    PersonalKind("frequent_flyer", lambda rng: rng.choice(("LH", "AF", "KL", "SK")) + pick(rng, DIGITS, 10), ("Frequent flyer number", "Miles & More No.", "loyalty_number")),
    PersonalKind("patient_number", lambda rng: pick(rng, BASE36, 3).upper() + pick(rng, UPPER36, 7), ("Patient ID", "Patientennummer", "patient_number")),
)
# fmt: on
