"""The command: exit statuses, sentences, JSON, and what a person sees."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from cli.command import call, run

from otel_mcp.audit.log import AuditLog
from otel_mcp.cli._tamper import TAMPERINGS, tampered_copy


def test_query_prints_one_row_an_operation_newest_first(trail):
    lines = run("query").stdout.splitlines()
    assert lines[0].split("\t") == ["entry", "time", "side", "event", "target", "actor", "ms", "outcome"]
    calls = [line.split("\t") for line in lines[1:] if "mcp.tool.call" in line]
    assert [row[4] for row in calls] == ["tool-1", "tool-0", "tool-2", "tool-1", "tool-0"]
    assert [row[5] for row in calls] == ["ann"] * 5
    assert calls[2][-1] == "failure (tool_error)"


def test_query_filters_and_gives_json_lines(trail):
    rows = [json.loads(line) for line in run("query", "--tool", "tool-0", "--json").stdout.splitlines()]
    assert [row["body"]["arguments"]["n"] for row in rows] == [3, 0]
    [failed] = [json.loads(line) for line in run("query", "--outcome", "failure", "--json").stdout.splitlines()]
    assert failed["error"] == "tool_error"
    assert run("query", "--trace", f"{4:032x}", "--json").stdout.count("\n") == 1
    assert run("query", "--user", "nobody").stderr == "nothing matches\n"
    assert run("query", "--until", "2001-01-01", "--json").stdout == ""
    assert len(run("query", "--since", "1h", "--json", "-n", "2").stdout.splitlines()) == 2


def test_query_entries_gives_the_raw_ones(trail):
    rows = [json.loads(line) for line in run("query", "--entries", "--json", "--oldest-first").stdout.splitlines()]
    assert [row["index"] for row in rows] == list(range(12))
    assert [row["head"]["phase"] for row in rows[1:3]] == ["intent", "outcome"]


def test_show_gives_an_entry_with_its_checkpoint_and_proof_by_number_and_by_record_id(trail):
    shown = json.loads(run("show", "4", "--json").stdout)
    assert shown["head"]["phase"] == "outcome"
    assert shown["checkpoint"].startswith(shown["checkpoint"].split("\n")[0] + "\n")
    assert shown["inclusion_proof"]
    again = json.loads(run("show", shown["head"]["id"], "--json").stdout)
    assert again == shown
    text = run("show", "4").stdout
    assert "signed checkpoint" in text
    assert shown["checkpoint"] in text


def test_show_of_an_entry_that_is_not_there_names_it(trail):
    assert "4711" in run("show", "4711", code=3).stderr


def test_verify_says_verified_with_the_key_that_the_making_process_pinned(trail):
    done = run("verify")
    assert done.stdout.startswith("verified")
    report = json.loads(run("verify", "--json").stdout)
    assert (report["exit_code"], report["entries"], report["problems"], report["pinned"]) == (0, 12, [], True)


def test_verify_on_another_machine_needs_the_key_from_outside(trail, home):
    env = {"XDG_CONFIG_HOME": str(home / "elsewhere")}
    done = run("verify", "--dir", trail, env=env, code=2)
    assert "W01" in done.stdout
    vkey = run("keys", "show", "--dir", trail, env=env).stdout.strip()
    assert run("verify", "--dir", trail, "--vkey", vkey, env=env).stdout.startswith("verified")
    run("keys", "pin", vkey, env=env)
    assert run("verify", "--dir", trail, env=env).stdout.startswith("verified")


@pytest.mark.parametrize(
    ("tampering", "codes"),
    list(zip(TAMPERINGS, [{"A02"}, {"A05"}, {"A07", "A06"}], strict=True)),
    ids=lambda v: getattr(v, "name", ""),
)
def test_verify_finds_each_tampering_of_the_demo(trail, home, tampering, codes):
    tampered_copy(trail, home / "copy", tampering)
    report = json.loads(run("verify", "--dir", home / "copy", "--json", code=1).stdout)
    assert codes <= {problem["code"] for problem in report["problems"]}


def test_there_is_no_ok_to_nothing(home):
    assert "no log of this user yet" in run("verify", code=3).stderr
    assert "no such folder" in run("verify", "--dir", home / "nothing", code=3).stderr
    (home / "empty").mkdir()
    run("verify", "--dir", home / "empty", code=3)
    run("query", "--dir", home / "empty", code=3)


def test_wrong_usage_is_status_3_and_one_sentence(trail):
    assert "no such option" in run("verify", "--nonsense", code=3).stderr.lower()
    assert "expected one of" in run("verify", "--require", "miracles", code=3).stderr
    assert "expected a date" in run("query", "--since", "soon", code=3).stderr
    assert "no such command" in run("brew", code=3).stderr.lower()


def test_with_several_logs_one_must_be_named(trail, home):
    AuditLog.open(home / "state" / "otel-mcp" / "other", service="other").close()
    assert "other, shop" in run("verify", code=3).stderr
    assert run("verify", "--service", "shop").stdout.startswith("verified")
    assert run("verify", env={"OTEL_MCP_AUDIT_DIR": str(trail)}).stdout.startswith("verified")


def test_accept_restore_ends_the_alarm_after_a_restored_backup(trail, home):
    import shutil

    shutil.copytree(trail, home / "backup")
    log = AuditLog.open(trail, service="shop")
    for draft in call(9):
        log.append(draft)
    log.close()
    shutil.rmtree(trail)
    shutil.copytree(home / "backup", trail)
    assert "ROLLBACK" in run("verify", code=1).stdout
    assert "--reason" in run("accept-restore", code=3).stderr
    assert run("accept-restore", "--reason", "disk replaced").stdout == "recorded\n"
    assert run("verify").stdout.startswith("verified")
    [entry] = [
        json.loads(line)
        for line in run("query", "--entries", "--event", "audit.log.restore", "--json").stdout.splitlines()
    ]
    assert entry["body"]["reason"] == "disk replaced"


def test_keys_init_makes_a_key_once(home):
    assert run("keys", "init", "--service", "shop").stdout.startswith("made: ")
    assert run("keys", "init", "--service", "shop").stdout.startswith("there already: ")


def test_redact_reads_and_writes_json_lines(home):
    lines = [
        json.dumps({"id": 1, "value": {"password": "marigold", "note": "ask marigold"}}),
        json.dumps({"id": "b", "value": {"p": "thyme", "q": 3}, "schema": {"properties": {"p": {"writeOnly": True}}}}),
        json.dumps({"id": 3, "value": ["plain", 4.5, None]}),
    ]
    answers = [json.loads(line) for line in run("redact", stdin="\n".join(lines) + "\n").stdout.splitlines()]
    assert answers == [
        {
            "id": 1,
            "value": {"password": "[REDACTED:key]", "note": "ask [REDACTED:taint]"},
            "findings": [{"rule": "key", "path": "$.password"}, {"rule": "taint", "path": "$.note"}],
        },
        {
            "id": "b",
            "value": {"p": "[REDACTED:declared]", "q": 3},
            "findings": [{"rule": "declared", "path": "$.p"}],
        },
        {"id": 3, "value": ["plain", 4.5, None], "findings": []},
    ]


def test_redact_names_the_bad_line_without_quoting_it_and_serves_the_others(home):
    lines = [
        '{"id": 1, "value": 1}',
        '{"password": "marigold", ',
        "[1]",
        '{"id": 4}',
        '{"id": 5, "value": 5, "schema": 7}',
        '{"id": 6, "value": 6}',
    ]
    done = run("redact", stdin="\n".join(lines) + "\n", code=3)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 6]
    complaints = done.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in complaints] == ["line 2", "line 3", "line 4", "line 5"]
    assert "marigold" not in done.stderr


def test_doctor_is_one_page_with_a_cure_for_what_is_wrong(home):
    done = run("doctor", env={"OTEL_MCP_SPANS": "both"}, code=1)
    assert "OTEL_MCP_SPANS=both: expected one of own, enrich, off" in done.stdout
    good = run("doctor", env={"OTEL_TRACES_EXPORTER": "none"})
    assert len(good.stdout.splitlines()) < 40
    assert "OTEL_TRACES_EXPORTER=none" in good.stdout
    rows = json.loads(run("doctor", "--json").stdout)
    hooks = next(row for row in rows if row["section"] == "hooks")
    assert hooks["state"] == "ok"
    missing = run("doctor", "--", "no-such-command", code=1)
    assert "no-such-command: command not found" in missing.stdout


def test_doctor_does_not_call_a_tampered_trail_well(trail, home):
    tampered_copy(trail, home / "copy", TAMPERINGS[0])
    done = run("doctor", env={"OTEL_MCP_AUDIT_DIR": str(home / "copy")}, code=1)
    assert "A02" in done.stdout


def test_the_demo_runs_and_shows_each_part(home):
    done = run("demo", "--keep", home / "demo", env={"COLUMNS": "120"})
    for words in (
        "Traces",
        "Log records",
        "Metrics",
        "What was redacted",
        "The trail",
        "Verification",
        "Your own server",
    ):
        assert words in done.stdout
    assert "0 of 3 secrets" in done.stdout
    assert done.stdout.count("TAMPERED") == 3
    assert "marigold" not in b"".join(
        p.read_bytes() for p in (home / "demo" / "trail").rglob("*") if p.is_file()
    ).decode("latin-1")
    assert "not empty" in run("demo", "--keep", home / "demo", code=3).stderr
    assert not (home / "config").exists()
    [again] = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("XDG_CONFIG_HOME=")]
    place, _, command = again.removeprefix("XDG_CONFIG_HOME=").partition(" otel-mcp ")
    assert "TAMPERED" in run(*command.split(), env={"XDG_CONFIG_HOME": place}, code=1).stdout


def test_without_mcp_the_demo_names_the_cure(home):
    blocked = (
        "import sys; sys.modules['mcp'] = None\nfrom otel_mcp.cli import main; sys.argv = ['otel-mcp', 'demo']; main()"
    )
    done = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.strip().endswith("(pip install 'otel-mcp-audit[mcp]')")


def test_help_of_every_command_has_an_example_or_is_a_group_and_keeps_its_lines(home):
    for name in ("run", "doctor", "query", "show", "prove", "verify", "accept-restore", "redact"):
        shown = run(name, "--help").stdout
        assert "Example" in shown
        assert "\\b" not in shown
        assert re.search(r"\n  Examples?:\n    \S", shown)
    assert "accept-restore" in run("--help").stdout
    assert run("--version").stdout.startswith("otel-mcp, version ")


PROGRAM = """
import sys
sys.stdout.write(repr(sys.stdin.read()))
"""


def test_run_gives_the_command_its_stdin_whole_and_passes_its_exit_status(home, tmp_path):
    script = tmp_path / "python-docs-mcp"
    script.write_text(f"#!{sys.executable}\n{PROGRAM}\nsys.exit(7)\n")
    script.chmod(0o755)
    assert run("run", "--", script, stdin="first message\n", code=7).stdout == repr("first message\n")


@pytest.mark.parametrize("setting", [{"OTEL_MCP_AUDIT": "REQUIRED"}, {"OTEL_MCP_AUDIT_ON_FAILURE": "closed"}])
def test_run_refuses_what_would_go_unaudited_under_every_strict_setting(home, tmp_path, setting):
    script = tmp_path / "program.py"
    script.write_text("print('started')")
    done = run("run", "--", sys.executable, "-I", script, env=setting, code=78)
    assert done.stdout == ""
    assert "refusing to start" in done.stderr


@pytest.mark.parametrize("options", [["-um"], ["-O", "-u", "-m"]])
def test_run_reads_the_options_of_an_interpreter(home, options):
    done = run("run", "--required", "--", sys.executable, *options, "this")
    assert "Beautiful is better than ugly" in done.stdout
    assert done.stderr == ""
