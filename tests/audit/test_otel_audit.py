"""Entries as OpenTelemetry audit records: canonical form, signature, chain; checked by programs that are not ours."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rfc8785
from audit.audit_scenes import ACTOR, draft, make_log
from google.protobuf.json_format import ParseDict
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from otel_mcp.audit import AuditLog, EntryDraft
from otel_mcp.audit.export import Window, export_requests
from otel_mcp.audit.jcs import canonical_json
from otel_mcp.audit.keys import LocalKey, load_keys, new_keys
from otel_mcp.audit.otel_audit import canonical_record, check_record, integrity_hash, sign_record
from otel_mcp.audit.query import entries
from otel_mcp.errors import KeyMismatch, MalformedError, VerificationError
from otel_mcp.tlog import Verifier

TESTS = Path(__file__).parents[1]
VECTORS = json.loads((TESTS / "vectors" / "otel_audit.json").read_text(encoding="utf-8"))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture
def key():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return LocalKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private_key"])))


def keys_of(log):
    return load_keys(None, service=log.service, create=False)


def exported(log, **options):
    return [request for _, request in export_requests(log.directory, Window(**options), keys_of(log))]


def records_of(requests):
    return [
        record
        for request in requests
        for resource in request["resourceLogs"]
        for scope in resource["scopeLogs"]
        for record in scope["logRecords"]
    ]


def said(record):
    return {pair["key"]: next(iter(pair["value"].values()), None) for pair in record["attributes"]}


def node(requests, public_key, *options):
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is not installed; `.ci/run` installs it")
    return subprocess.run(
        [program, TESTS / "interop" / "check_otel_audit.mjs", public_key.hex(), *options],
        input="\n".join(json.dumps(request) for request in requests),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@given(VALUES)
def test_any_value_has_the_canonical_form_of_rfc_8785(value):
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "\ud800", {1, 2}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(MalformedError):
        canonical_json(value)


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["about"][:40])
def test_the_published_vectors_are_what_is_signed(vector, key):
    record = vector["record"]
    assert canonical_record(record).decode() == vector["canonical"]
    assert integrity_hash(record) == vector["integrity_hash"]
    check_record(record, key.public_key)
    unsigned = {**record, "attributes": [p for p in record["attributes"] if "audit.integrity." not in p["key"]]}
    assert sign_record(unsigned, key) == record


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["about"][:40])
def test_the_published_vectors_hold_for_a_program_without_our_code(vector):
    request = {"resourceLogs": [{"scopeLogs": [{"logRecords": [vector["record"]]}]}]}
    done = node([request], bytes.fromhex(VECTORS["public_key"]), "--unchained")
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip("\n").split("\n", 1) == ["1 records", vector["canonical"]]
    # And the canonical form is that of the independent library, which takes no integer that a double may not be.
    as_number = lambda text: int(text) if abs(int(text)) < 2**53 else float(text)  # noqa: E731
    assert rfc8785.dumps(json.loads(vector["canonical"], parse_int=as_number)) == vector["canonical"].encode()


def test_a_record_that_was_changed_is_not_signed(key):
    record = VECTORS["vectors"][0]["record"]
    changed = copy.deepcopy(record)
    changed["attributes"][4]["value"] = {"stringValue": "failure"}
    for other in (changed, {**record, "body": {"stringValue": ""}}, {**record, "timeUnixNano": "1714041600000000000"}):
        with pytest.raises(VerificationError):
            check_record(other, key.public_key)
    with pytest.raises(VerificationError):
        check_record(record, new_keys().signing_key.public_key)
    with pytest.raises(MalformedError):
        check_record({**record, "attributes": record["attributes"][:5]}, key.public_key)


@given(VALUES)
def test_no_strange_record_gives_anything_but_a_sentence(value):
    for record in (value, {"attributes": value}, {"attributes": [{"key": "a", "value": value}], "eventName": value}):
        with pytest.raises(MalformedError):
            canonical_record(record)


@pytest.mark.parametrize("bodies", [False, True])
def test_a_log_is_a_chain_for_a_program_without_our_code(tmp_path, monkeypatch, bodies):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    directory = tmp_path / "log"
    make_log(directory, 600)  # more than one request, and two streams
    log = make_log(directory, 3)
    requests = exported(log, bodies=bodies)
    assert len(requests) == 2
    public = Verifier.parse(log.vkey).public_key
    done = node(requests, public)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("607 records\n")
    records = records_of(requests)
    assert [said(record)["otel_mcp.audit.index"] for record in records] == [str(n) for n in range(607)]
    assert [said(r)["audit.sequence.number"] for r in records if said(r).get("audit.sequence.end")] == ["602", "5"]
    assert len({said(record)["audit.sequence.stream_id"] for record in records}) == 2
    # One record fewer, and the other program says so.
    requests[0]["resourceLogs"][0]["scopeLogs"][0]["logRecords"].pop(100)
    assert "record 100: number 102 is out of sequence" in node(requests, public).stderr


def test_an_export_is_a_request_of_the_protocol(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = AuditLog.open(tmp_path / "log", service="weather")
    log.append(draft(1, attributes={"method": "tools/call", "tool": "t", "trace": "0a" * 16, "span": "0b" * 8}))
    log.close()
    [request] = exported(log, bodies=True)
    resource = {p["key"]: p["value"] for p in request["resourceLogs"][0]["resource"]["attributes"]}
    assert resource["audit.integrity.algorithm"] == {"stringValue": "EdDSA"}
    assert resource["audit.integrity.certificate"] == {"stringValue": log.vkey.rpartition("+")[0]}
    assert request["resourceLogs"][0]["scopeLogs"][0]["scope"] == {}
    # Google's parser refuses names that the protocol does not have; ids are base64 to it, and hexadecimal in OTLP.
    strict = copy.deepcopy(request)
    for record in records_of([strict]):
        record.pop("traceId", None)
        record.pop("spanId", None)
        assert "severityNumber" not in record
    assert len(ParseDict(strict, ExportLogsServiceRequest()).resource_logs[0].scope_logs[0].log_records) == 3
    record = records_of([request])[1]
    assert (record["traceId"], record["spanId"]) == ("0a" * 16, "0b" * 8)
    attributes = said(record)
    assert attributes["audit.actor.id"].startswith("s:")
    assert attributes["enduser.id"] == ACTOR
    assert "actor" not in json.dumps(record["body"])
    assert attributes["audit.action"] == "EXECUTE"
    assert (attributes["audit.target.id"], attributes["audit.target.type"]) == ("t", "mcp.tool")


def test_without_bodies_an_erasure_changes_no_record(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = AuditLog.open(tmp_path / "log", service="weather")
    for number in range(4):
        log.append(draft(number))
    before = exported(log)
    assert ACTOR not in json.dumps(before)
    assert "Berlin" not in json.dumps(before)
    log.erase(ACTOR, reason="asked")
    assert records_of(exported(log))[: len(records_of(before))] == records_of(before)
    log.close()


def test_a_window_gives_the_same_records_as_the_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = make_log(tmp_path / "log", 10)
    whole = records_of(exported(log))
    since = int(whole[6]["observedTimeUnixNano"]) // 1000
    part = records_of(exported(log, since_us=since))
    assert 0 < len(part) < len(whole)
    assert part == whole[-len(part) :]


def test_an_imported_record_has_the_time_that_it_claims(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = AuditLog.open(tmp_path / "log", service="weather")
    for claimed in ("2025-03-01T08:00:00.500000Z", "9999-01-01T00:00:00.000000Z"):
        attributes = {"import": "x", "row": 1, "claimed_ts": claimed}
        body = {"imported": {"action": "read"}, "resource": "r", "client_address": "::1"}
        log.submit_import(
            EntryDraft("audit.import.record", "event", "IMPORT", "success", attributes=attributes, body=body)
        ).result(10)
    log.close()
    first, second = records_of(exported(log, bodies=True))[1:3]
    assert first["timeUnixNano"] == "1740816000500000000"
    assert int(first["observedTimeUnixNano"]) > int(first["timeUnixNano"])
    assert second["timeUnixNano"] == second["observedTimeUnixNano"]  # a claim about the future is none
    attributes = said(first)
    assert (attributes["audit.action"], attributes["audit.target.id"]) == ("READ", "r")
    assert (attributes["audit.source.id"], attributes["audit.source.type"]) == ("::1", "ipv6")
    assert (attributes["audit.actor.id"], attributes["audit.actor.type"]) == ("unknown", "service")


def test_only_the_logs_key_signs(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    log = make_log(tmp_path / "log", 1)
    with pytest.raises(KeyMismatch, match="not the key of the log"):
        list(export_requests(log.directory, Window(), new_keys()))
    assert len(list(entries(log.directory))) == 3
