"""`MCPInstrumentor`: what `opentelemetry-instrument` loads, and what an application calls by hand."""

from __future__ import annotations

import atexit
import os
from dataclasses import fields
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.instrumentation.instrumentor import BaseInstrumentor  # type: ignore[attr-defined]  # untyped export

from otel_mcp import _version
from otel_mcp.config import Config, default_service
from otel_mcp.errors import ConfigError, OtelMcpError
from otel_mcp.instrumentation import _client_v2, _native, _server_v2
from otel_mcp.instrumentation._notice import refuse_start, say, say_once
from otel_mcp.instrumentation._recorder import Recorder
from otel_mcp.instrumentation._shutdown import FLUSH_SECONDS, SignalFlush
from otel_mcp.instrumentation._stdout import ConsoleRedirect
from otel_mcp.instrumentation._targets import Patches, Target
from otel_mcp.redaction import Redactor, sensitive_environment
from otel_mcp.telemetry import Telemetry

if TYPE_CHECKING:
    from collections.abc import Collection

    from opentelemetry.trace import TracerProvider

    from otel_mcp.audit.log import AuditLog

__all__ = ["MCPInstrumentor"]

_OLDEST_MAJOR: Final = 2
_PROVIDERS: Final = ("tracer_provider", "meter_provider", "logger_provider")


class MCPInstrumentor(BaseInstrumentor):  # type: ignore[misc]  # the base class is untyped
    """Instruments MCP servers and clients of this process.

    `instrument()` takes `tracer_provider`, `meter_provider`, `logger_provider` (default: the global ones) and every
    field of `otel_mcp.config.Config` by its name. Settings not given come from the environment.

    Nothing is opened and nothing is said before the program imports `mcp`: `opentelemetry-instrument` reaches every
    Python process that a server starts, and most of them have nothing to do with MCP.
    """

    _session: _Session | None = None

    def instrumentation_dependencies(self) -> Collection[str]:
        return ("mcp >= 1.0.0.dev0",)

    def _instrument(self, **kwargs: Any) -> None:
        providers = {name: kwargs.pop(name, None) for name in _PROVIDERS}
        settings = {field.name for field in fields(Config)}
        overrides = {name: kwargs[name] for name in kwargs if name in settings}
        try:
            config, problem = Config.from_environment(**overrides), None
        except ConfigError as exc:
            if overrides:
                raise
            config, problem = Config(audit="off"), exc
        self._session = _Session(config, problem, providers)
        self._session.patches.apply()

    def _uninstrument(self, **_: Any) -> None:
        if self._session is not None:
            self._session.end()
            self._session = None

    @property
    def recorder(self) -> Recorder | None:
        """The recorder in charge, or None when nothing is instrumented."""
        return self._session.recorder if self._session is not None else None

    @property
    def hooks(self) -> list[str]:
        """Qualified names of what is wrapped now."""
        return self._session.patches.applied() if self._session is not None else []


class _Session:
    """What one `instrument()` set up and `uninstrument()` takes down."""

    def __init__(self, config: Config, problem: ConfigError | None, providers: dict[str, Any]) -> None:
        self._config = config
        self._problem = problem
        telemetry = Telemetry(version=_version.VERSION, **providers)
        redactor = Redactor(process_secrets=sensitive_environment(os.environ))
        self.recorder = Recorder(config, telemetry=telemetry, redactor=redactor)
        self._console = ConsoleRedirect()
        given = [provider for provider in providers.values() if provider is not None]
        self._signal = SignalFlush(given, self.recorder.emitter, lambda: self.recorder.audit)
        targets = _hook_table(self.recorder, providers["tracer_provider"], self._console)
        self.patches = Patches(targets, on_first=self._start, on_missing=self._missing)
        # Registered before the trail's own, so that it runs after that: the trail's last entries still have telemetry.
        atexit.register(self.recorder.emitter.flush, FLUSH_SECONDS)

    def _start(self) -> None:
        """The program has imported `mcp`: open the trail, say what is on, take the signal."""
        self._refuse_unless_possible()
        for sentence in Config.warnings_of():
            say_once(sentence)
        audit, words = self._open_audit()
        self.recorder.audit = audit
        say(f"{_version.VERSION} records mcp {_mcp_version() or '(unknown version)'}; {words}")
        self._signal.install()

    @property
    def _strict(self) -> bool:
        """Whether the operator wants no unaudited start. A value that cannot be read counts as the strictest one."""
        audit = os.environ.get("OTEL_MCP_AUDIT", self._config.audit).lower()
        on_failure = os.environ.get("OTEL_MCP_AUDIT_ON_FAILURE", "open").lower()
        return "required" in (audit, self._config.audit) or (
            self._problem is not None and (audit not in ("on", "off", "") or on_failure not in ("open", ""))
        )

    def _refuse_unless_possible(self) -> None:
        major = (_mcp_version() or "").partition(".")[0]
        if major.isdigit() and int(major) < _OLDEST_MAJOR:
            sentence = f"mcp {_mcp_version()} is not recorded by this version (it records mcp 2.x)"
            refuse_start(sentence) if self._strict else say(f"{sentence}; this program runs UNAUDITED")
        if self._problem is not None and self._strict:
            refuse_start(f"{self._problem}; refusing to start")

    def _missing(self, sentence: str) -> None:
        """A place of the SDK that should be hooked is not there: what passes through it would go unrecorded."""
        if self._strict:
            refuse_start(f"{sentence}; refusing to start (OTEL_MCP_AUDIT=required)")
        say_once(sentence)

    def _open_audit(self) -> tuple[AuditLog | None, str]:
        if self._problem is not None:
            return None, f"UNAUDITED: {self._problem}"
        if self._config.audit == "off":
            return None, "audit trail OFF (OTEL_MCP_AUDIT=off)"
        try:
            audit = open_audit(self._config)
        except Exception as exc:
            # Not OtelMcpError alone: whatever keeps the trail from opening, the operator hears of it, and nobody else.
            reason = exc if isinstance(exc, OtelMcpError) else f"internal error ({type(exc).__name__})"
            if self._config.audit == "required":
                refuse_start(f"{reason}; refusing to start (OTEL_MCP_AUDIT=required)")
            if self._config.on_failure == "exit":
                refuse_start(f"{reason}; refusing to start (OTEL_MCP_AUDIT_ON_FAILURE=exit)")
            fate = "calls are REFUSED" if self._config.on_failure == "closed" else "UNAUDITED"
            return None, f"{fate}: {reason}"
        return audit, f"audit trail {audit.directory} ({self._config.durability})"

    def end(self) -> None:
        self.recorder.active = False
        self.patches.restore()
        self._console.restore()
        self._signal.remove()
        if self.recorder.audit is not None:
            self.recorder.audit.close()
            self.recorder.audit = None
        self.recorder.emitter.flush(FLUSH_SECONDS)
        atexit.unregister(self.recorder.emitter.flush)


def open_audit(config: Config) -> AuditLog:
    """Open the log that the settings name.

    Raises:
        OtelMcpError: it cannot be opened; the sentence names the setting and the cure.
    """
    from pathlib import Path  # noqa: PLC0415  # the trail's modules load only where there is a trail

    from otel_mcp.audit.log import AuditLog  # noqa: PLC0415
    from otel_mcp.audit.paths import default_directory  # noqa: PLC0415

    service = default_service()
    directory = Path(config.audit_dir) if config.audit_dir else default_directory(service)
    return AuditLog.open(directory, service=service, key=config.audit_key, durability=config.durability)


def _mcp_version() -> str | None:
    try:
        return metadata.version("mcp")
    except metadata.PackageNotFoundError:
        return None


def _hook_table(recorder: Recorder, tracer_provider: TracerProvider | None, console: ConsoleRedirect) -> list[Target]:
    peers = _client_v2.Peers()
    native = _native.native_span_wrapper(recorder, tracer_provider)
    send = _client_v2.send_wrapper(recorder, peers)
    http = _client_v2.transport_wrapper(peers, _client_v2.http_facts)
    pipe = _client_v2.transport_wrapper(peers, _client_v2.stdio_facts)
    stdio = _server_v2.stdio_wrapper(console.apply)
    return [
        Target("mcp.server._otel", "otel_span", native),
        Target("mcp.shared.jsonrpc_dispatcher", "otel_span", native),
        Target("mcp.server.runner", "ServerRunner._compose_server_middleware", _server_v2.compose_wrapper(recorder)),
        Target("mcp.server.stdio", "stdio_server", stdio),
        Target("mcp.server.mcpserver.server", "stdio_server", stdio),
        Target("mcp.shared.jsonrpc_dispatcher", "JSONRPCDispatcher.send_raw_request", send),
        Target("mcp.shared.direct_dispatcher", "DirectDispatcher.send_raw_request", send),
        Target("mcp.client.session", "ClientSession.__init__", _client_v2.session_init_wrapper(recorder, peers)),
        Target("mcp.client.session", "ClientSession._on_request", _server_v2.answer_wrapper(recorder)),
        Target("mcp.client.streamable_http", "streamable_http_client", http),
        Target("mcp.client.sse", "sse_client", http),
        Target("mcp.client.stdio", "stdio_client", pipe),
        # Names that other modules of the SDK took over before we could wrap them; each is bound in some layouts only.
        *(
            Target(module, name, wrapper, optional=True)
            for module in ("mcp", "mcp.client.client", "mcp.client.session_group")
            for name, wrapper in (("streamable_http_client", http), ("sse_client", http), ("stdio_client", pipe))
        ),
    ]
