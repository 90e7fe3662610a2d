"""The rule file at work: in every signal and in the trail, and what is left where it cannot be used."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from instrumentation.servers import high_level, low_level
from mcp import Client
from mcp.types import CallToolResult
from opentelemetry._logs import LogRecord
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import LogRecordExportResult, SimpleLogRecordProcessor

from otel_mcp import MCPInstrumentor
from otel_mcp import rules as rules_module
from otel_mcp.audit.exporter import AuditLogExporter
from otel_mcp.audit.keys import format_keys, new_keys
from otel_mcp.config import Config
from otel_mcp.errors import ConfigError
from otel_mcp.instrumentation import _notice
from otel_mcp.redaction import plugins as plugins_module
from otel_mcp.redaction import scope as scope_module

pytestmark = pytest.mark.anyio

MAIL = "ann.lee@ridge-station.net"
PSEUDONYM = re.compile(r"\[email:k[0-9a-f]{8}:[0-9a-f]{24}\]")
HMAC = '[[rule]]\nid = "email"\nmode = "hmac"\n'
ADDED = """
[[rule]]
id = "acme-token"
keywords = ["acme_"]
regex = 'acme_[a-z0-9]{8,32}'
match = ["acme_marigold1"]
no_match = ["acme_x"]
"""


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def rule_file(tmp_path):
    def write(text):
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def reporting():
    server = high_level()

    @server.tool()
    def report(note: str) -> str:
        if note.startswith("fail"):
            raise ValueError(f"no report on {note}")
        return f"report on {note}"

    return server


async def call(observed, note, tool="report"):
    async with Client(reporting()) as client:
        await client.list_tools()
        await client.call_tool(tool, {"note": note})
    observed.settle()
    [row] = observed.operations(tool=tool)
    return row.outcome_entry.body


def everything(observed):
    spans = [(s.name, s.status.description, dict(s.attributes), [str(e) for e in s.events]) for s in observed.spans()]
    records = [(r.body, dict(r.attributes)) for r in observed.records()]
    return json.dumps([spans, records], default=str)


async def test_a_value_has_one_pseudonym_in_every_signal_and_in_the_trail(observed, rule_file):
    observed.instrument(capture="SPAN_AND_EVENT", redaction_rules=rule_file(HMAC))
    body = await call(observed, f"fail for {MAIL}")
    found = {name for text in (everything(observed), json.dumps(body)) for name in PSEUDONYM.findall(text)}
    assert len(found) == 1
    assert found == {body["arguments"]["note"].removeprefix("fail for ")}
    assert MAIL not in everything(observed)


async def test_the_environment_names_the_file(observed, rule_file, monkeypatch):
    monkeypatch.setenv("OTEL_MCP_REDACTION_RULES", str(rule_file(ADDED)))
    observed.instrument()
    assert (await call(observed, "use acme_marigold1"))["arguments"] == {"note": "use [REDACTED:acme-token]"}


async def test_a_tool_says_what_of_it_is_kept(observed, rule_file):
    observed.instrument(capture="SPAN_AND_EVENT", redaction_rules=rule_file('[tool."rep*"]\ncontent = "arguments"\n'))
    body = await call(observed, "fail for iris")
    assert body["arguments"] == {"note": "fail for iris"}
    assert "result" not in body
    assert "error" not in body
    assert "no report" not in everything(observed)


# -- a file that cannot be used ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no such file or directory"),
        ('[[rule]]\nid = "acme-token"\nregex = "x"\n', "acme-token: 'keywords' is missing or empty"),
        (ADDED.replace("acme_marigold1", "acme_MARI"), "acme-token: match 1 is not found"),
        ("[[rule", "not TOML"),
        ('[plugins]\nnames = ["nobody"]\n', "plugins: no installed distribution offers 'nobody'"),
    ],
)
async def test_without_a_usable_file_only_metadata_is_kept_and_it_is_said_once(
    observed, rule_file, tmp_path, capfd, text, reason
):
    path = tmp_path / "missing.toml" if text is None else rule_file(text)
    observed.instrument(capture="SPAN_AND_EVENT", redaction_rules=path)
    body = await call(observed, "fail for iris")
    assert body.keys() == {"arguments_digest", "result_digest", "claimed_client"}
    assert "iris" not in everything(observed)
    assert [s.status.description for s in observed.spans(method="tools/call")] == [None, None]
    [said] = [line for line in capfd.readouterr().err.splitlines() if "only metadata" in line]
    assert reason in said
    assert text is None or "plugins" in text or str(path) in said


async def test_without_a_key_there_are_no_pseudonyms_and_no_content(observed, rule_file, tmp_path, capfd):
    observed.instrument(audit="off", capture="SPAN_ONLY", redaction_rules=rule_file(HMAC))
    async with Client(reporting()) as client:
        await client.call_tool("report", {"note": "iris"})
    assert "iris" not in everything(observed)
    assert "mode hmac needs a key: key file " in capfd.readouterr().err


async def test_where_the_trail_is_off_the_key_file_still_serves(observed, rule_file, tmp_path):
    key = tmp_path / "log.pem"
    key.write_text(format_keys(new_keys()), encoding="ascii")
    key.chmod(0o600)
    observed.instrument(audit="off", audit_key=f"file:{key}", capture="SPAN_ONLY", redaction_rules=rule_file(HMAC))
    async with Client(reporting()) as client:
        await client.list_tools()
        await client.call_tool("report", {"note": MAIL})
    assert MAIL not in everything(observed)
    assert PSEUDONYM.search(everything(observed))


@pytest.mark.parametrize("text", [None, "[[rule]]\nid = 3\n"])
def test_where_the_trail_is_required_the_program_does_not_start(tmp_path, text):
    path = tmp_path / "rules.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    program = "from otel_mcp import MCPInstrumentor; MCPInstrumentor().instrument(); import mcp; print('on')"
    environment = {
        "OTEL_MCP_AUDIT": "required",
        "OTEL_MCP_REDACTION_RULES": str(path),
        "OTEL_MCP_AUDIT_DIR": str(tmp_path / "trail"),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (_notice.EX_CONFIG, "")
    assert f"OTEL_MCP_REDACTION_RULES={path}: " in done.stderr
    assert "refusing to start" in done.stderr
    assert not (tmp_path / "trail").exists()


@pytest.mark.parametrize("how", ["nothing is replaced", "a rule of the user is blind", "names are not known"])
async def test_where_a_synthetic_secret_comes_out_no_content_is_kept(observed, rule_file, monkeypatch, capfd, how):
    if how == "nothing is replaced":
        monkeypatch.setattr(scope_module, "replace", lambda text, _: text)
    elif how == "names are not known":
        monkeypatch.setattr("otel_mcp.redaction.sensitivity.is_sensitive_key", lambda _: False)
    else:
        scanner = scope_module.builtin_scanner()
        monkeypatch.setattr("otel_mcp.redaction.ruleset.scanner_with", lambda *_, **__: scanner)
    observed.instrument(capture="SPAN_AND_EVENT", redaction_rules=rule_file(ADDED))
    body = await call(observed, "fail for iris")
    assert "arguments" not in body
    assert "iris" not in everything(observed)
    assert "redaction does not work: " in capfd.readouterr().err


def test_what_names_the_file_is_named_and_must_be_a_path(rule_file, monkeypatch):
    path = rule_file("[[rule")
    with pytest.raises(ConfigError, match=f"^redaction_rules={re.escape(str(path))}: not TOML"):
        rules_module.read_rules(Config(redaction_rules=path))
    monkeypatch.setenv("OTEL_MCP_REDACTION_RULES", str(path))
    with pytest.raises(ConfigError, match=f"^OTEL_MCP_REDACTION_RULES={re.escape(str(path))}: not TOML"):
        rules_module.read_rules(Config.from_environment())
    with pytest.raises(ConfigError, match="redaction_rules: expected the path of a file, got a value of type int"):
        MCPInstrumentor().instrument(redaction_rules=7)


def test_what_a_user_allows_is_no_leak(rule_file):
    allowed = '[[allow]]\nvalue = "acme_.+"\n[[key]]\nnames = ["password"]\nmode = "allow"\n'
    config = Config(redaction_rules=rule_file(ADDED + '[[rule]]\nid = "card"\nenabled = false\n' + allowed))
    redactor = scope_module.Redactor()
    rules_module.adopt_rules(redactor, rules_module.read_rules(config), config, service="x")
    assert redactor.scope().text("acme_marigold1") == "acme_marigold1"


# -- plug-ins ------------------------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A distribution that offers plug-ins, as an installer would leave it."""
    site = tmp_path / "site"
    about = site / "florist-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: florist\nVersion: 1.0\n", encoding="utf-8")
    names = ("names", "broken", "beyond", "slow", "word")
    lines = "".join(f"{name} = florist_plugins:{name}\n" for name in names)
    (about / "entry_points.txt").write_text(
        f"[otel_mcp.redactors]\n{lines}gone = florist_plugins:gone\n", encoding="utf-8"
    )
    (site / "florist_plugins.py").write_text(
        "import threading, time\n"
        "asked = []\n"
        "def names(text):\n"
        "    asked.append((threading.current_thread() is threading.main_thread(), text))\n"
        "    at = text.find('Ann Lee')\n"
        "    return [(at, at + 7, 'PERSON')] if at >= 0 else []\n"
        "def broken(text): raise RuntimeError(text)\n"
        "def beyond(text): return [(0, len(text) + 1, 'person')]\n"
        "def slow(text):\n"
        "    time.sleep(0.02)\n"
        "    return ()\n"
        "word = 'not a function'\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(site))
    yield site
    sys.modules.pop("florist_plugins", None)


def plug(*names):
    return f"[plugins]\nnames = {json.dumps(names)}\n"


async def test_a_plugin_finds_names_in_all_that_leaves_and_beside_the_event_loop(observed, rule_file, installed):
    rules = plug("names") + '[[rule]]\nid = "person"\nmode = "hmac"\n'
    observed.instrument(capture="SPAN_AND_EVENT", redaction_rules=rule_file(rules))
    body = await call(observed, f"fail for Ann Lee, {MAIL}")
    assert "Ann Lee" not in everything(observed) + json.dumps(body)
    assert re.fullmatch(r"fail for \[person:k[0-9a-f]{8}:[0-9a-f]{24}\], \[REDACTED:email\]", body["arguments"]["note"])
    assert "person" in body["redacted"]
    asked = sys.modules["florist_plugins"].asked
    assert not any(main for main, _ in asked)
    assert not any(MAIL in text for _, text in asked)


async def test_a_plugin_that_is_not_named_is_not_loaded(observed, rule_file, installed):
    observed.instrument(redaction_rules=rule_file(ADDED))
    await call(observed, "Ann Lee")
    assert "florist_plugins" not in sys.modules


@pytest.mark.parametrize("name", ["broken", "beyond"])
async def test_what_a_plugin_cannot_say_leaves_as_an_error_and_is_counted(observed, rule_file, installed, name, capfd):
    observed.instrument(redaction_rules=rule_file(plug(name)))
    body = await call(observed, "iris")
    assert body["arguments"] == {"note": "[REDACTED:error]"}
    assert MCPInstrumentor().recorder.redactor.failures > 0
    assert [point.value for point in observed.points("otel_mcp.redaction.failures")]
    assert "iris" not in capfd.readouterr().err


async def test_a_plugin_has_a_budget_of_time_and_text(observed, rule_file, installed, monkeypatch):
    monkeypatch.setattr(plugins_module, "SECONDS", 0.01)
    monkeypatch.setattr(plugins_module, "LONGEST_TEXT", 10)
    observed.instrument(redaction_rules=rule_file(plug("slow")))
    server = low_level(lambda ctx, params: _answer(["iris", "rose", "a longer one"]))
    async with Client(server) as client:
        await client.list_tools()
        await client.call_tool("echo", {"word": "x"})
    observed.settle()
    [row] = observed.operations(tool="echo")
    texts = row.outcome_entry.body["result"]["structuredContent"]["texts"]
    assert texts[1:] == ["[REDACTED:oversize]", "[REDACTED:oversize]"]


async def _answer(texts):
    return CallToolResult(content=[], structured_content={"texts": texts})


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone", "cannot be loaded (AttributeError)"),
        ("word", "is not a function"),
        ("nobody", "no installed distribution"),
    ],
)
def test_a_plugin_that_is_not_there_is_an_error_of_the_file(rule_file, installed, name, reason):
    config = Config(redaction_rules=rule_file(plug(name)))
    with pytest.raises(ConfigError, match=re.escape(reason)):
        rules_module.adopt_rules(scope_module.Redactor(), rules_module.read_rules(config), config, service="x")


async def test_what_is_written_ahead_is_not_shown_unseen(observed, rule_file, installed):
    observed.instrument(audit_durability="write-ahead", redaction_rules=rule_file(plug("names")))
    await call(observed, "Ann Lee")
    [row] = observed.operations(tool="report")
    assert "arguments" not in row.intent.body
    assert b"Ann Lee" not in b"".join(p.read_bytes() for p in observed.directory.rglob("*") if p.is_file())


# -- the other ways in ---------------------------------------------------------------------------------------------


def test_audit_records_of_the_application_go_by_the_file_too(observed, rule_file, monkeypatch):
    monkeypatch.setenv("OTEL_MCP_REDACTION_RULES", str(rule_file(ADDED + HMAC)))
    assert export(observed, f"acme_marigold1 of {MAIL}") is LogRecordExportResult.SUCCESS
    [entry] = [one for one in observed.entries() if one.head.get("via") == "exporter"]
    assert PSEUDONYM.sub("NAME", entry.body["body"]) == "[REDACTED:acme-token] of NAME"


def test_with_a_wrong_file_no_audit_record_is_stored_and_the_log_of_the_program_says_why(
    observed, rule_file, monkeypatch, caplog
):
    monkeypatch.setenv("OTEL_MCP_REDACTION_RULES", str(rule_file("[[rule")))
    assert export(observed, "iris") is LogRecordExportResult.FAILURE
    assert "not TOML" in caplog.text
    assert not [one for one in observed.entries() if one.head.get("via") == "exporter"]


def export(observed, body):
    exporter = AuditLogExporter(audit_dir=str(observed.directory), service="x")
    provider = LoggerProvider()
    results = []
    monitored = exporter.export
    exporter.export = lambda batch: results.append(monitored(batch)) or results[-1]
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    provider.get_logger("x").emit(LogRecord(body=body, attributes={"audit.record.id": "a1"}))
    provider.shutdown()
    return results[0]


def test_spans_of_a_program_without_mcp_are_redacted_by_the_file_where_all_are(tmp_path, rule_file):
    path = rule_file(ADDED)
    assert spans_of_another(tmp_path, path).stdout == "<[REDACTED:acme-token]>\n"
    path.write_text("[[rule", encoding="utf-8")
    done = spans_of_another(tmp_path, path)
    assert done.stdout == "<acme_marigold1>\n"
    assert "not TOML" in done.stderr


def spans_of_another(tmp_path, path):
    program = (
        "from opentelemetry.sdk.trace import TracerProvider\n"
        "from opentelemetry.sdk.trace.export import SimpleSpanProcessor\n"
        "from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter\n"
        "from otel_mcp import MCPInstrumentor\n"
        "provider, exporter = TracerProvider(), InMemorySpanExporter()\n"
        "provider.add_span_processor(SimpleSpanProcessor(exporter))\n"
        "MCPInstrumentor().instrument(tracer_provider=provider)\n"
        "provider.get_tracer('x').start_span('<acme_marigold1>').end()\n"
        "print(exporter.get_finished_spans()[0].name)\n"
    )
    environment = {
        "OTEL_MCP_REDACT_ALL": "true",
        "OTEL_MCP_REDACTION_RULES": str(path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)


def test_the_command_goes_by_the_file_and_by_the_tool_of_a_line(tmp_path, rule_file):
    path = rule_file('[tool."login"]\nsensitive = ["$.word"]\n')
    lines = [{"id": number, "tool": tool, "value": {"word": "iris"}} for number, tool in enumerate(["login", "other"])]
    done = subprocess.run(
        [sys.executable, "-m", "otel_mcp.cli", "redact"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        env={"OTEL_MCP_REDACTION_RULES": str(path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    words = [json.loads(line)["value"]["word"] for line in done.stdout.splitlines()]
    assert words == ["[REDACTED:declared]", "iris"]
