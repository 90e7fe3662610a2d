"""A rule: what a secret or a personal datum looks like, and where in a text it is worth looking for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from otel_mcp.redaction.expression import Expression

__all__ = ["Found", "Place", "Rule"]

Place: TypeAlias = "tuple[int, int]"
"""Start and end of what must go, in characters of the text."""


class Found(NamedTuple):
    """One of several places that are found together."""

    start: int
    end: int
    kind: str


def _nothing(_text: str, _at: int) -> Place | None:
    return None


class Rule(NamedTuple):
    """One row of the tables.

    `find(text, at)` is asked at every place `at` where one of the `needles` begins, or, for a rule without needles,
    where a match of `pattern` begins; it answers with the place to remove, or None. It must look at no more than some
    hundred characters around `at` unless what it removes is longer, and must depend on nothing but the text: the places
    where it is asked are found by whichever search library is installed.
    """

    id: str
    """Names the finding and the marker, `[REDACTED:id]`: lower-case letters, digits and hyphens."""

    find: Callable[[str, int], Place | None] = _nothing

    needles: tuple[str, ...] = ()
    """Lower-case literals, looked for in any case."""

    pattern: Expression | None = None
    """For things without a literal, such as groups of digits. In the syntax that RE2 shares with Python."""

    gate: str | Callable[[], str] | None = None
    """An RE2 expression, narrower than the needles: wherever `find` finds something, this matches nearby in the text.

    A function gives it where it takes time to write: there may be no RE2, and a short life has no use for it.
    Without counted repeats beyond a few, which would multiply the states of the automaton that all gates share.
    """

    seen: bool = False
    """The needles are those of other rules, whose gates match wherever this one finds something: it needs none."""

    alone: bool = False
    """It finds nothing by itself: where its gate matches, no other rule need be asked for that."""

    shapes: tuple[str, ...] = ()
    """For a rule with a `pattern`: where it matches, the text, with `0` for each digit and `a` for each ASCII letter,
    contains one of these. It saves the search where RE2 says nothing, as does `run`. With a `<` in it, the match begins
    at the first of the digits that stand there and is tried nowhere else; then all shapes of the rule must have one."""

    run: int = 0
    """For a rule with a `pattern`: where it matches, at least so many letters, digits, `+` and `/` stand in a row."""

    certain: bool = True
    """What is found is a secret by its shape alone: it is remembered, and removed in other spellings and places too."""

    personal: bool = False
    """A personal datum, not a secret."""

    find_all: Callable[[str, int], tuple[int, list[Found]]] | None = None
    """Instead of `find`, for what is told in one place of many others: these, and the end of what was read for them."""

    @property
    def gate_text(self) -> str | None:
        """The gate, written."""
        return self.gate() if callable(self.gate) else self.gate
