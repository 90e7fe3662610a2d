"""`otel-mcp export`: formats that others read, and delivery that is acknowledged or an error."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import threading
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jsonschema
import pytest
from cli.command import run
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from support.faults import answering, http, refusing_port

from otel_mcp.audit import AuditLog, EntryDraft
from otel_mcp.audit._ocsf import OCSF_VERSION
from otel_mcp.audit.entry import now_us
from otel_mcp.audit.otel_audit import integrity_hash
from otel_mcp.audit.send import AuditSender
from otel_mcp.errors import AuditUnavailable

ESCAPES = {"n": "\n", "r": "\r"}
STRANGE = 'a|b=c\\d "e"\nf\rg\u2028h,é'
HEADER = re.compile(r"CEF:0((?:\|(?:[^|\\\n\r]|\\[\\|])*){6})\|(.*)\Z")
PAIR = re.compile(r"([A-Za-z0-9]+)=((?:[^=\\\n\r]|\\[\\=nr])*)(?: (?=[A-Za-z0-9]+=)|\Z)")


@pytest.fixture
def trail(trail):
    log = AuditLog.open(trail, service="shop")
    facts = {"method": "resources/read", "req": 7, "dur": 2500, "err": "tool_error", "transport": "tcp"}
    for address in ("192.0.2.7", "2001:db8::7", "host.example"):
        body = {"resource": STRANGE, "client_address": address, "result": {"x": STRANGE}}
        log.append(
            EntryDraft("mcp.resource.read", "event", "READ", "failure", actor="=ann", attributes=facts, body=body)
        )
    log.close()
    return trail


def cef(line):
    """Header fields and extension of a line, by the grammar and nothing more; every character is accounted for."""
    found = HEADER.match(line)
    assert found is not None, line
    fields = [re.sub(r"\\([\\|])", r"\1", field) for field in re.split(r"(?<!\\)\|", found[1])[1:]]
    place, pairs = 0, {}
    while place < len(found[2]):
        pair = PAIR.match(found[2], place)
        assert pair is not None, found[2][place:]
        assert pair[1] not in pairs
        pairs[pair[1]] = re.sub(r"\\(.)", lambda e: ESCAPES.get(e[1], e[1]), pair[2])
        place = pair.end()
    return fields, pairs


def test_ocsf_events_fit_the_published_schema(trail):
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=OCSF_VERSION)).get_class_schema("api_activity")
    check = jsonschema.Draft202012Validator(schema)
    for options in ((), ("--with-bodies",)):
        events = [json.loads(line) for line in run("export", "--format", "ocsf", *options).stdout.split("\n")[:-1]]
        assert len(events) > 10
        assert [error.message for event in events for error in check.iter_errors(event)] == []
        read = [event for event in events if event["api"]["operation"] == "resources/read"]
        assert [event["src_endpoint"] for event in read] == [
            {"ip": "192.0.2.7"},
            {"ip": "2001:db8::7"},
            {"hostname": "host.example"},
        ]
        assert read[0]["activity_id"] == 2
        assert read[0]["type_uid"] == 600302
        assert read[0]["actor"]["user"]["name"] == "=ann"
        assert ("body" in read[0]["unmapped"]) == bool(options)
        head = read[0]["raw_data"].encode()
        assert hashlib.sha256(b"\0" + head).digest() == b64decode(read[0]["unmapped"]["leaf"])


AUTHENTICATION = [
    ("mcp.auth.login", "LOGIN", None),
    ("mcp.auth.logout", "LOGOUT", None),
    ("mcp.auth.token.refresh", "UPDATE", None),
    ("mcp.auth.token.revoke", "DELETE", None),
    ("mcp.auth.client.register", "CREATE", None),
    ("mcp.auth.failure", "LOGIN", "invalid_grant"),
    ("mcp.authz.granted", "APPROVE", None),
    ("mcp.authz.denied", "REJECT", "declined"),
]


@pytest.fixture
def logins(trail):
    log = AuditLog.open(trail, service="shop")
    for event, action, error in AUTHENTICATION:
        head = {"side": "server", "transport": "tcp"} | ({} if error is None else {"err": error})
        outcome = "success" if error is None else "failure"
        body = {"target": "/token", "client_address": "192.0.2.7", "principal": {"client_id": "c"}}
        log.append(EntryDraft(event, "event", action, outcome, actor="ann", attributes=head, body=body))
    log.close()
    return trail


def test_logins_and_decisions_are_whole_in_every_format(logins):
    texts = {kind: run("export", "--format", kind).stdout.splitlines() for kind in ("ocsf", "cef", "csv", "jsonl")}
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=OCSF_VERSION)).get_class_schema("api_activity")
    check = jsonschema.Draft202012Validator(schema)
    found = [event for event in map(json.loads, texts["ocsf"]) if event["message"].startswith("mcp.auth")]
    assert [error.message for event in found for error in check.iter_errors(event)] == []
    assert [(e["message"], e["activity_name"], e.get("status_detail")) for e in found] == AUTHENTICATION
    assert [event["activity_id"] for event in found] == [99, 99, 3, 4, 1, 99, 99, 99]
    assert {event["resources"][0]["name"] for event in found} == {"/token"}
    lines = [pairs for fields, pairs in map(cef, texts["cef"]) if fields[3].startswith("mcp.auth")]
    assert [(pairs["act"], pairs.get("reason")) for pairs in lines] == [row[1:] for row in AUTHENTICATION]
    assert {(pairs["cs1"], pairs["src"], pairs["suser"]) for pairs in lines} == {("/token", "192.0.2.7", "ann")}
    rows = [row for row in csv.DictReader(texts["csv"]) if row["event"].startswith("mcp.auth")]
    assert {row["target"] for row in rows} == {"/token"}
    kept = [line for line in map(json.loads, texts["jsonl"]) if line["head"]["event"].startswith("mcp.auth")]
    assert {line["target"] for line in kept} == {"/token"}


def test_an_audit_record_says_which_action_it_was(logins):
    [request, *_] = map(json.loads, run("export", "--with-bodies").stdout.splitlines())
    records = [
        (record["eventName"], {pair["key"]: pair["value"].get("stringValue") for pair in record["attributes"]})
        for record in request["resourceLogs"][0]["scopeLogs"][0]["logRecords"]
    ]
    said = [(event, facts["audit.action"]) for event, facts in records if event.startswith("mcp.auth")]
    assert said == [row[:2] for row in AUTHENTICATION]
    last = records[-2][1]
    assert (last["audit.target.id"], last["audit.source.id"], last["error.type"]) == ("/token", "192.0.2.7", "declined")


def test_cef_lines_follow_the_grammar(trail):
    lines = run("export", "--format", "cef", "--with-bodies").stdout.split("\n")
    assert lines.pop() == ""
    parsed = [cef(line) for line in lines]
    assert len(parsed) > 10
    fields, pairs = next(one for one in parsed if one[0][3] == "mcp.resource.read")
    assert (fields[0], fields[5]) == ("otel-mcp", "7")
    assert pairs["cs1"] == STRANGE.replace("\u2028", " ")
    assert pairs["cs1Label"] == "target"
    assert (pairs["src"], pairs["suser"], pairs["outcome"], pairs["reason"]) == (
        "192.0.2.7",
        "=ann",
        "failure",
        "tool_error",
    )
    assert json.loads(pairs["msg"])["client_address"] == "192.0.2.7"
    assert [one[1].get("shost") for one in parsed if one[0][3] == "mcp.resource.read"][1:] == [
        "2001:db8::7",
        "host.example",
    ]


def test_csv_holds_no_formula(trail):
    text = run("export", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    read = [row for row in rows if row["event"] == "mcp.resource.read"]
    assert read[0]["actor"] == "'=ann"
    assert read[0]["target"] == STRANGE.replace("\r", "\n")  # as a pipe is read as text
    assert "details" not in rows[0]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]
    assert "details" in run("export", "--format", "csv", "--with-bodies").stdout.partition("\n")[0]


def test_json_lines_say_what_was_hashed(trail):
    for line in run("export", "--format", "jsonl", "--with-bodies").stdout.split("\n")[:-1]:
        entry = json.loads(line)
        head = json.dumps(entry["head"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert hashlib.sha256(b"\0" + head).hexdigest() == entry["leaf"]
        assert "body" in entry


def test_a_file_is_new_and_private(trail, tmp_path):
    path = tmp_path / "out.jsonl"
    assert run("export", "--output", path).stdout == ""
    assert path.stat().st_mode & 0o777 == 0o600
    assert "resourceLogs" in json.loads(path.read_text(encoding="utf-8").split("\n")[0])
    assert "exists (name a new file)" in run("export", "--output", path, code=3).stderr
    assert "--output" in run("export", "--output", tmp_path / "no" / "x", code=3).stderr


def test_without_the_key_nothing_is_signed(trail, home):
    (home / "config" / "otel-mcp" / "keys" / "shop.pem").unlink()
    assert "the log's key, which is not at hand" in run("export", code=3).stderr
    assert run("export", "--format", "csv").stdout.startswith("index,")


@pytest.mark.parametrize(
    "options", [("--to", "http://127.0.0.1:9", "--format", "csv"), ("--to", "ftp://x"), ("--since", "soon")]
)
def test_wrong_options_are_one_sentence(trail, options):
    done = run("export", *options, code=3)
    assert done.stderr.count("\n") == 1


class AuditReceiver:
    """A receiver as the specification has it: ids are idempotency keys, other content under one is a conflict."""

    def __init__(self):
        self.hashes = {}
        self.paths = []
        self.headers = []
        self.audit = True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.paths.append(self.path)
                outer.headers.append(dict(self.headers))
                status = 404 if self.path == "/v1/audit" and not outer.audit else outer.take(json.loads(body))
                self.send_response(status)
                self.send_header("content-length", "21")
                self.end_headers()
                self.wfile.write(b'{"partialSuccess":{}}')

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, request):
        records = [r for rl in request["resourceLogs"] for sl in rl["scopeLogs"] for r in sl["logRecords"]]
        found = {}
        for record in records:
            [key] = [p["value"]["stringValue"] for p in record["attributes"] if p["key"] == "audit.record.id"]
            found[key] = integrity_hash(record)
        if any(self.hashes.get(key, value) != value for key, value in found.items()):
            return 409
        self.hashes |= found
        return 200

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def test_records_are_acknowledged_once_and_a_conflict_is_final(trail):
    with AuditReceiver() as receiver:
        env = {"OTEL_EXPORTER_OTLP_HEADERS": "x-tenant=a%20b,empty="}
        done = run("export", "--to", receiver.url, env=env)
        count = len(receiver.hashes)
        assert done.stdout == f"{count} records acknowledged by {receiver.url}/v1/audit\n"
        assert receiver.headers[0]["X-Tenant"] == "a b"
        run("export", "--to", receiver.url)
        assert len(receiver.hashes) == count
        assert set(receiver.paths) == {"/v1/audit"}
        # The same ids with bodies are other records.
        assert (
            "holds a record of the same id with other content (409)"
            in run("export", "--to", receiver.url, "--with-bodies", code=3).stderr
        )
        assert len(receiver.hashes) == count


def test_after_a_prune_the_archive_keeps_records_what_they_were(trail, tmp_path):
    log = AuditLog.open(trail, service="shop")
    for number in range(2):
        log.append(EntryDraft("mcp.data.read", "event", "READ", "success", attributes={"req": number}))
        log.rotate()
    log.append(EntryDraft("mcp.data.read", "event", "READ", "success"))
    with AuditReceiver() as receiver:
        run("export", "--to", receiver.url)
        run("archive", tmp_path / "archive")
        log.prune(now_us() + 1, policy="90d")
        log.close()
        done = run("export", "--to", receiver.url, code=3)
        assert "1 writer began before the oldest entry that was kept" in done.stderr
        assert "(name the archive of it with --archive)" in done.stderr
        assert "other content (409)" in done.stderr
        done = run("export", "--to", receiver.url, "--archive", tmp_path / "archive")
        assert done.stderr == ""
    assert "--archive is for otel-audit" in run("export", "--format", "csv", "--archive", tmp_path, code=3).stderr
    assert run("export", "--format", "csv").stderr == ""


def test_a_receiver_without_audit_gets_log_records(trail):
    with AuditReceiver() as receiver:
        receiver.audit = False
        done = run("export", "--to", receiver.url)
        assert receiver.paths == ["/v1/audit", "/v1/logs"]
        assert "no /v1/audit there: sending log records to" in done.stderr
        assert receiver.hashes
        # An address with a path is taken at its word.
        assert "answered 404" in run("export", "--to", f"{receiver.url}/v1/audit", code=3).stderr


def sent(*answers, retries=3):
    waits = []
    with answering(*answers) as (url, asked):
        sender = AuditSender(url, retries=retries, wait=waits.append)
        try:
            sender.send({"resourceLogs": []})
        except AuditUnavailable as error:
            return str(error), len(asked), waits
    return None, len(asked), waits


def test_partial_success_is_failure_and_the_whole_batch_goes_again():
    partial = http("200 OK", b'{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too old"}}')
    full = http("200 OK", b'{"partialSuccess":{}}')
    assert sent(partial, full) == (None, 2, [1.0])
    reason, count, waits = sent(partial)
    assert "took all but 2 records: too old (tried 4 times)" in reason
    assert (count, waits) == (4, [1.0, 2.0, 4.0])


@pytest.mark.parametrize(
    ("answer", "attempts", "words"),
    [
        (http("503 Busy", b"later"), 4, "answered 503: later"),
        (http("429 Slow", b""), 4, "answered 429"),
        (http("200 OK", b"hello"), 4, "something else than OTLP/JSON"),
        (http("200 OK", b"[1]"), 4, "something else than OTLP/JSON"),
        (b"nonsense\r\n\r\n", 4, "no whole answer"),
        (http("400 Bad", b"no"), 1, "answered 400: no"),
        (http("401 Who", b""), 1, "answered 401"),
        (http("409 Conflict", b"id 7"), 1, "(409): id 7"),
        (http("302 There", b"", "Location: http://127.0.0.1:1/"), 1, "answered 302"),
    ],
)
def test_what_is_not_acknowledged_is_an_error(answer, attempts, words):
    reason, count, _ = sent(answer)
    assert words in reason
    assert count == attempts


@pytest.mark.parametrize(
    "answer", [http("200 OK", b""), http("202 Accepted", b"{}"), http("200 OK", b'{"partialSuccess":null}')]
)
def test_what_is_acknowledged_is_done(answer):
    assert sent(answer) == (None, 1, [])


def test_nobody_there_is_an_error():
    waits = []
    with pytest.raises(AuditUnavailable, match=r"cannot be reached.*tried 2 times"):
        AuditSender(f"http://127.0.0.1:{refusing_port()}", retries=1, wait=waits.append).send({})
    assert waits == [1.0]
