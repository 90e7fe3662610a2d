"""Where in a text a rule is to be asked: at its needles, or where a match of its pattern begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.expression import Expression
    from otel_mcp.redaction.rule import Place, Rule

__all__ = ["SEPARATOR", "ascii_lower", "matches", "places_of"]

_LONGEST_MATCH: Final = 300  # characters, with what a pattern looks at behind the match
SEPARATOR: Final = "\x00"  # no word, no blank, no digit for any expression


def ascii_lower(text: str) -> str:
    """The text in lower case with every character at its place: one letter would become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("\u0130", "i").lower()


def places_of(rule: Rule, text: str) -> list[int]:
    """Every place of one rule in a text, ascending; what a gate says of many rules at once."""
    if rule.pattern is not None and not rule.needles:
        return list(matches(rule.pattern, text, [(0, len(text))]))
    lower = ascii_lower(text)
    return sorted({place for needle in rule.needles for place in _occurrences(lower, needle)})


def matches(pattern: Expression, text: str, regions: Iterable[Place]) -> Iterator[int]:
    """Where the matches of a pattern begin in a text, which may be many texts joined.

    None begins outside the regions, which are apart and ascend.
    """
    search = pattern.search
    behind = 0
    for start, end in regions:
        behind = max(behind, start)
        while (
            behind <= end and (match := search(text, behind, end + _LONGEST_MATCH)) is not None and match.start() <= end
        ):
            yield match.start()
            # A match over the end of one text may hide one in the next.
            behind = match.start() + 1 if SEPARATOR in match[0] else max(match.end(), match.start() + 1)


def _occurrences(text: str, needle: str) -> Iterator[int]:
    place = text.find(needle)
    while place >= 0:
        yield place
        place = text.find(needle, place + 1)
