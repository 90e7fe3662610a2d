"""Documents in YAML that say of a value what it is elsewhere: Secrets of Kubernetes, lists of variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.carriers.values import block_at, value_at
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, word_set
from otel_mcp.redaction.rule import Found, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_FARTHEST = 8192
_DEEPEST = 16
_KIND = Expression(r"[Kk][Ii][Nn][Dd]: {1,4}[\"']?Secret[\"']?[ \t]{0,8}(?:#[^\n]{0,80})?\r?(?:\n|\Z)")
_LEAD = Expression(r"[ ]{0,16}(?:- )?\Z")
_LINE = Expression(r"(?P<indent>[ ]{0,64}(?P<item>- )?)(?P<key>[\w.\"'/-]{1,253}):(?:[ \t]{1,16}|(?=\r?\n|\Z))")
_BLANK_LINE = Expression(r"[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)")
_DATA = frozenset({"data", "stringData"})
_OPEN = word_set("username user host hostname port database dbname namespace")  # where a plain word is no secret
_TEXT = Expression(r"(?:\"((?:[^\"\n\\]|\\.){1,4096})\"|'((?:[^'\n]|''){1,4096})'|([^\s|>{\[&*!#\"'][^\n\r]{0,8192}))")


def _secret(text: str, at: int) -> tuple[int, list[Found]]:
    """All values below `data` and `stringData` of the Secret whose kind stands here."""
    start = text.rfind("\n", max(0, at - _DEEPEST - 3), at) + 1
    if _KIND.match(text, at) is None or _LEAD.match(text, start, at) is None:
        return at, []
    indent = at - start
    begin = _begin(text, start, indent, first=text[start:at].endswith("- "))
    found: list[Found] = []
    end = at
    within = ""
    for line, stop in _lines(text, begin):
        match = _LINE.match(text, line, stop)
        deep = _depth(text, line, match)
        if text.startswith("---", line) or deep < indent or (line > at and deep == indent and _begins(match, line)):
            break
        end = stop
        if deep == indent:
            within = match["key"] if match is not None and match["key"] in _DATA else ""
        elif within and match is not None and (place := _written(text, match.end())) is not None:
            plain = within != "data" and match["key"].lower() in _OPEN and not is_telling(text[slice(*place)])
            found += [] if plain else [Found(*place, "assignment")]
    return max(at, end), found


def _begin(text: str, start: int, indent: int, *, first: bool) -> int:
    """Where the document or the item of a list begins that has a line here."""
    earliest = max(0, start - _FARTHEST)
    while not first and start > earliest:
        before = text.rfind("\n", earliest, start - 1) + 1
        if before <= earliest and earliest:
            break
        match = _LINE.match(text, before, start)
        deep = _depth(text, before, match)
        if deep < indent or text.startswith("---", before):
            break
        if match is not None and deep == indent and match["key"] == "kind":
            break
        start = before
        first = match is not None and match["item"] is not None and deep == indent
    return start


def _depth(text: str, line: int, match: re.Match[str] | None) -> int:
    if match is not None:
        return match.end("indent") - line
    if _BLANK_LINE.match(text, line):
        return _FARTHEST
    end = line
    while text[end : end + 1] == " ":
        end += 1
    return end - line


def _begins(match: re.Match[str] | None, line: int) -> bool:
    # The next item of the list, or another document that nothing parts from this one.
    return match is not None and match.start() == line and (match["item"] is not None or match["key"] == "kind")


def _lines(text: str, at: int) -> Iterator[Place]:
    while at < len(text):
        end = text.find("\n", at) + 1
        yield at, end or len(text)
        at = end or len(text)


def _written(text: str, at: int) -> Place | None:
    block = block_at(text, at) if text[at : at + 1] in ("|", ">") else None
    if block is not None:
        return block
    value = _TEXT.match(text, at)
    if value is None:
        return None
    place = value.span(value.lastindex or 0)
    return place if is_value(text[slice(*place)], "password") else None


# The value before its name: `- value: …`, `{"value": "…", "name": "DB_PASSWORD"}`
_VALUED = Expression(r"value\\{0,3}[\"']?[ ]{0,2}[:=]>?[ ]{1,8}")
_NAMED = Expression(
    r"\\{0,3}[\"']?[ ]{0,4},?[ \t]{0,4}(?:\r?\n|\\n)?[ \t]{0,40}\\{0,3}[\"']?"
    r"(?:name|key)\\{0,3}[\"']?[ ]{0,2}[:=]>?[ ]{1,8}"
    r"\\{0,3}[\"']?([\w.-]{1,96})\\{0,3}[\"']?[ \t]{0,4}(?=[\r\n},\\]|\Z)"
)
_BEFORE = frozenset(" \t\n\"'{,-")


def _valued(text: str, at: int) -> Place | None:
    value = _VALUED.match(text, at)
    if value is None or (at and text[at - 1] not in _BEFORE):
        return None
    place = value_at(text, value.end(), "password")
    if place is None:
        return None
    named = _NAMED.match(text, place[1])
    return place if named is not None and is_sensitive_key(named[1]) else None


_HINT = "|".join(NEEDLES)
RULES = (
    Rule(
        "assignment",
        find_all=_secret,
        needles=("kind: secret", 'kind: "secret"', "kind: 'secret'"),
        certain=False,
    ),
    Rule(
        "assignment",
        _valued,
        needles=("value: ", 'value": ', "value': ", 'value\\": '),
        gate=(
            r"value\\*[\"']? ?[:=]>? +[^\n]*,?(?:\r?\n|\\n)?[ \t]*\\*[\"']?(?:name|key)\\*[\"']? ?[:=]>? +\\*[\"']?"
            rf"[\w.\-]*(?i:{_HINT})"
        ),
        certain=False,
    ),
)
