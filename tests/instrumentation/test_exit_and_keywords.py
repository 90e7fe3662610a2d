"""The end of a program, keywords of `instrument()`, and an SDK that is not recorded."""

from __future__ import annotations

import sys
import threading

import mcp  # noqa: F401  # as a program does; nothing is said before
import pytest
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.trace import TracerProvider

from otel_mcp import MCPInstrumentor, instrumentation
from otel_mcp.errors import ConfigError
from otel_mcp.instrumentation import _exit
from otel_mcp.instrumentation._exit import SideBySide, providers_that_end_at_exit
from otel_mcp.instrumentation._shutdown import FLUSH_SECONDS, SignalFlush

LIMIT = 20


class Waiting:
    """A provider whose shutdown ends when all of its companions are being shut down, too."""

    def __init__(self, barrier):
        self._barrier = barrier
        self.done = False

    def shutdown(self):
        self._barrier.wait(LIMIT)
        self.done = True


class Idle:
    """An emitter with nothing to do."""

    def flush(self, seconds):
        return True


def test_at_exit_the_three_signals_are_shut_down_side_by_side():
    barrier = threading.Barrier(3)
    providers = [Waiting(barrier) for _ in range(3)]
    end = SideBySide(providers)
    end.prepare()
    end.run()
    assert all(provider.done for provider in providers)


def test_a_failing_shutdown_keeps_no_other_from_its_end():
    class Failing:
        def shutdown(self):
            raise ValueError

    last = Waiting(threading.Barrier(1))
    end = SideBySide([Failing(), Failing(), last])
    end.prepare()
    end.run()
    assert last.done


def test_a_cancelled_end_shuts_nothing_down():
    providers = [Waiting(threading.Barrier(1)) for _ in range(2)]
    end = SideBySide(providers)
    end.prepare()
    end.cancel()
    for thread in end._threads:
        thread.join(LIMIT)
    assert not any(provider.done for provider in providers)


def test_only_providers_that_the_sdk_ends_itself_are_ended_by_us(monkeypatch):
    ours = [TracerProvider(), MeterProvider(), LoggerProvider()]
    theirs = [TracerProvider(shutdown_on_exit=False), MeterProvider(shutdown_on_exit=False), object()]
    monkeypatch.setattr(_exit, "global_providers", lambda: (*ours, *theirs))
    try:
        assert providers_that_end_at_exit() == ours
    finally:
        for provider in (*ours, *theirs[:2]):
            provider.shutdown()


def test_a_signal_in_the_middle_of_the_end_waits_for_the_rest_of_the_limit_only(monkeypatch):
    waited = []
    monkeypatch.setattr(
        "otel_mcp.instrumentation._shutdown.flush_all", lambda _providers, _trail, seconds: waited.append(seconds)
    )
    monkeypatch.setattr("otel_mcp.instrumentation._shutdown.time.monotonic", lambda: 100.0)
    for began in (None, 99.5, 90.0):
        flush = SignalFlush([object()], Idle(), lambda: None, lambda began=began: began)
        flush._handle(15, None)
    assert waited == [FLUSH_SECONDS, 1.5, 0.0]


@pytest.mark.parametrize(
    ("keyword", "meant"),
    [
        ("durability", "audit_durability"),
        ("audit_durabilty", "audit_durability"),
        ("tracer_providr", "tracer_provider"),
    ],
)
def test_a_misspelt_keyword_is_an_error_before_anything_is_hooked(observed, keyword, meant):
    with pytest.raises(ConfigError, match=rf"^{keyword}: no setting has this keyword \(did you mean {meant}\?\)$"):
        observed.instrument(**{keyword: "write-ahead"})
    assert not MCPInstrumentor().is_instrumented_by_opentelemetry
    assert MCPInstrumentor().hooks == []


def test_the_loaders_own_keywords_are_taken_and_an_unknown_one_from_there_stops_nothing(observed, monkeypatch, capfd):
    observed.instrument(skip_dep_check=True, raise_exception_on_conflict=True)
    MCPInstrumentor().uninstrument()
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.auto_instrumentation._load", sys)
    observed.instrument(skip_dep_check=True, durability="write-ahead")
    assert "durability: no setting has this keyword (did you mean audit_durability?); it has no effect" in (
        capfd.readouterr().err
    )


def test_an_sdk_that_is_not_recorded_is_left_alone_and_named_once(observed, monkeypatch, capfd):
    monkeypatch.setattr(instrumentation, "_mcp_version", lambda: "1.23.3")
    observed.instrument()
    assert MCPInstrumentor().hooks == []
    assert not observed.directory.exists()
    assert capfd.readouterr().err == (
        "otel-mcp: mcp 1.23.3 is not recorded by this version (it records mcp 1.24 and later); "
        "this program runs UNAUDITED\n"
    )
