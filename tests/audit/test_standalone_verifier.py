"""The standalone verifier and `verify` are two readings of one page: they must say the same, and it must stand alone.

Each call of `verify` in the tests of this folder is such a comparison too (`conftest.py`); here is what they do not do.
"""

from __future__ import annotations

import ast
import contextlib
import gzip
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from audit_scenes import FILE_NAME, draft, edit_head, make_log, owner, raw, rehash
from differential import STANDALONE, assert_same, by_package, by_standalone, standalone
from hypothesis import given
from hypothesis import strategies as st
from test_audit_segments import make_files

from otel_mcp.audit import AuditLog
from otel_mcp.audit import verify as _verify
from otel_mcp.audit.archive import archive
from otel_mcp.audit.entry import body_hash, canonical, now_us, parse_head
from otel_mcp.audit.keys import new_keys
from otel_mcp.audit.store import SCHEMA, segments_of
from otel_mcp.errors import MalformedError, NothingToVerify
from otel_mcp.tlog import Signer, parse_note

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
GOLDEN = Path(__file__).parent / "golden"


def set_meta(key, value):
    return lambda c, log: c.execute("UPDATE meta SET v = ? WHERE k = ?", (value, key))


def as_blob(table, column, where="1"):
    return lambda c, log: c.execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB) WHERE {where}")


def signed_head(**changes):
    """What a thief of the log's key can write."""
    return lambda c, log: (edit_head(c, 3, **changes), rehash(c, owner(log)))


def signed_without(name):
    def tamper(connection, log):
        head = json.loads(connection.execute("SELECT head FROM entry WHERE idx = 3").fetchone()[0])
        del head[name]
        connection.execute("UPDATE entry SET head = ? WHERE idx = 3", (canonical(head),))
        rehash(connection, owner(log))

    return tamper


def hide_a_trigger(connection, log):
    """Under the name of a table, and before that in the schema."""
    connection.execute("CREATE TRIGGER meta AFTER INSERT ON entry BEGIN DELETE FROM body; END")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET rowid = 100 WHERE type = 'table' AND name = 'meta'")


def other_form(connection, log):
    blob = b"\x07" + bytes(20)
    connection.execute("UPDATE body SET data = ? WHERE idx = 3", (blob,))
    edit_head(connection, 3, body=body_hash(blob))
    rehash(connection, owner(log))


def other_signature(connection, log):
    """Of somebody who is not known here, under every checkpoint."""
    stranger = Signer("witness.example", new_keys().signing_key)
    for size, note in connection.execute("SELECT size, note FROM checkpoint").fetchall():
        line = str(stranger.sign(parse_note(note).text.encode()))
        connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (note + line, size))


def same_signature_twice(connection, log):
    for size, note in connection.execute("SELECT size, note FROM checkpoint").fetchall():
        twice = note + note.partition("\n\n")[2]
        connection.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (twice, size))


ODD = {
    "checkpoints that a stranger signed, too": (0, other_signature),
    "checkpoints with the same signature twice": (1, same_signature_twice),
    "a service that is no text": (1, as_blob("meta", "v", "k = 'service'")),
    "a key that is no text": (3, as_blob("meta", "v", "k = 'vkey'")),
    "an origin that is no text": (3, as_blob("meta", "v", "k = 'origin'")),
    "a seal key that is no text": (1, as_blob("meta", "v", "k = 'seal_key'")),
    "hashes that are no text": (1, as_blob("meta", "v", "k = 'hashes'")),
    "hashes in another spelling": (1, set_meta("hashes", " ")),
    "a seal key in another spelling": (1, lambda c, _: c.execute("UPDATE meta SET v = upper(v) WHERE k = 'seal_key'")),
    "a start in another spelling": (1, set_meta("start", "00")),
    "a clear name that is hidden from the view": (1, as_blob("subject", "name")),
    "a subject that is hidden from erasure": (1, as_blob("subject", "id")),
    "a trigger behind the name of a table": (1, hide_a_trigger),
    "an entry of a number": (1, lambda c, _: edit_head(c, 3, event=5)),
    "an actor that is a list": (
        1,
        lambda c, _: (edit_head(c, 3, actor=[]), c.execute("DELETE FROM body WHERE idx = 3")),
    ),
    "a body that is a number": (1, lambda c, _: c.execute("UPDATE body SET data = 5 WHERE idx = 2")),
    "a body of no known form": (1, other_form),
    "a leaf that is text": (1, lambda c, _: c.execute("UPDATE entry SET leaf = CAST(leaf AS TEXT) WHERE idx = 2")),
    "no frontier": (1, lambda c, _: c.execute("DELETE FROM frontier")),
    "a frontier of a text": (1, lambda c, _: c.execute("UPDATE frontier SET size = 'x'")),
    "a frontier neither open nor sealed": (1, lambda c, _: c.execute("UPDATE frontier SET sealed = 2")),
    "an open file that says it is sealed": (1, lambda c, _: c.execute("UPDATE frontier SET sealed = 1")),
    "a checkpoint before the beginning": (1, lambda c, _: c.execute("UPDATE checkpoint SET size = -5 WHERE size = 3")),
    "an entry before the beginning": (1, lambda c, _: c.execute("UPDATE entry SET idx = -3 WHERE idx = 2")),
    "no entries": (1, lambda c, _: c.execute("DELETE FROM entry")),
    "statistics": (1, lambda c, _: c.execute("ANALYZE")),
    "another layout of the same": (0, lambda c, _: c.execute("VACUUM")),
    "a member that nobody knows": (0, signed_head(zzz=[{"a": None}, "é\u2028", True, 0])),
    "v that is true": (1, signed_head(v=True)),
    "a time without its date": (1, signed_head(ts="10:00")),
    "a time that never was": (1, signed_head(ts="2026-02-31T00:00:00.000000Z")),
    "an age of centuries": (0, signed_head(up=2**53 - 1)),
    **{
        f"{name} of another type": (1, signed_head(**{name: [1]}))
        for name in ("id", "w", "ws", "phase", "action", "ref")
    },
    **{
        f"no {name}": (1, signed_without(name))
        for name in ("v", "id", "ts", "up", "w", "ws", "action", "actor", "body")
    },
    "an erasure of nothing": (1, signed_head(event="audit.erase")),
    "a redaction of a text": (1, signed_head(event="audit.redact", idx="3")),
    "an erasure of numbers": (1, signed_head(event="audit.erase", subjects=[1])),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_logs_get_one_verdict(directory, name):
    code, tamper = ODD[name]
    log = make_log(directory, 5)
    with raw(directory) as connection:
        tamper(connection, log)
    assert assert_same(directory, [log.vkey])[0] == code


def test_no_key_or_the_key_of_another_log(directory, tmp_path):
    log = make_log(directory, 2)
    other = make_log(tmp_path / "other", 2)
    assert assert_same(directory, []) == (2, {"W01"})
    assert assert_same(directory, [other.vkey])[0] == 1
    assert assert_same(directory, [other.vkey, log.vkey]) == (0, set())
    for nothing in (tmp_path / "none", tmp_path):
        assert by_standalone(nothing, [log.vkey])[0] == 3
        with pytest.raises(NothingToVerify):
            _verify(nothing)


@pytest.mark.parametrize("modes", [("segment", "off"), ("off", "segment"), ("subject", "off", "segment")])
def test_encryption_that_is_turned_on_and_off_within_a_file_is_no_tampering(directory, modes):
    for mode in modes:
        log = AuditLog.open(directory, service="weather", encrypt=mode)
        log.append(draft())
        log.close()
    assert assert_same(directory, [log.vkey]) == (0, set())


def test_a_witness_that_saw_more_than_an_archive_holds_is_no_rollback(directory, tmp_path):
    log = make_files(directory)
    archive(directory, tmp_path / "archive")
    notes = [_verify(directory).checkpoint]
    assert assert_same(tmp_path / "archive", [log.vkey], notes) == (0, {"W02"})
    assert assert_same(directory, [log.vkey], notes) == (0, set())
    with contextlib.closing(sqlite3.connect(segments_of(directory)[0])) as connection, connection:
        connection.execute("DELETE FROM checkpoint")
    assert assert_same(directory, [log.vkey], notes)[0] == 1


@pytest.mark.parametrize("packed", [False, True])
def test_flipped_bits_get_one_verdict(directory, tmp_path, packed):
    log = make_files(directory, 2, 3)
    if packed:
        archive(directory, tmp_path / "archive")
        directory = tmp_path / "archive"
    rng = random.Random(20261125)
    paths = [path for path in directory.iterdir() if path.name.startswith("audit-") and not path.name.endswith("-shm")]
    undecided = 0
    for _ in range(100):
        path = rng.choice(paths)
        original = path.read_bytes()
        data = bytearray(gzip.decompress(original) if packed else original)
        if data:
            position = rng.randrange(len(data) * 8)
            data[position // 8] ^= 1 << position % 8
        path.write_bytes(gzip.compress(data, 1) if packed else data)
        ours, other = by_package(directory, [log.vkey]), by_standalone(directory, [log.vkey])
        # Where SQLite gives up in the middle, what was asked of it first decides between "tampered" and "no verdict".
        if 3 in (ours[0], other[0]):
            assert {ours[0], other[0]} <= {1, 3}
            undecided += 1
        else:
            assert ours == other, f"bit {position} of {path.name}: verify {ours}, standalone {other}"
        path.write_bytes(original)
    assert undecided < 50


class Life:
    """A log to which things happen at random, and perhaps an archive of it."""

    actors = ("rosalind@example.org", "zoë\u2028\U0001f600", None)

    def __init__(self, directory, target, rng):
        self.directory, self.target, self.rng = directory, target, rng
        self.log = self.open()

    def open(self):
        return AuditLog.open(self.directory, service="weather", encrypt=self.rng.choice(["off", "segment", "subject"]))

    @property
    def archives(self):
        return [self.target] if self.target.exists() else []

    def append(self):
        for _ in range(self.rng.randrange(1, 6)):
            self.log.append(draft(self.rng.randrange(9), actor=self.rng.choice(self.actors)))

    def rotate(self):
        self.log.rotate()

    def prune(self):
        if self.rng.random() < 0.3:
            if self.archives:  # what was never archived is missing there
                self.archive()
            self.log.prune(now_us() + 1, policy="90d")

    def erase(self):
        self.log.erase(self.rng.choice(self.actors[:2]), reason="asked for", archives=self.archives)

    def redact(self):
        self.log.redact(self.rng.randrange(30), reason="a name", archives=self.archives)

    def archive(self):
        archive(self.directory, self.target)

    def reopen(self):
        self.log.close()
        self.log = self.open()


@pytest.mark.parametrize("seed", range(4))
def test_random_lives_of_a_log_get_one_verdict(directory, tmp_path, seed):
    rng = random.Random(seed)
    life = Life(directory, tmp_path / "archive", rng)
    for _ in range(40):
        with contextlib.suppress(NothingToVerify):
            rng.choice([life.append, life.rotate, life.prune, life.erase, life.redact, life.archive, life.reopen])()
        assert assert_same(directory, [life.log.vkey])[0] == 0
        if segments_of(life.target):
            assert assert_same(life.target, [life.log.vkey])[0] == 0
    life.log.close()
    with contextlib.closing(
        sqlite3.connect(rng.choice([*segments_of(directory).values()]), isolation_level=None)
    ) as db:
        db.execute("DELETE FROM body WHERE idx IN (SELECT idx FROM body LIMIT 1)")
    assert_same(directory, [life.log.vkey])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
texts = st.one_of(
    st.dictionaries(st.text(max_size=4), json_values, max_size=4).map(
        lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    ),
    st.dictionaries(st.text(max_size=4), json_values, max_size=4).map(json.dumps),
    st.text(alphabet='{}[]":,\\/bu0019a-.eE truefalsn\x7f\x01é', max_size=24),
)


def read_by_both(data):
    try:
        ours = parse_head(data.decode())
    except (MalformedError, UnicodeDecodeError):
        ours = None
    try:
        other = standalone.read_head(data)
    except (ValueError, RecursionError):
        other = None
    assert ours == other, data
    return ours


@given(texts, st.integers(0, 40), st.sampled_from(["", " ", "0", "\\", ",", '"', "\x00", "e1", ".0", "-"]))
def test_both_take_the_same_texts_for_heads(text, at, extra):
    read_by_both(text.encode("utf-8", "surrogatepass"))
    read_by_both((text[:at] + extra + text[at:]).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("text", "is_head"),
    [
        ("{}", True),
        ('{"a":9007199254740991,"b":-9007199254740991}', True),
        ('{"a":9007199254740992}', False),
        ('{"a":-0}', False),
        ('{"a":1.0}', False),
        ('{"a":1e2}', False),
        ('{"a":NaN}', False),
        ('{"a":01}', False),
        ('{"a":1,"a":1}', False),
        ('{"b":1,"a":1}', False),
        ('{"a":{"c":1,"b":1}}', False),
        ('{"é":1}', False),
        ('{"a":"\\u0007\\b\x7fé"}', True),
        ('{"a":"\\u0008"}', False),
        ('{"a":"\\u000B"}', False),
        ('{"a":"\\/"}', False),
        ('{"a":"\\ud83d\\ude00"}', False),
        ('{"a":"\\ud800"}', False),
        ('{"a": 1}', False),
        ('{"a":1}\n', False),
        ("[]", False),
        ("", False),
        ('{"a":' + "[" * 64 + "]" * 64 + "}", True),
        ('{"a":' + "[" * 65 + "]" * 65 + "}", False),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", False),
    ],
)
def test_a_head_has_one_spelling(text, is_head):
    assert (read_by_both(text.encode()) is not None) == is_head


def run_alone(*arguments):
    """In an interpreter that cannot import this package, wherever it is installed."""
    program = (
        "import runpy, sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.partition('.')[0] == 'otel_mcp': raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    command = [sys.executable, "-I", "-W", "error", "-c", program, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "PYTHONPATH": ""}
    )


def test_it_runs_where_this_package_cannot_be_imported(tmp_path):
    log, script = shutil.copytree(GOLDEN / "log", tmp_path / "log"), shutil.copy(STANDALONE, tmp_path)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in log.iterdir())
    vkey = (GOLDEN / "vkey.txt").read_text(encoding="utf-8").strip()
    done = run_alone(script, log, "--vkey", vkey, "--witness", GOLDEN / "checkpoint.txt")
    assert (done.returncode, done.stdout.partition(" ")[0]) == (0, "verified"), done.stderr
    assert sorted((path.name, path.stat().st_mtime_ns) for path in log.iterdir()) == before
    assert run_alone(script, log).returncode == 2
    for arguments in ([tmp_path / "none"], [log, "--vkey", "x"], [log, "--what"], [log, "--witness", script], []):
        assert run_alone(script, *arguments).returncode == 3
    with raw(log) as connection:
        edit_head(connection, 3, tool="another")
    done = run_alone(script, log, "--vkey", vkey)
    assert (done.returncode, done.stdout.partition(" ")[0]) == (1, "TAMPERED")
    assert "  A01 " in done.stdout


def test_it_imports_the_standard_library_and_cryptography_only():
    tree = ast.parse(STANDALONE.read_text(encoding="utf-8"), feature_version=(3, 10))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}


def test_its_digest_is_that_of_the_schema_on_the_page():
    (block,) = re.findall(r"<!-- example: schema -->\n```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    statements = sorted(block.replace("\n  ", " ").rstrip(";\n").split(";\n"))
    assert standalone.sha256("\n".join(statements).encode()).hex() == standalone.SCHEMA
    assert statements == sorted(SCHEMA.values())


def test_the_page_of_messages_has_every_code():
    package = Path(__file__).parents[2] / "otel_mcp"
    used = {code for path in package.rglob("*.py") for code in re.findall(r'"([AW]\d\d)"', path.read_text("utf-8"))}
    page = (PAGE.parent / "verification.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([AW]\d\d) \|", page, re.MULTILINE)) == used


def test_a_log_in_use_is_verified(directory):
    log = AuditLog.open(directory, service="weather")
    log.append(draft())
    assert (directory / f"{FILE_NAME}-wal").stat().st_size
    assert assert_same(directory, [log.vkey]) == (0, set())
    log.close()
