"""What a sender knows of its peers: the session, the transport, what the other side offers."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from otel_mcp.instrumentation._catalog import Catalog
from otel_mcp.instrumentation._watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Peers", "http_facts", "stdio_facts", "transport_wrapper"]


class Peers:
    """What is known of the peer behind each dispatcher: its session, its transport, what it offers."""

    def __init__(self) -> None:
        self._sessions: weakref.WeakKeyDictionary[Any, weakref.ref[Any]] = weakref.WeakKeyDictionary()
        self._catalogs: weakref.WeakKeyDictionary[Any, Catalog] = weakref.WeakKeyDictionary()
        # By identity and only while the transport's context is open: the SDK's streams take no weak references.
        self._transports: dict[int, Mapping[str, Any]] = {}
        self._claims: weakref.WeakKeyDictionary[Any, tuple[str | None, str | None]] = weakref.WeakKeyDictionary()

    def remember_session(self, dispatcher: Any, session: Any) -> None:
        if _can_be_a_key(dispatcher):
            self._sessions[dispatcher] = weakref.ref(session)

    def open_transport(self, stream: Any, facts: Mapping[str, Any]) -> None:
        self._transports[id(stream)] = facts

    def close_transport(self, stream: Any) -> None:
        self._transports.pop(id(stream), None)

    def session(self, dispatcher: Any) -> Any:
        found = self._sessions.get(dispatcher) if _can_be_a_key(dispatcher) else None
        return found() if found is not None else None

    def catalog(self, dispatcher: Any) -> Catalog:
        return self._catalogs.setdefault(dispatcher, Catalog()) if _can_be_a_key(dispatcher) else Catalog()

    def remember_claims(self, session: Any, server: str | None, version: str | None) -> None:
        """What the other side answered to `initialize`: name and version of itself, and the negotiated version."""
        if _can_be_a_key(session):
            self._claims[session] = server, version

    def claims(self, session: Any) -> tuple[str | None, str | None]:
        return self._claims.get(session, (None, None)) if _can_be_a_key(session) else (None, None)

    def transport(self, dispatcher: Any) -> Mapping[str, Any]:
        return self._transports.get(id(getattr(dispatcher, "_read_stream", None)), {})

    def carrier(self, dispatcher: Any) -> Mapping[str, Any]:
        """The transport without whom it leads to: of a request that the server makes the client is the receiver."""
        return {name: value for name, value in self.transport(dispatcher).items() if not name.startswith("server_")}


def transport_wrapper(peers: Peers, facts: Callable[..., Mapping[str, Any]]) -> Callable[..., Any]:
    """A wrapt wrapper of a transport function, which returns an async context manager of streams and still does."""

    def wrapper(wrapped: Callable[..., Any], _: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return Watched(
            wrapped(*args, **kwargs),
            opened=lambda streams: peers.open_transport(_first_of(streams), facts(*args, **kwargs)),
            closing=lambda streams: peers.close_transport(_first_of(streams)),
        )

    return wrapper


def _first_of(streams: Any) -> Any:
    return streams[0] if isinstance(streams, tuple) and streams else None


def _can_be_a_key(dispatcher: Any) -> bool:
    """An application's own dispatcher may be unhashable (a dataclass), or compare equal to another."""
    own: object = type(dispatcher).__hash__
    return own is object.__hash__


def http_facts(url: Any = "", *_: Any, **__: Any) -> Mapping[str, Any]:
    """Address and port of an HTTP transport; never the URL, whose query and user part may hold credentials."""
    try:
        parts = urlsplit(str(url))
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return {"transport": "tcp", "network_protocol": "http"}
    return {
        "transport": "tcp",
        "network_protocol": "http",
        "server_address": parts.hostname,
        "server_port": port,
    }


def stdio_facts(*_: Any, **__: Any) -> Mapping[str, Any]:
    return {"transport": "pipe"}
