"""`otel-mcp redact`: what it says of lines that it cannot use, of limits, and of streams that are closed."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from cli.command import COMMAND, run


def filtered(*lines, env=None, code=0):
    return run("redact", stdin="".join(f"{line}\n" for line in lines), env=env, code=code)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"value": 1, "schem": {}}', 'unknown member (known: id, value, schema, tool; did you mean "schema"?)'),
        ('{"value": 1, "marigold": {}}', "unknown member (known: id, value, schema, tool)"),
        ('{"value": 1, "schema": {"$ref": "https://marigold/y"}}', '"schema": a "$ref" leads out of the schema'),
        ('{"value": 1, "schema": {"$ref": "#/$defs/marigold"}}', '"schema": a "$ref" leads to nothing in the schema'),
        ('{"value": 1, "schema": {"items": {"properties": 7}}}', '"schema": "properties" must be an object'),
        ('{"value": 1, "schema": {"anyOf": {}}}', '"schema": "anyOf" must be a list'),
        ('{"value": 1, "schema": {"properties": {"marigold": 7}}}', '"schema": a subschema must be an object, true or'),
        ('{"value": 1, "schema": 7}', '"schema" must be an object'),
        ('{"value": 1, "tool": 7}', '"tool" must be a text'),
        ('{"marigold": 1}', 'expected an object with a "value": {"value": …}'),
        ('{"value": ' + "1" * 6000 + "}", "a number of more than 4,300 digits"),
    ],
)
def test_a_line_that_cannot_be_used_is_one_sentence_with_its_number(line, sentence):
    done = filtered('{"value": 7}', line, code=3)
    assert done.stderr.startswith(f"otel-mcp: line 2: {sentence}")
    assert done.stderr.count("\n") == 1
    assert "marigold" not in done.stderr
    assert json.loads(done.stdout)["value"] == 7


def test_a_usable_schema_is_used_and_the_id_is_copied_as_it_is():
    schema = {"$defs": {"P": {"writeOnly": True}}, "items": [{"$ref": "#/$defs/P"}, True], "not": False}
    line = {"id": {"password": "marigold"}, "value": ["iris", 1], "schema": schema, "tool": None}
    answer = json.loads(filtered(json.dumps(line)).stdout)
    assert (answer["id"], answer["value"]) == ({"password": "marigold"}, ["[REDACTED:declared]", 1])


def test_the_example_of_the_readme_is_what_comes_out():
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    [line, answer] = re.search(r"\$ echo '(.*)' \| otel-mcp redact\n(.*)\n", page).groups()
    assert filtered(line).stdout == answer + "\n"


def test_after_some_wrong_lines_only_their_number_is_told():
    done = filtered(*["x"] * 45, '{"value": 1}', code=3)
    lines = done.stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "otel-mcp: 45 lines could not be used; the first 20 are named above"
    assert json.loads(done.stdout)["value"] == 1


def test_what_is_cut_is_a_finding_and_findings_that_are_left_out_are_marked():
    long = {"value": {"text": "tulip " * 200_000, "list": [*range(10_001)]}}
    many = {"value": [{"password": f"tulip-{number}"} for number in range(257)]}
    few = {"value": many["value"][:256]}
    answers = [json.loads(line) for line in filtered(*map(json.dumps, (long, many, few))).stdout.splitlines()]
    assert {"rule": "oversize", "path": "$.text"} in answers[0]["findings"]
    assert {"rule": "oversize", "path": "$.list[9998]"} in answers[0]["findings"]
    assert [len(answer["findings"]) for answer in answers[1:]] == [256, 256]
    assert [answer.get("more_findings") for answer in answers] == [None, True, None]


def test_a_file_as_an_argument_is_told_how_it_is_given():
    assert "the filter reads stdin: otel-mcp redact < a.jsonl" in run("redact", "a.jsonl", code=3).stderr
    assert "did you mean lint?" in run("redact", "lnit", code=3).stderr


# -- plug-ins ------------------------------------------------------------------------------------------------------


@pytest.fixture
def plugged(tmp_path):
    site = tmp_path / "site"
    about = site / "florist-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: florist\nVersion: 1.0\n", encoding="utf-8")
    lines = "".join(f"{name} = florist_plugins:{name}\n" for name in ("names", "broken"))
    (about / "entry_points.txt").write_text(f"[otel_mcp.redactors]\n{lines}", encoding="utf-8")
    (site / "florist_plugins.py").write_text(
        "def names(text):\n"
        "    at = text.find('Ann Lee')\n"
        "    return [(at, at + 7, 'PERSON')] if at >= 0 else []\n"
        "def broken(text): raise RuntimeError(text)\n",
        encoding="utf-8",
    )

    def env(text):
        file = tmp_path / "rules.toml"
        file.write_text(text, encoding="utf-8")
        return {"PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])} | {
            "OTEL_MCP_REDACTION_RULES": str(file),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "OTEL_SERVICE_NAME": "shop",
        }

    return env


def test_plugins_of_the_rule_file_are_asked(plugged):
    done = filtered('{"value": {"note": "hi Ann Lee there"}}', env=plugged('[plugins]\nnames = ["names"]\n'))
    answer = json.loads(done.stdout)
    assert answer["value"] == {"note": "hi [REDACTED:person] there"}
    assert answer["findings"] == [{"rule": "person", "path": "$.note"}]


def test_a_plugin_that_fails_is_named_once_and_never_the_text(plugged):
    lines = ['{"value": "hi iris"}'] * 3
    done = filtered(*lines, env=plugged('[plugins]\nnames = ["broken"]\n'))
    [said] = done.stderr.splitlines()
    assert said.startswith("otel-mcp: the plug-in 'broken' fails (RuntimeError); ")
    assert "iris" not in done.stdout + done.stderr


MISSING = '[plugins]\nnames = ["nobody"]\n[[rule]]\nid = "email"\nmode = "hmac"\n'


def test_a_test_of_the_file_warns_of_a_key_and_a_plugin_that_are_missing(plugged):
    env = plugged(MISSING)
    file = env["OTEL_MCP_REDACTION_RULES"]
    key, plugin = run("redact", "test", file, env=env).stderr.splitlines()
    assert f"{file}: email: mode hmac needs a key: " in key
    assert "(make one with `otel-mcp keys init --service shop`)" in key
    assert f"{file}: plugins: no installed distribution offers 'nobody'" in plugin
    assert len(json.loads(run("redact", "test", "--json", file, env=env).stdout)["warnings"]) == 2


def test_the_command_that_a_missing_key_is_answered_with_makes_it(plugged, tmp_path):
    rules = '[[rule]]\nid = "email"\nmode = "hmac"\n'
    for more in ({}, {"OTEL_MCP_AUDIT_KEY": f"file:{tmp_path / 'log.pem'}"}):
        env = plugged(rules) | more
        said = filtered('{"value": 1}', env=env, code=3).stderr
        assert said.count("(") == 1
        command = said.partition("`otel-mcp ")[2].partition("`")[0].split()
        run(*command, env=env)
        assert filtered('{"value": 1}', env=env).stdout
    env = plugged(rules) | {"OTEL_MCP_AUDIT_KEY": "env:NOT_SET"}
    assert "NOT_SET is not set (set it to the text of a key file)" in filtered('{"value": 1}', env=env, code=3).stderr


def test_the_doctor_tells_of_a_rule_file_that_cannot_be_used(plugged):
    env = plugged(MISSING) | {"OTEL_MCP_AUDIT": "off"}
    found = [row for row in json.loads(run("doctor", "--json", env=env, code=1).stdout) if row["state"] == "bad"]
    assert ["plugins: no installed" in row["text"] or "needs a key" in row["text"] for row in found] == [True, True]
    assert "otel-mcp keys init --service shop" in found[1]["cure"]
    for text, reason in ((None, "no such file"), ("[[rule", "not TOML")):
        env = plugged(text or "") | ({} if text else {"OTEL_MCP_REDACTION_RULES": "/none.toml"})
        [row] = [row for row in json.loads(run("doctor", "--json", env=env, code=1).stdout) if row["state"] == "bad"]
        assert (row["section"], reason in row["text"]) == ("redaction", True)
    env = plugged('[[rule]]\nid = "email"\nmode = "drop"\n')
    rows = [row for row in json.loads(run("doctor", "--json", env=env).stdout) if row["section"] == "redaction"]
    assert [(row["state"], "0 rules and 1 setting of" in row["text"]) for row in rows] == [("ok", True)]


# -- streams -------------------------------------------------------------------------------------------------------


def in_a_shell(command):
    line = f"{COMMAND} {command}"
    return subprocess.run(["bash", "-c", line], input="", capture_output=True, text=True, check=False, timeout=90)


@pytest.mark.parametrize("command", ["redact --help", "doctor", "--version"])
def test_an_output_that_cannot_be_written_is_one_sentence_and_exit_status_3(home, command):
    done = in_a_shell(f"{command} > /dev/full")
    assert (done.returncode, done.stderr) == (3, "otel-mcp: the output cannot be written: no space left on device\n")
    done = in_a_shell(f"{command} >&-")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith("otel-mcp: stdout is closed")
    assert in_a_shell(f"{command} >&- 2>&-").returncode == 3


def test_a_closed_input_is_one_sentence_and_exit_status_3():
    done = in_a_shell("redact <&-")
    assert (done.returncode, done.stderr) == (
        3, "otel-mcp: stdin is closed (give the lines to it: otel-mcp redact < FILE)\n"
    )  # fmt: skip
