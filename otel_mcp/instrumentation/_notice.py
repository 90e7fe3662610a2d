"""The few lines that this package says to the operator: on stderr, once each, never on stdout."""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

__all__ = ["EX_CONFIG", "refuse_start", "say", "say_once"]

EX_CONFIG: Final = 78
"""Exit status of `sysexits.h` for a configuration error."""

_lock = threading.Lock()
_said: set[str] = set()


def say(sentence: str) -> None:
    """Write one line to stderr; a closed stderr is not our caller's problem."""
    try:
        sys.stderr.write(f"otel-mcp: {sentence}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return


def say_once(sentence: str) -> None:
    """Say it unless this process has said it before."""
    with _lock:
        if sentence in _said:
            return
        _said.add(sentence)
    say(sentence)


def refuse_start(sentence: str) -> None:
    """End the process before its server starts.

    `os._exit`, not `SystemExit`: inside `sitecustomize` the latter ends in a fatal interpreter error with a traceback,
    and inside an import it could be caught by the application.
    """
    say(sentence)
    os._exit(EX_CONFIG)
