"""What servers offer, remembered in the trail from run to run: what was added, removed, or says something else now.

A tool whose description or schema changed after it was approved is how a server goes bad unseen. Each complete listing
is compared with the last that the trail knows, aside, since reading that takes a moment in a long log.
"""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from otel_mcp.audit.entry import EntryDraft
from otel_mcp.audit.query import entries
from otel_mcp.instrumentation import _content
from otel_mcp.instrumentation._notice import say_once
from otel_mcp.redaction.lint import shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from otel_mcp.audit.log import AuditLog
    from otel_mcp.instrumentation._recorder import Recorder
    from otel_mcp.operation import Side

__all__ = ["Definitions"]

_SNAPSHOT: Final = "mcp.config.definitions"
_CHANGE: Final = "mcp.config.change"
_MOST: Final = 1000
_LONGEST: Final = 128
_DIGITS: Final = 32
_MOST_SOURCES: Final = 64


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a method lists: the member of the result, the member of a head that names one, and what is its name."""

    members: str
    head: str | None
    name: str


_KINDS: Final[Mapping[str, _Kind]] = {
    "tools/list": _Kind("tools", "tool", "name"),
    "prompts/list": _Kind("prompts", "prompt", "name"),
    # A URI may name a person: it stands in the body, and a digest in the head.
    "resources/list": _Kind("resources", None, "uri"),
    "resources/templates/list": _Kind("resourceTemplates", None, "uriTemplate"),
}


@dataclass(frozen=True, slots=True)
class _Listing:
    side: Side
    peer: str | None
    method: str
    found: Mapping[str, tuple[str, str]]
    """Name as it stands in the head: its clear name, and the hash of the definition."""


class Definitions:
    """Of one recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._known: dict[tuple[Side, str | None, str], dict[str, str]] = {}
        self._latest: dict[tuple[Side, str | None, str], Any] = {}

    def learn(self, side: Side, peer: str | None, method: str, params: Any, result: Any) -> None:
        """Take in the result of a listing; of one that is a page of several nothing can be said to be missing.

        `peer` is what the other side calls itself, for a client.
        """
        kind, audit = _KINDS.get(method), self._recorder.audit
        whole = isinstance(result, dict) and not result.get("nextCursor")
        if kind is None or audit is None or not whole or (isinstance(params, dict) and params.get("cursor")):
            return
        make = partial(self._found, audit, kind, (side, peer, method), result.get(kind.members))
        found = self._recorder.quietly("definitions", make, otherwise=None)
        if found is None:
            return
        listing = _Listing(side, peer, method, found)
        self._recorder.quietly(
            "definitions", lambda: self._recorder.later.put(partial(self._compare, listing)), otherwise=None
        )

    def _found(self, audit: AuditLog, kind: _Kind, source: Any, items: Any) -> dict[str, tuple[str, str]] | None:
        """What is listed; None where it is what it was the last time, the usual case."""
        if self._latest.get(source) == items:
            return None
        if source in self._latest or len(self._latest) < _MOST_SOURCES:
            self._latest[source] = deepcopy(items)  # a server may change its own list in place
        found = {}
        for item in items[:_MOST] if isinstance(items, list) else ():
            name = item.get(kind.name) if isinstance(item, dict) else None
            if isinstance(name, str) and name:
                key = name if kind.head and self._is_name(name) else audit.keyed_digest(name)
                found[key] = name, _hash(item)
        return found

    def _is_name(self, name: str) -> bool:
        """Whether it may stand in a head."""
        return name.isascii() and len(name) <= _LONGEST and self._recorder.is_plain(name)

    def _compare(self, listing: _Listing) -> None:
        if (audit := self._recorder.audit) is None:
            return
        peer = None if listing.peer is None else audit.keyed_digest(listing.peer)
        source = listing.side, peer, listing.method
        now = {key: digest for key, (_, digest) in listing.found.items()}
        before = self._known.get(source)
        first = before is None
        if before is None:
            if len(self._known) >= _MOST_SOURCES:
                return
            before = _last(audit, *source)
        if before is None:
            self._known[source] = now
            self._remember(source, now)
            return
        for key, digest in now.items():
            if before.get(key) != digest:
                self._changed(source, listing, key, before.get(key), digest)
        # What one user is not shown another may be: only the first listing of a run is compared with those before.
        if first:
            for key in before.keys() - now.keys():
                self._changed(source, listing, key, before[key], None)
        known = now if first else {**before, **now}
        if first or known != before:
            self._remember(source, known)
        self._known[source] = known

    def _remember(self, source: tuple[Side, str | None, str], known: Mapping[str, str]) -> None:
        side, peer, method = source
        attributes = {"of": side, "listing": method, "definitions": dict(known)}
        draft = _draft(_SNAPSHOT, "READ", attributes | ({} if peer is None else {"peer": peer}), None)
        if self._recorder.audit is not None:
            self._recorder.audit.submit(draft)  # to be compared with, and no news for anybody

    def _changed(
        self, source: tuple[Side, str | None, str], listing: _Listing, key: str, before: str | None, now: str | None
    ) -> None:
        side, peer, method = source
        kind = _KINDS[method]
        clear = listing.found[key][0] if key in listing.found else key
        attributes: dict[str, Any] = {"of": side, "listing": method, kind.head or "definition_of": key}
        attributes |= {"definition": now, "was": before} | ({} if peer is None else {"peer": peer})
        action = "CREATE" if before is None else "DELETE" if now is None else "UPDATE"
        scope = self._recorder.redactor.scope()
        if kind.head is None:
            scope.learn_uri(clear)
        body = {"target": _content.clean(clear, scope)}
        if listing.peer is not None:
            body["claimed_server"] = _content.clean(listing.peer, scope)
        self._recorder.events.submit(_draft(_CHANGE, action, attributes, body))
        if action == "UPDATE" and side == "client":
            what = "a resource" if kind.head is None else f"{kind.head} {shown_name(clear)}"
            whose = shown_name(listing.peer or "its server")
            say_once(
                f"{what} of {whose} is defined in another way than when it was last seen "
                "(otel-mcp query --event mcp.config.change)"
            )


def _draft(event: str, action: str, attributes: dict[str, Any], body: dict[str, Any] | None) -> EntryDraft:
    return EntryDraft(event, "event", action, "success", actor_type="system", attributes=attributes, body=body)


def _hash(item: Mapping[str, Any]) -> str:
    """Of everything that a definition says but its `_meta`, which a server may fill anew for each listing."""
    told = {name: value for name, value in item.items() if name != "_meta"}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _last(audit: AuditLog, side: Side, peer: str | None, method: str) -> dict[str, str] | None:
    """What the trail last knew of this source."""
    for entry in entries(audit.directory, event=_SNAPSHOT, newest_first=True):
        head = entry.head
        if (head.get("of"), head.get("peer"), head.get("listing")) == (side, peer, method):
            found = head.get("definitions")
            return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else None
    return None
