"""Words that announce a personal datum, in many languages, and the rules that look beside them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.personal.edges import gap_is_short
from otel_mcp.redaction.personal.fields import AS_GATE, FIELD_GATE, value_apart
from otel_mcp.redaction.rule import Place, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

__all__ = ["FindBeside", "Word", "WordTable", "announced", "stands_alone", "word_gate"]

Word: TypeAlias = "tuple[str, int]"
"""In lower case, and where it ends in the text."""

FindBeside: TypeAlias = "Callable[[str, Word], Place | None]"
"""Looks for what a word in a text announces."""

_LONGEST: Final = 48
_SHORTEST_RARE: Final = 6
_COMMON: Final = word_set(
    "citizen contact document driver drivers health identity individual insurance license mobile number permanent"
    " personal physical resident social unique"
)
_BLANKS: Final = (" ", "_", "-", "")
_ESCAPES: Final = str.maketrans({sign: f"\\{sign}" for sign in ".*+?()[]{}|^$\\"})
_ASCII_LOWER: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


_FIRST_CJK: Final = "\u2e80"  # from here on, scripts put no blanks between words


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is not a part of another one; `userTel` and `tel_home` hold the word `tel`, `hotel` does not."""
    if start and text[start - 1].isalnum() and text[start - 1] < _FIRST_CJK:
        before = text[start - 1]
        in_camel_case = text[start].isupper() and (before.islower() or before.isdigit())
        if not in_camel_case and text[start - 2 : start - 1] != "\\":
            return False
    after = text[end : end + 1]
    return not after.isalpha() or after >= _FIRST_CJK or (text[end - 1].islower() and after.isupper())


class WordTable:
    """Which of many words begins at a place.

    A word that ends in `*` may be a part of a longer one. A blank stands for the ways in which names are joined:
    `tax id`, `tax_id`, `tax-id`, `taxId`. After the words of a `tight` table, which mean other things too, the value
    must follow at once.
    """

    def __init__(self, words: Iterable[str], *, tight: bool = False) -> None:
        self.tight = tight
        self.stems = tuple(dict.fromkeys(words))

        self._filed: dict[str, list[tuple[str, bool]]] = {}

    @property
    def words(self) -> list[str]:
        """Every spelling of every word."""
        return list(dict.fromkeys(word for stem in self.stems for word in _spellings(stem.rstrip("*"))))

    @cached_property
    def starts(self) -> dict[str, list[str]]:
        """The stems under the first two letters of their spellings."""
        starts: dict[str, list[str]] = {}
        for stem in self.stems:
            for start in {word[:2] for word in _spellings(stem.rstrip("*"))} if " " in stem[:2] else (stem[:2],):
                starts.setdefault(start.rstrip("*"), []).append(stem)
        return starts

    def _under(self, start: str) -> list[tuple[str, bool]]:
        """The words with these first two letters, longest first, and whether they may be a part of a longer one.

        Filed when first asked for: a text asks for few of them.
        """
        words = self._filed.get(start)
        if words is None:
            stems = self.starts[start]
            spelled = {word: _is_open(stem) for stem in stems for word in _spellings(stem.rstrip("*"))}
            words = [(word, spelled[word]) for word in sorted(spelled, key=len, reverse=True) if word[:2] == start]
            self._filed[start] = words
        return words

    def at(self, text: str, at: int) -> Word | None:
        """The longest word at a place and its end."""
        start = text[at : at + 2].lower()
        words = self._filed.get(start)
        if words is None:
            if start not in self.starts:
                return None
            words = self._under(start)
        lower = text[at : at + _LONGEST].lower()
        for word, is_open in words:
            if lower.startswith(word) and (is_open or stands_alone(text, at, at + len(word))):
                return word, at + len(word)
        return None

    def reaches(self, gap: str) -> bool:
        """Whether the word still speaks of a value that follows after this gap."""
        return gap_is_short(gap) and (not self.tight or _TIGHT_GAP.fullmatch(gap) is not None)


def _spellings(words: str) -> list[str]:
    return [words.replace(" ", blank) for blank in _BLANKS] if " " in words else [words]


def _is_open(stem: str) -> bool:
    # Scripts without capitals put no blanks between words either.
    return stem.endswith("*") or (not stem.isascii() and stem.lower() == stem.upper())


_LINKS: Final = (
    "number|num|nr|no|should be|is|are|to|eq|equals|we have on file is|on file is|me|us|him|her|at|on|card|id|nº|n°|#"
)
_SIGN: Final = "[^0-9A-Za-z\x00]"
_MORE: Final = f"{_SIGN}?{_SIGN}?{_SIGN}?{_SIGN}?{_SIGN}?"
# Something stands between: `cf4` in a digest is no word beside a number.
_TIGHT_GAP_EXPRESSION: Final = f"{_SIGN}{_MORE}(?:(?i:{_LINKS})(?:{_SIGN}{_MORE})?)?(?:(?i:{_LINKS}){_SIGN}{_MORE})?"
# Whose it is: `cpf_cliente`, `CPF do titular`.
_HOLDER: Final = "(?:_[a-z]+| d(?:a|e|el|o|u) (?:la )?[a-z]+)?"
_TIGHT_GAP: Final = Expression(rf"{_HOLDER}(?:(?i:{_LINKS}))?{_TIGHT_GAP_EXPRESSION}")
_VALUE: Final = "[+(]?[+(]?[A-Za-z&Ñ]?[A-Za-z&Ñ]?[A-Za-z&Ñ]?[A-Za-z&Ñ]?[A-Za-z&Ñ]?[A-Za-z&Ñ]?[ -]?[0-9]"


def announced(rule_id: str, table: WordTable, find: FindBeside) -> Rule:
    """The rule that asks `find` at each of the words."""
    needles: list[str] = []
    for needle in sorted({needle for stem in table.stems for needle in _needles(stem.rstrip("*"))}):
        # A needle that begins with another one is found with it.
        if not (needles and needle.startswith(needles[-1])):
            needles.append(needle)
    anywhere = partial(_find_at, table, find)
    return Rule(rule_id, anywhere, needles=tuple(needles), gate=partial(word_gate, table), certain=False, personal=True)


def _find_at(table: WordTable, find: FindBeside, text: str, at: int) -> Place | None:
    word = table.at(text, at)
    if word is None:
        return None
    place = find(text, word)
    if place is not None:
        return place
    apart = value_apart(text, at, word[1], tight=table.tight)
    if apart is None:
        return None
    # As if the value stood beside the word.
    head = f"{text[at : word[1]]}: "
    place = find(head + text[apart[0] : apart[1]], (word[0], len(head) - 2))
    if place is None or place[0] < len(head):
        return None
    shift = apart[0] - len(head)
    return place[0] + shift, place[1] + shift


def _needles(stem: str) -> list[str]:
    first = stem.partition(" ")[0]
    # The first word of several is enough to find the place, unless it is everywhere.
    rare = len(first) >= _SHORTEST_RARE and first not in _COMMON
    spelled = [first] if rare else _spellings(stem)
    if stem.isascii() or not any(map(str.isascii, stem.replace(" ", ""))):
        return spelled
    # In a text with a letter that becomes two in lower case, such as the Turkish İ, only ASCII is in lower case.
    return spelled + [case(word).translate(_ASCII_LOWER) for word in spelled for case in (str.upper, str.title)]


def word_gate(table: WordTable) -> str:
    """An RE2 expression for the words where they may stand, and for what follows those of a tight table."""
    parts = []
    if opened := [_joined(stem.rstrip("*")) for stem in table.stems if _is_open(stem)]:
        parts.append(f"(?i:{'|'.join(opened)})")
    if closed := [stem for stem in table.stems if not _is_open(stem)]:
        alone = "|".join(map(_joined, closed))
        in_camel_case = "|".join(_escaped(stem[0].upper()) + f"(?i:{_joined(stem[1:])})" for stem in closed)
        behind = "" if table.tight else "(?:$|[^a-z])"
        parts.append(rf"(?:(?:^|[^0-9A-Za-z]|\\[A-Za-z])(?i:{alone})|[a-z0-9](?:{in_camel_case})){behind}")
    if not table.tight:
        return f"(?:{'|'.join(parts)})"
    after = "|".join(_joined(stem.rstrip("*")) for stem in table.stems)
    beside = f"(?:{FIELD_GATE}|{_HOLDER}(?i:{_LINKS})?{_TIGHT_GAP_EXPRESSION}{_VALUE})"
    return f"(?:(?:{'|'.join(parts)}){beside}|{AS_GATE}(?i:{after}))"


def _joined(stem: str) -> str:
    return _escaped(stem).replace(" ", "[ _-]?")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
