"""Entries of the audit log, format v1: a signed head in the JCS subset (RFC 8785, no floats) and an erasable body."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import re
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from otel_mcp.errors import MalformedError

__all__ = [
    "ACTOR_TYPES",
    "ENCRYPTED_BODY",
    "FIXED_MEMBERS",
    "JSON",
    "OUTCOMES",
    "PHASES",
    "EntryDraft",
    "body_hash",
    "canonical",
    "dump_body",
    "format_body",
    "format_time",
    "new_record_id",
    "now_us",
    "own_record",
    "parse_body",
    "parse_head",
    "record_id_time_us",
]

JSON: TypeAlias = "Mapping[str, JSON] | Sequence[JSON] | str | int | float | bool | None"

PHASES = frozenset({"intent", "outcome", "event"})
OUTCOMES = frozenset({"success", "failure", "unknown"})
ACTOR_TYPES = frozenset({"user", "service", "system", "unknown"})
FIXED_MEMBERS = frozenset(
    {
        "v",
        "id",
        "ts",
        "up",
        "w",
        "ws",
        "event",
        "phase",
        "action",
        "outcome",
        "actor",
        "actor_type",
        "ref",
        "body",
        "dek",
    }
)

# Beyond this, JSON readers that use doubles (JavaScript, jq) silently change the number.
_MAX_INT = 2**53
_MAX_DEPTH = 64
_UUID_DIGITS = 32
_FIRST_YEAR, _LAST_YEAR = 1970, 9999  # RFC 3339 has four digits
ENCRYPTED_BODY = b"\x01"
"""The first byte of an encrypted body or name, see `encryption`."""
_PLAIN_BODY = b"\x00"
_SALT_SIZE = 16
_RANDOM_SIZE = 10
_MOST_IN_A_MILLISECOND = 256
_RANDOM_STOCK = 200 * _RANDOM_SIZE
_SURROGATE = re.compile("[\ud800-\udfff]")

_dump = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def now_us() -> int:
    """Microseconds since the epoch, UTC."""
    return time.time_ns() // 1000


class _RecordIds:
    """UUIDv7 (RFC 9562, section 6.2, method 1): 42 counter bits after the milliseconds keep ids in order.

    The lock guards the last time, the counter, where it must end, and the stock of random bytes.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a signal handler may make ids, too
        self._last_ms = 0
        self._counter = self._end = 0
        self._random = b""

    def new(self) -> str:
        with self._lock:
            # Taken in stock: each call of urandom lets go of the interpreter, and a busy thread may keep it for 5 ms.
            if not self._random:
                self._random = os.urandom(_RANDOM_STOCK)
            random = int.from_bytes(self._random[:_RANDOM_SIZE], "big")
            self._random = self._random[_RANDOM_SIZE:]
            now_ms = time.time_ns() // 1_000_000
            # The index of record ids tells them apart by their milliseconds: a clock that was set back must not give
            # one to thousands of them, so that time runs ahead of it instead.
            if now_ms > self._last_ms or self._counter == self._end:
                self._last_ms = max(now_ms, self._last_ms + 1)
                self._counter = random >> 39 & (1 << 41) - 1
                self._end = self._counter + _MOST_IN_A_MILLISECOND - 1
            else:
                self._counter += 1
            milliseconds, counter = self._last_ms, self._counter
        high = milliseconds << 16 | 0x7000 | counter >> 30 & 0xFFF
        low = 0b10 << 62 | (counter & (1 << 30) - 1) << 32 | random & 0xFFFFFFFF
        text = f"{high:016x}{low:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_record_ids = _RecordIds()


def _renew_record_ids() -> None:
    # A child continues its parent's counter, and the lock may have been held at the fork.
    global _record_ids  # noqa: PLW0603 - the one counter of this process
    _record_ids = _RecordIds()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_record_ids)


def new_record_id() -> str:
    """A UUIDv7 that sorts after those this process made before."""
    return _record_ids.new()


def record_id_time_us(record_id: str) -> int | None:
    """The time in a UUIDv7, to the millisecond, or None for any other id."""
    digits = record_id.replace("-", "")
    if len(digits) != _UUID_DIGITS or digits[12] != "7":
        return None
    try:
        return int(digits[:12], 16) * 1000
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a caller knows of an event; the writer adds its id, sequence and clock, and makes it an entry."""

    event: str
    phase: str
    action: str
    outcome: str
    id: str = field(default_factory=new_record_id)
    time_us: int = field(default_factory=now_us)
    ref: str | None = None
    actor: str | None = None
    """In clear: it goes into the body and the subject table, never into the head."""
    actor_type: str = "unknown"
    attributes: Mapping[str, JSON] = field(default_factory=dict)
    """Further members of the head; no clear personal data, no floats."""
    body: Mapping[str, JSON] | None = None
    """Redacted before it comes here; floats are allowed."""

    def __post_init__(self) -> None:
        taken = FIXED_MEMBERS.intersection(self.attributes)
        assert not taken, f"attributes {sorted(taken)} are members of every head"


def own_record(
    event: str, action: str, attributes: Mapping[str, JSON], *, reason: str | None, actor: str | None
) -> EntryDraft:
    """The draft of a record that the log keeps of itself; `actor` is the person who asked for it, if one did."""
    body: dict[str, JSON] | None = None if reason is None else {"reason": reason}
    kind = "system" if actor is None else "user"
    return EntryDraft(event, "event", action, "success", actor=actor, actor_type=kind, attributes=attributes, body=body)


def canonical(head: object) -> str:
    """`head` in the JCS subset: sorted ASCII keys, no floats, integers below 2**53, lone surrogates replaced.

    Raises:
        MalformedError: it holds anything else.
    """
    try:
        _check_subset(head, _MAX_DEPTH)
    except TypeError:
        raise MalformedError("head has a key that is not text") from None
    return _without_surrogates(_dump(head))


def parse_head(text: str) -> dict[str, Any]:
    """Read a head; only what `canonical` writes is accepted, so a repeated key or another spelling is not."""
    try:
        head, _ = _parse(text)  # what may follow the object is found below
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"head is not JSON of the canonical subset: {error}") from None
    if not isinstance(head, dict):
        raise MalformedError("head is not a JSON object")
    # A repeated key is lost in parsing, so the text written back differs: no separate check is needed.
    if not _is_plainly_canonical(head, text) and canonical(head) != text:
        raise MalformedError("head is not in canonical form (repeated key, order or encoding)")
    return head


def _is_plainly_canonical(head: dict[str, Any], text: str) -> bool:
    """Whether `text`, of which `head` was read, must be what `canonical` writes; False where that takes a look.

    In ASCII without backslashes, arrays and inner objects a value has one spelling, so the text is canonical if its
    names are in order and it is not a character longer than they and the values need.
    """
    if not text.isascii() or "\\" in text or "[" in text or text.count("{") != 1:
        return False
    length = len("{}") - len(",")
    last = ""
    for name, value in head.items():
        if name <= last:
            return False
        last = name
        kind = type(value)
        if kind is str:
            length += len(name) + len(value) + len('"":"",')
        elif kind is int and -_MAX_INT < value < _MAX_INT:
            length += len(name) + len(str(value)) + len('"":,')
        elif value is None:
            length += len(name) + len('"":null,')
        else:
            return False
    return length == len(text)


def format_time(time_us: int) -> str:
    """RFC 3339 in UTC with six digits and Z."""
    seconds, microseconds = divmod(time_us, 1_000_000)
    return f"{_second_text(seconds)}.{microseconds:06}Z"


@lru_cache(maxsize=64)
def _second_text(seconds: int) -> str:
    try:
        year, month, day, hour, minute, second = time.gmtime(seconds)[:6]
    except (OverflowError, ValueError, OSError):
        year = 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise MalformedError(f"time {seconds} s: not a time since 1970")
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"


def format_body(body: Mapping[str, JSON]) -> bytes:
    """A body as stored: 0x00 ‖ 16 random bytes ‖ JSON. The salt makes its hash say nothing once it is deleted."""
    return _PLAIN_BODY + os.urandom(_SALT_SIZE) + dump_body(body)


def dump_body(body: Mapping[str, JSON]) -> bytes:
    """The JSON of a body."""
    return _dump_anything(body).encode()


def parse_body(blob: bytes) -> dict[str, Any]:
    """Read what `format_body` wrote; encrypted bodies are read by `encryption.Reader`.

    Raises:
        MalformedError: the form is unknown or the JSON is not an object.
    """
    if blob[:1] != _PLAIN_BODY or len(blob) < 1 + _SALT_SIZE:
        raise MalformedError(f"body of unknown form {blob[:1].hex() or 'none'}")
    try:
        text = blob[1 + _SALT_SIZE :].decode()
        body, end = _parse_any(text)
    except (ValueError, RecursionError):
        raise MalformedError("body is not JSON") from None
    if not isinstance(body, dict) or end != len(text):
        raise MalformedError("body is not a JSON object")
    return body


def body_hash(blob: bytes) -> str:
    """What a head says of its body: `s1:` and SHA-256(0x02 ‖ blob) in base64."""
    return "s1:" + base64.b64encode(hashlib.sha256(b"\x02" + blob).digest()).decode()


def keyed_text(value: JSON) -> bytes:
    """The bytes under a keyed digest: sorted JSON; floats in their shortest form."""
    return _dump_anything(value).encode()


def _refuse_number(text: str) -> float:
    raise ValueError(f"number {text[:20]} is no integer")


_parse = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number).raw_decode
_parse_any = json.JSONDecoder().raw_decode


def _check_subset(value: object, depth: int) -> None:
    if isinstance(value, dict):
        if not all(map(str.isascii, value)):
            raise MalformedError("head has a key that is not ASCII")
        members: Iterable[object] = value.values()
    elif isinstance(value, (list, tuple)):
        members = value
    else:
        members = (value,)
    for member in members:
        # Exact types first: this runs for each member of each entry.
        kind = type(member)
        if kind is str or kind is bool or member is None:
            continue
        if isinstance(member, (dict, list, tuple)):
            if depth == 0:
                raise MalformedError("head is nested too deeply")
            _check_subset(member, depth - 1)
        else:
            _check_scalar(member)


def _check_scalar(value: object) -> None:
    if isinstance(value, int):
        if not -_MAX_INT < value < _MAX_INT:
            raise MalformedError("head holds an integer beyond 2**53")
    elif not isinstance(value, str):
        raise MalformedError(f"head holds a {type(value).__name__}")


def _dump_anything(value: JSON) -> str:
    """JSON of a body: what JSON cannot say is replaced, since an event must not escape the log by a NaN in it."""
    try:
        text = _dump(value)
    except (TypeError, ValueError, RecursionError):
        text = _dump(_plain(value, _MAX_DEPTH))
    return _without_surrogates(text)


def _without_surrogates(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _plain(value: object, depth: int) -> JSON:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if depth and isinstance(value, Mapping):
        return {str(key): _plain(member, depth - 1) for key, member in value.items()}
    if depth and isinstance(value, (list, tuple)):
        return [_plain(member, depth - 1) for member in value]
    return f"<{type(value).__name__}>"
