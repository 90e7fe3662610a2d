"""A name and its value in notations of their own: consoles, declarations of older languages, sentences that turn around."""

# ruff: noqa: E501, RUF001  # one notation a line; signs that people write

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.name import SIGNS, name_at
from otel_mcp.redaction.carriers.telling import is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.rule import Rule

if TYPE_CHECKING:
    from otel_mcp.redaction.carriers.name import Name
    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_NEWLINE = r"(?:\r?\n|\\n)"
_QUOTED = r"\\{0,3}[\"']([^\"'\\\n]{1,512})\\{0,3}[\"']"
_BARE = r"[\"'`]?([^\s\"'`\\,，。]{4,512})[\"'`]?"
_BEHIND = Expression(
    rf"(?:[\"']?,[ ]?<<{_QUOTED}"
    rf"|[ ]?\{{{_QUOTED}\}}"
    rf"|,[ ]?{_QUOTED}[ ]?\}}"
    rf"|\}}[ ]?=[ ]?{_QUOTED}"
    rf"|[ ]?(?:\?\?|\|\|)=[ ]?{_QUOTED}"
    rf"|\\{{0,3}}[\"'][^\"'\n]{{0,24}}(?:[\"'][^\"'\n]{{1,40}}[\"'])?[ ]with[ ]value[ ]{_QUOTED}"
    rf"|[\"']\){_NEWLINE}Actual value was {_BARE}"
    rf"|[ ]TYPE[ ]\w{{1,20}}[ ]VALUE[ ]{_QUOTED}"
    rf"|[ ]-Value[ ]{_QUOTED}"
    r"|:[ ]\|\|([^|\n]{1,200})\|\|"
    rf"|:add\(value={_QUOTED}"
    rf"|\\{{0,3}}[\"'][ ]to[ ]{_QUOTED}"
    rf"|[ ]As[ ](?:New[ ])?\w{{1,20}}[ ]=[ ]{_QUOTED}"
    rf"|[ ]?:[ ]?(?:constant[ ])?[\w.]{{1,30}}[ ]?:=[ ]?{_QUOTED}"
    rf"|\\{{0,3}}[\"']?\)?{_NEWLINE}\d{{1,3}}\)[ ]{_QUOTED}"
    rf"|:[ ]chr[ ]{_QUOTED}"
    rf"|[ ]-string[ ]{_QUOTED}"
    rf"|(?:\\{{0,3}}[\"'])?[)\]]{{0,2}};?{_NEWLINE}(?:=>[ ]|\[1\][ ]|<[-.]?[ ])?{_QUOTED}(?={_NEWLINE}|\Z|[ ]?[>(])"
    rf"|[\"']?[ ]?(?:=>|:|=)[ ]?env\([^,()\n]{{1,80}},[ ]?{_QUOTED}"
    rf"|:[^\n\"'=]{{1,80}}\.default\({_QUOTED}"
    rf"|[ ]?(?:设置为|设为|改为|更改为|設定為|改為)[ ]?{_BARE}"
    rf"|[ ]?(?:값은|값을)[ ]{_BARE}"
    rf"|[ ]का मान[ ]{_BARE}"
    rf"|[ ]ni[ ]{_BARE}"
    rf"|[ ]\|\|[ ]{_BARE}"
    rf"|::[ ]{_BARE}(?={_NEWLINE}|\Z)"
    rf"|[^.,\n\"'=:]{{0,60}},[ ]it(?:['’]s|[ ]is)[ ]{_BARE}"
    rf"|,[ ](?:just[ ]|please[ ])?(?:type|enter|use)[ ]{_BARE})"
)
_BEFORE = Expression(
    rf"(?:(?i:move)[ ]{_QUOTED}[ ](?i:to)[ ][\w-]{{0,40}}"
    r"|(?<![^\s])[\"'`]?([^\s\"'`\\]{6,200})[\"'`]?[ ]as[ ](?:the|your|our|my|a|its)[ ](?:[\w-]{1,20}[ ]){0,2}[\w-]{0,40})\Z"
)
_IN_LIST = Expression(r",([^\s,\"'\\]{4,512})(?=[\r\n]|\\n|\Z)")
_LINE_START = Expression(r"(?:\A|[\r\n]|\\n)\Z")
_FARTHEST = 320
_ENDS = SIGNS | {",", "{", "}", "."}
_SHORTEST = 6


def _find(text: str, at: int) -> Place | None:
    name = name_at(text, at, _anything, _ENDS)
    if name is None:
        return None
    return _behind(name) or _before(name)


def _anything(_text: str, _start: int, _end: int) -> bool:
    return True


def _behind(name: Name) -> Place | None:
    text = name.text
    found = _BEHIND.match(text, name.end)
    if (
        found is None
        and text.startswith(",", name.end)
        and _LINE_START.search(text[max(0, name.start - 2) : name.start])
    ):
        found = _IN_LIST.match(text, name.end)
    return None if found is None else _told(name, found.start(found.lastindex or 0), found[found.lastindex or 0])


def _before(name: Name) -> Place | None:
    begin = max(0, name.start - _FARTHEST)
    head = name.text[begin : name.start]
    found = _BEFORE.search(head) if " as " in head[-_FARTHEST:] or " TO " in head.upper() else None
    return (
        None if found is None else _told(name, begin + found.start(found.lastindex or 0), found[found.lastindex or 0])
    )


def _told(name: Name, start: int, value: str) -> Place | None:
    quoted = name.text[start - 1] in "\"'|"
    value = value if quoted else value.rstrip(".!?;)")
    if quoted and name.text[name.end] == ",":
        # `{name, "value"}` of Erlang is a list of anything in other languages.
        quoted = False
        value = "" if " " in value else value
    if not value or not is_value(value, name.word) or not (quoted or is_telling(value, shortest=_SHORTEST)):
        return None
    return start, start + len(value)


_SIGNS = (
    r"(?:,? ?<<\\*[\"']|, ?\\*[\"'][^\"'\n]+[\"'] ?\}| ?\{\\*[\"']|\} ?= ?\\*[\"']| ?(?:\?\?|\|\|)= ?\\*[\"']|[^\n=]* with value \\*[\"']|[\"']\)(?:\r?\n|\\n)Actual value was | TYPE \w+ VALUE \\*[\"']| -Value \\*[\"']|: \|\||:add\(value=\\*[\"']|\\*[\"'] to \\*[\"']| As (?:New )?\w+ = \\*[\"']| ?: ?(?:constant )?[\w.]+ ?:= ?\\*[\"']"
    r"|\\*[\"']?\)?(?:\r?\n|\\n)[0-9]+\) |: chr | -string |\\*[\"']?[)\]]*;?(?:\r?\n|\\n)(?:=> |\[1\] |<[\-.]? )?\\*[\"']"
    r"|[\"']? ?(?:=>|:|=) ?env\(|:[^\n\"'=]+\.default\(| ?(?:设置为|设为|改为|更改为|設定為|改為)| ?(?:값은|값을) | का मान | ni "
    r"| \|\| |:: |[^.,\n\"'=:]*, it(?:['’]s| is) |, (?:just |please )?(?:type|enter|use) |,[^\s,\"']+(?:[\r\n]|\\n|$))"
)
_HINT = rf"(?i:{'|'.join(NEEDLES)})"
_GATE = (
    rf"{_HINT}[\w.\-]*(?: (?:key|code|phrase|token|secret|password)s?)?{_SIGNS}"
    rf"|(?:(?i:move) \\*[\"'][^\"'\n]+\\*[\"'] (?i:to) |[\"'` ]as (?:the|your|our|my|a|its) (?:[\w\-]+ )?(?:[\w\-]+ )?)[\w.\-]*{_HINT}"
)
RULES = (Rule("assignment", _find, needles=NEEDLES, gate=_GATE, certain=False),)
