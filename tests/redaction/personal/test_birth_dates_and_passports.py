from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_scan import ANNOUNCEMENTS, found, is_gone, kinds

WORDS = [
    "dob",
    "DOB",
    "date of birth",
    "birth_date",
    "dateOfBirth",
    "born",
    "geboren am",
    "né le",
    "fecha de nacimiento",
    "nato il",
]
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y%m%d", "%Y/%m/%d"]


@given(
    st.dates(date(1920, 1, 1), date(2015, 12, 31)),
    st.sampled_from(FORMATS),
    st.sampled_from(WORDS),
    st.sampled_from(ANNOUNCEMENTS),
)
def test_a_date_is_found_beside_a_word_for_birth(day, form, word, announcement):
    written = day.strftime(form)
    assert is_gone(written, announcement % (word, written))


@pytest.mark.parametrize("text", ["出生日期: 1984年3月12日", "생년월일: 1984년 3월 12일", "Дата рождения: 12.03.1984"])
def test_other_alphabets_announce_a_date_too(text):
    assert kinds(text) == {"birth-date"}


@pytest.mark.parametrize(
    "text",
    [
        "released 1984-03-12",
        "born: yes, created: 2026-11-24",
        "stubborn 12.03.1984",
        "birth rate 2026-11-24",
        "dob: 99.99.1984",
    ],
)
def test_other_dates_stay(text):
    assert "birth-date" not in kinds(text)


@pytest.mark.parametrize(
    "word", ["passport", "Passport No.", "passport_number", "Reisepass", "pasaporte", "passeport", "паспорт"]
)
@pytest.mark.parametrize(
    "number", ["C01X00T47", "123456789", "A12345678", "PA1234567", "12AB34567", "45 1234567", "M1234567"]
)
def test_a_passport_is_found_beside_the_word(word, number):
    assert is_gone(number, f"{word}: {number}")
    assert is_gone(number, f'{{"{word}": "{number}"}}')


@pytest.mark.parametrize("number", ["D1234567", "S514-778-61-818-0", "MORGA657054SM9IJ", "B072RRE2I55"])
def test_a_driving_licence_is_found_beside_the_word(number):
    assert is_gone(number, f"driver's license: {number}")
    assert is_gone(number, f"driving_licence={number}")


@pytest.mark.parametrize(
    "text",
    [
        "passport@0.6.0",
        "passport-jwt 4",
        "passport expires 20301231",
        "passport: valid until 2030-12-31",
        "license: MIT",
    ],
)
def test_what_is_no_number_of_a_passport_stays(text):
    assert "passport" not in kinds(text)


PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


@pytest.mark.parametrize("zone", [PASSPORT, CARD, PASSPORT.replace("\n", "\\n")])
def test_the_zone_for_machines_is_found_whole(zone):
    assert found(f"scan:\n{zone}\nend") == [("passport", zone)]


def test_a_zone_with_a_wrong_check_digit_stays():
    assert kinds(PASSPORT.replace("L898902C36", "L898902C37")) == set()


@pytest.mark.parametrize("line", [*PASSPORT.splitlines(), *CARD.splitlines()[:2]])
@pytest.mark.parametrize("frame", ["%s", '{"line": "%s", "n": 2}', "line: %s\nnext: 1", r"\n%s\n"])
def test_a_line_of_the_zone_is_found_alone(line, frame):
    assert ("passport", line) in found(frame % line)
    kinds(frame % line)


@pytest.mark.parametrize(
    "text",
    [
        *("L898902C37UTO7408122F1204159ZE184226B<<<<<10", "<<<<<<< HEAD", "1234567890<<20 ABCDEFGH<<IJKL"),
        "XP<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    ],
)
def test_what_is_no_line_of_a_zone_stays(text):
    assert kinds(text) == set()
