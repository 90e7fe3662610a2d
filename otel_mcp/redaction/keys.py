"""Which names announce a secret. Names are read as words, so `secretary` and `token_count` are not taken for one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["holds_count", "is_cookie_key", "is_sensitive_key", "sensitive_environment", "word_set", "words_of"]

_LONGEST_KEY = 128
_SHORTEST_ENVIRONMENT_SECRET = 8


def word_set(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())


_NOUNS = word_set(
    "password passwords passwd passwds pwd passphrase passphrases passcode passkey passwort kennwort contrasena senha"
    " secret secrets token tokens apikey apikeys credential credentials creds cred cookie cookies authorization"
    " privatekey secretkey accesskey authkey jwt otp totp cvv cvv2 cvc cvc2 csc pin pins ssn mnemonic bearer"
)
_LAST_NOUNS = word_set("pass auth userpass dbpass")  # `pass_rate` and `auth_mode` are no secrets, `smtp_pass` is
_COMPACT = _NOUNS | word_set(
    "clientsecret authtoken accesstoken refreshtoken idtoken sessiontoken bearertoken apitoken signingkey sessionkey"
    " encryptionkey masterkey accountkey apisecret appsecret authcode cardnumber creditcard motdepasse"
    " contraseña пароль 密码 密碼"
)
_SUFFIXES = (
    *("password", "passwd", "passphrase", "apikey", "secretkey", "privatekey", "accesskey", "accesstoken"),
    *("refreshtoken", "authtoken", "clientsecret", "signingkey"),
)
_KEY_QUALIFIERS = word_set(
    "access account aes anon api app application auth client consumer decryption deploy deployment ec ecdsa ed25519"
    " encryption functions hmac host integration jwt license master oauth pgp gpg private pre preshared role root rsa"
    " sas secret server service session shared signature signing ssh ssl storage subscription tls webhook wireguard"
    " anthropic openai stripe sendgrid datadog symmetric wallet"
)
_PAIRS = frozenset(
    {
        ("auth", "code"),
        ("access", "code"),
        ("backup", "code"),
        ("backup", "codes"),
        ("card", "number"),
        ("connection", "string"),
        ("credit", "card"),
        ("recovery", "code"),
        ("recovery", "codes"),
        ("recovery", "phrase"),
        ("security", "answer"),
        ("security", "code"),
        ("seed", "phrase"),
        ("social", "security"),
        ("verification", "code"),
    }
)
_METADATA_AFTER = word_set(
    "address age algorithm at attempts balance banner bucket budget change changed class color consent count counter"
    " counts created days decimals description disabled domain enabled endpoint env exists expiration expire expired"
    " expires expiry field file filename format header hint id ids in index issuer kind label length level lifetime"
    " limit limits manager max metadata method min mode name names namespace needed only parameter path per placeholder"
    " policies policy present price prompt provider rate ref reference refs regex required requirement requirements"
    " reset resource rotation rule rules schema scheme scope scopes server set settings size source status store"
    " strategy strength supply supported symbol title total ttl type types updated uri url usage used uses valid"
    " validation validator version visible window"
)
_FLAG_FIRST = word_set(
    "is has have no needs need requires require required show hide allow allows enable disable supports"
)
_QUANTITY_BEFORE = word_set("max min num number total count")
_TOKEN_BEFORE = word_set(
    "input output prompt next prev previous page paging pagination progress continuation continue completion cached"
    " reasoning cancellation cancel stop special bos eos pad unk mask sep cls start end sync delta resume cursor design"
    " color estimated remaining used consumed thinking text audio image"
)
_TOKENS_BEFORE = _TOKEN_BEFORE | _QUANTITY_BEFORE | word_set("new top avg average budget per")
_THINGS_BEFORE = {
    "pin": word_set("gpio led map drop hash input output rolling digital analog data clock"),
    "pins": word_set("gpio led map input output digital analog board chat my user pinned"),
    "pass": word_set("first second third last boarding render single multi one two season hall ski test tests did"),
    "auth": word_set("no without requires needs skip"),
}

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def words_of(key: str) -> list[str]:
    """The lower-case words of a name in camelCase, snake_case, kebab-case or any mixture."""
    return [word.lower() for word in _WORD.findall(key)]


def is_sensitive_key(key: str) -> bool:
    """Whether a value under this name is a secret."""
    # The last words decide what a name means; the cut keeps the cache small under keys of any length.
    return _classify(key[-_LONGEST_KEY:])


def holds_count(key: str) -> bool:
    """Whether numbers under this (sensitive) name are quantities: `tokens: 512` is a count, `tokens: ["…"]` is not."""
    return key[-6:].lower() == "tokens"


def is_cookie_key(key: str) -> bool:
    """Whether the value is a list of `name=value` pairs, as in the Cookie header."""
    return "cookie" in key[-_LONGEST_KEY:].lower()


@lru_cache(maxsize=4096)
def _classify(key: str) -> bool:
    if not key.isascii():
        key = unicodedata.normalize("NFKC", key)
    if "".join(character for character in key.lower() if character.isalnum()) in _COMPACT:
        return True
    words = words_of(key)
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    return any(_names_secret(words, index) and not _vetoed(words, index) for index in range(len(words)))


def _names_secret(words: list[str], index: int) -> bool:
    word, before = words[index], words[index - 1] if index else ""
    if word in _NOUNS or word.endswith(_SUFFIXES):
        return True
    if word in ("key", "keys"):
        return before in _KEY_QUALIFIERS
    if word in _LAST_NOUNS:
        return index == len(words) - 1
    return (before, word) in _PAIRS


def _vetoed(words: list[str], index: int) -> bool:
    if not _METADATA_AFTER.isdisjoint(words[index + 1 :]):
        return True
    if index == 0:
        return False
    word, before = words[index], words[index - 1]
    if words[0] in _FLAG_FIRST or before in _QUANTITY_BEFORE:
        return True
    if word == "token":
        return before in _TOKEN_BEFORE
    if word == "tokens":
        return not _TOKENS_BEFORE.isdisjoint(words[:index])
    return before in _THINGS_BEFORE.get(word, ())


def sensitive_environment(environ: Mapping[str, str]) -> list[str]:
    """The values of environment variables whose name announces a secret.

    Short values, paths, numbers and URLs without credentials are left out: to remove those from every text would
    destroy it and protect nothing.
    """
    return [value for name, value in environ.items() if is_sensitive_key(name) and _worth_hiding(value)]


def _worth_hiding(value: str) -> bool:
    value = value.strip()
    if len(value) < _SHORTEST_ENVIRONMENT_SECRET or value.lower() in ("disabled", "required", "optional"):
        return False
    if value.startswith(("/", "./", "../", "~")) or value[1:3] in (":\\", ":/"):
        return _is_no_path(value)
    if "://" in value:
        return "@" in value
    return not value.replace(".", "", 1).replace("-", "", 1).isdigit()


def _is_no_path(value: str) -> bool:
    # Base64 may begin with a slash; it has no extension, no second short segment and no blank.
    return value.startswith("/") and value.count("/") == 1 and len(value) >= 32 and "." not in value  # noqa: PLR2004
