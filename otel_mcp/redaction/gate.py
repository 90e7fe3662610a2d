"""One look at a text: which rules may find something in it?

The usual text holds nothing, so this look is what redaction costs. It is linear in the text whatever that is. With
RE2 a few automata of all rules say whether there is anything at all, and about where. Which rules are to be asked at
which places is said there, and all over the text as long as there is no RE2, by Aho-Corasick for the literals and by
the outline of the text for digits. A gate may name a place too many, never one too few, and the rules decide, so the
result is the same with either.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.outline import PatternPlaces, outlines_of
from otel_mcp.redaction.places import ascii_lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from otel_mcp.redaction.rule import Place, Rule

    _Search = Callable[[str | bytes], object | None]

__all__ = ["Gate", "make_gate", "make_search"]

_MEMORY: Final = 64 << 20  # bytes; a limit for the states of RE2's automaton, not what it uses
_MANY_TEXTS: Final = 16 << 10  # characters
_LONG: Final = 250  # characters of an expression: a few have tables of words between their repeats
_HUGE: Final = 5000
_REPEAT: Final = Expression(r"(?<!\\)[*+](?![^\[]*\])|\{[0-9]+,\}")
"""An unbounded repeat, outside a class of characters. One inside an escaped sign or a class too many does no harm."""
_AROUND: Final = 1100
"""Characters before and behind a match in which the rules are asked: the farthest that a rule looks from its gate,
which is from a row of a table to its head."""
_MOST_MATCHES: Final = 24  # with more of them, the whole text is looked at
_FEW_PLACES: Final = 24  # with more of them, a rule's own expression says first whether there is any use in them


class Gate(Protocol):
    """The places of a text at which a rule may find something, ascending, by the number of the rule."""

    @property
    def spread(self) -> int:
        """How many places it names where RE2 would name one: it may know no more of a rule than its words."""
        ...

    def places(self, text: str) -> dict[int, list[int]]: ...


def make_gate(rules: Sequence[Rule]) -> Gate:
    """The fastest gate that can be had; `OTEL_MCP_GATE=plain` in the environment asks for the one without RE2."""
    if os.environ.get("OTEL_MCP_GATE") != "plain" and importlib.util.find_spec("re2") is not None:
        return GrowingGate(rules)
    return PlainGate(rules)


def make_search(literals: Sequence[str]) -> Callable[[str], bool]:
    """Whether one of many literals, in this case, is in a text."""
    if os.environ.get("OTEL_MCP_GATE") != "plain":
        try:
            re2: Any = importlib.import_module("re2")
        except ImportError:
            pass  # the extra `fast` is not installed
        else:
            search = re2.compile("|".join(map(re2.escape, literals)), _options(re2)).search
            return lambda text: search(text) is not None
    ahocorasick: Any = importlib.import_module("ahocorasick")
    automaton = ahocorasick.Automaton()
    for literal in literals:
        automaton.add_word(literal, True)
    automaton.make_automaton()
    return lambda text: next(automaton.iter(text), None) is not None


def _options(re2: Any) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True
    return options


class GrowingGate:
    """The gate without RE2 until there have been many texts, then the one with it.

    The automata of RE2 take longer to make than a short life would save, and a program need not wait for them when it
    starts: they are made beside it. Not by a daemon, which the end of the interpreter would kill inside of RE2.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._plain = PlainGate(rules)
        self._gate: Gate = self._plain
        self._left = _MANY_TEXTS
        self._maker: threading.Thread | None = None

    @property
    def spread(self) -> int:
        """See `Gate`."""
        return self._gate.spread

    def places(self, text: str) -> dict[int, list[int]]:
        """See `Gate`."""
        if self._left > 0:
            self._left -= len(text)
        elif self._gate is self._plain:
            self._start()
        return self._gate.places(text)

    def _start(self) -> None:
        # A process that was forked while it was made has no such thread.
        if self._maker is None or not self._maker.is_alive():
            self._left = _MANY_TEXTS
            self._maker = threading.Thread(target=self._make, name="otel-mcp-gate")
            try:
                self._maker.start()
            except RuntimeError:  # the interpreter ends, or there may be no more threads
                self._maker = None

    def _make(self) -> None:
        try:
            self._gate = Re2Gate(self._rules, self._plain)
        except Exception:
            # It is there and does not work: every text is read without it.
            self._left = sys.maxsize


class Re2Gate:
    """Says in a few expressions of google-re2 that there is nothing; around what they match a `PlainGate` is asked.

    Not a set of expressions, which would say which of them matched, and not one expression for all: an automaton has a
    state for every combination of what has matched and of what might go on. So short expressions are kept apart
    from those with a repeat, and the few long ones, which have tables of words between repeats, from all others.
    """

    spread = 1

    def __init__(self, rules: Sequence[Rule], plain: PlainGate | None = None) -> None:
        re2: Any = importlib.import_module("re2")
        options = _options(re2)
        self._compile: Callable[[str], Any] = lambda expression: re2.compile(expression, options)
        self._rules = rules
        self._named = PlainGate(rules) if plain is None else plain
        self._narrow: dict[int, _Search] = {}
        literals = {needle for rule in rules if rule.gate is None and not rule.seen for needle in rule.needles}
        groups: dict[str, dict[str, None]] = {"": {_any_literal(literals): None}}
        self._alone: dict[int, Any] = {}
        for number, rule in enumerate(rules):
            for expression in _others(rule):
                if rule.alone:
                    self._alone[number] = self._any_of([expression])
                else:
                    groups.setdefault(_group(expression, rule), {})[expression] = None
        self._expressions = [self._any_of(list(group)) for group in groups.values()]

    def _any_of(self, expressions: Sequence[str]) -> Any:
        return self._compile("|".join(f"(?:{expression})" for expression in expressions))

    def spans(self, text: str) -> list[Place]:
        """What there is, all over the text; the whole text as soon as all of it is around what there is."""
        subject, size = _subject(text), len(text)
        spans: list[Place] = []
        for expression in self._expressions:
            for match in expression.finditer(subject):
                spans.append(match.span())
                if len(spans) > _MOST_MATCHES or (match.start() <= _AROUND and size - match.end() <= _AROUND):
                    return [(0, size)]
        return spans

    def places(self, text: str) -> dict[int, list[int]]:
        """See `Gate`."""
        spans = self.spans(text)
        whole = [(0, len(text))]
        alone = {} if spans == whole else self._places_alone(text)
        if alone is None:
            spans, alone = whole, {}
        found = self._places_in(text, _around(spans, len(text))) if spans else {}
        for number, places in alone.items():
            found[number] = sorted({*found.get(number, ()), *places})
        return found

    def _places_alone(self, text: str) -> dict[int, list[int]] | None:
        """Where the rules that find nothing by themselves are to be asked; None if that is nearly everywhere."""
        found: dict[int, list[int]] = {}
        subject = _subject(text)
        for number, expression in self._alone.items():
            places: list[int] = []
            at = 0
            while (match := expression.search(subject, at)) is not None:
                if len(places) == _MOST_MATCHES:
                    return None
                # The middle, since the sign that parts two texts may begin or end what matches, and the next match too.
                places.append(sum(match.span()) // 2)
                at = max(at + 1, match.end() - 1)
            if places:
                found[number] = places
        return found

    def _places_in(self, text: str, regions: Sequence[Place]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for start, end in regions:
            part = text[start:end]
            for number, places in self._named.places(part, partial(self._may_match, _subject(part))).items():
                found.setdefault(number, []).extend([start + place for place in places])
        return found

    def _may_match(self, subject: str | bytes, number: int) -> bool:
        """Whether a candidate's own expression matches; compiled when it is first asked."""
        search = self._narrow.get(number)
        if search is None:
            others = _others(self._rules[number])
            search = self._narrow[number] = self._compile(others[0]).search if others else _anything
        return search(subject) is not None


def _subject(text: str) -> str | bytes:
    # Each expression would encode a string again. In ASCII the places are the same.
    return text.encode("ascii") if text.isascii() else text


def _around(spans: list[Place], size: int) -> list[Place]:
    """The spans with what is around them, as regions that are apart."""
    regions: list[Place] = []
    for begin, stop in sorted(spans):
        start, end = max(0, begin - _AROUND), min(size, stop + _AROUND)
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(end, regions[-1][1]))
        else:
            regions.append((start, end))
    return regions


def _anything(_: object) -> bool:
    return True


class PlainGate:
    """Needles by Aho-Corasick, groups of digits by their outline."""

    spread = 6

    def __init__(self, rules: Sequence[Rule]) -> None:
        ahocorasick: Any = importlib.import_module("ahocorasick")
        owners: dict[str, tuple[int, ...]] = {}
        for number, rule in enumerate(rules):
            alone = (number,)
            for needle in rule.needles:
                others = owners.get(needle)
                owners[needle] = alone if others is None else (*others, number)
        self._automaton = ahocorasick.Automaton()
        add = self._automaton.add_word
        for needle, numbers in owners.items():
            add(needle, (len(needle) - 1, numbers))
        self._automaton.make_automaton()
        self._has_needles = bool(owners)
        self._patterns = [
            PatternPlaces(number, rule)
            for number, rule in enumerate(rules)
            if rule.pattern is not None and not rule.needles
        ]

    def places(self, text: str, may_match: Callable[[int], bool] = _anything) -> dict[int, list[int]]:
        """See `Gate`; `may_match` says of a rule whether there is any use in asking it."""
        found: dict[int, list[int]] = {}
        outlines = outlines_of(text)
        for pattern in self._patterns:
            if pattern.may_be_in(text, outlines) and may_match(pattern.number):
                places = pattern.of(text, outlines)
                if places:
                    found[pattern.number] = places
        if self._has_needles:
            self._find_needles(text, found)
        return {number: places for number, places in found.items() if len(places) <= _FEW_PLACES or may_match(number)}

    def _find_needles(self, text: str, found: dict[int, list[int]]) -> None:
        many = set()
        for last, (size, numbers) in self._automaton.iter(ascii_lower(text)):
            for number in numbers:
                places = found.get(number)
                if places is None:
                    found[number] = [last - size]
                else:
                    places.append(last - size)
                    many.add(number)
        for number in many:
            found[number] = sorted(set(found[number]))


def _group(expression: str, rule: Rule) -> str:
    """Which expressions share an automaton.

    It has a state for every combination of what its expressions may still become. Labels, groups of digits and tokens
    have little in common, so together they have more states than any memory holds, and would be a hundred times slower.
    """
    if not _REPEAT.search(expression):
        return "digits" if not rule.needles else "labels" if rule.personal else "tokens"
    if len(expression) < _LONG:
        return ""
    return "labels and values" if rule.personal else "names" if len(expression) >= _HUGE else "commands"


def _others(rule: Rule) -> list[str]:
    """The expression that stands for a rule, where its needles do not."""
    if (gate := rule.gate_text) is not None:
        return [gate]
    if rule.needles:
        return []
    assert rule.pattern is not None, f"rule {rule.id} has neither needles nor a pattern"
    return [rule.pattern.pattern]


def _any_literal(literals: Iterable[str]) -> str:
    # Nothing matches an empty class of characters: there may be no literals.
    return "(?i:" + "|".join(map(_literal, sorted(literals))) + ")" if literals else r"[^\x00-\x{10FFFF}]"


def _literal(text: str) -> str:
    return "".join(sign if sign.isalnum() else f"\\x{{{ord(sign):x}}}" for sign in text)
