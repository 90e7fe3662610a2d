import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_scan import ANNOUNCEMENTS, FRAMES, found, is_gone, kinds

INTERNATIONAL = [
    *(
        "+49 30 1234567",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "+33 1 42 68 53 00",
        "+4915112345678",
        "+1.415.555.2671",
    ),
    *(
        "+55 11 98456 5666",
        "+86 138 0013 8000",
        "+91 98765 43210",
        "+81-90-1234-5678",
        "+7 (912) 345-67-89",
        "+290 8424",
    ),
    *("0049 30 1234567", "00442079460958", "011 44 20 7946 0958", "+1 (415) 555-2671 ext. 12"),
]


@pytest.mark.parametrize("number", INTERNATIONAL)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_number_with_a_calling_code_is_found(number, frame):
    assert is_gone(number, frame % number)


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999), st.sampled_from(FRAMES))
def test_a_north_american_number_is_found(area, exchange, line, frame):
    for form in ("({}) {}-{:04}", "{}-{}-{:04}", "{}.{}.{:04}", "1-{}-{}-{:04}", "({}){}-{:04}", "+1 {}-{}-{:04}"):
        number = form.format(area, exchange, line)
        assert is_gone(number, frame % number)


@pytest.mark.parametrize(
    "word", ["phone", "Tel.", "Telefon", "mobile", "téléphone", "teléfono", "fax", "WhatsApp", "phone_number", "тел."]
)
@pytest.mark.parametrize("number", ["030 1234567", "020 7946 0958", "06 12 34 56 78", "090-1234-5678", "0171/1234567"])
@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
def test_a_national_number_is_found_beside_a_word(word, number, announcement):
    assert is_gone(number, announcement % (word, number))


def test_several_numbers_are_found_after_one_word():
    assert is_gone("040 7654321", "Tel.: 030 1234567, 040 7654321 / 0171 2345678")


@pytest.mark.parametrize(
    "text",
    [
        *("030 1234567", "UTC+02:00", "2026-04-11T07:46:21+0200", "+0530", "1.5e+10", "+52.5200066,+13.4", "C++17"),
        *(
            "0.415.555.2671",
            "ORD-415-555-2671",
            "114-393-2233",
            "00012345678901",
            "0012345678901",
            "BR97 0036 0305 0000 1000",
        ),
        *("tools/call requests (2025-11-25 only)", "iPhone 15 1234567", "call took 1234567 ms", "hotel 1234567"),
        *(
            '"phone_number_id": "106540352242922"',
            "phone_verified_at: 1798914678653",
            '"phone": null, "total": 1234567',
        ),
        *("cell 12345678", "+1234567890 points"),
    ],
)
def test_what_is_no_number_of_a_telephone_stays(text):
    assert "phone" not in kinds(text)


@pytest.mark.parametrize("text", ["++49 30 901820", "@@ -1 +1,2 @@\n x\n++49 30 901820\n", r'"\n++49 30 901820\n"'])
def test_a_line_that_a_patch_adds_is_read_without_its_sign(text):
    assert found(text) == [("phone", "+49 30 901820")]
    kinds(text)


def test_two_signs_within_a_line_stay():
    assert kinds("x = y ++4930901820") == set()
