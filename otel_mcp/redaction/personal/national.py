"""Numbers that states give to persons: alone where form and check digit tell them, else beside the words for them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal import identities_americas, identities_europe, identities_world
from otel_mcp.redaction.personal.beside import SIGNS, VETO, find_beside, number_end
from otel_mcp.redaction.personal.edges import FREE, in_columns, number_ends, number_starts
from otel_mcp.redaction.personal.fields import value_apart
from otel_mcp.redaction.personal.identity import Identity, form_outlines, form_pattern
from otel_mcp.redaction.personal.words import WordTable, announced, word_gate
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

IDENTITIES = (*identities_europe.IDENTITIES, *identities_americas.IDENTITIES, *identities_world.IDENTITIES)

# Words for the number of any country.
_GENERAL = (
    *("national id*", "national no*", "national insurance", "nationality id", "identity no*", "identity num*", "id no"),
    *(
        "id number",
        "id num",
        "id nr",
        "id card",
        "identity card*",
        "citizen id*",
        "citizen no",
        "personal id*",
        "personal no",
    ),
    *(
        "personal number",
        "person number",
        "personal code",
        "government id*",
        "gov id",
        "govt id",
        "state id*",
        "tax id*",
    ),
    *(
        "tax no",
        "tax number*",
        "tax code",
        "taxpayer*",
        "tin",
        "tin no",
        "fiscal code",
        "fiscal number",
        "resident id*",
    ),
    *("social sec*", "identification no*", "identification num*", "identifikationsnummer*", "documento de identidad*"),
    *(
        "número de identificación*",
        "numero de identificacion*",
        "numéro d'identité",
        "carte d'identité",
        "ausweisnummer*",
    ),
    *(
        "personalausweis*",
        "identiteitsnummer*",
        "identiteitskaart*",
        "steuernummer*",
        "documento d'identità",
        "health card",
    ),
    *("identifiant fiscal", "número de documento", "numero de documento", "bilhete de identidade", "cartão de cidadão"),
    *("nationalidno", "natid", "id document", "carta d'identità", "insurance number*", "insurance no"),
)


@functools.cache
def _by_word() -> dict[str, tuple[Identity, ...]]:
    table: dict[str, tuple[Identity, ...]] = {}
    for identity in IDENTITIES:
        for word in WordTable(identity.words).words:
            table[word] = (*table.get(word, ()), identity)
    checked = tuple(identity for identity in IDENTITIES if identity.check is not None)
    for word in WordTable(_GENERAL).words:
        table[word] = (*table.get(word, ()), *checked)
    return table


def _is_short(word: str) -> bool:
    return word.startswith("id ") or (word.isascii() and len(word) <= _SHORT)


_ALL_WORDS = tuple(dict.fromkeys([word for identity in IDENTITIES for word in identity.words] + list(_GENERAL)))
_SHORT = 4
# A short word, such as `sin` or `nie`, is a word of some language.
_WORDS = WordTable(word for word in _ALL_WORDS if not _is_short(word))
_SHORT_WORDS = WordTable((word for word in _ALL_WORDS if _is_short(word)), tight=True)


def _find_beside_word(text: str, word: Word) -> Place | None:
    return find_beside(text, word, _WORDS, _by_word()[word[0]])


def _find_beside_short_word(text: str, word: Word) -> Place | None:
    return find_beside(text, word, _SHORT_WORDS, _by_word()[word[0]])


# ── numbers that their form tells, or a short word before them ────────────────────────────────────────────────────────

# The first digit of six in a row, or of groups as long as those of such numbers. Only Python reads this: most often a
# digit or a small letter before it says that here is none, and a digit and a blank that these are columns.
_NUMBER: Final = Expression(
    r"[0-9](?:(?<![0-9a-z].)|(?<=\\[a-z].))(?<![0-9]\.[0-9])(?:(?=[0-9]{5})"
    r"|(?<![0-9] .)(?=[0-9]{0,2} [0-9]{2} [0-9]{2}|[0-9]{0,3} [0-9]{3} [0-9]{3}|[0-9]{0,4} [0-9]{4}(?: [0-9]|[0-9]))"
    r"|(?=[0-9]{0,2}[.-][0-9]{3}[.-][0-9]{3}|[0-9]{0,2}\.(?:[0-9]{2}\.[0-9]{2}-|[0-9]{4}\.[0-9]{4}\.|[0-9]{5}\.[0-9]{2}-))"
    r"|(?=[0-9]{0,4}-(?:[0-9]{4,5}-[0-9]|[0-9]{6,9}))"
    r"|(?<=[A-Z]{5}[0-9])(?=[0-9]{3}[A-Z])|(?<=[A-Z]{6}[0-9])(?=[0-9][A-Z][0-9]{2})"
    r"|(?=[A-Z][0-9A-Z][0-9]-[A-Z][0-9A-Z][0-9]-))"
)
# What a text with one of these has where each digit is `0` and each letter `a`.
_SHAPES: Final = (
    *("<000000", "<.000.000", "<-000-000", "< 000 000", "<00 00 00", "< 0000 0", "<00000 0", "<-0000-0", "<.00.00-"),
    *("<.0000.0000", "<.00000.00-", "<0 00 00 0", "< 00000 0", "<-000000", "<-00000-0", "< 000000"),
    *("aaaaaa<00a00", "aaaaa<0000a", "<0a00-a", "<0aa0-a"),
)
_OUTLINE: Final = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0" * 10 + "a" * 52)
_LETTERS_BEFORE: Final = Expression(r"(?:(?<![0-9A-Za-z])|(?<=\\[a-z]))(?:[A-Z]{3} ){0,2}[A-Z]{1,6}[ -]?\Z")
_LONGEST_FORM = 34
_MOST_LETTERS = 15
_HEAD = 6
# Milliseconds since 1970 have thirteen digits as well.
_MILLISECONDS = Expression(r"1[5-8][0-9]{11}")


@functools.cache
def _by_outline() -> dict[str, dict[str, list[tuple[str, Identity]]]]:
    """Forms under the beginnings of their outlines and under the outlines."""
    table: dict[str, dict[str, list[tuple[str, Identity]]]] = {}
    for identity in IDENTITIES:
        for form in identity.forms:
            for outline in form_outlines(form):
                table.setdefault(outline[:_HEAD], {}).setdefault(outline, []).append((form, identity))
    # The longest are tried first.
    return {head: dict(sorted(rows.items(), key=lambda row: -len(row[0]))) for head, rows in table.items()}


@functools.cache
def _form(form: str) -> Expression:
    return Expression(form_pattern(form))


def _find_number(text: str, at: int) -> Place | None:
    for start in _starts(text, at):
        end = _form_end(text, start) or _end_after_short_word(text, start)
        if end is not None:
            return start, end
    return None


def _starts(text: str, digit: int) -> tuple[int, ...]:
    """Where a number whose first digit is here may begin: with letters, or with the digit."""
    if digit == 0 or not (text[digit - 1].isupper() or text[digit - 2 : digit - 1].isupper()):
        return (digit,)
    letters = _LETTERS_BEFORE.search(text, max(0, digit - _MOST_LETTERS), digit)
    return (digit,) if letters is None else (letters.start(), digit)


def _form_end(text: str, start: int) -> int | None:
    forms = _by_outline().get(text[start : start + _HEAD].translate(_OUTLINE))
    if forms is None:
        return None
    outline = text[start : start + _LONGEST_FORM].translate(_OUTLINE)
    for whole, rows in forms.items():
        if outline.startswith(whole):
            end = start + len(whole)
            if _stands_alone(text, start, end) and any(_is_form(text[start:end], *row) for row in rows):
                return end
    return None


def _is_form(written: str, form: str, identity: Identity) -> bool:
    if not _form(form).fullmatch(written):
        return False
    check = identity.check_alone or identity.check
    return check is None or check(written.translate(SIGNS).upper())


def _stands_alone(text: str, start: int, end: int) -> bool:
    number = text[start:end]
    if " " in number:
        # One of several columns of digits is a part of another number.
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if (before[1:] == " " and before[0].isdigit()) or (after[:1] == " " and after[1:].isdigit()):
            return False
    if not (number_starts(text, start) and number_ends(text, end)) or _MILLISECONDS.fullmatch(number):
        return False
    return " " not in number or not in_columns(text, start, end)


_WORD_START: Final = Expression(r"(?<![A-Za-z])[A-Za-z]|(?<=[a-z])[A-Z]")
_WORDS_NEAR: Final = 64
_MOST_WORDS: Final = 9
_QUOTES: Final = tuple("\"'`\u201c\u2018")
# `entered "value" as label`
_BEFORE_WORD: Final = Expression(r"[0-9A-Za-z ./()-]{4,28}\\{0,3}[\"'`\u201d\u2019] as (?:[a-z]{1,5} )?(?=[A-Za-z])")
_PARTING: Final = frozenset("<\"',;|\t\n.?\\")
_GAP_SIGNS: Final = " \t\"'\\:=#.,;|*`([{<>/_-°\n│┃║】」』）：–—"  # noqa: RUF001  # signs of other scripts


def _end_after_short_word(text: str, start: int) -> int | None:
    nearest = max(0, start - _WORDS_NEAR)
    if text[nearest:start].rstrip(_GAP_SIGNS)[-1:].isalpha():
        places = [word.start() for word in _WORD_START.finditer(text, nearest, start)]
        for place in reversed(places[-_MOST_WORDS:]):
            word = _SHORT_WORDS.at(text, place)
            if word is not None:
                gap = text[word[1] : start]
                beside = _SHORT_WORDS.reaches(gap) and not VETO.search(gap)
                if beside or (
                    (not _PARTING.isdisjoint(gap) or "   " in gap) and _is_apart(text, place, word[1], start)
                ):
                    return number_end(text, start, _by_word()[word[0]])
    if text[start - 1 : start] in _QUOTES:
        end = _end_before_short_word(text, start)
        if end is not None:
            return end
    return None


def _end_before_short_word(text: str, start: int) -> int | None:
    before = _BEFORE_WORD.match(text, start)
    word = None if before is None else _SHORT_WORDS.at(text, before.end())
    if before is None or word is None or not _is_apart(text, before.end(), word[1], start):
        return None
    return number_end(text, start, _by_word()[word[0]])


def _is_apart(text: str, word: int, word_end: int, number: int) -> bool:
    apart = value_apart(text, word, word_end, tight=True)
    return apart is not None and apart[0] == number


def _number_gate() -> str:
    forms = dict.fromkeys(form for identity in IDENTITIES for form in identity.forms)
    alone = rf"{FREE}(?:{'|'.join(map(form_pattern, forms))})(?:$|[^0-9A-Za-z])"
    return f"(?:{alone}|{word_gate(_SHORT_WORDS)})"


HEADS: Final = tuple(
    f"{word}{sign}" for word in _SHORT_WORDS.words for sign in (*",;|\t\r\n<\"'", " |", " \r", " \n", "  ", " \u2502")
)
"""The short words as the heads of columns."""

WORDS = ((_WORDS, "national-id", _find_beside_word), (_SHORT_WORDS, "national-id", _find_beside_short_word))
RULES = (
    Rule(
        "national-id",
        _find_number,
        pattern=_NUMBER,
        gate=_number_gate,
        shapes=_SHAPES,
        personal=True,
    ),
    announced("national-id", _WORDS, _find_beside_word),
)
