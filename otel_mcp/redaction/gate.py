"""One look at a text: which rules may find something in it?

The usual text holds nothing, so this look is what redaction costs. It is linear in the text whatever that is. With
RE2 one automaton of all rules says whether there is anything at all; which rules it is, and all of it where there is no
RE2, is said by Aho-Corasick for the literals and by the outline of the text for digits. A gate may name a rule
too many, never one too few, and the rules decide, so the result is the same with either.
"""

from __future__ import annotations

import importlib
import os
import re
import string
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from otel_mcp.redaction.rule import Rule

    _Search = Callable[[str], object | None]

__all__ = ["Gate", "ascii_lower", "make_gate", "make_search"]

_MEMORY: Final = 64 << 20  # bytes; a limit for the states of RE2's automaton, not what it uses
_LONG: Final = 250  # characters of an expression: a few have tables of words between their repeats
_REPEAT: Final = re.compile(r"(?<!\\)[*+](?![^\[]*\])|\{[0-9]+,\}")
"""An unbounded repeat, outside a class of characters. One inside an escaped sign or a class too many does no harm."""
_SHAPE: Final = str.maketrans(
    {**dict.fromkeys(string.digits, "0"), **dict.fromkeys(string.ascii_letters, "a")},
)
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class Gate(Protocol):
    """Numbers of the rules that may find something, in ascending order."""

    def scan(self, text: str) -> list[int]: ...


def ascii_lower(text: str) -> str:
    """The text in lower case with every character at its place: some letters become two in lower case."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_LOWER)


def make_gate(rules: Sequence[Rule]) -> Gate:
    """The fastest gate that can be had; `OTEL_MCP_GATE=plain` in the environment asks for the one without RE2."""
    if os.environ.get("OTEL_MCP_GATE") != "plain":
        try:
            return Re2Gate(rules)
        except ImportError:
            pass  # the extra `fast` is not installed
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


class Re2Gate:
    """Says in a few expressions of google-re2 that there is nothing, and asks a `PlainGate` otherwise.

    Not a set of expressions, which would say which of them matched, and not one expression for all: an automaton has a
    state for every combination of what has matched and of what might go on. So short expressions are kept apart
    from those with a repeat, and the few long ones, which have tables of words between repeats, from all others.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        re2: Any = importlib.import_module("re2")
        options = _options(re2)
        self._compile: Callable[[str], _Search] = lambda expression: re2.compile(expression, options).search
        self._rules = rules
        self._named: PlainGate | None = None
        self._narrow: dict[int, _Search] = {}
        owned = dict.fromkeys(expression for rule in rules for expression in _others(rule))
        literals = {needle for rule in rules if rule.gate is None for needle in rule.needles}
        short = [expression for expression in owned if not _REPEAT.search(expression)]
        repeats = [expression for expression in owned if _REPEAT.search(expression) and len(expression) < _LONG]
        long = [expression for expression in owned if _REPEAT.search(expression) and len(expression) >= _LONG]
        groups = ([_any_literal(literals), *repeats], short, *(long[at : at + 2] for at in range(0, len(long), 2)))
        self._searches: list[_Search] = [self._any_of(group) for group in groups if group]

    def _any_of(self, expressions: Sequence[str]) -> _Search:
        return self._compile("|".join(f"(?:{expression})" for expression in expressions))

    def search(self, text: str) -> bool:
        """Whether there is anything at all."""
        return any(search(text) is not None for search in self._searches)

    def scan(self, text: str) -> list[int]:
        """See `Gate`."""
        if not self.search(text):
            return []
        if self._named is None:
            # Made at the first finding; two threads that make one each do no harm.
            self._named = PlainGate(self._rules)
        return [number for number in self._named.scan(text) if self._may_match(number, text)]

    def _may_match(self, number: int, text: str) -> bool:
        """Whether a candidate's own expression matches; compiled when it is first a candidate."""
        search = self._narrow.get(number)
        if search is None:
            others = _others(self._rules[number])
            search = self._narrow[number] = self._compile(others[0]) if others else _anything
        return search(text) is not None


def _anything(_: str) -> bool:
    return True


class PlainGate:
    """Needles by Aho-Corasick, groups of digits by their outline."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        ahocorasick: Any = importlib.import_module("ahocorasick")
        owners: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for needle in rule.needles:
                owners.setdefault(needle, []).append(number)
        self._automaton = ahocorasick.Automaton()
        for needle, numbers in owners.items():
            self._automaton.add_word(needle, tuple(numbers))
        self._automaton.make_automaton()
        self._has_needles = bool(owners)
        self._shapes = [(shape, number) for number, rule in enumerate(rules) for shape in rule.shapes]
        self._patterns = [
            (rule.pattern.search, number)
            for number, rule in enumerate(rules)
            if rule.pattern is not None and not rule.needles and not rule.shapes
        ]

    def scan(self, text: str) -> list[int]:
        """See `Gate`."""
        found = {number for search, number in self._patterns if search(text)}
        if self._has_needles:
            for _, numbers in self._automaton.iter(ascii_lower(text)):
                found.update(numbers)
        outline = text.translate(_SHAPE)
        found.update(number for shape, number in self._shapes if shape in outline)
        return sorted(found)


def _others(rule: Rule) -> list[str]:
    """The expression that stands for a rule, where its needles do not."""
    if rule.gate is not None:
        return [rule.gate]
    if rule.needles:
        return []
    assert rule.pattern is not None, f"rule {rule.id} has neither needles nor a pattern"
    return [rule.pattern.pattern]


def _any_literal(literals: Iterable[str]) -> str:
    # Nothing matches an empty class of characters: there may be no literals.
    return "(?i:" + "|".join(map(_literal, sorted(literals))) + ")" if literals else r"[^\x00-\x{10FFFF}]"


def _literal(text: str) -> str:
    return "".join(character if character.isalnum() else f"\\x{ord(character):02x}" for character in text)
