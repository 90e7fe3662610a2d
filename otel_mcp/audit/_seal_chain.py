"""The chain of seals from the first file of a log on: each signed by the log and by the key that the last one named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from otel_mcp.audit.seal import Seal, log_id, open_seal, read_seals
from otel_mcp.audit.store import SEAL
from otel_mcp.errors import OtelMcpError
from otel_mcp.tlog import parse_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from otel_mcp.audit._keyring import KeyRing
    from otel_mcp.audit._walk import Problems

__all__ = ["SEAL_EVENT", "SealChain"]

SEAL_EVENT = "audit.segment.seal"


class SealChain:
    """The seals that a log's folder holds, checked one after the other; files are compared with them."""

    def __init__(self, directory: Path, origin: str, ring: KeyRing, start: int, problems: Problems) -> None:
        """`start` is the first entry that is here."""
        self._start = start
        self._origin = origin
        self._ring = ring
        self._problems = problems
        self._seals: dict[int, tuple[str, Seal]] = {}
        self._end = 0
        self._next_key: bytes | None = None
        self._broken = False
        self._directory = directory
        for note in self._read():
            self._add(note)

    @property
    def sizes(self) -> list[int]:
        """Where the chain says what root the log had."""
        return [seal.size for _, seal in self._seals.values()]

    def check_file(self, meta: Mapping[str, str], start: int, size: int, *, sealed: bool, last: bool) -> None:
        """Compare one file of the log, entries `start` to `size` - 1, with its seal; `last` if no other follows it."""
        note = meta.get(SEAL)
        if sealed != (note is not None):
            self._break(
                f"the file of entry {start} {'is sealed without a seal' if sealed else 'has a seal, and is open'}"
            )
            return
        if note is not None and start == self._end:
            # It was sealed after we had read the seals, or the log stopped between this seal and the next file.
            new = self._read()[len(self._seals) :]
            for other in new or ([note] if last else []):
                self._add(other)
        if note is None and start != self._end and not self._broken:
            self._break(f"the seals end at {self._end}, but the file that is written to begins with entry {start}")
        known = self._seals.get(start)
        if note is not None and known is None:
            self._break(f"the seal of the file of entry {start} is not among the seals")
        elif note is not None and known is not None and (known[0] != note or known[1].size != size):
            self._break(f"the seal of the file of entry {start} is not the one among the seals: it was sealed again")
        named = _from_hex(meta.get("seal_key", ""))
        if known is not None:
            expected: bytes | None = known[1].key
        elif self._next_key is None:
            expected = None
            self._check_first(named)
        else:
            expected = self._next_key
        if expected is not None and named != expected:
            self._break(f"the file of entry {start} names another seal key than its seal or the one before it")

    def check_roots(self, roots: Mapping[int, bytes], starts: Iterable[int]) -> None:
        """Compare the roots in the seals with those of the entries that are here."""
        first = min(starts)
        for _, seal in self._seals.values():
            if seal.size >= first and seal.size in roots and roots[seal.size] != seal.root:
                self._break(f"entries {seal.start}..{seal.size - 1} are not those that were sealed")

    def _read(self) -> list[str]:
        try:
            return read_seals(self._directory)
        except (OSError, OtelMcpError) as error:
            self._break(f"the file of seals cannot be read: {error}")
            return []

    def _add(self, note: str) -> None:
        try:
            size = Seal.parse(parse_note(note).text).size
            # Which key the log had before the first entry here may have gone with those. The chain of seal keys holds
            # without it.
            seal = open_seal(note, self._ring.at(size) if size > self._start else None)
        except OtelMcpError as error:
            self._break(f"a seal is not signed by the log's key and its own: {error}")
            return
        if seal.origin != self._origin:
            self._break(f"the seal of entries {seal.start}..{seal.size - 1} is one of another log, {seal.origin}")
        if seal.start != self._end:
            self._break(f"the seal of entries {self._end} and on is missing: the next one begins with {seal.start}")
        if self._next_key is None:
            self._check_first(seal.key)
        elif seal.key != self._next_key:
            self._break(f"the seal of entry {seal.start} is signed by another key than the seal before it named")
        self._seals[seal.start] = (note, seal)
        self._end, self._next_key = seal.size, seal.next_key

    def _check_first(self, key: bytes) -> None:
        if not self._origin.endswith(f"/{log_id(key)}"):
            self._break("the first seal key is not the one that the log's name was made from")

    def _break(self, message: str) -> None:
        self._broken = True
        self._problems.add("A13", message)


def _from_hex(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return b""
    return key if key.hex() == text else b""
