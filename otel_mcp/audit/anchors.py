"""Anchors: checkpoints of a log that somebody outside has seen, and what they prove.

```text
LOG/anchors/000000000042.tsa.example-tsr.tsr        <- the reply of a time-stamp authority (RFC 3161, DER), and
LOG/anchors/000000000042.tsa.example-tsr.note       <- the checkpoint that it is of
LOG/anchors/000000000042.witness.example-x1-0f1e2d3c.cosigned   <- a checkpoint with a witness's cosignature (C2SP)
```
Whoever can write the log can delete these files too; nobody can make them for a history that was not seen. A file of
checkpoints on other storage (`append_to_file`) is read by `verify --witness`.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from otel_mcp.audit._anchor_file import append_note
from otel_mcp.audit._newest import Newest, newest_checkpoint
from otel_mcp.audit._post import shown_url
from otel_mcp.audit._timestamp import check_timestamp, claimed_time, load_roots, request_timestamp
from otel_mcp.audit._witness import request_cosignature
from otel_mcp.audit.paths import make_private_directory, write_private
from otel_mcp.audit.store import origin_part
from otel_mcp.errors import AnchorRefused, AuditUnavailable, MalformedError, VerificationError
from otel_mcp.tlog import (
    Checkpoint,
    CosignatureVerifier,
    TrustPolicy,
    Verifier,
    open_checkpoint,
    open_cosignatures,
    parse_note,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cryptography.x509 import Certificate

__all__ = [
    "COSIGNATURE",
    "RFC3161",
    "Anchor",
    "AnchorProblem",
    "Newest",
    "Stored",
    "Witnessed",
    "anchors_directory",
    "append_to_file",
    "check_anchors",
    "cosign",
    "load_roots",
    "newest_by_quorum",
    "newest_checkpoint",
    "read_anchors",
    "timestamp",
]

RFC3161 = "rfc3161"
COSIGNATURE = "cosignature"

_SUFFIXES = {"tsr": RFC3161, "cosigned": COSIGNATURE}
_NAME = re.compile(r"(?P<size>[0-9]{12,19})\.(?P<who>[A-Za-z0-9._-]+)\.(?P<suffix>tsr|cosigned)")
_MAX_FILE = 1_000_000
_VERIFY = "run `otel-mcp verify`"


@dataclass(frozen=True, slots=True)
class Stored:
    """An anchor that was made, or was there already."""

    path: Path
    time: datetime | None = None
    """What the witness or authority says; None for a file."""
    checked: bool = True
    """False for a time stamp that was kept without knowing whose it is."""
    already: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """The files of one anchor as they were read; nothing is checked yet."""

    path: Path
    kind: str
    """`RFC3161` or `COSIGNATURE`."""
    size: int
    note: bytes
    """The checkpoint; with a cosignature under it, if it is of that kind."""
    reply: bytes = b""
    """What the time-stamp authority answered."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint that somebody whom the caller trusts has seen."""

    checkpoint: Checkpoint
    who: str
    """The witness's name in the policy, or the name in the authority's certificate."""
    time: datetime | None
    kind: str
    path: Path


@dataclass(frozen=True, slots=True)
class AnchorProblem:
    """Why an anchor counts for nothing."""

    path: Path
    message: str
    unknown: bool = False
    """It is by somebody of whom the caller gave no key or root, so that nothing could be checked."""


def anchors_directory(directory: Path) -> Path:
    """Where the anchors of the log in `directory` are."""
    return directory / "anchors"


def timestamp(newest: Newest, url: str, roots: Sequence[Certificate] = (), *, seconds: float = 10.0) -> Stored:
    """Have the authority at `url` say that the checkpoint exists now; without `roots` its word is kept unchecked.

    An older time stamp of the same checkpoint is kept instead: the earlier time says more.

    Raises:
        AnchorRefused: there is no time stamp to be had, or it does not verify under `roots`.
        ConfigError: the extra `timestamp` is not installed, or `url` is no address.
    """
    path = _path(newest, _file_part(shown_url(url).partition("://")[2]), "tsr")
    note = newest.note.encode()
    _keep_evidence(path.with_suffix(".note"), newest)
    with contextlib.suppress(MalformedError, VerificationError):
        return Stored(path, _stamped(_read(path), note, roots), checked=bool(roots), already=True)
    reply = request_timestamp(url, note, seconds=seconds)
    try:
        time = _stamped(reply, note, roots)
    except (MalformedError, VerificationError) as error:
        raise AnchorRefused(f"{shown_url(url)}: {error} (are these the authority's root certificates?)") from None
    _write(path.with_suffix(".note"), note)
    _write(path, reply)
    return Stored(path, time, checked=bool(roots))


def cosign(newest: Newest, url: str, witness: CosignatureVerifier, *, seconds: float = 10.0) -> Stored:
    """Have the witness at `url` cosign the checkpoint, which it does only for a log that continues what it saw.

    Raises:
        AnchorRefused: there is no cosignature to be had, or the witness saw more entries or another history.
        ConfigError: `url` is no address.
    """
    who = f"{_file_part(witness.name)}-{witness.key_id.hex()}"
    path = _path(newest, who, "cosigned")
    _keep_evidence(path, newest)
    known = [anchor.size for anchor in read_anchors(newest.directory) if anchor.path.name.endswith(f".{who}.cosigned")]
    old_size = max((size for size in known if size <= newest.checkpoint.size), default=0)
    cosigned = request_cosignature(
        url, newest.note, witness, newest.log, newest.leaves, old_size=old_size, seconds=seconds
    )
    [cosignature] = open_cosignatures(cosigned, [witness])
    try:
        time = _moment(cosignature.time)
    except MalformedError as error:
        raise AnchorRefused(f"{shown_url(url)}: {error} (is the clock of the witness right?)") from None
    _write(path, cosigned.encode())
    return Stored(path, time)


def append_to_file(newest: Newest, path: Path) -> Stored:
    """Append the checkpoint to a file on other storage, durably; nothing that is there is changed.

    Raises:
        AnchorRefused: the file cannot be written, holds something else, or holds a checkpoint of this log that the log
            does not continue.
    """
    return Stored(path, already=not append_note(newest, path))


def read_anchors(directory: Path) -> list[Anchor]:
    """The anchors beside the log in `directory`, by size and name; other files are passed over.

    A file that cannot be read gives an anchor without content, which `check_anchors` then names.

    Raises:
        AuditUnavailable: the folder of anchors is there and cannot be listed.
    """
    try:
        paths = list(anchors_directory(directory).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise AuditUnavailable(f"{anchors_directory(directory)}: cannot be read: {_strerror(error)}") from None
    named = [(path, found) for path in paths if (found := _NAME.fullmatch(path.name))]
    anchors = [_read_anchor(path, int(found["size"]), _SUFFIXES[found["suffix"]]) for path, found in named]
    return sorted(anchors, key=lambda anchor: (anchor.size, anchor.path.name))


def check_anchors(
    anchors: Iterable[Anchor],
    keys: Sequence[Verifier],
    policy: TrustPolicy | None = None,
    roots: Sequence[Certificate] = (),
) -> tuple[list[Witnessed], list[AnchorProblem]]:
    """What the anchors prove about the log with these keys, and which of them prove nothing.

    Trust is the caller's alone: witnesses are those of `policy`, time-stamp authorities those under `roots`.
    """
    witnessed: list[Witnessed] = []
    problems: list[AnchorProblem] = []
    for anchor in anchors:
        found = _check_one(anchor, keys, policy or TrustPolicy(), roots)
        if isinstance(found, AnchorProblem):
            problems.append(found)
        else:
            witnessed += found
    return witnessed, problems


def newest_by_quorum(witnessed: Iterable[Witnessed], policy: TrustPolicy) -> Checkpoint | None:
    """The largest checkpoint that a quorum of the witnesses cosigned; None also where the policy asks for nobody."""
    cosigners: dict[Checkpoint, set[str]] = {}
    for one in witnessed:
        if one.kind == COSIGNATURE:
            cosigners.setdefault(one.checkpoint, set()).add(one.who)
    met = [checkpoint for checkpoint, names in cosigners.items() if policy.quorum and policy.is_met_by(names)]
    return max(met, key=lambda checkpoint: checkpoint.size, default=None)


def _check_one(
    anchor: Anchor, keys: Sequence[Verifier], policy: TrustPolicy, roots: Sequence[Certificate]
) -> list[Witnessed] | AnchorProblem:
    try:
        checkpoint = open_checkpoint(anchor.note, keys)
        if checkpoint.size != anchor.size:
            return AnchorProblem(anchor.path, f"its checkpoint has {checkpoint.size} entries")
        if anchor.kind == RFC3161:
            if not roots:
                return AnchorProblem(anchor.path, "no root certificate was given for its authority", unknown=True)
            stamp = check_timestamp(anchor.reply, anchor.note, roots)
            return [Witnessed(checkpoint, stamp.who, stamp.time, anchor.kind, anchor.path)]
        return _check_cosigned(anchor, checkpoint, policy)
    except (MalformedError, VerificationError) as error:
        return AnchorProblem(anchor.path, str(error))


def _check_cosigned(anchor: Anchor, checkpoint: Checkpoint, policy: TrustPolicy) -> list[Witnessed] | AnchorProblem:
    names = {(w.verifier.name, w.verifier.key_id): w.name for w in policy.witnesses}
    signers = {(line.name, line.key_id) for line in parse_note(anchor.note).signatures}
    if not names.keys() & signers:
        return AnchorProblem(anchor.path, "no key was given for its witness", unknown=True)
    return [
        Witnessed(checkpoint, names[one.name, one.key_id], _moment(one.time), anchor.kind, anchor.path)
        for one in open_cosignatures(anchor.note, [witness.verifier for witness in policy.witnesses])
    ]


def _read_anchor(path: Path, size: int, kind: str) -> Anchor:
    if kind == RFC3161:
        return Anchor(path, kind, size, _read(path.with_suffix(".note")), _read(path))
    return Anchor(path, kind, size, _read(path))


def _stamped(reply: bytes, note: bytes, roots: Sequence[Certificate]) -> datetime:
    return check_timestamp(reply, note, roots).time if roots else claimed_time(reply, note)


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, ValueError, OSError):
        raise MalformedError(f"cosignature: {seconds} s since 1970 is in no year that a calendar has") from None


def _file_part(name: str) -> str:
    return origin_part(name).strip(".-") or "unnamed"


def _path(newest: Newest, who: str, suffix: str) -> Path:
    return anchors_directory(newest.directory) / f"{newest.checkpoint.size:012d}.{who}.{suffix}"


def _keep_evidence(path: Path, newest: Newest) -> None:
    """Refuse to write over an anchor of another history, which is what proves that the log was rewritten."""
    old = _read(path)
    with contextlib.suppress(MalformedError, VerificationError):
        if old and open_checkpoint(old, [newest.log]) != newest.checkpoint:
            raise AnchorRefused(f"FORK: {path} holds another checkpoint of the same size ({_VERIFY})")


def _read(path: Path) -> bytes:
    """The bytes of an anchor's file; none where it is no file, too long, or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_FILE:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _write(path: Path, data: bytes) -> None:
    try:
        make_private_directory(path.parent)
        write_private(path, data)
    except OSError as error:
        cure = "run it as a user that can write there, or use --file"
        raise AnchorRefused(f"{path.parent}: cannot be written: {_strerror(error)} ({cure})") from None


def _strerror(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
