"""Secrets at their place in a protocol, a dialogue or a dump: `PASS` of FTP, a router's `secret 0`, codes in a list."""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from otel_mcp.redaction.rule import Place

__all__ = ["LINE", "RULES", "anything", "is_named", "is_password", "rule", "tells_itself"]

LINE = r"(?:\r?\n|(?:\\r)?\\n)"
_CODE = r"(?:[-*][ ])?[A-Za-z0-9]{3,10}(?:[- ][A-Za-z0-9]{3,10}){0,3}"
_TELLS = 6


def anything(_: re.Match[str]) -> bool:
    """Every match is right."""
    return True


def is_password(match: re.Match[str]) -> bool:
    """Whether the secret may be a password, and is no placeholder or type."""
    return is_value(match["secret"], "password")


def tells_itself(match: re.Match[str]) -> bool:
    """Whether the secret can be no ordinary word."""
    return is_password(match) and is_telling(match["secret"], shortest=_TELLS)


def _is_plain(match: re.Match[str]) -> bool:
    # RFC 4616: identity, user and password, with a NUL between them.
    try:
        return b"\0" in base64.b64decode(match["secret"] + "=" * (-len(match["secret"]) % 4))
    except (binascii.Error, ValueError):
        return False


def is_named(match: re.Match[str]) -> bool:
    """Whether the name beside it says that it is one."""
    return is_sensitive_key(match["name"]) and is_password(match)


def _are_codes(match: re.Match[str]) -> bool:
    codes = [line for line in match["secret"].replace("\\n", "\n").split() if line not in "-*"]
    return sum(any(map(str.isdigit, code)) for code in codes) * 2 > len(codes)


def _answers(match: re.Match[str]) -> bool:
    return bool(match["asked"] or match["said"]) and "://" not in match["secret"] and tells_itself(match)


def _finder(expression: str, is_right: Callable[[re.Match[str]], bool]) -> Callable[[str, int], Place | None]:
    pattern = Expression(expression)

    def find(text: str, at: int) -> Place | None:
        match = pattern.match(text, at)
        return match.span("secret") if match is not None and is_right(match) else None

    return find


def rule(
    kind: str,
    expression: str,
    *needles: str,
    gate: str | None = None,
    is_right: Callable[[re.Match[str]], bool] = is_password,
) -> Rule:
    """A rule whose expression begins at a needle and has the secret in its group of that name."""
    return Rule(kind, _finder(expression, is_right), needles=needles, gate=gate, certain=False)


_SPOKEN = (
    r"(?i)(?:parola(?:[ ][\w-]{1,20}){0,3}?[ ]este|parola d'ordine(?:[ ][\w-]{1,20}){0,3}?(?:[ ]è|:)"
    r"|kata (?:sandi|laluan)(?:nya)?(?:[ ][\w-]{1,20}){0,3}?(?:[ ](?:adalah|ialah|is)|[ ]?[:=])"
    r"|mdp(?:[ ][\w'-]{1,24}){0,4}?[ ]?(?:[ ]est|[:=])|salasana(?:si|mme|nne)?(?:[ ][\w-]{1,24}){0,3}?[ ]on"
    r"|parol[ei](?:[ ][\w-]{1,24}){0,3}?[ ]ir"
    r"|adgangskoden(?:[ ][\w-]{1,24}){0,4}?[ ](?:er|bliver)|passordet(?:[ ][\w-]{1,24}){0,4}?[ ](?:er|blir))"
    r"[ :]{1,3}[\"'`«“]?(?P<secret>[^\s\"'`»”\\,;]{4,128}?)(?=[.?)]?(?:[\s\"'`»”\\,;]|\Z))"
)

RULES = (
    rule(
        "login",
        rf"USER [^\s\\]{{1,64}}{LINE}(?:[^\n\\]{{0,160}}{LINE}){{0,2}}?[^\n\\]{{0,12}}"
        r"PASS (?P<secret>[^\s\"'\\]{1,128})",
        "user ",
        gate=r"USER [^\s\\]+(?:\r?\n|\\[rn])",
    ),
    rule(
        "login",
        r"> AUTH (?:[\w.@-]{1,64} )?(?P<secret>[^\s\"'\\]{4,128})(?=\s|\Z|[\"'\\])",
        "> auth ",
        gate=r"> AUTH [^\s]",
    ),
    rule(
        "login",
        r"(?:AUTH PLAIN|AUTHENTICATE) (?:[ ]|=\s{1,3})?(?P<secret>[A-Za-z0-9+/]{8,512}={0,2})(?![\w+/])",
        *("auth plain ", "authenticate "),
        is_right=_is_plain,
    ),
    rule("login", rf"334 UGFzc3dvcmQ6{LINE}(?:C:[ ])?(?P<secret>[A-Za-z0-9+/]{{4,512}}={{0,2}})", "334 ugfzc3dvcmq6"),
    rule(
        "login",
        r"(?<=\d) LOGIN (?:\\{0,3}\"[^\"\n\\]{1,80}\\{0,3}\"|[^\s\"]{1,80}) "
        r"\\{0,3}\"(?P<secret>[^\"\n\\]{1,128})\\{0,3}\"",
        " login ",
        gate=r"[0-9] LOGIN [^\s]+ \\*\"",
    ),
    rule(
        "login",
        r"(?i)nickserv[ :]{1,3}identify[ ](?:[^\s\"'\\]{1,32}[ ](?=[^\s\"'\\]{4,128}(?:\s|\\|\Z)))?"
        r"(?P<secret>[^\s\"'\\]{4,128})",
        "nickserv",
    ),
    rule(
        "login",
        r"(?i)(?:secret|password) [05-9] (?P<secret>[^\s\"'\\]{4,200})",
        *(f"{word} {kind} " for word in ("secret", "password") for kind in (0, 5, 6, 7, 8, 9)),
        is_right=tells_itself,
    ),
    rule("wifi", r"(?i)key content[ \t]{0,40}:[ \t]{1,4}(?P<secret>[^\s\\\"][^\r\n\\\"]{0,127})", "key content"),
    rule(
        "saml",
        r"(?i)samlresponse\\{0,3}[\"']?\s{0,4}(?:value\s{0,2})?[=:]\s{0,2}\\{0,3}[\"']?(?P<secret>[A-Za-z0-9+/%_=-]{40,})",
        "samlresponse",
        is_right=anything,
    ),
    rule("url-parameter", r"/private-(?P<secret>[0-9a-f]{16,64})/", "/private-", is_right=anything),
    rule(
        "private-key",
        r"<(?:D|P|Q|DP|DQ|InverseQ)>\s{0,12}(?P<secret>[A-Za-z0-9+/]{40,}={0,2})\s{0,12}</",
        *("<d>", "<p>", "<q>", "<dp>", "<dq>", "<inverseq>"),
        gate=r"<(?:D|P|Q|DP|DQ|InverseQ)>\s*[A-Za-z0-9+/][A-Za-z0-9+/][A-Za-z0-9+/][A-Za-z0-9+/]",
        is_right=anything,
    ),
    rule(
        "private-key",
        r"(?i)(?:pkcs12|pfx|p12)\w{0,20}\\{0,3}[\"']?\s{0,3}[=:]\s{0,3}\\{0,3}[\"']?(?P<secret>MII[A-Za-z0-9+/=]{60,})",
        *("pkcs12", "pfx", "p12"),
        gate=r"(?i:pkcs12|pfx|p12)\w*\\*[\"']?\s*[=:]\s*\\*[\"']?MII",
        is_right=anything,
    ),
    rule(
        "licence-key",
        r"(?i)(?:product|serial)[ _-]?(?:key|number|code|no)?\w{0,12}(?:[\"'\s:=>\\]|is){1,8}"
        r"(?-i:(?P<secret>[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5}))(?![\w-])",
        *("product", "serial"),
        gate=(
            r"(?i:product|serial)[ _\-]?(?i:key|number|code|no)?\w*[\"'\s:=>\\]+(?i:is )?[\"']?"
            r"[A-Z0-9]+-[A-Z0-9]+-[A-Z0-9]+-"
        ),
    ),
    rule(
        "assignment",
        r"(?i)/v[ ]{1,3}\\{0,3}\"?(?P<name>[\w.-]{1,64})\\{0,3}\"?[ ]{1,3}(?:/t[ ]{1,3}\w{1,16}[ ]{1,3})?"
        r"/d[ ]{1,3}\\{0,3}\"?(?P<secret>[^\"\s\\]{1,256})",
        "/v ",
        gate=r"/v +[^\n/]+ +(?:/t +\w+ +)?/d ",
        is_right=is_named,
    ),
    rule(
        "recovery-codes",
        rf"(?i)(?:recovery|backup|scratch|emergency)[ ]codes?[^\n:\\]{{0,60}}:[ ]?{LINE}{{1,2}}"
        rf"[ \t]{{0,4}}(?P<secret>{_CODE}(?:{LINE}[ \t]{{0,4}}{_CODE}){{1,24}})(?=\s|\\|\"|\Z)",
        *("recovery code", "backup code", "scratch code", "emergency code"),
        is_right=_are_codes,
    ),
    rule(
        "assignment",
        r"(?i)pass(?:word|phrase|code)(?:[ ](?:again|please|pls|there|for [\w.-]{1,30}))?(?P<asked>\?)?[.!]?[ ]?"
        rf"{LINE}(?:\[[^\]\n]{{1,24}}\][ ])?(?:[\w.-]{{1,24}}:[ ])?(?P<said>(?:it[’']?s|it is)[ ])?"
        r"(?P<secret>[^\s\"'\\]{6,64})"
        r"(?=[\s\"'\\]|\Z)",
        *("password", "passphrase", "passcode"),
        gate=(
            r"(?i:pass(?:word|phrase|code))(?i: again| please| pls| there| for [\w.\-]+)?"
            r"(?:\?[.!]? ?(?:\r?\n|\\n|\\r)|[.!]? ?(?:\r?\n|\\n|\\r\\n)(?:\[[^\]\n]*\] )?(?:[\w.\-]+: )?(?i:it))"
        ),
        is_right=_answers,
    ),
    rule(
        "assignment",
        _SPOKEN,
        *("parola", "parole ", "paroli ", "kata sandi", "kata laluan", "mdp", "salasana", "adgangskoden", "passordet"),
        is_right=tells_itself,
    ),
)
