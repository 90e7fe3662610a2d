"""Secrets at their place in what administrators type and servers print, and in calls that sign or open something."""

# ruff: noqa: E501  # one expression a line; signs that people write

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.protocols import LINE, anything, is_password, rule, tells_itself
from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    import re

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_Q = r"\\{0,3}[\"'`]"
_WORD = r"[^\s\"'\\]{4,200}"
_STRING = r"[^\"'\n\\]{1,200}"
_SIGNING = r"[^\"'\n\\]{8,300}"


def _is_no_url(match: re.Match[str]) -> bool:
    return is_password(match) and "://" not in match["secret"] and not match["secret"].startswith("/")


_CODE_IS = Expression(r"(?i)\d is (?:your|the|a) (?:[\w'-]{1,20} ){0,4}?(?:code|otp|pin|passcode|one[- ]time password)")
_CODE = Expression(r"(?<![\w.-])(?:G-)?(\d{4,8}|\d{3}-\d{3})\Z")


_STRING_BEFORE = Expression(r"\"([^\"\s\\]{4,100})\\?\Z")


def _characters(text: str, at: int) -> Place | None:
    """`"…".toCharArray()`, as Java passes passwords."""
    begin = max(0, at - 104)
    value = _STRING_BEFORE.search(text[begin:at])
    if value is None or not is_value(value[1], "password") or not is_telling(value[1], shortest=6):
        return None
    return begin + value.start(1), begin + value.end(1)


def _code_before(text: str, at: int) -> Place | None:
    """`123456 is your verification code`."""
    begin = max(0, at - 12)
    code = _CODE.search(text[begin : at + 1])
    return None if code is None or _CODE_IS.match(text, at) is None else (begin + code.start(1), begin + code.end(1))


def _is_printed(match: re.Match[str]) -> bool:
    secret = match["secret"]
    capitals = any(map(str.isupper, secret[1:])) and any(map(str.islower, secret))
    return tells_itself(match) or (capitals and is_password(match))


RULES = (
    rule(
        "login",
        r"(?:pptpd|x?l2tpd)[ \t\"]{1,12}(?P<secret>[^\s\"\\]{4,100})\"?[ \t]{1,8}(?:\*|[0-9])",
        "pptpd",
        "l2tpd",
    ),
    rule("url-parameter", r"action=rp&(?:amp;)?key=(?P<secret>\w{10,60})", "action=rp&", is_right=anything),
    # ── files of servers ──
    rule(
        "login",
        r"\{(?i:plain|clear|cleartext|plain-md5)\}(?P<secret>[^\s:\"'\\]{4,200})",
        "{plain}",
        "{clear}",
        "{cleartext}",
    ),
    rule("login", rf"(?i)client_send = :? ?[\w.@-]{{1,60}} : (?P<secret>{_WORD})", "client_send"),
    rule(
        "login",
        rf"(?i)\n[ \t]{{0,8}}(?:user=|allow )[\w.-]{{1,40}}:(?P<secret>{_WORD})",
        "\nuser=",
        "\n  allow ",
        "\nallow ",
        "\n\tallow ",
        is_right=tells_itself,
    ),
    rule("login", rf"(?i)cache_peer [^\n]{{1,200}} login=[\w.-]{{1,40}}:(?P<secret>{_WORD})", "cache_peer "),
    rule("login", rf"(?i)auth-pass [\w.-]{{1,60}} (?P<secret>{_WORD})", "auth-pass "),
    rule(
        "login",
        rf"\[admins\]{LINE}(?:[;#][^\n\\]{{0,100}}{LINE}){{0,4}}[\w.-]{{1,40}} ?= ?(?P<secret>{_WORD})",
        "[admins]",
    ),
    rule("login", rf"(?i)rootpw (?:--plaintext |--iscrypted )?(?!--)(?P<secret>{_WORD})", "rootpw "),
    rule(
        "command-line",
        rf"(?i)bundle config (?:set )?(?:--\w{{1,12}} )?[\w.-]{{3,100}}\.[a-z]{{2,10}} (?P<secret>{_WORD})",
        "bundle config ",
        is_right=tells_itself,
    ),
    rule("network-key", rf"(?i)plaintext (?P<secret>{_WORD})(?=\s|\\|\Z)", "plaintext ", is_right=tells_itself),
    rule(
        "network-key",
        rf"(?i)(?:message-digest-key|authentication-key) \d{{1,5}} (?:md5|sha1?|hmac-sha-\d{{1,3}}) (?:[0-9] )?(?P<secret>{_WORD})",
        "message-digest-key ",
        "authentication-key ",
    ),
    # ── commands ──
    rule(
        "command-line",
        rf"(?i)(?:echo|printf)(?: -\w{{1,3}}| {_Q}%s(?:\\n)?{_Q})? {_Q}?(?P<secret>[^\s\"'\\$]{{4,400}}?){_Q}? ?\| ?(?:sudo )?(?:[\w./-]{{1,40}} ){{0,3}}?(?:openconnect|realm join|kinit|sudo -s|docker secret create|podman secret create|cryptsetup|smbpasswd|chpasswd|gpg --batch --passphrase-fd|bw login|op signin|vault login|veracrypt|mount\.cifs|ecryptfs-)",
        *("echo ", "printf "),
        gate=r"\| ?(?:sudo )?[^\n|]*(?i:openconnect|realm join|kinit|sudo -s|secret create|cryptsetup|smbpasswd|chpasswd|passphrase-fd|bw login|op signin|vault login|veracrypt)",
    ),
    rule(
        "command-line",
        r"(?i)(?:expdp|impdp|sqlldr|sqlplus|rman target|exp|imp) [\w.#$-]{1,30}/(?P<secret>[^\s\"'\\@/]{3,100})@",
        "expdp ",
        "impdp ",
        "sqlldr ",
        "sqlplus ",
        "rman target ",
        gate=r"(?i:expdp|impdp|sqlldr|sqlplus|rman target) [^\s]+/[^\s@]+@",
    ),
    rule(
        "command-line", rf"(?i)connect to [\w.-]{{1,40}} user [\w.-]{{1,40}} using (?P<secret>{_WORD})", "connect to "
    ),
    rule("command-line", r"(?i)\.logon [\w./-]{1,60},(?P<secret>[^\s\"'\\;]{3,100})", ".logon "),
    rule("command-line", rf"(?i)hdbsql [^\n]{{0,200}}?-p {_Q}?(?P<secret>{_WORD})", "hdbsql "),
    rule("command-line", rf"(?i)set-initial-password {_Q}?(?P<secret>{_WORD})", "set-initial-password "),
    rule(
        "command-line",
        rf"(?i)mc admin user (?:svcacct )?add [\w.-]{{1,40}} [\w.-]{{1,60}} (?P<secret>{_WORD})",
        "mc admin user ",
    ),
    rule(
        "command-line",
        rf"(?i)(?:add-user\.sh|certutil|keytool|jarsigner|openssl pkcs12|pk12util) [^\n]{{0,120}}?-(?:p|w|storepass|passin pass:|passout pass:) ?{_Q}?(?P<secret>{_WORD})",
        "add-user.sh ",
        "certutil ",
        "pk12util ",
    ),
    rule(
        "command-line",
        rf"(?i)connect\({_Q}[\w.@-]{{1,60}}{_Q}, ?{_Q}(?P<secret>{_STRING}){_Q}, ?{_Q}t3s?://",
        "connect(",
        gate=r"(?i:connect)\([^\n]*t3s?://",
    ),
    rule("command-line", rf"(?i)qpdf [^\n]{{0,100}}?--encrypt {_Q}?(?P<secret>{_WORD})", "qpdf "),
    rule(
        "command-line",
        rf"(?i)qpdf [^\n]{{0,100}}?--encrypt {_Q}?(?:{_WORD}{_Q}? {_Q}?)?(?P<secret>{_WORD}){_Q}? (?:40|128|256) ",
        "qpdf ",
    ),
    rule(
        "command-line",
        rf"(?i)(?:rar|7z|7za|zip|unzip|unrar) [^\n]{{0,100}}?-h?p(?![ -])(?P<secret>{_WORD})",
        "rar a ",
        "7z a ",
        "7za a ",
        "rar x ",
        "7z x ",
        "unrar x ",
        is_right=tells_itself,
    ),
    rule(
        "command-line",
        r"(?i)microk8s join [\w.:-]{4,60}/(?P<secret>[0-9a-f]{32}(?:/[0-9a-f]{12})?)",
        "microk8s join ",
        is_right=anything,
    ),
    rule(
        "command-line",
        r"(?i)(?:mysql|mariadb)[^\n]{0,200}?[\"']-p(?P<secret>[^\s\"'\\]{4,100})[\"']",
        "mysql",
        "mariadb",
        gate=r"[\"']-p[^\s\"']+[\"']",
    ),
    # ── what servers print ──
    rule(
        "command-output",
        rf"(?i)(?:following (?:admin )?password|initial[ -](?:admin[ -])?password|generated password|temporary password|one[- ]time password)[^\n\\:]{{0,100}}(?::|{LINE})(?:[ \t]|{LINE}){{0,4}}(?P<secret>{_WORD})(?=\s|\\|\Z)",
        *(
            "following password",
            "following admin password",
            "initial password",
            "initial-password",
            "initial admin password",
            "generated password",
            "temporary password",
            "one-time password",
            "one time password",
        ),
        is_right=_is_printed,
    ),
    rule(
        "command-output", rf"PASSWORD [\w.-]{{1,40}} = (?P<secret>{_WORD})", "password ", gate=r"PASSWORD [\w.\-]+ = "
    ),
    # ── calls that sign or open something ──
    rule(
        "signing-key",
        rf"(?i)jwt\.(?:sign|encode|verify|decode)\([^\n]{{1,200}}?, ?b?{_Q}(?P<secret>{_SIGNING}){_Q}",
        "jwt.sign(",
        "jwt.encode(",
        "jwt.verify(",
        "jwt.decode(",
        is_right=tells_itself,
    ),
    rule(
        "signing-key",
        rf"(?i)(?:createhmac|hash_hmac|createcipheriv)\( ?{_Q}[\w-]{{2,20}}{_Q}, ?(?:\$?\w{{1,40}}, ?)?{_Q}(?P<secret>{_SIGNING}){_Q}",
        "createhmac(",
        "hash_hmac(",
        "createcipheriv(",
        is_right=tells_itself,
    ),
    rule(
        "signing-key",
        rf"(?i)(?:hmac\.new\(|hmac\.new\(sha\d{{1,3}}\.new, ?|symmetricsecuritykey\(|secretkeyspec\(|hmacsha\d{{1,3}}\()(?:[\w.]{{1,40}}\(){{0,2}}b?{_Q}(?P<secret>{_SIGNING}){_Q}",
        "hmac.new(",
        "symmetricsecuritykey(",
        "secretkeyspec(",
        "hmacsha",
        is_right=tells_itself,
    ),
    Rule("assignment", _characters, needles=('".tochararray(',), certain=False),
    rule(
        "login",
        rf"(?i)(?:credentials|authenticateasync|authenticate|login|logon|ntlm)\( ?{_Q}[\w.@$ -]{{0,30}}(?:\\{{1,4}})?[\w.@$-]{{1,60}}{_Q}, ?{_Q}(?P<secret>{_STRING}){_Q}",
        "credentials(",
        "authenticateasync(",
        "authenticate(",
        "login(",
        gate=r"(?i:credentials|authenticateasync|authenticate|login)\( ?\\*[\"'][^\"'\n]+[\"'], ?\\*[\"']",
        is_right=_is_no_url,
    ),
    rule(
        "login",
        rf"(?i)expect\([^\n]{{0,20}}assword[^\n]{{0,12}}\)(?:\s|\\n){{1,8}}\w{{1,24}}\.send(?:line)?\({_Q}(?P<secret>{_STRING})",
        "expect(",
    ),
    # ── codes that are sent ──
    Rule(
        "one-time-code",
        _code_before,
        needles=tuple(f"{digit} is {word} " for digit in "0123456789" for word in ("your", "the", "a")),
        certain=False,
    ),
    rule(
        "one-time-code",
        r"(?i)your (?:[\w'-]{1,20} ){0,3}?code(?: is)?[: ]{1,3}(?:G-)?(?P<secret>\d{3}[- ]\d{3}|\d{4,8})(?![\w-])",
        "your ",
        gate=r"(?i:code)(?: is)?[: ]+(?:G-)?[0-9][0-9][0-9]",
        is_right=anything,
    ),
    rule("assignment", r"(?i)the pass (?:for [\w.-]{1,40} )?is (?P<secret>[^\s\"'\\]{4,100})", "the pass "),
    rule(
        "url-parameter",
        r"api\.render\.com/deploy/[\w-]{4,60}\?key=(?P<secret>[\w-]{6,100})",
        "api.render.com/deploy/",
        is_right=anything,
    ),
    rule("url-parameter", r"(?i)oobcode=(?P<secret>[\w-]{20,200})", "oobcode=", is_right=anything),
)
