"""Whether a head, which is canonical JSON, has the members that every entry of format v1 has."""

from __future__ import annotations

import re
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TIME", "check_members"]

TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_TEXT: Final = (str,)
_NUMBER: Final = (int,)  # by its exact type: true is no number
_FIXED: Final = (
    ("v", _NUMBER),
    ("id", _TEXT),
    ("ts", _TEXT),
    ("up", _NUMBER),
    ("w", _TEXT),
    ("ws", _NUMBER),
    ("event", _TEXT),
    ("phase", _TEXT),
    ("action", _TEXT),
    ("outcome", _TEXT),
    ("actor", (str, NoneType)),
    ("actor_type", _TEXT),
)
_OPTIONAL: Final = ("ref", "body", "dek")
_OWN: Final = {
    "audit.redact": (("idx", _NUMBER),),
    "audit.erase": (("subjects", (list,)),),
    "audit.key.revoke": (("vkey", _TEXT),),
    "audit.prune": (("end", _NUMBER), ("root", _TEXT)),
    "audit.gap": (("dropped", _NUMBER), ("first_ts", _TEXT), ("last_ts", _TEXT), ("reason", _TEXT)),
}


def check_members(head: Mapping[str, Any]) -> None:
    """Raise unless `head` has what the table in `docs/formats.md` says, each of its type.

    Raises:
        MalformedError: a member is missing, or of another type.
    """
    _check(head, _FIXED)
    if head["v"] != 1:
        raise MalformedError(f"head is of format {head['v']}")
    if not TIME.fullmatch(head["ts"]):
        raise MalformedError("ts is no time")
    for name in _OPTIONAL:
        if name in head and type(head[name]) is not str:
            raise MalformedError(f"{name} is no text")
    event = head["event"]
    if event in _OWN:
        _check(head, _OWN[event])
        if event == "audit.erase" and not all(type(subject) is str for subject in head["subjects"]):
            raise MalformedError("subjects are not texts")


def _check(head: Mapping[str, Any], members: tuple[tuple[str, tuple[type, ...]], ...]) -> None:
    for name, types in members:
        if type(head.get(name, ...)) not in types:
            raise MalformedError(f"{name} is missing, or of another type")
