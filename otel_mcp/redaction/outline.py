"""Where rules without a literal are to be asked: the outline of a text says where a pattern need not be tried.

The outline has `0` for each digit and `a` for each ASCII letter. To find a stretch of it costs a hundredth of what an
expression costs that is tried at every digit.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.places import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from otel_mcp.redaction.rule import Place, Rule

__all__ = ["HERE", "Outlines", "PatternPlaces", "outlines_of"]

HERE: Final = "<"
"""In a shape: the match begins with the digits that stand here, at the first of them."""

_LETTERS: Final = string.ascii_letters.encode()
_DIGITS: Final = string.digits.encode()
_SHAPES: Final = bytes.maketrans(_DIGITS + _LETTERS, b"0" * 10 + b"a" * 52)
_RUNS: Final = bytes.maketrans(_DIGITS + _LETTERS + b"+/", b"a" * 64)
_RUN_END: Final = re.compile(rb"[^a]")
_DIGITS_END: Final = re.compile(rb"[^0]")
_DIGIT: Final = ord("0")


class Outlines(NamedTuple):
    """What a text looks like, with a byte for each of its characters."""

    shapes: bytes
    runs: bytes  # here digits, `+` and `/` are letters as well


def outlines_of(text: str) -> Outlines:
    """Both outlines of a text."""
    one_byte = _one_byte(text)
    return Outlines(one_byte.translate(_SHAPES), one_byte.translate(_RUNS))


class PatternPlaces:
    """The places of one rule that has a pattern and no needles."""

    def __init__(self, number: int, rule: Rule) -> None:
        assert rule.pattern is not None, f"rule {rule.id} has no pattern"
        self.number = number
        self._pattern = rule.pattern
        self._run = b"a" * rule.run
        shapes = dict.fromkeys(rule.shapes)
        self._shapes = [_one_byte(shape.replace(HERE, "")) for shape in shapes]
        self._offsets = [shape.find(HERE) for shape in shapes]
        self._exact = bool(shapes) and min(self._offsets) >= 0

    def may_be_in(self, text: str, outlines: Outlines) -> bool:
        """Whether to look for places at all."""
        if self._run:
            return self._run in outlines.runs
        if self._shapes:
            outline = outlines.shapes
            return any(shape in outline for shape in self._shapes)
        return self._pattern.search(text) is not None

    def of(self, text: str, outlines: Outlines) -> list[int]:
        """Where the pattern matches, ascending."""
        if self._exact:
            matched = self._pattern.match
            return [place for place in sorted(self._candidates(outlines.shapes)) if matched(text, place) is not None]
        regions = _long_runs(outlines.runs, self._run) if self._run else [(0, len(text))]
        return list(matches(self._pattern, text, regions))

    def _candidates(self, outline: bytes) -> set[int]:
        places: set[int] = set()
        for shape, offset in zip(self._shapes, self._offsets, strict=True):
            begins_with_digits = offset == 0 and shape[0] == _DIGIT
            at = outline.find(shape)
            last = begin = -1  # the place before, and where its row of digits begins: each digit is walked over once
            while at >= 0:
                place = at + offset
                while place and place != last and outline[place - 1] == _DIGIT:
                    place -= 1
                begin, last = begin if place == last else place, at + offset
                places.add(begin)
                # In the same row of digits there is no other beginning.
                if begins_with_digits:
                    end = _DIGITS_END.search(outline, at)
                    at = -1 if end is None else outline.find(shape, end.start())
                else:
                    at = outline.find(shape, at + 1)
        return places


def _long_runs(outline: bytes, run: bytes) -> Iterator[Place]:
    at = outline.find(run)
    while at >= 0:
        behind = _RUN_END.search(outline, at + len(run))
        end = len(outline) if behind is None else behind.start()
        yield at, end
        at = outline.find(run, end)


def _one_byte(text: str) -> bytes:
    return text.encode("latin-1", "replace")
