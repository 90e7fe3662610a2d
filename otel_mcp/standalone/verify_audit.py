#!/usr/bin/env python3
r"""Verify an audit log of otel-mcp without otel-mcp. One file; Python 3.10 or newer and the package `cryptography`.

    python verify_audit.py FOLDER --vkey 'NAME+ID+KEY' [--vkey ...] [--witness FILE ...] [--json]

FOLDER is a log, a copy of one (with the -wal file of its newest file), or an archive of sealed files. The verifier key
comes from whoever runs the log, by another way than the log itself: what the log says of its own key proves nothing.
Exit status: 0 verified with a given key; 1 tampering (codes A..); 2 intact, but no key was given; 3 could not verify.

Written from docs/formats.md ("the page") and independent of the package's own `otel-mcp verify`; tests compare the two.
What only the writing machine knows (its memory of the log, which writers still run) and what needs trust in others
(anchors) is the package's. Nothing is written beside the log: SQLite opens copies in a temporary folder.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import hashlib
import itertools
import json
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

# SHA-256 of the page's statements, each on one line, in the order of the alphabet, joined by newlines.
SCHEMA = "0d3fe929ec8776d3dc0e2bbc0829d82fa6b6dd1c8791baac1c4843fefc2dda96"
APPLICATION_ID, USER_VERSION = 0x4F4D4155, 1
SHOWN = 20  # problems of one code
SOME_SECONDS = timedelta(seconds=10)


class Malformed(ValueError):  # noqa: N818
    """Bytes that are not what the page says; so is every ValueError of the functions that read."""


class Unsigned(Exception):  # noqa: N818
    """A signature or a proof that must be there is not, or is wrong."""


class CannotVerify(Exception):  # noqa: N818
    """No verdict is possible."""


# --- Heads: canonical JSON, with the members of the page's tables ---

STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]))*"')
OUTLINE = re.compile(r"(?:[{}\[\],:s]|(?<![0-9-])(?:0|-?[1-9][0-9]{0,15})|true|false|null)*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
TEXTS = ("id", "ts", "w", "event", "phase", "action", "outcome", "actor_type")
MEMBERS = {"v": (int,), "up": (int,), "ws": (int,), "actor": (str, type(None)), **dict.fromkeys(TEXTS, (str,))}
OWN = {
    "audit.redact": {"idx": (int,)},
    "audit.erase": {"subjects": (list,)},
    "audit.prune": {"end": (int,), "root": (str,)},
    "audit.gap": {"dropped": (int,), "first_ts": (str,), "last_ts": (str,), "reason": (str,)},
}


def read_head(data: bytes) -> dict[str, Any]:
    """The object of a head: JSON of which the spelling, the order of names and the numbers are checked as well."""
    text = data.decode()
    outline = STRING.sub("s", text)
    depths = itertools.accumulate((c in "{[") - (c in "}]") for c in outline)
    if not OUTLINE.fullmatch(outline) or max(depths, default=0) > 65:
        raise Malformed("another spelling than the canonical one, no whole number, or nested too deeply")
    head = json.loads(text, object_pairs_hook=ordered)
    if not isinstance(head, dict) or any(abs(int(number)) >= 2**53 for number in re.findall("[0-9]+", outline)):
        raise Malformed("not an object, or a number beyond 2**53")
    return head


def ordered(members: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in members]
    if any(one >= other for one, other in itertools.pairwise(names)) or not "".join(names).isascii():
        raise Malformed("a name repeated, out of order or not ASCII")
    return dict(members)


def check_head(head: dict[str, Any]) -> None:
    wanted = MEMBERS | {name: (str,) for name in ("ref", "body", "dek") if name in head}
    wanted |= OWN.get(str(head.get("event")), {})
    for name, kinds in wanted.items():
        if type(head.get(name, ...)) not in kinds:
            raise Malformed(f"member {name} is missing or of another type")
    if head["v"] != 1 or not TIME.fullmatch(head["ts"]):
        raise Malformed("not of format v1, or without a time")
    if head["event"] == "audit.erase" and {*map(type, head["subjects"])} - {str}:
        raise Malformed("subjects are not texts")


def read_body(data: bytes) -> dict[str, Any]:
    """What a plain body says; nothing of an encrypted one."""
    if data[:1] == b"\x01":
        return {}
    said = json.loads(data[17:].decode())
    if data[:1] != b"\x00" or not isinstance(said, dict):
        raise Malformed("a body is of no known form")
    return said


# --- The tree of RFC 6962, section 2.1 ---


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """What an append needs: the perfect subtrees at the right edge, with the number of their leaves."""

    def __init__(self, size: int = 0, hashes: bytes = b"") -> None:
        widths = [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]
        if len(hashes) != 32 * len(widths):
            raise Malformed("wrong number of hashes for this size")
        self.edge = [(width, hashes[32 * i : 32 * i + 32]) for i, width in enumerate(widths)]

    def append(self, leaf: bytes) -> None:
        self.edge.append((1, leaf))
        while len(self.edge) > 1 and self.edge[-1][0] == self.edge[-2][0]:
            (width, left), (_, right) = self.edge[-2:]
            self.edge[-2:] = [(2 * width, sha256(b"\x01", left, right))]

    @property
    def hashes(self) -> bytes:
        return b"".join(node for _, node in self.edge)

    @property
    def root(self) -> bytes:
        nodes = [node for _, node in self.edge] or [sha256()]
        root = nodes.pop()
        while nodes:
            root = sha256(b"\x01", nodes.pop(), root)
        return root


def climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which an inclusion proof leads (RFC 6962, section 2.1.1)."""
    if (size == 1) != (not path):
        raise Unsigned("an inclusion proof has too many or too few hashes")
    if size == 1:
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha256(b"\x01", climb(leaf, index, half, path[:-1]), path[-1])
    return sha256(b"\x01", path[-1], climb(leaf, index - half, size - half, path[:-1]))


# --- Keys, notes, checkpoints, seals, proofs ---

NOTE = re.compile("(.*\n)\n((?:\u2014 [^\n]*\n)+)", re.DOTALL)
SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([^\\s]+)\n")
CHECKPOINT = re.compile(r"([^\s+]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)\n")
SEAL = re.compile(
    r"otel-mcp/seal/v1\n([^\s+]+)\n(0|[1-9][0-9]{0,18})\n([1-9][0-9]{0,18})\n([^\n]+)\n([^\n]+)\n([^\n]+)\n"
)


def encode64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decode64(text: str, size: int | None = None) -> bytes:
    data = base64.b64decode(text, validate=True)
    if encode64(data) != text or size not in (None, len(data)):
        raise Malformed("base64 that is not canonical, or of another length")
    return data


class Key:
    """A verifier key: a name, and the 32 bytes of an Ed25519 key."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name, self.public = name, public
        self.id = sha256(name.encode(), b"\n\x01", public)[:4]
        self.text = f"{name}+{self.id.hex()}+{encode64(bytes([1]) + public)}"

    @classmethod
    def parse(cls, text: str) -> Key:
        name, _, rest = text.partition("+")
        key = cls(name, decode64(rest.partition("+")[2], 33)[1:])
        if key.text != text or not re.fullmatch(r"[^\s+]+", name):
            raise Malformed(f"not a verifier key: {text[:80]!r}")
        return key


def read_note(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note, and name and bytes (key id, signature) of each line under it; nothing is checked yet."""
    found = NOTE.fullmatch(note.decode())
    if not found or re.search(r"[\x00-\x09\x0b-\x1f]", found[0]):
        raise Malformed("not a note: text, empty line, signatures")
    signatures = [(name, decode64(data)) for name, data in SIGNATURE.findall(found[2])]
    if len(signatures) != found[2].count("\n") or any(len(data) <= 4 for _, data in signatures):
        raise Malformed("a line under a note is no signature")
    return found[1], signatures


def open_note(note: bytes, *keys: Key) -> tuple[str, int]:
    """The text, and how many of `keys` signed it; a wrong signature of one of them is refused."""
    text, signatures = read_note(note)
    signed = [(key, data[4:]) for name, data in signatures for key in keys if (key.name, key.id) == (name, data[:4])]
    if len({key.name for key, _ in signed}) != len(signed):
        raise Malformed("a key signed twice")
    try:
        for key, signature in signed:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        raise Unsigned("a signature is wrong") from None
    if not signed:
        raise Unsigned("not signed by the trusted key")
    return text, len(signed)


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    found = CHECKPOINT.fullmatch(text)
    if not found or int(found[2]) >= 2**63:
        raise Malformed("not the three lines of a checkpoint")
    return found[1], int(found[2]), decode64(found[3], 32)


def open_checkpoint(note: bytes, key: Key) -> tuple[int, bytes]:
    origin, size, root = read_checkpoint(open_note(note, key)[0])
    if origin != key.name:
        raise Unsigned(f"the checkpoint is of {origin}")
    return size, root


def open_seal(note: bytes, key: Key) -> tuple[int, int, list[bytes]]:
    """First entry and size; the root, this file's seal key and the next one's."""
    found = SEAL.fullmatch(read_note(note)[0])
    if not found or found[1] != key.name or not int(found[2]) < int(found[3]) < 2**63:
        raise Malformed("not a seal of this log")
    hashes = [decode64(line, 32) for line in found.groups()[3:]]
    if open_note(note, key, Key(f"{key.name}/seal", hashes[1]))[1] != 2:
        raise Unsigned("a seal lacks a signature")
    return int(found[2]), int(found[3]), hashes


def split_notes(text: str) -> list[bytes]:
    """Notes that stand one after the other; what is left over stands as the last one, and is none."""
    blocks = re.findall("(?:(?!\u2014 )[^\n]*\n)+(?:\u2014 [^\n]*\n)+|.+", text, re.DOTALL)
    return [block.lstrip("\n").encode() for block in blocks if block.strip()]


def check_proof(proof: bytes, head: bytes, index: int, key: Key) -> None:
    """Raise unless `proof` (c2sp.org/tlog-proof) shows that `head` is entry `index`."""
    block, _, note = proof.partition(b"\n\n")
    lines = block.decode().split("\n")
    if lines[1:] and lines[1].startswith("extra "):
        decode64(lines.pop(1)[6:])
    if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {index}"]:
        raise Malformed(f"not a proof of entry {index}")
    size, root = open_checkpoint(note, key)
    path = [decode64(line, 32) for line in lines[2:]]
    if index >= size or climb(sha256(b"\x00", head), index, size, path) != root:
        raise Unsigned(f"the proof of entry {index} leads to another root")


# --- Files ---


def files_of(folder: Path) -> dict[int, Path]:
    """The files by their first entry; of a file and its compressed copy, the file."""
    found: dict[int, Path] = {}
    for path in sorted(folder.iterdir()):
        name = re.fullmatch(r"audit-([0-9]{12,19})\.db(?:\.gz)?", path.name)
        if name and f"{int(name[1]):012}" == name[1]:
            found.setdefault(int(name[1]), path)
    return dict(sorted(found.items()))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of one file, opened by SQLite with the write-ahead log that belongs to it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "copy.db"
        if path.suffix == ".gz":
            with gzip.open(path) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
        else:
            with commits_held(path.with_name("log.lock")):
                for end in ("", "-wal"):
                    if (part := path.with_name(path.name + end)).exists():
                        shutil.copyfile(part, f"{target}{end}")
        with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            connection.execute("PRAGMA query_only = ON")
            yield connection


@contextlib.contextmanager
def commits_held(lock: Path) -> Iterator[None]:
    """Hold back running writers while a file and its write-ahead log are copied, where there are any."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415 - not on every platform

            fcntl.flock(stack.enter_context(lock.open("rb")), fcntl.LOCK_SH)
        yield


def read_meta(connection: sqlite3.Connection) -> tuple[dict[str, str], Key]:
    """What a file says of itself, and of its key."""
    meta = {k: v for k, v in connection.execute("SELECT k, v FROM meta") if isinstance(v, str)}
    try:
        key = Key.parse(meta.get("vkey", ""))
    except ValueError as error:
        raise CannotVerify(f"the log does not name its key: {error}") from None
    if key.name != meta.get("origin"):
        raise CannotVerify("the log names itself and the key of another log")
    return meta, key


# --- The log ---


class Log:
    """One walk over the files of a log, which notes every problem and stops at none."""

    def __init__(self, folder: Path, keys: list[Key], witnesses: list[bytes]) -> None:
        self.folder, self.files = folder, files_of(folder)
        if not self.files:
            raise CannotVerify(f"no audit log in {folder}")
        self.archive = all(path.suffix == ".gz" for path in self.files.values())
        self.problems: list[tuple[str, str]] = []
        self.tree, self.size, self.entries, self.checkpoints = Tree(), 0, 0, 0
        self.gap, self.unseen, self.last_event = False, False, ""
        self.roots: dict[int, bytes] = {}
        self.writers: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, str] = {}
        self.bodiless: dict[int, str | None] = {}
        self.nameless: dict[int, str] = {}
        self.redacted: set[int] = set()
        self.erased: set[str] = set()
        self.pruned: dict[int, str] = {}
        self.choose_key(keys)
        self.witnesses = witnesses
        self.witnessed: list[tuple[int, bytes]] = []
        for note in witnesses:
            with contextlib.suppress(ValueError, Unsigned):  # those of other logs
                self.witnessed.append(open_checkpoint(note, self.key))
        self.seals: dict[int, tuple[bytes, int, list[bytes]]] = {}
        self.seal_end, self.next_seal_key = 0, b""
        self.read_seals()
        self.wanted = {min(self.files), *(seal[1] for seal in self.seals.values()), *(s for s, _ in self.witnessed)}

    def note(self, code: str, message: str) -> None:
        self.problems.append((code, message))

    def choose_key(self, keys: list[Key]) -> None:
        """The given key of the log; its own only where none fits, which is said."""
        with opened(self.files[max(self.files)]) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not names & {"meta", "entry", "frontier"}:
                raise CannotVerify(f"{self.files[max(self.files)]} is not an audit log")
            meta, claimed = read_meta(connection)
        given = {key.name: key for key in keys}
        self.pinned, self.key = claimed.name in given, given.get(claimed.name, claimed)
        if not self.pinned:
            self.note("W01", "key not pinned (found beside the log): integrity only, identity unproven")
            if keys:
                self.note("A07", f"none of the given keys is for this log; it names itself {claimed.name}")
        service = re.sub(r"[^A-Za-z0-9._-]+", "-", meta.get("service", ""))[:64] or "unnamed"
        if f"/otel-mcp/{service}/" not in claimed.name:
            self.note("A14", "the service that the log names is not the one in its origin")

    # Seals: the chain from the origin to the file that is written to

    def read_seals(self) -> None:
        try:
            for note in split_notes((self.folder / "seals").read_bytes().decode()):
                self.add_seal(note)
        except FileNotFoundError:
            pass
        except (ValueError, OSError) as error:
            self.note("A13", f"the file of seals cannot be read: {error}")

    def add_seal(self, note: bytes) -> None:
        try:
            start, size, hashes = open_seal(note, self.key)
        except (ValueError, Unsigned) as error:
            return self.note("A13", f"not a seal of this log: {error}")
        if start != self.seal_end or not self.may_seal(hashes[1]):
            self.note("A13", f"the seal of entry {start} does not follow on the one before it")
        self.seals[start] = (note, size, hashes)
        self.seal_end, self.next_seal_key = size, hashes[2]
        return None

    def may_seal(self, own: bytes) -> bool:
        """Whether the seal before names this seal key; the first one is in the origin."""
        named = sha256(b"otel-mcp/log-id/v1\0", own).hex()[:16]
        return own == self.next_seal_key if self.next_seal_key else self.key.name.endswith(f"/{named}")

    def check_seal(self, meta: dict[str, str], start: int, *, sealed: bool, last: bool) -> None:
        note, named = meta.get("seal"), meta.get("seal_key", "")
        if sealed != (note is not None):
            return self.note("A13", f"the file of entry {start} has a seal and is open, or has none and is sealed")
        if note is not None and last and start == self.seal_end:
            self.add_seal(note.encode())  # the log stopped before it came to the others
        if note is not None:
            kept, size, hashes = self.seals.get(start, (b"", 0, [b"", b""]))
            if (kept, size, hashes[1].hex()) != (note.encode(), self.size, named):
                self.note("A13", f"the seal of the file of entry {start} is not the one among the seals")
        elif start != self.seal_end:
            self.note("A13", f"the seals end at {self.seal_end}, the file that is written to begins at {start}")
        elif not re.fullmatch("[0-9a-f]{64}", named) or not self.may_seal(bytes.fromhex(named)):
            self.note("A13", f"the file of entry {start} names a seal key that the seal before it does not")
        return None

    # One file

    def walk(self) -> None:
        starts = sorted(self.files)
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            with opened(self.files[start]) as connection:
                self.check_database(connection, self.files[start].name)
                meta, claimed = read_meta(connection)
                if claimed.text != self.key.text:
                    self.note("A07", f"the file of entry {start} names another key than the trusted one")
                self.begin(meta, start)
                signed = self.read_checkpoints(connection)
                self.check_signed(signed, self.walk_entries(connection, self.wanted | signed.keys()), start)
                sealed = self.check_end(connection, meta, start, last=following is None)
            if following is not None and not sealed:
                self.note("A13", f"the file of entry {start} has no seal, yet another follows")
            if following is not None and following > self.size:
                self.note("A12", f"entries {self.size}..{following - 1} are missing: no such file")

    def check_database(self, connection: sqlite3.Connection, name: str) -> None:
        marks = [connection.execute(f"PRAGMA {mark}").fetchone()[0] for mark in ("application_id", "user_version")]
        if marks[1] > USER_VERSION:
            raise CannotVerify("the log is of a newer format than this reads")
        rows = connection.execute("SELECT type, sql, name FROM sqlite_master").fetchall()
        found = sorted(str(row[1]) for row in rows if row[0] != "index" or row[1] is not None)
        misnamed = any(row[1] and not str(row[1]).split(" ", 2)[2].startswith(f"{row[2]} ") for row in rows)
        schema_right = sha256("\n".join(found).encode()).hex() == SCHEMA and not misnamed
        if not schema_right or marks != [APPLICATION_ID, USER_VERSION]:
            return self.note("A14", f"the schema or the header of {name} was altered")
        for (line,) in connection.execute("PRAGMA integrity_check(8)"):
            if line != "ok":
                self.note("A14", f"{name} is damaged: {line}")
        return None

    def begin(self, meta: dict[str, str], start: int) -> None:
        """Compare how the log stood before this file with how it ended; or begin there, if that is not here."""
        try:
            tree = Tree(start, bytes.fromhex(meta.get("hashes", "")))
            if (meta.get("start"), meta.get("hashes")) != (str(start), tree.hashes.hex()):
                raise Malformed("not as it is written")
        except ValueError:
            return self.note("A14", f"the file of entry {start} does not say how the log stood at its beginning")
        if self.entries and self.size == start and not self.gap:
            if tree.root != self.tree.root:
                self.note("A02", f"the file of entry {start} does not begin with the tree of the one before")
        elif start:
            self.tree, self.size, self.unseen = tree, start, True
            for writer in self.writers.values():
                writer["ws"] = None
            self.roots[start] = tree.root
        return None

    def read_checkpoints(self, connection: sqlite3.Connection) -> dict[int, bytes]:
        signed = {}
        for size, note in connection.execute("SELECT size, CAST(note AS BLOB) FROM checkpoint ORDER BY size"):
            try:
                stated, signed[size] = open_checkpoint(note, self.key)
                if stated != size:
                    raise Malformed(f"it is of size {stated}")  # noqa: TRY301
            except (ValueError, Unsigned) as error:
                signed.pop(size, None)
                code = "A07" if isinstance(error, Unsigned) else "A08"
                self.note(code, f"checkpoint {size} is none that the trusted key signed: {error}")
        self.checkpoints += len(signed)
        return signed

    def walk_entries(self, connection: sqlite3.Connection, sizes: set[int]) -> dict[int, bytes]:
        """Every entry of one file; gives the roots at `sizes`."""
        subjects = dict(connection.execute("SELECT id, name FROM subject"))
        roots, self.gap, self.last_event = {self.size: self.tree.root}, False, ""
        query = "SELECT idx, CAST(head AS BLOB), leaf, typeof(head), data FROM entry LEFT JOIN body USING (idx)"
        for index, head, leaf, kind, body in connection.execute(query + " ORDER BY idx"):
            if index != self.size:
                self.gap = True
                self.note("A03", f"entries {self.size}..{index - 1} are missing")
            whole = kind == "text" and isinstance(leaf, bytes) and len(leaf) == 32
            if not whole or sha256(b"\x00", head) != leaf:
                self.note("A01", f"entry {index} was changed after it was signed: its leaf hash is another")
            # The tree is made of the leaves that are stored, so that one changed head is one problem.
            self.tree.append(leaf if whole else bytes(32))
            self.size, self.entries = index + 1, self.entries + 1
            if self.size in sizes:
                roots[self.size] = self.tree.root
            try:
                self.account(index, read_head(head or b""), body, subjects)
            except (ValueError, RecursionError, OverflowError) as error:
                self.note("A09", f"entry {index} is not in the canonical form of v1: {error}")
        for (index,) in connection.execute("SELECT idx FROM body EXCEPT SELECT idx FROM entry"):
            self.note("A10", f"there is a body {index} without an entry")
        if not self.gap:
            self.roots.update(roots)
        return roots

    def check_signed(self, signed: dict[int, bytes], roots: dict[int, bytes], start: int) -> None:
        newest = max(signed, default=0)
        if not signed and self.size > start:
            self.note("A08", f"the file of entry {start} has no signed checkpoint")
        if not signed or self.gap:
            return  # after a missing entry no root can be right
        if wrong := [size for size, root in signed.items() if size <= self.size and roots.get(size) != root]:
            self.note("A02", f"entries before {wrong[0]} differ from what was signed (changed and re-hashed)")
        if newest > self.size:
            self.note("A04", f"the log ends at {self.size}, but checkpoint {newest} is signed")
        elif newest < self.size:
            self.note("A08", f"entries {newest}..{self.size - 1} are covered by no signed checkpoint")
        if start and start not in signed:
            self.note("A08", f"the checkpoint {start} of the file before is missing")

    def check_end(self, connection: sqlite3.Connection, meta: dict[str, str], start: int, *, last: bool) -> bool:
        rows = connection.execute("SELECT size, hashes, sealed FROM frontier").fetchall()
        size, hashes, state = rows[0] if len(rows) == 1 else (None, None, None)
        if (size, hashes) != (self.size, self.tree.hashes) and not self.gap:
            cut = isinstance(size, int) and size > self.size
            self.note("A04" if cut else "A14", f"the frontier of the file of entry {start} is not that of its entries")
        elif rows and (state not in (0, 1) or (state == 1) != (self.last_event == "audit.segment.seal")):
            self.note("A13", f"the file of entry {start} does not end as its state says (sealed or not)")
        self.check_seal(meta, start, sealed=state == 1, last=last)
        return bool(state == 1)

    # One entry

    def account(self, index: int, head: dict[str, Any], body: object, subjects: dict[str, Any]) -> None:
        check_head(head)
        name, event = head["w"], head["event"]
        writer = self.writers.setdefault(name, {"ws": None if self.unseen else 0, "began": None, "stopped": False})
        if writer["ws"] is not None and head["ws"] != writer["ws"] + 1:
            self.note("A11", f"writer {name} went from {writer['ws']} to {head['ws']}: an entry is lost")
        writer["ws"] = head["ws"]
        if "via" not in head:  # else it came by another way, later than it happened
            began = datetime.fromisoformat(head["ts"][:-1]) - timedelta(microseconds=head["up"])
            if back := writer["began"] is not None and began < writer["began"] - SOME_SECONDS:
                self.note("W03", f"the clock of writer {name} went back before entry {index}")
            writer["began"] = began if back else max(began, writer["began"] or began)
        self.last_event = event
        if head["phase"] == "intent":
            self.intents[head["id"]] = name
        elif head["phase"] == "outcome":
            self.intents.pop(head.get("ref", ""), None)
        writer["stopped"] |= event == "audit.writer.stop"
        if event == "audit.gap":
            self.note("W05", f"{head['dropped']} events dropped from {head['first_ts']} on (signed: {head['reason']})")
        self.take_removal(head)
        self.check_body(index, head, body, subjects)

    def take_removal(self, head: dict[str, Any]) -> None:
        if head["event"] == "audit.redact":
            self.redacted.add(head["idx"])
        elif head["event"] == "audit.erase":
            self.erased.update(head["subjects"])
        elif head["event"] == "audit.prune":
            self.pruned[head["end"]] = head["root"]

    def check_body(self, index: int, head: dict[str, Any], body: object, subjects: dict[str, Any]) -> None:
        named, actor = head.get("body"), head["actor"]
        if named is None:
            if body is not None or actor is not None:
                self.note("A10", f"the body of entry {index} was added, or its actor is in no body")
        elif body is None:
            self.bodiless[index] = actor
        elif not isinstance(body, bytes) or named != "s1:" + sha256(b"\x02", body).hex():
            self.note("A10", f"the body of entry {index} was changed")
        else:
            said = read_body(body)
            if actor is not None and actor not in subjects:
                self.nameless[index] = actor
            elif actor is not None and body[0] == 0 and subjects[actor] != said.get("actor"):
                self.note("A10", f"the row of subject {actor} names another than the body of entry {index}")
        if isinstance(body, bytes) and (body[:1] == b"\x01") != ("dek" in head):
            raise Malformed("a body is encrypted, or its head names a data key, and not both")

    # What can be said at the end

    def finish(self) -> None:
        if self.archive and (self.folder / "removals").is_dir():
            self.take_removals(self.folder / "removals")
        for index, actor in self.bodiless.items():
            if index not in self.redacted and actor not in self.erased:
                self.note("A10", f"the body of entry {index} is missing, and no signed record says so")
        for index, actor in self.nameless.items():
            if actor not in self.erased:
                self.note("A10", f"the subject of entry {index} is missing, and no signed record says so")
        if not (self.entries or self.checkpoints or self.tampered):
            raise CannotVerify(f"the audit log in {self.folder} is empty")
        start = min(self.files)
        if start and (start not in self.roots or self.pruned.get(start) != self.roots[start].hex()):
            self.note("A03", f"entries 0..{start - 1} are missing, and no signed record says so")
        for begin, (_, size, hashes) in self.seals.items():
            if size >= start and self.roots.get(size, hashes[0]) != hashes[0]:
                self.note("A13", f"entries {begin}..{size - 1} are not those that were sealed")
        self.check_removed()
        self.check_writers()
        self.check_witnesses()

    def take_removals(self, folder: Path) -> None:
        """Records of removals that are later than an archive; each proves that it is an entry of this log."""
        names = [re.fullmatch(r"entry-(0|[1-9][0-9]{0,18})\.(json|body|tlog-proof)", p.name) for p in folder.iterdir()]
        for index in sorted({int(name[1]) for name in names if name}):
            head, body, proof = (folder / f"entry-{index}.{kind}" for kind in ("json", "body", "tlog-proof"))
            try:
                check_proof(proof.read_bytes(), head.read_bytes(), index, self.key)
                entry = read_head(head.read_bytes())
                check_head(entry)
                if body.exists() and entry.get("body") != "s1:" + sha256(b"\x02", body.read_bytes()).hex():
                    raise Malformed("its body was changed")  # noqa: TRY301
                self.take_removal(entry)
            except (ValueError, Unsigned, OSError) as error:
                self.note("A10", f"{head} is no record of a removal: {error}")

    def check_removed(self) -> None:
        for start, path in self.files.items() if self.erased or self.redacted else ():
            with opened(path) as connection:
                here = {name for (name,) in connection.execute("SELECT id FROM subject")} & self.erased
                kept = {index for (index,) in connection.execute("SELECT idx FROM body")} & self.redacted
            for what in sorted(map(str, here | kept)):
                self.note("W06", f"{what} was removed, as a signed record says, and is in the file of entry {start}")

    def check_writers(self) -> None:
        left = Counter(self.intents.values())
        for name, writer in self.writers.items() if not self.archive else ():
            if not writer["stopped"] or left[name]:
                state = "stopped" if writer["stopped"] else "has no stop record (crash, or it still runs)"
                self.note("W04", f"writer {name} {state}; {left[name]} intents have no outcome")

    def check_witnesses(self) -> None:
        for size, root in self.witnessed:
            if size > self.size and not self.archive:
                self.note("A05", f"ROLLBACK: the witness saw {size} entries; this log has {self.size}")
            elif self.roots.get(size, root) != root:
                self.note("A06", f"FORK: at size {size} the root is not the one that the witness saw")
        unseen = self.size - max((size for size, _ in self.witnessed), default=0)
        if self.witnesses and unseen > 0:
            self.note("W02", f"{unseen} newest entries signed but not yet witnessed")

    @property
    def tampered(self) -> bool:
        return any(code.startswith("A") for code, _ in self.problems)

    @property
    def exit_code(self) -> int:
        return 1 if self.tampered else 0 if self.pinned else 2


# --- The command ---


def witness_notes(path: Path) -> list[bytes]:
    try:
        notes = split_notes(path.read_bytes().decode())
        for note in notes:
            read_checkpoint(read_note(note)[0])
    except (OSError, ValueError) as error:
        raise CannotVerify(f"--witness {path}: holds no checkpoint: {error}") from None
    if not notes:
        raise CannotVerify(f"--witness {path}: holds no checkpoint: it is empty")
    return notes


def report(log: Log, *, as_json: bool) -> str:
    problems = sorted(log.problems, key=lambda problem: problem[0])
    facts = {"origin": log.key.name, "entries": log.entries, "start": min(log.files), "size": log.size}
    facts |= {"root": encode64(log.tree.root), "files": len(log.files), "archive": log.archive, "pinned": log.pinned}
    if as_json:
        found = [{"code": code, "message": message} for code, message in problems]
        return json.dumps({"exit_code": log.exit_code, **facts, "problems": found}, indent=2)
    lines = [f"{('verified', 'TAMPERED', 'intact, but not proven')[log.exit_code]}  {log.folder}"]
    lines += [f"  {name:8} {fact}" for name, fact in facts.items()]
    for code, group in itertools.groupby(problems, key=lambda problem: problem[0]):
        messages = [message for _, message in group]
        lines += [f"  {code}  {message}" for message in messages[:SHOWN]]
        lines += [f"  {code}  {len(messages) - SHOWN} more of {code}"] if len(messages) > SHOWN else []
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0], allow_abbrev=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vkey", action="append", default=[], help="the verifier key, from whoever runs the log")
    parser.add_argument(
        "--witness", action="append", default=[], type=Path, help="checkpoints that were kept elsewhere"
    )
    parser.add_argument("--json", action="store_true")
    try:
        options = parser.parse_args(arguments)
        notes = [note for path in options.witness for note in witness_notes(path)]
        log = Log(options.folder, [Key.parse(text) for text in options.vkey], notes)
        log.walk()
        log.finish()
    except SystemExit as end:
        return 3 if end.code else 0
    except Exception as error:  # whatever it is: status 1, which Python would give, means tampering
        sys.stderr.write(f"could not verify: {type(error).__name__}: {error}\n")
        return 3
    sys.stdout.write(report(log, as_json=options.json) + "\n")
    return log.exit_code


if __name__ == "__main__":
    sys.exit(main())
