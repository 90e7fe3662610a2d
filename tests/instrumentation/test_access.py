"""What a call does to data is recorded, by the operator's rules or by the tool's hints, and who says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mcp import Client
from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from otel_mcp import MCPInstrumentor
from otel_mcp.access import read_access_rules
from otel_mcp.audit._ocsf import ocsf_event
from otel_mcp.audit.facts import facts_of
from otel_mcp.cli import main
from otel_mcp.config import Config
from otel_mcp.errors import RuleError
from otel_mcp.instrumentation._access import hints_of
from otel_mcp.operation import Hints

PAGE = Path(__file__).parents[2] / "docs" / "access.md"


def offering():
    server = MCPServer("files", log_level="CRITICAL")
    hints = {
        "look": ToolAnnotations(read_only_hint=True),
        "save": ToolAnnotations(destructive_hint=False),
        "drop": ToolAnnotations(destructive_hint=True),
        "mail_report": ToolAnnotations(read_only_hint=True),
        "unsaid": None,
    }
    for name, said in hints.items():
        server.add_tool(lambda: "done", name=name, annotations=said)

    @server.resource("notes://today")
    def notes() -> str:
        return "plain words"

    return server


async def called(observed, **settings):
    observed.instrument(**settings)
    async with Client(offering()) as client:
        for tool in [tool.name for tool in (await client.list_tools()).tools]:
            await client.call_tool(tool, {})
        await client.read_resource("notes://today")
    MCPInstrumentor().uninstrument()


def accesses(observed, side):
    rows = observed.operations(side, event="mcp.tool.call")
    return {row.tool: (row.access, row.outcome_entry.head.get("access_by")) for row in rows}


@pytest.mark.anyio
async def test_the_hints_of_a_tool_say_what_its_call_does(observed):
    await called(observed)
    for side, who in (("server", "hints"), ("client", "claimed")):
        assert accesses(observed, side) == {
            "look": ("read", who),
            "save": ("write", who),
            "drop": ("delete", who),
            "mail_report": ("read", who),
            "unsaid": (None, None),
        }
    assert {row.outcome_entry.head.get("access") for row in observed.operations(event="mcp.data.*")} == {None}
    for span in observed.spans("SERVER", "tools/call"):
        said = {"look": "read", "save": "write", "drop": "delete", "mail_report": "read"}
        assert span.attributes.get("otel_mcp.access") == said.get(span.attributes["gen_ai.tool.name"])


@pytest.mark.anyio
async def test_a_rule_of_the_operator_wins_over_hints(observed, tmp_path):
    (tmp_path / "access.toml").write_text('[access]\n"mail_*" = "export"\n"unsaid" = "write"\n"un*" = "read"\n')
    await called(observed, access_rules=tmp_path / "access.toml")
    found = accesses(observed, "server")
    assert found["mail_report"] == ("export", "rule")
    assert found["unsaid"] == ("write", "rule")
    assert found["look"] == ("read", "hints")
    assert accesses(observed, "client")["mail_report"] == ("export", "rule")


@pytest.mark.anyio
async def test_an_access_is_found_by_its_kind(observed, capsys, monkeypatch):
    await called(observed)
    capsys.readouterr()
    arguments = ["query", "--dir", str(observed.directory), "--access", "read", "--json", "--oldest-first"]
    monkeypatch.setattr("sys.argv", ["otel-mcp", *arguments])
    assert not main()
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(row["event"], row["target"]) for row in rows} == {
        ("mcp.tool.call", "look"),
        ("mcp.tool.call", "mail_report"),
        ("mcp.data.read", "notes://today"),
    }
    assert [row.target for row in observed.operations(access="delete")] == ["drop"]
    assert observed.operations(access="export") == []


@pytest.mark.anyio
async def test_an_exported_event_says_what_the_call_did(observed):
    await called(observed)
    events = {}
    for entry in observed.entries(event="mcp.tool.call"):
        event = ocsf_event(facts_of(entry), "files", "origin", bodies=False)
        events[entry.head["tool"]] = event["activity_id"], event["activity_name"]
    assert events == {
        "look": (2, "READ"),
        "save": (3, "UPDATE"),
        "drop": (4, "DELETE"),
        "mail_report": (2, "READ"),
        "unsaid": (99, "EXECUTE"),
    }


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        (None, Hints(True, None)),
        ({}, Hints(True, None)),
        ("nonsense", Hints(True, None)),
        ({"readOnlyHint": True}, Hints(False, "read")),
        ({"readOnlyHint": "yes"}, Hints(True, None)),
        ({"readOnlyHint": False}, Hints(True, "delete")),
        ({"destructiveHint": False}, Hints(False, "write")),
        ({"destructiveHint": True}, Hints(True, "delete")),
        ({"openWorldHint": True}, Hints(True, None)),
        (ToolAnnotations(read_only_hint=True), Hints(False, "read")),
        (ToolAnnotations(destructive_hint=False), Hints(False, "write")),
        (ToolAnnotations(), Hints(True, None)),
    ],
)
def test_hints_are_read_with_the_defaults_of_the_specification(hints, expected):
    assert hints_of(hints) == expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[access", "not TOML"),
        ("", "expected a table [access]"),
        ("[access]", "expected a table [access]"),
        ("access = 3", "expected a table [access]"),
        ('[acess]\n"a" = "read"', "'acess': expected one table, [access]"),
        ('[access]\n"a" = "reads"', "'a': expected one of read, write, delete, export"),
        ('[access]\n"a" = ["read"]', "'a': expected one of"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_row(tmp_path, text, complaint):
    file = tmp_path / "access.toml"
    file.write_text(text)
    with pytest.raises(RuleError, match=re.escape(complaint)) as caught:
        read_access_rules(Config(access_rules=file))
    assert str(caught.value).startswith(f"access_rules={file}: ")


@pytest.mark.anyio
async def test_without_a_usable_file_the_hints_count_and_it_is_said(observed, tmp_path, capfd):
    await called(observed, access_rules=tmp_path / "nowhere.toml")
    assert accesses(observed, "server")["look"] == ("read", "hints")
    assert "nowhere.toml: no such file or directory; what a tool does" in capfd.readouterr().err


def test_the_example_of_the_page_is_read(tmp_path):
    file = tmp_path / "access.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1], encoding="utf-8")
    rules = read_access_rules(Config(access_rules=file))
    names = ("list_branches", "drop_table", "send_mail", "other")
    assert [rules(name) for name in names] == ["read", "delete", "export", None]
