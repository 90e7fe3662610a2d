"""The event `exception` of our span: only where span content is on, redacted in all its parts, and bounded."""

from __future__ import annotations

import sys

import pytest
from instrumentation.servers import low_level
from mcp import Client, MCPError

from otel_mcp.instrumentation._exceptions import exception_attributes
from otel_mcp.redaction import Redactor

pytestmark = pytest.mark.anyio

CANARY = "marigold tea"


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def broken(observed, tool, capture="SPAN_ONLY", **settings):
    observed.instrument(capture=capture, **settings)
    async with Client(low_level(tool)) as client:
        await client.list_tools()
        with pytest.raises(MCPError):
            await client.call_tool("echo", {"word": "harmless", "phrase": CANARY})
    return observed.span("SERVER")


async def raise_with_everything(ctx, params):
    phrase = params.arguments["phrase"]
    try:
        {}[f"row of {phrase}"]
    except KeyError as exc:
        error = RuntimeError(f"no way with {phrase} today")
        if sys.version_info >= (3, 11):
            error.add_note(f"noted: {phrase}")
        raise error from exc


@pytest.mark.parametrize("capture", ["SPAN_ONLY", "SPAN_AND_EVENT"])
async def test_an_unexpected_exception_is_an_event_with_redacted_text(observed, capture):
    span = await broken(observed, raise_with_everything, capture)
    [event] = span.events
    assert event.name == "exception"
    assert event.timestamp == span.end_time
    assert event.attributes["exception.type"] == "RuntimeError"
    assert event.attributes["exception.message"] == "no way with [REDACTED:taint] today"
    trace = event.attributes["exception.stacktrace"]
    assert CANARY not in trace
    assert "KeyError: 'row of [REDACTED:taint]'" in trace
    assert "direct cause" in trace
    assert "in raise_with_everything" in trace
    assert trace.rstrip().endswith("noted: [REDACTED:taint]" if sys.version_info >= (3, 11) else "today")
    assert span.attributes["error.type"] == "RuntimeError"
    assert span.status.description is None


@pytest.mark.parametrize("capture", ["NO_CONTENT", "EVENT_ONLY"])
async def test_where_span_content_is_off_only_the_type_is_kept(observed, capture):
    span = await broken(observed, raise_with_everything, capture)
    assert not span.events
    assert span.attributes["error.type"] == "RuntimeError"
    assert all("exception.message" not in record.attributes for record in observed.records())


async def test_a_json_rpc_error_is_no_unexpected_exception(observed):
    async def refuse(ctx, params):
        raise MCPError(-32050, "refused")

    span = await broken(observed, refuse)
    assert not span.events


def raised(make):
    try:
        raise make()  # noqa: TRY301
    except BaseException as exc:
        return exc


def text_of(exc, *secrets):
    scope = Redactor().scope()
    scope.learn({"password": list(secrets)})
    return exception_attributes(exc, scope)


def test_an_exception_whose_text_fails_is_still_described():
    class Odd(Exception):
        def __str__(self):
            raise ValueError("never")

    found = text_of(raised(Odd))
    assert found["exception.message"] == "[REDACTED:error]"
    assert found["exception.type"].endswith("Odd")
    assert found["exception.stacktrace"].rstrip().endswith("Odd: [REDACTED:error]")


def test_a_suppressed_context_is_left_out_and_an_open_one_is_shown():
    def chained(*, suppressed):
        try:
            raise KeyError("the first")  # noqa: TRY301
        except KeyError:
            if suppressed:
                raise ValueError("the second") from None
            raise ValueError("the second")  # noqa: B904

    for suppressed in (False, True):
        with pytest.raises(ValueError, match="the second") as caught:
            chained(suppressed=suppressed)
        trace = text_of(caught.value)["exception.stacktrace"]
        assert ("the first" in trace) is not suppressed
        assert ("During handling" in trace) is not suppressed


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exception groups")
def test_the_members_of_a_group_are_shown_and_redacted():
    inner = [raised(lambda: ValueError(f"one {CANARY}")), raised(lambda: KeyError("two"))]
    group = raised(lambda: ExceptionGroup(f"many of {CANARY}", inner))  # noqa: F821
    found = text_of(group, CANARY)
    assert CANARY not in str(found)
    assert "ExceptionGroup: many of [REDACTED:taint] (2 sub-exceptions)" in found["exception.stacktrace"]
    assert "  | ValueError: one [REDACTED:taint]" in found["exception.stacktrace"]
    assert "  | KeyError: 'two'" in found["exception.stacktrace"]


def test_locals_are_never_shown():
    def deep():
        hidden = "REDNEVAL".lower()[::-1]
        raise RuntimeError(len(hidden))

    assert "lavender" not in str(text_of(raised_by(deep)))


def raised_by(act):
    try:
        act()
    except Exception as exc:
        return exc
    raise AssertionError


def test_source_lines_are_looked_at_too():
    def deep():
        raise RuntimeError("marigold tea" and "short")

    assert CANARY not in str(text_of(raised_by(deep), CANARY))


def test_long_texts_deep_stacks_and_endless_causes_are_cut_after_redaction():
    def deep(depth):
        if depth:
            deep(depth - 1)
        raise RuntimeError(f"{'long ' * 2000}{CANARY}")

    error = raised_by(lambda: deep(400))
    error.__cause__ = raised(lambda: ValueError("first"))
    error.__cause__.__cause__ = error
    found = text_of(error, CANARY)
    assert len(found["exception.message"]) == 2048
    assert len(found["exception.stacktrace"]) <= 16_384
    assert found["exception.stacktrace"].rstrip().endswith("[REDACTED:taint]")

    last = ValueError("0")
    for number in range(5000):
        following = ValueError(str(number))
        following.__cause__ = last
        last = following
    trace = text_of(last)["exception.stacktrace"]
    assert trace.count("ValueError") == 16
    assert trace.rstrip().endswith("ValueError: 4999")


def test_the_end_of_a_secret_never_survives_the_cut():
    secret = "heather " * 400
    found = text_of(raised(lambda: RuntimeError(f"{'x' * 2000} {secret.strip()}")), secret.strip())
    assert "heather" not in str(found)
