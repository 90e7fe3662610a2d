"""Two readings of one page: `verify` and the standalone verifier must say the same of any log.

Left out of the comparison, with the reasons:
- what this machine remembers of the log: only `verify` looks there, so it is given an empty home;
- W04 and W07: which writers still run is seen on the writing machine only, and anchors are not the standalone's;
- codes where no verdict was possible (3): there are none;
- what is in a file whose pages are damaged: which rows SQLite still finds there depends on the order of reading, so
  that one of them may say more than the other, or find no verdict. Neither may call it verified.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from unittest import mock

from otel_mcp.audit.report import Policy
from otel_mcp.audit.verify import verify
from otel_mcp.errors import OtelMcpError

STANDALONE = Path(__file__).parents[2] / "otel_mcp" / "standalone" / "verify_audit.py"
_NOT_COMPARED = {"W04", "W06", "W07"}


def _load():
    spec = importlib.util.spec_from_file_location("verify_audit", STANDALONE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


standalone = _load()


def by_package(directory, keys, notes=()):
    """Exit code and message codes of `verify`."""
    policy = Policy(trusted_keys=keys, use_pins=False, witness_notes=notes)
    with tempfile.TemporaryDirectory() as home, mock.patch.dict(os.environ, {"XDG_CONFIG_HOME": home}):
        try:
            report = verify(directory, policy)
        except OtelMcpError:
            return 3, set()
    return report.exit_code, {problem.code for problem in report.problems} - _NOT_COMPARED


def by_standalone(directory, keys, notes=()):
    """Exit code and message codes of the standalone verifier."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        options = [option for key in keys for option in ("--vkey", key)]
        for number, note in enumerate(notes):
            path = Path(folder) / f"{number}.note"
            path.write_text(note, encoding="utf-8")
            options += ["--witness", str(path)]
        code = standalone.main([str(directory), "--json", *options])
    if code == 3:
        return 3, set()
    report = json.loads(out.getvalue())
    assert report["exit_code"] == code
    return code, {problem["code"] for problem in report["problems"]} - _NOT_COMPARED


def _is_damaged(directory):
    """Whether SQLite itself finds pages of a file wrong, or cannot read its schema."""
    return any(map(_is_damaged_file, Path(directory).glob("*.db")))


def _is_damaged_file(path):
    # A copy, since of one that may only be read SQLite takes less notice.
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)
        try:
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                return connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
        except (sqlite3.Error, UnicodeDecodeError):
            return True


def assert_same(directory, keys, notes=()):
    """Both say the same of the log in `directory`; gives what they say."""
    ours, other = by_package(directory, keys, notes), by_standalone(directory, keys, notes)
    if {ours[0], other[0]} <= {1, 3} and "A14" in ours[1] | other[1] and _is_damaged(directory):
        return ours
    assert ours == other, f"verify says {ours}, the standalone verifier {other}"
    return ours
