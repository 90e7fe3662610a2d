"""Credentials behind the name of their scheme, wherever it stands: `Bearer …`, `Basic …`, `Signature=…`."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import is_telling
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_PAIR = Expression(r"[a-z_]{1,24}=[^=]")
_BEARER = Expression(r"bearer(?:[ \t]{1,4}|%20|\+)(?:token[ \t]|[\"'])?([A-Za-z0-9._~+/=:|-]{8,4096})", re.IGNORECASE)
_BASIC = Expression(r"basic(?:[ \t]{1,4}|%20|\+)[\"']?([A-Za-z0-9+/_-]{8,4096}={0,2})", re.IGNORECASE)
_OTHER = Expression(
    r"(?:negotiate|ntlm|ssws|splunk|apikey|api-key|sharedkey(?:lite)?|geniekey|dpop|zoho-oauthtoken|klaviyo-api-key"
    r"|kerberos|mac|snowflake|deepl-auth-key|x-api-key)[ \t]{1,4}(?:token=)?\"?([A-Za-z0-9._~+/=:-]{16,8192})",
    re.IGNORECASE,
)
_FIELD = Expression(
    r"(?:signature|mac|response|cnonce|oauth_signature|oauth_token|oauth_verifier|jwt|token|credential|key)="
    r"\\{0,3}\"?([A-Za-z0-9._~+/=:%-]{16,256})",
    re.IGNORECASE,
)
_FIELD_REST = Expression(r"[A-Za-z0-9._~+/=:%-]*")
_FIELD_BEFORE = ("hawk", "digest", "aws4-", "oauth", "signature", "realm=", "keyid", "hmac", "nonce", "credential=")


def _begins(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_") or text[at - 2 : at] in ("\\n", "\\r", "\\t")


def _bearer(text: str, at: int) -> Place | None:
    match = _BEARER.match(text, at)
    if match is None or not _begins(text, at):
        return None
    # "bearer authentication" and "bearer token-based" are prose.
    credential = match[1]
    if not any(map(str.isdigit, credential)) or _PAIR.match(credential):
        return None
    return match.span(1)


def _basic(text: str, at: int) -> Place | None:
    match = _BASIC.match(text, at)
    if match is None or not _begins(text, at):
        return None
    if match[1].isalpha() and match[1].islower():
        return None  # a word
    credential = match[1].rstrip("=").replace("-", "+").replace("_", "/")
    try:
        decoded = base64.b64decode(credential + "=" * (-len(credential) % 4))
    except (binascii.Error, ValueError):
        return None
    return match.span(1) if b":" in decoded else None


def _matched(pattern: Expression, is_right: Callable[[str], bool]) -> Callable[[str, int], Place | None]:
    def find(text: str, at: int) -> Place | None:
        match = pattern.match(text, at) if _begins(text, at) else None
        return match.span(1) if match is not None and is_right(match[1]) else None

    return find


def _field(text: str, at: int) -> Place | None:
    match = _FIELD.match(text, at)
    if match is None or not _begins(text, at) or not is_telling(match[1]):
        return None
    before = text[max(0, at - 300) : at].rpartition("\n")[2].lower()
    if not any(sign in before for sign in _FIELD_BEFORE):
        return None
    rest = _FIELD_REST.match(text, match.end())
    return match.start(1), match.end() if rest is None else rest.end()


RULES = (
    Rule(
        "bearer",
        _bearer,
        needles=("bearer ", "bearer%20", "bearer+", "bearer\t"),
        gate=r"(?i)bearer(?:[ \t]+|%20|\+)(?:token[ \t]|[\"'])?[\w.~+/=:|\-]*[0-9]",
    ),
    Rule(
        "basic",
        _basic,
        needles=("basic ", "basic%20", "basic\t"),
        gate=r"(?i:basic)(?:[ \t]+|%20|\+)[\"']?[a-z]*[A-Z0-9+/_\-][\w+/\-]*",
    ),
    Rule(
        "authorization",
        _matched(_OTHER, lambda value: is_telling(value) and any(map(str.isdigit, value))),
        needles=tuple(
            f"{scheme} "
            for scheme in (
                *("negotiate", "ntlm", "ssws", "splunk", "apikey", "api-key", "sharedkey", "sharedkeylite", "geniekey"),
                *("dpop", "zoho-oauthtoken", "klaviyo-api-key", "kerberos", "deepl-auth-key"),
            )
        ),
    ),
    Rule(
        "authorization",
        _field,
        needles=(
            *("signature=", "mac=", "response=", "cnonce=", "oauth_signature=", "oauth_token=", "oauth_verifier="),
            "credential=",
        ),
        certain=False,
    ),
)
