"""Addresses of electronic mail, as they are used of RFC 5321 and RFC 6531."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_LONGEST_LOCAL = 64
_LONGEST_USERINFO = 256
_MOST_LETTERS = 24

# Read from the sign backwards, so the text is reversed.
_LOCAL = Expression(r"[\w.+'!#$%*^~=&-]+")
_QUOTED_LOCAL = Expression(r'"[^"\n\\]{1,62}\\?"')
_UNQUOTED = Expression(r"[?&=/#$%!*^~'.-]")
_DOMAIN = Expression(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})(?![\w-])", re.IGNORECASE
)
# `ann_smith-42=host@…`, `ann_smith-42/host@…`: nothing else that stands before these signs ends in such a number.
_NUMBERED = Expression(r"[A-Za-z][\w.]{0,40}[.-][0-9]{1,6}")
_NUMBERED_BEFORE = Expression(r"(?<![^\s\"'`<(:,;])[A-Za-z][\w.]{0,40}[.-][0-9]{1,6}\Z")
_VERSION = Expression(r"v?[0-9]+\.[0-9]+(?:[.-]|$)", re.IGNORECASE)
_ESCAPED = Expression(r"[nrtbfv](?=.)|u[0-9A-Fa-f]{4}")

# `git@github.com:org/repo` names a machine account, `this@Outer.name` a scope.
_NO_PERSON = frozenset({"git", "hg", "svn", "gitea", "forgejo", "aur", "this", "super", "return"})
# Names of hosts within a network, which receive no mail (RFC 6762, RFC 8375, and ICANN for `internal`).
_NO_MAIL = frozenset({"internal", "lan", "localdomain", "localhost", "intranet", "arpa"})
# `user@1000.service` is an instance of a template of systemd.
_UNITS = frozenset({"service", "socket", "timer", "mount", "automount", "swap", "target", "path", "slice", "scope"})
_IN_CLUSTER = (".svc.cluster.local", ".cluster.local")
_LOGIN_BEFORE = Expression(
    r"(?:\b|\\[nrt])(?:ssh|scp|sftp|rsync|mosh|autossh|sshfs|ssh-copy-id)(?:\.exe)?[\"',]{0,2}\s[^|;&\n\x00]{0,96}\Z"
)
_LONGEST_COMMAND = 112
_FILES = word_set(
    "avif bmp css csv gif gz html ico jpeg jpg js json map md5 mjs mp3 mp4 pdf png sig sha256 sql svg tar tgz tiff ts"
    " tsx jsx ttf txt wasm webm webp whl woff xml yaml yml jar lock toml conf cfg ini asc exe dll dmg deb rpm vue"
)


def _find(text: str, at: int) -> Place | None:
    start = _local_start(text, at)
    domain = _DOMAIN.match(text, at + 1)
    if start is None or domain is None or not _is_mail_domain(domain[0], text, domain.end()):
        return None
    if (
        "**" in text[start:at]
        or text[start:at].lower() in _NO_PERSON
        or _is_userinfo(text, start, at)
        or _is_login(text, start)
    ):
        return None
    return start, domain.end()


def _local_start(text: str, at: int) -> int | None:
    backwards = text[max(0, at - _LONGEST_LOCAL) : at][::-1]
    local = _QUOTED_LOCAL.match(backwards)
    if local is not None:
        start = at - local.end()
        return start - 1 if text[start - 1 : start] == "\\" else start
    local = _LOCAL.match(backwards)
    if local is None or backwards[0] == ".":
        return None
    start = at - local.end()
    if text[start - 1 : start] == "\\":
        escape = _ESCAPED.match(text, start, at)
        start = start if escape is None else escape.end()
    return _without_query(text, start, at)


def _without_query(text: str, start: int, at: int) -> int | None:
    # `?to=ann@…&cc=bob@…` and `'ann@…'`: signs that may stand in an address, but here stand before one. A bounce
    # address such as `list+ann=host.example@…` keeps its `=`.
    local = text[start:at]
    cut = max(local.rfind("&"), local.rfind("#"))
    equals = local.rfind("=")
    if equals > cut and "+" not in local[cut + 1 : equals] and not _NUMBERED.fullmatch(local, cut + 1, equals):
        cut = equals
    start += cut + 1
    if cut < 0 and text[start - 1 : start] == "/":
        # A path goes on before the next of these signs, an address begins.
        before = _NUMBERED_BEFORE.search(text, max(0, at - _LONGEST_LOCAL), start - 1)
        start = start if before is None else before.start()
    while start < at and _UNQUOTED.match(text[start]):
        start += 1
    return start if start < at else None


def _is_mail_domain(domain: str, text: str, end: int) -> bool:
    last = domain.rpartition(".")[2]
    if (
        last.lower() in _NO_MAIL
        or last in _UNITS
        or domain.lower().endswith(_IN_CLUSTER)
        or last.lower() in _FILES
        or _VERSION.match(domain)
    ):
        return False
    if last.isascii() and not (last.islower() or last.isupper() or last.istitle()) and not last.startswith("xn--"):
        return False  # a method in camelCase
    return text[end : end + 1] != "("


def _is_login(text: str, start: int) -> bool:
    # `ssh ann@web1.example.com` names an account on a host.
    return _LOGIN_BEFORE.search(text, max(0, start - _LONGEST_COMMAND), start) is not None


def _is_userinfo(text: str, start: int, at: int) -> bool:
    # `scheme://user:password@host`: what stands before the sign is a credential, which other rules look for.
    scheme = text.rfind("://", max(0, at - _LONGEST_USERINFO), start)
    return scheme >= 0 and not _BEYOND_HOST.search(text, scheme + 3, at)


_BEYOND_HOST = Expression(r"[\s/?#\"'<>,;]")

RULES = (
    Rule(
        "email",
        _find,
        needles=("@",),
        gate=r"[^\s\x00/:,;()<>]@[^\s\x00@.:/]+\.[^\s\x000-9@]",
        personal=True,
    ),
)
