"""Texts that redaction leaves as they are; each is looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from otel_mcp.redaction import Redactor

__all__ = ["PlainTexts"]

_MOST: Final = 4096
_LONGEST: Final = 512
"""Characters of a text that is remembered: a peer that sends long ones gets slower answers, not our memory."""


class PlainTexts:
    """Answers `text in plain`."""

    def __init__(self, redactor: Redactor, *, most: int = _MOST) -> None:
        self._redactor = redactor
        self._most = most
        self.known: set[str] = set()

    def __contains__(self, text: str) -> bool:
        if text in self.known:
            return True
        if self._redactor.scope().text(text) != text:
            return False
        if len(text) <= _LONGEST and len(self.known) < self._most:
            self.known.add(text)
        return True
