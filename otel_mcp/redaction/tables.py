"""Tables in texts: what the head of a column says of the cells below it, however far below.

Read are CSV with any of the usual separators, tables of Markdown, of database shells and of box characters, columns
that blanks part, the rows of an `INSERT`, and those of `COPY … FROM stdin` in the dumps of PostgreSQL. A table ends
with the first row that is not like its head, so a text is read once, whatever it is made of.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.values import is_passphrase, is_telling, is_value, tells_words
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN, is_sensitive_key, word_set
from otel_mcp.redaction.personal import RULES as PERSONAL_RULES
from otel_mcp.redaction.personal.names import kind_under_name, may_announce
from otel_mcp.redaction.personal.national import HEADS
from otel_mcp.redaction.rule import Found, Rule
from otel_mcp.redaction.sensitivity import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_LONGEST_HEAD: Final = 1024
_LONGEST_ROW: Final = 8192
_LONGEST_NAME: Final = 64
_SHORTEST_PERSONAL: Final = 4
_BARS: Final = "│┃║|"
_SIGNS: Final = (*_BARS, "\t", ",", ";")
_MARKS: Final = " \t\r\"'`*[]"
_NAME: Final = Expression(r"[\w.\-#%]{1,64}(?:[ /][\w.\-/()#%&']{1,32}){0,5}\??")
_RULER: Final = Expression(r"[ \t]*[-=+|:│┃║├┼┤┌┬┐└┴┘╞╪╡╠╬╣╔╦╗╚╩╝┏┳┓┗┻┛┡╇┩┠╂┨─━═╌ \t]{3,}\r?")
_CELLS: Final = {
    sign: Expression(
        rf"[ \t]{{0,64}}(?:\"((?:[^\"\n]|\"\"){{0,2048}})\"[ \t]{{0,64}}|([^{re.escape(sign)}\n]{{0,2048}}))"
    )
    for sign in _SIGNS
}
_GAPS: Final = Expression(r"[^\s│|](?:[^\s]|[ ](?=[^\s])){0,400}")  # a cell: two blanks or a tab part it from the next
_FEWEST_GAPS: Final = 3
_MOST_LINES_OF_HEAD: Final = 3
_QUOTED: Final = "sql-password"  # where values are quoted, even one such as `x17` is no word of a text
_FREE_CELLS: Final = 2000
_CHARACTERS_PER_CELL: Final = 24
"""So many cells of a text are judged one by one; beyond them, all that is in such a column goes."""


class _Column(NamedTuple):
    number: int
    name: str
    secret: bool


def _columns(names: Iterable[str], *, secret: bool) -> list[_Column]:
    """Those that hold something, if they are what they are called; none if `secret` says that of others."""
    columns: list[_Column] = []
    for number, name in enumerate(names):
        # With a type behind it, a name is part of the definition of a table.
        if not name or len(name) > _LONGEST_NAME or " NULL" in name:
            continue
        hidden = is_sensitive_key(name)
        if hidden or may_announce(name):
            columns.append(_Column(number, name, hidden))
    return columns if any(column.secret for column in columns) is secret else []


class _Judge:
    """Says of cells what they are, and of all of them, when there are too many for a text of this length."""

    def __init__(self, text: str, kind: str) -> None:
        self._text = text
        self._kind = kind
        self._left = _FREE_CELLS + len(text) // _CHARACTERS_PER_CELL
        self.found: list[Found] = []

    def look(self, start: int, end: int, column: _Column) -> None:
        cell = self._text[start:end]
        value = cell.strip(_MARKS)
        if not value:
            return
        kind = self._kind_of(value, column)
        if kind is not None:
            start += cell.find(value)
            self.found.append(Found(start, start + len(value), kind))

    def _kind_of(self, value: str, column: _Column) -> str | None:
        self._left -= 1
        if self._left < 0:
            return self._kind
        if column.secret and is_value(value, column.name) and (self._kind == _QUOTED or _is_secret(value, column.name)):
            return self._kind
        return kind_under_name(column.name, value) if len(value) >= _SHORTEST_PERSONAL else None


_ELSEWHERE: Final = word_set("see ask in stored same from use not kept managed rotated set via check refer")


def _is_secret(value: str, name: str) -> bool:
    if " " in value and value.partition(" ")[0].lower() in _ELSEWHERE:
        return False  # `see vault`
    # A column of tokens may hold the words of a text.
    return tells_words(name) or is_telling(value, shortest=6) or is_passphrase(value)


# ── lines of cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    """What the table holds whose head has a word at this place, and where it ends.

    Tables with a column of secrets are found at the words for those, all others at the words for personal data.
    """
    start = text.rfind("\n", max(0, at - _LONGEST_HEAD), at) + 1
    end = text.find("\n", at, at + _LONGEST_HEAD)
    if end < 0 or at - start > _LONGEST_HEAD or end - start > _LONGEST_HEAD:
        return at, []
    line = text[start:end]
    sign = next((sign for sign in _SIGNS if sign in line), None)
    if sign is not None:
        return _parted(text, start, end, sign, secret=secret)
    return _aligned(text, start, end, secret=secret) if "  " in line.strip() else (at, [])


def _parted(text: str, start: int, end: int, sign: str, *, secret: bool) -> tuple[int, list[Found]]:
    spans = _cells(text, start, end, sign)
    names = [text[begin:stop].strip(_MARKS) for begin, stop in spans]
    if text.startswith("||", start):
        # The head of a table of Confluence and Jira.
        names = ["", *filter(None, names), ""]
    inner = names[1:-1] if len(names) > 2 and not names[0] and not names[-1] else names  # noqa: PLR2004  # both edges
    if len(inner) <= (sign not in _BARS) or not all(map(_is_name, inner)):
        return start, []
    # The first line of its kind: a row may hold the word as well.
    before = text.rfind("\n", max(0, start - 1 - _LONGEST_HEAD), max(0, start - 1)) + 1
    if (
        start
        and text.count(sign, before, start - 1) == len(names) - 1
        and not _RULER.fullmatch(text, before, start - 1)
    ):
        return start, []
    # Bars alone make no table, but part whatever stands in a line.
    after = text.find("\n", end + 1, end + 1 + _LONGEST_ROW)
    ruled = sign not in _BARS or text.startswith("||", start) or (after > 0 and _RULER.fullmatch(text, end + 1, after))
    # Without blanks around them they part values, as `sqlite3` prints them.
    ruled = ruled or (names == [text[begin:stop] for begin, stop in spans] and names[0] != "" and names[-1] != "")
    columns = _columns(names, secret=secret) if ruled else []
    judge = _Judge(text, "assignment")
    row = end + 1
    if columns:
        for begin, stop in _rows(text, row):
            cells = _cells(text, begin, stop, sign)
            if len(cells) != len(names):
                break
            row = stop
            for column in columns:
                judge.look(*cells[column.number], column)
    return row, judge.found


def _is_name(head: str) -> bool:
    # A row of a table has numbers, its head has none.
    return _NAME.fullmatch(head) is not None and not head[0].isdigit()


def _rows(text: str, at: int) -> Iterator[Place]:
    """The lines from here on that are no rulers."""
    size = len(text)
    while at < size:
        end = text.find("\n", at, at + _LONGEST_ROW)
        if end < 0:
            end = min(size, at + _LONGEST_ROW)
        if not _RULER.fullmatch(text, at, end):
            yield at, end
        at = end + 1


def _cells(text: str, at: int, end: int, sign: str) -> list[Place]:
    pattern = _CELLS[sign]
    cells: list[Place] = []
    while True:
        cell = pattern.match(text, at, end)
        assert cell is not None, "an empty cell matches as well"
        cells.append(cell.span(1 if cell[1] is not None else 2))
        at = cell.end()
        if at >= end or text[at] != sign:
            return cells
        at += 1


def _aligned(text: str, start: int, end: int, *, secret: bool) -> tuple[int, list[Found]]:
    """Columns that two blanks part, under a ruler or three at least."""
    heads = [cell.span() for cell in _GAPS.finditer(text, start, end)]
    names = [text[begin:stop].strip(_MARKS) for begin, stop in heads]
    after = text.find("\n", end + 1, end + 1 + _LONGEST_ROW)
    ruled = after > 0 and _RULER.fullmatch(text, end + 1, after) is not None
    plain = all(map(_is_name, names)) and not any(name.startswith(("-", "/")) for name in names)
    if not plain or len(names) < (2 if ruled else _FEWEST_GAPS):
        return start, []
    columns = _columns(names, secret=secret)
    judge = _Judge(text, "assignment")
    row = end + 1
    if columns:
        for begin, stop in _rows(text, row):
            cells = [cell.span() for cell in _GAPS.finditer(text, begin, stop)]
            # A frame of data has a number before each row, and nothing above it.
            more = len(cells) - len(names)
            if more not in (0, 1) or (more and not text[slice(*cells[0])].isdigit()):
                break
            row = stop
            for column in columns:
                judge.look(*cells[column.number + more], column)
    return row, judge.found


# ── fields of a page ──────────────────────────────────────────────────────────────────────────────────────────────────

# What browsers say of a page: `- textbox "Password" [ref=e5]: …`, `uid=1_5 textbox "Password" value="…"`
_FIELD: Final = Expression(
    r"(?:textbox|searchbox|combobox|spinbutton) \\{0,3}\"(?P<name>[^\"\n\\]{1,64})\\{0,3}\"(?: \[[^\]\n]{1,40}\]){0,6}"
    r"(?:[^\n\"\\]{0,40}?value=\\{0,3}\"(?P<quoted>[^\"\n\\]{1,400})|: (?P<bare>[^\n\\]{1,400}))"
)


def _field(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    field = _FIELD.match(text, at)
    columns = [] if field is None else _columns([field_name(field["name"])], secret=secret)
    judge = _Judge(text, _QUOTED)
    for column in columns:
        assert field is not None, "there is no column without a field"
        judge.look(*field.span("quoted" if field["quoted"] is not None else "bare"), column)
    return at, [one._replace(kind="assignment") if one.kind == _QUOTED else one for one in judge.found]


# ── statements ────────────────────────────────────────────────────────────────────────────────────────────────────────

_NAMES: Final = Expression(r"\(([^();]{1,2000})\)\s{0,12}\Z")
_VALUES: Final = Expression(r"values\s{0,12}\(", re.IGNORECASE)
_SELECTED: Final = Expression(r"select\s{1,12}(?:distinct\s{1,4}|all\s{1,4})?", re.IGNORECASE)
_NEXT_SELECTED: Final = Expression(r"[^;,()']{0,80}?\bunion\s{1,4}(?:all\s{1,4})?select\s{1,12}", re.IGNORECASE)
_NEXT_ROW: Final = Expression(r"\)\s{0,4},\s{0,12}\(")
_ITEM: Final = Expression(
    r"\s{0,12}(?:(?:[NnEe]|_utf8(?:mb4)?)?'((?:[^'\\]|''|\\.){0,2048})'|([^,()']{0,200}(?:\([^()]{0,200}\))?[^,()']{0,40}))"
)
_STDIN: Final = Expression(r"from stdin[^\n]{0,80}\n", re.IGNORECASE)


def _statement(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    """What the rows hold that are given to the columns named before this place."""
    names = _NAMES.search(text, max(0, at - _LONGEST_HEAD), at)
    listed = "" if names is None else names[1]
    columns = _columns([name.strip(_MARKS + "\\\n") for name in listed.split(",")], secret=secret)
    if not columns:
        return at, []
    judge = _Judge(text, _QUOTED)
    values = _VALUES.match(text, at)
    if values is not None:
        return _tuples(text, values.end(), columns, judge), judge.found
    selected = _SELECTED.match(text, at)
    if selected is not None:
        return _tuples(text, selected.end(), columns, judge, selected=True), judge.found
    stdin = _STDIN.match(text, at)
    row = at if stdin is None else stdin.end()
    for begin, stop in () if stdin is None else _rows(text, row):
        cells = _cells(text, begin, stop, "\t")
        if len(cells) <= columns[-1].number:
            break
        row = stop
        for column in columns:
            judge.look(*cells[column.number], column)
    return row, judge.found


def _tuples(text: str, at: int, columns: list[_Column], judge: _Judge, *, selected: bool = False) -> int:
    # What is selected without quotes is the column of another table.
    wanted = {column.number: column for column in columns}
    number = 0
    while (item := _ITEM.match(text, at)) is not None:
        column = wanted.get(number)
        if column is not None and (not selected or item[1] is not None):
            judge.look(*item.span(1 if item[1] is not None else 2), column)
        next_row = _NEXT_SELECTED.match(text, at if item[1] is None else item.end()) if selected else None
        at = item.end()
        if next_row is None and text[at : at + 1] == ",":
            at, number = at + 1, number + 1
            continue
        next_row = next_row or _NEXT_ROW.match(text, at)
        if next_row is None:
            break
        at, number = next_row.end(), 0
    return at


_HINTS: Final = "|".join((*NEEDLES, *FOREIGN))
_NAME_WITH_HINT: Final = rf"[ \t\"'`*]*[\w.\- ]*(?i:{_HINTS})[\w.\-]*[ \t\"'`*]*"
_HEAD_GATE: Final = (
    rf"(?:(?:[,;\t|│┃║]|^|[\n\x00]|[\w.\-]  ){_NAME_WITH_HINT}(?:[,;\t|│┃║]|  [\w.\-])[^\n]*"
    rf"|(?:[,;\t|│┃║]|[\w.\-]  ){_NAME_WITH_HINT})\r?\n"
)
_NAMES_GATE: Final = rf"(?i:\([^();]*(?:{_HINTS})[^();]*\)\s*(?:values\s*\(|from\s+stdin|select\s))"
_PERSONAL_NEEDLES: Final = tuple(
    sorted({needle for rule in PERSONAL_RULES if rule.gate for needle in rule.needles} | {*HEADS})
)

_STATEMENTS: Final = ("values", "from stdin", "select")
_FIELDS: Final = tuple(
    f"{role} {quote}" for role in ("textbox", "searchbox", "combobox", "spinbutton") for quote in ('"', '\\"')
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "assignment",
        find_all=partial(_table, secret=True),
        needles=(*NEEDLES, *FOREIGN),
        gate=_HEAD_GATE,
        certain=False,
    ),
    Rule(
        _QUOTED,
        find_all=partial(_statement, secret=True),
        needles=_STATEMENTS,
        gate=_NAMES_GATE,
        certain=False,
    ),
    Rule("assignment", find_all=partial(_field, secret=True), needles=_FIELDS, certain=False),
    Rule("birth-date", find_all=partial(_field, secret=False), needles=_FIELDS, certain=False, personal=True),
    # Where one of the words for a personal datum is, other rules are asked as well, and their gates have seen it.
    *(
        Rule(
            "birth-date", find_all=partial(find, secret=False), needles=needles, seen=True, certain=False, personal=True
        )
        for find, needles in ((_table, _PERSONAL_NEEDLES), (_statement, _STATEMENTS))
    ),
)
