"""What stands where something was removed. A marker names the kind of thing and tells nothing else about it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CUTS",
    "JSON",
    "KINDS",
    "MARK",
    "MOST_FINDINGS",
    "Finding",
    "Redacted",
    "Span",
    "is_marker",
    "issued",
    "know_kinds",
    "mark",
    "marker_spans",
    "replace",
    "scalar_text",
]

JSON = Any

MARK = "[REDACTED:%s]"

# A closed list: were every `[REDACTED:word]` of a text taken for our own marker, a word written so would be shielded.
# The ids of the rules are added when the rules are compiled.
KINDS = {"cycle", "declared", "depth", "error", "key", "oversize", "taint"}

CUTS: Final = frozenset({"cycle", "depth", "oversize"})
"""Kinds of what is missing because of a limit, not because of what it says."""

MOST_FINDINGS: Final = 256
"""Findings of one value that are told; there may be more."""

DROPPED: Final[Any] = object()
"""Stands for a value that is to be left out."""

_MARKER = Expression(r"\[REDACTED:([a-z0-9-]{1,40})\]")

# What tells two values apart: a pseudonym, `[email:k1a2b3c4:9f3a…]`, or the last four, `[REDACTED:card *1234]`.
_TELLING = Expression(r"\[(?:REDACTED:)?([a-z0-9-]{1,40})(?::[a-z0-9]{1,16}:[0-9a-f]{24}| \*[0-9A-Za-z]{4})\]")
# Such a marker is known by having been made here: by its form alone, anybody could write a secret of that form and
# have it pass for a pseudonym. What is forgotten is looked at like any other text.
_MOST_ISSUED = 1 << 14
_issued: dict[str, None] = {}
_lock = threading.Lock()  # guards the order of the markers that were made


class Finding(NamedTuple):
    """One removal: which rule, and where. Never the value."""

    rule: str
    path: str


class Redacted(NamedTuple):
    """A value that may leave the process, and what was taken out of it."""

    value: JSON
    findings: tuple[Finding, ...]


class Span(NamedTuple):
    """A stretch of a text that must go."""

    start: int
    end: int
    kind: str
    shown: str | None = None
    """What is to stand there, if not the marker of the kind."""


def mark(kind: str) -> str:
    """The marker of a kind."""
    return MARK % kind


def scalar_text(value: JSON) -> str | None:
    """A text, or a number as it is written; None for anything else."""
    if isinstance(value, str):
        return str.__str__(value)
    return str(value) if type(value) in (int, float) else None


def know_kinds(kinds: Iterable[str]) -> None:
    """Recognise the markers of these kinds from now on."""
    KINDS.update(kinds)


def issued(marker: str) -> str:
    """The marker itself, which tells two values apart and is recognised from now on."""
    if marker:
        with _lock:
            _issued.pop(marker, None)
            _issued[marker] = None
            if len(_issued) > _MOST_ISSUED:
                del _issued[next(iter(_issued))]
    return marker


def is_marker(text: str) -> bool:
    """Whether the text is one marker and nothing else."""
    found = _MARKER.fullmatch(text)
    return found[1] in KINDS if found is not None else text in _issued


def marker_spans(text: str) -> list[Span]:
    """The markers that a text already holds."""
    spans: list[Span] = []
    if "[REDACTED:" in text:
        spans = [Span(*found.span(), found[1]) for found in _MARKER.finditer(text) if found[1] in KINDS]
    if _issued and "[" in text:
        telling = (found for found in _TELLING.finditer(text) if found[0] in _issued)
        spans += [Span(*found.span(), found[1], found[0]) for found in telling]
    return spans


def replace(text: str, spans: list[Span]) -> str:
    """The text with one marker for each group of spans that overlap or touch."""
    if not spans:
        return text
    # Markers join the merge, so that a literal such as "REDACTED" does not open an older marker.
    merged = _merged([*marker_spans(text), *spans])
    pieces: list[str] = []
    position = 0
    for span in merged:
        pieces += (text[position : span.start], mark(span.kind) if span.shown is None else span.shown)
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)


def _merged(spans: list[Span]) -> list[Span]:
    spans = sorted(spans, key=lambda span: (span.start, -span.end))
    merged = [spans[0]]
    for span in spans[1:]:
        last = merged[-1]
        # Two that touch and tell different values are two values.
        if span.start > last.end or (span.start == last.end and span.shown != last.shown):
            merged.append(span)
        else:
            merged[-1] = _joined(last, span)
    return merged


def _joined(last: Span, span: Span) -> Span:
    winner = span if last.kind == "taint" != span.kind else last
    shown = winner.shown
    if shown is not None and shown != (last if winner is span else span).shown and shown.startswith("[REDACTED:"):
        shown = None  # the end of a card number is shown, the end of something else that covers it is not
    return Span(last.start, max(last.end, span.end), winner.kind, shown)
