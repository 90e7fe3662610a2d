# ruff: noqa: RUF001  # words as they are written

import json

import pytest
from personal_scan import found, is_gone, kinds

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.personal.names import kind_under_name, look_alike

LABELLED = [
    *(("OIB", "33392005961"), ("IRD number", "49091850"), ("SIN", "046 454 286"), ("date of birth", "1984-03-12")),
    *(("passport no", "C01X00T47"), ("téléphone", "06 12 34 56 78"), ("マイナンバー", "1234 5678 9018")),
    *(("תעודת זהות", "123456782"), ("contribuinte", "501964843"), ("ssn", "457555462"), ("mobile", "030 1234567")),
]
APART = [
    "<dt>%s</dt><dd>%s</dd><dt>Status</dt>",
    *("<tr><th>%s</th><td>%s</td></tr>", "<b>%s:</b> <span class='v'>%s</span>"),
    *('[{"name": "%s", "value": "%s"}]', '{"label":"%s","value":"%s"}', r"{\"name\": \"%s\", \"value\": \"%s\"}"),
    *('name,"%s",city\nnora,"%s",Bonn\n', "id;%s;town\n7;%s;Bonn\n", "name\t%s\nnora\t%s\n"),
    "name,town,street,country,status,%s\nNora,Bonn,Sternstraße,Germany,open,%s\n",
    *("<label>%s</label><input type='text' value='%s'>", "Q: %s?\nA: %s\n", r'{"text": "Q: %s?\nA: %s\n"}'),
    *('{"type": {"text": "%s"}, "value": "%s"}', "%s .......... %s\nStatus .......... open", "%s          %s"),
    '{"field": {"title": "%s", "type": "short_text"}, "answer": {"text": "%s"}}',
    '{"question": "%s", "type": "text", "answer": "%s"}',
    '<label>%s <input type="text" value="%s" readonly></label>',
    '{"p": {"%s": {"type": "rich_text", "rich_text": [{"plain_text": "%s"}]}}}',
    *('{"values": [["%s", "%s"], ["Status", "open"]]}', "│ %s │ %s │\n│ Status │ open │", "【%s】%s"),
    *("| name | %s |\n|---|---|\n| nora | %s |\n", "%s\n%s\n\nStatus\nopen\n"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "value"), LABELLED)
@pytest.mark.parametrize("notation", APART)
def test_a_value_is_found_apart_from_its_label(notation, label, value):
    text = notation % (label, value)
    assert is_gone(value, text)
    kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        *("ssn,dob,name\n,,nora\n", "name,passport,city\nnora,,Bonn\n", "<dt>Passport</dt><dd>none</dd>"),
        *('{"name": "dob", "value": "optional"}', "sin,cos,tan\n0.046454286,1.5,2.5\n", "run,pan,tin\n12345678,1,2\n"),
    ],
)
def test_a_label_without_a_number_of_its_kind_announces_nothing(text):
    assert kinds(text) == set()


def test_only_the_cell_of_the_column_is_taken():
    assert found("order,dob,total\n457555462,1984-03-12,17\n") == [("birth-date", "1984-03-12")]


@pytest.mark.parametrize(
    "text",
    [
        *("ssh deploy@web1.shop.example", "scp a.txt ann@files.shop.example:/srv", "ann@node7.internal", "x@db.lan"),
        *("sshpass -e ssh -p 22 nora@vault.local", "nora@web.prod.svc.cluster.local", "rsync -a . ann@h.example:"),
    ],
)
def test_an_account_on_a_host_is_no_address(text):
    assert "email" not in kinds(text)


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("Steuer-ID", 36574261809, "tax-id"),
        *(("OIB", "33392005961", "national-id"), ("TCKN", 17291716060, "national-id")),
        *(("handy", "0171 4160135", "phone"), ("email", "weekly", None), ("email", "a@b.example", "email")),
        *(("phone", "enabled", None), ("phone", 3, None), ("mobile", "iPhone 15 Pro", None), ("birthday", True, None)),
        *(("maiden_name", "Kestrel", "maiden-name"), ("file_name", "Kestrel", None), ("id", 1798914678653, None)),
        *(("dob", None, None), ("passport", ["C01X00T47"], None), ("run", 12345678, None)),
    ],
)  # fmt: skip
def test_a_name_says_what_its_value_is_only_where_the_value_may_be_that(name, value, kind):
    assert kind_under_name(name, value) == kind


def test_a_version_is_told_by_its_name():
    assert look_alike("appVersion") == "ip-address"
    assert look_alike("ean_code") == "card"
    assert look_alike("ip") is None


@pytest.mark.parametrize(("label", "value"), LABELLED)
@pytest.mark.parametrize(
    "notation", ['Nora entered "%s" as %s into the form', "'%s' as the %s", '{"t": "\\"%s\\" as %s."}']
)
def test_a_value_is_found_before_its_label(notation, label, value):
    text = notation % (value, label)
    assert is_gone(value, text)
    kinds(text)


@pytest.mark.parametrize("text", ['logged "12345678" as user', "'result' as nit", "cf          0x1234", "nit ... 12"])
def test_other_columns_and_quotations_stay(text):
    assert kinds(text) == set()


REGISTERED = [
    *(("INE", "320887993DB"), ("CI", "88102848713"), ("BIR", "5970199(9)"), ("SATU", "120720875")),
    *(("ՀԾՀ", "9757063314"), ("USI", "68U7DUEUYT"), ("patient number", "ZZO46PS09F")),
    *(("travel document no", "K8472916"), ("residence permit no", "84729163"), ("no. kk", "3171333676299136")),
    *(("dzimšanas datums", "12.03.1984"), ("дата на раждане", "12.03.1984"), ("date of birth", "1363/07/01")),
    *(("дата рождения", "3 июня 1959 г."), ("Alias CBU", "DELTA.FERRY.THISTLE")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "value"), REGISTERED)
def test_labels_of_registers_and_papers_announce_their_numbers(label, value):
    for text in (f"{label}: {value}", f"- {label}: {value}\n- more: 1", f'{{"{label}": "{value}", "n": 3}}'):
        assert is_gone(value, text)
    assert kind_under_name(label, value) is not None


@pytest.mark.parametrize(
    "text", ["patient number: SHIPMENT2024", "CI: 12345678901", "alias cbu: none", "ine 1234567890"]
)
def test_what_is_no_number_of_a_register_stays(text):
    assert kinds(text) == set()


ANSWERS = [
    {"field": {"title": "Date of birth", "type": "date"}, "answer": {"text": "12.03.1984"}},
    {"question": "Date of birth", "answer": "12.03.1984"},
    {"question": {"text": "Date of birth"}, "response": ["?", {"value": "12.03.1984"}]},
    {"label": "Date of birth", "val": "12.03.1984"},
    {"label": "Date of birth", "current_value": "12.03.1984"},
    {"date_of_birth__c": "12.03.1984"},
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_what_its_question_asks_for_whatever_was_read_before(answer):
    redactor = Redactor()
    for _ in range(3):
        assert "12.03.1984" not in str(redactor.scope().value([answer]).value)
        words = json.loads(json.dumps(answer).replace("Date of birth", "Town").replace("date_of_birth", "town"))
        assert redactor.scope().value([words]).value == [words]


def test_a_text_below_a_title_is_no_answer():
    note = {"label": "Birthday", "text": "The party for everybody in the team will be on 12 May 2026 at six."}
    assert Redactor().scope().value(note).value == note
