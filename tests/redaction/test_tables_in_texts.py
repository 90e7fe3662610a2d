"""A secret or a personal datum that is known by the head of its column."""

import pytest
from test_carriers_names import redact
from test_gates_agree import assert_all_agree

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
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_kind_of_table_is_read(text, around, line_end):
    whole = around.replace("%s", text).replace("\n", line_end)
    clean = Redactor().scope().value(whole).value
    assert clean != whole
    assert not [value for value in HIDDEN if value in clean]
    assert clean.count(line_end) == whole.count(line_end)
    assert "ann" in clean or "ann" not in whole


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("sep=;\nid;password\n1;marigold\n", "sep=;\nid;password\n1;#\n"),
        ('id,note,password\n1,"a\nb, c",marigold\n2,"x ""q""\ny",lark\n', (
            'id,note,password\n1,"a\nb, c",#\n2,"x ""q""\ny",#\n'
        )),
        ('id,note,password\n1,"5 inch,marigold\n2,"6 inch,lark\n', 'id,note,password\n1,"5 inch,#\n2,"6 inch,#\n'),
        ("id,user,password\n\n1,bob\n\n2,al,marigold,extra\n3,al,lark\n", (
            "id,user,password\n\n1,bob\n\n2,al,#,extra\n3,al,#\n"
        )),
        ("id,user,password\n1,al, 7,mari17gold\n", "id,user,password\n1,al, 7,#\n"),
        ("id,user,password\n1,al,jr,mari17gold\n", "id,user,password\n1,al,#,#\n"),
        ("id\tuser\tpassword\n1\t\tmarigold\n", "id\tuser\tpassword\n1\t\t#\n"),
        ("NAME     ROLE     TOKEN\nann               mari17gold\n", "NAME     ROLE     TOKEN\nann               #\n"),
        ("password\nmari17gold\nlark18spur\n", "password\n#\n#\n"),
        ('Rows:\n\n"token"\n"mari17gold"\n', 'Rows:\n\n"token"\n"#"\n'),
    ],
)  # fmt: skip
def test_a_row_need_not_be_as_long_as_the_head(text, clean, line_end):
    assert redact(text.replace("\n", line_end)) == clean.replace("\n", line_end)


@pytest.mark.parametrize(
    "below",
    [
        "\nAll of them, as said, are new.\n",
        "\nHello Bob, how, why\n",
        "\n\n\n\n2,al,marigold\n",
        "\nuser,team,city\nann,west,Rome\n",
        "\nWhat follows is prose.\n",
    ],
)
def test_a_table_ends(below):
    table = "id,user,password\n1,bob,mari17gold\n"
    assert redact(table + below) == table.replace("mari17gold", "#") + below


PAGES = {
    "one line": (
        "<table><tr><th>user</th><th>%s</th></tr><tr><td>bob</td><td>%s</td></tr><tr><td>al</td><td>%s</td></tr></table>"
    ),
    "sections": (
        '<TABLE class="x">\n <thead>\n  <TR>\n   <TH scope="col">user</TH>\n   <TH><b>%s</b></TH>\n  </TR>\n </thead>\n'
        ' <tbody>\n  <TR id="1">\n   <TD>bob</TD>\n   <TD><code>%s</code></TD>\n  </TR>\n  <tr><td>al<td>%s</TABLE>'
    ),
    "data frame": (
        '<table class="dataframe">\n<thead>\n<tr>\n<th></th>\n<th>user</th>\n<th>%s</th>\n</tr>\n</thead>\n<tbody>\n'
        "<tr>\n<th>0</th>\n<td>bob</td>\n<td>%s</td>\n</tr>\n<tr>\n<th>1</th>\n<td>al</td>\n<td>%s</td>\n</tr>\n"
    ),
    "no heads": (
        "<table><tr><td>user</td><td>%s</td></tr><tr><td>bob</td><td>%s</td></tr><tr><td>al</td><td>%s</td></tr>"
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("password", ("mari17gold", "lark18spur")),
        ("API key", ("mari17gold", "lark18spur")),
        ("date of birth", ("1984-03-12", "1990-11-02")),
    ],
)
def test_the_cells_of_a_page_are_read(page, head, values):
    for line_end in ("\n", "\r"):
        text = page.replace("\n", line_end)
        kind = "birth-date" if head == "date of birth" else "assignment"
        assert Redactor().scope().value(text % (head, *values)).value == text % (head, *[f"[REDACTED:{kind}]"] * 2)


@pytest.mark.parametrize("head", ["password", "NIE", "date of birth"])
@pytest.mark.parametrize(
    "form",
    [
        "%s\rmari17gold\r", "a,%s\rb,C01X00T47\r", "%s\nX4471123\n", "id|user|%s\r\n1|bob|C01X00T47\r\n",
        "<tr><th>a</th><th>%s</th></tr><tr><td>b</td><td>C01X00T47</td></tr>",
        'a,b,%s\n1,"x\ny",1984-03-12\n', "A    B    %s\r1    2    C01X00T47\r",
    ],
)  # fmt: skip
def test_a_head_wakes_every_gate(form, head):
    assert_all_agree(form % head)


@pytest.mark.parametrize("head", ["id,password", "id,date_of_birth"])
def test_the_last_row_of_a_long_table_is_read_like_the_first(head):
    value = {"id,password": "Zr%05d-Kq", "id,date_of_birth": "19%02d-03-12"}[head]
    text = head + "\n" + "".join(f"{row},{value % (row % 90)}\n" for row in range(3000))
    clean = Redactor().scope().value({"text": text}).value["text"]
    assert clean.count("[REDACTED:") == 3000
    slow = Scanner(builtin_scanner().rules[:-2], PlainGate(builtin_scanner().rules)).hits(text)
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
        "Password\nMust be at least 8 characters\n",
        "Password\n\nStored in v2.\n",
        "password\ntoken\nsecret\nuser_17\n",
        "user\npassword\nmarigold17\n",
        "API_KEY=\nSECRET_KEY=\nDB_PASSWORD=\n",
        "token\nuser_id=17\nrun:20x4\n",
        "<key>GMSApiKey</key>\n<string>$(GOOGLE_MAPS_KEY)</string>",
        "| a | b |\n|---|---|\n| api_key | Your API key from the dashboard |\n| token | 16-character code of yours |\n",
        "| Field | Description |\n|---|---|\n| password | Must be at least 8 characters |\n",
        "<tr><th>Field</th><th>Note</th></tr><tr><td>password</td><td>Between 8 and 64 characters</td></tr>",
        "<tr><td>min</td><td>8</td></tr><tr><td>user</td><td>password</td></tr><tr><td>bob</td><td>ann17x</td></tr>",
        '--password string   The password to use (default "")',
        "Flags:\n  -p, --password string     Password of the user\n      --token TOKEN     API token to use\n",
    ],
)
def test_what_only_looks_like_a_table_stays(text):
    assert Redactor().scope().value(text).value == text


@pytest.mark.parametrize(
    "text",
    [
        "x --password #",
        "x --password  #",
        "  --password #  The rest",
        "  --token #   of the API\n",
        "  --password #  --user bob",
        "| password | # |\n|---|---|\n",
    ],
)
def test_what_only_looks_like_a_description_goes(text):
    assert redact(text.replace("#", "mari17gold")) == text


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


@pytest.mark.parametrize("head", ["NAME        PASSWORD", "USER        API_KEY ", "ID          SECRET"])
def test_two_columns_in_capitals_are_a_table(head):
    text = f"{head}\nbob         hunter2zz9\namy         marigold7x\n"
    found = Redactor().scope().value(text).value
    assert "hunter2zz9" not in found
    assert "marigold7x" not in found
    assert found.startswith(head)


@pytest.mark.parametrize(
    "text",
    [
        "Field       Password\nrequired    yes\nlength      12 characters\n",
        "OPTION  PASSWORD\n--password-stdin   read it from standard input\n",
        "NOTE  PASSWORD\nThe password is never printed.\n",
    ],
)
def test_two_columns_that_are_no_table_stay(text):
    assert Redactor().scope().value(text).value == text
