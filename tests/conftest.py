"""The tests' shared pieces are importable as `support` from everywhere, and their asserts explain themselves."""

import os
import signal

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

# A shell without job control starts what it runs in the background with this signal ignored, and all below inherit it:
# programs that the tests interrupt would not notice.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A time-stamp authority."""
    from support.authority import running_authority

    with running_authority(tmp_path_factory.mktemp("authority") / "stamps", "stamps") as authority:
        yield authority


@pytest.fixture(scope="session")
def witness():
    """A witness that knows no log before a test adds its own."""
    from support.environments import litewitness
    from support.litewitness import running_litewitness

    with running_litewitness(litewitness()) as witness:
        yield witness
