"""Collects what is sensitive in a value. Reads everything, also what lies too deep or too far to be copied."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from otel_mcp.redaction.keys import is_cookie_key
from otel_mcp.redaction.lists import names_in_list, rows_of_matrix, rows_of_table
from otel_mcp.redaction.sensitivity import ALONE, child_kind, is_described, key_text, kind_under_schema, named_keys
from otel_mcp.redaction.taint import TooMuch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.paths import Joint
    from otel_mcp.redaction.policy import View
    from otel_mcp.redaction.schema import State
    from otel_mcp.redaction.taint import Taint

__all__ = ["Place", "embedded_json", "harvest"]

_MOST_NODES = 500_000
_LONGEST_EMBEDDED = 262_144
_DEEPEST_EMBEDDED = 3
_SHORTEST_NUMBER = 4
_LONGEST_NUMBER = 1024  # bits


class Place(NamedTuple):
    """A node to read: `kind` says why it is sensitive, `embedded` how many JSON texts are around it."""

    value: JSON
    state: State | Joint | None
    kind: str | None = None
    key: str = ""
    embedded: int = 0
    fragment: bool = False


def harvest(
    places: Iterable[Place],
    taint: Taint,
    view: View | None = None,
    name: Callable[[str, Place], None] = lambda _text, _place: None,
) -> None:
    """Teach the taint every string and number at or below a sensitive place; `name` is told each of them as well.

    Raises:
        TooMuch: there are more nodes, or more secrets, than an operation may have.
    """
    waiting = [place._replace(kind=place.kind or kind_under_schema(place.state, place.value)) for place in places]
    # The same container may be reached again, even from inside itself; under the same reading it teaches nothing new.
    seen: set[tuple[int, State | Joint | None, str | None, bool, str]] = set()
    alive: list[JSON] = []  # decoded texts: their ids must stay theirs while `seen` knows them
    count = 0
    while waiting:
        place = waiting.pop()
        node = place.value
        if isinstance(node, str):
            if place.kind is not None:
                _learn_text(place, taint)
                name(str.__str__(node), place)
            if place.embedded < _DEEPEST_EMBEDDED and (inner := embedded_json(node)) is not None:
                alive.append(inner)
                waiting.append(place._replace(value=inner, embedded=place.embedded + 1))
        elif isinstance(node, (dict, list, tuple)):
            reading = (id(node), place.state, place.kind, place.fragment, place.key if place.kind else "")
            if reading not in seen:
                seen.add(reading)
                count += len(node)
                if count > _MOST_NODES:
                    raise TooMuch
                waiting.extend(_children(place, view))
        elif place.kind is not None and (text := _text_of(node)) is not None:
            taint.learn(text)
            name(text, place)


def embedded_json(text: str) -> JSON | None:
    """The object or list that a string holds as JSON text: servers decode such arguments, so they are looked into."""
    if text[:1] not in ("{", "[", " ", "\n") or len(text) > _LONGEST_EMBEDDED:
        return None
    stripped = text.strip()
    if not (stripped.startswith(("{", "[")) and stripped.endswith(("}", "]"))):
        return None
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def _children(place: Place, view: View | None) -> Iterator[Place]:
    node, state, kind = place.value, place.state, place.kind
    if isinstance(node, dict):
        named = named_keys(node, view, fragment=place.fragment)
        for raw, child in list(dict.items(node)):
            key = key_text(raw)
            below = None if state is None else state.key(key)
            reason = kind or child_kind(key, child, below, named, view)
            fragment = reason is None and is_described(key, child, view)
            yield Place(child, below, reason, key if kind is None else place.key, place.embedded, fragment)
        if kind is None:
            for row, names in rows_of_table(node, view):
                yield from _named_items(place, row, names, view)
    else:
        for index, child in enumerate(node):
            below = None if state is None else state.item(index)
            yield Place(child, below, kind or kind_under_schema(below, child), place.key, place.embedded)
        if kind is None and len(node):
            yield from _named_items(place, node, names_in_list(node, place.key, view), view)
            for row, names in rows_of_matrix(node, view):
                yield from _named_items(place, row, names, view)


def _named_items(place: Place, items: Sequence[JSON], names: Mapping[int, str], view: View | None) -> Iterator[Place]:
    for index, name in names.items():
        if (kind := child_kind(name, items[index], None, ALONE, view)) is not None:
            yield Place(items[index], None, kind, name, place.embedded)


def _learn_text(place: Place, taint: Taint) -> None:
    text = str.__str__(place.value)
    taint.learn(text, cookie=is_cookie_key(place.key), declared=place.kind == "declared")


def _text_of(value: JSON) -> str | None:
    """Bytes and numbers as they are written; None for what is too short, or no value at all."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    if type(value) is float or (type(value) is int and value.bit_length() <= _LONGEST_NUMBER):
        text = str(value)
        return text if sum(map(str.isdigit, text)) >= _SHORTEST_NUMBER else None
    return None
