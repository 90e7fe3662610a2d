"""Inputs made to be slow: floods of everything a rule may look for, and of everything a decoder may follow."""

# ruff: noqa: E501, Q003, RUF001  # the pieces are what they are

from __future__ import annotations

import base64
import json
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.redaction.randomness import ALNUM, DIGITS, pick

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = Any
_DEEP = 60

FLOODS = (
    "password=", "password", "token: ", '"secret":"', "api_key='", "Authorization: Bearer ", "Basic ", "Bearer a ",
    "eyJhbGciOi", "eyJhbGciOi.eyJ", "-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\n",
    "-----BEGIN ", "-----END PRIVATE KEY-----", "ghp_", "ghp_" + "a" * 36 + " ", "sk-", "sk-ant-", "xoxb-", "AKIA",
    "AKIAIOSFODNN7AAAAAAA", "glpat-", "AIza", "SG.", "hf_", "npm_", "ya29.", "https://hooks.slack.com/services/T",
    "://a:b@", "://", "https://user:", "postgres://a:a@a/", "@", "a@a.", "a@", "a.b@c.de ", "Cookie: a=b; ",
    "Set-Cookie: ", "%41", "%25", "%", "\\u0041", "\\\\u0041", "\\", "\\n", '"', "'", "'\"", "`", "&#65;", "=", ":", ": ",
    "; ", ",", "=\"", "{", "[", "{\"a\":", "[[", "<a>", "<password>", "${", "{{", "$", "-", "--password ", " -p ", " -u a:",
    "0", "1234 ", "4111 1111 1111 1111 ", "4111111111111111", "123-45-6789 ", "DE89 3704 0044 0532 0130 00 ", "DE89",
    "1.2.3.4 ", "1.", "1.1.1.1.", "::", "2001:db8:", "a:b:c:d:e:f:", "00:11:22:33:44:55 ", "+1 ", "+49 151 ", "+",
    "date of birth ", "passport ", "SSN ", "machine a login b password ", "AccountKey=", "SharedAccessKey=", "sig=",
    "X-Amz-Signature=", "PGPASSWORD=", "curl -u ", "pwd=;", "\u200b", "a\u200b", "a\u0301", "\u0301", "\uff41", "ﬀ", "İ", "\x1f",
    "\x00", "\n", "\r\n", "\t", "a ", "aaaa.", "a-", "a_", "secret secret ", "key", "key=key=", "AAAA", "==",
)  # fmt: skip


def flood(piece: str) -> Callable[[int], JSON]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _nested_json(size: int) -> JSON:
    text = json.dumps({"password": "x" * (size // 4)})
    while len(text) < size:
        text = json.dumps(text)
    return text[:size]


def _json_strings(size: int) -> JSON:
    return "".join('{"a": "{\\"b\\": 1}"} ' for _ in range(size // 20))


def _deep_list(size: int) -> JSON:
    value: JSON = "x"
    for _ in range(_DEEP):
        value = [value, "a" * (size // _DEEP)]
    return value


def _deep_text(size: int) -> JSON:
    return "[" * (size // 2) + "]" * (size // 2)


def _many_keys(size: int) -> JSON:
    return {f"password_{number}": number for number in range(size // 16)}


def _many_harmless_keys(size: int) -> JSON:
    return {f"field_{number}": "v" for number in range(size // 16)}


def _many_strings(size: int) -> JSON:
    return ["a" for _ in range(size // 4)]


def _many_secrets(size: int) -> JSON:
    rng = Random(1)
    return [f"ghp_{pick(rng, ALNUM, 36)}" for _ in range(size // 44)]


def _many_passwords(size: int) -> JSON:
    rng = Random(2)
    return [{"password": pick(rng, ALNUM, 16)} for _ in range(size // 32)]


def _many_echoes(size: int) -> JSON:
    rng = Random(3)
    secrets = [pick(rng, ALNUM, 20) for _ in range(100)]
    return {"passwords": secrets, "text": " ".join(rng.choice(secrets) for _ in range(size // 21))}


def _long_key(size: int) -> JSON:
    return {"password=" * (size // 9): 1}


def _base64_blob(size: int) -> JSON:
    return base64.b64encode(Random(4).randbytes(size * 3 // 4)).decode()


def _base64_of_base64(size: int) -> JSON:
    inner = base64.b64encode(b'{"password": "x"}' * (size // 34))
    return base64.b64encode(inner).decode()[:size]


def _base64_pieces(size: int) -> JSON:
    piece = base64.b64encode(b'{"id": 12345, "name": "x"}').decode()
    return (piece + " ") * (size // len(piece))


def _digits(size: int) -> JSON:
    return pick(Random(5), DIGITS, size)


def _digit_groups(size: int) -> JSON:
    rng = Random(6)
    return " ".join(pick(rng, DIGITS, 4) for _ in range(size // 5))


def _one_word(size: int) -> JSON:
    return pick(Random(7), ALNUM, size)


def _hex(size: int) -> JSON:
    return Random(8).randbytes(size // 2).hex()


def _percent_json(size: int) -> JSON:
    return "%7B%22password%22%3A%22" + "%41" * (size // 3)


def _prose_of_telling_words(size: int) -> JSON:
    return "the secret token of the password key is a credential for auth and pin cookies session " * (size // 86)


def _table(head: str, row: str) -> Callable[[int], JSON]:
    return lambda size: (head + row * size)[:size]


HOSTILE: dict[str, Callable[[int], JSON]] = {
    **{json.dumps(piece, ensure_ascii=True)[:42] + " × n": flood(piece) for piece in FLOODS},
    "JSON in JSON in JSON": _nested_json, "many JSON strings": _json_strings, "deep list": _deep_list,
    "brackets": _deep_text, "many telling keys": _many_keys, "many keys": _many_harmless_keys,
    "many strings": _many_strings, "many tokens": _many_secrets, "many passwords": _many_passwords,
    "100 secrets echoed": _many_echoes, "one long key": _long_key, "base64 blob": _base64_blob,
    "base64 of base64": _base64_of_base64, "many base64 JSON": _base64_pieces, "random digits": _digits,
    "digit groups": _digit_groups, "one random word": _one_word, "hexadecimal": _hex, "percent JSON": _percent_json,
    "telling prose": _prose_of_telling_words, "table of secrets": _table("id,password\n", "1,Ab%d9kq\n"),
    "table of people": _table("id,dob\n", "1,1984-03-12\n"), "rows of a statement": _table(
        "INSERT INTO t (id, dob) VALUES ", "(1,'1984-03-12'),"
    ),
    "page of secrets": _table("<table><tr><th>id</th><th>password</th></tr>", "<tr><td>1</td><td>Ab9kq31x</td></tr>"),
    "column of secrets": _table("password\n", "Ab9kq31x\n"),
    "cells over lines": _table("id,note,password\n", '1,"a\nb, c",Ab9kq31x\n'),
    "quotes that stay open": _table("id,note,password\n", '1,"""a,'),
    "rows cut short": _table("", "a," * 110 + "password\n" + ("a," * 60 + "\n") * 2),
}  # fmt: skip
