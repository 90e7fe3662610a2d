"""Secrets that no literal gives away: their checksums do, or the fields that their first characters encode."""

import base64
import json

import pytest

from otel_mcp.redaction import Redactor

BODY = base64.b64encode(bytes(range(7, 247)) * 2).decode()

STELLAR = "SAV76USXIJOBMEQXPANUOQM6F5LIOTLPDIDVRJBFFE2MDJXG24TAPUU7"
RIPPLE = "snoPBrXtMeMyMHUVTgbuqAfg1SUTb"
RIPPLE_ED25519 = "sEdTM1uX8pu2do5XvTnutH6HsouMaM2"
RECOVERY = "433015-391193-667832-714659-228173-625790-663322-052228"
MAILGUN = "58affd9edb03b86492344187f9563dee-7c549bd5-e99aefc6"
JIRA = base64.b64encode(b"406151093417:" + bytes(range(160, 180))).decode()
TATUM = "t-66a1f0c2" + "9b3d70e4" * 2 + "-" + "0c7e51d8" * 3
APPVEYOR = "v2." + "q7zk2m9wx4" * 2
TRANSIFEX = "1/" + "5d41402abc" * 4
ABLY = "xVLyHw.lQ7b2A:" + "b7Xq2r4Tz9n" * 3 + "k3Wm8Yp1Qa"


def text(free_text):
    redactor = Redactor()
    once = redactor.scope().text(free_text)
    assert redactor.scope().text(once) == once
    assert redactor.failures == 0
    return once


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        ("stellar-seed", STELLAR),
        ("ripple-seed", RIPPLE),
        ("ripple-seed", RIPPLE_ED25519),
        ("bitlocker-key", RECOVERY),
        ("mailgun-key", MAILGUN),
        ("ably-key", ABLY),
        ("atlassian-token", JIRA),
        ("tatum-key", TATUM),
        ("appveyor-token", APPVEYOR),
        ("transifex-token", TRANSIFEX),
    ],
)
@pytest.mark.parametrize("frame", ["%s", "got %s.", '"%s"', "(%s)", "a\n%s\nb", "a\\n%s\\nb", "<b>%s</b>"])
def test_it_is_found_in_any_text(kind, secret, frame):
    assert text(frame % secret) == frame % f"[REDACTED:{kind}]"


@pytest.mark.parametrize(
    "harmless",
    [
        STELLAR[:-1] + "6",
        "G" + STELLAR[1:],
        STELLAR + "7",
        RIPPLE[:-1] + "c",
        "r" + RIPPLE[1:],
        "x" + RIPPLE,
        RECOVERY[:-1] + "9",
        "58affd9edb03b86492344187f9563dee",
        "7c549bd5-e99a-4fc6-8d01-58affd9edb03",
        *(JIRA[:-1], f"{JIRA}+A", "x" + TATUM, f"{TATUM}-1", APPVEYOR.replace("v2", "v1"), f"api.{APPVEYOR}"),
        *(
            f"{APPVEYOR}.create",
            "v2.createcustomersession",
            f"objects/{TRANSIFEX}",
            f"{TRANSIFEX}.tar",
            f"1{TRANSIFEX}",
        ),
        "com.module.method:another_name_of_forty_three_characters_abcde",
    ],
)
def test_what_only_resembles_it_stays(harmless):
    assert text(f"value {harmless} was used") == f"value {harmless} was used"


@pytest.mark.parametrize(
    "head",
    [
        "MIIEowIBAAKCAQEA",
        "MIICXAIBAAKBgQC7",
        "MIIEvgIBADANBgkqhkiG9w0BAQEFAASC",
        "MHcCAQEEIB",
        "MIGkAgEBBDBt",
        "MIGHAgEAMBMGByqGSM49AgEG",
        "MC4CAQAwBQYDK2VwBCIEIA",
        "MC4CAQAwBQYDK2VuBCIEIL",
        "MEcCAQAwBQYDK2VxBDsEOW",
        "MIIFHDBOBgkqhkiG9w0BBQ0w",
        "MIIKCQIBAzCCCc8GCSqGSIb3DQEHAaCC",
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU",
    ],
)
def test_a_private_key_in_base64_is_found_without_the_lines_around_it(head):
    key = (head + BODY).rstrip("=")
    assert text(f"value {key}") == "value [REDACTED:private-key]"
    assert text(json.dumps({"a": key, "b": 1})) == '{"a": "[REDACTED:private-key]", "b": 1}'
    lines = "\n".join(key[at : at + 64] for at in range(0, len(key), 64))
    assert text(f"value\n{lines}\n") == "value\n[REDACTED:private-key]\n"


@pytest.mark.parametrize(
    "head",
    [
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
        "MCowBQYDK2VwAyEA",
        "MIIDXTCCAkWgAwIBAgIJ",
    ],
)
def test_a_public_key_and_a_certificate_in_base64_stay(head):
    assert text(f"value {head}{BODY}") == f"value {head}{BODY}"


@pytest.mark.parametrize("digit", [5, 8])
def test_a_macaroon_is_known_by_its_first_packet(digit):
    packets = f"00{digit + 11:02x}location api.example.org\n002eidentifier of the one that was issued here\n"
    token = base64.urlsafe_b64encode(packets.encode() + b"002fsignature " + bytes(range(33))).decode().rstrip("=")
    assert text(f"sent {token} to it") == "sent [REDACTED:macaroon] to it"


def test_a_licence_key_is_found_beside_its_word_and_groups_alone_stay():
    key = "R7K2P-8XQ4M-T3VWZ-6HJ9C-B5DNF"
    assert key not in text(f"license_key = {key}")
    assert key not in text(f"the activation is {key}")
    assert text("see A7K2P-8XQ4M for more") == "see A7K2P-8XQ4M for more"


def test_a_private_json_web_key_as_an_object_keeps_its_public_members_alone():
    public = {"kty": "EC", "crv": "P-256", "x": "larkspur-row", "y": "foxglove-row", "kid": "bed-7"}
    redactor = Redactor()
    for _ in range(2):
        clean = redactor.scope().value({"keys": [{**public, "d": "marigold-row"}], "d": "marigold-row"}).value
        assert clean == {"keys": [{**public, "d": "[REDACTED:key]"}], "d": "[REDACTED:taint]"}
        assert redactor.scope().value({"keys": [public], "d": "daisy"}).value == {"keys": [public], "d": "daisy"}
