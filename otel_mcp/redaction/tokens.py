"""Secrets whose shape takes more than an expression: private keys in their containers, and signed tokens.

Public keys and certificates stay.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.checks import is_jwt
from otel_mcp.redaction.expressions import compiled
from otel_mcp.redaction.finders import begins_word
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "private_members"]

# RFC 7468, RFC 4716 (four dashes and blanks) and OpenPGP (`BLOCK`).
_BEGIN: Final = r"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
_END: Final = r"-{4,5} ?END [A-Z0-9 ]{0,60}-{0,5}"
_LONGEST_LABEL: Final = 60
_BREAK: Final = r"(?:\s|\\{1,4}[nrt])"
_HEADERS: Final = (
    rf"(?:{_BREAK}{{0,8}}(?i:Proc-Type|DEK-Info|Version|Comment|Charset|Hash|Subject|x-[a-z-]{{1,20}}): ?"
    r"[^\n\\]{0,200}){0,6}"
)
_LINE: Final = rf"{_BREAK}{{0,8}}[A-Za-z0-9+/=]{{16,}}"
_LAST_LINE: Final = rf"{_BREAK}{{1,8}}[A-Za-z0-9+/]{{1,75}}={{0,2}}(?![\w ,.:;])"
_BODY: Final = r"[A-Za-z0-9+/=]{16}"
_BODY_SEEN_WITHIN: Final = 800
_LONGEST_KEY: Final = 32_768  # of 16,384 bits with its headers


def _pem(text: str, at: int) -> Place | None:
    label = text.rfind("BEGIN ", max(0, at - _LONGEST_LABEL), at)
    if label < 0:
        return None
    start = label
    while start > 0 and label - start < 6 and text[start - 1] in "- ":  # noqa: PLR2004  # five dashes and a blank
        start -= 1
    begin = compiled(_BEGIN).search(text, start, at + _LONGEST_LABEL)
    if begin is None or begin.start() > label:
        return None
    dashes = text.find("----", begin.end(), begin.end() + _LONGEST_KEY)
    end = compiled(_END).match(text, dashes) if dashes >= 0 else None
    if end is not None:
        has_body = compiled(_BODY).search(text, begin.end(), min(dashes, begin.end() + _BODY_SEEN_WITHIN))
        return (begin.start(), end.end()) if has_body else None
    # The end was cut off, or something else begins first: the lines that are there.
    headers = compiled(_HEADERS).match(text, begin.end())
    body = begin.end() if headers is None else headers.end()
    last = _end_of_lines(text, body)
    return (begin.start(), last) if last > body else None


def _end_of_lines(text: str, position: int) -> int:
    begin = position
    while line := compiled(_LINE).match(text, position):
        position = line.end()
    if position > begin and (line := compiled(_LAST_LINE).match(text, position)):
        position = line.end()
    return position


_PUTTY: Final = rf"Private-Lines: ?\d{{1,3}}{_BREAK}{{1,4}}"


def _putty(text: str, at: int) -> Place | None:
    head = compiled(_PUTTY).match(text, at)
    if head is None:
        return None
    end = _end_of_lines(text, head.end())
    return (head.end(), end) if end > head.end() else None


# RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1: the members of a key that are private.
_JWK_MEMBER: Final = r"\\{0,3}[\"'](?:d|p|q|dp|dq|qi|k)\\{0,3}[\"']\s{0,3}:\s{0,3}\\{0,3}[\"']([A-Za-z0-9_-]{16,2048})"
_JWK_REACH: Final = 4096
_JWK_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


def private_members(names: Iterable[str]) -> frozenset[str]:
    """Those of an object's members that are secret because the object is a JSON Web Key: none if it is not one."""
    names = frozenset(names)
    return names & _JWK_PRIVATE if "kty" in names else frozenset()


def _jwk(text: str, at: int) -> Place | None:
    start = text.rfind("{", max(0, at - _JWK_REACH), at)
    if start < 0 or "kty" in text[start:at]:
        return None  # only the first word of an object is answered, so that an object is read once
    ends = [end for end in (text.find(brace, at, at + _JWK_REACH) for brace in "{}") if end >= 0]
    members = list(compiled(_JWK_MEMBER).finditer(text, start, min(ends, default=at + _JWK_REACH)))
    return (members[0].start(1), members[-1].end(1)) if members else None


_JOSE: Final = r"(?:eyJ|eyAi|ewog|ew0K)[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}"
_SHORTEST_PAYLOAD: Final = 8


def _jwt(text: str, at: int) -> Place | None:
    if text[at - 1 : at] in ("-", "_") or not begins_word(text, at):
        return None
    found = compiled(_JOSE).match(text, at)
    if found is None:
        return None
    token = found[0].rstrip(".")
    payload = token.partition(".")[2]
    return (at, at + len(token)) if len(payload) >= _SHORTEST_PAYLOAD and is_jwt(token) else None


_BASE64_JOSE: Final = r"ZXlK[A-Za-z0-9+/_-]{28,}={0,2}"


def _jwt_in_base64(text: str, at: int) -> Place | None:
    if text[at - 1 : at] in ("-", "_", "+", "/") or not begins_word(text, at):
        return None
    found = compiled(_BASE64_JOSE).match(text, at)
    if found is None:
        return None
    encoded = found[0].rstrip("=")
    try:
        plain = base64.b64decode(encoded[: len(encoded) // 4 * 4], altchars=b"-_" if "-" in encoded else None)
    except binascii.Error:
        return None
    return found.span() if b".eyJ" in plain or is_jwt(plain.decode("latin-1")) else None


# A bot's token begins with its id, 17 to 20 digits, in base64: the first two digits make these three characters.
_DISCORD: Final = r"[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}(?![A-Za-z0-9_-])"
_DISCORD_HEADS: Final = tuple(
    sorted({base64.b64encode(b"%d0" % digits)[:3].decode().lower() for digits in range(10, 100)})
)
_SHORTEST_ID: Final = 23
_LONGEST_ID: Final = 28


def _discord(text: str, at: int) -> Place | None:
    if text.find(".", at + _SHORTEST_ID, at + _LONGEST_ID + 1) < 0 or not begins_word(text, at):
        return None
    found = compiled(_DISCORD).match(text, at)
    if found is None:
        return None
    head = found[0].partition(".")[0]
    try:
        plain = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except binascii.Error:
        return None
    return found.span() if plain.isdigit() else None


# The bearer token of an app of X: the id of the app in base64, which begins with zeros, and base64 after it, in which
# `+`, `/` and `=` are written as in URLs. It is looked for where the `=` is: zeros in a row are in any binary file.
_TWITTER: Final = r"A{18,24}[A-Za-z0-9]{1,80}(?:%2[BbFf][A-Za-z0-9]{0,80}){0,6}%3[Dd][A-Za-z0-9%]{8,120}"
_TWITTER_ZEROS: Final = "A" * 18
_TWITTER_REACH: Final = 120


def _twitter(text: str, at: int) -> Place | None:
    zeros = text.find(_TWITTER_ZEROS, max(0, at - _TWITTER_REACH), at)
    if zeros < 0 or not begins_word(text, zeros):
        return None
    found = compiled(_TWITTER).match(text, zeros)
    return found.span() if found is not None and found.end() > at else None


RULES: Final = (
    Rule("private-key", _pem, needles=("private key",), gate=r"BEGIN [A-Z0-9 ]*PRIVATE KEY"),
    Rule("private-key", _putty, needles=("private-lines:",)),
    Rule("private-key", _jwk, needles=("kty",)),
    Rule("jwt", _jwt, needles=("eyj", "eyai", "ewog", "ew0k"), gate=r"(?:eyJ|eyAi|ewog|ew0K)[A-Za-z0-9_-]+\."),
    Rule("jwt", _jwt_in_base64, needles=("zxlk",), gate="ZXlK[A-Za-z0-9]"),
    Rule("twitter-token", _twitter, needles=("%3d",), gate=_TWITTER_ZEROS + "[A-Za-z0-9]"),
    Rule(
        "discord-token",
        _discord,
        needles=_DISCORD_HEADS,
        gate=r"[MNO][TjzD][AEIMQUYcgk][w-z0-5][A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]",
    ),
)
