"""The expressions that rule files may use: what RE2 and Python read alike, and what no text can make slow.

RE2 need not be installed for that: the expression is read here, character by character
(https://github.com/google/re2/wiki/Syntax).
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any, Final

__all__ = ["check_expression", "compiled", "heads"]

_GROUPS: Final = (
    ("(?=", "lookahead"),
    ("(?!", "lookahead"),
    ("(?<=", "lookbehind"),
    ("(?<!", "lookbehind"),
    ("(?>", "an atomic group"),
    ("(?(", "a conditional group"),
    ("(?P=", "a backreference"),
    ("(?#", "a comment"),
)
_OPENING: Final = r"\((?:\?(?:P<[A-Za-z_]\w*>|:|[ims]+:))?"
_REPEAT: Final = r"[*+?]|\{(\d+)(?:(,)(\d*))?\}"
_CLASS: Final = r"\[\^?\]?(?:[^\]\\]|\\(?:.|\n))*\]"
_ESCAPES: Final = frozenset("AbBdDsSwWntrfvx")
_MOST_REPEATS: Final = 1000  # RE2 refuses more
_LARGE: Final = 12  # a repeat that may run more often counts as without bound
_MOST_HEADS: Final = 64
_DEEPEST: Final = 10
_PLACES: Final = ("^", "$", r"\A", r"\b", r"\B")


@lru_cache(maxsize=1024)
def compiled(expression: str) -> re.Pattern[str]:
    """The expression for ASCII, compiled when it is first asked for: most texts ask for none."""
    return re.compile(expression, re.ASCII)


class _Level:
    """A group that is open: what it has shown so far."""

    __slots__ = ("begin", "chars", "ended", "entry", "taken", "varies")

    def __init__(self, begin: int = 0, taken: frozenset[str] = frozenset()) -> None:
        self.begin = begin
        self.varies = False  # one text can be matched in several ways: a repeat or alternatives
        self.chars: frozenset[str] = frozenset()  # what its items match
        self.taken = self.entry = taken  # what a long repeat before this place may go on to match
        self.ended: frozenset[str] = frozenset()  # the same at the end of the alternatives before


def check_expression(expression: str) -> None:
    """Refuse what RE2 does not know, what can be slow in Python, and what matches the empty string.

    Raises:
        ValueError: with the reason.
    """
    _read(expression)
    try:
        matches_nothing = re.compile(expression, re.ASCII).match("") is not None
    except re.error as exc:
        raise ValueError(f"not a regular expression ({exc})") from None
    if matches_nothing:
        raise ValueError("matches the empty string")
    _compile_with_re2(expression)


def _read(expression: str, taken: frozenset[str] = frozenset()) -> frozenset[str]:
    levels, position = [_Level(taken=taken)], 0
    flags = re.ASCII | re.DOTALL | (re.IGNORECASE if "(?i" in expression else 0)
    while position < len(expression):
        level, character = levels[-1], expression[position]
        if character == "(":
            position = _open(expression, position)
            levels.append(_Level(position, level.taken))
            if len(levels) > _DEEPEST:
                raise ValueError(f"groups within groups, more than {_DEEPEST} deep")
        elif character == "|":
            level.varies = True
            level.ended, level.taken = level.ended | level.taken, level.entry
            position += 1
        elif character == ")":
            closed = levels.pop() if len(levels) > 1 else _Level()
            position = _close(expression, position, closed, levels[-1])
        else:
            end = _item(expression, position)
            chars = _chars(expression[position:end], flags)
            position, least, most = _repeat(expression, end, levels[-1], _Level())
            if chars:
                _take(level, chars, least, most)
    return levels[-1].taken | levels[-1].ended


def _close(expression: str, position: int, closed: _Level, around: _Level) -> int:
    end, least, most = _repeat(expression, position + 1, around, closed)
    left = closed.taken | closed.ended
    if most > 1:
        left |= _read(expression[closed.begin : position], left)  # what one round leaves open meets the next round
    if most > _LARGE and least != most:
        _take(around, closed.chars, least, most)
        around.taken |= left
    else:
        around.chars |= closed.chars
        around.taken = left if least else left | around.taken
    return end


def _take(level: _Level, chars: frozenset[str], least: int, most: float) -> None:
    """Note an item with its repeat. Two long repeats of the same characters are tried in every way to share a text."""
    level.chars |= chars
    shared = level.taken & chars
    if most > _LARGE and least != most:
        if shared:
            raise ValueError(
                "two long repeats that can match the same characters, as in .*.* or .*x.*, can be slow: put a character"
                f" between them that the first does not match, or repeat one at most {_LARGE} times"
            )
        level.taken = chars if least else level.taken | chars
    elif least and not shared:
        level.taken = frozenset()


@lru_cache(maxsize=256)
def _chars(item: str, flags: int) -> frozenset[str]:
    """What an item matches of ASCII, and of what is beyond; nothing for a place like `^`."""
    if item in _PLACES:
        return frozenset()
    try:
        fits = re.compile(item, flags).fullmatch
    except re.error:
        return frozenset()  # refused with its reason where the whole expression is compiled
    return frozenset(filter(fits, map(chr, range(129))))


def _open(expression: str, position: int) -> int:
    for sign, name in _GROUPS:
        if expression.startswith(sign, position):
            raise ValueError(f"{name} is not RE2 syntax")
    opening = compiled(_OPENING).match(expression, position)
    assert opening is not None, "called at a parenthesis"
    if expression.startswith("?", opening.end()):
        raise ValueError("unknown kind of group (known: (…), (?:…), (?P<name>…), (?i:…))")
    return opening.end()


def _item(expression: str, position: int) -> int:
    """The end of the character, escape or class that begins here."""
    character = expression[position]
    if character == "\\":
        return _escape(expression, position)
    if character != "[":
        return position + 1
    found = compiled(_CLASS).match(expression, position)
    if found is None:
        raise ValueError("a class that begins with [ has no end")
    if re.search(r"\[|&&|\|\||~~|--", re.sub(r"\\(?:.|\n)", "", found[0][1:])):
        raise ValueError("a class with [ or with doubled signs is read differently by RE2 and Python")
    for escape in re.finditer(r"\\(?:.|\n)", found[0]):
        if escape[0] in ("\\b", "\\B", "\\A"):
            raise ValueError(f"{escape[0]} has no place in a class")
        _escape(escape[0] + "00", 0)
    return found.end()


def _escape(expression: str, position: int) -> int:
    character = expression[position + 1 : position + 2]
    if character.isdigit():
        raise ValueError("a backreference or octal escape is not RE2 syntax")
    if character.isalpha() and character not in _ESCAPES:
        raise ValueError(f"the escape \\{character} is not known to both RE2 and Python")
    if not character:
        raise ValueError("ends in a backslash")
    if character != "x":
        return position + 2
    if re.match(r"[0-9A-Fa-f]{2}", expression[position + 2 :]) is None:
        raise ValueError("\\x needs two hexadecimal digits")
    return position + 4


def _repeat(expression: str, position: int, level: _Level, repeated: _Level) -> tuple[int, int, float]:
    """The end of the repeat that may follow an item, and its bounds, which say something about the group around."""
    level.varies |= repeated.varies
    found = compiled(_REPEAT).match(expression, position)
    if found is None:
        return position, 1, 1
    least, most = _bounds(found)
    level.varies |= least != most
    if most > _LARGE and repeated.varies:
        raise ValueError("a repeat of something that is itself repeated or has alternatives can be slow")
    end = found.end()
    if expression.startswith("+", end):
        raise ValueError("a possessive repeat is not RE2 syntax")
    if expression.startswith("?", end):
        end += 1
    if compiled(_REPEAT).match(expression, end):
        raise ValueError("a repeat of a repeat")
    return end, least, most


def _bounds(found: re.Match[str]) -> tuple[int, float]:
    if found[1] is None:
        return int(found[0] == "+"), 1 if found[0] == "?" else float("inf")
    least = int(found[1])
    if found[2] is None:
        most: float = least
    else:
        most = int(found[3]) if found[3] else float("inf")
    if least > _MOST_REPEATS or _MOST_REPEATS < most < float("inf"):
        raise ValueError(f"RE2 repeats at most {_MOST_REPEATS} times")
    return least, most


def _compile_with_re2(expression: str) -> None:
    try:
        re2: Any = importlib.import_module("re2")
    except ImportError:
        return
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(expression, options)
    except re2.error as exc:
        raise ValueError(f"refused by RE2 ({exc})") from None


def heads(expression: str) -> list[str]:
    """The literals that every match begins with one of, as far as they can be read off; `[""]` if none can."""
    found, position = [""], 0
    while position < len(expression):
        step = _alternatives(expression, position)
        if step is None or len(found) * len(step[0]) > _MOST_HEADS:
            break
        choices, end = step
        if compiled(_REPEAT).match(expression, end):
            break
        found = [head + choice for head in found for choice in choices]
        position = end
    return found if "|" not in _outside_groups(expression) else [""]


def _alternatives(expression: str, position: int) -> tuple[list[str], int] | None:
    """The literals that can stand here and the position behind them; None for anything less simple."""
    if group := compiled(r"\((?:\?:|\?P<\w+>)?([^()\[\]\\.*+?{}^$]*)\)").match(expression, position):
        return group[1].split("|"), group.end()
    if opening := compiled(r"\((?:\?P<\w+>)").match(expression, position):
        return [""], opening.end()  # a group around the whole secret
    if letters := compiled(r"\[([A-Za-z0-9_]+)\]").match(expression, position):
        return list(letters[1]), letters.end()
    if literal := compiled(r"\\([^A-Za-z0-9])|([^()\[\]\\.*+?{}^$|])").match(expression, position):
        return [literal[1] or literal[2]], literal.end()
    return None


def _outside_groups(expression: str) -> str:
    plain = re.sub(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]", "", expression)
    while (shorter := re.sub(r"\([^()]*\)", "", plain)) != plain:
        plain = shorter
    return plain
