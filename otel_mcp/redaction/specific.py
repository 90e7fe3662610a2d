"""Which finding names a stretch of text that several rules have found: the one that says most about what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from otel_mcp.redaction import carriers, tokens
from otel_mcp.redaction.keys import PERSONAL_KINDS

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Rule
    from otel_mcp.redaction.scan import Hit, Scanner

__all__ = ["kind_of_whole", "most_specific"]

_BY_THE_PLACE: Final = frozenset(rule.id for rule in carriers.RULES) - {rule.id for rule in tokens.RULES}
_GENERAL: Final = _BY_THE_PLACE | {"vendor-key"} | (PERSONAL_KINDS - {"card", "iban"})
"""Kinds that tell where a value stood or how it is used, or of which a password may have the form."""

_LONGEST: Final = 4096


def _is_specific(rule: Rule) -> bool:
    return rule.certain and rule.id not in _GENERAL


def most_specific(hits: list[Hit]) -> list[Hit]:
    """The same without what something more specific has found at the very same place."""
    named = {(hit.start, hit.end) for hit in hits if _is_specific(hit.rule)}
    if not named:
        return hits
    return [hit for hit in hits if _is_specific(hit.rule) or (hit.start, hit.end) not in named]


def kind_of_whole(text: str, scanner: Scanner) -> str | None:
    """What the whole of a text is by its own shape, such as a vendor's token or the number of a card."""
    if len(text) > _LONGEST:
        return None
    hits = scanner.hits(text)
    return next((hit.rule.id for hit in hits if hit.end - hit.start == len(text) and _is_specific(hit.rule)), None)
