"""Every setting: its field, its environment name, its default, and what it means. Standard library only."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CAPTURE_VARIABLE", "Config", "default_service"]

CAPTURE_VARIABLE: Final = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_PREFIX: Final = "OTEL_MCP_"
_NOT_YET: Final = (
    "OTEL_MCP_ALERT_RULES",
    "OTEL_MCP_ALERT_URLS",
    "OTEL_MCP_AUDIT_ENCRYPT",
    "OTEL_MCP_AUDIT_RETAIN",
    "OTEL_MCP_AUDIT_ROTATE",
    "OTEL_MCP_REDACTION_RULES",
    "OTEL_MCP_REDACT_ALL",
)


def _setting(default: str | None, meaning: str, *choices: str, variable: str | None = None) -> Any:
    return field(default=default, metadata={"meaning": meaning, "choices": choices, "variable": variable})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process, checked when made.

    Raises:
        ConfigError: a value is not one of its choices, or two settings contradict each other.
    """

    audit: str = _setting("on", "`on`, `off`, or `required`: no start without a writable log", "on", "off", "required")
    audit_dir: str | None = _setting(
        None, "the log's folder itself (default: the platform's state folder / service name)"
    )
    audit_durability: str | None = _setting(
        None,
        "`async`, `commit` (the default: the outcome is durable before the client sees the response), or `write-ahead` "
        "(the intent is durable before the tool runs)",
        "async",
        "commit",
        "write-ahead",
    )
    audit_on_failure: str | None = _setting(
        None,
        "`open` (the default: the tool runs unaudited), `closed` (it does not run; the default of `required`; implies "
        "`write-ahead`), or `exit`",
        "open",
        "closed",
        "exit",
    )
    audit_content: str = _setting(
        "redacted",
        "what the local trail keeps of arguments and results: `redacted`, `digest`, or `none`",
        "none",
        "digest",
        "redacted",
    )
    audit_key: str | None = _setting(
        None, "`file:PATH` or `env:NAME` of the signing key (default: a file in the platform's config folder)"
    )
    spans: str = _setting(
        "own",
        "`own` (one redacted span an operation, the SDK's own silenced), `enrich` (the SDK's span and our attributes), "
        "or `off`",
        "own",
        "enrich",
        "off",
    )
    capture: str = _setting(
        "NO_CONTENT",
        "arguments and results in telemetry, redacted: `NO_CONTENT`, `SPAN_ONLY`, `EVENT_ONLY`, `SPAN_AND_EVENT`",
        "NO_CONTENT",
        "SPAN_ONLY",
        "EVENT_ONLY",
        "SPAN_AND_EVENT",
        variable=CAPTURE_VARIABLE,
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            value, choices = getattr(self, setting.name), setting.metadata["choices"]
            if choices and value is not None and value not in choices:
                raise ConfigError(f"{self.variable(setting.name)}={value}: expected one of {', '.join(choices)}")
        if self.on_failure == "closed" and self.audit_durability in ("async", "commit"):
            raise ConfigError(
                f"OTEL_MCP_AUDIT_DURABILITY={self.audit_durability}: a log that fails closed needs write-ahead "
                "(unset it, or set OTEL_MCP_AUDIT_ON_FAILURE=open)"
            )

    @property
    def on_failure(self) -> str:
        """What happens to a call when the log cannot take its entry."""
        return self.audit_on_failure or ("closed" if self.audit == "required" else "open")

    @property
    def durability(self) -> str:
        return self.audit_durability or ("write-ahead" if self.on_failure == "closed" else "commit")

    @property
    def span_content(self) -> bool:
        return self.capture in ("SPAN_ONLY", "SPAN_AND_EVENT")

    @property
    def event_content(self) -> bool:
        return self.capture in ("EVENT_ONLY", "SPAN_AND_EVENT")

    @classmethod
    def variable(cls, name: str) -> str:
        """The environment variable of a field."""
        special = next(s.metadata["variable"] for s in fields(cls) if s.name == name)
        return special or _PREFIX + name.upper()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **overrides: str | None) -> Config:
        """Settings from the environment; keyword arguments win.

        Choices are read without regard to case. A setting that a later version has is refused, since ignoring it would
        pass for obeying; an invalid capture value turns content off, as the conventions ask. `warnings_of` tells of
        that and of other unknown `OTEL_MCP_*` names.

        Raises:
            ConfigError: as the class does, for a wrong keyword, and for a setting of a later version.
        """
        environ = os.environ if environ is None else environ
        names = {cls.variable(s.name): s.name for s in fields(cls)}
        for name in _NOT_YET:
            if environ.get(name, "off").lower() != "off":
                raise ConfigError(f"{name}: not available in this version (unset it)")
        wrong = sorted(n for n in overrides if n not in names.values())
        if wrong:
            raise ConfigError(f"{wrong[0]}: not a setting (known: {', '.join(sorted(names.values()))})")
        values = {name: environ[variable] for variable, name in names.items() if environ.get(variable)}
        values = {name: _as_choice(value, _choices(cls, name)) for name, value in values.items()}
        if values.get("capture", "NO_CONTENT") not in _choices(cls, "capture"):
            values["capture"] = "NO_CONTENT"
        values.update({k: v for k, v in overrides.items() if v is not None})
        return cls(**values)

    @classmethod
    def warnings_of(cls, environ: Mapping[str, str] | None = None) -> list[str]:
        """Sentences about names that mean nothing here and values that were replaced by a safe default."""
        environ = os.environ if environ is None else environ
        names = {cls.variable(s.name) for s in fields(cls)} | set(_NOT_YET)
        said = [
            f"{name}: not a setting of this version; it has no effect"
            for name in sorted(environ)
            if name.startswith(_PREFIX) and name not in names
        ]
        capture, choices = environ.get(CAPTURE_VARIABLE), _choices(cls, "capture")
        if capture and capture.upper() not in choices:
            said.append(f"{CAPTURE_VARIABLE}={capture}: expected one of {', '.join(choices)}; content stays off")
        return said


def _as_choice(value: str, choices: tuple[str, ...]) -> str:
    return next((choice for choice in choices if choice.lower() == value.strip().lower()), value)


def _choices(cls: type[Config], name: str) -> tuple[str, ...]:
    choices: tuple[str, ...] = next(s.metadata["choices"] for s in fields(cls) if s.name == name)
    return choices


def default_service(environ: Mapping[str, str] | None = None) -> str:
    """The service's name: `OTEL_SERVICE_NAME`, `service.name` of the resource, or the program's own name.

    The program's name stands in for the SDK's `unknown_service`, so that two servers of one user keep two trails.
    """
    environ = os.environ if environ is None else environ
    if name := environ.get("OTEL_SERVICE_NAME"):
        return name
    for pair in environ.get("OTEL_RESOURCE_ATTRIBUTES", "").split(","):
        key, _, value = pair.partition("=")
        if key.strip() == "service.name" and value.strip():
            return value.strip()
    program = Path(sys.argv[0] if sys.argv and sys.argv[0] else "mcp")
    name = program.parent.name if program.stem == "__main__" else program.stem
    return name if name not in ("", "-c", "-m", "-") else "mcp"
