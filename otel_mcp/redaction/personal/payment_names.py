"""Names under which people are paid: aliases of accounts in Argentina, keys of Pix, addresses of UPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.words import WordTable

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["WORDS"]

_FARTHEST: Final = 72
_UPI: Final = WordTable(("upi id*", "upi address*", "upi handle*", "vpa"))
_UPI_NAME: Final = Expression(r"(?<![\w.-])[\w.-]{2,60}@[a-z]{2,20}(?![\w.@-])")
# Banco Central de la República Argentina, Comunicación A 6044: 6 to 20 letters, digits, points and hyphens.
_ALIAS: Final = WordTable(("alias cbu", "alias cvu", "alias de la cuenta", "alias de cuenta", "alias bancario"))
_ALIAS_NAME: Final = Expression(
    r"[\"'`*\\]{0,4}[ ]?(?:(?:es|is|:|=|=>|[|│,\t])[ ]{0,24}[\"'`*\\]{0,4}|[ ]{2,24})"
    r"(?P<name>(?=[\w.-]{6,32}(?![\w-]))[A-Za-z0-9]{1,20}(?:[.-][A-Za-z0-9]{1,20}){1,5})"
)
_PIX: Final = WordTable(("chave pix*", "pix key*", "chave aleatória*", "chave aleatoria*"))
_PIX_KEY: Final = Expression(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")


def _is_called(text: str, word: Word) -> Place | None:
    name = _ALIAS_NAME.match(text, word[1])
    return None if name is None else name.span("name")


def _pays(text: str, word: Word) -> Place | None:
    key = _PIX_KEY.search(text, word[1], word[1] + _FARTHEST)
    return key.span() if key is not None and _PIX.reaches(text[word[1] : key.start()]) else None


def _is_paid(text: str, word: Word) -> Place | None:
    name = _UPI_NAME.search(text, word[1], word[1] + _FARTHEST)
    return name.span() if name is not None and _UPI.reaches(text[word[1] : name.start()]) else None


WORDS = (
    (_ALIAS, "bank-account", _is_called),
    (_PIX, "bank-account", _pays),
    (_UPI, "bank-account", _is_paid),
)
