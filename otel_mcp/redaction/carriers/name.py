"""The name around a place in a text, as the notations behind it need to see it."""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["SIGNS", "Name", "name_at"]

_LONGEST = 96
_REST = Expression(r"[\w.\-]{0,97}", re.ASCII)
_LEADING = Expression(r"[\d.\-]{0,96}", re.ASCII)
_PARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")
_ESCAPES = frozenset("nrtbfv")
_BEFORE_DASHES = frozenset(" \t\n\"'`[(,=|;\\n")
_WORDS_BEFORE = Expression(r"(?:[A-Za-z0-9_]{1,20}[ ]){1,2}\Z")
_WORD_AFTER = Expression(
    r"[ ](?:key|token|secret|code|password|phrase|string|number|pin|answer|hash)s?\b", re.IGNORECASE
)
_INITIALS = frozenset("ktscpnahKTSCPNAH")
_SECOND_WORDS = frozenset(
    {
        *("key", "keys", "code", "codes", "number", "card", "answer", "phrase", "words", "seed", "security", "string"),
        *("secret", "passe", "privada", "secreta", "token", "pin", "pem", "acceso", "acesso", "privata", "segreta"),
        *("chiave", "ordine", "prywatny", "assertion", "verifier", "signature", "clave", "uri", "url", "material"),
        *("hash", "combination"),
        *("sleutel", "nyckel", "klucz", "precompartida", "tok"),
        *("logowania", "cookie", "exponent", "privee", "secrete", "password", "sid"),
    }
)
SIGNS = frozenset(" \t:=\"'`\\&<>(|*]\n\r);?![-’”»：＝→—–はが是为為은는이가") | {""}
"""What may stand behind a name; behind anything else nothing is read."""
_IDEOGRAPHS = "\u2e80"  # scripts without blanks begin here: a word may stand right beside them
_HEADERS = frozenset({"authorization", "cookie", "cookies"})


class Name(NamedTuple):
    """A name that announces a secret: `text[start:end]`, with so many dashes before it."""

    text: str
    start: int
    end: int
    dashes: int
    word: str

    @property
    def words(self) -> tuple[str, ...]:
        """The lower-case words of the name; one at least."""
        return _words(self.word)

    @property
    def is_header(self) -> bool:
        """Whether the value has blanks in it: a scheme and credentials, or pairs."""
        return _words(self.word)[-1] in _HEADERS


@lru_cache(maxsize=1024)
def _words(word: str) -> tuple[str, ...]:
    return tuple(words_of(word)) or (word.lower(),)


def name_at(
    text: str, at: int, follows: Callable[[str, int, int], bool], signs: Collection[str] = SIGNS
) -> Name | None:
    """The sensitive name around `at`; of several words, if only together they announce a secret.

    `follows` says, by its start and end, whether anything may be read behind a name: most end in front of nothing.
    """
    rest = _REST.match(text, at)
    assert rest is not None, "an empty rest matches as well"
    end = rest.end()
    while end > at and text[end - 1] in ".-":
        end -= 1  # a full stop behind a word, an arrow
    if text[end : end + 1] not in signs:
        return None
    start = at if at == 0 or text[at - 1] not in _PARTS else _start(text, at)
    if end - start > _LONGEST or (start and text[start - 1].isalpha() and "\x7f" < text[start - 1] < _IDEOGRAPHS):
        return None
    name = _between(text, start, end, at)
    return name if name is not None and follows(text, start, end) else None


def _between(text: str, start: int, end: int, at: int) -> Name | None:
    if start and start < at and text[start - 1] == "\\" and text[start] in _ESCAPES:
        start += 1  # the n of an escaped line break
    first = start
    if text[start] in "-.0123456789":
        lead = _LEADING.match(text, start, end)
        assert lead is not None, "an empty lead matches as well"
        first = min(lead.end(), at)
    word = text[first:end]
    if is_sensitive_key(word):
        if text.startswith(" ", end) and text[end + 1 : end + 2] in _INITIALS and word.isalpha():
            after = _WORD_AFTER.match(text, end)
            if after is not None and is_sensitive_key(f"{word}_{after[0].strip()}"):
                end = after.end()
                word = text[first:end].replace(" ", "_")
        return Name(text, first, end, _dashes(text, start, first), word)
    if start and text[start - 1] == " " and first == start and word.lower() in _SECOND_WORDS:
        return _of_several_words(text, start, end)
    return None


def _start(text: str, at: int) -> int:
    back = _REST.match(text[max(0, at - _LONGEST) : at][::-1])
    assert back is not None, "an empty start matches as well"
    return at - back.end()


def _dashes(text: str, start: int, first: int) -> int:
    if first == start:
        return 0
    lead = text[start:first]
    dashes = len(lead) - len(lead.rstrip("-"))
    return 0 if dashes < first and text[first - dashes - 1] not in _BEFORE_DASHES else dashes


def _of_several_words(text: str, start: int, end: int) -> Name | None:
    # `api key`, `seed phrase`, `mot de passe`
    before = _WORDS_BEFORE.search(text, max(0, start - 42), start)
    if before is None:
        return None
    words = before[0].split()
    for count in range(1, len(words) + 1):
        word = "_".join((*words[-count:], text[start:end]))
        if is_sensitive_key(word):
            return Name(text, start - sum(len(part) + 1 for part in words[-count:]), end, 0, word)
    return None
