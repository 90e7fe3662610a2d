"""The usual value: nothing but plain JSON under names that are known to be harmless. It is copied in one short loop.

Whatever is out of the ordinary, down to a number that is large enough for a card, is left to `walk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from otel_mcp.redaction.personal.names import is_label
from otel_mcp.redaction.walk import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from otel_mcp.redaction.marks import JSON
    from otel_mcp.redaction.walk import Path

__all__ = ["Plain", "plain_copy"]

_LARGEST_PLAIN: Final = 1_999_999_999_999  # a time in milliseconds is plain, a card number is not
_MOST_CONTAINERS: Final = 5_000
_MOST_TEXTS: Final = 10_000
_TEXTS: Final = {str}
_NUMBERS: Final = {int, float, list}
_PAIR: Final = 2


class Plain:
    """A copy in `copy[0]`, and its texts in the order in which `leaves` gives their places."""

    __slots__ = ("copy", "findings", "texts")

    def __init__(self, copy: list[Any], texts: list[str]) -> None:
        self.copy = copy
        self.texts = texts
        self.findings: list[tuple[str, Path]] = []

    @property
    def keys(self) -> set[str]:
        """Every key of every object."""
        keys: set[str] = set()
        waiting = [self.copy[0]]
        for node in waiting:
            if type(node) is dict:
                keys.update(node)
                waiting += [child for child in node.values() if type(child) is dict or type(child) is list]
            elif type(node) is list:
                waiting += [child for child in node if type(child) is dict or type(child) is list]
        return keys

    def leaves(self) -> Iterator[Leaf]:
        """The texts with their places; looked for only where one of them is to be replaced."""
        for node, path in _containers(self.copy):
            # A list of them: whoever takes a leaf may take it away from its object.
            for slot, child in list(node.items()) if type(node) is dict else enumerate(node):
                if type(child) is str:
                    yield Leaf(node, slot, child, path if node is self.copy else (path, slot))


def _containers(root: list[Any]) -> Iterator[tuple[Any, Path]]:
    """Objects and lists in the order of `plain_copy`, each with its path."""
    waiting: list[tuple[Any, Path]] = [(root, None)]
    for node, path in waiting:
        yield node, path
        for slot, child in list(node.items()) if type(node) is dict else list(enumerate(node)):
            if type(child) in (dict, list):
                waiting.append((child, None if node is root else (path, slot)))


# A call for each kind of node would cost more than all the rest.
def plain_copy(value: JSON, harmless: set[str]) -> Plain | None:  # noqa: C901, PLR0911, PLR0912
    """A copy and its texts; None if the value is not plain.

    A value that contains itself has more containers than any value may have, so it ends here as well.
    """
    texts: list[str] = []
    root: list[Any] = [value]
    waiting: list[Any] = [root]
    are_harmless = harmless.issuperset
    for node in waiting:
        if type(node) is list:
            kinds = {*map(type, node)}
            if kinds == _TEXTS:
                if (len(node) == _PAIR and is_label(node[0])) or any(text[:1] == "-" for text in node):
                    return None
                texts += node
                continue
            if list in kinds and not all(_NUMBERS.issuperset(map(type, row)) for row in node if type(row) is list):
                return None  # perhaps a table
            items: Iterable[tuple[Any, Any]] = enumerate(node)
        elif are_harmless(node):
            items = node.items()
        else:
            return None
        for slot, child in items:
            kind = type(child)
            if kind is str:
                texts.append(child)
            elif kind is dict or kind is list:
                copy = node[slot] = child.copy()
                waiting.append(copy)
            elif kind is int:
                if child > _LARGEST_PLAIN:
                    return None
            elif kind is float:
                if child - child:  # neither infinity nor NaN gives zero
                    return None
            elif child is not None and kind is not bool:
                return None
        if len(waiting) > _MOST_CONTAINERS or len(texts) > _MOST_TEXTS:
            return None
    return Plain(root, texts)
