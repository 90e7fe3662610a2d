"""Secrets at their place in files and calls of particular products, where no name announces them."""

# ruff: noqa: E501  # one expression a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.protocols import LINE, anything, is_password, rule, tells_itself
from otel_mcp.redaction.carriers.telling import is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key
from otel_mcp.redaction.rule import Found, Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_Q = r"\\{0,3}[\"'`]"
_D = r"\\{0,7}\""  # a quote of JSON, also within JSON
_WORD = r"[^\s\"'\\]{4,200}"
_STRING = r"[^\"'\n\\]{1,200}"

# `"cookies": [{"name": …, "value": …}, …]`, as browsers and tools export them
_COOKIES = Expression(rf"\"cookies{_D}\s{{0,4}}:\s{{0,4}}\[")
_COOKIE_VALUE = Expression(rf"\"value{_D}\s{{0,4}}:\s{{0,4}}{_D}(?P<secret>[^\"\\]{{6,4096}})")
_LONGEST_JAR = 20_000


def _cookies(text: str, at: int) -> tuple[int, list[Found]]:
    begin = _COOKIES.match(text, at)
    if begin is None:
        return at, []
    end = text.find("]", begin.end(), begin.end() + _LONGEST_JAR)
    end = min(len(text), begin.end() + _LONGEST_JAR) if end < 0 else end
    values = _COOKIE_VALUE.finditer(text, begin.end(), end)
    return end, [Found(*value.span("secret"), "cookie") for value in values if is_value(value["secret"], "cookie")]


_FLASHED_NAME = Expression(r"[\w.-]{1,64}\Z")
_FLASHED = Expression(r",data,(?:string|binary|hex2bin|base64),(?P<secret>[^\n,\"\\]{4,400})")


def _flashed(text: str, at: int) -> Place | None:
    """`password,data,string,…`: what is written into the storage of an ESP32."""
    value = _FLASHED.match(text, at)
    name = _FLASHED_NAME.search(text[max(0, at - 64) : at])
    if value is None or name is None or not is_sensitive_key(name[0]) or not is_value(value["secret"], name[0]):
        return None
    return value.span("secret")


_GROUPS_BEFORE = Expression(r"[\"'`「]([a-z]{4}(?: [a-z]{4}){3})\Z")
_AS_PASSWORD = Expression(r"[\"'`」] as (?:the |your |my |a )?[\w -]{0,30}password")


def _groups_before(text: str, at: int) -> Place | None:
    """`abcd efgh ijkl mnop` as the app password: four groups of four letters come first."""
    begin = max(0, at - 20)
    groups = _GROUPS_BEFORE.search(text[begin:at])
    if groups is None or _AS_PASSWORD.match(text, at) is None:
        return None
    return begin + groups.start(1), begin + groups.end(1)


_DECLARED_NAME = Expression(r"(\w{3,64})\s{1,8}(?:constant )?n?\Z", re.IGNORECASE)
_DECLARED_VALUE = Expression(
    r"\s?(?:varchar2?|char|clob)\s?(?:\(\s?\d{1,5}(?: char| byte)?\s?\))?\s?(?::=|default|=)\s?\\{0,3}'([^'\n\\]{1,200})",
    re.IGNORECASE,
)


def _declared(text: str, at: int) -> Place | None:
    """`v_api_secret VARCHAR2(200) := '…'`, of PL/SQL."""
    value = _DECLARED_VALUE.match(text, at)
    name = None if value is None else _DECLARED_NAME.search(text[max(0, at - 90) : at + (text[at] == " ")])
    if value is None or name is None or not is_sensitive_key(name[1]) or not is_value(value[1], name[1]):
        return None
    return value.span(1)


RULES = (
    Rule("cookie", find_all=_cookies, needles=('"cookies"', '"cookies\\"'), certain=False),
    Rule("assignment", _flashed, needles=(",data,",), certain=False),
    rule("login", r"\"PASS (?P<secret>[^\s\"\\]{4,200})\\r", '"pass ', is_right=anything),
    rule(
        "login",
        rf"Authorization: Basic [\w.@+-]{{1,60}} (?P<secret>{_WORD})(?=\s|\\|\Z)",
        "authorization: basic ",
    ),
    rule(
        "login",
        rf"(?i)smtp\.start\((?:\s{{0,4}}(?:{_Q}{_STRING}{_Q}|\d{{1,5}}),){{3,4}}\s{{0,4}}{_Q}(?P<secret>{_STRING})",
        "smtp.start(",
    ),
    rule("login", rf"(?i)runas\(\s{{0,4}}{_Q}{_STRING}{_Q},\s?[^,\n]{{1,60}},\s?{_Q}(?P<secret>{_STRING})", "runas("),
    rule(
        "login",
        r"(?i)methodname>[\w.]{0,40}(?:login|authenticate)</methodname>(?:\s|\\n){0,8}<params>(?:\s|\\n){0,8}<param>.{1,120}?</param>(?:\s|\\n){0,8}<param>(?:\s|\\n){0,8}<value>(?:<string>)?(?P<secret>[^<\n]{1,200})",
        "methodname>",
        gate=r"(?i:methodname>[\w.]*(?:login|authenticate)</methodname>)",
    ),
    rule(
        "login",
        rf"\"(?:authenticate|login){_D},\s{{0,4}}{_D}args{_D}:\s{{0,4}}\[{_D}[^\"\\\n]{{1,80}}{_D},\s{{0,4}}{_D}[^\"\\\n]{{1,80}}{_D},\s{{0,4}}{_D}(?P<secret>[^\"\\\n]{{1,200}})",
        *('"authenticate"', '"login"', '"authenticate\\"', '"login\\"'),
    ),
    rule(
        "login",
        rf"(?i)user(?:name)? [\w.@-]{{2,60}},? (?:and )?(?:pass(?:word)?|pw) (?P<secret>{_WORD})",
        *("username ", "user "),
        gate=r"(?i:user|username) [\w.@\-]+,? (?i:and )?(?i:pass|password|pw) [^\s]",
        is_right=tells_itself,
    ),
    rule(
        "login",
        r"` ?/ ?`(?P<secret>[^\s`\\]{4,100})`",
        *("` / `", "`/`"),
        is_right=tells_itself,
    ),
    rule(
        "login",
        r"(?i)(?:pw|pass|password) \{\{(?P<secret>[^\s{}\"\\]{4,100})\}\}",
        "pw {{",
        "pass {{",
        "password {{",
    ),
    rule(
        "login",
        rf"rsyncd\.secrets{LINE}(?:#[^\n\\]{{0,100}}{LINE})?[\w.-]{{1,60}}:(?P<secret>{_WORD})",
        "rsyncd.secrets",
    ),
    rule(
        "login",
        r"(?i)(?:root|admin|sudo|service|db) pw (?:[\w-]{1,20} ){0,5}(?:is|=|:) ?(?P<secret>[^\s\"'\\]{6,100})",
        *("root pw ", "admin pw ", "sudo pw ", "service pw ", "db pw "),
        is_right=tells_itself,
    ),
    rule("login", r":\d{2,5}=[\w.-]{1,40}:(?P<secret>[0-9A-F]{32})(?![\w])", ":1666=", is_right=anything),
    rule(
        "network-key",
        r"(?i): psk \\{0,7}\"(?P<secret>[^\"\\\n]{4,200})",
        ": psk ",
    ),
    rule(
        "device-key",
        r"char auth\[\] = \\{0,3}\"(?P<secret>[A-Za-z0-9_-]{32})\\{0,3}\"",
        "char auth[]",
        is_right=anything,
    ),
    rule(
        "device-key",
        r"(?i)(?:app|nwk|nwks|apps|dev|aes|session|root)_?s?key\w{0,8}\s?\[\d{0,3}\]\s?=\s?\{\s{0,4}(?P<secret>(?:0x[0-9a-f]{1,2},?\s{0,4}){8,64})\}",
        *("appkey", "nwkskey", "appskey", "devkey", "nwkkey", "aeskey", "sessionkey", "rootkey", "aes_key", "app_key"),
        gate=r"(?i:key)\w*\s?\[[0-9]*\]\s?=\s?\{",
        is_right=anything,
    ),
    rule(
        "private-key",
        r"(?i)(?:id\.json|keypair|secret_?key|solana|wallet)[^\[]{0,100}\[(?P<secret>(?:\s{0,4}\d{1,3},){63}\s{0,4}\d{1,3})\s{0,4}\]",
        *("id.json", "keypair", "secretkey", "secret_key", "solana", "wallet"),
        gate=r"\[\s*[0-9][0-9]?[0-9]?,\s*[0-9][0-9]?[0-9]?,\s*[0-9][0-9]?[0-9]?,\s*[0-9][0-9]?[0-9]?,\s*[0-9][0-9]?[0-9]?,\s*[0-9][0-9]?[0-9]?,",
        is_right=anything,
    ),
    rule(
        "private-key",
        rf"(?i)\"priv(?:ate)?_key{_D}\s{{0,4}}:\s{{0,4}}\{{[^{{}}]{{0,200}}?{_D}value{_D}\s{{0,4}}:\s{{0,4}}{_D}(?P<secret>[A-Za-z0-9+/=]{{40,400}})",
        *('"priv_key', '"private_key'),
        is_right=anything,
    ),
    # of Azure Key Vault, as `az keyvault secret show` prints it
    rule(
        "assignment",
        rf"\"attributes{_D}\s{{0,4}}:\s{{0,4}}\{{[^{{}}]{{0,300}}?{_D}enabled{_D}[^{{}}]{{0,600}}\}},\s{{0,12}}{_D}contentType{_D}\s{{0,4}}:"
        rf"[^{{}}]{{0,800}}?(?:\{{[^{{}}]{{0,400}}\}}[^{{}}]{{0,200}}?)?{_D}value{_D}\s{{0,4}}:\s{{0,4}}{_D}(?P<secret>[^\"\n\\]{{1,2000}})",
        '"attributes',
        gate=r"contentType\\*\"[^}]*(?:\}[^}]*)?\"value\\*\"",
        is_right=is_password,
    ),
    rule("private-key", r"/u3\+7QAAAA[IE](?P<secret>[A-Za-z0-9+/=]{40,})", "/u3+7qaaaa", is_right=anything),
    rule(
        "build-key",
        rf"keys\.properties{LINE}(?:#[^\n\\]{{0,100}}{LINE}){{0,3}}[\w.:-]{{1,100}}=(?P<secret>[a-z2-7]{{40,64}})(?!\w)",
        "keys.properties",
        is_right=anything,
    ),
    rule(
        "stream-key",
        r"\"key\\{0,7}\":\s?\\{0,7}\"(?P<secret>[a-z0-9]{4}(?:-[a-z0-9]{4}){3,5})\\{0,7}\",\s?\\{0,7}\"server\\{0,7}\":\s?\\{0,7}\"rtmps?:",
        *('"key"', '"key\\"'),
        gate=r"\"server\\*\": ?\\*\"rtmp",
        is_right=anything,
    ),
    rule(
        "command-line",
        rf"(?i)influx (?:[\w-]{{1,20}} ){{0,4}}[^\n]{{0,200}}?(?: -t | --token[ =])(?P<secret>{_WORD})",
        "influx ",
        gate=r"(?i:influx )[^\n]*(?: -t | --token[ =])",
        is_right=tells_itself,
    ),
    rule(
        "app-password",
        r"(?i)app(?:lication)?[ _-]?(?:specific[ _-]?)?pass(?:word|code)?[^\n\"'`「:=]{0,40}[\"'`「:= ]{1,4}(?P<secret>(?-i:[a-z]{4}(?: [a-z]{4}){3}))(?![a-z]| [a-z]{4} )",
        *(
            "app password",
            "app_password",
            "apppassword",
            "app-password",
            "app specific pass",
            "app-specific pass",
            "application password",
        ),
        is_right=anything,
    ),
    Rule("app-password", _groups_before, needles=('" as ', "' as ", "` as ", "」 as "), certain=False),
    rule(
        "recovery-codes",
        rf"(?i)(?:recovery|backup|scratch|emergency) codes?[^\n:\\]{{0,80}}{LINE}(?:[^\n:\\]{{0,100}}{LINE}){{0,2}}[ \t]{{0,4}}(?P<secret>(?:\d{{4}} \d{{4}}|\d{{8}}|[a-z0-9]{{4,6}}-[a-z0-9]{{4,6}})(?:{LINE}[ \t]{{0,4}}(?:\d{{4}} \d{{4}}|\d{{8}}|[a-z0-9]{{4,6}}-[a-z0-9]{{4,6}})){{2,24}})",
        *("recovery code", "backup code", "scratch code", "emergency code"),
        is_right=anything,
    ),
    # of PL/SQL: a name, its type, and its value
    Rule("assignment", _declared, needles=("varchar", " char(", " clob"), certain=False),
)
