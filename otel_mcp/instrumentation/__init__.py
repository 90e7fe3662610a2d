"""`MCPInstrumentor`: what `opentelemetry-instrument` loads, and what an application calls by hand."""

from __future__ import annotations

import atexit
import os
import sys
from dataclasses import dataclass, fields
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

import wrapt
from opentelemetry.instrumentation.instrumentor import BaseInstrumentor  # type: ignore[attr-defined]  # untyped export

from otel_mcp import _version
from otel_mcp.access import read_access_rules
from otel_mcp.config import Config, default_service
from otel_mcp.declarative import Declared, declared_settings, is_strict
from otel_mcp.errors import ConfigError, OtelMcpError
from otel_mcp.instrumentation._exit import SideBySide, providers_that_end_at_exit
from otel_mcp.instrumentation._guard import Guard
from otel_mcp.instrumentation._hooks import hook_table
from otel_mcp.instrumentation._notice import refuse_start, say, say_once
from otel_mcp.instrumentation._recorder import Recorder
from otel_mcp.instrumentation._shutdown import FLUSH_SECONDS, SignalFlush
from otel_mcp.instrumentation._stdout import ConsoleRedirect
from otel_mcp.instrumentation._targets import Patches
from otel_mcp.redaction import Redactor, sensitive_environment
from otel_mcp.rules import adopt_rules, read_rules
from otel_mcp.telemetry import Telemetry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from otel_mcp.audit.log import AuditLog
    from otel_mcp.redaction.policyfile import RuleFile

__all__ = ["MCPInstrumentor"]

_PROVIDERS: Final = ("tracer_provider", "meter_provider", "logger_provider")
# What the loader of `opentelemetry-instrument` adds; the base class takes it away again.
_OF_THE_LOADER: Final = ("skip_dep_check", "raise_exception_on_conflict")
_LOADER: Final = "opentelemetry.instrumentation.auto_instrumentation._load"


@dataclass(init=False)
class _Section:
    """Our section of a configuration file, which the SDK makes of it: every key of it, known or not.

    The SDK hands over the fields of this class by their names. With a field for each setting, a key that is misspelt
    would end in a traceback in place of a sentence, and in an instrumentation without any of the settings.
    """

    declared: dict[str, Any]

    def __init__(self, **settings: Any) -> None:
        self.declared = settings


class MCPInstrumentor(BaseInstrumentor):  # type: ignore[misc]  # the base class is untyped
    """Instruments MCP servers and clients of this process.

    `instrument()` takes `tracer_provider`, `meter_provider`, `logger_provider` (default: the global ones) and every
    field of `otel_mcp.config.Config` by its name. Settings not given come from the environment. Another keyword raises
    `ConfigError` before anything is hooked; from the loader, which must not be stopped, it is said to have no effect.
    Where the SDK configures itself from a file, it hands over our section of it as `declared`.

    Nothing is opened and nothing is said before the program imports `mcp`: `opentelemetry-instrument` reaches every
    Python process that a server starts, and most of them have nothing to do with MCP.
    """

    configuration = _Section
    _session: _Session | None = None
    _by_loader = False

    def instrumentation_dependencies(self) -> Collection[str]:
        return ("mcp >= 1.0.0.dev0",)

    def instrument(self, **kwargs: Any) -> None:
        declared = "declared" in kwargs
        by_loader = _LOADER in sys.modules and (declared or not kwargs.keys().isdisjoint(_OF_THE_LOADER))
        if declared and _mcp_version() is None:
            return  # one file may serve many programs, and the base class would complain in each
        if by_loader and not declared and self.is_instrumented_by_opentelemetry:
            return  # the file had it done, or we were loaded first; and the loader comes to everybody
        self._by_loader = by_loader
        super().instrument(**kwargs)

    def _instrument(self, **kwargs: Any) -> None:
        section = kwargs.pop("declared", None)
        told = self._by_loader or section is not None
        ignored = Config.unknown_keywords(kwargs, (*_PROVIDERS, *_OF_THE_LOADER))
        if ignored and not told:
            raise ConfigError(ignored[0])
        providers = {name: kwargs.pop(name, None) for name in _PROVIDERS}
        settings = {field.name for field in fields(Config)}
        overrides = {name: kwargs[name] for name in kwargs if name in settings}
        declared = declared_settings(os.environ, section)
        if told and not declared.enabled:
            _when_imported(lambda: _say_disabled(declared))
            return
        try:
            if declared.problem is not None:
                raise declared.problem
            config, problem = Config.from_environment(declared.environ, **overrides), None
        except ConfigError as exc:
            if overrides:
                raise
            config, problem = Config(audit="off", redact_all=_may_want_all(declared.environ)), exc
        self._session = _Session(config, declared, problem, providers, by_loader=self._by_loader)
        self._session.begin([f"{sentence}; it has no effect" for sentence in ignored])

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

    def __init__(
        self,
        config: Config,
        declared: Declared,
        problem: ConfigError | None,
        providers: dict[str, Any],
        *,
        by_loader: bool,
    ) -> None:
        self._config = config
        self._declared = declared
        self._problem = problem
        telemetry = Telemetry(version=_version.VERSION, **providers)
        redactor = Redactor(process_secrets=sensitive_environment(os.environ))
        self.recorder = Recorder(config, telemetry=telemetry, redactor=redactor)
        self._console = ConsoleRedirect()
        given = [provider for provider in providers.values() if provider is not None]
        self._exit = SideBySide(providers_that_end_at_exit() if by_loader and not given else [])
        self._signal = SignalFlush(
            given,
            self.recorder.checkpoints,
            lambda: self.recorder.audit,
            lambda: self._exit.began,
            lambda ending: self.recorder.last_words(ending=ending),
        )
        targets = hook_table(_mcp_major(), self.recorder, providers["tracer_provider"], self._console)
        self.patches = Patches(targets, on_first=self._start, on_missing=self._missing)
        self._guard = Guard(self.recorder)
        atexit.register(self._at_exit)
        self._too_old = _version.too_old(_mcp_version())
        self._ended = False
        self._warnings: Sequence[str] = ()

    def begin(self, warnings: Sequence[str] = ()) -> None:
        """Hook the SDK; one that is not recorded is left alone, and said to be so when the program imports it."""
        self._warnings = warnings
        if self._config.redact_all and "mcp" not in sys.modules:
            self._take_rules_early()
        self._guard.apply()
        if self._too_old is None:
            self.patches.apply()
        else:
            _when_imported(self._say_too_old)

    def _start(self) -> None:
        """The program has imported `mcp`: open the trail, say what is on, take the signal."""
        if self._problem is not None and self._strict:
            refuse_start(f"{self._problem}; refusing to start")
        for sentence in (*self._warnings, *self._declared.warnings, *Config.warnings_of(self._declared.environ)):
            say_once(sentence)
        # The file before the trail: one that cannot be used may refuse the start. The key after it: the trail makes it.
        rules = self._read_rules()
        self._read_access_rules()
        audit, words = self._open_audit()
        if not isinstance(rules, Exception):
            self._adopt_rules(rules)
        self.recorder.audit = audit
        self.recorder.checkpoints.follow(audit)
        say(f"{_version.VERSION} records mcp {_mcp_version() or '(unknown version)'}; {words}")
        self._signal.install()
        self._exit.prepare()

    def _read_rules(self) -> RuleFile | Exception | None:
        try:
            return read_rules(self._config)
        except Exception as exc:
            self._without_rules(exc)
            return exc

    def _read_access_rules(self) -> None:
        try:
            self.recorder.access_rules = read_access_rules(self._config)
        except OtelMcpError as exc:
            if self._strict:
                refuse_start(f"{exc}; refusing to start ({self._required})")
            say_once(f"{exc}; what a tool does to data is taken from its own hints alone")

    def _adopt_rules(self, rules: RuleFile | None) -> None:
        try:
            adopt_rules(self.recorder.redactor, rules, self._config, service=self._service, say=say_once)
        except Exception as exc:
            self._without_rules(exc)

    def _without_rules(self, exc: Exception) -> None:
        self.recorder.keep_metadata_only()
        reason = exc if isinstance(exc, OtelMcpError) else f"redaction cannot be set up ({type(exc).__name__})"
        if self._strict:
            refuse_start(f"{reason}; refusing to start ({self._required})")
        say_once(f"{reason}; nothing of arguments, results and error texts is kept, only metadata")

    def _take_rules_early(self) -> None:
        """For the signals of a program that may never import `mcp`. A key that is missing yet may be made later on."""
        try:
            rules = read_rules(self._config)
        except Exception as exc:
            reason = exc if isinstance(exc, OtelMcpError) else f"redaction cannot be set up ({type(exc).__name__})"
            say_once(f"{reason}; other instrumentations' signals are redacted by the rules of the package alone")
            return
        try:
            adopt_rules(self.recorder.redactor, rules, self._config, service=self._service, say=say_once)
        except Exception:
            return  # `_start` tries again, and tells

    def _at_exit(self) -> None:
        # The trail first: its last entries, and the checkpoint over its stop record, still have telemetry.
        self.recorder.last_words()
        if self.recorder.audit is not None:
            self.recorder.audit.close()
        self.recorder.checkpoints.flush(FLUSH_SECONDS)
        self._exit.run()

    @property
    def _strict(self) -> bool:
        """Whether the operator wants no unaudited start. A value that cannot be read counts as the strictest one."""
        environ = self._declared.environ
        asked = {
            "OTEL_MCP_AUDIT": environ.get("OTEL_MCP_AUDIT", self._config.audit),
            "OTEL_MCP_AUDIT_ON_FAILURE": environ.get("OTEL_MCP_AUDIT_ON_FAILURE", self._config.on_failure),
        }
        return "required" in (asked["OTEL_MCP_AUDIT"].lower(), self._config.audit) or (
            (self._problem is not None or self._too_old is not None) and (self._declared.strict or is_strict(asked))
        )

    @property
    def _service(self) -> str:
        return default_service(self._declared.environ)  # not sooner: what is run is not known while the site is set up

    @property
    def _required(self) -> str:
        return self._declared.named("audit", "required")

    def _say_too_old(self) -> None:
        if self._ended:
            return
        if self._strict:
            refuse_start(f"{self._too_old}; refusing to start (install mcp>={_version.OLDEST_MCP})")
        off = self._problem is None and self._config.audit == "off"
        say_once(str(self._too_old) if off else f"{self._too_old}; this program runs UNAUDITED")

    def _missing(self, sentence: str) -> None:
        """A place of the SDK that should be hooked is not there: what passes through it would go unrecorded."""
        if self._strict:
            refuse_start(f"{sentence}; refusing to start ({self._required})")
        say_once(sentence)

    def _open_audit(self) -> tuple[AuditLog | None, str]:
        if self._problem is not None:
            return None, f"UNAUDITED: {self._problem}"
        if self._config.audit == "off":
            return None, f"audit trail OFF ({self._declared.named('audit', 'off')})"
        try:
            audit = open_audit(self._config, self._service)
        except Exception as exc:
            # Not OtelMcpError alone: whatever keeps the trail from opening, the operator hears of it, and nobody else.
            reason = exc if isinstance(exc, OtelMcpError) else f"internal error ({type(exc).__name__})"
            if self._config.audit == "required":
                refuse_start(f"{reason}; refusing to start ({self._required})")
            if self._config.on_failure == "exit":
                asked = self._declared.named("audit_on_failure", "exit")
                refuse_start(f"{reason}; refusing to start ({asked})")
            fate = "calls are REFUSED" if self._config.on_failure == "closed" else "UNAUDITED"
            return None, f"{fate}: {reason}"
        return audit, f"audit trail {audit.directory} ({self._config.durability})"

    def end(self) -> None:
        self._ended = True
        self.recorder.active = False
        self.patches.restore()
        self._exit.cancel()
        self._console.restore()
        self._signal.remove()
        self.recorder.last_words()
        if self.recorder.audit is not None:
            self.recorder.audit.close()
            self.recorder.audit = None
        self.recorder.checkpoints.flush(FLUSH_SECONDS)
        self.recorder.checkpoints.follow(None)
        self._guard.restore()  # the last operations have been emitted
        atexit.unregister(self._at_exit)


def open_audit(config: Config, service: str) -> AuditLog:
    """Open the log that the settings name, or that of the service.

    Raises:
        OtelMcpError: it cannot be opened; the sentence names the setting and the cure.
    """
    from pathlib import Path  # noqa: PLC0415  # the trail's modules load only where there is a trail

    from otel_mcp.audit.log import AuditLog  # noqa: PLC0415
    from otel_mcp.audit.paths import default_directory  # noqa: PLC0415

    directory = Path(config.audit_dir) if config.audit_dir else default_directory(service)
    return AuditLog.open(
        directory,
        service=service,
        key=config.audit_key,
        durability=config.durability,
        rotation=config.rotation,
        retention=config.retention,
        encrypt=config.audit_encrypt,
    )


def _when_imported(step: Callable[[], None]) -> None:
    """Once the program imports `mcp`: what the operator is told is said in programs that it concerns."""
    if "mcp" in sys.modules:
        step()
    else:
        wrapt.register_post_import_hook(lambda _module: step(), "mcp")


def _say_disabled(declared: Declared) -> None:
    sentence = f"otel_mcp.enabled=false in {declared.source}: nothing is recorded, audit trail OFF"
    if is_strict(os.environ):
        refuse_start(f"{sentence}; refusing to start (the environment asks for a trail)")
    say_once(sentence)


def _may_want_all(environ: Mapping[str, str]) -> bool:
    """Whether everything is to be redacted, where the settings as a whole cannot be read."""
    return environ.get("OTEL_MCP_REDACT_ALL", "").strip().lower() not in ("", "false")


def _mcp_major() -> int:
    """Of the installed SDK; where that cannot be told, of the newest that is known."""
    major = (_mcp_version() or "").partition(".")[0]
    return int(major) if major.isdigit() else 2


def _mcp_version() -> str | None:
    try:
        return metadata.version("mcp")
    except metadata.PackageNotFoundError:
        return None
