r"""Verify an audit log of otel-mcp without otel-mcp. One file; Python 3.10 or newer and the package `cryptography`.

    python verify_audit.py FOLDER --vkey 'NAME+ID+KEY' [--vkey ...] [--witness FILE ...] [--json]

FOLDER is a log, a copy of one (with the -wal file of its newest file), or an archive of sealed files. The verifier key
comes from whoever runs the log, by another way than the log itself: what the log says of its own key proves nothing.
Exit status: 0 verified with a given key; 1 tampering (codes A..); 2 intact, but no key was given; 3 could not verify.

Written from docs/formats.md ("the page") alone; tests compare it with `otel-mcp verify`. It changes nothing.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import functools
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
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# SHA-256 of the page's statements, each on one line, in the order of the alphabet, joined by newlines.
SCHEMA = "b1f79360165e947a16928554624fb21e4f19958b1adac711a3f1bcec02b12924"


class Unsigned(Exception):
    """A signature is missing or wrong. What is malformed is a ValueError; where there is no verdict, a RuntimeError."""


def need(right: object, message: str, error: type[Exception] = ValueError) -> None:
    if not right:
        raise error(message)


# --- Heads: canonical JSON, with the members of the page's tables ---
STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]))*"')
OUTLINE = re.compile(r"(?:[{}\[\],:s]|(?<![0-9-])(?:0|-?[1-9][0-9]{0,15})|true|false|null)*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
MEMBERS: dict[str, Any] = {"v": (int,), "up": (int,), "ws": (int,), "actor": (str, type(None))}
MEMBERS |= dict.fromkeys(("id", "ts", "w", "event", "phase", "action", "outcome", "actor_type"), (str,))
OWN: dict[str, Any] = {"audit.redact": {"idx": (int,)}, "audit.erase": {"subjects": (list,)}}
OWN |= {"audit.key.revoke": {"vkey": (str,)}, "audit.prune": {"end": (int,), "root": (str,)}}
OWN |= {"audit.gap": {"dropped": (int,), **dict.fromkeys(("first_ts", "last_ts", "reason"), (str,))}}


def read_head(data: bytes) -> dict[str, Any]:
    """The object of a head: JSON of which the spelling, the order of names and the numbers are checked as well."""
    text = data.decode()
    outline = STRING.sub("s", text)
    depths = itertools.accumulate((c in "{[") - (c in "}]") for c in outline)
    need(OUTLINE.fullmatch(outline) and max(depths) <= 65, "not spelt canonically, no whole number, or too deep")
    need(all(int(number) < 2**53 for number in re.findall("[0-9]+", outline)), "a number beyond 2**53")
    head: dict[str, Any] = json.loads(text, object_pairs_hook=ordered)
    need(isinstance(head, dict), "not an object")
    return head


def ordered(members: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in members]
    need(names == sorted(set(names)) and "".join(names).isascii(), "a name repeated, out of order or not ASCII")
    return dict(members)


def check_head(head: dict[str, Any]) -> dict[str, Any]:
    wanted = MEMBERS | {name: (str,) for name in ("ref", "body", "dek") if name in head}
    wanted |= OWN.get(str(head.get("event")), {})
    for name, kinds in wanted.items():
        need(type(head.get(name, ...)) in kinds, f"member {name} is missing or of another type")
    need(head["v"] == 1 and TIME.fullmatch(head["ts"]), "not of format v1, or without a time")
    need(head["event"] != "audit.erase" or {*map(type, head["subjects"])} <= {str}, "subjects are not texts")
    return head


# --- The tree of RFC 6962, section 2.1 ---
def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """What an append needs: the perfect subtrees at the right edge, with the number of their leaves."""

    def __init__(self, size: int = 0, hashes: bytes = b"") -> None:
        widths = [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]
        need(len(hashes) == 32 * len(widths), "wrong number of hashes for this size")
        self.edge = [(width, hashes[32 * i : 32 * i + 32]) for i, width in enumerate(widths)]

    def append(self, leaf: bytes) -> None:
        self.edge.append((1, leaf))
        while len(self.edge) > 1 and self.edge[-1][0] == self.edge[-2][0]:
            (width, left), (_, right) = self.edge[-2:]
            self.edge[-2:] = [(2 * width, sha256(b"\x01", left, right))]

    @property
    def root(self) -> bytes:
        edge = [node for _, node in reversed(self.edge)] or [sha256()]
        return functools.reduce(lambda right, left: sha256(b"\x01", left, right), edge)


def climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which an inclusion proof leads (RFC 6962, section 2.1.1)."""
    need((size == 1) == (not path), "an inclusion proof has too many or too few hashes")
    if size == 1:
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha256(b"\x01", climb(leaf, index, half, path[:-1]), path[-1])
    return sha256(b"\x01", path[-1], climb(leaf, index - half, size - half, path[:-1]))


# --- Keys, notes, checkpoints, seals, proofs ---
NOTE = re.compile("(.*\n)\n((?:\u2014 [^\n]*\n)+)", re.DOTALL)
SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([^\\s]+)\n")
NAME, NUMBER, LINE = r"([^\s+]+)\n", r"(0|[1-9][0-9]{0,18})\n", r"([^\n]+)\n"
CHECKPOINT = re.compile(NAME + NUMBER + LINE)
SEAL = re.compile(r"otel-mcp/seal/v1\n" + NAME + 2 * NUMBER + 3 * LINE)


def encode64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decode64(text: str, size: int | None = None) -> bytes:
    data = base64.b64decode(text, validate=True)
    need(encode64(data) == text and size in (None, len(data)), "base64 not canonical, or of another length")
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
        need(key.text == text and re.fullmatch(r"[^\s+]+", name), f"not a verifier key: {text[:80]!r}")
        return key


def read_note(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note, and name and bytes (key id, signature) of each line under it; nothing is checked yet."""
    found = NOTE.fullmatch(note.decode())
    if not found or re.search(r"[\x00-\x09\x0b-\x1f]", found[0]):
        raise ValueError("not a note: text, empty line, signatures")
    signatures = [(name, decode64(data)) for name, data in SIGNATURE.findall(found[2])]
    whole = [data for _, data in signatures if len(data) > 4]
    need(len(whole) == found[2].count("\n"), "a line under a note is no signature")
    return found[1], signatures


def open_note(note: bytes, *keys: Key) -> tuple[str, int]:
    """The text, and how many of `keys` signed it."""
    text, signatures = read_note(note)
    signed = [(key, data[4:]) for name, data in signatures for key in keys if (key.name, key.id) == (name, data[:4])]
    need(len({key.text for key, _ in signed}) == len(signed), "a key signed twice")
    need(signed, "not signed by the trusted key", Unsigned)
    try:
        for key, signature in signed:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        raise Unsigned("a signature is wrong") from None
    return text, len(signed)


def open_checkpoint(note: bytes, *keys: Key) -> tuple[int, bytes]:
    found = CHECKPOINT.fullmatch(open_note(note, *keys)[0])
    if not found or int(found[2]) >= 2**63:
        raise ValueError("not the three lines of a checkpoint")
    need(found[1] == keys[0].name, f"the checkpoint is of {found[1]}", Unsigned)
    return int(found[2]), decode64(found[3], 32)


def open_seal(note: bytes, key_at: Callable[[int], Key], first: int) -> tuple[int, int, list[bytes]]:
    """First entry and size; the root, this file's seal key and the next one's."""
    found = SEAL.fullmatch(read_note(note)[0])
    if not found or not int(found[2]) < int(found[3]) < 2**63:
        raise ValueError("not a seal")
    key, hashes = key_at(int(found[3])), [decode64(line, 32) for line in found.groups()[3:]]
    # Which key the log had before the first entry that is here, nothing here may say: there the seal keys must do.
    keys = [Key(f"{key.name}/seal", hashes[1]), *([key] if int(found[3]) > first else [])]
    need(found[1] == key.name and open_note(note, *keys)[1] == len(keys), "of another log, or not signed", Unsigned)
    return int(found[2]), int(found[3]), hashes


def split_notes(text: str) -> list[bytes]:
    """Notes that stand one after the other; what is left over stands as the last one, and is none."""
    blocks = re.findall("(?:(?!\u2014 )[^\n]*\n)+(?:\u2014 [^\n]*\n)+|.+", text, re.DOTALL)
    return [block.lstrip("\n").encode() for block in blocks if block.strip()]


def check_proof(proof: bytes, head: bytes, index: int, keys: Iterable[Key]) -> None:
    """Raise unless `proof` (c2sp.org/tlog-proof) shows that `head` is entry `index`."""
    block, _, note = proof.partition(b"\n\n")
    lines = block.decode().split("\n")
    if lines[1:] and lines[1].startswith("extra "):
        decode64(lines.pop(1)[6:])
    need(lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"], f"not a proof of entry {index}")
    size, root = open_checkpoint(note, *keys)
    path = [decode64(line, 32) for line in lines[2:]]
    need(index < size and climb(sha256(b"\x00", head), index, size, path) == root, "the proof leads to another root")


# --- Files ---
def files_of(folder: Path) -> dict[int, Path]:
    name = re.compile(r"audit-([0-9]{12}|[1-9][0-9]{12,18})\.db(?:\.gz)?")
    paths = sorted(folder.iterdir(), reverse=True)
    return dict(sorted((int(found[1]), path) for path in paths if (found := name.fullmatch(path.name))))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of one file, opened by SQLite with the write-ahead log that belongs to it."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as lock:
        target = Path(folder) / "copy.db"
        if path.suffix == ".gz":
            with gzip.open(path) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
        with contextlib.suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415 - not on every platform; holds back running writers while files are copied

            fcntl.flock(lock.enter_context(path.with_name("log.lock").open("rb")), fcntl.LOCK_SH)
        for end in ("", "-wal") if path.suffix != ".gz" else ():
            if (part := path.with_name(path.name + end)).exists():
                shutil.copyfile(part, f"{target}{end}")
        lock.close()
        with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            yield connection


def read_meta(connection: sqlite3.Connection) -> tuple[dict[str, str], Key]:
    meta = {k: v for k, v in connection.execute("SELECT k, v FROM meta") if isinstance(v, str)}
    key = Key.parse(meta.get("vkey", ""))
    need(key.name == meta.get("origin"), "the log names itself and the key of another log", RuntimeError)
    return meta, key


# --- The log ---
class Log:
    """One walk over the files of a log, which notes every problem and stops at none."""

    def __init__(self, folder: Path, keys: list[Key], witnesses: list[bytes]) -> None:
        self.folder, self.files = folder, files_of(folder)
        need(self.files, f"no audit log in {folder}", RuntimeError)
        self.archive = all(path.suffix == ".gz" for path in self.files.values())
        self.problems: list[tuple[str, str]] = []
        self.tree, self.size, self.entries, self.checkpoints = Tree(), 0, 0, 0
        self.tampered, self.gap, self.unseen, self.last_event = False, False, False, ""
        self.roots: dict[int, bytes] = {}
        self.writers: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, str] = {}
        self.missing: list[tuple[str, int, set[int | str | None]]] = []  # what, of which entry, and what excuses it
        self.removed: set[int | str | None] = set()  # bodies by their entry, and subjects
        self.pruned: dict[int, str] = {}
        self.records = self.read_records()
        self.keys: dict[int, Key] = {}  # by the size of the checkpoint in which they took over
        newest = self.choose_key({key.name: key for key in keys})
        self.asked, self.witnessed = bool(witnesses), list[tuple[int, bytes]]()
        for note in witnesses:
            with contextlib.suppress(ValueError, Unsigned):  # those of other logs
                self.witnessed.append(open_checkpoint(note, *self.keys.values()))
        self.seals: dict[int, tuple[bytes, int, list[bytes]]] = {}
        self.seal_end, self.next_seal_key = 0, b""
        self.read_seals(newest)
        self.wanted = {min(self.files), *(seal[1] for seal in self.seals.values()), *(s for s, _ in self.witnessed)}

    def note(self, code: str, message: str) -> None:
        self.problems.append((code, message))
        self.tampered |= code.startswith("A")

    def choose_key(self, given: dict[str, Key]) -> dict[str, str]:
        """Trust the given key, and those before and after it in the log; gives what the newest file says of itself."""
        for path in self.files.values():
            with opened(path) as connection:
                meta, claimed = read_meta(connection)
                query = "SELECT c.size, CAST(e.head AS BLOB), CAST(c.note AS BLOB) FROM entry e JOIN checkpoint c "
                query += "ON c.size = e.idx + 1 WHERE e.head LIKE '%audit.key.rotate%' ORDER BY c.size"
                self.follow_handovers(connection.execute(query))
        self.follow_handovers((i + 1, head, proof.partition(b"\n\n")[2]) for i, head, proof in self.records)
        key = given.get(claimed.name, claimed)
        if key.text not in {other.text for other in self.keys.values()}:
            self.keys = {0: key}
        self.origin, self.pinned = claimed.name, claimed.name in given
        if not self.pinned:
            self.note("W01", "key not pinned (found beside the log): integrity only, identity unproven")
            if given:
                self.note("A07", f"none of the given keys is for this log; it names itself {claimed.name}")
        service = re.sub(r"[^A-Za-z0-9._-]+", "-", meta.get("service", ""))[:64] or "unnamed"
        if f"/otel-mcp/{service}/" not in claimed.name:
            self.note("A14", "the service that the log names is not the one in its origin")
        return meta

    def follow_handovers(self, rows: Iterable[tuple[int, bytes, bytes]]) -> None:
        """Each key hands over to the next in a record whose checkpoint both have signed."""
        for size, head, note in rows:
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, Unsigned):
                record = read_head(head)
                old, new = Key.parse(record["old"]), Key.parse(record["new"])
                last = [*self.keys.values()][-1:] or [old]
                right = record["event"] == "audit.key.rotate" and last[0].text == old.text and old.name == new.name
                if right and open_note(note, old, new)[1] == 2:
                    self.keys = {**(self.keys or {0: old}), size: new}

    def key_at(self, size: int) -> Key:
        return self.keys[max(start for start in self.keys if start < size or start == 0)]

    def read_seals(self, newest: dict[str, str]) -> None:
        try:
            path = self.folder / "seals"
            notes = split_notes(path.read_bytes().decode()) if path.exists() else []
            own = newest.get("seal", "").encode()  # not among the others if the log stopped just then
            for note in [*notes, *([own] if own and own not in notes else [])]:
                start, size, hashes = open_seal(note, self.key_at, min(self.files))
                if start != self.seal_end or not self.may_seal(hashes[1]):
                    self.note("A13", f"the seal of entry {start} does not follow on the one before it")
                self.seals[start] = (note, size, hashes)
                self.seal_end, self.next_seal_key = size, hashes[2]
        except (ValueError, Unsigned, OSError) as error:
            self.note("A13", f"among the seals is one that is none of this log: {error}")

    def may_seal(self, own: bytes) -> bool:
        named = sha256(b"otel-mcp/log-id/v1\0", own).hex()[:16]
        return own == self.next_seal_key if self.next_seal_key else self.origin.endswith(f"/{named}")

    def walk(self) -> None:
        starts = sorted(self.files)
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            with opened(self.files[start]) as connection:
                self.check_database(connection, self.files[start].name)
                meta, claimed = read_meta(connection)
                if claimed.text not in {key.text for key in self.keys.values()}:
                    self.note("A07", f"the file of entry {start} names another key than the trusted one")
                self.begin(meta, start)
                signed = self.read_checkpoints(connection)
                self.check_signed(signed, self.walk_entries(connection, self.wanted | signed.keys()), start)
                sealed = self.check_end(connection, meta, start)
            if following and not sealed:
                self.note("A13", f"the file of entry {start} has no seal, yet another follows")
            if following and following > self.size:
                self.note("A12", f"entries {self.size}..{following - 1} are missing: no such file")

    def check_database(self, connection: sqlite3.Connection, name: str) -> None:
        marks = [connection.execute(f"PRAGMA {mark}").fetchone()[0] for mark in ("application_id", "user_version")]
        need(marks[1] <= 1, "the log is of a newer format than this reads", RuntimeError)
        rows = connection.execute(
            "SELECT sql, name FROM sqlite_master WHERE type <> 'index' OR sql NOT NULL"
        ).fetchall()
        found = sha256("\n".join(sorted(str(sql) for sql, _ in rows)).encode()).hex()
        named = all(str(sql).split(" ", 2)[2:] and str(sql).split(" ", 2)[2].startswith(f"{own} ") for sql, own in rows)
        if (found, named, marks) != (SCHEMA, True, [0x4F4D4155, 1]):
            return self.note("A14", f"the schema or the header of {name} was altered")
        for (line,) in connection.execute("PRAGMA integrity_check(8)"):
            if line != "ok":
                self.note("A14", f"{name} is damaged: {line}")
        return None

    def begin(self, meta: dict[str, str], start: int) -> None:
        """Compare how the log stood before this file with how it ended; or begin there, if that is not here."""
        try:
            hashes = bytes.fromhex(meta.get("hashes", ""))
            tree = Tree(start, hashes)
            need((meta.get("start"), meta.get("hashes")) == (str(start), hashes.hex()), "not as it is written")
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
                stated, signed[size] = open_checkpoint(note, self.key_at(size))
                need(stated == size, f"it is of size {stated}")
            except (ValueError, Unsigned) as error:
                signed.pop(size, None)
                code = "A07" if isinstance(error, Unsigned) else "A08"
                self.note(code, f"checkpoint {size} is none that the trusted key signed: {error}")
        self.checkpoints += len(signed)
        return signed

    def walk_entries(self, connection: sqlite3.Connection, sizes: set[int]) -> dict[int, bytes]:
        subjects = dict(connection.execute("SELECT id, name FROM subject"))
        roots, self.gap, self.last_event = {self.size: self.tree.root}, False, ""
        query = "SELECT e.idx, CAST(e.head AS BLOB), e.leaf, typeof(e.head), b.data FROM entry e LEFT JOIN body b"
        for index, head, leaf, kind, body in connection.execute(query + " USING (idx) ORDER BY e.idx"):
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

    def check_end(self, connection: sqlite3.Connection, meta: dict[str, str], start: int) -> bool:
        rows = connection.execute("SELECT size, hashes, sealed FROM frontier").fetchall()
        size, hashes, state = rows[0] if len(rows) == 1 else (None, None, None)
        if (size, hashes) != (self.size, b"".join(node for _, node in self.tree.edge)) and not self.gap:
            cut = isinstance(size, int) and size > self.size
            self.note("A04" if cut else "A14", f"the frontier of the file of entry {start} is not that of its entries")
        elif rows and (state not in (0, 1) or (state == 1) != (self.last_event == "audit.segment.seal")):
            self.note("A13", f"the file of entry {start} does not end as its state says (sealed or not)")
        note, named = meta.get("seal"), meta.get("seal_key", "")
        kept, end, seal = self.seals.get(start, (b"", 0, [b"", b""]))
        if (state == 1) != (note is not None):
            self.note("A13", f"the file of entry {start} has a seal and is open, or has none and is sealed")
        elif note is not None and (kept, end, seal[1].hex()) != (note.encode(), self.size, named):
            self.note("A13", f"the seal of the file of entry {start} is not the one among the seals")
        elif note is None and start != self.seal_end:
            self.note("A13", f"the seals end at {self.seal_end}, the file that is written to begins at {start}")
        elif note is None and not (re.fullmatch("[0-9a-f]{64}", named) and self.may_seal(bytes.fromhex(named))):
            self.note("A13", f"the file of entry {start} names a seal key that the seal before it does not")
        return bool(state == 1)

    def account(self, index: int, head: dict[str, Any], body: object, subjects: dict[str, Any]) -> None:
        check_head(head)
        name, event = head["w"], head["event"]
        writer = self.writers.setdefault(name, {"ws": None if self.unseen else 0, "began": None, "stopped": False})
        if writer["ws"] is not None and head["ws"] != writer["ws"] + 1:
            self.note("A11", f"writer {name} went from {writer['ws']} to {head['ws']}: an entry is lost")
        writer["ws"] = head["ws"]
        if "via" not in head:  # else it came by another way, later than it happened
            began = datetime.fromisoformat(head["ts"][:-1]) - timedelta(microseconds=head["up"])
            if back := writer["began"] is not None and began < writer["began"] - timedelta(seconds=10):
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
        self.take_record(head)
        self.check_body(index, head, body, subjects)

    def take_record(self, head: dict[str, Any]) -> None:
        if head["event"] == "audit.key.revoke":
            self.note("W08", f"the key {head['vkey']} was revoked: do not trust it any more")
        elif head["event"] == "audit.redact":
            self.removed.add(head["idx"])
        elif head["event"] == "audit.erase":
            self.removed.update(head["subjects"])
        elif head["event"] == "audit.prune":
            self.pruned[head["end"]] = head["root"]

    def check_body(self, index: int, head: dict[str, Any], body: object, subjects: dict[str, Any]) -> None:
        named, actor = head.get("body"), head["actor"]
        if named is None:
            if body is not None or actor is not None:
                self.note("A10", f"the body of entry {index} was added, or its actor is in no body")
        elif body is None:
            self.missing.append(("body", index, {index, actor}))
        elif not isinstance(body, bytes) or named != "s1:" + encode64(sha256(b"\x02", body)):
            self.note("A10", f"the body of entry {index} was changed")
        else:
            said = {} if body[:1] == b"\x01" else json.loads(body[17:].decode())
            need(body[:1] in (b"\x00", b"\x01") and isinstance(said, dict), "a body is of no known form")
            if actor is not None and actor not in subjects:
                self.missing.append(("subject", index, {actor}))
            elif actor is not None and isinstance(name := subjects[actor], bytes) and name[:1] != b"\x01":
                self.note("A10", f"the row of subject {actor} is neither text nor encrypted")
            elif actor is not None and body[0] == 0 and isinstance(name, str) and name != said.get("actor"):
                self.note("A10", f"the row of subject {actor} names another than the body of entry {index}")
        if isinstance(body, bytes):
            need((body[:1] == b"\x01") == ("dek" in head), "a body is encrypted or has a data key, and not both")

    def finish(self) -> None:
        self.take_records()
        for what, index, excuses in self.missing:
            if not excuses & self.removed:
                self.note("A10", f"the {what} of entry {index} is missing, and no signed record says so")
        need(self.entries or self.checkpoints or self.tampered, f"the log in {self.folder} is empty", RuntimeError)
        start = min(self.files)
        if start and (start not in self.roots or self.pruned.get(start) != self.roots[start].hex()):
            self.note("A03", f"entries 0..{start - 1} are missing, and no signed record says so")
        for begin, (_, size, hashes) in self.seals.items():
            if size >= start and self.roots.get(size, hashes[0]) != hashes[0]:
                self.note("A13", f"entries {begin}..{size - 1} are not those that were sealed")
        left = Counter(self.intents.values())
        for name, writer in self.writers.items() if not self.archive else ():
            if not writer["stopped"] or left[name]:
                state = "stopped" if writer["stopped"] else "has no stop record (crash, or it still runs)"
                self.note("W04", f"writer {name} {state}; {left[name]} intents have no outcome")
        for size, root in self.witnessed:
            if size > self.size:
                self.note("W02" if self.archive else "A05", f"the witness saw {size} entries; here are {self.size}")
            elif self.roots.get(size, root) != root:
                self.note("A06", f"FORK: at size {size} the root is not the one that the witness saw")
        if self.asked and (unseen := self.size - max((size for size, _ in self.witnessed), default=0)) > 0:
            self.note("W02", f"{unseen} newest entries signed but not yet witnessed")

    def read_records(self) -> list[tuple[int, bytes, bytes]]:
        """What an archive has of records in files that it does not have: number, head, proof."""
        paths = [*(self.folder / "records").glob("entry-*.*")] if self.archive else []
        read = {path.name: path.read_bytes() for path in paths}
        numbers = {int(found[1]) for name in read if (found := re.match(r"entry-(0|[1-9][0-9]{0,18})\.", name))}
        names = {i: (f"entry-{i}.json", f"entry-{i}.tlog-proof") for i in sorted(numbers)}
        return [(i, read.get(head, b""), read.get(proof, b"")) for i, (head, proof) in names.items()]

    def take_records(self) -> None:
        for index, head, proof in self.records:
            try:
                check_proof(proof, head, index, self.keys.values())
                self.take_record(check_head(read_head(head)))
            except (ValueError, Unsigned) as error:
                self.note("A10", f"the record of entry {index} proves nothing: {error}")


# --- The command ---
def report(log: Log, exit_code: int, *, as_json: bool) -> str:
    problems = sorted(log.problems, key=lambda problem: problem[0])
    facts = {"origin": log.origin, "entries": log.entries, "start": min(log.files), "size": log.size}
    facts |= {"root": encode64(log.tree.root), "files": len(log.files), "archive": log.archive, "pinned": log.pinned}
    if as_json:
        found = [{"code": code, "message": message} for code, message in problems]
        return json.dumps({"exit_code": exit_code, **facts, "problems": found}, indent=2)
    lines = [f"{('verified', 'TAMPERED', 'intact, but not proven')[exit_code]}  {log.folder}"]
    return "\n".join([*lines, *(f"  {name:8} {fact}" for name, fact in [*facts.items(), *problems])])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify an audit log of otel-mcp without otel-mcp.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vkey", action="append", default=[], help="the verifier key, from whoever runs the log")
    parser.add_argument("--witness", action="append", default=[], type=Path, help="checkpoints kept elsewhere")
    parser.add_argument("--json", action="store_true")
    try:
        options = parser.parse_args(arguments)
        notes = [note for path in options.witness for note in split_notes(path.read_bytes().decode()) or [b""]]
        need(all(CHECKPOINT.fullmatch(read_note(note)[0]) for note in notes), "--witness: not checkpoints")
        log = Log(options.folder, [Key.parse(text) for text in options.vkey], notes)
        log.walk()
        log.finish()
        code = 1 if log.tampered else 0 if log.pinned else 2
        sys.stdout.write(report(log, code, as_json=options.json) + "\n")
        sys.stdout.flush()
    except SystemExit as end:
        return 3 if end.code else 0
    except Exception as error:  # whatever it is: status 1, which Python would give, means tampering
        sys.stderr.write(f"could not verify: {type(error).__name__}: {error}\n")
        return 3
    return code


if __name__ == "__main__":
    sys.exit(main())
