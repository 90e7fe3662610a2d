"""A kind of number that a state gives to a person: how it is written, how it is checked, which words announce it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Identity", "form_outlines", "form_pattern"]

_CLASS = Expression(r"\[[^\]]*\]|.")
_SIGNS = {"0": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]"}
_KINDS = {"0": ("0",), "A": ("a",), "X": ("0", "a")}


class Identity(NamedTuple):
    """One row.

    `forms` are the spellings that are recognised without a word. In them `0` is a digit, `A` a capital, `X` either, and
    `[…]` a class; anything else is itself. In `compact`, `words` and `check` there are no separators.
    """

    compact: str
    check: Callable[[str], bool] | None
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    check_alone: Callable[[str], bool] | None = None
    """A stricter check for numbers that no word announces."""


def form_pattern(form: str) -> str:
    """The regular expression of a form, for Python and RE2."""
    return "".join(_SIGNS.get(sign) or (sign if sign[0] == "[" else re.escape(sign)) for sign in _CLASS.findall(form))


def form_outlines(form: str) -> list[str]:
    """What a form becomes where each digit is `0` and each letter `a`."""
    kinds = [_KINDS.get(sign) or _kinds_of(sign) for sign in _CLASS.findall(form)]
    return list(map("".join, itertools.product(*kinds)))


def _kinds_of(sign: str) -> tuple[str, ...]:
    kinds = ("0" if inner.isdigit() else "a" if inner.isalpha() else inner for inner in sign.strip("[]"))
    return tuple(dict.fromkeys(kind for kind in kinds if kind != "-" or sign == "-"))
