"""Ordinary words, planted where only a schema or a key says that they are sensitive, must not be found anywhere."""

from __future__ import annotations

import base64
import json
import signal
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from support.programs.client import ELICITED
from support.running import launched, otel_mcp, ours, trail_bytes
from support.signals import outcomes
from support.sink import Sink
from support.under_test import client_program, http_server, server_command, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.environments import Environment

INSTRUMENT = "opentelemetry-instrument"
CAPTURE = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
WAYS = (
    ("mcpserver", "stdio", "NO_CONTENT", "http/protobuf"),
    ("mcpserver", "asgi", "SPAN_AND_EVENT", "grpc"),
    ("lowlevel", "stdio", "SPAN_AND_EVENT", "http/protobuf"),
    ("lowlevel", "asgi", "NO_CONTENT", "grpc"),
)

SENSITIVE = {
    "phrase": "heron-lantern-on-a-quiet-pier",
    "hint": "otter-saddle-under-the-willow",
    "door": {"floor": "mezzanine", "combination": "walnut-bridge-across-the-brook"},
    "rings": ["maple-kettle-near-the-window", "violet-anchor-below-the-cliff"],
    "mark": "tundra-bouton-à-la-crème-brûlée",
    "api_key": "copper-meadow-after-the-rain",
    "password": "pebble-orchard-behind-the-mill",
    "credentials": {"first": "juniper-wagon-along-the-road", "second": "lilac-harbour-before-sunrise"},
}
FULL = {"colour": "turquoise", **SENSITIVE}
HARMLESS = ("turquoise", "mezzanine")
VAULT = "saffron-ladder-in-the-barn"
MISSING = "hazel-windmill-beyond-the-gate"
UNKNOWN = "bramble-teapot-over-the-fire"
PROMPT = "rowan-staircase-of-old-stone"
QUERY = "clover-telescope-at-midnight"
CANARIES = (
    SENSITIVE["phrase"], SENSITIVE["hint"], SENSITIVE["door"]["combination"], *SENSITIVE["rings"], SENSITIVE["mark"],
    SENSITIVE["api_key"], SENSITIVE["password"], *SENSITIVE["credentials"].values(),
    VAULT, MISSING, UNKNOWN, PROMPT, QUERY,
)  # fmt: skip
CALLS = [
    ["list_tools"],
    ["list_prompts"],
    *(["call_tool", tool, FULL] for tool in ("echo", "crash", "refuse", "protest")),
    ["call_tool", "echo", {"phrase": MISSING, "api_key": SENSITIVE["api_key"]}],
    ["call_tool", "nothing", {"password": UNKNOWN}],
    ["get_prompt", "greet", {"password": PROMPT, "mood": "good"}],
    ["read_resource", "vault://cellar"],
    ["read_resource", f"elsewhere://open?api_key={QUERY}"],
]


@dataclass(frozen=True)
class Planted:
    """A conversation full of canaries, and every place where one could have been left."""

    flavour: str
    capture: str
    answers: list[Any]
    plain: list[Any]
    places: dict[str, bytes]
    sink: Sink
    trail: Path


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: "-".join(way).replace("/", "-"))
def planted(request: pytest.FixtureRequest, servers: Environment, tmp_path_factory: Any) -> Iterator[Planted]:
    flavour, how, capture, protocol = request.param
    folder = tmp_path_factory.mktemp("planted")
    with Sink() as sink:
        content = {CAPTURE: capture}
        here = workplace(folder, "client", sink.environment(protocol), content, VAULT_WORD=VAULT)
        there = workplace(folder, "server", sink.environment(protocol), content, VAULT_WORD=VAULT)
        places: dict[str, bytes] = {}
        if how == "stdio":
            command = server_command(servers, flavour)
            plain, _ = client_program(servers, here, None, command=command, env=there, calls=CALLS)
            command = launched(servers, INSTRUMENT, command)
            answers, ended = client_program(servers, here, INSTRUMENT, command=command, env=there, calls=CALLS)
            said = ended.stderr
        else:
            with http_server(servers, flavour, how, there, None) as (url, program):
                plain, _ = client_program(servers, here, None, url=url, calls=CALLS)
            with http_server(servers, flavour, how, there, INSTRUMENT) as (url, program):
                answers, ended = client_program(servers, here, INSTRUMENT, url=url, calls=CALLS)
                places["trail of the running server"] = trail_bytes(folder / "trail-server")
                assert list((folder / "trail-server").glob("*-wal")), "the write-ahead log is one of the places"
                program.kill(signal.SIGTERM)
                said = ended.stderr + program.finish().stderr
        places["telemetry"] = sink.raw
        places["our lines on stderr"] = "\n".join(ours(said)).encode()
        for name, environ in (("server", there), ("client", here)):
            places[f"trail of the {name}"] = trail_bytes(folder / f"trail-{name}")
            places |= {f"{name}: {command}": text for command, text in printed(servers, environ).items()}
        yield Planted(flavour, capture, answers, plain, places, sink, folder / "trail-server")


def printed(servers: Environment, environ: dict[str, str]) -> dict[str, bytes]:
    """What the reading commands print of a trail."""
    found = {}
    for words in (["verify"], ["query"], ["query", "--json"], ["query", "--entries", "--json"], ["show", "8"]):
        done = otel_mcp(servers, environ, *words)
        assert done.returncode == 0, done.stderr
        found[" ".join(words)] = done.stdout.encode() + done.stderr.encode()
    return found


def escaped(text: str) -> str:
    """As JSON writes it in ASCII."""
    return json.dumps(text)[1:-1]


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_the_client_gets_every_canary_back_unchanged(planted: Planted) -> None:
    assert json.dumps(planted.answers) == json.dumps(planted.plain)
    text = json.dumps(planted.answers, ensure_ascii=False)
    back = [canary for canary in CANARIES if canary in text]
    assert set(back) >= set(CANARIES) - {UNKNOWN, QUERY, MISSING}, "a canary that nobody echoes tests less than it says"
    if planted.flavour == "mcpserver":
        assert f"{MISSING[:12]}" in text
        assert MISSING not in text, "pydantic cuts the value short, which the test of the halves relies on"


def test_no_canary_is_found_anywhere(planted: Planted) -> None:
    assert all(planted.places.values())
    leaks = [
        (place, form)
        for place, found in planted.places.items()
        for form in (*CANARIES, *map(escaped, CANARIES), *map(encoded, CANARIES))
        if form.encode() in found
    ]
    assert leaks == []


def test_no_half_of_a_canary_is_found_anywhere(planted: Planted) -> None:
    """An error message that quotes a value cut short still tells half of it."""
    halves = [half for canary in CANARIES for half in (canary[:12], canary[-12:])]
    leaks = [(place, half) for place, found in planted.places.items() for half in halves if half.encode() in found]
    assert leaks == []


def test_the_trail_keeps_the_harmless_neighbours_and_marks_what_it_removed(planted: Planted) -> None:
    bodies = [entry.body or {} for entry in outcomes(planted.trail) if entry.head.get("tool") in ("echo", "protest")]
    assert len(bodies) == 3
    echoed, protested, _ = bodies
    assert_marked(echoed["arguments"])
    assert_marked(echoed["result"])
    assert_marked(protested["arguments"])
    assert "[REDACTED:" in protested["error"]
    assert "turquoise" in protested["error"]


def test_telemetry_keeps_content_only_where_the_switch_says_so(planted: Planted) -> None:
    kept = ("gen_ai.tool.call.arguments", "gen_ai.tool.call.result")
    for service in ("server", "client"):
        spans = [span for span in planted.sink.spans(service) if span.name == "tools/call echo"]
        records = [r for r in planted.sink.records(service) if r.attributes.get("gen_ai.tool.name") == "echo"]
        for attributes in (spans[0].attributes, records[0].attributes):
            for name in kept:
                if planted.capture == "SPAN_AND_EVENT":
                    assert_marked(attributes[name])
                else:
                    assert name not in attributes


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_a_word_that_the_user_was_asked_for_during_a_call_is_not_found(
    servers: Environment, sink: Sink, tmp_path: Path, mode: str
) -> None:
    """A handshake-era server asks in a request of its own; in the modern era the client makes the call again."""
    content = {CAPTURE: "SPAN_AND_EVENT"}
    here = workplace(tmp_path, "client", sink.environment(), content)
    there = workplace(tmp_path, "server", sink.environment(), content)
    command = launched(servers, INSTRUMENT, server_command(servers, "mcpserver"))
    calls = [["list_tools"], ["call_tool", "ask", {"colour": "turquoise"}]]
    (_, answer), _ = client_program(servers, here, INSTRUMENT, command=command, env=there, mode=mode, calls=calls)
    assert answer["content"][0]["text"] == f"the turquoise door opens for {ELICITED}, they said"

    for service in ("client", "server"):
        opening = ("server/discover", "initialize", "notifications/initialized")
        names = Counter(span.name for span in sink.spans(service) if span.name not in opening)
        asked = {"elicitation/create": 1, "tools/call ask": 1} if mode == "legacy" else {"tools/call ask": 2}
        assert names == {"tools/list": 1, **asked}
    places = {"telemetry": sink.raw, **{side: trail_bytes(tmp_path / f"trail-{side}") for side in ("client", "server")}}
    assert [place for place, found in places.items() if ELICITED.encode() in found] == []
    assert all(b"turquoise" in found for found in places.values())


def assert_marked(value: Any) -> None:
    text = json.dumps(value)
    assert "[REDACTED:" in text
    assert all(word in text for word in HARMLESS)
