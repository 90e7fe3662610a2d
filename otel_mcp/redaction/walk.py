"""Copies a value as JSON, with markers at sensitive places and the texts listed for the scan that follows."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from otel_mcp.redaction.cards import is_card
from otel_mcp.redaction.encodings import clean_text
from otel_mcp.redaction.expression import Expression
from otel_mcp.redaction.harvest import Place, embedded_json
from otel_mcp.redaction.lists import Line, command_line, names_in_list, rows_of_matrix, rows_of_table
from otel_mcp.redaction.marks import CUTS, DROPPED, JSON, mark, scalar_text
from otel_mcp.redaction.personal.names import is_label
from otel_mcp.redaction.sensitivity import (
    ALONE,
    Sisters,
    child_kind,
    is_described,
    key_text,
    kind_under_schema,
    labels_of,
    named_keys,
    paths_of,
    under_labels,
)
from otel_mcp.redaction.taint import CUT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import TypeAlias

    from otel_mcp.redaction.paths import Joint
    from otel_mcp.redaction.policy import View
    from otel_mcp.redaction.schema import State as SchemaState

    State: TypeAlias = SchemaState | Joint
    Path: TypeAlias = tuple[Any, str | int] | None  # the place above, and the step from it

__all__ = ["Leaf", "Path", "Walk", "cut_text", "path_text", "rename_keys", "steps_of"]

_DEEPEST = 64
_MOST_NODES = 10_000
_LONGEST_TEXT = 1 << 20
_MOST_TEXT = 8 << 20
_CUT_BACK = 4096
_MOST_BITS = 1024
_DEEPEST_EMBEDDED = 3
_LONGEST_KEY = 1 << 16
_SHORTEST_CARD = 10**12
_JSON_STARTS = ("{", "[", " ", "\n")
_COMMANDS = ("command", "cmd", "program", "executable", "binary", "bin")
_ARGUMENTS = frozenset({"args", "argv", "arguments", "params", "parameters", "options", "flags"})
_PLAIN_STEP = Expression(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")


class Leaf(NamedTuple):
    """A text of the copy and where it stands: `holder[slot]`."""

    holder: Any
    slot: str | int
    text: str
    path: Path


class Walk:
    """One copy. `inspect` looks at keys and schema, through the `view`; `numbers` lists numbers among the texts.

    Under a key of `harmless` there is nothing that names could give away, unless another member of the object says so.
    """

    def __init__(
        self,
        *,
        inspect: bool,
        numbers: bool,
        view: View | None = None,
        embedded: int = 0,
        depth: int = 0,
        harmless: Collection[str] = (),
        shape: Callable[[str], str | None] | None = None,
    ) -> None:
        self._inspect = inspect
        self._harmless = harmless
        self._view = view
        self._shape = shape  # what a value is by itself, whatever its name says
        self._numbers = numbers
        self._embedded = embedded
        self._depth = depth
        self._open: set[int] = set()
        self._labels: tuple[str, ...] = ()  # of the objects around
        self._command = ""  # whose arguments the next list holds
        self._rows: dict[int, Mapping[int, str]] = {}  # names of cells in rows to come
        self._lines: list[tuple[Line, list[int | None]]] = []
        self._nodes = 0
        self._characters = 0
        self.copy: list[JSON] = [None]
        self.texts: list[str] = []
        self._leaves: list[Leaf] = []
        self.keys: set[str] = set()
        self.findings: list[tuple[str, Path]] = []
        self.unread: list[
            Place
        ] = []  # what is sensitive, and what lies beyond a limit and may hold something sensitive

    def leaves(self) -> list[Leaf]:
        """The texts with their places."""
        return self._leaves

    def lines(self) -> list[tuple[Line, list[int | None]]]:
        """The lines of commands, which stand in `texts` behind the leaves, with the leaf of each of their parts."""
        return self._lines

    def run(self, value: JSON, state: State | None) -> None:
        """Fill `copy[0]` and the lists."""
        kind = kind_under_schema(state, value) if self._inspect else None
        root = self._sensitive(kind, value, state, "", None) if kind else self._visit(value, state, self.copy, 0, None)
        self.copy[0] = None if root is DROPPED else root
        self.texts += [line.text for line, _ in self._lines]

    def _visit(  # noqa: PLR0911  # one return for each JSON type
        self, value: JSON, state: State | None, holder: Any, slot: str | int, path: Path, *, fragment: bool = False
    ) -> JSON:
        if isinstance(value, str):
            return self._text(value, state, holder, slot, path)
        if value is None or value is True or value is False:
            return value
        if isinstance(value, (dict, list, tuple)):
            return self._container(value, state, path, fragment)
        if isinstance(value, int):
            return self._integer(int.__pos__(value), state, holder, slot, path)
        if isinstance(value, float):
            return self._float(float.__pos__(value), holder, slot, path)
        if isinstance(value, (bytes, bytearray)):
            return f"<bytes {len(value)}>"
        # Neither str() nor repr(): they run foreign code and may print what the object hides.
        return self._list(f"<{type(value).__name__}>", holder, slot, path)

    def _container(self, value: JSON, state: State | None, path: Path, fragment: bool) -> JSON:
        if id(value) in self._open:
            return self._cut("cycle", path)
        if self._depth + len(self._open) >= _DEEPEST:
            self.unread.append(Place(value, state, fragment=fragment))
            return self._cut("depth", path)
        self._open.add(id(value))
        if isinstance(value, dict):
            copy = self._object(value, state, path, fragment)
        else:
            copy = self._array(value, state, path)
        self._open.remove(id(value))
        return copy

    def _object(self, value: dict[JSON, JSON], state: State | None, path: Path, fragment: bool) -> JSON:
        copy: dict[str, JSON] = {}
        inspect, view, harmless = self._inspect, self._view, self._harmless
        named = self._sisters(value, fragment) if inspect else ALONE
        for raw, child in list(dict.items(value)):
            self._nodes += 1
            key = raw if type(raw) is str else key_text(raw)
            if not key.isascii():
                key = clean_text(key)
            if self._nodes > _MOST_NODES or len(key) > _LONGEST_KEY:
                self.unread.append(Place(value, state, fragment=fragment))
                copy[mark("oversize")] = self._cut("oversize", path)
                break
            if key in copy:
                key = _unused(copy, key)
            self.keys.add(key)
            place = (path, key)
            below = None if state is None else state.key(key)
            named_harmless = below is None and named is ALONE and key in harmless
            kind = child_kind(key, child, below, named, view) if inspect and not named_harmless else None
            if kind:
                kept = self._sensitive(kind, child, below, key, place)
            elif isinstance(child, str):
                kept = self._text(child, below, copy, key, place)
            else:
                described = inspect and not named_harmless and is_described(key, child, view)
                labels = self._labels
                if inspect and not named_harmless and isinstance(child, (dict, list)):
                    self._labels = labels_of(key, named) or labels
                self._command = _command_of(value) if key in _ARGUMENTS else ""
                kept = self._visit(child, below, copy, key, place, fragment=described)
                self._labels = labels
            if kept is not DROPPED:
                copy[key] = kept
        return copy

    def _sisters(self, value: dict[JSON, JSON], fragment: bool) -> Sisters:
        self._rows.update((id(row), names) for row, names in rows_of_table(value, self._view))
        named = named_keys(value, self._view, fragment=fragment)
        return under_labels(named, self._labels) if self._labels else named

    def _array(self, value: list[JSON] | tuple[JSON, ...], state: State | None, path: Path) -> JSON:
        copy: list[JSON] = []
        names, command = self._names_in(value, path), self._command
        self._command = ""
        leaves: list[int | None] = []
        for index, child in enumerate(value):
            self._nodes += 1
            if self._nodes > _MOST_NODES:
                self.unread.append(Place(value, state))
                copy.append(self._cut("oversize", (path, index)))
                break
            place, leaf = (path, index), len(self._leaves)
            below = None if state is None else state.item(index)
            name = names.get(index)
            if name is not None:
                kind = child_kind(name, child, below, ALONE, self._view)
            else:
                kind = kind_under_schema(below, child) if self._inspect else None
            if kind:
                kept = self._sensitive(kind, child, below, name or "", place)
            elif name is not None and isinstance(child, dict) and is_label(name):
                labels, self._labels = self._labels, (name,)
                kept = self._visit(child, below, copy, index, place)
                self._labels = labels
            else:
                kept = self._visit(child, below, copy, index, place)
            copy.append(None if kept is DROPPED else kept)
            leaves.append(leaf if len(self._leaves) > leaf else None)
        if self._inspect and len(leaves) == len(value) and (line := command_line(value, command)) is not None:
            self._lines.append((line, leaves))
        return copy

    def _names_in(self, value: list[JSON] | tuple[JSON, ...], path: Path) -> Mapping[int, str]:
        """The names of the items that have one."""
        if not self._inspect or not value:
            return {}
        if isinstance(value[0], (list, dict)):
            self._rows.update((id(row), names) for row, names in rows_of_matrix(value, self._view))
        names = self._rows.pop(id(value), None)
        if names is None:
            step = path[1] if path is not None else ""
            names = names_in_list(value, step if isinstance(step, str) else "", self._view)
        return names

    def _sensitive(self, kind: str, value: JSON, state: State | None, key: str, path: Path) -> JSON:
        if kind == "key" and self._shape is not None and (text := scalar_text(value)) is not None:
            kind = self._shape(text) or kind
        self.unread.append(Place(value, state, kind, key))
        self.findings.append((kind, path))
        return mark(kind) if self._view is None else self._view.stand_in(kind, value, key, paths_of(state))

    def _cut(self, kind: str, path: Path) -> str:
        """The marker of what is left out here because of a limit, which is a finding as well."""
        self.findings.append((kind, path))
        return mark(kind)

    def _text(self, value: str, state: State | None, holder: Any, slot: str | int, path: Path) -> str:
        text = str.__str__(value)
        if self._inspect and text[:1] in _JSON_STARTS and (inner := embedded_json(text)) is not None:
            text = self._embedded_text(text, inner, state, path)
        if len(text) > _LONGEST_TEXT:
            text = cut_text(text)
            self._cut("oversize", path)
        if not text.isascii():
            text = clean_text(text)
        return self._list(text, holder, slot, path)

    def _embedded_text(self, text: str, inner: JSON, state: State | None, path: Path) -> str:
        if self._embedded >= _DEEPEST_EMBEDDED:
            self.unread.append(Place(inner, state))
            return text
        depth = self._depth + len(self._open)
        walk = Walk(
            inspect=True,
            numbers=False,
            view=self._view,
            embedded=self._embedded + 1,
            depth=depth,
            shape=self._shape,
        )
        walk.run(inner, state)
        self.unread += walk.unread
        if all(kind in CUTS for kind, _ in walk.findings):
            return text
        self.findings += [(rule, path) for rule, _ in walk.findings]
        return json.dumps(walk.copy[0], ensure_ascii=False)

    def _list(self, text: str, holder: Any, slot: str | int, path: Path) -> str:
        self._characters += len(text)
        if self._characters > _MOST_TEXT:
            return self._cut("oversize", path)
        self.texts.append(text)
        self._leaves.append(Leaf(holder, slot, text, path))
        return text

    def _integer(self, value: int, state: State | None, holder: Any, slot: str | int, path: Path) -> JSON:
        if value.bit_length() > _MOST_BITS:
            return self._cut("oversize", path)
        if value >= _SHORTEST_CARD and is_card(str(value)) and not self._spared("card", value, state, slot):
            return self._sensitive("card", value, state, "", path)
        if self._numbers:
            self._list(str(value), holder, slot, path)
        return value

    def _spared(self, kind: str, value: JSON, state: State | None, slot: str | int) -> bool:
        view = self._view
        return view is not None and (
            view.is_off(kind) or view.passes(kind, slot if isinstance(slot, str) else "", paths_of(state), value)
        )

    def _float(self, value: float, holder: Any, slot: str | int, path: Path) -> JSON:
        if math.isfinite(value):
            if self._numbers:
                self._list(repr(value), holder, slot, path)
            return value
        if math.isnan(value):
            return "NaN"
        return "Infinity" if value > 0 else "-Infinity"


def _command_of(node: dict[JSON, JSON]) -> str:
    return next((text for text in map(node.get, _COMMANDS) if isinstance(text, str)), "")


def _unused(copy: dict[str, JSON], key: str) -> str:
    count, name = 1, key
    while name in copy:
        count += 1
        name = f"{key}#{count}"
    return name


def cut_text(text: str) -> str:
    """The text itself, or its first MiB up to a blank and a note of what is missing.

    The cut comes before the scan, so it must not leave half a token, which no rule would recognise.
    """
    if len(text) <= _LONGEST_TEXT:
        return text
    head = text[:_LONGEST_TEXT]
    end = max(head.rfind(blank, _LONGEST_TEXT - _CUT_BACK) for blank in " \n\t")
    if end < 0:
        return mark("oversize")
    # The groups of a card number are parted by blanks.
    kept = head[:end].rstrip(" -0123456789")
    return f"{kept}{CUT}{max(1, (len(text) - len(kept)) // 1024)} KiB]"


def rename_keys(value: JSON, rename: Callable[[str], str]) -> JSON:
    """The JSON value with other keys; two keys that become one are told apart by a number."""
    if isinstance(value, dict):
        copy: dict[str, JSON] = {}
        for key, child in value.items():
            copy[_unused(copy, rename(key))] = rename_keys(child, rename)
        return copy
    if isinstance(value, list):
        return [rename_keys(child, rename) for child in value]
    return value


def steps_of(path: Path) -> list[str | int]:
    """The keys and indexes that lead from the root to a place."""
    steps: list[str | int] = []
    while path is not None:
        path, step = path
        steps.append(step)
    return steps[::-1]


def path_text(path: Path, rename: Callable[[str], str]) -> str:
    """A path such as `$.credentials[0].password`; keys are chosen by clients, so they are redacted as well."""
    steps: list[str] = []
    for step in steps_of(path):
        if isinstance(step, int):
            steps.append(f"[{step}]")
        else:
            name = rename(step)[:_CUT_BACK]
            steps.append(f".{name}" if _PLAIN_STEP.fullmatch(name) else f"[{json.dumps(name)}]")
    return "$" + "".join(steps)
