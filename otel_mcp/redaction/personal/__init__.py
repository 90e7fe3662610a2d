"""What tells of a person: addresses, numbers and dates that shape, check digits or the words beside them give away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.personal import (
    accounts,
    birth,
    card,
    elsewhere,
    email,
    iban,
    ip,
    mac,
    national,
    passport,
    phone,
    phone_words,
    ssn,
)

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Rule

__all__ = ["RULES"]

RULES: Final[tuple[Rule, ...]] = (
    *email.RULES,
    *card.RULES,
    *iban.RULES,
    *ssn.RULES,
    *national.RULES,
    *phone.RULES,
    *phone_words.RULES,
    *ip.RULES,
    *mac.RULES,
    *birth.RULES,
    *passport.RULES,
    *accounts.RULES,
    *elsewhere.RULES,
)
