"""What an application can find out about the SDK while it is instrumented: nothing that it could not find before."""

from __future__ import annotations

import contextlib
import copy
import importlib
import inspect
import pickle
import sys
import types
import typing
from functools import partial

import pytest
from instrumentation.servers import high_level
from mcp import Client, StdioServerParameters
from mcp.client.session import ClientSession
from mcp.client.stdio import stdio_client
from mcp.server.stdio import stdio_server

from otel_mcp import MCPInstrumentor
from otel_mcp.instrumentation import _notice, _targets
from otel_mcp.instrumentation._peers import Peers, http_facts, transport_wrapper

HOOKED = [
    ("mcp.shared._otel", "otel_span"),
    ("mcp.server._otel", "otel_span"),
    ("mcp.shared.jsonrpc_dispatcher", "otel_span"),
    ("mcp.server.runner", "ServerRunner._compose_server_middleware"),
    ("mcp.server.stdio", "stdio_server"),
    ("mcp.server.mcpserver.server", "stdio_server"),
    ("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.send_raw_request"),
    ("mcp.shared.direct_dispatcher", "DirectDispatcher.send_raw_request"),
    ("mcp.client.session", "ClientSession.__init__"),
    ("mcp.client.session", "ClientSession._on_request"),
    ("mcp.client.streamable_http", "streamable_http_client"),
    ("mcp.client.sse", "sse_client"),
    ("mcp.client.stdio", "stdio_client"),
    ("mcp", "stdio_client"),
]
NAMES = [f"{module}.{path}" for module, path in HOOKED]
COMMAND = StdioServerParameters(command=sys.executable, args=["-c", "import sys; sys.stdin.read()"])


@pytest.fixture
def anyio_backend():
    return "asyncio"


def attribute(module, path):
    found = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    return found


def looks(function):
    """What `inspect`, `typing`, `pickle` and `copy` tell of a function."""
    return {
        "type": type(function),
        "function": inspect.isfunction(function),
        "coroutine function": inspect.iscoroutinefunction(function),
        "generator function": inspect.isasyncgenfunction(function),
        "signature": str(inspect.signature(function)),
        "names": (function.__module__, function.__qualname__, function.__name__, function.__doc__),
        "hints": _or_error(typing.get_type_hints, function),
        "file": inspect.getsourcefile(inspect.unwrap(function)),
        "kind within": inspect.isasyncgenfunction(getattr(function, "__wrapped__", None)),
        "pickled": pickle.loads(pickle.dumps(function)) is function,
        "copied": copy.copy(function) is copy.deepcopy(function) is function,
    }


def _or_error(ask, what):
    try:
        return ask(what)
    except NameError as exc:  # a name that the SDK imports for its type checker only
        return str(exc)


@pytest.mark.parametrize("target", HOOKED, ids=NAMES)
def test_a_hooked_function_is_inspected_pickled_and_copied_as_before(observed, target):
    original = attribute(*target)
    before = looks(original)
    observed.instrument()
    assert attribute(*target) is not original
    assert looks(attribute(*target)) == before
    MCPInstrumentor().uninstrument()
    assert attribute(*target) is original


def test_names_of_one_function_stay_names_of_one_function(observed):
    def groups():
        found = {}
        for target in HOOKED:
            found.setdefault(id(attribute(*target)), set()).add(target)
        return sorted(map(sorted, found.values()))

    before = groups()
    assert any(len(names) > 1 for names in before)
    observed.instrument()
    assert groups() == before


def test_what_is_made_of_a_hooked_class_is_as_before(observed):
    before = str(inspect.signature(ClientSession))
    observed.instrument()
    assert str(inspect.signature(ClientSession)) == before
    bound = ClientSession._on_request.__get__(session := object.__new__(ClientSession))
    assert type(bound) is types.MethodType
    assert bound.__self__ is session
    assert bound == session._on_request


def test_arguments_that_do_not_fit_are_refused_in_the_sdks_own_words(observed):
    def words():
        said = []
        for call in (
            partial(ClientSession, colour="red"),
            ClientSession.__init__,
            attribute("mcp.client.stdio", "stdio_client"),
            partial(attribute("mcp.client.stdio", "stdio_client"), COMMAND, 1, 2, 3),
        ):
            with pytest.raises(TypeError) as refused:
                call()
            said.append(str(refused.value))
        return said

    before = words()
    observed.instrument()
    assert words() == before


def test_a_method_takes_its_instance_by_name_too():
    class Thing:
        def act(self, *, word="x"):
            return word

    target = _targets.Target(__name__, "Thing.act", lambda wrapped, instance, args, kwargs: wrapped(*args, **kwargs))
    module = types.ModuleType(__name__)
    module.Thing = Thing
    patches = _targets.Patches([target], on_first=lambda: None)
    saved = sys.modules[__name__]
    sys.modules[__name__] = module
    try:
        patches.apply()
        assert (Thing().act(word="y"), Thing.act(self=Thing(), word="z")) == ("y", "z")
    finally:
        patches.restore()
        sys.modules[__name__] = saved


def test_a_name_that_took_over_a_hooked_function_later_is_restored_with_the_others(observed, monkeypatch):
    monkeypatch.delitem(sys.modules, "mcp.server.mcpserver.server")
    observed.instrument()
    later = importlib.import_module("mcp.server.mcpserver.server")
    assert later.stdio_server is not stdio_server
    MCPInstrumentor().uninstrument()
    assert later.stdio_server is stdio_server


def test_what_somebody_else_put_over_ours_stays_when_we_go(observed, monkeypatch):
    def theirs(*args):
        return ours(*args)

    monkeypatch.setattr("mcp.client.stdio.stdio_client", stdio_client)  # so that it is put back afterwards
    observed.instrument()
    ours = attribute("mcp.client.stdio", "stdio_client")
    importlib.import_module("mcp.client.stdio").stdio_client = theirs
    MCPInstrumentor().uninstrument()
    assert attribute("mcp.client.stdio", "stdio_client") is theirs
    assert attribute("mcp", "stdio_client") is stdio_client


@pytest.mark.anyio
async def test_a_transport_is_entered_used_as_a_decorator_and_shown_as_before(observed):
    observed.instrument()
    transport = attribute("mcp.client.stdio", "stdio_client")(COMMAND)
    assert isinstance(transport, contextlib._AsyncGeneratorContextManager)
    assert repr(transport).startswith("<contextlib._AsyncGeneratorContextManager object at ")

    @transport
    async def act(word):
        return word

    assert inspect.iscoroutinefunction(act)
    assert [await act("once"), await act("twice")] == ["once", "twice"]
    async with contextlib.AsyncExitStack() as stack:
        read, write = await stack.enter_async_context(attribute("mcp", "stdio_client")(COMMAND))
        assert read
        assert write


@contextlib.asynccontextmanager
async def connect(url):
    """A transport for the two tests below."""
    with contextlib.suppress(LookupError):
        yield (object(), url)


def connection(peers):
    return transport_wrapper(peers, http_facts)(connect, None, ("http://example.org:81/mcp?key=x",), {})


@pytest.mark.anyio
async def test_a_transport_used_as_a_decorator_still_tells_what_it_connects_to():
    peers, seen = Peers(), []

    @connection(peers)
    async def act():
        seen.extend(peers._transports.values())

    await act()
    await act()
    assert [facts["server_address"] for facts in seen] == ["example.org", "example.org"]
    assert not peers._transports


@pytest.mark.anyio
async def test_a_transport_passes_or_swallows_exceptions_as_before_and_is_copied():
    async with copy.copy(connection(Peers())) as streams:
        raise KeyError("swallowed by the transport")
    assert streams[1].startswith("http://example.org")
    error = OSError("x")
    with pytest.raises(OSError, match="x") as raised:
        async with connection(Peers()):
            raise error
    assert raised.value is error


@pytest.mark.anyio
async def test_trouble_of_ours_keeps_no_transport_from_opening(capfd, monkeypatch):
    monkeypatch.setattr(_notice, "_said", set())
    peers = Peers()
    peers.open_transport = lambda *_: 1 / 0
    async with connection(peers) as streams:
        assert streams
    assert "internal error in transport (ZeroDivisionError)" in capfd.readouterr().err


@pytest.mark.anyio
async def test_a_subclass_that_extends_a_hooked_method_is_recorded_once(observed):
    observed.instrument()
    async with Client(high_level()) as client:
        session = client.session

        class Extended(type(session)):
            async def _on_request(self, *args):
                return await super()._on_request(*args)

        assert inspect.iscoroutinefunction(Extended._on_request)
        await client.call_tool("add", {"a": 1, "b": 2})
    observed.span("CLIENT")
