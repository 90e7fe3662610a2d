"""A secret or a personal datum that is known by the head of its column."""

import pytest
from test_carriers_names import redact

from otel_mcp.redaction import Redactor
from otel_mcp.redaction.gate import PlainGate
from otel_mcp.redaction.ruleset import builtin_scanner
from otel_mcp.redaction.scan import Scanner


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("id,region,api_key,active\n1,west,mari17gold,true\n2,east,lark18spur,no", (
            "id,region,api_key,active\n1,west,#,true\n2,east,#,no"
        )),
        ('name,"password",city\nann,"mari gold, 17",Rome\n', 'name,"password",city\nann,"#",Rome\n'),
        ("id;password;token\n1;marigold;lark18spur\n", "id;password;token\n1;#;#\n"),
        ("id\tpassword\tcity\n1\tmarigold\tRome\n", "id\tpassword\tcity\n1\t#\tRome\n"),
        ("Rows:\n| id | api key |\n|---|---|\n| 1 | mari17gold |\n| 2 | lark18spur |\n", (
            "Rows:\n| id | api key |\n|---|---|\n| 1 | # |\n| 2 | # |\n"
        )),
        ("INSERT INTO t (id, password) VALUES (1, 'marigold');", "INSERT INTO t (id, password) VALUES (1, '#');"),
        (
            "insert into t (`password`, `n`, `token`) values\n('mari''gold', now(), 'x17'),\n('lark', 3, 'y18');",
            "insert into t (`password`, `n`, `token`) values\n('#', now(), '#'),\n('#', 3, '#');",
        ),
    ],
)  # fmt: skip
def test_the_cells_of_a_column_that_announces_a_secret_are_removed(text, clean):
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "token,count\nhello,3\nworld,4\n",
        "id,region\n1,west\n",
        "password,age\nnone,3\n",
        "def login(\n    user,\n    password,\n):\n    return connect(user, password)\n",
        "| name | password_policy |\n|---|---|\n| ann | min12-upper1 |\n",
        "INSERT INTO t (id, note) VALUES (1, 'mari17gold');",
    ],
)
def test_the_cells_of_other_columns_stay(text):
    assert redact(text) == text


HIDDEN = ("mari17gold", "lark18spur", "1984-03-12", "1990-11-02", "C01X00T47", "X4471123")

TABLES = {
    "psql": " id | password   \n----+------------\n  1 | mari17gold\n  2 | lark18spur\n(2 rows)\n",
    "mysql": "+----+----------+\n| id | password |\n+----+----------+\n| 1  | mari17gold |\n| 2  | lark18spur |\n",
    "box": "┌────┬────────────┐\n│ id │ password   │\n├────┼────────────┤\n│ 1  │ mari17gold │\n│ 2  │ lark18spur │\n",
    "heavy box": "┃ id ┃ password   ┃\n┡━━━━╇━━━━━━━━━━━━┩\n┃ 1  ┃ mari17gold ┃\n┃ 2  ┃ lark18spur ┃\n",
    "sqlite": "id|user|password\n1|ann|mari17gold\n2|bob|lark18spur\n",
    "aligned": "NAME     ROLE     TOKEN\nann      admin    mari17gold\nbob      user     lark18spur\n",
    "ruled": "Name    Password\n----    --------\nann     mari17gold\nbob     lark18spur\n",
    "data frame": "   user_id  name   password\n0       12  ann   mari17gold\n1       13  bob   lark18spur\n",
    "csv": "id,name,date_of_birth,city\n1,Ann,1984-03-12,Rome\n2,Bob,1990-11-02,Oslo\n",
    "csv quoted": '"id";"Geburtsdatum";"Ort"\n"1";"1984-03-12";"Bonn; Mitte"\n"2";"1990-11-02";"Köln"\n',
    "markdown": "| n | passport | dob |\n|---|---|---|\n| 1 | C01X00T47 | 1984-03-12 |\n| 2 | X4471123 | 1990-11-02 |",
    "insert": "INSERT INTO p (id, dob, passport_no) VALUES (1,'1984-03-12','C01X00T47'),(2,'1990-11-02','X4471123');",
    "copy": "COPY u (id, password, dob) FROM stdin;\n1\tmari17gold\t1984-03-12\n2\tlark18spur\t1990-11-02\n\\.\n",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("around", ["%s", "Here it is:\n%s\nThat is all, ann.", "%s\n\n%s"])
def test_every_kind_of_table_is_read(text, around):
    whole = around.replace("%s", text)
    clean = Redactor().scope().value(whole).value
    assert clean != whole
    assert not [value for value in HIDDEN if value in clean]
    assert clean.count("\n") == whole.count("\n")
    assert "ann" in clean or "ann" not in whole


@pytest.mark.parametrize("head", ["id,password", "id,date_of_birth"])
def test_the_last_row_of_a_long_table_is_read_like_the_first(head):
    value = {"id,password": "Zr%05d-Kq", "id,date_of_birth": "19%02d-03-12"}[head]
    text = head + "\n" + "".join(f"{row},{value % (row % 90)}\n" for row in range(3000))
    clean = Redactor().scope().value({"text": text}).value["text"]
    assert clean.count("[REDACTED:") == 3000
    slow = Scanner(builtin_scanner().rules[:-1], PlainGate(builtin_scanner().rules)).hits(text)
    assert len(slow) >= 3000


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n1,Ann\n2,1984-03-12\n",
        "username    Your login\npassword    Enter your password\ntoken       The token\n",
        "id,token_count,password_policy\n1,44,strict\n2,55,lax\n",
        "Options:\n  --password TEXT  The password.\n  --token TEXT     The token.\n  --help           Show this.\n",
        "CREATE TABLE u (\n  id int,\n  password text NOT NULL,\n  dob date\n);\n",
        "field,type,note\npassword,string,required\ndob,date,optional\n",
        "dob,dob\ndob,dob\ndob,dob\n",
        "def f(\n    password,\n    token,\n    dob,\n):\n    return password, token, dob\n",
    ],
)
def test_what_only_looks_like_a_table_stays(text):
    assert Redactor().scope().value(text).value == text


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO u (id,password) SELECT 1, '{}'",
        "insert into u (password, id)\nselect '{}', 1 from dual union all select '{}', 2 from dual;",
    ],
)
def test_what_a_statement_selects_as_a_password_goes(statement):
    assert Redactor().scope().text(statement.replace("{}", "marigold")) == statement.replace(
        "{}", "[REDACTED:sql-password]"
    )


def test_a_column_that_a_statement_selects_stays():
    statement = "INSERT INTO u (id,password) SELECT id, pw FROM v"
    assert Redactor().scope().text(statement) == statement
