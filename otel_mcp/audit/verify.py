"""Verification of an audit log, format v1: every check that a reader can make without the writer's help.

The key comes from the caller or from a pin, never from beside the log: whoever can rewrite a log can also put
another key there.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from otel_mcp.audit._verification import Verification, report_of_deleted
from otel_mcp.audit._walk import Problem
from otel_mcp.audit.highwater import marks_of_directory
from otel_mcp.audit.report import STRENGTHS, Policy, Report
from otel_mcp.audit.store import segments_of
from otel_mcp.errors import ConfigError, NothingToVerify, VerificationError

if TYPE_CHECKING:
    from otel_mcp.audit._walk import Progress
    from otel_mcp.audit.highwater import Mark

__all__ = ["STRENGTHS", "Policy", "Problem", "Report", "verify"]


def verify(
    directory: Path,
    policy: Policy | None = None,
    *,
    progress: Progress | None = None,
    fast: bool = False,
) -> Report:
    """Walk the whole log in `directory` and report everything; nothing of the log is changed.

    `fast` checks the signature of the newest checkpoint only (each checkpoint's root is compared all the same), and
    the indexes superficially. `progress` is called with entries done and in all.

    Raises:
        NothingToVerify: there is no log, or it is empty and nothing says that it ever was not.
        VerificationError: the log could not be checked.
        ConfigError: the policy or the file of pins cannot be used.
    """
    policy = policy or Policy()
    if unknown := policy.require - STRENGTHS:
        raise ConfigError(f"required strength {min(unknown)!r}: expected one of {', '.join(sorted(STRENGTHS))}")
    directory = Path(directory).absolute()
    # Before the log: it only grows, so what was seen before must be in it.
    marks = marks_of_directory(directory)
    try:
        return _verified(directory, policy, marks, progress, fast=fast)
    except NothingToVerify:
        if not marks:
            raise
        return report_of_deleted(marks)
    except sqlite3.Error as error:
        raise VerificationError("A14", f"the log in {directory} cannot be read: {error}") from None


def _verified(directory: Path, policy: Policy, marks: list[Mark], progress: Progress | None, *, fast: bool) -> Report:
    segments = segments_of(directory)
    if not segments:
        raise NothingToVerify(f"no audit log in {directory}")
    try:
        return Verification(directory, policy, segments, list(marks)).run(progress, fast=fast)
    except FileNotFoundError:
        if segments_of(directory).keys() >= segments.keys():
            raise
        # Pruned between the look into the folder and the look into the file.
        return _verified(directory, policy, marks, progress, fast=fast)
