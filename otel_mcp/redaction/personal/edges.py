"""Where a word or a number begins and ends, and what may stand between a telling word and the value it announces."""

from __future__ import annotations

import re

from otel_mcp.redaction.expression import Expression

__all__ = [
    "FREE",
    "HYPHENS",
    "NO_WORD",
    "ends",
    "gap_is_short",
    "in_columns",
    "number_ends",
    "number_starts",
    "starts",
]

# What may stand before a number that begins on its own, for the gates: RE2 has no look-behind. An escape such as `\n`
# or `\u003c`, written out, ends in a letter or digit that does not belong to the number.
FREE = r"(?:^[.-]?|[^0-9A-Za-z.-]|[^0-9][.]|[^0-9A-Za-z]-|\\[a-z]|\\u[0-9A-Fa-f]{4})"

# The same where any sign may stand before.
NO_WORD = r"(?:^|[^0-9A-Za-z]|\\[a-z]|\\u[0-9A-Fa-f]{4})"

# Inside a character class; as themselves, because RE2 has no escape for them. Blanks of other widths need none: a text
# is read once more with its compatibility characters folded.
HYPHENS = "\u2010\u2011\u2013-"

_LONGEST_GAP = 40
_ESCAPES = "nrtbfv"

# The value of one field ends, or the name of another one begins, between the word and the value.
_BORDER = Expression(
    r"[\"'\]}]\s{0,3}[,}\]]|</|[,;\n|&][^,;\n|&]{0,30}[:=]|\\n[^,;\n|&]{0,30}[:=]|(?<!no)(?<!nr)(?<!num)[.!?]\s{1,3}[^\W\d_]{2}|\n\s*\n|\x00",
    re.IGNORECASE,
)
_COLUMNS_BEFORE = Expression(r"(?:^|\s)(?:[0-9A-F]{4,5}[ \t]){1,2}\Z")
_COLUMNS_AFTER = Expression(r"(?:[ \t][0-9A-F]{4,5}(?![0-9A-Za-z])){1,2}")
# Without one of these there is no border.
_BORDER_SIGNS = frozenset(",;\n|&\\.!?</]}\x00")
_UNICODE_ESCAPE = Expression(r"\\u[0-9A-Fa-f]{4}")
_SOME_DIGIT = Expression(r"[0-9]{2}")


def starts(text: str, start: int) -> bool:
    """Whether no letter or digit runs into `start`."""
    if start == 0 or not text[start - 1].isalnum():
        return True
    if text[start - 1] in _ESCAPES and start > 1 and text[start - 2] == "\\":
        return True
    return _UNICODE_ESCAPE.fullmatch(text, max(0, start - 6), start) is not None


def ends(text: str, end: int) -> bool:
    """Whether no letter or digit goes on at `end`."""
    return end >= len(text) or not text[end].isalnum()


def number_starts(text: str, start: int) -> bool:
    """The same for digits, which points and hyphens may continue: `3.14`, `ORD-17`."""
    if not starts(text, start):
        return False
    before = text[start - 1 : start] if start else ""
    if before == ".":
        return not text[max(0, start - 2) : start - 1].isdigit()
    if before == "-":
        return not text[max(0, start - 2) : start - 1].isalnum()
    return True


def number_ends(text: str, end: int) -> bool:
    """Whether neither digits nor a decimal part nor a further group follows."""
    if not ends(text, end):
        return False
    after = text[end : end + 1]
    if after in (".", ","):
        return not text[end + 1 : end + 2].isdigit() or after == ","
    return after != "-" or not text[end + 1 : end + 2].isalnum()


def gap_is_short(gap: str) -> bool:
    """Whether a word still speaks of a value that follows after this gap."""
    if len(gap) > _LONGEST_GAP:
        return False
    gap = gap.removeprefix(".")  # of an abbreviation
    if not _BORDER_SIGNS.isdisjoint(gap) and _BORDER.search(gap) is not None:
        return False
    return _SOME_DIGIT.search(gap) is None


def in_columns(text: str, start: int, end: int) -> bool:
    """Whether groups of four digits are columns of a table, which has more of them than a number has groups."""
    before = _COLUMNS_BEFORE.search(text, max(0, start - 12), start)
    after = _COLUMNS_AFTER.match(text, end)
    return sum(0 if found is None else found[0].strip().count(" ") + 1 for found in (before, after)) > 1
