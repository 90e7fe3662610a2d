"""No test of the audit log touches the real home: keys, pins, marks and logs go to a folder of the test."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The first run on a machine builds tables of Unicode, and a busy machine is no failed promise.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


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
