import pytest
from personal_scan import ANNOUNCEMENTS, found, is_gone, kinds

from otel_mcp.redaction.personal.names import kind_under_name

# Printed by the issuers and standards as specimens.
ANNOUNCED = [
    *(("CLABE", "002010077777777771", "bank-account"), ("sort code", "20-00-00", "bank-account")),
    *(("account number", "55779911", "bank-account"), ("ABA", "021000021", "bank-account")),
    *(("IMEI", "490154203237518", "device-id"), ("IMEI", "49-015420-323751-8", "device-id")),
    *(("IMSI", "310150123456789", "device-id"), ("ICCID", "8949142860914199704", "device-id")),
    *(("NHI", "ZZZ0016", "health-id"), ("NHI", "ZZZ00AX", "health-id"), ("NHI", "ZBN77VL", "health-id")),
]
NAMED = [
    *(("ACCOUNT_NUMBER", 47854061, "bank-account"), ("bankAccountNumber", "55779911", "bank-account")),
    *(("clabe", "002010077777777771", "bank-account"), ("routingNumber", "021000021", "bank-account")),
    *(("imei", 490154203237518, "device-id"), ("nhi_number", "ZZZ0016", "health-id"), ("imei", 7, None)),
]


@pytest.mark.parametrize(("word", "number", "kind"), ANNOUNCED)
@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
def test_a_number_is_found_beside_the_word_for_it(word, number, kind, announcement):
    text = announcement % (word, number)
    assert is_gone(number, text)
    assert kind in kinds(text)


@pytest.mark.parametrize(("name", "value", "kind"), NAMED)
def test_the_name_of_a_field_announces_a_number_too(name, value, kind):
    assert kind_under_name(name, value) == kind


@pytest.mark.parametrize(
    "text",
    [
        *("CLABE: 002010077777777772", "IMEI: 490154203237519", "ICCID: 8949142860914199705", "NHI: ZZZ0017"),
        *("routing number: 123456789", "account number: 000000000", "account number ending in 1234"),
        *("AWS account number 123456789012", "aws_account_number=123456789012", "imei_count=490154203237518"),
        *("the bank account was opened 20210304", "row 490154203237518 of 9", "sort code paths 123456"),
    ],
)
def test_other_numbers_stay(text):
    assert found(text) == []
