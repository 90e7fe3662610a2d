"""Names of fields that announce a personal datum: `{"dob": "12.03.1984"}` says in two texts what prose says in one."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import HOLDERS, personal_key, word_set, words_of
from otel_mcp.redaction.personal import accounts, birth, card, elsewhere, mac, national, passport, phone_words, ssn

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import FindBeside, Word, WordTable

__all__ = ["TABLES", "is_label", "kind_under_name", "look_alike", "may_announce"]

_LONGEST_NAME: Final = 64
_LONGEST_VALUE: Final = 64
_LARGEST_COUNT: Final = 9999
_LARGEST_NUMBER: Final = 10**40  # a longer one is no number of a person's, and Python may refuse to write it
"""Up to here a number under the name of a personal datum is a count or a year."""
TABLES: Final = (
    birth.WORDS,
    ssn.WORDS,
    *phone_words.WORDS,
    *passport.WORDS,
    *national.WORDS,
    card.WORDS,
    mac.WORDS,
    *accounts.WORDS,
    *elsewhere.WORDS,
)
_VERSIONS: Final = word_set("version versions ver release build firmware semver revision")
_ARTICLES: Final = word_set("ean gtin upc barcode isbn jan sku")

# `"email": "weekly"` is a setting; of all of these, only a name holds no digit. The last of a number are four.
_TELLING: Final = {
    "email": Expression(r"@|%40"),
    "phone": Expression(r"(?:[0-9][^0-9]{0,3}){5}"),
    "birth-date": Expression(r"[0-9]"),
    "passport": Expression(r"[0-9][0-9A-Za-z]?.{0,3}[0-9]|\A[A-Z]*[0-9][A-Z0-9]{5,}\Z"),
    "maiden-name": Expression(""),
}
_TELLING_AT_ALL: Final = Expression(r"[0-9@]|%40")
_LONGEST_START: Final = 256
_TELLING_ELSE: Final = Expression(r"[0-9][0-9A-Za-z]?.{0,3}[0-9]")


def kind_under_name(name: str, value: object) -> str | None:
    """The kind of personal datum that a text or a number under a name is, or the value beside a label.

    Nothing but the value is looked at: whatever else a longer text holds is for the rules to find.
    """
    if isinstance(value, str) and not value.isascii() and len(value) <= _LONGEST_VALUE:
        # Digits of any script are digits.
        value = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in value)
    # The value is asked first: names are without number, and nearly all values hold no digits.
    if type(value) is int:
        if not _LARGEST_COUNT < abs(value) < _LARGEST_NUMBER:
            return None
        text = str(value)
    elif not isinstance(value, str):
        return None
    elif _TELLING_AT_ALL.search(value, 0, _LONGEST_START) is not None:
        text = value.strip()
    elif "alias" in name.lower():
        text = value.strip()  # of an account, in words
    else:
        return personal_key(name) if name[-4:].lower() == "name" and personal_key(name) == "maiden-name" else None
    name = name.removesuffix("__c")  # of a field that users of Salesforce have added
    kind, words = _announcements(name[-_LONGEST_NAME:])
    if kind is not None:
        return kind if _TELLING.get(kind, _TELLING_ELSE).search(text) else None
    return _kind_beside(name[-_LONGEST_NAME:], text, words) if words and len(text) <= _LONGEST_VALUE else None


def look_alike(name: str) -> str | None:
    """The rule whose findings are something else under this name: a version, an article number."""
    words = words_of(name[-_LONGEST_NAME:])
    if not _VERSIONS.isdisjoint(words):
        return "ip-address"
    return None if _ARTICLES.isdisjoint(words) else "card"


def _kind_beside(name: str, value: str, words: tuple[tuple[str, FindBeside, Word], ...]) -> str | None:
    for kind, find, word in words:
        # What follows the word may say whose it is, as in `cpfCliente`.
        held = word[1] < len(name) and HOLDERS.issuperset(words_of(name[word[1] :]))
        for label in (name, name[: word[1]]) if held else (name,):
            text = f"{label}: {value}"
            place = find(text, word)
            if place is not None and place[1] == len(text) and place[0] >= len(text) - len(value):
                return kind
    return None


def is_label(value: object) -> bool:
    """Whether a text is short enough for a label, and `may_announce` says so of it."""
    return isinstance(value, str) and len(value) <= _LONGEST_NAME and may_announce(value)


def may_announce(name: str) -> bool:
    """Whether there are values that `kind_under_name` would take for personal under this name."""
    return _announcements(name.removesuffix("__c")[-_LONGEST_NAME:]) != (None, ())


@lru_cache(maxsize=4096)
def _announcements(name: str) -> tuple[str | None, tuple[tuple[str, FindBeside, Word], ...]]:
    """What the name says by itself, and the words in it with those who look beside them."""
    by_start = _by_start()
    lower = name.lower()
    words = [
        (kind, find, word)
        for at in range(len(name))
        for table, kind, find in by_start.get(lower[at : at + 2], ())
        if (word := table.at(name, at)) is not None
    ]
    return personal_key(name), tuple(words)


@cache
def _by_start() -> dict[str, list[tuple[WordTable, str, FindBeside]]]:
    found: dict[str, list[tuple[WordTable, str, FindBeside]]] = {}
    for table, kind, find in TABLES:
        for start in table.starts:
            found.setdefault(start, []).append((table, kind, find))
    return found
