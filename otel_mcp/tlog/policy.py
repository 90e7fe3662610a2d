"""Trust policies of C2SP tlog-policy (c2sp.org/tlog-policy): which logs, which witnesses, and how many of them.

```text
log     weather.example/log+5e6f7a8b+AQ…
witness X1 witness.example/x1+0f1e2d3c+BA… https://x1.example/
witness X2 witness.example/x2+4b5a6978+BA…
group   X any X1 X2                     <- `all`, `any`, or how many of them
quorum  X                               <- a witness, a group, or `none`
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from otel_mcp.errors import MalformedError
from otel_mcp.tlog.cosignature import CosignatureVerifier
from otel_mcp.tlog.note import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Mapping

__all__ = ["Group", "LogKey", "TrustPolicy", "Witness"]

_NONE = "none"
_SPACE = re.compile(r"[ \t]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_MAX_BYTES = 1_000_000
# A group may be a member of the next, and so on: this bounds how deep that goes.
_MAX_GROUPS = 256
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class LogKey:
    """A line `log <vkey> [<url>]`."""

    verifier: Verifier
    url: str = ""

    def __str__(self) -> str:
        return _line("log", str(self.verifier), self.url)


@dataclass(frozen=True, slots=True)
class Witness:
    """A line `witness <name> <vkey> [<url>]`; the name means nothing outside the policy."""

    name: str
    verifier: CosignatureVerifier
    url: str = ""

    def __str__(self) -> str:
        return _line("witness", self.name, str(self.verifier), self.url)


@dataclass(frozen=True, slots=True)
class Group:
    """A line `group <name> <threshold> <member>…`."""

    name: str
    threshold: int
    members: tuple[str, ...]

    def __str__(self) -> str:
        return _line("group", self.name, str(self.threshold), *self.members)


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """Which logs and witnesses are known, and which witnesses make a checkpoint witnessed."""

    logs: tuple[LogKey, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str | None = None
    """A witness, a group, or None where no cosignature is asked for."""

    @classmethod
    def parse(cls, data: bytes | str) -> TrustPolicy:
        """Read a policy file; the error names the line.

        Raises:
            MalformedError: a line is wrong, a key stands there twice, or there is not exactly one quorum.
        """
        reader = _Reader()
        for number, line in enumerate(_lines(data), start=1):
            reader.read(number, line)
        return reader.policy()

    def __str__(self) -> str:
        quorum = _line("quorum", _NONE if self.quorum is None else self.quorum)
        return "".join([*map(str, self.logs), *map(str, self.witnesses), *map(str, self.groups), quorum])

    def is_met_by(self, cosigned: Collection[str]) -> bool:
        """Whether the witnesses with these names, who cosigned one checkpoint, are a quorum."""
        return self.quorum is None or self._witnessed(self.quorum, cosigned)

    def _witnessed(self, name: str, cosigned: Collection[str]) -> bool:
        # Members stand before their group, so this ends.
        for group in self.groups:
            if group.name == name:
                return sum(self._witnessed(member, cosigned) for member in group.members) >= group.threshold
        return name in cosigned


@dataclass(slots=True)
class _Reader:
    """A policy while its lines are read."""

    logs: list[LogKey] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    def read(self, number: int, line: str) -> None:
        """Take in one line."""
        if not line:
            return
        try:
            self._read(*_SPACE.split(line))
        except MalformedError as error:
            raise MalformedError(f"policy line {number}: {error}") from None

    def _read(self, keyword: str, *items: str) -> None:
        readers: Mapping[str, tuple[Callable[..., None], Container[int], str]] = {
            "log": (self._log, (1, 2), "log <vkey> [<url>]"),
            "witness": (self._witness, (2, 3), "witness <name> <vkey> [<url>]"),
            "group": (self._group, range(3, _MAX_BYTES), "group <name> all|any|<k> <name>…"),
            "quorum": (self._quorum, (1,), "quorum <name>"),
        }
        if keyword not in readers:
            raise MalformedError(f"expected log, witness, group or quorum, got {keyword[:_SHOWN]!r}")
        read, counts, form = readers[keyword]
        if len(items) not in counts:
            raise MalformedError(f"expected `{form}`")
        read(*items)

    def policy(self) -> TrustPolicy:
        """What was read."""
        if not self.quorum:
            raise MalformedError("policy: expected a line `quorum <name>`, got none")
        [quorum] = self.quorum
        groups = tuple(self.groups)
        return TrustPolicy(tuple(self.logs), tuple(self.witnesses), groups, None if quorum == _NONE else quorum)

    def _log(self, vkey: str, url: str = "") -> None:
        verifier = Verifier.parse(vkey)
        if verifier.public_key in {log.verifier.public_key for log in self.logs}:
            raise MalformedError(f"the key of {verifier.name} stands there twice")
        self.logs.append(LogKey(verifier, url))

    def _witness(self, name: str, vkey: str, url: str = "") -> None:
        verifier = CosignatureVerifier.parse(vkey)
        if verifier.public_key in {witness.verifier.public_key for witness in self.witnesses}:
            raise MalformedError(f"the key of {verifier.name} stands there twice")
        self._define(name)
        self.witnesses.append(Witness(name, verifier, url))

    def _group(self, name: str, count: str, *members: str) -> None:
        if len(self.groups) == _MAX_GROUPS:
            raise MalformedError(f"more than {_MAX_GROUPS} groups")
        threshold = {"any": 1, "all": len(members)}.get(count) or (int(count) if _COUNT.fullmatch(count) else 0)
        if not 1 <= threshold <= len(members):
            raise MalformedError(f"expected all, any or a number from 1 to {len(members)}, got {count[:_SHOWN]!r}")
        for member in members:
            if member not in self.names:
                raise MalformedError(f"{member!r} is defined by no line before")
            if member in self.members:
                raise MalformedError(f"{member!r} is already a member")
            self.members.add(member)
        self._define(name)
        self.groups.append(Group(name, threshold, members))

    def _quorum(self, name: str) -> None:
        if self.quorum:
            raise MalformedError("a second quorum")
        if name != _NONE and name not in self.names:
            raise MalformedError(f"{name!r} is defined by no line before")
        self.quorum.append(name)

    def _define(self, name: str) -> None:
        if name == _NONE or name in self.names:
            raise MalformedError(f"the name {name!r} is taken")
        self.names.add(name)


def _lines(data: bytes | str) -> list[str]:
    """Each line without the white space around it; comments are empty."""
    if len(data) > _MAX_BYTES:
        raise MalformedError("policy: too long")
    # Octets that are no ASCII are opaque (section "Character set"); this keeps any of them apart from any other.
    text = data.decode("utf-8", "surrogateescape") if isinstance(data, bytes) else data
    if _FORBIDDEN.search(text):
        raise MalformedError("policy: holds a control character")
    if text and not text.endswith("\n"):
        raise MalformedError("policy: the last line does not end in a newline (was the file cut short?)")
    lines = [line.strip(" \t") for line in text.split("\n")[:-1]]
    return ["" if line.startswith("#") else line for line in lines]


def _line(*items: str) -> str:
    return " ".join(filter(None, items)) + "\n"
