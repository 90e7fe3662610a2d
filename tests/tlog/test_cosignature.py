"""C2SP cosignatures: the specification's bytes, strictness, and who counts."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_keys import log_vkey, private_key, witness_vkey

from otel_mcp.errors import MalformedError, VerificationError
from otel_mcp.tlog import Cosignature, CosignatureVerifier, open_cosignatures, parse_note
from otel_mcp.tlog.cosignature import cosigned_message

NAME = "witness.example.com/w1"
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
# The example of c2sp.org/tlog-cosignature.
EXAMPLE = (
    f"{TEXT}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9"
    "nTo+zyWE+xeMcTOAYQ8=\n"
    f"— {NAME} jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBI"
    "fZ+qnA==\n"
)


def cosigned(seed: bytes, time: int = 1679315147, text: str = TEXT, name: str = NAME) -> str:
    """Made here by the specification's words, not by the code under test."""
    key_id = bytes.fromhex(witness_vkey(name, seed).split("+")[1])
    message = b"cosignature/v1\ntime " + str(time).encode() + b"\n" + text.encode()
    raw = key_id + time.to_bytes(8, "big") + private_key(seed).sign(message)
    return f"— {name} {base64.b64encode(raw).decode()}\n"


ALICE, BOB = b"a", b"b"
VERIFIER = CosignatureVerifier.parse(witness_vkey(NAME, ALICE))


def test_the_example_of_the_specification_has_its_time():
    line = parse_note(EXAMPLE).signatures[1]
    cosignature = Cosignature.parse(line)
    assert cosignature.time == 1679315147
    assert cosignature.to_line() == line


def test_the_signed_bytes_are_those_of_the_specification():
    assert cosigned_message(TEXT, 1679315147) == (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_witness_key_parses_back_to_itself_and_a_log_key_is_none():
    assert str(VERIFIER) == witness_vkey(NAME, ALICE)
    with pytest.raises(MalformedError, match="expected key type 4"):
        CosignatureVerifier.parse(log_vkey(ALICE))
    with pytest.raises(MalformedError, match="key id"):
        CosignatureVerifier.parse(witness_vkey(NAME, ALICE).replace("w1+", "w2+"))
    with pytest.raises(MalformedError, match="key id"):
        CosignatureVerifier.parse(witness_vkey("w1", ALICE) + "AAAA")


def test_a_key_of_another_length_is_refused():
    with pytest.raises(MalformedError, match="expected 32 bytes, got 31"):
        CosignatureVerifier(NAME, b"k" * 31)


def test_only_cosignatures_of_known_witnesses_count():
    note = EXAMPLE + cosigned(BOB, name="other.example") + cosigned(ALICE)
    [found] = open_cosignatures(note, [VERIFIER])
    assert (found.name, found.time) == (NAME, 1679315147)
    with pytest.raises(VerificationError, match=r"not cosigned by a known witness.*witness\.example\.com/w1"):
        open_cosignatures(EXAMPLE, [VERIFIER])


def test_a_cosignature_of_another_time_or_text_is_refused():
    right = base64.b64decode(cosigned(ALICE).split()[2])
    later = right[:4] + (1679315148).to_bytes(8, "big") + right[12:]
    with pytest.raises(VerificationError, match="does not match"):
        open_cosignatures(EXAMPLE + f"— {NAME} {base64.b64encode(later).decode()}\n", [VERIFIER])
    with pytest.raises(VerificationError, match="does not match"):
        open_cosignatures(EXAMPLE + cosigned(ALICE, text=TEXT.replace("20852163", "20852164")), [VERIFIER])


def test_a_witness_that_cosigned_twice_is_refused():
    with pytest.raises(MalformedError, match="more than once"):
        open_cosignatures(EXAMPLE + cosigned(ALICE) + cosigned(ALICE, 1679315148), [VERIFIER])


@pytest.mark.parametrize("time", [0, 2**63, 2**64 - 1])
def test_a_number_that_is_no_time_is_refused(time):
    with pytest.raises(MalformedError, match="no time"):
        open_cosignatures(EXAMPLE + cosigned(ALICE, time), [VERIFIER])


def test_a_signature_of_another_length_is_refused():
    raw = base64.b64decode(cosigned(ALICE).split()[2])
    for changed in (raw[:-1], raw + b"\0", raw[:12]):
        with pytest.raises(MalformedError, match="expected 72 bytes"):
            open_cosignatures(EXAMPLE + f"— {NAME} {base64.b64encode(changed).decode()}\n", [VERIFIER])


@given(st.integers(0, 71 * 8 + 7))
def test_no_bit_can_change(bit):
    raw = bytearray(base64.b64decode(cosigned(ALICE).split()[2]))
    raw[4 + bit // 8] ^= 1 << bit % 8
    with pytest.raises((VerificationError, MalformedError)):
        open_cosignatures(EXAMPLE + f"— {NAME} {base64.b64encode(raw).decode()}\n", [VERIFIER])
