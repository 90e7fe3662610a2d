"""Telephone numbers with a calling code (E.164) and of North America, which their shape tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.calling_codes import is_international
from otel_mcp.redaction.personal.edges import FREE, HYPHENS, number_ends, number_starts, starts
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "Stop", "international", "with_extension"]

_SIGN = rf"[ ./{HYPHENS}]"
_OPENING = Expression(r"\(?[0-9]{1,15}")
_GROUP = Expression(rf"(?:\)?{_SIGN}{{1,3}}\(?|\)|\()[0-9]{{1,15}}")
_EXTENSION = Expression(r"\s{0,2}(?:,\s?)?(?:x|ext\.?|extension|#)\s{0,2}[0-9]{1,6}(?![0-9A-Za-z])", re.IGNORECASE)
_MOST_GROUPS = 9
_DECIMAL = Expression(r"\+?[2-9][0-9]\.[0-9]{5,}")
_SHORTEST_BARE = 13  # the accounts of a cloud have twelve digits


class Stop(NamedTuple):
    """A place where a number may end: behind one of its groups of digits."""

    end: int
    digits: str
    groups: int


def stops(text: str, start: int, most_digits: int) -> list[Stop]:
    """The ends of a number that starts here, the longest first."""
    group = _OPENING.match(text, start)
    found: list[Stop] = []
    digits = ""
    while group is not None and len(found) < _MOST_GROUPS:
        digits += "".join(filter(str.isdigit, group[0]))
        if len(digits) > most_digits:
            break
        found.append(Stop(group.end(), digits, len(found) + 1))
        group = _GROUP.match(text, group.end())
    found.reverse()
    return found


def with_extension(text: str, start: int, end: int) -> int | None:
    """Where the number really ends, or None if it goes on."""
    extension = _EXTENSION.match(text, end)
    if extension is not None:
        return extension.end()
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return end if number_ends(text, end) else None


def international(text: str, start: int, prefix: int) -> Place | None:
    """A number with a calling code that begins after `prefix` characters, such as those of `+` or `00`."""
    for stop in stops(text, start + prefix, 16):
        end = with_extension(text, start, stop.end) if is_international(stop.digits) else None
        if end is not None:
            return start, end
    return None


def _find_plus(text: str, at: int) -> Place | None:
    if not starts(text, at) or (text[at - 1 : at] == "+" and not _is_added(text, at)) or _DECIMAL.match(text, at):
        return None
    place = international(text, at, 1)
    if place is not None and text[at - 1 : at] == "(" and text[place[1] - 1] == ")":
        return at, place[1] - 1
    return place


def _is_added(text: str, at: int) -> bool:
    # `++49 30…` is a line that a patch adds.
    return at == 1 or text[at - 2] == "\n" or text[at - 3 : at - 1] == "\\n"


_EXIT = Expression(r"(?:00|011(?=[ -]))[ -]?(?=[1-9])")


def _find_exit(text: str, at: int) -> Place | None:
    prefix = _EXIT.match(text, at)
    # A group of digits before it: the zeros are in the middle of a longer number.
    if prefix is None or not number_starts(text, at) or (at > 1 and text[at - 2].isdigit()):
        return None
    place = international(text, at, prefix.end() - at)
    if place is None:
        return None
    number = text[at : place[1]]
    # A serial number filled up with zeros looks like a number of North America.
    bare = number.isdigit()
    return None if bare and (number[2] == "1" or len(number) < _SHORTEST_BARE) else place


_AMERICAN = Expression(
    rf"(?:\([2-9][0-9]{{2}}\){_SIGN}?|[2-9][0-9]{{2}}[./-])[2-9][0-9]{{2}}{_SIGN}?[0-9]{{4}}"
    rf"|[2-9][0-9]{{2}}{_SIGN}[2-9][0-9]{{2}}[{HYPHENS}][0-9]{{4}}"
)
_COUNTRY_BEFORE = Expression(r"(?:\+?1)[ ./-]{0,2}\Z")
_UNEVEN = Expression(r"[0-9]{3}([.-])[0-9]{3}(?!\1)")


def _find_american(text: str, at: int) -> Place | None:
    number = _AMERICAN.match(text, at)
    if number is None or _UNEVEN.match(number[0]):
        return None
    before = _COUNTRY_BEFORE.search(text, max(0, at - 4), at)
    start = at if before is None else before.start()
    # A plus is a matter for the other rule, but the digit after it is not a part of anything else.
    if not number_starts(text, start):
        return None
    end = with_extension(text, at, number.end())
    return None if end is None else (start, end)


_THREE, _FOUR = "[2-9][0-9][0-9]", "[0-9][0-9][0-9][0-9]"
_AMERICAN_GATE = (
    rf"(?:\({_THREE}\){_SIGN}?{_THREE}{_SIGN}?|{_THREE}-{_THREE}-|{_THREE}\.{_THREE}\.|{_THREE}/{_THREE}{_SIGN}?"
    rf"|{_THREE}{_SIGN}{_THREE}[{HYPHENS}]){_FOUR}"
)
_SHAPES = (
    *("(000)", "000-000-0000", "000.000.0000", "000/000", "000 000-0000"),
    *(f"000{hyphen}000" for hyphen in "\u2010\u2011\u2013"),
)
# Only Python reads these: what is before the first digit says most often that it begins no number.
_AMERICAN_DIGITS = (
    rf"[2-9(](?<![02-9].)(?:[2-9][0-9]{{2}}\){_SIGN}?|[0-9]{{2}}{_SIGN})[2-9][0-9]{{2}}{_SIGN}?(?=[0-9]{{4}})"
)
_EXIT_DIGITS = r"0(?<![0-9.]0)(?:0|11(?=[ -]))[ -]?(?=[1-9])"


RULES = (
    Rule(
        "phone",
        _find_plus,
        needles=("+",),
        gate=rf"(?:^|[^0-9A-Za-z+]|\\[a-z]|\\u[0-9A-Fa-f]{{4}})\+?\+\(?[1-9][0-9]?[0-9]?(?:{_SIGN}|[()0-9])",
        personal=True,
    ),
    Rule(
        "phone",
        _find_exit,
        pattern=Expression(_EXIT_DIGITS),
        gate=rf"{FREE}(?:00|011[ -])[ -]?[1-9][0-9]?[0-9]?(?:{_SIGN}|[()]|[0-9]{{3}})",
        personal=True,
    ),
    Rule(
        "phone",
        _find_american,
        pattern=Expression(_AMERICAN_DIGITS),
        gate=_AMERICAN_GATE,
        shapes=_SHAPES,
        personal=True,
    ),
)
