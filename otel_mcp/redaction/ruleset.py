"""The rules that come with the package, as one set, and the same with a user's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from otel_mcp.redaction import carriers, personal, tables, tokens
from otel_mcp.redaction.rulefile import builtin_rules
from otel_mcp.redaction.scan import Scanner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from otel_mcp.redaction.rule import Rule

__all__ = ["builtin_scanner", "scanner_with"]


@lru_cache(maxsize=1)
def builtin_scanner() -> Scanner:
    """All built-in rules, compiled on first use."""
    return Scanner(_builtin())


def scanner_with(rules: Iterable[Rule], *, without: Collection[str] = ()) -> Scanner:
    """Some rules more, and none of the package that has one of the ids in `without`."""
    own = tuple(rules)
    if not own and not without:
        return builtin_scanner()
    rules = (rule for rule in _builtin() if rule.id not in without or rule.find_all is not None)
    return Scanner((*rules, *own), without=without)


def _builtin() -> tuple[Rule, ...]:
    return (*builtin_rules(), *tokens.RULES, *carriers.RULES, *tables.RULES, *personal.RULES)
