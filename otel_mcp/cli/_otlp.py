"""A receiver of OTLP over HTTP on loopback (`http/protobuf`): what the demo shows is what went over the wire."""

from __future__ import annotations

import gzip
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest, ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.proto.common.v1.common_pb2 import AnyValue
    from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord
    from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
    from opentelemetry.proto.trace.v1.trace_pb2 import Span

__all__ = ["Received", "Receiver", "attributes", "plain"]

_TYPES: dict[str, tuple[Any, Any]] = {
    "/v1/traces": (ExportTraceServiceRequest, ExportTraceServiceResponse),
    "/v1/logs": (ExportLogsServiceRequest, ExportLogsServiceResponse),
    "/v1/metrics": (ExportMetricsServiceRequest, ExportMetricsServiceResponse),
}


class Received:
    """The requests that arrived, in order; read it from any thread."""

    def __init__(self) -> None:
        # The condition's lock guards the lists; waiters are woken by each arrival.
        self._arrived = threading.Condition()
        self._requests: list[Any] = []
        self._raw: list[bytes] = []

    def add(self, request: Any, raw: bytes) -> None:
        with self._arrived:
            self._requests.append(request)
            self._raw.append(raw)
            self._arrived.notify_all()

    def wait_for(self, enough: Any, timeout: float) -> bool:
        """Wait until `enough()` is true, at most `timeout` seconds."""
        with self._arrived:
            return bool(self._arrived.wait_for(enough, timeout))

    @property
    def raw(self) -> bytes:
        """Every byte that arrived, decompressed."""
        with self._arrived:
            return b"\n".join(self._raw)

    def spans(self) -> list[tuple[str, Span]]:
        """Pairs of service name and span."""
        return [
            (service, span)
            for service, part in self._parts("resource_spans")
            for scope in part.scope_spans
            for span in scope.spans
        ]

    def log_records(self) -> list[tuple[str, LogRecord]]:
        """Pairs of service name and log record."""
        return [
            (service, record)
            for service, part in self._parts("resource_logs")
            for scope in part.scope_logs
            for record in scope.log_records
        ]

    def metrics(self) -> list[tuple[str, Metric]]:
        """Pairs of service name and metric; the last export of a service comes last."""
        return [
            (service, metric)
            for service, part in self._parts("resource_metrics")
            for scope in part.scope_metrics
            for metric in scope.metrics
        ]

    def _parts(self, kind: str) -> Iterator[tuple[str, Any]]:
        with self._arrived:
            requests = list(self._requests)
        for request in requests:
            for part in getattr(request, kind, ()):
                yield str(attributes(part.resource.attributes).get("service.name", "")), part


class Receiver:
    """`with Receiver() as receiver:` listens on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        self.received = Received()
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # the name is the base class's
                _serve(self, received)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's signature
                """Say nothing: the terminal belongs to the demo."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def endpoint(self) -> str:
        """For `OTEL_EXPORTER_OTLP_ENDPOINT`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Receiver:  # noqa: PYI034  # Self is not in Python 3.10
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _serve(handler: BaseHTTPRequestHandler, received: Received) -> None:
    body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
    types = _TYPES.get(handler.path)
    if types is None:
        handler.send_error(404)
        return
    try:
        match handler.headers.get("content-encoding"):
            case "gzip":
                body = gzip.decompress(body)
            case "deflate":
                body = zlib.decompress(body)
        request = types[0].FromString(body)
    except (OSError, zlib.error, ValueError):
        handler.send_error(400)
        return
    received.add(request, body)
    answer = types[1]().SerializeToString()
    handler.send_response(200)
    handler.send_header("content-type", "application/x-protobuf")
    handler.send_header("content-length", str(len(answer)))
    handler.end_headers()
    handler.wfile.write(answer)


def plain(value: AnyValue) -> Any:
    """An OTLP value as Python data."""
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "kvlist_value":
        return attributes(value.kvlist_value.values)
    if kind == "array_value":
        return [plain(item) for item in value.array_value.values]
    return getattr(value, kind)


def attributes(pairs: Any) -> dict[str, Any]:
    """OTLP key-value pairs as a dictionary."""
    return {pair.key: plain(pair.value) for pair in pairs}
