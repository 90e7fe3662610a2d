"""Dates of birth: a date beside a word that speaks of birth."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import ends, starts
from otel_mcp.redaction.personal.words import WordTable, announced

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_WORDS = WordTable(
    [
        *(
            "dob",
            "d.o.b",
            "birth*",
            "born",
            "bday",
            "b-day",
            "geb",
            "geb.",
            "geboren",
            "geburt*",
            "gebdat*",
            "geboorte*",
        ),
        *(
            "nascimento*",
            "nasc.",
            "nacimiento*",
            "nacido",
            "nacida",
            "fec_nac",
            "fecha_nac",
            "nato il",
            "nata il",
            "nato a",
        ),
        *("nata a", "nascita*", "naissance*", "date_naiss*", "nascido", "nascida", "fodelse*", "fodsel*", "syntym*"),
        *("urodz*", "ur.", "narozen*", "naroden*", "szuletes*", "nascut*", "nastere*", "dogum*", "lahir*", "rojen*"),
        *("datumrođenja", "rođen*", "roden*", "cumpleaños", "compleanno", "anniversaire", "aniversário", "geburtstag"),
        *(
            "né le",
            "née le",
            "né(e) le",
            "né en",
            "né à",
            "née à",
            "nés le",
            "född",
            "född*",
            "födelse*",
            "født",
            "fødsel*",
        ),
        *("syntymä*", "narodení*", "narození*", "születés*", "született", "născut*", "naștere*", "doğum*", "ngày sinh"),
        *(
            "родил*",
            "рожден*",
            "д.р.",  # noqa: RUF001  # a Greek or Cyrillic word
            "народж*",
            "роден*",
            "γέννησ*",
            "γεννήσ*",
            "出生*",
            "生年月日",
            "生日",
            "誕生日",
        ),
        *("생년월일", "출생", "생일", "תאריך לידה", "תאריך הלידה", "تاريخ الميلاد", "الميلاد", "जन्म*", "วันเกิด"),
    ]
)
_YEAR = r"(?:1[349]|2[05])[0-9]{2}"  # of the Persian, the common and the Thai calendar
_MONTH = r"[^\W\d_]{3,12}"
_DATE = Expression(
    rf"{_YEAR}([-/. ])(?P<m1>[0-9]{{1,2}})\1(?P<d1>[0-9]{{1,2}})"
    rf"|(?P<d2>[0-9]{{1,2}})(?P<s>[-/. ]|\. )(?P<m2>[0-9]{{1,2}})(?P=s)(?:{_YEAR}|[0-9]{{2}})"
    rf"|{_YEAR}(?P<m3>[01][0-9])(?P<d3>[0-3][0-9])"
    rf"|(?P<d4>[0-3][0-9])(?P<m4>[01][0-9]){_YEAR}"
    rf"|{_YEAR}\s?[年년]\s?(?P<m5>[0-9]{{1,2}})\s?[月월]\s?(?P<d5>[0-9]{{1,2}})\s?[日일]"
    rf"|{_YEAR}[- ]{_MONTH}[- ](?P<d8>[0-9]{{1,2}})"
    rf"|(?P<d6>[0-9]{{1,2}})(?:st|nd|rd|th|\.|er|º)?[ /-](?:of |de )?{_MONTH}[.,]{{0,2}}(?:[ /-]| de | del )"
    rf"(?:{_YEAR}|[0-9]{{2}})(?: [гр]\.)?"  # noqa: RUF001  # year, in Russian and Ukrainian
)
_MONTH_BEFORE = Expression(rf"(?<![^\W\d_]){_MONTH}\.?[ /-]\Z")
_MONTH_FIRST = Expression(rf"{_MONTH}\.?[ /-](?P<d7>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? |[/-]){_YEAR}")
_DIGIT = Expression(r"(?<![0-9])[0-9]")
_LONGEST_MONTH = 14
_MOST_TRIES = 2
_WINDOW = 72
_MOST_DAYS, _MOST_MONTHS = 31, 12
_VETO = Expression(
    r"(?:\b|_)(?:certificate|place|rate|weight|order|party|cake|created|updated|expires|issued)(?:\b|_)", re.IGNORECASE
)
_UNTIL_TIME = Expression(r"[T ][0-9:.]{5,15}(?:Z|[+-][0-9:]{4,5})?")


def _find(text: str, word: Word) -> Place | None:
    for digit in islice(_DIGIT.finditer(text, word[1], word[1] + _WINDOW), _MOST_TRIES):
        if not _WORDS.reaches(text[word[1] : digit.start()]):
            return None
        date = _date_at(text, digit.start(), word[1])
        if date is not None:
            if _VETO.search(text, word[1], date.start()):
                return None
            return date.start(), _end(text, date.end())
    return None


def _date_at(text: str, digit: int, after: int) -> re.Match[str] | None:
    date = _DATE.match(text, digit)
    if date is None:
        month = _MONTH_BEFORE.search(text, max(after, digit - _LONGEST_MONTH), digit)
        date = None if month is None else _MONTH_FIRST.match(text, month.start())
    if date is None or not _is_date(date):
        return None
    return date if starts(text, date.start()) and ends(text, _end(text, date.end())) else None


def _end(text: str, end: int) -> int:
    time = _UNTIL_TIME.match(text, end)
    return end if time is None else time.end()


def _is_date(date: re.Match[str]) -> bool:
    for name, number in date.groupdict().items():
        if number is not None and name != "s" and not 1 <= int(number) <= _MOST_DAYS:
            return False
    first, second = _of(date, "d"), _of(date, "m")
    # Day and month, in either order.
    return second is None or first is None or min(first, second) <= _MOST_MONTHS


def _of(date: re.Match[str], letter: str) -> int | None:
    numbers = [number for name, number in date.groupdict().items() if name[0] == letter and number is not None]
    return int(numbers[0]) if numbers else None


WORDS = (_WORDS, "birth-date", _find)
RULES = (announced("birth-date", _WORDS, _find),)
