"""The repository keeps what it says: settings are documented, layers hold, and a planted violation is found."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from otel_mcp.config import Config

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def settings_table():
    """The README's table of settings, made from `Config`."""
    rows = ["| variable | keyword | default | meaning |", "|---|---|---|---|"]
    for field in fields(Config):
        about = field.metadata
        rows.append(f"| `{Config.variable(field.name)}` | `{field.name}` | {about['default']} | {about['meaning']} |")
    return "\n".join(rows)


def test_the_readme_lists_every_setting_as_the_code_has_it():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- settings:[^\n]*-->\n(.*?)\n?<!-- /settings -->", text, re.DOTALL)
    assert shown is not None
    assert shown[1] == settings_table()


def test_no_module_is_longer_than_600_lines():
    long = {p.name for p in (ROOT / "otel_mcp").rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 600}
    assert not long


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "otel_mcp", tmp_path / "otel_mcp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder):
    return subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder)},
    )


def test_the_layers_hold(copy):
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("audit/entry.py", "from otel_mcp import telemetry"),
        ("audit/query.py", "import opentelemetry.trace"),
        ("tlog/tree.py", "import sqlite3"),
        ("redaction/keys.py", "from otel_mcp.audit import entry"),
        ("telemetry.py", "import mcp"),
        ("config.py", "from otel_mcp import redaction"),
    ],
)
def test_an_arrow_that_points_up_is_found(copy, module, line):
    path = copy / "otel_mcp" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [("telemetry.py", "from opentelemetry.sdk import trace as sdk_trace"), ("audit/log.py", "import mcp")],
)
def test_a_banned_import_is_found(copy, module, line):
    path = copy / "otel_mcp" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    done = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--select", "TID251", "."],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "TID251" in done.stdout
