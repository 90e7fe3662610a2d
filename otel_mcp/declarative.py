"""Declarative configuration: what the file of `OTEL_CONFIG_FILE` says of this package, laid over the environment.

The SDK configures itself from that file alone. Our settings stand in its section for instrumentations:

```yaml
instrumentation/development:
  python:
    otel_mcp: {audit_dir: /var/lib/mcp-trail, audit: required}
```

A key is a field of `Config`. Where the environment has the same setting, the stricter of the two counts, and the file's
where none is stricter; what the file does not name comes from the environment. docs/design/declarative.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final

from otel_mcp._config_file import EXPORTER, SECTION, VARIABLE, ConfigFile, read_file, shown_key
from otel_mcp.config import Config, unknown_word
from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["EXPORTER_KEYS", "VARIABLE", "Declared", "declared_settings", "is_strict", "read_section"]

EXPORTER_KEYS: Final = (
    "audit_dir",
    "audit_key",
    "audit_encrypt",
    "audit_rotate",
    "audit_retain",
    "redaction_rules",
    "service",
)
"""What `otel_mcp_audit` takes: fields of `Config`, and the name of the service."""

_CONTENT_OFF: Final = "NO_CONTENT"
_STRICT: Final = ("required", "closed", "exit")
# What the operator asked for in the environment is not weakened by a file: later words of a row are stricter.
_WEAKEST_FIRST: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "audit": (("off",), ("on",), ("required",)),
    "audit_durability": (("async",), ("commit",), ("write-ahead",)),
    "audit_on_failure": (("open",), ("closed", "exit")),
    "audit_encrypt": (("off",), ("segment",), ("subject",)),
    "audit_readings": (("off",), ("on",), ("required",)),
    "audit_content": (("redacted",), ("digest",), ("none",)),
    "capture": (("span_and_event", "span_only", "event_only"), ("no_content",)),
    "redact_all": (("false",), ("true",)),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """The settings of a process: the environment, and those of the file over it."""

    environ: Mapping[str, str]
    """As if all had been set in the environment; a value that cannot be used stands there as it is."""
    source: str = ""
    """How messages call the file; empty where there is none."""
    problem: ConfigError | None = None
    """Why the settings cannot be used as they are."""
    warnings: tuple[str, ...] = ()
    """What has no effect, and which of two settings counts."""
    enabled: bool = True
    strict: bool = False
    """No unaudited start is wanted. A key that means nothing counts if it has the value of a strict setting."""
    unusable: bool = False
    """The SDK will not take the file: where it configures itself from it, no instrumentation is loaded at all."""
    keys: frozenset[str] = frozenset()
    """The fields that the file decides."""

    def named(self, name: str, value: str) -> str:
        """How a sentence calls a setting, so that the operator finds it."""
        return f"{SECTION}.{name}={value} in {self.source}" if name in self.keys else f"{Config.variable(name)}={value}"


@dataclass(frozen=True, slots=True)
class Section:
    """The settings of one section as text, and what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    """What was wrong and has a safe default, as in the environment."""


def is_strict(environ: Mapping[str, str]) -> bool:
    """Whether the operator wants no unaudited start. A value that cannot be read counts as the strictest one."""
    audit = environ.get("OTEL_MCP_AUDIT", "").lower()
    on_failure = environ.get("OTEL_MCP_AUDIT_ON_FAILURE", "").lower()
    return audit not in ("on", "off", "") or on_failure not in ("open", "")


def declared_settings(environ: Mapping[str, str], section: Mapping[str, Any] | None = None) -> Declared:
    """The settings of this process. `section` is what the SDK handed over; without it, it is read from the file.

    Raises nothing: what is wrong is told by the result.
    """
    path, file = environ.get(VARIABLE), ConfigFile()
    source = f"{VARIABLE}={path}" if path else "declarative configuration"
    if path:
        try:
            file = read_file(path)
        except ConfigError as exc:
            if section is None:
                problem = ConfigError(f"{source}: {exc}")
                return Declared(environ, source, problem, strict=is_strict(environ), unusable=True)
    elif section is None:
        return Declared(environ, strict=is_strict(environ))
    return _declared(environ, source, file if section is None else replace(file, section=section))


def _declared(environ: Mapping[str, str], source: str, file: ConfigFile) -> Declared:
    where = f"{source}: {SECTION}."
    ours = read_section(file.section, [one.name for one in fields(Config)], where, ("enabled",))
    laid, keys, said = _laid_over(environ, ours.values, source)
    if file.service:
        laid["OTEL_SERVICE_NAME"] = file.service
    enabled = file.section.get("enabled", True)
    wrong = list(ours.wrong) if isinstance(enabled, bool) else [*ours.wrong, f"{where}enabled: expected true or false"]
    idle = [*ours.unknown, *(f"{source}: {sentence}" for sentence in file.misplaced)]
    strict = is_strict(laid) or any(map(_has_strict_word, (file.section, *file.stray)))
    if strict:
        # What has no effect may be the setting that mattered, and a record may go where nobody looks.
        wrong += [*idle, *(sentence for one in file.exporters for sentence in _complaints(one, source))]
    if not wrong:
        wrong = _contradiction(laid, source) if keys else []
    return Declared(
        laid,
        source,
        ConfigError(wrong[0]) if wrong else None,
        (*(f"{sentence}; it has no effect" for sentence in idle), *ours.replaced, *said),
        enabled is not False,
        strict,
        keys=frozenset(keys),
    )


def read_section(given: Mapping[str, Any], known: Iterable[str], where: str, others: Iterable[str] = ()) -> Section:
    """Settings of a section of the file; `where` begins every sentence, and `others` are keys for somebody else."""
    found, known, others = Section(), tuple(known), tuple(others)
    for name, value in given.items():
        if name in others or value is None or value == "":  # a `${VAR}` that is not set: as if it were not there
            continue
        if name not in known:
            _note_unknown(found, name, (*known, *others), where)
            continue
        if name == "capture" and str(value).strip().upper() not in Config.choices(name):
            found.values[name] = _CONTENT_OFF
            expected = ", ".join(Config.choices(name))
            found.replaced.append(f"{where}{name}: expected one of {expected}; content stays off")
            continue
        try:
            found.values[name] = _checked(name, value)
        except ConfigError as exc:
            found.values[name] = value if isinstance(value, str) else "…"
            found.wrong.append(f"{where}{exc}")
    return found


def _note_unknown(found: Section, name: object, known: tuple[str, ...], where: str) -> None:
    try:
        Config.from_environment({f"OTEL_MCP_{name}".upper(): "set"})
    except ConfigError:  # a setting of a later version
        found.wrong.append(f"{where}{shown_key(name)}: not available in this version (remove it)")
    else:
        found.unknown.append(f"{where}{unknown_word(shown_key(name), known)}")


def _checked(name: str, value: object) -> str:
    """The value as the environment would have it.

    Raises:
        ConfigError: it is of another type, or not one that the setting takes.
    """
    text = _as_text(name, value)
    if name == "service":
        return text
    variable = Config.variable(name)
    try:
        Config.from_environment({variable: text})
    except ConfigError as exc:
        raise ConfigError(f"{name}{str(exc).removeprefix(variable).removeprefix(name)}") from None
    return text


def _as_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        # YAML 1.1, which the SDK reads, makes booleans of `on` and `off`.
        text = str(value).lower() if name == "redact_all" else "on" if value else "off"
        if name == "redact_all" or text in (*Config.choices(name), *_OFF.get(name, ())):
            return text
    elif isinstance(value, str) or (name == "service" and isinstance(value, (int, float))):
        return str(value)
    expected = "true or false" if name == "redact_all" else "a text"
    raise ConfigError(f"{name}: expected {expected}, got a value of type {type(value).__name__}")


_OFF: Final[Mapping[str, tuple[str, ...]]] = {"audit_rotate": ("off",), "audit_retain": ("off",)}


def _laid_over(
    environ: Mapping[str, str], values: Mapping[str, str], source: str
) -> tuple[dict[str, str], set[str], list[str]]:
    """The environment with the file's values, the fields that come from it, and what it overrules."""
    laid, keys, said = dict(environ), set[str](), list[str]()
    for name, text in values.items():
        variable, given = _in_environment(environ, name)
        if name == "audit_write_ahead" and given:
            laid[variable] = f"{given},{text}"  # each names calls that wait; none can be meant to free the other's
        elif given and _rank(name, given) > _rank(name, text):
            laid[Config.variable(name)] = given
            said.append(f"{variable} is stricter than {SECTION}.{name} in {source}, and counts")
        else:
            laid[variable] = text
            keys.add(name)
            if given and given.lower() != text.lower():
                said.append(f"{SECTION}.{name} in {source} counts, and {variable} does not")
    return laid, keys, said


def _in_environment(environ: Mapping[str, str], name: str) -> tuple[str, str]:
    """The variable that decides a field, and what it asks for."""
    variable = Config.variable(name)
    if (
        name == "audit_on_failure"
        and not environ.get(variable)
        and environ.get("OTEL_MCP_AUDIT", "").lower() == "required"
    ):
        return Config.variable("audit"), "closed"
    return variable, environ.get(variable, "")


def _rank(name: str, word: str) -> int:
    """How strict a word is; one that cannot be read is stricter than any."""
    rows = _WEAKEST_FIRST.get(name, ())
    return next((rank for rank, row in enumerate(rows) if word.strip().lower() in row), len(rows))


def _has_strict_word(section: Mapping[str, Any]) -> bool:
    words = (value for name, value in section.items() if name != "audit_readings")  # of commands, not of programs
    return any(isinstance(word, str) and word.strip().lower() in _STRICT for word in words)


def _complaints(exporter: Mapping[str, Any], source: str) -> list[str]:
    found = read_section(exporter, EXPORTER_KEYS, f"{source}: {EXPORTER}.")
    return [*found.wrong, *found.unknown]


def _contradiction(environ: Mapping[str, str], source: str) -> list[str]:
    """What is wrong with the settings together, where each is right."""
    try:
        Config.from_environment(environ)
    except ConfigError as exc:
        return [f"{source}, with the environment: {exc}"]
    return []
