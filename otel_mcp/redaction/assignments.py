"""`password=…`, `"api_key": "…"`, `Cookie: …`, `--token …` in free text: where the value begins and ends."""

from __future__ import annotations

import re

from otel_mcp.redaction.keys import holds_count, is_sensitive_key, word_set, words_of
from otel_mcp.redaction.marks import marker_spans

__all__ = ["assigned_value", "flag_value"]

_OPENING = re.compile(r"(?:[rbuf]{1,2}(?=['\"]))?(\\{0,3})([\"'`])")
_QUOTED = {quote: re.compile(rf"[^{quote}\\\n]*(?:\\.[^{quote}\\\n]*)*", re.DOTALL) for quote in "\"'`"}
# Closing signs belong to the value only if it goes on behind them.
_BARE = re.compile(r"(?:[^\s\"'`,;&)\]}\\]|\\(?![nrt\"'])|[,)\]}](?=[^\s,;&)\]}\"'`.]))+")
_SCHEME = re.compile(r"(?:bearer|basic|token|digest|apikey)[ \t]+", re.IGNORECASE)
_LINE = re.compile(r"[^\n\r\"'`]+")
_WHOLE_LINE_KEYS = frozenset({"authorization", "cookie", "cookies"})

_NO_VALUE = word_set(
    "none null nil true false undefined yes no str string int integer float bool boolean bytes any object array list"
    " dict optional required secretstr token password secret text number mystr self"
)
_PLACEHOLDER = re.compile(
    r"\$[({]|\$[A-Z_][A-Z0-9_]{0,60}$|\{\{|%[sdr]$|%\(|\*+$|\.\.\.$|…$"
    r"|os\.environ|os\.getenv|process\.env|getenv\(|getpass|self\.|args\."
)
_ANGLE = re.compile(r"<[\w -]{1,60}>")
_PROSE = re.compile(r"[a-z]{1,20} [A-Za-z]")
_FUNCTION_WORDS = word_set(
    "a an and are at be but by can cannot does for from has have if in is it its may more must need needs no not of on"
    " only or please should so that the these they this to use used was were when where which will with you your"
)
_STRONG = ("pass", "pwd", "secret", "cred", "key")


def assigned_value(match: re.Match[str]) -> tuple[int, int] | None:
    """The value that follows `name=` or `name:`, if the name announces a secret."""
    key, text, start = match[1], match.string, match.end()
    if not is_sensitive_key(key) or start >= len(text):
        return None
    return _value_at(text, start, key, prose=match[0].rstrip().endswith(":") and match[0][-1] == " ")


def flag_value(match: re.Match[str]) -> tuple[int, int] | None:
    """The value that follows `--name `."""
    text, start = match.string, match.end()
    if not is_sensitive_key(match[1]) or text.startswith("-", start):
        return None
    return _value_at(text, start, match[1], prose=False)


def _value_at(text: str, start: int, key: str, *, prose: bool) -> tuple[int, int] | None:
    opening = _OPENING.match(text, start)
    if opening is not None:
        place = opening.end(), _quoted_end(text, opening)
    else:
        place = start, _bare_end(text, start, key)
        if prose and _reads_as_prose(text, start, key):
            return None
    return place if _is_value(text[place[0] : place[1]], key) else None


def _quoted_end(text: str, opening: re.Match[str]) -> int:
    if opening[1]:  # an escaped quote ends at the next quote with the same escape
        end = text.find(opening[1] + opening[2], opening.end())
        return end if end >= 0 else len(text)
    closing = _QUOTED[opening[2]].match(text, opening.end())
    return opening.end() if closing is None else closing.end()


def _bare_end(text: str, start: int, key: str) -> int:
    if not _WHOLE_LINE_KEYS.isdisjoint(words_of(key)[-1:]):
        line = _LINE.match(text, start)
        return start if line is None else line.end()
    if _ANGLE.match(text, start):
        return start
    scheme = _SCHEME.match(text, start)
    begin = start if scheme is None else scheme.end()
    if text[begin : begin + 1] in ("{", "[", "(") and text[begin + 1 : begin + 2] in (
        "",
        " ",
        "\n",
        "'",
        '"',
        "{",
        "[",
    ):
        return start  # a structure: the names inside it speak for themselves
    if text[begin : begin + 1] in (",", ")", "]", "}", ";", "&"):
        return start
    value = _BARE.match(text, begin)
    return start if value is None else value.end()


def _reads_as_prose(text: str, start: int, key: str) -> bool:
    # "password: must be long" and "fix token: rename it" are sentences, "password: marigold" is not.
    prose = _PROSE.match(text, start)
    if prose is None:
        return False
    word = prose[0].partition(" ")[0]
    return word in _FUNCTION_WORDS or not any(part in key.lower() for part in _STRONG)


def _is_value(value: str, key: str) -> bool:
    bare = value.strip()
    if not bare or bare.lower() in _NO_VALUE or _PLACEHOLDER.match(bare):
        return False
    if holds_count(key) and bare.isdigit():
        return False
    return not any(span.start == 0 and span.end >= len(bare) - 1 for span in marker_spans(bare))
