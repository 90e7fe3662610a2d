"""Numbers that the states of Europe give to persons."""

from __future__ import annotations

from otel_mcp.redaction.personal.checksums import is_day, is_short_date, luhn, mod_11_10, verhoeff, weighted
from otel_mcp.redaction.personal.identity import Identity

__all__ = ["IDENTITIES"]

_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"
_HETU_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_NINO_NEVER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_FISCAL_ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_FISCAL_ODD = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _FISCAL_ODD_VALUES, strict=True)) | dict(
    zip("0123456789", _FISCAL_ODD_VALUES[:10], strict=True)
)
_JMBG_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_COUNTIES = frozenset((*range(1, 53), 70, *range(80, 84), 99))


def _nino(number: str) -> bool:
    return number[:2] not in _NINO_NEVER


def _several(number: str) -> bool:
    return len(set(number)) > 1


def _nhs(number: str) -> bool:
    return (11 - weighted(number[:9], range(10, 1, -1)) % 11) % 11 == int(number[9])


def _pps(number: str) -> bool:
    second = _PPS_LETTERS.index(number[8]) if len(number) > 8 else 0  # noqa: PLR2004
    return number[7] == _PPS_LETTERS[(weighted(number[:7], range(8, 1, -1)) + 9 * second) % 23]


def _nrb(number: str) -> bool:
    # An IBAN of Poland (PL) without its country.
    return int(number[2:] + "2521" + number[:2]) % 97 == 1


def _hetu_sign(number: str) -> bool:
    return number[-1] == _HETU_SIGNS[int(number[:-1]) % 31]


def _nir(number: str) -> bool:
    # The departments of Corsica count as 19 and 18.
    body = number[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(number[13:])


def _spi(number: str) -> bool:
    return int(number[:10]) % 511 == int(number[10:])


def _steuer_id(number: str) -> bool:
    counts = sorted(number[:10].count(digit) for digit in set(number[:10]))
    return counts[-1] in (2, 3) and counts[-2] == 1 and mod_11_10(number)


def _rentenversicherung(number: str) -> bool:
    digits = number[:8] + f"{ord(number[8]) - 64:02}" + number[9:11]
    products = [int(digit) * weight for digit, weight in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)]
    return sum(product // 10 + product % 10 for product in products) % 10 == int(number[11])


def _personalausweis(number: str) -> bool:
    return sum(map(int.__mul__, [int(sign, 36) for sign in number[:9]], (7, 3, 1) * 3)) % 10 == int(number[9])


def _svnr(number: str) -> bool:
    check = weighted(number, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11
    return check == int(number[3])


def _svnr_alone(number: str) -> bool:
    return _svnr(number) and is_short_date(number[4:], "dmy")


def _bsn(number: str) -> bool:
    number = number.zfill(9)
    return number != "0" * 9 and (weighted(number, range(9, 1, -1)) - int(number[8])) % 11 == 0


def _rijksregister(number: str) -> bool:
    body, check = int(number[:9]), int(number[9:])
    month = int(number[2:4]) % 20
    return 97 - body % 97 == check or (97 - (2_000_000_000 + body) % 97 == check and month < 13)  # noqa: PLR2004


def _matricule(number: str) -> bool:
    return is_day(int(number[4:6]), int(number[6:8])) and luhn(number[:12]) and verhoeff(number[:11] + number[12])


def _ahv(number: str) -> bool:
    return weighted(number, (1, 3) * 6 + (1,)) % 10 == 0


def _codice_fiscale(number: str) -> bool:
    even = sum(int(sign) if sign.isdigit() else ord(sign) - 65 for sign in number[1:15:2])
    return chr(65 + (sum(_FISCAL_ODD[sign] for sign in number[0:15:2]) + even) % 26) == number[15]


def _dni(number: str) -> bool:
    return _DNI_LETTERS[int(number[:8]) % 23] == number[8]


def _nie(number: str) -> bool:
    return _dni(str("XYZ".index(number[0])) + number[1:])


def _nuss(number: str) -> bool:
    return int(number[:10]) % 97 == int(number[10:])


def _nif(number: str) -> bool:
    check = 11 - weighted(number, range(9, 1, -1)) % 11
    return (check if check < 10 else 0) == int(number[8])  # noqa: PLR2004


def _afm(number: str) -> bool:
    return number != "0" * 9 and weighted(number, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(number[8])


def _amka(number: str) -> bool:
    return is_short_date(number, "dmy") and luhn(number)


def _pesel(number: str) -> bool:
    day = is_day(int(number[2:4]) % 20, int(number[4:6]))
    return day and (10 - weighted(number[:10], (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10) % 10 == int(number[10])


def _nip(number: str) -> bool:
    return weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[9])


def _dowod(number: str) -> bool:
    values = [int(sign, 36) for sign in number]
    return sum(map(int.__mul__, values, (7, 3, 1, 0, 7, 3, 1, 7, 3))) % 10 == values[3]


def _rodne_cislo(number: str) -> bool:
    month = int(number[2:4]) % 50
    if not is_day(month - 20 if month > 20 else month, int(number[4:6])):  # noqa: PLR2004
        return False
    # Before 1954 there was no check digit; until 1985 a remainder of ten was written as zero.
    return len(number) < 10 or int(number) % 11 == 0 or (int(number[:9]) % 11 == 10 and number[9] == "0")  # noqa: PLR2004


def _taj(number: str) -> bool:
    return weighted(number[:8], (3, 7) * 4) % 10 == int(number[8])


def _adoazonosito(number: str) -> bool:
    return weighted(number, range(1, 10)) % 11 == int(number[9])


def _cnp(number: str) -> bool:
    check = weighted(number, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    place = int(number[7:9]) in _COUNTIES
    return place and is_short_date(number[1:], "ymd") and (1 if check == 10 else check) == int(number[12])  # noqa: PLR2004


def _egn(number: str) -> bool:
    day = is_day(int(number[2:4]) % 20, int(number[4:6]))
    return day and weighted(number, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(number[9])


def _jmbg(number: str) -> bool:
    day = is_day(int(number[2:4]), int(number[:2])) and number[4] in "09"
    return day and -weighted(number, _JMBG_WEIGHTS) % 11 % 10 == int(number[12])


def _davcna(number: str) -> bool:
    check = 11 - weighted(number, range(8, 1, -1)) % 11
    return (0 if check == 10 else check) == int(number[7])  # noqa: PLR2004


def _tc_kimlik(number: str) -> bool:
    digits = [int(digit) for digit in number]
    tenth = (sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10
    return tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


def _personnummer(number: str) -> bool:
    number = number.replace("+", "")[-10:]  # of those who are a hundred
    return is_day(int(number[2:4]), int(number[4:6]) % 60) and luhn(number)


def _fodselsnummer(number: str) -> bool:
    first = weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    second = weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return first == second == 0 and is_day(int(number[2:4]) % 40, int(number[:2]) % 40)


def _cpr(number: str) -> bool:
    return is_short_date(number, "dmy")


def _cpr_alone(number: str) -> bool:
    return _cpr(number) and weighted(number, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _kennitala(number: str) -> bool:
    day = is_day(int(number[2:4]), int(number[:2]) % 40)
    return day and weighted(number, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 and number[9] in "089"


def _hetu(number: str) -> bool:
    digits = number[:6] + number[-4:-1]
    return is_short_date(digits, "dmy") and _HETU_SIGNS[int(digits) % 31] == number[-1]


def _isikukood(number: str) -> bool:
    check = weighted(number, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:  # noqa: PLR2004
        check = weighted(number, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return is_short_date(number[1:], "ymd") and check == int(number[10])


def _personas_kods(number: str) -> bool:
    if number[:2] == "32":  # since 2017, without a date and without a check digit
        return True
    check = (1101 - weighted(number, (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))) % 11 % 10
    return is_short_date(number, "dmy") and check == int(number[10])


def _personas_kods_alone(number: str) -> bool:
    return number[:2] != "32" and _personas_kods(number)


def _rnokpp(number: str) -> bool:
    return weighted(number, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10 == int(number[9])


def _snils(number: str) -> bool:
    return weighted(number, range(9, 0, -1)) % 101 % 100 == int(number[9:])


def _inn(number: str) -> bool:
    if len(number) == 10:  # noqa: PLR2004
        return weighted(number, (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(number[9])
    first = weighted(number, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    second = weighted(number, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    return first == int(number[10]) and second == int(number[11])


IDENTITIES = (
    Identity(
        "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]",
        _nino,
        ("nino", "national insurance*", "ni number", "ni no", "ni num"),
        (
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]000000[A-D]",
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] 00 00 00 [A-D]",
        ),
    ),
    Identity("[0-9]{10}", _nhs, ("nhs",), ("000 000 0000",)),
    # Those of the specimens of the tax office have wrong check digits.
    Identity("[0-9]{10}K?", _several, ("utr", "unique taxpayer*")),
    Identity("[0-9]{7}[A-W][A-IW]?", _pps, ("pps", "ppsn", "pps no", "pps number", "personal public service*")),
    Identity("1[0-9]{7}[0-9A-Y]", _hetu_sign, ("satu",)),
    Identity("[0-9]{9}[0-9A-Z][A-Z]", None, ("ine", "numéro ine", "numero ine")),
    Identity(
        "[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])(?:[0-9]{2}|2[AB])[0-9]{8}",
        _nir,
        ("nir", "insee", "sécurité sociale", "securite sociale", "numéro de sécu*", "numero de secu*", "nss"),
        ("[1278] 00 00 0[0-9AB] 000 000 00", "[12]0000000000[0-9]000", "[12]00000[AB]00000000"),
    ),
    Identity("[0-3][0-9]{12}", _spi, ("numéro fiscal", "numero fiscal", "spi", "référence fiscale", "n° fiscal")),
    Identity(
        "[1-9][0-9]{10}",
        _steuer_id,
        ("steuer id*", "steueridentifikation*", "steuerliche identifikation*", "idnr", "identifikationsnummer"),
        ("[1-9]0 000 000 000",),
    ),
    Identity(
        "[0-9]{8}[A-Z][0-9]{3}",
        _rentenversicherung,
        ("rentenversicherung*", "sozialversicherung*", "rvnr", "svnr", "sv nummer", "versicherungsnummer*", "vsnr"),
        ("00000000A000", "00 000000 A 000", "00 00 00 00 A 000"),
    ),
    Identity(
        "[0-9CFGHJ-NPRTV-Z]{9}[0-9]D?",
        _personalausweis,
        ("personalausweis*", "ausweisnummer*", "ausweis nr", "personalausweisnr*"),
    ),
    Identity(
        "[1-9][0-9]{9}",
        _svnr,
        ("svnr", "sozialversicherung*", "versicherungsnummer*", "sv nummer", "e card"),
        ("[1-9]000 000000",),
        _svnr_alone,
    ),
    Identity("[0-9]{8,9}", _bsn, ("bsn", "burgerservicenummer*", "sofinummer*", "sofi nummer*")),
    Identity(
        "[0-9]{11}",
        _rijksregister,
        ("rijksregister*", "registre national", "insz", "niss", "rrn", "numéro national", "nationaal nummer"),
        ("00.00.00-000.00",),
    ),
    Identity("[12][0-9]{12}", _matricule, ("matricule*",), ("[2]000[01]0[0-3]000000", "19[0-9][0-9][01]0[0-3]000000")),
    Identity("756[0-9]{10}", _ahv, ("ahv", "avs", "navs"), ("756.0000.0000.00", "756 0000 0000 00", "7560000000000")),
    Identity(
        "[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]",
        _codice_fiscale,
        ("codice fiscale", "cod fisc", "cod. fisc", "c.f.", "cf"),
        ("AAAAAA00[ABCDEHLMPRST]00A000A", "AAA AAA 00[ABCDEHLMPRST]00 A000A"),
    ),
    Identity(
        "[0-9]{8}[A-Z]",
        _dni,
        ("dni", "nif", "documento nacional*"),
        (f"00000000[{_DNI_LETTERS}]", f"00000000-[{_DNI_LETTERS}]", f"00.000.000-[{_DNI_LETTERS}]"),
    ),
    Identity(
        "[XYZ][0-9]{7}[A-Z]",
        _nie,
        ("nie", "dni", "nif", "extranjero*"),
        (f"[XYZ]0000000[{_DNI_LETTERS}]", f"[XYZ]-0000000-[{_DNI_LETTERS}]", f"[XYZ]0000000-[{_DNI_LETTERS}]"),
    ),
    Identity("[0-9]{12}", _nuss, ("nuss", "naf", "seguridad social")),
    Identity(
        "[1-9][0-9]{8}",
        _nif,
        (
            "nif",
            "contribuinte*",
            "número fiscal",
            "numero fiscal",
            "número de contribuinte",
            "identificação fiscal",
            "identificacao fiscal",
        ),
    ),
    Identity("[0-9]{9}", _afm, ("afm", "αφμ", "α.φ.μ.")),  # noqa: RUF001  # a Greek or Cyrillic word
    Identity("[0-9]{11}", _amka, ("amka", "αμκα", "α.μ.κ.α.")),  # noqa: RUF001  # a Greek or Cyrillic word
    Identity(
        "[0-9]{26}", _nrb, ("nrb", "numer rachunku", "nr rachunku"), ("00 0000 0000 0000 0000 0000 0000", "0" * 26)
    ),
    Identity("[0-9]{11}", _pesel, ("pesel",)),
    Identity("[1-9][0-9]{9}", _nip, ("nip",)),
    Identity("[A-Z]{3}[0-9]{6}", _dowod, ("dowód*", "dowod*", "seria i numer", "dowodu osobistego", "nr dowodu")),
    Identity(
        "[0-9]{9,10}", _rodne_cislo, ("rodné číslo", "rodne cislo", "rodného čísla", "rč", "r.č."), ("000000/0000",)
    ),
    Identity("[0-9]{9}", _taj, ("taj", "taj szám*", "taj szam*", "társadalombiztosítási*")),
    Identity("8[0-9]{9}", _adoazonosito, ("adóazonosító*", "adoazonosito*")),
    Identity(
        "[1-9][0-9]{12}",
        _cnp,
        ("cnp", "cod numeric personal"),
        ("[2-9]00[01]0[0-3]0000000", "1[0-49]0[01]0[0-3]0000000"),
    ),
    Identity("[0-9]{10}", _egn, ("egn", "егн")),
    Identity("[0-9]{11}", mod_11_10, ("oib",)),
    Identity(
        "[0-9]{13}", _jmbg, ("emšo", "emso", "jmbg", "јмбг", "umcn", "embg", "ембг"), ("[0-3]0[01]0[09]00000000",)
    ),
    Identity("[1-9][0-9]{7}", _davcna, ("davčna številka", "davcna stevilka", "davčna št", "davcna st")),
    Identity(
        "[1-9][0-9]{10}", _tc_kimlik, ("tc kimlik*", "t.c. kimlik*", "tckn", "kimlik no*", "kimlik numara*", "tc no")
    ),
    Identity(
        "(?:18|19|20)?[0-9]{6}[+]?[0-9]{4}",
        _personnummer,
        ("personnummer*", "samordningsnummer*", "personnr", "pnr"),
        tuple(f"{century}00[01]0[0-9]0{sign}0000" for century in ("", "19", "20") for sign in "-+"),
    ),
    Identity(
        "[0-9]{11}",
        _fodselsnummer,
        ("fødselsnummer*", "fodselsnummer*", "personnummer*", "fnr", "d nummer", "dnummer"),
        ("[0-7]0[0-5]000 00000",),
    ),
    Identity("[0-9]{10}", _cpr, ("cpr", "cpr nummer*", "cpr nr", "personnummer*"), ("[0-3]0[01]000-0000",), _cpr_alone),
    Identity("[0-9]{10}", _kennitala, ("kennitala*", "kennitölu*", "kt"), ("[0-7]0[01]000-0000",)),
    Identity(
        "[0-9]{6}[+A-FU-Y-]?[0-9]{3}[0-9A-FHJ-NPR-Y]",
        _hetu,
        ("henkilötunnus*", "henkilotunnus*", "hetu", "sotu", "personbeteckning*"),
        tuple(f"[0-3]0[01]000{sign}000[0-9A-FHJ-NPR-Y]" for sign in ("-", "+", "[A-FU-Y]")),
    ),
    Identity("[1-8][0-9]{10}", _isikukood, ("isikukood*", "asmens kod*", "a.k.", "ik")),
    Identity("[0-9]{11}", _personas_kods, ("personas kod*", "p.k."), ("[0-3]0[01]000-00000",), _personas_kods_alone),
    Identity(
        "[0-9]{10}", _rnokpp, ("рнокпп", "іпн", "ипн", "rnokpp", "ідентифікаційний код*", "ідентифікаційний номер")
    ),
    Identity("[0-9]{11}", _snils, ("снилс", "snils"), ("000-000-000 00", "000-000-000-00")),
    Identity("(?:[0-9]{10}|[0-9]{12})", _inn, ("инн", "inn")),
    Identity("[02][0-9]{12}", None, ("idnp",)),
    Identity(
        "[1-6][0-9]{6}[ABCEHKM][0-9]{3}(?:PB|BA|BI)[0-9]",
        None,
        ("личный номер", "идентификационный номер"),
        ("[1-6]000000[ABCEHKM]000[PB][ABI]0",),
    ),
)
