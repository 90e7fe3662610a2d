"""What verification is asked for and what it says, format v1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.x509 import Certificate

    from otel_mcp.audit._walk import Problem
    from otel_mcp.tlog import TrustPolicy

__all__ = ["STRENGTHS", "Policy", "Report"]

STRENGTHS = frozenset({"witness", "timestamp", "clean-writers"})


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom to trust and what to insist on."""

    trusted_keys: Sequence[str] = ()
    """Verifier keys, `name+hexid+base64`."""
    use_pins: bool = True
    require: frozenset[str] = frozenset()
    """Of `STRENGTHS`."""
    witness_notes: Sequence[str] = ()
    """Checkpoints of this log that were kept elsewhere."""
    trust: TrustPolicy | None = None
    """Keys of logs and of witnesses, and how many of these it takes (c2sp.org/tlog-policy)."""
    roots: Sequence[Certificate] = ()
    """Of time-stamp authorities."""


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found; it is evidence only together with `pinned`."""

    origin: str
    vkey: str
    size: int
    root: str
    """Base64."""
    first_ts: str | None
    last_ts: str | None
    entries: int
    writers: int
    intents_open: int
    pinned: bool
    key_source: str
    problems: tuple[Problem, ...]
    checkpoint: str
    """The newest signed note, or an empty text."""
    missing: tuple[str, ...] = ()
    """Required strengths that the log does not have."""
    start: int = 0
    """The first entry that is here; those before it were pruned, as a signed record says."""
    files: int = 1
    witnessed: int = 0
    """The largest size at which somebody outside saw the log as it is, whom the policy trusts."""
    stamped: str | None = None
    """When a trusted authority said at the latest that entries are there, RFC 3339; None if none did."""
    archive: bool = False
    """Sealed files that were put away: the log they are from may go on elsewhere."""

    @property
    def tampered(self) -> bool:
        """Whether anything was found that an honest log does not show."""
        return any(problem.code.startswith("A") for problem in self.problems)

    @property
    def exit_code(self) -> int:
        """0 verified with a trusted key, 1 tampering, 2 intact but unpinned or a required strength is missing."""
        if self.tampered:
            return 1
        return 0 if self.pinned and not self.missing else 2
