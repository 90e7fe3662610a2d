"""A number of a known form after the word that announces it."""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import number_ends, number_starts

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.identity import Identity
    from otel_mcp.redaction.personal.words import Word, WordTable
    from otel_mcp.redaction.rule import Place

__all__ = ["SIGNS", "VETO", "find_beside", "number_end"]

_FIRST = Expression(r"(?<![0-9A-Za-z])(?=[A-Za-z&Ñ]{0,9}[ -]?[0-9])[0-9A-Z&Ña-z]")
_GROUP = Expression(r"[ ./()-]{0,2}[0-9A-Za-z&Ñ+]{1,20}")
SIGNS = str.maketrans("", "", " ./()-")
_MOST_GROUPS = 7
_SHORTEST_WORD = 3
_LONGEST = 20
_WINDOW = 56
_MOST_TRIES = 2  # `tax id no 2: 123…`
VETO = Expression(
    r"(?:\b|_)(?:order|invoice|ticket|request|session|user|count|version|page|price|total|timestamp|build|port|pid)(?:\b|_)",
    re.IGNORECASE,
)


def find_beside(text: str, word: Word, table: WordTable, rows: tuple[Identity, ...]) -> Place | None:
    """The number of one of these kinds that a word of this table announces."""
    for first in islice(_FIRST.finditer(text, word[1], word[1] + _WINDOW), _MOST_TRIES):
        gap = text[word[1] : first.start()]
        if not table.reaches(gap) or VETO.search(gap):
            return None
        end = number_end(text, first.start(), rows)
        if end is not None:
            return first.start(), end
    return None


def number_end(text: str, start: int, rows: tuple[Identity, ...]) -> int | None:
    """Where a number that begins here and is of one of these kinds ends."""
    found: int | None = None
    end, group = start, _GROUP.match(text, start)
    for _ in range(_MOST_GROUPS):
        if group is None or group.end() - start > _LONGEST + _MOST_GROUPS:
            break
        if group[0][-_SHORTEST_WORD:].isalpha() and group[0][-_SHORTEST_WORD:].islower():
            break
        end = group.end()
        number = text[start:end].translate(SIGNS).upper()
        if number_starts(text, start) and number_ends(text, end) and any(_is_number(number, row) for row in rows):
            found = end + (text[end : end + 1] == ")" and "(" in text[start:end])
        group = _GROUP.match(text, end)
    return found


@functools.cache
def _compact(expression: str) -> Expression:
    return Expression(expression)


def _is_number(number: str, identity: Identity) -> bool:
    if _compact(identity.compact).fullmatch(number) is None:
        return False
    return identity.check is None or identity.check(number)
