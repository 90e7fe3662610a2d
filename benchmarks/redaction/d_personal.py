"""Personal data of profile d: Asia, Africa, Oceania and the rest of Europe, with the check digits of each number."""

# ruff: noqa: E501, PLR2004, RUF001, SIM905  # a table, read by its rows; letters of many scripts; numbers of the schemes

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.redaction.personal_kinds import PersonalKind
from benchmarks.redaction.randomness import (
    DIGITS,
    FIRST,
    LAST,
    NOUNS,
    UPPER,
    UPPER36,
    birthday,
    hexadecimal,
    iban,
    luhn_digit,
    pick,
    verhoeff_digit,
    weighted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Make = Callable[[Random], str]

_PLAIN = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _shape(*templates: str) -> Make:
    """# any digit, % a digit other than zero, @ any letter, anything else itself."""

    def make(rng: Random) -> str:
        template = rng.choice(templates)
        letters = {"#": DIGITS, "%": "123456789", "@": _PLAIN}
        return "".join(rng.choice(letters.get(char, char)) for char in template)

    return make


def _value(char: str) -> int:
    return int(char, 36)


def _sum731(text: str) -> int:
    return sum(_value(char) * (7, 3, 1)[place % 3] for place, char in enumerate(text))


def _until(rng: Random, attempt: Callable[[Random], str | None]) -> str:
    while True:
        text = attempt(rng)
        if text is not None:
            return text


def vid_in(rng: Random) -> str:
    body = rng.choice("23456789") + pick(rng, DIGITS, 14)
    text = body + verhoeff_digit(body)
    return rng.choice((text, " ".join(text[at : at + 4] for at in range(0, 16, 4))))


def epic_in(rng: Random) -> str:
    body = pick(rng, DIGITS, 6)
    return pick(rng, UPPER, 3) + body + luhn_digit(body)


def npwp_id(rng: Random) -> str:
    body = rng.choice("0123456789") + pick(rng, DIGITS, 7)
    text = body + luhn_digit(body)
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}.{text[8]}-{pick(rng, DIGITS, 3)}.000"


def mst_vn(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = f"{rng.randint(1, 80):02}{pick(rng, DIGITS, 7)}"
        check = 10 - weighted(body, (31, 29, 23, 19, 17, 13, 7, 5, 3)) % 11
        return f"{body}{check}" if check < 10 and body[2:] != "0000000" else None

    return _until(rng, attempt)


def foreigner_kr(rng: Random) -> str:
    year, month, day = birthday(rng)
    head = f"{year % 100:02}{month:02}{day:02}{rng.choice('56') if year < 2000 else rng.choice('78')}{pick(rng, DIGITS, 5)}"
    check = (13 - weighted(head, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{head[:6]}-{head[6:]}{check}"


def arc_tw(rng: Random) -> str:
    letter = rng.choice("ABCDEFGHJKLMNPQRSTUVXYWZIO")
    code = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(letter) + 10
    body = rng.choice("89") + pick(rng, DIGITS, 7)
    total = code // 10 + code % 10 * 9 + weighted(body, (8, 7, 6, 5, 4, 3, 2, 1))
    return f"{letter}{body}{-total % 10}"


def pinfl_uz(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{rng.choice('34' if year < 2000 else '56')}{day:02}{month:02}{year % 100:02}{rng.randint(10, 299):03}{rng.randint(1, 999):03}"
    return f"{body}{_sum731(body) % 10}"


def pin_kg(rng: Random) -> str:
    year, month, day = birthday(rng)
    return f"{rng.choice('12')}{day:02}{month:02}{year}{pick(rng, DIGITS, 5)}"


def civil_kw(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        year, month, day = birthday(rng)
        body = f"{2 if year < 2000 else 3}{year % 100:02}{month:02}{day:02}{rng.randint(0, 1999):04}"
        check = 11 - weighted(body, (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11
        return f"{body}{check}" if check < 10 else None

    return _until(rng, attempt)


def qid_qa(rng: Random) -> str:
    year, _, _ = birthday(rng)
    return f"{2 if year < 2000 else 3}{year % 100:02}{rng.choice(('634', '356', '586', '050', '818', '608'))}{pick(rng, DIGITS, 5)}"


def id_eg(rng: Random) -> str:
    year, month, day = birthday(rng)
    place = rng.choice(("01", "02", "03", "12", "14", "21", "25", "88"))
    body = f"{2 if year < 2000 else 3}{year % 100:02}{month:02}{day:02}{place}{pick(rng, DIGITS, 4)}"
    return f"{body}{(11 - weighted(body, (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 10}"


def nid_mu(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{rng.choice(UPPER)}{day:02}{month:02}{year % 100:02}{pick(rng, DIGITS, 6)}"
    check = sum((14 - place) * _value(char) for place, char in enumerate(body))
    return body + "0123456789ABCDEFG"[(17 - check) % 17]


def nida_tz(rng: Random) -> str:
    year, month, day = birthday(rng)
    return f"{year}{month:02}{day:02}-{pick(rng, DIGITS, 5)}-{pick(rng, DIGITS, 5)}-{rng.randint(10, 29)}"


def id_rw(rng: Random) -> str:
    year, _, _ = birthday(rng)
    return f"1 {year} {rng.choice('78')} {pick(rng, DIGITS, 7)} {rng.randint(0, 3)} {pick(rng, DIGITS, 2)}"


def nin_ug(rng: Random) -> str:
    return f"C{rng.choice('MF')}{rng.randint(50, 99)}{pick(rng, DIGITS, 6)}{pick(rng, UPPER36, 3)}{rng.choice(UPPER)}"


def ihi_au(rng: Random) -> str:
    body = "80036" + rng.choice("01") + pick(rng, DIGITS, 9)
    text = body + luhn_digit(body)
    return " ".join(text[at : at + 4] for at in range(0, 16, 4))


def usi_au(rng: Random) -> str:
    """Luhn's scheme over 32 characters."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    body, total = pick(rng, alphabet, 9), 0
    for place, char in enumerate(reversed(body)):
        value = alphabet.index(char) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return body + alphabet[-total % 32]


_BRANCHES_NZ = (
    "0001 0009 0034 0053 0066 0071 0078 0083 0088 0102 0121 0129 0142 0154 0170 0182 0190 0204 0215 0226".split()
)


def account_nz(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        branch, base = rng.choice(_BRANCHES_NZ), f"{rng.randint(10_000, 899_999):07}"
        total = weighted(f"01{branch}0{base}", (0, 0, 6, 3, 7, 9, 0, 0, 10, 5, 8, 4, 2, 1))
        return f"01-{branch}-{base}-{rng.randint(0, 9):02}" if total % 11 == 0 else None

    return _until(rng, attempt)


def davcna_si(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = rng.choice("123456789") + pick(rng, DIGITS, 6)
        check = 11 - weighted(body, (8, 7, 6, 5, 4, 3, 2)) % 11
        return f"{body}{check % 10}" if check < 11 else None

    return _until(rng, attempt)


def idnp_md(rng: Random) -> str:
    body = "2" + pick(rng, DIGITS, 11)
    return f"{body}{_sum731(body) % 10}"


def personal_by(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{rng.choice('34' if year < 2000 else '56')}{day:02}{month:02}{year % 100:02}{rng.choice('ABCHKEM')}{pick(rng, DIGITS, 3)}{rng.choice(('PB', 'BA', 'BI'))}"
    return f"{body}{_sum731(body) % 10}"


def nid_al(rng: Random) -> str:
    year, month, day = birthday(rng)
    decade = "ABCDEFGHIJKLMNOPQRST"[(year - 1800) // 10] if year < 2000 else "KLMNOPQRST"[(year - 2000) // 10]
    return f"{decade}{year % 10}{month + rng.choice((0, 50)):02}{day:02}{pick(rng, DIGITS, 3)}{rng.choice(UPPER)}"


def tic_cy(rng: Random) -> str:
    odd = dict(zip(DIGITS, (1, 0, 5, 7, 9, 13, 15, 17, 19, 21), strict=True))
    body = "0" + pick(rng, DIGITS, 7)
    total = sum(odd[char] for char in body[::2]) + sum(map(int, body[1::2]))
    return body + UPPER[total % 26]


def lnch_bg(rng: Random) -> str:
    body = rng.choice("1234567") + pick(rng, DIGITS, 8)
    return f"{body}{weighted(body, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10}"


def nuss_es(rng: Random) -> str:
    province, number = rng.randint(1, 50), rng.randint(10_000_000, 99_999_999)
    gap, check = rng.choice(("", " ", "/")), int(f"{province:02}{number}") % 97
    return f"{province:02}{gap}{number}{gap}{check:02}"


def niss_pt(rng: Random) -> str:
    body = rng.choice("12") + pick(rng, DIGITS, 9)
    return f"{body}{9 - weighted(body, (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)) % 10}"


def cartao_pt(rng: Random) -> str:
    body = rng.choice("123456789") + pick(rng, DIGITS, 8) + pick(rng, UPPER, 2)
    total = 0
    for place, char in enumerate(reversed(body)):
        value = _value(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if place % 2 == 0 and value > 9 else value
    return f"{body[:8]} {body[8]} {body[9:]}{-total % 10}"


def chi_gb(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        year, month, day = birthday(rng, 1950, 1999)
        body = f"{day:02}{month:02}{year % 100:02}{pick(rng, DIGITS, 3)}"
        check = 11 - weighted(body, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
        return f"{body}{check % 11}" if check != 10 else None

    return _until(rng, attempt)


def spi_fr(rng: Random) -> str:
    body = rng.choice("0123") + pick(rng, DIGITS, 9)
    text = f"{body}{int(body) % 511:03}"
    return rng.choice((text, f"{text[:2]} {text[2:4]} {text[4:7]} {text[7:10]} {text[10:]}"))


def eid_be(rng: Random) -> str:
    body = f"59{rng.randint(0, 9)}{pick(rng, DIGITS, 7)}"
    return f"{body[:3]}-{body[3:]}-{int(body) % 97 or 97:02}"


def tax_hu(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = "8" + pick(rng, DIGITS, 8)
        check = weighted(body, range(1, 10)) % 11
        return f"{body}{check}" if check < 10 else None

    return _until(rng, attempt)


def dowod_pl(rng: Random) -> str:
    letters, digits = pick(rng, UPPER, 3), pick(rng, DIGITS, 5)
    total = sum(_value(char) * weight for char, weight in zip(letters + digits, (7, 3, 1, 7, 3, 1, 7, 3), strict=True))
    return f"{letters} {total % 10}{digits}"


def nip_pl(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = rng.choice("123456789") + pick(rng, DIGITS, 8)
        check = weighted(body, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11
        return f"{body[:3]}-{body[3:6]}-{body[6:8]}-{body[8]}{check}" if check < 10 else None

    return _until(rng, attempt)


def unzr_ua(rng: Random) -> str:
    year, month, day = birthday(rng)
    body = f"{year}{month:02}{day:02}{pick(rng, DIGITS, 4)}"
    return f"{body[:8]}-{body[8:]}{_sum731(body) % 10}"


def account_cz(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = rng.choice("123456789") + pick(rng, DIGITS, 9)
        good = weighted(body, (6, 3, 7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0
        return f"{body}/{rng.choice(('0100', '0300', '0600', '0800', '2010', '3030', '5500'))}" if good else None

    return _until(rng, attempt)


def account_no(rng: Random) -> str:
    def attempt(rng: Random) -> str | None:
        body = rng.choice("123456789") + pick(rng, DIGITS, 9)
        check = -weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return f"{body[:4]}.{body[4:6]}.{body[6:]}{check}" if check < 10 else None

    return _until(rng, attempt)


def nuban_ng(rng: Random) -> str:
    bank, body = rng.choice(("044", "058", "011", "033", "057", "070")), "0" + pick(rng, DIGITS, 8)
    total = weighted(bank + body, (3, 7, 3) * 4)
    return f"{body}{-total % 10}"


def eid_esim(rng: Random) -> str:
    body = "89" + pick(rng, DIGITS, 28)
    return f"{body}{98 - int(body + '00') % 97:02}"


def _card(*prefixes: str, size: int = 16, gaps: str = " -") -> Make:
    def make(rng: Random) -> str:
        prefix = rng.choice(prefixes)
        body = prefix + pick(rng, DIGITS, size - 1 - len(prefix))
        text = body + luhn_digit(body)
        gap = rng.choice(gaps)
        return gap.join(text[at : at + 4] for at in range(0, size, 4))

    return make


def track2(rng: Random) -> str:
    body = rng.choice(("5061", "4", "5425", "9704", "8600"))
    body += pick(rng, DIGITS, 15 - len(body))
    return f";{body}{luhn_digit(body)}={rng.randint(27, 33)}{rng.randint(1, 12):02}{rng.choice(('101', '201'))}{pick(rng, DIGITS, 10)}?"


# What ISO 13616's registry gives for each country: 9 a digit, A a letter, C either.
_BBAN = {
    "nordic": {"DK": "9" * 14, "FI": "9" * 14, "FO": "9" * 14, "GL": "9" * 14, "IS": "9" * 22},
    "central": {"CZ": "9" * 20, "SK": "9" * 20, "HU": "9" * 24, "SI": "9" * 15, "LI": "9" * 5 + "C" * 12, "LU": "999" + "C" * 13},
    "baltic": {"EE": "9" * 16, "LV": "AAAA" + "C" * 13, "LT": "9" * 16, "UA": "9" * 6 + "9" * 19, "MD": "CC" + "C" * 18, "BY": "CCCC" + "9" * 4 + "C" * 16},
    "balkan": {"BG": "AAAA" + "9" * 6 + "C" * 8, "HR": "9" * 17, "RS": "9" * 18, "BA": "9" * 16, "ME": "9" * 18, "MK": "9" * 15, "AL": "9" * 8 + "C" * 16, "XK": "9" * 16},
    "small": {"IE": "AAAA" + "9" * 14, "GB": "AAAA" + "9" * 14, "CY": "9" * 8 + "C" * 16, "MC": "9" * 10 + "C" * 11 + "99", "AD": "9" * 8 + "C" * 12, "SM": "A" + "9" * 10 + "C" * 12},
    "west_asia": {"IL": "9" * 19, "JO": "AAAA9999" + "C" * 18, "KW": "AAAA" + "C" * 22, "QA": "AAAA" + "C" * 21, "BH": "AAAA" + "C" * 14, "LB": "9999" + "C" * 20, "IQ": "AAAA" + "9" * 15, "GE": "AA" + "9" * 16},
    "africa": {"EG": "9" * 25, "MU": "AAAA" + "9" * 19 + "AAA", "DJ": "9" * 23, "SC": "AAAA" + "9" * 20 + "AAA", "LY": "9" * 21},
    "inner_asia": {"KZ": "999" + "C" * 13, "AZ": "AAAA" + "C" * 20, "PK": "AAAA" + "C" * 16, "MN": "9" * 16, "TL": "9" * 19},
}  # fmt: skip


def _iban(region: str) -> Make:
    def make(rng: Random) -> str:
        country, shape = rng.choice(sorted(_BBAN[region].items()))
        letters = {"9": DIGITS, "A": UPPER, "C": DIGITS + DIGITS + DIGITS + UPPER}
        number = "".join(rng.choice(letters[char]) for char in shape)
        if country in {"SI", "RS", "BA", "ME", "MK"}:  # their own account numbers end with two check digits of ISO 7064
            number = f"{number[:-2]}{98 - int(number[:-2] + '00') % 97:02}"
        text = iban(rng, country, number)
        return rng.choice((text, " ".join(text[at : at + 4] for at in range(0, len(text), 4))))

    return make


_FIRST_OCTETS = "41 102 105 154 196 197 27 36 49 58 103 110 118 122 175 202 210 5 31 46 77 89 95 178".split()


def _region_ipv4(rng: Random) -> str:
    first = int(rng.choice(_FIRST_OCTETS))
    second = rng.randint(1, 254)
    return f"{first}.{second}.{rng.randint(1, 254)}.{rng.randint(2, 253)}"


def _ipv6(rng: Random) -> str:
    first = rng.choice(("2001:4", "2a0", "240", "280", "2c0"))
    head = first + hexadecimal(rng, 3 if first.endswith(":4") else 1)
    return ":".join([head, *(f"{rng.randint(0x1000, 0xFFFF):x}" for _ in range(7 - head.count(":")))])


def _mapped(rng: Random) -> str:
    return f"::ffff:{_region_ipv4(rng)}"


def _eui64(rng: Random) -> str:
    head = rng.choice(("b8:27:eb", "dc:a6:32", "24:0a:c4", "f4:cf:a2", "00:17:88", "ac:67:b2"))
    return f"{head}:ff:fe:" + ":".join(hexadecimal(rng, 2) for _ in range(3))


def _mac_compact(rng: Random) -> str:
    return rng.choice(("B827EB", "DCA632", "240AC4", "F4CFA2", "001788", "AC67B2")) + hexadecimal(rng, 6).upper()


_SITES = (
    "co.ke com.ng go.id ac.nz org.za edu.vn com.tr co.th com.my ne.jp or.kr net.au gov.in com.eg org.il co.ug".split()
)


def _mail_regional(rng: Random) -> str:
    return f"{rng.choice(FIRST)}.{rng.choice(LAST)}@{rng.choice(NOUNS)}.{rng.choice(_SITES)}"


def _mail_symbols(rng: Random) -> str:
    mark = rng.choice("=~*$!%^")
    return f"{rng.choice(FIRST)}{mark}{rng.choice(LAST)}{rng.randint(2, 99)}@{rng.choice(NOUNS)}.{rng.choice(('kz', 'pl', 'fi', 'sg', 'tn', 'nz'))}"


def _mail_digits(rng: Random) -> str:
    return f"{pick(rng, '123456789', 1)}{pick(rng, DIGITS, 7)}@{rng.choice(('qq.com', '163.com', 'naver.com', 'mail.ru', 'yandex.kz'))}"


def _mail_underscore(rng: Random) -> str:
    return f"_{rng.choice(LAST)}_{rng.choice(FIRST)}@{rng.choice(NOUNS)}-{rng.choice(NOUNS)}.{rng.choice(('asia', 'africa', 'swiss', 'berlin', 'tokyo'))}"


_SCRIPTS = "山田@会社.jp иванова@почта.рф 김민수@회사.한국 राहुल@डाक.भारत δημητρης@ταχυδρομειο.gr".split()


def _mail_script(rng: Random) -> str:
    local, site = rng.choice(_SCRIPTS).split("@")
    return f"{local}{rng.randint(10, 9999)}@{site}"


_MONTHS = {
    "ru": ("{d} {m} {y} г.", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    "id": ("{d} {m} {y}", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
    "tr": ("{d} {m} {y}", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"),
    "pl": ("{d} {m} {y} r.", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
    "sw": ("{d} {m} {y}", "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba"),
    "fi": ("{d}. {m} {y}", "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"),
}  # fmt: skip


def _birth_words(language: str) -> Make:
    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        form, months = _MONTHS[language]
        return form.format(d=day, m=months.split()[month - 1], y=year)

    return make


def _birth(form: str, shift: int = 0) -> Make:
    def make(rng: Random) -> str:
        year, month, day = birthday(rng)
        return form.format(y=year + shift, m=month, d=day)

    return make


def _arabic_digits(rng: Random) -> str:
    return "".join(chr(0x660 + int(char)) for char in f"05{rng.choice('0345')}{pick(rng, DIGITS, 7)}")


def _kind(name: str, make: Make, *labels: str, bare: bool = False) -> PersonalKind:
    return PersonalKind(name, make, labels, bare)


PERSONAL = (
    _kind("email_regional", _mail_regional, "e-mail", "barua pepe", "E-posta", "อีเมล", "surel", bare=True),
    _kind("email_symbols", _mail_symbols, "email address", "sähköposti", "adres e-mail", bare=True),
    _kind("email_number", _mail_digits, "邮箱", "이메일", "электронная почта", "QQ mail", bare=True),
    _kind("email_underscore", _mail_underscore, "contact email", "メール", "e-mel", bare=True),
    _kind("email_script", _mail_script, "email", "メールアドレス", "эл. почта", "ईमेल"),
    _kind("phone_southeast_asia", _shape("+62 812-####-####", "+84 91# ### ###", "+63 917 ### ####", "+66 8% ### ####", "+60 12-### ####", "+65 9### ####"), "nomor HP", "số điện thoại", "เบอร์โทรศัพท์", "mobile number", "no. telefon", bare=True),
    _kind("phone_greater_china", _shape("+852 6### ####", "+886 912 ### ###", "+853 66## ####"), "手提電話", "手機號碼", "mobile", bare=True),
    _kind("phone_south_asia", _shape("+92 300 #######", "+880 1711-######", "+94 77 ### ####", "+977 984-#######", "+93 70 ### ####"), "موبائل نمبر", "মোবাইল নম্বর", "mobile", "cell number", bare=True),
    _kind("phone_middle_east", _shape("+971 50 ### ####", "+966 55 ### ####", "+972 52-###-####", "+90 532 ### ## ##", "+98 912 ### ####", "+962 7 9### ####", "+974 33## ####"), "رقم الجوال", "טלפון נייד", "cep telefonu", "شماره تلفن", bare=True),
    _kind("phone_africa", _shape("+20 100 ### ####", "+254 722 ### ###", "+233 24 ### ####", "+212 661-######", "+216 22 ### ###", "+251 91 ### ####", "+255 754 ### ###", "+221 77 ### ## ##", "+256 772 ######"), "namba ya simu", "phone", "téléphone", "رقم الهاتف", "mpesa number", bare=True),
    _kind("phone_oceania", _shape("+64 21 ### ####", "+679 7## ####", "+675 7### ####", "+685 72 #####", "+687 7# ## ##"), "mobile", "waea pūkoro", "phone", bare=True),
    _kind("phone_nordic", _shape("+46 70 ### ## ##", "+47 912 ## ###", "+45 2# ## ## ##", "+358 40 ### ####", "+354 69# ####", "+298 21####"), "mobilnummer", "puhelinnumero", "farsími", "telefon", bare=True),
    _kind("phone_central_europe", _shape("+48 601 ### ###", "+420 602 ### ###", "+421 905 ### ###", "+36 30 ### ####", "+43 664 #######", "+386 41 ### ###"), "telefon komórkowy", "mobil", "telefonszám", "GSM", bare=True),
    _kind("phone_southeast_europe", _shape("+40 722 ### ###", "+30 694 ### ####", "+359 88 ### ####", "+385 91 ### ####", "+381 63 ### ####", "+380 67 ### ## ##", "+357 99 ######", "+356 79## ####"), "telefon mobil", "κινητό", "мобилен", "мобільний телефон", bare=True),
    _kind("phone_low_countries", _shape("+31 6 %#######", "+32 470 ## ## ##", "+352 621 ### ###", "+353 87 ### ####", "+351 91# ### ###"), "gsm-nummer", "telemóvel", "mobiel nummer", "fón póca", bare=True),
    _kind("phone_national_id", _shape("0812-####-####", "0857-####-###"), "nomor telepon", "No. HP", "WhatsApp"),
    _kind("phone_national_tr", _shape("0532 ### ## ##", "0(555) ### ## ##"), "cep telefonu", "telefon numarası"),
    _kind("phone_national_th", _shape("08%-###-####", "09 %### ####"), "เบอร์มือถือ", "โทรศัพท์"),
    _kind("phone_national_ph", _shape("0917 ### ####", "0998-###-####"), "cellphone number", "mobile no."),
    _kind("phone_national_ke", _shape("0722 ### ###", "0110 ######"), "nambari ya simu", "phone number"),
    _kind("phone_national_nz", _shape("021 ### ####", "027-### ####"), "mobile phone", "cell"),
    _kind("phone_national_pl", _shape("601 ### ###", "22 %## ## ##"), "telefon", "nr telefonu"),
    _kind("phone_national_il", _shape("052-###-####", "054-#######"), "טלפון", "phone number"),
    _kind("phone_arabic_digits", _arabic_digits, "رقم الجوال", "الهاتف", "phone"),
    _kind("card_verve", _card("506105", "506118", "650002"), "verve card number", "card number", bare=True),
    _kind("card_uzcard", _card("8600", gaps=" "), "karta raqami", "номер карты", bare=True),
    _kind("card_humo", _card("9860", gaps=" "), "Humo karta", "номер карты", bare=True),
    _kind("card_elo", _card("636297", "504175", "451416"), "número do cartão", "card no", bare=True),
    _kind("card_dankort", _card("5019"), "dankort", "kortnummer", bare=True),
    _kind("card_napas", _card("970436", "970418"), "số thẻ", "card number", bare=True),
    _kind("card_belkart", _card("9112", gaps=" "), "нумар карткі", "номер карты", bare=True),
    _kind("card_meeza", _card("507803", "507808"), "رقم البطاقة", "card number", bare=True),
    _kind("card_track2", track2, "track 2", "magstripe", "track2 data", bare=True),
    *(
        _kind(f"iban_{region}", _iban(region), "IBAN", "account", "bank account", label, bare=True)
        for region, label in (("nordic", "tilinumero"), ("central", "číslo účtu"), ("baltic", "konto numeris"), ("balkan", "broj računa"), ("small", "λογαριασμός"), ("west_asia", "رقم الحساب"), ("africa", "numéro de compte"), ("inner_asia", "шот нөмірі"))
    ),
    _kind("ipv4_regional", _region_ipv4, "client_ip", "IP-адрес клиента", "送信元IP", "remote_addr", "kullanıcı IP", bare=True),
    _kind("ipv6_regional", _ipv6, "client_ipv6", "peer address", "IPv6-адрес", bare=True),
    _kind("ipv4_mapped", _mapped, "client_address", "remote_ip", bare=True),
    _kind("mac_eui64", _eui64, "EUI-64", "hw address", "zigbee_ieee_address", bare=True),
    _kind("mac_compact", _mac_compact, "MAC address", "wifi_mac", "MACアドレス", "mac"),
    _kind("vid_in", vid_in, "Aadhaar Virtual ID", "VID number"),
    _kind("epic_in", epic_in, "Voter ID", "EPIC number", "मतदाता पहचान पत्र"),
    _kind("uan_in", _shape("101%########"), "PF UAN", "Universal Account Number"),
    _kind("licence_in", _shape("MH12 2011#######", "KA05 2015#######", "DL-042011#######"), "driving licence", "DL number", "ड्राइविंग लाइसेंस"),
    _kind("abha_in", _shape("91-####-####-####"), "ABHA number", "health id"),
    _kind("account_in", _shape("%###########", "%#############"), "bank account number", "खाता संख्या", "savings account no"),
    _kind("upi_in", lambda rng: f"{rng.choice(FIRST)}.{rng.choice(LAST)}{rng.randint(1, 99)}@{rng.choice(('okhdfcbank', 'oksbi', 'ybl', 'paytm', 'upi'))}", "UPI ID", "VPA", "upi address"),
    _kind("npwp_id", npwp_id, "NPWP", "nomor pokok wajib pajak", "tax id"),
    _kind("bpjs_id", _shape("0001%########"), "nomor BPJS Kesehatan", "BPJS number"),
    _kind("philhealth_ph", _shape("12-#########-#", "01-#########-#"), "PhilHealth number", "PhilHealth ID"),
    _kind("pagibig_ph", _shape("121%-####-####"), "Pag-IBIG MID", "Pag-IBIG number"),
    _kind("mst_vn", mst_vn, "mã số thuế cá nhân", "personal tax code"),
    _kind("bhyt_vn", _shape("DN401%#########", "HS479%#########"), "mã số BHYT", "thẻ bảo hiểm y tế", "health insurance number"),
    _kind("foreigner_kr", foreigner_kr, "외국인등록번호", "alien registration number"),
    _kind("licence_kr", _shape("11-1%-######-##", "28-0%-######-##"), "운전면허번호", "driver license number"),
    _kind("passport_kr", _shape("M%#######", "M###@####"), "여권번호", "passport no"),
    _kind("account_kr", _shape("110-###-######", "1002-###-######"), "계좌번호", "bank account"),
    _kind("licence_jp", _shape("301%########", "621%########"), "運転免許証番号", "driver licence number"),
    _kind("pension_jp", _shape("%###-######"), "基礎年金番号", "basic pension number"),
    _kind("residence_jp", _shape("@@%#######@@"), "在留カード番号", "residence card number"),
    _kind("passport_jp", _shape("TK%######", "TR%######"), "旅券番号", "パスポート番号", "passport number"),
    _kind("passport_cn", _shape("E%#######", "E@%######"), "护照号码", "护照号", "passport number"),
    _kind("arc_tw", arc_tw, "統一證號", "居留證號碼", "ARC number"),
    _kind("passport_my", _shape("A%#######", "H%#######"), "no. pasport", "passport number"),
    _kind("nrc_mm", lambda rng: f"{rng.randint(1, 14)}/{rng.choice(('OuKaMa', 'KaMaYa', 'BaHaNa', 'LaMaNa', 'MaYaKa'))}(N){pick(rng, DIGITS, 6)}", "NRC number", "မှတ်ပုံတင်အမှတ်", "national registration card"),
    _kind("nid_bd", _shape("%#########", "1985%############"), "NID number", "জাতীয় পরিচয়পত্র নম্বর"),
    _kind("pinfl_uz", pinfl_uz, "JSHSHIR", "ПИНФЛ", "personal identification number"),
    _kind("pin_kg", pin_kg, "ПИН", "персональный идентификационный номер"),
    _kind("id_ge", _shape("0101%######", "6000%######"), "პირადი ნომერი", "personal number"),
    _kind("register_mn", lambda rng: pick(rng, "АБВГДЖЗИКЛМНОӨПРСТУҮХЦЧШЭЮЯ", 2) + f"{rng.randint(60, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{pick(rng, DIGITS, 2)}", "регистрийн дугаар", "registration number"),
    _kind("fin_az", lambda rng: pick(rng, "123456789", 1) + pick(rng, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 4) + pick(rng, UPPER, 1) + pick(rng, DIGITS, 1), "FİN", "fərdi identifikasiya nömrəsi", "FIN code"),
    _kind("civil_kw", civil_kw, "الرقم المدني", "civil ID"),
    _kind("qid_qa", qid_qa, "الرقم الشخصي", "QID", "Qatar ID"),
    _kind("national_jo", _shape("9%#%######", "2000%#####"), "الرقم الوطني", "national number"),
    _kind("id_eg", id_eg, "الرقم القومي", "national ID", "Egyptian ID number"),
    _kind("cin_ma", _shape("AB%#####", "K%#####", "BE%#####"), "CIN", "numéro de CNIE", "رقم البطاقة الوطنية"),
    _kind("id_ke", _shape("2%######", "3%######"), "namba ya kitambulisho", "national ID number", "Kenyan ID"),
    _kind("kra_ke", _shape("A0%#######@"), "KRA PIN", "tax pin"),
    _kind("nida_tz", nida_tz, "namba ya NIDA", "NIDA number", "national ID"),
    _kind("id_rw", id_rw, "indangamuntu", "national ID"),
    _kind("nin_ug", nin_ug, "NIN", "national identification number"),
    _kind("nrc_zm", _shape("%#####/68/1", "%#####/10/1"), "NRC", "national registration card"),
    _kind("bi_ao", _shape("00%######LA04#", "00%######BE03#"), "número do BI", "bilhete de identidade"),
    _kind("nid_mu", nid_mu, "National Identity Card", "NID", "numéro de carte nationale"),
    _kind("nuban_ng", nuban_ng, "NUBAN", "account number", "bank account number"),
    _kind("passport_za", _shape("A%#######", "M%#######"), "passport number", "paspoortnommer"),
    _kind("ihi_au", ihi_au, "IHI", "individual healthcare identifier"),
    _kind("usi_au", usi_au, "USI", "unique student identifier"),
    _kind("crn_au", _shape("2## ### ###@", "20%######K"), "Centrelink CRN", "customer reference number"),
    _kind("account_au", _shape("062-%## %#######", "BSB 733-%## Acc %#####"), "bank account", "BSB and account number"),
    _kind("passport_au", _shape("PA%######", "RA%######"), "passport number", "travel document number"),
    _kind("licence_nz", _shape("DA%#####", "EK%#####"), "driver licence", "licence number"),
    _kind("account_nz", account_nz, "bank account", "account number"),
    _kind("davcna_si", davcna_si, "davčna številka", "tax number"),
    _kind("idnp_md", idnp_md, "IDNP", "cod personal"),
    _kind("personal_by", personal_by, "личный номер", "асабісты нумар", "identification number"),
    _kind("nid_al", nid_al, "numri personal", "NID", "personal number"),
    _kind("tic_cy", tic_cy, "TIC", "αριθμός φορολογικής ταυτότητας", "tax identification code"),
    _kind("id_mt", _shape("0%#####%M", "04%####%G"), "karta tal-identità", "ID card number"),
    _kind("nrt_ad", _shape("F-%#####-@"), "NRT", "número de registre tributari"),
    _kind("identity_gr", lambda rng: pick(rng, "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", 2) + " " + pick(rng, DIGITS, 6), "ΑΔΤ", "αριθμός ταυτότητας", "identity card number"),
    _kind("lnch_bg", lnch_bg, "ЛНЧ", "личен номер на чужденец"),
    _kind("nuss_es", nuss_es, "número de la Seguridad Social", "NUSS", "núm. afiliación"),
    _kind("niss_pt", niss_pt, "NISS", "número de segurança social"),
    _kind("cartao_pt", cartao_pt, "cartão de cidadão", "número do CC", "citizen card"),
    _kind("chi_gb", chi_gb, "CHI number", "CHI no", "community health index"),
    _kind("spi_fr", spi_fr, "numéro fiscal", "identifiant fiscal", "tax reference number"),
    _kind("passport_fr", _shape("%#@@#####"), "numéro de passeport", "passport number"),
    _kind("cie_it", _shape("CA%####@@"), "numero carta identità", "identity card number"),
    _kind("eid_be", eid_be, "numéro de carte nationale", "kaartnummer eID", "identity card number"),
    _kind("tax_hu", tax_hu, "adóazonosító jel", "tax identification number"),
    _kind("identity_hu", _shape("%#####@@"), "személyi igazolvány szám", "identity card"),
    _kind("dowod_pl", dowod_pl, "seria i numer dowodu osobistego", "numer dowodu", "identity card number"),
    _kind("nip_pl", nip_pl, "NIP podatnika", "numer NIP", "personal tax number"),
    _kind("ci_ro", _shape("XB %#####", "RK %#####"), "seria și numărul CI", "carte de identitate", "ID card series"),
    _kind("ptal_fo", lambda rng: f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(50, 99)}-{pick(rng, DIGITS, 3)}", "p-tal", "personal number"),
    _kind("passport_ua", lambda rng: pick(rng, "АВЕКМНСТ", 2) + pick(rng, DIGITS, 6), "серія та номер паспорта", "паспорт", "passport number"),
    _kind("unzr_ua", unzr_ua, "УНЗР", "унікальний номер запису в реєстрі"),
    _kind("licence_ru", _shape("99 %# %#####"), "водительское удостоверение", "номер ВУ", "driver licence number"),
    _kind("account_cz", account_cz, "číslo účtu", "bankovní spojení", "account number"),
    _kind("account_no", account_no, "kontonummer", "bank account"),
    _kind("eid_esim", eid_esim, "EID", "eSIM EID", "eUICC identifier"),
    _kind("dob_russian", _birth_words("ru"), "дата рождения", "родился", "date of birth"),
    _kind("dob_indonesian", _birth_words("id"), "tanggal lahir", "tgl. lahir"),
    _kind("dob_turkish", _birth_words("tr"), "doğum tarihi", "date of birth"),
    _kind("dob_polish", _birth_words("pl"), "data urodzenia", "date of birth"),
    _kind("dob_swahili", _birth_words("sw"), "tarehe ya kuzaliwa", "date of birth"),
    _kind("dob_finnish", _birth_words("fi"), "syntymäaika", "date of birth"),
    _kind("dob_korean", _birth("{y}년 {m}월 {d}일"), "생년월일", "date of birth"),
    _kind("dob_chinese", _birth("{y}年{m}月{d}日"), "出生日期", "生日"),
    _kind("dob_taiwan", _birth("民國{y}年{m}月{d}日", -1911), "出生年月日", "出生日期"),
    _kind("dob_thai", _birth("{d}/{m}/{y}", 543), "วันเกิด", "วันเดือนปีเกิด"),
    _kind("dob_persian", _birth("{y}/{m:02}/{d:02}", -621), "تاریخ تولد", "date of birth"),
    _kind("dob_arabic", _birth("{d:02}/{m:02}/{y}"), "تاريخ الميلاد", "date of birth"),
    _kind("dob_hebrew", _birth("{d}.{m}.{y}"), "תאריך לידה", "birth date"),
    _kind("dob_hungarian", _birth("{y}. {m:02}. {d:02}."), "születési idő", "születési dátum"),
)  # fmt: skip
