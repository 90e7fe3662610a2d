"""C2SP signed notes and checkpoints: vectors of Go and of the specification, and strictness."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

import otel_mcp.tlog
from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog import (
    Checkpoint,
    Signer,
    Verifier,
    open_checkpoint,
    open_note,
    parse_note,
    sign_checkpoint,
    sign_note,
)
from otel_mcp.tlog.note import format_note

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "signed_notes.json").read_text())["notes"]


class Key:
    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


ALICE = Signer("example.com/alice", Key(b"a" * 32))
BOB = Signer("example.com/bob", Key(b"b" * 32))
NOTE = sign_note("hello\nworld\n", [ALICE])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["vkey"].split("+")[0])
def test_notes_of_other_implementations_open(vector):
    verifier = Verifier.parse(vector["vkey"])
    note = open_note((vector["text"] + "\n" + vector["signature"]).encode(), [verifier])
    assert note.text == vector["text"]
    assert str(verifier) == vector["vkey"]


def test_signing_gives_the_bytes_that_go_gives():
    vector = VECTORS[0]
    signer = Signer("PeterNeumann", Key(base64.b64decode(vector["skey"])[1:]))
    assert sign_note(vector["text"], [signer]) == vector["text"] + "\n" + vector["signature"]
    assert str(signer.verifier) == vector["vkey"]


def test_signatures_of_unknown_keys_are_ignored():
    note = open_note(sign_note("text\n", [BOB, ALICE]), [ALICE.verifier])
    assert [signature.name for signature in note.signatures] == [ALICE.name]


def test_a_note_without_a_trusted_signature_is_refused():
    with pytest.raises(VerificationError, match=r"example\.com/alice"):
        open_note(NOTE, [BOB.verifier])


def test_a_key_that_signed_twice_is_refused():
    line = NOTE.split("\n\n")[1]
    with pytest.raises(MalformedError, match="more than once"):
        open_note(NOTE + line, [ALICE.verifier])


def test_a_wrong_signature_of_a_known_key_is_refused_even_beside_a_right_one():
    wrong = sign_note("hello\nmars\n", [ALICE]).split("\n\n")[1]
    right = sign_note("hello\nworld\n", [BOB])
    with pytest.raises(VerificationError):
        open_note(right + wrong, [ALICE.verifier, BOB.verifier])


@pytest.mark.parametrize(
    "data",
    [
        "",
        "hello\n",
        "hello\n\n",
        NOTE.rstrip("\n"),
        NOTE + "\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        NOTE.replace("— ", "—\u00a0"),
        NOTE.replace("=\n", "\n"),
        NOTE.replace("=\n", "= \n"),
        NOTE.replace("hello\n", "hello\r\n"),
        NOTE.replace("hello", "he\x00llo"),
        NOTE.replace("\n\n", "\n"),
        NOTE.encode().replace("—".encode(), b"\xff"),
        NOTE.replace("alice", "al+ice"),
        "x" * 1_000_001,
        "hello\n\n" + NOTE.split("\n\n")[1] * 101,
        "hello\n\n— name AAAA\n",
        "hello\n\n— name\n",
        "hel\ud800lo\n\n" + NOTE.split("\n\n")[1],
    ],
)
def test_anything_but_the_one_encoding_is_refused(data):
    with pytest.raises(MalformedError):
        parse_note(data)


@given(st.binary(max_size=200))
def test_hostile_bytes_give_a_note_or_malformed(data):
    try:
        note = parse_note(data)
    except MalformedError:
        return
    assert format_note(note).encode() == data


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_every_flipped_bit_is_found(bit):
    data = bytearray(NOTE.encode())
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises((MalformedError, VerificationError)):
        open_note(bytes(data), [ALICE.verifier])


def test_unsigned_spare_bits_of_base64_are_refused():
    # The last character before = carries two bits that no byte needs.
    altered = NOTE[:-3] + chr(ord(NOTE[-3]) + 1) + NOTE[-2:]
    with pytest.raises((MalformedError, VerificationError)):
        open_note(altered, [ALICE.verifier])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\ud800"])
def test_a_name_that_would_break_a_line_cannot_sign(name):
    with pytest.raises(MalformedError):
        Signer(name, Key(b"c" * 32))


@pytest.mark.parametrize("text", ["no newline", "", "bell\x07\n"])
def test_a_text_that_is_no_note_text_is_not_signed(text):
    with pytest.raises(MalformedError):
        sign_note(text, [ALICE])


VKEY = str(ALICE.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        VKEY + "=",
        VKEY.upper(),
        VKEY.replace("+", " ", 1),
        VKEY[:-1],
        "name+00000000+AA==",
        VKEY.replace("alice", "alicf"),
        VKEY.rpartition("+")[0] + "+" + base64.b64encode(b"\x04" + ALICE.key.public_key).decode(),
    ],
)
def test_a_verifier_key_has_one_spelling(text):
    with pytest.raises(MalformedError):
        Verifier.parse(text)


checkpoints = st.builds(
    Checkpoint,
    origin=st.from_regex(r"[a-z][a-z/.-]{0,20}", fullmatch=True),
    size=st.integers(0, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
)


@given(checkpoints)
def test_a_checkpoint_parses_back_to_itself(checkpoint):
    assert Checkpoint.parse(str(checkpoint)) == checkpoint


@given(checkpoints)
def test_a_signed_checkpoint_opens_with_the_key_of_its_log(checkpoint):
    signer = Signer(checkpoint.origin, Key(b"d" * 32))
    assert open_checkpoint(sign_checkpoint(checkpoint, signer), [signer.verifier]) == checkpoint


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"origin\n1\n{ROOT}",
        f"origin\n1\n{ROOT}\nextension\n",
        f"origin\n01\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n٣\n{ROOT}\n",
        f"origin\n{2**63}\n{ROOT}\n",
        f"origin\n1\n{ROOT[:-2]}\n",
        f"origin\n1\n{ROOT[:-2]}B=\n",
        f"\n1\n{ROOT}\n",
        f"ori gin\n1\n{ROOT}\n",
    ],
)
def test_a_checkpoint_has_one_spelling(text):
    with pytest.raises(MalformedError):
        Checkpoint.parse(text)


def test_a_checkpoint_must_be_signed_under_its_own_origin():
    note = sign_note(f"example.com/alice\n1\n{ROOT}\n", [BOB])
    with pytest.raises(VerificationError, match="own key"):
        open_checkpoint(note, [ALICE.verifier, BOB.verifier])


def test_the_public_names_are_these():
    assert sorted(otel_mcp.tlog.__all__) == [
        "Checkpoint",
        "Cosignature",
        "CosignatureVerifier",
        "Frontier",
        "Note",
        "Proof",
        "Signature",
        "Signer",
        "SigningKey",
        "TrustPolicy",
        "Verifier",
        "check_consistency",
        "check_inclusion",
        "format_note",
        "leaf_hash",
        "node_hash",
        "open_checkpoint",
        "open_cosignatures",
        "open_note",
        "open_proof",
        "parse_note",
        "prove_consistency",
        "prove_inclusion",
        "root_hash",
        "sign_checkpoint",
        "sign_note",
        "split_notes",
    ]
