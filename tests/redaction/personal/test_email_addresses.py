import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_scan import FRAMES, found, kinds

LOCAL = st.from_regex(r"[a-z][a-z0-9]{0,12}([._+-][a-z0-9]{1,8}){0,2}", fullmatch=True)
DOMAIN = st.from_regex(r"([a-z][a-z0-9-]{0,10}[a-z0-9]\.){1,3}(com|org|io|de|museum|co\.uk)", fullmatch=True)


@given(LOCAL, DOMAIN, st.sampled_from([*FRAMES, "mailto:%s?subject=x", "Ann <%s>", "a@b.example,%s;"]))
def test_an_address_is_found_wherever_it_stands(local, domain, frame):
    if local.startswith("v") and local[1:2].isdigit():
        local = "a" + local
    address = f"{local}@{domain}"
    if local not in ("git", "hg", "svn", "aur", "this", "super"):
        assert ("email", address) in found(frame % address)


@pytest.mark.parametrize(
    "address",
    [
        *("user@xn--80ak6aa92e.com", "jörg.müller@bücher.example", "o'brien@example.org", "пётр@почта.рф", "x@163.com"),
        *(
            '"john doe"@example.com',
            "ANN.LEE@EXAMPLE.COM",
            "list+ann=host.example@lists.example.org",
            "ann@h.photography",
        ),
    ],
)
def test_rarer_forms_are_found(address):
    assert ("email", address) in found(f"write to {address} today")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "git@github.com:org/repo.git",
            "user@host",
            "@scope/package@1.2.3",
            "lodash@4.17.21",
            "image@2x.png",
            "a@b@c",
        ),
        *(
            "actions/checkout@v4.1.0",
            "this@Outer.method()",
            "value@decorator.getName",
            "postgres://app:pa@db.example.com/x",
        ),
        *(
            "https://bob@github.com/org",
            "lib@4.17.21.tgz",
            "@media (min-width: 1px)",
            "sha@sha256:00ff",
            "me@127.0.0.1",
        ),
    ],
)
def test_what_is_no_address_stays(text):
    assert "email" not in kinds(text)


def test_a_query_ends_before_the_address():
    assert found("https://a.example/?to=ann@b.example&cc=bob@c.example") == [
        ("email", "ann@b.example"),
        ("email", "bob@c.example"),
    ]


def test_an_instance_of_a_unit_is_no_address():
    assert found("user@1008.service, getty@tty1.service and ann@host.services") == [("email", "ann@host.services")]


@pytest.mark.parametrize("address", ["ann_smith-42=host@shop.example", "ann_smith-42/host@shop.example"])
def test_a_sign_behind_a_number_is_a_part_of_the_address(address):
    assert found(f"Mail: {address}") == [("email", address)]


@pytest.mark.parametrize("before", ["email=", "?to2=", "/api/v1.2/", "src/"])
def test_what_leads_to_an_address_is_no_part_of_it(before):
    assert found(f"{before}ann@shop.example") == [("email", "ann@shop.example")]
