"""Secrets that are known by their shape: tokens of vendors, keys, credentials in URLs and headers, card numbers.

A rule costs one `in` test per text that is clean of its needles. Each pattern begins with a literal or at the start
of a run, and repeats one class that its successor is not in: a text is read once, however it is built.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otel_mcp.redaction.assignments import assigned_value, flag_value
from otel_mcp.redaction.cards import is_card_text
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.marks import Span

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CERTAIN", "RULES", "Rule", "possible_rules", "shape_spans"]

Place = tuple[int, int]

_SHORTEST_WORDY = 24


def _first_group(match: re.Match[str]) -> Place:
    return match.span(match.lastindex or 0)


def _jwt(match: re.Match[str]) -> Place | None:
    head = match[0].partition(".")[0][:4096]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return match.span() if isinstance(header, dict) and ("alg" in header or "enc" in header) else None


def _with_digit(match: re.Match[str]) -> Place | None:
    return match.span() if any(character.isdigit() for character in match[0]) else None


def _bearer(match: re.Match[str]) -> Place | None:
    # "bearer authentication" and "bearer token-based" are prose.
    credential = match[1]
    prose = len(credential) < _SHORTEST_WORDY and not any(character.isdigit() for character in credential)
    return None if prose else match.span(1)


def _basic(match: re.Match[str]) -> Place | None:
    credential = match[1].rstrip("=")
    try:
        decoded = base64.b64decode(credential + "=" * (-len(credential) % 4))
    except (binascii.Error, ValueError):
        return None
    return match.span(1) if b":" in decoded else None


def _url_password(match: re.Match[str]) -> Place | None:
    password = match[1]
    placeholder = not password.strip("*") or password.startswith(("${", "{{", "[REDACTED:"))
    return None if placeholder else match.span(1)


def _card(match: re.Match[str]) -> Place | None:
    return match.span() if is_card_text(match[0]) else None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One row: `needles` are looked for first (`fold`: in lower case); `place` says what of a match must go, if any."""

    id: str
    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    place: Callable[[re.Match[str]], Place | None] = _first_group
    fold: bool = False
    certain: bool = True  # the shape alone proves it: remembered, and removed in other spellings too


def _rule(
    rule_id: str, needles: str, pattern: str, place: Callable[[re.Match[str]], Place | None] = _first_group
) -> Rule:
    return Rule(rule_id, tuple(needles.split()), re.compile(r"(?<![A-Za-z0-9])" + pattern), place)


# One of these is in every name that the key classifier calls sensitive.
_HINTS = sorted(
    word_set(
        "pass pwd secret token key credential cred cookie auth jwt bearer mnemonic cvv cvc csc otp ssn pin code phrase"
        " card connection social answer kennwort contra senha motdepasse пароль 密码 密碼"
    )
)

RULES = (
    _rule("github-token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{16,}"),
    _rule("github-token", "github_pat_", r"github_pat_[A-Za-z0-9_]{20,}"),
    _rule("gitlab-token", "glpat-", r"glpat-[A-Za-z0-9_.-]{16,}"),
    _rule("slack-token", "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),
    _rule("slack-token", "xapp-", r"xapp-[A-Za-z0-9-]{16,}"),
    _rule("aws-key", "AKIA ASIA", r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _rule("google-key", "AIza", r"AIza[A-Za-z0-9_-]{30,}"),
    _rule("stripe-key", "k_live_ k_test_", r"[rs]k_(?:live|test)_[A-Za-z0-9]{10,}"),
    _rule("anthropic-key", "sk-ant-", r"sk-ant-[A-Za-z0-9_-]{16,}"),
    _rule("openai-key", "sk-", r"sk-[A-Za-z0-9_-]{20,}", _with_digit),
    _rule("npm-token", "npm_", r"npm_[A-Za-z0-9]{30,}"),
    _rule("pypi-token", "pypi-", r"pypi-[A-Za-z0-9_-]{32,}", _with_digit),
    Rule(
        "jwt",
        ("eyJ",),
        re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,3}"),
        _jwt,
    ),
    Rule(
        "private-key",
        ("PRIVATE KEY",),
        # Up to the END line, or to the end of the text where the block was cut off.
        re.compile(
            r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
            r"[^-]*(?:-(?!----)[^-]*)*(?:-----END [A-Z0-9 ]{0,60}-{0,5})?"
        ),
    ),
    Rule(
        "bearer",
        ("bearer ",),
        re.compile(r"\bbearer {1,4}([A-Za-z0-9._~+/=:-]{8,})", re.IGNORECASE),
        _bearer,
        fold=True,
    ),
    Rule(
        "basic",
        ("basic ",),
        re.compile(r"\bbasic {1,4}([A-Za-z0-9+/]{8,}={0,2})", re.IGNORECASE),
        _basic,
        fold=True,
    ),
    Rule(
        "url-credentials",
        ("://",),
        re.compile(r"://[^\s/?#:\"'<>@]{0,256}:([^\s/?#\"'<>]{1,512})@"),
        _url_password,
    ),
    Rule(
        "assignment",
        (),
        re.compile(
            r"(?<![\w.-])-{0,2}([^\W\d][\w.-]{0,127})\\{0,3}[\"']?\]?\s{0,3}(?::=|=>|=(?!=)|:(?!:|//))[ \t]{0,3}"
        ),
        assigned_value,
        certain=False,
    ),
    Rule(
        "assignment",
        ("--",),
        re.compile(r"(?<![\w-])--([A-Za-z][\w-]{0,63})[ \t]{1,3}"),
        flag_value,
        certain=False,
    ),
    Rule("card", (), re.compile(r"(?<![\w.-])[2-6]\d(?:[ -]?\d){11,17}(?![\w-])"), _card),
)

# A cheap sign of a card: enough digits close to each other, of which the first can begin a card number.
_DIGITS = re.compile(r"[2-6]\d{3}[ -]?\d{4,6}[ -]?\d{4,5}")


# Two flat tables, so that the gate is one loop without calls.
_EXACT = tuple((needle, rule) for rule in RULES if not rule.fold for needle in rule.needles)
_FOLDED = tuple((needle, rule) for rule in RULES if rule.fold for needle in rule.needles)
_ASSIGNMENT = next(rule for rule in RULES if rule.place is assigned_value)
_CARD = next(rule for rule in RULES if rule.place is _card)


# What these rules find is a secret by itself, so it is remembered and removed in other spellings too.
CERTAIN = frozenset(rule.id for rule in RULES if rule.certain)


def possible_rules(text: str) -> list[Rule]:
    """The rules whose needles a text holds; the text may be many texts joined."""
    lower = text.lower()
    found = [rule for needle, rule in _EXACT if needle in text]
    found += [rule for needle, rule in _FOLDED if needle in lower]
    if ("=" in text or ":" in text) and any([hint in lower for hint in _HINTS]):  # noqa: C419  # a list is faster
        found.append(_ASSIGNMENT)
    if _DIGITS.search(text):
        found.append(_CARD)
    return list(dict.fromkeys(found))


def shape_spans(text: str, rules: list[Rule]) -> list[Span]:
    """What these rules find in one text."""
    spans: list[Span] = []
    for rule in rules:
        if rule.place is not assigned_value or "=" in text or ":" in text:
            spans += _spans(text, rule)
    return spans


def _spans(text: str, rule: Rule) -> list[Span]:
    spans, position = [], 0
    while match := rule.pattern.search(text, position):
        place = rule.place(match)
        # The next search begins behind the removed stretch: each character is looked at once per rule.
        position = max(match.end(), match.start() + 1)
        if place is not None and place[1] > place[0]:
            spans.append(Span(*place, rule.id))
            position = max(position, place[1])
    return spans
