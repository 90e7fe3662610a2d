"""What lies in a log's folder beside its entries, judged by names, modes and locks alone."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from otel_mcp.audit._presence import live_writers
from otel_mcp.audit.archive import RECORDS
from otel_mcp.audit.seal import SEALS_NAME
from otel_mcp.audit.store import LOCK_NAME, segment_path, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Finding", "look_around"]

_RESERVE: Final = 1024 * 1024
_LEFTOVER: Final = re.compile(r"(audit-\d{12,19}\.db)-(?:wal|shm|journal)", re.ASCII)
_SEAL_KEY: Final = re.compile(r"seal-(\d{12,19})\.key", re.ASCII)
_HALF_MADE: Final = re.compile(r"\.(?:audit-\d{12,19}\.db\.new.*|.+\.\d+\.[0-9a-f]{8}|otel-mcp-.*)", re.ASCII)
_ANCHOR: Final = re.compile(r"(\d{12,19}\.[A-Za-z0-9._-]+)\.(tsr|note|cosigned)", re.ASCII)
_EVIDENCE: Final = re.compile(r"(entry-(?:0|[1-9]\d{0,18}))\.(json|body|tlog-proof)", re.ASCII)
_FOLDERS: Final = ("writers", "anchors", RECORDS)
_FOREIGN: Final = "nothing that belongs to a log"
_AWAY: Final = "move it away"
_FILES: Final = (SEALS_NAME, LOCK_NAME, "reserve")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or odd; `code` is a message code of `verify`, None for what `verify` does not judge."""

    file: str
    """Within the log's folder; `.` for the whole."""
    message: str
    code: str | None = None
    cure: str | None = None
    """What to do, where there is one thing to do."""

    @property
    def tampering(self) -> bool:
        """Whether `verify` calls it tampering."""
        return self.code is not None and self.code.startswith("A")


def look_around(directory: Path, *, sealed: bool) -> list[Finding]:
    """Everything that is odd about the files of the log in `directory`; `sealed` if its newest file is.

    Raises:
        OSError: the folder cannot be listed.
    """
    archive = _is_archive(directory)
    found = [*_strange_names(directory, archive=archive), *_readable_by_others(directory)]
    if not archive:
        found += _missing(directory, sealed=sealed)
    found += _incomplete(directory / "anchors", _ANCHOR, ({"tsr", "note"}, {"cosigned"}), "an anchor")
    complete = ({"json", "tlog-proof"}, {"json", "tlog-proof", "body"})
    return found + _incomplete(directory / RECORDS, _EVIDENCE, complete, "a record")


def _is_archive(directory: Path) -> bool:
    return all(path.suffix == ".gz" for path in segments_of(directory).values())


def _strange_names(directory: Path, *, archive: bool) -> Iterator[Finding]:
    segments = segments_of(directory)
    files = {path.name for path in segments.values()}
    for path in sorted(directory.iterdir()):
        name = path.name
        known = name in _FOLDERS or (name in _FILES and not (archive and name == "reserve"))
        if known or name in files or _belongs_to_newest(directory, name, archive=archive):
            continue
        if leftover := _LEFTOVER.fullmatch(name):
            cure = "run `otel-mcp erase --resume`" if leftover[1] in files else "remove it"
            yield Finding(name, "left over: the file that it belongs to is sealed or gone", cure=cure)
        elif _SEAL_KEY.fullmatch(name):
            yield Finding(
                name, "the seal key of another file than the newest: it should be destroyed", cure="remove it"
            )
        elif _HALF_MADE.fullmatch(name):
            yield Finding(name, "half-made: what wrote it was interrupted, or still writes", cure="remove it if not")
        elif path.suffix == ".gz" and path.stem in files:
            yield Finding(name, "a compressed copy beside its file: it is not looked at", cure="remove it")
        else:
            yield Finding(name, _FOREIGN, cure=_AWAY)
    live = live_writers(directory)
    for path in sorted((directory / "writers").glob("*")):
        if path.suffix != ".lock":
            yield Finding(f"writers/{path.name}", _FOREIGN, cure=_AWAY)
        elif path.stem not in live:
            yield Finding(f"writers/{path.name}", "of a process that is gone", cure="the next start removes it")


def _belongs_to_newest(directory: Path, name: str, *, archive: bool) -> bool:
    newest = max(segments_of(directory))
    leftover, key = _LEFTOVER.fullmatch(name), _SEAL_KEY.fullmatch(name)
    beside = leftover is not None and leftover[1] == segment_path(directory, newest).name
    return not archive and (beside or (key is not None and int(key[1]) == newest))


def _readable_by_others(directory: Path) -> Iterator[Finding]:
    below = (path for name in _FOLDERS for path in sorted((directory / name).glob("*")))
    for path in (directory, *sorted(directory.iterdir()), *below):
        mode = path.lstat().st_mode
        name = os.path.relpath(path, directory)
        if stat.S_ISLNK(mode):
            yield Finding(name, "a link: what it points to may be changed elsewhere", cure="put the file in its place")
        elif mode & 0o077:
            cure = f"run `chmod go-rwx {path}`"
            yield Finding(name, f"others than its owner may get at it (mode {stat.S_IMODE(mode):04o})", cure=cure)


def _missing(directory: Path, *, sealed: bool) -> Iterator[Finding]:
    name = f"seal-{max(segments_of(directory)):012}.key"
    if not sealed and not (directory / name).exists():
        cure = "put it back from a copy of the folder; until then the log goes on in this file"
        yield Finding(name, "missing: the newest file cannot be sealed", cure=cure)
    reserve = directory / "reserve"
    if not reserve.exists() or reserve.stat().st_size < _RESERVE:
        cure = "the next start makes it, if the disk has room"
        yield Finding("reserve", "missing: a full disk would not even take the record of what is lost", cure=cure)


def _incomplete(folder: Path, names: re.Pattern[str], complete: Iterable[set[str]], what: str) -> list[Finding]:
    parts: dict[str, set[str]] = {}
    found = []
    for path in sorted(folder.glob("*")):
        if name := names.fullmatch(path.name):
            parts.setdefault(name[1], set()).add(name[2])
        else:
            found.append(Finding(f"{folder.name}/{path.name}", _FOREIGN, cure=_AWAY))
    for stem, kinds in parts.items():
        if kinds not in tuple(complete):
            text = f"only {', '.join(sorted(kinds))} of {what}: it proves nothing"
            found.append(Finding(f"{folder.name}/{stem}.*", text, cure="put the rest back, or remove it"))
    return found
