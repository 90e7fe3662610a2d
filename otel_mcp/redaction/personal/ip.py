"""Public IP addresses. What is not routed, is for documentation or belongs to everybody stays."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.personal.edges import NO_WORD, ends, starts
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from ipaddress import IPv6Network

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

# The IANA registries of special-purpose addresses. A table, because `is_global` differs between versions of Python.
_NOT_PUBLIC_4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    "224.0.0.0/3",
)
_NOT_PUBLIC_6 = ("2001:db8::/32", "3fff::/20", "2001:2::/48", "2001:10::/28", "2001:20::/28")


@cache
def _not_public_4() -> tuple[tuple[int, int], ...]:
    from ipaddress import IPv4Network  # noqa: PLC0415  # most texts hold no address

    networks = map(IPv4Network, _NOT_PUBLIC_4)
    return tuple((int(network.network_address), int(network.netmask)) for network in networks)


@cache
def _not_public_6() -> tuple[IPv6Network, ...]:
    from ipaddress import IPv6Network  # noqa: PLC0415  # as above

    return tuple(map(IPv6Network, _NOT_PUBLIC_6))


_V4 = Expression(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_MAPPED = Expression(r"(?:::|64:ff9b::|(?:0{1,4}:){5})(?:ffff:(?:0{1,4}:)?)?\Z", re.IGNORECASE)
_V6 = Expression(r"[0-9A-Fa-f]{4}:(?:[0-9A-Fa-f]{0,4}:){1,7}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{1,4})?")
_VERSION_SIGNS = " \t\r\n\"':=.#_(-"
_VERSION_WORDS = ("version", "versions")
_VERSION_SHORT = Expression(
    r"(?<![A-Za-z])(?:v|ver|rev|release|build|section|sec|chapter|clause|oid|objectidentifier|firmware|paragraph|schema"
    r"|step)\Z",
    re.IGNORECASE,
)
_COMPARISONS = "=<>^~§ "
_COMPARED = Expression(r"(?:[~<>!=]=|[\s\"'][<>^~]|§)\s?\Z")
_PRODUCT_BEFORE = Expression(r"(?:^|[\s\"'(;,])[A-Za-z][\w+-]{0,40}/\Z")
_HEX_OR_COLON = frozenset("0123456789abcdefABCDEF:")
_BEFORE = 48
# In lists of decimals, such as paths of SVG, some look like an address.
_DECIMAL_BEFORE = Expression(r"[0-9]\.[0-9]+[ ,]-?\Z")
_ADDRESS_WORD = Expression(
    r"ip|host|addr|from|client|server|peer|src|dst|remote|ping|dns|curl|ssh|gateway", re.IGNORECASE
)
_DIGITS = frozenset("0123456789")
_OCTET = 3
_V6_FIRST = 4
_OBJECTS = ("2.5.4.", "2.5.29.")  # arcs of X.500, in every listing of a certificate
_PUBLIC_ZEROS = 0xFFFFFF
_LARGEST_OCTET = 255
_LONGEST_DECIMAL = 16


def _find_v4(text: str, at: int) -> Place | None:
    end = at
    while at > max(0, end - _OCTET) and text[at - 1] in _DIGITS:
        at -= 1
    address = _V4.match(text, at)
    if address is None or not _is_public_4(address[0]):
        return None
    end = address.end()
    if not (_v4_starts(text, at) and _v4_ends(text, end)) or _is_version(text, at):
        return None
    if _is_section(address[0]) and not _ADDRESS_WORD.search(text, max(0, at - _BEFORE), at):
        return None
    mapped = _MAPPED.search(text, max(0, at - 26), at) if text[at - 1 : at] == ":" else None
    if mapped is not None and (mapped.start() == 0 or text[mapped.start() - 1] not in _HEX_OR_COLON):
        at = mapped.start()
    return at, end


def _is_public_4(address: str) -> bool:
    number = 0
    for octet in address.split("."):
        value = int(octet)
        if value > _LARGEST_OCTET or (octet[0] == "0" and octet != "0"):
            return False
        number = number << 8 | value
    # `120.0.0.0` is the version of a browser, or a network.
    return bool(number & _PUBLIC_ZEROS) and not any(number & mask == network for network, mask in _not_public_4())


def _is_section(address: str) -> bool:
    # `3.1.7.2` numbers a section or a release; `1.1.1.1` and `1.2.3.4` are what people write for an address.
    return len(address) == 7 and address != "1.2.3.4" and len(set(address)) > 2  # noqa: PLR2004


def _v4_starts(text: str, at: int) -> bool:
    before = text[at - 1 : at] if at else ""
    if before in (".", "_", "+"):
        return False
    if before == "-":  # `8.8.8.8-8.8.8.15` is a range, `tool-1.2.3.4` a version
        return not text[at - 2 : at - 1].isalpha()
    return starts(text, at)


def _v4_ends(text: str, end: int) -> bool:
    after, next_one = text[end : end + 1], text[end + 1 : end + 2]
    if after == "_" or not ends(text, end):
        return False
    if after == ".":
        return not next_one.isdigit()
    return after not in ("-", "+") or not next_one.isalpha()


def _is_version(text: str, at: int) -> bool:
    before = text[max(0, at - _BEFORE) : at]
    last = before[-1:]
    if last == "/" and _PRODUCT_BEFORE.search(before):
        return True
    if last in " ,-" and _DECIMAL_BEFORE.search(before, max(0, len(before) - _LONGEST_DECIMAL)):
        return True
    if text.startswith(_OBJECTS, at):
        return True
    if last in _COMPARISONS and _COMPARED.search(before, max(0, len(before) - 3)):
        return True
    word = before.rstrip(_VERSION_SIGNS)
    if not word[-1:].isalpha():
        return False
    return word.lower().endswith(_VERSION_WORDS) or _VERSION_SHORT.search(word, max(0, len(word) - 17)) is not None


def _find_v6(text: str, at: int) -> Place | None:
    at -= _V6_FIRST
    address = _V6.match(text, at)
    if address is None or not _v6_is_free(text, at, address.end()):
        return None
    written, end = address[0], address.end()
    if written.endswith(":") and not written.endswith("::"):  # a full stop of a sentence, as it were
        written, end = written[:-1], end - 1
    from ipaddress import AddressValueError, IPv6Address  # noqa: PLC0415  # as above

    try:
        number = IPv6Address(written)
    except AddressValueError:
        return None
    # That it is of 2000::/3 is said by its first digit.
    return None if any(number in network for network in _not_public_6()) else (at, end)


def _v6_is_free(text: str, at: int, end: int) -> bool:
    before = text[at - 1 : at] if at else ""
    return before != ":" and starts(text, at) and ends(text, end)


_V4_GATE = r"[0-9]\.[0-9][0-9]?[0-9]?\.[0-9][0-9]?[0-9]?\.[0-9]"
_V6_GATE = rf"{NO_WORD}[23][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]:[0-9A-Fa-f]?[0-9A-Fa-f]?[0-9A-Fa-f]?[0-9A-Fa-f]?:"
# From the first sign on, which is looked for faster than a digit. Only Python reads these.
_V4_SIGNS = r"\.(?<=[0-9]\.)[0-9]{1,3}\.[0-9]{1,3}\.(?=[0-9])"
_V6_SIGNS = r":(?<=[23][0-9A-Fa-f]{3}:)[0-9A-Fa-f]{0,4}:"

RULES = (
    Rule(
        "ip-address",
        _find_v4,
        pattern=Expression(_V4_SIGNS),
        gate=_V4_GATE,
        personal=True,
    ),
    Rule(
        "ip-address",
        _find_v6,
        pattern=Expression(_V6_SIGNS),
        gate=_V6_GATE,
        personal=True,
    ),
)
