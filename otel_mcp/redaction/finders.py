"""How a row of a rule file finds its secret: a token by its own shape, or an opaque value beside the word for it.

Both look at a bounded stretch around the place they are asked about, from which they cannot stray: each character is
matched a few times at most, whatever the text is.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.checks import is_placeholder
from otel_mcp.redaction.expressions import compiled, heads
from otel_mcp.redaction.keys import word_set, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otel_mcp.redaction.checks import Check
    from otel_mcp.redaction.rule import Place

__all__ = ["BesideFinder", "TokenFinder", "begins_word", "word_forms"]

_LONGEST: Final = 4096
_WINDOW_BEFORE: Final = 256
_WINDOW_AFTER: Final = 700
_NEAR: Final = 40

# `\n` or `\x1b[31m` before a token is no part of a word, though it ends in a letter.
_ESCAPE: Final = r"(?:\\[nrtbfv]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|\x1b\[[0-9;]{0,8}m)\Z"
_LONGEST_ESCAPE: Final = 11


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def begins_word(text: str, at: int) -> bool:
    """Whether no word goes on from before `at` into the character at `at`."""
    if at == 0 or not _is_word(text[at - 1]) or not _is_word(text[at : at + 1] or " "):
        return True
    lead = text[max(0, at - _LONGEST_ESCAPE) : at]
    if "\\" not in lead and "%" not in lead and "\x1b" not in lead:
        return False  # the usual answer inside a long word, at a tenth of the cost
    return compiled(_ESCAPE).search(lead) is not None


class TokenFinder:
    """Finds what an expression describes.

    The match begins `before` (fewest, most) characters in front of the keyword. Without that it begins at the keyword
    if the expression begins with one, and is else searched for in a window of 256 characters before and 700 behind.
    """

    def __init__(
        self,
        expression: str,
        keywords: Sequence[str],
        *,
        before: tuple[int, int] | None = None,
        checks: Sequence[Check] = (),
        near: Sequence[str] = (),
    ) -> None:
        self._expression = expression
        self._keywords = tuple(keywords)
        self._before = before
        self._checks = tuple(checks)
        self._near = tuple(near)
        self._pattern: re.Pattern[str] | None = None  # compiled at the first hit: most rules never see one

    def __call__(self, text: str, at: int) -> Place | None:
        """See `Rule.find`."""
        pattern = self._pattern or self._compile()
        if self._before is None:
            return self._in_window(pattern, text, at)
        fewest, most = self._before
        for start in range(max(0, at - most), at - fewest + 1):
            if begins_word(text, start) and (match := pattern.match(text, start, at + _LONGEST)):
                place = self._accepted(match, text)
                if place is not None:
                    return place
        return None

    def _compile(self) -> re.Pattern[str]:
        if self._before is None and self._is_anchored():
            self._before = (0, 0)
        # A word that goes on behind the match is another word.
        end = r"(?:(?<![A-Za-z0-9])|(?![A-Za-z0-9]))"
        self._pattern = re.compile(f"(?:{self._expression}){end}", re.ASCII)
        return self._pattern

    def _is_anchored(self) -> bool:
        return all(head.lower().startswith(self._keywords) for head in heads(self._expression))

    def _in_window(self, pattern: re.Pattern[str], text: str, at: int) -> Place | None:
        position, end = max(0, at - _WINDOW_BEFORE), at + _WINDOW_AFTER
        while (match := pattern.search(text, position, end)) and match.start() <= at:
            if match.end() > at and begins_word(text, match.start()):
                place = self._accepted(match, text)
                if place is not None:
                    return place
            position = max(match.end(), match.start() + 1)
        return None

    def why_not(self, text: str) -> str:
        """Why an example that ought to be found is not."""
        if re.search(self._expression, text, re.ASCII) is None:
            return "the expression does not match"
        pattern = self._pattern or self._compile()
        words = [match for match in pattern.finditer(text) if begins_word(text, match.start())]
        if not words:
            return "a letter or digit stands beside what the expression matches: it must be a word of its own"
        value = words[0]["secret" if "secret" in pattern.groupindex else 0] or ""
        if not all(check(value) for check in self._checks):
            return "the validator refuses it"
        if is_placeholder(value):
            return "it looks like a placeholder"
        if self._near and not self._is_near(text, *words[0].span()):
            return f"none of the words in near stands within {_NEAR} characters"
        return "no keyword stands where the expression matches, or 'before' does not fit"

    def _accepted(self, match: re.Match[str], text: str) -> Place | None:
        secret = "secret" if "secret" in match.re.groupindex else 0
        value = match[secret] or ""
        for check in self._checks:
            if not check(value):
                return None
        if is_placeholder(value):
            return None
        if self._near and not self._is_near(text, *match.span()):
            return None
        return match.span(secret)

    def _is_near(self, text: str, start: int, end: int) -> bool:
        around = f"{text[max(0, start - _NEAR) : start]} {text[end : end + _NEAR]}".lower()
        return any(word in around for word in self._near)


# In a lookahead, so that it is read once: a name that no operator follows is not tried again in pieces.
_NAME: Final = r"(?=([\w.\- \t]{0,40}))\1"
_CLOSE: Final = r"[\\\"'`\])}*]{0,4}"
# `name: X, value: Y`, `<key>X</key><string>Y`, `key="X" value="Y"`
_LINK: Final = r"(?:[,;]?\s{1,12}[\\\"']{0,2}[\w]{0,8}(?i:value)[\\\"']{0,2}|</\w{1,12}>\s{0,8}<\w{1,12})?"
# The last of them: the section of an INI file, under which the names stand.
_OPERATOR: Final = r"(?:[:?.+|]{0,3}={1,2}>?|\?[?:]|:-|:{1,3}|->|<-|[,(>]|\|{1,2}|%3[AaDd]|(?<=\])\r?\n)"
_SCHEME: Final = r"(?:(?i:bearer|token|basic|bot|api-?key|geniekey|sso-key|splunk|key|oauth)[ =]{1,3})?"
# `getenv("X", "value")`, `ENV["X"] || "value"`, `${X:-value}`: what stands until the name has a value.
_DEFAULT: Final = (
    r"(?:[\w.:!]{1,40}[\[(]\s{0,3}[\"'`][\w.-]{1,64}[\"'`][\])]?\s{0,3}(?:,|or\b|\|\||\?[?:])\s{0,3}"
    r"(?:default\s?[=:]\s?)?|[\"']?\$\{\w{1,64}:?[-=])?"
)
_STEP: Final = (
    rf"{_NAME}{_CLOSE}{_LINK}\s{{0,3}}{_OPERATOR}\s{{0,16}}{_DEFAULT}[\\\"'`(\[{{<*]{{0,4}}\s{{0,8}}"
    rf"{_SCHEME}[\\\"'`]{{0,2}}"
)
_CREDENTIAL: Final = (
    r"(?i:key|token|secret|api|auth(?!or)|pass|pwd|cred|access|licen[cs]e|login|private|signing|webhook|bearer|jwt|sas"
    r"|pat\b)"
)
_GLUED: Final = (
    r"(?i:s?(?:api|app|access|auth|admin|bot|ci|client|cloud|db|deploy|io|key|license|oauth|pass|password|personal|pat"
    r"|private|pwd|rest|secret|server|service|token|user|webhook))"
)
_METADATA: Final = word_set(
    "branch build checksum commit count created date digest etag expires fingerprint hash host id ids image length md5"
    " name names org path project region release request rev revision serial sha sha1 sha256 size span status team"
    " trace type updated uri url user username uuid version zone"
)
# "the key is X", `--token X`: what the word before the value ends with, and what may stand between. Searched for in
# lower case: without regard to case the search takes four times as long.
_SAID: Final = (
    r"(?:key|token|secret|pass|password|passwd|auth|pat|credential)s?[)\]\"'`*:]{0,3}[ \t]{1,4}"
    r"(?:(?:is|was|to|as|value|now|of)[ \t:=]{1,3})?[\"'`<*(]{0,2}"
)
_SAID_WORDS: Final = ("key", "token", "secret", "pass", "auth", "pat", "cred")
_BARE: Final = r"[ \t]{1,4}(?:(?i:is|was|of)[ \t:=]{1,3})?[\"'`<*(]{0,2}"
_MOST_SAID: Final = 3
_VALUE_NAMES: Final = word_set("const data default final str string text val value")
_MOST_STEPS: Final = 2
_STEPS_REACH: Final = 160
_CONTEXT_BEFORE: Final = 24
_SAID_REACH: Final = 56
_FREE_WORD: Final = 6
_HEAD: Final = 3
_SEPARATORS: Final = ("_", "-", " ", "")


def word_forms(word: str) -> tuple[str, ...]:
    """The spellings of a word in which `_` stands for any way to join two words."""
    return tuple(dict.fromkeys(word.replace("_", separator) for separator in _SEPARATORS)) if "_" in word else (word,)


class BesideFinder:
    """Finds `<word>…<operator><value>`, where the value says nothing by itself.

    Unless the word `alone` is enough, a credential word (key, token, secret …) must stand in the name as well, and a
    name that ends like that of something else (`commit`, `version`, `id`) has no secret.
    """

    def __init__(
        self, words: Sequence[str], value: str, *, alone: bool = False, checks: Sequence[Check] = (), digit: bool = True
    ) -> None:
        self._words = tuple(words)
        self._value = value
        self._alone = alone
        self._checks = tuple(checks)
        self._digit = digit
        self._longest = max(map(len, self._words))
        # Made at the first hit: the words by the letters that all of them have at least, and what the value looks like.
        self._made: tuple[dict[str, list[str]], re.Pattern[str]] | None = None

    def __call__(self, text: str, at: int) -> Place | None:
        """See `Rule.find`."""
        words, value = self._made or self._make()
        written = text[at : at + self._longest].lower()
        for word in words.get(written[:_HEAD], ()):
            if written.startswith(word):
                end = at + len(word)
                if not _is_own_word(text, at, end):
                    return None
                return self._assigned(value, text, at, end) or self._said(value, text, end)
        return None

    def why_not(self, text: str) -> str:
        """Why an example that ought to be found is not."""
        value = re.search(self._value, text, re.ASCII)
        if value is None:
            return "value matches nothing in it"
        lower, found = text.lower(), value["secret" if "secret" in value.re.groupindex else 0] or ""
        if self._digit and not any(map(str.isdigit, found)):
            return "the value holds no digit (digit = false takes those as well)"
        if not all(check(found) for check in self._checks):
            return "the validator refuses the value"
        if is_placeholder(found):
            return "the value looks like a placeholder"
        lax = BesideFinder(self._words, self._value, alone=True, checks=self._checks, digit=self._digit)
        places = [place for word in self._words for place in range(len(text)) if lower.startswith(word, place)]
        if not self._alone and any(lax(text, place) is not None for place in places):
            return "no word such as key, token or secret stands beside the word (alone = true needs none)"
        return "the value does not stand behind the word, as in WORD_KEY=VALUE, or the word is part of a longer one"

    def _make(self) -> tuple[dict[str, list[str]], re.Pattern[str]]:
        words: dict[str, list[str]] = {}
        for word in sorted(self._words, key=len, reverse=True):
            words.setdefault(word[:_HEAD], []).append(word)
        value = re.compile(rf"(?:{self._value})(?![\w+/=~-]|[.@:][\w])", re.ASCII)
        self._made = words, value
        return self._made

    def _assigned(self, value: re.Pattern[str], text: str, at: int, end: int) -> Place | None:
        position, limit = end, end + _STEPS_REACH
        for number in range(_MOST_STEPS):
            step = compiled(_STEP).match(text, position, limit)
            if step is None:
                return None
            found = value.match(text, step.end())
            if found is not None and self._is_credential(text, at, step, first=number == 0):
                return self._accepted(found)
            position = step.end()
        return None

    def _is_credential(self, text: str, at: int, step: re.Match[str], *, first: bool) -> bool:
        words = words_of(step[1])
        if words and words[-1] in _METADATA and words[-2:] != ["access", "id"]:
            return False
        if self._alone:
            return True
        if not first and words and words[-1] not in _VALUE_NAMES:
            return compiled(_CREDENTIAL).search(step[1]) is not None
        return compiled(_CREDENTIAL).search(text, max(0, at - _CONTEXT_BEFORE), step.end()) is not None

    def _said(self, value: re.Pattern[str], text: str, end: int) -> Place | None:
        if self._alone and (bare := compiled(_BARE).match(text, end)) and (found := value.match(text, bare.end())):
            return self._accepted(found)
        around = text[end : end + _SAID_REACH]
        lower = around.lower()
        if not any([word in lower for word in _SAID_WORDS]) or len(lower) != len(around):  # noqa: C419  # a list is faster
            return None
        said = islice(compiled(_SAID).finditer(lower), _MOST_SAID)
        values = (value.match(text, end + sentence.end()) for sentence in said)
        return next((self._accepted(found) for found in values if found is not None), None)

    def _accepted(self, found: re.Match[str]) -> Place | None:
        secret = "secret" if "secret" in found.re.groupindex else 0
        value = found[secret] or ""
        if self._digit and not any(map(str.isdigit, value)):
            return None
        if not all(check(value) for check in self._checks) or is_placeholder(value):
            return None
        return found.span(secret)


def _is_own_word(text: str, at: int, end: int) -> bool:
    """Whether the word stands for itself: `herokuKey`, `MY_HEROKU` and `herokukey` do, `boxes` for `box` does not."""
    if end < len(text) and text[end].isalpha() and text[end - 1].isalpha():
        hump = text[end].isupper() and text[end - 1].islower()
        if not hump and compiled(_GLUED).match(text, end) is None:
            return False
    if end - at >= _FREE_WORD or begins_word(text, at):
        return True
    return text[at].isupper() and text[at - 1].islower()
