"""Hardware addresses: EUI-48 and EUI-64 as IEEE, Unix and Cisco write them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import NO_WORD, ends, starts
from otel_mcp.redaction.personal.words import WordTable, announced
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.personal.words import Word
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "WORDS"]

_MAC = Expression(
    r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
)
_EUI_64 = Expression(r"(?:[0-9A-Fa-f]{2}([:-])){3}(?i:ff\1fe)(?:\1[0-9A-Fa-f]{2}){3}")
_BARE_MAC = Expression(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{12}(?![0-9A-Za-z])")
_PLACEHOLDER_MACS = frozenset({"0" * 12, "f" * 12})
_LETTERS = frozenset("abcdefABCDEF")
_WINDOW = 56
_WORDS = WordTable(
    [
        *("mac address*", "mac_address*", "macaddress*", "mac-address*", "mac addr", "mac_addr*", "macaddr*", "mac id"),
        *("hwaddr*", "hw_addr*", "hardware address*", "ethernet address*", "bssid*", "lladdr*", "physical address*"),
        *("mac", "wifi mac*", "device mac*"),
        *("bluetooth address*", "bluetooth addr*", "bt address*", "wlan address*", "wifi address*"),
    ]
)


def _find(first: int, text: str, at: int) -> Place | None:
    at -= first
    address = _EUI_64.match(text, at) or _MAC.match(text, at)
    if address is None:
        return None
    sign, end = address[0][2] if address[0][2] in ":-" else ".", address.end()
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    # Two more digits on either side: a fingerprint of a key.
    longer = (before in (":", "-", ".") and text[at - 2 : at - 1].isalnum()) or (
        after in (sign, "-") and text[end + 1 : end + 2].isalnum()
    )
    if longer or not (starts(text, at) and ends(text, end)):
        return None
    digits = address[0].replace(sign, "").lower()
    if digits in _PLACEHOLDER_MACS or (sign != ":" and _LETTERS.isdisjoint(digits)):
        return None
    return at, end


def _find_bare(text: str, word: Word) -> Place | None:
    address = _BARE_MAC.search(text, word[1], word[1] + _WINDOW)
    if address is None or address[0].lower() in _PLACEHOLDER_MACS:
        return None
    return address.span() if _WORDS.reaches(text[word[1] : address.start()]) else None


_HEX = "[0-9A-Fa-f][0-9A-Fa-f]"
_GATE = rf"{NO_WORD}{_HEX}(?:(?::{_HEX}){{5}}|(?:-{_HEX}){{5}}|{_HEX}\.{_HEX}{_HEX}\.{_HEX}{_HEX})"
# One rule for each sign: from the first of them on, which is looked for faster than a digit. Only Python reads these.
_SIGNS = (
    (2, rf":(?<={_HEX}:)(?:{_HEX}:){{4}}(?={_HEX})"),
    (2, rf"-(?<={_HEX}-)(?:{_HEX}-){{4}}(?={_HEX})"),
    (4, rf"\.(?<={_HEX}{_HEX}\.){_HEX}{_HEX}\.(?={_HEX}{_HEX})"),
)

WORDS = (_WORDS, "mac-address", _find_bare)
RULES = (
    *(
        Rule("mac-address", partial(_find, first), pattern=Expression(signs), gate=_GATE, personal=True)
        for first, signs in _SIGNS
    ),
    announced("mac-address", _WORDS, _find_bare),
)
