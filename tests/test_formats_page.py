"""docs/formats.md tells the truth: every example on it is what the code writes and reads."""

from __future__ import annotations

import hmac
import json
import re
import shutil
from pathlib import Path

import pytest

from otel_mcp.audit import AuditLog
from otel_mcp.audit.entry import FIXED_MEMBERS, body_hash, canonical, parse_body, parse_head
from otel_mcp.audit.evidence import check_evidence, collect_evidence
from otel_mcp.audit.keys import LogKeys, new_keys
from otel_mcp.audit.query import entries
from otel_mcp.audit.store import APPLICATION_ID, FILE_NAME, LOCK_NAME, SCHEMA, USER_VERSION
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
    folder = tmp_path_factory.mktemp("golden")
    shutil.copy(GOLDEN / FILE_NAME, folder)
    return folder


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
    assert hmac.digest(INDEX_KEY, b"otel-mcp/subject/v1\0" + name.encode(), "sha256") == hexadecimal("tag")
    keys = LogKeys(new_keys().signing_key, INDEX_KEY, "memory", created=True)
    log = AuditLog(tmp_path, {"origin": "o", "vkey": "v", "service": "s"}, keys, durability="commit")
    assert log.keyed_digest({"days": 2, "city": "Köln"}) == line("digest")


def test_the_frontier_gives_the_root_of_the_checkpoint(golden):
    frontier = Frontier.from_bytes(34, hexadecimal("frontier"))
    grown = Frontier()
    for entry in entries(golden):
        grown.append(entry.leaf)
    assert grown.to_bytes() == frontier.to_bytes()
    assert frontier.root() == hexadecimal("root")
    checkpoint = open_checkpoint(EXAMPLES["checkpoint"], [Verifier.parse(line("vkey"))])
    assert (checkpoint.size, checkpoint.root) == (34, hexadecimal("root"))


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
    for word in (f"0x{APPLICATION_ID:x}", f"`user_version` is {USER_VERSION}", f"`{FILE_NAME}`", f"`{LOCK_NAME}`"):
        assert word in PAGE
