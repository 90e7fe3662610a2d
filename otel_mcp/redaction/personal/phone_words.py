"""Telephone numbers in the way of their own country, beside words that announce them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import number_starts
from otel_mcp.redaction.personal.phone import Stop, international, stops, with_extension
from otel_mcp.redaction.personal.words import WordTable, announced

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

# Behind these any number of a fitting length is a telephone number.
_STRONG = WordTable(
    [
        *(
            "phone*",
            "telefoon*",
            "telemóvel*",
            "telemovel*",
            "whats app*",
            "mobiel*",
            "natel*",
            "handphone*",
            "callback num*",
            "callback no",
            "cell no*",
            "cell num*",
            "hp no",
            "fone",
            "tel",
            "tel.",
            "telephon*",
            "telefon*",
            "telef",
            "telf",
            "tlf",
            "fax*",
            "whatsapp*",
            "wa.me",
        ),
        *("msisdn*", "landline*", "hotline", "handy", "handynummer*", "mobilnummer*", "mobilfunk*", "rufnummer*"),
        *(
            "mobile:",
            "mobile=",
            'mobile":',
            "celular*",
            "cellulare*",
            "gsm",
            "mobile no*",
            "mobile num*",
            "mobile_num*",
            "mobilenum*",
            "mobile_no",
            "mob.",
        ),
        *(
            "contact no*",
            "contact_no",
            "contact num*",
            "contactnum*",
            "contact_num*",
            "caller id*",
            "puhelin*",
            "matkapuhelin*",
        ),
        *("téléphon*", "tél", "tél.", "teléfono*", "móvil*", "celulaire", "telèfon*", "điện thoại", "sđt", "telefón*"),
        *("тел", "тел.", "телефон*", "моб", "моб.", "мобильный", "мобільний", "τηλ", "τηλ.", "τηλέφωνο", "κινητό"),
        *(
            "电话",
            "電話",
            "手机",
            "手機",
            "携帯",
            "전화",
            "휴대폰",
            "핸드폰",
            "טלפון",
            "נייד",
            "هاتف",
            "جوال",
            "موبايل",
            "تلفن",
        ),
        *("फ़ोन", "फोन", "मोबाइल", "โทร", "โทรศัพท์"),
    ]
)
# These have other meanings too: the number must look like one that is dialled.
_WEAK = WordTable(
    [
        *("mobile", "mobil", "mob", "cell", "call", "calling", "dial", "sms", "text me", "text us", "portable"),
        *("reach me", "reach us", "reach him", "reach her", "number is", "contact", "viber", "ph."),
        *("anruf", "appelez", "llame", "llamar", "chiama", "ligue"),
    ],
    tight=True,
)
_NUMBER = Expression(r"(?<![0-9A-Za-z.,-])(?:\+?\(|\+)?[0-9]")
_VETO = Expression(
    r"(?:\b|_)(?:ids?|uuid|model|version|count|price|type|size|width|height|serial|imei|imsi|order|invoice|ticket|ms"
    r"|timeout|battery|os|sdk|verified|updated|created|limit|duration|score|total|expires|code|build|since|date|time"
    r"|timestamp|error|line|port|pid|exit|status|returned|took|bytes|tokens|volume|key|hash)(?:\b|_)|Id\b|At\b|_at\b",
    re.IGNORECASE,
)
_NO_TELEPHONE = Expression(r"(?:\bi|micro|head|ear|mega|saxo|gramo|xylo|sax)\Z", re.IGNORECASE)
_DATE = Expression(
    r"\(?(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])|\(?(?:19|20)[0-9]{2}\s?-\s?(?:19|20)[0-9]{2}(?![0-9])"
    r"|[0-3]?[0-9]([./-])[01]?[0-9]\1(?:19|20)[0-9]{2}(?![0-9])|[0-9]+\.[0-9]+(?![0-9.])"
)
_IPV4 = Expression(r"(?=.{0,8}[0-9]{3}|.{0,8}\b[0-9]\b)[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_NEXT = Expression(r"[\"']?\s?(?:[,;/|]|\s(?:or|and|und|oder|ou|et|o|y|e)\s)\s?[\"']?(?=[+(]{0,2}[0-9])")
_WINDOW = 60
_SHORTEST = 6
_SHORTEST_WEAK = 8
_LONGEST = 13
_AMERICAN = Expression(r"1?[2-9][0-9]{2}[2-9][0-9]{6}")
_MOST_NUMBERS = 8
_MOST_TRIES = 2  # `phone 2: 030 1234567`


def _find_strong(text: str, word: Word) -> Place | None:
    at = word[1] - len(word[0])
    if _NO_TELEPHONE.search(text, max(0, at - 6), at):
        return None
    return _announced_number(text, word[1], _STRONG)


def _find_weak(text: str, word: Word) -> Place | None:
    return _announced_number(text, word[1], _WEAK)


def _announced_number(text: str, word_end: int, table: WordTable) -> Place | None:
    weak = table.tight
    for first in islice(_NUMBER.finditer(text, word_end, word_end + _WINDOW), _MOST_TRIES):
        gap = text[word_end : first.start()]
        if not table.reaches(gap) or _VETO.search(gap):
            return None
        end = _number_end(text, first.start(), weak=weak)
        if end is not None:
            return first.start(), _list_end(text, end, weak=weak)
    return None


def _list_end(text: str, end: int, *, weak: bool) -> int:
    # `030 1234567, 040 7654321`: what is announced may be several numbers.
    for _ in range(_MOST_NUMBERS):
        sign = _NEXT.match(text, end)
        following = None if sign is None else _number_end(text, sign.end(), weak=weak)
        if following is None:
            break
        end = following
    return end


def _number_end(text: str, start: int, *, weak: bool) -> int | None:
    if not number_starts(text, start) or _DATE.match(text, start) or _IPV4.match(text, start):
        return None
    if text[start] == "+":
        place = international(text, start, 1)
        return None if place is None else place[1]
    for stop in stops(text, start, _LONGEST):
        end = with_extension(text, start, stop.end)
        if end is not None and _is_number(stop, weak=weak):
            return end
    return None


def _is_number(stop: Stop, *, weak: bool) -> bool:
    if len(stop.digits) < (_SHORTEST_WEAK if weak and stop.groups == 1 else _SHORTEST):
        return False
    return not weak or stop.digits[0] == "0" or stop.groups > 1 or _AMERICAN.fullmatch(stop.digits) is not None


WORDS = ((_STRONG, "phone", _find_strong), (_WEAK, "phone", _find_weak))
RULES = (announced("phone", _STRONG, _find_strong), announced("phone", _WEAK, _find_weak))
