"""Profile E, personal data: as it stands in customer records, tickets, forms, mails, staff files and patient records."""

# ruff: noqa: E501, PLR2004  # tables read across; the numbers are the formats' own

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
    birthday,
    iban,
    luhn_digit,
    mod_11_10,
    pick,
    uuid4,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Make = Callable[[Random], str]


def _digits(rng: Random, count: int) -> str:
    return rng.choice("123456789") + pick(rng, DIGITS, count - 1)


def _any(*makes: Make) -> Make:
    return lambda rng: rng.choice(makes)(rng)


def _pattern(pattern: str) -> Make:
    """`#` any digit, `N` a digit from 2 to 9, `~` a letter; anything else stands for itself."""

    def make(rng: Random) -> str:
        pools = {"#": DIGITS, "N": "23456789", "~": UPPER}
        return "".join(rng.choice(pools[char]) if char in pools else char for char in pattern)

    return make


def _patterns(*patterns: str) -> Make:
    return _any(*[_pattern(pattern) for pattern in patterns])


# E-mail addresses.
COMPANY = ("com", "io", "co.uk", "de", "fr", "net", "eu", "nl", "ca", "com.au")


def _email_initial(rng: Random) -> str:
    return f"{rng.choice(FIRST)[0]}{rng.choice(LAST)}@{rng.choice(NOUNS)}{rng.choice(NOUNS)}.{rng.choice(COMPANY)}"


def _email_student(rng: Random) -> str:
    school = rng.choice(("cs.{}.edu", "student.{}.ac.uk", "{}.edu", "stud.uni-{}.de", "etu.univ-{}.fr"))
    return f"{rng.choice(LAST)}{rng.randint(10, 99)}@{school.format(rng.choice(NOUNS))}"


def _email_free(rng: Random) -> str:
    host = rng.choice(
        (
            "gmail.com",
            "outlook.com",
            "yahoo.com",
            "hotmail.co.uk",
            "icloud.com",
            "gmx.de",
            "web.de",
            "orange.fr",
            "libero.it",
            "proton.me",
        )
    )
    return f"{rng.choice(FIRST)}{rng.choice(('', '.', '_'))}{rng.choice(LAST)}{rng.randint(1, 1999)}@{host}"


def _email_hyphen(rng: Random) -> str:
    return f"{rng.choice(FIRST)}-{rng.choice(FIRST)}.{rng.choice(LAST)}@{rng.choice(NOUNS)}-{rng.choice(NOUNS)}.{rng.choice(COMPANY)}"


def _email_relay(rng: Random) -> str:
    return f"{pick(rng, BASE36, 10)}@privaterelay.appleid.com"


def _email_last_first(rng: Random) -> str:
    return f"{rng.choice(LAST).title()}.{rng.choice(FIRST).title()}@{rng.choice(NOUNS)}group.{rng.choice(COMPANY)}"


# Telephone numbers.
def _area(rng: Random) -> str:
    return rng.choice(("206", "312", "415", "503", "617", "646", "713", "786", "919", "972", "404", "213"))


def _line(rng: Random) -> tuple[str, str]:
    exchange = rng.choice("23456789") + pick(rng, "02346789", 2)
    return exchange, pick(rng, DIGITS, 4)


def _us_international(rng: Random) -> str:
    area, (exchange, line) = _area(rng), _line(rng)
    return rng.choice(
        (
            f"+1 {area} {exchange} {line}",
            f"+1 ({area}) {exchange}-{line}",
            f"+1-{area}-{exchange}-{line}",
            f"+1.{area}.{exchange}.{line}",
        )
    )


def _us_plain(rng: Random) -> str:
    return _area(rng) + "".join(_line(rng))


def _whatsapp(rng: Random) -> str:
    return f"whatsapp:+{rng.choice(('1' + _us_plain(rng), '4477' + _digits(rng, 8), '4915' + _digits(rng, 9), '9198' + _digits(rng, 8)))}"


def _jid(rng: Random) -> str:
    number = rng.choice(
        ("1" + _us_plain(rng), "447" + _digits(rng, 9), "346" + _digits(rng, 8), "5511" + "9" + _digits(rng, 8))
    )
    return f"{number}@{rng.choice(('s.whatsapp.net', 'c.us'))}"


# Cards.
def _card(prefixes: Sequence[str], size: int, groups: Sequence[int], gap: str) -> Make:
    def make(rng: Random) -> str:
        head = rng.choice(prefixes)
        body = head + pick(rng, DIGITS, size - len(head) - 1)
        number = body + luhn_digit(body)
        parts, at = [], 0
        for group in groups:
            parts.append(number[at : at + group])
            at += group
        return gap.join(parts) if gap else number

    return make


VISA, MASTERCARD = ("4539", "4485", "4916", "4532", "4024", "4147"), ("5105", "5204", "5301", "5412", "5523", "2221")


# Accounts.
def _iban_grouped(rng: Random) -> str:
    country, bban = rng.choice(
        (
            ("DE", rng.choice(("10050000", "37040044", "70020270", "50010517", "20041177")) + pick(rng, DIGITS, 10)),
            ("NL", rng.choice(("INGB", "RABO", "ABNA", "BUNQ")) + "0" + pick(rng, DIGITS, 9)),
            ("AT", "20111" + pick(rng, DIGITS, 11)),
            ("IE", "AIBK93" + pick(rng, DIGITS, 12)),
            ("PL", "10201026" + pick(rng, DIGITS, 16)),
        )
    )
    text = iban(rng, country, bban)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _iban_luxembourg(rng: Random) -> str:
    return iban(rng, "LU", rng.choice(("001", "003", "014", "019", "030")) + pick(rng, DIGITS, 13))


def _routing(rng: Random) -> str:
    head = rng.choice(("0210", "0260", "1210", "3220", "0710", "1110")) + pick(rng, DIGITS, 4)
    total = weighted(head, (3, 7, 1, 3, 7, 1, 3, 7))
    return f"{head}{-total % 10}"


def _ach(rng: Random) -> str:
    return f"{_routing(rng)} {_digits(rng, rng.randint(9, 12))}"


# Identity numbers as forms and spreadsheets write them.
def _dni_dashed(rng: Random) -> str:
    number = rng.randint(10_000_000, 79_999_999)
    letter = "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]
    dotted = f"{number:,}".replace(",", ".")
    return rng.choice((f"{number}-{letter}", f"{dotted}-{letter}"))


def _bsn_dotted(rng: Random) -> str:
    while True:
        body = _digits(rng, 8)
        check = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10:
            return f"{body[:4]}.{body[4:6]}.{body[6:]}{check}"


def _personnummer_long(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{year % 100:02}{month:02}{day:02}{pick(rng, DIGITS, 3)}"
    return f"{year // 100}{body[:6]}-{body[6:]}{luhn_digit(body)}"


def _cpf_compact(rng: Random) -> str:
    body = _digits(rng, 9)
    for size in (10, 11):
        rest = weighted(body, range(size, 1, -1)) % 11
        body += "0" if rest < 2 else str(11 - rest)
    return body


def _nir_spaced(rng: Random) -> str:
    year, month, _ = birthday(rng)
    parts = [
        rng.choice("12"),
        f"{year % 100:02}",
        f"{month:02}",
        f"{rng.choice((13, 31, 33, 59, 69, 75, 92))}",
        f"{rng.randint(1, 480):03}",
        f"{rng.randint(1, 400):03}",
    ]
    return " ".join([*parts, f"{97 - int(''.join(parts)) % 97:02}"])


def _steuer_id_spaced(rng: Random) -> str:
    # Of the first ten digits exactly one stands twice.
    digits = rng.sample(DIGITS, 9)
    digits.insert(rng.randint(1, 9), rng.choice(digits))
    if digits[0] == "0":
        digits[0], digits[-1] = digits[-1], digits[0]
        if digits[0] == "0":
            digits[0], digits[1] = digits[1], digits[0]
    text = "".join(digits)
    if text[0] == "0":
        return _steuer_id_spaced(rng)
    text += mod_11_10(text)
    return f"{text[:2]} {text[2:5]} {text[5:8]} {text[8:]}"


def _fin_sg(rng: Random) -> str:
    series, body = rng.choice("FG"), pick(rng, DIGITS, 7)
    total = weighted(body, (2, 7, 6, 5, 4, 3, 2)) + (4 if series == "G" else 0)
    return f"{series}{body}{'XWUTRQPNMLK'[total % 11]}"


def _nino_spaced(rng: Random) -> str:
    first, second = rng.choice("ABCEGHJKLMNPRSTWXYZ"), rng.choice("ABCEGHJKLMNPRSTWXYZ")
    if f"{first}{second}" in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}:
        return _nino_spaced(rng)
    digits = pick(rng, DIGITS, 6)
    return f"{first}{second} {digits[:2]} {digits[2:4]} {digits[4:]} {rng.choice('ABCD')}"


def _ssn_hyphen(rng: Random) -> str:
    area = rng.choice((rng.randint(1, 665), rng.randint(667, 899)))
    return f"{area:03}{rng.randint(1, 99):02}{rng.randint(1, 9999):04}"


def _medical_record(rng: Random) -> str:
    return rng.choice(
        (
            _digits(rng, 7),
            _digits(rng, 8),
            f"MRN{_digits(rng, 7)}",
            f"{pick(rng, DIGITS, 3)}-{pick(rng, DIGITS, 2)}-{pick(rng, DIGITS, 3)}",
        )
    )


def _passport_de(rng: Random) -> str:
    return rng.choice("CFGHJKLMNPRTVWXYZ") + pick(rng, "0123456789CFGHJKLMNPRTVWXYZ", 8)


# Networks.
def _ipv4_home(rng: Random) -> str:
    head = rng.choice(
        (
            "24.16",
            "68.45",
            "71.202",
            "73.158",
            "76.91",
            "81.97",
            "86.14",
            "91.64",
            "93.204",
            "109.145",
            "188.97",
            "217.84",
        )
    )
    return f"{head}.{rng.randint(1, 254)}.{rng.randint(2, 253)}"


def _ipv6_home(rng: Random) -> str:
    head = rng.choice(("2601:646", "2600:1700", "2a02:8109", "2003:c6", "2a01:cb19", "2804:14d", "2409:4072"))
    return ":".join([head, *[f"{rng.randint(0x1000, 0xFFFF):x}" for _ in range(6)]])


def _mac_upper(rng: Random) -> str:
    head = rng.choice(
        ("A4:83:E7", "3C:22:FB", "F0:18:98", "B8:27:EB", "DC:A6:32", "00:1B:63", "AC:DE:48", "8C:85:90", "70:B3:D5")
    )
    return ":".join([head, *[pick(rng, HEX, 2).upper() for _ in range(3)]])


# Dates of birth.
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
MONTHS_IT = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()  # noqa: SIM905
MONTHS_PT = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()  # noqa: SIM905
MONTHS_NL = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905


def _born(template: str, months: Sequence[str] = MONTHS) -> Make:
    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        return template.format(y=year, m=month, d=day, b=months[month - 1], u=months[month - 1].upper())

    return make


# Homes.
STREETS = (
    "Maple",
    "Cedar",
    "Walnut",
    "Chestnut",
    "Highland",
    "Lincoln",
    "Franklin",
    "Prospect",
    "Ridgeview",
    "Lakeside",
)


def _home_us(rng: Random) -> str:
    city, state, zips = rng.choice(
        (
            ("Austin", "TX", 78701),
            ("Portland", "OR", 97201),
            ("Columbus", "OH", 43201),
            ("Tampa", "FL", 33601),
            ("Madison", "WI", 53701),
        )
    )
    apartment = rng.choice(("", f" Apt {rng.randint(1, 40)}{rng.choice('ABC')}", f" Unit {rng.randint(2, 90)}"))
    return f"{rng.randint(12, 9800)} {rng.choice(STREETS)} {rng.choice(('St', 'Ave', 'Dr', 'Lane', 'Blvd'))}{apartment}, {city}, {state} {zips + rng.randint(0, 30)}"


def _home_gb(rng: Random) -> str:
    town, area = rng.choice((("Leeds", "LS"), ("Bristol", "BS"), ("Norwich", "NR"), ("Reading", "RG"), ("York", "YO")))
    return f"{rng.randint(2, 180)} {rng.choice(STREETS)} Road, {town} {area}{rng.randint(1, 9)} {rng.randint(1, 9)}{pick(rng, 'ABDEFGHJLNPQRSTUWXYZ', 2)}"


def _home_de(rng: Random) -> str:
    town, code = rng.choice(
        (("Köln", 50667), ("Leipzig", 4103), ("Hamburg", 20095), ("Freiburg", 79098), ("Mainz", 55116))
    )
    street = rng.choice(("Lindenstraße", "Gartenweg", "Bergstr.", "Schillerstraße", "Am Mühlbach", "Goethestr."))
    return f"{street} {rng.randint(1, 140)}{rng.choice(('', 'a', 'b'))}, {code + rng.randint(0, 40):05} {town}"


def _upper_start(rng: Random) -> str:
    return pick(rng, UPPER, 3) + pick(rng, DIGITS, 9)


EMAIL = ("email", "E-mail", "contact_email", "Email Address", "customer_email", "reporter", "to", "work_email")
PHONE = ("phone", "Mobile", "phone_number", "Contact number", "Cell", "telephone", "callback number")
BIRTH = ("date of birth", "DOB", "birth_date", "dateOfBirth", "Birthday")

PERSONAL = (
    PersonalKind("email_initial_surname", _email_initial, EMAIL, bare=True),
    PersonalKind("email_student", _email_student, (*EMAIL, "student_email"), bare=True),
    PersonalKind("email_freemail_digits", _email_free, (*EMAIL, "personal email", "private_email"), bare=True),
    PersonalKind("email_hyphenated", _email_hyphen, EMAIL, bare=True),
    PersonalKind("email_apple_relay", _email_relay, ("email", "login", "apple_email"), bare=True),
    PersonalKind("email_surname_first", _email_last_first, (*EMAIL, "userPrincipalName", "UPN"), bare=True),
    PersonalKind("phone_us_international", _us_international, PHONE, bare=True),
    PersonalKind("phone_us_plain", _us_plain, PHONE),
    PersonalKind("phone_whatsapp_uri", _whatsapp, ("From", "to", "whatsapp", "WaId"), bare=True),
    PersonalKind("phone_whatsapp_jid", _jid, ("jid", "chat_jid", "sender", "remoteJid"), bare=True),
    PersonalKind("phone_national_au", _patterns("04## ### ###", "0N## ### ###", "(02) 9### ####"), (*PHONE, "Mobile no.")),
    PersonalKind("phone_national_it", _patterns("347 ### ####", "333-#######", "328######N"), ("telefono", "cellulare", "Tel.", "phone")),
    PersonalKind("phone_national_se", _patterns("070-### ## ##", "073-#######", "08-### ### ##"), ("telefon", "mobilnummer", "phone")),
    PersonalKind("phone_national_nl", _patterns("06-########", "06 ########", "020-N######"), ("telefoonnummer", "mobiel", "phone")),
    PersonalKind("phone_national_ch", _patterns("079 ### ## ##", "076 ### ## ##", "044 N## ## ##"), ("Telefon", "Natel", "Mobile", "phone")),
    PersonalKind("phone_national_ie", _patterns("087 ### ####", "085 ### ####", "083-#######"), PHONE),
    PersonalKind("phone_national_za", _patterns("082 ### ####", "071 ### ####", "083-###-####"), (*PHONE, "cell no")),
    PersonalKind("phone_national_sg", _patterns("9### ####", "8### ####"), (*PHONE, "hp no", "handphone")),
    PersonalKind("phone_national_ar", _patterns("11 15-N###-####", "0351 15 N## ####", "011 4###-####"), ("teléfono", "celular", "phone")),
    PersonalKind("phone_gb_landline", _patterns("020 7### ####", "0161 N## ####", "0117 9## ####", "01223 N#####"), (*PHONE, "home phone")),
    PersonalKind("card_visa_compact", _card(VISA, 16, (16,), ""), ("card number", "cc_number", "pan", "cardNumber"), bare=True),
    PersonalKind("card_visa_dashes", _card(VISA, 16, (4, 4, 4, 4), "-"), ("card number", "credit_card", "Card No."), bare=True),
    PersonalKind("card_mastercard_compact", _card(MASTERCARD, 16, (16,), ""), ("card number", "account_card", "ccnum"), bare=True),
    PersonalKind("card_mastercard_dashes", _card(MASTERCARD, 16, (4, 4, 4, 4), "-"), ("card number", "mastercard"), bare=True),
    PersonalKind("card_discover_spaced", _card(("6011", "6445", "6500"), 16, (4, 4, 4, 4), " "), ("card number", "payment card"), bare=True),
    PersonalKind("card_diners_spaced", _card(("3005", "3600", "3852"), 14, (4, 6, 4), " "), ("card number", "diners card"), bare=True),
    PersonalKind("iban_grouped", _iban_grouped, ("IBAN", "bank account", "payout_iban", "Bankverbindung"), bare=True),
    PersonalKind("iban_luxembourg", _iban_luxembourg, ("IBAN", "compte", "account IBAN"), bare=True),
    PersonalKind("account_us_ach", _ach, ("routing and account number", "direct deposit account", "ach account")),
    PersonalKind("account_us_number", lambda rng: _digits(rng, rng.randint(10, 12)), ("bank account number", "account_number", "checking account no")),
    PersonalKind("account_de_kontonummer", lambda rng: _digits(rng, 10), ("Kontonummer", "Konto-Nr.", "bank account number")),
    PersonalKind("account_br_conta", _pattern("#######-#"), ("conta corrente", "número da conta", "bank account")),
    PersonalKind("account_pix_key", uuid4, ("chave pix", "pix_key", "chave_pix_aleatoria")),
    PersonalKind("ssn_typed_plain", _ssn_hyphen, ("SSN", "social security number", "employee_ssn", "ssn_full")),
    PersonalKind("nino_spaced", _nino_spaced, ("NI number", "National Insurance number", "nino", "ni_no"), bare=True),
    PersonalKind("dni_dashed", _dni_dashed, ("DNI", "NIF", "documento de identidad"), bare=True),
    PersonalKind("bsn_dotted", _bsn_dotted, ("BSN", "burgerservicenummer", "sofinummer")),
    PersonalKind("personnummer_long", _personnummer_long, ("personnummer", "personal identity number", "pnr"), bare=True),
    PersonalKind("cpf_compact", _cpf_compact, ("CPF", "cpf_cliente", "número do CPF", "CPF do titular")),
    PersonalKind("nir_spaced", _nir_spaced, ("numéro de sécurité sociale", "NIR", "n° sécu"), bare=True),
    PersonalKind("steuer_id_spaced", _steuer_id_spaced, ("Steuer-ID", "Steueridentifikationsnummer", "IdNr", "tax id"), bare=False),
    PersonalKind("fin_sg", _fin_sg, ("FIN", "FIN No.", "NRIC/FIN", "foreign identification number")),
    PersonalKind("tin_ph", _patterns("###-###-###-000", "###-###-###"), ("TIN", "tax identification number", "employee TIN")),
    PersonalKind("cedula_pa", _patterns("8-###-####", "4-###-###", "8-###-###"), ("cédula", "cedula de identidad personal", "national id")),
    PersonalKind("uscis_receipt", _patterns("IOE##########", "MSC##########", "EAC##########"), ("USCIS receipt number", "receipt_number_i797", "case receipt (USCIS)")),
    PersonalKind("i94", _patterns("########~##", "###########"), ("I-94 number", "i94_admission_number")),
    PersonalKind("passport_gb", lambda rng: _digits(rng, 9), ("passport number", "UK passport no.", "passport_no")),
    PersonalKind("passport_ca", _pattern("~~######"), ("passport number", "Canadian passport", "no de passeport")),
    PersonalKind("passport_de", _passport_de, ("Reisepassnummer", "Passnummer", "passport number")),
    PersonalKind("passport_it", _patterns("YA#######", "YB#######"), ("numero passaporto", "passaporto", "passport number")),
    PersonalKind("passport_br", _patterns("FX######", "GA######", "YC######"), ("passaporte", "número do passaporte", "passport_number")),
    PersonalKind("passport_ch", _pattern("X#######"), ("Pass-Nr.", "passport number", "numéro de passeport")),
    PersonalKind("licence_us_states", _patterns("~#######", "#########", "~###-####-####", "~############"), ("driver's license", "driver_license_number", "DL number", "drivers licence no")),
    PersonalKind("licence_fr", _pattern("############"), ("numéro de permis de conduire", "permis de conduire n°", "driving licence number")),
    PersonalKind("licence_it", _patterns("U1#######~", "MI#######~", "RM#######~"), ("numero patente", "patente di guida", "driving licence number")),
    PersonalKind("licence_nsw", _pattern("########"), ("driver licence number", "licence no (NSW)", "driver_licence_no")),
    PersonalKind("medical_record", _medical_record, ("MRN", "medical record number", "patient MRN", "medical_record_no")),
    PersonalKind("health_member", _upper_start, ("insurance member ID", "health_plan_member_id", "subscriber ID", "health insurance number")),
    PersonalKind("ipv4_home", _ipv4_home, ("client_ip", "remote_addr", "X-Forwarded-For", "last_login_ip", "ip address"), bare=True),
    PersonalKind("ipv6_home", _ipv6_home, ("client_ip", "ip address", "signup_ip", "remote_addr"), bare=True),
    PersonalKind("mac_upper", _mac_upper, ("MAC address", "device_mac", "Wi-Fi MAC", "mac_addr"), bare=True),
    PersonalKind("dob_dashes", _born("{d:02}-{m:02}-{y}"), (*BIRTH, "geboortedatum")),
    PersonalKind("dob_oracle", _born("{d:02}-{u}-{y}"), (*BIRTH, "BIRTH_DT", "patient_dob")),
    PersonalKind("dob_american_dashes", _born("{m:02}-{d:02}-{y}"), BIRTH),
    PersonalKind("dob_short_month", _born("{b} {d}, {y}"), (*BIRTH, "Born")),
    PersonalKind("dob_iso_midnight", _born("{y}-{m:02}-{d:02}T00:00:00.000Z"), BIRTH),
    PersonalKind("dob_italian", _born("{d} {b} {y}", MONTHS_IT), ("data di nascita", "nato il", "nata il")),
    PersonalKind("dob_portuguese", _born("{d} de {b} de {y}", MONTHS_PT), ("data de nascimento", "nascimento", "nascido em")),
    PersonalKind("dob_dutch", _born("{d} {b} {y}", MONTHS_NL), ("geboortedatum", "geboren op", "geb.datum")),
    PersonalKind("home_us", _home_us, ("home address", "street_address", "shipping_address", "mailing address")),
    PersonalKind("home_gb", _home_gb, ("home address", "postal address", "billing_address", "delivery address")),
    PersonalKind("home_de", _home_de, ("Anschrift", "Wohnadresse", "Lieferadresse", "home address")),
)  # fmt: skip
