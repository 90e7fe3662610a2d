"""Where the value behind a telling name begins and ends, and whether it is a value at all.

Everything that can be refused is refused from the first characters, and what is read on is removed: a text made of
openings is read once. For that a bare value is judged by its head, and `whole` adds the rest of what was accepted.
"""

# ruff: noqa: RUF001  # signs that people write

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.quotes import CLOSING, OPENING, quoted_at
from otel_mcp.redaction.carriers.references import default_at, joined, operand_at
from otel_mcp.redaction.carriers.telling import (
    ANGLE,
    FUNCTION_WORDS,
    HEAD,
    LABEL_WORDS,
    is_placeholder,
    is_telling,
    is_value,
    is_worded,
)
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, word_set, words_of

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["block_at", "is_sentence", "reads_as_prose", "value_at", "whole", "without_stop"]
# Closing signs, `&` and quotes belong to the value only if it goes on behind them.
_CHARACTER = (
    r"(?:[^\s\"'`,;&<)\]}\\\x00-\x1f]"
    r"|\\(?![nrt\"'u])"
    r"|[,)\]}](?=[^\s,;&)\]}\"'`.<\\:])"
    r"|&(?![\w.\[\]%-]{1,40}=|&|quot;|amp;|lt;|gt;|#|\s|\Z|[\"'`])"
    r"|<(?!/|!|[A-Za-z]{1,10}[\s/>])"
    r"|[\"'](?=[A-Za-z0-9!@#$^*_])(?![A-Za-z]{1,9}[ =:(]))"
)
_BARE = Expression(_CHARACTER + "{1,200}")
_REST = Expression(_CHARACTER + "+")
_INNER = Expression(r"[^;\"'\n\r\\]{1,128}(?=;)")
_TAG = Expression(r"(?:!{1,2}[\w/:.-]{1,40}|&[\w-]{1,40})[ \t]{1,4}")
_TAG_STARTS = ("!", "&")
_REFERENCES = ("!secret", "!env", "!env_var", "!Ref", "!Sub", "!GetAtt", "!ImportValue", "!reference", "!include")
_BLOCK = Expression(r"[|>][+-]?\d?[+-]?[ \t]{0,4}(?:#[^\n]{0,80})?(?:\r?\n|\\n)([ \t]{1,40})(?=\S)")
_TYPES = Expression(
    r"(?:Optional|Union|Annotated|Literal|Dict|List|Sequence|Mapping|Callable|Option|Vec|Array|Map|Promise|Result|Secret"
    r"|SecretStr|Nullable|Field|Column|Box|Arc|Rc|list|dict|tuple|set|type|str|string|bytes|String|int|bool|boolean"
    r"|number|unknown|any|Str|Text|varchar|VARCHAR|NVARCHAR|TEXT|CHAR|z|Joi|yup|t|models|sa|serializers|forms|graphene"
    r"|pydantic|SecureString|CharSequence|byte|char)\s?[\[(<|?;,)=.:]"
)
_MINIFIED = Expression(r"[A-Za-z_$]{1,2}[)}\]]{1,3}[(),;.]")
# What stands on a form, in the files of translations: `password=Mot de passe`.
_LABEL = Expression(
    r"(?:[^\W\d_][^\W\d_]{0,13}[ ]){0,3}(?:[Mm]ots? de passe|[Cc]ontraseñas?|[Cc]ontrasenya|[Pp]alabra clave|[Ss]enhas?"
    r"|[Pp]assw(?:ö|o)rte?n?|[Kk]ennwort|[Ww]achtwoord|[Pp]arola d'ordine|[Hh]asło|[Hh]eslo|[Ll]ösenord"
    r"|[Cc]ode d['’]accès|пароль)(?:[ ][^\W\d_]{1,20}){0,5}[ ]?[.?!:…]{0,3}(?:\r?\n|\\n|\Z)"
)
_GOES_ON = Expression(r" (?:\(|(?![A-Z])[^\W\d_]{1,20}\b)")
_PROSE = Expression(r"([A-Za-z][a-z']{0,20})[,]? (?=[A-Za-z(\"'\d])")
_SPOKEN = Expression(r"(?:[A-Za-z][a-z']{0,20},?[ ]){2,5}[a-z']{1,20}")
_STRONG = ("pass", "pwd", "secret", "cred", "key")
# `String::from("…")`, `SecretStr("…")`, `{"…"}` in JSX: the quotes are the value, not an argument of something else.
_WRAPPED = Expression(
    r"(?:(?:[\w]{1,20}(?:\.|::)){0,3}(?:from|of|new|valueOf|String|SecretStr|Secret|Some|Just|bytes|str|NSString|secret"
    r"|string|strdup|Protected|SecretString|b64decode|atob|unhexlify|char)\(\s{0,16}|(?<==)\{)(?=[bBrR@]?[\"'])"
)
_MAY_OPEN = frozenset("rbufRBUF@$\\\"'`&" + "".join(CLOSING))
_MAY_WRAP = frozenset(string.ascii_letters + "_{")
_VARIABLE = Expression(r"[A-Za-z_$][A-Za-z_$.]{0,80}(?:[\s;,)]|\Z)")
_PATH = Expression(r"&?!?[*]?[A-Za-z_$][\w$]{0,60}(?:(?:\.|::|->|\?\.)[A-Za-z_$][\w$]{0,60}){0,6}")
_AFTER_CODE = Expression(r"\s{0,2}(?:[,);|\]}?]|\\n|\n|\Z|and\b|or\b|if\b|is\b|==|!=|\+|//|#)")
_CODE_HEADS = word_set(
    "os config settings self this args opts options params param request req event context ctx var local data"
    " secrets vars inputs steps user credentials creds module each kwargs form props state body conf cfg app env"
    " environ process client session account auth res response result payload input values query headers cookies"
    " store db item obj row fields field spec schema types model models"
)
_EXPRESSION = Expression(r"[ ]{1,2}(?:[+|]|if\b|or\b|and\b)")
_TYPE_GOES_ON = Expression(r"[ ]\||[ ]=[ ]|\)[ ]?->|\),? \w{1,20}:|, \w{1,20}: ")
_PLAIN_QUOTES = ('"', "'")
_BRACKET = Expression(r"\((?:\s|\\n){0,48}(?=[rbufRB]?\\{0,3}[\"'])")
_BRACKET_CLOSES = Expression(
    r"\\{0,3}[\"'](?:(?:\s|\\n){0,48}[rbufRB]?\\{0,3}[\"']([^\"'\n\\]{1,256})\\{0,3}[\"']){0,8}(?:\s|\\n){0,24}\)"
)
_DIRECTORIES = ("pwd", "oldpwd")
_CLOSERS = ",);|]}?"
_LONGEST_SENTENCE = 512
_FEWEST_OF_SENTENCE = 3
_LONGEST_PLAIN = 8  # `oauth2`, `sha256`
_PLAIN_NAMES = word_set(
    "user username value val v t s p pw pwd pass passwd password token secret key cred creds cookie"
)


def value_at(
    text: str,
    start: int,
    name: str,
    *,
    prose: bool = False,
    code: bool = False,
    declared: bool = False,
    beside: bool = False,
) -> Place | None:
    """The value that begins at `start`: quoted, bare, or what is written of it where a reference stands.

    `prose`: it follows a colon and a blank, and may be a sentence. `code`: it follows an equals sign between blanks;
    `declared`: of a variable, so names that follow are names of other variables; `beside`: strings side by side are
    one.
    """
    place = default_at(text, start, name)
    if place is not None:
        return place
    if text[start : start + 1] == "(" and (bracket := _BRACKET.match(text, start)) is not None:
        return _in_brackets(text, bracket.end(), name)
    place = _read_at(text, start, name, prose=prose, code=code, declared=declared)
    if place is None:
        return operand_at(text, start, name)
    return joined(text, place, name, beside=beside) if text[place[0] - 1 : place[0]] in _PLAIN_QUOTES else place


def _in_brackets(text: str, start: int, name: str) -> Place | None:
    # Strings in brackets are one over lines; behind a comma it is another.
    place = quoted_at(text, start, name)
    rest = None if place is None else _BRACKET_CLOSES.match(text, place[1])
    return None if place is None or rest is None else (place[0], max(place[1], rest.end(1)))


def _read_at(text: str, start: int, name: str, *, prose: bool, code: bool, declared: bool) -> Place | None:
    if text[start : start + 1] in _TAG_STARTS and (tag := _TAG.match(text, start)) is not None:
        if tag[0].strip() in _REFERENCES:
            return None
        start = tag.end()
    first = text[start : start + 1]
    if first in _MAY_OPEN:
        opening = OPENING.match(text, start)
        if opening is not None:
            return quoted_at(text, start, name, opening)
    if first in _MAY_WRAP:
        wrapped = _WRAPPED.match(text, start)
        if wrapped is not None:
            return quoted_at(text, wrapped.end(), name)
    place = None if declared and _VARIABLE.match(text, start) else _bare_at(text, start, name, code=code)
    if place is None or (prose and reads_as_prose(text, place[0], name)):
        return None
    if prose and text[slice(*place)].lower() in FUNCTION_WORDS:
        return None
    return place if is_value(text[place[0] : place[1]], name) else None


def _bare_at(text: str, start: int, name: str, *, code: bool) -> Place | None:
    head = text[start : start + 64]
    if _is_hopeless(head, code) or _is_reference(text, start, head, name, code=code):
        return None
    if head[0] == "/" and name.lower() in _DIRECTORIES:
        return None
    if head[0] == "[" and "]" in head:
        start += 1  # `starting with token=[…]`
    inner = _INNER.match(text, start) if text[max(0, start - 200) : start].rfind(";") >= 0 else None
    if inner is not None and _in_connection_string(text, start):
        return start, inner.end()
    value = _BARE.match(text, start)
    return None if value is None else (start, value.end())


@lru_cache(maxsize=1024)
def _is_hopeless(head: str, code: bool) -> bool:
    return (
        not head
        or _is_structure(head, code=code)
        or ANGLE.match(head) is not None
        or _TYPES.match(head) is not None
        or _MINIFIED.match(head) is not None
        or _LABEL.match(head) is not None
        or head.startswith(("[REDACTED:", "(ConvertTo-", "(Get-", "(Read-Host"))
        or is_placeholder(_first_word(head))
    )


def _is_structure(head: str, *, code: bool) -> bool:
    # The names inside a structure speak for themselves.
    if head[0] in "{[(":
        return code or head[1:2] in ("", " ", "\n", "'", '"', "{", "[", "\\", "\r", "]", "}", ")")
    return head[0] in ",)]};&|"


def _first_word(head: str) -> str:
    return re.split(r"[\s\"'`,;&)<]", head, maxsplit=1)[0]


def _in_connection_string(text: str, start: int) -> bool:
    # `Server=db;Password=two words;…`: the pair before ends right where this name begins.
    before = text[max(0, start - 64) : start]
    name = before.rpartition(";")[2]
    return ";" in before and "\n" not in name and name.count("=") == 1 and name.rstrip().endswith("=")


def _is_reference(text: str, start: int, head: str, name: str, *, code: bool) -> bool:
    path = _PATH.match(head)
    if path is None:
        return False
    words, end = path[0], start + path.end()
    following = head[path.end() : path.end() + 1]
    if text[end : end + 2] in ("!(", "?("):
        return True  # of Elixir, Ruby and Rust
    if following in ("(", "[") and (is_worded(words) or "." in words or (following == "(" and words.isalpha())):
        return True
    if _TYPE_GOES_ON.match(text, end):
        return True
    if not _AFTER_CODE.match(text, end) or any(map(str.isdigit, words)):
        return False
    closed = following in _CLOSERS and following != ""
    return (closed or code) and ((code and _EXPRESSION.match(text, end) is not None) or _names(words, name, code=code))


def _names(words: str, name: str, *, code: bool) -> bool:
    # Whether this is a name in code: the same name again, a path, or the name of another secret.
    own = name.lower().rpartition(".")[2].strip("_$")
    if own.endswith(words.lower().strip("_$")) or words in _PLAIN_NAMES:
        return True
    parts = [part for part in re.split(r"\.|::|->|\?\.", words) if part]
    if len(parts) > 1:
        return parts[0].lstrip("&!*") in _CODE_HEADS or (code and all(map(is_worded, parts)))
    compound = "_" in words.strip("_") or words[1:] != words[1:].lower()
    return compound and (is_sensitive_key(words) or not LABEL_WORDS.isdisjoint(words_of(words)))


def reads_as_prose(text: str, start: int, name: str) -> bool:
    """Whether a sentence begins: "must be long" and "rename it" do, "marigold" does not."""
    prose = _PROSE.match(text, start)
    if prose is None:
        return False
    if prose[1].lower() in FUNCTION_WORDS or not any(part in name.lower() for part in _STRONG):
        return True
    words = _SPOKEN.match(text, start)
    return words is not None and not FUNCTION_WORDS.isdisjoint(words[0].lower().replace(",", "").split())


def is_sentence(value: str) -> bool:
    """Whether a whole cell describes a value, "Must be at least 8 characters", and does not tell one on the way."""
    words = [word.strip(".,:;!?()'\"`").lower() for word in value[:_LONGEST_SENTENCE].split()]
    if len(words) < _FEWEST_OF_SENTENCE or FUNCTION_WORDS.isdisjoint(words):
        return False
    # "8-character" and "base64-encoded" are words.
    return not any(is_telling(word, shortest=_LONGEST_PLAIN) for word in words if "-" not in word)


def without_stop(text: str, start: int, value: str) -> str:
    """The value of a sentence without what belongs to the sentence: a sign that no new one follows is its own."""
    bare = value.rstrip(".,;!?:)*'")
    behind = start + len(value)
    goes_on = text[behind : behind + 1] == " " and _GOES_ON.match(text, behind) is not None
    return value.rstrip(".,;?:)*'") if goes_on and len(bare) < len(value) else bare


def whole(text: str, place: Place) -> Place:
    """The place of a bare value with what was not looked at."""
    start, end = place
    if end - start < HEAD:
        return place
    rest = _REST.match(text, end)
    return place if rest is None else (start, rest.end())


def block_at(text: str, start: int) -> Place | None:
    """The lines of a YAML block scalar, `|` or `>`, that begins at `start`."""
    block = _BLOCK.match(text, start)
    if block is None:
        return None
    newline = "\\n" if text[block.start(1) - 1] == "n" and text[block.start(1) - 2] == "\\" else "\n"
    begin, indent = block.end(), newline + block[1]
    end = begin
    while True:
        line = text.find(newline, end)
        if line < 0:
            return begin, len(text)
        if not text.startswith(indent, line):
            return begin, line
        end = line + 1
