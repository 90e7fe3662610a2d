"""Values whose names stand beside them in a list, or above them in the head of a table.

Read are pairs (`["X-Api-Key", "…"]`), lists in which names and values take turns, as Node has them for raw headers,
options of a command before their values, and tables: rows below a row of names, or in the object that lists the
columns, as drivers of databases and the APIs of warehouses send them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.carriers.telling import is_passphrase, is_pin, is_secret_cell, is_telling, is_value
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.keys import is_sensitive_key, word_set
from otel_mcp.redaction.personal.names import is_label, may_announce

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.policy import View

    Names: TypeAlias = Mapping[int, str]
    """The name of an item, by its index, for the items that are to be judged under it."""

__all__ = [
    "Line",
    "announces",
    "command_line",
    "is_telling_cell",
    "names_in_list",
    "rows_of_matrix",
    "rows_of_table",
]

_LONGEST_NAME: Final = 64
_MOST_ITEMS: Final = 256
_MOST_ROWS: Final = 10_000
_LONGEST_LINE: Final = 8192
_PAIR: Final = 2
_SHORTEST_SECRET: Final = 6
_NAME: Final = Expression(r"(?:[^\W\d]|#)[\w.\-/#%()]{0,63}(?: [\w.\-/#%()]{1,32}){0,3}:?")
_OPTION: Final = Expression(r"--?[A-Za-z][\w.\-]{1,63}")
_QUOTED_ITEM: Final = Expression(r"[^\s\"']+")
# Lists of names, whose neighbours are names as well.
_OF_NAMES: Final = word_set(
    "required enum columns fields names keys properties scopes scope loc path select include exclude order_by orderBy"
    " group_by groupBy tags topics labels keywords categories permissions roles headers_allowed depends_on dependsOn"
    " allowed disallowed omit pick attributes features tokens words parameters cols header heads"
)
_HEADS: Final = (
    "name",
    "title",
    "label",
    "field",
    "key",
    "id",
    "header",
    "column",
    "columnName",
    "column_name",
    "text",
)
_HELD: Final = ("VarCharValue", "stringValue", "v", "value")
# Under these an object that lists names may hold their values, in the same order.
_ROWS: Final = word_set("values row record cells tuple")


class Line(NamedTuple):
    """The arguments of a command as one text, and where in it each of them begins."""

    text: str
    starts: tuple[int, ...]


def announces(text: object, view: View | None = None) -> bool:
    """Whether a text is a name, under which users or the words in it expect a secret."""
    if not isinstance(text, str) or not 1 < len(text) <= _LONGEST_NAME:
        return False
    row = None if view is None else view.name(text)
    if row is not None:
        return not row.allowed
    return is_sensitive_key(text) and _NAME.fullmatch(text) is not None


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def names_in_list(items: Sequence[JSON], key: str, view: View | None = None) -> Names:
    """Which items of a list have their names before them; `key` is the name of the list."""
    if not _PAIR <= len(items) <= _MOST_ITEMS:
        return {}
    names: dict[int, str] = {}
    takes_turns = len(items) % 2 == 0 and key not in _OF_NAMES
    for index, item in enumerate(items[:-1]):
        if type(item) is not str or index in names:
            continue
        behind = items[index + 1]
        if item[:1] == "-":
            name = item.lstrip("-")
            if _OPTION.fullmatch(item) and announces(name, view) and _may_follow(behind, name):
                names[index + 1] = name
        elif takes_turns and index % 2 == 0:
            if announces(item, view):
                if isinstance(behind, str) and not announces(behind) and is_telling_cell(behind, item):
                    names[index + 1] = item
            elif len(items) == _PAIR and is_label(item):
                names[index + 1] = item  # `["Date of birth", "1984-03-12"]`
    return names


def _may_follow(value: JSON, name: str) -> bool:
    return isinstance(value, str) and is_value(value, name) and (value[:1] != "-" or is_telling(value))


def is_telling_cell(value: str, name: str) -> bool:
    """Whether a text beside a name is a secret, where most texts beside a name are something else."""
    if " " in value.strip():
        return False
    told = is_telling(value, shortest=_SHORTEST_SECRET) or is_passphrase(value) or is_pin(value, name)
    return told and is_value(value, name)


def command_line(items: Sequence[JSON], command: str) -> Line | None:
    """The arguments of a command as somebody would type them; None if these are none.

    What is short in a list, `["-u", "bob:…"]`, is known from the command before it.
    """
    if not 1 <= len(items) <= _MOST_ITEMS:
        return None
    parts = [command] if command else []
    starts = []
    at = len(command) + 1 if command else 0
    options = False
    for item in items:
        if not isinstance(item, str):
            return None
        options = options or (item[:1] == "-" and item[1:2].strip() != "")
        quote = "" if _QUOTED_ITEM.fullmatch(item) else "'" if "'" not in item else '"'
        starts.append(at + len(quote))
        at += len(item) + 2 * len(quote) + 1
        if at > _LONGEST_LINE:
            return None
        parts.append(f"{quote}{item}{quote}")
    return Line(" ".join(parts), tuple(starts)) if options and len(parts) > 1 else None


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of_matrix(rows: Sequence[JSON], view: View | None = None) -> Iterator[tuple[Sequence[JSON], Names]]:
    """The rows of a list of lists, with the names that its first row or their own first cell gives their cells."""
    if not isinstance(rows[0], (list, dict)) or len(rows) < _PAIR:
        return
    head = next(_cells_of(rows[0], _MOST_ITEMS), None)
    columns = {} if head is None else _columns(head, view)
    if columns and head is not None:
        yield from _judged(rows[1:], columns, len(head), view)
    elif isinstance(rows[0], list):
        for row in rows[:_MOST_ROWS]:
            # `[["user", "bob", "x"], ["password", "…", "y"]]`
            if isinstance(row, list) and len(row) > _PAIR and announces(row[0], view):
                name = str(row[0])
                cells = enumerate(row[1:], 1)
                yield row, {at: name for at, cell in cells if isinstance(cell, str) and is_telling_cell(cell, name)}


def rows_of_table(node: dict[str, JSON], view: View | None = None) -> Iterator[tuple[Sequence[JSON], Names]]:
    """The rows that an object holds beside the names of their columns."""
    lists = [(key, child) for key, child in node.items() if isinstance(child, list) and child]
    if not lists:
        return
    heads = [child for _, child in lists]
    for child in node.values():
        if isinstance(child, dict):
            # `{"schema": {"fields": […]}, "rows": […]}`
            heads += [below for below in child.values() if isinstance(below, list) and below]
    for head in heads:
        columns = _columns(head, view)
        if not columns:
            continue
        for key, rows in lists:
            if rows is head:
                continue
            if isinstance(rows[0], (list, dict)):
                yield from _judged(rows, columns, len(head), view)
            elif key in _ROWS and len(rows) == len(head):
                yield rows, _judge(rows, columns, view)


def _columns(head: Sequence[JSON], view: View | None) -> dict[int, str]:
    """The columns that may hold something, if this is a row of names and one of them is such a column."""
    if len(head) > _MOST_ITEMS:
        return {}
    names = [_name_of(item) for item in head]
    if not all(name is not None and _NAME.fullmatch(name) for name in names):
        return {}
    return {number: name for number, name in enumerate(names) if name and (announces(name, view) or may_announce(name))}


def _name_of(item: JSON) -> str | None:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        return next((text for text in map(item.get, (*_HEADS, *_HELD)) if isinstance(text, str)), None)
    return None


def _judged(
    rows: Sequence[JSON], columns: Mapping[int, str], width: int, view: View | None
) -> Iterator[tuple[Sequence[JSON], Names]]:
    for row in rows[:_MOST_ROWS]:
        for cells in _cells_of(row, width):
            names = _judge(cells, columns, view)
            if names:
                yield cells, names


def _cells_of(row: JSON, width: int) -> Iterator[Sequence[JSON]]:
    """The cells of a row: spreadsheets leave empty ones out at its end, and warehouses wrap them: `{"f": […]}`."""
    for cells in row.values() if isinstance(row, dict) else (row,):
        if isinstance(cells, list) and 0 < len(cells) <= width:
            yield cells


def _judge(cells: Sequence[JSON], columns: Mapping[int, str], view: View | None) -> Names:
    return {
        number: name
        for number, name in columns.items()
        if number < len(cells) and _is_to_judge(cells[number], name, view)
    }


def _is_to_judge(cell: JSON, name: str, view: View | None) -> bool:
    if not announces(name, view):
        return True  # by the kind of datum that the name is for
    if isinstance(cell, str):
        return is_secret_cell(cell, name)
    if isinstance(cell, dict):
        return any(_is_to_judge(below, name, view) for below in cell.values())
    return cell is not None and not isinstance(cell, bool)
