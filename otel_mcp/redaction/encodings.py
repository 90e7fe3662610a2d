"""The shapes in which one secret appears in other texts: escaped, quoted, encoded."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["clean_text", "forms_of", "secrets_within", "unquoted"]

_SPECIAL = frozenset("\\'\"&<>")
_SHORTEST_ENCODED = 6
_LONGEST_ENCODED = 65536
_SHORTEST_LINE = 8
_SHORTEST_COOKIE = 8
_SCHEMES = frozenset({"apikey", "basic", "bearer", "digest", "dpop", "negotiate", "token"})
_COOKIE_ATTRIBUTES = frozenset({"domain", "expires", "max-age", "path", "priority", "samesite", "version"})


def clean_text(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, so that it can be written as UTF-8."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def unquoted(text: str) -> str:
    """The text with its percent-encoding undone."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415  # it imports more than all of redaction, for what is seldom there

    return unquote(text)


def forms_of(secret: str) -> Iterator[str]:
    """Every spelling of a secret that is looked for; some repeat."""
    yield secret
    if len(secret) > _LONGEST_ENCODED:
        return
    yield from _escaped(secret)
    if len(secret) >= _SHORTEST_ENCODED:
        yield from _percent_encoded(secret)
        yield from _base64_encoded(secret.encode("utf-8", "surrogatepass"))


def _escaped(secret: str) -> Iterator[str]:
    if secret.isascii() and secret.isprintable() and _SPECIAL.isdisjoint(secret):
        return
    once = {json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    for spell in (repr, ascii):
        plain = "".join(character if character in "'\"" else spell(character)[1:-1] for character in secret)
        once.update(_quotes_escaped(plain))
    yield from once
    # A representation within a representation: which quotes are escaped depends on the text around.
    for form in once:
        yield from _quotes_escaped(form.replace("\\", "\\\\"))
    yield json.dumps(json.dumps(secret)[1:-1])[1:-1]
    in_bytes = repr(secret.encode("utf-8", "surrogatepass"))[2:-1]
    yield in_bytes
    yield in_bytes.replace("\\", "\\\\")
    from html import escape  # noqa: PLC0415  # see `decoding`

    yield escape(secret)
    yield escape(secret, quote=False)


def _quotes_escaped(text: str) -> Iterator[str]:
    yield text
    yield text.replace("'", "\\'")
    yield text.replace('"', '\\"')
    yield text.replace("'", "\\'").replace('"', '\\"')


def _percent_encoded(secret: str) -> Iterator[str]:
    if secret.isascii() and secret.isalnum():
        return  # written as it is
    from urllib.parse import quote, quote_plus  # noqa: PLC0415  # see `unquoted`

    for encode in (quote, quote_plus):
        for safe in ("", "/"):
            encoded = encode(secret, safe=safe, errors="surrogatepass")
            yield encoded
            if "%" in encoded:
                yield _lower_hex(encoded)


def _lower_hex(encoded: str) -> str:
    first, *rest = encoded.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _base64_encoded(secret: bytes) -> Iterator[str]:
    # Only the characters that depend on the secret alone: what stands before and after it is unknown.
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + secret).decode()
        core = encoded[(shift * 8 + 5) // 6 : (shift + len(secret)) * 8 // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def secrets_within(value: str, *, cookie: bool = False) -> Iterator[str]:
    """What is to be remembered of a sensitive string: itself, and the parts that travel without it."""
    yield value
    stripped = value.strip()
    yield stripped
    if "\n" in stripped or "\r" in stripped:
        yield from (line.strip() for line in stripped.splitlines() if len(line.strip()) >= _SHORTEST_LINE)
    scheme, _, credential = stripped.partition(" ")
    if scheme.lower() in _SCHEMES:
        yield credential.strip()
        if scheme.lower() == "basic":
            yield from _basic_password(credential.strip())
    if "://" in stripped:
        yield from _url_password(stripped)
    if cookie:
        yield from _cookie_values(stripped)


def _basic_password(credential: str) -> Iterator[str]:
    try:
        decoded = base64.b64decode(credential + "=" * (-len(credential) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return
    yield decoded
    yield decoded.partition(":")[2]


def _url_password(url: str) -> Iterator[str]:
    authority = url.partition("://")[2].partition("/")[0]
    password = authority.rpartition("@")[0].partition(":")[2]
    yield password
    yield unquoted(password)


def _cookie_values(header: str) -> Iterator[str]:
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name.lower() not in _COOKIE_ATTRIBUTES and len(value) >= _SHORTEST_COOKIE:
            yield value.strip('"')
