"""Everything that is wrong or odd in a log's folder, without any key: past every problem, file by file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from otel_mcp.audit._pages import damage
from otel_mcp.audit._rotation import is_sealed
from otel_mcp.audit._stray import Finding, look_around
from otel_mcp.audit._verification import Verification
from otel_mcp.audit._walk import Problems, Walker
from otel_mcp.audit.encryption import kek_id
from otel_mcp.audit.highwater import marks_of_directory
from otel_mcp.audit.report import Policy
from otel_mcp.audit.store import altered_objects, read_meta, reading_segment, segments_of
from otel_mcp.errors import MalformedError, NothingToVerify, VerificationError
from otel_mcp.tlog import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from otel_mcp.audit._walk import Problem

__all__ = ["Finding", "fsck"]

_KEY_IS_NOT_ASKED_FOR = "W01"


def fsck(directory: Path, encryption_keys: Sequence[bytes] = ()) -> list[Finding]:
    """What `verify` finds, all of it, and what it does not judge; nothing is changed.

    `encryption_keys` are the key-encryption keys at hand.

    Raises:
        NothingToVerify: there is no log.
        OSError: the folder cannot be listed.
    """
    segments = segments_of(directory)
    if not segments:
        raise NothingToVerify(f"no audit log in {directory}")
    around = look_around(
        directory, sealed=_newest_is_sealed(segments)
    )  # before SQLite makes files beside those it reads
    found = [*_as_a_whole(directory), *_keys_that_are_missing(segments, encryption_keys)]
    return sorted([*found, *around], key=lambda finding: (not finding.tampering, finding.file))


def _as_a_whole(directory: Path) -> list[Finding]:
    run = Verification(directory, Policy(use_pins=False), segments_of(directory), marks_of_directory(directory))
    run.problems = problems = Problems(most=float("inf"))
    try:
        run.run(None, fast=False)
    except NothingToVerify as error:
        return [Finding(".", str(error))]
    except (VerificationError, sqlite3.Error) as error:
        # No verdict on the whole, so each file is looked at by itself.
        reason = f"the log cannot be verified as a whole: {error}"
        each = [finding for start, path in segments_of(directory).items() for finding in _alone(start, path)]
        return [Finding(".", reason, "A14"), *each]
    return _findings(problems.all(), segments_of(directory))


def _alone(start: int, path: Path) -> list[Finding]:
    """What can be said of one file, whatever the others are."""
    problems = Problems(most=float("inf"))
    try:
        with reading_segment(path) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            for name in altered_objects(connection):
                problems.add("A14", f"database schema altered: {name}")
            for line in damage(connection, "integrity_check(1000)"):
                problems.add("A14", f"database is damaged: {line}")
            walker = Walker(problems, (), None, 0)
            walker.begin(_frontier(read_meta(connection), start, problems))
            walker.walk(connection, ())
    except sqlite3.Error as error:
        problems.add("A14", f"cannot be read to its end: {error}")
    return _findings(problems.all(), {start: path})


def _frontier(meta: dict[str, str], start: int, problems: Problems) -> Frontier:
    try:
        return Frontier.from_bytes(start, bytes.fromhex(meta.get("hashes", "")))
    except (MalformedError, ValueError):
        problems.add("A14", "does not say how the log stood at its beginning")
        return Frontier(start, [bytes(32)] * start.bit_count())


def _findings(problems: Iterable[Problem], segments: dict[int, Path]) -> list[Finding]:
    found = []
    for problem in problems:
        starts = [start for start in segments if problem.index is not None and start <= problem.index]
        # A prefix that is missing is nobody's; what has no index is of the log, unless there is but one file.
        path = segments[max(starts)] if starts else segments[min(segments)] if len(segments) == 1 else None
        if problem.code != _KEY_IS_NOT_ASKED_FOR:
            found.append(Finding(path.name if path else ".", problem.message, problem.code))
    return found


def _newest_is_sealed(segments: dict[int, Path]) -> bool:
    try:
        with reading_segment(segments[max(segments)]) as connection:
            return is_sealed(connection)
    except (sqlite3.Error, TypeError):
        return False


def _keys_that_are_missing(segments: dict[int, Path], encryption_keys: Sequence[bytes]) -> list[Finding]:
    at_hand = {kek_id(key) for key in encryption_keys}
    found = []
    for path in segments.values():
        try:
            with reading_segment(path) as connection:
                rows = connection.execute("SELECT kek, count(*) FROM dek GROUP BY kek").fetchall()
        except sqlite3.Error:
            continue  # said elsewhere
        for kek, count in rows:
            if kek not in at_hand:
                text = (
                    f"{count} data keys are wrapped by key {kek}, which is not at hand: nobody reads what they encrypt"
                )
                found.append(Finding(path.name, text, cure="name the key file with OTEL_MCP_AUDIT_KEY"))
    return found
