"""`otel-mcp redact lint`: against real servers over stdio and HTTP, and against those that do not answer."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from support import environments
from support.running import LIMIT, isolated, running
from support.under_test import http_server

COMMAND = Path(sys.executable).parent / "otel-mcp"
LEAKY = [
    ("login", "tool", "description", "text"),
    ("login", "input", "$.password", "undeclared"),
    ("login", "input", "$.door.passphrase", "undeclared"),
    ("moor", "input", "$.berth", "header"),
    ("moor", "input", "$.value", "mention"),
    ("unlock", "prompt", "pin", "undeclared"),
    ("rows", "template", "password", "undeclared"),
]
TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
TOOL = {"name": "login", "inputSchema": {"type": "object", "properties": {"password": {"type": "string"}}}}


@pytest.fixture(scope="module")
def servers():
    return environments.servers()


@pytest.fixture
def leaky(servers):
    return [servers.python, str(Path(environments.REPOSITORY, "tests", "support", "programs", "leaky.py"))]


@pytest.fixture
def run(tmp_path):
    def run(*arguments, code=0, env=None):
        done = subprocess.run(
            [COMMAND, "redact", "lint", *map(str, arguments)],
            capture_output=True,
            text=True,
            env=isolated(tmp_path, **(env or {})),
            check=False,
            timeout=90,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def script(tmp_path):
    """The command of a server that is this Python text."""

    def script(text):
        path = tmp_path / "server.py"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return [sys.executable, path]

    return script


def rows(stdout):
    return [(row["tool"], row["where"], row["path"], row["rule"]) for row in json.loads(stdout)]


def gone(pid):
    """Whether the process ends within the limit, or has ended."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([process], [], [], LIMIT)
    os.close(process)
    return bool(ended)


def test_a_server_that_declares_enough_is_exit_status_0_and_says_what_was_looked_at(run, servers, tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path / "repository"], check=True)
    done = run("--", servers.script("mcp-server-git"), "--repository", tmp_path / "repository")
    assert re.fullmatch(r"nothing found \(looked at 12 tools, \d\d parameters\)\n", done.stdout)
    assert done.stderr == ""


def test_what_a_server_leaves_out_is_found_over_stdio_and_its_stderr_stays_out(run, leaky):
    done = run("--json", "--", *leaky, code=1)
    assert rows(done.stdout) == LEAKY
    assert done.stderr == "7 findings (looked at 2 tools, 8 parameters, 1 prompt, 1 resource template)\n"
    assert TOKEN not in done.stdout


def test_the_same_over_http(run, servers, tmp_path):
    with http_server(servers, "leaky", "http", isolated(tmp_path), None) as (url, _):
        assert rows(run("--url", url, "--json", code=1).stdout) == LEAKY


def test_in_a_pipe_a_finding_is_a_line_of_tabs(run, leaky):
    lines = [line.split("\t") for line in run(*leaky, code=1).stdout.splitlines()]
    assert lines[0] == ["tool", "where", "rule", "why", "python", "json schema"]
    assert lines[2][:3] == ["login", "$.password", "undeclared"]
    assert lines[2][4:] == [
        "password: Annotated[str, Sensitive()]",
        '"password": {"type": "string", "format": "password", "writeOnly": true}',
    ]
    assert len(lines) == 1 + len(LEAKY) + 1


@pytest.mark.parametrize("width", [80, 120])
def test_at_a_terminal_everything_fits_and_nothing_is_cut(leaky, tmp_path, width):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "redact", "lint", "--", *leaky],
        stdout=theirs,
        stderr=subprocess.STDOUT,
        env=isolated(tmp_path, COLUMNS=str(width), TERM="xterm"),
    )
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 65536):
            pieces.append(piece)
    except OSError:  # how the end of a terminal is told on Linux
        pass
    os.close(ours)
    assert process.wait(30) == 1
    lines = re.sub(r"\x1b\[[0-9;]*m", "", b"".join(pieces).decode()).replace("\r", "").splitlines()
    assert max(map(len, lines)) <= width
    whole = " ".join(" ".join(lines).split())
    for word in (
        "$.door.passphrase",
        "password: Annotated[str, Sensitive()]",
        '"writeOnly": true',
        'remove "x-mcp-header"',
    ):
        assert word in whole
    assert "…" not in whole


def test_all_pages_are_read_and_tools_that_clients_would_drop_as_well(run, script):
    server = script(
        """
        import anyio
        from mcp.server.lowlevel import Server
        from mcp.server.stdio import stdio_server
        from mcp.types import ListToolsResult, Tool

        async def list_tools(ctx, params):
            page = int(params.cursor or 0) if params else 0
            schema = {"type": "object", "properties": {"p": {"anyOf": [{"format": "password"}], "x-mcp-header": "P"}}}
            tools = [Tool(name=f"tool-{page}", input_schema=schema if page == 1 else {"type": "object"})]
            return ListToolsResult(tools=tools, next_cursor=str(page + 1) if page < 2 else None)

        async def main():
            server = Server("pages", on_list_tools=list_tools)
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

        anyio.run(main)
        """
    )
    done = run("--json", "--", *server, code=1)
    assert rows(done.stdout) == [("tool-1", "input", "$.p", "header")]
    assert "looked at 3 tools, 1 parameter)" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--", "false"], "cannot list what false offers: it ended, or closed its output, before it answered"),
        (["--", "cat"], "cannot list what cat offers: what it writes is no server's answer"),
        (["--url", ""], "--url: expected the address of a server, as in http://127.0.0.1:8000/mcp"),
        (["--url", "http://h/mcp", "--", "cat"], "and --tools, got SERVER-COMMAND and --url"),
    ],
)
def test_what_is_no_server_is_told_in_words_about_the_command(run, arguments, sentence):
    assert sentence in run(*arguments, code=3).stderr


def test_an_item_that_is_no_tool_is_named(run, tmp_path):
    file = tmp_path / "tools.json"
    file.write_text('{"tools": [{"name": "a"}, 7]}', encoding="utf-8")
    assert "tools[1] is no tool" in run("--tools", str(file), code=3).stderr


def test_a_server_without_tools_is_never_well(run, script):
    server = script('from mcp.server import MCPServer\nMCPServer("none", log_level="CRITICAL").run()')
    done = run("--", *server, code=3)
    assert (done.stdout, "offers no tools" in done.stderr) == ("", True)


@pytest.mark.parametrize(
    "wrap", [lambda t: t, lambda t: {"tools": t}, lambda t: {"jsonrpc": "2.0", "result": {"tools": t}}]
)
def test_a_saved_listing_is_read_in_each_of_its_forms(run, tmp_path, wrap):
    (tmp_path / "tools.json").write_text(json.dumps(wrap([TOOL])), encoding="utf-8")
    assert rows(run("--tools", tmp_path / "tools.json", "--json", code=1).stdout) == [
        ("login", "input", "$.password", "undeclared")
    ]


def test_one_page_of_several_is_said_to_be_one(run, tmp_path):
    tools = {"tools": [{"name": "add", "inputSchema": {}}], "nextCursor": "2"}
    (tmp_path / "tools.json").write_text(json.dumps(tools), encoding="utf-8")
    assert "there are more tools" in run("--tools", tmp_path / "tools.json").stderr


@pytest.mark.parametrize("text", ["", "{", "7", '{"tools": 7}', '["a"]', "[" * 100_000, '{"result": {}}'])
def test_a_file_that_is_no_listing_is_one_sentence_and_exit_status_3(run, tmp_path, text):
    (tmp_path / "tools.json").write_text(text, encoding="utf-8")
    done = run("--tools", tmp_path / "tools.json", code=3)
    assert done.stderr.startswith(f"otel-mcp: {tmp_path / 'tools.json'}: ")
    assert done.stderr.count("\n") == 1


def test_wrong_usage_is_exit_status_3(run, tmp_path):
    for arguments in ([], ["--url", "http://x/", "command"], ["--tools", "x", "--url", "y"], ["--timeout", "0", "x"]):
        run(*arguments, code=3)
    assert "no such file" in run("--tools", tmp_path / "none", code=3).stderr
    assert "command not found" in run("--", "no-such-command", code=3).stderr


def test_a_server_that_fails_shows_the_last_it_said_without_secrets(run, script):
    server = script(
        f"""
        import sys
        for number in range(1000):
            print("line", number, file=sys.stderr)
        sys.exit("cannot log in with {TOKEN}")
        """
    )
    done = run("--", *server, code=3)
    assert "line 999" in done.stderr
    assert "line 900" not in done.stderr
    assert "cannot log in with [REDACTED:github-token]" in done.stderr
    assert "Traceback" not in done.stderr


HANGS = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(r"{pids}", "w") as file:
    file.write(f"{{os.getpid()}} {{child.pid}}")
sys.stderr.write("warming up\\n")
sys.stderr.flush()
time.sleep(600)
"""


def test_a_server_that_says_nothing_is_given_up_and_nothing_of_it_goes_on(run, script, tmp_path):
    server = script(HANGS.format(pids=tmp_path / "pids"))
    done = run("--timeout", "2", "--", *server, code=3)
    assert "no answer within 2 s (--timeout)" in done.stderr
    assert "warming up" in done.stderr
    assert all(gone(int(pid)) for pid in (tmp_path / "pids").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_is_ended_where_the_command_is_told_to_end(script, tmp_path, number):
    os.mkfifo(tmp_path / "pids")
    command = [
        str(COMMAND),
        "redact",
        "lint",
        "--timeout",
        "60",
        "--",
        *map(str, script(HANGS.format(pids=tmp_path / "pids"))),
    ]
    with running(command, isolated(tmp_path)) as program:
        pids = (tmp_path / "pids").read_text(encoding="utf-8").split()  # waits for the server
        program.kill(number)
        ended = program.finish()
    assert ended.status == 3
    assert "interrupted" in ended.stderr
    assert len(pids) == 2
    assert all(gone(int(pid)) for pid in pids)


def test_a_url_that_accepts_and_never_answers_is_given_up(run):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        assert "no answer within 1 s (--timeout)" in run("--url", url, "--timeout", "1", code=3).stderr


def test_a_url_where_nothing_answers_is_a_sentence_without_the_credentials_in_it(run):
    done = run("--url", "http://ann:gentian@127.0.0.1:1/mcp", code=3)
    assert done.stderr.startswith("otel-mcp: cannot list what http://ann:[REDACTED:")
    assert done.stderr.count("\n") == 1
    assert "gentian" not in done.stderr


@pytest.mark.parametrize(
    ("path", "text", "cure"),
    [
        ("sitecustomize.py", 'import sys; sys.modules["mcp"] = None', "pip install 'otel-mcp-audit[mcp]'"),
        ("mcp/__init__.py", "", "pip install 'mcp>=2'"),
    ],
    ids=["missing", "old"],
)
def test_without_the_package_mcp_the_cure_is_named_and_a_saved_listing_still_read(run, tmp_path, path, text, cure):
    (tmp_path / "path" / path).parent.mkdir(parents=True)
    (tmp_path / "path" / path).write_text(text, encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path / "path")}
    done = run("--", sys.executable, "-c", "", code=3, env=env)
    assert cure in done.stderr
    assert done.stderr.count("\n") == 1
    (tmp_path / "tools.json").write_text(json.dumps([TOOL]), encoding="utf-8")
    run("--tools", tmp_path / "tools.json", code=1, env=env)
