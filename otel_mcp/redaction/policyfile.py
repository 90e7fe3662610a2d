"""The whole of a user's rule file: rows of rules, and the tables that say what happens to what is found.

`docs/redaction-rules.md` tells the format. A file is merged over the rules of the package by id.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeVar

from otel_mcp.errors import RuleError
from otel_mcp.redaction.expressions import check_expression
from otel_mcp.redaction.keys import PERSONAL_KINDS, personal_key
from otel_mcp.redaction.marks import KINDS, know_kinds
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
_UNLIKE: Final = ("hunter-2", "kQ8_zW", "ann.lee@ridge.net", "4111111111111111", "DE89370400440532013000", "+493090182")
"""Texts with nothing in common: what matches all of them matches nearly everything."""
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
    settings: int = 0
    """How many rows say something beside the rules."""


def load_file(text: str, *, source: str) -> RuleFile:
    """The content of a file.

    Raises:
        RuleError: it is no rule file; the sentence names `source`, the row and the reason.
    """
    document = load_document(text, source=source)
    if unknown := sorted(set(document) - set(_TABLES)):
        raise RuleError(f"{source}: unknown table {unknown[0]!r} (known: {', '.join(_TABLES)})")
    read = _Reader(source)
    for name in ("rule", "beside", "key", "allow"):
        if isinstance(document.get(name), dict):
            raise RuleError(f"{source}: {name}: written [{name}], and [[{name}]] is meant: there may be several")
    plugins = read.plugins(document.get("plugins", {}))
    whole, switches = _parted(document)
    read.ids(whole, switches)
    written = rows_of(whole, source=source)
    rows = tuple(row for row, on in zip(written, _enabled(whole), strict=True) if on)
    switched = read.switches(switches, closed=not plugins)
    modes = {kind: mode for kind, (_, mode) in switched.items() if mode} | {
        row.rule.id: read.checked(row.rule.id, _mode_of, row.rule.id, row.mode) for row in rows
    }
    on = {row.rule.id for row in rows}
    off = frozenset(kind for kind, (enabled, _) in switched.items() if not enabled)
    off |= {row.rule.id for row in written} - on
    keys = read.keys(_tables(document, "key", source))
    kinds = {*modes, *(row.kind for row in keys.values() if row.kind)}
    # Plug-ins have kinds that nobody knows here.
    known = None if plugins else kinds | on | _kinds_of_the_package()
    policy = Policy(
        modes={kind: mode for kind, mode in modes.items() if mode != "mask"},
        off=off,
        keys=keys,
        allowances=tuple(read.allowances(_tables(document, "allow", source), known)),
        tools=tuple(read.tools(document.get("tool", {}))),
    )
    know_kinds(kinds)
    settings = sum(len(document.get(name, ())) for name in ("key", "allow", "tool")) + len(switches) + len(plugins)
    return RuleFile(rows, off | on, policy, plugins, settings)


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
        known = _kinds_of_the_package() if closed else None
        return {row["id"]: self.checked(row["id"], _switch, row, known) for row in rows}

    def keys(self, rows: list[dict[str, Any]]) -> dict[str, KeyRow]:
        """By name, what is said about it."""
        found: dict[str, KeyRow] = {}
        for number, row in enumerate(rows, 1):
            for name, read in self.checked(f"key {number}", _key_rows, row).items():
                if found.setdefault(name, read).allowed != read.allowed:
                    raise RuleError(f"{self._source}: key {number}: {name!r} is both hidden and allowed")
                found[name] = read
        return found

    def ids(self, whole: Mapping[str, Any], switches: list[dict[str, Any]]) -> None:
        """Refuse two rows with one id: which of them counts?"""
        rows = [row for table in whole.values() if isinstance(table, list) for row in table]
        ids = Counter(
            row["id"] for row in (*rows, *switches) if isinstance(row, dict) and isinstance(row.get("id"), str)
        )
        if twice := next((name for name, count in ids.items() if count > 1), None):
            raise RuleError(f"{self._source}: {twice}: there are two rows with this id (give each its own)")

    def allowances(self, rows: list[dict[str, Any]], known: set[str] | None) -> Iterator[Allowance]:
        """`known` are the ids that a rule may have; None where anything may be one."""
        for number, row in enumerate(rows, 1):
            yield self.checked(f"allow {number}", _allowance, row, known)

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
        whole[table] = [row for row in rows if not _is_switch(row)]
    return whole, switches


def _kinds_of_the_package() -> set[str]:
    return {*_BY_PLACE, *PERSONAL_KINDS, *KINDS, *(rule.id for rule in builtin_scanner().rules)}


def _is_switch(row: Any) -> bool:
    return isinstance(row, dict) and "id" in row and set(row) <= _OF_A_SWITCH


def _enabled(whole: Mapping[str, Any]) -> Iterator[bool]:
    """For each row that is a whole rule, whether it is one that counts."""
    for table in ("rule", "beside"):
        for row in whole[table]:
            yield row.get("enabled", True)


def _switch(row: dict[str, Any], known: set[str] | None) -> tuple[bool, str | None]:
    row = _of_fields(row, "rule", id=str, enabled=bool, mode=str)
    if len(row) == 1:
        raise ValueError(
            "a row with nothing but an id says nothing (enabled = false or a mode changes what is there; a rule of "
            "your own needs keywords, regex, match and no_match)"
        )
    if known is not None and row["id"] not in known:
        near = get_close_matches(row["id"], known, 1)
        cure = f"did you mean {near[0]!r}? " if near else ""
        cure += "a rule of your own has fields and examples"
        raise ValueError(f"no rule of the package has this id ({cure})")
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
            if mode == "allow" and kind is not None:
                raise ValueError("a name that is allowed has no kind")
            rows[name_of(name)] = KeyRow(kind=kind, allowed=mode == "allow")
        else:
            rows[name_of(name)] = KeyRow(_mode_of(kind or personal_key(name) or "key", mode), kind)
    return rows


def _allowance(row: dict[str, Any], known: set[str] | None) -> Allowance:
    row = _of_fields(row, "allow", attribute=str, tool=str, path=str, value=str, rule=(str, list))
    if not row:
        raise ValueError("needs at least one of attribute, path, rule, tool, value")
    value, rules = row.get("value"), row.get("rule")
    if value is not None:
        try:
            check_expression(value)
        except ValueError as exc:
            raise ValueError(f"value: {exc}") from None
        if all(re.compile(value, re.ASCII | re.DOTALL).fullmatch(text) for text in _UNLIKE):
            raise ValueError("value: matches everything, so that nothing would be removed (say what may stay)")
    if set(row) == {"tool"} and not row["tool"].strip("*"):
        raise ValueError("tool: every tool is meant, so that nothing would be removed (say what may stay)")
    if "tool" in row:
        _check_pattern(row["tool"])
    ids = _texts([rules] if isinstance(rules, str) else rules or [], "rule")
    if unknown := [name for name in ids if known is not None and name not in known]:
        near = get_close_matches(unknown[0], known or (), 1)
        meant = f" (did you mean {near[0]!r}?)" if near else ""
        raise ValueError(f"rule {unknown[0]!r}: no rule and no kind has this id{meant}")
    return Allowance(
        attribute=row.get("attribute"),
        tool=row.get("tool"),
        path=parse_path(row["path"]) if "path" in row else None,
        value=None if value is None else re.compile(value, re.ASCII),
        rules=None if rules is None else frozenset(ids),
    )


def _tool(pattern: str, row: Any) -> ToolRow:
    row = _of_fields(row, "tool", content=str, mode=str, sensitive=list, safe=list, paths=dict)
    _check_pattern(pattern)
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


def _check_pattern(pattern: str) -> None:
    if "[" in re.sub(r"\[!?\]?[^\]]*\]", "", pattern):
        raise ValueError("a [ without a ] (a class of characters is written [abc], a bracket itself [[])")


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
