"""Encodings that hide a value from a search for it: each gives the text and the stretch that carries the value."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Hide = Callable[[Random, str, str], "tuple[str, str]"]

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def _base64(text: str, value: str, alphabet: bytes | None = None) -> tuple[str, str]:
    raw, secret = text.encode(), value.encode()
    encoded = base64.b64encode(raw, alphabet).decode()
    start = raw.index(secret)
    # Four characters carry three bytes; the outer groups may carry neighbours as well, so only the inner ones count.
    first, last = -(-start // 3) * 4, (start + len(secret)) // 3 * 4
    return encoded, encoded[first:last]


def base64_json(rng: Random, name: str, value: str) -> tuple[str, str]:
    return _base64(json.dumps({"id": rng.randint(1, 99), name: value}), value)


def base64url_pair(rng: Random, name: str, value: str) -> tuple[str, str]:
    text, hidden = _base64(f"region=eu&{name}={value}", value, b"-_")
    return text.rstrip("="), hidden.rstrip("=")


def percent_all(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "".join(f"%{byte:02X}" for byte in value.encode())
    return f"region=eu&{name}={hidden}&page=2", hidden


def percent_json(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "".join(f"%{byte:02x}" for byte in value.encode())
    return f"payload=%7B%22{name}%22%3A%22{hidden}%22%7D", hidden


def unicode_escapes(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "".join(f"\\u{ord(char):04x}" for char in value)
    return f'{{"region": "eu", "{name}": "{hidden}"}}', hidden


def zero_width(rng: Random, name: str, value: str) -> tuple[str, str]:
    pieces = [value[start : start + 5] for start in range(0, len(value), 5)]
    hidden = pieces[0] + "".join(rng.choice(INVISIBLE) + piece for piece in pieces[1:])
    return f"{name}: {hidden} was sent", hidden


def soft_hyphen(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "\u00ad".join(value[start : start + 6] for start in range(0, len(value), 6))
    return f"{name} = {hidden}", hidden


def fullwidth(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value)
    return f"{name}: {hidden} ok", hidden


def json_in_json(rng: Random, name: str, value: str) -> tuple[str, str]:
    return json.dumps({"body": json.dumps({"inner": json.dumps({name: value})})}), value


def base64_in_json(rng: Random, name: str, value: str) -> tuple[str, str]:
    text, hidden = base64_json(rng, name, value)
    return json.dumps({"blob": text, "n": 1}), hidden


def html_entities(rng: Random, name: str, value: str) -> tuple[str, str]:
    hidden = "".join(f"&#{ord(char)};" for char in value)
    return f"<p>{name}: {hidden}</p>", hidden


EVASIONS: dict[str, Hide] = {
    "base64_json": base64_json,
    "base64url_pair": base64url_pair,
    "base64_in_json": base64_in_json,
    "percent_all": percent_all,
    "percent_json": percent_json,
    "unicode_escapes": unicode_escapes,
    "zero_width": zero_width,
    "soft_hyphen": soft_hyphen,
    "fullwidth": fullwidth,
    "json_in_json": json_in_json,
}
OPTIONAL_EVASIONS: dict[str, Hide] = {"html_entities": html_entities}
