"""The file of `OTEL_CONFIG_FILE`, read with the SDK's own parser, so that `${VAR}` means here what it means there."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["EXPORTER", "SECTION", "VARIABLE", "ConfigFile", "read_file", "shown_key"]

VARIABLE: Final = "OTEL_CONFIG_FILE"
SECTION: Final = "otel_mcp"
EXPORTER: Final = "otel_mcp_audit"

_PLACE: Final = "instrumentation/development"
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_LONGEST_KEY: Final = 40
_LOADER: Final = "opentelemetry.configuration.file._loader"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What a file says of this package."""

    section: Mapping[str, Any] = field(default_factory=dict)
    service: str = ""
    """`service.name` of its resource."""
    exporters: tuple[Mapping[str, Any], ...] = ()
    """The settings of each of our exporters in it."""
    misplaced: tuple[str, ...] = ()
    """A sentence for each section that looks like ours, where nobody reads it."""
    stray: tuple[Mapping[str, Any], ...] = ()
    """Those sections."""


def read_file(path: str) -> ConfigFile:
    """Read it; once in a process, unless it or the environment has changed: to check it by its schema takes long.

    Raises:
        ConfigError: the SDK will not take it; the sentence shows names of keys and no value.
    """
    try:
        state = os.stat(path)  # noqa: PTH116  # of what is opened by this name, whatever `Path` makes of it
    except OSError as exc:
        raise ConfigError((exc.strerror or "cannot be read").lower()) from None
    return _read(path, (state.st_mtime_ns, state.st_size, state.st_ino), frozenset(os.environ.items()))


@lru_cache(maxsize=4)
def _read(path: str, _state: tuple[int, ...], _environ: frozenset[tuple[str, str]]) -> ConfigFile:
    try:
        from opentelemetry.configuration import load_config_file  # noqa: PLC0415  # an extra, and slow to import
    except ImportError:
        raise ConfigError(
            "opentelemetry-configuration is not installed (pip install 'otel-mcp-audit[config]')"
        ) from None
    try:
        with _silent():
            return _ours(load_config_file(path))
    except Exception as exc:
        # Its text quotes values of the file.
        raise ConfigError(_reason(path, exc)) from None


def _ours(config: Any) -> ConfigFile:
    python = _python_of(config)
    strays = list(_strays(config, python))
    return ConfigFile(
        python.get(SECTION) or {},
        _service_of(config),
        tuple(_exporters_of(config)),
        tuple(sentence for sentence, _ in strays),
        tuple(section for _, section in strays if isinstance(section, dict)),
    )


@contextmanager
def _silent() -> Iterator[None]:
    """The parser logs what it raises, with a traceback; where the SDK itself reads the file, that is said anyway."""
    logger = logging.getLogger(_LOADER)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _python_of(config: Any) -> Mapping[str, Any]:
    instrumentation = getattr(config, "instrumentation_development", None)
    return getattr(instrumentation, "python", None) or {}


def _service_of(config: Any) -> str:
    resource = getattr(config, "resource", None)
    pairs = [pair.partition("=") for pair in (getattr(resource, "attributes_list", None) or "").split(",")]
    names = {key.strip(): value.strip() for key, _, value in pairs}
    # An attribute by itself wins over the list, as in the SDK.
    names |= {one.name: one.value for one in getattr(resource, "attributes", None) or () if one.value is not None}
    return str(names.get("service.name") or "")


def _exporters_of(config: Any) -> Iterator[Mapping[str, Any]]:
    for processor in getattr(getattr(config, "logger_provider", None), "processors", None) or ():
        for kind in (processor.batch, processor.simple):
            others = getattr(getattr(kind, "exporter", None), "additional_properties", None) or {}
            if EXPORTER in others:
                yield others[EXPORTER] or {}


def _strays(config: Any, python: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Sections that were probably meant for us, with a sentence each."""
    for name, section in python.items():
        if name != SECTION and _sounds_like_us(name):
            yield (
                f"{_PLACE}.python.{shown_key(name)}: no instrumentation has this name (did you mean {SECTION}?)",
                section,
            )
    for name, value in (getattr(config, "additional_properties", None) or {}).items():
        section = value.get("python", value) if isinstance(value, dict) else {}
        if name == SECTION or (isinstance(section, dict) and SECTION in section):
            cure = f"write it under {_PLACE}: python: {SECTION}"
            yield f"{shown_key(name)}: nothing reads settings there ({cure})", section.get(SECTION, section)


def _sounds_like_us(name: str) -> bool:
    if metadata.entry_points(group="opentelemetry_instrumentor", name=name):
        return False
    return name.lower() == "mcp" or bool(get_close_matches(name.lower(), [SECTION, EXPORTER, "mcp_audit"], 1, 0.75))


def _reason(path: str, exc: Exception) -> str:
    """Why the SDK does not take the file, by places and names of keys."""
    if not Path(path).is_file():
        return "not a file"
    if Path(path).suffix.lower() not in _SUFFIXES:
        return f"expected a name that ends with {', '.join(_SUFFIXES)}"
    cause: Any = exc.__cause__
    if isinstance(cause, OSError):
        return f"cannot be read: {(cause.strerror or type(cause).__name__).lower()}"
    if (mark := getattr(cause, "problem_mark", None)) is not None:
        return f"not YAML (line {mark.line + 1})"
    if (line := getattr(cause, "lineno", None)) is not None:
        return f"not JSON (line {line})"
    return f"not a configuration that the SDK accepts{_place_of(cause)}"


def _place_of(cause: Any) -> str:
    """Where in the file, of a complaint by the schema."""
    path = getattr(cause, "absolute_path", None)
    if path is None:
        return ""
    place = ".".join(shown_key(part) for part in path) or "at the top"
    if cause.validator == "required":
        lacks = [name for name in cause.validator_value if name not in cause.instance]
        return f": {place}: lacks {', '.join(lacks)}"
    if cause.validator == "additionalProperties" and isinstance(cause.instance, dict):
        known = list(cause.schema.get("properties", ()))
        return f": {place}: {'; '.join(_unknown(key, known) for key in cause.instance if key not in known)}"
    return f": {place}: not what the schema allows"


def _unknown(key: object, known: list[str]) -> str:
    near = get_close_matches(str(key), known, 1)
    return f"{shown_key(key)} is no key of it" + (f" (did you mean {near[0]}?)" if near else "")


def shown_key(key: object) -> str:
    """A key, if it is words: something else may have been pasted in its place."""
    text = str(key)
    words = text.replace("_", "").replace("-", "").replace("/", "")
    known = isinstance(key, int) or (words.isascii() and words.isalnum() and not _mixed(words))
    return text if known and len(text) <= _LONGEST_KEY else "…"


def _mixed(words: str) -> bool:
    """Digits in the middle of letters, which tokens have and names of settings do not."""
    return any(char.isdigit() for char in words.rstrip("0123456789"))
