"""One HTTP POST to a witness, a time-stamp authority or a receiver of records, bounded in time and size."""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from otel_mcp.errors import AnchorRefused, ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Reply", "post", "shown_url"]

_MAX_REPLY = 256 * 1024
# The first that fits: the special ones are kinds of OSError and ValueError too.
_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (
        TimeoutError,
        "no answer within {seconds:g} s (is the address right, and does a firewall or proxy let it through?)",
    ),
    (
        ssl.SSLCertVerificationError,
        "its certificate is not trusted: {reason.verify_message} (add its CA to the system's)",
    ),
    (ssl.SSLError, "does not speak TLS (is it an http:// address?)"),
    (socket.gaierror, "no such host (is the name right?)"),
    ((http.client.HTTPException, ValueError), "no whole answer in HTTP (is the address right?)"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and body of an answer, whatever the status is."""

    status: int
    body: bytes

    @property
    def words(self) -> str:
        """The body's first line for a message, printable and short."""
        line = self.body[:200].decode("utf-8", "replace").strip().partition("\n")[0]
        return "".join(c if c.isprintable() else "?" for c in line)[:120]


class _AnyStatus(urllib.request.HTTPErrorProcessor):
    # Statuses are the protocol's. This also follows no redirect: a POST loses its body there, or goes to a host that
    # nobody named.
    def http_response(self, request: urllib.request.Request, response: http.client.HTTPResponse) -> Any:  # noqa: ARG002
        return response

    https_response = http_response


def post(
    url: str, body: bytes, content_type: str, *, seconds: float, headers: Mapping[str, str] = MappingProxyType({})
) -> Reply:
    """The answer of `url`; the proxy settings of the environment apply.

    Raises:
        ConfigError: `url` is no http or https address.
        AnchorRefused: there is no whole answer within `seconds`; the sentence names the cure.
    """
    _check_url(url)
    headers = {**headers, "Content-Type": content_type, "User-Agent": "otel-mcp"}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310  # scheme checked
    answers: queue.SimpleQueue[Reply | Exception] = queue.SimpleQueue()
    # In a thread: the timeout of a socket is per read and leaves name resolution out, so a server that drips one byte
    # after the other would hold its caller for hours.
    threading.Thread(target=lambda: answers.put(_answer(request, seconds)), daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        answer = TimeoutError()
    if isinstance(answer, Reply):
        return answer
    raise AnchorRefused(f"{shown_url(url)}: {_reason(answer, seconds)}") from None


def shown_url(url: str) -> str:
    """An address without its query, which may hold a token.

    Raises:
        ConfigError: `url` is no http or https address.
    """
    _check_url(url)
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ConfigError(f"{url[:80]!r}: not an address (expected https://HOST/PATH)") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isascii() or not url.isprintable():
        raise ConfigError(f"{url[:80]!r}: not an address (expected https://HOST/PATH)")
    if " " in url:
        raise ConfigError(f"{url[:80]!r}: not an address (it holds a space)")
    if parts.username is not None:
        raise ConfigError(f"{parts.scheme}://{parts.hostname}: user name and password in the address are not supported")


def _answer(request: urllib.request.Request, seconds: float) -> Reply | Exception:
    try:
        with urllib.request.build_opener(_AnyStatus).open(request, timeout=seconds) as response:
            return _reply(response)
    except Exception as error:  # the thread's caller says what it means
        return error


def _reply(response: http.client.HTTPResponse) -> Reply:
    body = response.read(_MAX_REPLY + 1)
    # Bounded reading does not raise at a body that is cut short.
    if len(body) > _MAX_REPLY or response.length:
        raise http.client.IncompleteRead(body)
    return Reply(response.status, body)


def _reason(error: Exception, seconds: float) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    for kinds, words in _REASONS:
        if isinstance(reason, kinds):
            return words.format(seconds=seconds, reason=reason)
    words = (reason.strerror if isinstance(reason, OSError) else None) or type(reason).__name__
    return f"cannot be reached: {words.lower()} (is the server running at that address?)"
