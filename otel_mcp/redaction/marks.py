"""What stands where something was removed. A marker names the kind of thing and tells nothing else about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["JSON", "KINDS", "MARK", "Finding", "Redacted", "Span", "is_marker", "mark", "marker_spans", "replace"]

JSON = Any

MARK = "[REDACTED:%s]"

# A closed list: were every `[REDACTED:word]` of a text taken for our own marker, a word written so would be shielded.
KINDS = frozenset(
    {
        "anthropic-key",
        "assignment",
        "aws-key",
        "basic",
        "bearer",
        "card",
        "cycle",
        "declared",
        "depth",
        "error",
        "github-token",
        "gitlab-token",
        "google-key",
        "jwt",
        "key",
        "npm-token",
        "openai-key",
        "oversize",
        "private-key",
        "pypi-token",
        "slack-token",
        "stripe-key",
        "taint",
        "url-credentials",
    }
)

_MARKER = re.compile(r"\[REDACTED:([a-z-]{1,24})\]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One removal: which rule, and where. Never the value."""

    rule: str
    path: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A value that may leave the process, and what was taken out of it."""

    value: JSON
    findings: tuple[Finding, ...]


class Span(NamedTuple):
    """A stretch of a text that must go."""

    start: int
    end: int
    kind: str


def mark(kind: str) -> str:
    """The marker of a kind."""
    return MARK % kind


def is_marker(text: str) -> bool:
    """Whether the text is one marker and nothing else."""
    found = _MARKER.fullmatch(text)
    return found is not None and found[1] in KINDS


def marker_spans(text: str) -> list[Span]:
    """The markers that a text already holds."""
    if "[REDACTED:" not in text:
        return []
    return [Span(*found.span(), found[1]) for found in _MARKER.finditer(text) if found[1] in KINDS]


def replace(text: str, spans: list[Span]) -> str:
    """The text with one marker for each group of spans that overlap or touch."""
    if not spans:
        return text
    # Markers join the merge, so that a literal such as "REDACTED" does not open an older marker.
    merged = _merged([*marker_spans(text), *spans])
    pieces: list[str] = []
    position = 0
    for span in merged:
        pieces += (text[position : span.start], mark(span.kind))
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)


def _merged(spans: list[Span]) -> list[Span]:
    spans = sorted(spans, key=lambda span: (span.start, -span.end))
    merged = [spans[0]]
    for span in spans[1:]:
        last = merged[-1]
        if span.start > last.end:
            merged.append(span)
        else:
            merged[-1] = Span(last.start, max(last.end, span.end), span.kind if last.kind == "taint" else last.kind)
    return merged
