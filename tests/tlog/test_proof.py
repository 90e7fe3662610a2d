"""The codec of tlog-proof: one text a proof, and a check that believes nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from otel_mcp.audit.keys import LocalKey
from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog import (
    Checkpoint,
    Proof,
    Signer,
    leaf_hash,
    open_proof,
    prove_inclusion,
    root_hash,
    sign_checkpoint,
    sign_note,
)

SIGNER = Signer("example.com/log", LocalKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))))
OTHER = Signer("example.com/log", LocalKey(Ed25519PrivateKey.from_private_bytes(bytes(32))))
ENTRIES = [b"entry %d" % number for number in range(40)]


def proof_of(index, size, *, signer=SIGNER, extra=None):
    leaves = [leaf_hash(entry) for entry in ENTRIES[:size]]
    note = sign_checkpoint(Checkpoint(signer.name, size, root_hash(leaves)), signer)
    return Proof(index, tuple(prove_inclusion(leaves, index)), note, extra)


hashes = st.binary(min_size=32, max_size=32)
proofs = st.builds(
    Proof,
    st.integers(0, 2**63 - 1),
    st.lists(hashes, max_size=64).map(tuple),
    st.integers(0, 2**63 - 1).map(lambda size: sign_checkpoint(Checkpoint(SIGNER.name, size, bytes(32)), SIGNER)),
    st.none() | st.binary(max_size=60),
)


@given(proofs)
def test_a_proof_parses_back_to_itself(proof):
    assert Proof.parse(str(proof)) == proof
    assert Proof.parse(str(proof).encode()) == proof


def test_the_text_of_a_proof_is_that_of_the_specification():
    proof = proof_of(2, 3, extra=b"advice")
    first = hashlib.sha256(b"\x01" + leaf_hash(ENTRIES[0]) + leaf_hash(ENTRIES[1])).digest()
    assert str(proof).split("\n") == [
        "c2sp.org/tlog-proof@v1",
        "extra YWR2aWNl",
        "index 2",
        base64.b64encode(first).decode(),
        "",
        *proof.checkpoint.split("\n"),
    ]


@given(st.integers(1, len(ENTRIES)), st.data())
def test_an_opened_proof_gives_its_checkpoint(size, data):
    index = data.draw(st.integers(0, size - 1))
    checkpoint = open_proof(str(proof_of(index, size)), ENTRIES[index], [SIGNER.verifier])
    assert (checkpoint.origin, checkpoint.size) == (SIGNER.name, size)


@given(st.integers(2, len(ENTRIES)), st.data())
def test_a_proof_proves_no_other_entry_and_no_other_place(size, data):
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
    proof = proof_of(index, size)
    with pytest.raises(VerificationError) as error:
        open_proof(str(proof), ENTRIES[other], [SIGNER.verifier])
    assert error.value.code == "A02"
    with pytest.raises(VerificationError):
        open_proof(str(Proof(other, proof.hashes, proof.checkpoint)), ENTRIES[index], [SIGNER.verifier])


def test_a_proof_under_another_key_proves_nothing():
    for trusted in ([SIGNER.verifier], []):
        with pytest.raises(VerificationError) as error:
            open_proof(str(proof_of(3, 9, signer=OTHER)), ENTRIES[3], trusted)
        assert error.value.code == "A07"


def test_extra_data_is_carried_and_changes_nothing():
    for extra in (None, b"", b"\x00advice"):
        proof = proof_of(3, 9, extra=extra)
        assert Proof.parse(str(proof)).extra == extra
        assert open_proof(str(proof), ENTRIES[3], [SIGNER.verifier]).size == 9


GOOD = str(proof_of(3, 9, extra=b"a"))
LINES = GOOD.split("\n")
HASH = LINES[3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\n\n" + proof_of(0, 1).checkpoint,
        GOOD.replace("@v1", "@v2"),
        GOOD.replace("index 3", "index 03"),
        GOOD.replace("index 3", "index +3"),
        GOOD.replace("index 3", "index ³"),
        GOOD.replace("index 3", "index -3"),
        GOOD.replace("index 3", "index 3 "),
        GOOD.replace("index 3", "index"),
        GOOD.replace("index 3", f"index {2**63}"),
        GOOD.replace("index 3\n", ""),
        GOOD.replace("index 3\n", "index 3\nindex 3\n"),
        GOOD.replace("extra YQ==", "extra YR=="),
        GOOD.replace("extra YQ==", "extra YQ"),
        GOOD.replace("extra YQ==", "extra  YQ=="),
        GOOD.replace("extra YQ==", "extra YQ==\nextra YQ=="),
        GOOD.replace("extra YQ==\nindex 3\n", "index 3\nextra YQ==\n"),
        GOOD.replace(HASH, HASH[:-1]),
        GOOD.replace(HASH, base64.b64encode(bytes(31)).decode()),
        GOOD.replace(HASH, HASH + "\n"),
        GOOD.replace(HASH, HASH + " "),
        GOOD.replace("\n\n", "\n\n\n", 1),
        GOOD.replace("\n", "\r\n"),
        GOOD + "\n",
        GOOD.rstrip("\n"),
        GOOD.replace(HASH, "\n".join([HASH] * 70)),
        "\n" + GOOD,
        GOOD.partition("\n\n")[0] + "\n\n" + sign_note("no checkpoint\n", [SIGNER]),
        GOOD.partition("\n\n")[0] + "\n\n" + str(Checkpoint(SIGNER.name, 9, bytes(32))),
        GOOD + "x" * 1_000_000,
    ],
)
def test_a_proof_has_one_spelling(text):
    with pytest.raises(MalformedError):
        Proof.parse(text)


@given(st.binary(max_size=80) | st.text(max_size=80))
def test_hostile_bytes_are_no_proof(data):
    with pytest.raises(MalformedError):
        Proof.parse(data)


PLAIN = str(proof_of(3, 9))  # extra data may be changed by anybody, and this has none


@given(st.integers(0, len(PLAIN) - 1), st.characters())
def test_a_changed_character_never_verifies(place, character):
    text = PLAIN[:place] + character + PLAIN[place + 1 :]
    if text != PLAIN:
        with pytest.raises((MalformedError, VerificationError)):
            open_proof(text, ENTRIES[3], [SIGNER.verifier])
