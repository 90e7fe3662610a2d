"""docs/formats.md tells the truth: every example on it is what the code writes and reads."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from otel_mcp.audit import AuditLog
from otel_mcp.audit.encryption import Reader, dek_id, kek_id
from otel_mcp.audit.entry import FIXED_MEMBERS, body_hash, canonical, parse_body, parse_head
from otel_mcp.audit.evidence import check_evidence, collect_evidence
from otel_mcp.audit.keys import LogKeys, format_keys, new_keys, parse_keys, subject_tag
from otel_mcp.audit.query import entries
from otel_mcp.audit.seal import Seal, SealKeys, log_id, open_seal, read_seals
from otel_mcp.audit.store import APPLICATION_ID, LOCK_NAME, SCHEMA, USER_VERSION, segment_path, segments_of
from otel_mcp.errors import MalformedError
from otel_mcp.tlog import Frontier, Proof, Verifier, leaf_hash, open_checkpoint, parse_note

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "audit" / "golden"
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"<!-- example: (\S+) -->\n```\w+\n(.*?\n)```\n", PAGE, re.DOTALL))
INDEX_KEY = bytes(range(32))


def hexadecimal(name):
    return bytes.fromhex(EXAMPLES[name])


def line(name):
    assert EXAMPLES[name].count("\n") == 1
    return EXAMPLES[name].rstrip("\n")


def first_cells(table):
    rows = re.search(rf"<!-- {table} -->\n\|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE)
    assert rows is not None
    return {name for row in rows[1].splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    return shutil.copytree(GOLDEN / "log", tmp_path_factory.mktemp("golden") / "log")


@pytest.fixture(scope="module")
def evidence(golden):
    return collect_evidence(golden, "2", with_body=True)


def test_every_example_is_checked_here():
    source = Path(__file__).read_text(encoding="utf-8")
    assert len(EXAMPLES) == PAGE.count("<!-- example: ") > 0
    assert [name for name in EXAMPLES if source.count(f'"{name}"') == 0] == []


def test_the_head_its_leaf_and_its_body_are_those_of_the_golden_log(evidence):
    head = line("head").encode()
    assert head == evidence.head
    assert leaf_hash(head) == hexadecimal("leaf")
    assert hexadecimal("body") == evidence.body
    assert parse_body(evidence.body) == json.loads(line("body-json"))
    assert body_hash(evidence.body) == line("body-hash") == parse_head(line("head"))["body"]


def test_a_string_is_escaped_as_the_page_says():
    assert canonical('a"\\\b\aé\x7f').encode() == hexadecimal("string")
    escaped = canonical("".join(map(chr, range(0x20))))
    for short in (r"\b", r"\t", r"\n", r"\f", r"\r"):
        assert short in escaped
    assert len(re.findall(r"\\u00[01][0-9a-f]", escaped)) == 32 - 5


def nested(depth):
    return {"a": nested(depth - 1)} if depth else {}


def test_heads_nest_as_deep_as_the_page_says():
    assert parse_head(canonical(nested(64)))
    with pytest.raises(MalformedError):
        canonical(nested(65))


def test_the_members_of_heads_are_on_the_page(golden):
    from otel_mcp.audit.exporter import _HEAD_NAMES

    assert first_cells("members: fixed") == FIXED_MEMBERS
    further = first_cells("members: further")
    found = {member for entry in entries(golden) for member in entry.head}
    assert found - FIXED_MEMBERS - further == {"note"}  # an application's own
    assert set(_HEAD_NAMES.values()) <= further
    content = (ROOT / "otel_mcp" / "instrumentation" / "_content.py").read_text(encoding="utf-8")
    assert set(re.findall(r'attributes\["(\w+)"\]', content)) <= further


def test_a_subjects_tag_and_a_keyed_digest_are_those_of_the_page(tmp_path):
    name = "zoë@example.org"
    assert subject_tag(INDEX_KEY, name) == hexadecimal("tag")
    keys = LogKeys(new_keys().signing_key, INDEX_KEY, "memory", created=True)
    path = tmp_path / "keys.pem"
    path.write_text(format_keys(keys), encoding="ascii")
    path.chmod(0o600)
    log = AuditLog.open(tmp_path / "log", service="s", key=f"file:{path}")
    log.close()
    assert log.keyed_digest({"days": 2, "city": "Köln"}) == line("digest")


def test_the_frontier_gives_the_root_of_the_checkpoint(golden):
    frontier = Frontier.from_bytes(55, hexadecimal("frontier"))
    grown = Frontier()
    for entry in entries(golden):
        grown.append(entry.leaf)
    assert grown.to_bytes() == frontier.to_bytes()
    assert frontier.root() == hexadecimal("root")
    checkpoint = open_checkpoint(EXAMPLES["checkpoint"], [Verifier.parse(line("vkey"))])
    assert (checkpoint.size, checkpoint.root) == (55, hexadecimal("root"))


def test_the_key_and_the_checkpoint_are_those_of_the_golden_log():
    assert EXAMPLES["vkey"] == (GOLDEN / "vkey.txt").read_text(encoding="utf-8")
    assert Verifier.parse(line("vkey")).public_key == hexadecimal("public-key")
    assert EXAMPLES["checkpoint"] == (GOLDEN / "checkpoint.txt").read_text(encoding="utf-8")
    note = parse_note(EXAMPLES["checkpoint"])
    assert note.text.encode() == hexadecimal("signed-bytes")
    Verifier.parse(line("vkey")).check(hexadecimal("signed-bytes"), note.signatures[0].signature)


def test_the_proof_is_the_one_that_prove_writes(evidence):
    assert EXAMPLES["tlog-proof"].encode() == evidence.proof
    assert Proof.parse(EXAMPLES["tlog-proof"]).index == 2
    assert check_evidence(evidence, [Verifier.parse(line("vkey"))]).has_body


def test_the_program_is_the_one_that_is_tested():
    source = Path(__file__).parent / "interop" / "tlogproof" / "main.go"
    assert EXAMPLES["program"] == source.read_text(encoding="utf-8")


def test_the_schema_is_the_one_that_is_written():
    flat = re.sub(r"\s+", " ", EXAMPLES["schema"])
    assert flat.rstrip("; ").split("; ") == list(SCHEMA.values())
    tables = {name for name, sql in SCHEMA.items() if sql.startswith("CREATE TABLE")}
    assert first_cells("tables") == tables
    for word in (f"0x{APPLICATION_ID:x}", f"`user_version` is {USER_VERSION}", f"`{LOCK_NAME}`"):
        assert word in PAGE


def test_the_seal_is_the_first_of_the_golden_log_and_its_key_is_bound_to_the_origin(golden):
    assert read_seals(golden)[0] == EXAMPLES["seal"]
    seal = open_seal(EXAMPLES["seal"], Verifier.parse(line("vkey")))
    assert (seal.start, seal.key) == (0, hexadecimal("seal-key"))
    assert line("vkey").partition("+")[0].endswith(f"/{log_id(seal.key)}")
    assert Seal.parse(str(seal)) == seal


def test_a_seal_keys_file_is_as_the_page_says(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    public = SealKeys(tmp_path, INDEX_KEY).create(7)
    data = (tmp_path / "seal-000000000007.key").read_bytes()
    key = HKDF(SHA256(), 32, salt=None, info=b"otel-mcp/seal-key/v1").derive(INDEX_KEY)
    seed = AESGCM(key).decrypt(data[:12], data[12:], b"otel-mcp/seal-key/v1\0007")
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() == public


def test_what_is_encrypted_opens_as_the_page_says(golden):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    ids = dict(row.split(" ", 1) for row in EXAMPLES["encrypted-ids"].splitlines())
    kek, key, wrapped = hexadecimal("encryption-key"), hexadecimal("data-key"), hexadecimal("wrapped-key")
    assert (kek_id(kek), dek_id(key)) == (ids["kek"], ids["dek"])
    label = "\0".join(("otel-mcp/dek/v1", ids["origin"], ids["actor"], ids["dek"])).encode()
    assert AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], label) == key
    body, name = hexadecimal("encrypted-body"), hexadecimal("encrypted-name")
    label = "\0".join(("otel-mcp/body/v1", ids["origin"], ids["record"])).encode()
    assert body[:1] == name[:1] == b"\x01"
    said = json.loads(AESGCM(key).decrypt(body[1:13], body[13:], label))
    assert said == json.loads(line("encrypted-json"))
    label = "\0".join(("otel-mcp/name/v1", ids["origin"], ids["actor"])).encode()
    assert AESGCM(key).decrypt(name[1:13], name[13:], label).decode() == said["actor"]
    keys = parse_keys((GOLDEN / "keys.pem").read_text(encoding="ascii"), "golden")
    assert keys.encryption_keys == (kek,)
    with closing(sqlite3.connect(segments_of(golden)[34])) as connection:
        assert Reader(connection, ids["origin"], {kek_id(kek): kek}).key(ids["actor"]) == key


def test_files_are_named_as_the_page_says():
    assert segment_path(Path(), 34).name == "audit-000000000034.db"
    assert segment_path(Path(), 10**13).name == "audit-10000000000000.db"
