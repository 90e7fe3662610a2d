import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_scan import ANNOUNCEMENTS, FRAMES, found, is_gone, kinds

from otel_mcp.redaction.personal.checksums import luhn, mod_11_10, verhoeff
from otel_mcp.redaction.personal.names import kind_under_name

# Examples that the issuers or their documentation print; none belongs to a person.
ALONE = [
    *(
        "AB123456C",
        "AB 12 34 56 C",
        "943 476 5919",
        "255081416802538",
        "2 55 08 14 168 025 38",
        "65170839J003",
        "1237 010180",
    ),
    *(
        "85.07.30-033.28",
        "1993120105074",
        "756.9217.0769.85",
        "7569217076985",
        "RSSMRA85T10A562S",
        "12345678Z",
        "X1234567L",
    ),
    *(
        "710319/2745",
        "131052-308T",
        "880320-0016",
        "880320+0016",
        "19880320-0016",
        "120174-3399",
        "112-233-445 95",
        "390.533.447-05",
    ),
    *(
        "16.727.230/0001-97",
        "BOXW310820HNERXN09",
        "GODE561231GR8",
        "20-05536168-2",
        "12.531.909-2",
        "046-454-286",
        "122.72349.57-0",
    ),
    *("2341 2341 2346", "ABCPE1234F", "11010519491231002X", "A123456789", "A123456(3)", "S1234567D", "770305-02-1234"),
    *("1-2345-67890-12-1", "971013-9019902", "7503305044089", "784-1980-1234567-8", "GHA-123456789-0", "2123 45670 1"),
]
ANNOUNCED = [
    *(("NHS number", "9434765919"), ("UTR", "1955839661"), ("PPS", "1234567T"), ("Steuer-ID", "36574261809")),
    *(
        ("BSN", "111222333"),
        ("NIF", "501964843"),
        ("ΑΦΜ", "094259216"),
        ("PESEL", "44051401359"),
        ("NIP", "8567346215"),
    ),
    *(
        ("TAJ", "111111110"),
        ("CNP", "1630615123457"),
        ("ЕГН", "7523169263"),
        ("OIB", "33392005961"),
        ("EMŠO", "0101006500006"),
    ),
    *(
        ("TC Kimlik No", "17291716060"),
        ("fødselsnummer", "15108695088"),
        ("CPR", "0709614126"),
        ("isikukood", "36805280109"),
    ),
    *(
        ("SIN", "046454286"),
        ("CPF", "39053344705"),
        ("RUT", "12531909-2"),
        ("cédula", "1714307103"),
        ("Aadhaar", "234123412346"),
    ),
    *(
        ("マイナンバー", "123456789018"),
        ("Teudat Zehut", "123456782"),
        ("TFN", "123456782"),
        ("IRD number", "49091850"),
    ),
    *(("OHIP", "5926-534-891-YP"), ("Personalausweisnummer", "T220001293"), ("R.F.C.", "GODE561231GR8")),
    *(("PIS", "12272349570"), ("NIC number", "199226300212"), ("NIN", "72116377752")),
    *(("NIK", "3171011708450001"), ("کد ملی", "0499370899"), ("ssn", "457555462"), ("national id", "44051401359")),
]
WITHOUT_CHECK_DIGIT = {"NIK", "CPR", "cédula", "ssn", "UTR", "R.F.C.", "NIC number", "NIN"}


@pytest.mark.parametrize("number", ALONE)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_number_of_telling_form_is_found(number, frame):
    assert is_gone(number, frame % number)


@pytest.mark.parametrize(("word", "number"), ANNOUNCED)
@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
def test_a_number_is_found_beside_the_word_for_it(word, number, announcement):
    assert is_gone(number, announcement % (word, number))


@pytest.mark.parametrize(("word", "number"), [row for row in ANNOUNCED if row[0] not in WITHOUT_CHECK_DIGIT])
def test_a_wrong_check_digit_makes_it_no_number(word, number):
    place = next(at for at in range(len(number) - 1, -1, -1) if number[at].isdigit())
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    if word != "national id":
        assert "national-id" not in kinds(f"{word}: {wrong}")


@pytest.mark.parametrize("number", [number for word, number in ANNOUNCED if word not in ("EMŠO", "R.F.C.")])
def test_undistinguished_digits_stay_without_a_word(number):
    assert kinds(f"row {number} of 9") <= {"phone"}


@given(st.integers(1, 899), st.integers(1, 99), st.integers(1, 9999), st.sampled_from(FRAMES), st.sampled_from("- "))
def test_a_social_security_number_is_found(area, group, serial, frame, sign):
    number = f"{area:03}{sign}{group:02}{sign}{serial:04}"
    assert (("ssn", number) in found(frame % number)) == (area != 666)


@pytest.mark.parametrize(
    "number", ["000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000", "12-123-45-6789"]
)
def test_numbers_that_were_never_issued_stay(number):
    assert "ssn" not in kinds(number)


@pytest.mark.parametrize("number", ["078-05-1120", "219-09-9999", "912-70-1234"])
def test_numbers_for_tests_and_of_taxpayers_go(number):
    assert found(number) == [("ssn", number)]


@pytest.mark.parametrize(
    "text",
    [
        *("1798914678653", "1704842739080", "5950 5951 5952 5953 5954", "CVE-2021-22884", "01HN59FZM0KCT0T2SGQRKCVW1V"),
        *(
            "12345678A",
            "AB123456X",
            "GB123456A",
            "sin(046454286)"[:3],
            "the run of 046454286",
            "nie wieder 123456782 Mal",
        ),
        *("using 046454286", "123.456.789-00", "57f949eb-771c-4db4-ab98-f1265dc24254"),
    ],
)
def test_what_is_no_number_of_a_person_stays(text):
    assert kinds(text) == set()


def test_check_digits_are_those_of_the_standards():
    assert luhn("79927398713")
    assert not luhn("79927398710")
    assert verhoeff("2363")
    assert not verhoeff("2364")
    assert mod_11_10("33392005961")


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        *(
            ("dob", "1984-03-12", "birth-date"),
            ("dateOfBirth", "12 March 1984", "birth-date"),
            ("phone", "030 1234567", "phone"),
        ),
        *(
            ("ssn", "457555462", "ssn"),
            ("passportNumber", "C01X00T47", "passport"),
            ("cpf", "39053344705", "national-id"),
        ),
        *(
            ("order_id", "123456789", None),
            ("phone_number_id", "106540352242922", None),
            ("created_at", "2026-11-24", None),
        ),
        *(
            ("birthplace", "Berlin", None),
            ("passport_expiry", "2030-12-31", None),
            ("ssn", "see 457555462 there", "ssn"),
        ),
    ],
)
def test_a_name_announces_a_value_as_a_word_does(name, value, kind):
    assert kind_under_name(name, value) == kind
