"""What is written of a secret where an expression refers to a value elsewhere: defaults, and parts that are joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import is_random, is_telling, is_value, random_within, tells_words
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, word_set

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["default_at", "joined", "operand_at"]

_FARTHEST = 240
_DEEPEST = 3
_MOST_OPERANDS = 8
_SHORTEST = 6
_STRING = r"[rbufRB]?\\{0,3}(?:\"([^\"\n\\]{1,256})|'([^'\n\\]{1,256}))"

_MAY_REFER = frozenset("$#{<@`E\"'\\")
_OPENS = Expression(r"(?:@\w{1,20}\([ ]?)?\\{0,3}[\"']?(?=[$#{<`E])")
# Most are a name with nothing behind it.
_PLAIN = Expression(
    r"(?:\$\{?[A-Za-z_.-]{1,60}\}?|\$?\{\{[ A-Za-z_.-]{1,60}\}\}|<[A-Za-z _-]{1,60}>|\{[A-Za-z_.]{0,40}\})"
    r"(?:[\s\"',;]|\Z)"
)
# `${NAME:-default}` of shells, `${name:default}` of Spring, `${env:NAME, 'default'}` of Serverless
_DEFAULT = Expression(
    r"\$\{[ ]?(?:(?:env|sys|opt):(?=\w[\w.-]{0,80}(?::-|,)))?(?P<variable>[A-Za-z_][\w.\[\]-]{0,80})"
    r"(?P<sign>:[-=]|[-=]|,[ ]?|:(?![-=?+#%:/]|\d{1,4}[:}]))[\"']?(?P<default>[^{}\n\"']{2,256})"
)
_NESTED = Expression(r"\$\{[A-Za-z_][\w.-]{0,80}:?[-=:](?=\$\{)")
_RESOLVERS = word_set(
    "env sys sysenv opt self custom param ssm s3 cf aws file vault secret secrets secretsmanager sm keyvault akv gcp"
    " input output var vars oc.env bundle ctx java docker k8s kubernetes spring lower upper date main base64 config"
    " settings prop props property systemproperties inputs outputs command workspacefolder fn ref resolve doppler op"
)
# `{{ x | default('…') }}`, `{{ default "…" .Values.x }}`, `<%= ENV["X"] || '…' %>`, `#{x ?: '…'}`
_TEMPLATE = Expression(r"(?:\$?\{\{[^{}\n]{1,200}\}\}|[$#]\{[^{}\n]{1,200}\})")
_FALLBACK = Expression(
    r"(?:\b(?:default|or|else|coalesce)\b|\bd(?=\()|\|\||\?\?|\?:)[ (]{0,3}(?:[.\w$]{1,60}[, ]{1,2}){0,3}" + _STRING
)
_ECHO = Expression(
    r"(?:\$\(|`)(?:echo|printf)(?: -\w{1,3})?(?: [\"']%s(?:\\n)?[\"'])? \\{0,3}[\"']?"
    r"([^\s\"'$()|`\\]{2,256})\\{0,3}[\"']?[ ]?[)|`]"
)
_SEALED = Expression(r"(?:ENC|ENCRYPTED)\(([^\s()\"']{4,1024})\)")  # of Jasypt
_BRACED = Expression(r"\{((?:[^{}\n]|\}\}){1,128})\}")
_DRIVER = Expression(r"(?i)\b(?:driver|dsn|server)=[^\n]{0,160};\s?\w{1,12}=\Z")
_NAME = Expression(r"[\w.:\[\]'\"()-]{1,128}")

_QUOTED = Expression(r"[rbufRB]?(\\{0,3})(?:\"([^\"\n\\]{0,256})\\{0,3}\"|'([^'\n\\]{0,256})\\{0,3}')")
_WORD = Expression(r"[$@&!]{0,2}[A-Za-z_][\w$]{0,60}")
_STEP = Expression(
    r"(?P<args>!?\((?:[^()\"']|\"[^\"\n]{0,120}\"|'[^'\n]{0,120}'|\([^()\n]{0,60}\)){0,200}\))"
    r"|\[[^\[\]\n]{0,80}\]|\?|(?:\.|::|->|\?\.)(?P<name>[A-Za-z_]\w{0,60})"
)
_YIELDED = Expression(r"[ ]\{[ ]" + _STRING)  # of a block in Ruby
_CHOICE = Expression(r"[ \t]{0,4}(?:\|\||\?\?|\?:|or\b)[ \t]{0,4}")
_JOINT = Expression(
    r"[ \t]{0,4}(?:\+|&(?!&)|~|<>|(?<=[\s\"')\]])\.{1,2}(?=[ \t\"']))[ \t]{0,4}(?:\r?\n[ \t]{0,48})?|(?=[\"'])"
)
_BESIDE = Expression(r"[ \t]{1,4}(?:\\\r?\n[ \t]{0,48})?(?=[\"'])")
_CLOSES = Expression(r"\\{0,3}(?:\"{3}|'{3}|[\"'])")
_ENDS = Expression(r"[ \t]{0,4}(?:[;,)\]}#\n\r]|\\n|//|/\*|\Z)")
_GETS = Expression(r"(?i)\w*(?:get|fetch|env|config|propert|default|pop|setting|param|option|secret|var|value)\w*\Z")
_ELSE = Expression(r"(?i)(?:unwrap_or(?:_else)?|or|or_?else|get_?or_?else|if_?blank|default\w*|default_?to|fallback)\Z")
_FIRST = Expression(r"!?\([ ]?(?:\|\w?\|[ ]?|\([^()]{0,20}\)[ ]?=>[ ]?)?" + _STRING)
_SECOND = Expression(
    r"!?\((?:\s|\\n){0,24}(?:\\{0,3}\"[^\"\n/]{0,120}\"|'[^'\n/]{0,120}'|[\w.$:]{1,80})\s{0,4},(?:\s|\\n){0,24}(?:\w{1,30}\s?[=:]\s?)?"
    + _STRING
)
_KEYWORD = Expression(r"\b(?:default|fallback|default_?value)\s?[=:]\s?" + _STRING, re.IGNORECASE)
_MAY_BE_PATH = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$@&!\\\"'")


def default_at(text: str, start: int, name: str, depth: int = 0) -> Place | None:
    """What is written of the secret in the reference that begins at `start`, in quotes or not."""
    if text[start : start + 1] not in _MAY_REFER:
        return None
    opens = _OPENS.match(text, start)
    if opens is None or _PLAIN.match(text, opens.end()):
        return None
    at = opens.end()
    if text.startswith("${", at):
        nested = _NESTED.match(text, at) if depth < _DEEPEST and text.find("${", at + 2, at + _FARTHEST) > 0 else None
        if nested is not None:
            return default_at(text, nested.end(), name, depth + 1)
        default = _DEFAULT.match(text, at)
        if default is not None and _is_default(default, name):
            return default.span("default")
    return _within(text, at, name)


def _within(text: str, at: int, name: str) -> Place | None:
    if text[at] == "E":
        return _called(_SEALED, text, at)
    if text[at] == "`" or text.startswith("$(", at):
        return _called(_ECHO, text, at)
    return _enclosed(text, at, name)


def _is_default(match: re.Match[str], name: str) -> bool:
    value, variable, sign = match["default"], match["variable"], match["sign"]
    if not is_value(value, name):
        return False
    if sign == ":" and variable.lower() in _RESOLVERS:
        return is_random(value)
    return sign not in ("-", "=") or variable.isupper() or is_random(value)


def _called(pattern: Expression, text: str, at: int) -> Place | None:
    match = pattern.match(text, at)
    return match.span(1) if match is not None and is_value(match[1], "password") else None


def _enclosed(text: str, at: int, name: str) -> Place | None:
    if text.startswith("<%", at):
        return operand_at(text, at + len("<%= "), name)
    head = text[at : at + _FARTHEST]
    template = _TEMPLATE.match(text, at) if head[0] != "<" else None
    if template is not None:
        for fallback in _FALLBACK.finditer(text, at, template.end()):
            place = _literal(fallback, name)
            if place is not None:
                return place
    if head[:1] in "#{<" or head[:2] == "${":
        within = random_within(head)
        if within is not None and is_value(head[slice(*within)], name):
            return at + within[0], at + within[1]
    braced = _BRACED.match(text, at) if head[:1] == "{" else None
    if braced is None or _NAME.fullmatch(braced[1]) or not _DRIVER.search(text, max(0, at - _FARTHEST), at):
        return None
    return braced.span(1) if is_value(braced[1], name) else None


def _literal(match: re.Match[str], name: str) -> Place | None:
    group = match.lastindex or 0
    value = match[group]
    if not is_value(value, name) or (is_sensitive_key(value) and value.isidentifier()):
        return None  # the name of it, not the secret
    if not (tells_words(name) or is_telling(value, shortest=_SHORTEST)):
        return None
    return match.span(group)


def operand_at(text: str, start: int, name: str) -> Place | None:
    """The first string of an expression that may be the secret: the default of a call, or the other choice."""
    if text[start : start + 1] not in _MAY_BE_PATH:
        return None
    stop = start + _FARTHEST
    if text.find('"', start, stop) < 0 and text.find("'", start, stop) < 0:
        return None
    at, choice = start, True
    for _ in range(_MOST_OPERANDS):
        quoted = _QUOTED.match(text, at)
        if quoted is not None and at > start:
            place = _literal(quoted, name)
            if place is not None and (choice or is_telling(quoted[quoted.lastindex or 0], shortest=_SHORTEST)):
                return joined(text, place, name)
        at, place = _path(text, at, name) if quoted is None else (quoted.end(), None)
        if place is not None or at == 0:
            return place
        operator = _CHOICE.match(text, at)
        choice = operator is not None
        operator = operator or _JOINT.match(text, at)
        if operator is None or (operator.end() == at and quoted is None):
            return None
        at = operator.end()
    return None


def _path(text: str, at: int, name: str) -> tuple[int, Place | None]:
    """Where a path with its calls ends, nowhere if there is none; the default that one of the calls is given."""
    word = _WORD.match(text, at)
    if word is None:
        return 0, None
    at, called = word.end(), word[0]
    for _ in range(_MOST_OPERANDS):
        step = _STEP.match(text, at)
        if step is None:
            break
        if step["args"] is not None:
            given = _KEYWORD.search(text, at, step.end())
            if given is None and _ELSE.match(called):
                given = _FIRST.match(text, at, step.end())
            if given is None and _GETS.match(called):
                given = _SECOND.match(text, at, step.end())
            if given is None and called == "fetch":
                given = _YIELDED.match(text, step.end())
            place = None if given is None else _literal(given, name)
            if place is not None:
                return step.end(), place
        called = step["name"] or called
        at = step.end()
    return at, None


def joined(text: str, place: Place, name: str, *, beside: bool = False) -> Place:
    """A place in quotes with all strings that are joined to it on its line; `beside`: blanks join them as well."""
    last = place[1]
    quote = _CLOSES.match(text, last)
    if quote is None:
        return place
    at, sign = quote.end(), quote[0]
    for _ in range(_MOST_OPERANDS):
        operator = _JOINT.match(text, at) or (_BESIDE.match(text, at) if beside else None)
        if operator is None:
            break
        at = operator.end()
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            at = _path(text, at, name)[0]
            if at == 0:
                break
            continue
        if not operator[0] and not text.startswith(sign, at):
            break  # the end of a string around the whole
        if operator[0].isspace() and not (_ENDS.match(text, quoted.end()) or _BESIDE.match(text, quoted.end())):
            break
        at, end = quoted.end(), quoted.end(quoted.lastindex or 0)
        last = end if quoted[quoted.lastindex or 0] else last
    return place[0], last
