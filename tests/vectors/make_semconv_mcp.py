# /// script
# dependencies = ["pyyaml>=6"]
# ///
"""Make `semconv_mcp.json` from checkouts of the two repositories of conventions: names, types, levels, known values.

    uv run tests/vectors/make_semconv_mcp.py SEMANTIC-CONVENTIONS-GENAI SEMANTIC-CONVENTIONS > semconv_mcp.json

Facts alone are taken. What a level depends on is a sentence there, and a predicate in tests/support/conventions.py.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ABOUT = {
    "origin": (
        "The model of open-telemetry/semantic-conventions-genai (status Development), made by make_semconv_mcp.py; "
        "attributes that it takes from open-telemetry/semantic-conventions are those of v1.43.0, which it depends on."
    ),
    "licence": "Apache-2.0, the authors of OpenTelemetry",
    "sources": {
        "model/mcp/common.yaml": "0e5e6a8d59d38c9c19556a5164a83cc11a7d53ff",
        "model/mcp/spans.yaml": "5c50d346f1c9e8f745889f7777a412991564b334",
        "model/mcp/metrics.yaml": (
            "14567fad6858f82588325657c4bb262fafc885bd; boundaries, and the attributes of session durations, which that "
            "commit proposes to shorten, as in docs/gen-ai/mcp.md at 0393513c908bf895e7b3ec480a2c1eb073c584af"
        ),
        "model/mcp/registry.yaml": "0393513c908bf895e7b3ec480a2c1eb073c584af, as shown in docs/gen-ai/mcp.md",
        "model/gen-ai/registry.yaml": "002c8a6ea1c8a42b14a4527db83b3cabcded610a",
        "semantic-conventions": "89aae438b3b3b0a8dd33003c9d70592baf7dbd0d",
    },
}
BOUNDARIES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]  # in prose only: docs/gen-ai/mcp.md
WIDTH = 100
CORE = ("error", "network", "server", "client", "jsonrpc", "rpc", "exceptions")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def registry(paths: list[Path]) -> dict[str, dict[str, Any]]:
    """Type and known values of every attribute that the files define."""
    found = {}
    for path in paths:
        model = read(path)
        listed = [model.get("attributes", []), *(group.get("attributes", []) for group in model.get("groups", []))]
        for attribute in (one for some in listed for one in some):
            name, kind = attribute.get("key") or attribute.get("id"), attribute.get("type")
            if name is None:
                continue
            if isinstance(kind, dict):
                found[name] = {"type": "string", "values": [member["value"] for member in kind["members"]]}
            else:
                found[name] = {"type": kind}
    return found


def level(attribute: dict[str, Any]) -> str:
    """One of the four words; what is not said is recommended."""
    said = attribute.get("requirement_level", "recommended")
    return next(iter(said)) if isinstance(said, dict) else said


def unfolded(attributes: list[dict[str, Any]], groups: dict[str, Any]) -> dict[str, str]:
    """Name and level of each attribute, those of the groups that are referred to first."""
    names: dict[str, str] = {}
    for attribute in attributes:
        if group := attribute.get("ref_group"):
            names |= unfolded(groups[group]["attributes"], groups)
        elif "requirement_level" in attribute or attribute["ref"] not in names:
            names[attribute["ref"]] = level(attribute)
    return names


def laid_out(value: Any, indent: str = "") -> str:
    """JSON with one line for what fits into one."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict) or (indent and len(line) <= WIDTH):
        return line
    inner = indent + " "
    members = [f"{inner}{json.dumps(name)}: {laid_out(member, inner)}" for name, member in value.items()]
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def main(genai: Path, core: Path) -> None:
    mcp = {name: read(genai / f"model/mcp/{name}.yaml") for name in ("common", "spans", "metrics")}
    groups = {group["id"]: group for model in mcp.values() for group in model["attribute_groups"]}
    known = registry(
        [genai / "model/mcp/registry.yaml", genai / "model/gen-ai/registry.yaml"]
        + [core / f"model/{name}/registry.yaml" for name in CORE]
    )
    spans = {span["kind"]: unfolded(span["attributes"], groups) for span in mcp["spans"]["spans"]}
    metrics = {
        metric["name"]: {
            "instrument": metric["instrument"],
            "unit": metric["unit"],
            "boundaries": BOUNDARIES,
            "level": level(metric),
            "attributes": dict(sorted(unfolded(metric["attributes"], groups).items())),
        }
        for metric in mcp["metrics"]["metrics"]
    }
    exceptions = read(core / "model/exceptions/events.yaml")["groups"]
    events = {group["name"]: unfolded(group["attributes"], {}) for group in exceptions}
    events["exception"].pop("exception.escaped")  # deprecated
    lists = [*spans.values(), *events.values(), *(metric["attributes"] for metric in metrics.values())]
    table = {
        **ABOUT,
        "attributes": {name: known[name] for name in sorted(set().union(*lists))},
        "spans": {kind: dict(sorted(names.items())) for kind, names in spans.items()},
        "span_events": events,
        "metrics": metrics,
    }
    sys.stdout.write(laid_out(table) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
