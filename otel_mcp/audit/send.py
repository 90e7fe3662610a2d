"""Delivers audit records by OTLP/HTTP, as `specification/audit/sdk.md` (OTEP 0267) asks of an exporter.

`POST /v1/audit`; where a receiver does not have it, as today's collectors, `POST /v1/logs`. Partial success is failure,
and the whole batch goes again; a conflict (409) is final.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from otel_mcp.audit._post import Reply, post, shown_url
from otel_mcp.errors import AnchorRefused, AuditUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["AuditSender"]

_AUDIT: Final = "/v1/audit"
_LOGS: Final = "/v1/logs"
_HEADERS: Final = "OTEL_EXPORTER_OTLP_HEADERS"
_NOT_HERE: Final = frozenset({404, 405, 501})
_AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
_CONFLICT: Final = 409
_RETRIES: Final = 5
_FIRST_WAIT: Final = 1.0
_SECONDS: Final = 30.0


class AuditSender:
    """Sends batches one after the other to one receiver. Not to be used by two threads at a time."""

    def __init__(self, url: str, *, retries: int = _RETRIES, wait: Callable[[float], object] = time.sleep) -> None:
        parts = urlsplit(url)
        given = parts.path.rstrip("/")
        # An address with a path of its own is taken at its word; a bare one is a receiver's root.
        self._urls = [url] if given else [urlunsplit(parts._replace(path=path)) for path in (_AUDIT, _LOGS)]
        self.shown = shown_url(self._urls[0])
        self._retries = retries
        self._wait = wait
        self._headers = _headers(os.environ.get(_HEADERS, ""))
        self.fell_back = False
        """Whether the receiver takes no audit records, and gets them as log records."""

    def send(self, request: Mapping[str, Any]) -> None:
        """Return when the receiver has acknowledged every record of the batch.

        Raises:
            AuditUnavailable: it has not; nothing is known to have been taken.
            ConfigError: the address is none.
        """
        body = json.dumps(request).encode()
        delay, attempt = _FIRST_WAIT, 0
        while True:
            reason = self._attempt(body)
            if reason is None:
                return
            if attempt >= self._retries:
                raise AuditUnavailable(f"{self.shown}: {reason} (tried {attempt + 1} times)")
            attempt += 1
            self._wait(delay)
            delay *= 2

    def _attempt(self, body: bytes) -> str | None:
        """None if all is acknowledged, or why it is worth another attempt.

        Raises:
            AuditUnavailable: it is not.
        """
        try:
            reply = post(self._urls[0], body, "application/json", seconds=_SECONDS, headers=self._headers)
            if reply.status in _NOT_HERE and len(self._urls) > 1:
                self._urls, self.fell_back = self._urls[1:], True
                self.shown = shown_url(self._urls[0])
                reply = post(self._urls[0], body, "application/json", seconds=_SECONDS, headers=self._headers)
        except AnchorRefused as error:
            return str(error).removeprefix(f"{self.shown}: ")
        if 200 <= reply.status < 300:  # noqa: PLR2004  # HTTP's
            return _partial(reply)
        if reply.status == _CONFLICT:
            words = "holds a record of the same id with other content (409)"
            raise AuditUnavailable(f"{self.shown}: {words}: {reply.words}")
        if reply.status in _AGAIN:
            return f"answered {reply.status}: {reply.words}"
        raise AuditUnavailable(f"{self.shown}: answered {reply.status}: {reply.words}")


def _partial(reply: Reply) -> str | None:
    """What a partial success says; an empty one is how collectors say that all was taken."""
    if not reply.body.strip():
        return None
    try:
        partial = json.loads(reply.body).get("partialSuccess") or {}
        rejected, words = int(partial.get("rejectedLogRecords") or 0), partial.get("errorMessage")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return "answered with something else than OTLP/JSON"
    return f"took all but {rejected} records: {str(words)[:120]}" if rejected or words else None


def _headers(text: str) -> dict[str, str]:
    """Names and values as the OTLP exporters read them from the environment."""
    pairs = (pair.partition("=") for pair in text.split(","))
    return {unquote(name.strip()): unquote(value.strip()) for name, _, value in pairs if name.strip() and value.strip()}
