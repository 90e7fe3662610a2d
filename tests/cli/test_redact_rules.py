"""`otel-mcp redact test`: the examples of a rule file, and the exit statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "otel-mcp"
RULE = """[[rule]]
id = "acme-token"
keywords = ["acme_"]
regex = 'acme_[a-z0-9]{8,32}'
match = ["acme_marigold1"]
no_match = ["acme_x"]
"""


@pytest.fixture
def run(tmp_path):
    def run(*arguments, rules=RULE, code=0, stdin=""):
        file = tmp_path / "rules.toml"
        file.write_text(rules, encoding="utf-8")
        done = subprocess.run(
            [COMMAND, "redact", *(str(file) if argument == "FILE" else argument for argument in arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run


def test_examples_that_behave_are_one_line_and_exit_status_0(run):
    assert run("test", "FILE").stdout == "1 rule, 0 settings, 2 examples: all as they should be\n"


def test_settings_are_counted_and_an_empty_file_is_no_success(run):
    rules = RULE + '[[rule]]\nid = "email"\nmode = "drop"\n[[key]]\nnames = ["a", "b"]\n[tool.x]\nmode = "drop"\n'
    assert run("test", "FILE", rules=rules).stdout == "1 rule, 3 settings, 2 examples: all as they should be\n"
    only = '[[key]]\nnames = ["a"]\n'
    assert run("test", "FILE", rules=only).stdout == "0 rules, 1 setting, 0 examples: nothing to try\n"
    assert "says nothing" in run("test", "FILE", rules="# later\n", code=3).stderr


def test_an_example_that_leaves_under_another_name_is_told(run):
    assert run("test", "FILE", rules=RULE.replace('"acme_marigold1"', '"token: acme_marigold1"')).stderr == ""
    rules = RULE.replace('"acme_marigold1"', '"use acme_marigold1", "Cookie: a=acme_marigold1; b=2"')
    said = run("test", "FILE", rules=rules).stderr
    assert said.startswith("otel-mcp: acme-token: match 2 is removed as ")
    assert said.endswith(", so its own mode does not hold there\n")


def test_a_pipe_is_no_rule_file(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "pipe: not a regular file" in run("test", str(tmp_path / "pipe"), code=3).stderr


def test_an_example_that_does_not_is_named_by_number_and_the_exit_status_is_1(run):
    done = run("test", "FILE", rules=RULE.replace("acme_x", "acme_tulip123"), code=1)
    assert "acme-token: no_match 1 is found" in done.stdout
    assert "tulip" not in done.stdout
    done = run("test", "FILE", rules=RULE.replace("acme_marigold1", "marigold"), code=1)
    assert "acme-token: match 1 is not found" in done.stdout


def test_the_same_as_json(run):
    answer = json.loads(run("test", "FILE", "--json", rules=RULE.replace("acme_x", "acme_tulip123"), code=1).stdout)
    assert answer["problems"] == [{"rule": "acme-token", "example": "no_match 1", "reason": ""}]
    assert (answer["rules"], answer["examples"]) == (1, 2)


def test_a_file_that_cannot_be_used_is_one_sentence_and_exit_status_3(run, tmp_path):
    done = run("test", "FILE", rules=RULE.replace("regex", "rexeg"), code=3)
    assert done.stderr.startswith(f"otel-mcp: {tmp_path / 'rules.toml'}: acme-token: ")
    assert done.stderr.count("\n") == 1
    assert "no such file" in run("test", str(tmp_path / "none.toml"), code=3).stderr


def test_without_a_subcommand_the_input_is_still_filtered(run):
    line = json.dumps({"id": 1, "value": {"password": "marigold"}})
    assert "marigold" not in run(stdin=line + "\n").stdout
