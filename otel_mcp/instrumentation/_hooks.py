"""Which places of the SDK are hooked, for each of its majors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from otel_mcp.instrumentation import _client_v2, _native, _server_v2
from otel_mcp.instrumentation._client_v1 import Sending
from otel_mcp.instrumentation._connection import stdio_wrapper
from otel_mcp.instrumentation._fastmcp import fastmcp_targets
from otel_mcp.instrumentation._fastmcp_auth import fastmcp_check_targets
from otel_mcp.instrumentation._logouts import session_targets
from otel_mcp.instrumentation._notifications import Notifications
from otel_mcp.instrumentation._oauth_client import oauth_client_targets
from otel_mcp.instrumentation._oauth_server import authorization_server_targets
from otel_mcp.instrumentation._peers import Peers, http_facts, stdio_facts, transport_wrapper
from otel_mcp.instrumentation._refusals import Refusals
from otel_mcp.instrumentation._server_v1 import Answers
from otel_mcp.instrumentation._targets import Target

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

    from otel_mcp.instrumentation._catalog import Catalogs
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.instrumentation._stdout import ConsoleRedirect

__all__ = ["hook_table"]

_TRANSPORTS: Final = {
    "streamable_http_client": "mcp.client.streamable_http",
    "streamablehttp_client": "mcp.client.streamable_http",
    "sse_client": "mcp.client.sse",
    "stdio_client": "mcp.client.stdio",
}
# Modules of the SDK that take those names over before we can wrap them; each is bound in some layouts only.
_IMPORTERS: Final = ("mcp", "mcp.client.client", "mcp.client.session_group", "mcp.client.__main__")


def hook_table(
    major: int, recorder: Recorder, tracer_provider: TracerProvider | None, console: ConsoleRedirect
) -> list[Target]:
    """What to wrap in an SDK of this major."""
    peers = Peers()
    catalogs: Catalogs = WeakKeyDictionary()
    refusals = Refusals(recorder, catalogs)
    if major == 1:
        sdk = _v1(recorder, refusals, peers, catalogs)
    else:
        sdk = _v2(recorder, tracer_provider, refusals, peers, catalogs)
    return [
        *sdk,
        *_servers(major, recorder, console),
        *_transports(peers),
        *_authentication(recorder),
        *authorization_server_targets(recorder),
        *oauth_client_targets(major, recorder),
        *session_targets(recorder),
        *fastmcp_targets(recorder),
        *fastmcp_check_targets(recorder),
    ]


def _authentication(recorder: Recorder) -> list[Target]:
    module, found = "mcp.server.auth.middleware.bearer_auth", recorder.authentication
    return [
        Target(module, "BearerAuthBackend.__init__", found.init_wrapper),
        Target(module, "BearerAuthBackend.authenticate", found.authenticate_wrapper),
        Target(module, "RequireAuthMiddleware.__call__", found.require_wrapper),
    ]


def _v1(recorder: Recorder, refusals: Refusals, peers: Peers, catalogs: Catalogs) -> list[Target]:
    answers = Answers(recorder, refusals, peers, catalogs)
    told = Notifications(recorder, peers)
    sending = Sending(recorder, peers, told)
    return [
        Target("mcp.server.lowlevel.server", "Server._handle_request", answers.handle_wrapper),
        Target("mcp.server.session", "ServerSession._received_request", answers.session_wrapper),
        Target("mcp.client.session", "ClientSession._received_request", answers.client_wrapper),
        Target("mcp.server.session", "ServerSession._received_notification", told.session_wrapper),
        Target("mcp.client.session", "ClientSession._received_notification", told.session_wrapper),
        Target("mcp.shared.session", "RequestResponder.respond", answers.respond_wrapper),
        Target("mcp.shared.session", "BaseSession.__init__", answers.base_init_wrapper),
        Target("mcp.shared.session", "BaseSession.__aexit__", recorder.sessions.exit_wrapper),
        Target("mcp.shared.session", "BaseSession.send_request", sending.request_wrapper),
        Target("mcp.shared.session", "BaseSession.send_notification", sending.notification_wrapper),
        # Since 1.29; before, a POST went straight to the two below.
        Target(
            "mcp.server.transport_security",
            "RequestBodyLimitMiddleware.__call__",
            refusals.post_wrapper,
            optional=True,
        ),
        Target(
            "mcp.server.streamable_http_manager",
            "StreamableHTTPSessionManager.handle_request",
            refusals.unlimited_wrapper,
        ),
        Target("mcp.server.sse", "SseServerTransport.handle_post_message", refusals.unlimited_wrapper),
    ]


def _v2(
    recorder: Recorder,
    tracer_provider: TracerProvider | None,
    refusals: Refusals,
    peers: Peers,
    catalogs: Catalogs,
) -> list[Target]:
    post, stream = refusals.post_wrapper, refusals.stream_wrapper
    native = _native.native_span_wrapper(recorder, tracer_provider)
    told = Notifications(recorder, peers)
    compose = _server_v2.compose_wrapper(recorder, catalogs, told)
    send = _client_v2.send_wrapper(recorder, peers)
    return [
        Target("mcp.server._otel", "otel_span", native),
        Target("mcp.shared.jsonrpc_dispatcher", "otel_span", native),
        Target("mcp.server.runner", "ServerRunner._compose_server_middleware", compose),
        Target("mcp.server.runner", "_serve_modern_stream", stream),
        Target("mcp.server.runner", "_serve_legacy_stream", stream),
        Target("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.run", refusals.run_wrapper),
        # One class: mcp 2.0 has it in the manager's module, later ones only its name.
        Target("mcp.server.transport_security", "RequestBodyLimitMiddleware.__call__", post, optional=True),
        Target("mcp.server.streamable_http_manager", "RequestBodyLimitMiddleware.__call__", post),
        Target("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.send_raw_request", send),
        Target("mcp.shared.direct_dispatcher", "DirectDispatcher.send_raw_request", send),
        Target("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.notify", told.send_wrapper),
        Target("mcp.shared.direct_dispatcher", "DirectDispatcher.notify", told.direct_wrapper),
        # What a request of streamable HTTP answers with on its own stream.
        Target("mcp.server._streamable_http_modern", "_SingleExchangeDispatchContext.notify", told.send_wrapper),
        Target("mcp.client.session", "ClientSession._on_notify", told.client_wrapper),
        Target("mcp.client.session", "ClientSession.__init__", _client_v2.session_init_wrapper(recorder, peers)),
        Target("mcp.client.session", "ClientSession.__aexit__", recorder.sessions.exit_wrapper),
        Target("mcp.client.session", "ClientSession._on_request", _server_v2.answer_wrapper(recorder, peers)),
    ]


def _servers(major: int, recorder: Recorder, console: ConsoleRedirect) -> list[Target]:
    servers = recorder.servers
    wrapper = stdio_wrapper(console.apply, servers.stdio_began, servers.stdio_ended)
    framework = "mcp.server.fastmcp.server" if major == 1 else "mcp.server.mcpserver.server"
    return [
        Target("mcp.server.stdio", "stdio_server", wrapper),
        Target(framework, "stdio_server", wrapper),
        Target("mcp", "stdio_server", wrapper, optional=True),
        Target("mcp.server.streamable_http_manager", "StreamableHTTPSessionManager.run", servers.manager_wrapper),
        Target("mcp.server.sse", "SseServerTransport.__init__", servers.sse_wrapper),
    ]


def _transports(peers: Peers) -> list[Target]:
    http, pipe = transport_wrapper(peers, http_facts), transport_wrapper(peers, stdio_facts)
    wrappers = {name: pipe if name == "stdio_client" else http for name in _TRANSPORTS}
    return [
        *(
            Target(module, name, wrappers[name], optional=name == "streamablehttp_client")
            for name, module in _TRANSPORTS.items()
        ),
        *(Target(module, name, wrappers[name], optional=True) for module in _IMPORTERS for name in _TRANSPORTS),
    ]
