"""What docs/telemetry.md shows between its marks: tables of names, and examples of a real conversation over HTTP.

`python -m support.telemetry_page`, with `tests` as a path of imports, writes it (`make telemetry-page`).
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from otel_mcp import semconv
from otel_mcp.cli._otlp import attributes
from otel_mcp.config import CAPTURE_VARIABLE, Config
from otel_mcp.telemetry import _MOST_VALUES, SCOPE
from otel_mcp.vocabulary import CONVENTIONAL, ERROR_TYPES, EVENTS, METRICS, OWN
from support.conventions import TABLE, emitted
from support.scenes import SCENES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from support.conventions import Scene

__all__ = ["GAPS", "PAGE", "filled"]

PAGE = Path(__file__).parents[2] / "docs" / "telemetry.md"
GAPS = json.loads((Path(__file__).parents[1] / "vectors" / "semconv_gaps.json").read_text(encoding="utf-8"))

_NOT = "\N{EN DASH}"
_CONTENT = (semconv.GEN_AI_TOOL_CALL_ARGUMENTS, semconv.GEN_AI_TOOL_CALL_RESULT)
_LEVELS = {
    "required": "required",
    "conditionally_required": "where it applies",
    "recommended": "recommended",
    "opt_in": "opt in",
}
_OPERATION = {side: f"mcp.{side}.operation.duration" for side in ("client", "server")}
_OF_REQUESTS = {semconv.ERROR_TYPE}
"""What no session says."""
_TIMES = ("2026-01-02T03:04:05.006700Z", "2026-01-02T03:04:05.007900Z")
_TRACE = "0af7651916cd43dd8448eb211c80319c"
_STEADY = {
    semconv.CLIENT_PORT: 49152,
    semconv.SERVER_PORT: 8000,
    semconv.LEAF: "NXL7Qst/Cxth9PX6M1jQ6B2eEJaHvqcQ9F3boqY02Hg=",
    semconv.AUDIT_RECORD_ID: "019b7c6a-1d8e-74cd-b23d-93da85e34e0d",
}
"""What differs from run to run, and is shown so instead."""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# -- the examples ----------------------------------------------------------------------------------------------------


def _example(value: Mapping[str, Any]) -> str:
    return "```json\n" + json.dumps(value, indent=2, ensure_ascii=False) + "\n```"


def _shown(given: Any) -> dict[str, Any]:
    return {name: _STEADY.get(name, value) for name, value in attributes(given).items()}


def _of_server(scene: Scene, kind: str) -> list[Any]:
    return [item for service, _, item in emitted(scene.received, kind) if service == "the-server"]


def _span(scene: Scene) -> str:
    (span,) = [span for span in _of_server(scene, "span") if span.name == "tools/call protest"]
    return _example(
        {
            "name": span.name,
            "kind": "SERVER",
            "trace_id": _TRACE,
            "span_id": "b7ad6b7169203331",
            "parent_span_id": "53995c3f42cd8ad8",
            "start_time": _TIMES[0],
            "end_time": _TIMES[1],
            "status": {"code": {0: "UNSET", 2: "ERROR"}[span.status.code]},
            "attributes": _shown(span.attributes),
            "links": [{"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "00f067aa0ba902b7"}]
            * len(span.links),
        }
    )


def _record(scene: Scene) -> str:
    (record,) = [
        record
        for record in _of_server(scene, "log")
        if attributes(record.attributes).get(semconv.GEN_AI_TOOL_NAME) == "protest"
    ]
    head = json.loads(record.body.string_value)
    return _example(
        {
            "event_name": record.event_name,
            "severity_text": record.severity_text,
            "timestamp": _TIMES[1],
            "trace_id": _TRACE,
            "span_id": "b7ad6b7169203331",
            "body": f'{{"action":"{head["action"]}", … "event":"{head["event"]}", … }}',
            "attributes": _shown(record.attributes),
        }
    )


def _point(scene: Scene) -> str:
    metric = [metric for metric in _of_server(scene, "metric") if metric.name == _OPERATION["server"]][-1]
    (point,) = [
        point
        for point in metric.histogram.data_points
        if attributes(point.attributes).get(semconv.GEN_AI_TOOL_NAME) == "protest"
    ]
    return _example(
        {
            "name": metric.name,
            "unit": metric.unit,
            "count": point.count,
            "sum": 0.0012,
            "attributes": _shown(point.attributes),
        }
    )


# -- the tables ------------------------------------------------------------------------------------------------------


def _conventional() -> str:
    def cell(levels: Mapping[str, str], name: str) -> str:
        return _LEVELS[levels[name]] if name in levels else _NOT

    def label(name: str) -> str:
        levels = [TABLE["metrics"][metric]["attributes"].get(name, "opt_in") for metric in _OPERATION.values()]
        return "yes" if set(levels) != {"opt_in"} else _NOT

    spans = TABLE["spans"]
    return _table(
        ["attribute", "type", "CLIENT span", "SERVER span", "label of durations", "what it holds"],
        [
            [
                f"`{name}`",
                TABLE["attributes"][name]["type"],
                cell(spans["client"], name),
                cell(spans["server"], name),
                label(name),
                meaning,
            ]
            for name, meaning in CONVENTIONAL.items()
            if not name.startswith("exception.")
        ],
    )


def _own(*signals: str) -> str:
    return _table(
        ["attribute", "type", "on", "what it holds"],
        [
            [
                f"`{name}`",
                own.type,
                ", ".join(signal for signal in own.on if signal in signals),
                own.meaning + (f": {_code(own.values)}" if own.values else ""),
            ]
            for name, own in OWN.items()
            if set(own.on) & set(signals)
        ],
    )


def _metrics() -> str:
    open_gaps = {gap["gap"] for gap in GAPS}
    durations = []
    for name, metric in TABLE["metrics"].items():
        _, side, what, _ = name.split(".")
        if f"metric {name}: recommended, missing" in open_gaps:
            continue
        took = "requests and notifications took" if what == "operation" else "sessions lasted"
        missing = {one for one in metric["attributes"] if f"metric {name}: {one}: recommended, missing" in open_gaps}
        labels = [one for one in metric["attributes"] if one in CONVENTIONAL and one not in missing | _OF_REQUESTS]
        durations.append(
            [
                f"`{name}`",
                metric["instrument"],
                f"`{metric['unit']}`",
                f"how long {took}, as the {side} saw them",
                "as above, on spans" if what == "operation" else _code(labels),
            ]
        )
    own = [
        [f"`{name}`", metric.instrument, f"`{metric.unit}`", metric.meaning, _code(metric.attributes) or _NOT]
        for name, metric in METRICS.items()
    ]
    return _table(["metric", "kind", "unit", "what it says", "labels"], [*durations, *own])


def _bounds() -> str:
    return _table(["label", "different values"], [[f"`{name}`", f"{most:,}"] for name, most in _MOST_VALUES.items()])


def _boundaries() -> str:
    return f"Boundaries of durations, in seconds: {', '.join(f'{one:g}' for one in semconv.DURATION_BUCKETS)}."


def _content() -> str:
    on_spans, on_records = "on spans, and exceptions as events", "on log records"
    rows = []
    for choice in ("NO_CONTENT", "SPAN_ONLY", "EVENT_ONLY", "SPAN_AND_EVENT"):
        config = Config(capture=choice)
        where = [on_spans] * config.span_content + [on_records] * config.event_content
        rows.append([f"`{choice}`", "; ".join(where) or "nowhere; what is none of these is taken for this"])
    return _table([f"`{CAPTURE_VARIABLE}`", _code(_CONTENT)], rows)


def _parts(scene: Scene) -> dict[str, str]:
    """What stands between the marks of the page; `scene` is the one over HTTP."""
    exceptions = [[f"`{one}`", meaning] for one, meaning in CONVENTIONAL.items() if one.startswith("exception.")]
    gaps = [[f"`{gap['gap'].replace('*', '…')}`", gap["reason"]] for gap in GAPS]
    return {
        "scope": _table(["scope", "schema URL"], [[f"`{SCOPE}`", f"`{semconv.SCHEMA_URL}`"]]),
        "span": _span(scene),
        "record": _record(scene),
        "point": _point(scene),
        "attributes": _conventional(),
        "errors": _table(["`error.type`", "what happened"], [[f"`{one}`", said] for one, said in ERROR_TYPES.items()]),
        "exceptions": _table(["attribute", "what it holds"], exceptions),
        "events": _table(["event name", "of what"], [[f"`{name}`", meaning] for name, meaning in EVENTS.items()]),
        "own attributes": _own("log record", "checkpoint", "span"),
        "metrics": _metrics(),
        "labels": _own("metric"),
        "boundaries": _boundaries(),
        "bounds": _bounds(),
        "content": _content(),
        "gaps": _table(["what", "why"], gaps),
        "audit records": _own("audit record", "audit resource"),
    }


def filled(text: str, scene: Scene) -> str:
    """The page with everything between its marks made anew."""
    for name, part in _parts(scene).items():
        mark = re.compile(rf"(<!-- {name}: made by `make telemetry-page` -->\n).*?(<!-- /{name} -->\n)", re.DOTALL)
        assert len(mark.findall(text)) == 1, f"the page has no one place for {name}"
        text = mark.sub(lambda found, part=part: f"{found[1]}{part}\n{found[2]}", text)
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scene = SCENES["http"](Path(folder))
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), scene), encoding="utf-8")


if __name__ == "__main__":
    main()
