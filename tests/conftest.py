"""The tests' shared pieces are importable as `support` from everywhere, and their asserts explain themselves."""

import os

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("support")

# The same examples in every run, so that what a run says is about the change under test; `OTEL_MCP_FUZZ=1` looks for
# new ones. No deadline: machines are shared.
settings.register_profile(
    "calm",
    deadline=None,
    derandomize="OTEL_MCP_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("calm")
