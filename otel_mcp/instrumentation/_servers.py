"""When servers of this process begin and end to serve: on which versions, with which settings, and what changed since.

A server is one that others can reach, over stdio or HTTP; those that a program only calls itself, in memory, are none.
"""

from __future__ import annotations

import hashlib
import platform
from dataclasses import fields
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otel_mcp import _version
from otel_mcp.audit.entry import EntryDraft
from otel_mcp.audit.query import entries
from otel_mcp.instrumentation._watched import Watched
from otel_mcp.instrumentation._who import account

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from otel_mcp.audit.log import AuditLog
    from otel_mcp.audit.query import StoredEntry
    from otel_mcp.config import Config
    from otel_mcp.instrumentation._recorder import Recorder

__all__ = ["Servers"]

_START: Final = "mcp.server.start"
_STOP: Final = "mcp.server.stop"
_CHANGE: Final = "mcp.config.change"
_PACKAGES: Final = (_version.DISTRIBUTION, "mcp", "fastmcp", "opentelemetry-sdk")
_STDIO: Final = "stdio"
_SSE: Final = "sse"
_DIGITS: Final = 32
_COMMAND: Final = "exec:"


class Servers:
    """Of one recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._open: dict[Hashable, str] = {}

    def stdio_began(self) -> None:
        self._begin(_STDIO, "pipe")

    def stdio_ended(self) -> None:
        self._end(_STDIO)

    def manager_wrapper(
        self, wrapped: Callable[..., Any], manager: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Of `StreamableHTTPSessionManager.run()`, whose context lasts as long as its server serves."""
        key = id(manager)
        return Watched(
            wrapped(*args, **kwargs),
            opened=lambda _: self._begin(key, "tcp"),
            closing=lambda _: self._end(key),
        )

    def sse_wrapper(self, wrapped: Callable[..., None], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Of `SseServerTransport.__init__`; it has no end but the program's."""
        wrapped(*args, **kwargs)
        self._recorder.quietly("servers", lambda: self._begin(_SSE, "tcp"), otherwise=None)

    def close(self) -> None:
        """The program ends, and with it whatever still serves."""
        for key in list(self._open):
            self._end(key)

    def _begin(self, key: Hashable, transport: str) -> None:
        audit = self._recorder.audit
        if not self._recorder.active or audit is None or key in self._open:
            return
        self._open[key] = transport
        settings = _settings(self._recorder.config)
        attributes = {"settings": audit.keyed_digest(settings), "versions": _versions()}
        scope = self._recorder.redactor.scope()
        # Each by itself: beside its name, the path of a key would pass for the key.
        shown = {name: scope.text(value) if isinstance(value, str) else value for name, value in settings.items()}
        if (key := settings["audit_key"]) and key.startswith(_COMMAND):
            # What a command is given may be a PIN that looks like any other word.
            shown["audit_key"] = f"{_COMMAND} {audit.keyed_digest(key)}"
        draft = _draft(_START, "START", transport, attributes, {"settings": shown})
        self._recorder.events.submit(draft)
        self._recorder.later.put(partial(self._compare, audit, draft))

    def _end(self, key: Hashable) -> None:
        transport = self._open.pop(key, None)
        if transport is not None and self._recorder.audit is not None:
            self._recorder.events.submit(_draft(_STOP, "STOP", transport, {}, None))

    def _compare(self, audit: AuditLog, draft: EntryDraft) -> None:
        """Record what is otherwise than it was when a server of this log last began to serve."""
        before = _last_start(audit, draft)
        if before is None:
            return
        for name in ("settings", "versions"):
            was, now = before.head.get(name), draft.attributes[name]
            if was != now:
                changes = _changes(before, draft, name)
                attributes: dict[str, Any] = {name: now, "was": was, "changed": sorted(changes)}
                body = {"target": name, "changes": changes}
                self._recorder.events.submit(_draft(_CHANGE, "UPDATE", None, attributes, body))


def _draft(
    event: str, action: str, transport: str | None, attributes: Mapping[str, Any], body: dict[str, Any] | None
) -> EntryDraft:
    place = {} if transport is None else {"transport": transport}
    return EntryDraft(
        event,
        "event",
        action,
        "success",
        actor=account(),
        actor_type="user",
        attributes={**place, **attributes},
        body=body,
    )


def _versions() -> dict[str, str]:
    known = {name: _version_of(name) for name in _PACKAGES}
    return {"python": platform.python_version()} | {name: found for name, found in known.items() if found}


def _version_of(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _settings(config: Config) -> dict[str, Any]:
    """Every setting, and of a file that one names also what is in it."""
    found: dict[str, Any] = {}
    for field in fields(config):
        value = getattr(config, field.name)
        found[field.name] = str(value) if isinstance(value, Path) else value
        if isinstance(value, Path):
            found[f"{field.name}_sha256"] = _digest_of(value)
    return found


def _digest_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.expanduser().read_bytes()).hexdigest()[:_DIGITS]
    except OSError:
        return None


def _last_start(audit: AuditLog, draft: EntryDraft) -> StoredEntry | None:
    found = entries(audit.directory, event=_START, newest_first=True, limit=2)
    return next((entry for entry in found if entry.head["id"] != draft.id), None)


def _changes(before: StoredEntry, draft: EntryDraft, name: str) -> dict[str, dict[str, Any]]:
    """What was and what is, by setting or package; nothing where what was is not to be read any more."""
    if name == "versions":
        was, now = before.head.get(name), draft.attributes[name]
    else:
        was, now = (before.body or {}).get(name), (draft.body or {}).get(name)
    if not isinstance(was, dict) or not isinstance(now, dict):
        return {}
    names = [key for key in was.keys() | now.keys() if was.get(key) != now.get(key)]
    return {key: {"was": was.get(key), "now": now.get(key)} for key in names}
