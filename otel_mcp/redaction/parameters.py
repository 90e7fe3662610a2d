"""The parameters that a JSON Schema describes, each with every subschema that applies to it. Nothing is resolved twice.

`schema.py` answers what applies to a value that is there; here no value is, and all places are wanted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from otel_mcp.redaction.encodings import unquoted
from otel_mcp.redaction.schema import SchemaCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from otel_mcp.redaction.marks import JSON

__all__ = ["Parameter", "Parameters"]

_BRANCHES: Final = ("anyOf", "oneOf", "allOf")
_CONDITIONS: Final = ("if", "then", "else")
_REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_UNNAMED: Final = {
    **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), ".*"),
    **dict.fromkeys(("items", "prefixItems", "additionalItems", "unevaluatedItems", "contains"), "[*]"),
}
_STRUCTURE: Final = frozenset({"properties", "patternProperties", *_UNNAMED})
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_MOST_STEPS: Final = 20_000
_DEEPEST: Final = 64


@dataclass(frozen=True, slots=True)
class Parameter:
    """A place of a value: `$.door.combination`, `$.rings[*]`, `$.codes.*`.

    `name` is its key, empty for an item and for the rest of an object. `declared` says that its schema, or that of
    something around it, marks it sensitive; `cleared` that its schema marks it harmless.
    """

    name: str
    path: str
    nodes: tuple[dict[str, JSON], ...]
    declared: bool
    cleared: bool
    judged: bool = False
    """Something around it was judged, and what is inside goes with it."""

    @property
    def types(self) -> frozenset[str]:
        """The types that its value may have; empty where the schema does not say."""
        found: set[str] = set()
        for node in self.nodes:
            kind = node.get("type")
            found.update(word for word in (kind if isinstance(kind, list) else [kind]) if isinstance(word, str))
        return frozenset(found)

    @property
    def closed(self) -> bool:
        """Whether only listed values are allowed: what everybody may read in the schema is no secret."""
        listed = [node for node in self.nodes if "enum" in node or "const" in node]
        typed = [node for node in self.nodes if node.get("type") not in (None, "null")]
        return bool(listed) and all(node in listed for node in typed)


class Parameters:
    """Walks one schema. The work is bounded, and `complete` tells whether the bound was met."""

    def __init__(self, schema: JSON, shown: Callable[[str], str] = str) -> None:
        self.complete = True
        self._root = schema
        self._shown = shown
        self._steps = 0
        self._marks = SchemaCache()
        self._anchors: dict[str, JSON] | None = None
        self._declares: dict[frozenset[int], bool] = {}

    def walk(self, judge: Callable[[Parameter], str | None] = lambda _: None) -> Iterator[tuple[Parameter, str | None]]:
        """Every place with its verdict, once, also where several places lead to one definition.

        Below a place that was judged nothing is judged again.
        """
        # A definition is entered once in each of the ways that change what is said of it, so cycles end and sharing
        # does not multiply.
        entered: set[tuple[frozenset[int], bool, bool]] = set()
        waiting: list[tuple[Parameter, int]] = [(self._parameter("", "$", [self._root]), 0)]
        while waiting:
            parameter, depth = waiting.pop()
            if not self._may_step():
                return
            verdict = None if parameter.judged else judge(parameter)
            yield parameter, verdict
            around = replace(parameter, judged=parameter.judged or verdict is not None)
            way = (_ids(around.nodes), around.declared, around.judged)
            if way not in entered:
                entered.add(way)
                waiting.extend((inner, depth + 1) for inner in reversed(self._inside(around, depth)))

    def _inside(self, around: Parameter, depth: int) -> list[Parameter]:
        children = list(_children(around.nodes))
        if children and depth >= _DEEPEST:
            self.complete = False
            return []
        return [self._parameter(name, self._path(around, name, step), found, around) for name, step, found in children]

    def declares_below(self, parameter: Parameter) -> bool:
        """Whether something inside is declared, so that its author has thought about which part is secret."""
        start = _ids(parameter.nodes)
        if start not in self._declares:
            self._declares[start] = self._search(parameter)
        return self._declares[start]

    def _search(self, parameter: Parameter) -> bool:
        seen: set[frozenset[int]] = set()
        waiting: list[tuple[dict[str, JSON], ...]] = [parameter.nodes]
        while waiting and self._may_step():
            for _, _, schemas in _children(waiting.pop()):
                nodes = self._closure(schemas)
                if self._marked(nodes) != (False, False):
                    return True
                if (key := _ids(nodes)) not in seen:
                    seen.add(key)
                    waiting.append(nodes)
        return False

    def _may_step(self) -> bool:
        self._steps += 1
        self.complete = self.complete and self._steps <= _MOST_STEPS
        return self._steps <= _MOST_STEPS

    def _parameter(self, name: str, path: str, schemas: Iterable[JSON], around: Parameter | None = None) -> Parameter:
        nodes = self._closure(schemas)
        declared, cleared = self._marked(nodes)
        if around is None:
            return Parameter(name, path, nodes, declared, cleared)
        return Parameter(name, path, nodes, declared or around.declared, cleared, around.judged)

    def _marked(self, nodes: Iterable[dict[str, JSON]]) -> tuple[bool, bool]:
        """Declared sensitive, declared harmless: asked of what the redactor asks, so that the two cannot differ."""
        marks = [
            {word: node[word] for word in node if word in ("format", "writeOnly") or word.startswith("x-")}
            for node in nodes
        ]
        state = self._marks.start({"allOf": marks})
        return (False, False) if state is None else (state.sensitive, state.cleared)

    def _path(self, around: Parameter, name: str, step: str) -> str:
        if not step:
            name = self._shown(name)
            step = f".{name}" if _PLAIN_NAME.fullmatch(name) else f"[{json.dumps(name, ensure_ascii=False)}]"
        return around.path + step

    def _closure(self, schemas: Iterable[JSON]) -> tuple[dict[str, JSON], ...]:
        found: dict[int, dict[str, JSON]] = {}
        waiting = list(schemas)[::-1]
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict) and id(node) not in found:
                found[id(node)] = node
                waiting.extend([*self._beside(node)][::-1])
        return tuple(found.values())

    def _beside(self, node: dict[str, JSON]) -> Iterator[JSON]:
        for word in _REFERENCES:
            if isinstance(reference := node.get(word), str):
                yield self._resolve(reference)
        for word in _BRANCHES:
            if isinstance(branches := node.get(word), list):
                yield from branches
        for word in _CONDITIONS:
            yield node.get(word)
        for word in ("dependentSchemas", "dependencies"):
            if isinstance(dependent := node.get(word), dict):
                yield from dependent.values()

    def _resolve(self, reference: str) -> JSON:
        document, _, fragment = reference.partition("#")
        if document and document != (self._root.get("$id") if isinstance(self._root, dict) else None):
            return None
        if fragment.startswith("/"):
            node = self._root
            for part in fragment[1:].split("/"):
                node = _part(node, unquoted(part).replace("~1", "/").replace("~0", "~"))
            return node
        if not fragment:
            return self._root
        if self._anchors is None:
            self._anchors = _anchors(self._root)
        return self._anchors.get(fragment)


def _children(nodes: tuple[dict[str, JSON], ...]) -> Iterator[tuple[str, str, list[JSON]]]:
    """Name, step and schemas of each place inside; a place that several subschemas describe comes once."""
    named: dict[str, list[JSON]] = {}
    unnamed: dict[str, list[JSON]] = {}
    for node in nodes:
        for word in ("properties", "patternProperties"):
            if isinstance(properties := node.get(word), dict):
                for name, child in properties.items():
                    named.setdefault(str(name), []).append(child)
        for step, child in _unnamed(node):
            unnamed.setdefault(step, []).append(child)
    for name, children in named.items():
        yield name, "", children
    for step, children in unnamed.items():
        yield "", step, children


def _unnamed(node: dict[str, JSON]) -> Iterator[tuple[str, JSON]]:
    for word, step in _UNNAMED.items():
        inner = node.get(word)
        if isinstance(inner, dict):
            yield step, inner
        elif isinstance(inner, list) and step == "[*]":
            yield from ((f"[{index}]", child) for index, child in enumerate(inner))


def _ids(nodes: Iterable[dict[str, JSON]]) -> frozenset[int]:
    """Tells definitions apart by what has places inside; the `$ref` that leads to one is of no account."""
    return frozenset(id(node) for node in nodes if not _STRUCTURE.isdisjoint(node))


def _part(node: JSON, part: str) -> JSON:
    if isinstance(node, Mapping):
        return node.get(part)
    if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
        return node[int(part)]
    return None


def _anchors(root: JSON) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for word in ("$anchor", "$dynamicAnchor"):
                if isinstance(anchor := node.get(word), str):
                    found.setdefault(anchor, node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found
