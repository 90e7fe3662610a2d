"""No test of the audit log touches the real home: keys, pins, marks and logs go to a folder of the test."""

from __future__ import annotations

import pytest


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
