"""The whole of a user's rule file: rows of rules, and the tables that say what happens to what is found.

`docs/redaction-rules.md` tells the format. A file is merged over the rules of the package by id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from otel_mcp.errors import RuleError
from otel_mcp.redaction.expressions import check_expression
from otel_mcp.redaction.keys import PERSONAL_KINDS, personal_key
from otel_mcp.redaction.marks import know_kinds
from otel_mcp.redaction.modes import LAST4_KINDS, MODES
from otel_mcp.redaction.paths import parse_path
from otel_mcp.redaction.policy import CONTENT, Allowance, KeyRow, Policy, ToolRow, name_of
from otel_mcp.redaction.rulefile import RuleRow, load_document, rows_of
from otel_mcp.redaction.ruleset import builtin_scanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["RuleFile", "load_file"]

_TABLES: Final = ("rule", "beside", "key", "allow", "tool", "plugins")
_OF_A_SWITCH: Final = frozenset({"id", "enabled", "mode"})
_BY_PLACE: Final = ("key", "declared")
"""Kinds of findings that no row makes: a name gives them away, or a schema."""
_KIND: Final = re.compile(r"[a-z0-9-]{1,40}")
_T = TypeVar("_T")
_ONLY_LAST4: Final = f"mode last4 is for {', '.join(sorted(LAST4_KINDS))} only: of anything else it shows a part"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What a file says."""

    rows: tuple[RuleRow, ...]
    """The rules that it adds."""
    without: frozenset[str]
    """Ids of the package's rules that it replaces or switches off."""
    policy: Policy
    plugins: tuple[str, ...]


def load_file(text: str, *, source: str) -> RuleFile:
    """The content of a file.

    Raises:
        RuleError: it is no rule file; the sentence names `source`, the row and the reason.
    """
    document = load_document(text, source=source)
    if unknown := sorted(set(document) - set(_TABLES)):
        raise RuleError(f"{source}: unknown table {unknown[0]!r} (known: {', '.join(_TABLES)})")
    read = _Reader(source)
    plugins = read.plugins(document.get("plugins", {}))
    whole, switches = _parted(document)
    written = rows_of(whole, source=source)
    rows = tuple(row for row, on in zip(written, _enabled(document, source), strict=True) if on)
    switched = read.switches(switches, closed=not plugins)
    modes = {kind: mode for kind, (_, mode) in switched.items() if mode} | {
        row.rule.id: read.checked(row.rule.id, _mode_of, row.rule.id, row.mode) for row in rows
    }
    on = {row.rule.id for row in rows}
    off = frozenset(kind for kind, (enabled, _) in switched.items() if not enabled)
    off |= {row.rule.id for row in written} - on
    policy = Policy(
        modes={kind: mode for kind, mode in modes.items() if mode != "mask"},
        off=off,
        keys=read.keys(_tables(document, "key", source)),
        allowances=tuple(read.allowances(_tables(document, "allow", source))),
        tools=tuple(read.tools(document.get("tool", {}))),
    )
    know_kinds({*modes, *(row.kind for row in policy.keys.values() if row.kind)})
    return RuleFile(rows, off | on, policy, plugins)


class _Reader:
    """Reads the tables; `source` begins every complaint."""

    def __init__(self, source: str) -> None:
        self._source = source

    def checked(self, label: str, work: Callable[..., _T], *arguments: Any) -> _T:
        """What `work` gives; its complaint with the file and the row before it."""
        try:
            return work(*arguments)
        except ValueError as exc:
            raise RuleError(f"{self._source}: {label}: {exc}") from None

    def switches(self, rows: list[dict[str, Any]], *, closed: bool) -> dict[str, tuple[bool, str | None]]:
        """By id, whether a kind of finding is looked for, and its mode. Plug-ins have kinds that nobody knows here."""
        known = {*_BY_PLACE, *PERSONAL_KINDS, *(rule.id for rule in builtin_scanner().rules)} if closed else None
        return {row["id"]: self.checked(row["id"], _switch, row, known) for row in rows}

    def keys(self, rows: list[dict[str, Any]]) -> dict[str, KeyRow]:
        """By name, what is said about it."""
        found: dict[str, KeyRow] = {}
        for number, row in enumerate(rows, 1):
            found.update(self.checked(f"key {number}", _key_rows, row))
        return found

    def allowances(self, rows: list[dict[str, Any]]) -> Iterator[Allowance]:
        for number, row in enumerate(rows, 1):
            yield self.checked(f"allow {number}", _allowance, row)

    def tools(self, table: Any) -> Iterator[ToolRow]:
        if not isinstance(table, dict):
            raise RuleError(f'{self._source}: tool: must be tables, written [tool."NAME"]')
        for pattern, row in table.items():
            yield self.checked(f"tool {pattern!r}", _tool, pattern, row)

    def plugins(self, table: Any) -> tuple[str, ...]:
        return self.checked("plugins", _plugins, table)


def _tables(document: Mapping[str, Any], name: str, source: str) -> list[dict[str, Any]]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"{source}: {name}: must be tables, written [[{name}]]")
    return rows


def _parted(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rows that are whole rules, and those that switch or set the mode of one of the package."""
    whole: dict[str, Any] = {}
    switches = []
    for table in ("rule", "beside"):
        rows = document.get(table, [])
        if not isinstance(rows, list):
            whole[table] = rows
            continue
        switches += [row for row in rows if _is_switch(row)]
        whole[table] = [
            {name: value for name, value in row.items() if name != "enabled"} if isinstance(row, dict) else row
            for row in rows
            if not _is_switch(row)
        ]
    return whole, switches


def _is_switch(row: Any) -> bool:
    return isinstance(row, dict) and "id" in row and len(row) > 1 and set(row) <= _OF_A_SWITCH


def _enabled(document: Mapping[str, Any], source: str) -> Iterator[bool]:
    """For each row that is a whole rule, whether it is one that counts."""
    for table in ("rule", "beside"):
        for row in document.get(table, []):
            if not _is_switch(row):
                enabled = row.get("enabled", True)
                if not isinstance(enabled, bool):
                    raise RuleError(f"{source}: {row['id']}: 'enabled' has the wrong type")
                yield enabled


def _switch(row: dict[str, Any], known: set[str] | None) -> tuple[bool, str | None]:
    row = _of_fields(row, "rule", id=str, enabled=bool, mode=str)
    if known is not None and row["id"] not in known:
        raise ValueError("no rule of the package has this id (a rule of your own needs its fields and examples)")
    if row["id"] in _BY_PLACE and not row.get("enabled", True):
        raise ValueError("what a name or a schema gives away cannot be switched off (allow single names instead)")
    return row.get("enabled", True), _mode_of(row["id"], row["mode"]) if "mode" in row else None


def _mode_of(kind: str, mode: str) -> str:
    if mode not in MODES:
        raise ValueError(f"mode {mode!r} must be one of {', '.join(MODES)}")
    if mode == "last4" and kind not in LAST4_KINDS:
        raise ValueError(_ONLY_LAST4)
    return mode


def _plugins(table: Any) -> tuple[str, ...]:
    row = _of_fields(table, "plugins", names=list)
    return tuple(_texts(row.get("names", []), "names"))


def _key_rows(row: dict[str, Any]) -> dict[str, KeyRow]:
    row = _of_fields(row, "key", names=list, mode=str, kind=str)
    names = _texts(row.get("names", []), "names")
    if not names:
        raise ValueError("'names' is missing or empty")
    kind, mode = row.get("kind"), row.get("mode")
    if kind is not None and not _KIND.fullmatch(kind):
        raise ValueError("the kind must be 1 to 40 of a-z, 0-9 and hyphen")
    rows = {}
    for name in names:
        if mode is None or mode == "allow":
            rows[name_of(name)] = KeyRow(kind=kind, allowed=mode == "allow")
        else:
            rows[name_of(name)] = KeyRow(_mode_of(kind or personal_key(name) or "key", mode), kind)
    return rows


def _allowance(row: dict[str, Any]) -> Allowance:
    row = _of_fields(row, "allow", attribute=str, tool=str, path=str, value=str, rule=(str, list))
    if not row:
        raise ValueError("needs at least one of attribute, path, rule, tool, value")
    value, rules = row.get("value"), row.get("rule")
    if value is not None:
        try:
            check_expression(value)
        except ValueError as exc:
            raise ValueError(f"value: {exc}") from None
    return Allowance(
        attribute=row.get("attribute"),
        tool=row.get("tool"),
        path=parse_path(row["path"]) if "path" in row else None,
        value=None if value is None else re.compile(value, re.ASCII),
        rules=None if rules is None else frozenset([rules] if isinstance(rules, str) else _texts(rules, "rule")),
    )


def _tool(pattern: str, row: Any) -> ToolRow:
    row = _of_fields(row, "tool", content=str, mode=str, sensitive=list, safe=list, paths=dict)
    content = row.get("content", "all")
    if content not in CONTENT:
        raise ValueError(f"content {content!r} must be one of {', '.join(CONTENT)}")
    paths = [(parse_path(path), _mode_of("", mode)) for path, mode in row.get("paths", {}).items()]
    return ToolRow(
        pattern,
        content=content,
        mode=_mode_of("", row["mode"]) if "mode" in row else None,
        sensitive=tuple(map(parse_path, _texts(row.get("sensitive", []), "sensitive"))),
        safe=tuple(map(parse_path, _texts(row.get("safe", []), "safe"))),
        paths=tuple(sorted(paths, key=lambda one: -len(one[0]))),
    )


def _of_fields(row: Any, table: str, **types: type | tuple[type, ...]) -> dict[str, Any]:
    """The row, if it is one of that table.

    Raises:
        ValueError: a field is not known, or has a value of another type.
    """
    if not isinstance(row, dict):
        raise ValueError(f"must be a table, written [{table}]")  # noqa: TRY004  # one kind of error for one bad row
    for name, value in row.items():
        if name not in types:
            raise ValueError(f"unknown field {name!r} (known: {', '.join(sorted(types))})")
        if not isinstance(value, types[name]):
            raise ValueError(f"{name!r} has the wrong type")  # noqa: TRY004  # likewise
    return row


def _texts(value: list[Any], name: str) -> list[str]:
    if not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{name!r} must be a list of texts")
    return value
