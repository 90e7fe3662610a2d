"""Tables in texts: what the head of a column says of the cells below it, however far below.

Read are CSV with any of the usual separators, tables of Markdown, of database shells and of box characters, columns
that blanks part, a single column, the rows of an `INSERT`, and those of `COPY … FROM stdin` in the dumps of PostgreSQL.
A table ends with the first row that is not like its head, so a text is read once, whatever it is made of.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.carriers.hints import NEEDLES
from otel_mcp.redaction.carriers.telling import is_passphrase, is_telling
from otel_mcp.redaction.columns import LONGEST_HEAD, MARKS, QUOTED, Column, Judge, columns_of, holds_something, is_name
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import FOREIGN
from otel_mcp.redaction.markup_tables import HEAD_GATE as MARKUP_GATE
from otel_mcp.redaction.markup_tables import markup_table
from otel_mcp.redaction.personal import RULES as PERSONAL_RULES
from otel_mcp.redaction.personal.national import HEADS
from otel_mcp.redaction.rule import Found, Rule
from otel_mcp.redaction.sensitivity import field_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from otel_mcp.redaction.rule import Place

__all__ = ["RULES"]

_LONGEST_ROW: Final = 8192
_BARS: Final = "│┃║|"
_SIGNS: Final = (*_BARS, "\t", ",", ";")
_QUOTING: Final = "\t,;"  # where a cell in quotes may go over lines
_BREAK: Final = r"(?:\r\n?|\n|\Z)"
_LINE: Final = Expression(rf"([^\r\n]{{0,{_LONGEST_ROW}}}){_BREAK}?")
_BLANK: Final = Expression(rf"[ \t]{{0,200}}{_BREAK}")
_RULER: Final = Expression(rf"[-=+|:│┃║├┼┤┌┬┐└┴┘╞╪╡╠╬╣╔╦╗╚╩╝┏┳┓┗┻┛┡╇┩┠╂┨─━═╌ \t]{{3,{_LONGEST_ROW}}}{_BREAK}")
_FOR_EXCEL: Final = Expression(r"\"?sep=.\"?")


def _cell(sign: str) -> Expression:
    # In what a quote opens and does not close before the next sign it is a character like any other.
    blanks = "[ ]{0,64}" if sign == "\t" else r"[ \t]{0,64}"
    sign, inner = re.escape(sign), '[^"]' if sign in _QUOTING else r"[^\"\r\n]"
    quoted = rf"\"({inner}{{0,2048}}(?:\"\"{inner}{{0,2048}}){{0,64}})\"{blanks}(?=[\r\n]|{sign}|\Z)"
    return Expression(rf"{blanks}(?:{quoted}|([^{sign}\r\n]{{0,2048}}))")


_CELLS: Final = {sign: _cell(sign) for sign in _SIGNS}
_GAPS: Final = Expression(r"[^\s│|](?:[^\s]|[ ](?=[^\s])){0,400}")  # a cell: two blanks or a tab part it from the next
_FEWEST_GAPS: Final = 3
_MOST_SKIPPED: Final = 3
"""So many lines in a row may be blank, or too short to reach the column, before the table is over."""
_SHORTEST: Final = 6
_ENOUGH_NAMES: Final = 32  # to tell a head from a row
_BLANKS: Final = " \t\r\n"


# ── lines of cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    """What the table holds whose head has a word at this place, and where it ends.

    Tables with a column of secrets are found at the words for those, all others at the words for personal data.
    """
    markup = markup_table(text, at, secret=secret)
    if markup is not None:
        return markup
    start = _line_start(text, at)
    end = _line_end(text, at)
    if end < 0 or at - start > LONGEST_HEAD or end - start > LONGEST_HEAD:
        return at, []
    line = text[start:end]
    sign = next((sign for sign in _SIGNS if sign in line), None)
    if sign is not None:
        return _parted(text, start, end, sign, secret=secret)
    if "  " in line.strip():
        return _aligned(text, start, end, secret=secret)
    return (at, []) if " " in line.strip() else _listed(text, start, end, secret=secret)


def _line_start(text: str, at: int) -> int:
    first = max(0, at - LONGEST_HEAD)
    return max(text.rfind("\n", first, at), text.rfind("\r", first, at)) + 1


def _line_end(text: str, at: int) -> int:
    """Where the line ends, or -1 if it is none of a head."""
    end = text.find("\n", at, at + LONGEST_HEAD)
    only = text.find("\r", at, at + LONGEST_HEAD if end < 0 else end)
    return end if only < 0 else only


def _line_before(text: str, start: int) -> Place:
    stop = start - 2 if text.startswith("\r\n", start - 2) else start - 1
    return (_line_start(text, stop), stop) if start else (0, 0)


def _behind(text: str, end: int) -> int:
    """Where the line after the one that ends here begins."""
    return end + (2 if text.startswith("\r\n", end) else 1)


def _parted(text: str, start: int, end: int, sign: str, *, secret: bool) -> tuple[int, list[Found]]:
    spans, _ = _record(text, start, sign, end)
    names = [text[begin:stop].strip(MARKS) for begin, stop in spans]
    if text.startswith("||", start):
        # The head of a table of Confluence and Jira.
        names = ["", *filter(None, names), ""]
    inner = names[1:-1] if len(names) > 2 and not names[0] and not names[-1] else names  # noqa: PLR2004  # both edges
    if len(inner) <= (sign not in _BARS) or not all(map(is_name, inner)) or _is_row(text, start, len(names) - 1, sign):
        return start, []
    below = _behind(text, end)
    # Bars alone make no table, but part whatever stands in a line.
    ruled = sign not in _BARS or text.startswith("||", start) or _RULER.match(text, below) is not None
    # Without blanks around them they part values, as `sqlite3` prints them.
    ruled = ruled or (names == [text[begin:stop] for begin, stop in spans] and names[0] != "" and names[-1] != "")
    columns = columns_of(names, secret=secret) if ruled else []
    judge = _JudgeOfRows(text, names, columns)
    return (judge.parted(below, sign, spaced=_is_spaced(text, spans)) if columns else below), judge.found


def _is_row(text: str, start: int, signs: int, sign: str) -> bool:
    """Whether the line before is of the same kind: a row may hold the word as well."""
    begin, stop = _line_before(text, start)
    return (
        stop > begin
        and text.count(sign, begin, stop) == signs
        and not _RULER.match(text, begin)
        and not _FOR_EXCEL.fullmatch(text, begin, stop)
    )


def _is_spaced(text: str, spans: Sequence[Place]) -> bool:
    # As in a sentence, where a blank follows every comma.
    return all(text[begin - 1] == " " for begin, _ in spans[1:])


class _JudgeOfRows(Judge):
    """Reads the rows below a head.

    A row that is cut short or has a cell more is still one, and so is the next behind a blank line; but these must be
    written like the head, for what stands below a table is prose, or another table.
    """

    def __init__(self, text: str, names: Sequence[str], columns: Sequence[Column]) -> None:
        super().__init__(text, "assignment")
        self._names = names
        self._columns = columns
        self._above: Sequence[Place] = ()

    def parted(self, at: int, sign: str, *, spaced: bool) -> int:
        """Reads what one sign parts; says where the last row ends."""
        text, row, skipped = self._text, at, 0
        while at < len(text) and skipped <= _MOST_SKIPPED:
            stop = _line(text, at)[1]
            is_blank = text[at] in _BLANKS and _BLANK.match(text, at) is not None
            if is_blank or self._is_short(at, stop, sign):
                at, skipped = _behind(text, stop), skipped + 1
                continue
            if _is_ruler(text, at):
                at = _behind(text, stop)
                continue
            cells, end = _record(text, at, sign, stop)
            more = len(cells) - len(self._names)
            if len(cells) == 1 < len(self._names) or (
                (skipped or more) and not self._is_like_head(cells, sign, spaced=spaced)
            ):
                break
            at = _behind(text, end)
            if skipped and (self._is_head(cells) or (sign in _BARS and _RULER.match(text, at))):
                break
            if self._reaches(cells, more):
                row, skipped = at, 0
            else:
                skipped += 1
        return row

    def aligned(self, at: int, start: int, heads: Sequence[Place]) -> int:
        """Reads what blanks part; a row that has fewer cells by where they stand."""
        text, row, skipped = self._text, at, 0
        while at < len(text) and skipped <= _MOST_SKIPPED:
            begin, stop = _line(text, at)
            following = _behind(text, stop)
            is_blank = text[at] in _BLANKS and _BLANK.match(text, at) is not None
            if is_blank or _is_ruler(text, at):
                at, skipped = following, skipped + is_blank
                continue
            cells = [cell.span() for cell in _GAPS.finditer(text, begin, stop)]
            # A frame of data has a number before each row, and nothing above it.
            more = len(cells) - len(heads)
            if skipped or more < 0:
                if len(cells) == 1 or (skipped and self._is_head(cells)):
                    break
                cells = _below(cells, at, heads, start)
            elif more not in (0, 1) or (more and not text[slice(*cells[0])].isdigit()):
                break
            else:
                cells = cells[more:]
            at = following
            if self._reaches(cells, 0):
                row, skipped = at, 0
            else:
                skipped += 1
        return row

    def _is_short(self, at: int, stop: int, sign: str) -> bool:
        """Whether the line is parted, and ends before the first of the columns."""
        signs = self._text.count(sign, at, stop)
        return 0 < signs < self._columns[0].number and self._text.find('"', at, stop) < 0

    def _is_like_head(self, cells: Sequence[Place], sign: str, *, spaced: bool) -> bool:
        if sign in _BARS:
            return (cells[0][0] == cells[0][1]) == (self._names[0] == "")
        return sign == "\t" or not (spaced or _is_spaced(self._text, cells))

    def _is_head(self, cells: Sequence[Place]) -> bool:
        """Whether these are names above other columns: such a line is no row, if all others have numbers in them."""
        names = self._stripped(cells[:_ENOUGH_NAMES])
        if not _are_names(names):
            return False
        return not _are_names(self._stripped(self._above[:_ENOUGH_NAMES])) or any(map(holds_something, names))

    def _reaches(self, cells: Sequence[Place], more: int) -> bool:
        """Judges the cells of one row; False if it has none in these columns."""
        reached = False
        for column in self._columns:
            if column.number >= len(cells) or cells[column.number][0] < 0:
                continue
            reached = True
            self.look(*cells[column.number], column)
            if more > 0:
                # A sign in a cell before this one has moved it.
                for begin, stop in cells[column.number + 1 : column.number + 1 + more]:
                    if is_telling(self._text[begin:stop].strip(MARKS), shortest=_SHORTEST):
                        self.look(begin, stop, column)
        if reached:
            self._above = cells
        return reached

    def _stripped(self, cells: Sequence[Place]) -> list[str]:
        return [self._text[begin:stop].strip(MARKS) for begin, stop in cells if begin >= 0]


def _is_ruler(text: str, at: int) -> bool:
    return not text[at].isalnum() and _RULER.match(text, at) is not None


def _are_names(names: Sequence[str]) -> bool:
    return all(name == "" or is_name(name) for name in names)


def _line(text: str, at: int) -> Place:
    line = _LINE.match(text, at)
    assert line is not None, "an empty line matches as well"
    return line.span(1)


def _record(text: str, at: int, sign: str, line_end: int) -> tuple[list[Place], int]:
    """The cells of the row that begins here, and where it ends: behind its line, if a cell goes over lines."""
    pattern, limit = _CELLS[sign], at + _LONGEST_ROW
    cells: list[Place] = []
    while True:
        cell = pattern.match(text, at, limit)
        assert cell is not None, "an empty cell matches as well"
        cells.append(cell.span(1 if cell[1] is not None else 2))
        at = cell.end()
        if at >= limit or not text.startswith(sign, at):
            return cells, line_end if at <= line_end else _line(text, at)[1]
        at += 1


def _aligned(text: str, start: int, end: int, *, secret: bool) -> tuple[int, list[Found]]:
    """Columns that two blanks part: under a ruler, in capitals with the next line right below, or three at least."""
    heads = [cell.span() for cell in _GAPS.finditer(text, start, end)]
    names = [text[begin:stop].strip(MARKS) for begin, stop in heads]
    below = _behind(text, end)
    ruled = _RULER.match(text, below) is not None
    plain = all(map(is_name, names)) and not any(name.startswith(("-", "/")) for name in names)
    ruled = ruled or (all(map(str.isupper, names)) and _stands_below(text, below, heads, start))
    if not plain or len(names) < (2 if ruled else _FEWEST_GAPS):
        return start, []
    columns = columns_of(names, secret=secret)
    judge = _JudgeOfRows(text, names, columns)
    return (judge.aligned(below, start, heads) if columns else below), judge.found


def _stands_below(text: str, at: int, heads: Sequence[Place], start: int) -> bool:
    """Whether the cells of the line at this place begin where the heads do."""
    cells = [cell.start() - at for cell in _GAPS.finditer(text, *_line(text, at))] if at < len(text) else []
    return cells == [begin - start for begin, _ in heads]


_NOWHERE: Final = (-1, -1)


def _below(cells: Sequence[Place], at: int, heads: Sequence[Place], start: int) -> list[Place]:
    """For each head the cell that begins or ends where it does."""
    begins = {begin - at: (begin, stop) for begin, stop in cells}
    ends = {stop - at: (begin, stop) for begin, stop in cells}
    return [begins.get(begin - start) or ends.get(stop - start) or _NOWHERE for begin, stop in heads]


_SINGLE_HEAD: Final = Expression(r"[ \t]{0,8}([\"'`]?)([\w.\-]{1,64})\1[ \t]{0,8}")
# A name with its value, and an element, say themselves what they hold.
_SINGLE: Final = Expression(
    r"[ \t]{0,8}([\"'`]?)(?!<|[\w.\-]{1,64}[=:]{1,2}[^\s=])([^\s\"'`,;|]{1,400})\1[ \t]{0,8}" + _BREAK
)


def _listed(text: str, start: int, end: int, *, secret: bool) -> tuple[int, list[Found]]:
    """A single column, whose head is all that stands in the first line of a text or of a paragraph."""
    head = _SINGLE_HEAD.fullmatch(text, start, end)
    columns = [] if head is None or not is_name(head[2]) else columns_of([head[2]], secret=secret)
    if not columns or text[slice(*_line_before(text, start))].strip():
        return start, []
    judge = Judge(text, "assignment")
    row = _behind(text, end)
    # A heading has words below it: the first cell must be more than a word.
    while row < len(text) and (cell := _SINGLE.match(text, row)) is not None:
        if not columns[0].secret or is_telling(cell[2], shortest=_SHORTEST) or is_passphrase(cell[2]):
            judge.look(*cell.span(2), columns[0])
        if not judge.found:
            break
        row = cell.end()
    return row, judge.found


# ── fields of a page ──────────────────────────────────────────────────────────────────────────────────────────────────

# What browsers say of a page: `- textbox "Password" [ref=e5]: …`, `uid=1_5 textbox "Password" value="…"`
_FIELD: Final = Expression(
    r"(?:textbox|searchbox|combobox|spinbutton) \\{0,3}\"(?P<name>[^\"\n\\]{1,64})\\{0,3}\"(?: \[[^\]\n]{1,40}\]){0,6}"
    r"(?:[^\n\"\\]{0,40}?value=\\{0,3}\"(?P<quoted>[^\"\n\\]{1,400})|: (?P<bare>[^\n\\]{1,400}))"
)


def _field(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    field = _FIELD.match(text, at)
    columns = [] if field is None else columns_of([field_name(field["name"])], secret=secret)
    judge = Judge(text, QUOTED)
    for column in columns:
        assert field is not None, "there is no column without a field"
        judge.look(*field.span("quoted" if field["quoted"] is not None else "bare"), column)
    return at, [one._replace(kind="assignment") if one.kind == QUOTED else one for one in judge.found]


# ── statements ────────────────────────────────────────────────────────────────────────────────────────────────────────

_NAMES: Final = Expression(r"\(([^();]{1,2000})\)\s{0,12}\Z")
_VALUES: Final = Expression(r"values\s{0,12}\(", re.IGNORECASE)
_SELECTED: Final = Expression(r"select\s{1,12}(?:distinct\s{1,4}|all\s{1,4})?", re.IGNORECASE)
_NEXT_SELECTED: Final = Expression(r"[^;,()']{0,80}?\bunion\s{1,4}(?:all\s{1,4})?select\s{1,12}", re.IGNORECASE)
_NEXT_ROW: Final = Expression(r"\)\s{0,4},\s{0,12}\(")
_ITEM: Final = Expression(
    r"\s{0,12}(?:(?:[NnEe]|_utf8(?:mb4)?)?'((?:[^'\\]|''|\\.){0,2048})'|([^,()']{0,200}(?:\([^()]{0,200}\))?[^,()']{0,40}))"
)
_STDIN: Final = Expression(r"from stdin[^\r\n]{0,80}(?:\r\n?|\n)", re.IGNORECASE)


def _statement(text: str, at: int, *, secret: bool) -> tuple[int, list[Found]]:
    """What the rows hold that are given to the columns named before this place."""
    names = _NAMES.search(text, max(0, at - LONGEST_HEAD), at)
    listed = "" if names is None else names[1]
    columns = columns_of([name.strip(MARKS + "\\\n") for name in listed.split(",")], secret=secret)
    if not columns:
        return at, []
    judge = Judge(text, QUOTED)
    values = _VALUES.match(text, at)
    if values is not None:
        return _tuples(text, values.end(), columns, judge), judge.found
    selected = _SELECTED.match(text, at)
    if selected is not None:
        return _tuples(text, selected.end(), columns, judge, selected=True), judge.found
    stdin = _STDIN.match(text, at)
    row = at if stdin is None else stdin.end()
    while stdin is not None and row < len(text):
        cells, end = _record(text, row, "\t", _line(text, row)[1])
        if len(cells) <= columns[-1].number:
            break
        row = _behind(text, end)
        for column in columns:
            judge.look(*cells[column.number], column)
    return row, judge.found


def _tuples(text: str, at: int, columns: list[Column], judge: Judge, *, selected: bool = False) -> int:
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
    rf"(?:(?:[,;\t|│┃║]|^|[\r\n\x00]|[\w.\-]  ){_NAME_WITH_HINT}(?:[,;\t|│┃║]|  [\w.\-])[^\n]*"
    rf"|(?:[,;\t|│┃║]|[\w.\-]  ){_NAME_WITH_HINT}"
    rf"|(?:^|[\r\n\x00])[ \t\"'`*]*[\w.\-]*(?i:{_HINTS})[\w.\-]*[ \t\"'`*]*)[\r\n]|{MARKUP_GATE}"
)
_NAMES_GATE: Final = rf"(?i:\([^();]*(?:{_HINTS})[^();]*\)\s*(?:values\s*\(|from\s+stdin|select\s))"
_PERSONAL_NEEDLES: Final = tuple(
    dict.fromkeys((*(needle for rule in PERSONAL_RULES if rule.gate for needle in rule.needles), *HEADS))
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
        QUOTED,
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
