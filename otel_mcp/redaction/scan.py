"""What the rules find in the texts of one value: the gate says which rules to ask, their needles say where."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.decoding import BASE64_SIGN, base64_texts, decode, has_escapes
from otel_mcp.redaction.gate import make_gate
from otel_mcp.redaction.marks import know_kinds
from otel_mcp.redaction.places import SEPARATOR
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from otel_mcp.redaction.gate import Gate

__all__ = ["SEPARATOR", "Flood", "Hit", "Scanner", "Signs"]

_DEEPEST: Final = 2
_PLACES_FREE: Final = 3000
_MOST_FLOODS: Final = 2
_PLACES_PER_TEXT: Final = 24
"""A rule may be asked at one place for so many characters, and at some more: beyond that somebody floods the text."""

_BASE64: Final = Rule("base64", find=lambda _, __: None, pattern=BASE64_SIGN, run=23)


class Hit(NamedTuple):
    """A stretch of a text that must go, and what it says there, in plain notation."""

    start: int
    end: int
    rule: Rule
    plain: str


class Signs(NamedTuple):
    """What the gate saw in all texts together."""

    places: Mapping[int, Sequence[int]]  # where to ask which rule
    base64: bool
    notation: bool  # escapes, or characters outside ASCII

    def __bool__(self) -> bool:
        return bool(self.places) or self.base64 or self.notation


class Flood(Exception):
    """More places to look at than a text of this length may have."""


class Scanner:
    """The rules, compiled once. May be used by any thread."""

    def __init__(self, rules: Sequence[Rule], gate: Gate | None = None) -> None:
        know_kinds(rule.id for rule in rules)
        self.rules = (*rules, _BASE64)
        self.gate = make_gate(self.rules) if gate is None else gate
        self._base64 = len(rules)

    def signs(self, text: str) -> Signs:
        """Which rules may find something, and where; the text may be many texts joined by `SEPARATOR`."""
        places = self.gate.places(text)
        base64 = bool(places) and places.pop(self._base64, None) is not None
        return Signs(places, base64, not text.isascii() or has_escapes(text))

    def hits(self, text: str) -> list[Hit]:
        """What is found in one text, in its own notation and under the ones it is written in.

        Raises:
            Flood: the text was made to keep the rules busy.
        """
        return self._hits(text, 0)

    def all_hits(self, texts: Sequence[str], joined: str, signs: Signs) -> list[list[Hit] | Exception]:
        """The same for many texts; a text at which a rule failed has the exception instead."""
        found: list[list[Hit] | Exception]
        try:
            found = list(self._plain_hits(texts, len(joined), signs.places))
        except Exception as exc:
            # One text is to blame; the others need not be lost with it.
            return [exc] if len(texts) == 1 else self._hits_one_by_one(texts)
        if signs.notation or signs.base64:
            for number, text in enumerate(texts):
                hits = found[number]
                assert isinstance(hits, list), "a failure is answered above"
                try:
                    hits.extend(self._hits_in_notation(text, signs, 0))
                except Exception as exc:
                    found[number] = exc
        return found

    def _hits_one_by_one(self, texts: Sequence[str]) -> list[list[Hit] | Exception]:
        found: list[list[Hit] | Exception] = []
        floods = 0
        for text in texts:
            # After a few floods the rest is not looked at any more: the places of all of them would add up.
            hits = self._hits_or_failure(text) if floods < _MOST_FLOODS else Flood()
            floods += isinstance(hits, Flood)
            found.append(hits)
        return found

    def _hits_or_failure(self, text: str) -> list[Hit] | Exception:
        try:
            return self.hits(text)
        except Exception as exc:
            return exc

    def _hits(self, text: str, depth: int) -> list[Hit]:
        signs = self.signs(text)
        if not signs:
            return []
        return [*self._plain_hits([text], len(text), signs.places)[0], *self._hits_in_notation(text, signs, depth)]

    def _hits_in_notation(self, text: str, signs: Signs, depth: int) -> list[Hit]:
        if depth == _DEEPEST:
            return []
        hits: list[Hit] = []
        if signs.notation and (decoded := decode(text)) is not None:
            below = self._hits(decoded.text, depth + 1)
            hits += [Hit(*decoded.source(hit.start, hit.end), hit.rule, hit.plain) for hit in below]
        if signs.base64:
            for (start, end), plain in base64_texts(text):
                # Half of a base64 text cannot be replaced: it goes as a whole.
                below = self._hits(plain, depth + 1)
                hits += [Hit(start, end, hit.rule, hit.plain) for hit in below]
        return hits

    def _plain_hits(self, texts: Sequence[str], size: int, places: Mapping[int, Sequence[int]]) -> list[list[Hit]]:
        found: list[list[Hit]] = [[] for _ in texts]
        if not places:
            return found
        if sum(map(len, places.values())) > _PLACES_FREE + size // _PLACES_PER_TEXT:
            raise Flood
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        for rule_number, rule_places in places.items():
            rule = self.rules[rule_number]
            behind = 0
            for place in rule_places:
                if place < behind:
                    continue
                number = bisect_right(starts, place) - 1
                text, start = texts[number], starts[number]
                span = rule.find(text, place - start)
                if span is not None and span[1] > span[0]:
                    found[number].append(Hit(*span, rule, text[span[0] : span[1]]))
                    # Each rule reads on behind what it removed, so a text is read once.
                    behind = start + span[1]
        return found
