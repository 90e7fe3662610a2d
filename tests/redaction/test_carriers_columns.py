"""A secret that is known by the head of its column."""

import pytest
from test_carriers_names import redact


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
