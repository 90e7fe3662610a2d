"""The memory of an operation: what was found sensitive in one place is removed from every other place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from otel_mcp.redaction.encodings import clean_text, forms_of, secrets_within
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.gate import make_search
from otel_mcp.redaction.keys import is_sensitive_key, word_set
from otel_mcp.redaction.marks import Span, is_marker

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CUT", "MOST_SECRETS", "Taint", "TooMuch"]

CUT = "[TRUNCATED "  # the start of the note that replaces the end of a long text

MOST_SECRETS = 2000  # beyond it the search alone would hold up the application: the scope gives up instead
_SHORTEST_LITERAL = 4
_SHORTEST_CUT_SECRET = 8
_GRAM = 3  # fewer characters of a secret before an ellipsis say nothing
_FEW_LITERALS = 64
_PARTS_TRIED = 24
_LONGEST_CUT_FORM = 4096
_NUMBER = Expression(r"[-+0-9.eE]+")
_ELLIPSIS = Expression(r"\.\.\.|…|\[TRUNCATED ")

# Under a telling name these are descriptions, not secrets. To remove them everywhere would destroy the operation.
_UNTELLING = word_set(
    "any apikey array basic bearer boolean bool bytes cookie digest disabled enabled false float header hidden http int"
    " integer nil none null number oauth oauth2 object openid optional password query redacted required secret str"
    " string text token true undefined"
    " unknown"
)


class TooMuch(Exception):
    """The operation holds more than may be read or remembered, so nothing of it may be shown."""


class Taint:
    """Literals to remove; `parent` holds those that every operation of the process shares."""

    def __init__(self, parent: Taint | None = None) -> None:
        self._parent = parent
        self._lock = threading.Lock()  # guards the three collections and the derived tables below them
        self._secrets: set[str] = set()
        self._words: frozenset[str] = frozenset()  # replaced, never changed: it is read without the lock
        self._literals: set[str] = set()
        self._numeric = False
        self._search: Callable[[str], bool] | None = None
        self._sorted: tuple[str, ...] | None = ()
        self._parts: dict[str, list[str]] = {}
        self._grams: dict[str, list[str]] | None = None

    @property
    def size(self) -> int:
        """How many secrets are remembered here, the parent's not counted."""
        return len(self._secrets)

    @property
    def active(self) -> bool:
        """Whether there is anything to remove."""
        return bool(self._secrets) or (self._parent is not None and self._parent.active)

    @property
    def numeric(self) -> bool:
        """Whether a number may be one of the secrets."""
        return self._numeric or (self._parent is not None and self._parent.numeric)

    def learn(self, value: str, *, cookie: bool = False, declared: bool = False) -> None:
        """Remember a sensitive string with the parts of it that travel alone.

        Raises:
            TooMuch: there are more of them than can be looked for.
        """
        if not declared and (value.strip().lower() in _UNTELLING or (value.isalpha() and is_sensitive_key(value))):
            return
        for secret in secrets_within(value, cookie=cookie):
            self._add(secret)
            self._add(clean_text(secret))

    def _add(self, secret: str) -> None:
        # A row of stars is what is left where somebody else has hidden a secret already.
        if not secret.strip() or secret in self._secrets or is_marker(secret) or not secret.strip("*•"):
            return
        if len(secret) < _SHORTEST_LITERAL:
            literals: set[str] = set()
        else:
            literals = {form for form in forms_of(secret) if len(form) >= _SHORTEST_LITERAL}
        if len(self._secrets) >= MOST_SECRETS:
            raise TooMuch
        with self._lock:
            self._secrets.add(secret)
            self._numeric = self._numeric or _NUMBER.fullmatch(secret) is not None
            if not literals:
                self._words |= {secret}
            self._literals |= literals
            self._sorted = self._grams = self._search = None

    def freeze(self) -> None:
        """Prepare for many texts, when all there is to know is known; learning more undoes it."""
        # A text is free of lone surrogates when it gets here, so a secret with one is looked for as it is then written.
        literals = [literal for literal in self._table() if clean_text(literal) is literal]
        if literals:
            self._search = make_search(literals)

    def touches(self, text: str) -> bool:
        """Whether any removal might be due in a text; the text may be many texts joined."""
        if self._parent is not None and self._parent.touches(text):
            return True
        if not self._secrets:
            return False
        if self._may_be_part(text):
            return True
        search = self._search
        return bool(self._present(text)) if search is None else search(text)

    def literals_in(self, text: str) -> list[str] | None:
        """What `spans` would find in the texts that are joined here; None if there may be more than literals."""
        literals = [] if self._parent is None else self._parent.literals_in(text)
        if literals is None or not self._secrets:
            return literals
        if self._may_be_part(text):
            return None
        return literals if self._search is not None and not self._search(text) else literals + self._present(text)

    def _may_be_part(self, text: str) -> bool:
        # With an ellipsis, half of a secret may be there.
        return "..." in text or "…" in text or CUT in text or any(word in text for word in self._words)

    def spans(self, text: str) -> list[Span]:
        """Where the secrets stand in one text."""
        spans = [] if self._parent is None else self._parent.spans(text)
        if not self._secrets:
            return spans
        for literal in self._present(text):
            spans += _occurrences(text, literal)
        spans += self._short(text)
        spans += self._cut_off(text)
        return spans

    def _present(self, text: str) -> list[str]:
        literals = self._table()
        if len(literals) <= _FEW_LITERALS:
            return [literal for literal in literals if literal in text]
        # With many literals the text is walked once instead of once for each.
        parts = self._parts
        found = {text[at : at + _SHORTEST_LITERAL] for at in range(len(text) - _SHORTEST_LITERAL + 1)}
        return [literal for part in found if part in parts for literal in parts[part] if literal in text]

    def _table(self) -> tuple[str, ...]:
        known = self._sorted
        if known is None:
            with self._lock:
                known = tuple(sorted(self._literals, key=len, reverse=True))
                self._parts = _by_part(known) if len(known) > _FEW_LITERALS else {}
                self._sorted = known
        return known

    def _short(self, text: str) -> list[Span]:
        if not self._words:
            return []
        if text.strip() in self._words:
            return [Span(0, len(text), "taint")]
        return [
            span
            for word in self._words
            if len(word) == _SHORTEST_LITERAL - 1 and word in text
            for span in _occurrences(text, word)
            if _stands_alone(text, span)
        ]

    def _cut_off(self, text: str) -> list[Span]:
        if _ELLIPSIS.search(text) is None:
            return []
        grams = self._gram_table()
        spans: list[Span] = []
        for ellipsis in _ELLIPSIS.finditer(text):
            start, end = ellipsis.span()
            before = grams.get(text[max(0, start - _GRAM) : start], ())
            spans += [Span(start - _head_before(text, start, literal), start, "taint") for literal in before]
            after = grams.get(text[end : end + _GRAM], ())
            spans += [Span(end, end + _tail_after(text, end, literal), "taint") for literal in after]
        return [span for span in spans if span.start < span.end]

    def _gram_table(self) -> dict[str, list[str]]:
        known = self._grams
        if known is None:
            with self._lock:
                known = {}
                for literal in self._literals:
                    if _SHORTEST_CUT_SECRET <= len(literal) <= _LONGEST_CUT_FORM:
                        for gram in {literal[at : at + _GRAM] for at in range(len(literal) - _GRAM + 1)}:
                            known.setdefault(gram, []).append(literal)
                self._grams = known
        return known


def _by_part(literals: tuple[str, ...]) -> dict[str, list[str]]:
    # Secrets of one vendor begin alike: each is filed under that part of it which is the rarest so far.
    filed: dict[str, list[str]] = {}
    for literal in literals:
        last = min(len(literal) - _SHORTEST_LITERAL + 1, _PARTS_TRIED)
        parts = (literal[at : at + _SHORTEST_LITERAL] for at in range(last))
        # Most often an early part is that of no other secret.
        new = next((part for part in parts if part not in filed), None)
        if new is not None:
            filed[new] = [literal]
            continue
        rarest = min((literal[at : at + _SHORTEST_LITERAL] for at in range(last)), key=lambda part: len(filed[part]))
        filed[rarest].append(literal)
    return filed


def _occurrences(text: str, literal: str) -> list[Span]:
    spans, at = [], text.find(literal)
    while at >= 0:
        end = at + len(literal)
        spans.append(Span(at, end, "taint"))
        at = text.find(literal, end)
    return spans


def _stands_alone(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    return not (before.isalnum() or after.isalnum() or "_" in (before, after))


def _head_before(text: str, end: int, literal: str) -> int:
    # Only beginnings of the secret that end like the text does are compared.
    gram = text[end - _GRAM : end]
    at = literal.rfind(gram)
    while at >= 0:
        length = at + _GRAM
        if text.endswith(literal[:length], 0, end):
            return length
        at = literal.rfind(gram, 0, length - 1)
    return 0


def _tail_after(text: str, start: int, literal: str) -> int:
    gram = text[start : start + _GRAM]
    at = literal.find(gram)
    while at >= 0:
        if text.startswith(literal[at:], start):
            return len(literal) - at
        at = literal.find(gram, at + 1)
    return 0
