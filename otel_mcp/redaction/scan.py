"""What the rules find in the texts of one value: the gate says which rules to ask, their needles say where."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.decoding import BASE64_SIGN, base64_texts, decode, has_escapes
from otel_mcp.redaction.gate import make_gate
from otel_mcp.redaction.keys import FOREIGN
from otel_mcp.redaction.lists import announces
from otel_mcp.redaction.marks import know_kinds
from otel_mcp.redaction.places import SEPARATOR
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from otel_mcp.redaction.gate import Gate
    from otel_mcp.redaction.rule import Found

__all__ = ["SEPARATOR", "Flood", "Hit", "Scanner", "Signs"]

_DEEPEST: Final = 2
_MOST_FLOODS: Final = 2
_PLACES_FREE: Final = 4000
_CHARACTERS_PER_PLACE: Final = 24
"""A rule may be asked at one place for so many characters, and at some more: beyond that somebody floods the text.
Gates differ in how many places they name, so that what counts is what they agree on: what was found, and places that
a rule without a gate of its own has. What one names beyond that is limited by its spread."""

_HINTS: Final = "|".join((*NEEDLES, *FOREIGN))
_SIGN: Final = r"[\w.\-#/\[\]'\"=()%]"
_NAMES: Final = Rule(
    "names",
    needles=(*NEEDLES, *FOREIGN),
    # Four words at most, as `announces` takes it: sentences hold such words in passing.
    gate=rf"(?:^|\x00)(?:{_SIGN}+ ){{0,3}}{_SIGN}*(?i:{_HINTS}){_SIGN}*(?: {_SIGN}+){{0,3}}:?(?:\x00|$)",
    alone=True,
)
"""Texts that may be nothing but a name: what they name stands in another text."""

_BASE64: Final = Rule("base64", pattern=BASE64_SIGN, run=23)


class Hit(NamedTuple):
    """A stretch of a text that must go, and what it says there, in plain notation."""

    start: int
    end: int
    rule: Rule
    plain: str


class Signs(NamedTuple):
    """What the gate saw in all texts together."""

    places: Mapping[int, Sequence[int]]  # where to ask which rule
    base64: Sequence[int]  # where something in that encoding may be
    notation: bool  # escapes, or characters outside ASCII
    names: Sequence[int] = ()  # where a text may be nothing but a name; no reason to ask any rule

    def __bool__(self) -> bool:
        return bool(self.places) or bool(self.base64) or self.notation


class Flood(Exception):
    """More to look at, or to find, than a text of this length may have."""


class Scanner:
    """The rules, compiled once. May be used by any thread."""

    def __init__(self, rules: Sequence[Rule], gate: Gate | None = None, *, without: Collection[str] = ()) -> None:
        know_kinds(rule.id for rule in rules)
        self._without = without
        self.rules = (*rules, _BASE64, _NAMES)
        self.gate = make_gate(self.rules) if gate is None else gate
        self._base64 = len(rules)

    @cached_property
    def _kinds(self) -> dict[str, Rule]:
        """What `find_all` finds is a finding of a rule, if there is one of that kind."""
        return {rule.id: Rule(rule.id, certain=False, personal=rule.personal) for rule in self.rules[: self._base64]}

    def signs(self, text: str) -> Signs:
        """Which rules may find something, and where; the text may be many texts joined by `SEPARATOR`."""
        places = self.gate.places(text)
        base64 = places.pop(self._base64, ()) if places else ()
        names = places.pop(self._base64 + 1, ()) if places else ()
        return Signs(places, base64, not text.isascii() or has_escapes(text), names)

    def has_names(self, texts: Sequence[str], joined: str, signs: Signs) -> bool:
        """Whether one of many texts is nothing but the name of a secret."""
        return any(announces(texts[number]) for number, _ in _Joined(texts, joined).located(signs.names))

    def hits(self, text: str) -> list[Hit]:
        """What is found in one text, in its own notation and under the ones it is written in.

        Raises:
            Flood: the text was made to keep the rules busy.
        """
        return self._hits(text, 0)

    def all_hits(self, texts: Sequence[str], joined: str, signs: Signs) -> dict[int, list[Hit] | Exception]:
        """The same for many texts, by their numbers; a text at which a rule failed has the exception instead."""
        try:
            plain = self._plain_hits(texts, joined, signs.places)
        except Exception as exc:
            # One text is to blame; the others need not be lost with it.
            return {0: exc} if len(texts) == 1 else self._hits_one_by_one(texts)
        found: dict[int, list[Hit] | Exception] = {**plain}
        if signs.notation or signs.base64:
            base64 = {number for number, _ in _Joined(texts, joined).located(signs.base64)}
            for number in range(len(texts)) if signs.notation else base64:
                hits = _or_failure(
                    partial(self._hits_in_notation, texts[number], 0, notation=signs.notation, base64=number in base64)
                )
                if hits:
                    found[number] = hits if isinstance(hits, Exception) else [*plain.get(number, ()), *hits]
        return found

    def _hits_one_by_one(self, texts: Sequence[str]) -> dict[int, list[Hit] | Exception]:
        found: dict[int, list[Hit] | Exception] = {}
        floods = 0
        for number, text in enumerate(texts):
            # After a few floods the rest is not looked at any more: the places of all of them would add up.
            hits = _or_failure(partial(self.hits, text)) if floods < _MOST_FLOODS else Flood()
            floods += isinstance(hits, Flood)
            if hits:
                found[number] = hits
        return found

    def _hits(self, text: str, depth: int) -> list[Hit]:
        signs = self.signs(text)
        if not signs:
            return []
        in_notation = self._hits_in_notation(text, depth, notation=signs.notation, base64=bool(signs.base64))
        return self._plain_hits([text], text, signs.places).get(0, []) + in_notation

    def _hits_in_notation(self, text: str, depth: int, *, notation: bool, base64: bool) -> list[Hit]:
        if depth == _DEEPEST:
            return []
        hits: list[Hit] = []
        if notation and (decoded := decode(text)) is not None:
            below = self._hits(decoded.text, depth + 1)
            hits += [Hit(*decoded.source(hit.start, hit.end), hit.rule, hit.plain) for hit in below]
        if base64:
            for (start, end), plain in base64_texts(text):
                # Half of a base64 text cannot be replaced: it goes as a whole.
                below = self._hits(plain, depth + 1)
                hits += [Hit(start, end, hit.rule, hit.plain) for hit in below]
        return hits

    def _hit(self, text: str, found: Found) -> Hit | None:
        if found.kind in self._without:
            return None
        rule = self._kinds.get(found.kind) or Rule(found.kind, certain=False, personal=True)
        return Hit(found.start, found.end, rule, text[found.start : found.end])

    def _budget(self, joined: str, places: Mapping[int, Sequence[int]], agreed: Collection[int]) -> _Budget:
        """What may be found in these texts; places of the rules in `agreed` are spent already."""
        most = _PLACES_FREE + len(joined) // _CHARACTERS_PER_PLACE
        if sum(map(len, places.values())) > most * self.gate.spread:
            raise Flood
        budget = _Budget(most)
        budget.spend(sum(len(places[number]) for number in agreed))
        return budget

    def _plain_hits(
        self, texts: Sequence[str], joined: str, places: Mapping[int, Sequence[int]]
    ) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        if not places:
            return found
        agreed = {number for number in places if self.rules[number].gate is None and not self.rules[number].seen}
        left = self._budget(joined, places, agreed)
        apart = _Joined(texts, joined)
        for rule_number, rule_places in places.items():
            rule = self.rules[rule_number]
            behind = 0
            for place, (number, start) in zip(rule_places, apart.located(rule_places), strict=True):
                if place < behind:
                    continue
                text = texts[number]
                if rule.find_all is not None:
                    end, places_of_text = rule.find_all(text, place - start)
                    hits = [hit for one in places_of_text if (hit := self._hit(text, one)) is not None]
                    left.spend(len(hits))
                    if hits:
                        found.setdefault(number, []).extend(hits)
                    behind = start + end
                    continue
                span = rule.find(text, place - start)
                if span is not None and span[1] > span[0]:
                    left.spend(rule_number not in agreed)
                    found.setdefault(number, []).append(Hit(*span, rule, text[span[0] : span[1]]))
                    # Each rule reads on behind what it removed, so a text is read once.
                    behind = start + span[1]
        return found


class _Budget:
    """How much more there may be before the texts are flooded."""

    __slots__ = ("_left",)

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, count: int) -> None:
        """Take so much off.

        Raises:
            Flood: nothing is left.
        """
        self._left -= count
        if self._left < 0:
            raise Flood


def _or_failure(look: Callable[[], list[Hit]]) -> list[Hit] | Exception:
    try:
        return look()
    except Exception as exc:
        return exc


class _Joined:
    """Texts that were joined, to tell which of them a place is in."""

    def __init__(self, texts: Sequence[str], joined: str) -> None:
        self._joined = joined
        # A text may hold the separator itself.
        clear = joined.count(SEPARATOR) == len(texts) - 1
        self._starts = None if clear else list(accumulate((len(text) + 1 for text in texts), initial=0))

    def located(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """For each place, which ascend, the number of its text and where that begins."""
        if self._starts is not None:
            for place in places:
                number = bisect_right(self._starts, place) - 1
                yield number, self._starts[number]
            return
        joined, number, start, end = self._joined, 0, 0, -1
        for place in places:
            if place > end:
                begins = joined.rfind(SEPARATOR, start, place) + 1
                if begins:
                    number += joined.count(SEPARATOR, start, begins)
                    start = begins
                behind = joined.find(SEPARATOR, place)
                end = len(joined) if behind < 0 else behind
            yield number, start
