"""Values in XML, HTML, property lists and pairs of `name` and `value`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.carriers.values import is_sentence, value_at
from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from otel_mcp.redaction.carriers.name import Name
    from otel_mcp.redaction.rule import Place

__all__ = ["markup_value"]

_NOTHING = (0, 0)
_ELEMENT_BEFORE = Expression(r"(?:<|&lt;)(?:[\w-]{1,20}:)?\Z")
_ELEMENT = Expression(
    r"(?:[ \t][^<>]{0,200}?)?(?<!/)(?:>|&gt;)\s{0,20}(?:<!\[CDATA\[|<[Vv]alue>)?"
    r"(?P<value>[^<>&]{1,16384}(?:&(?!lt;)[^<>&]{1,200}){0,8})"
    r"(?:\]\]>)?\s{0,4}(?:</|&lt;/)"
)
_CLOSED = Expression(
    r"(?:</(?!(?:item|li|option|value)>)[\w:]{1,20}>|&lt;/\w{1,20}&gt;)(?:\s{0,40}|\\n|\\t){1,4}(?:(?:<|&lt;)[\w:]{1,20}(?:>|&gt;)\s{0,8}){1,3}"
    r"(?P<value>[^<>&]{1,16384}?)\s{0,8}(?:</|&lt;/)"
)
_NAMED_BEFORE = Expression(
    r"(?:\b|\\[\"'])(?:name|option_?name|key|header|field|variable|id|parameter|paramname|type|property|k|label|env)\\{0,3}[\"']?"
    r"\s{0,3}(?:=>?|:)\s{0,3}\\{0,3}[\"']?\Z",
    re.IGNORECASE,
)
_VALUE_NAME = Expression(r"value\\{0,7}[\"']?\s{0,4}(?:=>?|:)\s{0,4}(?=\S)", re.IGNORECASE)
_NEXT_ITEM = Expression(r"[{}<>]|\n[ \t]{0,12}-|\\n[ ]{0,12}-")
_NEAR = 140
_MOST_DIGITS = 2
_NEAR_BEFORE = 280
_TEXT_AFTER = Expression(
    r"\\{0,3}[\"'][^<>]{0,80}(?<!/)>\s{0,8}(?:<[\w:]{1,20}>\s{0,8})?(?:<!\[CDATA\[)?(?P<value>[^<>]{1,16384}?)(?:\]\]>)?\s{0,8}</"
)
# multipart/form-data (RFC 7578): an empty line parts the head from the value.
_PART_AFTER = Expression(r"\\{0,3}\"[ \t]{0,3}(?:;[^\n\"\\]{0,60})?(?:\r?\n|\\r\\n|\\n){2}(?P<value>[^\r\n\\]{1,4096})")
_VALUE_BEFORE = Expression(
    r"\bvalue\\{0,7}[\"']?\s{0,3}(?:=|:)\s{0,3}(?P<open>\\{0,7}[\"'])(?P<value>[^\"'\\\n]{1,200})(?P=open)[\s,]{1,12}"
    r"\\{0,7}[\"']?(?:name|key)\\{0,7}[\"']?\s{0,3}(?:=|:)\s{0,3}\\{0,7}[\"']?\Z",
    re.IGNORECASE,
)
_CELL = Expression(r"\**[`\"]?\s{0,20}[|│┃]\s{0,20}[`\"]?(?P<value>[^|│┃\n`\"]{1,512}?)[`\"]?[ \t]{0,20}[|│┃]")
# Of `psql`, in its expanded form: a name and a value on each line.
_ROW = Expression(r"[ \t]{0,40}\|[ \t](?P<value>[^|\s`\"\\]{6,512})[ \t]{0,20}(?:[\r\n]|\\n|\Z)")
_ROW_BEFORE = Expression(r"(?:\A|[\r\n]|\\n)[ \t]{0,8}\Z")
_PATCHED = Expression(r"\"path\\{0,3}\"\s{0,3}:\s{0,3}\\{0,3}\"(?:/[\w~.-]{0,40}){0,6}/\Z")
_CONTENT = Expression(r"\\{0,3}[\"']\s{1,4}content=(?=\\{0,3}[\"'])", re.IGNORECASE)


def markup_value(name: Name) -> Place | None:
    """The value of an element, of a named attribute, of a neighbouring element or cell; None if this is no markup."""
    text, start, end = name.text, name.start, name.end
    following = text[end : end + 1]
    if not following or following == "=":
        return None
    before = text[start - 1 : start] if start else ""
    if before in ("<", ":", ";") and _ELEMENT_BEFORE.search(text, max(0, start - 26), start):
        return _taken(name, _ELEMENT.match(text, end))
    if following in "<&" and (closed := _CLOSED.match(text, end)) is not None and not _is_item(name):
        return None if is_sentence(closed["value"]) else _taken(name, closed)
    if following in ' |│┃`*"' and (cell := _CELL.match(text, end) or _ROW.match(text, end)) is not None:
        return _in_row(name, cell)
    return _named(name) if before and _is_named(name, before, following) else None


def _in_row(name: Name, row: re.Match[str]) -> Place | None:
    ends = name.text[row.end() - 1 : row.end()] in ("|", "│", "┃")
    if not ends and _ROW_BEFORE.search(name.text, max(0, name.start - 12), name.start) is None:
        return None
    value = row["value"].strip()
    telling = is_telling(value) and is_value(value, name.word) and not is_sentence(value)
    return row.span("value") if telling else None


def _is_named(name: Name, before: str, following: str) -> bool:
    text, start = name.text, name.start
    if before == "/":
        path = text.rfind('"path', max(0, start - _NEAR), start) if following in '"\\' else -1
        return path >= 0 and _PATCHED.match(text, path, start) is not None
    return (
        text[max(0, start - 8) : start].rstrip(" \"'\\")[-1:] in ("=", ":", ">")
        and _NAMED_BEFORE.search(text, max(0, start - 28), start) is not None
    )


def _is_item(name: Name) -> bool:
    # `<td>secret_41…</td>` is a value itself, and what follows it another one.
    return sum(map(str.isdigit, name.word)) > _MOST_DIGITS


def _taken(name: Name, match: re.Match[str] | None) -> Place | None:
    if match is None or not is_value(match["value"], name.word):
        return None
    return match.span("value")


def _named(name: Name) -> Place | None:
    text, end = name.text, name.end
    near = text[end : end + _NEAR].lower()
    if "\n" in near or "\\n" in near:
        part = _PART_AFTER.match(text, end)
        if part is not None:
            return _taken(name, part)
    if ">" in near:
        inside = _TEXT_AFTER.match(text, end)
        if inside is not None:
            return _taken(name, inside)
    content = _CONTENT.match(text, end)
    if content is not None:
        return value_at(text, content.end(), name.word) or _NOTHING
    at = near.find("value")
    if at >= 0 and _NEXT_ITEM.search(near, 0, at) is None and (named := _VALUE_NAME.match(text, end + at)) is not None:
        return value_at(text, named.end(), name.word) or _NOTHING
    before = max(0, name.start - _NEAR_BEFORE)
    if "alue" not in text[before : name.start]:
        return None
    return _taken(name, _VALUE_BEFORE.search(text, before, name.start))
