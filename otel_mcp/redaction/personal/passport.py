"""Passports and driving licences: numbers beside the words for them, and the zone that machines read (ICAO 9303)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import ends, number_ends, number_starts, starts
from otel_mcp.redaction.personal.words import WordTable, announced
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_PASSPORT_WORDS = WordTable(
    [
        *(
            "passport*",
            "reisepass*",
            "passnummer*",
            "pass nr",
            "passeport*",
            "pasaporte*",
            "passaporte*",
            "passaporto*",
        ),
        *("paspoort*", "paszport*", "passi number*", "passinumero*", "cestovní pas*", "cestovny pas*", "pasaport*"),
        *(
            "personalausweis*",
            "ausweisnummer*",
            "ausweis nr",
            "pasnummer*",
            "passnr",
            "pas nr",
            "útlevél*",
            "pașaport*",
        ),
        *("паспорт*", "护照*", "護照*", "旅券*", "パスポート*", "여권*", "διαβατήριο*", "דרכון*", "جواز*", "hộ chiếu*"),
    ]
)
_LICENCE_WORDS = WordTable(
    [
        *("driver license*", "drivers license*", "driver's license*", "driver licence*", "drivers licence*"),
        *("driver's licence*", "driving license*", "driving licence*", "dl number*", "dl no", "dl num", "dl#", "dln"),
        *(
            "dvla*",
            "führerschein*",
            "fuehrerschein*",
            "permis de conduire*",
            "licencia de conducir*",
            "licencia conducir*",
        ),
        *(
            "permiso de conducir*",
            "patente di guida*",
            "numero patente*",
            "numero di patente*",
            "patente guida*",
            "carta de condução*",
            "carta de conducao*",
            "cnh",
        ),
        *("carteira de motorista*", "rijbewijs*", "prawo jazdy*", "körkort*", "korkort*", "kørekort*", "førerkort*"),
        *("ajokortti*", "водительск*", "驾驶证*", "駕照*", "運転免許*", "운전면허*", "ehliyet*", "license plate no"),
    ]
)
_FIRST = Expression(r"(?<![0-9A-Za-z])(?=[A-Za-z]{0,6}[ -]?[0-9])[0-9A-Za-z]")
_TOKEN = Expression(r"[0-9A-Za-z]{1,18}(?:[ -][0-9A-Za-z]{1,10}){0,5}")
_VETO = Expression(
    r"(?:\b|_)(?:expir\w*|issued?|issuing|valid|until|date|country|type|policy|version|strategy|npm|install|holder"
    r"|since|at|on|photo|count|scan|js|order|page)(?:\b|_)",
    re.IGNORECASE,
)
_DATE = Expression(
    r"(?:19|20)[0-9]{2}[-/. ]?[01][0-9][-/. ]?[0-3][0-9](?![0-9])|[0-3]?[0-9][-/. ][01]?[0-9][-/. ](?:19|20)[0-9]{2}"
)
_WINDOW = 60
_MOST_TRIES = 2
_FEWEST_DIGITS = 4
# Germany: random, without vowels and without letters that look like digits.
_GERMAN = Expression(r"(?=[A-Z]{0,8}[0-9])[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{8}(?![0-9A-Za-z])")
_PASSPORT_LENGTHS = range(6, 13)
_LICENCE_LENGTHS = range(6, 20)


def _find_passport(text: str, word: Word) -> Place | None:
    return _beside(text, word, _PASSPORT_WORDS, _PASSPORT_LENGTHS)


def _find_licence(text: str, word: Word) -> Place | None:
    return _beside(text, word, _LICENCE_WORDS, _LICENCE_LENGTHS)


def _beside(text: str, word: Word, words: WordTable, lengths: range) -> Place | None:
    for first in islice(_FIRST.finditer(text, word[1], word[1] + _WINDOW), _MOST_TRIES):
        start = first.start()
        gap = text[word[1] : start]
        if not words.reaches(gap) or _VETO.search(gap.replace("on file", "")) or _DATE.match(text, start):
            return None
        end = _number_end(text, start, lengths)
        if end is None and words is _PASSPORT_WORDS and (german := _GERMAN.match(text, start)) is not None:
            end = german.end()
        if end is not None:
            return start, end
    return None


def _number_end(text: str, start: int, lengths: range) -> int | None:
    token = _TOKEN.match(text, start)
    if token is None or not number_starts(text, start):
        return None
    found, number, end = None, "", start
    for part in token[0].replace("-", " ").split(" "):
        # Groups of a number hold digits, or are letters at its very beginning; words do not belong to it.
        if part.isalpha() and (number or len(part) > 3 or not part.isupper()):  # noqa: PLR2004
            break
        end += len(part) + bool(number)
        number += part
        digits = sum(character.isdigit() for character in number)
        if len(number) in lengths and digits >= max(_FEWEST_DIGITS, len(number) // 3) and number_ends(text, end):
            found = end
    return found


_LINE = Expression(r"[A-Z0-9<]{30,44}")
_LINE_END = Expression(r"\r?\n|(?:\\r)?\\n|[ |,]{1,2}")
_NOT_MRZ = Expression(r"[A-Z0-9<]*")
_VALUES = {sign: int(sign, 36) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {"<": 0}
_SHORTEST_LINE = 30
# The names, of which only their form tells.
_FIRST_LINE = Expression(r"[PVIAC][A-Z<][A-Z]{1,3}<{0,2}[A-Z][A-Z<]{1,36}<<[A-Z<]{0,36}(?<=[A-Z<]{36})")
_SECOND_LINE = Expression(r"[A-Z0-9<]{9}[0-9][A-Z]{1,3}<{0,2}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{8,16}")
_SHORT_FIRST_LINE = Expression(r"[IAC][A-Z<][A-Z]{1,3}<{0,2}[A-Z0-9<]{9}[0-9][A-Z0-9<]{15}")
_SHORT_SECOND_LINE = Expression(r"[0-9]{7}[MFX<][0-9]{7}[A-Z]{1,3}<{0,2}[A-Z0-9<]{11}[0-9]")
_LENGTHS = {30: 3, 36: 2, 44: 2}
_BACK = 44


def _find_mrz(text: str, at: int) -> Place | None:
    window = text[max(0, at - _BACK) : at]
    start = at - len(_NOT_MRZ.match(window[::-1])[0])  # type: ignore[index]  # the expression matches everything
    if text.find("<<", start, at) >= 0:
        return None  # asked before, at the first of these signs
    lines, end = _lines(text, start)
    if not lines:
        return None
    if len(lines) == _LENGTHS[len(lines[0])]:
        return (start, end) if _checked(lines) else None
    # A line that stands alone, in a field of its own or between others.
    return (start, start + len(lines[0])) if _is_line(lines[0]) else None


def _line_ends(text: str, end: int) -> bool:
    return ends(text, end) and text[end : end + 1] != "<"


def _is_line(line: str) -> bool:
    if _FIRST_LINE.fullmatch(line):
        return True
    if len(line) == _SHORTEST_LINE:
        if line[0] in "IAC" and line[5:14].strip("<") and line[14] != "<":
            return _SHORT_FIRST_LINE.fullmatch(line) is not None and _digit(line[5:14], line[14])
        return _SHORT_SECOND_LINE.fullmatch(line) is not None and _dates(line[0:7], line[8:15])
    return _SECOND_LINE.match(line) is not None and _digit(line[0:9], line[9]) and _dates(line[13:20], line[21:28])


def _dates(birth: str, expiry: str) -> bool:
    return _digit(birth[:6], birth[6]) and _digit(expiry[:6], expiry[6])


def _lines(text: str, start: int) -> tuple[list[str], int]:
    first = _LINE.match(text, start)
    if first is None or len(first[0]) not in _LENGTHS or not (starts(text, start) and _line_ends(text, first.end())):
        return [], start
    lines, end = [first[0]], first.end()
    while len(lines) < _LENGTHS[len(first[0])]:
        line_end = _LINE_END.match(text, end)
        line = None if line_end is None else _LINE.match(text, line_end.end())
        if line is None or len(line[0]) != len(first[0]):
            break
        lines.append(line[0])
        end = line.end()
    return lines, end


def _checked(lines: list[str]) -> bool:
    if len(lines) == 3:  # noqa: PLR2004
        return _digit(lines[0][5:14], lines[0][14]) and _digit(lines[1][0:6], lines[1][6])
    return _digit(lines[1][0:9], lines[1][9]) and _digit(lines[1][13:19], lines[1][19])


def _digit(field: str, digit: str) -> bool:
    total = sum(_VALUES[sign] * (7, 3, 1)[place % 3] for place, sign in enumerate(field))
    return str(total % 10) == digit.replace("<", "0")


WORDS = ((_PASSPORT_WORDS, "passport", _find_passport), (_LICENCE_WORDS, "passport", _find_licence))
RULES = (
    announced("passport", _PASSPORT_WORDS, _find_passport),
    announced("passport", _LICENCE_WORDS, _find_licence),
    Rule("passport", _find_mrz, needles=("<<",), gate="[A-Z0-9<]{4}[A-Z0-9]<<[A-Z0-9<][A-Z0-9<]", personal=True),
)
