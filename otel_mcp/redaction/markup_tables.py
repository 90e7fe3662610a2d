"""Tables of HTML: cells below a row of `th`, or below a first row of names.

Only the rows are read, each cell by one bounded expression: a parser of documents takes longer than all other rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.telling import is_passphrase, is_telling
from otel_mcp.redaction.columns import LONGEST_HEAD, MARKS, Judge, columns_of, is_name
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otel_mcp.redaction.rule import Found, Place

__all__ = ["HEAD_GATE", "markup_table"]

_LONGEST_NAME: Final = 64
_LONGEST_OPENING: Final = 400
_LONGEST_ROW: Final = 8192
_SHORTEST: Final = 6
_OPENINGS: Final = ("<th", "<td", "<TH", "<TD")
_ROWS: Final = ("<tr", "<TR")
_PART: Final = r"/?(?:t[hdr]|table|thead|tbody|tfoot)\b"
_ROW: Final = Expression(r"<tr\b[^<>]{0,400}>\s{0,200}", re.IGNORECASE)
_CELL: Final = Expression(
    rf"<t([hd])\b[^<>]{{0,400}}>([^<]{{0,4096}}(?:<(?!{_PART})[^<]{{0,4096}}){{0,24}})(?:</t[hd]\s{{0,4}}>)?\s{{0,200}}",
    re.IGNORECASE,
)
_NEXT: Final = Expression(
    r"(?:</tr\s{0,4}>\s{0,200})?(?:</?t(?:head|body|foot)\b[^<>]{0,400}>\s{0,200}){0,4}(?=<tr\b)", re.IGNORECASE
)
_FIRST: Final = Expression(r"(?:<t(?:able|head|body)\b[^<>]{0,400}|</(?:caption|colgroup))>\s{0,200}\Z", re.IGNORECASE)
_TEXT: Final = Expression(r"<[^<>]*>?|([^<>]+)")
_NO_TEXT: Final = Expression(r"(?:\s|&(?:nbsp|#160|zwnj|shy);)*")


def markup_table(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]] | None:
    """What the table holds in whose head a word stands at this place, and where it ends; None if that is no head."""
    inside = text.rfind(">", max(0, at - _LONGEST_NAME), at) + 1
    if not inside or "<" in text[inside:at]:
        return None
    before = max(0, inside - _LONGEST_OPENING)
    opening = max([text.rfind(sign, before, inside) for sign in _OPENINGS])
    start = max([text.rfind(sign, max(0, at - LONGEST_HEAD), opening) for sign in _ROWS]) if opening >= 0 else -1
    if start < 0 or "</t" in text[opening:at].lower():
        return None
    heads, end = _cells(text, start)
    if at >= end:
        return None
    names = [_name(text, place) for _, place in heads]
    titled = all(kind in "hH" for kind, _ in heads)
    columns = columns_of(names, secret=secret) if _are_heads(text, start, names, titled=titled) else []
    # With two cells in a row, the first may be the name of the second.
    if not columns or (not titled and len(names) == 2 and columns[0].number == 0):  # noqa: PLR2004
        return end, []
    judge = Judge(text, "assignment")
    while (following := _NEXT.match(text, end)) is not None:
        cells, behind = _cells(text, following.end())
        if not cells:
            break
        end = behind
        for column in columns if len(cells) >= len(names) else ():
            for begin, stop in _texts(text, cells[column.number][1]):
                value = text[begin:stop].strip(MARKS)
                if titled or not column.secret or is_telling(value, shortest=_SHORTEST) or is_passphrase(value):
                    judge.look(begin, stop, column)
    return end, judge.found


def _are_heads(text: str, start: int, names: Sequence[str], *, titled: bool) -> bool:
    if not all(name == "" or is_name(name) for name in names):
        return False
    return titled or (len(names) > 1 and _FIRST.search(text, max(0, start - LONGEST_HEAD), start) is not None)


def _cells(text: str, at: int) -> tuple[list[tuple[str, Place]], int]:
    """The cells of the row that begins here, each with `h` or `d`, and where the last of them ends."""
    limit = at + _LONGEST_ROW
    row = _ROW.match(text, at, limit)
    cells: list[tuple[str, Place]] = []
    end = at if row is None else row.end()
    while row is not None and (cell := _CELL.match(text, end, limit)) is not None:
        cells.append((cell[1], cell.span(2)))
        end = cell.end()
    return cells, end


def _texts(text: str, place: Place) -> list[Place]:
    """What is no tag in a cell, and not blank."""
    spans = [run.span(1) for run in _TEXT.finditer(text, *place) if run[1] is not None]
    return [span for span in spans if not _NO_TEXT.fullmatch(text, *span)]


def _name(text: str, place: Place) -> str:
    return " ".join([text[begin:stop].strip(MARKS) for begin, stop in _texts(text, place)])


_HINTS: Final = "|".join((*NEEDLES, *FOREIGN))
HEAD_GATE: Final = rf"<(?i:t[hd])(?:[ \t\r\n][^<>]*)?>(?:\s*<[^<>]*>)*\s*[\"'`*]*[\w.\- ]*(?i:{_HINTS})"
"""See `Rule.gate`."""
