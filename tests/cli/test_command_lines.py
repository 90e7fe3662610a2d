"""Which Python and which program a command line starts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cli.command import run

from otel_mcp._program import program_name, read_arguments
from otel_mcp.cli._command import Started, started_by

BESIDE = """#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"
' '''
"""
QUOTED = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
"""
BARE = """#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
"""


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_a_script_that_looks_for_its_python_beside_itself_is_followed_to_its_place(tmp_path):
    (tmp_path / "links").mkdir()
    script(tmp_path / "env" / "python", "")
    server = script(tmp_path / "env" / "a-server", BESIDE)
    link = tmp_path / "links" / "a-server"
    link.symlink_to(server)
    assert started_by([str(link)]) == Started([str(tmp_path / "env" / "python")], "a-server")


@pytest.mark.parametrize(("text", "folder"), [(QUOTED, "with a space"), (BARE, "long" * 40)])
def test_a_script_whose_python_has_a_long_path_or_one_with_spaces_names_it_in_its_second_line(tmp_path, text, folder):
    python = tmp_path / folder / "python3.11"
    server = script(tmp_path / "a-server", text.format(python=python))
    assert started_by([str(server)]) == Started([str(python)], "a-server")


def test_a_script_may_leave_the_choice_to_env(tmp_path, monkeypatch):
    python = script(tmp_path / "bin" / "python", "")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    plain = script(tmp_path / "plain.py", "#!/usr/bin/env python\n")
    split = script(tmp_path / "split", "#!/usr/bin/env -S python -I\n")
    assert started_by([str(plain)]) == Started([str(python)], "plain")
    assert started_by([str(split)]) == Started([str(python), "-I"], "split")
    assert started_by(["/usr/bin/env", "python", "-m", "shop.server"]).python == [str(python)]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["env", "A=b=c", "D="], {"A": "b=c", "D": "", "KEPT": "1"}),
        (["env", "-u", "KEPT", "--unset=A", "--", "D=1"], {"D": "1"}),
        (["env", "-i", "-C", "/", "D=1"], {"D": "1"}),
        (["env", "D=1", "env", "-", "E=2"], {"E": "2"}),
        (["opentelemetry-instrument", "--mcp_audit", "off", "--disabled_instrumentations=x"], None),
    ],
)
def test_the_words_before_a_command_say_in_which_environment_it_runs(tmp_path, monkeypatch, words, left):
    for name in ("python", "env", "opentelemetry-instrument"):
        script(tmp_path / "bin" / name, "")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    started = started_by([*words, "python", "-m", "shop"])
    environment = started.environment({"A": "0", "KEPT": "1"})
    if left is None:
        assert environment["OTEL_MCP_AUDIT"] == "off"
        assert environment["OTEL_PYTHON_DISABLED_INSTRUMENTATIONS"] == "x"
    else:
        assert environment == left
    assert (started.python, started.program) == ([str(tmp_path / "bin" / "python")], "shop")


def test_an_option_of_env_that_is_not_known_is_not_guessed(tmp_path, monkeypatch):
    script(tmp_path / "bin" / "python", "")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert started_by(["env", "-S", "python -I"]) is None
    assert started_by(["env"]) is None


@pytest.mark.parametrize("text", ["#!/bin/sh\nexec node server.js\n", "no interpreter", "#!/bin/sh\n'''exec' \"\n"])
def test_what_is_no_python_is_not_guessed(tmp_path, text):
    assert started_by([str(script(tmp_path / "server", text))]) is None


def test_a_relocatable_script_runs_recorded(home, tmp_path):
    """As `uvx` installs it: the command is looked at, and nothing is said to go unaudited."""
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "python").symlink_to(sys.executable)
    # A link to the interpreter has no environment of its own: this one's packages stand for it.
    server = script(tmp_path / "env" / "a-server", BESIDE + "print('started')\n")
    env = {"PYTHONPATH": next(part for part in sys.path if part.endswith("site-packages"))}
    done = run("run", "--required", "--", server, env=env)
    assert (done.stdout, done.stderr) == ("started\n", "")


@pytest.mark.parametrize(
    ("arguments", "options", "name"),
    [
        (["-um", "shop.server"], ["-u"], "shop.server"),
        (["-O", "-u", "-m", "shop.__main__", "-c"], ["-O", "-u"], "shop"),
        (["-Wdefault", "-mshop"], ["-Wdefault"], "shop"),
        (["-X", "importtime", "--check-hash-based-pycs", "never", "server.py", "-m", "x"], None, "server"),
        (["-c", "import shop"], [], "mcp"),
        (["-"], [], "mcp"),
        ([], [], "mcp"),
    ],
)
def test_a_program_has_the_name_that_its_command_line_gives_it(arguments, options, name):
    read = read_arguments(arguments)
    assert options is None or list(read.options) == options
    assert program_name(read.kind, read.target) == name


def test_a_file_of_a_package_has_the_name_that_dash_m_gives_it(tmp_path):
    script(tmp_path / "shop" / "__init__.py", "")
    script(tmp_path / "shop" / "__main__.py", "")
    script(tmp_path / "alone" / "__main__.py", "")
    assert program_name("script", str(tmp_path / "shop" / "server.py")) == "shop.server"
    assert program_name("script", str(tmp_path / "shop" / "__main__.py")) == "shop"
    assert program_name("script", str(tmp_path / "alone" / "__main__.py")) == "alone"


@pytest.mark.parametrize("package", ["one_server", "another_server"])
def test_two_servers_run_as_modules_keep_two_trails_and_doctor_names_the_same(home, tmp_path, package):
    script(tmp_path / package / "__init__.py", "import mcp\n")
    script(tmp_path / package / "__main__.py", "")
    command = [sys.executable, "-m", package]
    env = {"PYTHONPATH": str(tmp_path), "OTEL_TRACES_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none"}
    run("run", "--", *command, env=env | {"OTEL_LOGS_EXPORTER": "none"})
    assert [path.name for path in (home / "state" / "otel-mcp").iterdir()] == [package]
    assert f"entries at {home}/state/otel-mcp/{package}" in run("doctor", "--", *command, env=env).stdout


def test_the_command_can_be_run_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "otel_mcp.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("otel-mcp, version ")


def test_an_option_before_the_command_is_an_option(home):
    for name in ("run", "doctor"):
        assert "no such option" in run(name, "--bogus", "--", "x", code=3).stderr.lower()


def test_a_command_that_is_not_there_is_127_as_in_a_shell(home):
    assert run("run", "--", "no-such-command", code=127).stderr == "otel-mcp: no-such-command: command not found\n"
