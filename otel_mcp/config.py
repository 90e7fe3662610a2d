"""Every setting: its field, its environment name, its default, and what it means. Standard library only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp._program import this_program
from otel_mcp.errors import ConfigError
from otel_mcp.rotation import Retention, Rotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CAPTURE_VARIABLE", "Config", "default_service", "unknown_word"]

CAPTURE_VARIABLE: Final = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_PREFIX: Final = "OTEL_MCP_"
_LONGEST_WORD: Final = 20
_FUNCTION: Final = re.compile(r"\w+(\.\w+)*:\w+")
_PATHS: Final = frozenset({"access_rules", "redaction_rules"})
_NOT_YET: Final = (
    "OTEL_MCP_ALERT_RULES",
    "OTEL_MCP_ALERT_URLS",
)


def _setting(
    default: str | bool | None, meaning: str, *choices: str, variable: str | None = None, shown: str | None = None
) -> Any:
    """A field; `shown` is what the documentation gives for a default that depends on other things."""
    word = str(default).lower() if isinstance(default, bool) else default
    metadata = {"meaning": meaning, "choices": choices, "variable": variable, "default": shown or f"`{word}`"}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process, checked when made.

    Raises:
        ConfigError: a value is not one of its choices, or two settings contradict each other.
    """

    audit: str = _setting("on", "`on`, `off`, or `required`: no start without a writable log", "on", "off", "required")
    audit_dir: str | None = _setting(
        None, "the log's folder itself", shown="the service's name, in the platform's state folder"
    )
    audit_durability: str | None = _setting(
        None,
        "`async`, `commit` (the outcome is durable before the client sees the response), or `write-ahead` (the intent "
        "is durable before the tool runs)",
        "async",
        "commit",
        "write-ahead",
        shown="`commit`; `write-ahead` where a failure is `closed`",
    )
    audit_write_ahead: str = _setting(
        "",
        "calls that are `write-ahead` whatever the durability: names of tools, with `*`, and `destructive` for tools "
        "whose annotations do not say that they destroy nothing",
        shown="none",
    )
    audit_on_failure: str | None = _setting(
        None,
        "`open` (the tool runs unaudited), `closed` (it does not run; implies `write-ahead`), or `exit`",
        "open",
        "closed",
        "exit",
        shown="`open`; `closed` where the trail is `required`",
    )
    audit_content: str = _setting(
        "redacted",
        "what the local trail keeps of arguments and results: `redacted`, `digest`, or `none`",
        "none",
        "digest",
        "redacted",
    )
    audit_key: str | None = _setting(
        None,
        "the log's key: `file:PATH`, `env:NAME`, or `exec:COMMAND` that signs, see docs/trail.md",
        shown="a file in the platform's config folder",
    )
    audit_encrypt: str = _setting(
        "off",
        "how bodies and names are kept: `off`, `segment` (a key for each file), or `subject` (and one for each actor)",
        "off",
        "segment",
        "subject",
    )
    audit_readings: str = _setting(
        "off",
        "whether our own commands record that they read the trail, in it: `on`, `off`, or `required`: nothing is shown "
        "that is not recorded; see docs/trail.md",
        "on",
        "off",
        "required",
    )
    audit_rotate: str = _setting(
        "256MiB,1d", "when a file is sealed and the next begun: a size, an age, both, or `off`"
    )
    audit_retain: str = _setting(
        "forever", "how long sealed files stay: `forever`, `6months`, `12months`, `6years`, or days such as `90d`"
    )
    name_actor: str = _setting(
        "",
        "`MODULE:FUNCTION` of the application that names the actor of a request, given an `otel_mcp.Caller`",
        shown="the token's subject or client; on stdio the account",
    )
    access_rules: Path | None = _setting(  # noqa: RUF009  # a field, as the others are
        None,
        "a file that says which tools read, write, delete or export data, see docs/access.md",
        shown="the tools' own hints",
    )
    spans: str = _setting(
        "own",
        "`own` (one redacted span an operation, the SDK's own silenced), `enrich` (the SDK's span and our attributes), "
        "or `off`",
        "own",
        "enrich",
        "off",
    )
    notifications: str = _setting(
        "some",
        "which notifications are recorded: `some` (all but progress and log messages), `all`, or `off`",
        "some",
        "all",
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
    redact_all: bool = _setting(
        False,
        "`true`: every span and log record of the process is redacted, those of other instrumentations too; `false`: "
        "ours, the log records of operations, and those of the `mcp` loggers",
    )
    redaction_rules: Path | None = _setting(  # noqa: RUF009  # a field, as the others are
        None,
        "a file of your own rules, see docs/redaction-rules.md; where it cannot be used, nothing of arguments and "
        "results is kept",
        shown="the rules of the package",
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            value, choices = getattr(self, setting.name), setting.metadata["choices"]
            if choices and value is not None and value not in choices:
                raise ConfigError(
                    f"{self.variable(setting.name)}={_shown(value)}: expected one of {', '.join(choices)}"
                )
        _ = (self.rotation, self.retention)  # each says what is wrong with it
        if self.name_actor and not _FUNCTION.fullmatch(self.name_actor):
            raise ConfigError(f"{self.variable('name_actor')}={_shown(self.name_actor)}: expected MODULE:FUNCTION")
        if self.on_failure == "closed" and self.audit_durability in ("async", "commit"):
            raise ConfigError(
                f"OTEL_MCP_AUDIT_DURABILITY={self.audit_durability}: a log that fails closed needs write-ahead "
                "(unset it, or set OTEL_MCP_AUDIT_ON_FAILURE=open)"
            )

    @property
    def rotation(self) -> Rotation:
        return Rotation.parse(self.audit_rotate)

    @property
    def retention(self) -> Retention:
        return Retention.parse(self.audit_retain)

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
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, **overrides: str | bool | Path | None
    ) -> Config:
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
        for sentence in cls.unknown_keywords(overrides):
            raise ConfigError(sentence)
        given = {name: environ[variable] for variable, name in names.items() if environ.get(variable)}
        values: dict[str, Any] = {name: _as_choice(value, cls.choices(name)) for name, value in given.items()}
        if values.get("capture", "NO_CONTENT") not in cls.choices("capture"):
            values["capture"] = "NO_CONTENT"
        values.update({k: v for k, v in overrides.items() if v is not None})
        if "redact_all" in values:
            values["redact_all"] = _as_bool(cls.variable("redact_all"), values["redact_all"])
        for name in _PATHS & values.keys():
            values[name] = _as_path(name, values[name])
        return cls(**values)

    @classmethod
    def unknown_keywords(cls, given: Iterable[str], others: Iterable[str] = ()) -> list[str]:
        """A sentence for each keyword that is neither a field nor one of `others`, with the one probably meant.

        A setting that was misspelt would weaken the trail unnoticed.
        """
        known = [*(s.name for s in fields(cls)), *others]
        return [unknown_word(name, known) for name in given if name not in known]

    @classmethod
    def choices(cls, name: str) -> tuple[str, ...]:
        """The words that a field takes; none where it takes any text."""
        words: tuple[str, ...] = next((s.metadata["choices"] for s in fields(cls) if s.name == name), ())
        return words

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
        capture, choices = environ.get(CAPTURE_VARIABLE), cls.choices("capture")
        if capture and capture.upper() not in choices:
            said.append(
                f"{CAPTURE_VARIABLE}={_shown(capture)}: expected one of {', '.join(choices)}; content stays off"
            )
        return said


def unknown_word(name: str, known: Iterable[str]) -> str:
    """A sentence for a name that is none of `known`, with the one probably meant."""
    known = list(known)
    # `durability` for `audit_durability` is the likely slip, and no close match; the variable's name is another.
    word = name.lower().replace("-", "_").removeprefix("otel_mcp_")
    near = [k for k in known if k == word or k.endswith(f"_{word}")] or get_close_matches(word, known, 1)
    cure = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return f"{name}: no setting has this keyword ({cure})"


def _shown(value: object) -> str:
    """A wrong value, if it is a word like those that are expected: what else is set here may belong somewhere else."""
    text = str(value)
    return text if len(text) <= _LONGEST_WORD and text.isascii() and text.replace("_", "").isalpha() else "…"


def _as_bool(variable: str, value: str | bool) -> bool:
    """The two words of OpenTelemetry's boolean settings; any other must not pass for `false`."""
    words = {"true": True, "false": False}
    word = str(value).strip().lower()
    if word not in words:
        raise ConfigError(f"{variable}={_shown(value)}: expected true or false")
    return words[word]


def _as_path(name: str, value: object) -> Path:
    if not isinstance(value, (str, os.PathLike)):
        raise ConfigError(f"{name}: expected the path of a file, got a value of type {type(value).__name__}")
    return Path(value)


def _as_choice(value: str, choices: tuple[str, ...]) -> str:
    return next((choice for choice in choices if choice.lower() == value.strip().lower()), value)


def default_service(environ: Mapping[str, str] | None = None, program: str | None = None) -> str:
    """The service's name: `OTEL_SERVICE_NAME`, `service.name` of the resource, or `program` (default: this one's name).

    The program's name stands in for the SDK's `unknown_service`, so that two servers of one user keep two trails.
    """
    environ = os.environ if environ is None else environ
    if name := environ.get("OTEL_SERVICE_NAME"):
        return name
    for pair in environ.get("OTEL_RESOURCE_ATTRIBUTES", "").split(","):
        key, _, value = pair.partition("=")
        if key.strip() == "service.name" and value.strip():
            return value.strip()
    return this_program() if program is None else program
