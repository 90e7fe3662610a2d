"""No test of the audit log touches the real home: keys, pins, marks and logs go to a folder of the test."""

from __future__ import annotations

import contextlib
import subprocess

import pytest
from differential import assert_same

from otel_mcp.audit.keys import load_pins


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.delenv("OTEL_MCP_AUDIT_KEY", raising=False)
    monkeypatch.delenv("OTEL_MCP_AUDIT_DIR", raising=False)
    return home


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "log"


@pytest.fixture(autouse=True)
def both_verifiers(request, monkeypatch):
    """Whatever log a test here verifies, the standalone verifier says the same of it."""
    original = getattr(request.module, "verify", None)
    if original is None:
        return

    def compared(directory, policy=None, **options):
        keys = list(policy.trusted_keys if policy and policy.trusted_keys else load_pins().values())
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            assert_same(directory, keys, policy.witness_notes if policy else ())
        return original(directory, policy, **options)

    monkeypatch.setattr(request.module, "verify", compared)


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mount.returncode:
        pytest.skip("cannot mount a small file system here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
