import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_scan import FRAMES, found, kinds

PUBLIC = ["167.80.92.6", "8.8.8.8", "212.58.244.22", "2a00:1450:4001:82b::200e", "2606:2800:220:1:248:1893:25c8:1946"]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("frame", [*FRAMES, "http://%s/", "[%s]:443", "%s/24", "root@%s", "from %s."])
def test_a_public_address_is_found(address, frame):
    if ":" in address and frame == "\\n%s\\n":
        frame = "%s"
    assert ("ip-address", address) in found(frame % address)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "10.24.2.152",
            "127.0.0.1",
            "192.168.1.7",
            "172.31.0.9",
            "169.254.1.1",
            "100.64.3.4",
            "0.0.0.0",
            "255.255.255.255",
        ),
        *(
            "192.0.2.9",
            "198.51.100.7",
            "203.0.113.5",
            "224.0.0.251",
            "198.18.0.1",
            "::1",
            "fe80::1",
            "fd00::7",
            "2001:db8::1",
        ),
        *(
            "v1.2.3.4",
            "version 8.4.63.30",
            "Chrome/120.0.0.0",
            "Edg/119.0.44.7",
            "tool-12.2.3.4",
            "1.3.6.1.4.1.311",
            "2.5.4.3",
        ),
        *("pkg==11.2.3.4", "~=11.2.3.4", "300.168.1.1", "3.1.7.2. Long names", "11.2.3.4-beta", "2026:11:24 10:00:00"),
        *("std::vector", "07:46:21", "Version=14.0.0.9", "assembly 1.2.3.4.5"),
    ],
)
def test_what_is_not_public_or_no_address_stays(text):
    assert "ip-address" not in kinds(text)


@given(st.lists(st.integers(0, 255), min_size=6, max_size=6), st.sampled_from(FRAMES))
def test_a_hardware_address_is_found(octets, frame):
    written = ":".join(f"{octet:02x}" for octet in octets)
    assert (("mac-address", written) in found(frame % written)) == (0 < sum(octets) < 255 * 6)


@pytest.mark.parametrize("address", ["00-1B-44-11-3A-B7", "001b.4411.3ab7", "00:1B:44:FF:FE:11:3A:B7"])
def test_other_spellings_of_a_hardware_address_are_found(address):
    assert found(f"port {address} up") == [("mac-address", address)]


def test_a_bare_hardware_address_needs_a_word():
    assert kinds("commit 001b44113ab7") == set()
    assert found("MAC address 001b44113ab7") == [("mac-address", "001b44113ab7")]


@pytest.mark.parametrize(
    "text",
    [
        "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
        "ff:ff:ff:ff:ff:ff",
        "00:00:00:00:00:00",
        "12-34-56-12-34-56",
        "1234.5678.9012",
        "2026-11-24-10-00-00",
    ],
)
def test_fingerprints_and_placeholders_stay(text):
    assert "mac-address" not in kinds(text)
