"""Numbers that the states of Asia, Africa and Oceania give to persons."""

from __future__ import annotations

from otel_mcp.redaction.personal.checksums import is_day, is_short_date, luhn, verhoeff, weighted
from otel_mcp.redaction.personal.identity import Identity

__all__ = ["IDENTITIES"]

# The letters of Taiwan were numbered in the order in which places received theirs.
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_NRIC = {"S": (0, "JZIHGFEDCBA"), "T": (4, "JZIHGFEDCBA"), "F": (0, "XWUTRQPNMLK"), "G": (4, "XWUTRQPNMLK")}
_NRIC_M = ("KLJNPQRTUWX", "XWUTRQPNJLK")
_FIRST_IRD, _LAST_IRD = 10_000_000, 150_000_000
_NO_PLACES = frozenset({0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97})


def _pan(number: str) -> bool:
    return number[5:9] != "0000"


def _china(number: str) -> bool:
    if not is_day(int(number[10:12]), int(number[12:14])):
        return False
    return "10X98765432"[weighted(number, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11] == number[17]


def _taiwan(number: str) -> bool:
    letter = _TAIWAN_LETTERS.index(number[0]) + 10
    return (letter // 10 + letter % 10 * 9 + weighted(number[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1))) % 10 == 0


def _hong_kong(number: str) -> bool:
    values = [36 if sign == " " else int(sign, 36) for sign in number.rjust(9)]
    return sum(map(int.__mul__, values, range(9, 0, -1))) % 11 == 0


def _singapore(number: str) -> bool:
    total = weighted(number[1:8], (2, 7, 6, 5, 4, 3, 2))
    if number[0] == "M":
        return number[8] in {
            _NRIC_M[0][(total + 3) % 11],
            _NRIC_M[1][(total + 3) % 11],
            _NRIC_M[0][10 - (total + 3) % 11],
        }
    offset, letters = _NRIC[number[0]]
    return number[8] == letters[(total + offset) % 11]


def _malaysia(number: str) -> bool:
    return is_short_date(number, "ymd") and int(number[6:8]) not in _NO_PLACES


def _indonesia(number: str) -> bool:
    province, day = int(number[:2]), int(number[6:8])
    return 11 <= province <= 96 and is_day(int(number[8:10]), day % 40)  # noqa: PLR2004


def _thailand(number: str) -> bool:
    return (11 - weighted(number[:12], range(13, 1, -1)) % 11) % 10 == int(number[12])


def _korea_alone(number: str) -> bool:
    # Numbers given since October 2020 have no check digit: only a word tells them.
    return _date_first(number) and (11 - weighted(number, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10 == int(
        number[12]
    )


def _japan(number: str) -> bool:
    rest = weighted(number, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest < 2 else 11 - rest) == int(number[11])  # noqa: PLR2004


def _date_first(number: str) -> bool:
    return is_short_date(number, "ymd")


def _date_second(number: str) -> bool:
    return is_short_date(number[1:], "ymd")


def _iran(number: str) -> bool:
    rest = weighted(number[:9], range(10, 1, -1)) % 11
    return (rest if rest < 2 else 11 - rest) == int(number[9])  # noqa: PLR2004


def _israel(number: str) -> bool:
    return luhn(number.zfill(9))


def _south_africa(number: str) -> bool:
    return is_short_date(number, "ymd") and number[10] in "012" and luhn(number)


def _sri_lanka(number: str) -> bool:
    return 1 <= int(number[-8:-5] if number[-1].isalpha() else number[4:7]) % 500 <= 366  # noqa: PLR2004


def _tfn(number: str) -> bool:
    weights = (1, 4, 3, 7, 5, 8, 6, 9, 10) if len(number) == 9 else (10, 7, 8, 4, 6, 3, 5, 1)  # noqa: PLR2004
    return number != "0" * len(number) and weighted(number, weights) % 11 == 0


def _medicare(number: str) -> bool:
    return weighted(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])


def _ird(number: str) -> bool:
    number = number.zfill(9)
    check = -weighted(number[:8], (3, 2, 7, 6, 5, 4, 3, 2)) % 11
    if check == 10:  # noqa: PLR2004
        check = -weighted(number[:8], (7, 4, 3, 2, 5, 2, 7, 6)) % 11
    return _FIRST_IRD <= int(number) <= _LAST_IRD and check == int(number[8])


def _emirates(number: str) -> bool:
    return luhn(number) and number[3:5] in ("19", "20")


IDENTITIES = (
    Identity(
        "[2-9][0-9]{11}",
        verhoeff,
        ("aadhaar*", "aadhar*", "adhaar*", "uidai", "आधार"),
        ("[2-9]000 0000 0000", "[2-9]000-0000-0000"),
    ),
    Identity(
        "[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]",
        _pan,
        ("pan", "pan card", "pan no", "pan number", "permanent account*"),
        ("AAA[ABCFGHJLPT]A0000A",),
    ),
    Identity(
        "[1-8][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]",
        _china,
        ("身份证*", "身份證*", "公民身份*", "居民身份*", "证件号*", "resident id*"),
        ("[1-8]0000019[0-9][0-9][01]0[0-3]0000[0-9Xx]", "[1-8]0000020[0-9][0-9][01]0[0-3]0000[0-9Xx]"),
    ),
    Identity(
        "[A-Z][1289][0-9]{8}", _taiwan, ("身分證*", "身分证*", "統一編號*", "身份證*", "arc no"), ("A[1289]00000000",)
    ),
    Identity(
        "[A-Z]{1,2}[0-9]{6}[0-9A]", _hong_kong, ("hkid", "身份證*", "身份证*"), ("A000000([0-9A])", "AA000000([0-9A])")
    ),
    Identity("[STFGM][0-9]{7}[A-Z]", _singapore, ("nric", "fin", "fin no"), ("[STFGM]0000000A",)),
    Identity(
        "[0-9]{12}",
        _malaysia,
        ("mykad*", "nric", "kad pengenalan", "no. kp", "no kp", "ic no", "ic number", "ic"),
        ("00[01]0[0-3]0-00-0000",),
    ),
    Identity("[1-9][0-9]{15}", _indonesia, ("nik", "ktp", "e ktp", "no ktp", "nomor induk*")),
    Identity(
        "[1-9][0-9]{12}",
        _thailand,
        ("thai id*", "บัตรประชาชน*", "เลขประจำตัวประชาชน*", "เลขบัตร*"),
        ("[1-9]-0000-00000-00-0", "[1-9] 0000 00000 00 0"),
    ),
    Identity(
        "[0-9]{6}[0-9][0-9]{6}",
        _date_first,
        ("주민등록번호*", "주민번호*", "외국인등록번호*", "주민등록", "rrn", "resident registration*"),
        ("00[01]0[0-3]0-[0-9]000000",),
        _korea_alone,
    ),
    Identity("[0-9]{12}", _japan, ("マイナンバー*", "個人番号*", "my number", "mynumber", "individual number")),
    Identity(
        "[0-9]{12}", None, ("cccd", "cmnd", "căn cước*", "can cuoc*", "chứng minh nhân dân", "chung minh nhan dan")
    ),
    Identity("[0-9]{9}", None, ("cmnd", "chứng minh nhân dân")),
    Identity("[0-9]{10,12}", None, ("umid", "philsys*", "philhealth*", "pag ibig*", "sss no", "sss number")),
    Identity("[0-9]{13}", None, ("cnic", "nicop"), ("00000-0000000-0",)),
    Identity("(?:[0-9]{9}[VX]|(?:19|20)[0-9]{10})", _sri_lanka, ("nic", "nic no", "nic number")),
    Identity("[0-9]{12}", _date_first, ("иин", "жсн", "iin")),
    Identity("[157][0-9]{7}", None, ("bir", "bir no", "bir number")),
    Identity("[0-9]{11}", _date_first, ("ci", "carné de identidad", "carnet de identidad")),
    Identity("[1-6][0-9]{13}", None, ("pinfl", "пинфл", "jshshir", "жшшир")),
    Identity("[0-9]{8,9}", _israel, ("teudat zehut", "תעודת זהות", "ת.ז.", 'ת"ז', "מספר זהות", "israeli id*", "zehut")),
    Identity(
        "784[0-9]{12}",
        _emirates,
        ("emirates id*", "eid", "هوية*"),
        ("784-0000-0000000-0", "784 0000 0000000 0", "784000000000000"),
    ),
    Identity("[12][0-9]{9}", luhn, ("iqama*", "saudi id*", "هوية*", "الهوية*", "إقامة*", "national id*")),
    Identity("[123][0-9]{11}", _date_second, ("civil id*", "البطاقة المدنية", "الرقم المدني")),
    Identity("[23][0-9]{10}", None, ("qid", "qatar id*", "qatari id*")),
    Identity("[0-9]{9}", None, ("bahrain cpr",)),
    Identity("[23][0-9]{13}", _date_second, ("الرقم القومي", "رقم قومي", "egyptian id*", "raqam qawmi")),
    Identity("[0-9]{10}", _iran, ("کد ملی", "کدملی", "melli code", "code melli", "kod meli", "kodemelli")),
    Identity(
        "[0-9]{13}",
        _south_africa,
        ("south african id*", "rsa id*", "sa id number", "sa id no", "id number"),
        ("00[01]0[0-3]00000[012]00",),
    ),
    Identity("[0-9]{11}", None, ("nin", "bvn", "bank verification*", "national identification number")),
    Identity("GHA[0-9]{10}", None, ("ghana card*",), ("GHA-000000000-0",)),
    Identity("[0-9]{8,9}", _tfn, ("tfn", "tax file*")),
    Identity("[2-6][0-9]{9,10}", _medicare, ("medicare*",), ("[2-6]000 00000 0",)),
    Identity("[0-9]{8,9}", _ird, ("ird", "ird no", "ird number", "inland revenue*")),
)
