"""Programs that others wrote, and a home of the test's own."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from support.environments import go_program

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("OTEL_MCP_AUDIT_DIR", raising=False)
    monkeypatch.delenv("OTEL_MCP_AUDIT_KEY", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def go_tlog():
    """Asks the Go packages `note` and `tlog`: a list of questions gives a list of answers."""
    program = go_program(HERE / "tlog")

    def ask(questions):
        lines = "".join(json.dumps(encoded(question)) + "\n" for question in questions)
        done = subprocess.run([program], input=lines, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(questions) > 0
        return answers

    return ask


@pytest.fixture(scope="session")
def go_tlogproof():
    """The Go program of docs/formats.md that checks evidence."""
    return go_program(HERE / "tlogproof")


def encoded(value):
    """JSON as Go reads it: bytes are base64."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, dict):
        return {key: encoded(member) for key, member in value.items()}
    return list(map(encoded, value)) if isinstance(value, (list, tuple)) else value


@pytest.fixture(scope="session")
def decoded():
    """The bytes in a list of an answer; Go leaves an empty list out."""
    return lambda values: [b64decode(value) for value in values or []]
