"""An OTLP sink on loopback that speaks http/protobuf and gRPC at once, and looks at what arrived."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import grpc
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2, logs_service_pb2_grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

from otel_mcp.cli._otlp import Received, Receiver, attributes, plain
from otel_mcp.semconv import CHECKPOINT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self

__all__ = ["PROTOCOLS", "Arrived", "Record", "Sink", "Span"]

PROTOCOLS = ("http/protobuf", "grpc")
_KINDS = {1: "INTERNAL", 2: "SERVER", 3: "CLIENT", 4: "PRODUCER", 5: "CONSUMER"}
_STATUS = {0: "UNSET", 1: "OK", 2: "ERROR"}


@dataclass(frozen=True)
class Span:
    """A span as the backend sees it."""

    service: str
    scope: str
    name: str
    kind: str
    trace: str
    span: str
    parent: str
    status: str
    description: str
    attributes: dict[str, Any]
    links: tuple[str, ...]
    events: int


@dataclass(frozen=True)
class Record:
    """A log record as the backend sees it."""

    service: str
    scope: str
    event: str
    body: Any
    trace: str
    span: str
    severity: str
    attributes: dict[str, Any]


class Arrived:
    """A view of what one sink received; `since` an earlier count of requests."""

    def __init__(self, received: Received) -> None:
        self.received = received

    @property
    def raw(self) -> bytes:
        """Every byte, decompressed; of gRPC the messages serialised again."""
        return self.received.raw

    def spans(self, service: str | None = None) -> list[Span]:
        return [
            Span(
                name,
                scope.scope.name,
                span.name,
                _KINDS.get(span.kind, "?"),
                span.trace_id.hex(),
                span.span_id.hex(),
                span.parent_span_id.hex(),
                _STATUS[span.status.code],
                span.status.message,
                attributes(span.attributes),
                tuple(link.span_id.hex() for link in span.links),
                len(span.events),
            )
            for name, scope in self._scopes("resource_spans", "scope_spans", service)
            for span in scope.spans
        ]

    def records(self, service: str | None = None, *, ours: bool = True) -> list[Record]:
        """Log records; with `ours` those of this package's operations, and not those that the application logs."""
        return [
            Record(
                name,
                scope.scope.name,
                record.event_name,
                plain(record.body),
                record.trace_id.hex(),
                record.span_id.hex(),
                record.severity_text,
                attributes(record.attributes),
            )
            for name, scope in self._scopes("resource_logs", "scope_logs", service)
            for record in scope.log_records
            if not ours or (scope.scope.name == "otel_mcp" and record.event_name != CHECKPOINT)
        ]

    def checkpoints(self, service: str | None = None) -> list[Record]:
        """The log records that hold signed checkpoints."""
        return [record for record in self.records(service, ours=False) if record.event == CHECKPOINT]

    def points(self, service: str, metric: str) -> Counter[tuple[tuple[str, Any], ...]]:
        """Counts of a histogram by attributes: the last export of each service, as temporality is cumulative."""
        last: dict[tuple[tuple[str, Any], ...], int] = {}
        for _, scope in self._scopes("resource_metrics", "scope_metrics", service):
            for found in scope.metrics:
                if found.name == metric:
                    for point in found.histogram.data_points:
                        last[tuple(sorted(attributes(point.attributes).items()))] = point.count
        return Counter(last)

    def metric_names(self, service: str | None = None) -> set[str]:
        return {
            m.name for _, scope in self._scopes("resource_metrics", "scope_metrics", service) for m in scope.metrics
        }

    def _scopes(self, resources: str, scopes: str, service: str | None) -> Iterator[tuple[str, Any]]:
        for name, part in self.received._parts(resources):
            if service is None or name == service:
                for scope in getattr(part, scopes):
                    yield name, scope


class Sink(Arrived):
    """`with Sink() as sink:` listens on two free ports of 127.0.0.1."""

    def __init__(self) -> None:
        self._http = Receiver()
        # Its thread looks every half second whether it should end; a test run starts many of these.
        self._http._thread = threading.Thread(target=self._http._server.serve_forever, args=(0.02,), daemon=True)
        super().__init__(self._http.received)
        self._grpc = grpc.server(ThreadPoolExecutor(max_workers=4))
        for add, base, answer in (
            (
                trace_service_pb2_grpc.add_TraceServiceServicer_to_server,
                trace_service_pb2_grpc.TraceServiceServicer,
                trace_service_pb2.ExportTraceServiceResponse,
            ),
            (
                logs_service_pb2_grpc.add_LogsServiceServicer_to_server,
                logs_service_pb2_grpc.LogsServiceServicer,
                logs_service_pb2.ExportLogsServiceResponse,
            ),
            (
                metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server,
                metrics_service_pb2_grpc.MetricsServiceServicer,
                metrics_service_pb2.ExportMetricsServiceResponse,
            ),
        ):
            add(_servicer(base, self.received, answer), self._grpc)
        self._port = self._grpc.add_insecure_port("127.0.0.1:0")

    def environment(self, protocol: str = "http/protobuf") -> dict[str, str]:
        """What sends a program's telemetry here."""
        endpoint = self._http.endpoint if protocol == "http/protobuf" else f"http://127.0.0.1:{self._port}"
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL": protocol}

    def wait_for(self, enough: Callable[[], bool], seconds: float = 20) -> bool:
        return self.received.wait_for(enough, seconds)

    def __enter__(self) -> Self:
        self._http.__enter__()
        self._grpc.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._grpc.stop(None).wait()
        self._http.__exit__(*exc)


def _servicer(base: Any, received: Received, answer: Any) -> Any:
    class Servicer(base):
        def Export(self, request: Any, context: Any) -> Any:  # noqa: N802  # the service's name
            received.add(request, request.SerializeToString())
            return answer()

    return Servicer()
