"""Places of a value, named by paths: `$.cred.password`, `$.items[*].pan`, `$["odd name"][0].*`.

The names are those of RFC 9535, section 1.1, without filters, slices and `..`: what a path means is seen from it alone.
"""

from __future__ import annotations

import enum
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from otel_mcp.redaction.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from otel_mcp.redaction.schema import State

    Step: TypeAlias = "str | int | Every"
    Steps: TypeAlias = "tuple[Step, ...]"

__all__ = ["Joint", "PathMark", "PathState", "joint", "parse_path", "path_state"]


class Every(enum.Enum):
    """The steps that lead to all members of an object or to all items of a list."""

    MEMBER = ".*"
    ITEM = "[*]"


_STEP: Final = Expression(
    r"""\.(?P<name>[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*)|(?P<member>\.\*)|\[(?:(?P<index>[0-9]{1,6})|(?P<item>\*)|"""
    r"""(?P<text>"(?:[^"\\]|\\.)*")|'(?P<single>[^'\\]*)')\]"""
)
_LONGEST: Final = 64  # steps; values are not copied any deeper


class PathMark(NamedTuple):
    """What a path says of the place that it leads to, and of all below."""

    sensitive: bool = False
    safe: bool = False
    mode: str | None = None
    allowance: Any = None


class PathState(NamedTuple):
    """A place as the paths see it: what holds there, and what they say further down."""

    rest: tuple[tuple[Steps, PathMark], ...]
    sensitive: bool = False
    safe: bool = False
    mode: str | None = None
    allowances: tuple[Any, ...] = ()

    def key(self, name: str) -> PathState | None:
        """The place under a key of an object."""
        return self._below([one for one in self.rest if one[0][0] == name or one[0][0] is Every.MEMBER])

    def item(self, index: int) -> PathState | None:
        """The place at an index of a list."""
        return self._below([one for one in self.rest if one[0][0] == index or one[0][0] is Every.ITEM])

    def _below(self, leading: list[tuple[Steps, PathMark]]) -> PathState | None:
        # Sensitive is the place itself; the rest of what holds here holds below as well.
        if not leading:
            if not (self.safe or self.mode or self.allowances):
                return None
            if not (self.rest or self.sensitive):
                return self
        here = PathMark(safe=self.safe, mode=self.mode)
        return _at([(steps[1:], mark) for steps, mark in leading], here, self.allowances)


class Joint(NamedTuple):
    """A place as its schema and the paths see it; asked like a `State`."""

    schema: State | None
    paths: PathState | None

    @property
    def sensitive(self) -> bool:
        return (self.schema is not None and self.schema.sensitive) or (self.paths is not None and self.paths.sensitive)

    @property
    def cleared(self) -> bool:
        if self.sensitive:
            return False
        return (self.schema is not None and self.schema.cleared) or (self.paths is not None and self.paths.safe)

    def key(self, name: str) -> Joint | State | None:
        """The place under a key of an object."""
        return joint(
            None if self.schema is None else self.schema.key(name),
            None if self.paths is None else self.paths.key(name),
        )

    def item(self, index: int) -> Joint | State | None:
        """The place at an index of a list."""
        return joint(
            None if self.schema is None else self.schema.item(index),
            None if self.paths is None else self.paths.item(index),
        )


def joint(schema: State | None, paths: PathState | None) -> Joint | State | None:
    """Both together; the schema's place alone where no path leads."""
    return schema if paths is None else Joint(schema, paths)


def path_state(marks: Iterable[tuple[Steps, PathMark]]) -> PathState | None:
    """The root of a value."""
    return _at(list(marks), PathMark(), ())


def _at(marks: list[tuple[Steps, PathMark]], inherited: PathMark, allowances: tuple[Any, ...]) -> PathState | None:
    rest = tuple((steps, mark) for steps, mark in marks if steps)
    here = [mark for steps, mark in marks if not steps]
    state = PathState(
        rest,
        sensitive=any(mark.sensitive for mark in here),
        safe=inherited.safe or any(mark.safe for mark in here),
        mode=next((mark.mode for mark in here if mark.mode), inherited.mode),
        allowances=(*allowances, *(mark.allowance for mark in here if mark.allowance is not None)),
    )
    return state if rest or here or state.safe or state.mode or state.allowances else None


def parse_path(text: str) -> Steps:
    """The steps of a path.

    Raises:
        ValueError: it is no such path.
    """
    steps = tuple(_steps(text))
    if len(steps) > _LONGEST:
        raise ValueError(f"{text!r} has more than {_LONGEST} steps")
    return steps


def _steps(text: str) -> Iterator[Step]:
    if not text.startswith("$"):
        raise ValueError(f"{text!r} is no path: it begins with $, as in $.cred.password")
    position = 1
    while position < len(text):
        found = _STEP.match(text, position)
        if found is None:
            raise ValueError(f"{text!r} cannot be read from character {position + 1} on (known: .name, .*, [0], [*])")
        if found["index"]:
            yield int(found["index"])
        elif found["item"]:
            yield Every.ITEM
        elif found["member"]:
            yield Every.MEMBER
        else:
            yield found["name"] or found["single"] or (json.loads(found["text"]) if found["text"] else "")
        position = found.end()
