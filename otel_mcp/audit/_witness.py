"""The log's side of C2SP tlog-witness (c2sp.org/tlog-witness): `add-checkpoint`.

```text
old 3                                   <- the size that the witness cosigned last
KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                                        <- hashes of the consistency proof, and an empty line
weather.example/log                     <- the signed checkpoint
5
…
```
"""

from __future__ import annotations

import base64
import contextlib
from typing import TYPE_CHECKING

from otel_mcp.audit._post import Reply, post, shown_url
from otel_mcp.errors import AnchorRefused, AuditUnavailable, MalformedError, VerificationError
from otel_mcp.tlog import (
    Checkpoint,
    CosignatureVerifier,
    Frontier,
    Note,
    Verifier,
    open_cosignatures,
    parse_note,
    prove_consistency,
)
from otel_mcp.tlog.note import format_note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["format_request", "request_cosignature"]

_OK = 200
_CONFLICT = 409
_MAX_DIGITS = 19
# One to learn the witness's size, one to use it, and the rest for others who anchor the same log meanwhile.
_TRIES = 4
_VERIFY = "run `otel-mcp verify`"


def format_request(old_size: int, proof: Sequence[bytes], note: str) -> bytes:
    """The body of `add-checkpoint`."""
    lines = [f"old {old_size}", *(base64.b64encode(node).decode("ascii") for node in proof)]
    return ("\n".join(lines) + "\n\n" + note).encode()


def request_cosignature(
    url: str,
    note: str,
    witness: CosignatureVerifier,
    log: Verifier,
    leaves: Callable[[int, int], tuple[Frontier, Sequence[bytes]]],
    *,
    old_size: int,
    seconds: float,
) -> str:
    """The checkpoint `note` with the cosignature of `witness` under its own signatures.

    `url` is the witness's submission prefix; `log` the key that the witness must know; `leaves(since, size)` gives
    the log's leaf hashes up to `size` from `since` on or from before it, and the frontier of the tree before them;
    `old_size` is what the witness is believed to have cosigned last, or 0.

    Raises:
        AnchorRefused: there is no answer or no cosignature of `witness` in it, or the witness saw more entries or
            another history.
        ConfigError: `url` is no address.
    """
    place, address = shown_url(url), f"{url.rstrip('/')}/add-checkpoint"
    size = Checkpoint.parse(parse_note(note).text).size
    for _ in range(_TRIES):
        proof = _proof(leaves, old_size, size)
        reply = post(address, format_request(old_size, proof, note), "text/plain; charset=utf-8", seconds=seconds)
        if reply.status == _OK:
            return _cosigned(place, note, reply, witness)
        if reply.status != _CONFLICT:
            raise AnchorRefused(f"{place}: {_refusal(reply, log, witness, old_size)}")
        old_size = _parse_size(place, reply)
        if old_size > size:
            with contextlib.suppress(AuditUnavailable):
                leaves(size, old_size)
                raise AnchorRefused(f"{place}: {witness.name} has a newer checkpoint of this log already (try again)")
            seen = f"ROLLBACK: {witness.name} cosigned this log with {old_size} entries; it has {size} now"
            raise AnchorRefused(f"{place}: {seen} ({_VERIFY})")
    raise AnchorRefused(f"{place}: answered {_TRIES} times that it is at another size (try again)")


def _proof(leaves: Callable[[int, int], tuple[Frontier, Sequence[bytes]]], old_size: int, size: int) -> Sequence[bytes]:
    if not 0 < old_size < size:
        return ()
    before, rest = leaves(old_size, size)
    return prove_consistency(rest, old_size, before)


def _cosigned(place: str, note: str, reply: Reply, witness: CosignatureVerifier) -> str:
    try:
        checked = open_cosignatures(note.encode() + reply.body, [witness])
    except (MalformedError, VerificationError) as error:
        raise AnchorRefused(f"{place}: answered without a cosignature of {witness}: {error}") from None
    signed = parse_note(note)
    return format_note(Note(signed.text, (*signed.signatures, *(cosignature.to_line() for cosignature in checked))))


def _refusal(reply: Reply, log: Verifier, witness: CosignatureVerifier, old_size: int) -> str:
    known = {
        403: f"{witness.name} does not accept the signature of this log (its operator should know the key {log})",
        404: f"{witness.name} does not know the log {log.name}, or this is not its address (the log's key is {log})",
        422: f"FORK: {witness.name} saw another history of this log, of {old_size} entries ({_VERIFY})",
    }
    other = f"answered {reply.status} {reply.words} (is it the submission prefix of a witness?)"
    return known.get(reply.status, other)


def _parse_size(place: str, reply: Reply) -> int:
    digits, newline, rest = reply.body.partition(b"\n")
    if not digits.isdigit() or not newline or rest or len(digits) > _MAX_DIGITS or str(int(digits)).encode() != digits:
        raise AnchorRefused(f"{place}: answered 409 without the size that it has (is it a witness?)")
    return int(digits)
