"""Files with places for passwords: `.netrc`, `.pgpass`, `.htpasswd`, `/etc/shadow`, statements of SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_GAP = r"(?:\s|\\n|\\t){1,8}"
_NETRC = Expression(
    rf"login{_GAP}(?!with\b|as\b|using\b)[^\s\\]{{1,128}}{_GAP}(?:account{_GAP}[^\s\\]{{1,128}}{_GAP})?(?:password|passwd){_GAP}"
    r"(?:\"((?:[^\"\\\n]|\\.){1,512})\"|([^\s\"'\\]{1,512}))",
    re.IGNORECASE,
)
_PGPASS_BEFORE = Expression(r"(?:\A|[\s\"'`=]|\\n)[\w*./-]{1,128}\Z")
_PGPASS = Expression(
    r":(?:[0-9]{2,5}|\*):(?:[\w*.-]|\\.){1,64}:(?:[\w*.@-]|\\.){1,64}:((?:\\[:\\]|[^\s:\\\"'`,;]){2,256})(?=\s|\Z|\\n|[\"'`,;])"
)
_HASHES = (
    (r"\$apr1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}", ("$apr1$",)),
    (r"\$2[abxy]?\$\d\d\$[./0-9A-Za-z]{53}", ("$2a$", "$2b$", "$2y$", "$2x$")),
    (r"\$[156]\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{22,86}", ("$1$", "$5$", "$6$")),
    (r"\$(?:y|7|gy)\$[./0-9A-Za-z]{1,12}\$?[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{22,86}", ("$y$", "$gy$", "$7$")),
    (
        r"\$argon2(?:id|i|d)\$(?:v=\d{1,4}\$)?[a-z0-9=,]{3,60}\$[+/0-9A-Za-z]{8,88}={0,2}\$[+/0-9A-Za-z]{16,180}",
        ("$argon2",),
    ),
    (r"\$scrypt\$[a-z0-9=,]{3,60}\$[+/.0-9A-Za-z]{8,88}={0,2}\$[+/.0-9A-Za-z]{16,180}", ("$scrypt$",)),
    (r"\$pbkdf2(?:-sha\d{1,3})?\$\d{1,9}\$[./0-9A-Za-z]{4,88}\$[./0-9A-Za-z]{16,180}", ("$pbkdf2",)),
    (r"pbkdf2_sha\d{1,3}\$\d{1,9}\$[+/.=0-9A-Za-z]{4,88}\$[+/0-9A-Za-z]{16,180}={0,2}", ("pbkdf2_sha",)),
    (r"scrypt:\d{1,9}:\d{1,3}:\d{1,3}\$[+/.0-9A-Za-z]{4,88}\$[0-9a-f]{32,256}", ("scrypt:",)),
    (r"pbkdf2:sha\d{1,3}(?::\d{1,9})?\$[+/.0-9A-Za-z]{4,88}\$[0-9a-f]{32,256}", ("pbkdf2:",)),
    (
        r"\{(?:S?SHA|SHA256|SSHA256|SSHA512|SMD5|CRYPT)\}[+/$.0-9A-Za-z]{24,180}={0,2}",
        ("{sha", "{ssha", "{smd5", "{crypt"),
    ),
    (
        r"SCRAM-SHA-\d{1,3}\$\d{1,9}:[+/=0-9A-Za-z]{4,88}\$[+/=0-9A-Za-z]{20,120}:[+/=0-9A-Za-z]{20,120}",
        ("scram-sha-",),
    ),
)
_IDENTIFIED = Expression(
    r"identified\s{1,4}(?:with\s{1,4}['\"\w]{1,40}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4}|values\s{1,4})?"
    r"(?:\\{0,3}(['\"])([^'\"\n\\]{1,256})|([^\s;'\"\\]{1,256}))",
    re.IGNORECASE,
)
_SQL = Expression(
    r"(?:password|secret)\s{0,4}(?:=\s{0,4})?(?:\(\s{0,4})?N?\\{0,3}'((?:[^'\n\\]|''){1,256})\\{0,3}'", re.IGNORECASE
)
_STATEMENT = Expression(r"\b(?:create|alter|set|grant|with|update|insert)\b", re.IGNORECASE)


def _netrc(text: str, at: int) -> Place | None:
    match = _NETRC.match(text, at)
    if match is None or (at and (text[at - 1].isalnum() and text[at - 2 : at] not in ("\\n", "\\t"))):
        return None
    place = match.span(1 if match[1] is not None else 2)
    return place if is_value(text[slice(*place)], "password") else None


def _pgpass(text: str, at: int) -> Place | None:
    match = _PGPASS.match(text, at)
    if match is None or not is_value(match[1], "password"):
        return None
    return match.span(1) if _PGPASS_BEFORE.search(text[max(0, at - 140) : at]) else None


def _hash(expression: str) -> Callable[[str, int], Place | None]:
    pattern = Expression(expression, re.IGNORECASE)

    def find(text: str, at: int) -> Place | None:
        match = pattern.match(text, at)
        return None if match is None else match.span()

    return find


def _identified(text: str, at: int) -> Place | None:
    match = _IDENTIFIED.match(text, at)
    if match is None:
        return None
    place = match.span(2 if match[1] else 3)
    value = text[slice(*place)]
    if not is_value(value, "password") or value.lower() in ("externally", "globally", "by"):
        return None
    return place if match[1] or is_telling(value) else None


def _sql(text: str, at: int) -> Place | None:
    match = _SQL.match(text, at)
    if match is None or not is_value(match[1], "password"):
        return None
    return match.span(1) if _STATEMENT.search(text[max(0, at - 120) : at]) else None


_WIFI = Expression(r"WIFI:(?:[A-OQ-Z]:[^;\n]{0,100};){0,4}P:((?:\\.|[^;\\\n]){1,128});", re.IGNORECASE)


def _wifi(text: str, at: int) -> Place | None:
    match = _WIFI.match(text, at)
    return None if match is None else match.span(1)


RULES = (
    Rule("wifi", _wifi, needles=("wifi:",)),
    Rule(
        "netrc", _netrc, needles=("login",), gate=r"(?i)login(?:\s|\\[nt])+\S+(?:\s|\\[nt])+(?:account|password|passwd)"
    ),
    Rule("pgpass", _pgpass, needles=(":5432:", ":*:", ":5433:", ":6432:", ":5439:", ":5434:", ":26257:")),
    *(Rule("password-hash", _hash(expression), needles=needles) for expression, needles in _HASHES),
    Rule("sql-password", _identified, needles=("identified",), gate=r"(?i)identified\s+(?:with|by|as)\s"),
    Rule("sql-password", _sql, needles=("password",), gate=r"(?i)password\s*=?\s*\(?\s*N?\\*'"),
)
