"""One finding of `otel-mcp doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Row", "State"]

State = Literal["ok", "note", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Row:
    """`section`, its state, what is so, and the cure where something is wrong."""

    section: str
    state: State
    text: str
    cure: str = ""
