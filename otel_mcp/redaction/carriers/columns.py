"""Columns that announce a secret: CSV and TSV with a header, tables of Markdown, the rows of an `INSERT`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.values import is_passphrase, is_telling, is_value, tells_words
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN, is_sensitive_key
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_FARTHEST = 2048  # characters from a header to a row
_LONGEST_HEADER = 512
_HEADER_WITHIN = 3  # lines: a sentence or a fence may stand above a table
_MOST_COLUMNS = 2  # that are secret: more of one table are rare
_MOST_ROWS = 4  # of a table whose columns only blanks part
_SEPARATORS = ("|", "\t", ",", ";")
_NAME = Expression(r"[\w.\-]{1,64}(?:[ ][\w.\-/()]{1,32}){0,3}")
_MARKS = " \t\r\"'`*[]"
_CELLS = {
    separator: Expression(rf"[ \t]{{0,40}}(?:\"((?:[^\"\n]|\"\"){{0,512}})\"|([^{re.escape(separator)}\n]{{0,512}}))")
    for separator in _SEPARATORS
}


class _Header(NamedTuple):
    separator: str
    width: int
    secret: tuple[tuple[int, str], ...]
    """Number and name of the columns that hold secrets."""


@lru_cache(maxsize=256)
def _header(line: str) -> _Header | None:
    separator = next((sign for sign in _SEPARATORS if sign in line), None)
    if separator is None or len(line) > _LONGEST_HEADER:
        return None
    names = [cell.strip(_MARKS) for cell in line.rstrip("\r").split(separator)]
    secret = _secret(names)
    inner = names[1:-1] if separator == "|" and not names[0] else names
    plain = len(inner) > (separator != "|") and all(map(_NAME.fullmatch, inner))
    return _Header(separator, len(names), secret) if secret and plain else None


def _secret(names: list[str]) -> tuple[tuple[int, str], ...]:
    # With a type behind it, a name is part of the definition of a table.
    return tuple(
        (number, name) for number, name in enumerate(names) if name and " NULL" not in name and is_sensitive_key(name)
    )


def _nth_cell(nth: int) -> Callable[[str, int], Place | None]:
    def find(text: str, at: int) -> Place | None:
        row = at + 1
        if text[row : row + 1] in ("", "\n"):
            return None
        header = _header_above(text, row)
        if header is None or nth >= len(header.secret):
            return None
        number, name = header.secret[nth]
        cells = list(_cells(text, row, header))
        if len(cells) != header.width:
            return None
        start, end = cells[number]
        value = text[start:end].strip(_MARKS)
        start += text[start:end].find(value)
        return (start, start + len(value)) if _is_secret(value, name) else None

    return find


def _header_above(text: str, row: int) -> _Header | None:
    earliest = max(0, row - _FARTHEST)
    blank = text.rfind("\n\n", earliest, row - 1)
    if blank < 0 and earliest:
        return None
    begin = blank + 2 if blank >= 0 else 0
    for _ in range(_HEADER_WITHIN):
        end = text.find("\n", begin, begin + _LONGEST_HEADER)
        if end < 0 or end >= row:
            return None
        header = _header(text[begin:end])
        if header is not None:
            return header
        begin = end + 1
    return None


def _cells(text: str, row: int, header: _Header) -> Iterator[Place]:
    pattern, at = _CELLS[header.separator], row
    for _ in range(header.width):
        cell = pattern.match(text, at)
        assert cell is not None, "an empty cell matches as well"
        yield cell.span(1 if cell[1] is not None else 2)
        at = cell.end()
        if text[at : at + 1] != header.separator:
            return
        at += 1


def _is_secret(value: str, name: str) -> bool:
    # A column of tokens may hold the words of a text.
    if not is_value(value, name):
        return False
    return tells_words(name) or is_telling(value, shortest=6) or is_passphrase(value)


_ITEM = Expression(
    r"\s{0,12}(?:[NnEe]?'((?:[^'\\]|''|\\.){0,512})'|([^,()']{0,200}(?:\([^()]{0,200}\))?[^,()']{0,40}))"
)
_VALUES = Expression(r"values\s{0,12}\(", re.IGNORECASE)
_NEXT_ROW = Expression(r"\)\s{0,4},\s{0,12}\(")


def _nth_value(nth: int) -> Callable[[str, int], Place | None]:
    def find(text: str, at: int) -> Place | None:
        first = text[at] != ")"
        begins = (_VALUES if first else _NEXT_ROW).match(text, at)
        if begins is None:
            return None
        values = at
        if not first:
            values = max(text.rfind(word, max(0, at - _FARTHEST), at) for word in ("VALUES", "values", "Values"))
        opening = text.rfind("(", max(0, values - _LONGEST_HEADER), values) if values >= 0 else -1
        secret = () if opening < 0 else _columns(text[opening + 1 : values])
        if nth >= len(secret):
            return None
        number, name = secret[nth]
        return _item(text, begins.end(), number, name)

    return find


@lru_cache(maxsize=256)
def _columns(text: str) -> tuple[tuple[int, str], ...]:
    names = text.rstrip()
    if not names.endswith(")"):
        return ()
    return _secret([name.strip(_MARKS + "\\\n") for name in names[:-1].split(",")])


def _item(text: str, at: int, number: int, name: str) -> Place | None:
    for _ in range(number):
        item = _ITEM.match(text, at)
        if item is None or text[item.end() : item.end() + 1] != ",":
            return None
        at = item.end() + 1
    item = _ITEM.match(text, at)
    if item is None or item[1] is None or not is_value(item[1], name):
        return None
    return item.span(1)


_RULED = Expression(r"\n-{2,200}(?: {1,4}-{2,200}){1,12}[ \t]{0,8}\r?\n")
_GAPS = Expression(r"[^\s](?:[^\s]|[ ](?=[^\s])){0,400}")  # a cell: two blanks part it from the next


def _nth_row(nth: int) -> Callable[[str, int], Place | None]:
    def find(text: str, at: int) -> Place | None:
        rule = _RULED.match(text, at)
        if rule is None:
            return None
        begin = max(text.rfind("\n", max(0, at - _LONGEST_HEADER), at) + 1, at - _LONGEST_HEADER, 0)
        names = [cell[0] for cell in _GAPS.finditer(text, begin, at)]
        secret = _secret(names)
        row = rule.end()
        for _ in range(nth):
            row = text.find("\n", row, row + _FARTHEST) + 1
            if not row:
                return None
        end = text.find("\n", row, row + _FARTHEST)
        cells = list(_GAPS.finditer(text, row, min(len(text), row + _FARTHEST) if end < 0 else end))
        if not secret or len(cells) != len(names):
            return None
        number, name = secret[0]
        return cells[number].span() if _is_secret(cells[number][0], name) else None

    return find


_HINTS = "|".join((*NEEDLES, *FOREIGN))
_TABLE_GATE = (
    rf"(?:(?:[,;\t|]|^|[\n\x00])[ \t\"'`*]*[\w.\- ]*(?i:{_HINTS})[\w.\-]*[ \t\"'`*]*[,;\t|][^\n]*"
    rf"|[,;\t|][ \t\"'`*]*[\w.\- ]*(?i:{_HINTS})[\w.\-]*[ \t\"'`*]*)\r?\n(?:[+\-=]+\r?\n)?[^\n]*[,;\t|]"
)
_RULED_GATE = r"\n--+ +--"
_INSERT_GATE = rf"(?i:\([^();]*(?:{_HINTS})[^();]*\)\s*values\s*\()"

RULES = (
    *(
        Rule("assignment", _nth_cell(nth), needles=("\n",), gate=_TABLE_GATE, certain=False)
        for nth in range(_MOST_COLUMNS)
    ),
    *(
        Rule("assignment", _nth_row(nth), needles=("\n--",), gate=_RULED_GATE, certain=False)
        for nth in range(_MOST_ROWS)
    ),
    *(
        Rule("sql-password", _nth_value(nth), needles=("values", "),"), gate=_INSERT_GATE, certain=False)
        for nth in range(_MOST_COLUMNS)
    ),
)
