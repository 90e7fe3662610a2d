"""Who decides: what users have said about kinds of findings, names, tools and places of a value.

The nearest word counts: of the place, then of the name, then of the tool, then of the kind of finding.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.keys import words_of
from otel_mcp.redaction.marks import DROPPED, is_marker, mark, scalar_text
from otel_mcp.redaction.modes import shown_as
from otel_mcp.redaction.paths import Joint, PathMark, joint, path_state

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.modes import PseudonymKey
    from otel_mcp.redaction.paths import PathState, Steps
    from otel_mcp.redaction.schema import State

__all__ = ["CONTENT", "Allowance", "KeyRow", "Policy", "ToolRow", "View", "name_of"]

CONTENT: Final = ("all", "arguments", "results", "none")
_MOST_REMEMBERED: Final = 4096
_LONGEST_NAME: Final = 256
_LONGEST_ALLOWED: Final = 1024


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What is said about a name: `allowed`, or sensitive."""

    mode: str | None = None
    kind: str | None = None
    allowed: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may stay although a rule or its name speaks against it; all conditions that are given must hold."""

    attribute: str | None = None
    tool: str | None = None
    path: Steps | None = None
    value: re.Pattern[str] | None = None
    rules: frozenset[str] | None = None

    def covers(self, kind: str, key: str, text: str | None) -> bool:
        """Whether a finding is meant; `path` and `tool` were looked at before. `text` is None for a structure."""
        if self.attribute is not None and self.attribute != key:
            return False
        if self.rules is not None and kind not in self.rules:
            return False
        if self.value is None:
            return True
        return text is not None and len(text) <= _LONGEST_ALLOWED and self.value.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class ToolRow:
    """What is said about the tools whose name has the form of `pattern`."""

    pattern: str
    content: str = "all"
    mode: str | None = None
    sensitive: tuple[Steps, ...] = ()
    safe: tuple[Steps, ...] = ()
    paths: tuple[tuple[Steps, str], ...] = ()

    @property
    def nearness(self) -> tuple[bool, int]:
        """How closely the pattern describes a tool: one without a sign for others is the closest."""
        return any(sign in self.pattern for sign in "*?["), -len(self.pattern)


@dataclass(frozen=True, slots=True)
class Policy:
    """All that a rule file says beside its rules."""

    modes: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    keys: Mapping[str, KeyRow] = field(default_factory=dict)
    allowances: tuple[Allowance, ...] = ()
    tools: tuple[ToolRow, ...] = ()
    key: PseudonymKey | None = None
    _views: dict[str | None, View] = field(default_factory=dict, compare=False, repr=False)
    _names: dict[str, KeyRow | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key_wanted_by(self) -> str | None:
        """The first row that makes pseudonyms, as messages call it; None if there is none."""
        if kind := next((kind for kind, mode in self.modes.items() if mode == "hmac"), None):
            return kind
        if name := next((name for name, row in self.keys.items() if row.mode == "hmac"), None):
            return f"key {name!r}"
        for row in self.tools:
            if "hmac" in (row.mode, *(mode for _, mode in row.paths)):
                return f"tool {row.pattern!r}"
        return None

    @property
    def wants_key(self) -> bool:
        """Whether anything is to become a pseudonym."""
        return self.key_wanted_by is not None

    def with_key(self, key: PseudonymKey | None) -> Policy:
        """The same with the key of its pseudonyms."""
        return replace(self, key=key, _views={}, _names={})

    def without_allowances(self) -> Policy:
        """The same without what makes it let something pass."""
        keys = {name: row for name, row in self.keys.items() if not row.allowed}
        tools = tuple(replace(tool, safe=()) for tool in self.tools)
        return replace(self, keys=keys, tools=tools, allowances=(), _views={}, _names={})

    def view(self, tool: str | None) -> View:
        """The policy as it applies to one tool."""
        tool = None if tool is None else tool[:_LONGEST_NAME]
        known = self._views.get(tool)
        if known is None:
            known = View(self, tool)
            if len(self._views) < _MOST_REMEMBERED:
                self._views[tool] = known
        return known

    def name(self, key: str) -> KeyRow | None:
        """What is said about a name, in whatever way it is written.

        A row that hides holds for every name that ends with its words, a row that allows for that name alone.
        """
        if not self.keys:
            return None
        key = key[-_LONGEST_NAME:]
        if key in self._names:
            return self._names[key]
        words = words_of(key) or [key]
        rows = (self.keys.get(name_of(*words[start:])) for start in range(len(words)))
        row = next((row for start, row in enumerate(rows) if row is not None and not (row.allowed and start)), None)
        if len(self._names) < _MOST_REMEMBERED:
            self._names[key] = row
        return row


class View:
    """What holds for one tool, or for what belongs to none."""

    __slots__ = ("_allowances", "_mode", "_policy", "_root", "content")

    def __init__(self, policy: Policy, tool: str | None) -> None:
        rows = [] if tool is None else [row for row in policy.tools if fnmatchcase(tool, row.pattern)]
        rows.sort(key=lambda row: row.nearness)
        allowances = [
            row for row in policy.allowances if row.tool is None or (tool is not None and fnmatchcase(tool, row.tool))
        ]
        self._policy = policy
        self._mode = next((row.mode for row in rows if row.mode), None)
        self._allowances = tuple(row for row in allowances if row.path is None)
        self._root = path_state(_marks(rows, allowances))
        self.content = frozenset.intersection(
            frozenset(("arguments", "results")), *(_CONTENT_OF[row.content] for row in rows)
        )

    def start(self, schema: State | None) -> Joint | State | None:
        """The root of a value."""
        return joint(schema, self._root)

    def name(self, key: str) -> KeyRow | None:
        """See `Policy.name`."""
        return self._policy.name(key)

    def is_off(self, kind: str) -> bool:
        """Whether the users want nothing of this kind to be removed."""
        return kind in self._policy.off

    @property
    def allows(self) -> bool:
        """Whether there is anything to ask `passes` about."""
        return bool(self._allowances) or self._root is not None

    def passes(self, kind: str, key: str, paths: PathState | None, value: JSON) -> bool:
        """Whether a finding that was not declared is to stay."""
        if paths is not None and paths.safe:
            return True
        if not self._allowances and (paths is None or not paths.allowances):
            return False
        text = scalar_text(value)
        rows = self._allowances if paths is None else (*self._allowances, *paths.allowances)
        return any(row.covers(kind, key, text) for row in rows)

    def at(self, steps: list[str | int]) -> PathState | None:
        """The place that some steps lead to."""
        state = self._root
        for step in steps:
            if state is None:
                return None
            state = state.key(step) if isinstance(step, str) else state.item(step)
        return state

    def mode(self, kind: str, key: str, paths: PathState | None) -> str:
        """What is to be done with a finding; `key` is empty unless the name is what gave it away."""
        if paths is not None and paths.mode:
            return paths.mode
        row = self._policy.name(key) if key else None
        if row is not None and row.mode:
            return row.mode
        return self._mode or self._policy.modes.get(kind, "mask")

    def shown(self, kind: str, text: str, key: str, paths: PathState | None) -> str | None:
        """What is to be shown of a text that was found; None for the marker of its kind."""
        mode = self.mode(kind, key, paths)
        return None if mode == "mask" else shown_as(mode, kind, text, self._policy.key)

    def stand_in(self, kind: str, value: JSON, key: str, paths: PathState | None) -> JSON:
        """What stands in the place of a value that goes as a whole; a structure becomes a marker, or nothing."""
        mode = self.mode(kind, key, paths)
        if mode == "drop":
            return DROPPED
        text = scalar_text(value)
        if text is not None and is_marker(text):
            return text
        if mode == "mask" or text is None:
            return mark(kind)
        return shown_as(mode, kind, text, self._policy.key) or mark(kind)


_CONTENT_OF: Final = {
    "all": frozenset(("arguments", "results")),
    "arguments": frozenset(("arguments",)),
    "results": frozenset(("results",)),
    "none": frozenset[str](),
}


def _marks(rows: list[ToolRow], allowances: list[Allowance]) -> list[tuple[Steps, PathMark]]:
    marks = [(path, PathMark(sensitive=True)) for row in rows for path in row.sensitive]
    marks += [(path, PathMark(safe=True)) for row in rows for path in row.safe]
    marks += [(path, PathMark(mode=mode)) for row in rows for path, mode in row.paths]
    return marks + [(row.path, PathMark(allowance=row)) for row in allowances if row.path is not None]


def name_of(*words: str) -> str:
    """A name without what people write differently; one without Latin letters and digits in small letters."""
    return "".join(
        part for word in words for part in words_of(word) or [unicodedata.normalize("NFKC", word).casefold()]
    )
