"""The value of a field that is apart from its label: in markup, among names and values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from otel_mcp.redaction.rule import Place

__all__ = ["AS_GATE", "FIELD_GATE", "label_ends", "value_apart"]

# The label may go on, with a word such as `number`, and then something stands there that parts it from the value.
_LABEL_END: Final = Expression(
    r"(?:[ _-]?(?:[^\W\d_]|[°\u0900-\u0dff]){1,12}\.?(?: [^\W\d_]{1,12}){0,2}(?= ?[(<]|[^a-z ]|  | changed))?"
    r"(?: ?\([^()\n]{1,24}\))?[.:?]?(?: ?\*)?[ ]?"
    r"(?=[<\"'\\,;|\t\n]|\.{3}|[ ]{2}|changed from )"
)
_QUOTE: Final = r"\\{0,3}[\"']"
_OTHER_MEMBERS: Final = (
    rf"(?:,\s{{0,8}}{_QUOTE}\w{{1,16}}{_QUOTE}\s?:\s?(?:{_QUOTE}[\w. -]{{0,40}}{_QUOTE}|\w{{1,8}})\s{{0,8}}){{0,3}}"
)
# `<dt>Label</dt><dd>value</dd>` and `"name": "label", "value": "value"`, the latter also within a text; a question and
# its answer; a leader of points or blanks.
_BEFORE_VALUE: Final = Expression(
    r"(?:(?:</(?:b|strong|span|label|p|div|em)>\s{0,4}:?\s?)?"
    r"(?:</(?:dt|th|td|b|strong|label|span|p|div|key|name|string|li)>\s{0,8})"
    r"(?:<br ?/?>\s{0,4})?(?:<(?:dd|td|span|p|div|string|integer|value|b|strong)(?:\s[^<>]{0,60})?>\s{0,8}){1,2}"
    r"|</label>\s{0,8}(?:<br ?/?>\s{0,4})?<input\s[^<>]{0,80}?\bvalue=\\{0,3}[\"']"
    r"|<input\s[^<>]{0,80}?\bvalue=\\{0,3}[\"']|changed from [^\n]{1,40}? to [\"']?"
    rf"|{_QUOTE} (?:was |is |has been )?(?:filled (?:in )?with|set to|entered as|changed to) (?:{_QUOTE})?"
    r"|(?:\n|\\n)[A-Z]{1,2}[0-9]{1,4}: "
    r"|(?<=\?)(?:\n|\\n)[ \t]{0,4}\w{2,16}: "
    r"|(?:\n|\\n)[ \t]{0,4}(?:A|Answer|Antwort|R|Réponse|Respuesta)[:.)][ \t]{0,2}|\.{3,60}[ ]?|[ ]{2,40}(?![ .:])"
    rf"|{_QUOTE}\s{{0,8}}{_OTHER_MEMBERS}"
    rf"\}}?\s{{0,8}},\s{{0,8}}{_QUOTE}(?:value|val|content|answer|answers|response|reply|text){_QUOTE}\s?:\s{{0,2}}"
    rf"(?:[\[{{]\s{{0,8}}){{0,2}}(?:{_QUOTE}\w{{1,16}}{_QUOTE}\s?:\s{{0,2}})?(?:{_QUOTE})?)",
    re.IGNORECASE,
)
# `"Label": {"type": "rich_text", "rich_text": [{"plain_text": "value"}]}` within a text
_IN_OBJECT: Final = Expression(
    rf"{_QUOTE}\s?:\s?(?=[\[{{])"
    rf"(?:[\[{{]\s{{0,8}}|{_QUOTE}\w{{1,16}}{_QUOTE}\s?:\s?|{_QUOTE}[\w -]{{0,24}}{_QUOTE}\s?,\s{{0,8}}){{1,8}}?"
    rf"(?<=[\[{{ ]){_QUOTE}(?:value|plain_text|text|content){_QUOTE}\s?:\s{{0,2}}(?:{_QUOTE})?"
)
_OF: Final = ("", "the ", "a ", "their ", "her ", "his ", "my ", "date of ", "the date of ")
_AS: Final = tuple(f"{quote} as {of}" for quote in "\"'`\u201d\u2019" for of in _OF)
_QUOTED_BEFORE: Final = Expression(
    r"[\"'`\u201c\u2018]([^\"'`\u201c\u201d\u2018\u2019<>\\\n\x00{}]{4,40})\\{0,3}[\"'`\u201d\u2019] as"
    r" (?:[a-z]{1,5} ){0,3}\Z"
)
_LONGEST_AS: Final = 64
# `["Label", "value"]` within a text
_PAIR_OPENS: Final = Expression(r"\[\s{0,4}\\{0,3}[\"'][^\"'\[\]{}\n\\]{0,24}\Z")
_IN_PAIR: Final = Expression(rf"{_QUOTE}\s{{0,4}},\s{{0,8}}{_QUOTE}(?=[^\"'\\\n]{{1,64}}{_QUOTE}\s{{0,4}}\])")
_LONGEST_BEFORE: Final = 34
# `### Label`, an empty line, and the value
_HEADING: Final = Expression(r"(?:\A|\n|\\n)#{1,6} [^\n#]{0,40}\Z")
_BELOW_HEADING: Final = Expression(r"(?:\r?\n|\\n){1,2}")
_VALUE: Final = Expression(r"[^<>\"'\\\n\x00{}]{1,64}")

FIELD_GATE: Final = (
    r"[ _-]?(?i:number|num|no|nr|id)?[.:]?[ ]?"
    r"(?:</|<input\s|\\?\\?\\?[\"'] ?: ?[\[{]"
    r"|\\?\\?\\?[\"']?[ ]?[,;|│\t\r\n}]|[\"'] (?:was|is|has) |[ ][ ]|\.\.\.|\?[ ]?(?:\n|\\n))"
)
"""What follows a label that is apart from its value, for the words that most often are something else."""

_FIELD: Final = Expression(FIELD_GATE)
_FILLER: Final = "(?:[a-z][a-z]?[a-z]?[a-z]?[a-z]? )?"
AS_GATE: Final = f"[\"'`\u201d\u2019] as {_FILLER * 3}"
"""What stands before a label that follows its value."""


def label_ends(text: str, end: int) -> bool:
    """Whether a label that most often is something else ends here, with no more than a word such as `number`."""
    return _FIELD.match(text, end) is not None


def value_apart(text: str, start: int, end: int, *, tight: bool = False) -> Place | None:
    """Where the value is, if the word at this place is in a label of this kind; a `tight` one may not go on."""
    if text.endswith(_AS, max(0, start - _LONGEST_AS), start):
        # `entered "value" as label`
        quoted = _QUOTED_BEFORE.search(text, max(0, start - _LONGEST_AS), start)
        return None if quoted is None else quoted.span(1)
    label = None if tight and not label_ends(text, end) else _LABEL_END.match(text, end)
    if label is None:
        return None
    before = _BEFORE_VALUE.match(text, label.end())
    if before is None and _HEADING.search(text, max(0, start - _LONGEST_AS), start) is not None:
        before = _BELOW_HEADING.match(text, label.end())
    if before is None:
        before = _IN_OBJECT.match(text, label.end())
    if before is None and (pair := _IN_PAIR.match(text, label.end())) is not None:
        before = pair if _PAIR_OPENS.search(text, max(0, start - _LONGEST_BEFORE), start) is not None else None
    if before is not None:
        value = _VALUE.match(text, before.end())
        return None if value is None else value.span()
    return None
