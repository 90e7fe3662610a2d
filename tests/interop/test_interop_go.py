"""What Go's checksum database and the transparency-dev project run on, reads our notes and proofs as we do."""

from __future__ import annotations

import base64
import contextlib
import itertools
import random
import sqlite3
import subprocess

import pytest
from cli.command import call, run
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from otel_mcp.audit.keys import LocalKey
from otel_mcp.audit.log import AuditLog
from otel_mcp.audit.query import entries, inclusion
from otel_mcp.tlog import (
    Checkpoint,
    Proof,
    Signer,
    Verifier,
    leaf_hash,
    open_checkpoint,
    open_note,
    prove_consistency,
    prove_inclusion,
    root_hash,
    sign_note,
)

SEED = bytes(range(32))
KEY = base64.b64encode(b"\x01" + SEED).decode()
SIGNER = Signer("example.com/log", LocalKey(Ed25519PrivateKey.from_private_bytes(SEED)))
ENTRIES = [b"%d" % number * (number % 5) for number in range(300)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


@pytest.fixture
def log(home):
    log = AuditLog.open(home / "log", service="shop")
    for number in range(9):
        for draft in call(number):
            log.append(draft)
    log.close()
    return log


def checkpoints(directory):
    with contextlib.closing(sqlite3.connect(directory / "audit-000000000000.db")) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM checkpoint ORDER BY size")]


def test_go_opens_every_checkpoint_of_a_log(log, go_tlog):
    notes = checkpoints(log.directory)
    answers = go_tlog([{"ask": "open", "note": note, "vkey": log.vkey} for note in notes])
    assert [answer["text"] + "\n" for answer in answers] == [note.partition("\n\n")[0] + "\n\n" for note in notes]
    assert {answer["name"] for answer in answers} == {log.origin}


def test_go_refuses_what_we_refuse(log, go_tlog):
    note = checkpoints(log.directory)[-1]
    other = str(SIGNER.verifier)
    questions = [
        {"ask": "open", "note": note, "vkey": other},
        {"ask": "open", "note": note.replace("\n20\n", "\n21\n"), "vkey": log.vkey},
        {"ask": "open", "note": note.rstrip("\n"), "vkey": log.vkey},
        {"ask": "open", "note": note, "vkey": log.vkey[:-4] + "AAA="},
    ]
    assert "\n20\n" in note
    assert [answer["ok"] for answer in go_tlog(questions)] == [False] * 4


def test_go_and_we_sign_the_same_note(go_tlog):
    skey = f"PRIVATE+KEY+{SIGNER.name}+{SIGNER.verifier.key_id.hex()}+{KEY}"
    texts = ["one line\n", "zwei\n\nAbsätze, 好\n", str(Checkpoint(SIGNER.name, 7, bytes(32)))]
    answers = go_tlog([{"ask": "sign", "skey": skey, "text": text} for text in texts])
    assert [answer["text"] for answer in answers] == [sign_note(text, [SIGNER]) for text in texts]
    assert [open_note(answer["text"], [SIGNER.verifier]).text for answer in answers] == texts


def test_go_computes_our_roots(go_tlog, decoded):
    [answer] = go_tlog([{"ask": "roots", "entries": ENTRIES}])
    assert decoded(answer["roots"]) == [root_hash(LEAVES[:size]) for size in range(1, len(LEAVES) + 1)]


def record(index, size, entry=None, proof=None):
    return {
        "ask": "record",
        "index": index,
        "size": size,
        "entry": ENTRIES[index] if entry is None else entry,
        "root": root_hash(LEAVES[:size]),
        "proof": prove_inclusion(LEAVES[:size], index) if proof is None else proof,
    }


def tree(old, size, proof=None):
    return {
        "ask": "tree",
        "oldsize": old,
        "oldroot": root_hash(LEAVES[:old]),
        "size": size,
        "root": root_hash(LEAVES[:size]),
        "proof": prove_consistency(LEAVES[:size], old) if proof is None else proof,
    }


def test_go_accepts_every_proof_of_every_small_tree(go_tlog):
    records = [record(index, size) for size in range(1, 34) for index in range(size)]
    trees = [tree(old, size) for size in range(1, 34) for old in range(1, size + 1)]
    assert all(answer["ok"] for answer in go_tlog(records + trees))


def test_go_accepts_no_proof_of_another_entry_place_or_history(go_tlog):
    wrong = []
    for size in range(2, 20):
        for index in range(size):
            proof = prove_inclusion(LEAVES[:size], index)
            wrong.append(record(index, size, entry=b"another"))
            wrong.append({**record(index, size), "index": (index + 1) % size})
            wrong.append(record(index, size, proof=proof[:-1]))
            wrong.append(record(index, size, proof=[*proof, proof[0]]))
        for old in range(1, size):
            proof = prove_consistency(LEAVES[:size], old)
            wrong.append({**tree(old, size), "oldroot": bytes(32)})
            wrong.append(tree(old, size, proof=proof[1:]))
    assert not any(answer["ok"] for answer in go_tlog(wrong))


def test_go_makes_the_same_proofs(go_tlog, decoded):
    choose = random.Random(6962)
    cases = []
    for _ in range(60):
        size = choose.randrange(1, len(ENTRIES) + 1)
        cases.append((size, choose.randrange(size), choose.randrange(1, size + 1)))
    questions = [
        {"ask": "prove", "entries": ENTRIES[:size], "index": index, "oldsize": old} for size, index, old in cases
    ]
    for (size, index, old), answer in zip(cases, go_tlog(questions), strict=True):
        assert decoded(answer.get("inclusion")) == prove_inclusion(LEAVES[:size], index)
        assert decoded(answer.get("prefix")) == prove_consistency(LEAVES[:size], old)


def test_go_finds_every_entry_of_a_log_under_its_checkpoints(log, go_tlog, decoded):
    stored = list(entries(log.directory))
    [answer] = go_tlog([{"ask": "roots", "entries": [entry.head_text.encode() for entry in stored]}])
    roots = decoded(answer["roots"])
    opened = [open_checkpoint(note, [Verifier.parse(log.vkey)]) for note in checkpoints(log.directory)]
    assert [checkpoint.root for checkpoint in opened] == [roots[checkpoint.size - 1] for checkpoint in opened]
    leaves = [entry.leaf for entry in stored]
    questions = [
        {"ask": "tree", "oldsize": old.size, "oldroot": old.root, "size": new.size, "root": new.root,
         "proof": prove_consistency(leaves[: new.size], old.size)}
        for old, new in itertools.pairwise(opened)
    ]  # fmt: skip
    for entry in stored:
        note, proof = inclusion(log.directory, entry.index)
        checkpoint = Checkpoint.parse(note.partition("\n\n")[0] + "\n")
        questions.append(
            {"ask": "record", "index": entry.index, "size": checkpoint.size, "root": checkpoint.root, "proof": proof,
             "entry": entry.head_text.encode()}
        )  # fmt: skip
    assert all(answer["ok"] for answer in go_tlog(questions))


def prove(program, vkey, folder, index):
    names = [f"entry-{index}.json", f"entry-{index}.tlog-proof"]
    return subprocess.run([program, vkey, *names], cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_a_go_program_of_others_checks_our_evidence(log, home, go_tlogproof):
    for index in (0, 5, 19):
        run("prove", index, "--dir", log.directory, "--output", home / "evidence")
        done = prove(go_tlogproof, log.vkey, home / "evidence", index)
        assert done.stdout == f"entry {index} of {log.origin} at size {index + 1}\n", done.stderr


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("entry-5.json", b'"v":1', b'"v":2'),
        ("entry-5.tlog-proof", b"index 5", b"index 4"),
        ("entry-5.tlog-proof", b"\n6\n", b"\n7\n"),
        ("entry-5.tlog-proof", b"\n\n", b"\nextra AA==\n\n"),
    ],
)
def test_a_go_program_of_others_refuses_changed_evidence(log, home, go_tlogproof, name, old, new):
    run("prove", 5, "--dir", log.directory, "--output", home / "evidence")
    path = home / "evidence" / name
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    done = prove(go_tlogproof, log.vkey, home / "evidence", 5)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not proven" in done.stderr


def test_extra_data_is_written_as_others_write_it(log, home, go_tlogproof):
    run("prove", 5, "--dir", log.directory, "--output", home / "evidence")
    path = home / "evidence" / "entry-5.tlog-proof"
    proof = Proof.parse(path.read_bytes())
    for extra in (b"", b"\x00advice"):
        path.write_text(str(Proof(proof.index, proof.hashes, proof.checkpoint, extra)), encoding="utf-8")
        assert prove(go_tlogproof, log.vkey, home / "evidence", 5).returncode == 0
