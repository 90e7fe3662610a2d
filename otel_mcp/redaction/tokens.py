"""Secrets whose shape takes more than an expression: private keys in their containers, and signed tokens.

Public keys and certificates stay.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.checks import is_jwt, is_ripple_seed, is_stellar_seed, make_check
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.expressions import compiled
from otel_mcp.redaction.finders import begins_word
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES", "private_members"]

# RFC 7468, RFC 4716 (four dashes and blanks) and OpenPGP (`BLOCK`).
_BEGIN: Final = r"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
_END: Final = r"-{4,5} ?END [A-Z0-9 ]{0,60}-{0,5}"
_LONGEST_LABEL: Final = 60
_BREAK: Final = r"(?:\s|\\{1,4}[nrt])"
_HEADERS: Final = (
    rf"(?:{_BREAK}{{0,8}}(?i:Proc-Type|DEK-Info|Version|Comment|Charset|Hash|Subject|x-[a-z-]{{1,20}}): ?"
    r"[^\n\\]{0,200}){0,6}"
)
_LINE: Final = rf"{_BREAK}{{0,8}}[A-Za-z0-9+/=]{{16,}}"
_LAST_LINE: Final = rf"{_BREAK}{{1,8}}[A-Za-z0-9+/]{{1,75}}={{0,2}}(?![\w ,.:;])"
_BODY: Final = r"[A-Za-z0-9+/=]{16}"
_BODY_SEEN_WITHIN: Final = 800
_LONGEST_KEY: Final = 32_768  # of 16,384 bits with its headers


def _pem(text: str, at: int) -> Place | None:
    label = text.rfind("BEGIN ", max(0, at - _LONGEST_LABEL), at)
    if label < 0:
        return None
    start = label
    while start > 0 and label - start < 6 and text[start - 1] in "- ":  # noqa: PLR2004  # five dashes and a blank
        start -= 1
    begin = compiled(_BEGIN).search(text, start, at + _LONGEST_LABEL)
    if begin is None or begin.start() > label:
        return None
    dashes = text.find("----", begin.end(), begin.end() + _LONGEST_KEY)
    end = compiled(_END).match(text, dashes) if dashes >= 0 else None
    if end is not None:
        has_body = compiled(_BODY).search(text, begin.end(), min(dashes, begin.end() + _BODY_SEEN_WITHIN))
        return (begin.start(), end.end()) if has_body else None
    # The end was cut off, or something else begins first: the lines that are there.
    headers = compiled(_HEADERS).match(text, begin.end())
    body = begin.end() if headers is None else headers.end()
    last = _end_of_lines(text, body)
    return (begin.start(), last) if last > body else None


def _end_of_lines(text: str, position: int) -> int:
    begin = position
    while line := compiled(_LINE).match(text, position):
        position = line.end()
    if position > begin and (line := compiled(_LAST_LINE).match(text, position)):
        position = line.end()
    return position


_PUTTY: Final = rf"Private-Lines: ?\d{{1,3}}{_BREAK}{{1,4}}"


def _putty(text: str, at: int) -> Place | None:
    head = compiled(_PUTTY).match(text, at)
    if head is None:
        return None
    end = _end_of_lines(text, head.end())
    return (head.end(), end) if end > head.end() else None


# RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1: the members of a key that are private.
_JWK_MEMBER: Final = r"\\{0,3}[\"'](?:d|p|q|dp|dq|qi|k)\\{0,3}[\"']\s{0,3}:\s{0,3}\\{0,3}[\"']([A-Za-z0-9_-]{16,2048})"
_JWK_REACH: Final = 4096
_JWK_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


def private_members(names: Iterable[str]) -> frozenset[str]:
    """Those of an object's members that are secret because the object is a JSON Web Key: none if it is not one."""
    names = frozenset(names)
    return names & _JWK_PRIVATE if "kty" in names else frozenset()


def _jwk(text: str, at: int) -> Place | None:
    start = text.rfind("{", max(0, at - _JWK_REACH), at)
    if start < 0 or "kty" in text[start:at]:
        return None  # only the first word of an object is answered, so that an object is read once
    ends = [end for end in (text.find(brace, at, at + _JWK_REACH) for brace in "{}") if end >= 0]
    members = list(compiled(_JWK_MEMBER).finditer(text, start, min(ends, default=at + _JWK_REACH)))
    return (members[0].start(1), members[-1].end(1)) if members else None


_JOSE: Final = r"(?:eyJ|eyAi|ewog|ew0K)[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}"
_SHORTEST_PAYLOAD: Final = 8


def _jwt(text: str, at: int) -> Place | None:
    if text[at - 1 : at] in ("-", "_") or not begins_word(text, at):
        return None
    found = compiled(_JOSE).match(text, at)
    if found is None:
        return None
    token = found[0].rstrip(".")
    payload = token.partition(".")[2]
    return (at, at + len(token)) if len(payload) >= _SHORTEST_PAYLOAD and is_jwt(token) else None


_BASE64_JOSE: Final = r"ZXlK[A-Za-z0-9+/_-]{28,}={0,2}"


def _jwt_in_base64(text: str, at: int) -> Place | None:
    if text[at - 1 : at] in ("-", "_", "+", "/") or not begins_word(text, at):
        return None
    found = compiled(_BASE64_JOSE).match(text, at)
    if found is None:
        return None
    encoded = found[0].rstrip("=")
    try:
        plain = base64.b64decode(encoded[: len(encoded) // 4 * 4], altchars=b"-_" if "-" in encoded else None)
    except binascii.Error:
        return None
    return found.span() if b".eyJ" in plain or is_jwt(plain.decode("latin-1")) else None


# A bot's token begins with its id, 17 to 20 digits, in base64: the first two digits make these three characters.
_DISCORD: Final = r"[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45}(?![A-Za-z0-9_-])"
_DISCORD_HEADS: Final = tuple(
    sorted({base64.b64encode(b"%d0" % digits)[:3].decode().lower() for digits in range(10, 100)})
)
_SHORTEST_ID: Final = 23
_LONGEST_ID: Final = 28


def _discord(text: str, at: int) -> Place | None:
    if text.find(".", at + _SHORTEST_ID, at + _LONGEST_ID + 1) < 0 or not begins_word(text, at):
        return None
    found = compiled(_DISCORD).match(text, at)
    if found is None:
        return None
    head = found[0].partition(".")[0]
    try:
        plain = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except binascii.Error:
        return None
    return found.span() if plain.isdigit() else None


# The bearer token of an app of X: the id of the app in base64, which begins with zeros, and base64 after it, in which
# `+`, `/` and `=` are written as in URLs. It is looked for where the `=` is: zeros in a row are in any binary file.
_TWITTER: Final = r"A{18,24}[A-Za-z0-9]{1,80}(?:%2[BbFf][A-Za-z0-9]{0,80}){0,6}%3[Dd][A-Za-z0-9%]{8,120}"
_TWITTER_ZEROS: Final = "A" * 18
_TWITTER_REACH: Final = 120


def _twitter(text: str, at: int) -> Place | None:
    zeros = text.find(_TWITTER_ZEROS, max(0, at - _TWITTER_REACH), at)
    if zeros < 0 or not begins_word(text, zeros):
        return None
    found = compiled(_TWITTER).match(text, zeros)
    return found.span() if found is not None and found.end() > at else None


# A private key in DER (RFC 8017, 5208, 5915, 8410 and 7292) or of OpenSSH, in base64 without the lines around it:
# what its lengths, its version and its algorithm are written as. A public key and a certificate begin otherwise.
_DER_HEADS: Final = {
    "ibaakca": (6, r"MII[A-Za-z0-9+/]{2}[AQgw]IBAAKCA[QYgI]"),
    "ibaakbg": (6, r"MII[A-Za-z0-9+/]{2}[AQgw]IBAAKBg[QA]"),
    "ibadanbgkqhkig9w0baqef": (6, r"MII[A-Za-z0-9+/]{2}[AQgw]IBADANBgkqhkiG9w0BAQEF"),
    "ibazcc": (6, r"MII[A-Za-z0-9+/]{2}[AQgw]IBAzCC"),
    "bgkqhkig9w0bbq0w": (8, r"MII[A-Za-z0-9+/]{5}BgkqhkiG9w0BBQ0w"),
    "agebb": (4, r"MI(?:GkAgEBBD|HcAgEBBE)"),
    "ageamb": (4, r"MI(?:GHAgEAMBMG|G2AgEAMBAG|HuAgEAMBAG)By"),
    "caqe": (3, r"M(?:Hc|HQ)CAQEEI"),
    "caqawbqydk2v": (3, r"MC4CAQAwBQYDK2V[uw]BCIE|MEcCAQAwBQYDK2VxBDsE"),
    "b3blbnnzac1rzxktdje": (0, r"b3BlbnNzaC1rZXktdjE"),
}
_SHORTEST_DER: Final = 60


def _der(text: str, at: int) -> Place | None:
    for needle, (before, head) in _DER_HEADS.items():
        if text[at : at + len(needle)].lower() != needle:
            continue
        start = at - before
        if start < 0 or text[start - 1 : start] in ("+", "/") or not begins_word(text, start):
            return None
        if compiled(head).match(text, start) is None:
            return None
        end = _end_of_lines(text, start)
        return (start, end) if end - start >= _SHORTEST_DER else None
    return None


# What has no literal: a seed of Stellar or NATS, and one of the XRP Ledger. Their checksums tell them from other words.
_BASE32_SEED: Final = Expression(r"S[A-DNOUX][A-Z2-7]{54}(?:[A-Z2-7]{2})?")
_RIPPLE_LEAD: Final = r"(?:[^0-9A-Za-z]|\\[nrtbfv]|%[0-9A-Fa-f]{2})\Z"
_RIPPLE_SEED: Final = Expression(r"s[1-9A-HJ-NP-Za-km-z]{27,30}")


def _base32_seed(text: str, at: int) -> Place | None:
    found = _BASE32_SEED.match(text, at)
    return _own_word(text, found) if found is not None and is_stellar_seed(found[0]) else None


def _ripple_seed(text: str, at: int) -> Place | None:
    if at and compiled(_RIPPLE_LEAD).search(text[max(0, at - 3) : at]) is None:
        return None  # the usual answer: an s within a long word
    found = _RIPPLE_SEED.match(text, at)
    if found is None or _own_word(text, found) is None:
        return None
    return found.span() if is_ripple_seed(found[0]) else None


def _own_word(text: str, found: re.Match[str]) -> Place | None:
    after = text[found.end() : found.end() + 1]
    if (after.isascii() and after.isalnum()) or not begins_word(text, found.start()):
        return None
    return found.span()


# 48 digits that unlock a drive under BitLocker: each of the eight groups is a multiple of 11 of 16 bits.
_RECOVERY: Final = Expression(r"[0-9]{6}(?:-[0-9]{6}){7}")

_RECOVERY_END: Final = 11 << 16


def _recovery_key(text: str, at: int) -> Place | None:
    found = _RECOVERY.match(text, at)
    if found is None or _own_word(text, found) is None:
        return None
    groups = [int(group) for group in found[0].split("-")]
    return found.span() if not any(group % 11 or group >= _RECOVERY_END for group in groups) else None


# A key of Mailgun, and one of Ably: an id and a key's name of six characters, and the secret. Looked for where the
# sign in their middle is.
_MAILGUN: Final = r"[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}"
_ABLY: Final = r"[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"
_MAILGUN_HEAD: Final = 32
_ABLY_HEAD: Final = 6


def _mailgun(text: str, at: int) -> Place | None:
    found = compiled(_MAILGUN).match(text, at - _MAILGUN_HEAD) if at >= _MAILGUN_HEAD else None
    if found is None or text[found.end() : found.end() + 1] == "-" or text[found.start() - 1 : found.start()] == "-":
        return None
    return _own_word(text, found)


def _ably(text: str, at: int) -> Place | None:
    found = compiled(_ABLY).match(text, at - _ABLY_HEAD) if at >= _ABLY_HEAD else None
    if found is None or not make_check("mixed")(found[0][_ABLY_HEAD * 2 + 2 :]):
        return None
    return _own_word(text, found)


_SANITY: Final = "sk[A-Za-z0-9]{150,200}"
_WIF: Final = "[TQX][1-9A-HJ-NP-Za-km-z]{51}"


def _sanity(text: str, at: int) -> Place | None:
    found = compiled(_SANITY).match(text, at)
    return None if found is None else _own_word(text, found)


def _wif(text: str, at: int) -> Place | None:
    """A private key of Litecoin or Dogecoin, as a wallet exports it."""
    found = compiled(_WIF).match(text, at)
    return None if found is None or not make_check("base58check")(found[0]) else _own_word(text, found)


_BITWARDEN: Final = r"0\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}=="


def _bitwarden(text: str, at: int) -> Place | None:
    found = compiled(_BITWARDEN).match(text, at)
    return None if found is None or not begins_word(text, at) else found.span()


# Of Atlassian Data Center: base64 of twelve digits, a colon and twenty bytes.
_PERSONAL_ACCESS: Final = "(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){4}O[g-v][A-Za-z0-9+/]{26}"
# `t-<object id>-<object id>` of Tatum; `v2.` and twenty signs of AppVeyor; `1/` and a digest of Transifex.
_TATUM: Final = "t-[0-9a-f]{24}-[0-9a-f]{24}"
_APPVEYOR: Final = r"v2\.[0-9a-z]{20}"
_TRANSIFEX: Final = "1/[0-9a-f]{40}"
_FEWEST_DIGITS: Final = 2


def _personal_access(text: str, at: int) -> Place | None:
    found = compiled(_PERSONAL_ACCESS).match(text, at)
    return None if found is None or text[found.end() : found.end() + 1] in ("+", "/", "=") else _own_word(text, found)


def _tatum(text: str, at: int) -> Place | None:
    found = compiled(_TATUM).match(text, at)
    return None if found is None or text[found.end() : found.end() + 1] == "-" else _own_word(text, found)


def _appveyor(text: str, at: int) -> Place | None:
    # What a version of an API is called goes on with words, and these with points, brackets or slashes.
    found = compiled(_APPVEYOR).match(text, at)
    if found is None or sum(map(str.isdigit, found[0][3:])) < _FEWEST_DIGITS or _goes_on(text, found.end(), "(._-/"):
        return None
    return None if text[at - 1 : at] in ("/", ".", "-", "_") else _own_word(text, found)


def _transifex(text: str, at: int) -> Place | None:
    found = compiled(_TRANSIFEX).match(text, at)
    if found is None or _goes_on(text, found.end(), "/._-"):
        return None
    return None if text[at - 1 : at] in ("/", ".", "-", "_") else _own_word(text, found)


def _goes_on(text: str, end: int, signs: str) -> bool:
    """Whether one of these signs and more stands behind: a point may end a sentence."""
    return text[end : end + 1] in tuple(signs) and text[end + 1 : end + 2].strip(" \t\r\n\"'`)") != ""


# `<id>|<secret>`: of an app of Facebook, and of Laravel Sanctum, with or without a checksum.
_NUMBERED: Final = (
    r"[0-9]{15,17}\|[A-Za-z0-9_-]{27}(?![A-Za-z0-9_|-])|[0-9]{1,9}\|[A-Za-z0-9]{40}(?:[0-9a-f]{8})?(?![A-Za-z0-9_|-])"
)
_NUMBER_BEFORE: Final = Expression(r"[0-9]{1,17}\Z")


def _numbered(text: str, at: int) -> Place | None:
    number = _NUMBER_BEFORE.search(text[max(0, at - 18) : at])
    start = at if number is None else at - len(number[0])
    found = None if number is None or not begins_word(text, start) else compiled(_NUMBERED).match(text, start)
    return found.span() if found is not None and make_check("mixed")(found[0].partition("|")[2]) else None


# `<id>-<secret>`: of Twitter, and of UptimeRobot; `<id>.<secret>` of Zhipu.
_AFTER_ID: Final = (
    r"[0-9]{15,19}-[A-Za-z0-9]{30,42}(?![A-Za-z0-9_-])|[um][0-9]{6,9}-[0-9a-f]{24}(?![A-Za-z0-9_-])"
    r"|[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![A-Za-z0-9._-])|[0-9]{1,6}[~-][A-Za-z0-9]{64}(?![A-Za-z0-9_-])"
)
_ID_BEFORE: Final = Expression(r"(?:[um]?[0-9]{1,19}|[0-9a-f]{32})\Z")


def _after_id(text: str, at: int) -> Place | None:
    number = _ID_BEFORE.search(text[max(0, at - 33) : at])
    start = at if number is None else at - len(number[0])
    found = None if number is None or not begins_word(text, start) else compiled(_AFTER_ID).match(text, start)
    secret = "" if found is None else text[at + 1 : found.end()]
    if found is None or not (secret.islower() or make_check("mixed")(secret)) or not any(map(str.isdigit, secret)):
        return None
    return found.span()


RULES: Final = (
    Rule(
        "api-token",
        _after_id,
        pattern=Expression(r"[~-](?<=[0-9].)[A-Za-z0-9]{24}"),
        gate=r"[0-9][~\-][A-Za-z0-9]{24}",
    ),
    Rule(
        "api-token",
        _after_id,
        pattern=Expression(r"\.(?<=[0-9a-f]\.)[A-Za-z0-9]{16}"),
        gate=r"[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]\.[A-Za-z0-9]{16}",
    ),
    Rule(
        "app-token",
        _numbered,
        pattern=Expression(r"\|(?<=[0-9]\|)[A-Za-z0-9_-]{27}"),
        gate=r"[0-9]\|[A-Za-z0-9_-]{27}",
    ),
    Rule(
        "bitwarden-token",
        _bitwarden,
        pattern=Expression(r"0\.[0-9a-f]{8}-[0-9a-f]{4}-"),
        gate=r"0\.[0-9a-f]{8}-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-",
    ),
    Rule(
        "atlassian-token",
        _personal_access,
        pattern=Expression(_PERSONAL_ACCESS),
        gate="[MNO][DTjz][AEIMQUYcgk][w-z0-5][MNO][DTjz][AEIMQUYcgk][w-z0-5][MNO][DTjz][AEIMQUYcgk][w-z0-5]",
        run=44,
    ),
    Rule("tatum-key", _tatum, pattern=Expression(_TATUM), gate="t-[0-9a-f]{24}-"),
    Rule("appveyor-token", _appveyor, pattern=Expression(_APPVEYOR), gate=r"v2\.[0-9a-z]{20}"),
    Rule("transifex-token", _transifex, pattern=Expression(_TRANSIFEX), gate="1/[0-9a-f]{27}", run=42),
    Rule("sanity-token", _sanity, pattern=Expression(_SANITY), gate="sk[A-Za-z0-9]{27}", run=152),
    Rule("wallet-key", _wif, pattern=Expression(_WIF), gate="[TQX][1-9A-HJ-NP-Za-km-z]{27}", run=52),
    Rule("private-key", _pem, needles=("private key",), gate=r"BEGIN [A-Z0-9 ]*PRIVATE KEY"),
    Rule("private-key", _putty, needles=("private-lines:",)),
    Rule("private-key", _jwk, needles=("kty",)),
    Rule(
        "private-key",
        _der,
        needles=tuple(_DER_HEADS),
        gate=r"[AQgw]IB(?:AAK[BC]|ADANBgkqhkiG|AzCC)|BgkqhkiG9w0BBQ0w|MI[GH][H2u]AgEAMB|MI[GH][kc]AgEBB|MH[cQ]CAQEEI|M[CE][4c]CAQAwBQYDK2V"
        r"|b3BlbnNzaC1rZXktdjE",
    ),
    Rule("stellar-seed", _base32_seed, pattern=_BASE32_SEED, gate="S[A-DNOUX][A-Z2-7]{14}"),
    Rule(
        "ripple-seed",
        _ripple_seed,
        pattern=_RIPPLE_SEED,
        gate=r"(?:^|[^0-9A-Za-z]|\\[nrtbfv]|%[0-9A-Fa-f][0-9A-Fa-f])s[1-9A-HJ-NP-Za-km-z]{27}",
    ),
    Rule("bitlocker-key", _recovery_key, pattern=_RECOVERY, shapes=("-000000" * 7,)),
    Rule("mailgun-key", _mailgun, pattern=Expression("-[0-9a-f]{8}-[0-9a-f]{8}")),
    Rule("ably-key", _ably, pattern=Expression(r"\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{20}")),
    Rule("jwt", _jwt, needles=("eyj", "eyai", "ewog", "ew0k"), gate=r"(?:eyJ|eyAi|ewog|ew0K)[A-Za-z0-9_-]+\."),
    Rule("jwt", _jwt_in_base64, needles=("zxlk",), gate="ZXlK[A-Za-z0-9]"),
    Rule("twitter-token", _twitter, needles=("%3d",), gate=_TWITTER_ZEROS + "[A-Za-z0-9]"),
    Rule(
        "discord-token",
        _discord,
        needles=_DISCORD_HEADS,
        gate=r"[MNO][TjzD][AEIMQUYcgk][w-z0-5][A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]",
    ),
)
