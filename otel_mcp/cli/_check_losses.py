"""What `otel-mcp doctor` says of settings that lose telemetry or say too much: batches, samplers, headers, stdio."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from otel_mcp.cli._row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["loss_rows"]

_HEADERS: Final = "OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_"
_SANITIZED: Final = f"{_HEADERS}SANITIZE_FIELDS"
_TOLD: Final = {
    "mcp-param-anything": "headers Mcp-Param-* repeat arguments",
    "mcp-name": "the header Mcp-Name repeats names and URIs",
    "authorization": "the header Authorization is a token",
}
_SAMPLERS: Final = {
    "always_off": "no span leaves",
    "parentbased_always_off": "no span leaves, unless a caller asked for its trace",
    "traceidratio": "a part of the spans leaves",
    "parentbased_traceidratio": "a part of the spans leaves",
}
_INHERITED: Final = "HOME, LOGNAME, PATH, SHELL, TERM and USER"
_HAND_ON: Final = (
    'in a client: StdioServerParameters(command="otel-mcp", args=["run", "--", …], '
    'env={name: value for name, value in os.environ.items() if name.startswith("OTEL_")})'
)


@dataclass(frozen=True, slots=True)
class _Batch:
    """The variables of a batch processor, which are OTEL_`prefix`_…, and what they are where nobody sets them."""

    prefix: str
    what: str
    delay: int
    queue: int = 2048
    batch: int = 512

    def read(self, environ: Mapping[str, str], name: str, default: int) -> int:
        try:
            return int(environ.get(f"OTEL_{self.prefix}_{name}", default))
        except ValueError:
            return default  # as the SDK does, which says so


_BATCHES: Final = (_Batch("BSP", "spans", 5000), _Batch("BLRP", "log records", 1000))
_LONG_MILLISECONDS: Final = 30_000


def loss_rows(environ: Mapping[str, str]) -> list[Row]:
    """Rows on what would be lost on the way to the backend, or be told to it in clear."""
    rows = [*_headers(environ), *_stdio(environ)]
    if environ.get("OTEL_CONFIG_FILE"):
        return rows  # the SDK reads batches and samplers from the file alone
    return [*(row for batch in _BATCHES for row in _batch(batch, environ)), *_sampler(environ), *rows]


def _batch(batch: _Batch, environ: Mapping[str, str]) -> list[Row]:
    prefix = f"OTEL_{batch.prefix}_"
    queue = batch.read(environ, "MAX_QUEUE_SIZE", batch.queue)
    size = batch.read(environ, "MAX_EXPORT_BATCH_SIZE", batch.batch)
    delay = batch.read(environ, "SCHEDULE_DELAY", batch.delay)
    named = f"{prefix}MAX_QUEUE_SIZE={queue}"
    if min(queue, size, delay) <= 0 or size > queue:
        text = f"{named}, …_MAX_EXPORT_BATCH_SIZE={size}, …_SCHEDULE_DELAY={delay}"
        wrong = f"{text}: the SDK takes none below 1 and no batch above the queue, and nothing at all is loaded then"
        return [Row("telemetry", "bad", wrong, f"unset them, or set {prefix}MAX_EXPORT_BATCH_SIZE to {queue} or less")]
    rows = []
    if queue < batch.queue:
        text = f"{named}: once so many {batch.what} wait, the oldest are dropped (the trail is not affected)"
        rows.append(Row("telemetry", "warn", text, f"{batch.queue}, the default, or more"))
    if delay >= _LONG_MILLISECONDS:
        text = f"{prefix}SCHEDULE_DELAY={delay}: a kill loses the {batch.what} of so many milliseconds"
        rows.append(Row("telemetry", "warn", text, f"{batch.delay}, the default"))
    return rows


def _sampler(environ: Mapping[str, str]) -> list[Row]:
    name = environ.get("OTEL_TRACES_SAMPLER", "").strip().lower()
    if name not in _SAMPLERS:
        return []
    text = f"OTEL_TRACES_SAMPLER={name}: {_SAMPLERS[name]} (trail, log records and metrics are not affected)"
    return [Row("telemetry", "note", text)]


def _headers(environ: Mapping[str, str]) -> list[Row]:
    """Capture of request headers: comma-separated expressions, each for a whole name, without regard to case."""
    hidden = environ.get(_SANITIZED, "")
    rows = []
    for side in ("SERVER", "CLIENT"):
        variable = f"{_HEADERS}{side}_REQUEST"
        told = [
            what
            for header, what in _TOLD.items()
            if _matches(environ.get(variable, ""), header) and not _matches(hidden, header)
        ]
        if told:
            cure = f"leave them out, or {_SANITIZED}=mcp-.*,authorization"
            rows.append(Row("telemetry", "warn", f"{variable}: {', '.join(told)}; recorded in clear", cure))
    return rows


def _matches(expressions: str, header: str) -> bool:
    return any(_fits(expression.strip(), header) for expression in expressions.split(","))


def _fits(expression: str, header: str) -> bool:
    try:
        return re.fullmatch(expression, header, re.IGNORECASE) is not None
    except re.error:
        return False


def _stdio(environ: Mapping[str, str]) -> list[Row]:
    count = sum(name.startswith("OTEL_") for name in environ)
    if not count:
        return []
    ours = "the OTEL_* one that is set" if count == 1 else f"the {count} OTEL_* ones that are set"
    text = f"a server that this program starts with `stdio_client` gets {_INHERITED} of its variables, not {ours}"
    return [Row("telemetry", "note", text, _HAND_ON)]
