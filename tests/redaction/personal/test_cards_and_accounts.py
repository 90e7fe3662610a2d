import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from personal_scan import FRAMES, found, is_gone, kinds

from otel_mcp.redaction.cards import is_card, is_card_text
from otel_mcp.redaction.keys import word_set
from otel_mcp.redaction.personal.iban import is_iban

ISSUERS = [("4", 16), ("4", 13), ("4", 19), ("51", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("36", 14)]
ISSUERS += [("305", 14), ("6011", 16), ("65", 16), ("3528", 16), ("62", 17), ("6759", 16), ("2202", 16), ("60", 16)]
ISSUERS += [
    ("81", 16),
    ("508", 16),
    ("5090", 16),
    ("606282", 16),
    ("9792", 16),
    ("5061", 18),
    ("5019", 16),
    ("636", 16),
]


def check_digit(body):
    total = sum(sum(divmod(int(digit) * 2, 10)) for digit in body[-1::-2]) + sum(int(digit) for digit in body[-2::-2])
    return str(-total % 10)


@st.composite
def cards(draw):
    prefix, length = draw(st.sampled_from(ISSUERS))
    rest = draw(st.text(string.digits, min_size=length - len(prefix) - 1, max_size=length - len(prefix) - 1))
    return prefix + rest + check_digit(prefix + rest)


@given(cards(), st.sampled_from(FRAMES))
def test_a_card_number_is_found_wherever_it_stands(card, frame):
    assert ("card", card) in found(frame % card)


@given(cards(), st.sampled_from(FRAMES), st.sampled_from(" -\u00a0"))
def test_a_card_number_is_found_in_groups(card, frame, sign):
    sizes = {15: (4, 6, 5), 14: (4, 6, 4), 19: (4, 4, 4, 4, 3), 13: (4, 4, 5), 17: (4, 4, 4, 4, 1), 18: (4, 4, 4, 4, 2)}
    groups, rest = [], card
    for size in sizes.get(len(card), (4, 4, 4, 4)):
        groups.append(rest[:size])
        rest = rest[size:]
    assert is_gone(sign.join(groups), frame % sign.join(groups))


@given(cards())
def test_another_check_digit_makes_it_no_card(card):
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert not is_card(wrong)
    assert not is_card_text(f"{wrong[:4]} {wrong[4:8]} {wrong[8:12]} {wrong[12:]}")
    assert "card" not in kinds(f"order {wrong} shipped")


@pytest.mark.parametrize(
    "text",
    [
        "ORD-4111111111111111",
        "0.4111111111111111",
        "id=94111111111111111",
        "5406 5407 5408 5409 540A 540B",
        "6550 6551 6552 6553 6554 6555",
        "at 1798914678653 ms",
        "20261124100000",
        "4005759242499655",
        "12.4111111111111111",
    ],
)
def test_what_only_resembles_a_card_number_stays(text):
    assert kinds(text) == set()


def test_rarer_ranges_count_beside_a_word_for_a_card():
    assert found("122000000000003") == []
    assert found("my credit card: 122000000000003") == [("card", "122000000000003")]


def test_an_expiry_date_does_not_hide_the_card_before_it():
    assert ("card", "4111 1111 1111 1111") in found("4111 1111 1111 1111 12/26 123")


EXAMPLES = sorted(
    word_set("""
    AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 AT611904300234573201
    AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034 BG80BNBG96611020345678 BH67BMAG00001299123456
    BR1800360305000010009795493C1 BY13NBRB3600900000002Z00AB00 CH9300762011623852957 CR05015202001026284066
    CY17002001280000001200527600 CZ6508000000192000145399 DE89370400440532013000 DK5000400440116243
    DO28BAGR00000001212453611324 EE382200221020145685 ES9121000418450200051332 FI2112345600000785 FO6264600001631634
    FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917 GI75NWBK000000007099453
    GL8964710001000206 GR1601101250000000012300695 GT82TRAJ01020000001210029690 HR1210010051863000160
    HU42117730161111101800000000 IE29AIBK93115212345678 IL620108000000099999999 IS140159260076545510730339
    IT60X0542811101000000123456 JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101
    KZ86125KZT5004100100 LB62099900000001001901229114 LI21088100002324013AA LT121000011101001000
    LU280019400644750000 LV80BANK0000435195001 MC5811222000010123456789030 MD24AG000225100013104168
    ME25505000012345678951 MK07250120000058984 MR1300020001010000123456753 MT84MALT011000012345MTLCAST001S
    MU17BOMM0101101030300200000MUR NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702
    PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154
    QA54QNBA000000000000693123456 RO49AAAA1B31007593840000 RS35260005601001611379 SA0380000000608010167519
    SE4550000000058398257466 SI56263300012039086 SK3112000000198742637541 SM86U0322509800000000270100
    TN5910006035183598478831 TR330006100519786457841326 UA213223130000026007233566001 VA59001123000012345678
    VG96VPVG0000012345678901 XK051212012345678906
""")
)


@pytest.mark.parametrize("number", EXAMPLES)
def test_the_example_of_each_country_is_found(number):
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    assert is_iban(number)
    for written in (number, number.lower(), grouped, grouped.replace(" ", "-")):
        assert ("iban", written) in found(f"pay to {written}, today")


@given(st.sampled_from(EXAMPLES), st.integers(4, 14), st.sampled_from(string.digits))
def test_one_other_digit_makes_it_no_account(number, place, digit):
    # A letter counts as two digits, so one digit in its place is more than one digit changed.
    assume(number[place].isdigit())
    changed = number[:place] + digit + number[place + 1 :]
    assert is_iban(changed) == (changed == number)


@pytest.mark.parametrize(
    "text", ["de89370400440532013000aa", "xDE89370400440532013000", "ee38220022102014568", "AL47 words"]
)
def test_an_account_ends_where_its_country_says(text):
    assert "iban" not in kinds(text)


@pytest.mark.parametrize("text", ["EAN: 4000000000006", '{"gtin": "4000000000006"}', "barcode 4000000000006"])
def test_the_number_of_an_article_stays(text):
    assert kinds(text) == set()
    assert kinds(text.replace(text[: text.index("4")], "")) == {"card"}


def test_other_lines_are_no_columns():
    assert found("AAAA\n4111 1111 1111 1111\nAAAA") == [("card", "4111 1111 1111 1111")]
