"""When a log begins a new file, and how long it keeps old ones: the settings in words. Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from otel_mcp.errors import ConfigError

__all__ = ["FOREVER", "NEVER", "PRESETS", "Retention", "Rotation"]

_SIZE: Final = re.compile(r"(\d{1,9})(KiB|MiB|GiB)")
_AGE: Final = re.compile(r"(\d{1,6})(m|h|d)")
_UNITS: Final = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3, "m": 60, "h": 3600, "d": 86_400}
_LEAST_BYTES: Final = 256 * 1024
_LEAST_SECONDS: Final = 60
_DAY: Final = 86_400

PRESETS: Final = {"6months": 184 * _DAY, "12months": 366 * _DAY, "6years": (6 * 365 + 2) * _DAY}
"""Seconds. Never shorter than the calendar's months and years: AI Act articles 19 and 26(6), PCI DSS 10.5.1, and HIPAA
164.316(b)(2)(i) name them as the least."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A file is sealed at the first commit at which one of these is reached; None is never."""

    max_bytes: int | None
    max_seconds: int | None

    @classmethod
    def parse(cls, text: str, setting: str = "OTEL_MCP_AUDIT_ROTATE") -> Rotation:
        """Read a size, an age, both with a comma between them, or `off`.

        Raises:
            ConfigError: it is something else, or would make a file for every few entries.
        """
        sizes: list[int] = []
        ages: list[int] = []
        for word in [] if text.strip().lower() == "off" else text.split(","):
            size, age = _SIZE.fullmatch(word.strip()), _AGE.fullmatch(word.strip())
            match = size or age
            if match is None:
                raise ConfigError(f"{setting}={text[:40]}: expected a size and an age such as 256MiB,1d, or off")
            (sizes if size else ages).append(int(match[1]) * _UNITS[match[2]])
        if len(sizes) > 1 or len(ages) > 1:
            raise ConfigError(f"{setting}={text[:40]}: names a size or an age twice")
        if any(size < _LEAST_BYTES for size in sizes) or any(age < _LEAST_SECONDS for age in ages):
            raise ConfigError(f"{setting}={text[:40]}: at least 256KiB and 1m")
        return cls(sizes[0] if sizes else None, ages[0] if ages else None)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long sealed files are kept."""

    name: str
    seconds: int | None
    """None is for ever."""

    @classmethod
    def parse(cls, text: str, setting: str = "OTEL_MCP_AUDIT_RETAIN") -> Retention:
        """Read `forever`, one of `PRESETS`, or a number of days such as `90d`.

        Raises:
            ConfigError: it is something else.
        """
        word = text.strip().lower()
        if word in ("forever", "off"):
            return cls("forever", None)
        days = re.fullmatch(r"(\d{1,6})d", word)
        if word not in PRESETS and (days is None or int(days[1]) == 0):
            raise ConfigError(f"{setting}={text[:40]}: expected forever, {', '.join(PRESETS)}, or days such as 90d")
        return cls(word, PRESETS[word] if days is None else int(days[1]) * _DAY)


NEVER: Final = Rotation(None, None)
FOREVER: Final = Retention("forever", None)
