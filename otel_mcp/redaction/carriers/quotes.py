"""Values in quotes, of any of the signs that quote, and where they end."""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import FUNCTION_WORDS, LABEL_WORDS, is_placeholder, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN, word_set

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["CLOSING", "OPENING", "quoted_at"]

CLOSING = {"“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』", "‹": "›"}
OPENING = Expression(
    r"(?:[rbufRBUF@$]{1,2}(?=['\"]))?(?:(\\{0,7})(\"{3}|'{3}|[\"'`])|(&quot;|&#3[49];|&apos;|\\u002[27])|"
    rf"([{''.join(CLOSING)}]))"
)
_QUOTED = {quote: Expression(rf"[^{quote}\\\n]*(?:\\.[^{quote}\\\n]*)*", re.DOTALL) for quote in "\"'`"}
_LONGEST_LINES = 4096
_LONGEST_ASYMMETRIC = 512
_FOREIGN_LABEL = Expression(
    r"(?:" + "|".join(FOREIGN) + r")|passw[oö]rt|kennwort|(?:zugangs|sicherheits)code|wachtwoord|mots? de passe"
    r"|parola d'ordine|palabra clave|adgangskode|salasana|heslo\b|senha\b|passord"
)
_LABEL_NOUNS = word_set("password passwords token tokens secret key keys credentials passwort")
_TAG_OF_FIELD = Expression(r"\w{1,20}:\\{0,3}\"")  # `json:"password"` behind a field of a struct in Go


def quoted_at(text: str, start: int, name: str, opening: re.Match[str] | None = None) -> Place | None:
    """The inside of the quotes that open at `start`."""
    opening = opening or OPENING.match(text, start)
    if opening is None:
        return None
    begin = opening.end()
    head = text[begin : begin + 64]
    if is_placeholder(_cut(head, opening)) or head.startswith("[REDACTED:"):
        return None
    end = _quoted_end(text, opening)
    value = text[begin:end]
    if not is_value(value, name) or _is_label(value) or (opening[2] == "`" and _TAG_OF_FIELD.match(value)):
        return None
    return begin, end


def _cut(head: str, opening: re.Match[str]) -> str:
    closing = (opening[1] or "") + (opening[2] or "") or opening[3] or CLOSING[opening[4]]
    return head.partition(closing)[0]


def _quoted_end(text: str, opening: re.Match[str]) -> int:
    begin = opening.end()
    if opening[2] is None or len(opening[2]) > 1 or opening[1]:
        closings = CLOSING[opening[4]] if opening[4] else [opening[3] or (opening[1] or "") + opening[2]]
        # Signs that open and close alike bound each other; of the others only one may stand in the text.
        last = begin + _LONGEST_ASYMMETRIC if opening[4] else len(text)
        found = [end for closing in closings if (end := text.find(closing, begin, last)) >= 0]
        if found:
            return min(found)
        return len(text) if opening[1] or opening[3] else _line_end(text, begin, last)
    closing = _QUOTED[opening[2]].match(text, begin)
    end = begin if closing is None else closing.end()
    if text[end : end + 1] == "\n" and text[begin:end].strip():
        return _end_of_lines(text, begin, end, opening[2])
    return end


def _line_end(text: str, begin: int, last: int) -> int:
    end = text.find("\n", begin, last)
    return min(last, len(text)) if end < 0 else end


def _end_of_lines(text: str, begin: int, end: int, quote: str) -> int:
    # A value in `.env` may go over lines; then its quote closes at the end of one of them.
    last = text.find(quote, begin, begin + _LONGEST_LINES)
    if last >= 0 and text[last + 1 : last + 2] in ("", "\n", "\r", ",", ";", ")"):
        return last
    return end


@lru_cache(maxsize=1024)
def _is_label(value: str) -> bool:
    # "Enter your password" stands on a form; a passphrase is made of other words.
    if len(value) > 160 or any(character in "0123456789@#$%^&*+=_~|\\" for character in value):  # noqa: PLR2004
        return False
    if _FOREIGN_LABEL.search(value.lower()):
        return True
    words = [word.strip(".,:;!?()*'\"…").lower() for word in value.split()]
    if all(not word or word in LABEL_WORDS for word in words):
        return True
    spoken = value[:1].isupper() or value[-1:] in ".!?:" or any(word in _LABEL_NOUNS for word in words)
    return spoken and len(words) > 2 and len([word for word in words if word in FUNCTION_WORDS]) * 5 >= len(words)  # noqa: PLR2004
