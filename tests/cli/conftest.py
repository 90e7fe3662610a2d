"""A home of the test's own, and a log in it."""

from __future__ import annotations

import pytest
from cli.command import call

from otel_mcp.audit.log import AuditLog


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("OTEL_MCP_AUDIT_DIR", raising=False)
    return tmp_path


@pytest.fixture
def trail(home):
    directory = home / "state" / "otel-mcp" / "shop"
    log = AuditLog.open(directory, service="shop")
    for number in range(5):
        for draft in call(number, *(("failure", "tool_error") if number == 2 else ())):
            log.append(draft)
    log.close()
    return directory
