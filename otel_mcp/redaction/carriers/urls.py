"""Credentials in URLs and connection strings: before the host, in the query, in the fragment, in the path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.carriers.references import default_at
from otel_mcp.redaction.carriers.telling import is_telling
from otel_mcp.redaction.encodings import unquoted
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, word_set
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "uri_secrets"]

_LOGIN = Expression(r"://([^\s/?#:\"'<>@\\]{0,256}):([^\s/?#\"'<>\\]{1,512})@(?=[\w\[.-])")
# A password with a slash or a hash that nobody encoded; only in schemes where no path with a colon can be meant.
_RAW_LOGIN = Expression(
    r"://([^\s/?#:\"'<>@\\]{0,128}):(?!\d{1,5}[/?#])([^\s\"'<>\\]{1,128})@[\w.-]{1,128}(?:[:/?]|\Z|[\s\"'])"
)
_USER = Expression(r"://([^\s/?#:\"'<>@\\]{8,512})(?::(?:x-oauth-basic|x|)?)?@(?=[\w\[.-])")
_WEB = ("http", "https", "ws", "wss")
_SCHEME_BEFORE = Expression(r"[A-Za-z][\w+.-]{0,20}\Z")
_PLACEHOLDERS = ("${", "{{", "[REDACTED:", "$(", "%s", "<", "{", "$")
_PLACEHOLDER_WORDS = word_set("x x-oauth-basic git")
_SHORTEST_USER = 16

_HALF = Expression(r"[0-9a-f]{8}")
_PARAMETER = Expression(r"([\w.\-~$\[\]%]{1,64})=([^\s&;#\"'<>\\`)\]}|\x00-\x1f]{1,256})")
_PARAMETER_REST = Expression(r"[^\s&;#\"'<>\\`)\]}|\x00-\x1f]*")
_SHORTEST_PARAMETER = 16
_SHORTEST_CODE = 8
_LONGEST_NAME = 40
_GRANT = Expression(
    r"oauth|callback|authori[sz]|[?&]state=|grant_type|redirect_uri|/cb\b|login|signin|code_verifier", re.IGNORECASE
)
_SIGNED = word_set(
    "sig signature x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential"
    " x-oss-signature x-oss-credential x-oss-security-token x-cos-signature q-signature policy hdnts hdnea hmac"
    " verify_token ticket saml samlresponse samlart jwt assertion skoid_token tk sv_token __token__ hash_token"
    " auth_key awsaccesskeyid ossaccesskeyid googleaccessid x-amz-signed sign signed auth_sig"
    " wstoken wssecret invite magic otp_token confirmation_token reset"
)
_KEYS = word_set("key apikey k appid app_id app-key appkey subscription-key code token_key access auth pass pw sid")
_URL_BEFORE = 200

_HOOK = Expression(
    r"(?:/[\w.-]{0,20}hooks?[\w.-]{0,20}|/services|/incoming|/triggers?)/((?:[\w%~.@:-]{1,80}/){0,6}[\w%~.@=+-]{12,200})(?![\w/])",
    re.IGNORECASE,
)
_SHORTEST_SEGMENT = 16
_FEWEST_DIGITS = 2
_HEXADECIMAL = Expression(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\Z")

_NATIVE_BACK = Expression(r"[^\s\"'`=]{3,340}")
_NATIVE_USER = Expression(r"[\w.%+-]{1,80}")
_LONGEST_NATIVE = 340
_ORACLE = Expression(r"jdbc:oracle:\w{1,10}:([\w$#.-]{1,64})/(\"[^\"\n]{1,128}\"|[^\s\"'@]{1,128})@", re.IGNORECASE)


def _login(text: str, at: int) -> Place | None:
    match = _LOGIN.match(text, at)
    if match is None and not _is_web(text, at):
        match = _RAW_LOGIN.match(text, at)
    if match is not None and match[2].lower() not in _PLACEHOLDER_WORDS:
        password = match[2]
        hidden = not password.strip("*•") or password.startswith(_PLACEHOLDERS)
        if hidden:
            return default_at(text, match.start(2), "password")
        # Both halves of a key: `https://0123abcd:4567cdef@gems.example`.
        is_key = _HALF.fullmatch(match[1]) and _HALF.fullmatch(password)
        return match.start(1 if is_key else 2), match.end(2)
    user = _USER.match(text, at)
    if user is None:
        return None
    return user.span(1) if _is_random(unquoted(user[1]), _SHORTEST_USER) else None


def _is_web(text: str, at: int) -> bool:
    scheme = _SCHEME_BEFORE.search(text, max(0, at - 21), at)
    return scheme is None or scheme[0].lower() in _WEB


def _is_random(value: str, shortest: int) -> bool:
    # Letters and digits mixed so that no name of a person, a host or a version looks like it.
    if len(value) < shortest or "@" in value or not is_telling(value):
        return False
    digits = sum(map(str.isdigit, value))
    return _FEWEST_DIGITS <= digits < len(value)


def _parameter(text: str, at: int) -> Place | None:
    # The needle is the end of a name with its equals sign.
    start = at
    while start > 0 and at - start < _LONGEST_NAME and (text[start - 1].isalnum() or text[start - 1] in "_-.~$%"):
        start -= 1
    if start == 0 or text[start - 1] not in "?&;#":
        return None
    match = _PARAMETER.match(text, start)
    if match is None:
        return None
    name, value = match[1].lower(), match[2]
    if value.startswith(_PLACEHOLDERS) or not _is_guarding(text, start, name, unquoted(value)):
        return None
    rest = _PARAMETER_REST.match(text, match.end())
    return match.start(2), match.end() if rest is None else rest.end()


def _is_guarding(text: str, start: int, name: str, value: str) -> bool:
    if name in _SIGNED:
        return len(value) >= _SHORTEST_CODE and is_telling(value)
    if name == "code":
        before = text[max(0, start - _URL_BEFORE) : start]
        around = before + text[start : start + _URL_BEFORE]
        random = len(value) >= _SHORTEST_CODE and is_telling(value)
        return random and (_GRANT.search(around) is not None or len(value) >= 2 * _SHORTEST_PARAMETER)
    if name in _KEYS:
        return _is_random(value, _SHORTEST_PARAMETER) and _HEXADECIMAL.match(value) is None
    return False


def _hook(text: str, at: int) -> Place | None:
    # The needle stands somewhere in its segment, which begins at the slash before.
    slash = text.rfind("/", max(0, at - 21), at + 1)
    if slash < 0 or "://" not in text[max(0, slash - _URL_BEFORE) : slash]:
        return None
    match = _HOOK.match(text, slash)
    if match is None:
        return None
    segments = match[1].split("/")
    random = [part for part in segments if _is_random(part, _SHORTEST_SEGMENT) and _HEXADECIMAL.match(part) is None]
    return match.span(1) if random else None


def _native(text: str, at: int) -> Place | None:
    """`user:password@tcp(host:3306)/db`, as the drivers of Go write it."""
    back = _NATIVE_BACK.match(text[max(0, at - _LONGEST_NATIVE) : at][::-1])
    if back is None:
        return None
    start = at - back.end()
    user, colon, password = text[start:at].partition(":")
    if not colon or not password or not _NATIVE_USER.fullmatch(user) or password.startswith(_PLACEHOLDERS):
        return None
    return at - len(password), at


def _oracle(text: str, at: int) -> Place | None:
    match = _ORACLE.match(text, at)
    return None if match is None or match[2].startswith(_PLACEHOLDERS) else match.span(2)


_AUTHORITY = Expression(r"://([^/?#\s]*)@")
_PAIR = Expression(r"([^?&;#=]{1,128})=([^&;#]*)")


def uri_secrets(uri: str) -> list[str]:
    """Every sensitive part of a URI, as it is written and decoded: password, token before the host, parameters."""
    found: list[str] = []
    authority = _AUTHORITY.search(uri)
    if authority is not None:
        user, colon, password = authority[1].partition(":")
        found += [password] if colon and password else []
        found += [user] if _is_random(unquoted(user), _SHORTEST_USER) else []
    head = min((place for place in map(uri.find, "?#;") if place >= 0), default=len(uri))
    for pair in _PAIR.finditer(uri, head):
        name, value = unquoted(pair[1]).rpartition("[")[0] or unquoted(pair[1]), pair[2]
        if value and (is_sensitive_key(name) or _is_guarding(uri, pair.start(1), name.lower(), unquoted(value))):
            found.append(value)
    found += [uri[slice(*place)] for place in _hooks_of(uri)]
    decoded = [form for secret in found for form in (secret, unquoted(secret), unquoted(secret.replace("+", " ")))]
    return list(dict.fromkeys(decoded))


def _hooks_of(uri: str) -> list[Place]:
    lower = uri.lower()
    places = [_hook(uri, at) for needle in _HOOK_NEEDLES if (at := lower.find(needle)) >= 0]
    return [place for place in places if place is not None]


_HOOK_NEEDLES: Final = ("hook/", "hooks/", "/services/", "/incoming/", "/trigger/", "/triggers/", "hook-", "hook.")
_PARAMETER_NEEDLES: Final = (
    *("sig=", "signature=", "sign=", "key=", "code=", "credential=", "token=", "ticket=", "hmac=", "policy=", "jwt="),
    *("saml=", "samlresponse=", "googleaccessid=", "accesskeyid=", "hdnts=", "hdnea=", "appid="),
    *("app_id=", "&k=", "?k="),
)
_PARAMETER_GATE: Final = (
    r"[?&;#](?i:[\w.\-~$%]*(?:sig|signature|sign|key|code|credential|token|ticket|hmac|policy|jwt|saml|samlresponse"
    r"|googleaccessid|accesskeyid|hdnts|hdnea|appid|app_id)|k)=[^\s&;#\"'<>\\`)\]}|$\[{][^\s&;#\"'<>\\`)\]}|]"
)

RULES = (
    Rule("url-credentials", _login, needles=("://",), gate=r"://[^\s/?#:\"'<>@]*(?::[^\s\"'<>]+)?@"),
    Rule("url-parameter", _parameter, needles=_PARAMETER_NEEDLES, gate=_PARAMETER_GATE),
    Rule("webhook", _hook, needles=_HOOK_NEEDLES),
    Rule("connection-string", _native, needles=("@tcp(", "@tcp6(", "@unix(", "@cloudsql(")),
    Rule("connection-string", _oracle, needles=("jdbc:oracle:",)),
)
