"""What the demo prints: one section after the other, each with a sentence that says what is seen."""

from __future__ import annotations

import base64
import json
import re
import shlex
from collections import defaultdict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from otel_mcp import semconv
from otel_mcp.audit.query import operations
from otel_mcp.audit.verify import verify
from otel_mcp.cli._demo_client import CALLS
from otel_mcp.cli._otlp import attributes
from otel_mcp.cli._tamper import TAMPERINGS, tampered_copy
from otel_mcp.cli.query import operation_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from otel_mcp.audit.verify import Report
    from otel_mcp.cli._otlp import Received

__all__ = ["finish", "show", "working"]


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # the command's to settle; Rich would exit with status 1, which means tampering


_console = _Screen(highlight=False)
_KINDS: Final = {2: "SERVER", 3: "CLIENT"}
_ERROR: Final = 2
_NEXT_STEPS: Final = (
    ("otel-mcp run -- mcp-server-git", "one word before the command"),
    ("otel-mcp query", "what it did"),
    ("otel-mcp verify", "prove that nothing was changed"),
    ("otel-mcp doctor", "what is recorded here, what would be lost"),
)
_KEY: Final = re.compile(r"\S+\+([0-9a-f]{8})(\+[A-Za-z0-9+/=]+)?")
_ARGUMENTS: Final = "gen_ai.tool.call.arguments"
_RESULT: Final = "gen_ai.tool.call.result"
_REMARK: Final = "paid, {note}"  # what the tool answers
_VERDICTS: Final = {0: ("verified", "bold green"), 1: ("TAMPERED", "bold red"), 2: ("not proven", "bold yellow")}


@contextmanager
def working(words: str) -> Iterator[None]:
    """Show that something is going on."""
    with _console.status(words):
        yield


def show(received: Received, answers: list[dict[str, Any]], trail: Path, folder: Path) -> None:
    """Print all sections, in the order in which the data came about."""
    _calls(answers)
    _traces(received)
    _records(received)
    _metrics(received)
    _redaction(received)
    _trail(trail)
    _verification(trail, folder)


def finish(seconds: float, folder: Path | None) -> None:
    """Say what to do with a server of one's own."""
    _console.print()
    steps = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    steps.add_column(no_wrap=True)
    steps.add_column(style="dim")
    for line, words in _NEXT_STEPS:
        steps.add_row(line, words)
    where = Text(
        "Telemetry goes to OTEL_EXPORTER_OTLP_ENDPOINT (http://localhost:4317 if unset). In an MCP client's "
        'configuration, put "otel-mcp" as the command and "run", "--" before the server\'s own command.'
    )
    _console.print(Panel(Group(steps, "", where), title="Your own server", border_style="cyan", padding=(1, 2)))
    _console.print(f"[dim]{seconds:.1f} s[/dim]")
    if folder is not None:
        # Without the pins of the demo a tampered copy is only "not proven": they know its key and its newest state.
        again = f"XDG_CONFIG_HOME={shlex.quote(str(folder / 'config'))} otel-mcp verify --dir"
        _console.print("Kept, with keys and pins of its own; look again with", soft_wrap=True)
        _console.print(Text(f"  {again} {shlex.quote(str(folder / TAMPERINGS[-1].name))}"), soft_wrap=True)


def _section(number: int, title: str, words: str) -> None:
    _console.print()
    _console.rule(f"[bold cyan]{number}  {title}[/bold cyan]", align="left", style="cyan")
    _console.print(f"[dim]{words}[/dim]\n")


def _calls(answers: list[dict[str, Any]]) -> None:
    _section(1, "What the application saw", "An unmodified client called an unmodified server.")
    table = Table(box=None, show_header=False, pad_edge=False)
    for answer in answers:
        table.add_row(f"  {answer['tool']}", _mark(not answer["error"]), Text(_short_answer(answer), style="dim"))
    _console.print(table)


def _short_answer(answer: dict[str, Any]) -> str:
    """One line of what the client got: of a payment, the receipt."""
    text = answer["text"].strip()
    with suppress(ValueError, KeyError, TypeError):
        text = json.loads(text)["receipt"]
    return _cut(str(text).split("\n")[0], 76)


def _traces(received: Received) -> None:
    words = "One CLIENT and one SERVER span a request, joined through params._meta."
    _section(2, "Traces", f"{words} The first one waits until the server's Python has started.")
    spans = sorted((span for _, span in received.spans()), key=lambda span: span.start_time_unix_nano)
    children: dict[bytes, list[Span]] = defaultdict(list)
    for span in spans:
        children[span.parent_span_id].append(span)
    for root in children[b""]:
        tree = Tree(_span_line(root), guide_style="dim")
        for child in children[root.span_id]:
            tree.add(_span_line(child))
        _console.print(tree)


def _span_line(span: Span) -> Text:
    values = attributes(span.attributes)
    milliseconds = (span.end_time_unix_nano - span.start_time_unix_nano) / 1e6
    line = Text.assemble(
        (f"{_KINDS.get(span.kind, '?')} ", "dim"),
        (span.name, "bold"),
        f"  {milliseconds:.1f} ms",
    )
    if (error := values.get("error.type")) is not None:
        line.append(f"  error.type={error}", style="red" if span.status.code == _ERROR else "yellow")
    if (leaf := values.get("otel_mcp.audit.leaf")) is not None:
        line.append(f"  leaf {leaf[:6]}…", style="dim")
    return line


def _records(received: Received) -> None:
    _section(3, "Log records", "One an operation; on the server, the body is the head of a signed entry.")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("service", "event", "target", "outcome", "audit.record.id", "leaf"):
        table.add_column(title)
    for service, record in received.log_records():
        if record.event_name == semconv.CHECKPOINT:
            continue
        values = attributes(record.attributes)
        outcome = values.get("audit.outcome", "")
        table.add_row(
            service,
            record.event_name,
            values.get("gen_ai.tool.name") or values.get("mcp.method.name", ""),
            Text(outcome, style="green" if outcome == "success" else "red"),
            f"{values.get('audit.record.id', '')[:13]}…",
            f"{values['otel_mcp.audit.leaf'][:8]}…" if "otel_mcp.audit.leaf" in values else "",
        )
    _console.print(table)


def _metrics(received: Received) -> None:
    _section(4, "Metrics", "Histograms of the conventions, in seconds; names that a peer made up would be _OTHER.")
    latest: dict[tuple[str, str, str], Any] = {}
    for service, metric in received.metrics():
        for point in metric.histogram.data_points:
            values = attributes(point.attributes)
            label = values.get("gen_ai.tool.name") or values.get("mcp.method.name", "")
            if (error := values.get("error.type")) is not None:
                label += f"  ({error})"
            latest[service, metric.name, label] = point
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("metric")
    table.add_column("of")
    table.add_column("count", justify="right")
    table.add_column("mean", justify="right")
    for (_, name, label), point in sorted(latest.items()):
        table.add_row(name, label, str(point.count), f"{point.sum / point.count * 1000:.1f} ms")
    _console.print(table)


def _redaction(received: Received) -> None:
    _section(
        5,
        "What was redacted",
        "Content is off by default; here it is on. The schema declares the password, which goes wherever it occurs.",
    )
    tool, sent = next((name, arguments) for name, arguments in CALLS if "password" in arguments)
    left = next(
        attributes(span.attributes)
        for _, span in received.spans()
        if attributes(span.attributes).get("gen_ai.tool.name") == tool and _KINDS.get(span.kind) == "SERVER"
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("argument")
    table.add_column("what the tool got", style="dim", overflow="fold")
    table.add_column("what left the process", overflow="fold")
    for key, value in sent.items():
        table.add_row(key, str(value), _marked(str(left[_ARGUMENTS][key])))
    table.add_row("result", _REMARK.format(**sent), _marked(str(left[_RESULT]["structuredContent"]["remark"])))
    _console.print(table)
    secrets = [sent["password"], sent["card"], str(sent["note"]).rpartition(" ")[2]]
    found = sum(str(secret).encode() in received.raw for secret in secrets)
    words = f"{found} of {len(secrets)} secrets in the {len(received.raw):,} bytes that left over OTLP"
    _console.print(f"\n  {words}", style="green" if found == 0 else "bold red")


def _trail(trail: Path) -> None:
    _section(6, "The trail", "The same operations in the local log, each entry under a signed checkpoint.")
    titles, rows = operation_table(operations(trail))
    shown = [titles.index(title) for title in ("entry", "time", "event", "target", "ms", "outcome")]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place in shown:
        table.add_column(titles[place], justify="right" if titles[place] in ("entry", "ms") else "left", no_wrap=True)
    for row in rows:
        style = {"success": "green", "failure": "red"}.get(row[-1].partition(" ")[0], "yellow")
        cells = [row[place][11:19] if titles[place] == "time" else row[place] for place in shown[:-1]]
        table.add_row(*cells, Text(row[-1], style=style))
    _console.print(table)


def _verification(trail: Path, folder: Path) -> None:
    _section(7, "Verification", "The trail as it is, then three copies after an attacker with the files had them.")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("  as written", *_verdict(verify(trail)))
    for tampering in TAMPERINGS:
        copy = folder / tampering.name
        tampered_copy(trail, copy, tampering)
        verdict, reason = _verdict(verify(copy))
        table.add_row(f"  {tampering.name}", verdict, Text.assemble((tampering.words, "dim"), "\n", reason))
    _console.print(table)


def _verdict(report: Report) -> tuple[Text, Text]:
    words, style = _VERDICTS[report.exit_code]
    if not report.problems:
        root = base64.b64decode(report.root).hex()[:16]
        return Text(words, style=style), Text(
            f"{report.entries} entries, root {root}…, key pinned by the process that made it"
        )
    # A rewritten history shows in several checks; the key is the one that needs no memory of the old one.
    worst = min(report.problems, key=lambda problem: problem.code != "A07")
    return Text(words, style=style), Text(f"{worst.code}  {_KEY.sub(_short_key, worst.message)}")


def _short_key(match: re.Match[str]) -> str:
    """A verifier key by its id: the whole of it fills two lines of a terminal."""
    return f"{match[1]}"


def _mark(good: bool) -> Text:
    return Text("ok", style="green") if good else Text("error", style="red")


def _marked(text: str) -> Text:
    marked = Text(text)
    marked.highlight_regex(r"\[REDACTED:[a-z-]+\]", "bold yellow")
    return marked


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
