"""JSON Schema (2020-12 and older) read for one question: which places of a value are marked sensitive?

The answer is an automaton: a state is the set of subschemas that apply to a place, and a key or index leads to the
next state. So `$ref` cycles need no special case, and a place is sensitive if ANY branch that may apply says so.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from otel_mcp.redaction.encodings import unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.marks import JSON

__all__ = ["SchemaCache", "State", "check_schema"]

_MARKS = ("x-sensitive", "x-secret", "x-pii", "writeOnly")
_BRANCHES = ("anyOf", "oneOf", "allOf")
_CONDITIONS = ("if", "then", "else")
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_REST_OF_OBJECT = ("additionalProperties", "unevaluatedProperties")
_REST_OF_LIST = ("additionalItems", "unevaluatedItems")
_NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_LISTED = (*_BRANCHES, "prefixItems")
_SINGLE = (*_CONDITIONS, *_REST_OF_OBJECT, *_REST_OF_LIST, "items", "contains", "not", "propertyNames")

_DEEPEST_SCHEMA = 100
_LONGEST_PATTERN = 200
_LONGEST_MATCHED_KEY = 200
_MOST_STATES = 4096
_MOST_SCHEMAS = 256


def _is_marked(node: dict[str, JSON]) -> bool:
    return node.get("format") == "password" or any(node.get(name) for name in _MARKS)


def _is_cleared(node: dict[str, JSON]) -> bool:
    return node.get("x-sensitive") is False


class State:
    """A place in a value, as its schema sees it."""

    __slots__ = ("_nodes", "_schema", "cleared", "sensitive")

    def __init__(self, schema: _Schema, nodes: list[dict[str, JSON]]) -> None:
        self._schema = schema
        self._nodes = nodes
        self.sensitive = any(map(_is_marked, nodes))
        self.cleared = not self.sensitive and any(map(_is_cleared, nodes))

    def key(self, name: str) -> State | None:
        """The place under a key of an object."""
        return self._schema.state(child for node in self._nodes for child in _under_key(node, name))

    def item(self, index: int) -> State | None:
        """The place at an index of a list."""
        return self._schema.state(child for node in self._nodes for child in _under_index(node, index))


class _Schema:
    """One schema with its references resolved on the way."""

    def __init__(self, root: JSON, anchors: dict[str, JSON]) -> None:
        self._root = root
        self._anchors = anchors
        self._states: dict[frozenset[int], State] = {}

    def state(self, nodes: Iterable[JSON]) -> State | None:
        closure = self._closure(nodes)
        if not closure:
            return None
        name = frozenset(closure)
        known = self._states.get(name)
        if known is None:
            known = State(self, list(closure.values()))
            if len(self._states) < _MOST_STATES:
                self._states[name] = known
        return known

    def _closure(self, nodes: Iterable[JSON]) -> dict[int, dict[str, JSON]]:
        closure: dict[int, dict[str, JSON]] = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict) and id(node) not in closure:
                closure[id(node)] = node
                waiting.extend(self._beside(node))
        return closure

    def _beside(self, node: dict[str, JSON]) -> Iterator[JSON]:
        for name in _REFERENCES:
            if isinstance(reference := node.get(name), str):
                yield self._resolve(reference)
        for name in _BRANCHES:
            if isinstance(branches := node.get(name), list):
                yield from branches
        for name in _CONDITIONS:
            yield node.get(name)
        for name in ("dependentSchemas", "dependencies"):
            if isinstance(dependent := node.get(name), dict):
                yield from dependent.values()

    def check_reference(self, reference: JSON, name: str) -> None:
        """Refuse a reference that cannot be followed.

        Raises:
            ValueError: as for `check_schema`.
        """
        if not isinstance(reference, str):
            raise ValueError(f'"{name}" must be a text')  # noqa: TRY004  # one kind of error
        if isinstance(self._resolve(reference), (dict, bool)):
            return
        if reference.startswith("#"):
            raise ValueError(f'a "{name}" leads to nothing in the schema')
        raise ValueError(f'a "{name}" leads out of the schema (copy what it names into "$defs")')

    def _resolve(self, reference: str) -> JSON:
        document, _, fragment = reference.partition("#")
        if document and document != (self._root.get("$id") if isinstance(self._root, dict) else None):
            return None
        if not fragment.startswith("/"):
            return self._anchors.get(fragment) if fragment else self._root
        node = self._root
        for part in fragment[1:].split("/"):
            node = _step(node, unquoted(part).replace("~1", "/").replace("~0", "~"))
        return node


def _step(node: JSON, part: str) -> JSON:
    if isinstance(node, dict):
        return node.get(part)
    if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
        return node[int(part)]
    return None


def _under_key(node: dict[str, JSON], name: str) -> Iterator[JSON]:
    evaluated = False
    if isinstance(properties := node.get("properties"), dict) and name in properties:
        evaluated = True
        yield properties[name]
    if isinstance(patterns := node.get("patternProperties"), dict):
        for pattern, child in patterns.items():
            if _matches(pattern, name):
                evaluated = True
                yield child
    if not evaluated:
        for rest in _REST_OF_OBJECT:
            yield node.get(rest)


def _under_index(node: dict[str, JSON], index: int) -> Iterator[JSON]:
    items = node.get("items")
    prefix = items if isinstance(items, list) else node.get("prefixItems")
    if isinstance(prefix, list) and index < len(prefix):
        yield prefix[index]
    elif isinstance(items, dict):
        yield items
    else:
        for rest in _REST_OF_LIST:
            yield node.get(rest)
    yield node.get("contains")


def _matches(pattern: str, name: str) -> bool:
    # The pattern may come from a stranger. One that could backtrack for long is taken to match every key:
    # too much is removed then, never too little.
    repeats = sum(map(pattern.count, "*+{"))
    if len(pattern) > _LONGEST_PATTERN or repeats > 1 or re.search(r"\)[*+{?]|\\\d", pattern):
        return True
    try:
        return re.search(pattern, name[:_LONGEST_MATCHED_KEY]) is not None
    except (re.error, OverflowError):
        return True


class _Snapshot:
    """A private copy of a schema; notes on the way whether it marks anything, and its anchors."""

    def __init__(self) -> None:
        self.marked = False
        self.anchors: dict[str, JSON] = {}

    def copy(self, value: JSON, depth: int = 0) -> JSON:
        if depth > _DEEPEST_SCHEMA:
            raise ValueError("schema is nested too deeply")
        if isinstance(value, dict):
            return self._object({name: self.copy(child, depth + 1) for name, child in value.items()})
        if isinstance(value, list):
            return [self.copy(child, depth + 1) for child in value]
        return value

    def _object(self, node: dict[str, JSON]) -> dict[str, JSON]:
        self.marked = self.marked or _is_marked(node) or _is_cleared(node)
        for name in ("$anchor", "$dynamicAnchor"):
            if isinstance(anchor := node.get(name), str):
                self.anchors.setdefault(anchor, node)
        return node


def check_schema(schema: Mapping[str, JSON]) -> None:
    """Refuse a schema of which a part would be ignored; what is declared there would pass.

    Raises:
        ValueError: with a sentence that quotes nothing but keywords.
    """
    snapshot = _Snapshot()
    root = snapshot.copy(dict(schema))
    read = _Schema(root, snapshot.anchors)
    waiting: list[JSON] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting.extend(_below(node))
            for name in _REFERENCES:
                if name in node:
                    read.check_reference(node[name], name)
        elif not isinstance(node, bool):
            raise ValueError("a subschema must be an object, true or false")  # noqa: TRY004  # one kind of error


def _below(node: dict[str, JSON]) -> Iterator[JSON]:
    for name in _NAMED:
        if not isinstance(named := node.get(name, {}), dict):
            raise ValueError(f'"{name}" must be an object')  # noqa: TRY004  # one kind of error
        yield from named.values()
    for name in _LISTED:
        if not isinstance(listed := node.get(name, []), list):
            raise ValueError(f'"{name}" must be a list')  # noqa: TRY004  # likewise
        yield from listed
    for name in _SINGLE:
        if isinstance(single := node.get(name, True), list) and name == "items":
            yield from single  # before 2020-12
        else:
            yield single


class SchemaCache:
    """Compiled schemas, found by identity and believed only while the content is still the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards the dictionary: eviction and insertion are two steps
        self._known: dict[int, tuple[JSON, State | None]] = {}

    def start(self, schema: Mapping[str, JSON] | bool | None) -> State | None:
        """The state of the root; nothing if no place of the schema is marked."""
        if not schema or not isinstance(schema, Mapping):  # `true` is a schema as well
            return None
        # Comparing with the private copy costs less than hashing, and sees a change by the caller,
        # as well as another schema at an address that was freed.
        known = self._known.get(id(schema))
        if known is not None and known[0] == schema:
            return known[1]
        snapshot = _Snapshot()
        root = snapshot.copy(dict(schema))
        state = _Schema(root, snapshot.anchors).state([root]) if snapshot.marked else None
        with self._lock:
            if len(self._known) >= _MOST_SCHEMAS:
                self._known.pop(next(iter(self._known)))
            self._known[id(schema)] = (root, state)
        return state
